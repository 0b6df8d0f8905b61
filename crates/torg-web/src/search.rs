//! The search box: a number leads to its inquiry, anything else to a list like a folder's, and
//! while somebody is still typing to a few suggestions.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use torg_core::{InquiryNumber, Viewer};
use torg_desk::{FilterOf, Piece, ShownHit, completions, searched};
use torg_store::answers::{self, AnswerRow};
use torg_store::folders::{self, Folder, ListRow, Look};
use torg_store::search::Met;
use torg_store::{Read, StoreError, inquiries, search};

use crate::answers::title_of;
use crate::page::{avatar, empty, icon};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::{Asked, Extras, Spot, render, subject};

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

/// `GET /search/filters?q=`: what the filter that somebody types may go on with.
pub(crate) async fn filters(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Markup, Refusal> {
    let (viewer, piece, scene) = (signed.viewer.clone(), asked.shown().q, signed.scene(&web));
    let today = web.desk.now().to_zoned(web.desk.about().time_zone.clone()).date();
    let language = scene.texts.language;
    let found = web.read(move |read| completions(read, &viewer, &piece, language, today)).await?;
    Ok(html! {
        ul #filter-choices {
            @for (place, one) in found.iter().enumerate() {
                li #{ "filter-choice-" (place) } role="option" aria-selected="false" data-text=(one.text) data-whole[one.is_whole] {
                    @if one.is_whole { span.grow.cut { (one.label) } }
                    @else { span.strong { (one.text) } " " span.subtle.cut { (scene.say(meaning(one.of))) } }
                }
            }
        }
    })
}

/// What a filter looks at, in words.
fn meaning(of: FilterOf) -> &'static str {
    match of {
        FilterOf::From => "search-by-from",
        FilterOf::Department => "search-by-department",
        FilterOf::Tag => "search-by-tag",
        FilterOf::Before => "search-by-before",
        FilterOf::After => "search-by-after",
        FilterOf::Has => "search-by-has",
        FilterOf::Is => "search-by-is",
        FilterOf::Channel => "search-by-channel",
    }
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
            div.offers data-of="filters" hidden data-count=(scene.say("search-filters-offered")) {
                ul #filter-list role="listbox" aria-label=(scene.say("search-filters-label")) {}
            }
            span.hidden role="status" {}
        }
    }
}

/// What a search finds beside inquiries.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    pub(crate) persons: Vec<Met>,
    /// Standard answers in use.
    pub(crate) answers: Vec<AnswerRow>,
}

impl Beside {
    /// What the viewer may see of it.
    pub(crate) fn found(read: &Read<'_>, viewer: &Viewer, look: &Look) -> Result<Self, StoreError> {
        const MOST_ANSWERS: usize = 4;
        let typed: Vec<&str> =
            look.words.iter().filter_map(|offered| offered.first().map(String::as_str)).collect();
        let answers = match typed.is_empty() {
            true => Vec::new(),
            false => answers::matching(read, viewer, &typed.join(" "), None, MOST_ANSWERS)?,
        };
        Ok(Self { persons: search::persons(read, viewer, &look.words)?, answers })
    }
}

/// Who is called so and what is usually answered, above what was written.
pub(crate) fn beside(scene: &Scene, found: &Beside) -> Markup {
    html! {
        @if !found.persons.is_empty() {
            section.met aria-labelledby="met-title" {
                h2 #met-title { (scene.say("search-persons")) }
                ul {
                    @for met in &found.persons {
                        li { a href={ "/persons/" (met.id) } { (avatar(&met.name, false, false)) span.grow.cut { (met.name) } span.subtle.meta.cut { (met.address) } } }
                    }
                }
            }
        }
        @if !found.answers.is_empty() {
            section.met aria-labelledby="met-answers" {
                h2 #met-answers { (scene.say("search-answers")) }
                ul {
                    @for row in &found.answers {
                        li { a href={ "/answers/" (row.id) } { (icon("book-open")) span.grow.cut dir="auto" { (title_of(scene, &row.answer)) } @if let Some(department) = &row.department { span.subtle.meta.cut { (department.name) } } } }
                    }
                }
            }
        }
        @if !found.persons.is_empty() || !found.answers.is_empty() {
            h2.met-title { (scene.say("search-inquiries")) }
        }
    }
}

/// Subject and text of a row that was found, with what was asked for marked; a file by its name.
pub(crate) fn found(scene: &Scene, row: &ListRow, hit: &ShownHit) -> Markup {
    html! {
        span.what.cut dir="auto" { b { @if row.subject.trim().is_empty() { (subject(scene, "")) } @else { (marked(&hit.subject)) } } }
        span.why.subtle dir="auto" {
            @if let Some(file) = &hit.file { span.in-file { (icon("paperclip")) span.hidden { (scene.say("search-in-file")) " " } bdi { (marked(file)) } } " " }
            bdi { (marked(&hit.text)) }
        }
    }
}

fn marked(pieces: &[Piece]) -> Markup {
    html! { @for piece in pieces { @if piece.is_met { mark { (piece.text) } } @else { (piece.text) } } }
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
