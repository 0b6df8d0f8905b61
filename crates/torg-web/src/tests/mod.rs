//! Pages from hand-made readings, and the languages they speak.

mod guarded;
mod locale;
mod pages;
mod readings;
