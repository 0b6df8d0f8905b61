//! Signs of what is written, shown and hidden.

use memchr::{memchr, memmem};

use super::letterhead::Letterhead;
use super::likeness::mixes;
use crate::spam::gather::Gathered;
use crate::spam::page::Page;
use crate::spam::words::{fold, is_invisible};

/// Text that is hidden beyond a preview line, in bytes.
const LONG_PREVIEW: usize = 400;
/// Numbers and pictures are looked for in so many bytes.
const LOOKED_AT: usize = 5_000;

/// Signs of what the writer wrote himself.
pub(crate) fn own_text(gathered: &mut Gathered, letterhead: &Letterhead<'_>, text: &str) {
    let words = letterhead.name.split(|c: char| !c.is_alphanumeric());
    let first = words.into_iter().find(|word| word.chars().count() >= 3);
    if let Some(first) = first.filter(|first| holds(text, first)) {
        gathered.sign("signed-by-sender", first);
    }
    if letterhead.to.contains('@') && holds(text, letterhead.to) {
        gathered.sign("text-names-recipient", letterhead.to);
    }
    let beginning = text.as_bytes().get(..text.len().min(LOOKED_AT)).unwrap_or_default();
    numbers(gathered, beginning);
    // In UTF-8, all letters beyond the first plane begin with this byte, and in mail those are pictures.
    if memchr(0xf0, beginning).is_some() {
        gathered.sign("emoji", "");
    }
    if text.split_whitespace().take(41).count() <= 40 && text.contains("://") {
        gathered.sign("short-with-link", "");
    }
}

fn holds(text: &str, wanted: &str) -> bool {
    memmem::find(text.as_bytes(), wanted.as_bytes()).is_some()
}

/// Telephone numbers, numbers of matters, and dates.
fn numbers(gathered: &mut Gathered, text: &[u8]) {
    let (mut digits, mut longest, mut numbered) = (0, 0, false);
    let mut before = b' ';
    for &byte in text {
        match byte {
            b'0'..=b'9' => digits += 1,
            b' ' | b'.' if before.is_ascii_digit() => {}
            b'/' | b'-' if (2..=4).contains(&digits) => numbered = true,
            _ => {
                longest = longest.max(digits);
                digits = 0;
            }
        }
        before = byte;
    }
    if (8..=10).contains(&longest.max(digits)) {
        gathered.sign("phone-number", "");
    }
    if numbered {
        gathered.sign("numbered-matter", "");
    }
}

/// Signs of a page.
pub(crate) fn page(gathered: &mut Gathered, page: &Page) {
    let hidden = page.hidden.trim();
    if hidden.len() > LONG_PREVIEW {
        gathered.sign("hidden-text", hidden);
    }
    if page.password_fields > 0 {
        gathered.sign("asks-for-password", "");
    } else if page.forms > 0 {
        gathered.sign("form", "");
    }
    odd_letters(gathered, &page.shown);
}

/// Letters of two alphabets in one word, and letters that do not show inside one.
pub(super) fn odd_letters(gathered: &mut Gathered, text: &str) {
    if text.is_ascii() {
        return;
    }
    for word in text.split_whitespace().filter(|word| !word.is_ascii()) {
        if mixes(word) {
            gathered.sign("two-alphabets", word);
        }
        let inner = word.trim_matches(is_invisible);
        let parted = inner.chars().any(|letter| is_invisible(letter) && letter != '\u{ad}');
        if parted && inner.chars().filter(|letter| letter.is_alphabetic()).count() > 3 {
            gathered.sign("invisible-letters", &fold(word));
        }
    }
}
