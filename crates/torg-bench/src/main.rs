//! Measures Torg as it is run, beside what the machine could do at best: see `script/bench`.
//!
//! Knows the program by its command line, its mail door and its database; nothing of its inside.

mod corpus;
mod letters;
mod measures;
mod raw;
mod server;
mod smtp;
mod table;

use std::path::PathBuf;

use clap::Parser;
use table::Table;
use torg_testkit::postgres::database;

/// Measures Torg, and in the same run what the machine could do at best.
#[derive(Debug, Parser)]
struct Arguments {
    /// The program to measure.
    #[arg(long, default_value = "target/release/torg")]
    torg: PathBuf,
    /// The folder of mailgen.py and score.py; without it a row is left out.
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// So many small mails are sent.
    #[arg(long, default_value_t = 8000)]
    mails: usize,
    /// One JSON document on standard output.
    #[arg(long)]
    json: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut table = Table::default();
    let mails = letters::small(arguments.mails);
    raw::measure(&mut table, &mails)?;
    measures::start_and_rest(&mut table, &arguments.torg)?;
    measures::intake_and_filing(&mut table, &arguments.torg, None, &mails)?;
    if let Some(database) = database() {
        measures::intake_and_filing(&mut table, &arguments.torg, Some(&database), &mails)?;
    }
    if let Some(corpus) = &arguments.corpus {
        corpus::measure(&mut table, &arguments.torg, corpus)?;
    }
    table.print(arguments.json);
    Ok(())
}
