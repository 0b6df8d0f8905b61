//! Which rows of a folder are wanted.

use torg_core::{CategoryId, DepartmentId, InquiryId, Language, StaffId, State, TagId, Viewer};

use super::ListRow;

/// Which rows of a folder are wanted. All conditions hold together; the default takes every row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Narrow {
    pub unread: bool,
    pub urgent: bool,
    pub files: bool,
    pub whose: Option<Whose>,
    pub stands: Option<Stands>,
    pub department: Option<DepartmentId>,
    /// The citizen last wrote in it.
    pub language: Option<Language>,
    /// Moved at this moment or later; microseconds UTC.
    pub since: Option<i64>,
    /// Moved before this moment; microseconds UTC.
    pub until: Option<i64>,
    pub tag: Option<TagId>,
    pub category: Option<CategoryId>,
    /// Without a deadline of this folder: nothing runs, or it runs in another department.
    pub undated: bool,
    /// Taken whatever it is, if the folder holds it: what lies open does not vanish by being read.
    pub besides: Option<InquiryId>,
}

/// To whom a row belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Mine,
    Nobodys,
}

/// How it stands with an inquiry, as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Neither closed nor spam: it waits for somebody, or until a time.
    Open,
    Closed,
    Spam,
}

impl Narrow {
    pub(super) fn takes(&self, row: &ListRow, viewer: &Viewer) -> bool {
        let owner = row.owner.as_ref().map(|owner| owner.id);
        let is_wanted = (!self.unread || row.unread)
            && (!self.urgent || row.urgent)
            && (!self.files || row.attachments)
            && self.whose.is_none_or(|whose| whose.is(owner, viewer))
            && self.stands.is_none_or(|stands| stands.is(row.state))
            && self.department.is_none_or(|wanted| wanted == row.department.id)
            && (self.language.is_none() || self.language == row.language)
            && self.tag.is_none_or(|wanted| row.tags.iter().any(|tag| tag.id == wanted))
            && (self.category.is_none() || self.category == row.category)
            && (!self.undated || row.due.is_none() || row.shown)
            && self.since.is_none_or(|since| row.moved_at() >= since)
            && self.until.is_none_or(|until| row.moved_at() < until);
        is_wanted || self.besides == Some(row.id)
    }
}

impl Whose {
    fn is(self, owner: Option<StaffId>, viewer: &Viewer) -> bool {
        match self {
            Self::Mine => owner == Some(viewer.staff),
            Self::Nobodys => owner.is_none(),
        }
    }
}

impl Stands {
    fn is(self, state: State) -> bool {
        match state {
            State::Open | State::Answered | State::Snoozed => self == Self::Open,
            State::Closed => self == Self::Closed,
            State::Spam => self == Self::Spam,
        }
    }
}
