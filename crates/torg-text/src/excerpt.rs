//! Shows why a text was found: a stretch of it with the words that were asked for marked.

use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::Tongue;
use crate::compounds::parts;
use crate::folded::folded;
use crate::keyboards::{FOLDED_MARK, Keyboard};
use crate::query_words::ENOUGH_TO_GO_ON;
use crate::words::{STEM_MARK, Stems, is_word_char};

/// Bytes of a text that are looked through.
const MOST_TEXT: usize = 100_000;
/// Words of the text that are remembered as met.
const MOST_MET: usize = 2_000;
/// How much of what stands before the first marked word is shown; bytes.
const BEFORE: usize = 40;

/// A stretch of a text on one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub pieces: Vec<Piece>,
    /// Which of the words that were asked for stand anywhere in the text, by their places.
    pub met: HashSet<usize>,
}

/// A part of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// It was asked for.
    pub is_met: bool,
}

/// A word of the text that was asked for as `asked[group]`.
struct Met {
    group: usize,
    at: Range<usize>,
}

/// The stretch of `text`, about `length` bytes long, in which most of what is `asked` stands (as
/// [`crate::query_words`] gives it). Without any of it, the beginning.
pub fn excerpt(text: &str, tongue: Tongue, asked: &[Vec<String>], length: usize) -> Excerpt {
    let text = text.get(..text.floor_char_boundary(MOST_TEXT)).unwrap_or_default();
    let met = met(text, tongue, asked);
    let groups = met.iter().map(|one| one.group).collect();
    Excerpt { pieces: pieces(text, &met, stretch(text, &met, length)), met: groups }
}

/// Every word that was asked for, in the order they stand.
fn met(text: &str, tongue: Tongue, asked: &[Vec<String>]) -> Vec<Met> {
    let wanted = Wanted::of(asked, tongue);
    let words: Vec<Range<usize>> = words(text).collect();
    let mut met = Vec::new();
    for (place, at) in words.iter().enumerate() {
        let Some(word) = text.get(at.clone()).map(plain) else { continue };
        for group in 0..asked.len() {
            let last = wanted.reaches(text, &words, (place, &word), group);
            met.extend(last.map(|last| Met { group, at: at.start..words[last].end }));
        }
        if met.len() > MOST_MET {
            break;
        }
    }
    let groups: HashSet<usize> = met.iter().map(|one| one.group).collect();
    met.extend(wanted.meant(text, &words, &groups));
    met.sort_by_key(|one| one.at.start);
    met
}

/// Lower-cased and composed, as the index has it.
fn plain(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase().nfc().collect() }
}

/// The words of a text, as places in it.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut begun: Option<usize> = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    ends.filter_map(move |(at, letter)| match (begun, is_word_char(letter)) {
        (None, true) => {
            begun = Some(at);
            None
        }
        (Some(first), false) => {
            begun = None;
            Some(first..at)
        }
        _ => None,
    })
}

/// What is asked for, ready to be compared.
struct Wanted<'a> {
    stems: Stems,
    tongue: Tongue,
    groups: Vec<Group<'a>>,
}

struct Group<'a> {
    /// The words of what was typed, which stand side by side: a phrase, a number or an address.
    typed: Vec<&'a str>,
    /// Stems, without their marks.
    stems: Vec<&'a str>,
    /// Words of letters from other keyboards, with their marks.
    meant: Vec<&'a str>,
    /// The last word may be the beginning of one.
    goes_on: bool,
}

impl<'a> Wanted<'a> {
    fn of(asked: &'a [Vec<String>], tongue: Tongue) -> Self {
        let group = |(place, offered): (usize, &'a Vec<String>)| {
            let typed = offered.first().map_or("", String::as_str);
            let (meant, plain): (Vec<&str>, Vec<&str>) =
                offered.iter().map(String::as_str).partition(|one| one.starts_with(FOLDED_MARK));
            let stems = plain.into_iter().filter_map(|word| word.strip_prefix(STEM_MARK));
            Group {
                typed: typed.split(|c| !is_word_char(c)).filter(|one| !one.is_empty()).collect(),
                stems: stems.collect(),
                meant,
                goes_on: place + 1 == asked.len() && typed.chars().count() >= ENOUGH_TO_GO_ON,
            }
        };
        Self {
            stems: Stems::of(tongue),
            tongue,
            groups: asked.iter().enumerate().map(group).collect(),
        }
    }

