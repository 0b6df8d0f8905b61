//! The workspace: folders, list, reading pane, person. One page, and the fragments it is refreshed by.

mod card;
mod cards;
mod commands;
mod composer;
mod counts;
mod density;
mod empty_list;
mod events;
mod folders;
mod gather;
mod list;
mod message;
mod narrowing;
mod part;
mod parts_of_draft;
mod person;
mod presence;
mod proposal;
mod reading;
mod rows;
mod show;
mod shown;
mod thread;
mod writing;

pub(crate) use card::Card;
pub(crate) use cards::{join, snooze, split, tags, takeover};
pub(crate) use commands::dialogs;
pub(crate) use counts::count;
pub(crate) use density::set_density;
pub(crate) use folders::{Spot, view_path};
#[cfg(test)]
pub(crate) use list::Rows;
pub(crate) use message::{is_picture, taking_back, written};
pub(crate) use part::shown_list;
pub(crate) use parts_of_draft::draft_parts;
pub(crate) use person::past;
pub(crate) use presence::presence;
pub(crate) use rows::subject;
#[cfg(test)]
pub(crate) use show::workspace;
pub(crate) use show::{
    Extras, assignment, folder, home, inquiry, list_fragment, referral, refused, render,
    thread_fragment, with_kept_text,
};
pub(crate) use shown::Asked;
pub(crate) use writing::{Draft, What, Writing};
