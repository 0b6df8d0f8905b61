//! The door through which other mail servers hand us mail: ESMTP (RFC 5321) and LMTP (RFC 2033).
//!
//! Knows the dialogue, its limits and its traps. Does not know which addresses exist or where mail
//! is kept: that is asked of a [`Reception`]. A mail is answered with 250 only after
//! [`Reception::receive`] said it is kept.
//!
//! `session` holds the dialogue, `command` and `path` read what the client says, `message` and
//! `dots` take in the mail itself, `wire` is the buffered connection, `server` accepts.

mod admission;
mod budget;
mod command;
mod counts;
mod dots;
mod limits;
mod message;
mod path;
mod reception;
mod reply;
mod server;
mod session;
pub mod tls;
mod trace;
mod wire;

pub use counts::{Refusal, SmtpCounts};
pub use limits::Limits;
pub use reception::{Delivery, NotReceived, Protocol, Reception, RecipientAnswer};
pub use server::{Door, Now, Server, SmtpSettings};
pub use trace::{Trace, received_header};
