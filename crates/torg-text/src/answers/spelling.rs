//! Mends mistyped words of a letter: a word that none of our texts holds, and that is one typing
//! error away from words that they hold.
//!
//! One error is a letter too many, too few or wrong, or two that changed places (Damerau, "A
//! technique for computer detection and correction of spelling errors", 1964). It leaves the first
//! or the last half of a word as it was, so only words that begin or end alike are compared.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::terms::text_key;

/// All words of our texts.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    /// The words one after the other.
    text: Box<str>,
    /// In the order of the words.
    forwards: Vec<Place>,
    /// In the order of the words read backwards.
    backwards: Vec<Place>,
}

/// Where a word begins, and how many bytes it has.
type Place = (u32, u8);

/// One error in a shorter word leaves too many words that could be meant.
const SHORTEST: usize = 5;

impl Spelling {
    /// Knows these lower-cased words; each may be told several times.
    pub(super) fn of(words: impl Iterator<Item = String>) -> Self {
        let (mut text, mut forwards, mut seen) = (String::new(), Vec::new(), HashSet::new());
        for word in words.filter(|word| word.chars().count() + 1 >= SHORTEST) {
            if seen.insert(text_key(&word)) {
                let begin = u32::try_from(text.len()).unwrap_or(u32::MAX);
                forwards.push((begin, u8::try_from(word.len()).unwrap_or_default()));
                text.push_str(&word);
            }
        }
        let word = |place: &Place| word_at(&text, *place);
        forwards.sort_unstable_by(|one, other| word(one).cmp(word(other)));
        forwards.shrink_to_fit();
        let mut backwards = forwards.clone();
        backwards.sort_by(|one, other| word(one).chars().rev().cmp(word(other).chars().rev()));
        Self { text: text.into(), forwards, backwards }
    }

    /// The words that may be meant by a lower-cased word; none if it is one of ours itself.
    pub(super) fn meant(&self, word: &str) -> Vec<&str> {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < SHORTEST || letters.iter().any(|letter| !letter.is_alphabetic()) {
            return Vec::new();
        }
        let kept = (letters.len() - 1) / 2;
        let head: Vec<char> = letters.iter().take(kept).copied().collect();
        let tail: Vec<char> = letters.iter().rev().take(kept).copied().collect();
        let mut near: Vec<&str> = [self.beginning(&head), self.ending(&tail)].concat();
        if near.contains(&word) {
            return Vec::new();
        }
        near.retain(|known| is_one_error(&letters, &known.chars().collect::<Vec<_>>()));
        near.sort_unstable();
        near.dedup();
        near
    }

    fn beginning(&self, head: &[char]) -> Vec<&str> {
        let order = |place: &Place| begins(self.word(place).chars(), head);
        let low = self.forwards.partition_point(|at| order(at) == Ordering::Less);
        let words = self.forwards.iter().skip(low);
        words.take_while(|at| order(at) == Ordering::Equal).map(|at| self.word(at)).collect()
    }

    fn ending(&self, tail: &[char]) -> Vec<&str> {
        let order = |place: &Place| begins(self.word(place).chars().rev(), tail);
        let low = self.backwards.partition_point(|at| order(at) == Ordering::Less);
        let words = self.backwards.iter().skip(low);
        words.take_while(|at| order(at) == Ordering::Equal).map(|at| self.word(at)).collect()
    }

    fn word(&self, place: &Place) -> &str {
        word_at(&self.text, *place)
    }
}

fn word_at(text: &str, (begin, length): Place) -> &str {
    let begin = begin as usize;
    text.get(begin..begin + usize::from(length)).unwrap_or_default()
}

/// Where a word stands among those that begin with `head`.
fn begins(word: impl Iterator<Item = char>, head: &[char]) -> Ordering {
    word.take(head.len()).cmp(head.iter().copied())
}

/// Whether one typing error makes one of the other.
pub(crate) fn is_one_error(one: &[char], other: &[char]) -> bool {
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    let after = |word: &'_ [char], count: usize| word.get(same + count..).map(<[char]>::to_vec);
    match (long.len() - short.len(), long.get(same..), short.get(same..)) {
        (0, Some([a, b, ..]), Some([c, d, ..])) if a == d && b == c => {
            after(long, 2) == after(short, 2)
        }
        (0, ..) => after(long, 1) == after(short, 1),
        (1, ..) => after(long, 1) == after(short, 0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(word: &str) -> Vec<String> {
        let words = ["sperret", "skraldespand", "vinduer", "brøyting", "brøytinga", "vej"];
        let spelling = Spelling::of(words.into_iter().map(str::to_owned));
        spelling.meant(word).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_letter_too_many_too_few_or_wrong_and_two_swapped_are_mended() {
        for wrong in ["skralldespand", "skraldspand", "skrakdespand", "skradlespand"] {
            assert_eq!(meant(wrong), ["skraldespand"], "{wrong}");
        }
        for wrong in ["kraldespand", "skraldespandd", "ksraldespand", "skraldespadn"] {
            assert_eq!(meant(wrong), ["skraldespand"], "{wrong}");
        }
    }

    #[test]
    fn all_words_that_could_be_meant_are_told() {
        assert_eq!(meant("brøytingx"), ["brøyting", "brøytinga"]);
    }

    #[test]
    fn words_that_are_known_short_or_further_away_are_left_alone() {
        for word in ["sperret", "vinduer", "vek", "skrladespadn", "år2024"] {
            assert_eq!(meant(word), [""; 0], "{word}");
        }
    }
}
