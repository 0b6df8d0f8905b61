//! Handing mail to the municipality's own mail server, which takes it further.
//!
//! Built on lettre's connection rather than its pool: the pool takes back a connection whose
//! sending was given up half-way, and the next mail would continue the first one's text.

mod settings;
mod transaction;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Mail, Noop, Rcpt};
use lettre::transport::smtp::extension::{ClientId, MailParameter};
use memchr::memchr2_iter;
use tokio::time::{Instant, sleep, timeout};

pub use settings::{NotSent, RelaySettings, RelayTls, RelayUnusable, Unsent};

use settings::Refused;
use transaction::{address, refused, transaction};

/// Connections kept open between two mails, and for how long: enough for a burst, nothing at rest.
const IDLE_CONNECTIONS: usize = 2;
const IDLE_TIME: Duration = Duration::from_secs(20);

/// A relay and a few connections to it. Cheap to make; nothing is connected before the first mail.
pub struct Relay {
    settings: RelaySettings,
    tls: Option<TlsParameters>,
    idle: Arc<Mutex<Vec<Parked>>>,
}

struct Parked {
    connection: AsyncSmtpConnection,
    until: Instant,
}

impl Relay {
    /// Checks the settings. Does not connect.
    pub fn new(settings: RelaySettings) -> Result<Relay, RelayUnusable> {
        let tls = match settings.tls {
            RelayTls::None => None,
            _ => Some(tls_parameters(&settings)?),
        };
        Ok(Relay { settings, tls, idle: Arc::default() })
    }

    /// Hands over one mail for all recipients the relay takes; one that it refuses does not keep the
    /// mail from the others (RFC 5321, 3.3). `envelope_from` is `None` for what must not be answered
    /// (`<>`). `raw` is the whole mail with CRLF line ends.
    ///
    /// # Errors
    /// Who has not got it, and why: everybody, or those that were refused.
    pub async fn send(
        &self,
        envelope_from: Option<&str>,
        recipients: &[String],
        raw: &[u8],
    ) -> Result<(), Unsent> {
        let handed_over = async {
            if has_bare_line_end(raw) {
                return Err(NotSent::permanent("The mail holds a bare CR or LF"));
            }
            if !recipients.iter().any(|recipient| address(recipient).is_ok()) {
                return Err(NotSent::permanent("The mail has no address that can be used"));
            }
            let from = envelope_from.map(address).transpose()?;
            // The dot line that ends a mail brings its own CRLF.
            let raw = raw.strip_suffix(b"\r\n").unwrap_or(raw);
            timeout(self.settings.timeout, Box::pin(self.hand_over(from, recipients, raw)))
                .await
                .unwrap_or_else(|_| Err(NotSent::temporary("The relay did not answer in time")))
        };
        match handed_over.await {
            Ok(refused) if refused.is_empty() => Ok(()),
            Ok(refused) => Err(Unsent::some(refused)),
            Err(why) => Err(Unsent { recipients: recipients.to_vec(), why }),
        }
    }

    /// Connects, encrypts and signs in as for a mail, and hands over none. Gives the name the relay
    /// says it has.
    pub async fn greet(&self) -> Result<String, NotSent> {
        let greeted = async {
            let mut connection = self.connect().await?;
            let name = connection.server_info().name().to_owned();
            let answer = connection.command(Noop).await.map_err(|error| not_connected(&error))?;
            let said = answer.first_line().unwrap_or_default().to_owned();
            let code = answer.code().to_string();
            Ok(format!("{name}: {code} {said}"))
        };
        timeout(self.settings.timeout, Box::pin(greeted))
            .await
            .unwrap_or_else(|_| Err(NotSent::temporary("The relay did not answer in time")))
    }

    /// Asks whether a mail for `recipient` would be taken, and hands over none.
    pub async fn takes(&self, recipient: &str) -> Result<String, NotSent> {
        let address = address(recipient)?;
        let outside_ascii = (!recipient.is_ascii()).then_some(MailParameter::SmtpUtfEight);
        let asked = async {
            let mut connection = self.connect().await?;
            let failed = |error: Error| refused(&error);
            let mail = Mail::new(None, outside_ascii.into_iter().collect());
            connection.command(mail).await.map_err(failed)?;
            let answer =
                connection.command(Rcpt::new(address, Vec::new())).await.map_err(failed)?;
            let said = format!("{} {}", answer.code(), answer.first_line().unwrap_or_default());
            connection.abort().await;
            Ok(said)
        };
        timeout(self.settings.timeout, Box::pin(asked))
            .await
            .unwrap_or_else(|_| Err(NotSent::temporary("The mail server did not answer in time")))
    }

