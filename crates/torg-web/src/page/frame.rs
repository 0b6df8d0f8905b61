//! The frame of a staff page, and the page that stands alone (signing in, refusals).

use maud::{DOCTYPE, Markup, html};
use torg_core::{Language, Role};

use super::parts::{avatar, icon, logo};
use crate::assets;
use crate::guide;
use crate::notices::bell;
use crate::privacy;
use crate::told::{Back, Told};
use crate::words::Scene;
use crate::workspace::{dialogs, taking_back};

/// Which place of the house the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The workspace, in a folder of one's own or a shared one.
    Inbox {
        mine: bool,
    },
    Demo,
    Account,
    /// What we answer.
    Answers,
    /// What she is told.
    Notices,
    /// What leads look at.
    Leads,
    /// What administrators set.
    Settings,
    Elsewhere,
}

/// What a page gives to its frame.
pub(crate) struct Frame {
    pub(crate) title: String,
    pub(crate) place: Place,
    /// The `<main>` element, with the id `main`.
    pub(crate) main: Markup,
    pub(crate) told: Option<Told>,
}

/// A whole staff page. Everything inside `#app` is morphed when a link or form is followed;
/// what the script keeps itself lies beside it or says `hx-morph-skip`.
pub(crate) fn frame(scene: &Scene, page: &Frame) -> Markup {
    let in_workspace = matches!(page.place, Place::Inbox { .. });
    let body = html! {
        a.skip href="#main" { (scene.say("page-skip")) }
        @if scene.is_new && in_workspace { (guide::card(scene)) }
        div #app .frame hx-history-elt {
            (bar(scene, page))
            (page.main)
            footer.statusbar {
                @if in_workspace { (key_hints(scene)) }
                span #connection .connection hx-morph-skip role="status"
                    data-live=(scene.say("page-live")) data-lost=(scene.say("page-lost")) data-ended=(scene.say("page-ended"))
                    { span.mark {} span.words { (scene.say("page-still")) } }
            }
            @if scene.viewer.is_some() { (tabbar(scene, page.place)) }
            (told(scene, page))
        }
        div #news .toasts role="status" data-new=(scene.say("page-new")) data-show=(scene.say("page-show")) data-close=(scene.say("page-close-toast")) data-not-done=(scene.say("page-not-done")) {}
        div #notified .toasts.notified role="status" {}
        p #announce .hidden role="status" {}
        (dialogs(scene))
    };
    document(scene, &page.title, true, &body)
}

/// What of the frame is another when another place of the workspace is shown, for a page that has
/// the rest of it.
pub(crate) fn frame_parts(scene: &Scene, page: &Frame) -> Markup {
    html! {
        title { (in_tab(scene, &page.title)) }
        (part("#here", &here(page)))
        (part("#bell", &bell(scene, false)))
        (part("#tabbar", &tabbar(scene, page.place)))
        (part("#told", &told(scene, page)))
        (page.main)
    }
}

/// A part of an answer, which the script morphs in for `target`.
pub(crate) fn part(target: &str, content: &Markup) -> Markup {
    html! { hx-partial hx-target=(target) hx-swap="outerMorph" { (content) } }
}

/// A page without the frame, where somebody signs in or is told something.
pub(crate) fn alone(scene: &Scene, title: &str, content: Markup) -> Markup {
    public(scene, "/sign-in", title, content)
}

/// A page without the frame that everybody may read in any language, at `path`.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a piece of a page is made to be put into another"
)]
pub(crate) fn public(scene: &Scene, path: &str, title: &str, content: Markup) -> Markup {
    let body = html! {
        div #app .alone {
            main #main {
                a.logo href="/" { (logo(scene)) (scene.town) }
                (content)
            }
            @if scene.viewer.is_none() { (languages(scene, path)) } @else { footer {} }
        }
    };
    document(scene, title, false, &body)
}

