//! Two persons who may be one: the question, the joining, and taking it back.

use axum::extract::{Form, Path, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{JoinId, PersonId};
use torg_store::persons::{Joined, PersonCard};

use super::path;
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told};
use crate::web::Web;
use crate::words::{Scene, word};

#[derive(Debug, Deserialize)]
pub(crate) struct Other {
    other: PersonId,
    #[serde(default)]
    from: String,
}

/// `POST /persons/{id}/joins`
pub(crate) async fn join(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<PersonId>,
    Form(form): Form<Other>,
) -> Result<Response, Refusal> {
    web.desk.join_persons(&signed.viewer, id, form.other).await?;
    Ok(Told::of(Deed::Joined).at(&web, &path(id, &form.from)))
}

/// `POST /persons/{id}/joins/{other}/undoing`
pub(crate) async fn part(
    State(web): State<Web>,
    signed: Signed,
    Path((id, joining)): Path<(PersonId, JoinId)>,
) -> Result<Response, Refusal> {
    web.desk.part_persons(&signed.viewer, id, joining).await?;
    Ok(Told::of(Deed::Parted).at(&web, &format!("/persons/{id}")))
}

/// Whether `other` is she too, and what would be one then.
pub(super) fn question(scene: &Scene, card: &PersonCard, other: &PersonCard, from: &str) -> Markup {
    let names = [("name", word(card.name.as_str())), ("other", word(other.name.as_str()))];
    notice(
        Tone::Warning,
        html! {
            p { b { (scene.with("persons-join-question", names.clone())) } }
            p { (scene.with("persons-join-known", [("other", word(other.name.as_str())), ("count", word(other.total))]))
                @for address in &other.addresses { " · " (address) } }
            p { (scene.with("persons-join-what", names)) }
            form.row method="post" action={ "/persons/" (card.id) "/joins" } {
                input type="hidden" name="other" value=(other.id);
                input type="hidden" name="from" value=(from);
                button.btn.primary.small { (icon("users")) (scene.say("persons-join")) }
                a.btn.quiet.small href=(path(card.id, from)) { (icon("x")) (scene.say("persons-join-not")) }
            }
        },
    )
}

/// Who she was known as too, each with a way to take it back.
pub(super) fn joined(scene: &Scene, id: PersonId, joined: &[Joined]) -> Markup {
    html! {
        @if !joined.is_empty() {
            h3 { (scene.say("persons-joined")) }
            ul.lines {
                @for one in joined {
                    li {
                        span.grow {
                            span.medium { (one.name) }
                            br; span.subtle.meta { (scene.with("persons-joined-by", [
                                ("count", word(one.inquiries)), ("by", word(one.by.as_str())),
                                ("when", word(scene.times.on(one.at))),
                            ])) }
                        }
                        form method="post" action={ "/persons/" (id) "/joins/" (one.id) "/undoing" } {
                            button.btn.quiet.small { (icon("undo-2")) (scene.say("persons-undo")) }
                        }
                    }
                }
            }
        }
    }
}
