//! The help behind `?`. The keys themselves are in `assets/ts/keys.ts`.

use maud::{Markup, html};

use crate::page::icon;
use crate::words::Scene;

/// A dialog the script opens; it lies outside what is morphed.
pub(crate) fn keys_help(scene: &Scene) -> Markup {
    let key = |words: &str, keys: &[&str]| {
        html! { div { dt { (scene.say(words)) } dd { @for key in keys { kbd.kbd { (key) } } } } }
    };
    html! {
        dialog #keys .keys-help aria-labelledby="keys-title" {
            div.row {
                h2 #keys-title { (scene.say("keys-title")) }
                form.end method="dialog" hx-boost="false" { button.btn.quiet.square aria-label=(scene.say("keys-dismiss")) { (icon("x")) } }
            }
            p.subtle { (scene.say("keys-text")) }
            label.choice { input.ds-input #keys-on type="checkbox" checked; (scene.say("keys-on")) }
            div.groups {
                section { h3 { (scene.say("keys-go")) } dl {
                    (key("keys-next-previous", &["J", "K"])) (key("keys-open-back", &["↵", "Esc"])) (key("keys-go-all", &["G", "F"]))
                    (key("keys-go-unowned", &["G", "U"])) (key("keys-go-mine", &["G", "M"])) (key("keys-go-waiting", &["G", "W"])) (key("keys-help", &["?"]))
                } }
                section { h3 { (scene.say("keys-do")) } dl {
                    (key("keys-take-release", &["T"])) (key("keys-refer", &["V"])) (key("keys-assign", &["A"])) (key("keys-close-reopen", &["E"]))
                } }
                section { h3 { (scene.say("keys-write")) } dl {
                    (key("keys-reply", &["R"])) (key("keys-note", &["I"])) (key("keys-forward", &["F"])) (key("keys-marks", &["Ctrl", "B", "K"])) (key("keys-send", &["Ctrl", "↵"]))
                } }
            }
        }
    }
}
