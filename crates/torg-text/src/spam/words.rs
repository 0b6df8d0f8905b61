//! Words of subject and text, folded: case, width and invisible letters make no other word.

use unicode_normalization::UnicodeNormalization;

use super::concepts::Listener;
use super::gather::{Gathered, Place};
use super::stem::Stem;

/// Longer runs are no words but data.
const LONGEST: usize = 40;

/// Adds at most `most` words of `text` to `place`, but for addresses of pages, which are looked at as links. Returns how
/// many were met.
pub(crate) fn words(gathered: &mut Gathered, place: Place, text: &str, most: usize) -> usize {
    let mut met = 0;
    let mut listener = Listener::default();
    let mut rest = text;
    while let Some((run, after)) = next_run(rest) {
        rest = after;
        if met >= most {
            break;
        }
        if after.starts_with("://") {
            rest = after_address(after);
            continue;
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
    matches!(line.as_bytes().first(), Some(b'F' | b'*' | b'-' | b'_' | b'B'))
        && MARKS.iter().any(|mark| line.starts_with(mark))
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
    if is_new && let Some(stem) = Stem::of(word) {
        gathered.add(Place::Stem, "", stem.text());
    }
    listener.hear(gathered, word, is_new);
}

/// Words that bind others and say nothing to a reader by themselves. They weigh as they were learnt, since how somebody
/// begins a subject tells a little; a reason they are none.
const BINDING: [&str; 73] = [
    "a", "an", "and", "are", "as", "at", "att", "av", "be", "by", "da", "de", "dem", "den", "der",
    "det", "dig", "din", "du", "eg", "eit", "ej", "eller", "en", "er", "et", "ett", "for", "fra",
    "från", "frå", "för", "from", "har", "i", "ikke", "ikkje", "in", "inte", "is", "it", "jag",
    "jeg", "med", "mot", "my", "no", "not", "och", "of", "og", "om", "on", "or", "our", "over",
    "på", "se", "so", "som", "the", "this", "til", "till", "to", "ved", "vi", "vid", "we", "with",
    "you", "your", "är",
];

/// Whether a word, in lower case, only binds others.
pub(crate) fn is_binding(word: &str) -> bool {
    BINDING.contains(&word)
}

/// What follows the address of a page.
fn after_address(text: &str) -> &str {
    let ends = |byte: u8| byte.is_ascii_whitespace() || b"<>\"'()[]|".contains(&byte);
    text.bytes().position(ends).and_then(|end| text.get(end..)).unwrap_or_default()
}

/// Runs of letters, digits and what holds a word together; letters beyond ASCII are looked at later.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (run, after) = next_run(rest)?;
        rest = after;
        Some(run)
    })
}

/// The first run, and what follows it.
fn next_run(text: &str) -> Option<(&str, &str)> {
    let start = text.bytes().position(is_of_run)?;
    let run = text.get(start..).unwrap_or_default();
    let end = run.bytes().position(|byte| !is_of_run(byte)).unwrap_or(run.len());
    // Both ends stand beside ASCII, so no letter is cut.
    run.split_at_checked(end)
}

fn is_of_run(byte: u8) -> bool {
    OF_RUNS[usize::from(byte)]
}

/// Of each byte, whether it may be part of a word; looked up, since every byte of every mail is asked about.
const OF_RUNS: [bool; 256] = {
    let mut of_runs = [true; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        of_runs[byte as usize] = holds(byte);
        byte += 1;
    }
    of_runs
};

const fn holds(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\'' | b'$' | b'!')
}

fn is_word(letter: char) -> bool {
    match u8::try_from(letter) {
        Ok(byte) if byte.is_ascii() => holds(byte),
        _ => letter.is_alphanumeric(),
    }
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
