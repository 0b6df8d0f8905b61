//! What the administrator says about the relay, and what comes back from it.

use std::fmt;
use std::time::Duration;

use lettre::transport::smtp;
use thiserror::Error;

/// Where outgoing mail is handed over.
#[derive(Clone)]
pub struct RelaySettings {
    /// The relay's name or address; with TLS also the name its certificate must bear.
    pub host: String,
    /// Its port: commonly 25, 587, or 465 for implicit TLS.
    pub port: u16,
    /// Whether and how the connection is encrypted.
    pub tls: RelayTls,
    /// User and password, where the relay asks for them.
    pub credentials: Option<(String, String)>,
    /// Certificates (PEM) to trust beside the public ones, for a relay with a house certificate.
    pub trusted_roots_pem: Option<Vec<u8>>,
    /// The most that handing over one mail may take, from connecting to the relay's last word.
    pub timeout: Duration,
    /// The name we greet with.
    pub hello_name: String,
}

/// How the connection to the relay is encrypted. Certificates are always checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayTls {
    /// Never: for a relay on the same machine or a guarded network.
    None,
    /// By STARTTLS if the relay offers it. A password is not sent without.
    StartTls,
    /// By STARTTLS, or nothing is sent.
    Required,
    /// From the first byte (port 465).
    Implicit,
}

/// The relay did not take responsibility for a mail. `text` may repeat what the relay said, and
/// so hold addresses: show it to staff, keep it out of logs.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSent {
    /// Trying again later may help: no connection, no answer in time, or a 4xx. If the connection
    /// broke at the very end, the relay may have the mail nevertheless.
    #[error("not sent for now: {text}")]
    Temporary {
        /// What happened.
        text: String,
        /// The relay's reply code, if it gave one.
        code: Option<u16>,
    },
    /// This mail will not be taken: a 5xx, or an address or text that cannot be sent.
    #[error("not sent: {text}")]
    Permanent {
        /// What happened.
        text: String,
        /// The relay's reply code, if it gave one.
        code: Option<u16>,
    },
}

/// Who has not got a mail, and why.
#[derive(Debug, Error)]
#[error("{why}")]
pub struct Unsent {
    /// Everybody, or those the relay refused while it took the mail for the others.
    pub recipients: Vec<String>,
    /// Temporary if trying again may help one of them. Refusals stand with whom they concern.
    pub why: NotSent,
}

/// Recipients the relay did not take, each with its reason.
pub(super) type Refused = Vec<(String, NotSent)>;

/// Settings of the relay that cannot be used.
#[derive(Debug, Error)]
pub enum RelayUnusable {
    /// `trusted_roots_pem` holds no certificate that can be read.
    #[error("the trusted certificates cannot be read: {0}")]
    Roots(smtp::Error),
    /// The host's name cannot stand in a certificate, or TLS cannot be set up.
    #[error("TLS cannot be set up for the relay: {0}")]
    Tls(smtp::Error),
}

impl NotSent {
    pub(super) fn temporary(text: &str) -> NotSent {
        NotSent::Temporary { text: text.to_owned(), code: None }
    }

    pub(super) fn permanent(text: &str) -> NotSent {
        NotSent::Permanent { text: text.to_owned(), code: None }
    }

    fn is_temporary(&self) -> bool {
        matches!(self, Self::Temporary { .. })
    }

    fn said(&self) -> (&str, Option<u16>) {
        match self {
            Self::Temporary { text, code } | Self::Permanent { text, code } => (text, *code),
        }
    }
}

impl Unsent {
    /// These were refused, at least one.
    pub(super) fn some(refused: Refused) -> Unsent {
        let weighty = refused.iter().find(|(_, why)| why.is_temporary()).or(refused.first());
        let code = weighty.and_then(|(_, why)| why.said().1);
        let text = refused.iter().map(|(recipient, why)| format!("{recipient}: {}", why.said().0));
        let text = text.collect::<Vec<_>>().join("; ");
        let why = match refused.iter().any(|(_, why)| why.is_temporary()) {
            true => NotSent::Temporary { text, code },
            false => NotSent::Permanent { text, code },
        };
        Unsent { recipients: refused.into_iter().map(|(recipient, _)| recipient).collect(), why }
    }
}

impl fmt::Debug for RelaySettings {
    /// Without the password.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("RelaySettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}
