//! Finding answers: by their words, narrowed, page by page. There are never more than
//! [`MOST_ANSWERS`], which bounds what a look costs.

use std::collections::HashMap;

use torg_core::answers::{Stage, StandardAnswer, fold};
use torg_core::{AnswerId, DepartmentId, Id, Viewer};

use super::{AnswerRow, answers_where, content, row};
use crate::{Read, StoreError, params, sql};

/// The most answers a municipality may keep.
pub const MOST_ANSWERS: i64 = 3_000;

/// How answers are looked through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Words that must all stand in it, wherever, also inside of longer ones.
    pub words: String,
    pub department: Option<DepartmentId>,
    /// Only those of the whole municipality.
    pub common: bool,
    pub tag: String,
    /// Of these stages; of none, all of them.
    pub stages: Vec<Stage>,
    /// In use, and for review on this day or before; as `2026-05-04`.
    pub due_by: Option<String>,
    /// Where the page before ended.
    pub after: Option<After>,
}

/// Where a page ends: sort key and id of its last answer.
pub type After = (String, AnswerId);

/// A page of answers by title, and where the next one begins.
pub fn list(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &Look,
    rows: usize,
) -> Result<(Vec<AnswerRow>, Option<After>), StoreError> {
    let beginning = || (String::new(), AnswerId::from_i64(0));
    let (key, id) = look.after.clone().unwrap_or_else(beginning);
    let limit = i64::try_from(rows).unwrap_or(i64::MAX).saturating_add(1);
    let [one, two, three] = patterns(&look.words);
    let stages = |stage: Stage| look.stages.is_empty() || look.stages.contains(&stage);
    let department = look.department.map_or(0, Id::as_i64);
    let mut found = read.all(
        sql!(list answers_where!(
            "a.sort_key >= $2 and (a.sort_key > $2 or a.id > $3)
               and a.look like $4 escape '!' and a.look like $5 escape '!' and a.look like $6 escape '!'
               and ($7 = 0 or a.department = $7) and ($8 = 0 or a.department is null)
               and a.tags like $9 escape '!'
               and ((a.stage = 0 and $10 = 1) or (a.stage = 1 and $11 = 1) or (a.stage = 2 and $12 = 1))
               and ($13 = '' or (a.stage = 1 and a.review <> '' and a.review <= $13))
             order by a.sort_key, a.id limit $14"
        )),
        &params![
            viewer.staff,
            key,
            id,
            one,
            two,
            three,
            department,
            look.common,
            tagged(&look.tag),
            stages(Stage::Draft),
            stages(Stage::InUse),
            stages(Stage::Retired),
            look.due_by.clone().unwrap_or_default(),
            limit
        ],
        row,
    )?;
    let is_more = found.len() > rows;
    found.truncate(rows);
    let last = found.last().filter(|_| is_more);
    let next = last.map(|last| {
        let title = last.answer.texts.first().map_or("", |text| text.title.as_str());
        (torg_core::person::sort_key(title), last.id)
    });
    Ok((found, next))
}

/// What is offered while somebody writes: answers in use whose titles hold the words, then those
/// that hold them anywhere; of her own department's inquiries first.
pub fn matching(
    read: &Read<'_>,
    viewer: &Viewer,
    words: &str,
    department: Option<DepartmentId>,
    rows: usize,
) -> Result<Vec<AnswerRow>, StoreError> {
    let [one, two, three] = patterns(words);
    let limit = i64::try_from(rows).unwrap_or(i64::MAX);
    read.all(
        sql!(list answers_where!(
            "a.stage = 1 and a.look like $2 escape '!' and a.look like $3 escape '!'
               and a.look like $4 escape '!'
             order by case when a.titles like $2 escape '!' and a.titles like $3 escape '!'
                              and a.titles like $4 escape '!' then 0 else 1 end,
                      case when a.department = $5 then 0 when a.department is null then 1 else 2 end,
                      a.sort_key, a.id limit $6"
        )),
        &params![viewer.staff, one, two, three, department.map_or(0, Id::as_i64), limit],
        row,
    )
}

/// Tells whether any answer has changed: how many there are, all their versions together, and when
/// one changed last.
pub type Stamp = (i64, i64, i64);

