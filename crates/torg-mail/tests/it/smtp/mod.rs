//! The mail server, spoken to over real connections.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

mod dialogue;
mod limits;
mod lmtp;
mod noise;
mod smuggling;
mod stop;
pub(crate) mod tls;
pub(crate) mod town;
