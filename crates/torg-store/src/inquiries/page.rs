//! Everything one inquiry's page shows, read in one transaction.

use std::collections::{HashMap, hash_map};
use std::hash::Hash;

use torg_core::undo::{History, Step};
use torg_core::{
    DepartmentId, Id, Inquiry, InquiryId, InquiryNumber, JournalId, StaffId, State, Verb, Viewer,
};

use super::locking::inquiry;
use super::standing::{Standing, standing};
use super::state_at;
use crate::categories::Category;
use crate::delegation::Proposal;
use crate::departments::{DepartmentName, name_at};
use crate::drafts::{self, WritingDesk};
use crate::due::DueAt;
use crate::journal::{self, Details, JournalLine};
use crate::messages::{self, Addressee, MessageView};
use crate::persons::{self, PersonCard};
use crate::staff::{self, StaffName};
use crate::{
    Read, StoreError, categories, delegation, departments, due, merging, params, sql, tags, undo,
};

/// An inquiry as its page shows it.
#[derive(Debug, Clone)]
pub struct InquiryPage {
    pub inquiry: Inquiry,
    pub subject: String,
    /// Microseconds UTC.
    pub created: i64,
    pub department: DepartmentName,
    pub owner: Option<StaffName>,
    pub person: Option<PersonCard>,
    /// Departments it is shown to because the letter went to them too.
    pub shown_to: Vec<DepartmentName>,
    /// Messages and what was done, in order of time.
    pub entries: Vec<Entry>,
    pub links: Vec<LinkRow>,
    /// Whom an answer would go to.
    pub recipient: Option<Recipient>,
    /// What the viewer is writing in it.
    pub writing: WritingDesk,
    pub standing: Standing,
    pub due: Option<DueAt>,
    pub category: Option<Category>,
    /// Those it may have.
    pub categories: Vec<Category>,
    pub proposal: Proposal,
}

#[derive(Debug, Clone)]
pub enum Entry {
    Message(MessageView),
    Event(EventView),
}

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

/// Another inquiry that may be, or is, about the same matter.
#[derive(Debug, Clone)]
pub struct LinkRow {
    pub id: InquiryId,
    pub number: InquiryNumber,
    pub subject: String,
    pub state: State,
    /// Not looked at by anybody yet.
    pub suggested: bool,
    /// `subject-number`, `loose-reference`, `same-subject` or `by-hand`.
    pub why: String,
}

/// Whom an answer would go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub name: String,
    pub address: String,
    /// Not one of the addresses of the inquiry's own person: worth a second look.
    pub stranger: bool,
}

/// The inquiry of a number somebody says on the phone.
pub fn by_number(
    read: &Read<'_>,
    viewer: &Viewer,
    number: InquiryNumber,
) -> Result<Option<InquiryId>, StoreError> {
    read.one(
        sql!(
            "select id from inquiries where number = $1
                 and wall in (select wall from wall_members where staff = $2)"
        ),
        &params![number.as_i64(), viewer.staff],
        |row| row.get(0),
    )
}

