//! Whether the first suggestion is so sure that it may be sent without a person.
//!
//! Only with the sentence model, and never past a veto: those are rules that hold however sure the
//! ranking is. What else guards an automatic answer (that its owner allowed it, shadow mode, one a
//! day, the label) is not known here.

mod flags;

pub use flags::RedFlags;

use super::request::Request;

/// Why a letter must be answered by a person, however sure the ranking is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Veto {
    /// It holds words of the red flags; their kind, such as `damage`.
    RedFlag(String),
    /// It holds what looks like a national identity number.
    IdentityNumber,
    /// It asks several things.
    SeveralQuestions,
    /// It is longer than 120 words.
    TooLong,
    /// Its language is not known, or the answer is not there in it.
    OtherLanguage,
}

/// What the ranking knows of its own sureness.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Evidence {
    /// How far the first is before the second, in deviations summed over all evidence.
    pub(super) margin: f32,
    /// The share of voters that have the same first, from 0 to 1.
    pub(super) agreement: f32,
    /// How likely a person must answer, or a topic fits that no answer covers, from 0 to 1.
    pub(super) human: f32,
    /// How much nearer the nearest letters that needed a person are than the nearest questions of
    /// the first answer, as cosines.
    pub(super) nearer_human: f32,
}

const MOST_WORDS: usize = 120;

/// How sure it is that the first suggestion is right and enough, from 0 to 1: logistic regression
/// on letters of our own, rounded.
pub(super) fn sureness(evidence: &Evidence) -> f32 {
    let Evidence { margin, agreement, human, nearer_human } = *evidence;
    let odds = MARGIN * margin.min(MOST_MARGIN) + AGREEMENT * agreement
        - HUMAN * human
        - NEARER_HUMAN * nearer_human;
    1.0 / (1.0 + (-odds).exp())
}

const MARGIN: f32 = 0.1;
const AGREEMENT: f32 = 1.0;
const HUMAN: f32 = 2.5;
const NEARER_HUMAN: f32 = 4.5;
/// More than this says nothing more.
const MOST_MARGIN: f32 = 12.0;

/// From here on a letter would be answered: six in ten of the letters it was set on, with two of 202
/// wrong.
pub const SURE: f32 = 0.88;

/// All that forbids an automatic answer. `is_spoken` says whether the answer is there in the
/// letter's language.
pub(super) fn vetoes(
    request: &Request,
    text: &str,
    flags: &[String],
    is_spoken: bool,
) -> Vec<Veto> {
    let mut vetoes: Vec<Veto> = flags.iter().cloned().map(Veto::RedFlag).collect();
    let rules = [
        (holds_identity_number(text), Veto::IdentityNumber),
        (request.questions > 1, Veto::SeveralQuestions),
        (request.words > MOST_WORDS, Veto::TooLong),
        (!is_spoken, Veto::OtherLanguage),
    ];
    vetoes.extend(rules.into_iter().filter(|rule| rule.0).map(|rule| rule.1));
    vetoes
}

/// Danish (DDMMYY-NNNN), Norwegian (eleven digits) and Swedish (YYMMDD-NNNN, YYYYMMDD-NNNN) numbers,
/// with a hyphen, a plus, a space or nothing between the parts. Check digits are not asked: a
/// mistyped number is a number.
fn holds_identity_number(text: &str) -> bool {
    let parts: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+' | ' ')))
        .map(str::trim)
        .collect();
    parts.iter().any(|part| {
        let runs: Vec<usize> =
            part.split(['-', '+', ' ']).map(str::len).filter(|length| *length > 0).collect();
        runs.iter().any(|run| (10..=12).contains(run))
            || runs.windows(2).any(|pair| matches!(pair, [6, 4 | 5] | [8, 4]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_of_three_countries_are_seen_and_telephone_numbers_are_not() {
        for text in
            ["cpr 010190-1234", "01019012345", "010190 12345", "19900101-1234", "900101+1234"]
        {
            assert!(holds_identity_number(text), "{text}");
        }
        for text in ["tlf. 22 41 90 17", "gnr 41 bnr 203", "070-224 19 17", "1.250,50 kr", "2026"] {
            assert!(!holds_identity_number(text), "{text}");
        }
    }

    #[test]
    fn who_needs_a_person_is_less_sure_than_who_does_not() {
        let plain = Evidence { margin: 8.0, agreement: 1.0, ..Evidence::default() };
        assert!(sureness(&plain) > sureness(&Evidence { human: 0.5, ..plain }));
        assert!(sureness(&plain) > sureness(&Evidence { margin: 1.0, ..plain }));
        assert!(sureness(&plain) > sureness(&Evidence { agreement: 0.25, ..plain }));
    }
}
