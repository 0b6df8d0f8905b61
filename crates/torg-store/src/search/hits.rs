//! Which messages a question finds, along time.

use torg_core::MessageId;

use super::question::{all_of, any_of, quoted};
use super::{span_of, span_word};
use crate::folders::Sort;
use crate::{EngineKind, Read, StoreError, params, sql};

/// So many of the newest documents PostgreSQL looks through before it asks its index, which gathers
/// all that hold a word before it knows which are the newest: a common word is met soon enough.
const NEAR: i64 = 2000;

/// The messages that `asked` finds beyond `from` in the order of `sort`, at most `limit`.
pub(crate) fn hits(
    read: &Read<'_>,
    asked: &str,
    sort: Sort,
    from: i64,
    limit: i64,
) -> Result<Vec<MessageId>, StoreError> {
    if read.engine() == EngineKind::Postgres {
        let near = near(read, asked, sort, from, limit)?;
        if i64::try_from(near.len()).is_ok_and(|count| count == limit) {
            return Ok(near);
        }
    }
    hits_of_all(read, asked, sort, from, limit)
}

/// As [`hits`], by the index alone.
fn hits_of_all(
    read: &Read<'_>,
    asked: &str,
    sort: Sort,
    from: i64,
    limit: i64,
) -> Result<Vec<MessageId>, StoreError> {
    let statement = match sort {
        Sort::Newest | Sort::Due | Sort::Best => sql!(
            list lite "select rowid from search where search match $1 and rowid < $2
                         order by rowid desc limit $3",
            pg "with met as materialized (select rowid from search
                   where words @@ cast(cast($1 as text) as tsquery) and rowid < $2)
                select rowid from met order by rowid desc limit $3"
        ),
        Sort::Oldest => sql!(
            list lite "select rowid from search where search match $1 and rowid > $2
                         order by rowid limit $3",
            pg "with met as materialized (select rowid from search
                   where words @@ cast(cast($1 as text) as tsquery) and rowid > $2)
                select rowid from met order by rowid limit $3"
        ),
    };
    read.all(statement, &params![asked, from, limit], |row| row.get(0))
}

/// As [`hits`], among the next [`NEAR`] documents only.
fn near(
    read: &Read<'_>,
    asked: &str,
    sort: Sort,
    from: i64,
    limit: i64,
) -> Result<Vec<MessageId>, StoreError> {
    let statement = match sort {
        Sort::Newest | Sort::Due | Sort::Best => sql!(
            list lite "select rowid from search where search match $1 and rowid < $2
                         and $4 > 0 order by rowid desc limit $3",
            pg "select rowid from (select rowid, words from search where rowid < $2
                   order by rowid desc limit $4) x
                 where words @@ cast(cast($1 as text) as tsquery) order by rowid desc limit $3"
        ),
        Sort::Oldest => sql!(
            list lite "select rowid from search where search match $1 and rowid > $2
                         and $4 > 0 order by rowid limit $3",
            pg "select rowid from (select rowid, words from search where rowid > $2
                   order by rowid limit $4) x
                 where words @@ cast(cast($1 as text) as tsquery) order by rowid limit $3"
        ),
    };
    read.all(statement, &params![asked, from, limit, NEAR], |row| row.get(0))
}

/// So many spans of days PostgreSQL's index is asked for, one question after the other, before it is
/// asked for all.
const SPANS: [i64; 3] = [1, 5, 25];

/// The newest messages that `asked` finds, at most `most`, and, on PostgreSQL, the question for the
/// days they are of.
pub(super) fn newest(
    read: &Read<'_>,
    asked: &str,
    from: i64,
    most: i64,
) -> Result<(Vec<MessageId>, Option<String>), StoreError> {
    if read.engine() == EngineKind::Postgres {
        let newest = read.one(
            sql!(list "select rowid from search where rowid < $1 order by rowid desc limit 1"),
            &params![from],
            |row| row.get(0),
        )?;
        for spans in SPANS {
            let days = days(span_of(newest.unwrap_or_default()), spans);
            let within = all_of(read.engine(), &[asked.to_owned(), days.clone()]);
            let found = hits_of_all(read, &within, Sort::Newest, from, most)?;
            if i64::try_from(found.len()).is_ok_and(|count| count == most) {
                return Ok((found, Some(days)));
            }
        }
    }
    Ok((hits_of_all(read, asked, Sort::Newest, from, most)?, None))
}

/// The question for what is of the days of `last` and the `spans - 1` before.
fn days(last: i64, spans: i64) -> String {
    let engine = EngineKind::Postgres;
    let words = (last - spans + 1..=last).map(|span| quoted(engine, &span_word(span), false));
    any_of(engine, &words.collect::<Vec<_>>())
}

/// Those from `first` to `last` that `asked` finds.
pub(super) fn between(
    read: &Read<'_>,
    asked: &str,
    (first, last): (MessageId, MessageId),
) -> Result<Vec<MessageId>, StoreError> {
    read.all(
        sql!(
            list lite "select rowid from search where search match $1
                         and rowid >= $2 and rowid <= $3",
            pg "with met as materialized (select rowid from search
                   where words @@ cast(cast($1 as text) as tsquery))
                select rowid from met where rowid >= $2 and rowid <= $3"
        ),
        &params![asked, first, last],
        |row| row.get(0),
    )
}
