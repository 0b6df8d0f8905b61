//! `torg import`: mail from an archive, brought in silently: no receipts, and nothing old becomes
//! somebody's work.

use std::fs::File;
use std::io::{BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha256};
use torg_core::person::alike;
use torg_desk::{Desk, Imported};
use torg_mail::mailbox_files::{self, MailboxError, StoredMail};

use super::say;
use crate::data::DataFolder;
use crate::open::{How, municipality};
use crate::settings::Settings;
use crate::socket::Running;

/// Flags of `torg import`.
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// An mbox file or a Maildir folder.
    path: PathBuf,
    /// Our address the mail came to.
    #[arg(long)]
    address: String,
}

/// What was brought in.
#[derive(Debug, Default)]
struct Count {
    new: u64,
    known: u64,
    failed: u64,
}

/// Who takes the mail: the running server, or this process.
enum Taker {
    Running(Running),
    Here(Desk),
}

impl Taker {
    async fn import(
        &mut self,
        address: &str,
        key: String,
        raw: Vec<u8>,
    ) -> anyhow::Result<Imported> {
        match self {
            Self::Running(running) => running.import(address, key, &raw).await,
            Self::Here(desk) => Ok(desk.import(address, key, raw).await?),
        }
    }
}

/// Brings in a whole archive. What was brought in before is passed over, so an import that broke
/// off is simply run again.
pub(super) async fn import(
    settings: &Settings,
    data: &DataFolder,
    wanted: &Import,
) -> anyhow::Result<ExitCode> {
    let mut lock = None;
    let mut taker = match Running::find(data).await {
        Some(running) => Taker::Running(running),
        None => {
            lock = Some(data.lock()?);
            Taker::Here(municipality(settings, data, How::default()).await?)
        }
    };
    let progress = progress(total(&wanted.path)?);
    let mut count = Count::default();
    for mail in mails(&wanted.path)? {
        bring_in(&mut taker, &wanted.address, mail, &mut count).await?;
        progress.inc(1);
    }
    if let Taker::Here(desk) = &taker {
        progress.set_message("filing");
        desk.file_to_the_end().await?;
    }
    progress.finish_and_clear();
    drop(lock);
    let Count { new, known, failed } = count;
    say(&format!("{new} mails brought in, {known} were here already, {failed} could not be read"));
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

type Mail = Result<(String, Vec<u8>), String>;

async fn bring_in(
    taker: &mut Taker,
    address: &str,
    mail: Mail,
    count: &mut Count,
) -> anyhow::Result<()> {
    match mail {
        Ok((source, raw)) => {
            let key = source_key(address, &raw);
            let imported = taker.import(address, key, raw).await;
            match imported.with_context(|| format!("bringing in {source}"))? {
                Imported::New => count.new += 1,
                Imported::Known => count.known += 1,
            }
        }
        Err(why) => {
            count.failed += 1;
            say(&why);
        }
    }
    Ok(())
}

/// The same bytes for the same address are the same source, whatever file they lie in.
fn source_key(address: &str, raw: &[u8]) -> String {
    let hash = Sha256::new().chain_update(alike(address)).chain_update(raw).finalize();
    format!("import:{}", data_encoding::HEXLOWER.encode(&hash))
}

fn progress(total: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} mails, {eta} left {msg}");
    ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

type Mails = Box<dyn Iterator<Item = Mail> + Send>;

/// The mails of an mbox file or a Maildir folder, one after the other.
fn mails(path: &Path) -> anyhow::Result<Mails> {
    let one = |mail: Result<StoredMail, MailboxError>| {
        mail.map(|mail| (mail.source, mail.raw)).map_err(|error| error.to_string())
    };
    if path.is_dir() {
        return Ok(Box::new(mailbox_files::maildir(path)?.map(one)));
    }
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    Ok(Box::new(mailbox_files::mbox(BufReader::new(file)).map(one)))
}

/// How many mails there are, for the progress bar: counted by a first, quick pass.
fn total(path: &Path) -> anyhow::Result<u64> {
    if !std::io::stderr().is_terminal() {
        return Ok(0);
    }
    Ok(u64::try_from(mails(path)?.count())?)
}
