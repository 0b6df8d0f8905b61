//! What else is so with an inquiry: snoozed until, tags, lent, followed, merged.

use torg_core::{InquiryId, StaffId, Viewer};

use crate::staff::StaffName;
use crate::tags::{self, Tag};
use crate::{Pending, Read, params, sql};

/// What its page shows beside the rules' view of an inquiry.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// When it wakes, if it is snoozed; microseconds UTC.
    pub wake_at: Option<i64>,
    /// Where it is to be found now.
    pub merged_into: Option<InquiryId>,
    /// Whose it was before she went away.
    pub lent_by: Option<StaffName>,
    pub tags: Vec<Tag>,
    /// The viewer follows it.
    pub followed: bool,
    /// Its newest letter is perhaps spam.
    pub suspect: bool,
}

/// For callers who have asked for the inquiry as a viewer already.
pub(super) fn standing<'r>(
    read: &'r Read<'_>,
    viewer: &'r Viewer,
    id: InquiryId,
) -> Pending<'r, Standing> {
    let found = read.ask_one(
        sql!(
            "select i.wake_at, i.merged_into, i.lent_by, s.name, i.tags, f.staff, i.suspect
                from inquiries i
                left join staff s on s.id = i.lent_by
                left join follows f on f.inquiry = i.id and f.staff = $2
               where i.id = $1"
        ),
        &params![id, viewer.staff],
        |row| {
            let (lent_by, name): (Option<StaffId>, Option<String>) = (row.get(2)?, row.get(3)?);
            let followed = row.get::<Option<StaffId>>(5)?.is_some();
            let lent_by = lent_by.zip(name).map(|(id, name)| StaffName { id, name });
            let (wake_at, merged_into, suspect) = (row.get(0)?, row.get(1)?, row.get(6)?);
            let standing =
                Standing { wake_at, merged_into, lent_by, tags: vec![], followed, suspect };
            Ok((standing, row.get::<String>(4)?))
        },
    );
    found.then(|found| match found {
        Some((standing, kept)) if !kept.is_empty() => {
            let tags = tags::named(&tags::ever(read, viewer)?, &kept);
            Ok(Standing { tags, ..standing })
        }
        found => Ok(found.map(|(standing, _)| standing).unwrap_or_default()),
    })
}