/// A page to be printed: no frame, black on white.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a piece of a page is made to be put into another"
)]
pub(crate) fn paper(scene: &Scene, title: &str, content: Markup) -> Markup {
    let body = html! { main #main .paper { (content) } };
    document(scene, title, true, &body)
}

fn document(scene: &Scene, title: &str, is_app: bool, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(scene.texts.language.tag()) data-color-scheme=(scene.theme) data-size="sm" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (in_tab(scene, title)) }
                meta name="color-scheme" content="light dark";
                meta name="htmx-config" content="includeIndicatorCSS:false";
                link rel="icon" href=(assets::address("mark.svg")) type="image/svg+xml";
                link rel="preload" href=(assets::address("inter-latin-wght-normal.woff2")) as="font" type="font/woff2" crossorigin;
                link rel="stylesheet" href=(assets::address("app.css"));
                @if let Some(sheet) = &scene.sheet { link rel="stylesheet" href=(sheet); }
                @if is_app {
                    script src=(assets::address("app.js")) defer data-worker=(assets::address("stream.worker.js")) {}
                }
            }
            @if is_app {
                body hx-boost:inherited="true" hx-target:inherited="#app" hx-select:inherited="#app" hx-swap:inherited="outerMorph show:none" { (body) }
            } @else {
                body { (body) }
            }
        }
    }
}

/// What stands on the browser's tab.
fn in_tab(scene: &Scene, title: &str) -> String {
    format!("{title} · {} · Torg", scene.town)
}

