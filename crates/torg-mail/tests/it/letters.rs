//! Letters on file, each with what must be read from it beside it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use torg_mail::{
    Attachment, BounceReport, Kind, Letter, Mailbox, html_of, parse, parse_with, part_bytes,
};

#[test]
fn every_letter_on_file_reads_as_written_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail");
    let mut read = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "eml") {
            check(&path);
            read += 1;
        }
    }
    assert!(read >= 14, "only {read} letters found");
}

/// Only what the expectation names is compared.
fn check(path: &Path) {
    let letter = parse(&fs::read(path).expect("a mail")).expect("a letter");
    let expected: Value =
        serde_json::from_slice(&fs::read(path.with_extension("json")).expect("an expectation"))
            .expect("an expectation");
    let found = as_json(&letter);
    for (field, value) in expected.as_object().expect("an expectation") {
        assert_eq!(&found[field], value, "{field} of {}", path.display());
    }
}

fn as_json(letter: &Letter) -> Value {
    json!({
        "message_id": letter.message_id,
        "in_reply_to": letter.in_reply_to,
        "references": letter.references,
        "from": letter.from.as_ref().map(mailbox),
        "to": letter.to.iter().map(mailbox).collect::<Vec<_>>(),
        "cc": letter.cc.iter().map(mailbox).collect::<Vec<_>>(),
        "subject": letter.subject,
        "date": letter.date.map(|date| date.to_string()),
        "text": letter.text,
        "has_html": letter.has_html,
        "attachments": letter.attachments.iter().map(attachment).collect::<Vec<_>>(),
        "kind": kind(&letter.kind),
        "kind_reason": letter.kind_reason,
        "unwanted": letter.auto.unwanted,
        "bounce": if let Kind::Bounce(report) = &letter.kind { bounce(report) } else { Value::Null },
    })
}

fn mailbox(mailbox: &Mailbox) -> String {
    match &mailbox.name {
        Some(name) => format!("{name} <{}>", mailbox.address),
        None => mailbox.address.clone(),
    }
}

fn attachment(file: &Attachment) -> String {
    let inline = if file.inline { " inline" } else { "" };
    let id = file.content_id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    format!("{} {} {}{inline}{id}", file.name, file.content_type, file.size)
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Human => "human",
        Kind::Vacation => "vacation",
        Kind::Bounce(_) => "bounce",
        Kind::List => "list",
        Kind::Automatic => "automatic",
    }
}

fn bounce(report: &BounceReport) -> Value {
    let recipients = report.recipients.iter();
    let recipients = recipients
        .map(|one| format!("{} {} {} {}", one.address, one.action, one.status, one.diagnostic));
    json!({
        "recipients": recipients.collect::<Vec<_>>(),
        "original": report.original_message_id,
        "references": report.original_references,
        "permanent": report.permanent,
        "complaint": report.complaint,
        "bad_news": report.is_bad_news(),
    })
}

#[test]
fn a_part_is_fetched_by_its_number() {
    let raw = include_bytes!("../mail/picture_and_form.eml");
    let letter = parse(raw).unwrap();
    let form =
        letter.attachments.iter().find(|file| file.content_type == "application/pdf").unwrap();
    assert_eq!(part_bytes(raw, form.part).unwrap(), b"%PDF-1.4\n");
    assert_eq!(part_bytes(raw, 999), None);
    assert!(html_of(raw).unwrap().contains("<b>vedhæftet</b>"));
}

#[test]
fn the_same_mail_over_two_roads_has_one_body_hash() {
    let raw = String::from_utf8(include_bytes!("../mail/lamp_out.eml").to_vec()).unwrap();
    let first = parse(raw.as_bytes()).unwrap();
    let other_road = format!("Received: from elsewhere\r\n{}\r\n", raw.replace('\n', "\r\n"));
    assert_eq!(parse(other_road.as_bytes()).unwrap().body_hash, first.body_hash);
    let other_words = raw.replace("mandag", "tirsdag");
    assert_ne!(parse(other_words.as_bytes()).unwrap().body_hash, first.body_hash);
}

#[test]
fn the_envelope_tells_a_bounce_that_the_header_hides() {
    let raw =
        b"From: post@mx.example\nSubject: Message\n\n550 5.1.1 user unknown aino@borger.example\n";
    assert_eq!(parse(raw).unwrap().kind, Kind::Human);
    assert!(matches!(parse_with(raw, Some("")).unwrap().kind, Kind::Bounce(_)));
    assert!(parse_with(raw, Some("")).unwrap().auto.unwanted);
}

#[test]
fn bytes_that_are_no_mail_are_refused_by_name() {
    assert_eq!(parse(b" \r\n").unwrap_err().to_string(), "the mail is empty");
    assert_eq!(parse(b"\x00\x01\x02").unwrap_err().to_string(), "the mail has no header");
}
