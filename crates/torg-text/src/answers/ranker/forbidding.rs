//! What forbids to send an answer unseen.

use super::{Ranker, Reading, are_near};
use crate::answers::Letter;
use crate::answers::automatic::{self, Veto};
use crate::answers::terms::words;

impl Ranker {
    pub(super) fn vetoes(&self, letter: &Letter, reading: &Reading, first: usize) -> Vec<Veto> {
        let text = format!("{}\n{}", letter.subject, letter.text);
        let flags = self.red_flags.raised(&words(&text), reading.tongue);
        let spoken = self.spoken.get(first).map_or(&[][..], Vec::as_slice);
        let is_spoken = match reading.tongue {
            Some(tongue) => spoken.iter().any(|other| are_near(*other, tongue)),
            // Short letters could as well be of two of our languages, but not of a foreign one.
            None => self.knows_most_words(reading),
        };
        automatic::vetoes(&reading.request, &text, &flags, is_spoken)
    }

    /// Whether at least half of the words stand in an answer or a question of the library.
    fn knows_most_words(&self, reading: &Reading) -> bool {
        let all: Vec<String> =
            reading.request.sentences.iter().flat_map(|sentence| words(&sentence.0)).collect();
        let is_known = |word: &&String| {
            let keys = self.terms.of_word(word, reading.tongue);
            keys.iter().any(|(kind, key)| self.index(*kind).knows(*key))
        };
        2 * all.iter().filter(is_known).count() >= all.len()
    }
}
