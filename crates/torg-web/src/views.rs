//! Saved views: keeping one, its list, changing it, taking it away and bringing it back.

use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{Role, ViewId};
use torg_desk::{NewView, ViewRefused};
use torg_store::folders::{self, DepartmentCount};
use torg_store::views::{self, Shared, View};

use crate::page::{Frame, Place, Tone, empty, frame, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::{Spot, view_path};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The place in the workspace that is to be kept.
    #[serde(default)]
    from: String,
    /// The view that was just taken away.
    gone: Option<ViewId>,
}

/// A view as its form sends it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Written {
    #[serde(default)]
    name: String,
    #[serde(default)]
    from: String,
    /// Nothing, `everybody`, or a department's id.
    #[serde(default)]
    shared: String,
}

/// `GET /views`
pub(crate) async fn index(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let (viewer, gone) = (signed.viewer.clone(), asked.gone);
    let (all, gone) = web
        .read(move |read| {
            let gone = match gone {
                Some(id) => views::one(read, &viewer, id)?,
                None => None,
            };
            Ok((views::of(read, &viewer).get()?, gone))
        })
        .await?;
    let scene = signed.scene(&web);
    let (own, shared): (Vec<_>, Vec<_>) = all.iter().partition(|view| scene.is_me(view.owner));
    let main = html! {
        header { div { h1 { (scene.say("views-title")) } p.lead { (scene.say("views-lead")) } } }
        @if let Some(view) = gone.filter(|view| !all.iter().any(|other| other.id == view.id)) { (brought_back(&scene, &view)) }
        section.panel aria-labelledby="own-views" {
            h2 #own-views { (scene.say("views-own")) }
            @if own.is_empty() { (empty("bookmark", false, &scene.say("views-none"), html! { (scene.say("views-none-text")) })) }
            ul.lines {
                @for view in own {
                    li {
                        a.grow.medium href=(view_path(view)) { (view.name) }
                        @if view.shared != Shared::Nobody { span.tag { (icon("users")) (scene.say("views-is-shared")) } }
                        a.btn.small href={ "/views/" (view.id) } { (scene.say("views-edit")) }
                        form.inline method="post" action={ "/views/" (view.id) "/removal" } { button.btn.small { (scene.say("views-remove")) } }
                    }
                }
            }
        }
        @if !shared.is_empty() {
            section.panel aria-labelledby="shared-views" {
                h2 #shared-views { (scene.say("views-shared")) }
                ul.lines { @for view in shared { li { a.grow.medium href=(view_path(view)) { (view.name) } } } }
            }
        }
    };
    Ok(page(&web, &scene, scene.say("views-title"), &main, &untold))
}

fn brought_back(scene: &Scene, view: &View) -> Markup {
    notice(
        Tone::Success,
        html! {
            p { (scene.with("views-gone", [("name", word(view.name.as_str()))])) }
            form.row method="post" action={ "/views/" (view.id) "/return" } { button.btn.small { (icon("undo-2")) (scene.say("views-return")) } }
        },
    )
}

/// `GET /views/new?from=`
pub(crate) async fn new(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let from = Spot::from_path(&asked.from).ok_or(Refusal::NotFound)?.list_path();
    let written = Written { from, ..Written::default() };
    form(&web, &signed, None, &written, None).await
}

/// `POST /views`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Form(written): Form<Written>,
) -> Result<Response, Refusal> {
    let view = new_view(&written)?;
    match web.desk.keep_view(&signed.viewer, view).await {
        Ok(id) => {
            let viewer = signed.viewer.clone();
            let kept = web.read(move |read| views::one(read, &viewer, id)).await?;
            let path = kept.as_ref().map_or_else(|| "/views".to_owned(), view_path);
            Ok(Told::of(Deed::Saved).at(&web, &path))
        }
        Err(refused) => again(&web, &signed, None, &written, refused).await,
    }
}

/// `GET /views/{id}`
pub(crate) async fn edit(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ViewId>,
) -> Result<Response, Refusal> {
    let view = own(&web, &signed, id).await?;
    let shared = match view.shared {
        Shared::Nobody => String::new(),
        Shared::Department(department) => department.to_string(),
        Shared::Everybody => "everybody".to_owned(),
    };
    let written = Written { from: view_path(&view), name: view.name, shared };
    form(&web, &signed, Some(id), &written, None).await
}

/// `POST /views/{id}`
pub(crate) async fn change(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ViewId>,
    Form(written): Form<Written>,
) -> Result<Response, Refusal> {
    match web.desk.change_view(&signed.viewer, id, new_view(&written)?).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, "/views")),
        Err(refused) => again(&web, &signed, Some(id), &written, refused).await,
    }
}

