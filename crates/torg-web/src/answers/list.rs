//! `/answers`: what we answer, to be read and found; and to choose from while a letter is open.

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::answers::{Stage, fold};
use torg_core::{AnswerId, DepartmentId, Id, InquiryId, InquiryNumber, Role};
use torg_desk::beginnings;
use torg_store::answers::{self, AnswerRow, Look};
use torg_store::folders::{self, DepartmentCount};
use torg_store::inquiries;

use super::inserting::fitting;
use super::page;
use super::parts::{beginning, facts, own_text, title_of, today};
use crate::page::{empty, hidden_then, icon};
use crate::refusal::Refusal;
use crate::signed::{Signed, encode};
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// How many answers a page shows, and tags above them.
const ROWS: usize = 40;
const TAGS: usize = 24;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    /// A department's id, or `common`.
    department: String,
    tag: String,
    /// `draft`, `in-use`, `due` or `retired`.
    state: String,
    /// Where the page before ended.
    after: String,
    after_id: Option<AnswerId>,
    /// The inquiry an answer is chosen for.
    #[serde(rename = "for")]
    inquiry: Option<InquiryId>,
}

/// `GET /answers`
pub(crate) async fn index(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let (viewer, look, inquiry) = (signed.viewer.clone(), asked.look(&scene), asked.inquiry);
    let now = web.desk.now().as_microsecond();
    let found = web.read(move |read| {
        let number = match inquiry {
            Some(id) => inquiries::seen_for(read, &viewer, id)?.map(|inquiry| inquiry.number),
            None => None,
        };
        let (rows, next) = answers::list(read, &viewer, &look, ROWS)?;
        let departments = folders::counts(read, &viewer, now)?.departments;
        Ok((rows, next, departments, answers::tags_in_use(read, &viewer, TAGS)?, number))
    });
    let (rows, next, departments, tags, number) = found.await?;
    if inquiry.is_some() && number.is_none() {
        return Err(Refusal::NotFound);
    }
    let is_first = !asked.is_narrowed() && asked.after_id.is_none();
    let fitting = match inquiry.filter(|_| is_first) {
        Some(id) => fitting(&web, &signed, id).await?,
        None => Vec::new(),
    };
    let title = scene.say("answers-title");
    let main = html! {
        main #main .page.answers tabindex="-1" {
            (head(&scene, &asked, number))
            (search(&scene, &asked, &departments))
            @if !tags.is_empty() { (tag_links(&scene, &asked, &tags)) }
            @if !fitting.is_empty() {
                section.panel aria-labelledby="fitting" { h2 #fitting { (scene.say("answers-suggested")) } (list(&scene, &asked, &fitting)) }
            }
            (lines(&scene, &asked, &rows))
            @if let Some((after, id)) = next {
                p { a.btn href=(asked.with(&[("after", &after), ("after_id", &id.to_string())])) { (scene.say("answers-more")) } }
            }
        }
    };
    Ok(page(&web, &scene, &untold, title, main))
}

impl Asked {
    fn look(&self, scene: &Scene) -> Look {
        let stages = match self.state.as_str() {
            _ if self.inquiry.is_some() => vec![Stage::InUse],
            "" => vec![Stage::Draft, Stage::InUse],
            word => Stage::from_word(word).into_iter().collect(),
        };
        let after = self.after_id.map(|id| (self.after.clone(), id));
        Look {
            words: beginnings(&self.q),
            department: self.department.parse::<DepartmentId>().ok().filter(|id| id.as_i64() != 0),
            common: self.department == "common",
            tag: self.tag.clone(),
            stages,
            due_by: (self.state == "due").then(|| today(scene).to_string()),
            after,
        }
    }

    /// This look's address with some of it set anew; where it begins is forgotten.
    fn with(&self, new: &[(&str, &str)]) -> String {
        let inquiry = self.inquiry.map(|id| id.to_string()).unwrap_or_default();
        let own = [
            ("q", self.q.as_str()),
            ("department", &self.department),
            ("tag", &self.tag),
            ("state", &self.state),
            ("for", &inquiry),
        ];
        let kept = own.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name));
        let parts = kept.chain(new).filter(|(_, value)| !value.is_empty());
        let query: Vec<String> =
            parts.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        if query.is_empty() { "/answers".into() } else { format!("/answers?{}", query.join("&")) }
    }

    fn is_narrowed(&self) -> bool {
        [&self.q, &self.department, &self.tag, &self.state].into_iter().any(|part| !part.is_empty())
    }
}

