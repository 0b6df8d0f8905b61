//! Words of subject and text, folded: case, width and invisible letters make no other word.

use unicode_normalization::UnicodeNormalization;

use super::concepts::Listener;
use super::gather::{Gathered, Place};

/// Longer runs are no words but data.
const LONGEST: usize = 40;
/// How much of a word its stem is, in letters.
const STEM: usize = 5;

/// Adds at most `most` words of `text` to `place`. Returns how many were met.
pub(crate) fn words(gathered: &mut Gathered, place: Place, text: &str, most: usize) -> usize {
    let mut met = 0;
    let mut listener = Listener::default();
    for run in runs(text) {
        if met >= most {
            break;
        }
        if run.is_ascii() {
            word(gathered, &mut listener, place, run);
            met += 1;
        } else {
            let folded = fold(run);
            for piece in folded.split(|letter: char| !is_word(letter)).filter(|p| !p.is_empty()) {
                word(gathered, &mut listener, place, piece);
                met += 1;
            }
        }
    }
    met
}

/// Adds the words of a letter: those its writer wrote to [`Place::Body`], and those he quotes or sends on to
/// [`Place::Quoted`], at most `most` of each. Returns how many were his own.
pub(crate) fn letter(gathered: &mut Gathered, text: &str, most: usize) -> usize {
    let (mut own, mut quoted, mut sent_on) = (0, 0, false);
    for line in text.lines() {
        let line = line.trim_start();
        sent_on = sent_on || begins_quote(line);
        if sent_on || line.starts_with('>') {
            quoted += words(gathered, Place::Quoted, line, most.saturating_sub(quoted));
        } else {
            own += words(gathered, Place::Body, line, most.saturating_sub(own));
        }
    }
    own
}

/// Where mail programs put the letter that is answered or sent on.
pub(crate) fn begins_quote(line: &str) -> bool {
    const MARKS: [&str; 14] = [
        "Fra:",
        "From:",
        "Från:",
        "Frå:",
        "*Fra:",
        "*From:",
        "*Från:",
        "-----Original",
        "-----Oprindelig",
        "-----Opprinnelig",
        "-----Ursprungligt",
        "---------- ",
        "________________________________",
        "Begin forwarded",
    ];
    MARKS.iter().any(|mark| line.starts_with(mark))
}

/// Adds one word.
fn word(gathered: &mut Gathered, listener: &mut Listener, place: Place, run: &str) {
    let word = bare(run);
    if word.is_empty() || word.len() > LONGEST {
        return;
    }
    let is_new = gathered.add(place, "", run);
    if place != Place::Subject && place != Place::Body {
        return;
    }
    if is_new && is_shouted(word) {
        gathered.add(Place::Shouted, "", word);
    }
    if is_new && let Some(stem) = stem(word) {
        gathered.add(Place::Stem, "", stem);
    }
    listener.hear(gathered, word, is_new);
}

/// Runs of letters, digits and what holds a word together; letters beyond ASCII are looked at later.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(is_of_run)?;
        let run = rest.get(start..).unwrap_or_default();
        let end = run.bytes().position(|byte| !is_of_run(byte)).unwrap_or(run.len());
        // Both ends stand beside ASCII, so no letter is cut.
        let (run, after) = run.split_at_checked(end)?;
        rest = after;
        Some(run)
    })
}

fn is_of_run(byte: u8) -> bool {
    !byte.is_ascii() || holds(char::from(byte))
}

fn holds(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '\'' | '$' | '!')
}

fn is_word(letter: char) -> bool {
    if letter.is_ascii() { holds(letter) } else { letter.is_alphanumeric() }
}

/// Lower case, compatibility forms composed, invisible letters gone.
pub(crate) fn fold(run: &str) -> String {
    run.nfkc().filter(|letter| !is_invisible(*letter)).flat_map(char::to_lowercase).collect()
}

/// Letters that part a word without showing.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn is_shouted(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'!')
}

/// Without what holds it to nothing.
fn bare(run: &str) -> &str {
    let at_end = |byte: Option<&u8>| matches!(byte, Some(b'-' | b'\'' | b'!'));
    let bytes = run.as_bytes();
    if at_end(bytes.first()) || at_end(bytes.last()) {
        run.trim_matches(['-', '\'', '!'])
    } else {
        run
    }
}

fn stem(word: &str) -> Option<&str> {
    if word.is_ascii() {
        let stem = word.get(..STEM).filter(|_| word.len() > STEM)?;
        return stem.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(stem);
    }
    let (end, _) = word.char_indices().nth(STEM)?;
    word.get(..end).filter(|stem| stem.chars().all(char::is_alphabetic))
}
