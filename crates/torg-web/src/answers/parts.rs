//! How an answer is shown: its text with its placeholders marked, its standing, its tags.

use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};
use torg_core::answers::blanks::{self, Blank, Piece, pieces};
use torg_core::answers::{Stage, StandardAnswer, Standing, Text, nearest};
use torg_desk::{markup_to_html, markup_to_text};
use torg_store::answers::AnswerRow;

use crate::page::icon;
use crate::words::Scene;

/// Today, where the municipality is.
pub(super) fn today(scene: &Scene) -> Date {
    scene.times.local_now().date()
}

/// The text for whoever looks.
pub(super) fn own_text<'a>(scene: &Scene, answer: &'a StandardAnswer) -> Option<&'a Text> {
    answer.text_for(scene.texts.language)
}

pub(crate) fn title_of(scene: &Scene, answer: &StandardAnswer) -> String {
    own_text(scene, answer).map_or_else(|| "–".to_owned(), |text| text.title.clone())
}

/// A placeholder as it is written on pages: `{{fornavn}}`.
pub(crate) fn blank_in(scene: &Scene, blank: Blank) -> String {
    format!("{{{{{}}}}}", blank.word_in(scene.texts.language))
}

/// The text with its marks and links, each placeholder set off, in the words of whoever looks.
pub(super) fn written(scene: &Scene, body: &str) -> Markup {
    let html = markup_to_html(&blanks::shown(body, scene.texts.language), |_| None);
    let mut marked = String::with_capacity(html.len() + 64);
    // Placeholders stand between the tags; what stands inside of one is an address.
    for part in html.split_inclusive('>') {
        let (text, tag) =
            part.split_once('<').map_or((part, None), |(text, tag)| (text, Some(tag)));
        for piece in pieces(text) {
            match piece {
                Piece::Plain(plain) => marked.push_str(plain),
                Piece::Blank(word) => {
                    marked.push_str("<mark class=\"blank\">{{");
                    marked.push_str(word);
                    marked.push_str("}}</mark>");
                }
            }
        }
        if let Some(tag) = tag {
            marked.push('<');
            marked.push_str(tag);
        }
    }
    html! { (PreEscaped(marked)) }
}

/// What it is, in a word; nothing for one that is simply in use.
pub(super) fn standing_tag(scene: &Scene, standing: Standing) -> Markup {
    match standing {
        Standing::InUse => html! {},
        Standing::Draft => html! { span.tag { (icon("pencil")) (scene.say("answers-draft")) } },
        Standing::Due => {
            html! { span.tag.warning { (icon("clock-alert")) (scene.say("answers-due")) } }
        }
        Standing::Retired => {
            html! { span.tag { (icon("archive")) (scene.say("answers-retired")) } }
        }
    }
}

/// Department, standing and tags of an answer.
pub(super) fn facts(scene: &Scene, row: &AnswerRow) -> Markup {
    html! {
        (standing_tag(scene, row.answer.standing(today(scene))))
        @match &row.department {
            Some(department) => span.tag.line { (icon(if department.restricted { "lock" } else { "building-2" })) (department.name)
                @if department.restricted { span.hidden { " (" (scene.say("folders-restricted")) ")" } } },
            None => span.tag.line { (icon("building-2")) (scene.say("answers-common")) },
        }
        @for tag in &row.answer.tags { span.tag { (tag) } }
        (languages(scene, &row.answer))
    }
}

/// The languages it is written in, her own first.
fn languages(scene: &Scene, answer: &StandardAnswer) -> Markup {
    let written = nearest(scene.texts.language);
    let written = written
        .into_iter()
        .filter(|language| answer.texts.iter().any(|text| text.language == *language));
    html! {
        span.tag.line.languages {
            @for language in written { span title=(language.own_name()) lang=(language.tag()) { (language.tag()) } " " }
        }
    }
}

/// The beginning of a text on one line, without its marks and with each placeholder set off.
pub(super) fn beginning(scene: &Scene, body: &str) -> Markup {
    const MOST: usize = 240;
    let body: String = blanks::shown(body, scene.texts.language).chars().take(4 * MOST).collect();
    let plain = markup_to_text(&body);
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = words.chars().take(MOST).collect();
    if shown.len() < words.len() {
        // No placeholder is cut in two.
        let whole =
            shown.rfind("{{").filter(|open| shown.rfind("}}").is_none_or(|end| end < *open));
        shown.truncate(whole.unwrap_or(shown.len()));
        shown.push('…');
    }
    html! {
        @for piece in pieces(&shown) {
            @match piece {
                Piece::Plain(plain) => (plain),
                Piece::Blank(word) => mark.blank { "{{" (word) "}}" },
            }
        }
    }
}

/// What a stage is called.
pub(super) fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "answers-draft",
        Stage::InUse => "answers-in-use",
        Stage::Retired => "answers-retired",
    }
}

#[cfg(test)]
mod tests {
    use torg_core::Language;

    use super::*;
    use crate::tests::readings::scene;

    #[test]
    fn placeholders_are_marked_and_nothing_else_becomes_markup() {
        let scene = scene(Language::En);
        let shown = written(
            &scene,
            "Hi {{name}}, **see** <b>{{x}}</b> [here](https://a.example/{{number}})",
        );
        let shown = shown.into_string();
        assert!(shown.contains("Hi <mark class=\"blank\">{{name}}</mark>, <strong>see"), "{shown}");
        assert!(shown.contains("&lt;b&gt;<mark class=\"blank\">{{x}}</mark>"), "{shown}");
        assert!(!shown.contains("href=\"https://a.example/<mark"), "{shown}");
    }

    #[test]
    fn placeholders_are_called_as_her_pages_call_them() {
        let shown = |language| {
            let shown = beginning(&scene(language), "Hei {{first_name}}, kom {{onsdag}}");
            shown.into_string().replace("<mark class=\"blank\">", "").replace("</mark>", "")
        };
        assert_eq!(shown(Language::Sv), "Hei {{förnamn}}, kom {{onsdag}}");
        assert_eq!(shown(Language::En), "Hei {{first_name}}, kom {{onsdag}}");
    }
}
