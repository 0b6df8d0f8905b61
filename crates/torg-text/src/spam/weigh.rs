//! How much each place of a mail weighs, and the two ways of adding up what was seen there.

use super::gather::{Item, PLACES, Place};
use super::table::{Known, Table, Told, Weight};

/// A feature without its text: what is learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Feature {
    pub(crate) hash: u64,
    pub(crate) place: Place,
}

impl From<&Item> for Feature {
    fn from(item: &Item) -> Feature {
        Feature { hash: item.hash, place: item.place }
    }
}

/// What of a mail is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// Everything, as whoever knows the mail of one house can.
    Whole,
    /// What it says and how it is made. What its authors' letters went through and who sent them says nothing about other
    /// towns' mail, so of headers and addresses nothing is seen but the signs.
    Content,
    /// What its header says and how it is made, as an opinion beside the others: where words are many, they drown it.
    Header,
}

impl View {
    /// How much a feature of each place counts, in the order of [`Place`]. Found by cross-validation.
    pub(crate) fn scale(self) -> &'static [f32; PLACES] {
        match self {
            View::Whole => &[
                1.0, 3.0, 0.75, 0.0, 0.25, 1.0, 1.5, 0.75, 2.0, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5,
                0.0, 0.0,
            ],
            View::Content => &[
                3.0, 2.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.5, 1.0, 0.0, 0.7, 0.0, 1.0, 0.5,
            ],
            View::Header => &[
                1.0, 3.0, 0.0, 0.0, 0.0, 0.0, 1.5, 0.75, 2.0, 0.0, 0.0, 0.25, 0.5, 0.5, 0.0, 0.0,
                0.0,
            ],
        }
    }

    pub(crate) fn of(self, told: &Told) -> f32 {
        match self {
            View::Whole => told.whole,
            View::Content => told.content,
            View::Header => told.header,
        }
    }

    pub(crate) fn of_mut(self, known: &mut Known) -> &mut Weight {
        match self {
            View::Whole => &mut known.whole,
            View::Content => &mut known.content,
            View::Header => &mut known.header,
        }
    }
}

/// What every value is divided by, so that a long mail weighs no more than a short one.
pub(crate) fn length(features: &[Feature], view: View) -> f32 {
    let scale = view.scale();
    let squares: f32 = features.iter().map(|feature| scale[feature.place as usize].powi(2)).sum();
    squares.sqrt().max(1e-6)
}

/// How far what was learnt here is to be heard of a mail, each 0 to 1: headers and hosts that were never met are no
/// evidence, and what is left of a mail like none that was taught is chance.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Trust {
    /// The judges who see the mail whole and by its header.
    pub(crate) whole: f32,
    /// What was learnt of what mails say, beside the seed.
    pub(crate) content: f32,
}

impl Trust {
    /// In a mail of which so much was met before, seen whole. Of one house's mail, held back, nine in ten lie above 0.8;
    /// of another's in other times and tongues, nine in ten below 0.6. Found by cross-validation.
    pub(crate) fn of(known: f32) -> Trust {
        let between = |none: f32, full: f32| ((known - none) / (full - none)).clamp(0.0, 1.0);
        Trust { whole: between(0.4, 0.7), content: between(0.35, 0.6) }
    }
}

/// The chance that a mail is spam, by the logistic function.
pub(crate) fn chance(evidence: f32) -> f32 {
    1.0 / (1.0 + (-evidence).exp())
}

/// Below this many letters, or this much spam, counts say nothing.
const FEW: u32 = 5;
/// How much a feature seen never is taken for neither (Robinson's s), and what counts as telling.
const DOUBT: f64 = 0.1;
const TELLING: f64 = 0.375;

/// Robinson's and Fisher's way: features that were seen nearly always on one side are taken for independent, and their
/// chances multiplied; both products are held against the chi-square distribution (by the cube root of Wilson and
/// Hilferty, which does not run out of digits).
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChiSquare {
    letters: f64,
    spam: f64,
    towards: f64,
    away: f64,
    count: f64,
}

impl ChiSquare {
    /// Over features that were counted in so many letters and so much spam. `None` where those are too few.
    pub(crate) fn of(letters: u32, spam: u32) -> Option<ChiSquare> {
        let enough = letters >= FEW && spam >= FEW;
        let (letters, spam) = (f64::from(letters), f64::from(spam));
        enough.then_some(ChiSquare { letters, spam, towards: 0.0, away: 0.0, count: 0.0 })
    }

    pub(crate) fn add(&mut self, told: &Told) {
        let (ham, bad) = (f64::from(told.ham), f64::from(told.spam));
        let (in_ham, in_spam) = (ham / self.letters, bad / self.spam);
        if ham + bad == 0.0 {
            return;
        }
        let plain = in_spam / (in_ham + in_spam);
        let chance = (DOUBT * 0.5 + (ham + bad) * plain) / (DOUBT + ham + bad);
        if (chance - 0.5).abs() >= TELLING {
            self.towards -= 2.0 * (1.0 - chance).ln();
            self.away -= 2.0 * chance.ln();
            self.count += 1.0;
        }
    }

    /// The difference of the two deviations: above nought for spam.
    pub(crate) fn evidence(&self) -> f32 {
        if self.count == 0.0 {
            return 0.0;
        }
        let degrees = 2.0 * self.count;
        let evidence = deviation(self.towards, degrees) - deviation(self.away, degrees);
        #[expect(clippy::cast_possible_truncation, reason = "a few digits are enough")]
        let evidence = evidence as f32;
        evidence
    }
}

/// How many standard deviations a chi-square value of so many degrees of freedom lies from its mean.
fn deviation(value: f64, degrees: f64) -> f64 {
    let spread = 2.0 / (9.0 * degrees);
    ((value / degrees).cbrt() - (1.0 - spread)) / spread.sqrt()
}

/// The weighted sum over features that are known.
pub(crate) fn sum(table: &Table, features: &[Feature], view: View) -> f32 {
    let length = length(features, view);
    let mut sum = 0.0;
    for feature in features {
        let value = view.scale()[feature.place as usize] / length;
        if value > 0.0
            && let Some(told) = table.get(feature.hash)
        {
            sum += view.of(told) * value;
        }
    }
    sum
}
