//! A search with what fits best at the top.

use std::collections::{HashMap, HashSet};

use torg_core::{Id, MessageId, Viewer};

use super::reads::Reads;
use super::rows::name_tags;
use super::{Cursor, ListPage, ListRow, Look, Sort};
use crate::{Read, StoreError, search};

/// One page of the best of the newest hits. Every page orders the hits anew, but only those that
/// were there when the first was made, so that nothing stands on two pages.
pub(super) fn best_first(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &Look,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<ListPage, StoreError> {
    if look.asks_nothing() {
        return Ok(ListPage::default());
    }
    let (newest, shown) = Cursor::best(after);
    let hits = search::best(read, viewer, look.wanted(), newest + 1)?;
    let newest = hits.newest.map_or(newest, |message| message.as_i64());
    // What stands on the pages before, this page, and one that tells whether there is more.
    let mut rows = taken(read, viewer, look, &hits.messages, shown + limit + 1)?;
    let more = rows.len() > shown + limit;
    rows.truncate(shown + limit);
    let mut rows = rows.split_off(shown.min(rows.len()));
    name_tags(read, viewer, &mut rows)?;
    let next = more.then(|| Cursor::among_best(newest, shown + rows.len()));
    Ok(ListPage { rows, next, cut: false, ranked: hits.is_full })
}

/// The first `most` rows that the look takes, in the order of `hits`; each inquiry once.
fn taken(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &Look,
    hits: &[MessageId],
    most: usize,
) -> Result<Vec<ListRow>, StoreError> {
    let reads = Reads { read, viewer, sort: Sort::Best, after: None, limit: 0 };
    let mut taken: Vec<ListRow> = Vec::new();
    for step in hits.chunks(look.step(most)) {
        let of_hit = |row: ListRow| Some((row.hit.as_ref()?.message, row));
        let mut rows: HashMap<MessageId, ListRow> =
            reads.of_hits(step, &HashSet::new())?.into_iter().filter_map(of_hit).collect();
        for row in step.iter().filter_map(|message| rows.remove(message)) {
            let is_new = taken.iter().all(|other| other.id != row.id);
            if is_new && look.takes(&row, viewer) {
                taken.push(row);
            }
            if taken.len() == most {
                return Ok(taken);
            }
        }
    }
    Ok(taken)
}
