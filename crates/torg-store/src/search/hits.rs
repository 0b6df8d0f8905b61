//! Which messages a question finds, along time.

use torg_core::MessageId;

use super::question::{all_of, any_of, quoted};
use super::{SPAN, span_of, span_word};
use crate::folders::Sort;
use crate::{EngineKind, Read, StoreError, params, sql};

/// The most spans of days that PostgreSQL's index is asked for at once.
const SPANS_AT_ONCE: i64 = 10;
/// In such parts it is told how much of a span there is: the newest may have just begun.
const PARTS: i64 = 16;

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

/// As [`hits`], some days after the others, as many as those before let hope for; `None` if that would
/// take longer than to gather what holds the words in all years.
fn by_days(
    read: &Read<'_>,
    asked: &str,
    sort: Sort,
    from: i64,
    limit: i64,
) -> Result<Option<Vec<MessageId>>, StoreError> {
    let begin = next(read, sort, from)?;
    let part = (begin >> (SPAN - PARTS.ilog2())) % PARTS;
    let begun = if sort == Sort::Oldest { PARTS - part } else { part + 1 };
    let (mut found, mut passed, mut met) = (Vec::new(), 0, 0);
    let mut spans = if begun < PARTS / 2 { 2 } else { 1 };
    while passed + spans <= worth_asking(limit) {
        let days = days(sort, span_of(begin), passed, spans.min(SPANS_AT_ONCE));
        let within = all_of(read.engine(), &[asked.to_owned(), days]);
        found.extend(hits_of_all(read, &within, sort, from, limit - met)?);
        met = i64::try_from(found.len()).unwrap_or(limit);
        if met == limit {
            return Ok(Some(found));
        }
        passed += spans.min(SPANS_AT_ONCE);
        let looked_at = begun + (passed - 1) * PARTS;
        spans = (limit - met) * looked_at / (met.max(1) * PARTS) + 1;
    }
    Ok(None)
}

/// How many spans it is worth to ask for `limit` hits. With `s` spans wanted, an archive of `n` holds
/// `limit * n / s` hits in all. In ten years (`n` is 300) to ask for a span takes as long as to gather
/// 1,200 hits (1.7 ms on two cores), so that spans take less as long as `s * s < limit / 4`.
fn worth_asking(limit: i64) -> i64 {
    2 + limit.isqrt() / 2
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

/// Which of `signs` those of `found` have: the first sign is bit 0, the next
/// bit 1. A message may come several times, and among them may be what was not found. PostgreSQL looks
/// at each once for all signs, which is sooner done than gathering all that hold a word.
pub(super) fn among(
    read: &Read<'_>,
    signs: &[String],
    found: &[MessageId],
) -> Result<Vec<(MessageId, i64)>, StoreError> {
    let (Some(last), Some(first)) = (found.iter().max(), found.iter().min()) else {
        return Ok(Vec::new());
    };
    let ids = found.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let signs = serde_json::Value::from(signs).to_string();
    read.all(
        sql!(
            list lite "select s.rowid, 1 << j.key from json_each($1) j
                         join search s on s.search match j.value
                        where s.rowid >= $2 and s.rowid <= $3 and $4 <> ''",
            pg "with j as materialized (select cast(sign as tsquery) as sign, cast(n as integer) - 1 as key
                   from jsonb_array_elements_text(cast(cast($1 as text) as jsonb))
                        with ordinality t(sign, n))
                select s.rowid, (select cast(coalesce(sum(cast(1 as bigint) << j.key), 0) as bigint)
                                   from j where s.words @@ j.sign)
                  from search s
                 where s.rowid >= $2 and s.rowid <= $3
                   and s.rowid = any (cast('{' || cast($4 as text) || '}' as bigint[]))"
        ),
        &params![signs, first, last, ids],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
