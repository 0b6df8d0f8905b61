//! What is measured with mail of our own making.

use std::path::Path;
use std::time::{Duration, Instant};

use torg_testkit::postgres::TestDatabase;

use crate::letters;
use crate::raw;
use crate::server::Server;
use crate::smtp::deliver;
use crate::table::{Row, Table};

const CONNECTIONS: usize = 16;
/// How long the program rests before its memory is told: what was freed goes back to the machine some
/// ten seconds after it was used.
const REST: Duration = Duration::from_secs(30);

/// The size of the program, how fast it serves, and its memory at rest, empty and in the demo.
pub(crate) fn start_and_rest(table: &mut Table, torg: &Path) -> anyhow::Result<()> {
    let size = std::fs::metadata(torg)?.len() as f64 / 1e6;
    let row = |name: &str, figure, unit, wanted| Row {
        name: name.into(),
        figure,
        unit,
        wanted,
        ..Row::default()
    };
    table.add(row("size of the program", size, "MB", "≤ 50"));
    let mut server = Server::prepared(torg, None)?;
    let mut starts = Vec::new();
    for _ in 0..5 {
        server.end();
        starts.push(server.start(&[])?.as_secs_f64());
    }
    starts.sort_by(f64::total_cmp);
    table.add(row("from start to serving, median of 5", starts[2], "s", "≤ 0.3"));
    table.add(row("from start to serving, slowest of 5", starts[4], "s", "≤ 0.3"));
    for (demo, more) in [("", [].as_slice()), (", demo loaded", &["--demo"])] {
        server.end();
        let fresh = tempfile::tempdir()?;
        let data = fresh.path().to_string_lossy().into_owned();
        let more = [more, &["--data", &data]].concat();
        server.start(&more)?;
        if !demo.is_empty() {
            until_quiet(&server)?;
        }
        std::thread::sleep(REST);
        table.add(row(&format!("memory at rest{demo}"), server.memory("Rss")?, "MB RSS", "≤ 40"));
        table.add(row(&format!("memory at rest{demo}"), server.memory("Pss")?, "MB PSS", ""));
    }
    Ok(())
}

/// How large the small mails are.
pub(crate) fn sizes(table: &mut Table, mails: &[Vec<u8>]) {
    let (median, mean) = letters::sizes(mails);
    for (which, bytes) in [("median", median), ("mean", mean)] {
        table.add(Row {
            name: format!("size of a small mail, {which}"),
            figure: bytes as f64 / 1000.0,
            unit: "KB",
            ..Row::default()
        });
    }
}

/// Waits until the program does nothing for a second.
fn until_quiet(server: &Server) -> anyhow::Result<()> {
    let mut before = -1.0;
    while server.cpu_seconds()? - before > 0.03 {
        before = server.cpu_seconds()?;
        std::thread::sleep(Duration::from_secs(1));
    }
    Ok(())
}

/// Intake with filing held back, then filing alone, then both at once.
pub(crate) fn intake_and_filing(
    table: &mut Table,
    torg: &Path,
    database: Option<&TestDatabase>,
    mails: &[Vec<u8>],
) -> anyhow::Result<()> {
    let engine = if database.is_some() { "PostgreSQL without fsync" } else { "embedded" };
    let raw = table.figure(if database.is_some() { raw::POSTGRES } else { raw::GROUPED });
    let mut server = Server::prepared(torg, database)?;
    server.hold_filing(true)?;
    server.start(&[])?;
    // The pages of the program itself are read, and its connections opened.
    deliver(server.smtp, CONNECTIONS, mails.get(..200).unwrap_or_default())?;

    let cpu = server.cpu_seconds()?;
    let (wall, refused) = deliver(server.smtp, CONNECTIONS, mails)?;
    anyhow::ensure!(refused == 0, "{refused} mails were refused");
    let rate = |count: usize, wall: Duration| count as f64 / wall.as_secs_f64();
    let row = |name: String, figure, cpu_seconds: f64, raw, wanted| Row {
        name: format!("{name} ({engine})"),
        figure,
        unit: "mails/s",
        raw,
        cpu_seconds: Some(cpu_seconds),
        wanted,
    };
    let (figure, cpu) = (rate(mails.len(), wall), server.cpu_seconds()? - cpu);
    table.add(row("intake, 16 connections".into(), figure, cpu, raw, "≥ 2000, ≥ half of raw"));
    table.add(row(
        "intake, with the processor to itself".into(),
        mails.len() as f64 / cpu,
        cpu,
        None,
        "",
    ));

    let waiting = server.counts("select count(*) from arrivals where state = 0")?;
    let cpu = server.cpu_seconds()?;
    server.hold_filing(false)?;
    let begun = server.wait_until_waiting(waiting - 1)?;
    let ended = server.wait_until_waiting(0)?;
    let (filed, cpu) = (usize::try_from(waiting)?, server.cpu_seconds()? - cpu);
    let figure = rate(filed, ended - begun);
    table.add(row("filing".into(), figure, cpu, None, "≥ 1000"));
    table.add(Row {
        name: format!("processor time to file a mail ({engine})"),
        figure: cpu * 1000.0 / filed as f64,
        unit: "ms",
        ..Row::default()
    });
    together(table, torg, database, mails, engine)
}

/// As it is in life: filing runs while mail comes in.
fn together(
    table: &mut Table,
    torg: &Path,
    database: Option<&TestDatabase>,
    mails: &[Vec<u8>],
    engine: &str,
) -> anyhow::Result<()> {
    if database.is_some() {
        return Ok(());
    }
    let mut server = Server::prepared(torg, database)?;
    server.start(&[])?;
    let begun = Instant::now();
    let (intake, _) = deliver(server.smtp, CONNECTIONS, mails)?;
    let filed = server.wait_until_waiting(0)? - begun;
    let cpu_seconds = Some(server.cpu_seconds()?);
    for (what, wall) in [("acknowledged", intake), ("filed", filed)] {
        table.add(Row {
            name: format!("intake while filing, all {what} ({engine})"),
            figure: mails.len() as f64 / wall.as_secs_f64(),
            unit: "mails/s",
            cpu_seconds,
            ..Row::default()
        });
    }
    Ok(())
}
