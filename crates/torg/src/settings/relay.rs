//! The relay that carries our mail away.

use std::time::Duration;

use anyhow::{Context, bail};
use serde::Deserialize;
use torg_desk::Carrier;
use torg_mail::relay::{Relay, RelaySettings, RelayTls};

/// Who carries mail away. Without a host, mail waits in the outbox.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RelaySection {
    /// The relay's name or address.
    pub(crate) host: Option<String>,
    pub(crate) port: u16,
    /// none, starttls (if offered), required (STARTTLS or nothing) or implicit (TLS from the start).
    pub(crate) tls: String,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<String>,
    /// How long one mail may take, in seconds.
    pub(crate) timeout_seconds: u64,
}

impl std::fmt::Debug for RelaySection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { host, port, tls, user, timeout_seconds, .. } = self;
        write!(f, "RelaySection({host:?}, {port}, {tls}, {user:?}, {timeout_seconds})")
    }
}

impl Default for RelaySection {
    fn default() -> Self {
        let (host, user, password) = (None, None, None);
        Self { host, port: 25, tls: "starttls".into(), user, password, timeout_seconds: 60 }
    }
}

impl RelaySection {
    /// The carrier these settings describe.
    pub(crate) fn carrier(&self, hello_name: &str) -> anyhow::Result<Carrier> {
        let Some(host) = self.host.clone() else { return Ok(Carrier::Nobody) };
        let tls = match self.tls.as_str() {
            "none" => RelayTls::None,
            "starttls" => RelayTls::StartTls,
            "required" => RelayTls::Required,
            "implicit" => RelayTls::Implicit,
            other => {
                bail!("relay.tls is {other:?}; it may be none, starttls, required or implicit")
            }
        };
        let relay = Relay::new(RelaySettings {
            host,
            port: self.port,
            tls,
            credentials: self.user.clone().zip(self.password.clone()),
            trusted_roots_pem: None,
            timeout: Duration::from_secs(self.timeout_seconds),
            hello_name: hello_name.to_owned(),
        });
        Ok(Carrier::Relay(relay.context("relay")?))
    }
}
