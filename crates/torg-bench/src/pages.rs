//! How long pages take, in a small archive and in a large one.
//!
//! A page is asked for over a kept loopback connection, compressed as for a browser, and timed from
//! the first byte sent to the last byte received: what the server takes, and some 0.1 ms for the
//! wire. Nothing is subtracted. Beside it stands the processor time that the program took for each,
//! which is the same on a machine that others use too.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use crate::http::Browser;
use crate::seed::ADMINISTRATOR;
use crate::server::Server;
use crate::smtp::deliver;
use crate::table::{Row, Table};

/// How often each page is asked for, after some times that do not count.
const TIMES: usize = 300;
const WARM: usize = 30;

/// One archive, and how its rows are called.
#[derive(Debug, Clone)]
pub(crate) struct Archive<'a> {
    /// Such as `embedded, 1,000,000`.
    pub(crate) name: String,
    /// The archive it is compared to.
    pub(crate) small: Option<String>,
    pub(crate) data: &'a Path,
    pub(crate) postgres: Option<&'a str>,
    /// How often each page is asked for; [`TIMES`] if nothing else is said.
    pub(crate) times: Option<usize>,
    /// Whether the program is to look at all of it first.
    pub(crate) check: bool,
}

/// Measures every page of one archive.
pub(crate) fn measure(table: &mut Table, torg: &Path, archive: &Archive<'_>) -> anyhow::Result<()> {
    let mut server = Server::at(torg, archive.data, archive.postgres)?;
    if archive.check {
        server.does(&["check"])?;
    }
    let mut starts = Vec::new();
    for _ in 0..3 {
        server.end();
        starts.push(server.start(&[])?.as_secs_f64());
    }
    starts.sort_by(f64::total_cmp);
    table.add(Row {
        name: format!("from start to serving, slowest of 3 ({})", archive.name),
        figure: starts[2],
        unit: "s",
        wanted: "≤ 0.5",
        ..Row::default()
    });
    // Before she signs in: a connection that is silent for so long is closed.
    let paths = Paths::of(&server)?;
    let common = common_word(table, &server, archive)?;
    let mut browser = Browser::signed_in(server.http, ADMINISTRATOR)?;
    for (name, paths) in paths.pages(common) {
        let mut ask = |count: usize| -> anyhow::Result<Duration> {
            let path = paths.get(count % paths.len().max(1)).context("a page")?;
            let answer = browser.get(path)?;
            ensure!(answer.status == 200, "{path} was answered with {}", answer.status);
            Ok(answer.took)
        };
        times(table, &server, archive, name, &mut ask)?;
    }
    let mut claim = |count: usize| -> anyhow::Result<Duration> {
        let id =
            paths.unowned.get(count % paths.unowned.len().max(1)).context("an unowned inquiry")?;
        let answer = browser.post(&format!("/inquiries/{id}/claim"), "then=/folders/all")?;
        ensure!(answer.status == 303, "a claim was answered with {}", answer.status);
        browser.post(&format!("/inquiries/{id}/release"), "then=/folders/all")?;
        Ok(answer.took)
    };
    // In ten years of very few letters, nobody may have left one lying.
    if !paths.unowned.is_empty() {
        times(table, &server, archive, "claim (processor: and release)", &mut claim)?;
    }
    found(table, &server, archive, &mut browser)?;
    table.add(Row {
        name: format!("most memory so far ({})", archive.name),
        figure: server.most_memory()?,
        unit: "MB RSS",
        ..Row::default()
    });
    Ok(())
}

/// How long after the door took a letter a search finds it by a word that stands in no other.
fn found(
    table: &mut Table,
    server: &Server,
    archive: &Archive<'_>,
    browser: &mut Browser,
) -> anyhow::Result<()> {
    const LETTERS: usize = 20;
    const PATIENCE: Duration = Duration::from_secs(20);
    // An archive may be measured again.
    let mark: u64 = rand::random();
    let mut ask = |word: &str| -> anyhow::Result<usize> {
        Ok(browser.get(&format!("/search/suggestions?q={word}"))?.body.len())
    };
    let nothing = ask(&format!("w{mark}x"))?;
    let mut took = Vec::with_capacity(LETTERS);
    for number in 0..LETTERS {
        let word = format!("w{mark}x{number}");
        let mail = format!(
            "From: Kari Nordvik <{word}@privat.example>\nTo: post@fjordby.example\n\
             Subject: Lyset i gata\nMessage-ID: <{word}@privat.example>\n\nHei, {word}. Kari\n"
        );
        let (_, refused) = deliver(server.smtp, 1, &[mail.into_bytes()])?;
        ensure!(refused == 0, "a letter was refused");
        let begun = Instant::now();
        while ask(&word)? <= nothing {
            ensure!(begun.elapsed() < PATIENCE, "a letter was not found");
        }
        took.push(begun.elapsed().as_secs_f64());
    }
    took.sort_by(f64::total_cmp);
    let last = took.len().saturating_sub(1);
    for (which, place) in [("median", took.len() / 2), ("slowest of 20", last)] {
        table.add(Row {
            name: format!("from the door to found by search, {which} ({})", archive.name),
            figure: took.get(place).copied().unwrap_or_default(),
            unit: "s",
            wanted: "≤ 1",
            ..Row::default()
        });
    }
    Ok(())
}

