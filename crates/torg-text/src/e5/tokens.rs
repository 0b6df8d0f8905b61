//! Takes a text apart into tokens: the most likely sequence (Kudo 2018, "Subword Regularization",
//! <https://arxiv.org/abs/1804.10959>), found by Viterbi's algorithm.

use super::MAX_TOKENS;
use super::vocabulary::{Hash, SPACE, Vocabulary};

/// Knows the tokens.
#[derive(Debug)]
pub(super) struct Tokenizer {
    vocabulary: Vocabulary,
}

/// The best way to reach a place in the text.
#[derive(Debug, Clone, Copy)]
struct Step {
    score: f32,
    token: u32,
    /// The place it came from.
    from: usize,
}

impl Tokenizer {
    pub(super) fn of(vocabulary: Vocabulary) -> Self {
        Self { vocabulary }
    }

    /// The tokens of a text between those for its two ends: 2 to [`MAX_TOKENS`].
    pub(super) fn tokens(&self, text: &str) -> Vec<u32> {
        let characters = self.written(text);
        let between = self.likeliest(&characters).into_iter().take(MAX_TOKENS - 2);
        std::iter::once(self.vocabulary.begin)
            .chain(between)
            .chain(std::iter::once(self.vocabulary.end))
            .collect()
    }

    /// The text as tokens write it: rewritten characters, single spaces, one before the first word.
    /// Ends where no more than [`MAX_TOKENS`] of the longest tokens could reach.
    fn written(&self, text: &str) -> Vec<char> {
        let room = MAX_TOKENS * self.vocabulary.longest;
        let mut written = Vec::with_capacity(room.min(text.len() + 1));
        for one in text.chars() {
            for &character in self.vocabulary.rewrite(&one) {
                if written.is_empty() {
                    written.push(SPACE);
                }
                let character = if character == ' ' { SPACE } else { character };
                if character != SPACE || written.last() != Some(&SPACE) {
                    written.push(character);
                }
            }
            if written.len() >= room {
                break;
            }
        }
        if written.is_empty() {
            written.push(SPACE);
        }
        written
    }

    fn likeliest(&self, characters: &[char]) -> Vec<u32> {
        let unreached = Step { score: f32::NEG_INFINITY, token: self.vocabulary.unknown, from: 0 };
        let mut steps = vec![unreached; characters.len() + 1];
        steps[0].score = 0.0;
        for from in 0..characters.len() {
            self.go_on(characters, from, &mut steps);
        }
        let mut tokens = Vec::new();
        let mut at = characters.len();
        while at > 0 {
            tokens.push(steps[at].token);
            at = steps[at].from;
        }
        tokens.reverse();
        tokens
    }

    /// Tries each token that begins at `from`, and a single unknown character.
    fn go_on(&self, characters: &[char], from: usize, steps: &mut [Step]) {
        let mut hash = Hash::default();
        let (mut bytes, mut buffer) = (Vec::with_capacity(64), [0; 4]);
        let score = steps[from].score;
        let reach = characters[from..].iter().zip(from + 1..).take(self.vocabulary.longest);
        for (character, to) in reach {
            for &byte in character.encode_utf8(&mut buffer).as_bytes() {
                hash = hash.with(byte);
                bytes.push(byte);
            }
            if let Some((token, likely)) = self.vocabulary.find(hash, &bytes) {
                steps[to].better(Step { score: score + likely, token, from });
            }
        }
        let likely = score + self.vocabulary.unknown_score;
        steps[from + 1].better(Step { score: likely, token: self.vocabulary.unknown, from });
    }
}

impl Step {
    fn better(&mut self, other: Self) {
        if other.score > self.score {
            *self = other;
        }
    }
}
