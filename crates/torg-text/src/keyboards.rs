//! Letters from keyboards that have no å, ä, æ, ö and ø.
//!
//! Such a letter says `soknad` and `far`, and nobody can tell from the one word whether `får` is
//! meant. From the letter one can: it has words that we know with such a letter, written without, and
//! hardly any with it. What is written so is found by a search for `får`; what is written by somebody
//! who has the letter is not.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::Tongue;
use crate::compounds::library;
use crate::folded::{folded, has_pair, is_special};
use crate::words::{STEM_MARK, Stems};

/// Stands before the folded stem of a word that may mean another one. No stem begins with it.
pub const FOLDED_MARK: &str = "~_";

/// What tells whether a text came from such a keyboard.
#[derive(Debug, Default)]
pub(crate) struct Keyboard {
    telling: usize,
    special: usize,
}

impl Keyboard {
    /// Takes one word of the text: its marked stem. Each is to be taken once.
    pub(crate) fn take(&mut self, stem: &str, tongue: Tongue) {
        match stem.contains(is_special) {
            true => self.special += 1,
            false => self.telling += usize::from(tells(stem, tongue)),
        }
    }

    /// What a word with this marked stem is found by, if another may be meant: in such a text all that
    /// may be, elsewhere what has two letters in place of one (`Haakon`).
    pub(crate) fn meant(&self, stem: &str, tongue: Tongue) -> Option<String> {
        let is_foreign = tongue != Tongue::En && self.telling > self.special;
        let may_be = has_pair(stem) || is_foreign && stem.contains(['a', 'o']);
        (may_be && !stem.contains(is_special)).then(|| marked(stem))
    }
}

/// A marked stem as it is found in letters from such keyboards.
pub(crate) fn marked(stem: &str) -> String {
    format!("{FOLDED_MARK}{}", folded(stem.trim_start_matches(STEM_MARK)))
}

/// Whether we know a word by this marked stem only with a letter that other keyboards do not have.
fn tells(stem: &str, tongue: Tongue) -> bool {
    let [danish, norwegian, swedish] = &*TELLING;
    let telling = match tongue {
        Tongue::Da => danish,
        Tongue::Nb | Tongue::Nn => norwegian,
        Tongue::Sv => swedish,
        Tongue::En => return false,
    };
    let bare = stem.trim_start_matches(STEM_MARK);
    bare.contains(['a', 'o']) && telling.contains(&folded(bare))
}

/// Small words that are none without their letter, beside those of the library.
const SMALL: &str = "på når også också från många någon något några hvornår spørsmål spørgsmål";

/// Folded stems: Danish, Norwegian in both its forms, Swedish.
static TELLING: LazyLock<[HashSet<String>; 3]> = LazyLock::new(|| {
    [of(Tongue::Da, &["da"]), of(Tongue::Nb, &["nb", "nn"]), of(Tongue::Sv, &["sv"])]
});

fn of(tongue: Tongue, codes: &[&str]) -> HashSet<String> {
    let stems = Stems::of(tongue);
    let stemmed =
        library(codes).into_iter().chain(SMALL.split(' ')).filter_map(|word| stems.stem(word));
    let (special, plain): (Vec<String>, Vec<String>) =
        stemmed.partition(|stem| stem.contains(is_special));
    let bare = |stem: &String| folded(stem.trim_start_matches(STEM_MARK));
    let plain: HashSet<String> = plain.iter().map(bare).collect();
    special.iter().map(bare).filter(|word| !plain.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{index_words, query_words};

    /// Whether a text in bokmål is found by a word.
    fn finds(text: &str, asked: &str) -> bool {
        let document = index_words(text, Tongue::Nb);
        query_words(asked, &Tongue::ALL)
            .iter()
            .all(|any| any.iter().any(|one| document.contains(one)))
    }

    const FOREIGN: &str = "Hei, jeg har en soknad om a bygge garasje. Nar far jeg svar? Haakon";
    const OWN: &str =
        "Hei, jeg har en søknad om å bygge garasje sammen med far. Når får jeg svar? Håkon";

    #[test]
    fn a_letter_from_another_keyboard_is_found_by_the_words_it_means() {
        for asked in ["søknad", "søknaden", "å", "når", "får", "håkon", "soknad", "far"] {
            assert!(finds(FOREIGN, asked), "{asked}");
        }
        for asked in ["søknad", "soeknad", "haakon", "naar", "faar", "far", "får"] {
            assert!(finds(OWN, asked), "{asked}");
        }
        assert!(finds("Min laerer heter Soerensen", "lærer sørensen"));
        assert!(finds("Min laerer heter Soerensen", "lärare") || !finds("Min far", "lärer"));
    }

    #[test]
    fn father_is_not_what_somebody_gets() {
        assert!(!finds("Hei, min far er syk. Hva gjør vi på søndag?", "får"));
        assert!(!finds("Hei, min far er syk.", "får"), "nothing tells of another keyboard");
        assert!(!finds("Vi får ikke svar på søknaden.", "far"));
        assert!(!finds("Jag är här i år", "ær"), "another letter");
        assert!(index_words(OWN, Tongue::Nb).iter().all(|word| !word.starts_with(FOLDED_MARK)));
    }
}
