//! What the sentence model costs: time for a letter, tokens a second on one core, memory.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use torg_text::e5::Model;

use crate::table::{Row, Table};

/// Letters of each length.
const LETTERS: usize = 200;
const SENTENCES: [&str; 6] = [
    "Hei, når blir veien vår brøytet? Den er stengt siden i går.",
    "Vores skraldespand blev ikke tømt i mandags, og nu flyder det.",
    "Jag undrar hur man ansöker om förskoleplats till hösten.",
    "My grandmother needs help with cleaning and shopping.",
    "Eg har mista førarkortet mitt, er det levert inn hjå dykk?",
    "Lyset er gått ved skolen, og det er helt mørkt om morgenen.",
];

/// Opens the model and reads letters of 40 and of 128 tokens, one after the other.
pub(crate) fn measure(table: &mut Table, asset: &Path) -> anyhow::Result<()> {
    let before = memory()?;
    let begin = Instant::now();
    let model = Model::open(asset)?;
    let opened = begin.elapsed().as_secs_f64() * 1e3;
    table.add(row("sentence model: opened, its hash checked", opened, "ms", "", None));
    for tokens in [40, 128] {
        letters(table, &model, tokens)?;
    }
    let taken = memory()? - before;
    table.add(row("sentence model: memory it adds, letters read", taken, "MB RSS", "≤ 80", None));
    Ok(())
}

fn letters(table: &mut Table, model: &Model, tokens: usize) -> anyhow::Result<()> {
    let letters: Vec<String> = (0..LETTERS).map(|which| letter(model, which, tokens)).collect();
    // The first one finds nothing in the processor's caches, and is left out.
    model.embed(&letters[0])?;
    let (cpu, mut times) = (cpu()?, Vec::new());
    for letter in &letters {
        let begin = Instant::now();
        model.embed(letter)?;
        times.push(begin.elapsed());
    }
    let cpu = self::cpu()? - cpu;
    times.sort();
    let name = |what: &str| format!("sentence model: a letter of {tokens} tokens, {what}");
    for (what, part) in [("median", 50), ("99 of 100", 99)] {
        let time = times.get(LETTERS * part / 100).map_or(0.0, Duration::as_secs_f64);
        table.add(row(&name(what), time * 1e3, "ms", "≤ 300", None));
    }
    let speed = (tokens * LETTERS) as f64 / cpu;
    table.add(row(&name("speed of one core"), speed, "tokens/s", "≥ 500", Some(cpu)));
    Ok(())
}

/// A letter of as many tokens, different for each `which`.
fn letter(model: &Model, which: usize, tokens: usize) -> String {
    let words = SENTENCES.iter().cycle().skip(which).flat_map(|sentence| sentence.split(' '));
    let mut letter = "query:".to_owned();
    for word in words.skip(which / SENTENCES.len()) {
        let longer = format!("{letter} {word}");
        match model.tokens(&longer).cmp(&tokens) {
            std::cmp::Ordering::Less => letter = longer,
            std::cmp::Ordering::Equal => return longer,
            std::cmp::Ordering::Greater => {}
        }
    }
    letter
}

fn row(name: &str, figure: f64, unit: &'static str, wanted: &'static str, cpu: Option<f64>) -> Row {
    Row { name: name.to_owned(), figure, unit, wanted, cpu_seconds: cpu, ..Row::default() }
}

/// Memory this process has now, in MB.
pub(crate) fn memory() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()).context("no VmRSS")?;
    Ok(kilobytes.parse::<f64>()? / 1024.0)
}

/// Seconds of a processor this thread has had.
fn cpu() -> anyhow::Result<f64> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = spent.split(' ').next().context("no time in schedstat")?;
    Ok(nanoseconds.parse::<f64>()? / 1e9)
}
