//! The search box: a number leads to its inquiry, anything else to a list like a folder's, and
//! while somebody is still typing to a few suggestions.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Zoned;
use jiff::civil::Date;
use maud::{Markup, html};
use torg_core::{Language, Viewer};
use torg_desk::{
    FilterOf, Misread, Piece, ShownHit, beginnings, completions, instead, name_words, numbered,
    searched, whole_number,
};
use torg_store::answers::{self, AnswerRow};
use torg_store::folders::{self, Folder, ListRow, Look};
use torg_store::inquiries::{self, Numbered};
use torg_store::search::Met;
use torg_store::{Read, StoreError, search};

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
    if let Some(number) = whole_number(&shown.q) {
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
    let (q, here) = (shown.q.clone(), here(&web));
    let (by_number, persons, rows) = web
        .read(move |read| {
            let by_number = numbered(read, &viewer, &q, i64::from(here.year()))?;
            let look = shown.look(Folder::Search, None, here.timestamp());
            let (look, _) = searched(read, &viewer, look, &q, &here)?;
            let persons = search::persons(read, &viewer, &name_words(&look.words))?;
            let rows = folders::look_through(read, &viewer, &look, None, MOST)?.rows;
            Ok((by_number, persons, rows))
        })
        .await?;
    let scene = signed.scene(&web);
    let option = |place: usize, path: String, picture: Markup, name: &str, hint: String| {
        html! { li #{ "found-" (place) } role="option" data-href=(path) { (picture) span.grow.cut { (name) } span.subtle.meta.cut { (hint) } } }
    };
    let first = by_number.iter().enumerate().map(|(place, found)| {
        let name = format!("{} {}", found.number, subject(&scene, &found.subject));
        option(place, numbered_path(found), icon("mail"), &name, scene.say("search-number"))
    });
    let persons = persons.iter().enumerate().map(|(place, met)| {
        let path = format!("/persons/{}", met.id);
        option(20 + place, path, avatar(&met.name, false, false), &met.name, met.address.clone())
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
    let (today, language) = (here(&web).date(), scene.texts.language);
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

fn numbered_path(found: &Numbered) -> String {
    format!("/folders/all/inquiries/{}", found.id)
}

/// The time it is in the municipality.
pub(crate) fn here(web: &Web) -> Zoned {
    web.desk.now().to_zoned(web.desk.about().time_zone.clone())
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
    /// What of the question was not understood, with what may be written instead.
    pub(crate) misread: Vec<(Misread, Vec<String>)>,
    /// The inquiries that have the number somebody asked for.
    pub(crate) numbered: Vec<Numbered>,
    pub(crate) persons: Vec<Met>,
    /// Standard answers in use.
    pub(crate) answers: Vec<AnswerRow>,
}

impl Beside {
    fn is_nothing(&self) -> bool {
        self.numbered.is_empty() && self.persons.is_empty() && self.answers.is_empty()
    }

    /// What the viewer may see of it for `text`, which is asked as `look` and was not understood in
    /// `misread`.
    pub(crate) fn found(
        read: &Read<'_>,
        viewer: &Viewer,
        (text, look, misread): (&str, &Look, Vec<Misread>),
        (language, today): (Language, Date),
    ) -> Result<Self, StoreError> {
        const MOST_ANSWERS: usize = 4;
        let typed: Vec<&str> =
            look.words.iter().filter_map(|offered| offered.first().map(String::as_str)).collect();
        let answers = match typed.is_empty() {
            true => Vec::new(),
            false => {
                answers::matching(read, viewer, &beginnings(&typed.join(" ")), None, MOST_ANSWERS)?
            }
        };
        let numbered = numbered(read, viewer, text, i64::from(today.year()))?;
        let misread = misread.into_iter().map(|one| {
            let instead = instead(read, viewer, &one, language, today)?;
            Ok((one, instead))
        });
        let misread = misread.collect::<Result<Vec<_>, StoreError>>()?;
        let persons = search::persons(read, viewer, &name_words(&look.words))?;
        Ok(Self { misread, numbered, persons, answers })
    }
}

/// What was not understood, the inquiry of a number, who is called so and what is usually answered,
/// above what was written.
pub(crate) fn beside(scene: &Scene, spot: &Spot, found: &Beside, has_rows: bool) -> Markup {
    html! {
        @for (misread, instead) in &found.misread { (not_understood(scene, spot, misread, instead)) }
        @if !found.numbered.is_empty() {
            section.met aria-labelledby="met-numbers" {
                h2 #met-numbers { (scene.say("search-numbers")) }
                ul {
                    @for one in &found.numbered {
                        li { a href=(numbered_path(one)) { (icon("mail")) span.strong.tnum { (one.number) } span.grow.cut dir="auto" { (subject(scene, &one.subject)) } span.subtle.meta.cut { (one.sender) } } }
                    }
                }
            }
        }
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
        @if has_rows && !found.is_nothing() {
            h2.met-title { (scene.say("search-inquiries")) }
        }
    }
}

/// A filter that says nothing, and the question once more with what may be written instead.
fn not_understood(scene: &Scene, spot: &Spot, misread: &Misread, instead: &[String]) -> Markup {
    let typed = misread.text.as_str();
    let other = |text: &str| spot.with(|shown| shown.q = shown.q.replacen(typed, text, 1));
    html! {
        div.misread role="note" {
            (icon("info"))
            div.grow {
                p { (scene.with("search-misread", [("text", word(typed))])) }
                @if instead.is_empty() { p.subtle.meta { (scene.say("search-filters")) } }
                @else {
                    p.row.wrap { span.subtle.meta { (scene.say("search-instead")) } @for text in instead { a.chip href=(other(text)) { (text) } } }
                }
            }
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