    /// Where words of a text from another keyboard stand that were asked for and are not in `met`.
    fn meant(&self, text: &str, words: &[Range<usize>], met: &HashSet<usize>) -> Vec<Met> {
        let groups = self.groups.iter().enumerate().filter(|(group, _)| !met.contains(group));
        let missing: Vec<_> = groups.filter(|(_, group)| !group.meant.is_empty()).collect();
        let of = |at: &Range<usize>| text.get(at.clone()).map(plain);
        let may_be = |word: &String| {
            let word = folded(word);
            let groups = missing.iter().flat_map(|(_, group)| &group.meant);
            let mut bare = groups.filter_map(|one| one.strip_prefix(FOLDED_MARK));
            bare.any(|one| word.contains(beginning(one)))
        };
        // Stemming is the dear part: most texts hold nothing that begins so.
        if !words.iter().filter_map(of).any(|word| may_be(&word)) {
            return Vec::new();
        }
        let mut keyboard = Keyboard::default();
        let each: HashSet<String> = words.iter().filter_map(of).collect();
        let stems = each.iter().filter_map(|word| self.stems.stem(word));
        stems.for_each(|stem| keyboard.take(&stem, self.tongue));
        let found = words.iter().filter_map(|at| {
            let word = of(at).filter(may_be)?;
            let meant = keyboard.meant(&self.stems.stem(&word)?, self.tongue)?;
            let (group, _) =
                missing.iter().find(|(_, group)| group.meant.contains(&meant.as_str()))?;
            Some(Met { group: *group, at: at.clone() })
        });
        found.take(MOST_MET).collect()
    }

    /// The place of the last word of what begins at `place`, if it is what `group` asks for.
    fn reaches(
        &self,
        text: &str,
        words: &[Range<usize>],
        (place, word): (usize, &str),
        group: usize,
    ) -> Option<usize> {
        let group = self.groups.get(group)?;
        let (first, rest) = group.typed.split_first()?;
        if rest.is_empty() {
            return self.is_one(word, first, group).then_some(place);
        }
        let last = place + rest.len();
        let follow = words.get(place + 1..=last)?;
        let all = word == *first
            && follow.iter().zip(rest).enumerate().all(|(number, (at, wanted))| {
                let word = plain(text.get(at.clone()).unwrap_or_default());
                word == *wanted
                    || group.goes_on && number + 1 == rest.len() && word.starts_with(wanted)
            });
        all.then_some(last)
    }

    fn is_one(&self, word: &str, typed: &str, group: &Group<'_>) -> bool {
        if word == typed || group.goes_on && word.starts_with(typed) {
            return true;
        }
        // Stemming is the dear part: what shares no beginning of a stem needs none.
        let may_be = group.stems.iter().any(|stem| word.contains(beginning(stem)));
        may_be && (self.has_stem(word, group) || self.has_part(word, group))
    }

    fn has_stem(&self, word: &str, group: &Group<'_>) -> bool {
        // A stem that lost more than an ending is the beginning of other words.
        const AN_ENDING: usize = 2;
        let typed = group.typed.first().map_or(0, |typed| typed.chars().count());
        let Some(stem) = self.stems.stem(word) else { return false };
        let stem = stem.trim_start_matches(STEM_MARK);
        let fits = |wanted: &&str| {
            stem == *wanted
                || group.goes_on
                    && wanted.chars().count() + AN_ENDING >= typed
                    && stem.starts_with(*wanted)
        };
        group.stems.iter().any(fits)
    }

    fn has_part(&self, word: &str, group: &Group<'_>) -> bool {
        parts(word, self.tongue).iter().any(|part| self.has_stem(part, group))
    }
}

/// The first three letters.
fn beginning(stem: &str) -> &str {
    let end = stem.char_indices().nth(3).map_or(stem.len(), |(at, _)| at);
    stem.get(..end).unwrap_or(stem)
}

/// Where most different words stand close together; the first such place.
fn stretch(text: &str, met: &[Met], length: usize) -> Range<usize> {
    let count = |from: usize| {
        let near = met.iter().filter(|one| one.at.start >= from && one.at.end <= from + length);
        near.map(|one| one.group).collect::<HashSet<_>>().len()
    };
    // The first hundred are enough to choose from.
    let starts = met.iter().take(100).map(|one| one.at.start);
    let best = starts.fold((0, 0), |(most, best), start| {
        let number = count(start);
        if number > most { (number, start) } else { (most, best) }
    });
    let first = text.floor_char_boundary(best.1.saturating_sub(BEFORE));
    // Not in the middle of a word, unless it is endless.
    let first = match text.get(first..best.1).and_then(|before| before.find(char::is_whitespace)) {
        Some(blank) if first > 0 => first + blank,
        _ => first,
    };
    first..text.ceil_char_boundary(first + length)
}

