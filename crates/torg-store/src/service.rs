//! How long letters took, counted by day: what the service lines of the health page are made of.

use crate::{Read, StoreError, Tx, params, sql};

/// The bounds letters are counted under, in seconds. What takes longer stands in the last one.
const BUCKETS: [i64; 7] = [1, 5, 15, 60, 300, 3600, i64::MAX];
const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// From arrival until colleagues see it.
    Visible,
    /// From the act until the relay has taken it.
    Sent,
}

impl Line {
    fn word(self) -> &'static str {
        match self {
            Self::Visible => "visible",
            Self::Sent => "sent",
        }
    }
}

/// One day of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Day {
    /// Days since 1970, UTC.
    pub day: i64,
    pub letters: i64,
    /// How many of them took no longer than was asked.
    pub in_time: i64,
}

/// Counts one letter that began at `since` and was done at `now`, in microseconds UTC.
pub fn count(tx: &mut Tx<'_>, line: Line, since: i64, now: i64) -> Result<(), StoreError> {
    let seconds = (now - since + 999_999) / 1_000_000;
    let bucket = BUCKETS.into_iter().find(|bound| seconds <= *bound).unwrap_or(i64::MAX);
    tx.execute(
        sql!(
            "insert into service_days (day, what, bucket, letters) values ($1, $2, $3, 1)
              on conflict (day, what, bucket) do update set letters = service_days.letters + 1"
        ),
        &params![now / MICROSECONDS_A_DAY, line.word(), bucket],
    )?;
    Ok(())
}

/// The days since `now` minus `days`, newest first, with how many letters took at most `bound`
/// seconds, which is one of the counted bounds.
pub fn days(
    read: &Read<'_>,
    line: Line,
    bound: i64,
    now: i64,
    days: i64,
) -> Result<Vec<Day>, StoreError> {
    read.all(
        sql!(
            "select day, cast(sum(letters) as bigint),
                cast(sum(case when bucket <= $2 then letters else 0 end) as bigint)
               from service_days where what = $1 and day > $3
              group by day order by day desc"
        ),
        &params![line.word(), bound, now / MICROSECONDS_A_DAY - days],
        |row| Ok(Day { day: row.get(0)?, letters: row.get(1)?, in_time: row.get(2)? }),
    )
}
