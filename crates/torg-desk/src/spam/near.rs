//! Once a day, the departments' staff who want it are told of what the judge put into the spam folder
//! although it was least sure: a letter that was lost would be among them.

use jiff::{SignedDuration, ToSpan};
use torg_core::{DepartmentId, JobId, NoticeKind, Verb};
use torg_store::spam::{self, NearBorder};
use torg_store::{Read, StoreError, departments, jobs, staff};

use crate::Desk;
use crate::notices::News;

/// The job that tells them.
pub(crate) const NEAR: &str = "spam.near";
/// So many a department.
const TOLD: usize = 3;
/// Before the digests of the morning.
const HOUR: i8 = 5;

impl Desk {
    /// Tells of the last day's, and comes back tomorrow morning.
    pub(crate) async fn tell_near_border(&self, job: JobId) -> Result<(), StoreError> {
        let since = (self.now() - SignedDuration::from_hours(24)).as_microsecond();
        let read = move |read: &Read<'_>| {
            let mut all = Vec::new();
            for department in departments::all(read)? {
                all.extend(nearest(read, department.id, since)?);
            }
            Ok::<_, StoreError>(all)
        };
        let near = self.0.reader.read(read).await?;
        let (pen, next) = (self.pen(), self.next_morning());
        self.0
            .store
            .write_bulk(move |tx| {
                for (department, one) in &near {
                    let NearBorder { inquiry, message, .. } = *one;
                    let news = News::of_message(inquiry, Verb::JudgedSpam, None, message);
                    for member in staff::members(tx, *department)? {
                        news.tell(tx, &pen, member, NoticeKind::NearSpam)?;
                    }
                }
                jobs::postpone(tx, job, next, None)
            })
            .await
    }

    fn next_morning(&self) -> i64 {
        let zone = self.about().time_zone.clone();
        let local = self.now().to_zoned(zone);
        let tomorrow = local.date().saturating_add(1.day()).at(HOUR, 0, 0, 0);
        let next = tomorrow.to_zoned(local.time_zone().clone());
        let otherwise = self.now() + SignedDuration::from_hours(24);
        next.map_or(otherwise, |next| next.timestamp()).as_microsecond()
    }
}

/// The least spammy of a department's.
fn nearest(
    read: &Read<'_>,
    department: DepartmentId,
    since: i64,
) -> Result<Vec<(DepartmentId, NearBorder)>, StoreError> {
    let mut near = spam::unmarked(read, department, since)?;
    near.sort_by_key(|one| (one.score, one.inquiry));
    near.truncate(TOLD);
    Ok(near.into_iter().map(|one| (department, one)).collect())
}