fn pieces(text: &str, met: &[Met], stretch: Range<usize>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |part: &str, is_met: bool| {
        let text = one_line(part);
        if !text.is_empty() {
            pieces.push(Piece { text, is_met });
        }
    };
    let mut at = stretch.start;
    if at > 0 {
        add("… ", false);
    }
    for one in met.iter().filter(|one| one.at.start >= stretch.start && one.at.end <= stretch.end) {
        if one.at.start >= at {
            add(text.get(at..one.at.start).unwrap_or_default(), false);
            add(text.get(one.at.clone()).unwrap_or_default(), true);
            at = one.at.end;
        }
    }
    add(text.get(at..stretch.end).unwrap_or_default(), false);
    if stretch.end < text.len() {
        add(" …", false);
    }
    pieces
}

/// White space is one blank; marks that turn text around are left out.
fn one_line(part: &str) -> String {
    let mut line = String::with_capacity(part.len());
    for letter in part.chars() {
        match letter {
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            letter if letter.is_whitespace() || letter.is_control() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            letter => line.push(letter),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query_words;
    use proptest::prelude::*;

    /// The excerpt with what was asked for between brackets.
    fn shown(text: &str, asked: &str) -> String {
        let found = excerpt(text, Tongue::Da, &query_words(asked, &Tongue::ALL), 60);
        let pieces = found.pieces.iter().map(|piece| match piece.is_met {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        });
        pieces.collect()
    }

    #[test]
    fn words_are_marked_in_every_form_they_are_found_by() {
        assert_eq!(shown("Vejene er våde", "vej"), "[Vejene] er våde");
        assert_eq!(shown("En parkeringsafgift i går", "afgifter"), "En [parkeringsafgift] i går");
        assert_eq!(shown("Vi parkerede der", "parke"), "Vi [parkerede] der");
        assert_eq!(shown("Ring 26-1187, tak", "26-1187"), "Ring [26-1187], tak");
        assert_eq!(
            shown("Fra kari@post.example nu", "kari@post.example"),
            "Fra [kari@post.example] nu"
        );
        assert_eq!(
            shown("Den store lampe, store sten", "\"store lampe\""),
            "Den [store lampe], store sten"
        );
        assert_eq!(shown("ga\u{30a}rd", "gård"), "[ga\u{30a}rd]");
        assert_eq!(shown("Intet her", "vej"), "Intet her");
    }

    #[test]
    fn words_from_another_keyboard_are_marked_by_what_they_mean() {
        assert_eq!(
            shown("Om min ansogning og bornehave", "ansøgning"),
            "Om min [ansogning] og bornehave"
        );
        assert_eq!(shown("Fra Haakon Soerensen", "sørensen håkon"), "Fra [Haakon] [Soerensen]");
        assert_eq!(shown("Fra Håkon Sørensen", "soerensen haakon"), "Fra [Håkon] [Sørensen]");
        assert_eq!(shown("Min far får ikke svar", "får"), "Min far [får] ikke svar");
        assert_eq!(shown("Min far er på ferie", "får"), "Min far er på ferie");
    }

    #[test]
    fn the_place_with_most_of_the_words_is_shown() {
        let text =
            format!("Om en lampe.\n{}\nDer er hul i vejen, og lampen er ude.", "ord ".repeat(90));
        assert_eq!(shown(&text, "hul lampe vej").matches('[').count(), 3);
        assert!(shown(&text, "hul lampe").starts_with("… "));
    }

    #[test]
    fn marks_that_turn_text_around_are_not_shown() {
        assert_eq!(shown("hul\u{202e}jev\n\n\ti vej", "vej"), "huljev i [vej]");
    }

    proptest! {
        #[test]
        fn whatever_is_written_and_asked_has_an_excerpt(
            text in "(?s)[a-zæå \u{301}\n\"@.🙂]{0,200}", asked in "(?s)[a-zæå \"@.🙂]{0,40}", length in 0_usize..90
        ) {
            let found = excerpt(&text, Tongue::Nb, &query_words(&asked, &Tongue::ALL), length);
            let length: usize = found.pieces.iter().map(|piece| piece.text.len()).sum();
            prop_assert!(length <= text.len() + 8);
        }
    }
}
