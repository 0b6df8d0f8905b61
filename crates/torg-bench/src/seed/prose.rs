//! Letters for millions: made of sentences whose words for the index are known beforehand.

use std::collections::HashSet;

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use torg_text::{FOLDED_MARK, STEM_MARK, Tongue, index_words};

use crate::letters::prose::{PROSES, Prose};

/// So many sentences and subjects there are of each language.
const SENTENCES: usize = 400;
const SUBJECTS: usize = 60;

/// A piece of text, and the words it is found by.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) words: Vec<String>,
}

/// Everything that is written in one language.
pub(super) struct Shelf {
    prose: &'static Prose,
    tongue: Tongue,
    sentences: Vec<Piece>,
    subjects: Vec<Piece>,
    greetings: Vec<Piece>,
    closings: Vec<Piece>,
}

impl Shelf {
    /// One for each language, always the same.
    pub(super) fn all(dice: &mut StdRng) -> Vec<Self> {
        PROSES.iter().map(|prose| Self::of(prose, dice)).collect()
    }

    fn of(prose: &'static Prose, dice: &mut StdRng) -> Self {
        let tongue = match prose.tag {
            "da" => Tongue::Da,
            "sv" => Tongue::Sv,
            "en" => Tongue::En,
            _ => Tongue::Nb,
        };
        let of = |text: String| Piece { words: index_words(&text, tongue), text };
        let all = |texts: &[&str]| texts.iter().map(|text| of((*text).to_owned())).collect();
        Self {
            prose,
            tongue,
            sentences: (0..SENTENCES).map(|_| of(prose.sentence(dice))).collect(),
            subjects: (0..SUBJECTS).map(|_| of(prose.subject(dice))).collect(),
            greetings: all(&prose.greetings),
            closings: all(&prose.closings),
        }
    }

    pub(super) fn tag(&self) -> &'static str {
        self.prose.tag
    }

    pub(super) fn name(&self, dice: &mut StdRng) -> String {
        self.prose.name(dice)
    }

    pub(super) fn mailbox_of(&self, name: &str) -> String {
        self.prose.mailbox_of(name)
    }

    pub(super) fn subject(&self, dice: &mut StdRng) -> &Piece {
        self.subjects.choose(dice).unwrap_or(&self.greetings[0])
    }

    /// One to five sentences between greeting and closing, and the writer's name.
    pub(super) fn letter(&self, dice: &mut StdRng, name: &str) -> Piece {
        let mut letter = Piece { text: String::new(), words: Vec::new() };
        let count = dice.random_range(1..=5);
        letter.add(self.greetings.choose(dice), "\n\n");
        for _ in 0..count {
            letter.add(self.sentences.choose(dice), " ");
        }
        letter.text.truncate(letter.text.trim_end().len());
        letter.text.push_str("\n\n");
        letter.add(self.closings.choose(dice), "\n");
        letter.text.push_str(name);
        letter.words.extend(self.words(name));
        letter
    }

    /// The words of a name or an address.
    pub(super) fn words(&self, text: &str) -> Vec<String> {
        index_words(text, self.tongue)
    }
}

impl Piece {
    fn add(&mut self, piece: Option<&Self>, gap: &str) {
        if let Some(piece) = piece {
            self.text.push_str(&piece.text);
            self.text.push_str(gap);
            self.words.extend_from_slice(&piece.words);
        }
    }
}

/// The words of all pieces together, as if they had been one text: stems stand after the words,
/// each but once.
pub(super) fn together<'w>(pieces: impl IntoIterator<Item = &'w [String]>) -> Vec<&'w str> {
    let mut stems = HashSet::new();
    let words = pieces.into_iter().flatten().map(String::as_str);
    let (mut marked, mut words): (Vec<&str>, Vec<&str>) =
        words.partition(|word| word.starts_with(STEM_MARK));
    marked.sort_by_key(|word| word.starts_with(FOLDED_MARK));
    words.extend(marked.into_iter().filter(|word| stems.insert(*word)));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn pieces_give_the_words_of_the_whole() {
        let mut dice = StdRng::seed_from_u64(1);
        for shelf in Shelf::all(&mut dice) {
            let subject = shelf.subject(&mut dice).clone();
            let letter = shelf.letter(&mut dice, "Kari Lie");
            let whole = format!("{}\n{}", subject.text, letter.text);
            let pieces = [subject.words.as_slice(), &letter.words];
            assert_eq!(together(pieces), shelf.words(&whole), "{whole}");
        }
    }
}
