//! One arrival becomes a message, or several behind walls.

use std::collections::HashSet;

use jiff::Timestamp;
use torg_core::recipients::{MOST_RECIPIENTS, Recipient, written};
use torg_core::threading::{By, Threading};
use torg_core::wall::open_wall;
use torg_core::{
    ArrivalId, DepartmentId, Direction, EmailAddress, Fact, Inquiry, InquiryId, Kind, MessageId,
    SendState, State, Verb, WallId,
};
use torg_store::departments::Mailbox;
use torg_store::filing::{self, Delivered, SeenReference};
use torg_store::inquiries::{self, Appended, NewInquiry};
use torg_store::journal::Details;
use torg_store::messages::{self, NewAttachment, NewMessage};
use torg_store::recipients::{self, Fields};
use torg_store::service::{self, Line};
use torg_store::{StoreError, Tx, arrivals, blobs, delegation, links, merging, search};

use super::bounce::{self, Bounced};
use super::prepare::Prepared;
use super::sender::{self, Sender};
use super::sorting::sorted;
use super::threads::{place, references};
use super::together::Together;
use crate::absences::redirect;
use crate::notices::tell_of_letter;
use crate::pen::{Pen, announce, random};
use crate::sending::{Letterhead, Receipt, receipt};
use crate::spam::settled;
use crate::{automatic, due};

/// What is needed to file, beside the arrival.
#[derive(Clone)]
pub(super) struct Filing {
    pub(super) pen: Pen,
    pub(super) letterhead: Letterhead,
    pub(super) receipts: bool,
    pub(super) together: Together,
}

/// An arrival could not be filed.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotFiled {
    #[error("none of its recipients is an address of ours")]
    NobodyHere,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Mailboxes that share one inquiry: the first is its home, to the others it is shown.
struct Group {
    home: Mailbox,
    others: Vec<Mailbox>,
}

/// Files arrivals in their order, but for those that somebody else has filed.
pub(super) fn file_all(tx: &mut Tx<'_>, filing: &Filing, all: &[Prepared]) -> Result<(), NotFiled> {
    // A transaction that runs again begins with nothing known.
    let filing = Filing { together: Together::default(), ..filing.clone() };
    let ids: Vec<ArrivalId> = all.iter().map(|prepared| prepared.arrival.id).collect();
    let taken: HashSet<ArrivalId> = arrivals::take(tx, &ids)?.into_iter().collect();
    let mut taken = all.iter().filter(|prepared| taken.contains(&prepared.arrival.id));
    taken.try_for_each(|prepared| file(tx, &filing, prepared))
}

fn file(tx: &mut Tx<'_>, filing: &Filing, prepared: &Prepared) -> Result<(), NotFiled> {
    let arrival = &prepared.arrival;
    let mut messages = Vec::new();
    let mut raw = RawReference::OfTheArrival;
    for group in groups(mailboxes(tx, filing, &arrival.recipients)?) {
        messages.push(file_group(tx, filing, prepared, &group, &mut raw)?);
    }
    let message = messages.first().ok_or(NotFiled::NobodyHere)?;
    if raw == RawReference::OfTheArrival {
        // All of it was delivered before.
        blobs::release(tx, &arrival.raw)?;
    }
    Ok(arrivals::became(tx, arrival.id, *message)?)
}

/// Who holds the arrival's reference to its raw bytes.
#[derive(PartialEq, Eq)]
enum RawReference {
    OfTheArrival,
    OfAMessage,
}

impl RawReference {
    /// A message takes the arrival's reference over; a second one needs another.
    fn take(&mut self, tx: &mut Tx<'_>, prepared: &Prepared) -> Result<(), StoreError> {
        match self {
            Self::OfTheArrival => *self = Self::OfAMessage,
            Self::OfAMessage => blobs::share(tx, &prepared.arrival.raw)?,
        }
        Ok(())
    }
}