/// The stamp of the answers as they are now.
pub fn stamp(read: &Read<'_>) -> Result<Stamp, StoreError> {
    let found = read.one(
        sql!(
            "select count(*), cast(coalesce(sum(version), 0) as bigint), coalesce(max(changed), 0)
               from answers"
        ),
        &params![],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(found.unwrap_or_default())
}

/// Every answer in use, seen or not: what letters are compared with. What comes of it is shown only
/// to those inside the answer's wall.
pub fn all_in_use(read: &Read<'_>) -> Result<Vec<(AnswerId, StandardAnswer)>, StoreError> {
    read.all(
        sql!("select id, content from answers where stage = 1 order by id limit $1"),
        &params![MOST_ANSWERS],
        |row| Ok((row.get(0)?, content(&row.get::<String>(1)?)?)),
    )
}

/// Which answers in use the viewer may know of.
pub fn seen_in_use(read: &Read<'_>, viewer: &Viewer) -> Result<Vec<AnswerId>, StoreError> {
    read.all(
        sql!(
            "select a.id from answers a left join departments d on d.id = a.department
               where a.stage = 1 and (a.department is null
                    or d.wall in (select wall from wall_members where staff = $1)) limit $2"
        ),
        &params![viewer.staff, MOST_ANSWERS],
        |row| row.get(0),
    )
}

/// How many answers there are, seen or not.
pub fn count(read: &Read<'_>) -> Result<i64, StoreError> {
    let found = read.one(sql!("select count(*) from answers"), &params![], |row| row.get(0))?;
    Ok(found.unwrap_or(0))
}

/// Which of `handle`, `handle-2`, … are taken; nothing of what they are.
pub fn handles(read: &Read<'_>, handle: &str) -> Result<Vec<String>, StoreError> {
    read.all(
        sql!("select handle from answers where handle = $1 or handle like $2 escape '!'"),
        &params![handle, format!("{}-%", escaped(handle))],
        |row| row.get(0),
    )
}

/// The tags of the answers in use and proposed that she may know of, by how often they are used; at
/// most `limit`.
pub fn tags_in_use(
    read: &Read<'_>,
    viewer: &Viewer,
    limit: usize,
) -> Result<Vec<String>, StoreError> {
    let columns = read.all(
        sql!(
            "select a.tags from answers a left join departments d on d.id = a.department
               where (a.department is null
                    or d.wall in (select wall from wall_members where staff = $1))
                 and a.stage in (0, 1) and a.tags <> '' limit $2"
        ),
        &params![viewer.staff, MOST_ANSWERS],
        |row| row.get::<String>(0),
    )?;
    let mut counted: HashMap<&str, (usize, &str)> = HashMap::new();
    for (folded, tag) in columns.iter().flat_map(|tags| tags.split(',')).filter_map(apart) {
        counted.entry(folded).or_insert((0, tag)).0 += 1;
    }
    let mut counted: Vec<(usize, &str)> = counted.into_values().collect();
    counted.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    Ok(counted.into_iter().take(limit).map(|(_, tag)| tag.to_owned()).collect())
}

/// A tag folded, and as it was written.
fn apart(tag: &str) -> Option<(&str, &str)> {
    tag.split_once('\t')
}

/// The first three words as patterns that a text must fit.
fn patterns(words: &str) -> [String; 3] {
    let folded: String = fold(words).chars().take(200).collect();
    let mut words = folded.split_whitespace();
    let mut next =
        || words.next().map_or_else(|| "%".to_owned(), |word| format!("%{}%", escaped(word)));
    [next(), next(), next()]
}

fn tagged(tag: &str) -> String {
    match fold(tag).trim() {
        "" => "%".to_owned(),
        tag => format!("%,{}\t%", escaped(tag)),
    }
}

/// As a pattern that means the text itself.
fn escaped(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_of_a_pattern_is_looked_for_as_itself() {
        assert_eq!(patterns("100% Sn_ø!"), ["%100!%%", "%sn!_ö!!%", "%"]);
        assert_eq!(tagged(" Snø "), "%,snö\t%");
    }
}
