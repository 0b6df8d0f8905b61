//! What a letter asks: its own sentences, each with how much it weighs.
//!
//! Quoted history, greeting, signature and disclaimer say nothing about the matter. Of the rest the
//! asking sentence weighs most, and what stands right before it nearly as much, because the asking
//! sentence is often all pronouns ("when will you come and fix it?"). Nothing is thrown away: in a
//! letter where no sentence asks, all weigh the same.

mod phrases;
mod thanks;

pub(crate) use phrases::{closing_words, end_of_letter, is_closing as closes};
pub use thanks::is_only_thanks;

use super::Letter;
use crate::letter;

/// The sentences of one letter.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Request {
    /// Each sentence with its weight, from 0 to 1.
    pub(super) sentences: Vec<(String, f32)>,
    /// How many sentences ask by a question mark or a question's opening.
    pub(super) questions: usize,
    /// Words in the citizen's own text, greeting and closing left out.
    pub(super) words: usize,
}

/// More is not read: what a letter wants stands at its beginning.
const MOST_SENTENCES: usize = 60;
const MOST_CHARACTERS: usize = 12_000;
const ASKING: f32 = 1.0;
const BEFORE_ASKING: f32 = 0.7;
const OTHER: f32 = 0.35;
pub(super) const CHAT: f32 = 0.1;
const SHORTEST_BEFORE_CHAT: usize = 2;

/// Reads a letter.
pub(super) fn request(letter: &Letter) -> Request {
    let own = own_text(&letter.text);
    let sentences: Vec<String> = sentences(&own).into_iter().flat_map(parted).collect();
    let words = sentences.iter().map(|sentence| sentence.split_whitespace().count()).sum();
    let points: Vec<i32> = sentences.iter().map(|sentence| phrases::points(sentence)).collect();
    let mut weighed = weighed(&sentences, &points);
    if let Some(subject) = phrases::telling_subject(&letter.subject) {
        weighed.insert(0, (subject, ASKING));
    }
    let questions = sentences.iter().filter(|sentence| phrases::is_question(sentence)).count();
    Request { sentences: weighed, questions, words }
}

fn weighed(sentences: &[String], points: &[i32]) -> Vec<(String, f32)> {
    let asks = |at: usize| points.get(at).is_some_and(|points| *points >= phrases::ASKS);
    let someone_asks = (0..sentences.len()).any(asks);
    let weight = |at: usize| match points.get(at) {
        _ if asks(at) => ASKING,
        Some(points) if *points < 0 => CHAT,
        _ if !someone_asks => ASKING,
        _ if asks(at + 1) => BEFORE_ASKING,
        _ => OTHER,
    };
    let all = sentences.iter().enumerate().map(|(at, sentence)| (sentence.clone(), weight(at)));
    let all: Vec<(String, f32)> = all.collect();
    // A letter of nothing but thanks is read as it stands.
    let is_all_chat = all.iter().all(|(_, weight)| *weight <= CHAT);
    if is_all_chat { all.into_iter().map(|(text, _)| (text, ASKING)).collect() } else { all }
}

/// The letter without history, greeting, closing, signature and disclaimer; all of it if nothing
/// would be left.
fn own_text(text: &str) -> String {
    let text: String = text.chars().take(MOST_CHARACTERS).collect();
    let new = letter::split(&text).new_text();
    let new = if new.trim().is_empty() { text } else { new };
    let lines: Vec<&str> = new.lines().map(str::trim).collect();
    let end = end_of_letter(&lines);
    let body = lines.get(..end).unwrap_or_default();
    let own = body.iter().filter(|line| !phrases::is_contact_line(line));
    let own: Vec<&str> = own.copied().collect();
    let own = phrases::without_greeting(&own.join("\n"));
    if own.split_whitespace().next().is_none() { new } else { own }
}

/// Parts text where sentences end. A single line break ends one unless the line is long (then a
/// program broke it) and the next goes on in small letters.
fn sentences(text: &str) -> Vec<String> {
    let (mut sentences, mut current) = (Vec::new(), String::new());
    let characters: Vec<char> = text.chars().collect();
    let mut line_length = 0;
    for (at, &c) in characters.iter().enumerate() {
        let next = characters.get(at + 1).copied();
        line_length = if c == '\n' { 0 } else { line_length + 1 };
        let ends = match c {
            '\n' => !is_soft_break(&current, next),
            '!' | '?' | '…' => true,
            '.' => next.is_none_or(char::is_whitespace) && !phrases::ends_short(&current),
            _ => false,
        };
        current.push(if c == '\n' { ' ' } else { c });
        if ends {
            push(&mut sentences, &mut current);
        }
    }
    push(&mut sentences, &mut current);
    sentences.truncate(MOST_SENTENCES);
    sentences
}

