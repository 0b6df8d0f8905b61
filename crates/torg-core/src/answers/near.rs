//! Texts that say nearly the same: the cosine of how often each run of four letters stands in them.

use std::collections::HashMap;

use super::fold;

/// What a text is compared by.
#[derive(Debug, Clone, Default)]
pub struct Shingles(HashMap<[char; 4], f64>);

/// From this likeness on two answers are pointed out as saying the same.
pub const ALIKE: f64 = 0.75;

/// Longer texts are compared by their beginning, in characters.
const COMPARED: usize = 4_000;

impl Shingles {
    /// Letters and digits count; all between them is one blank.
    pub fn of(text: &str) -> Self {
        let folded = fold(text);
        let words = folded.split(|letter: char| !letter.is_alphanumeric());
        let joined = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let letters: Vec<char> = joined.chars().take(COMPARED).collect();
        let mut counts = HashMap::new();
        for run in letters.windows(4) {
            if let Ok(run) = <[char; 4]>::try_from(run) {
                *counts.entry(run).or_insert(0.0) += 1.0;
            }
        }
        Self(counts)
    }

    /// From 0 (nothing in common) to 1 (the same).
    pub fn likeness(&self, other: &Self) -> f64 {
        let (small, large) =
            if self.0.len() < other.0.len() { (self, other) } else { (other, self) };
        let common: f64 =
            small.0.iter().map(|(run, count)| count * large.0.get(run).unwrap_or(&0.0)).sum();
        let length = self.length() * other.length();
        if length > 0.0 { common / length } else { 0.0 }
    }

    fn length(&self) -> f64 {
        self.0.values().map(|count| count * count).sum::<f64>().sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f64 {
        Shingles::of(one).likeness(&Shingles::of(other))
    }

    #[test]
    fn two_answers_to_the_same_question_are_alike_and_others_are_not() {
        let one = "The library is open on weekdays from 10 to 18, and on Saturdays from 10 to 14.";
        let edited =
            "The library is open on weekdays from 10 to 19 and on Saturdays from 10 to 14!";
        let other = "Bulky waste is taken to the recycling station without any charge.";
        assert!(likeness(one, one) > 0.999);
        assert!(likeness(one, edited) > ALIKE);
        assert!(likeness(one, other) < 0.3);
    }

    #[test]
    fn nothing_is_like_an_empty_text() {
        assert!(likeness("", "") < f64::EPSILON);
        assert!(likeness("abc", "abc") < f64::EPSILON, "too short to tell");
    }
}
