//! The rules in their order, in words; what one would have caught; and their history.

use maud::{Markup, html};
use serde::Deserialize;
use torg_core::delegation::{Mode, Rule};
use torg_core::person::readable;
use torg_desk::{RuleFault, Tried};
use torg_store::changes::Change;
use torg_store::delegation::RuleRow;

use super::{Names, PATH};
use crate::page::icon;
use crate::words::{Scene, word};

pub(super) fn rules(
    scene: &Scene,
    rules: &[(RuleRow, Option<RuleFault>)],
    names: &Names,
) -> Markup {
    html! {
        section.panel aria-labelledby="rules" {
            h2 #rules { (scene.say("delegation-rules")) }
            p.subtle { (scene.say("delegation-rules-text")) }
            @if rules.is_empty() { p { (scene.say("delegation-no-rules")) } }
            ol.lines { @for (place, (row, fault)) in rules.iter().enumerate() { (line(scene, (row, *fault), place, names)) } }
        }
    }
}

fn line(
    scene: &Scene,
    (row, fault): (&RuleRow, Option<RuleFault>),
    place: usize,
    names: &Names,
) -> Markup {
    let post = |act: &str, label: &str, icon_name: &str| {
        html! {
            form method="post" action={ (PATH) "/rules/" (act) } {
                input type="hidden" name="id" value=(row.id);
                button.btn.small.square title=(scene.say(label)) aria-label=(scene.say(label)) { (icon(icon_name)) }
            }
        }
    };
    html! {
        li {
            span.grow {
                span.medium { (asked(scene, &row.rule, names)) } br;
                span { "→ " (done(scene, &row.rule, names)) }
                @if let Some(fault) = fault { br; span.tag.warning { (icon("triangle-alert")) (scene.say(wrong(fault))) } }
            }
            @if place > 0 { (post("raising", "delegation-raise", "arrow-up")) }
            a.btn.small href={ (PATH) "?rule=" (row.id) "#rule" } { (scene.say("delegation-change")) }
            (post("removal", "delegation-remove", "x"))
        }
    }
}

fn wrong(fault: RuleFault) -> &'static str {
    match fault {
        RuleFault::NoDepartment => "delegation-broken",
        RuleFault::LeavesWall => "delegation-does-not-leave",
        RuleFault::NotMember => "delegation-falls-to-turn",
    }
}

/// What a rule asks, in words.
fn asked(scene: &Scene, rule: &Rule, names: &Names) -> String {
    let list = |words: &[String]| words.join(", ");
    let mailbox = rule.mailbox.map(|id| {
        let found = names.mailboxes.iter().find(|one| one.id == id);
        found.map_or_else(|| "–".to_owned(), |one| readable(&one.address))
    });
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let parts = [
        ("delegation-asks-words", given(list(&rule.words))),
        ("delegation-asks-places", given(list(&rule.places))),
        ("delegation-asks-sender", given(rule.sender.clone())),
        ("delegation-asks-mailbox", mailbox),
    ];
    let said =
        parts.into_iter().filter_map(|(key, what)| Some(scene.with(key, [("what", word(what?))])));
    said.collect::<Vec<_>>().join(" · ")
}

/// What it does, in words.
fn done(scene: &Scene, rule: &Rule, names: &Names) -> String {
    let dash = || "–".to_owned();
    let department = rule.department.map(|id| {
        names.departments.iter().find(|one| one.id == id).map_or_else(dash, |one| one.name.clone())
    });
    let owner = rule.owner.map(|id| {
        names.staff.iter().find(|one| one.id == id).map_or_else(dash, |one| one.name.clone())
    });
    let tag = rule.tag.map(|id| {
        names.tags.iter().find(|one| one.id == id).map_or_else(dash, |one| one.name.clone())
    });
    let urgent = rule.urgent.then(|| scene.say("inquiries-urgent"));
    [department, owner, tag, urgent].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The letters a rule would have caught.
pub(super) fn tried(scene: &Scene, tried: &Tried) -> Markup {
    let number = |count: usize| word(i64::try_from(count).unwrap_or(i64::MAX));
    html! {
        section.panel role="status" aria-labelledby="tried" {
            h2 #tried { (scene.say("delegation-tried")) }
            p { (scene.with("delegation-tried-text", [("looked", number(tried.looked_at)), ("caught", number(tried.caught.len()))])) }
            ul.lines {
                @for letter in &tried.caught {
                    li { a.whole href={ "/inquiries/" (letter.inquiry) } {
                        span.tag.line.tnum { (letter.number) }
                        span.grow.cut { (letter.letter.subject) }
                        span.subtle.meta { (letter.department) " · " (scene.times.stamp(letter.at)) }
                    } }
                }
            }
        }
    }
}

pub(super) fn changed(scene: &Scene, change: &Change) -> String {
    match change.what.as_str() {
        "delegation.mode" => scene.say("delegation-judge"),
        "delegation.precision" => scene.say("delegation-precision"),
        _ => scene.say("delegation-rule"),
    }
}

/// A rule as its history keeps it.
#[derive(Deserialize)]
struct Kept {
    rule: Rule,
}

pub(super) fn read_out(scene: &Scene, names: &Names, change: &Change, value: &str) -> String {
    match change.what.as_str() {
        "delegation.mode" => match Mode::from_word(value) {
            Some(Mode::Off) => scene.say("delegation-mode-off"),
            Some(Mode::Move) => scene.say("delegation-mode-move"),
            _ => scene.say("delegation-mode-propose"),
        },
        "delegation.precision" => value.to_owned(),
        _ => serde_json::from_str(value).map_or_else(
            |_| String::new(),
            |Kept { rule }| {
                format!("{} → {}", asked(scene, &rule, names), done(scene, &rule, names))
            },
        ),
    }
}