/// A sentence and the chat after it, where no full stop stands between them but a capital letter.
fn parted(sentence: String) -> Vec<String> {
    let is_chat = |text: &str| phrases::points(text) < 0;
    let starts = sentence.match_indices(' ').map(|(at, _)| at + 1);
    let capital = |at: &usize| {
        let next = sentence.get(*at..).and_then(|rest| rest.chars().next());
        next.is_some_and(char::is_uppercase)
    };
    let chat = |at: &usize| sentence.get(*at..).is_some_and(is_chat);
    let parts = starts.filter(capital).rfind(chat).map(|at| sentence.split_at(at));
    match parts.filter(|(before, _)| before.split_whitespace().count() >= SHORTEST_BEFORE_CHAT) {
        Some((before, chat)) => vec![before.trim_end().to_owned(), chat.to_owned()],
        None => vec![sentence],
    }
}

fn is_soft_break(current: &str, next: Option<char>) -> bool {
    const SHORTEST_BROKEN_LINE: usize = 45;
    current.chars().count() >= SHORTEST_BROKEN_LINE
        && next.is_some_and(|next| next.is_alphanumeric() && !next.is_uppercase())
}

/// "??" and ")" belong to the sentence before and make none of their own.
fn push(sentences: &mut Vec<String>, current: &mut String) {
    let sentence = std::mem::take(current);
    let trimmed = sentence.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        sentences.push(trimmed.to_owned());
    } else if let Some(last) = sentences.last_mut() {
        last.push_str(trimmed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Request {
        request(&Letter { subject: String::new(), text: text.to_owned() })
    }

    #[test]
    fn greeting_closing_and_signature_are_no_part_of_the_request() {
        let request = read(
            "Hej kommunen\n\nHvornår henter I papiret?\n\nMed venlig hilsen\nBo Lund\nTlf. 12 34 56 78\nBiblioteksvej 4",
        );
        assert_eq!(request.sentences, [("Hvornår henter I papiret?".to_owned(), 1.0)]);
        assert_eq!((request.questions, request.words), (1, 4));
    }

    #[test]
    fn what_stands_before_the_question_weighs_more_than_the_rest() {
        let request =
            read("Vi har bodd her i tjue år. Søppelkassen vår er sprukket. Kan vi få en ny?");
        let weights: Vec<f32> = request.sentences.iter().map(|sentence| sentence.1).collect();
        assert_eq!(weights, [OTHER, BEFORE_ASKING, ASKING]);
    }

    #[test]
    fn thanks_weigh_next_to_nothing_beside_a_question() {
        let request = read("Tack för senast! När öppnar simhallen?");
        let weights: Vec<f32> = request.sentences.iter().map(|sentence| sentence.1).collect();
        assert_eq!(weights, [CHAT, ASKING]);
    }

    #[test]
    fn a_letter_of_thanks_alone_is_read_as_it_stands() {
        assert_eq!(read("takk for hjelpen!").sentences, [("takk for hjelpen!".to_owned(), 1.0)]);
        assert_eq!(read("hej").sentences, [("hej".to_owned(), 1.0)]);
    }

    #[test]
    fn chat_without_a_full_stop_before_it_hides_no_request() {
        let request = read("Vatnet er vekke i heile grenda Ser fram til å høyre frå dykk.");
        let expected = ["Vatnet er vekke i heile grenda", "Ser fram til å høyre frå dykk."];
        let (texts, weights): (Vec<String>, Vec<f32>) = request.sentences.into_iter().unzip();
        assert_eq!((texts, weights), (expected.map(str::to_owned).to_vec(), vec![ASKING, CHAT]));
    }

    #[test]
    fn a_short_form_ends_no_sentence() {
        assert_eq!(read("Vi bor i nr. 14 på bakken").sentences.len(), 1);
        assert_eq!(read("Can you come at 10.30 tomorrow").sentences.len(), 1);
    }

    #[test]
    fn a_line_that_a_program_broke_is_one_sentence() {
        let request = read(
            "I would like to know when you are going to empty the bin\nthat stands behind our house.",
        );
        assert_eq!(request.sentences.len(), 1);
    }

    #[test]
    fn a_subject_that_tells_nothing_is_left_out() {
        let with = |subject: &str| {
            request(&Letter { subject: subject.to_owned(), text: "Den virker ikke.".to_owned() })
                .sentences
                .len()
        };
        assert_eq!(with("SV: Re: Gadelampe"), 2);
        assert_eq!(with("Spørgsmål"), 1);
        assert_eq!(with("Re: "), 1);
    }
}
