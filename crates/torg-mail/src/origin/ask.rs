//! Asking DNS.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use mail_auth::dmarc::Policy;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts,
};
use mail_auth::hickory_resolver::system_conf::read_system_conf;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcOutput, DmarcResult, MessageAuthenticator,
    SpfOutput, SpfResult,
};
use tokio::runtime::Handle;

use super::{Finding, Origin};

/// So many signatures of a letter are looked at; honest ones bear one or two.
const MOST_SIGNATURES: usize = 5;
/// So long one answer is waited for; then once more.
const ONE_ANSWER: Duration = Duration::from_secs(3);

/// Asks DNS where letters come from. Cheap to clone; answers are remembered as long as they say.
#[derive(Clone)]
pub struct Asker {
    dns: MessageAuthenticator,
    /// Of ours, for records that want to know it.
    host_name: String,
    limit: Duration,
}

/// How a letter was brought to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Who brought it: the server of a stranger.
    pub peer: IpAddr,
    /// What it called itself.
    pub helo: String,
    /// The envelope's sender; `None` for the null sender.
    pub envelope_from: Option<String>,
}

/// The system names no DNS server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no DNS server: {0}")]
pub struct NoServer(String);

/// DNS did not answer in time, or not with sense; it may later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("DNS does not answer")]
pub struct NotAnswered;

impl std::fmt::Debug for Asker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Asker").field(&self.limit).finish()
    }
}

impl Asker {
    /// Asks `server`, or else those the system names. One letter takes no longer than `limit`.
    ///
    /// # Errors
    /// [`NoServer`] if the system names none.
    pub fn new(
        server: Option<SocketAddr>,
        limit: Duration,
        host_name: &str,
    ) -> Result<Self, NoServer> {
        let no_server = |error: &dyn std::fmt::Display| NoServer(error.to_string());
        let config = match server {
            Some(server) => config(server),
            None => read_system_conf().map_err(|error| no_server(&error))?.0,
        };
        if config.name_servers().is_empty() {
            return Err(no_server(&"the system names none"));
        }
        let mut options = ResolverOpts::default();
        options.timeout = ONE_ANSWER.min(limit);
        options.attempts = 1;
        let dns = MessageAuthenticator::new(config, options).map_err(|error| no_server(&error))?;
        Ok(Self { dns, host_name: host_name.to_owned(), limit })
    }

    /// What DNS lets us know of a letter. Without a connection only its signatures can be held against it.
    ///
    /// # Errors
    /// [`NotAnswered`], and asking again later may help.
    pub async fn ask(
        &self,
        raw: Arc<Vec<u8>>,
        connection: Option<Connection>,
    ) -> Result<Origin, NotAnswered> {
        let (asker, limit) = (self.clone(), self.limit);
        // Hashing a large letter takes a while, so all of it runs beside the threads that answer people.
        let asking = tokio::task::spawn_blocking(move || {
            let asking = asker.ask_now(&raw, connection.as_ref());
            Handle::current().block_on(tokio::time::timeout(limit, asking))
        });
        asking.await.ok().and_then(Result::ok).flatten().ok_or(NotAnswered)
    }

    async fn ask_now(&self, raw: &[u8], connection: Option<&Connection>) -> Option<Origin> {
        let Some(mut letter) = AuthenticatedMessage::parse(raw) else {
            return Some(Origin::default());
        };
        letter.dkim_headers.truncate(MOST_SIGNATURES);
        if connection.is_none() && letter.dkim_headers.is_empty() {
            return Some(Origin::default());
        }
        let sender = connection.map_or("", sent_by);
        let spf = match connection {
            Some(connection) => self.dns.verify_spf(self.spf_of(connection)).await,
            None => SpfOutput::default(),
        };
        let dkim = self.dns.verify_dkim(&letter).await;
        let asked = DmarcParameters {
            message: &letter,
            dkim_output: &dkim,
            dkim2_output: None,
            rfc5321_mail_from_domain: sender,
            spf_output: &spf,
        };
        let dmarc = self.dns.verify_dmarc(asked).await;
        let found = Found { spf, dkim, dmarc, sender, has_connection: connection.is_some() };
        (!found.has_failed_for_now()).then(|| found.origin(&letter))
    }

    fn spf_of<'a>(&'a self, connection: &'a Connection) -> SpfParameters<'a> {
        let Connection { peer, helo, envelope_from } = connection;
        match envelope_from {
            Some(from) => SpfParameters::verify_mail_from(*peer, helo, &self.host_name, from),
            None => SpfParameters::verify_ehlo(*peer, helo, &self.host_name),
        }
    }
}

