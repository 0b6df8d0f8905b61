//! Which messages a question finds, along time.

use torg_core::MessageId;

use super::question::{all_of, any_of, quoted};
use super::{span_of, span_word};
use crate::folders::Sort;
use crate::{EngineKind, Read, StoreError, params, sql};

/// The most spans of days that PostgreSQL's index is asked for at once, and in all, before it is asked
/// for everything: it gathers all that hold a word before it knows which are the newest, and looks
/// each of them up in each of the spans.
const SPANS_AT_ONCE: i64 = 10;
const SPANS: i64 = 30;
/// What is met less often than this in a span is sooner gathered from all years.
const FEW: i64 = 64;

/// The messages that `asked` finds beyond `from` in the order of `sort`, at most `limit`.
pub(super) fn hits(
    read: &Read<'_>,
    asked: &str,
    sort: Sort,
    from: i64,
    limit: i64,
) -> Result<Vec<MessageId>, StoreError> {
    if read.engine() == EngineKind::Postgres
        && let Some(found) = by_days(read, asked, sort, from, limit)?
    {
        return Ok(found);
    }
    hits_of_all(read, asked, sort, from, limit)
}

/// As [`hits`], some days after the others, as many as those before let hope for; `None` if these are
/// few, or not enough.
fn by_days(
    read: &Read<'_>,
    asked: &str,
    sort: Sort,
    from: i64,
    limit: i64,
) -> Result<Option<Vec<MessageId>>, StoreError> {
    let first = span_of(next(read, sort, from)?);
    // The first span may have just begun.
    let (mut found, mut passed, mut spans) = (Vec::new(), 0, 2);
    while passed + spans <= SPANS {
        let days = days(sort, first, passed, spans);
        let within = all_of(read.engine(), &[asked.to_owned(), days]);
        let met = i64::try_from(found.len()).unwrap_or(limit);
        found.extend(hits_of_all(read, &within, sort, from, limit - met)?);
        passed += spans;
        let met = i64::try_from(found.len()).unwrap_or(limit);
        if met == limit {
            return Ok(Some(found));
        }
        if met < FEW * passed {
            break;
        }
        spans = ((limit - met) * passed / met + 1).min(SPANS_AT_ONCE);
    }
    Ok(None)
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
                   where words @@ cast(cast($1 as text) as tsquery))
                select rowid from met where rowid < $2 order by rowid desc limit $3"
        ),
        Sort::Oldest => sql!(
            list lite "select rowid from search where search match $1 and rowid > $2
                         order by rowid limit $3",
            pg "with met as materialized (select rowid from search
                   where words @@ cast(cast($1 as text) as tsquery))
                select rowid from met where rowid > $2 order by rowid limit $3"
        ),
    };
    read.all(statement, &params![asked, from, limit], |row| row.get(0))
}

/// The document that comes first beyond `from` in the order of `sort`.
fn next(read: &Read<'_>, sort: Sort, from: i64) -> Result<i64, StoreError> {
    let statement = match sort {
        Sort::Newest | Sort::Due | Sort::Best => {
            sql!(list "select rowid from search where rowid < $1 order by rowid desc limit 1")
        }
        Sort::Oldest => {
            sql!(list "select rowid from search where rowid > $1 order by rowid limit 1")
        }
    };
    Ok(read.one(statement, &params![from], |row| row.get(0))?.unwrap_or(from))
}

/// The question for what is of `spans` spans of days, from the one that follows `first` in the order of
/// `sort` after `passed` others.
fn days(sort: Sort, first: i64, passed: i64, spans: i64) -> String {
    let engine = EngineKind::Postgres;
    let days = (passed..passed + spans).map(|after| match sort {
        Sort::Newest | Sort::Due | Sort::Best => first - after,
        Sort::Oldest => first + after,
    });
    any_of(engine, &days.map(|span| quoted(engine, &span_word(span), false)).collect::<Vec<_>>())
}

/// What each of `signs`, told by its place, finds of `found`, which come newest first; among it may be
/// what was not found. PostgreSQL looks at each once for all signs, which is sooner done than gathering
/// all that hold a word.
pub(super) fn among(
    read: &Read<'_>,
    signs: &[String],
    found: &[MessageId],
) -> Result<Vec<(usize, MessageId)>, StoreError> {
    let (Some(last), Some(first)) = (found.first(), found.last()) else {
        return Ok(Vec::new());
    };
    let ids = found.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let signs = serde_json::Value::from(signs).to_string();
    read.all(
        sql!(
            list lite "select j.key, s.rowid from json_each($1) j
                         join search s on s.search match j.value
                        where s.rowid >= $2 and s.rowid <= $3 and $4 <> ''",
            pg "with j as materialized (select cast(sign as tsquery) as sign, n - 1 as key
                   from jsonb_array_elements_text(cast(cast($1 as text) as jsonb))
                        with ordinality t(sign, n))
                select j.key, s.rowid from j join search s on s.words @@ j.sign
                 where s.rowid >= $2 and s.rowid <= $3
                   and s.rowid = any (cast('{' || cast($4 as text) || '}' as bigint[]))"
        ),
        &params![signs, first, last, ids],
        |row| Ok((usize::try_from(row.get::<i64>(0)?).unwrap_or_default(), row.get(1)?)),
    )
}
