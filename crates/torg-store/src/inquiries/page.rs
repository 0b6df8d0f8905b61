//! Everything one inquiry's page shows, read in one transaction.

use torg_core::{Inquiry, InquiryId, InquiryNumber, State, Viewer};

use super::locking::inquiry;
use super::standing::{Standing, standing};
use super::state_at;
use super::thread::{Entry, Extent, Thread, thread};
use crate::categories::Category;
use crate::delegation::Proposal;
use crate::departments::{DepartmentName, name_at};
use crate::drafts::{self, WritingDesk};
use crate::due::DueAt;
use crate::messages::{self, Addressee};
use crate::persons::{self, PersonCard};
use crate::staff::StaffName;
use crate::{Pending, Read, StoreError, categories, delegation, due, params, sql};

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
    /// How many messages came before these.
    pub earlier: usize,
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

/// The page with as much of the messages as `extent` says, or `None` if there is no such inquiry
/// for this viewer.
pub fn page(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
    extent: Extent,
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
    // All is asked for before the first of it is waited for.
    let person = match inquiry.person {
        Some(person) => persons::card(read, viewer, person),
        None => Pending::known(Ok(None)),
    };
    let addressee = messages::ask_addressee(read, id);
    let writing = drafts::writing_desk(read, viewer, id);
    let newest = thread(read, viewer, id, seen, extent);
    let (shown_to, links) = (shown_to(read, id), links(read, viewer, id));
    let due = due::of_inquiry(read, viewer, id);
    let categories = categories::for_department(read, department.id);
    let proposal = delegation::proposal(read, viewer, &inquiry);
    let standing = standing(read, viewer, id);

    let (person, writing, newest) = (person.get()?, writing.get()?, newest.get()?);
    let Thread { entries, earlier } = match newest.reaches(writing.letter) {
        true => newest,
        false => thread(read, viewer, id, seen, Extent::Whole).get()?,
    };
    let (due, category) = due.get()?;
    let category = category.map_or(Ok(None), |category| categories::one(read, category))?;
    Ok(Some(InquiryPage {
        inquiry,
        subject,
        created,
        department,
        owner,
        recipient: addressee.get()?.map(|addressee| recipient(addressee, person.as_ref())),
        person,
        shown_to: shown_to.get()?,
        entries,
        earlier,
        links: links.get()?,
        writing,
        standing: standing.get()?,
        due,
        category,
        categories: categories.get()?,
        proposal: proposal.get()?,
    }))
}

/// Whom an answer goes to; said aloud if that is not the inquiry's person.
fn recipient(addressee: Addressee, person: Option<&PersonCard>) -> Recipient {
    let Addressee { name, address, .. } = addressee;
    let stranger = person.is_some_and(|person| !person.addresses.contains(&address));
    Recipient { name, address, stranger }
}

fn shown_to<'r>(read: &'r Read<'_>, id: InquiryId) -> Pending<'r, Vec<DepartmentName>> {
    read.ask(
        sql!(
            "select d.id, d.name, d.wall from shown s join departments d on d.id = s.department
               where s.inquiry = $1 order by d.sort_key, d.id"
        ),
        &params![id],
        |row| name_at(row, 0),
    )
}

/// Newest first, in whichever direction they were made.
fn links<'r>(read: &'r Read<'_>, viewer: &Viewer, id: InquiryId) -> Pending<'r, Vec<LinkRow>> {
    read.ask(
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
