//! The form of a rule.

use maud::{Markup, html};
use torg_core::delegation::Rule;
use torg_core::person::readable;

use super::{Names, PATH, PRECISION, Writing};
use crate::page::{Tone, notice};
use crate::settings::fields::Fields;
use crate::words::Scene;

/// The rule a form was sent with.
pub(super) fn rule(fields: &Fields) -> Rule {
    let lines = |name: &str| fields.text(name).lines().map(str::to_owned).collect();
    Rule {
        mailbox: fields.value("mailbox"),
        words: lines("words"),
        sender: fields.text("sender").to_owned(),
        places: lines("places"),
        department: fields.value("department"),
        owner: fields.value("owner"),
        tag: fields.value("tag"),
        urgent: fields.has("urgent"),
    }
}

pub(super) fn form(scene: &Scene, writing: &Writing, names: &Names) -> Markup {
    let rule = &writing.rule;
    let title = if writing.id.is_some() { "delegation-change-rule" } else { "delegation-new-rule" };
    html! {
        section.panel #rule aria-labelledby="rule-title" {
            h2 #rule-title { (scene.say(title)) }
            @if let Some(trouble) = writing.trouble.filter(|trouble| *trouble != PRECISION) { (notice(Tone::Warning, html! { p { (scene.say(trouble)) } })) }
            form.form method="post" action={ (PATH) "/rules#rule" } {
                @if let Some(id) = writing.id { input type="hidden" name="id" value=(id); }
                fieldset.form {
                    legend.ds-label { (scene.say("delegation-when")) }
                    (asks(scene, rule, names))
                }
                fieldset.form {
                    legend.ds-label { (scene.say("delegation-then")) }
                    (does(scene, rule, names))
                }
                div.row {
                    button.btn.primary { (scene.say("settings-save")) }
                    button.btn name="try" value="1" { (scene.say("delegation-try")) }
                    @if writing.id.is_some() { a.btn.quiet href=(PATH) { (scene.say("delegation-leave")) } }
                }
            }
        }
    }
}

fn asks(scene: &Scene, rule: &Rule, names: &Names) -> Markup {
    html! {
        div.two {
            (lines(scene, "words", "delegation-words", &rule.words))
            (lines(scene, "places", "delegation-places", &rule.places))
        }
        p.subtle.meta { (scene.say("delegation-words-help")) }
        div.two {
            div.ds-field { label.ds-label for="sender" { (scene.say("delegation-sender")) }
                input.ds-input #sender name="sender" value=(rule.sender) maxlength="320" autocomplete="off"; }
            div.ds-field { label.ds-label for="mailbox" { (scene.say("delegation-mailbox")) }
                select.ds-input #mailbox name="mailbox" {
                    option value="" { (scene.say("delegation-any")) }
                    @for one in &names.mailboxes { option value=(one.id) selected[rule.mailbox == Some(one.id)] { (readable(&one.address)) } }
                } }
        }
    }
}

fn lines(scene: &Scene, name: &str, label: &str, lines: &[String]) -> Markup {
    html! {
        div.ds-field { label.ds-label for=(name) { (scene.say(label)) }
            textarea.ds-input id=(name) name=(name) rows="3" maxlength="4000" { "\n" (lines.join("\n")) } }
    }
}

fn does(scene: &Scene, rule: &Rule, names: &Names) -> Markup {
    let open = names.departments.iter().filter(|one| !one.restricted);
    html! {
        div.two {
            div.ds-field { label.ds-label for="department" { (scene.say("delegation-department")) }
                select.ds-input #department name="department" {
                    option value="" { (scene.say("delegation-stays")) }
                    @for one in open { option value=(one.id) selected[rule.department == Some(one.id)] { (one.name) } }
                } }
            div.ds-field { label.ds-label for="owner" { (scene.say("delegation-owner")) }
                select.ds-input #owner name="owner" {
                    option value="" { (scene.say("delegation-nobody-named")) }
                    @for one in &names.staff { option value=(one.id) selected[rule.owner == Some(one.id)] { (one.name) } }
                } }
            div.ds-field { label.ds-label for="tag" { (scene.say("delegation-tag")) }
                select.ds-input #tag name="tag" {
                    option value="" { "–" }
                    @for one in &names.tags { option value=(one.id) selected[rule.tag == Some(one.id)] { (one.name) } }
                } }
        }
        label.choice { input.ds-input type="checkbox" name="urgent" checked[rule.urgent]; (scene.say("delegation-urgent")) }
    }
}