    async fn hand_over(
        &self,
        from: Option<Address>,
        recipients: &[String],
        raw: &[u8],
    ) -> Result<Refused, NotSent> {
        let mut connection = match self.idle_connection().await {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let handed_over = transaction(&mut connection, from, recipients, raw).await;
        match &handed_over {
            Ok(refused) if refused.len() < recipients.len() => self.park(connection),
            Ok(_) | Err(_) => connection.abort().await,
        }
        handed_over
    }

    /// A connection of an earlier mail that still answers.
    async fn idle_connection(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let mut connection = parked(&self.idle).pop()?.connection;
            if connection.test_connected().await {
                return Some(connection);
            }
        }
    }

    /// Whatever fails here is for the administrator to mend, and no fault of the mail.
    async fn connect(&self) -> Result<AsyncSmtpConnection, NotSent> {
        let settings = &self.settings;
        let (host, hello) = (settings.host.as_str(), ClientId::Domain(settings.hello_name.clone()));
        let implicit = self.tls.clone().filter(|_| settings.tls == RelayTls::Implicit);
        let connecting = AsyncSmtpConnection::connect_tokio1(
            (host, settings.port),
            Some(settings.timeout),
            &hello,
            implicit,
            None,
        );
        let mut connection = connecting.await.map_err(|error| not_connected(&error))?;
        self.encrypt(&mut connection, &hello).await?;
        self.sign_in(&mut connection).await?;
        Ok(connection)
    }

    async fn encrypt(
        &self,
        connection: &mut AsyncSmtpConnection,
        hello: &ClientId,
    ) -> Result<(), NotSent> {
        let wanted = match self.settings.tls {
            RelayTls::None | RelayTls::Implicit => false,
            RelayTls::StartTls => connection.can_starttls(),
            RelayTls::Required => true,
        };
        match &self.tls {
            Some(tls) if wanted => {
                let handshake = connection.starttls(tls.clone(), hello);
                handshake.await.map_err(|error| not_connected(&error))
            }
            _ => Ok(()),
        }
    }

    async fn sign_in(&self, connection: &mut AsyncSmtpConnection) -> Result<(), NotSent> {
        let Some((user, password)) = self.settings.credentials.clone() else {
            return Ok(());
        };
        if self.settings.tls != RelayTls::None && !connection.is_encrypted() {
            return Err(NotSent::temporary(
                "The relay offers no encryption, so the password was not sent",
            ));
        }
        let credentials = Credentials::new(user, password);
        let signed_in = connection.auth(DEFAULT_MECHANISMS, &credentials);
        signed_in.await.map(drop).map_err(|error| not_connected(&error))
    }

    /// Keeps a connection for the next mail, and lets it go if none comes.
    fn park(&self, connection: AsyncSmtpConnection) {
        let mut idle = parked(&self.idle);
        if idle.len() >= IDLE_CONNECTIONS {
            return;
        }
        idle.push(Parked { connection, until: Instant::now() + IDLE_TIME });
        let idle = Arc::downgrade(&self.idle);
        tokio::spawn(async move {
            sleep(IDLE_TIME).await;
            if let Some(idle) = idle.upgrade() {
                let now = Instant::now();
                parked(&idle).retain(|parked| parked.until > now);
            }
        });
    }
}

fn parked(idle: &Mutex<Vec<Parked>>) -> std::sync::MutexGuard<'_, Vec<Parked>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

fn tls_parameters(settings: &RelaySettings) -> Result<TlsParameters, RelayUnusable> {
    let mut tls = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.trusted_roots_pem {
        tls = tls.add_root_certificate(Certificate::from_pem(pem).map_err(RelayUnusable::Roots)?);
    }
    tls.build().map_err(RelayUnusable::Tls)
}

/// Such a line end could let a lenient relay see the end of the mail in its middle.
fn has_bare_line_end(raw: &[u8]) -> bool {
    memchr2_iter(b'\r', b'\n', raw).any(|at| match raw.get(at) {
        Some(b'\r') => raw.get(at + 1) != Some(&b'\n'),
        _ => at.checked_sub(1).and_then(|before| raw.get(before)) != Some(&b'\r'),
    })
}

fn not_connected(error: &Error) -> NotSent {
    NotSent::Temporary { text: error.to_string(), code: error.status().map(u16::from) }
}

impl fmt::Debug for Relay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Relay").field("settings", &self.settings).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_crlf_is_a_line_end() {
        for fine in ["", "a", "a\r\n", "\r\n\r\n"] {
            assert!(!has_bare_line_end(fine.as_bytes()), "{fine:?}");
        }
        for bare in ["\n", "\r", "a\r\r\n", "\r\n\n", "a\nb\r\n"] {
            assert!(has_bare_line_end(bare.as_bytes()), "{bare:?}");
        }
    }
}
