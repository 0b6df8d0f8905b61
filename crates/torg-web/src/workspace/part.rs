//! What is sent to a page that shows some of the workspace already. Its script says which list it
//! shows, and then only what differs is sent and morphed in; without that, and without a script, it
//! is the whole page. The address is the same, so that back, reload and links need no second way.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_store::folders::FolderCounts;
use torg_store::inquiries::InquiryPage;

use super::folders::{Spot, folders};
use super::list::{self, Rows, list_head};
use super::show::{Extras, panes};
use crate::page::{Frame, frame, frame_parts, part};
use crate::signed::Signed;
use crate::words::Scene;

/// How much a page needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Everything: it shows no list, or says nothing of it.
    Page,
    /// It shows another list, or asks for its own with nothing open.
    List,
    /// It shows this list, which it refreshes by itself, and asks for a letter of it.
    Inquiry,
}

impl Wanted {
    pub(super) fn by(signed: &Signed, spot: &Spot) -> Self {
        let list = format!("{}{}", spot.folder_path(), spot.query());
        match &signed.list {
            None => Self::Page,
            Some(shown) if *shown == list && spot.open.is_some() => Self::Inquiry,
            Some(_) => Self::List,
        }
    }

    /// The page or its parts; parts without the list say that what is beside them may be old.
    pub(super) fn answer(self, scene: &Scene, page: &Frame) -> Response {
        match self {
            Self::Page => frame(scene, page).into_response(),
            Self::List => frame_parts(scene, page).into_response(),
            Self::Inquiry => {
                ([("hx-trigger", "torg:old-list")], frame_parts(scene, page)).into_response()
            }
        }
    }
}

/// The list that the page shows, as its script says it.
pub(crate) fn shown_list(headers: &HeaderMap) -> Option<String> {
    headers.get("torg-list")?.to_str().ok().map(str::to_owned)
}

/// Another list, and what is open beside it.
pub(super) fn list(
    scene: &Scene,
    counts: &FolderCounts,
    spot: &Spot,
    rows: &Rows,
    page: Option<&InquiryPage>,
    extras: &Extras,
) -> Markup {
    html! {
        (part("#folders", &folders(scene, counts, spot)))
        (part("#list", &list::list(scene, counts, spot, rows)))
        (panes_of(scene, spot, page, extras))
    }
}

/// What is open beside the same list, whose head leads back to it.
pub(super) fn inquiry(
    scene: &Scene,
    counts: &FolderCounts,
    spot: &Spot,
    page: Option<&InquiryPage>,
    extras: &Extras,
) -> Markup {
    html! {
        (part("#list-head", &list_head(scene, counts, spot)))
        (panes_of(scene, spot, page, extras))
    }
}

fn panes_of(scene: &Scene, spot: &Spot, page: Option<&InquiryPage>, extras: &Extras) -> Markup {
    let (reading, person) = panes(scene, spot, page, extras);
    html! { (part("#reading", &reading)) (part("#person", &person)) }
}
