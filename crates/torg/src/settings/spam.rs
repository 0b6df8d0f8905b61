//! Who is asked about letters, beside the judge of spam.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use anyhow::{Context, bail};
use serde::Deserialize;
use torg_desk::{Asking, Dns};
use torg_mail::origin::Asker;
use torg_mail::rspamd::Rspamd;

/// Who is asked where letters come from, and what they are.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SpamSection {
    /// Whether DNS is asked where a letter comes from (SPF, DKIM, DMARC). It is asked once the letter is filed.
    pub(crate) ask_dns: bool,
    /// The DNS server; those of the system if not set.
    pub(crate) dns_server: Option<SocketAddr>,
    /// An Rspamd server that is asked too.
    pub(crate) rspamd: Option<String>,
    /// How long each may take for one letter, in seconds.
    pub(crate) seconds: u64,
    /// Mail servers before Torg, beside those with a private address.
    pub(crate) relays: Vec<IpAddr>,
    /// What those call themselves in the Authentication-Results they write; that counts in place of DNS.
    pub(crate) trusted_results: Vec<String>,
}

impl Default for SpamSection {
    fn default() -> Self {
        Self {
            ask_dns: true,
            dns_server: None,
            rspamd: None,
            seconds: 10,
            relays: Vec::new(),
            trusted_results: Vec::new(),
        }
    }
}

impl SpamSection {
    pub(super) fn check(&self) -> anyhow::Result<()> {
        if !(1..=60).contains(&self.seconds) {
            bail!("spam.seconds is {}; it may be 1 to 60", self.seconds);
        }
        self.rspamd().map(drop)
    }

    fn rspamd(&self) -> anyhow::Result<Option<Rspamd>> {
        let at = |url: &String| {
            Rspamd::at(url, self.limit()).with_context(|| format!("spam.rspamd is {url:?}"))
        };
        self.rspamd.as_ref().map(at).transpose()
    }

    fn limit(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }

    /// Whom these settings have asked. A demo asks nobody: its people do not exist.
    pub(crate) fn asking(&self, host_name: &str, demo: bool) -> anyhow::Result<Asking> {
        if demo {
            return Ok(Asking::default());
        }
        let dns = if self.ask_dns {
            match Asker::new(self.dns_server, self.limit(), host_name) {
                Ok(asker) => Dns::On(Box::new(asker)),
                Err(why) => Dns::NoServer(why.to_string()),
            }
        } else {
            Dns::Off
        };
        let (relays, trusted) = (self.relays.clone(), self.trusted_results.clone());
        Ok(Asking { dns, rspamd: self.rspamd()?, relays, trusted })
    }
}
