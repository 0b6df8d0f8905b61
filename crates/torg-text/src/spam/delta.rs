//! What a municipality's own mail taught, beside the seed.

use super::bytes::{self, Head, Refused};
use super::fit::{count, move_by, pull};
use super::seed::Seed;
use super::table::Table;
use super::train::{self, Example};
use super::weigh::{self, ChiSquare, Trust, View, length};

/// A click is taken to heart so many times at most, until the mail would be judged right.
const STEPS: usize = 4;
/// Before so many letters and so much spam were learnt, nothing goes to the spam folder.
const ENOUGH: u32 = 20;
/// Nor does a mail of which those who were taught see less than this that is like what they were taught.
const ALIKE: f32 = 0.8;

/// Weights and counts learnt from local mail. The same lessons in the same order give the same delta.
#[derive(Debug, Clone, Default)]
pub struct Delta {
    head: Head,
    table: Table,
}

/// Evidence, and where the borders are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed {
    pub(crate) evidence: f32,
    /// How much of the mail is known, 0 to 1.
    pub(crate) known: f32,
    /// How little the mail is like what was taught, 0 to 1.
    pub(crate) strange: f32,
    pub(crate) perhaps: f32,
    /// Infinite while the judge may not say so.
    pub(crate) surely: f32,
    /// Whether enough local mail was learnt.
    pub(crate) is_taught: bool,
    /// Its own domain disowns it.
    pub(crate) is_disowned: bool,
    /// Hardly any letter is made so.
    pub(crate) is_oddly_made: bool,
}

impl Delta {
    /// One that has learnt nothing.
    pub fn new(seed: &Seed) -> Delta {
        let head = Head {
            seed: seed.hash,
            mix: 1.0,
            perhaps: seed.perhaps,
            surely: f32::INFINITY,
            ..Head::default()
        };
        Delta { head, table: Table::default() }
    }

    /// Learns from many mails at once: weights by several rounds, and borders by judging each mail with what the others
    /// taught, such that at most `most_lost` letters of ten thousand would be lost (100 at most; [`super::USUAL_LOSS`]).
    pub fn train(seed: &Seed, examples: &[Example], most_lost: u32) -> Delta {
        train::train(seed, examples, most_lost)
    }

    pub(crate) fn of(head: Head, table: Table) -> Delta {
        Delta { head, table }
    }

    /// Letters and spam it learnt from.
    pub fn learnt(&self) -> (u32, u32) {
        (self.head.letters, self.head.spam)
    }

    /// Whether a feature was taught to stand in letters, more often than in spam.
    pub(crate) fn is_of_letters(&self, hash: u64) -> bool {
        self.table.get(hash).is_some_and(|known| known.ham > known.spam)
    }

    /// How many features it knows.
    pub fn features(&self) -> usize {
        self.table.len()
    }

    /// Reads what [`Delta::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Refused`] if the bytes are no delta, damaged, or belong to another seed.
    pub fn from_bytes(seed: &Seed, bytes: &[u8]) -> Result<Delta, Refused> {
        let (head, table) = bytes::read_delta(bytes)?;
        if head.seed != seed.hash {
            return Err(Refused::OtherSeed);
        }
        Ok(Delta { head, table })
    }

