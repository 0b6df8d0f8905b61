//! `torg check`: journal chains, raw mails, and that everything referred to is there.

use std::process::ExitCode;

use jiff::Timestamp;
use serde::Serialize;
use torg_store::journal::{self, ChainFault};
use torg_store::{Reader, StoreError, blobs, check};

use super::{give, say};
use crate::data::DataFolder;
use crate::open::reader;
use crate::settings::Settings;

/// What was looked at, and what is wrong.
#[derive(Debug, Default, Serialize)]
struct Report {
    chains: u64,
    /// Daily roots over the journal.
    roots: u64,
    blobs: u64,
    faults: Vec<String>,
}

/// Looks at everything. Exit status 1 if something is wrong.
pub(super) async fn check(
    settings: &Settings,
    data: &DataFolder,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let reader = reader(settings, data).await?;
    let mut report = Report::default();
    chains(&reader, &mut report).await?;
    roots(&reader, &mut report).await?;
    raw_mails(&reader, &mut report).await?;
    references(&reader, &mut report).await?;
    let sound = report.faults.is_empty();
    if json {
        give(&serde_json::to_string(&report)?);
    } else {
        report.faults.iter().for_each(|fault| give(fault));
        let verdict = if sound { "all is well" } else { "see above" };
        say(&format!(
            "{} journal chains, {} daily roots and {} blobs read: {verdict}",
            report.chains, report.roots, report.blobs
        ));
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn chains(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let from = after;
        let (last, count, faults) = reader
            .read(move |read| {
                let ends = journal::chains(read, from, 200)?;
                let mut faults = Vec::new();
                for (chain, steps, head) in &ends {
                    faults.extend(journal::check_chain(read, *chain, *steps, head)?);
                }
                Ok::<_, StoreError>((ends.last().map(|end| end.0), ends.len(), faults))
            })
            .await?;
        report.chains += count as u64;
        report.faults.extend(faults.iter().map(said));
        let Some(last) = last else { return Ok(()) };
        after = last;
    }
}

async fn roots(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let (roots, wrong) = journal::check_roots(reader).await?;
    report.roots = roots as u64;
    let said = |until| {
        let until = Timestamp::from_microsecond(until).unwrap_or_default();
        format!("the journal until {until} is not what its daily root was made of")
    };
    report.faults.extend(wrong.into_iter().map(said));
    Ok(())
}

fn said(fault: &ChainFault) -> String {
    match fault {
        ChainFault::Broken { chain, step } => {
            format!("journal chain {chain} is broken at line {step}")
        }
        ChainFault::EndDiffers { chain } => format!("journal chain {chain} lacks its end"),
    }
}

async fn raw_mails(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let from = after;
        let checked = reader.read(move |read| blobs::check(read, from.as_ref(), 50)).await?;
        report.blobs += checked.blobs as u64;
        report
            .faults
            .extend(checked.damaged.iter().map(|(hash, what)| format!("blob {hash}: {what}")));
        if checked.next.is_none() {
            return Ok(());
        }
        after = checked.next;
    }
}

async fn references(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let dangling = reader.read(check::dangling).await?;
    let wrong = dangling.into_iter().filter(|(_, count)| *count > 0);
    report.faults.extend(wrong.map(|(what, count)| format!("{count} {what}")));
    Ok(())
}