fn config(server: SocketAddr) -> ResolverConfig {
    let on_port = |mut connection: ConnectionConfig| {
        connection.port = server.port();
        connection
    };
    let ways = vec![on_port(ConnectionConfig::udp()), on_port(ConnectionConfig::tcp())];
    ResolverConfig::from_name_servers(vec![NameServerConfig::new(server.ip(), true, ways)])
}

/// The domain that answers for the envelope.
fn sent_by(connection: &Connection) -> &str {
    let from = connection.envelope_from.as_deref();
    from.map_or(&*connection.helo, |from| from.rsplit('@').next().unwrap_or_default())
}

/// What the three said.
struct Found<'a> {
    spf: SpfOutput,
    dkim: Vec<DkimOutput<'a>>,
    dmarc: DmarcOutput,
    /// The domain of the envelope's sender.
    sender: &'a str,
    has_connection: bool,
}

impl Found<'_> {
    /// Whether asking again may tell more than what is known.
    fn has_failed_for_now(&self) -> bool {
        let (by_spf, by_dkim) = (self.dmarc.spf_result(), self.dmarc.dkim_result());
        let is_settled = [by_spf, by_dkim].contains(&&DmarcResult::Pass);
        let has_failed = matches!(by_spf, DmarcResult::TempError(_))
            || matches!(by_dkim, DmarcResult::TempError(_))
            || self.spf.result() == SpfResult::TempError
            || self.dkim.iter().any(|one| matches!(one.result(), DkimResult::TempError(_)));
        has_failed && !is_settled
    }

    fn origin(&self, letter: &AuthenticatedMessage<'_>) -> Origin {
        let from = letter.from.first().and_then(|from| from.rsplit('@').next());
        let domain = in_dns(from.unwrap_or_default());
        let dmarc = self.dmarc();
        let refuses = matches!(self.dmarc.policy(), Policy::Reject | Policy::Quarantine);
        let is_forbidden = self.spf.result() == SpfResult::Fail
            && dmarc == Finding::None
            && belong_together(&domain, &in_dns(self.sender))
            && !self.is_signed_by(&domain);
        let is_disowned = dmarc == Finding::Fail && refuses || is_forbidden;
        Origin { spf: self.spf(), dkim: self.dkim(), dmarc, domain, is_disowned }
    }

    fn spf(&self) -> Finding {
        match self.spf.result() {
            _ if !self.has_connection => Finding::Unknown,
            SpfResult::Pass => Finding::Pass,
            SpfResult::Fail => Finding::Fail,
            SpfResult::SoftFail | SpfResult::Neutral => Finding::Weak,
            SpfResult::None => Finding::None,
            SpfResult::TempError | SpfResult::PermError => Finding::Unknown,
        }
    }

    /// One good signature is enough.
    fn dkim(&self) -> Finding {
        let has =
            |wanted: fn(&DkimResult) -> bool| self.dkim.iter().any(|one| wanted(one.result()));
        if has(|result| *result == DkimResult::Pass) {
            Finding::Pass
        } else if has(|result| matches!(result, DkimResult::Fail(_) | DkimResult::Neutral(_))) {
            Finding::Fail
        } else if self.dkim.is_empty() {
            Finding::None
        } else {
            Finding::Unknown
        }
    }

    /// Without a connection SPF may have passed where we do not know of it: nothing is said to have failed.
    fn dmarc(&self) -> Finding {
        let passes = [self.dmarc.spf_result(), self.dmarc.dkim_result()];
        if passes.contains(&&DmarcResult::Pass) {
            Finding::Pass
        } else if self.dmarc.dmarc_record().is_none() {
            Finding::None
        } else if self.has_connection {
            Finding::Fail
        } else {
            Finding::Unknown
        }
    }

    fn is_signed_by(&self, domain: &str) -> bool {
        self.dkim.iter().filter(|one| *one.result() == DkimResult::Pass).any(|one| {
            one.signature().is_some_and(|signature| belong_together(domain, &in_dns(&signature.d)))
        })
    }
}

/// A domain as DNS knows it (IDNA), in lower case.
fn in_dns(domain: &str) -> String {
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase())
}

/// Whether one is the other, or lies below it.
fn belong_together(one: &str, other: &str) -> bool {
    let below = |inner: &str, outer: &str| {
        inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    !one.is_empty() && !other.is_empty() && (below(one, other) || below(other, one))
}
