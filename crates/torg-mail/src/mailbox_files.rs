//! Mail kept in files: mbox (RFC 4155 and the mboxrd quoting) and Maildir.

mod maildir;
mod mbox;

pub use maildir::{Maildir, maildir};
pub use mbox::{LONGEST_MAIL, Mbox, mbox};

use std::path::PathBuf;

use thiserror::Error;

/// One mail out of a file or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMail {
    /// Where it lies, the same at every reading: the byte offset in an mbox, the file name without flags in a Maildir.
    pub source: String,
    /// The mail as it came, line ends untouched.
    pub raw: Vec<u8>,
}

/// Why a mail could not be read. Those after it still can.
#[derive(Debug, Error)]
pub enum MailboxError {
    /// The file system refused.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The file or folder; empty for a plain reader.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A single mail is larger than [`LONGEST_MAIL`]; its bytes were passed over.
    #[error("the mail at {source_key} is larger than {} bytes", LONGEST_MAIL)]
    TooLong {
        /// As in [`StoredMail::source`].
        source_key: String,
    },
}
