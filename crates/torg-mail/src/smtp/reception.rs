//! What the dialogue asks of the house behind it.

use std::net::SocketAddr;

use thiserror::Error;

/// Knows the addresses and keeps the mail. One value serves all connections.
pub trait Reception: Send + Sync + 'static {
    /// Whether mail to `address` is taken. The address is as the client wrote it, without source
    /// route and needless quotes; it is `postmaster` where no domain was given (RFC 5321 4.5.1).
    fn recipient(&self, address: &str) -> impl Future<Output = RecipientAnswer> + Send;

    /// Keeps one mail for all its recipients. `Ok` means it is on disk: the client is told 250
    /// right after, and then forgets the mail.
    fn receive(&self, delivery: Delivery) -> impl Future<Output = Result<(), NotReceived>> + Send;
}

/// The answer to one RCPT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipientAnswer {
    /// Ours: 250.
    Known,
    /// Nobody here: 550 5.1.1.
    Unknown,
    /// Cannot be looked up just now: 451 4.3.0.
    TryLater,
}

/// One mail as it came over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The reverse path; `None` for `<>`, which bounces and receipts use.
    pub envelope_from: Option<String>,
    /// The accepted recipients in the order given; one may stand here twice.
    pub recipients: Vec<String>,
    /// Who connected; `None` on a Unix socket.
    pub peer: Option<SocketAddr>,
    /// The name the client gave in its greeting; unverified.
    pub helo: String,
    /// Our `Received:` line, then the mail, dot-unstuffed; every line ends in CRLF.
    pub raw: Vec<u8>,
    /// Which dialogue it came by.
    pub protocol: Protocol,
}

/// Which dialogue a door speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// RFC 5321: one answer per mail.
    Smtp,
    /// RFC 2033: one answer per accepted recipient.
    Lmtp,
}

/// Why a mail was not kept. The text is shown to the client, and so to the sender: it names no
/// person and no machine. Line breaks and what is not ASCII are replaced.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotReceived {
    /// The client shall try again: 451 4.3.0.
    #[error("not received for now: {0}")]
    Temporary(String),
    /// Trying again is of no use: 554 5.3.0.
    #[error("not received: {0}")]
    Permanent(String),
}
