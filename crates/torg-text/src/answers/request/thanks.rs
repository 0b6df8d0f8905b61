//! Whether somebody who was answered says thanks, and nothing that a person must read.

use super::phrases;
use crate::letter;

/// Longer than this, in words, there is more to read than thanks.
const LONGEST: usize = 30;

/// Whether a letter says thanks and nothing else: it asks nothing, and each of its words is one of
/// thanks, greeting or praise, or of the `writer`'s own name. In all five languages; whatever is in
/// doubt is more than thanks.
///
/// ```
/// use torg_text::answers::is_only_thanks;
/// assert!(is_only_thanks("Hei!\n\nTusen takk for hjelpa!\n\nmvh Ola", "Ola Berg"));
/// assert!(!is_only_thanks("Takk, men lyset er fremdeles borte.", "Ola Berg"));
/// ```
pub fn is_only_thanks(text: &str, writer: &str) -> bool {
    let own = letter::split(text).new_text();
    if own.contains('?') || own.chars().any(char::is_numeric) {
        return false;
    }
    let lines: Vec<&str> = own.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let end = phrases::end_of_letter(&lines);
    let body = lines.get(..end).unwrap_or_default().join("\n");
    let names: Vec<String> = words(writer).collect();
    let said: Vec<String> = words(&body).take(LONGEST + 1).collect();
    said.len() <= LONGEST
        && said.iter().any(|word| THANKS.contains(&word.as_str()))
        && said.iter().all(|word| is_kind(word) || names.contains(word))
        && lines.iter().skip(end).all(|line| phrases::is_closing(line) || is_named(line, &names))
}

fn is_kind(word: &str) -> bool {
    THANKS.contains(&word) || KIND.contains(&word)
}

/// Whether a line under the closing holds a part of the writer's name.
fn is_named(line: &str, names: &[String]) -> bool {
    words(line).all(|word| names.contains(&word))
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

/// One of these is said whenever somebody says thanks.
const THANKS: [&str; 11] = [
    "tak",
    "takker",
    "takk",
    "takkar",
    "tack",
    "tackar",
    "thank",
    "thanks",
    "thx",
    "tusindtak",
    "tusentakk",
];

/// What stands beside it when nothing else is meant. No word that denies, doubts or asks.
const KIND: [&str; 160] = [
    // Greetings.
    "hej",
    "hei",
    "hejsa",
    "hejsan",
    "heisan",
    "hallo",
    "hallå",
    "hello",
    "hi",
    "dear",
    "kære",
    "kjære",
    "alle",
    "all",
    "kommunen",
    "kommune",
    "god",
    "good",
    "dag",
    "day",
    "morgen",
    "morgon",
    "aften",
    "kveld",
    "kväll",
    "weekend",
    "helg",
    "fin",
    "fortsat",
    "fortsatt",
    "trevlig",
    "nice",
    "hav",
    "ha",
    "have",
    // How much.
    "mange",
    "tusind",
    "tusen",
    "hjertelig",
    "hjärtligt",
    "så",
    "meget",
    "mye",
    "mykje",
    "mycket",
    "veldig",
    "virkelig",
    "so",
    "very",
    "much",
    "many",
    "lot",
    "really",
    "super",
    "supert",
    "stor",
    "stort",
    "best",
    // What for.
    "for",
    "för",
    "hjælpen",
    "hjælp",
    "hjelpen",
    "hjelpa",
    "hjelp",
    "hjälpen",
    "hjälp",
    "help",
    "helping",
    "svaret",
    "svar",
    "answer",
    "reply",
    "response",
    "mail",
    "mailen",
    "mejlet",
    "message",
    "informationen",
    "informasjonen",
    "information",
    "info",
    "oplysningerne",
    "oplysningen",
    "opplysningene",
    "opplysningane",
    "upplysningen",
    "the",
    "your",
    "this",
    "that",
    "dit",
    "ditt",
    "jeres",
    "deres",
    "dykkar",
    "ert",
    "er",
    "den",
    "det",
    "denne",
    "dette",
    "a",
    "an",
    "en",
    "ein",
    "et",
    "ett",
    "eit",
    "you",
    "du",
    "dere",
    "dykk",
    "ni",
    "i",
    "jeg",
    "eg",
    "jag",
    "me",
    "meg",
    "mig",
    "it",
    "is",
    "was",
    "var",
    "och",
    "og",
    "and",
    // How it was.
    "hurtige",
    "hurtigt",
    "hurtig",
    "raske",
    "raskt",
    "rask",
    "kjapt",
    "kjappe",
    "snøgt",
    "snabba",
    "snabbt",
    "quick",
    "fast",
    "prompt",
    "kind",
    "venlige",
    "gode",
    "godt",
    "bra",
    "fint",
    "fine",
    "flott",
    "toppen",
    "perfekt",
    "perfect",
    "great",
    "helpful",
    "helped",
    "hjalp",
    "hjälpte",
    "ok",
    "okay",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thanks_are_known_in_all_languages() {
        for text in [
            "Tak for hjælpen!",
            "Hej kommunen\n\nMange tak for det hurtige svar. God weekend!\n\nMed venlig hilsen\nBo",
            "Takk for hjelpa",
            "Hei, tusen takk for svaret!\nmvh\nBo Lund",
            "Takk, det hjalp. Ha ein fin dag",
            "Tack så mycket för hjälpen :)\n\nBo",
            "Thank you so much, that was very helpful.\n\nKind regards\nBo",
            "Thanks!\n\n> This is an automatic answer. Did it help?\n",
        ] {
            assert!(is_only_thanks(text, "Bo Lund"), "{text}");
        }
    }

    #[test]
    fn whatever_else_stands_there_a_person_reads() {
        for text in [
            "Tak, men det hjalp ikke.",
            "Tak for ingenting",
            "Nei takk",
            "Takk. Når kommer dere?",
            "Takk! Ring meg på 12 34 56 78",
            "Takk for svaret, kan eg få snakke med eit menneske",
            "Tack för svaret men lampan är fortfarande trasig",
            "Thanks for nothing",
            "Thank you. I want to talk to a person.",
            "Thanks.\n\nUseless",
            "Thanks!\n\nRegards\nBo\n\nThe lamp is still dark",
            "That did not help.",
            "ok",
            "",
        ] {
            assert!(!is_only_thanks(text, "Bo Lund"), "{text}");
        }
    }

    #[test]
    fn a_long_letter_is_more_than_thanks() {
        assert!(!is_only_thanks(&"tak ".repeat(31), ""));
    }
}
