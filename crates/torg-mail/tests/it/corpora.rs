//! Public test messages, where they lie beside the project: all read, none panics, each shows something.

use std::fs;
use std::path::{Path, PathBuf};

use torg_mail::html::{Remote, clean};
use torg_mail::{Kind, html_of, parse};

/// The letters in `tests/mail`.
pub(crate) fn own_letters() -> Vec<Vec<u8>> {
    mails(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail"))
        .into_iter()
        .map(|(_, raw)| raw)
        .collect()
}

/// The folder of a corpus, or `None` with a word that the test has nothing to do.
fn corpus(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus").join(name);
    if !folder.is_dir() {
        skipped(name);
        return None;
    }
    Some(folder)
}

#[expect(clippy::print_stderr, reason = "a skipped corpus must be visible in the test's output")]
pub(crate) fn skipped(name: &str) {
    eprintln!("skipped: the corpus {name} is not here");
}

fn mails(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "eml"));
    paths.sort();
    paths.iter().map(|path| (path.display().to_string(), fs::read(path).expect("a mail"))).collect()
}

#[test]
fn every_odd_message_is_read_and_shows_something() {
    for name in ["mime/rfc", "mime/malformed", "mime/thirdparty", "mime/legacy"] {
        let Some(folder) = corpus(name) else { return };
        for (path, raw) in mails(&folder) {
            let letter = parse(&raw).unwrap_or_else(|error| panic!("{path}: {error}"));
            let readable = !letter.text.is_empty()
                || !letter.attachments.is_empty()
                || !letter.subject.is_empty();
            // Three of the malformed ones consist of boundaries alone.
            assert!(readable || raw.len() < 300, "{path} shows nothing");
            clean(&html_of(&raw).unwrap_or_default(), |_| None, Remote::Blocked);
        }
    }
}

#[test]
fn bounces_of_a_hundred_servers_are_known_for_what_they_are() {
    for (name, least) in
        [("bounces/bsd", 0.97), ("bounces/dos", 0.97), ("bounces/mac", 0.97), ("bounces/err", 1.0)]
    {
        let Some(folder) = corpus(name) else { return };
        let (mut bounces, mut with_recipient, mut with_original, mut all) = (0, 0, 0, 0);
        for (_, raw) in mails(&folder) {
            all += 1;
            if let Ok(Kind::Bounce(report)) = parse(&raw).map(|letter| letter.kind) {
                bounces += 1;
                with_recipient += usize::from(report.complaint || !report.recipients.is_empty());
                with_original += usize::from(report.original_message_id.is_some());
            }
        }
        assert!(bounces as f64 >= least * f64::from(all), "{name}: {bounces} of {all} are bounces");
        assert!(
            with_recipient * 100 >= bounces * 95,
            "{name}: {with_recipient} of {bounces} name a recipient"
        );
        assert!(
            with_original * 100 >= bounces * 75,
            "{name}: {with_original} of {bounces} name the mail"
        );
    }
}

#[test]
fn letters_that_speak_of_bounces_are_none() {
    let Some(folder) = corpus("bounces/not") else {
        return;
    };
    for (path, raw) in mails(&folder) {
        assert!(!matches!(parse(&raw).unwrap().kind, Kind::Bounce(_)), "{path}");
    }
}
