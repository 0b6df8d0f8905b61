//! How alike titles and bodies of answers and topics are, one language after the other, so that no
//! more than the topics of one language lie in memory.

use std::collections::HashMap;

use crate::Tongue;
use crate::answers::AnswerText;
use crate::answers::cases::unit;
use crate::answers::index::rarity;
use crate::answers::terms::{Bag, Key, Kind, Terms};

/// For each of `theirs` and each of `own` the mean over the languages both have of how alike titles
/// and bodies are; 0 if they share none.
pub(super) fn of(terms: &Terms, own: &[&[AnswerText]], theirs: &[&[AnswerText]]) -> Vec<Vec<f32>> {
    let spread = Spread::of(terms, &[own, theirs].concat());
    let mut sums = vec![vec![(0.0, 0.0f32); own.len()]; theirs.len()];
    for tongue in Tongue::ALL {
        let topics = Topics::of(terms, &spread, theirs, tongue);
        for (at, text) in
            own.iter().enumerate().filter_map(|(at, all)| Some((at, in_tongue(all, tongue)?)))
        {
            for (topic, likeness) in topics.likeness(terms, &spread, text) {
                if let Some(sum) = sums.get_mut(topic).and_then(|of| of.get_mut(at)) {
                    *sum = (sum.0 + likeness, sum.1 + 1.0);
                }
            }
        }
    }
    sums.into_iter()
        .map(|of| of.into_iter().map(|(sum, count)| sum / count.max(1.0)).collect())
        .collect()
}

fn in_tongue(texts: &[AnswerText], tongue: Tongue) -> Option<&AnswerText> {
    texts.iter().find(|text| text.tongue == tongue && !text.body.is_empty())
}

/// How many have each term in title or body.
struct Spread {
    counts: HashMap<Key, u16>,
    all: usize,
}

impl Spread {
    fn of(terms: &Terms, all: &[&[AnswerText]]) -> Self {
        let mut counts: HashMap<Key, u16> = HashMap::new();
        for texts in all {
            let mut keys: Vec<Key> = Vec::new();
            for text in *texts {
                for part in [&text.title, &text.body] {
                    let bag = terms.counted(part, text.tongue);
                    keys.extend(Kind::ALL.into_iter().flat_map(|kind| bag.keys(kind)));
                }
            }
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let count = counts.entry(key).or_default();
                *count = count.saturating_add(1);
            }
        }
        Self { counts, all: all.len() }
    }

    /// The terms of a text by rarity, each kind as heavy as the others, together of length 1.
    fn portrait(&self, bag: &Bag) -> Vec<(Key, f32)> {
        let weighed = |&(key, count): &(Key, f32)| {
            let having = self.counts.get(&key).copied().unwrap_or_default();
            (key, count.sqrt() * rarity(usize::from(having), self.all))
        };
        let kinds = Kind::ALL.into_iter();
        unit(kinds.flat_map(|kind| unit(bag.of(kind).iter().map(weighed).collect())).collect())
    }
}

/// The titles and the bodies of all topics in one language.
struct Topics {
    /// Which have a text.
    there: Vec<usize>,
    /// By term: the topic and what it weighs there.
    titles: Vec<(Key, u16, f32)>,
    bodies: Vec<(Key, u16, f32)>,
}

impl Topics {
    fn of(terms: &Terms, spread: &Spread, theirs: &[&[AnswerText]], tongue: Tongue) -> Self {
        let mut topics = Self { there: Vec::new(), titles: Vec::new(), bodies: Vec::new() };
        for (topic, texts) in (0u16..).zip(theirs) {
            let Some(text) = in_tongue(texts, tongue) else { continue };
            topics.there.push(usize::from(topic));
            for (part, all) in [(&text.title, &mut topics.titles), (&text.body, &mut topics.bodies)]
            {
                let portrait = spread.portrait(&terms.counted(part, tongue));
                all.extend(portrait.into_iter().map(|(key, weight)| (key, topic, weight)));
            }
        }
        topics.titles.sort_unstable_by_key(|term| (term.0, term.1));
        topics.bodies.sort_unstable_by_key(|term| (term.0, term.1));
        topics
    }

    /// How alike each topic is to a text.
    fn likeness(&self, terms: &Terms, spread: &Spread, text: &AnswerText) -> Vec<(usize, f32)> {
        let most = self.there.last().map_or(0, |last| last + 1);
        let mut sums = vec![0.0; most];
        for (part, postings) in [(&text.title, &self.titles), (&text.body, &self.bodies)] {
            for (key, weight) in spread.portrait(&terms.counted(part, text.tongue)) {
                let begin = postings.partition_point(|posting| posting.0 < key);
                let same = postings.iter().skip(begin).take_while(|posting| posting.0 == key);
                for &(_, topic, other) in same {
                    let sum = sums.get_mut(usize::from(topic));
                    sum.into_iter().for_each(|sum| *sum += weight * other / 2.0);
                }
            }
        }
        let of_topic = |topic: &usize| (*topic, sums.get(*topic).copied().unwrap_or_default());
        self.there.iter().map(of_topic).collect()
    }
}