/// Our mailboxes among the recipients, each once, in their order.
fn mailboxes(
    tx: &Tx<'_>,
    filing: &Filing,
    recipients: &[String],
) -> Result<Vec<Mailbox>, StoreError> {
    let mut found: Vec<Mailbox> = Vec::new();
    for recipient in recipients {
        let mailbox = filing.together.mailbox(tx, recipient)?;
        found.extend(mailbox.filter(|mailbox| !found.contains(mailbox)));
    }
    Ok(found)
}

/// All open mailboxes share an inquiry; each walled one gets its own.
fn groups(mailboxes: Vec<Mailbox>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for mailbox in mailboxes {
        let open = mailbox.wall == open_wall();
        match groups.iter_mut().find(|group| open && group.home.wall == open_wall()) {
            Some(group) => group.others.push(mailbox),
            None => groups.push(Group { home: mailbox, others: Vec::new() }),
        }
    }
    groups
}

fn file_group(
    tx: &mut Tx<'_>,
    filing: &Filing,
    prepared: &Prepared,
    group: &Group,
    raw: &mut RawReference,
) -> Result<MessageId, StoreError> {
    if let Some(before) = delivered_before(tx, prepared, group)? {
        let place = inquiries::whereabouts(tx, before.inquiry)?;
        show(tx, filing, prepared, group, before, place)?;
        return Ok(before.message);
    }
    raw.take(tx, prepared)?;
    let letter = &prepared.letter;
    let mut sender = sender::find(tx, &filing.together, prepared)?;
    let bounced = bounce::bounced(&filing.letterhead.signer, letter);
    let threading = threading(tx, filing, prepared, group, &sender, bounced)?;
    let judged = settled(tx, prepared.judged.as_ref(), sender.known, threading)?;
    if prepared.kind != Kind::Bounce {
        sender.meet(tx, &filing.pen)?;
    }
    let (inquiry, is_new) = inquiry(tx, filing, prepared, group, &sender, threading)?;
    let message = keep(tx, filing, prepared, &inquiry, &sender)?;
    let is_spam = sorted(tx, &filing.pen, message, (&inquiry, is_new), judged.as_ref())?;
    if !is_spam {
        wake(tx, filing, prepared, &inquiry, is_new)?;
    }
    if !prepared.arrival.silent && prepared.kind == Kind::Human && !is_spam {
        tell_of_letter(tx, &filing.pen, &inquiry, message)?;
    }
    if !prepared.arrival.silent {
        due::settle(tx, &filing.pen, inquiry.id)?;
    }
    if let Some(bounced) = bounced {
        bounce::mark(tx, &filing.pen, bounced, letter)?;
    }
    let delivered = Delivered { mailbox: group.home.id, message, inquiry: inquiry.id };
    let place = Some((inquiry.wall, inquiry.department));
    show(tx, filing, prepared, group, delivered, place)?;
    remember_references(tx, prepared, group, inquiry.id)?;
    if is_new && !is_spam {
        acknowledge(tx, filing, prepared, group, &inquiry, &sender)?;
        let is_wanted = prepared.takes_automatic_mail();
        automatic::put_letter(tx, &filing.pen, message, prepared.kind, is_wanted)?;
    }
    if !is_new && !is_spam && !prepared.arrival.silent && prepared.needs_a_person(&sender.name) {
        automatic::citizen_wrote(tx, &filing.pen, &inquiry, message)?;
    }
    if is_new && !is_spam && !prepared.arrival.silent && prepared.kind == Kind::Human {
        delegation::wait(tx, inquiry.id, inquiry.department)?;
    }
    announce(tx, &inquiry);
    Ok(message)
}

/// The same mail in one of these mailboxes, or in an inquiry behind the same wall.
fn delivered_before(
    tx: &Tx<'_>,
    prepared: &Prepared,
    group: &Group,
) -> Result<Option<Delivered>, StoreError> {
    let before = filing::delivered(tx, &prepared.mail_id, &prepared.letter.body_hash)?;
    for delivered in before {
        let here = group.home.id == delivered.mailbox
            || group.others.iter().any(|other| other.id == delivered.mailbox);
        let wall = inquiries::whereabouts(tx, delivered.inquiry)?.map(|(wall, _)| wall);
        if here || wall == Some(group.home.wall) {
            return Ok(Some(delivered));
        }
    }
    Ok(None)
}

