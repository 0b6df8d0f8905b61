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

use clap::{Parser, ValueEnum};
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
    /// Only this is measured; may be given several times. Everything, if it is not given.
    #[arg(long)]
    only: Vec<Part>,
    /// One JSON document on standard output.
    #[arg(long)]
    json: bool,
}

/// What can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Size, start and memory of the program.
    Rest,
    /// Small mails, on the embedded database.
    Embedded,
    /// Small mails, on PostgreSQL.
    Postgres,
    /// The mails of the corpus.
    Corpus,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let wanted = |part| arguments.only.is_empty() || arguments.only.contains(&part);
    let (torg, mut table) = (&arguments.torg, Table::default());
    let mails = letters::small(arguments.mails);
    measures::sizes(&mut table, &mails);
    if wanted(Part::Rest) {
        measures::start_and_rest(&mut table, torg)?;
    }
    if wanted(Part::Embedded) {
        raw::embedded(&mut table, &mails)?;
        measures::intake_and_filing(&mut table, torg, None, &mails)?;
    }
    if wanted(Part::Postgres)
        && let Some(database) = database()
    {
        raw::on_postgres(&mut table, &database, &mails)?;
        measures::intake_and_filing(&mut table, torg, Some(&database), &mails)?;
    }
    if wanted(Part::Corpus)
        && let Some(corpus) = &arguments.corpus
    {
        corpus::measure(&mut table, torg, corpus)?;
    }
    table.print(arguments.json);
    Ok(())
}
