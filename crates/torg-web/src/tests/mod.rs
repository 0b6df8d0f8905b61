//! Pages from hand-made readings, and the languages they speak.

mod guarded;
mod locale;
mod notices;
mod pages;
pub(crate) mod readings;