/// Remembers the delivery for every mailbox, and shows the inquiry to their departments unless it
/// stands behind a wall.
fn show(
    tx: &mut Tx<'_>,
    filing: &Filing,
    prepared: &Prepared,
    group: &Group,
    delivered: Delivered,
    place: Option<(WallId, DepartmentId)>,
) -> Result<(), StoreError> {
    let open = place.is_some_and(|(wall, _)| wall == open_wall());
    let home = place.map(|(_, department)| department);
    for mailbox in std::iter::once(&group.home).chain(&group.others) {
        let delivered = Delivered { mailbox: mailbox.id, ..delivered };
        filing::remember_delivery(tx, &delivered, &prepared.mail_id, &prepared.letter.body_hash)?;
        let may_know = open && mailbox.wall == open_wall() && home != Some(mailbox.department);
        if may_know && inquiries::show_to(tx, delivered.inquiry, mailbox.department)? {
            let details = Details { department: Some(mailbox.department), ..Details::default() };
            filing.pen.write(tx, None, delivered.inquiry, Verb::Shown, details)?;
            let (inquiry, department) = (delivered.inquiry, mailbox.department);
            tx.announce(Fact::Inquiry { inquiry, wall: mailbox.wall, department });
        }
    }
    Ok(())
}

fn threading(
    tx: &Tx<'_>,
    filing: &Filing,
    prepared: &Prepared,
    group: &Group,
    sender: &Sender,
    bounced: Option<Bounced>,
) -> Result<Threading, StoreError> {
    if let Some(bounced) = bounced
        && inquiries::whereabouts(tx, bounced.inquiry)?.is_some()
    {
        let now = merging::root(tx, bounced.lies_in(tx)?)?;
        return Ok(Threading::Join(now, By::OwnMessageId));
    }
    let found = place(tx, &filing.letterhead.signer, prepared, &group.home, sender)?;
    behind_its_wall(tx, where_it_went(tx, found)?, &group.home)
}

/// What was merged goes on where it was merged into.
fn where_it_went(tx: &Tx<'_>, found: Threading) -> Result<Threading, StoreError> {
    Ok(match found {
        Threading::Join(inquiry, by) => Threading::Join(merging::root(tx, inquiry)?, by),
        Threading::Suggest(inquiry, by) => Threading::Suggest(merging::root(tx, inquiry)?, by),
        Threading::New => Threading::New,
    })
}

/// What was sent to a walled address stays behind that wall, whatever it answers.
fn behind_its_wall(tx: &Tx<'_>, found: Threading, home: &Mailbox) -> Result<Threading, StoreError> {
    let Threading::Join(inquiry, _) = found else {
        return Ok(found);
    };
    if home.wall == open_wall() {
        return Ok(found);
    }
    let wall = inquiries::whereabouts(tx, inquiry)?.map(|(wall, _)| wall);
    if wall == Some(home.wall) {
        return Ok(found);
    }
    Ok(Threading::Suggest(inquiry, By::LooseReference))
}

/// The inquiry it joins, locked, or a new one.
fn inquiry(
    tx: &mut Tx<'_>,
    filing: &Filing,
    prepared: &Prepared,
    group: &Group,
    sender: &Sender,
    threading: Threading,
) -> Result<(Inquiry, bool), StoreError> {
    if let Threading::Join(id, _) = threading
        && let Some(inquiry) = inquiries::locked_for_torg(tx, id)?
    {
        if let (None, Some(known), Kind::Human) = (inquiry.person, sender.known, prepared.kind) {
            inquiries::set_person(tx, id, known.person)?;
        }
        return Ok((inquiry, false));
    }
    let inquiry = open(tx, filing, prepared, group, sender)?;
    if let Threading::Suggest(other, by) = threading {
        links::suggest(tx, inquiry.id, other, why(by), filing.pen.at())?;
        let details = Details { inquiry: Some(other), ..Details::default() };
        filing.pen.write(tx, None, inquiry.id, Verb::Suggested, details)?;
    }
    Ok((inquiry, true))
}

