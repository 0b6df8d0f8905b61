//! The handlers of the workspace: the page, and the fragments it is refreshed by.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use torg_core::InquiryId;
use torg_store::folders::{Folder, FolderCounts};
use torg_store::inquiries::{Extent, InquiryPage};
use torg_store::{departments, merging, staff};

use super::card::Card;
use super::folders::{Spot, folders, heading};
use super::gather::{counted, listed, opened, seen_since};
use super::list::{Rows, list, shown_hash};
use super::part::{self, Wanted};
use super::person::{nobody, person};
use super::reading::{head, nothing_open, reading, tools};
use super::rows::subject;
use super::shown::Asked;
use super::thread::thread;
use super::writing::{Draft, What, Writing};
use crate::page::{Frame, Place, Tone, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// How many rows a page of the list has.
const ROWS: usize = 50;
/// As many of what was found: every hit is read for its excerpt, and stands taller for it.
const HITS: usize = 25;
/// How long a list grows in place; what is beyond has pages of its own.
pub(super) const LONGEST: usize = 300;

/// What stands in the reading pane beyond the inquiry itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extras {
    pub(crate) draft: Draft,
    pub(crate) card: Option<Card>,
    /// Why a verb was refused.
    pub(crate) notice: Option<Markup>,
}

impl Extras {
    /// How much of the inquiry they need: a letter to send on, and those to split off, may be of the
    /// earliest.
    fn extent(&self, spot: &Spot) -> Extent {
        let splits = matches!(self.card, Some(Card::Split { .. }));
        match splits || self.draft.writing.letter.is_some() {
            true => Extent::Whole,
            false => spot.extent(),
        }
    }
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
    // What was merged goes on where it was merged into.
    let now = web.read(move |read| merging::root(read, id)).await?;
    if now != id && web.desk.look(&signed.viewer, id, 0).await? {
        return Ok(Redirect::to(&spot.inquiry_path(now)).into_response());
    }
    let draft = asked.write.map_or_else(Draft::default, |what| Draft::wish(what, asked.letter));
    render(&web, &signed, &spot, Extras { draft, ..Extras::default() }, &untold).await
}

/// `GET /folders/{folder}/inquiries/{id}/assignment`
pub(crate) async fn assignment(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let spot = spot(&slug, &asked, Some(id))?;
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
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let spot = spot(&slug, &asked, Some(id))?;
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

/// `GET /folders/{folder}/list`: folders and list as they are now; nothing where the page says that
/// it shows just that.
pub(crate) async fn list_fragment(
    State(web): State<Web>,
    signed: Signed,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let spot = spot(&slug, &asked, asked.open)?;
    let fewest = rows_of_a_page(&spot);
    let rows = asked.rows.unwrap_or(fewest).clamp(fewest, LONGEST);
    let (counts, rows) = listed(&web, &signed, &spot, rows).await?;
    let scene = signed.scene(&web);
    let is_shown = headers.get("torg-shown").is_some_and(|shown| {
        shown.as_bytes() == shown_hash(&scene, &counts, &spot, &rows).as_bytes()
    });
    if is_shown {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let page = html! { (folders(&scene, &counts, &spot)) (list(&scene, &counts, &spot, &rows)) };
    Ok(page.into_response())
}

/// `GET /folders/{folder}/inquiries/{id}/thread`: all of the open inquiry but the composer.
pub(crate) async fn thread_fragment(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Refusal> {
    let spot = spot(&slug, &asked, Some(id))?;
    let page = opened(&web, &signed, id, spot.extent()).await?;
    let scene = signed.scene(&web);
    Ok(html! {
        (tools(&scene, &spot, &page)) (head(&scene, &spot, &page, &Extras::default())) (thread(&scene, &spot, &page)) (person(&scene, &spot, &page))
    })
}

fn rows_of_a_page(spot: &Spot) -> usize {
    if spot.folder == Folder::Search { HITS } else { ROWS }
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
    let spot = Spot { open: Some(id), ..Spot::at(Folder::All) };
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
    let wanted = Wanted::by(signed, spot);
    let read = async {
        match spot.open {
            Some(id) => opened(web, signed, id, extras.extent(spot)).await.map(Some),
            None => Ok(None),
        }
    };
    let beside = async {
        match wanted {
            Wanted::Inquiry => Ok((counted(web, signed).await?, Rows::default())),
            Wanted::List | Wanted::Page => listed(web, signed, spot, rows_of_a_page(spot)).await,
        }
    };
    let (page, (counts, mut rows)) = tokio::try_join!(read, beside)?;
    if let Some(open) = spot.open {
        rows.look_at(open);
    }
    let signed = &seen_since(web, signed, spot).await?;
    let (scene, page) = (signed.scene(web), page.as_ref());
    let main = match wanted {
        Wanted::Inquiry => part::inquiry(&scene, &counts, spot, page, &extras),
        Wanted::List => part::list(&scene, &counts, spot, &rows, page, &extras),
        Wanted::Page => workspace(&scene, &counts, spot, &rows, page, &extras),
    };
    let is_mine = matches!(spot.folder, Folder::Mine | Folder::Waiting);
    let page = Frame {
        title: title(&scene, &counts, spot, page),
        place: Place::Inbox { mine: is_mine },
        main,
        told: untold.0.clone(),
    };
    Ok(untold.once(web, wanted.answer(&scene, &page)))
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
    rows: &Rows,
    page: Option<&InquiryPage>,
    extras: &Extras,
) -> Markup {
    html! {
        main #main .workspace tabindex="-1" data-open[spot.open.is_some()] data-viewer=[scene.viewer.as_ref().map(|viewer| viewer.staff)] {
            (folders(scene, counts, spot))
            (list(scene, counts, spot, rows))
            @let (reading, person) = panes(scene, spot, page, extras);
            (reading) (person)
        }
    }
}

/// The panes beside the list: what is read, and who wrote it.
pub(super) fn panes(
    scene: &Scene,
    spot: &Spot,
    page: Option<&InquiryPage>,
    extras: &Extras,
) -> (Markup, Markup) {
    match page {
        Some(page) => (reading(scene, spot, page, extras), person(scene, spot, page)),
        None => (nothing_open(scene), nobody()),
    }
}

fn title(scene: &Scene, counts: &FolderCounts, spot: &Spot, page: Option<&InquiryPage>) -> String {
    match page {
        Some(page) => scene.with(
            "inquiries-title",
            [
                ("number", word(page.inquiry.number.to_string())),
                ("subject", word(subject(scene, &page.subject))),
            ],
        ),
        None => heading(scene, counts, spot),
    }
}

pub(super) fn spot(slug: &str, asked: &Asked, open: Option<InquiryId>) -> Result<Spot, Refusal> {
    let folder = Folder::from_slug(slug).ok_or(Refusal::NotFound)?;
    // A cursor of an older version begins at the top again.
    let after = asked.after.as_deref().and_then(|after| after.parse().ok());
    let earlier = asked.earlier.is_some();
    Ok(Spot { folder, shown: asked.shown(), after, open, earlier })
}
