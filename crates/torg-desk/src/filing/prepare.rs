//! What can be found out about an arrival without the database: pure work, done side by side.

use torg_core::spam::{Findings, Judged};
use torg_core::{ArrivalId, Id, Kind, Language};
use torg_mail::{Letter, parse_with};
use torg_store::arrivals::Waiting;
use torg_text::answers::is_only_thanks;
use torg_text::letter::Part;
use torg_text::spam::Judge;
use torg_text::{Tongue, detect};

use super::index::words_of;
use crate::spam::Judging;

/// An arrival, read.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) arrival: Waiting,
    pub(super) letter: Letter,
    pub(super) kind: Kind,
    /// The Message-ID, or one made up for mail without.
    pub(super) mail_id: String,
    /// What was newly written.
    pub(super) body: String,
    /// What was quoted, and the signature, in the order they stood.
    pub(super) quoted: String,
    pub(super) language: Option<Language>,
    pub(super) snippet: String,
    /// The words it is found by.
    pub(super) words: Vec<String>,
    /// What the judge of spam says, who does not know the sender yet.
    pub(super) judged: Option<Judged>,
    /// What a mail server of ours says of the sender.
    pub(super) found: Option<Findings>,
    /// Whether others are asked about it once it is filed.
    pub(super) is_asked_about: bool,
}

impl Prepared {
    /// Whether its sender may get automatic mail (RFC 3834, 2): nothing out of an archive, nothing
    /// that asks for no answer, and no echo of ours.
    pub(super) fn takes_automatic_mail(&self) -> bool {
        let auto = &self.letter.auto;
        !self.arrival.silent && !auto.unwanted && auto.loops.is_empty()
    }

    /// Whether a human wrote it and says more than thanks.
    pub(super) fn needs_a_person(&self, writer: &str) -> bool {
        let has_files = self.letter.attachments.iter().any(|file| !file.inline);
        self.kind == Kind::Human && (has_files || !is_only_thanks(&self.body, writer))
    }

    /// When it came in, in microseconds; for mail from an archive, when it says it was written.
    pub(super) fn moment(&self) -> i64 {
        let written = self.letter.date.map(|date| date.as_microsecond());
        let received = self.arrival.received_at;
        match written {
            Some(written) if self.arrival.silent => written.clamp(0, received),
            _ => received,
        }
    }
}

/// Longer text than this is kept in the raw mail only, and said to be.
const MOST_TEXT: usize = 1_000_000;

/// Reads an arrival's bytes.
///
/// # Errors
/// Why they could not be read, for the quarantine.
pub(super) fn prepare(
    arrival: Waiting,
    raw: &[u8],
    judging: Option<&Judging>,
    judge: &mut Judge,
) -> Result<Prepared, String> {
    let envelope_from = Some(arrival.envelope_from.clone().unwrap_or_default());
    // An archive has no envelope; the mail's own Return-Path stands in for it.
    let envelope_from = if arrival.silent { None } else { envelope_from };
    let letter = parse_with(raw, envelope_from.as_deref()).map_err(|error| error.to_string())?;
    let text: String = letter.text.chars().take(MOST_TEXT).collect();
    let (body, quoted) = apart(&text);
    let kind = kind(&letter);
    let mail_id = letter.message_id.clone().unwrap_or_else(|| made_up_id(&letter, arrival.id));
    let language = language_of(&body);
    let snippet = snippet(&body);
    let words = words_of(&letter, &body, language);
    // What an archive brings in is not judged: nobody waits for it.
    let judging = judging.filter(|_| !arrival.silent);
    let found = judging.and_then(|judging| judging.asking.told(&arrival, raw));
    let judged = judging.and_then(|judging| judging.judge(judge, kind, raw, found.as_ref()));
    let is_judged = judging.filter(|_| judged.is_some());
    let is_asked_about = is_judged.is_some_and(|judging| judging.asking.asks_about(&arrival, raw));
    Ok(Prepared {
        arrival,
        letter,
        kind,
        mail_id,
        body,
        quoted,
        language,
        snippet,
        words,
        judged,
        found,
        is_asked_about,
    })
}

/// What was newly written, and the rest.
fn apart(text: &str) -> (String, String) {
    let split = torg_text::letter::split(text);
    let of = |wanted: fn(Part) -> bool| -> String {
        let pieces = split.pieces.iter().filter(|(part, _)| wanted(*part));
        pieces.map(|(_, text)| *text).collect::<Vec<_>>().concat()
    };
    let new = of(|part| part == Part::New);
    if new.trim().is_empty() {
        // Everything seems quoted: a forward, or an answer between the lines. Show all of it.
        return (text.trim().to_owned(), String::new());
    }
    (new.trim().to_owned(), of(|part| part != Part::New).trim().to_owned())
}

fn kind(letter: &Letter) -> Kind {
    match &letter.kind {
        torg_mail::Kind::Human => Kind::Human,
        torg_mail::Kind::Vacation => Kind::Vacation,
        torg_mail::Kind::Bounce(report) if report.is_bad_news() => Kind::Bounce,
        torg_mail::Kind::List => Kind::List,
        torg_mail::Kind::Bounce(_) | torg_mail::Kind::Automatic => Kind::Automatic,
    }
}

/// The same mail without Message-ID, delivered twice, gets the same one twice. Without a date too, as
/// machines send what they say again and again, nothing tells the same mail from the next one.
fn made_up_id(letter: &Letter, arrival: ArrivalId) -> String {
    let from = letter.from.as_ref().map_or("", |from| from.address.as_str());
    let date = letter.date.map_or(arrival.as_i64(), |date| date.as_microsecond());
    let hash = blake3::hash(format!("{from}\n{date}\n{}", letter.subject).as_bytes());
    format!("{}@no-message-id.invalid", hash.to_hex())
}

/// The language of a text, in one Torg speaks.
pub(crate) fn language_of(text: &str) -> Option<Language> {
    detect(text).map(|tongue| match tongue {
        Tongue::Da => Language::Da,
        Tongue::Nb => Language::Nb,
        Tongue::Nn => Language::Nn,
        Tongue::Sv => Language::Sv,
        Tongue::En => Language::En,
    })
}

/// The other way round.
pub(crate) fn tongue_of(language: Language) -> Tongue {
    match language {
        Language::Da => Tongue::Da,
        Language::Nb => Tongue::Nb,
        Language::Nn => Tongue::Nn,
        Language::Sv => Tongue::Sv,
        Language::En => Tongue::En,
    }
}

/// The beginning of a text on one line, for a list.
pub(crate) fn snippet(text: &str) -> String {
    const MOST: usize = 160;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() > MOST {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.is_empty() { text.trim().chars().take(MOST).collect() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_one_line_of_whole_words() {
        assert_eq!(snippet("Hi,\n\n  the lamp\tis out"), "Hi, the lamp is out");
        assert_eq!(snippet(&"å".repeat(500)).chars().count(), 160);
        assert!(snippet(&"word ".repeat(100)).ends_with("word"));
        assert_eq!(snippet(" \n "), "");
    }

    #[test]
    fn a_letter_that_is_all_quote_is_shown_whole() {
        assert_eq!(apart("> one\n> two\n").0, "> one\n> two");
        assert_eq!(apart("Yes!\n\n> one\n"), ("Yes!".to_owned(), "> one".to_owned()));
    }
}
