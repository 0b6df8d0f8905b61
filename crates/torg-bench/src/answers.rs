//! How often the right answer and department are suggested, for letters whose right ones are known.
//!
//! The folder holds `answers.json` and `dev.jsonl` in the formats of `torg answers rank`. Letters
//! are tried as they are, with typing errors, and inside mails; choices are learnt from one half
//! and tried on the other.

mod noise;
mod understood;

pub(crate) use understood::write_vectors;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use serde_json::Value;
use torg_text::Tongue;
use torg_text::answers::{
    AnswerText, Choice, Department, Letter, Ranker, StandardAnswer, Suggestions,
};

use crate::model::memory;
use crate::table::{Row, Table};

/// A letter and what is right for it.
#[derive(Debug, Clone)]
struct Known {
    language: String,
    letter: Letter,
    answer: Option<String>,
    department: String,
}

/// Tries everything.
pub(crate) fn measure(
    table: &mut Table,
    folder: &Path,
    asset: Option<&Path>,
) -> anyhow::Result<()> {
    let answers = answers(&std::fs::read_to_string(folder.join("answers.json"))?)?;
    let letters = std::fs::read_to_string(folder.join("dev.jsonl"))?;
    let letters: Vec<Known> = letters.lines().map(known).collect::<anyhow::Result<_>>()?;
    let before = memory()?;
    let begin = Instant::now();
    let ranker = Ranker::shipped(&answers, &[]);
    let took = begin.elapsed().as_secs_f64();
    let cold = scored(&ranker, &letters);
    table.add(row("suggestions: a ranker is made", took, "s", ""));
    table.add(row("suggestions: memory it adds", memory()? - before, "MB RSS", "≤ 10"));
    table.add(row("suggestions: a letter, 99 of 100", slowest(&ranker, &letters), "ms", "≤ 5"));
    cold.tell(table, "short letters, nothing learnt", ["≥ 76", "≥ 90"]);
    noisy(table, &ranker, &letters, &cold);
    foreign(table, &answers, &letters);
    let learnt = learnt(&answers, &letters);
    learnt.tell(table, "short letters, half learnt", ["≥ 76", "≥ 90"]);
    let [first, second] = learnt.departments;
    let share = |found| percent(found, learnt.letters);
    table.add(row("delegation: first, half learnt", share(first), "%", "≥ 88"));
    table.add(row("delegation: among two, half learnt", share(second), "%", "≥ 95"));
    match asset {
        Some(asset) => understood::measure(table, &answers, &letters, asset),
        None => Ok(()),
    }
}

/// Letters with typing errors and inside mails, and how much worse they fare.
fn noisy(table: &mut Table, ranker: &Ranker, letters: &[Known], cold: &Score) {
    let changed = |change: &dyn Fn(usize, &Known) -> String| -> Vec<Known> {
        let letter = |(at, known): (usize, &Known)| Known {
            letter: Letter { text: change(at, known), ..known.letter.clone() },
            ..known.clone()
        };
        letters.iter().enumerate().map(letter).collect()
    };
    let mut told = |name: &str, letters: &[Known], wanted| {
        let lost = cold.first() - scored(ranker, letters).first();
        table.add(row(&format!("suggestions: points lost, {name}"), lost, "points", wanted));
    };
    told(
        "a typing error in 20 letters",
        &changed(&|at, known| noise::typos(&known.letter.text, at)),
        "≤ 3",
    );
    for style in 0..noise::STYLES {
        let mails =
            changed(&|at, known| noise::mail(style, &known.language, &known.letter.text, at));
        told(&format!("inside a mail of style {}", style + 1), &mails, "≤ 5");
    }
}

/// Swedish and English letters where answers are there in bokmål only.
fn foreign(table: &mut Table, answers: &[StandardAnswer], letters: &[Known]) {
    let mut only = answers.to_vec();
    for answer in &mut only {
        answer.texts.retain(|text| text.tongue == Tongue::Nb);
    }
    let ranker = Ranker::shipped(&only, &[]);
    for (code, name) in [("sv", "Swedish"), ("en", "English")] {
        let of: Vec<Known> =
            letters.iter().filter(|known| known.language == code).cloned().collect();
        let score = scored(&ranker, &of);
        let name = format!("suggestions: {name} letters on bokmål answers, among three");
        table.add(row(&name, percent(score.answers[1], score.answerable), "%", "≥ 88"));
    }
}