fn why(by: By) -> &'static str {
    match by {
        By::SubjectNumber => "subject-number",
        By::LooseReference => "loose-reference",
        By::SameSubject => "same-subject",
        By::OwnMessageId | By::PlusAddress | By::Letter => "by-hand",
    }
}

fn open(
    tx: &mut Tx<'_>,
    filing: &Filing,
    prepared: &Prepared,
    group: &Group,
    sender: &Sender,
) -> Result<Inquiry, StoreError> {
    let at = Timestamp::from_microsecond(moment(prepared)).unwrap_or(filing.pen.now);
    let year = at.to_zoned(filing.letterhead.time_zone.clone()).year();
    let number = inquiries::next_number(tx, i64::from(year))?;
    inquiries::insert(
        tx,
        &NewInquiry {
            id: filing.pen.id(),
            number,
            public_key: data_encoding::BASE64URL_NOPAD.encode(&random::<16>()?),
            subject: prepared.letter.subject.chars().take(500).collect(),
            person: sender.known.map(|known| known.person),
            department: group.home.department,
            wall: group.home.wall,
            created: moment(prepared),
        },
    )
}

/// When it came in; for mail from an archive, when it says it was written.
fn moment(prepared: &Prepared) -> i64 {
    let written = prepared.letter.date.map(|date| date.as_microsecond());
    let received = prepared.arrival.received_at;
    match written {
        Some(written) if prepared.arrival.silent => written.clamp(0, received),
        _ => received,
    }
}

fn keep(
    tx: &mut Tx<'_>,
    filing: &Filing,
    prepared: &Prepared,
    inquiry: &Inquiry,
    sender: &Sender,
) -> Result<MessageId, StoreError> {
    let letter = &prepared.letter;
    let message = NewMessage {
        id: filing.pen.id(),
        inquiry: inquiry.id,
        position: inquiry.messages + 1,
        direction: Direction::In,
        kind: prepared.kind,
        staff: None,
        contact_point: sender.known.map(|known| known.contact_point),
        author: sender.name.chars().take(200).collect(),
        address: sender.address.clone(),
        subject: letter.subject.clone(),
        body: prepared.body.clone(),
        quoted: prepared.quoted.clone(),
        language: prepared.language,
        has_html: letter.has_html,
        raw: Some(prepared.arrival.raw),
        mail_id: Some(prepared.mail_id.clone()),
        composer_key: None,
        at: moment(prepared),
        send_state: SendState::None,
    };
    messages::insert(tx, &message)?;
    for attachment in &letter.attachments {
        messages::insert_attachment(tx, message.id, &attached(filing, attachment))?;
    }
    remember_others(tx, filing, message.id, letter, message.address.as_deref())?;
    inquiries::append(
        tx,
        &Appended {
            inquiry,
            direction: Direction::In,
            kind: prepared.kind,
            at: message.at,
            sender: &message.author,
            snippet: &prepared.snippet,
            has_files: letter.attachments.iter().any(|file| !file.inline),
            language: prepared.language,
        },
    )?;
    search::add(tx, message.id, inquiry.wall, &prepared.words)?;
    if !prepared.arrival.silent {
        service::count(tx, Line::Visible, prepared.arrival.received_at, filing.pen.at())?;
    }
    let details = Details { message: Some(message.id), ..Details::default() };
    filing.pen.write(tx, None, inquiry.id, Verb::Received, details)?;
    Ok(message.id)
}

/// Whom else the letter was for, so that an answer can go to all of them.
fn remember_others(
    tx: &mut Tx<'_>,
    filing: &Filing,
    message: MessageId,
    letter: &torg_mail::Letter,
    sender: Option<&str>,
) -> Result<(), StoreError> {
    let (to, cc) =
        (others(tx, filing, &letter.to, sender)?, others(tx, filing, &letter.cc, sender)?);
    if to.is_empty() && cc.is_empty() {
        return Ok(());
    }
    let fields = Fields { to: written(&to), cc: written(&cc), bcc: String::new() };
    recipients::keep(tx, message, &fields)
}