/// Of some words that the letters use, the one that stands in the share of them nearest to a fifth,
/// by the newest; a row says how many that are.
fn common_word(
    table: &mut Table,
    server: &Server,
    archive: &Archive<'_>,
) -> anyhow::Result<&'static str> {
    const WORDS: [&str; 8] =
        ["kommune", "hilsen", "svar", "takk", "hej", "hei", "please", "spørsmål"];
    const NEWEST: usize = 20_000;
    let newest = format!("select id from messages order by id desc limit {NEWEST}");
    let ids = server.numbers(&newest)?;
    let from = ids.last().copied().unwrap_or_default();
    let holding = match archive.postgres {
        Some(_) => "words @@ cast('{}' as tsquery)",
        None => "search match '\"{}\"'",
    };
    let mut shares = Vec::new();
    for word in WORDS {
        let holding = holding.replace("{}", word);
        let sql = format!("select count(*) from search where {holding} and rowid >= {from}");
        let count = server.numbers(&sql)?.first().copied().unwrap_or_default();
        shares.push((count as f64 * 100.0 / ids.len().max(1) as f64, word));
    }
    shares.sort_by(|(one, _), (other, _)| (one - 20.0).abs().total_cmp(&(other - 20.0).abs()));
    let (share, word) = *shares.first().context("a word")?;
    table.add(Row {
        name: format!("newest messages with the common word, “{word}” ({})", archive.name),
        figure: share,
        unit: "%",
        ..Row::default()
    });
    Ok(word)
}

/// Asks some times and then as often as is measured; a row each for the median, for what only one in
/// a hundred takes longer than, and for the processor time of each.
fn times(
    table: &mut Table,
    server: &Server,
    archive: &Archive<'_>,
    name: &str,
    ask: &mut dyn FnMut(usize) -> anyhow::Result<Duration>,
) -> anyhow::Result<()> {
    let count = archive.times.unwrap_or(TIMES);
    for number in 0..WARM.min(count) {
        ask(number)?;
    }
    let cpu = server.cpu_seconds()?;
    let mut took = Vec::with_capacity(count);
    for number in 0..count {
        took.push(ask(WARM + number)?.as_secs_f64() * 1000.0);
    }
    let cpu = (server.cpu_seconds()? - cpu) * 1000.0 / count as f64;
    took.sort_by(f64::total_cmp);
    let of = |share: usize| {
        let place = (took.len() * share / 100).min(took.len().saturating_sub(1));
        took.get(place).copied().unwrap_or_default()
    };
    let rows = [
        ("p50", of(50), ""),
        ("p99", of(99), if name.starts_with("search") { "≤ 50" } else { "≤ 10, ≤ 1.5 of small" }),
        ("processor time each", cpu, "≤ 1.5 of small"),
    ];
    for (which, figure, wanted) in rows {
        let row = |archive: &str| format!("{name}, {which} ({archive})");
        table.add(Row {
            name: row(&archive.name),
            figure,
            unit: "ms",
            raw: archive.small.as_ref().and_then(|small| table.figure(&row(small))),
            wanted,
            ..Row::default()
        });
    }
    Ok(())
}

/// What is asked for: several of a kind, so that it is not always the same row.
struct Paths {
    inquiries: Vec<i64>,
    longest: Vec<i64>,
    persons: Vec<i64>,
    most: Vec<i64>,
    unowned: Vec<i64>,
}

impl Paths {
    fn of(server: &Server) -> anyhow::Result<Self> {
        let newest = "select id from inquiries where wall = 1 order by id desc limit 4000";
        let some = |of: Vec<i64>| of.into_iter().step_by(17).collect::<Vec<_>>();
        Ok(Self {
            inquiries: some(server.numbers(newest)?),
            longest: server.numbers(
                "select id from inquiries where messages > 9 order by messages desc limit 1",
            )?,
            persons: some(server.numbers(
                "select person from (select person, id from inquiries where wall = 1
                    order by id desc limit 4000) x",
            )?),
            most: server.numbers(
                "select person from inquiries group by person order by count(*) desc limit 1",
            )?,
            unowned: server.numbers(
                "select id from inquiries where wall = 1 and state = 0 and owner is null
                  order by last_at desc limit 400",
            )?,
        })
    }

    fn pages(&self, common: &str) -> Vec<(&'static str, Vec<String>)> {
        let at = |path: &str| vec![path.to_owned()];
        let each = |before: &str, ids: &[i64]| {
            ids.iter().map(|id| format!("{before}{id}")).collect::<Vec<_>>()
        };
        let inquiry = "/folders/all/inquiries/";
        let mut pages = vec![
            ("inbox page", at("/folders/all")),
            ("oldest first", at("/folders/all?sort=oldest")),
            ("folders and counts", at("/folders/all/list")),
            ("closed", at("/folders/closed")),
            ("sent", at("/folders/sent")),
            // Beside the first look, which waits for the disk, one at what lies in memory.
            ("inquiry page", each(inquiry, &self.inquiries)),
            ("inquiry page, again", each(inquiry, &self.inquiries)),
            ("longest inquiry's page", each(inquiry, &self.longest)),
            ("person's page", each("/persons/", &self.persons)),
            ("page of who wrote most", each("/persons/", &self.most)),
            ("leads' page", at("/leads")),
            ("overdue list", at("/leads/inquiries?show=overdue")),
            ("search for a common word", at(&format!("/search?q={common}"))),
            ("search for two common words", at("/search?q=svar+afdeling")),
            ("search for a name", at("/search?q=ingrid+moen")),
            ("search for nothing there", at("/search?q=zeppelin")),
            ("search for a common word, best first", at(&format!("/search?q={common}&sort=best"))),
            ("search for two common words, best first", at("/search?q=svar+afdeling&sort=best")),
            ("search for a name, best first", at("/search?q=ingrid+moen&sort=best")),
        ];
        pages.retain(|(_, paths)| !paths.is_empty());
        pages
    }
}
