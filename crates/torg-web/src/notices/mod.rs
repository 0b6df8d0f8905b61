//! Notices: the bell on every page, their own page, what a page tells while somebody works, and
//! what she wants to be told.

mod bell;
mod list;
mod wishes;
mod words;

pub(crate) use bell::bell;
pub(crate) use list::{list, tellings};
pub(crate) use wishes::{save, show as wishes};

use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::NoticeId;
use torg_desk::Which;
use torg_store::notices;

use crate::page::{Frame, Place, frame, icon};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::Scene;

/// How many notices a page has.
const ROWS: usize = 40;

/// Which notices a page shows.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    /// `all`, or only what was not seen.
    #[serde(default)]
    show: String,
    /// The last one of the page before.
    after: Option<String>,
}

impl Asked {
    fn all(&self) -> bool {
        self.show == "all"
    }

    fn path(&self) -> &'static str {
        if self.all() { "/notices?show=all" } else { "/notices" }
    }
}

/// `GET /notices`
pub(crate) async fn index(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let viewer = signed.viewer.clone();
    // A place in an older list begins at the top again.
    let before = asked.after.as_deref().and_then(|after| after.parse().ok());
    let only_unseen = !asked.all();
    let page =
        web.read(move |read| notices::page(read, &viewer, only_unseen, before, ROWS)).await?;
    let scene = signed.scene(&web);
    let main = html! {
        main #main .page.notices tabindex="-1" {
            header {
                h1 { (scene.say("notices-title")) }
                nav.segments aria-label=(scene.say("notices-which")) {
                    a href="/notices" aria-current=[only_unseen.then_some("page")] { (scene.say("notices-unseen")) }
                    a href="/notices?show=all" aria-current=[asked.all().then_some("page")] { (scene.say("notices-all")) }
                }
                div.row.end {
                    @if scene.unseen > 0 && let Some(newest) = page.rows.first() { (see_all(&scene, newest.id, asked.path())) }
                    a.btn.quiet.square href="/account/notices" title=(scene.say("notices-settings")) aria-label=(scene.say("notices-settings")) { (icon("settings")) }
                }
            }
            (list(&scene, &page, &asked))
        }
    };
    let title = scene.say("notices-title");
    let told = untold.0.clone();
    let page = frame(&scene, &Frame { title, place: Place::Notices, main, told });
    Ok(untold.once(&web, page))
}

fn see_all(scene: &Scene, newest: NoticeId, then: &str) -> Markup {
    html! {
        form.inline method="post" action="/notices/seen" {
            input type="hidden" name="upto" value=(newest);
            (crate::page::hidden_then(then))
            button.btn { (icon("check-check")) (scene.say("notices-see-all")) }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    /// The newest one she had before her.
    upto: Option<NoticeId>,
    #[serde(default)]
    then: String,
}

/// `POST /notices/seen`
pub(crate) async fn see_up_to(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<Seen>,
) -> Result<Redirect, Refusal> {
    if let Some(upto) = form.upto {
        web.desk.see_notices(&signed.viewer, Which::UpTo(upto)).await?;
    }
    Ok(back(&form.then))
}

/// `POST /notices/{id}/seen`
pub(crate) async fn see(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<NoticeId>,
    Form(form): Form<Seen>,
) -> Result<Redirect, Refusal> {
    web.desk.see_notices(&signed.viewer, Which::One(id)).await?;
    Ok(back(&form.then))
}

fn back(then: &str) -> Redirect {
    let asked = Asked { show: then.rsplit('=').next().unwrap_or_default().to_owned(), after: None };
    Redirect::to(asked.path())
}

/// `POST /notices/telling`: the bell as it is now, and what no page of hers has told yet.
pub(crate) async fn tell(State(web): State<Web>, signed: Signed) -> Result<Response, Refusal> {
    let telling = web.desk.tell_notices(&signed.viewer).await?;
    let scene = signed.scene(&web);
    let quiet = telling.quiet_until.map(|until| (until - web.desk.now().as_microsecond()) / 1000);
    Ok(html! {
        (bell(&scene, false))
        (tellings(&scene, &telling.notices, quiet))
    }
    .into_response())
}
