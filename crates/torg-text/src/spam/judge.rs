//! The judge: reads a mail, weighs what it saw, and says what it thinks and why.

use super::delta::{Delta, Weighed};
use super::extract::Reader;
use super::mail::{Circumstances, Mail};
use super::others;
use super::reasons::{self, Reason};
use super::seed::Seed;
use super::train::Example;
use super::weigh::Feature;

/// Where a mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A letter.
    Inbox,
    /// Nothing is known that would tell: treated as a letter.
    Unsure,
    /// A letter with a badge.
    Perhaps,
    /// Into the spam folder.
    Spam,
}

impl Verdict {
    /// As commands say it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Inbox => "inbox",
            Verdict::Unsure => "unsure",
            Verdict::Perhaps => "perhaps",
            Verdict::Spam => "spam",
        }
    }
}

/// What the judge says of a mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// 0 to 1, rising with spam; a half is where "perhaps" begins. Of one delta, scores can be compared.
    pub score: f64,
    /// Where it goes.
    pub verdict: Verdict,
    /// The strongest first, those that speak for the verdict before those that speak against it.
    pub reasons: Vec<Reason>,
}

/// Less of a mail than this known, and nothing can be said.
const LITTLE: f32 = 0.05;
/// A judge that was taught nothing keeps near the middle.
const TIMID: f64 = 0.1;

/// Reads and judges mails one after the other. Give every thread its own: it keeps its room from mail to mail.
#[derive(Debug, Clone, Default)]
pub struct Judge {
    reader: Reader,
    example: Example,
    shares: Vec<f32>,
}

impl Judge {
    /// Judges a mail by the seed and what was learnt beside it.
    pub fn judge(
        &mut self,
        seed: &Seed,
        delta: &Delta,
        mail: &Mail<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Judgement {
        self.read(mail, circumstances, false);
        let mut weighed = delta.weigh(seed, &self.example, &mut self.shares);
        others::heed(&self.reader.gathered, delta, &mut weighed, &mut self.shares);
        others::lift(&self.reader.gathered, delta, &mut weighed, &mut self.shares);
        let is_known = circumstances.known_conversation || circumstances.answered_sender;
        let verdict = verdict(&weighed, is_known);
        let reasons = reasons::reasons(&self.reader.gathered, &mut self.shares, verdict);
        Judgement { score: score(&weighed), verdict, reasons }
    }

    /// What there is to learn from a mail, for [`Delta::learn`] and [`Delta::train`].
    pub fn example(
        &mut self,
        mail: &Mail<'_>,
        circumstances: &Circumstances<'_>,
        is_spam: bool,
    ) -> Example {
        self.read(mail, circumstances, is_spam);
        self.example.clone()
    }

    fn read(&mut self, mail: &Mail<'_>, circumstances: &Circumstances<'_>, is_spam: bool) {
        self.reader.read(mail, circumstances);
        self.example.is_spam = is_spam;
        self.example.features.clear();
        self.example.features.extend(self.reader.gathered.items().iter().map(Feature::from));
    }
}

/// A judge that has learnt nothing here never fills the spam folder, and whom we write with is never taken for a stranger.
fn verdict(weighed: &Weighed, is_known: bool) -> Verdict {
    if weighed.evidence >= weighed.surely && !is_known {
        Verdict::Spam
    } else if (weighed.is_disowned || weighed.is_oddly_made) && !is_known {
        Verdict::Perhaps
    } else if weighed.known < LITTLE {
        Verdict::Unsure
    } else if weighed.evidence >= weighed.perhaps && !is_known {
        Verdict::Perhaps
    } else if weighed.is_taught || is_known {
        Verdict::Inbox
    } else {
        Verdict::Unsure
    }
}

/// Evidence above "perhaps", squeezed between nought and one without ever reaching either.
fn score(weighed: &Weighed) -> f64 {
    let above = f64::from(weighed.evidence) - f64::from(weighed.perhaps);
    let above = if weighed.is_taught { above } else { above * TIMID };
    let score = 0.5 + 0.5 * above / (1.0 + above.abs());
    if weighed.is_disowned { score.max(0.5) } else { score }
}
