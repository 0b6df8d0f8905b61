//! Reads language: which tongue a letter is written in, the words it is found by, and which part of
//! it the citizen wrote now.
//!
//! This room knows text and nothing else: no mail format, no database, no municipality. It gets
//! plain text and gives plain words.

pub mod answers;
mod beginnings;
mod compounds;
pub mod e5;
mod excerpt;
mod folded;
pub mod kept;
mod keyboards;
pub mod letter;
mod numbers;
mod query;
mod query_words;
pub mod spam;
pub mod style;
mod tongue;
mod words;

pub use beginnings::beginnings;
pub use excerpt::{Excerpt, Piece, excerpt};
pub use folded::{folded, spellings};
pub use keyboards::FOLDED_MARK;
pub use query::{Filter, FilterOf, Misread, Query};
pub use query_words::{ENOUGH_TO_GO_ON, name_words, query_words};
pub use tongue::{Tongue, detect};
pub use words::{MAX_WORDS, STEM_MARK, index_words, index_words_within};
