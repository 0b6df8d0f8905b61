//! One file with many mails, each begun by a line `From …` after an empty line.

use std::io::BufRead;
use std::path::PathBuf;

use memchr::memchr;

use super::{MailboxError, StoredMail};

/// A mail larger than this is passed over rather than held in memory.
pub const LONGEST_MAIL: usize = 256 * 1024 * 1024;

/// Reads mails one at a time from `reader`, which may be of any length: no more than one mail is held.
///
/// Both quotings are undone: `>From ` (mboxo) and `>>From ` (mboxrd) lose one `>`.
pub fn mbox<R: BufRead>(reader: R) -> Mbox<R> {
    Mbox { reader, offset: 0, start: None, after_blank: true, line: Vec::new() }
}

/// The iterator of [`mbox`].
#[derive(Debug)]
pub struct Mbox<R> {
    reader: R,
    offset: u64,
    /// Where the mail being read begins: its `From ` line was seen.
    start: Option<u64>,
    after_blank: bool,
    line: Vec<u8>,
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = Result<StoredMail, MailboxError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut raw = Vec::new();
        let mut too_long = false;
        loop {
            let line_at = self.offset;
            match self.read_line() {
                Ok(0) => {
                    return self.start.take().and_then(|start| finished(start, raw, too_long));
                }
                Ok(_) => {}
                Err(source) => {
                    self.start = None;
                    return Some(Err(MailboxError::Unreadable { path: PathBuf::new(), source }));
                }
            }
            let begins = self.after_blank && self.line.starts_with(b"From ");
            self.after_blank = matches!(self.line.as_slice(), b"\n" | b"\r\n");
            if begins {
                if let Some(mail) =
                    self.start.replace(line_at).and_then(|start| finished(start, raw, too_long))
                {
                    return Some(mail);
                }
                (raw, too_long) = (Vec::new(), false);
            } else if self.start.is_some() || !self.after_blank {
                self.start.get_or_insert(line_at);
                too_long |= raw.len() + self.line.len() > LONGEST_MAIL;
                if !too_long {
                    raw.extend_from_slice(unquoted(&self.line));
                }
            }
        }
    }
}

impl<R: BufRead> Mbox<R> {
    /// Reads up to and with the next line feed, but no more than a bounded piece of an endless line.
    fn read_line(&mut self) -> std::io::Result<usize> {
        self.line.clear();
        while self.line.len() < 1024 * 1024 {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = memchr(b'\n', buffer).map(|at| at + 1);
            let taken = end.unwrap_or(buffer.len());
            self.line.extend_from_slice(&buffer[..taken]);
            self.reader.consume(taken);
            if end.is_some() {
                break;
            }
        }
        self.offset += self.line.len() as u64;
        Ok(self.line.len())
    }
}

fn finished(
    start: u64,
    mut raw: Vec<u8>,
    too_long: bool,
) -> Option<Result<StoredMail, MailboxError>> {
    if too_long {
        return Some(Err(MailboxError::TooLong { source_key: start.to_string() }));
    }
    // The empty line before the next mail belongs to the file, not to the mail.
    for ending in [b"\r\n\r\n".as_slice(), b"\n\n"] {
        if raw.ends_with(ending) {
            raw.truncate(raw.len() - ending.len() / 2);
            break;
        }
    }
    (!raw.trim_ascii().is_empty()).then(|| Ok(StoredMail { source: start.to_string(), raw }))
}

fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|&&byte| byte == b'>').count();
    if quotes > 0 && line[quotes..].starts_with(b"From ") { &line[1..] } else { line }
}

#[cfg(test)]
mod tests {
    use super::mbox;

    #[test]
    fn mails_come_out_one_by_one_and_unquoted() {
        let file = b"From a@x Mon\nSubject: 1\n\nhej\n>From os\n>>From jer\n\nFrom b@x Tue\nSubject: 2\n\nFrom me to you\nslut\n";
        let mails: Vec<_> = mbox(&file[..]).map(Result::unwrap).collect();
        let raws: Vec<_> =
            mails.iter().map(|mail| String::from_utf8_lossy(&mail.raw).into_owned()).collect();
        assert_eq!(raws[0], "Subject: 1\n\nhej\nFrom os\n>From jer\n");
        assert_eq!(
            raws.len(),
            3,
            "a From line after an empty one begins a mail, as RFC 4155 has it"
        );
        assert_eq!(mails[1].source, "50");
    }

    #[test]
    fn an_empty_file_and_one_without_a_from_line_are_no_trouble() {
        assert_eq!(mbox(&b""[..]).count(), 0);
        assert_eq!(mbox(&b"\n\n"[..]).count(), 0);
        assert_eq!(
            mbox(&b"Subject: 1\n\nhej\n"[..]).map(Result::unwrap).next().unwrap().raw,
            b"Subject: 1\n\nhej\n"
        );
    }
}
