//! Filing: from raw bytes that were committed to a message in the right inquiry.
//!
//! One node files at a time, in the order of arrival, so that a reply never overtakes the letter it
//! answers. It works from the stored bytes and may be run again at any point; what fails is put in
//! quarantine with its reason, and the rest goes on.

mod belonging;
mod bounce;
mod delivery;
mod file;
mod index;
mod keeping;
mod mailboxes;
mod prepare;
mod round;
mod sender;
mod sorting;
mod threads;
mod together;

pub(crate) use index::{index_files, index_inquiry, index_message, tongue};
pub(crate) use prepare::{language_of, snippet, tongue_of};
pub use round::FilingReport;