/// Where one is: read by the script everywhere, shown on a narrow window.
fn here(page: &Frame) -> Markup {
    html! { span #here .here.strong.cut aria-hidden="true" { (page.title) } }
}

/// What the last act came to.
fn told(scene: &Scene, page: &Frame) -> Markup {
    html! { div #told .toasts role="status" { @if let Some(told) = &page.told { (toast(scene, told)) } } }
}

fn bar(scene: &Scene, page: &Frame) -> Markup {
    let current = |is_here: bool| is_here.then_some("page");
    let in_workspace = matches!(page.place, Place::Inbox { .. });
    html! {
        header.bar {
            @if in_workspace {
                button.btn.quiet.square.only-folders-gone type="button" popovertarget="folders" aria-label=(scene.say("page-folders")) { (icon("menu")) }
            }
            a.logo href="/" aria-label=(scene.town) { (logo(scene)) span.town { (scene.town) } }
            (here(page))
            @if scene.viewer.is_some() { (crate::search::search_box(scene, "")) }
            nav aria-label=(scene.say("page-places")) {
                a.tab href="/folders/all" aria-current=[current(in_workspace)] { (icon("inbox")) (scene.say("page-inbox")) }
                a.tab href="/answers" aria-current=[current(page.place == Place::Answers)] { (icon("book-open")) (scene.say("answers-tab")) }
                @if scene.demo {
                    a.tab href="/demo" aria-current=[current(page.place == Place::Demo)] { (icon("mails")) (scene.say("page-demo")) }
                }
                @if leads(scene) {
                    a.tab href="/leads" aria-current=[current(page.place == Place::Leads)] { (icon("list-checks")) (scene.say("leads-tab")) }
                }
                @if is_administrator(scene) {
                    a.tab href="/settings" aria-current=[current(page.place == Place::Settings)] { (icon("settings")) (scene.say("settings-title")) }
                }
                @if scene.viewer.is_some() { (bell(scene, page.place == Place::Notices)) }
                @if let Some(viewer) = &scene.viewer {
                    a.tab.me href="/account" aria-current=[current(page.place == Place::Account)] { (avatar(&viewer.name, true, false)) span.name { (viewer.name) } }
                } @else {
                    a.tab href="/sign-in" { (icon("user-round")) (scene.say("sign-in-button")) }
                }
            }
        }
    }
}

fn leads(scene: &Scene) -> bool {
    scene.viewer.as_ref().is_some_and(|viewer| viewer.role >= Role::Lead)
}

fn is_administrator(scene: &Scene) -> bool {
    scene.viewer.as_ref().is_some_and(|viewer| viewer.role == Role::Administrator)
}

fn tabbar(scene: &Scene, place: Place) -> Markup {
    let current = |is_here: bool| is_here.then_some("page");
    // So many words do not stand beside each other on a phone.
    let is_many = is_administrator(scene) || (scene.demo && leads(scene));
    html! {
        nav #tabbar .tabbar .many[is_many] aria-label=(scene.say("page-places-phone")) {
            a href="/folders/all" aria-current=[current(place == Place::Inbox { mine: false })] { (icon("inbox")) span.words { (scene.say("page-inbox")) } }
            a href="/folders/mine" aria-current=[current(place == Place::Inbox { mine: true })] { (icon("user-round")) span.words { (scene.say("folders-mine")) } }
            a href="/answers" aria-current=[current(place == Place::Answers)] { (icon("book-open")) span.words { (scene.say("answers-tab")) } }
            @if scene.demo {
                a href="/demo" aria-current=[current(place == Place::Demo)] { (icon("mails")) span.words { (scene.say("page-demo-short")) } }
            }
            @if leads(scene) {
                a href="/leads" aria-current=[current(place == Place::Leads)] { (icon("list-checks")) span.words { (scene.say("leads-tab")) } }
            }
            @if is_administrator(scene) {
                a href="/settings" aria-current=[current(place == Place::Settings)] { (icon("settings")) span.words { (scene.say("settings-title")) } }
            }
            a href="/account" aria-current=[current(place == Place::Account)] { (icon("circle-user-round")) span.words { (scene.say("page-account")) } }
        }
    }
}

fn key_hints(scene: &Scene) -> Markup {
    let hint = |keys: &[&str], words: String| html! { span { @for key in keys { kbd.kbd { (key) } } (words) } };
    html! {
        span.keys aria-hidden="true" {
            (hint(&["J", "K"], scene.say("keys-next-previous")))
            (hint(&["T"], scene.say("keys-take")))
            (hint(&["R"], scene.say("keys-reply")))
            (hint(&["I"], scene.say("keys-note")))
            (hint(&["V"], scene.say("keys-refer")))
            (hint(&["E"], scene.say("keys-close")))
            (hint(&["Ctrl", "K"], scene.say("keys-palette")))
            (hint(&["?"], scene.say("keys-all")))
        }
    }
}

fn toast(scene: &Scene, told: &Told) -> Markup {
    html! {
        div.toast data-sent=[told.composer.as_deref()] data-stays[told.more().is_some()] {
            (icon(if told.more().is_some() { "info" } else { "check" }))
            span.grow { (told.sentence(scene)) }
            @if let Some(more) = told.more() { a.undo href=(more) { (scene.say("page-show")) } }
            @if let Some(back) = told.back { (taken_back(scene, back)) }
        }
    }
}

/// A button that takes back what was done.
fn taken_back(scene: &Scene, back: Back) -> Markup {
    let (action, blank) = match back {
        Back::Letter { inquiry, message, seconds } => {
            return taking_back(scene, inquiry, message, seconds);
        }
        Back::Draft { inquiry, what } => (
            format!("/inquiries/{inquiry}/drafts/restoration"),
            Some(("what", what.word().to_owned())),
        ),
        Back::Note { inquiry, message } => {
            (format!("/inquiries/{inquiry}/withdrawal"), Some(("message", message.to_string())))
        }
        Back::Read { inquiry, upto } => {
            (format!("/inquiries/{inquiry}/reading"), Some(("upto", upto.to_string())))
        }
        Back::Act(line) => (format!("/acts/{line}/undo"), None),
        Back::Bulk(id) => (format!("/bulk/{id}/undo"), None),
    };
    html! {
        form.inline method="post" action=(action) {
            @if let Some((name, value)) = blank { input type="hidden" name=(name) value=(value); }
            button.undo data-key="z" { (scene.say("told-undo")) kbd.kbd aria-hidden="true" { "Z" } }
        }
    }
}

/// Before signing in the language is chosen by link, and kept in a cookie.
fn languages(scene: &Scene, path: &str) -> Markup {
    html! {
        footer {
            @for language in Language::ALL {
                a href={ (path) "?language=" (language.tag()) } lang=(language.tag()) hreflang=(language.tag())
                    aria-current=[(language == scene.texts.language).then_some("true")] { (language.own_name()) }
            }
            @if scene.has_privacy_note && path != privacy::PUBLIC { a href=(privacy::PUBLIC) { (scene.say("privacy-title")) } }
        }
    }
}
