//! Learning from many mails at once, and where to draw the borders.

use super::bytes::Head;
use super::delta::Delta;
use super::fit::{Lesson, fit};
use super::gather::Place;
use super::seed::Seed;
use super::table::Table;
use super::weigh::{self, ChiSquare, Feature, Trust, View};

/// Of ten thousand letters, so many may be lost to the spam folder where nobody says otherwise: 0.1 %.
pub const USUAL_LOSS: u32 = 10;
/// Of ten thousand letters, so many may carry the badge "perhaps spam".
const BADGED: u32 = 100;
/// What speaks for spam less than this is nothing: where all letters were alike, another kind of letter would stand out.
const LEAST_EVIDENCE: f32 = 0.5;
/// Every mail is judged once by what the others taught.
const PARTS: u64 = 5;
/// How much the second judge, who only counts, may add to the first, from nothing on.
const SHARES: [f32; 5] = [0.0, 0.02, 0.05, 0.1, 0.2];
/// How much of the evidence may be what a mail says; half of the rest is the whole of it, half its header. The first is
/// what served a public corpus best.
const MIXES: [f32; 5] = [0.2, 0.0, 0.5, 0.75, 1.0];
/// The same where few mails are known: what they say is known from the seed, what they went through is not.
const MIXES_OF_FEW: [f32; 6] = [0.9, 1.0, 0.75, 0.5, 0.2, 0.0];
/// Fewer mails than this are few.
const FEW: usize = 1_000;
/// The border is drawn so many standard errors further out than the known letters let expect.
const CAREFUL: f32 = 1.0;
/// So many wrong pairs of a hundred are clearly fewer than a hundred.
const CLEARLY: u64 = 85;

/// One mail whose kind is known, to learn from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Example {
    pub(crate) features: Vec<Feature>,
    pub(crate) is_spam: bool,
}

impl Example {
    pub(crate) fn lesson(&self, before: f32) -> Lesson<'_> {
        Lesson { features: &self.features, is_spam: self.is_spam, before }
    }
}

/// Learns a delta beside `seed` from all examples, and draws its borders by judging each with what the others taught.
pub(crate) fn train(seed: &Seed, examples: &[Example], most_lost: u32) -> Delta {
    let lessons: Vec<Lesson<'_>> =
        examples.iter().map(|example| example.lesson(seed.evidence(&example.features))).collect();
    let opinions = opinions_of_others(&lessons);
    let (mix, share) = best(&opinions, &lessons);
    let evidence: Vec<f32> = opinions.iter().map(|opinion| opinion.evidence(mix, share)).collect();
    let (perhaps, surely) = borders(&evidence, &lessons, most_lost);
    let learnt = Learnt::from(&lessons);
    let head = Head {
        seed: seed.hash,
        letters: learnt.letters,
        spam: learnt.spam,
        whole: learnt.whole,
        content: learnt.content,
        header: learnt.header,
        mix,
        share,
        perhaps,
        surely,
    };
    Delta::of(head, learnt.table)
}

