//! What administrators set: one frame with the pages at its side, each with its history.

pub(crate) mod addresses;
pub(crate) mod changes;
pub(crate) mod colleague;
pub(crate) mod department;
pub(crate) mod departments;
pub(crate) mod fields;
mod frame;
pub(crate) mod health;
pub(crate) mod municipality;
pub(crate) mod receipts;
pub(crate) mod relay;
pub(crate) mod spam;
pub(crate) mod staff;

use axum::extract::State;
use axum::response::Response;
use maud::html;

use crate::page::icon;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;

pub(crate) use changes::{history, recent};
pub(crate) use frame::{PAGES, page};

/// `GET /settings`: every page with a word on what it is for.
pub(crate) async fn index(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let content = html! {
        section.panel {
            ul.lines {
                @for one in PAGES {
                    li { a.whole href=(one.path) {
                        (icon(one.icon))
                        span.grow { span.medium { (scene.say(one.title)) } br; span.subtle { (scene.say(one.about)) } }
                    } }
                }
            }
        }
    };
    Ok(page(&web, &scene, &untold, None, &content))
}
