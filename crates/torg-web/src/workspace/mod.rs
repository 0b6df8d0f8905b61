//! The workspace: folders, list, reading pane, person. One page, and the fragments it is refreshed by.

mod card;
mod composer;
mod counts;
mod events;
mod folders;
mod list;
mod message;
mod person;
mod reading;
mod shortcuts;
mod show;
mod thread;

pub(crate) use card::Card;
pub(crate) use composer::{Draft, What, Writing, text_of};
pub(crate) use folders::Spot;
pub(crate) use message::is_picture;
pub(crate) use person::past;
pub(crate) use shortcuts::keys_help;
#[cfg(test)]
pub(crate) use show::workspace;
pub(crate) use show::{
    Extras, assignment, folder, home, inquiry, list_fragment, referral, refused, render,
    thread_fragment, with_kept_text,
};
