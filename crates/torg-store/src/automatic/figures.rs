//! How automatic answers fare: counted from what was written down, since each text began.

use jiff::civil::Date;
use torg_core::automatic::Evidence;
use torg_core::{AnswerId, Viewer};

use crate::{Read, Row, StoreError, params, sql};

/// How an answer fares in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub answer: AnswerId,
    /// The tag of the language.
    pub language: String,
    /// Letters it was chosen for, and those of them it was sent to.
    pub chosen: i64,
    pub sent: i64,
    /// Citizens who wrote again.
    pub complaints: i64,
    pub evidence: Evidence,
}

/// What is known of each answer that is allowed on `today`, by the model that is in use. `$1` is
/// the model, `$2` the day.
macro_rules! counted {
    ($what:literal, $where:literal, $group:literal) => {
        concat!(
            "select ",
            $what,
            " coalesce(sum(case when worst = 1 then 1 else 0 end), 0),
                coalesce(sum(case when worst in (2, 3) then 1 else 0 end), 0),
                coalesce(sum(case when worst = 4 then 1 else 0 end), 0)
               from (select a.answer, a.language, case when a.sent is null then 0 else 1 end as sent,
                    (select max(o.kind) from automatic_outcomes o where o.automatic = a.id) as worst
                    from answer_permits p
                    join answers s on s.id = p.answer and s.stage = 1
                    join automatic_answers a on a.answer = p.answer and a.version >= p.version
                    left join departments d on d.id = s.department
                   where p.until >= $2 and a.model = $1 and ",
            $where,
            ") x ",
            $group
        )
    };
}

/// What is known of all answers that are allowed on `today`, by the model that is in use.
pub fn evidence(read: &Read<'_>, model: &str, today: Date) -> Result<Evidence, StoreError> {
    let found =
        read.one(sql!(counted!("", "1 = 1", "")), &params![model, today.to_string()], |row| {
            evidence_at(row, 0)
        })?;
    Ok(found.unwrap_or_default())
}

/// As [`evidence`], for each answer the viewer may know of and each language.
pub fn figures(
    read: &Read<'_>,
    viewer: &Viewer,
    model: &str,
    today: Date,
) -> Result<Vec<Figures>, StoreError> {
    read.all(
        sql!(counted!(
            "answer, language, count(*), coalesce(sum(sent), 0),
             coalesce(sum(case when worst = 3 then 1 else 0 end), 0),",
            "(s.department is null
                or d.wall in (select wall from wall_members where staff = $3))",
            "group by answer, language order by answer, language"
        )),
        &params![model, today.to_string(), viewer.staff],
        |row| {
            Ok(Figures {
                answer: row.get(0)?,
                language: row.get(1)?,
                chosen: row.get(2)?,
                sent: row.get(3)?,
                complaints: row.get(4)?,
                evidence: evidence_at(row, 5)?,
            })
        },
    )
}

/// How many letters it is known of in one language how they turned out.
pub fn known_in(
    read: &Read<'_>,
    model: &str,
    today: Date,
    language: &str,
) -> Result<i64, StoreError> {
    let count = read.one(
        sql!(counted!("", "a.language = $3", "")),
        &params![model, today.to_string(), language],
        |row| Ok(row.get::<i64>(0)? + row.get::<i64>(1)? + row.get::<i64>(2)?),
    )?;
    Ok(count.unwrap_or(0))
}

fn evidence_at(row: &Row<'_>, first: usize) -> Result<Evidence, StoreError> {
    let count = |index| Ok::<u64, StoreError>(u64::try_from(row.get::<i64>(index)?).unwrap_or(0));
    Ok(Evidence { agreed: count(first)?, faults: count(first + 1)?, broken: count(first + 2)? })
}

/// How many letters an answer was sent to did not help, of those that were told after `since`.
pub fn unhelpful_since(read: &Read<'_>, answer: AnswerId, since: i64) -> Result<i64, StoreError> {
    let count = read.one(
        sql!(
            "select count(distinct a.id) from automatic_answers a
               join automatic_outcomes o on o.automatic = a.id
              where a.answer = $1 and a.sent is not null and o.kind in (2, 3) and o.at > $2"
        ),
        &params![answer, since],
        |row| row.get(0),
    )?;
    Ok(count.unwrap_or(0))
}
