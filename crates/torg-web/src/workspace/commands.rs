//! What can be done from anywhere, in one table. The help behind `?`, the palette behind Ctrl+K and
//! the keys themselves (`assets/ts/keys.ts`) are all made from it.

use maud::{Markup, html};

use crate::page::icon;
use crate::words::Scene;

/// Where the help lists a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Go,
    List,
    Do,
    Write,
}

/// What a command comes to. What is not on the page just now cannot be done just now.
#[derive(Debug, Clone, Copy)]
enum Act {
    /// Clicks the element with this `data-key`; its own words name the command in the palette.
    Click(&'static str),
    /// Goes to the folder, from any page.
    Folder(&'static str),
    /// What the script itself does.
    Run(&'static str),
}

/// One line of the table; without a key it is only in the palette. A key is a letter, a named key, or several joined by `+`; a space stands
/// between keys that are pressed one after the other.
struct Command {
    words: &'static str,
    keys: &'static [&'static str],
    group: Group,
    act: Act,
}

const fn command(
    words: &'static str,
    keys: &'static [&'static str],
    group: Group,
    act: Act,
) -> Command {
    Command { words, keys, group, act }
}

/// Single letters are Torg's own; the others are those that Outlook's users have in their fingers,
/// as far as browsers leave them to a page (they keep Ctrl+N, Ctrl+T, Ctrl+W and Ctrl+Shift+N).
static COMMANDS: &[Command] = &[
    command("keys-palette", &["Ctrl+K"], Group::Go, Act::Run("palette")),
    command("keys-search", &["/", "F3", "Ctrl+E"], Group::Go, Act::Run("search")),
    command("keys-go-all", &["G F", "Ctrl+Shift+1"], Group::Go, Act::Folder("all")),
    command("keys-go-unowned", &["G U", "Ctrl+Shift+2"], Group::Go, Act::Folder("unowned")),
    command("keys-go-mine", &["G M", "Ctrl+Shift+3"], Group::Go, Act::Folder("mine")),
    command("keys-go-waiting", &["G W", "Ctrl+Shift+4"], Group::Go, Act::Folder("waiting")),
    command("keys-go-sent", &["G S", "Ctrl+Shift+5"], Group::Go, Act::Folder("sent")),
    command("keys-go-closed", &["G C", "Ctrl+Shift+6"], Group::Go, Act::Folder("closed")),
    command("keys-go-snoozed", &["G Z"], Group::Go, Act::Folder("snoozed")),
    command("keys-go-followed", &["G O"], Group::Go, Act::Folder("followed")),
    command("keys-go-drafts", &["G D"], Group::Go, Act::Folder("drafts")),
    command("keys-go-spam", &["G J"], Group::Go, Act::Folder("spam")),
    command("keys-go-views", &["G V"], Group::Go, Act::Run("views")),
    command("keys-go-notices", &["G N"], Group::Go, Act::Click("notices")),
    command("keys-help", &["?"], Group::Go, Act::Run("help")),
    command("keys-next", &["J", "Ctrl+."], Group::List, Act::Run("next")),
    command("keys-previous", &["K", "Ctrl+,"], Group::List, Act::Run("previous")),
    command("keys-move", &["↓", "↑", "Home", "End"], Group::List, Act::Run("move")),
    command("keys-open-back", &["↵", "Esc"], Group::List, Act::Run("open")),
    command("keys-take-release", &["T"], Group::Do, Act::Click("t")),
    command("keys-refer", &["V"], Group::Do, Act::Click("v")),
    command("keys-first-proposed", &["1"], Group::Do, Act::Click("1")),
    command("keys-second-proposed", &["2"], Group::Do, Act::Click("2")),
    command("keys-not-ours", &["N"], Group::Do, Act::Click("n")),
    command("keys-assign", &["A"], Group::Do, Act::Click("a")),
    command("keys-close-reopen", &["E", "Delete"], Group::Do, Act::Click("e")),
    command("keys-urgent", &["Insert"], Group::Do, Act::Click("f")),
    command("keys-unread", &["U", "Ctrl+U"], Group::Do, Act::Click("u")),
    command("keys-snooze", &["S"], Group::Do, Act::Click("s")),
    command("spam-key-do", &["!"], Group::Do, Act::Click("spam")),
    command("spam-key-do-not", &["B"], Group::Do, Act::Click("letter")),
    command("keys-tags", &["L"], Group::Do, Act::Click("l")),
    command("keys-join", &["H"], Group::Do, Act::Click("join")),
    command("keys-split", &["D"], Group::Do, Act::Click("split")),
    command("keys-follow", &["O"], Group::Do, Act::Click("follow")),
    command("keys-print", &["P"], Group::Do, Act::Click("print")),
    command("look-save", &[], Group::List, Act::Click("save-view")),
    command("keys-choose", &["X"], Group::List, Act::Run("choose")),
    command("keys-undo", &["Z", "Ctrl+Z"], Group::Do, Act::Click("z")),
    command("keys-reply", &["R", "Ctrl+R"], Group::Write, Act::Run("reply")),
    command("composer-reply-all", &["Shift+R"], Group::Write, Act::Run("everybody")),
    command("keys-note", &["I"], Group::Write, Act::Run("note")),
    command("keys-forward", &["F"], Group::Write, Act::Run("forward")),
    command("answers-insert-title", &["Ctrl+J"], Group::Write, Act::Run("answers")),
    // The composer's own; the palette's key makes a link there.
    command("keys-marks", &["Ctrl+B"], Group::Write, Act::Run("marks")),
    command("keys-send", &["Ctrl+↵"], Group::Write, Act::Run("send")),
];

impl Act {
    /// For the script: what to do, and with what.
    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Click(key) => ("click", key),
            Self::Folder(slug) => ("folder", slug),
            Self::Run(name) => ("run", name),
        }
    }
}

