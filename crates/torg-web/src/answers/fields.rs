//! The fields of the form an answer is written in.

use maud::{Markup, html};
use torg_core::answers::blanks::{self, Blank};
use torg_core::answers::{Stage, StandardAnswer, may_write, nearest};
use torg_core::{Language, Role, StaffId};
use torg_desk::OfferedFile;
use torg_store::folders::DepartmentCount;

use super::parts::{blank_in, stage_key};
use crate::page::icon;
use crate::words::{Scene, size, word};

/// A fold for each language; open are those that hold something, else her own.
pub(super) fn texts(scene: &Scene, answer: &StandardAnswer) -> Markup {
    let of = |language: Language| answer.texts.iter().find(|text| text.language == language);
    let first = answer.texts.first().map_or(scene.texts.language, |text| text.language);
    let field = |name: &str, language: Language| format!("{name}-{}", language.tag());
    html! {
        section.panel {
            h2 { (scene.say("answers-text")) }
            p.subtle.meta { (scene.say("answers-blanks-help")) " "
                @for blank in Blank::FILLED { code { (blank_in(scene, blank)) } " " } }
            @for language in nearest(first) {
                @let text = of(language);
                details.language open[text.is_some() || language == first] {
                    summary { (language.own_name()) @if text.is_some() { span.tag { (icon("check")) (scene.say("answers-written")) } } }
                    div.form {
                        div.ds-field { label.ds-label for=(field("title", language)) { (scene.say("answers-field-title")) }
                            input.ds-input id=(field("title", language)) name=(field("title", language)) value=(text.map_or("", |text| text.title.as_str())) lang=(language.tag()) maxlength="120" autocomplete="off"; }
                        div.ds-field { label.ds-label for=(field("body", language)) { (scene.say("answers-field-body")) }
                            textarea.ds-input id=(field("body", language)) name=(field("body", language)) lang=(language.tag()) rows="8" maxlength="20000" { "\n" (text.map_or(String::new(), |text| blanks::shown(&text.body, scene.texts.language))) } }
                        div.ds-field { label.ds-label for=(field("questions", language)) { (scene.say("answers-field-questions")) }
                            textarea.ds-input id=(field("questions", language)) name=(field("questions", language)) lang=(language.tag()) rows="3" { "\n" (text.map_or(String::new(), |text| text.questions.join("\n"))) }
                            p.subtle.meta { (scene.say("answers-questions-help")) } }
                    }
                }
            }
        }
    }
}

pub(super) fn department(
    scene: &Scene,
    departments: &[DepartmentCount],
    answer: &StandardAnswer,
) -> Markup {
    let is_administrator =
        scene.viewer.as_ref().is_some_and(|viewer| viewer.role == Role::Administrator);
    let hers = |one: &&DepartmentCount| {
        one.member || is_administrator || Some(one.id) == answer.department
    };
    html! {
        div.ds-field { label.ds-label for="department" { (scene.say("answers-of")) }
            select.ds-input #department name="department" {
                option value="" { (scene.say("answers-common")) }
                @for one in departments.iter().filter(hers) { option value=(one.id) selected[Some(one.id) == answer.department] { (one.name) } }
            } }
    }
}

/// Whoever may only propose is told so beside the choice.
pub(super) fn stage(
    scene: &Scene,
    answer: &StandardAnswer,
    departments: &[DepartmentCount],
) -> Markup {
    let role = scene.viewer.as_ref().map_or(Role::Staff, |viewer| viewer.role);
    let may_all = may_write(role, None, false, Stage::InUse);
    let has_own = departments.iter().any(|one| one.member);
    html! {
        div.ds-field { label.ds-label for="stage" { (scene.say("answers-state")) }
            select.ds-input #stage name="stage" {
                @for stage in Stage::ALL.into_iter().filter(|stage| may_all || has_own || *stage == Stage::Draft) {
                    option value=(stage.word()) selected[stage == answer.stage] { (scene.say(stage_key(stage))) }
                }
            }
            @if !may_all { p.subtle.meta { (scene.say("answers-may-propose")) } } }
    }
}

pub(super) fn owner_field(
    scene: &Scene,
    colleagues: &[(StaffId, String)],
    owner: Option<StaffId>,
) -> Markup {
    html! {
        div.ds-field { label.ds-label for="owner" { (scene.say("answers-owner")) }
            select.ds-input #owner name="owner" {
                option value="" { (scene.say("answers-nobody")) }
                @for (id, name) in colleagues { option value=(id) selected[Some(*id) == owner] { (name) } }
            } }
    }
}

/// Its links, and files of the letter it is made of, none of which goes along unless she says so.
pub(super) fn extras(scene: &Scene, answer: &StandardAnswer, offered: &[OfferedFile]) -> Markup {
    html! {
        section.panel {
            h2 { (scene.say("answers-attached")) }
            div.ds-field { label.ds-label for="links" { (scene.say("answers-links")) }
                textarea.ds-input #links name="links" rows="2" inputmode="url" aria-describedby="links-help" { "\n" (answer.links.join("\n")) }
                p.subtle.meta #links-help { (scene.with("answers-links-help", [("link", word(blank_in(scene, Blank::Link)))])) } }
            @if !offered.is_empty() {
                fieldset.choices {
                    legend.ds-label { (scene.say("answers-offered")) }
                    p.subtle.meta { (scene.say("answers-offered-help")) }
                    @for file in offered {
                        label.choice { input.ds-input type="checkbox" name="file" value=(file.id); (file.name) " " span.subtle { (size(scene.texts, file.size)) } }
                    }
                }
            }
        }
    }
}
