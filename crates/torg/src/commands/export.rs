//! `torg export`: one JSON line for each arrival that is no message (yet), then one a message.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use jiff::Timestamp;
use serde_json::{Value, json};
use torg_store::export::{self, ExportedArrival, ExportedAttachment, ExportedMessage};

use crate::data::DataFolder;
use crate::open::reader;
use crate::settings::Settings;

const PAGE: i64 = 500;

/// Writes everything to standard output, page by page.
pub(super) async fn export(settings: &Settings, data: &DataFolder) -> anyhow::Result<ExitCode> {
    let reader = reader(settings, data).await?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    // What waits comes first: filed in the meantime, it is a message too, and never missing.
    let mut after = 0;
    loop {
        let from = after;
        let page = reader.read(move |read| export::arrivals(read, from, PAGE)).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for arrival in &page {
            writeln!(out, "{}", arrival_line(arrival))?;
        }
    }
    let mut after = 0;
    loop {
        let from = after;
        let page = reader.read(move |read| export::messages(read, from, PAGE)).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for message in &page {
            writeln!(out, "{}", message_line(message))?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn message_line(message: &ExportedMessage) -> Value {
    json!({
        "line": "message",
        "message": message.id.to_string(),
        "inquiry": message.inquiry,
        "number": message.number.to_string(),
        "department": message.department,
        "owner": message.owner,
        "state": message.state.word(),
        "message_id": message.mail_id,
        "direction": message.direction.word(),
        "kind": message.kind.word(),
        "subject": message.subject,
        "from": message.from,
        "from_name": message.author,
        "received": time(message.at),
        "text": message.text,
        "attachments": message.attachments.iter().map(attachment).collect::<Vec<_>>(),
        "links": message.links,
    })
}

fn attachment(file: &ExportedAttachment) -> Value {
    json!({
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
        "hash": format!("sha256:{}", data_encoding::HEXLOWER.encode(&file.sha256)),
    })
}

fn arrival_line(arrival: &ExportedArrival) -> Value {
    json!({
        "line": if arrival.quarantined { "quarantined" } else { "waiting" },
        "arrival": arrival.id.to_string(),
        "state": if arrival.quarantined { "quarantined" } else { "waiting" },
        "from": arrival.from,
        "to": arrival.to,
        "received": time(arrival.received_at),
        "size": arrival.size,
        "error": arrival.error,
    })
}

fn time(microseconds: i64) -> String {
    Timestamp::from_microsecond(microseconds).map(|time| time.to_string()).unwrap_or_default()
}
