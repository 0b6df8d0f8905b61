//! Who is away, from when until when, and who takes what comes meanwhile.

use torg_core::{AbsenceId, StaffId};

use crate::staff::StaffName;
use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// A time during which a colleague is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    pub id: AbsenceId,
    pub staff: StaffName,
    /// Microseconds UTC; `ends` is the first moment at which she is back.
    pub begins: i64,
    pub ends: i64,
    /// What colleagues are told: "ill", "on leave"; may be empty.
    pub word: String,
    /// Who gets the replies to her inquiries; without one nobody owns them.
    pub deputy: Option<StaffName>,
}

impl Absence {
    /// Whether she is away at `now`.
    pub fn is_now(&self, now: i64) -> bool {
        self.begins <= now && now < self.ends
    }
}

/// A new absence.
#[derive(Debug, Clone)]
pub struct NewAbsence {
    pub id: AbsenceId,
    pub staff: StaffId,
    pub begins: i64,
    pub ends: i64,
    pub word: String,
    pub deputy: Option<StaffId>,
    pub set_by: StaffId,
}

pub fn insert(tx: &mut Tx<'_>, new: &NewAbsence) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into absences (id, staff, begins, ends, word, deputy, set_by)
              values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &params![new.id, new.staff, new.begins, new.ends, new.word, new.deputy, new.set_by],
    )?;
    Ok(())
}

/// Ends all absences of a colleague that would end after `now`, and takes back those to come.
pub fn end(tx: &mut Tx<'_>, staff: StaffId, now: i64) -> Result<bool, StoreError> {
    let ended = tx.execute(
        sql!("update absences set ended = $2 where staff = $1 and ends > $2 and ended is null"),
        &params![staff, now],
    )?;
    Ok(ended > 0)
}

/// The colleague's absence at `now`.
pub fn now_of(read: &Read<'_>, staff: StaffId, now: i64) -> Result<Option<Absence>, StoreError> {
    read.one(
        sql!(
            "select a.id, s.id, s.name, a.begins, a.ends, a.word, d.id, d.name from absences a
                join staff s on s.id = a.staff left join staff d on d.id = a.deputy
               where a.staff = $1 and a.begins <= $2 and a.ends > $2 and a.ended is null
               order by a.ends desc limit 1"
        ),
        &params![staff, now],
        absence,
    )
}

/// The absences now and to come, at most 1000 of them, the last to end first.
pub(crate) fn not_ended<'r>(read: &'r Read<'_>, now: i64) -> Pending<'r, Vec<Absence>> {
    read.ask(
        sql!(list
            "select a.id, s.id, s.name, a.begins, a.ends, a.word, d.id, d.name from absences a
                join staff s on s.id = a.staff left join staff d on d.id = a.deputy
               where a.ended is null and a.ends > $1 order by a.ends desc limit 1000"
        ),
        &params![now],
        absence,
    )
}

/// The absences now and to come, the next to begin first.
pub fn to_come(read: &Read<'_>, now: i64) -> Result<Vec<Absence>, StoreError> {
    let mut found = not_ended(read, now).get()?;
    found.sort_by_key(|absence| (absence.begins, absence.id));
    Ok(found)
}

fn absence(row: &Row<'_>) -> Result<Absence, StoreError> {
    let (deputy, name): (Option<StaffId>, Option<String>) = (row.get(6)?, row.get(7)?);
    Ok(Absence {
        id: row.get(0)?,
        staff: StaffName { id: row.get(1)?, name: row.get(2)? },
        begins: row.get(3)?,
        ends: row.get(4)?,
        word: row.get(5)?,
        deputy: deputy.zip(name).map(|(id, name)| StaffName { id, name }),
    })
}