fn head(scene: &Scene, asked: &Asked, number: Option<InquiryNumber>) -> Markup {
    let is_lead = scene.viewer.as_ref().is_some_and(|viewer| viewer.role >= Role::Lead);
    html! {
        header {
            div.grow {
                h1 { (scene.say("answers-title")) }
                @if let Some(number) = number {
                    p.lead { (scene.with("answers-choose-for", [("number", word(number.to_string()))])) }
                } @else {
                    p.lead { (scene.say("answers-lead")) }
                }
            }
            div.row {
                @if let Some(id) = asked.inquiry {
                    (back_to_letter(scene, id))
                } @else {
                    @if is_lead { a.btn href="/answers/library" { (icon("book-open")) (scene.say("answers-library")) } }
                    @if is_lead { a.btn href="/answers/automatic" { (icon("bot")) (scene.say("automatic-title")) } }
                    @if is_lead { a.btn href="/answers/files" { (icon("arrow-down-up")) (scene.say("answers-files")) } }
                    a.btn.primary href="/answers/new" { (icon("plus")) (scene.say("answers-new")) }
                }
            }
        }
    }
}

fn search(scene: &Scene, asked: &Asked, departments: &[DepartmentCount]) -> Markup {
    let state = |word: &str, key: &str| html! { option value=(word) selected[asked.state == word] { (scene.say(key)) } };
    html! {
        form.panel.answers-search role="search" aria-label=(scene.say("answers-search")) method="get" action="/answers" {
            @if let Some(id) = asked.inquiry { input type="hidden" name="for" value=(id); }
            @if !asked.tag.is_empty() { input type="hidden" name="tag" value=(asked.tag); }
            label.wide { span { (scene.say("answers-search")) } input.ds-input type="search" name="q" value=(asked.q) maxlength="200" autocomplete="off" autofocus[asked.inquiry.is_some()]; }
            label { span { (scene.say("answers-of")) }
                select.ds-input name="department" {
                    option value="" { (scene.say("answers-of-any")) }
                    option value="common" selected[asked.department == "common"] { (scene.say("answers-common")) }
                    @for one in departments { option value=(one.id) selected[one.id.to_string() == asked.department] { (one.name) } }
                } }
            @if asked.inquiry.is_none() {
                label { span { (scene.say("answers-state")) }
                    select.ds-input name="state" {
                        (state("", "answers-state-any")) (state("in-use", "answers-in-use")) (state("due", "answers-due")) (state("draft", "answers-draft")) (state("retired", "answers-retired"))
                    } }
            }
            button.btn { (icon("search")) (scene.say("answers-find")) }
        }
    }
}

fn tag_links(scene: &Scene, asked: &Asked, tags: &[String]) -> Markup {
    html! {
        nav.chips aria-label=(scene.say("answers-tags")) {
            @for tag in tags {
                @let is_here = fold(&asked.tag) == fold(tag);
                a.chip href=(asked.with(&[("tag", if is_here { "" } else { tag })])) aria-current=[is_here.then_some("true")] { (tag) @if is_here { (icon("x")) } }
            }
        }
    }
}

fn lines(scene: &Scene, asked: &Asked, rows: &[AnswerRow]) -> Markup {
    if rows.is_empty() {
        let (title, text) = match asked.is_narrowed() {
            true => ("answers-nothing", "answers-nothing-text"),
            false => ("answers-none", "answers-none-text"),
        };
        return html! { section.panel { (empty("book-open", false, &scene.say(title), html! { (scene.say(text)) })) } };
    }
    html! { section.panel aria-label=(scene.say("answers-title")) { (list(scene, asked, rows)) } }
}

fn list(scene: &Scene, asked: &Asked, rows: &[AnswerRow]) -> Markup {
    html! {
        ul.lines.answer-lines {
            @for row in rows {
                li {
                    div.grow {
                        a.strong href={ "/answers/" (row.id) @if let Some(id) = asked.inquiry { "?for=" (id) } } { (title_of(scene, &row.answer)) }
                        @if let Some(text) = own_text(scene, &row.answer) { p.subtle.two-lines lang=(text.language.tag()) { (beginning(scene, &text.body)) } }
                        div.tags { (facts(scene, row)) }
                    }
                    @if let Some(inquiry) = asked.inquiry { (insert_button(scene, inquiry, row)) }
                }
            }
        }
    }
}

/// Puts an answer into the draft of an inquiry, without a script.
pub(super) fn insert_button(scene: &Scene, inquiry: InquiryId, row: &AnswerRow) -> Markup {
    html! {
        form.inline method="post" action={ "/inquiries/" (inquiry) "/answers" } {
            (hidden_then(&format!("/folders/all/inquiries/{inquiry}?write=reply")))
            input type="hidden" name="answer" value=(row.id);
            button.btn { (icon("corner-up-right")) (scene.say("answers-insert"))
                span.hidden { " " (title_of(scene, &row.answer)) } }
        }
    }
}

/// The way back to the letter an answer is chosen for.
pub(super) fn back_to_letter(scene: &Scene, inquiry: InquiryId) -> Markup {
    html! { a.btn href={ "/folders/all/inquiries/" (inquiry) "?write=reply" } { (icon("chevron-left")) (scene.say("answers-back-to-letter")) } }
}
