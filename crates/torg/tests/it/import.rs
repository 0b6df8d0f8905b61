//! Bringing in an archive: run again, it brings in nothing twice, however it ended before.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use crate::house::{House, POST, eventually, on_both_databases, said};
use crate::smtp::letter;

const LETTERS: usize = 400;

#[test]
fn an_archive_is_brought_in_once() {
    on_both_databases(|house| {
        let house = house.with_town_hall();
        for archive in [mbox(house.folder(), 0..20), maildir(house.folder(), 20..40)] {
            let told = imported(&house, &archive);
            assert!(told.contains("20 mails brought in, 0 were here already"), "{told}");
            let told = imported(&house, &archive);
            assert!(told.contains("0 mails brought in, 20 were here already"), "{told}");
        }
        assert_eq!(house.export_filed().copies(), each_once(40));
        let receipts = house.counts("select count(*) from outbox");
        assert_eq!(receipts, 0, "nobody gets a receipt for an old letter");
    });
}

#[test]
fn an_archive_is_brought_in_by_the_running_server() {
    on_both_databases(|house| {
        let house = house.with_town_hall();
        let archive = mbox(house.folder(), 0..20);
        let _serving = house.serves();
        assert!(imported(&house, &archive).contains("20 mails brought in"));
        assert!(imported(&house, &archive).contains("20 were here already"));
        assert_eq!(house.export_filed().copies(), each_once(20));
    });
}

#[test]
fn an_import_that_was_killed_is_simply_run_again() {
    on_both_databases(|house| {
        let house = house.with_town_hall();
        for archive in [mbox(house.folder(), 0..LETTERS), maildir(house.folder(), 0..LETTERS)] {
            let before = house.counts("select count(*) from arrivals");
            let mut importing = begins(&house, &archive);
            eventually("mail is brought in", || {
                let now = house.counts("select count(*) from arrivals");
                now > before + 10 || importing.try_wait().unwrap().is_some()
            });
            importing.kill().unwrap();
            importing.wait().unwrap();
            house.time_passes();
            assert!(imported(&house, &archive).contains("were here already"));
        }
        assert_eq!(house.export_filed().copies(), each_once(LETTERS));
        house.does(&["check"]);
    });
}

#[test]
fn an_archive_that_is_not_there_is_named() {
    let house = House::embedded().with_town_hall();
    let told = house.is_refused(&["import", "/nowhere/old.mbox", "--address", POST]);
    assert!(told.contains("/nowhere/old.mbox"), "{told}");
}

fn imported(house: &House, archive: &Path) -> String {
    let output = house.runs(&["import", archive.to_str().unwrap(), "--address", POST]);
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

fn begins(house: &House, archive: &Path) -> Child {
    let mut command = house.command(&["import", archive.to_str().unwrap(), "--address", POST]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn each_once(count: usize) -> BTreeMap<String, usize> {
    (0..count).map(|number| (id(number), 1)).collect()
}

fn id(number: usize) -> String {
    format!("archived-{number}@citizen.example")
}

fn archived(number: usize) -> String {
    let from = format!("citizen-{number}@citizen.example");
    let text = format!("Dear all,\r\nFrom here on I wait for answer {number}.");
    String::from_utf8(letter(&id(number), &from, &text)).unwrap().replace("\r\n", "\n")
}

fn mbox(folder: &Path, numbers: std::ops::Range<usize>) -> PathBuf {
    let mut text = String::new();
    for number in numbers {
        let mail = archived(number).replace("\nFrom here", "\n>From here");
        writeln!(text, "From aino@citizen.example Mon May  4 10:00:00 2026\n{mail}").unwrap();
    }
    let path = folder.join("old.mbox");
    std::fs::write(&path, text).unwrap();
    path
}

fn maildir(folder: &Path, numbers: std::ops::Range<usize>) -> PathBuf {
    let path = folder.join("Maildir");
    for sub in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(path.join(sub)).unwrap();
    }
    for number in numbers {
        let name =
            if number % 2 == 0 { format!("new/{number}") } else { format!("cur/{number}:2,S") };
        std::fs::write(path.join(name), archived(number)).unwrap();
    }
    path
}
