//! Where sentences begin and end, well enough to count their words.

/// The sentences of a text in their order. A line that is an item of a list or stands before a
/// blank line ends one; a full stop after a number or a single letter does not ("1. mai", "f. eks.").
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut begin, mut word) = (0, 0);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '!' | '?' => next.is_none_or(char::is_whitespace),
            '.' => next.is_none_or(char::is_whitespace) && ends_one(text.get(word..at)),
            '\n' => next.is_none_or(|next| matches!(next, '\n' | '-' | '*' | '•')),
            _ => false,
        };
        if letter.is_whitespace() {
            word = at + letter.len_utf8();
        }
        if ends {
            let end = at + letter.len_utf8();
            found.extend(text.get(begin..end).map(str::trim).filter(|part| !part.is_empty()));
            begin = end;
        }
    }
    found.extend(text.get(begin..).map(str::trim).filter(|part| !part.is_empty()));
    found
}

/// Whether a full stop after this word ends a sentence.
fn ends_one(word: Option<&str>) -> bool {
    let word = word.unwrap_or_default();
    let is_number = word.chars().all(|letter| letter.is_ascii_digit());
    !is_number && word.chars().count() > 1 && !SHORTENED.contains(&word.to_lowercase().as_str())
}

/// Words that are written with a full stop in five languages.
const SHORTENED: [&str; 24] = [
    "bl.a", "blant", "ca", "dvs", "d.v.s", "eks", "evt", "ev", "f.eks", "fx", "gnr", "bnr", "kl",
    "kr", "mv", "m.v", "nr", "osv", "pkt", "tlf", "t.ex", "e.g", "i.e", "jf",
];
