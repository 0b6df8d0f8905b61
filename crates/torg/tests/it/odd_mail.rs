//! Letters as odd as they come: all of them are taken, kept and shown.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::house::{House, on_both_databases, skip};
use crate::http::Browser;
use crate::odd_letters::odd_letters;
use crate::smtp::Smtp;

#[test]
fn odd_letters_are_taken_kept_and_shown() {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../torg-mail/tests/mail");
    let mut mails = read(&files_below(&ours));
    assert!(!mails.is_empty(), "the reader's own letters are there");
    mails.extend(odd_letters().into_iter().map(|(_, raw)| raw));
    on_both_databases(|house| are_taken_kept_and_shown(house, &mails));
}

#[test]
fn the_odd_letters_of_others_are_taken_kept_and_shown() {
    let mails = read(&files_below(&shared("corpus/mime")));
    if mails.is_empty() {
        return skip("the odd letters of others", "there is no ../shared/corpus/mime");
    }
    on_both_databases(|house| are_taken_kept_and_shown(house, &mails));
}

#[test]
fn the_bounces_of_others_are_taken_kept_and_shown() {
    let mails = read(&files_below(&shared("corpus/bounces")));
    if mails.is_empty() {
        return skip("the bounces of others", "there is no ../shared/corpus/bounces");
    }
    are_taken_kept_and_shown(House::embedded(), &mails);
}

#[test]
fn a_mailbox_full_of_traps_is_taken_kept_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("python3")
        .arg(shared("data/mail/mailgen.py"))
        .args(["--count", "200", "--seed", "7", "--format", "eml", "--out"])
        .arg(folder.path().join("mails"))
        .output();
    if !made.is_ok_and(|made| made.status.success()) {
        return skip("a mailbox full of traps", "there is no ../shared/data/mail/mailgen.py");
    }
    are_taken_kept_and_shown(House::embedded(), &read(&files_below(&folder.path().join("mails"))));
}

#[track_caller]
fn are_taken_kept_and_shown(house: House, mails: &[Vec<u8>]) {
    let house = house.with_town_hall();
    let password = ["--password", "a long password"];
    house.does(
        &[["user", "add", "bo@fjordby.example", "--name", "Bo"].as_slice(), &password].concat(),
    );
    let serving = house.serves();
    let mut smtp = Smtp::connect(serving.smtp).unwrap();
    for mail in mails {
        let answer = smtp.posts(mail).unwrap();
        assert_eq!(answer.code, 250, "{}: {}", answer.text, String::from_utf8_lossy(mail));
    }

    let exported = house.export_filed();
    let arrived = house.counts("select count(*) from arrivals");
    assert_eq!(usize::try_from(arrived).unwrap(), mails.len());
    assert!(exported.quarantined.is_empty(), "{:?}", exported.quarantined);
    let browser = Browser::of(serving.http, "bo@fjordby.example", "a long password");
    for message in exported.received() {
        let (inquiry, id) =
            (message["inquiry"].as_str().unwrap(), message["message"].as_str().unwrap());
        for path in [
            format!("/folders/all/inquiries/{inquiry}"),
            format!("/messages/{id}/html"),
            format!("/messages/{id}/raw"),
        ] {
            let status = browser.gets(&path).status;
            // A letter without HTML has no such page.
            let is_plain = path.ends_with("/html") && status == 404;
            assert!(status == 200 || is_plain, "{path}: {status} of {message}");
        }
    }
    assert!(!serving.log().contains("panicked"), "{}", serving.log());
}

fn read(files: &[PathBuf]) -> Vec<Vec<u8>> {
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

fn shared(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path)
}

/// Every mail below a folder, in order; licences and lists are no mails.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let below = |path: PathBuf| match path.is_dir() {
        true => files_below(&path),
        false => vec![path],
    };
    let files = paths.into_iter().flat_map(below);
    files.filter(|file| file.extension().is_some_and(|end| end == "eml" || end == "msg")).collect()
}
