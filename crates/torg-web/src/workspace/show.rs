//! The handlers of the workspace: the page, and the fragments it is refreshed by.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{InquiryId, MessageId};
use torg_store::folders::{self as store_folders, Folder, FolderCounts, ListPage};
use torg_store::inquiries::{self, InquiryPage};
use torg_store::{departments, staff};

use super::card::Card;
use super::composer::{Draft, What, Writing};
use super::folders::{Spot, folders, name};
use super::list::list;
use super::person::person;
use super::reading::{head, nothing_open, reading, tools};
use super::thread::thread;
use crate::page::{Frame, Place, Tone, frame, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// How many rows a page of the list has.
const ROWS: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// How far down the list.
    after: Option<String>,
    /// What is open, for the fragment of the list.
    open: Option<InquiryId>,
    /// What she wants to write.
    write: Option<What>,
    /// The letter she wants to send on.
    letter: Option<MessageId>,
}

/// What stands in the reading pane beyond the inquiry itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extras {
    pub(crate) draft: Draft,
    pub(crate) card: Option<Card>,
    /// Why a verb was refused.
    pub(crate) notice: Option<Markup>,
}

/// `GET /`
pub(crate) async fn home() -> Redirect {
    Redirect::to("/folders/all")
}

/// `GET /folders/{folder}`
pub(crate) async fn folder(
    State(web): State<Web>,
    signed: Signed,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let spot = spot(&slug, &asked, None)?;
    render(&web, &signed, &spot, Extras::default(), &untold).await
}

/// `GET /folders/{folder}/inquiries/{id}`
pub(crate) async fn inquiry(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let spot = spot(&slug, &asked, Some(id))?;
    let draft = asked.write.map_or_else(Draft::default, |what| Draft::wish(what, asked.letter));
    render(&web, &signed, &spot, Extras { draft, ..Extras::default() }, &untold).await
}

/// `GET /folders/{folder}/inquiries/{id}/assignment`
pub(crate) async fn assignment(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
) -> Result<Response, Refusal> {
    let spot = spot(&slug, &Asked::default(), Some(id))?;
    let viewer = signed.viewer.clone();
    let colleagues = web.read(move |read| staff::colleagues(read, &viewer, id)).await?;
    let extras =
        Extras { card: Some(Card::Assignment { colleagues, trouble: None }), ..Extras::default() };
    render(&web, &signed, &spot, extras, &Untold::default()).await
}

/// `GET /folders/{folder}/inquiries/{id}/referral`
pub(crate) async fn referral(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
) -> Result<Response, Refusal> {
    let spot = spot(&slug, &Asked::default(), Some(id))?;
    let departments = web.read(departments::all).await?;
    let card = Card::Referral {
        departments,
        to: None,
        why: String::new(),
        would_open: false,
        trouble: None,
    };
    render(
        &web,
        &signed,
        &spot,
        Extras { card: Some(card), ..Extras::default() },
        &Untold::default(),
    )
    .await
}