fn count(lessons: &[Lesson<'_>], is_spam: bool) -> u32 {
    let count = lessons.iter().filter(|lesson| lesson.is_spam == is_spam).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Above this, a seed calls a mail perhaps spam.
pub(crate) fn seed_border(lessons: &[Lesson<'_>]) -> f32 {
    let mut evidence = vec![0.0; lessons.len()];
    for part in 0..PARTS {
        let fitted = fit(&others(lessons, part), View::Content);
        let table = fitted.table();
        for (lesson, evidence) in lessons.iter().zip(&mut evidence) {
            if part_of(lesson) == part {
                *evidence = fitted.common + weigh::sum(&table, lesson.features, View::Content);
            }
        }
    }
    borders(&evidence, lessons, USUAL_LOSS).0
}

/// What the judges say of each mail, having learnt from the others only. Mails that are nearly the same are in one part.
fn opinions_of_others(lessons: &[Lesson<'_>]) -> Vec<Opinion> {
    let mut opinions = vec![Opinion::default(); lessons.len()];
    for part in 0..PARTS {
        let learnt = Learnt::from(&others(lessons, part));
        for (lesson, opinion) in lessons.iter().zip(&mut opinions) {
            if part_of(lesson) == part {
                *opinion = learnt.opinion(lesson);
            }
        }
    }
    opinions
}

fn others<'a>(lessons: &[Lesson<'a>], part: u64) -> Vec<Lesson<'a>> {
    lessons.iter().filter(|lesson| part_of(lesson) != part).copied().collect()
}

/// By the least hash of its words, which mails that share most of them share too (Broder's min-wise hashing).
fn part_of(lesson: &Lesson<'_>) -> u64 {
    let words = lesson.features.iter().filter(|feature| feature.place == Place::Body);
    let least = words.map(|feature| feature.hash).min();
    least.unwrap_or_else(|| lesson.features.iter().map(|f| f.hash).min().unwrap_or(0)) / 2 % PARTS
}

/// What was learnt from some lessons.
struct Learnt {
    table: Table,
    whole: f32,
    content: f32,
    header: f32,
    letters: u32,
    spam: u32,
}

impl Learnt {
    /// Whole and header are learnt from nothing, what a mail says beside what the seed makes of it.
    fn from(lessons: &[Lesson<'_>]) -> Learnt {
        let alone: Vec<Lesson<'_>> =
            lessons.iter().map(|lesson| Lesson { before: 0.0, ..*lesson }).collect();
        let (whole, content) = (fit(&alone, View::Whole), fit(lessons, View::Content));
        let header = fit(&alone, View::Header);
        let mut table = whole.table();
        header.add_to(&mut table);
        content.add_to(&mut table);
        Learnt {
            table,
            whole: whole.common,
            content: content.common,
            header: header.common,
            letters: count(lessons, false),
            spam: count(lessons, true),
        }
    }

    fn opinion(&self, lesson: &Lesson<'_>) -> Opinion {
        let features = lesson.features;
        let mut counts = ChiSquare::of(self.letters, self.spam);
        let mut known_of_it = 0.0;
        let (scale, length) = (View::Whole.scale(), weigh::length(features, View::Whole));
        for feature in features {
            let Some(known) = self.table.get(feature.hash) else { continue };
            known_of_it += (scale[feature.place as usize] / length).powi(2);
            if let Some(counts) = counts.as_mut().filter(|_| feature.place.is_counted()) {
                counts.add(known);
            }
        }
        let content = self.content + weigh::sum(&self.table, features, View::Content);
        Opinion {
            shipped: lesson.before,
            whole: self.whole + weigh::sum(&self.table, features, View::Whole),
            content,
            header: self.header + weigh::sum(&self.table, features, View::Header),
            counts: counts.map_or(0.0, |counts| counts.evidence()),
            trust: Trust::of(known_of_it),
        }
    }
}

/// What is to be said of a mail.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Opinion {
    /// By everything seen.
    pub(crate) whole: f32,
    /// By the seed.
    pub(crate) shipped: f32,
    /// By what it says and how it is made, beside the seed.
    pub(crate) content: f32,
    /// By its header.
    pub(crate) header: f32,
    /// By counting.
    pub(crate) counts: f32,
    /// How far those are heard who see it whole or by its header.
    pub(crate) trust: Trust,
}

impl Opinion {
    /// All together.
    pub(crate) fn evidence(&self, mix: f32, share: f32) -> f32 {
        let others = (1.0 - mix) * self.trust.whole;
        let content = self.shipped + self.trust.content * self.content;
        let whole = f32::midpoint(self.whole, self.header);
        (1.0 - others) * content + others * whole + share * self.counts
    }
}

/// Mix and share with which fewest pairs of a letter and a spam stand the wrong way round. Pairs are few where the judge is
/// good, so what comes later must be clearly better than what came before.
fn best(opinions: &[Opinion], lessons: &[Lesson<'_>]) -> (f32, f32) {
    let mixes: &[f32] = if lessons.len() < FEW { &MIXES_OF_FEW } else { &MIXES };
    let mut best = (u64::MAX / 100, (0.0, 0.0));
    for &mix in mixes {
        for share in SHARES {
            let evidence: Vec<f32> =
                opinions.iter().map(|opinion| opinion.evidence(mix, share)).collect();
            let wrong = wrong_pairs(&evidence, lessons);
            if wrong.saturating_mul(100) < best.0.saturating_mul(CLEARLY) {
                best = (wrong, (mix, share));
            }
        }
    }
    best.1
}

fn wrong_pairs(evidence: &[f32], lessons: &[Lesson<'_>]) -> u64 {
    let mut order: Vec<(f32, bool)> = evidence
        .iter()
        .zip(lessons)
        .map(|(evidence, lesson)| (*evidence, lesson.is_spam))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let (mut spam_below, mut wrong) = (0, 0);
    for (_, is_spam) in order {
        if is_spam {
            spam_below += 1;
        } else {
            wrong += spam_below;
        }
    }
    wrong
}

/// From where on a mail is perhaps spam, and from where on it is spam: above all letters but those that may be lost, and
/// beyond that by half of how far letters lie apart, since the next letter may lie a little further out than any before;
/// and above where the next of many letters would lie ([`tail`]).
fn borders(evidence: &[f32], lessons: &[Lesson<'_>], most_lost: u32) -> (f32, f32) {
    let with = evidence.iter().zip(lessons);
    let mut letters: Vec<f32> =
        with.filter(|(_, lesson)| !lesson.is_spam).map(|(evidence, _)| *evidence).collect();
    letters.sort_by(f32::total_cmp);
    if letters.len() < 20 {
        return (LEAST_EVIDENCE, f32::INFINITY);
    }
    let outermost = |most: u32| {
        let beyond = letters.len() * most.min(BADGED) as usize / 10_000;
        letters[letters.len() - 1 - beyond]
    };
    let (perhaps, lost) = (outermost(BADGED), outermost(most_lost));
    let room = (lost - perhaps).max(0.25) * 0.5;
    let perhaps = perhaps.max(LEAST_EVIDENCE);
    let surely = f32::max(lost + room, tail(&letters, most_lost));
    (perhaps, surely.max(perhaps))
}

/// Above which evidence a letter lies as seldom as `most_lost` in ten thousand, judged by how the outermost of `letters`,
/// which are in order, thin out: exponentially, as the tails of sums do. The fewer these are, the less is known of that,
/// and the further we stay away.
fn tail(letters: &[f32], most_lost: u32) -> f32 {
    let outermost = letters.len().isqrt();
    let (inner, outer) = letters.split_at(letters.len() - outermost);
    let from = inner.last().copied().unwrap_or_default();
    let count = outermost as f32;
    let beyond = outer.iter().map(|evidence| evidence - from).sum::<f32>() / count;
    let may_be_lost = letters.len() as f32 * most_lost.max(1) as f32 / 10_000.0;
    let reach = (count / may_be_lost).ln().max(0.0);
    from + beyond * reach * (1.0 + CAREFUL / count.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters whose evidence thins out by a factor of e from one whole number to the next.
    fn border_of(letters: usize) -> f32 {
        let evidence: Vec<f32> =
            (0..letters).map(|number| (letters as f32 / (number as f32 + 0.5)).ln()).collect();
        let lessons = vec![Lesson { features: &[], is_spam: false, before: 0.0 }; letters];
        borders(&evidence, &lessons, USUAL_LOSS).1
    }

    #[test]
    fn of_few_letters_the_border_keeps_further_away() {
        let one_in_a_thousand = 1_000.0_f32.ln();
        for letters in [50, 150, 1_000, 10_000] {
            assert!(border_of(letters) >= one_in_a_thousand, "{letters}: {}", border_of(letters));
        }
        assert!(border_of(150) > border_of(10_000), "{}", border_of(10_000));
        assert!(border_of(10_000) < one_in_a_thousand + 2.0, "{}", border_of(10_000));
    }
}