/// The number of an inquiry the viewer may see.
pub fn number_of(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<InquiryNumber>, StoreError> {
    read.one(
        sql!(
            "select number from inquiries where id = $1
                and wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        |row| Ok(InquiryNumber::from_i64(row.get(0)?)),
    )
}

/// The whole page, or `None` if there is no such inquiry for this viewer.
pub fn page(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<InquiryPage>, StoreError> {
    let head = read.one(
        sql!(
            "select i.id, i.number, i.state, i.owner, i.department, i.wall, i.person, i.urgent,
                     i.messages, i.newest_word, i.subject, i.created, d.id, d.name, d.wall, s.name,
                     coalesce(n.position, 0)
                from inquiries i
                join departments d on d.id = i.department
                left join staff s on s.id = i.owner
                left join seen n on n.inquiry = i.id and n.staff = $2
               where i.id = $1 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        |row| {
            let rules = inquiry(row)?;
            let name: Option<String> = row.get(15)?;
            let owner = rules.owner.zip(name).map(|(id, name)| StaffName { id, name });
            let seen: i64 = row.get(16)?;
            Ok((rules, row.get(10)?, row.get(11)?, name_at(row, 12)?, owner, seen))
        },
    )?;
    let Some((inquiry, subject, created, department, owner, seen)) = head else {
        return Ok(None);
    };
    let mut messages = messages::of_inquiry(read, id, seen)?;
    messages.extend(merging::messages_of(read, viewer, id)?);
    messages.sort_by_key(|message| (message.at, message.position));
    let person = match inquiry.person {
        Some(person) => persons::card(read, viewer, person)?,
        None => None,
    };
    let recipient = recipient(read, id, person.as_ref())?;
    let entries = in_order(messages, events(read, viewer, id)?);
    let writing = drafts::writing_desk(read, viewer, id)?;
    let (shown_to, links) = (shown_to(read, id)?, links(read, viewer, id)?);
    let (due, category) = due::of_inquiry(read, viewer, id)?;
    let categories = categories::for_department(read, department.id)?;
    let category = category.map_or(Ok(None), |category| categories::one(read, category))?;
    let proposal = delegation::proposal(read, viewer, &inquiry)?;
    Ok(Some(InquiryPage {
        inquiry,
        subject,
        created,
        department,
        owner,
        person,
        shown_to,
        entries,
        links,
        recipient,
        writing,
        standing: standing(read, viewer, id)?,
        due,
        category,
        categories,
        proposal,
    }))
}

/// Whom an answer goes to; said aloud if that is not the inquiry's person.
fn recipient(
    read: &Read<'_>,
    id: InquiryId,
    person: Option<&PersonCard>,
) -> Result<Option<Recipient>, StoreError> {
    let addressee = messages::addressee(read, id)?;
    Ok(addressee.map(|Addressee { name, address, .. }| {
        let stranger = person.is_some_and(|person| !person.addresses.contains(&address));
        Recipient { name, address, stranger }
    }))
}

/// What the messages themselves say already is left out, and so is what was done with an inquiry
/// that does not exist for the viewer.
fn events(read: &Read<'_>, viewer: &Viewer, id: InquiryId) -> Result<Vec<EventView>, StoreError> {
    let silent = [
        Verb::Replied,
        Verb::Forwarded,
        Verb::Noted,
        Verb::Sent,
        Verb::Suggested,
        Verb::Followed,
        Verb::Unfollowed,
    ];
    let lines = journal::of_inquiry(read, id)?;
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
        let before = step.undoes.and_then(|of| {
            let place = *places.get(&of)?;
            Some((lines.get(place)?, steps.get(place)?))
        });
        if let Some((of, step)) = before {
            let of = self::event(&mut names, of, step.verb, of.details())?;
            event.of = Some(Box::new(of));
        }
        events.push(event);
    }
    Ok(events)
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

/// Merges two lists that are each in order; what was done to a message comes after it.
fn in_order(messages: Vec<MessageView>, events: Vec<EventView>) -> Vec<Entry> {
    let mut entries: Vec<(i64, u8, Entry)> = Vec::with_capacity(messages.len() + events.len());
    entries.extend(messages.into_iter().map(|message| (message.at, 0, Entry::Message(message))));
    entries.extend(events.into_iter().map(|event| (event.at, 1, Entry::Event(event))));
    entries.sort_by_key(|(at, rank, _)| (*at, *rank));
    entries.into_iter().map(|(_, _, entry)| entry).collect()
}

fn shown_to(read: &Read<'_>, id: InquiryId) -> Result<Vec<DepartmentName>, StoreError> {
    read.all(
        sql!(
            "select d.id, d.name, d.wall from shown s join departments d on d.id = s.department
               where s.inquiry = $1 order by d.sort_key, d.id"
        ),
        &params![id],
        |row| name_at(row, 0),
    )
}

/// Newest first, in whichever direction they were made.
fn links(read: &Read<'_>, viewer: &Viewer, id: InquiryId) -> Result<Vec<LinkRow>, StoreError> {
    read.all(
        sql!(
            "select i.id, i.number, i.subject, i.state, l.state, l.why
                from (select other as id, state, why from links where inquiry = $1 and state < 2
                      union all
                      select inquiry, state, why from links where other = $1 and state < 2) l
                join inquiries i on i.id = l.id
               where i.wall in (select wall from wall_members where staff = $2)
               order by i.id desc"
        ),
        &params![id, viewer.staff],
        link,
    )
}

fn link(row: &crate::Row<'_>) -> Result<LinkRow, StoreError> {
    Ok(LinkRow {
        id: row.get(0)?,
        number: InquiryNumber::from_i64(row.get(1)?),
        subject: row.get(2)?,
        state: state_at(row, 3)?,
        suggested: row.get::<i64>(4)? == 0,
        why: row.get(5)?,
    })
}
