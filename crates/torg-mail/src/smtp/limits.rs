//! How much one client, and all of them together, may ask of us.

use std::time::Duration;

/// The limits of one [`Server`](super::Server), over all its doors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Largest mail in bytes, as announced by SIZE.
    pub mail_bytes: usize,
    /// Bytes of mails being received or stored, over all connections. Raised to `mail_bytes`
    /// where it is smaller, since otherwise the largest mail could never come in.
    pub mail_bytes_in_flight: usize,
    /// How long a mail waits (by not being read) for room within `mail_bytes_in_flight` before
    /// it is refused with 452.
    pub room_wait: Duration,
    /// Connections at a time.
    pub connections: usize,
    /// Connections at a time from one IPv4 address or one IPv6 /64 network.
    pub connections_per_address: usize,
    /// Accepted recipients of one mail; RFC 5321 4.5.3.1.8 asks for at least 100.
    pub recipients: usize,
    /// Mails in one connection; after that the client is asked to connect anew.
    pub mails_per_connection: usize,
    /// Commands we could not follow and recipients we do not know, before a client is sent away.
    pub mistakes: usize,
    /// Wait for a whole command line, for the client to read an answer, and for the TLS handshake.
    pub command_timeout: Duration,
    /// Wait for the next block of a mail.
    pub block_timeout: Duration,
    /// Wait for the whole of a mail, so that a drip of single bytes ends some day.
    pub mail_timeout: Duration,
    /// How long running mails may take to finish once the server was told to stop.
    pub stop_grace: Duration,
}

impl Default for Limits {
    /// Timeouts follow RFC 5321 4.5.3.2.
    fn default() -> Limits {
        Limits {
            mail_bytes: 40 * 1024 * 1024,
            mail_bytes_in_flight: 128 * 1024 * 1024,
            room_wait: Duration::from_secs(30),
            connections: 500,
            connections_per_address: 50,
            recipients: 100,
            mails_per_connection: 10_000,
            mistakes: 20,
            command_timeout: Duration::from_secs(300),
            block_timeout: Duration::from_secs(180),
            mail_timeout: Duration::from_secs(3600),
            stop_grace: Duration::from_secs(10),
        }
    }
}
