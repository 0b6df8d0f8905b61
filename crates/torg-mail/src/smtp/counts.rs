//! What the doors did so far, for whoever draws curves of it.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Counters of one [`Server`](super::Server). They only grow, except `open`.
#[derive(Debug, Default)]
pub struct SmtpCounts {
    connections: AtomicU64,
    open: AtomicU64,
    mails: AtomicU64,
    bytes: AtomicU64,
    timeouts: AtomicU64,
    encrypted: AtomicU64,
    refused: [AtomicU64; Refusal::ALL.len()],
}

/// Why something was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A connection beyond the caps.
    Connection,
    /// A recipient nobody knows.
    UnknownRecipient,
    /// A recipient beyond the cap of one mail.
    TooManyRecipients,
    /// A mail, announced or sent, above the size limit.
    TooLarge,
    /// A mail with a bare CR or LF.
    BareLineEnd,
    /// A mail for which there was no room in memory.
    NoRoom,
    /// A recipient or mail the house could not take just now.
    Temporary,
    /// A mail the house will not take.
    Permanent,
    /// A command we could not follow.
    Misunderstood,
}

impl Refusal {
    /// Every reason, in the order of the counters.
    pub const ALL: [Refusal; 9] = [
        Refusal::Connection,
        Refusal::UnknownRecipient,
        Refusal::TooManyRecipients,
        Refusal::TooLarge,
        Refusal::BareLineEnd,
        Refusal::NoRoom,
        Refusal::Temporary,
        Refusal::Permanent,
        Refusal::Misunderstood,
    ];

    /// A stable word for a metric's label.
    pub fn name(self) -> &'static str {
        match self {
            Refusal::Connection => "connection",
            Refusal::UnknownRecipient => "unknown_recipient",
            Refusal::TooManyRecipients => "too_many_recipients",
            Refusal::TooLarge => "too_large",
            Refusal::BareLineEnd => "bare_line_end",
            Refusal::NoRoom => "no_room",
            Refusal::Temporary => "temporary",
            Refusal::Permanent => "permanent",
            Refusal::Misunderstood => "misunderstood",
        }
    }
}

impl SmtpCounts {
    /// Connections taken since the start.
    pub fn connections(&self) -> u64 {
        self.connections.load(Relaxed)
    }

    /// Connections open now.
    pub fn open(&self) -> u64 {
        self.open.load(Relaxed)
    }

    /// Mails kept.
    pub fn mails(&self) -> u64 {
        self.mails.load(Relaxed)
    }

    /// Bytes of the mails kept.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Connections ended because the client was silent.
    pub fn timeouts(&self) -> u64 {
        self.timeouts.load(Relaxed)
    }

    /// Connections that went over to TLS.
    pub fn encrypted(&self) -> u64 {
        self.encrypted.load(Relaxed)
    }

    /// What was turned away for this reason.
    pub fn refused(&self, reason: Refusal) -> u64 {
        self.refused[reason as usize].load(Relaxed)
    }

    pub(super) fn opened(&self) {
        self.connections.fetch_add(1, Relaxed);
        self.open.fetch_add(1, Relaxed);
    }

    pub(super) fn closed(&self) {
        self.open.fetch_sub(1, Relaxed);
    }

    pub(super) fn kept(&self, bytes: usize) {
        self.mails.fetch_add(1, Relaxed);
        self.bytes.fetch_add(bytes as u64, Relaxed);
    }

    pub(super) fn timed_out(&self) {
        self.timeouts.fetch_add(1, Relaxed);
    }

    pub(super) fn went_over_to_tls(&self) {
        self.encrypted.fetch_add(1, Relaxed);
    }

    pub(super) fn refuse(&self, reason: Refusal) {
        self.refused[reason as usize].fetch_add(1, Relaxed);
    }
}