    /// At most 8 MB; the same delta gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write_delta(&self.head, &self.table)
    }

    /// Learns one mail whose kind somebody told.
    pub fn learn(&mut self, seed: &Seed, example: &Example) {
        let counted = if example.is_spam { &mut self.head.spam } else { &mut self.head.letters };
        *counted = counted.saturating_add(1);
        for feature in &example.features {
            self.table.change(feature.hash, |known| count(known, example.is_spam));
        }
        let shipped = seed.evidence(&example.features);
        for view in [View::Whole, View::Content, View::Header] {
            self.heed(view, example, if view == View::Content { shipped } else { 0.0 });
        }
        self.spare(seed, example);
    }

    /// Moves the weights of one view until it judges the mail right, or enough was done.
    fn heed(&mut self, view: View, example: &Example, before: f32) {
        let length = length(&example.features, view);
        let common = self.head.common(view);
        for _ in 0..STEPS {
            let evidence = before + common + weigh::sum(&self.table, &example.features, view);
            let Some(pull) = pull(evidence, example.is_spam) else { break };
            for feature in &example.features {
                let value = view.scale()[feature.place as usize] / length;
                if value > 0.0 {
                    self.table
                        .change(feature.hash, |known| move_by(view.of_mut(known), pull * value));
                }
            }
        }
    }

    /// A letter that lies in the spam folder moves the border above itself.
    fn spare(&mut self, seed: &Seed, example: &Example) {
        let evidence = self.weigh(seed, example, &mut Vec::new()).evidence;
        if !example.is_spam && evidence >= self.head.surely {
            self.head.surely = evidence + 0.25;
        }
    }

    /// Weighs a mail; `shares` becomes what each of its features adds, in their order.
    pub(crate) fn weigh(&self, seed: &Seed, example: &Example, shares: &mut Vec<f32>) -> Weighed {
        let features = &example.features;
        let views = [View::Whole, View::Content, View::Header];
        let [of_whole, of_content, of_header] = views.map(|view| length(features, view));
        let [whole_scale, content_scale, header_scale] = views.map(View::scale);
        let counted =
            (self.head.share > 0.0).then(|| ChiSquare::of(self.head.letters, self.head.spam));
        let mut counts = counted.flatten();
        let mix = self.head.mix;
        let (mut known_whole, mut known_content) = (0.0, 0.0);
        let mut of_learnt = Vec::with_capacity(features.len());
        shares.clear();
        let (to_all, here) = (seed.table.get_all(features), self.table.get_all(features));
        for ((feature, to_all), here) in features.iter().zip(to_all).zip(here) {
            let place = feature.place as usize;
            let whole = whole_scale[place] / of_whole;
            let content = content_scale[place] / of_content;
            let header = header_scale[place] / of_header;
            let (mut shipped, mut learnt, mut other) = (0.0, 0.0, 0.0);
            let mut is_known = false;
            if content > 0.0
                && let Some(known) = to_all
            {
                shipped = content * known.content;
                is_known = true;
            }
            if let Some(known) = here {
                learnt = content * known.content;
                other = (whole * known.whole + header * known.header) / 2.0;
                known_whole += whole * whole;
                is_known = true;
                if let Some(counts) = counts.as_mut().filter(|_| feature.place.is_counted()) {
                    counts.add(&known);
                }
            }
            known_content += if is_known { content * content } else { 0.0 };
            shares.push(shipped);
            of_learnt.push((learnt, other));
        }
        let trust = Trust::of(known_whole);
        let others = (1.0 - mix) * trust.whole;
        for (share, (learnt, other)) in shares.iter_mut().zip(of_learnt) {
            *share = (1.0 - others) * (*share + trust.content * learnt) + others * other;
        }
        let sum: f32 = shares.iter().sum();
        let common = (1.0 - others) * (seed.common + trust.content * self.head.content)
            + others * f32::midpoint(self.head.whole, self.head.header);
        let counted = counts.map_or(0.0, |counts| self.head.share * counts.evidence());
        let is_taught = self.head.letters >= ENOUGH && self.head.spam >= ENOUGH;
        Weighed {
            evidence: common + sum + counted,
            known: f32::max(known_whole, known_content),
            strange: 1.0 - trust.whole,
            perhaps: seed.perhaps + trust.content * (self.head.perhaps - seed.perhaps),
            surely: if is_taught && trust.whole >= ALIKE {
                self.head.surely
            } else {
                f32::INFINITY
            },
            is_taught,
            is_disowned: false,
            is_oddly_made: false,
        }
    }
}
