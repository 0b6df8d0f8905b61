//! The fictional municipality of Fjordby: its departments, staff and citizens, and a year of letters
//! and answers between them, as a plan that somebody else carries out.
//!
//! This room knows what people write to a municipality and how a working day goes. It knows no Torg:
//! no database, no mail format, no clock. The same seed and end give the same plan. The texts lie in
//! `data/`, one file a department, so that a translator can edit them without reading Rust.

mod calendar;
mod citizens;
mod dice;
mod fates;
mod files;
mod letters;
mod plan;
mod slots;
mod spam;
mod story;
mod texts;

pub use citizens::{Citizen, Voice};
pub use files::DemoFile;
pub use plan::{
    Department, Event, Kind, Language, Letter, Municipality, Plan, Role, Staff, Thread, What,
    citizens, plan, town,
};
pub use spam::{Spam, spam};
