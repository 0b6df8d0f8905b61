//! Keys that lead a citizen's answer back to its inquiry: signed Message-IDs, signed plus addresses, subject tokens.
//!
//! The first two carry a proof that we wrote them, so whoever presents one was written to. A subject token proves
//! nothing and is only a hint.

mod signer;
mod subject;

pub use signer::{Signer, plus_tag_of, with_plus_tag};
pub use subject::{bare_subject, looks_like_reply, read_subject_token, subject_with_token};
