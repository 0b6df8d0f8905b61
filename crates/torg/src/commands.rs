//! The command line: the server, and tools for administrators. Results go to standard output,
//! progress and failures to standard error; the exit status is 0, 1 (the work failed) or 2 (used
//! wrongly).

mod answers;
mod check;
mod export;
mod import;
mod manage;
mod model;
pub(crate) mod read_pdf;
mod serving;
mod spam;

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::data::DataFolder;
use crate::logs;
use crate::settings::Settings;

pub(crate) use manage::{Manage, manage};

/// Torg: everything citizens ask, in one desk.
#[derive(Debug, Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    /// The settings file; torg.toml in this folder if it is there.
    #[arg(long, global = true, env = "TORG_SETTINGS")]
    settings: Option<PathBuf>,
    /// The folder of the embedded database.
    #[arg(long, global = true, env = "TORG_DATA")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages and take mail.
    Serve(Serve),
    /// Verify journal chains, raw mails and references. Works while the server runs.
    Check {
        /// One JSON document on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Bring in mail from an mbox file or a Maildir folder. Run again, it brings in nothing twice.
    Import(import::Import),
    /// Write every message as one JSON line. Works while the server runs.
    Export,
    /// Standard answers.
    #[command(subcommand)]
    Answers(answers::Answers),
    /// Teach and ask the judge of spam.
    #[command(subcommand)]
    Spam(spam::Spam),
    /// Who works here.
    #[command(subcommand)]
    User(manage::User),
    /// Departments.
    #[command(subcommand)]
    Department(manage::Department),
    /// Addresses the municipality receives at.
    #[command(subcommand)]
    Address(manage::Address),
    /// The sentence model, which finds standard answers that share no word with the letter.
    #[command(subcommand)]
    Model(model::ModelCommand),
    /// Read one PDF file for the search; the server starts it.
    #[command(hide = true)]
    ReadPdf,
}

/// Flags of `torg serve`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Serve {
    /// Where pages are served.
    #[arg(long, env = "TORG_HTTP")]
    pub(crate) http: Option<SocketAddr>,
    /// Where mail is taken by SMTP.
    #[arg(long, env = "TORG_SMTP")]
    pub(crate) smtp: Option<SocketAddr>,
    /// Where mail is taken by LMTP.
    #[arg(long)]
    pub(crate) lmtp: Option<SocketAddr>,
    /// The fictional municipality of Fjordby, with a year of letters; outgoing mail goes nowhere.
    #[arg(long)]
    pub(crate) demo: bool,
}

/// Runs what was asked for.
pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    if let Command::Answers(asked) = &arguments.command {
        return answers::run(asked);
    }
    if let Command::Spam(asked) = &arguments.command {
        return spam::run(asked);
    }
    if let Command::ReadPdf = arguments.command {
        return read_pdf::run();
    }
    let mut settings = Settings::read(arguments.settings.as_deref())?;
    if let Some(data) = arguments.data {
        settings.server.data = data;
    }
    let troubles = logs::begin(&settings.log)?;
    let data = DataFolder::open(&settings.server.data)?;
    match arguments.command {
        Command::Serve(serve) => serving::serve(settings, data, &serve, troubles).await,
        Command::Check { json } => check::check(&settings, &data, json).await,
        Command::Import(import) => import::import(&settings, &data, &import).await,
        Command::Export => export::export(&settings, &data).await,
        Command::Spam(asked) => spam::run(&asked),
        Command::ReadPdf => read_pdf::run(),
        Command::User(user) => manage::run(&settings, &data, Manage::User(user)).await,
        Command::Answers(asked) => answers::run(&asked),
        Command::Department(one) => manage::run(&settings, &data, Manage::Department(one)).await,
        Command::Address(one) => manage::run(&settings, &data, Manage::Address(one)).await,
        Command::Model(command) => model::model(&data, &command),
    }
}

/// Says something to whoever started the command.
pub(crate) fn say(text: &str) {
    // Nobody listening is no failure of the work.
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Gives a result on standard output.
pub(crate) fn give(text: &str) {
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}
