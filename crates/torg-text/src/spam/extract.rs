//! Everything a mail can be judged by, gathered.

use super::fields::{self, bucket};
use super::gather::{Gathered, Place};
use super::links;
use super::mail::{Circumstances, Mail, Part};
use super::page::Page;
use super::signs::{self, Letterhead};
use super::words;

/// So many words of the text count, for each of its parts.
const MOST_WORDS: usize = 1_500;
/// So many bytes of each text count.
const MOST_TEXT: usize = 20_000;
const MOST_LINKS: usize = 60;

/// What is used again from mail to mail.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reader {
    pub(crate) gathered: Gathered,
    page: Page,
}

/// What was met in the parts, for the signs.
#[derive(Debug, Default)]
pub(crate) struct Met {
    pub(crate) words: usize,
    pub(crate) images: usize,
    pub(crate) has_page: bool,
    pub(crate) hidden: usize,
}

impl Reader {
    /// Gathers the features of a mail in place of those of the last one.
    pub(crate) fn read(&mut self, mail: &Mail<'_>, circumstances: &Circumstances<'_>) {
        self.gathered.clear();
        fields::fields(&mut self.gathered, mail);
        let letterhead = Letterhead::of(mail);
        let mut met = Met::default();
        for part in mail.parts {
            self.part(part);
            if part.content_type.contains("html") {
                self.page(part.text, &letterhead, &mut met);
            } else if !part.text.is_empty() {
                self.text(part.text, &letterhead, &mut met);
            } else if part.content_type.starts_with("image/") {
                met.images += 1;
            }
        }
        self.gathered.add(Place::Part, "words:", bucket(met.words / 10));
        signs::signs(&mut self.gathered, mail, &letterhead, circumstances, &met);
    }

    fn part(&mut self, part: &Part<'_>) {
        let gathered = &mut self.gathered;
        gathered.add(Place::Part, "type:", part.content_type);
        gathered.add(Place::Part, "charset:", part.charset.unwrap_or("none"));
        gathered.add(Place::Part, "transfer:", part.transfer);
        if let Some(name) = part.file_name {
            let ending = name.rsplit_once('.').map_or("none", |(_, ending)| ending);
            gathered.add(Place::Part, "ending:", ending);
            words::words(gathered, Place::Part, name, 20);
        }
    }

    fn text(&mut self, text: &str, letterhead: &Letterhead<'_>, met: &mut Met) {
        let text = text.get(..text.floor_char_boundary(MOST_TEXT)).unwrap_or_default();
        met.words += words::letter(&mut self.gathered, text, MOST_WORDS);
        let own = own_text(text);
        signs::own_text(&mut self.gathered, letterhead, own);
        for link in links::in_text(own, MOST_LINKS) {
            if link_words(&mut self.gathered, link) {
                signs::link(&mut self.gathered, letterhead, link);
            }
        }
    }

    fn page(&mut self, html: &str, letterhead: &Letterhead<'_>, met: &mut Met) {
        self.page.read(html);
        let (gathered, page) = (&mut self.gathered, &self.page);
        met.has_page = true;
        met.images += page.images;
        met.hidden += page.hidden.trim().len();
        met.words += words::letter(gathered, &page.shown, MOST_WORDS);
        let own = own_text(&page.shown);
        signs::own_text(gathered, letterhead, own);
        let own = own.len();
        for tag in page.tags.lines() {
            gathered.add(Place::Tag, "", tag);
        }
        gathered.add(Place::Tag, "images:", bucket(page.images));
        gathered.add(Place::Tag, "links:", bucket(page.links.len()));
        for (target, shown) in page.links.iter().take(MOST_LINKS) {
            let is_new = link_words(gathered, target);
            if shown.start > own {
                continue;
            }
            if is_new {
                signs::link(gathered, letterhead, target);
            }
            let shown = page.shown.get(shown.clone()).unwrap_or_default();
            signs::shown_link(gathered, letterhead, target, shown);
        }
        signs::page(gathered, page);
    }
}

/// What stands before anything quoted: whoever sends a letter on did not make its links.
fn own_text(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        if start.starts_with('>') || words::begins_quote(start) {
            break;
        }
        end += line.len();
    }
    text.get(..end).unwrap_or(text)
}

/// Adds where a link leads. Returns whether its host is new to this mail.
fn link_words(gathered: &mut Gathered, target: &str) -> bool {
    let host = links::host(target);
    if host.is_empty() {
        return false;
    }
    let is_new = gathered.add(Place::Link, "", host);
    gathered.add(Place::Link, "", links::domain(host));
    gathered.add(Place::Link, "top:", links::top_level(host));
    let path = links::path(target);
    let pieces = path.split(|letter: char| !letter.is_ascii_alphanumeric());
    for piece in pieces.filter(|piece| (3..=20).contains(&piece.len())).take(8) {
        gathered.add(Place::Link, "path:", piece);
    }
    is_new
}