/// Those of `mailboxes` who are neither we nor the sender.
fn others(
    tx: &Tx<'_>,
    filing: &Filing,
    mailboxes: &[torg_mail::Mailbox],
    sender: Option<&str>,
) -> Result<Vec<Recipient>, StoreError> {
    let mut found: Vec<Recipient> = Vec::new();
    // One that names only us, as most do, costs nothing.
    for mailbox in mailboxes.iter().take(MOST_RECIPIENTS) {
        let Ok(address) = EmailAddress::parse(&mailbox.address) else { continue };
        let is_known =
            sender == Some(address.as_str()) || found.iter().any(|one| one.address == address);
        if is_known || filing.together.mailbox(tx, address.as_str())?.is_some() {
            continue;
        }
        let name = mailbox.name.clone().unwrap_or_default();
        found.push(Recipient { name, address });
    }
    Ok(found)
}

fn attached(filing: &Filing, attachment: &torg_mail::Attachment) -> NewAttachment {
    NewAttachment {
        id: filing.pen.id(),
        part: attachment.part.into(),
        name: attachment.name.clone(),
        content_type: attachment.content_type.clone(),
        size: i64::try_from(attachment.size).unwrap_or(i64::MAX),
        is_inline: attachment.inline,
        content_id: attachment.content_id.clone(),
        sha256: attachment.sha256,
        to_read: attachment.has_text(),
    }
}

/// A human's letter makes it the municipality's turn, and goes to whoever owned the inquiry. What
/// an archive brings in is nobody's work; what machines send changes nothing.
fn wake(
    tx: &mut Tx<'_>,
    filing: &Filing,
    prepared: &Prepared,
    inquiry: &Inquiry,
    is_new: bool,
) -> Result<(), StoreError> {
    if is_new && prepared.arrival.silent {
        return inquiries::set_state(tx, inquiry.id, State::Closed);
    }
    if prepared.arrival.silent || prepared.kind != Kind::Human {
        return Ok(());
    }
    redirect(tx, &filing.pen, inquiry)?;
    if inquiry.state == State::Open {
        return Ok(());
    }
    inquiries::set_state(tx, inquiry.id, State::Open)?;
    if matches!(inquiry.state, State::Closed | State::Spam) {
        due::restart(tx, &filing.pen, inquiry.id)?;
        filing.pen.write(tx, None, inquiry.id, Verb::Reopened, Details::default())?;
    }
    Ok(())
}

/// The letter's own id leads back here from now on, and so, more weakly, do the ids it mentions.
fn remember_references(
    tx: &mut Tx<'_>,
    prepared: &Prepared,
    group: &Group,
    inquiry: InquiryId,
) -> Result<(), StoreError> {
    const MOST_MENTIONED: usize = 20;
    let strong = prepared.kind == Kind::Human;
    for mailbox in std::iter::once(&group.home).chain(&group.others) {
        let own = SeenReference { inquiry, strong };
        filing::remember_reference(tx, mailbox.id, &prepared.mail_id, own)?;
        for mentioned in references(prepared).into_iter().take(MOST_MENTIONED) {
            let loose = SeenReference { inquiry, strong: false };
            filing::remember_reference(tx, mailbox.id, mentioned, loose)?;
        }
    }
    Ok(())
}

fn acknowledge(
    tx: &mut Tx<'_>,
    filing: &Filing,
    prepared: &Prepared,
    group: &Group,
    inquiry: &Inquiry,
    sender: &Sender,
) -> Result<(), StoreError> {
    let Some(to) = sender.address.as_deref().filter(|_| filing.receipts) else {
        return Ok(());
    };
    if prepared.arrival.silent {
        return Ok(());
    }
    let (letter, language, mailbox) = (&prepared.letter, prepared.language, &group.home);
    let sent_today = &filing.together.sent_today;
    let wanted = Receipt { letter, inquiry, to, mailbox, language, sent_today };
    receipt(tx, &filing.pen, &filing.letterhead, &wanted)
}