/// `GET /folders/{folder}/list`: folders and list as they are now.
pub(crate) async fn list_fragment(
    State(web): State<Web>,
    signed: Signed,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Refusal> {
    let spot = spot(&slug, &asked, asked.open)?;
    let (counts, page) = listed(&web, &signed, &spot).await?;
    let scene = signed.scene(&web);
    Ok(html! { (folders(&scene, &counts, &spot.folder)) (list(&scene, &counts, &spot, &page)) })
}

/// `GET /folders/{folder}/inquiries/{id}/thread`: all of the open inquiry but the composer.
pub(crate) async fn thread_fragment(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
) -> Result<Markup, Refusal> {
    let spot = spot(&slug, &Asked::default(), Some(id))?;
    let page = opened(&web, &signed, id).await?;
    let scene = signed.scene(&web);
    Ok(html! {
        (tools(&scene, &spot, &page)) (head(&scene, &page, &Extras::default())) (thread(&scene, &page)) (person(&scene, &spot, &page))
    })
}

/// The workspace with a text that was being written when the session ended.
pub(crate) async fn with_kept_text(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    text: String,
    what: What,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let kept = notice(
        Tone::Success,
        html! { b { (scene.say("composer-here-again")) } " " (scene.say("composer-not-sent-yet")) },
    );
    let writing = Writing { text, what, ..Writing::default() };
    let draft = Draft { writing, notice: Some(kept), ..Draft::default() };
    let spot = Spot { folder: Folder::All, after: None, open: Some(id) };
    render(web, signed, &spot, Extras { draft, ..Extras::default() }, &Untold::default()).await
}

/// The whole page at `spot`. With a notice in `extras` the status says that something was refused.
pub(crate) async fn render(
    web: &Web,
    signed: &Signed,
    spot: &Spot,
    extras: Extras,
    untold: &Untold,
) -> Result<Response, Refusal> {
    let page = match spot.open {
        Some(id) => Some(opened(web, signed, id).await?),
        None => None,
    };
    let (counts, rows) = listed(web, signed, spot).await?;
    let scene = signed.scene(web);
    let is_mine = matches!(spot.folder, Folder::Mine | Folder::Waiting);
    let frame = frame(
        &scene,
        &Frame {
            title: title(&scene, &counts, spot, page.as_ref()),
            place: Place::Inbox { mine: is_mine },
            main: workspace(&scene, &counts, spot, &rows, page.as_ref(), &extras),
            told: untold.0.clone(),
            unowned: Some(counts.unowned),
        },
    );
    Ok(untold.once(web, frame).into_response())
}

/// The same page, with the status of a verb that was refused.
pub(crate) fn refused(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::CONFLICT;
    response
}

pub(crate) fn workspace(
    scene: &Scene,
    counts: &FolderCounts,
    spot: &Spot,
    rows: &ListPage,
    page: Option<&InquiryPage>,
    extras: &Extras,
) -> Markup {
    html! {
        main #main .workspace tabindex="-1" data-open=[spot.open] data-folder=(spot.folder_path()) data-viewer=[scene.viewer.as_ref().map(|viewer| viewer.staff)] {
            (folders(scene, counts, &spot.folder))
            (list(scene, counts, spot, rows))
            @if let Some(page) = page {
                (reading(scene, spot, page, extras))
                (person(scene, spot, page))
            } @else {
                (nothing_open(scene))
            }
        }
    }
}

fn title(scene: &Scene, counts: &FolderCounts, spot: &Spot, page: Option<&InquiryPage>) -> String {
    match page {
        Some(page) => scene.with(
            "inquiries-title",
            [
                ("number", word(page.inquiry.number.to_string())),
                ("subject", word(super::list::subject(scene, &page.subject))),
            ],
        ),
        None => name(scene, counts, &spot.folder),
    }
}

fn spot(slug: &str, asked: &Asked, open: Option<InquiryId>) -> Result<Spot, Refusal> {
    let folder = Folder::from_slug(slug).ok_or(Refusal::NotFound)?;
    // A cursor of an older version begins at the top again.
    let after = asked.after.as_deref().and_then(|after| after.parse().ok());
    Ok(Spot { folder, after, open })
}

async fn listed(
    web: &Web,
    signed: &Signed,
    spot: &Spot,
) -> Result<(FolderCounts, ListPage), Refusal> {
    let (viewer, spot) = (signed.viewer.clone(), spot.clone());
    let found = web.read(move |read| {
        let counts = store_folders::counts(read, &viewer)?;
        let page = store_folders::list(read, &viewer, &spot.folder, spot.after.as_ref(), ROWS)?;
        Ok((counts, page))
    });
    Ok(found.await?)
}

/// The inquiry as she finds it, and then noted as looked at: what is new to her is still marked new.
async fn opened(web: &Web, signed: &Signed, id: InquiryId) -> Result<InquiryPage, Refusal> {
    let viewer = signed.viewer.clone();
    let page =
        web.read(move |read| inquiries::page(read, &viewer, id)).await?.ok_or(Refusal::NotFound)?;
    if !web.desk.look(&signed.viewer, id, page.inquiry.messages).await? {
        return Err(Refusal::NotFound);
    }
    Ok(page)
}
