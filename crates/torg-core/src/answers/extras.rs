//! What an answer has beside its texts: files that go along with it, and links.

use serde::{Deserialize, Serialize};

use super::{AnswerRefused, tidy};

/// A file that goes along with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFile {
    pub name: String,
    /// Such as `application/pdf`, as whoever gave it said.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// The BLAKE3 hash of its bytes, as 64 hexadecimal digits.
    pub hash: String,
}

/// The most files of an answer, and bytes of all of them: with them a mail is half as large as most
/// mail servers take.
pub const MOST_FILES: usize = 10;
pub const MOST_FILE_BYTES: i64 = 10_000_000;
const MOST_LINKS: usize = 10;
const LONGEST_LINK: usize = 500;

/// # Errors
/// If there are too many of them, or they are too large together.
pub(super) fn fit(files: &[AnswerFile]) -> Result<(), AnswerRefused> {
    let bytes = files.iter().map(|file| file.size).sum::<i64>();
    match files.len() <= MOST_FILES && bytes <= MOST_FILE_BYTES {
        true => Ok(()),
        false => Err(AnswerRefused::TooManyFiles { files: MOST_FILES, bytes: MOST_FILE_BYTES }),
    }
}

/// Links as they may be kept; one without a beginning gets that of most pages.
///
/// # Errors
/// If one is no address of a page, or there are too many of them.
pub(super) fn links(written: Vec<String>) -> Result<Vec<String>, AnswerRefused> {
    let links = tidy(written, LONGEST_LINK, |link| match link.trim() {
        link if link.is_empty() || link.contains("://") => link.to_owned(),
        link => format!("https://{link}"),
    });
    if links.len() > MOST_LINKS {
        return Err(AnswerRefused::TooMany { most: MOST_LINKS });
    }
    match links.iter().find(|link| !is_link(link)) {
        Some(wrong) => Err(AnswerRefused::NotALink(wrong.clone())),
        None => Ok(links),
    }
}

/// An address by `http` or `https` with a name that has a point in it, and nothing that ends an
/// address in a text.
fn is_link(link: &str) -> bool {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let ends = |letter: char| letter.is_whitespace() || "<>\"{}[]".contains(letter);
    host.contains('.') && !host.starts_with('.') && !host.contains('@') && !link.contains(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(link: &str) -> Result<Vec<String>, AnswerRefused> {
        links(vec![link.to_owned()])
    }

    #[test]
    fn a_link_is_an_address_of_a_page() {
        let right = ["https://fjordby.example/lys?x=1#a", "http://a.example"];
        for link in right {
            assert_eq!(kept(link), Ok(vec![link.to_owned()]));
        }
        assert_eq!(kept(" fjordby.example/lys "), Ok(vec!["https://fjordby.example/lys".into()]));
        assert_eq!(kept("  "), Ok(Vec::new()));
        for link in ["javascript://a.example", "lys", "ftp://a.example", "https://a.example/{{x}}"]
        {
            assert!(matches!(kept(link), Err(AnswerRefused::NotALink(_))), "{link}");
        }
    }

    #[test]
    fn files_have_room_in_a_mail() {
        let file = |size| AnswerFile {
            name: "a.pdf".into(),
            content_type: "application/pdf".into(),
            size,
            hash: String::new(),
        };
        assert_eq!(fit(&[file(MOST_FILE_BYTES)]), Ok(()));
        assert!(fit(&[file(MOST_FILE_BYTES), file(1)]).is_err());
        assert!(fit(&vec![file(1); MOST_FILES + 1]).is_err());
    }
}
