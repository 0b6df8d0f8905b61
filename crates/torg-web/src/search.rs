//! The search box: a number leads to its inquiry, anything else to a list like a folder's, and
//! while somebody is still typing to a few suggestions.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use torg_core::InquiryNumber;
use torg_desk::searched;
use torg_store::folders::{self, Folder};
use torg_store::search::Met;
use torg_store::{inquiries, search};

use crate::page::{avatar, empty, icon};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::{Asked, Extras, Spot, render};

/// `GET /search?q=`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let shown = asked.shown();
    if let Some(number) = number(&shown.q) {
        let viewer = signed.viewer.clone();
        let found = web.read(move |read| inquiries::by_number(read, &viewer, number)).await?;
        if let Some(id) = found {
            return Ok(Redirect::to(&format!("/folders/all/inquiries/{id}")).into_response());
        }
    }
    let after = asked.after.as_deref().and_then(|after| after.parse().ok());
    let spot = Spot { shown, after, ..Spot::at(Folder::Search) };
    render(&web, &signed, &spot, Extras::default(), &untold).await
}

/// `GET /search/suggestions?q=`: what the palette offers while somebody is typing.
pub(crate) async fn suggestions(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Markup, Refusal> {
    const MOST: usize = 7;
    let (shown, viewer) = (asked.shown(), signed.viewer.clone());
    let (q, now, zone) = (shown.q.clone(), web.desk.now(), web.desk.about().time_zone.clone());
    let (by_number, persons, rows) = web
        .read(move |read| {
            let by_number = match number(&q) {
                Some(number) => inquiries::by_number(read, &viewer, number)?,
                None => None,
            };
            let look = shown.look(Folder::Search, None, now);
            let look = searched(read, &viewer, look, &q, &zone)?;
            let persons = search::persons(read, &viewer, &look.words)?;
            let rows = folders::look_through(read, &viewer, &look, None, MOST)?.rows;
            Ok((by_number, persons, rows))
        })
        .await?;
    let scene = signed.scene(&web);
    let option = |place: usize, path: String, picture: Markup, name: &str, hint: String| {
        html! { li #{ "found-" (place) } role="option" data-href=(path) { (picture) span.grow.cut { (name) } span.subtle.meta.cut { (hint) } } }
    };
    let first = by_number.map(|id| {
        let (path, q) = (format!("/folders/all/inquiries/{id}"), asked.shown().q);
        option(0, path, icon("mail"), &q, scene.say("search-number"))
    });
    let persons = persons.iter().enumerate().map(|(place, met)| {
        let path = format!("/persons/{}", met.id);
        option(10 + place, path, avatar(&met.name, false, false), &met.name, met.address.clone())
    });
    let rows = rows.iter().enumerate().map(|(place, row)| {
        let spot = Spot { shown: asked.shown(), ..Spot::at(Folder::Search) };
        let hint = format!("{} · {}", row.sender, row.number);
        option(50 + place, spot.inquiry_path(row.id), icon("mail"), &row.subject, hint)
    });
    Ok(
        html! { ul #suggestions { @for one in first.into_iter().chain(persons).chain(rows) { (one) } } },
    )
}

/// A number as it is said aloud or copied from a letter: `26-1187`, `#26-1187`.
fn number(text: &str) -> Option<InquiryNumber> {
    text.trim_start_matches('#').parse().ok()
}

/// The box in the bar. It is a plain form; a script gives it the focus when `/` is pressed.
pub(crate) fn search_box(scene: &Scene, text: &str) -> Markup {
    html! {
        form.search role="search" aria-label=(scene.say("search-label")) method="get" action="/search" {
            (icon("search"))
            input #q type="search" name="q" value=(text) placeholder=(scene.say("search-placeholder")) aria-label=(scene.say("search-label")) autocomplete="off" maxlength="200";
            kbd.kbd aria-hidden="true" { "/" }
        }
    }
}

/// Who is called so, above what was written.
pub(crate) fn persons(scene: &Scene, persons: &[Met]) -> Markup {
    html! {
        @if !persons.is_empty() {
            section.met aria-labelledby="met-title" {
                h2 #met-title { (scene.say("search-persons")) }
                ul {
                    @for met in persons {
                        li { a href={ "/persons/" (met.id) } { (avatar(&met.name, false, false)) span.grow.cut { (met.name) } span.subtle.meta.cut { (met.address) } } }
                    }
                }
            }
            h2.met-title { (scene.say("search-inquiries")) }
        }
    }
}

/// Nothing found, or nothing asked yet.
pub(crate) fn nothing(scene: &Scene, spot: &Spot) -> Markup {
    if spot.shown.q.is_empty() {
        return empty(
            "search",
            false,
            &scene.say("search-title"),
            html! { (scene.say("search-hint")) " " (scene.say("search-filters")) },
        );
    }
    let title = scene.with("search-nothing", [("text", word(spot.shown.q.as_str()))]);
    empty(
        "search",
        false,
        &title,
        html! { (scene.say("search-nothing-text")) " " (scene.say("search-filters")) },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_with_and_without_its_mark() {
        assert_eq!(number("#26-1187"), number("26-1187"));
        assert!(number("26-1187").is_some() && number("kari").is_none());
    }
}
