//! A thousand letters with threads, traps and broken mail, whose right threads are known.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::server::Server;
use crate::smtp::deliver;
use crate::table::{Row, Table};

const MAILS: usize = 1000;

/// Makes them, sends them over one connection in their order, and looks where they lie.
pub(crate) fn measure(table: &mut Table, torg: &Path, tools: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("mails");
    let made = Command::new("python3")
        .arg(tools.join("mailgen.py"))
        .args(["--seed", "1", "--format", "eml", "--count", &MAILS.to_string(), "--out"])
        .arg(&out)
        .output()?;
    ensure!(made.status.success(), "mailgen.py: {}", String::from_utf8_lossy(&made.stderr));
    let truth = lines(&std::fs::read_to_string(folder.path().join("mails.truth.jsonl"))?)?;
    let file = |mail: &Value| std::fs::read(out.join(mail["file"].as_str().unwrap_or_default()));
    let mails = truth.iter().map(file).collect::<Result<Vec<_>, _>>()?;

    let mut server = Server::prepared(torg, None)?;
    server.start(&[])?;
    let cpu = server.cpu_seconds()?;
    let begun = Instant::now();
    let (_, refused) = deliver(server.smtp, 1, &mails)?;
    let wall = server.wait_until_waiting(0)? - begun;
    let cpu = server.cpu_seconds()? - cpu;
    let row = |name: &str, figure, unit, wanted| Row {
        name: format!("1,000 mails: {name}"),
        figure,
        unit,
        wanted,
        ..Row::default()
    };
    let timed = row("from SMTP to filed", wall.as_secs_f64(), "s", "≤ 10");
    table.add(Row { cpu_seconds: Some(cpu), ..timed });
    table.add(row("processor time a mail", cpu * 1000.0 / MAILS as f64, "ms", "≤ 4"));
    table.add(row("refused", refused as f64, "mails", "0"));
    table.add(row("memory after them", server.memory("Rss")?, "MB RSS", ""));
    let missing = server.counts(
        "select count(*) from arrivals where state <> 2 and (message is null or state <> 1)",
    )?;
    let there = server.counts("select count(*) from arrivals")? - missing;
    table.add(row("accounted for", there as f64, "mails", "1000"));
    let exported = lines(&server.does(&["export"])?)?;
    let score = Score::of(&truth, &exported)?;
    table.add(row(
        "header-linked replies in the right thread",
        score.right as f64,
        "of 545",
        "545",
    ));
    table.add(row(
        "header-less replies joined, or offered to one of their matter",
        score.offered as f64,
        "of 52",
        "52",
    ));
    table.add(row("strangers merged", score.strangers as f64, "mails", "0"));
    Ok(())
}

fn lines(text: &str) -> anyhow::Result<Vec<Value>> {
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// Where the mails of the corpus lie, held against where they belong.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    offered: usize,
    strangers: usize,
}

impl Score {
    fn of(truth: &[Value], exported: &[Value]) -> anyhow::Result<Self> {
        let inquiries: HashMap<&str, &Value> =
            exported.iter().filter_map(|line| Some((bare(&line["message_id"])?, line))).collect();
        let place = |mail: &Value| bare(&mail["message_id"]).and_then(|id| inquiries.get(id));
        let mut roots = HashMap::new();
        let mut threads: HashMap<&str, HashSet<u64>> = HashMap::new();
        let mut score = Self::default();
        for mail in truth.iter().filter(|mail| mail["expect"] != "dup") {
            let thread = mail["thread"].as_u64().context("a thread")?;
            let Some(line) = place(mail) else { continue };
            let inquiry = line["inquiry"].as_str().context("an inquiry")?;
            let root = *roots.entry(thread).or_insert(inquiry);
            let others = threads.entry(inquiry).or_default();
            score.strangers += usize::from(others.iter().any(|other| *other != thread));
            // Also beside a sibling without headers, which opened an inquiry of its own.
            let is_right = inquiry == root || others.contains(&thread);
            match mail["link"].as_str().unwrap_or_default() {
                "refs" | "known" | "irt" | "changed" => score.right += usize::from(is_right),
                "subject" => {
                    let links = line["links"].as_array().context("links")?;
                    // A second one is offered to the first, which is offered to the letter.
                    let is_offered = links
                        .iter()
                        .filter_map(Value::as_str)
                        .any(|link| threads.get(link).is_some_and(|other| other.contains(&thread)));
                    score.offered += usize::from(inquiry == root || is_offered);
                }
                _ => {}
            }
            threads.entry(inquiry).or_default().insert(thread);
        }
        Ok(score)
    }
}

fn bare(id: &Value) -> Option<&str> {
    id.as_str().map(|id| id.trim_matches(['<', '>']))
}
