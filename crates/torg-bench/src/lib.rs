//! Measures Torg as it is run, beside what the machine could do at best: see `script/bench`.
//!
//! Knows the program by its command line, its doors and its database. What fills a municipality
//! ([`seed`]) also knows how the store keeps things; nothing else of its inside is known here.

mod answers;
mod archives;
mod arguments;
mod corpus;
mod http;
mod letters;
mod live;
mod load;
mod measures;
mod model;
mod pages;
mod raw;
mod seed;
mod server;
mod smtp;
mod spam;
mod table;

pub use arguments::Arguments;
pub use seed::{Made, Wish, seed};
