//! `torg answers rank`: for each letter of a file the standard answers and departments that fit,
//! one JSON line a letter. Needs no municipality: everything is in the files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use torg_text::Tongue;
use torg_text::answers::{
    AnswerText, Choice, Department, Letter, Ranker, Reason, StandardAnswer, Suggestion,
    Suggestions, shipped,
};
use torg_text::e5::Model;

/// Standard answers.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Answers {
    /// Say which answers and departments fit letters, one JSON line a letter.
    Rank(Rank),
}

/// Flags of `torg answers rank`.
#[derive(Debug, clap::Args)]
pub(crate) struct Rank {
    /// The answers, one JSON list: `id`, `dept`, and `text` with title and body by language.
    #[arg(long)]
    answers: PathBuf,
    /// The letters, one JSON object a line: `id`, `text`, and perhaps `subject`; `-` is standard input.
    #[arg(long)]
    messages: PathBuf,
    /// Letters with what was chosen for them (`answer`, `dept`), the oldest first.
    #[arg(long)]
    history: Option<PathBuf>,
    /// The sentence model, as `torg model install` takes it. Without it nothing is automatic.
    #[arg(long)]
    model_asset: Option<PathBuf>,
}

/// Runs what was asked for.
pub(crate) fn run(asked: &Answers) -> anyhow::Result<ExitCode> {
    let Answers::Rank(rank) = asked;
    let (answers, mut failed) = written_answers(&rank.answers)?;
    let mut choices = Vec::new();
    if let Some(history) = &rank.history {
        failed += each_line(history, |at, line: Option<WrittenLetter>| {
            choices.extend(line.map(|line| line.choice(at)));
            Ok(())
        })?;
    }
    let mut ranker = Ranker::shipped(&answers, &departments(&choices));
    let model = rank.model_asset.as_deref().and_then(opened);
    if let Some((model, library)) = model.as_ref().zip(shipped().ok()) {
        ranker.understand(&answers, library, model);
    }
    let vector = |letter: &Letter| model.as_ref()?.embed(&Ranker::asked(letter)).ok();
    for choice in &choices {
        ranker.learn_with(choice, vector(&choice.letter).as_ref());
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    failed += each_line(&rank.messages, |at, line: Option<WrittenLetter>| {
        // What cannot be read has a line, too: nothing fits it.
        let (id, suggestions) = match line {
            Some(line) => {
                let (id, letter) = (line.id.clone(), line.letter());
                (id, ranker.suggest_with(&letter, vector(&letter).as_ref()))
            }
            None => (Value::Null, Suggestions::default()),
        };
        let id = if id.is_null() { json!(at) } else { id };
        Ok(writeln!(out, "{}", ranked(&id, &suggestions))?)
    })?;
    out.flush()?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The answers of a file: one JSON list, or one JSON object a line. One without an id cannot be
/// told and is left out; it is named on standard error, and so is one without a text. Also how many
/// were left out.
fn written_answers(path: &Path) -> anyhow::Result<(Vec<StandardAnswer>, usize)> {
    let reading = || format!("reading {}", path.display());
    let text = std::fs::read(path).with_context(reading)?;
    let text = String::from_utf8_lossy(&text);
    let text = text.trim_start_matches(BOM);
    let written: Vec<(String, WrittenAnswer)> = match text.trim_start().starts_with('{') {
        true => {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
            let read = |(at, line)| {
                let place = format!("line {at}");
                let answer = serde_json::from_str(line);
                let answer = answer.with_context(|| format!("{}, {place}", path.display()))?;
                Ok::<_, anyhow::Error>((place, answer))
            };
            lines.map(read).collect::<Result<_, _>>()?
        }
        false => {
            let list: Vec<WrittenAnswer> = serde_json::from_str(text).with_context(reading)?;
            (1..).zip(list).map(|(at, answer)| (format!("answer {at}"), answer)).collect()
        }
    };
    let (mut answers, mut failed) = (Vec::new(), 0);
    for (place, answer) in written {
        let told = |what: &str| super::say(&format!("{}, {place}: {what}", path.display()));
        if answer.id.as_deref().is_none_or(|id| id.trim().is_empty()) {
            told("`id` is missing; it is left out");
            failed += 1;
            continue;
        }
        let answer = StandardAnswer::from(answer);
        let is_blank =
            |text: &AnswerText| text.title.trim().is_empty() && text.body.trim().is_empty();
        if answer.texts.iter().all(is_blank) {
            told(
                "`text` is missing, or none of it is in a language Torg knows; no letter finds it",
            );
        }
        answers.push(answer);
    }
    Ok((answers, failed))
}

/// Some programs write it in front of a text.
const BOM: char = '\u{feff}';

/// A model that cannot be used is told of, and words alone go on.
fn opened(asset: &Path) -> Option<Model> {
    let told = |error| super::say(&format!("{}: {error}; going on without it", asset.display()));
    Model::open(asset).map_err(told).ok()
}

/// The departments that letters ended in, whether or not an answer belongs to them.
fn departments(choices: &[Choice]) -> Vec<Department> {
    let named = choices.iter().filter_map(|choice| choice.department.clone());
    let named: BTreeSet<String> = named.collect();
    named.into_iter().map(|id| Department { id, ..Department::default() }).collect()
}

/// Gives each line to `take` with its number, `None` if it cannot be read; such a line is named on
/// standard error. Returns how many there were.
fn each_line<T: for<'a> Deserialize<'a>>(
    path: &Path,
    mut take: impl FnMut(usize, Option<T>) -> anyhow::Result<()>,
) -> anyhow::Result<usize> {
    let reading = || format!("reading {}", path.display());
    let input: Box<dyn Read> = match path.as_os_str() == "-" {
        true => Box::new(std::io::stdin()),
        false => Box::new(std::fs::File::open(path).with_context(reading)?),
    };
    let mut failed = 0;
    for (at, line) in (1..).zip(BufReader::new(input).split(b'\n')) {
        let line = line.with_context(reading)?;
        // A letter that is not written in UTF-8 is read as far as it is.
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_start_matches(BOM).trim();
        if line.is_empty() {
            continue;
        }
        let read = serde_json::from_str(line);
        if let Err(error) = &read {
            super::say(&format!("{}, line {at}: {error}", path.display()));
            failed += 1;
        }
        take(at, read.ok())?;
    }
    Ok(failed)
}

fn ranked(id: &Value, suggestions: &Suggestions) -> Value {
    let answers = suggestions.answers.iter();
    let answers =
        answers.map(|answer| json!({ "id": answer.answer, "score": rounded(answer.score) }));
    let departments = suggestions.departments.iter();
    let departments =
        departments.map(|found| json!({ "id": found.department, "score": rounded(found.score) }));
    json!({
        "id": id,
        "answers": answers.collect::<Vec<_>>(),
        "departments": departments.collect::<Vec<_>>(),
        "automatic": suggestions.automatic,
        "reasons": suggestions.answers.first().map(reasons).unwrap_or_default(),
    })
}

/// Why the first answer is the first.
fn reasons(first: &Suggestion) -> Vec<Value> {
    let reason = |reason: &Reason| match reason {
        Reason::Words(words) => json!({ "words": words }),
        Reason::Earlier(letters) => json!({ "earlier": letters }),
    };
    first.reasons.iter().map(reason).collect()
}

/// Five places are enough to tell answers apart, and the same on every machine.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1e5).round() / 1e5
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WrittenAnswer {
    #[serde(deserialize_with = "id")]
    id: Option<String>,
    #[serde(deserialize_with = "id")]
    dept: Option<String>,
    text: BTreeMap<String, Option<WrittenText>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WrittenText {
    title: Option<String>,
    body: Option<String>,
    questions: Option<Vec<String>>,
}

impl From<WrittenAnswer> for StandardAnswer {
    fn from(written: WrittenAnswer) -> Self {
        let texts = written.text.into_iter().filter_map(|(code, text)| {
            let WrittenText { title, body, questions } = text?;
            Some(AnswerText {
                tongue: Tongue::from_code(&code)?,
                title: title.unwrap_or_default(),
                body: body.unwrap_or_default(),
                questions: questions.unwrap_or_default(),
            })
        });
        let id = written.id.unwrap_or_default();
        Self { id, department: written.dept, texts: texts.collect() }
    }
}

/// A letter, which may lack anything.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WrittenLetter {
    /// A word or a number; it is given back as it came.
    id: Value,
    text: Option<String>,
    subject: Option<String>,
    #[serde(deserialize_with = "id")]
    answer: Option<String>,
    #[serde(deserialize_with = "id")]
    dept: Option<String>,
}

impl WrittenLetter {
    fn letter(self) -> Letter {
        let (subject, text) = (self.subject.unwrap_or_default(), self.text.unwrap_or_default());
        Letter { subject, text }
    }

    fn choice(self, at: usize) -> Choice {
        let id = named(&self.id).unwrap_or_else(|| at.to_string());
        let (answer, department) = (self.answer.clone(), self.dept.clone());
        Choice { id, letter: self.letter(), answer, department, ..Choice::default() }
    }
}

/// An id is a word or a number, or missing.
fn id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(named(&Value::deserialize(from)?))
}

fn named(id: &Value) -> Option<String> {
    match id {
        Value::Null => None,
        Value::String(word) => Some(word.clone()),
        other => Some(other.to_string()),
    }
}
