//! What colleagues taught about letters.

use std::collections::HashSet;

use torg_core::{DepartmentId, InquiryId, JournalId, LessonId, MessageId};

use crate::{Pending, Read, StoreError, Tx, params, sql};

/// How many of the newest lessons are learnt.
pub const LESSONS: i64 = 5_000;

/// A letter and the department it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    pub subject: String,
    pub body: String,
    pub department: DepartmentId,
}

/// A colleague taught by the journal's line `line` that the letter is the department's, or not.
pub fn teach(
    tx: &mut Tx<'_>,
    id: LessonId,
    message: MessageId,
    (department, is_its): (DepartmentId, bool),
    line: JournalId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into lessons (id, message, department, is_its, line) values ($1, $2, $3, $4, $5)"
        ),
        &params![id, message, department, is_its, line],
    )?;
    Ok(())
}

/// What a line of the journal taught is forgotten, because it was undone.
pub fn forget(tx: &mut Tx<'_>, line: JournalId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from lessons where line = $1"), &params![line])?;
    Ok(())
}

/// The newest lesson, if there is any.
pub fn newest_lesson(read: &Read<'_>) -> Result<Option<LessonId>, StoreError> {
    let newest = sql!("select id from lessons order by id desc limit 1");
    read.one(newest, &params![], |row| row.get(0))
}

/// The departments whose a letter of an inquiry is not, as somebody said last.
pub fn denied<'r>(read: &'r Read<'_>, inquiry: InquiryId) -> Pending<'r, HashSet<DepartmentId>> {
    let taught = read.ask(
        sql!(
            "select l.department, l.is_its from messages m join lessons l on l.message = m.id
               where m.inquiry = $1 order by l.id"
        ),
        &params![inquiry],
        |row| Ok((row.get::<DepartmentId>(0)?, row.get::<bool>(1)?)),
    );
    taught.then(|taught| {
        let mut denied = HashSet::new();
        for (department, is_its) in taught {
            if is_its {
                denied.remove(&department)
            } else {
                denied.insert(department)
            };
        }
        Ok(denied)
    })
}

/// What is to be learnt, oldest first: each letter once, where it belongs as somebody said last.
/// Letters and departments behind a wall teach nothing.
pub fn lessons(read: &Read<'_>) -> Result<Vec<Lesson>, StoreError> {
    let rows: Vec<(MessageId, DepartmentId, bool)> = read.all(
        sql!("select message, department, is_its from lessons order by id desc limit $1"),
        &params![LESSONS],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let mut found = Vec::new();
    for (message, department) in newest_of_each(&rows) {
        found.extend(lesson(read, message, department)?);
    }
    found.reverse();
    Ok(found)
}

/// Of rows with the newest first: for each letter the department that was said last and not taken
/// back since.
fn newest_of_each(rows: &[(MessageId, DepartmentId, bool)]) -> Vec<(MessageId, DepartmentId)> {
    let (mut told, mut denied) = (HashSet::new(), HashSet::new());
    let mut found = Vec::new();
    for &(message, department, is_its) in rows {
        if !is_its {
            denied.insert((message, department));
        } else if !denied.contains(&(message, department)) && told.insert(message) {
            found.push((message, department));
        }
    }
    found
}

fn lesson(
    read: &Read<'_>,
    message: MessageId,
    department: DepartmentId,
) -> Result<Option<Lesson>, StoreError> {
    read.one(
        sql!(
            "select m.subject, substr(m.body, 1, 4000) from messages m
                join inquiries i on i.id = m.inquiry join departments d on d.id = $2
               where m.id = $1 and i.wall = 1 and d.wall = 1 and d.removed = 0"
        ),
        &params![message, department],
        |row| Ok(Lesson { subject: row.get(0)?, body: row.get(1)?, department }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_core::Id;

    #[test]
    fn the_last_word_on_a_letter_counts_and_what_was_denied_since_does_not() {
        let row = |message, department, is_its| {
            (MessageId::from_i64(message), DepartmentId::from_i64(department), is_its)
        };
        let rows = [
            row(1, 20, true),
            row(1, 10, false),
            row(2, 10, false),
            row(1, 10, true),
            row(2, 10, true),
            row(2, 30, true),
        ];
        let told: Vec<(i64, i64)> = newest_of_each(&rows)
            .iter()
            .map(|(message, department)| (message.as_i64(), department.as_i64()))
            .collect();
        assert_eq!(told, [(1, 20), (2, 30)]);
    }
}
