//! Mail out of files, in order, each under a name that stays.

use std::fs;

use torg_mail::mailbox_files::{maildir, mbox};
use torg_mail::parse;

#[test]
fn a_maildir_gives_new_before_current_and_skips_what_is_no_mail() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["new", "cur", "tmp"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    for name in ["new/2.b", "new/1.a", "cur/3.c:2,S", "cur/.hidden", "tmp/4.d"] {
        fs::write(folder.path().join(name), format!("Subject: {name}\n\nhej\n")).unwrap();
    }
    let mails: Vec<_> = maildir(folder.path()).unwrap().map(Result::unwrap).collect();
    let sources: Vec<_> = mails.iter().map(|mail| mail.source.as_str()).collect();
    assert_eq!(sources, ["1.a", "2.b", "3.c"]);
    assert_eq!(parse(&mails[0].raw).unwrap().subject, "new/1.a");
}

#[test]
fn a_folder_that_is_no_maildir_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert!(maildir(folder.path()).is_err());
}

#[test]
fn an_mbox_of_all_our_letters_gives_them_back() {
    let letters = super::corpora::own_letters();
    let mut file = Vec::new();
    for letter in &letters {
        file.extend_from_slice(b"From someone Mon Jan  5 09:12:00 2026\n");
        for line in letter.split_inclusive(|&byte| byte == b'\n') {
            if line.trim_ascii_start().starts_with(b"From ") || line.starts_with(b">") {
                file.push(b'>');
            }
            file.extend_from_slice(line);
        }
        file.extend_from_slice(b"\n");
    }
    let read: Vec<_> = mbox(&file[..]).map(|mail| mail.unwrap().raw).collect();
    assert_eq!(read.len(), letters.len());
    for (read, written) in read.iter().zip(&letters) {
        assert_eq!(parse(read).unwrap().body_hash, parse(written).unwrap().body_hash);
    }
}
