//! The pages of the set-up's steps.

use maud::{Markup, html};
use torg_core::person::readable;
use torg_desk::RelayState;
use torg_store::departments::{Branch, Mailbox};

use crate::page::{Tone, alone, icon, notice};
use crate::settings::fields::Fields;
use crate::settings::staff::language_select;
use crate::settings::{
    addresses as address_pages, departments as department_pages, municipality, relay as relay_pages,
};
use crate::words::Scene;

/// The steps at which something is added.
pub(crate) const DEPARTMENTS: &str = "/setup/departments";
pub(crate) const ADDRESSES: &str = "/setup/addresses";

/// The steps, with where each stands.
const STEPS: [(&str, &str); 6] = [
    ("/setup/municipality", "setup-municipality"),
    ("/setup/administrator", "setup-administrator"),
    (DEPARTMENTS, "setup-departments"),
    (ADDRESSES, "setup-addresses"),
    (relay_pages::SETUP, "setup-relay"),
    ("/setup/done", "setup-done"),
];

pub(super) fn code_page(scene: &Scene, is_wrong: bool) -> Markup {
    let title = scene.say("setup-title");
    alone(
        scene,
        &title,
        html! {
            section.panel {
                h1 { (title) }
                p { (scene.say("setup-text")) }
                form.form method="post" action="/setup" {
                    @if is_wrong { (notice(Tone::Warning, html! { p { (scene.say("setup-wrong-code")) } })) }
                    div.ds-field {
                        label.ds-label for="code" { (scene.say("setup-code")) }
                        input.ds-input #code name="code" required autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" autofocus aria-describedby="code-help";
                        p.subtle #code-help { (scene.say("setup-code-help")) }
                    }
                    button.btn.primary { (scene.say("setup-next")) }
                }
            }
        },
    )
}

pub(super) fn municipality_page(
    scene: &Scene,
    fields: &municipality::Fields,
    trouble: Option<&str>,
) -> Markup {
    let content = html! {
        form.form method="post" action="/setup/municipality" {
            (warning(trouble.map(|key| scene.say(key)).as_deref()))
            (municipality::inputs(scene, fields))
            button.btn.primary { (scene.say("setup-next")) }
        }
    };
    step(scene, 0, &content)
}

pub(super) fn administrator_page(scene: &Scene, fields: &Fields, trouble: Option<&str>) -> Markup {
    let content = html! {
        form.form method="post" action="/setup/administrator" {
            (warning(trouble))
            div.ds-field {
                label.ds-label for="name" { (scene.say("setup-your-name")) }
                input.ds-input #name name="name" value=(fields.text("name")) required maxlength="80" autocomplete="name";
            }
            div.ds-field {
                label.ds-label for="email" { (scene.say("sign-in-email")) }
                input.ds-input #email type="email" name="email" value=(fields.text("email")) required autocomplete="username";
            }
            div.ds-field {
                label.ds-label for="password" { (scene.say("sign-in-password")) }
                input.ds-input #password type="password" name="password" required minlength="10" autocomplete="new-password" aria-describedby="password-help";
                p.subtle #password-help { (scene.say("welcome-password-help")) }
            }
            (language_select(scene, fields.value("language").unwrap_or(scene.texts.language)))
            button.btn.primary { (scene.say("setup-next")) }
        }
        p { a href="/setup/municipality" { (icon("chevron-left")) (scene.say("setup-back")) } }
    };
    step(scene, 1, &content)
}

/// On to the next step; before this one is done that is a quiet way out.
fn onward(scene: &Scene, next: &str, is_done: bool) -> Markup {
    html! { p { a class=(if is_done { "btn primary" } else { "btn" }) href=(next) { (scene.say(if is_done { "setup-next" } else { "setup-later" })) } } }
}

/// A step's page, with all steps above it. Those that are signed in for can be gone back to.
pub(super) fn step(scene: &Scene, place: usize, content: &Markup) -> Markup {
    let title = STEPS.get(place).map_or_else(String::new, |(_, key)| scene.say(key));
    let reachable = if scene.viewer.is_some() { 2 } else { 0 };
    alone(
        scene,
        &title,
        html! {
            section.panel.wide {
                nav aria-label=(scene.say("setup-steps")) {
                    ol.steps {
                        @for (number, (path, key)) in STEPS.iter().enumerate() {
                            li aria-current=[(number == place).then_some("step")] {
                                @if number >= reachable && number < place { a href=(path) { (scene.say(key)) } } @else { (scene.say(key)) }
                            }
                        }
                    }
                }
                h1 { (title) }
                (content)
            }
        },
    )
}

/// The step of departments, with what was wrong with the last one.
pub(crate) fn departments_step(
    scene: &Scene,
    tree: &[Branch],
    name: &str,
    trouble: Option<&str>,
) -> Markup {
    let content = html! {
        ul.lines { @for one in tree { li { (icon("check")) (one.name) } } }
        (warning(trouble))
        (department_pages::form(scene, tree, name, DEPARTMENTS))
        (onward(scene, ADDRESSES, !tree.is_empty()))
    };
    step(scene, 2, &content)
}

fn warning(trouble: Option<&str>) -> Markup {
    html! { @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) } }
}

/// What the step of addresses shows.
pub(crate) struct AddressesStep<'a> {
    pub(crate) tree: &'a [Branch],
    pub(crate) mailboxes: &'a [Mailbox],
    /// Whether our own mail door can be asked.
    pub(crate) can_try: bool,
    /// What was typed and not taken.
    pub(crate) address: &'a str,
}

/// The step of addresses, with what an attempt came to.
pub(crate) fn addresses_step(scene: &Scene, shown: &AddressesStep<'_>, said: &Markup) -> Markup {
    let AddressesStep { tree, mailboxes, can_try, address } = shown;
    let content = html! {
        (said)
        ul.lines { @for one in *mailboxes {
            li { (icon("check")) span.grow { (readable(&one.address)) } @if *can_try { (address_pages::trial(scene, one, ADDRESSES)) } }
        } }
        (address_pages::form(scene, tree, address, ADDRESSES))
        (onward(scene, relay_pages::SETUP, !mailboxes.is_empty()))
    };
    step(scene, 3, &content)
}

/// The step of the relay around its `form`.
pub(crate) fn relay_step(scene: &Scene, state: &RelayState, form: &Markup) -> Markup {
    let content = html! {
        @if state.is_set { (notice(Tone::Success, html! { p { (scene.say("setup-relay-set")) } })) }
        (form)
        (onward(scene, "/setup/done", state.is_set))
    };
    step(scene, 4, &content)
}
