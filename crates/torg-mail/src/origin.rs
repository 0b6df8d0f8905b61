//! Whether a letter comes from where it says: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 9989), asked of DNS
//! ([`Asker`]) or taken from the word of a mail server that is trusted ([`told`], RFC 8601).

mod ask;
mod told;

pub use ask::{Asker, Connection, NoServer, NotAnswered};
pub use told::told;

/// What one of the three found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Finding {
    Pass,
    Fail,
    /// The domain would rather not say no (SPF's `~all` and `?all`).
    Weak,
    /// The domain says nothing of it, or the letter bears no signature.
    None,
    /// It could not be found out.
    #[default]
    Unknown,
}

/// What was found out about where a letter comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    pub spf: Finding,
    pub dkim: Finding,
    pub dmarc: Finding,
    /// The domain of the address in `From`, in lower case; empty if there is none.
    pub domain: String,
    /// That domain says that letters which fail, as this one does, are not its own: its DMARC policy is to refuse or to
    /// set them aside; or, without a policy, its SPF record forbids the server that sent this one, and no signature
    /// stands against that.
    pub is_disowned: bool,
}

/// Whether a letter bears a signature that could be verified.
pub fn is_signed(raw: &[u8]) -> bool {
    const FIELD: &[u8] = b"DKIM-Signature:";
    let mut lines =
        raw.split(|byte| *byte == b'\n').take_while(|line| !line.trim_ascii().is_empty());
    lines.any(|line| line.get(..FIELD.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(FIELD)))
}
