//! Everything staff see: pages, fragments, the live stream and the files they need.
//!
//! Web knows HTTP, HTML and the languages of people. It knows no SQL and changes nothing itself:
//! reads go to the store with a viewer in hand, everything with a consequence is a verb of the desk.
//! Every page works by link and form; the script in `assets/` morphs in what came new.

mod account;
mod answers;
mod assets;
mod automatic;
mod bulk;
mod colleagues;
mod delegation;
mod demo;
mod drafts;
mod guard;
mod guide;
mod hours;
mod house_style;
mod inquiries;
mod leads;
mod live;
mod messages;
mod notices;
mod opening;
mod operations;
mod page;
mod persons;
mod privacy;
mod quarantine;
mod refusal;
mod routes;
mod search;
mod settings;
mod setup;
mod sign_in;
mod signed;
mod spam;
mod tags;
mod theme;
mod told;
mod troubles;
mod views;
mod web;
mod welcome;
mod words;
mod workspace;

#[cfg(test)]
mod tests;

pub use guard::address::{Network, NotANetwork};
pub use opening::{Opening, opening_router};
pub use routes::{Access, Route, route_table, router};
pub use troubles::{Trouble, Troubles};
pub use web::{DemoLogin, Room, WebSettings};
