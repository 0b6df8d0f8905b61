//! One folder with one file a mail (the Maildir of qmail): `new/` and `cur/` hold mails, `tmp/` half-written ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::vec::IntoIter;

use super::{LONGEST_MAIL, MailboxError, StoredMail};

/// Reads the mails of the folder `dir`, those of `new/` before those of `cur/`, each in the order of their names.
///
/// # Errors
/// [`MailboxError::Unreadable`] if neither `new/` nor `cur/` can be listed.
pub fn maildir(dir: &Path) -> Result<Maildir, MailboxError> {
    let mut files = Vec::new();
    let mut refused = None;
    let mut listed = false;
    for folder in ["new", "cur"] {
        match mail_files(&dir.join(folder)) {
            Ok(found) => {
                listed = true;
                files.extend(found.into_iter().map(|name| (folder, name)));
            }
            Err(error) => refused = Some(error),
        }
    }
    match refused {
        Some(source) if !listed => Err(MailboxError::Unreadable { path: dir.to_owned(), source }),
        _ => Ok(Maildir { dir: dir.to_owned(), files: files.into_iter() }),
    }
}

/// The iterator of [`maildir`].
#[derive(Debug)]
pub struct Maildir {
    dir: PathBuf,
    files: IntoIter<(&'static str, String)>,
}

impl Iterator for Maildir {
    type Item = Result<StoredMail, MailboxError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (folder, name) = self.files.next()?;
        Some(read(&self.dir.join(folder).join(&name), &name))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.files.size_hint()
    }
}

fn mail_files(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && entry.file_type()?.is_file() {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn read(path: &Path, name: &str) -> Result<StoredMail, MailboxError> {
    // Flags after the colon change when the mail is read or answered; the name before it stays.
    let source = name.split(':').next().unwrap_or(name).to_owned();
    let refused = |source| MailboxError::Unreadable { path: path.to_owned(), source };
    if fs::metadata(path).map_err(refused)?.len() > LONGEST_MAIL as u64 {
        return Err(MailboxError::TooLong { source_key: source });
    }
    Ok(StoredMail { source, raw: fs::read(path).map_err(refused)? })
}
