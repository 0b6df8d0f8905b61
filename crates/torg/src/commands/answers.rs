//! `torg answers rank`: for each letter of a file the standard answers and departments that fit,
//! one JSON line a letter. Needs no municipality: everything is in the files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use serde::Deserialize;
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
    /// The letters, one JSON object a line: `id`, `text`, and perhaps `subject`.
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
    let answers = std::fs::read_to_string(&rank.answers);
    let answers = answers.with_context(|| format!("reading {}", rank.answers.display()))?;
    let answers: Vec<WrittenAnswer> = serde_json::from_str(&answers)
        .with_context(|| format!("reading {}", rank.answers.display()))?;
    let answers: Vec<StandardAnswer> = answers.into_iter().map(StandardAnswer::from).collect();
    let mut choices = Vec::new();
    if let Some(history) = &rank.history {
        each_line(history, |line: WrittenLetter| {
            choices.push(line.choice());
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
    each_line(&rank.messages, |line: WrittenLetter| {
        let (id, letter) = (line.id.clone(), line.letter());
        let suggestions = ranker.suggest_with(&letter, vector(&letter).as_ref());
        Ok(writeln!(out, "{}", ranked(&id, &suggestions))?)
    })?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

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

/// Gives each line that can be read to `take`; the others are named on standard error.
fn each_line<T: for<'a> Deserialize<'a>>(
    path: &Path,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let file = std::fs::File::open(path).with_context(|| format!("reading {}", path.display()))?;
    for (at, line) in BufReader::new(file).split(b'\n').enumerate() {
        let line = line.with_context(|| format!("reading {}", path.display()))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(&line) {
            Ok(read) => take(read)?,
            Err(error) => super::say(&format!("{}, line {}: {error}", path.display(), at + 1)),
        }
    }
    Ok(())
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

#[derive(Debug, Deserialize)]
struct WrittenAnswer {
    id: String,
    dept: Option<String>,
    #[serde(default)]
    text: BTreeMap<String, WrittenText>,
}

#[derive(Debug, Deserialize)]
struct WrittenText {
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    questions: Vec<String>,
}

impl From<WrittenAnswer> for StandardAnswer {
    fn from(written: WrittenAnswer) -> Self {
        let texts = written.text.into_iter().filter_map(|(code, text)| {
            let WrittenText { title, body, questions } = text;
            Some(AnswerText { tongue: Tongue::from_code(&code)?, title, body, questions })
        });
        Self { id: written.id, department: written.dept, texts: texts.collect() }
    }
}

#[derive(Debug, Deserialize)]
struct WrittenLetter {
    /// A word or a number; it is given back as it came.
    id: Value,
    text: String,
    subject: Option<String>,
    answer: Option<String>,
    dept: Option<String>,
}

impl WrittenLetter {
    fn letter(self) -> Letter {
        Letter { subject: self.subject.unwrap_or_default(), text: self.text }
    }

    fn choice(self) -> Choice {
        let id = self.id.as_str().map_or_else(|| self.id.to_string(), str::to_owned);
        let (answer, department) = (self.answer.clone(), self.dept.clone());
        Choice { id, letter: self.letter(), answer, department, ..Choice::default() }
    }
}
