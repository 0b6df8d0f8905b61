//! Odd mail of the world, and a thousand citizens' threads. Where the collections are not beside
//! the checkout these stories are skipped, said aloud.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use torg_core::InquiryId;
use torg_desk::Images;
use torg_store::{params, sql};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::BO;

stories! {
    plan without_receipts;
    odd_mail_of_the_world_is_kept_and_shown,
    bounces_of_the_world_are_kept_and_shown,
    replies_find_their_threads_and_strangers_stay_apart,
}

/// What lies beside the checkout for developers, if it does.
fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    skipped(path);
    None
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen in its output")]
fn skipped(what: &str) {
    eprintln!("SKIPPED: ../shared/{what} is not here");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

async fn odd_mail_of_the_world_is_kept_and_shown(town: &Town) {
    if let Some(folder) = shared("corpus/mime") {
        all_are_kept_and_shown(town, &folder).await;
    }
}

async fn bounces_of_the_world_are_kept_and_shown(town: &Town) {
    if let Some(folder) = shared("corpus/bounces") {
        all_are_kept_and_shown(town, &folder).await;
    }
}

async fn all_are_kept_and_shown(town: &Town, folder: &Path) {
    let all = files(folder);
    assert!(all.len() > 20);
    for file in &all {
        let mail = Mail::raw(&std::fs::read(file).unwrap());
        town.receives(mail).await.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    let report = town.files().await;
    assert_eq!(report.filed + report.quarantined, all.len());
    assert_eq!(arrivals(town).await, (report.filed, report.quarantined));
    assert!(report.quarantined * 20 < all.len(), "{report:?}");
    let (bo, desk) = (town.viewer(BO), &town.desk);
    for id in town.inquiries().await {
        // Asking for its messages shows the whole page, or fails.
        let messages = town.messages_of(BO, id).await;
        assert!(!messages.is_empty());
        for message in messages {
            let html = desk.letter_html(&bo, message.id, Images::Shown).await.unwrap();
            assert_eq!(html.is_some(), message.has_html);
            for file in &message.attachments {
                let bytes = desk.attachment(&bo, file.id).await.unwrap().unwrap();
                assert_eq!(i64::try_from(bytes.bytes.len()), Ok(file.size));
            }
        }
    }
}

/// How many arrivals were filed, and how many lie in quarantine; none wait.
async fn arrivals(town: &Town) -> (usize, usize) {
    let count = |state: i64| {
        town.read(move |read| {
            let counted = sql!("select count(*) from arrivals where state = $1");
            read.one(counted, &params![state], |row| row.get::<i64>(0))
        })
    };
    let of = |count: Option<i64>| usize::try_from(count.unwrap()).unwrap();
    assert_eq!(of(count(0).await), 0);
    (of(count(1).await), of(count(2).await))
}

/// A generated mail and what is true of it.
struct Truth {
    number: i64,
    thread: i64,
    file: String,
    link: String,
    expect: String,
    id: String,
}

fn generated() -> Option<(tempfile::TempDir, Vec<Truth>)> {
    let script = shared("data/mail/mailgen.py")?;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mails");
    let made = Command::new("python3")
        .arg(script)
        .args(["--count", "300", "--seed", "7", "--attach", "0.02", "--format", "eml", "--out"])
        .arg(&out)
        .output();
    if !made.is_ok_and(|made| made.status.success()) {
        skipped("data/mail/mailgen.py (it does not run)");
        return None;
    }
    let truth = std::fs::read_to_string(folder.path().join("mails.truth.jsonl")).unwrap();
    Some((folder, truth.lines().map(of_line).collect()))
}

fn of_line(line: &str) -> Truth {
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    Truth {
        number: line["n"].as_i64().unwrap(),
        thread: line["thread"].as_i64().unwrap(),
        file: text("file"),
        link: text("link"),
        expect: text("expect"),
        id: text("message_id").trim_matches(['<', '>']).to_owned(),
    }
}

async fn replies_find_their_threads_and_strangers_stay_apart(town: &Town) {
    let Some((folder, truth)) = generated() else {
        return;
    };
    for mail in &truth {
        let raw = std::fs::read(folder.path().join("mails").join(&mail.file)).unwrap();
        town.receives(Mail::raw(&raw)).await.unwrap();
    }
    let report = town.files().await;
    assert_eq!(arrivals(town).await, (report.filed, report.quarantined));
    assert_eq!(report.filed + report.quarantined, truth.len());

    let placed = placed(town).await;
    let offered = offered(town).await;
    let roots: HashMap<i64, &Truth> = truth
        .iter()
        .filter(|mail| mail.number == mail.thread)
        .map(|mail| (mail.thread, mail))
        .collect();
    let mut faults = Vec::new();
    let (mut joined, mut opened) = (0, HashSet::new());
    let mut threads: HashMap<InquiryId, HashSet<i64>> = HashMap::new();
    for mail in truth.iter().filter(|mail| !mail.id.is_empty()) {
        let Some(here) = placed.get(&mail.id) else {
            continue;
        };
        threads.entry(*here).or_default().insert(mail.thread);
        let root = roots.get(&mail.thread).and_then(|root| placed.get(&root.id));
        let with_root = root == Some(here);
        // What an earlier reply without headers has opened is of the same thread.
        let of_thread = with_root || opened.contains(&(mail.thread, *here));
        if mail.link == "subject" {
            opened.insert((mail.thread, *here));
        }
        match (mail.link.as_str(), mail.expect.as_str()) {
            ("known" | "refs" | "irt" | "changed", "join") => {
                joined += 1;
                if !of_thread {
                    faults.push(format!("{} ({}) is not in its thread", mail.file, mail.link));
                }
            }
            ("subject", _) if !with_root => {
                let linked = offered.iter().any(|link| link.0 == *here || link.1 == *here);
                if !linked {
                    faults.push(format!("{} is offered to nobody", mail.file));
                }
            }
            _ => {}
        }
    }
    let merged = threads.values().filter(|threads| threads.len() > 1);
    faults.extend(merged.map(|threads| format!("strangers in one inquiry: {threads:?}")));
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(joined > 100, "{joined} replies with headers");
}

/// Where each mail lies, by its Message-ID.
async fn placed(town: &Town) -> HashMap<String, InquiryId> {
    let rows = town.read(|read| {
        let all = sql!("select mail_id, inquiry from messages where mail_id is not null");
        read.all(all, &[], |row| Ok((row.get(0)?, row.get(1)?)))
    });
    rows.await.into_iter().collect()
}

async fn offered(town: &Town) -> Vec<(InquiryId, InquiryId)> {
    town.read(|read| {
        let all = sql!("select inquiry, other from links");
        read.all(all, &[], |row| Ok((row.get(0)?, row.get(1)?)))
    })
    .await
}