/// The help and the palette. They lie outside what is morphed.
pub(crate) fn dialogs(scene: &Scene) -> Markup {
    html! { (keys_help(scene)) (palette(scene)) }
}

fn keys_help(scene: &Scene) -> Markup {
    let group = |group: Group, words: &str| {
        html! {
            section { h3 { (scene.say(words)) } dl {
                @for command in COMMANDS.iter().filter(|command| command.group == group && !command.keys.is_empty()) {
                    div { dt { (scene.say(command.words)) } dd { (keys(command.keys)) } }
                }
            } }
        }
    };
    html! {
        dialog #keys .keys-help aria-labelledby="keys-title" {
            div.row {
                h2 #keys-title { (scene.say("keys-title")) }
                form.end method="dialog" hx-boost="false" { button.btn.quiet.square aria-label=(scene.say("keys-dismiss")) { (icon("x")) } }
            }
            p.subtle { (scene.say("keys-text")) " " a href="/guide" { (scene.say("guide-title")) } }
            label.choice { input.ds-input #keys-on type="checkbox" checked; (scene.say("keys-on")) }
            div.groups {
                (group(Group::Go, "keys-go")) (group(Group::List, "keys-list"))
                (group(Group::Do, "keys-do")) (group(Group::Write, "keys-write"))
            }
        }
    }
}

/// Each way to press a command, apart from the others.
fn keys(ways: &[&str]) -> Markup {
    html! {
        @for (place, way) in ways.iter().enumerate() {
            @if place > 0 { span.or { " " } }
            span.way { @for key in way.split([' ', '+']).filter(|key| !key.is_empty()) { kbd.kbd { (key) } } }
        }
    }
}

/// A combobox over commands, folders and what is found (WAI-ARIA APG, "Combobox with listbox").
/// Without a script it never opens; the search page is in its place.
fn palette(scene: &Scene) -> Markup {
    html! {
        dialog #palette .palette aria-label=(scene.say("keys-palette")) data-recent=(scene.say("keys-recent")) data-folders=(scene.say("page-folders")) data-found=(scene.say("keys-found")) data-do=(scene.say("keys-do")) data-inquiry=(scene.say("keys-inquiry")) data-none=(scene.say("keys-none")) data-search=(scene.say("keys-search-all")) {
            div.field {
                (icon("search"))
                input #palette-text type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" spellcheck="false" maxlength="200"
                    aria-label=(scene.say("keys-palette")) placeholder=(scene.say("keys-palette-text"));
            }
            ul #palette-list role="listbox" aria-label=(scene.say("keys-palette")) {}
            p #palette-count .hidden role="status" {}
            ul #commands hidden {
                @for command in COMMANDS {
                    @let (act, with) = command.act.parts();
                    li data-act=(act) data-with=(with) data-keys=(command.keys.join("|")) data-of-inquiry[matches!(command.group, Group::Do | Group::Write)] { (scene.say(command.words)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_means_two_things() {
        let all: Vec<&str> = COMMANDS.iter().flat_map(|command| command.keys).copied().collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }

    #[test]
    fn no_key_is_one_that_browsers_keep() {
        let kept = ["Ctrl+N", "Ctrl+T", "Ctrl+W", "Ctrl+Shift+N", "Ctrl+Tab", "Ctrl+Q", "F5"];
        let ours = COMMANDS.iter().flat_map(|command| command.keys);
        assert!(ours.into_iter().all(|key| !kept.contains(key)));
    }
}