/// Each half of the letters after the other was learnt.
fn learnt(answers: &[StandardAnswer], letters: &[Known]) -> Score {
    let mut score = Score::default();
    for half in 0..2 {
        let (mut taught, mut tried) = (Vec::new(), Vec::new());
        for (at, known) in letters.iter().enumerate() {
            if at % 2 == half { tried.push(known.clone()) } else { taught.push(known) }
        }
        let named: BTreeSet<&String> = taught.iter().map(|known| &known.department).collect();
        let department = |id: &&String| Department { id: (*id).clone(), ..Department::default() };
        let departments: Vec<Department> = named.iter().map(department).collect();
        let mut ranker = Ranker::shipped(answers, &departments);
        for known in taught {
            ranker.learn(&Choice {
                id: String::new(),
                letter: known.letter.clone(),
                answer: known.answer.clone(),
                department: Some(known.department.clone()),
                ..Choice::default()
            });
        }
        tried.iter().for_each(|known| score.add(known, &ranker.suggest(&known.letter)));
    }
    score
}

/// How often the right one was suggested.
#[derive(Debug, Default)]
struct Score {
    letters: usize,
    answerable: usize,
    /// First, and among the first three.
    answers: [usize; 2],
    /// First, and among the first two.
    departments: [usize; 2],
}

fn scored(ranker: &Ranker, letters: &[Known]) -> Score {
    let mut score = Score::default();
    letters.iter().for_each(|known| score.add(known, &ranker.suggest(&known.letter)));
    score
}

impl Score {
    fn add(&mut self, known: &Known, suggestions: &Suggestions) {
        if let Some(answer) = &known.answer {
            let rank = suggestions.answers.iter().position(|found| found.answer == *answer);
            self.answerable += 1;
            self.answers[0] += usize::from(rank == Some(0));
            self.answers[1] += usize::from(rank.is_some_and(|rank| rank < 3));
        }
        // Spam is nobody's.
        if known.department != "SPAM" {
            let departments = &suggestions.departments;
            let rank = departments.iter().position(|found| found.department == known.department);
            self.letters += 1;
            self.departments[0] += usize::from(rank == Some(0));
            self.departments[1] += usize::from(rank.is_some_and(|rank| rank < 2));
        }
    }

    fn first(&self) -> f64 {
        percent(self.answers[0], self.answerable)
    }

    fn tell(&self, table: &mut Table, name: &str, wanted: [&'static str; 2]) {
        let places = ["first", "among three"];
        for ((place, found), wanted) in places.iter().zip(self.answers).zip(wanted) {
            let name = format!("suggestions: {name}, {place}");
            table.add(row(&name, percent(found, self.answerable), "%", wanted));
        }
    }
}

fn percent(found: usize, of: usize) -> f64 {
    100.0 * found as f64 / of.max(1) as f64
}

fn slowest(ranker: &Ranker, letters: &[Known]) -> f64 {
    let mut times: Vec<f64> = letters
        .iter()
        .map(|known| {
            let begin = Instant::now();
            ranker.suggest(&known.letter);
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() * 99 / 100).copied().unwrap_or_default()
}

fn answers(text: &str) -> anyhow::Result<Vec<StandardAnswer>> {
    let written: Vec<Value> = serde_json::from_str(text)?;
    let answer = |written: &Value| {
        let texts = written["text"].as_object().into_iter().flatten();
        let texts = texts.filter_map(|(code, text)| {
            Some(AnswerText {
                tongue: Tongue::from_code(code)?,
                title: word(text, "title"),
                body: word(text, "body"),
                questions: Vec::new(),
            })
        });
        StandardAnswer {
            id: word(written, "id"),
            department: Some(word(written, "dept")),
            texts: texts.collect(),
        }
    };
    Ok(written.iter().map(answer).collect())
}

fn known(line: &str) -> anyhow::Result<Known> {
    let line: Value = serde_json::from_str(line)?;
    Ok(Known {
        language: word(&line, "lang"),
        letter: Letter { subject: word(&line, "subject"), text: word(&line, "text") },
        answer: line["answer"].as_str().map(str::to_owned),
        department: word(&line, "dept"),
    })
}

fn word(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn row(name: &str, figure: f64, unit: &'static str, wanted: &'static str) -> Row {
    Row { name: name.to_owned(), figure, unit, wanted, ..Row::default() }
}
