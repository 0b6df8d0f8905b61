//! What was done with an inquiry, for lines in plain words between its messages.

use std::collections::{HashMap, hash_map};
use std::hash::Hash;

use torg_core::undo::{History, Step};
use torg_core::{DepartmentId, Id, InquiryId, JournalId, StaffId, Verb, Viewer};

use super::numbered::number_of;
use crate::journal::{self, Details, JournalLine};
use crate::{Read, StoreError, categories, departments, staff, tags, undo};

/// Something that was done, for a line in plain words.
#[derive(Debug, Clone)]
pub struct EventView {
    pub id: JournalId,
    pub verb: Verb,
    /// The colleague; `None` for Torg itself and for citizens.
    pub by: Option<String>,
    /// Microseconds UTC.
    pub at: i64,
    pub detail: EventDetail,
    /// It was the viewer's own or Torg's, and she may undo it.
    pub may_undo: bool,
    pub undone: bool,
    /// What was undone, if this is an undoing.
    pub of: Option<Box<EventView>>,
}

#[derive(Debug, Clone, Default)]
pub struct EventDetail {
    /// The colleague, department, inquiry or tag it was about.
    pub to: Option<String>,
    /// The department it came from, or the colleague whose it was.
    pub from: Option<String>,
    /// Who was given it there.
    pub owner: Option<String>,
    /// What settled it: of delegation the rule, of the judge of spam its strongest reason.
    pub by: Option<String>,
    pub why: Option<String>,
    /// Microseconds UTC.
    pub until: Option<i64>,
}

/// What was done with an inquiry since `since` (microseconds UTC), or ever. What the messages
/// themselves say already is left out, and so is what was done with an inquiry that does not exist
/// for the viewer. For callers who have asked for this one as the viewer already.
pub(super) fn events(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
    since: Option<i64>,
) -> Result<Vec<EventView>, StoreError> {
    let silent = [
        Verb::Replied,
        Verb::Forwarded,
        Verb::Noted,
        Verb::Sent,
        Verb::Suggested,
        Verb::Followed,
        Verb::Unfollowed,
    ];
    // Whether something may be undone is a matter of what came later, which is all there.
    let lines = match since {
        Some(since) => journal::of_inquiry_since(read, id, since)?,
        None => journal::of_inquiry(read, id)?,
    };
    let known = lines.iter().filter_map(|line| Some((line, undo::step(line)?)));
    let (lines, steps): (Vec<&JournalLine>, Vec<Step>) = known.unzip();
    let history = History::of(&steps);
    let places: HashMap<JournalId, usize> =
        steps.iter().enumerate().map(|(place, step)| (step.id, place)).collect();
    let mut names = Names::new(read, viewer);
    let mut events = Vec::new();
    for (place, (line, step)) in lines.iter().zip(&steps).enumerate() {
        if silent.contains(&step.verb) {
            continue;
        }
        let details = line.details();
        if let Some(other) = details.inquiry
            && names.inquiry(other)?.is_none()
        {
            continue;
        }
        let mut event = event(&mut names, line, step.verb, details)?;
        let is_torgs = step.verb == Verb::Delegated && line.staff.is_none();
        let is_hers = line.staff == Some(viewer.staff) || is_torgs;
        event.may_undo = is_hers && history.may_be_undone(place);
        event.undone = history.is_undone(place);
        event.of = match step.undoes {
            Some(of) => undone(&mut names, of, places.get(&of).and_then(|at| lines.get(*at)))?,
            None => None,
        };
        events.push(event);
    }
    Ok(events)
}

/// What an undoing set back, whose line may stand before those that were read.
fn undone(
    names: &mut Names<'_>,
    id: JournalId,
    line: Option<&&JournalLine>,
) -> Result<Option<Box<EventView>>, StoreError> {
    let line = match line {
        Some(line) => Some((*line).clone()),
        None => journal::one(names.read, id)?,
    };
    let verb = line.as_ref().and_then(|line| Verb::from_word(&line.verb));
    let Some((line, verb)) = line.zip(verb) else { return Ok(None) };
    let details = line.details();
    Ok(Some(Box::new(event(names, &line, verb, details)?)))
}

fn event(
    names: &mut Names<'_>,
    line: &JournalLine,
    verb: Verb,
    details: Details,
) -> Result<EventView, StoreError> {
    let to = subject_of(names, &details)?;
    let from = match (details.from, details.whose) {
        (Some(id), _) => names.department(id)?,
        (None, Some(whose)) => names.staff(whose)?,
        (None, None) => None,
    };
    let by = line.staff.map_or(Ok(None), |by| names.staff(by))?;
    let owner = match (details.department, details.staff) {
        (Some(_), Some(owner)) => names.staff(owner)?,
        _ => None,
    };
    let Details { what, why, until, .. } = details;
    let detail = EventDetail { to, from, owner, by: what, why, until };
    let id = JournalId::from_i64(line.id);
    Ok(EventView { id, verb, by, at: line.at, detail, may_undo: false, undone: false, of: None })
}

/// The colleague, department, tag or inquiry that a line is about, by its name.
fn subject_of(names: &mut Names<'_>, details: &Details) -> Result<Option<String>, StoreError> {
    if let Some(to) = details.department {
        return names.department(to);
    }
    if let Some(to) = details.staff {
        return names.staff(to);
    }
    if let Some(category) = details.category {
        return Ok(categories::one(names.read, category)?.map(|category| category.name));
    }
    if let Some(tag) = details.tag {
        return Ok(tags::one(names.read, tag)?.map(|tag| tag.name));
    }
    match details.inquiry {
        Some(other) => names.inquiry(other),
        None => Ok(None),
    }
}

/// Names that were asked for, each once: a long history names the same few again and again.
struct Names<'r> {
    read: &'r Read<'r>,
    viewer: &'r Viewer,
    staff: HashMap<StaffId, Option<String>>,
    departments: HashMap<DepartmentId, Option<String>>,
    inquiries: HashMap<InquiryId, Option<String>>,
}

impl<'r> Names<'r> {
    fn new(read: &'r Read<'r>, viewer: &'r Viewer) -> Self {
        let (staff, departments, inquiries) = Default::default();
        Self { read, viewer, staff, departments, inquiries }
    }

    fn staff(&mut self, id: StaffId) -> Result<Option<String>, StoreError> {
        once(&mut self.staff, id, || staff::name_of(self.read, id))
    }

    fn department(&mut self, id: DepartmentId) -> Result<Option<String>, StoreError> {
        once(&mut self.departments, id, || departments::name_of(self.read, id))
    }

    /// The number of an inquiry the viewer may see.
    fn inquiry(&mut self, id: InquiryId) -> Result<Option<String>, StoreError> {
        let number = || number_of(self.read, self.viewer, id);
        once(&mut self.inquiries, id, || Ok(number()?.map(|number| number.to_string())))
    }
}

fn once<I: Hash + Eq>(
    names: &mut HashMap<I, Option<String>>,
    id: I,
    name: impl FnOnce() -> Result<Option<String>, StoreError>,
) -> Result<Option<String>, StoreError> {
    match names.entry(id) {
        hash_map::Entry::Occupied(known) => Ok(known.get().clone()),
        hash_map::Entry::Vacant(unknown) => Ok(unknown.insert(name()?).clone()),
    }
}
