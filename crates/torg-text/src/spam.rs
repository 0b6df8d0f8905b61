//! The spam judge: whether a mail is a letter or spam, and why.
//!
//! Two judges share the same features: weights learnt by logistic regression, and counts combined by the chi-square
//! distribution. What is shipped ([`Seed`]) was learnt from letters of our own writing; what the municipality's staff
//! tell ([`Delta`]) lies beside it. Language, novelty and money are never evidence by themselves: what was never seen
//! weighs nothing, and no feature names the language. It knows no mail format: whoever reads mail hands it over
//! ([`Mail`]). What it costs is bounded, whatever a mail holds.

mod bytes;
mod concepts;
mod delta;
mod extract;
mod fields;
mod fit;
mod gather;
mod judge;
mod links;
mod mail;
mod names;
mod others;
mod page;
mod reasons;
mod seed;
mod signs;
mod stem;
mod table;
#[cfg(test)]
mod tests;
mod train;
mod weigh;
mod words;

pub use bytes::Refused;
pub use delta::Delta;
pub use judge::{Judge, Judgement, Verdict};
pub use mail::{Circumstances, Mail, Part};
pub use reasons::{Reason, reason_keys};
pub use seed::Seed;
pub use train::{Example, USUAL_LOSS};
