//! Why something was found: the words that were asked for, where they stand.

use std::collections::{HashMap, HashSet};

use torg_core::{MessageId, Viewer};
use torg_store::folders::{ListRow, Look};
use torg_store::search::{self, FoundText};
use torg_store::{Read, StoreError};
use torg_text::{Excerpt, Piece, detect, excerpt};

use crate::filing::tongue;

/// About so many bytes of a text are shown.
const LENGTH: usize = 180;
/// A file's name is shown whole.
const LONGEST_NAME: usize = 250;

/// What a row shows of the message by which it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The inquiry's subject.
    pub subject: Vec<Piece>,
    /// What was written; or what stands in the file.
    pub text: Vec<Piece>,
    /// The name of the file in which it stands, if not all of it was written.
    pub file: Option<Vec<Piece>>,
}

/// What rows that a search found show, by the message each was found by; nothing where only
/// filters were asked for.
///
/// # Errors
/// When the database does not answer.
pub fn excerpts(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &Look,
    rows: &[ListRow],
) -> Result<HashMap<MessageId, Shown>, StoreError> {
    let hits: HashMap<MessageId, &ListRow> =
        rows.iter().filter_map(|row| Some((row.hit.as_ref()?.message, row))).collect();
    if look.words.is_empty() || hits.is_empty() {
        return Ok(HashMap::new());
    }
    let messages: Vec<MessageId> = hits.keys().copied().collect();
    let found = search::texts(read, viewer, &messages)?;
    let shown = found.iter().filter_map(|found| {
        let row = hits.get(&found.message)?;
        Some(shown(read, viewer, &look.words, (found, row)).map(|shown| (found.message, shown)))
    });
    shown.collect()
}

fn shown(
    read: &Read<'_>,
    viewer: &Viewer,
    asked: &[Vec<String>],
    (found, row): (&FoundText, &ListRow),
) -> Result<Shown, StoreError> {
    let tongue = tongue(found.language);
    let subject = excerpt(&row.subject, tongue, asked, usize::MAX / 2).pieces;
    let body = excerpt(&found.body, tongue, asked, LENGTH);
    let head = [found.subject.as_str(), &found.author, &found.address].join("\n");
    let in_head = excerpt(&head, tongue, asked, 0).met;
    let missing: HashSet<usize> = (0..asked.len())
        .filter(|group| !body.met.contains(group) && !in_head.contains(group))
        .collect();
    let in_file = match missing.is_empty() {
        true => None,
        false => in_file(read, viewer, asked, (found.message, &missing))?,
    };
    Ok(match in_file {
        Some(in_file) => Shown { subject, ..in_file },
        None => Shown { subject, text: body.pieces, file: None },
    })
}

/// The file in which most of what is `missing` stands: its name and its text.
fn in_file(
    read: &Read<'_>,
    viewer: &Viewer,
    asked: &[Vec<String>],
    (message, missing): (MessageId, &HashSet<usize>),
) -> Result<Option<Shown>, StoreError> {
    let of_file = |(name, text): &(String, String)| {
        let tongue = detect(text).unwrap_or(tongue(None));
        let name = excerpt(name, tongue, asked, LONGEST_NAME);
        let text = excerpt(text, tongue, asked, LENGTH);
        let met = |found: &Excerpt| found.met.intersection(missing).count();
        let met = met(&name) + met(&text);
        (met, Shown { subject: Vec::new(), text: text.pieces, file: Some(name.pieces) })
    };
    let files = search::file_texts(read, viewer, message)?;
    let best = files.iter().map(of_file).max_by_key(|(met, _)| *met);
    Ok(best.filter(|(met, _)| *met > 0).map(|(_, shown)| shown))
}