/// `POST /views/{id}/look`: keeps how it is shown now, and leaves its name and sharing.
pub(crate) async fn look(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ViewId>,
    Form(written): Form<Written>,
) -> Result<Response, Refusal> {
    let old = own(&web, &signed, id).await?;
    let shown = new_view(&written)?;
    let new = NewView { name: old.name, shared: old.shared, ..shown };
    web.desk.change_view(&signed.viewer, id, new).await.map_err(|_| Refusal::NotFound)?;
    let path = Spot::from_path(&written.from).ok_or(Refusal::NotFound)?.list_path();
    Ok(Told::of(Deed::Saved).at(&web, &path))
}

/// `POST /views/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ViewId>,
) -> Result<Response, Refusal> {
    web.desk.set_view_gone(&signed.viewer, id, true).await.map_err(|_| Refusal::NotFound)?;
    Ok(Told::of(Deed::Saved).at(&web, &format!("/views?gone={id}")))
}

/// `POST /views/{id}/return`
pub(crate) async fn bring_back(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ViewId>,
) -> Result<Response, Refusal> {
    web.desk.set_view_gone(&signed.viewer, id, false).await.map_err(|_| Refusal::NotFound)?;
    Ok(Told::of(Deed::Saved).at(&web, "/views"))
}

async fn own(web: &Web, signed: &Signed, id: ViewId) -> Result<View, Refusal> {
    let viewer = signed.viewer.clone();
    let found = web.read(move |read| views::one(read, &viewer, id)).await?;
    found.filter(|view| view.owner == signed.viewer.staff).ok_or(Refusal::NotFound)
}

fn new_view(written: &Written) -> Result<NewView, Refusal> {
    let spot = Spot::from_path(&written.from).ok_or(Refusal::NotFound)?;
    let shared = match written.shared.as_str() {
        "" => Shared::Nobody,
        "everybody" => Shared::Everybody,
        id => Shared::Department(id.parse().map_err(|_| Refusal::NotFound)?),
    };
    let (name, query) = (written.name.clone(), spot.shown.kept());
    Ok(NewView { name, folder: spot.folder, query, shared })
}

async fn again(
    web: &Web,
    signed: &Signed,
    id: Option<ViewId>,
    written: &Written,
    refused: ViewRefused,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let trouble = match refused {
        ViewRefused::NoName => scene.say("views-no-name"),
        ViewRefused::TooMany { most } => scene.with("views-too-many", [("most", word(most))]),
        ViewRefused::MayNotShare => scene.say("views-may-not-share"),
        ViewRefused::NotFound => return Err(Refusal::NotFound),
        ViewRefused::Store(error) => return Err(error.into()),
    };
    let page = form(web, signed, id, written, Some(&trouble)).await?;
    Ok(crate::workspace::refused(page))
}

async fn form(
    web: &Web,
    signed: &Signed,
    id: Option<ViewId>,
    written: &Written,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let (viewer, now) = (signed.viewer.clone(), web.desk.now().as_microsecond());
    let counts = web.read(move |read| folders::counts(read, &viewer, now)).await?;
    let scene = signed.scene(web);
    let title = scene.say(if id.is_some() { "views-edit-title" } else { "views-new-title" });
    let action = id.map_or_else(|| "/views".to_owned(), |id| format!("/views/{id}"));
    let main = html! {
        header { div { h1 { (title) } p.lead { (scene.say("views-new-lead")) } } }
        section.panel.narrow {
            form.form method="post" action=(action) {
                input type="hidden" name="from" value=(written.from);
                @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
                div.ds-field {
                    label.ds-label for="view-name" { (scene.say("views-name")) }
                    input.ds-input #view-name type="text" name="name" value=(written.name) required maxlength="60" autofocus;
                }
                @if signed.viewer.role != Role::Staff { (sharing(&scene, &counts.departments, &written.shared)) }
                div.row { button.btn.primary { (scene.say("views-keep")) } a.btn.quiet href=(written.from) { (scene.say("inquiries-cancel")) } }
            }
        }
    };
    Ok(page(web, &scene, title, &main, &Untold::default()))
}

fn sharing(scene: &Scene, departments: &[DepartmentCount], chosen: &str) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for="view-shared" { (scene.say("views-share-with")) }
            select.ds-input #view-shared name="shared" {
                option value="" { (scene.say("views-share-nobody")) }
                @for department in departments.iter().filter(|department| department.member) {
                    option value=(department.id) selected[department.id.to_string() == chosen] { (department.name) }
                }
                option value="everybody" selected[chosen == "everybody"] { (scene.say("views-share-everybody")) }
            }
        }
    }
}

fn page(web: &Web, scene: &Scene, title: String, main: &Markup, untold: &Untold) -> Response {
    let main = html! { main #main .page tabindex="-1" { (main) } };
    let told = untold.0.clone();
    untold.once(web, frame(scene, &Frame { title, place: Place::Elsewhere, main, told }))
}
