//! `torg spam`: teaches the spam judge from folders of raw mail, and asks it about others.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use serde_json::json;
use torg_desk::spam::shown;
use torg_text::spam::{Circumstances, Delta, Example, Judge, Judgement, Seed, USUAL_LOSS};

use super::say;

/// What the judge of spam is asked for.
#[derive(Debug, Subcommand)]
pub(crate) enum Spam {
    /// Learn from folders of raw mail, beside what Torg ships, and write what was learnt (8 MB at most).
    ///
    /// Every file in the folders and in folders within them is one raw mail (RFC 5322). A model file that is there
    /// already is replaced and not learnt from: the same mails always give the same file.
    ///
    /// Some hundred mails are enough: what Torg ships goes on counting, and is mended where these mails show it wrong.
    /// Before twenty letters and twenty spam were learnt, nothing is called spam.
    Train {
        /// A folder of letters.
        #[arg(long)]
        ham: PathBuf,
        /// A folder of spam.
        #[arg(long)]
        spam: PathBuf,
        /// Where to write.
        #[arg(long)]
        model: PathBuf,
        /// Make what Torg ships, in place of what lies beside it.
        #[arg(long, hide = true)]
        as_seed: bool,
    },
    /// Judge raw mails: one JSON line each, {path, score, verdict, reasons}. The score rises with spam, from 0 to 1; the
    /// verdict is inbox, unsure (nothing speaks either way), perhaps or spam.
    Score {
        /// What `torg spam train` wrote. Without it, by what Torg ships alone, which never says "spam".
        #[arg(long)]
        model: Option<PathBuf>,
        /// Files, and folders of files.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
}

/// Does what was asked. Exit status 1 if a file could not be read.
pub(super) fn run(asked: &Spam) -> anyhow::Result<ExitCode> {
    match asked {
        Spam::Train { ham, spam, model, as_seed } => train(ham, spam, model, *as_seed),
        Spam::Score { model, paths } => score(model.as_deref(), paths),
    }
}

fn train(ham: &Path, spam: &Path, model: &Path, as_seed: bool) -> anyhow::Result<ExitCode> {
    let mut examples = Vec::new();
    let mut judge = Judge::default();
    let mut failed = 0;
    for (folder, is_spam) in [(ham, false), (spam, true)] {
        failed += each_mail(folder, &mut |_, raw| {
            let nothing = Circumstances::default();
            examples.push(shown(raw, |mail| judge.example(mail, &nothing, is_spam)));
            Ok(())
        })?;
    }
    anyhow::ensure!(!examples.is_empty(), "there is no mail in these folders");
    let (bytes, learnt) = learnt(&examples, as_seed);
    std::fs::write(model, &bytes).with_context(|| format!("writing {}", model.display()))?;
    say(&format!("{learnt}; {} bytes written to {}", bytes.len(), model.display()));
    Ok(status(failed))
}

fn learnt(examples: &[Example], as_seed: bool) -> (Vec<u8>, String) {
    if as_seed {
        return (Seed::train(examples), format!("a seed was learnt from {} mails", examples.len()));
    }
    let delta = Delta::train(Seed::shipped(), examples, USUAL_LOSS);
    let (letters, spam) = delta.learnt();
    (delta.to_bytes(), format!("learnt from {letters} letters and {spam} spam"))
}

fn score(model: Option<&Path>, paths: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let seed = Seed::shipped();
    let delta = match model {
        Some(path) => {
            let bytes =
                std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
            Delta::from_bytes(seed, &bytes)
                .with_context(|| format!("reading {}", path.display()))?
        }
        None => Delta::new(seed),
    };
    let mut judge = Judge::default();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut failed = 0;
    for path in paths {
        failed += each_mail(path, &mut |path, raw| {
            let nothing = Circumstances::default();
            let judgement = shown(raw, |mail| judge.judge(seed, &delta, mail, &nothing));
            writeln!(out, "{}", line(path, &judgement)).context("writing")
        })?;
    }
    out.flush()?;
    Ok(status(failed))
}

fn line(path: &Path, judgement: &Judgement) -> serde_json::Value {
    let reasons: Vec<_> = judgement
        .reasons
        .iter()
        .map(|reason| format!("{} ({:+.2})", reason.words, reason.weight))
        .collect();
    json!({
        "path": path.to_string_lossy(),
        "score": judgement.score,
        "verdict": judgement.verdict.word(),
        "reasons": reasons,
    })
}

/// Calls `work` with every file at or under `path`, in the order of their names. Returns how many could not be read;
/// each is named on standard error, and the rest goes on.
fn each_mail(
    path: &Path,
    work: &mut impl FnMut(&Path, &[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<usize> {
    let mut waiting = vec![path.to_owned()];
    let mut failed = 0;
    while let Some(path) = waiting.pop() {
        let read = match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() => {
                files_in(&path).map(|files| waiting.extend(files.into_iter().rev()))
            }
            Ok(found) if found.is_file() => match std::fs::read(&path) {
                Ok(raw) => {
                    work(&path, &raw)?;
                    Ok(())
                }
                Err(error) => Err(error),
            },
            // Whoever reads a pipe or a device may wait for ever.
            Ok(_) => Err(std::io::Error::other("it is no file and no folder")),
            Err(error) => Err(error),
        };
        if let Err(error) = read {
            say(&format!("torg: {}: {error}", path.display()));
            failed += 1;
        }
    }
    Ok(failed)
}

/// The files and folders of a folder by name, also files that a link leads to. A link to a folder may
/// lead back to where it stands, and a pipe has no end: they are named on standard error.
fn files_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let leads_to_file = || std::fs::metadata(&path).is_ok_and(|found| found.is_file());
        if kind.is_dir() || kind.is_file() || leads_to_file() {
            files.push(path);
        } else {
            say(&format!("torg: {}: left out, it is no file and no folder", path.display()));
        }
    }
    files.sort();
    Ok(files)
}

fn status(failed: usize) -> ExitCode {
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
