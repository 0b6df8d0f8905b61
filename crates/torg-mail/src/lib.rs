//! `torg-mail` knows e-mail and nothing else.
//!
//! It reads any bytes as a letter (RFC 5322, MIME), judges who or what wrote them, makes HTML of strangers harmless,
//! keeps threads together with signed ids, writes letters, and reads mailbox files. It talks SMTP and LMTP, and asks DNS
//! and Rspamd what they know of a letter.
//!
//! It does not know what an inquiry, a department or a municipality is, keeps nothing, and asks no clock: whoever calls
//! gives the time. Nothing it reads can make it panic, recurse without bound or take more than linear time.

mod addresses;
mod attachment;
mod body;
mod charset;
pub mod compose;
mod file_text;
mod header;
pub mod html;
mod judging;
mod kind;
mod letter;
pub mod mailbox_files;
pub mod origin;
mod params;
mod parts;
pub mod relay;
pub mod rspamd;
pub mod smtp;
pub mod thread_key;
mod transfer;
mod words;

pub use addresses::Mailbox;
pub use attachment::Attachment;
pub use file_text::{FileText, file_text};
pub use judging::{ReadPart, Reading, for_judging};
pub use kind::{BounceReport, FailedRecipient, Kind};
pub use letter::{
    Automation, Letter, Unparsable, html_of, parse, parse_with, part_bytes, parts_bytes,
};
