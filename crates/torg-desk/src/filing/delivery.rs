//! One arrival is delivered to mailboxes that share an inquiry, with all that follows from it.

use torg_core::spam::Verdict;
use torg_core::{Inquiry, Kind, MessageId, State, Verb};
use torg_store::departments::Mailbox;
use torg_store::filing::Delivered;
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, blobs, delegation, inquiries, spam};

use super::bounce;
use super::file::Filing;
use super::prepare::Prepared;
use super::sender::{self, Sender};
use super::sorting::sorted;
use crate::absences::redirect;
use crate::notices::tell_of_letter;
use crate::pen::announce;
use crate::sending::{Receipt, receipt};
use crate::spam::{Acquaintance, ask_later};
use crate::{automatic, due};

/// An arrival on its way to one group of mailboxes.
pub(super) struct Delivery<'d> {
    pub(super) filing: &'d Filing,
    pub(super) prepared: &'d Prepared,
    pub(super) group: &'d Group,
}

/// Mailboxes that share one inquiry: the first is its home, to the others it is shown.
pub(super) struct Group {
    pub(super) home: Mailbox,
    pub(super) others: Vec<Mailbox>,
}

impl Group {
    pub(super) fn mailboxes(&self) -> impl Iterator<Item = &Mailbox> {
        std::iter::once(&self.home).chain(&self.others)
    }
}

/// Who holds the arrival's reference to its raw bytes.
#[derive(PartialEq, Eq)]
pub(super) enum RawReference {
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

/// An inquiry with its new letter.
struct Filed<'f> {
    inquiry: &'f Inquiry,
    message: MessageId,
    is_new: bool,
    /// It is perhaps spam.
    is_suspect: bool,
}

impl Delivery<'_> {
    /// Files the letter, unless it lies there already, and returns it.
    pub(super) fn deliver(
        &self,
        tx: &mut Tx<'_>,
        raw: &mut RawReference,
    ) -> Result<MessageId, StoreError> {
        if let Some(before) = self.delivered_before(tx)? {
            let place = inquiries::whereabouts(tx, before.inquiry)?;
            self.show(tx, before, place)?;
            return Ok(before.message);
        }
        raw.take(tx, self.prepared)?;
        let Self { filing, prepared, group } = self;
        let mut sender = sender::find(tx, &filing.together, prepared)?;
        let bounced = bounce::bounced(&filing.letterhead.signer, &prepared.letter);
        let threading = self.threading(tx, &sender, bounced)?;
        let acquaintance = Acquaintance::of(sender.known, threading);
        let (judged, found) = (prepared.judged.clone(), prepared.found.as_ref());
        let judged = judged.map(|judged| acquaintance.settles(tx, judged, found)).transpose()?;
        if prepared.kind != Kind::Bounce {
            sender.meet(tx, &filing.pen)?;
        }
        let (inquiry, is_new) = self.inquiry(tx, &sender, threading)?;
        let message = self.keep(tx, &inquiry, &sender)?;
        let is_spam = sorted(tx, &filing.pen, message, (&inquiry, is_new), judged.as_ref())?;
        let is_suspect = judged.is_some_and(|judged| judged.verdict >= Verdict::Perhaps);
        self.find_out(tx, message, acquaintance)?;
        let delivered = Delivered { mailbox: group.home.id, message, inquiry: inquiry.id };
        self.show(tx, delivered, Some((inquiry.wall, inquiry.department)))?;
        self.remember_references(tx, inquiry.id)?;
        let filed = Filed { inquiry: &inquiry, message, is_new, is_suspect };
        if !is_spam {
            self.set_to_work(tx, &filed, &sender)?;
        }
        if !prepared.arrival.silent {
            due::settle(tx, &filing.pen, inquiry.id)?;
        }
        if let Some(bounced) = bounced {
            bounce::mark(tx, &filing.pen, bounced, &prepared.letter)?;
        }
        announce(tx, &inquiry);
        Ok(message)
    }

    /// Keeps what is known of where the letter comes from, and has others asked about the rest.
    fn find_out(
        &self,
        tx: &mut Tx<'_>,
        message: MessageId,
        acquaintance: Acquaintance,
    ) -> Result<(), StoreError> {
        let Self { filing, prepared, .. } = self;
        if let Some(found) = &prepared.found {
            spam::keep_found(tx, message, found)?;
        }
        if prepared.is_asked_about {
            ask_later(tx, &filing.pen, message, prepared.arrival.id, acquaintance)?;
        }
        Ok(())
    }

    /// What a letter starts that is no spam.
    fn set_to_work(
        &self,
        tx: &mut Tx<'_>,
        filed: &Filed<'_>,
        sender: &Sender,
    ) -> Result<(), StoreError> {
        let Self { filing: Filing { pen, .. }, prepared, .. } = self;
        let Filed { inquiry, message, is_new, is_suspect } = *filed;
        self.wake(tx, filed)?;
        if is_new && !is_suspect {
            self.acknowledge(tx, inquiry, sender)?;
        }
        if is_new {
            let is_wanted = prepared.takes_automatic_mail();
            automatic::put_letter(tx, pen, message, prepared.kind, is_wanted)?;
        }
        if prepared.arrival.silent || prepared.kind != Kind::Human {
            return Ok(());
        }
        if is_new {
            delegation::wait(tx, inquiry.id, inquiry.department)?;
        } else if prepared.needs_a_person(&sender.name) {
            automatic::citizen_wrote(tx, pen, inquiry, message)?;
        }
        tell_of_letter(tx, pen, inquiry, message)
    }

    /// A human's letter makes it the municipality's turn, and goes to whoever owned the inquiry.
    /// What an archive brings in is nobody's work; what machines send changes nothing.
    fn wake(&self, tx: &mut Tx<'_>, filed: &Filed<'_>) -> Result<(), StoreError> {
        let (pen, inquiry, arrival) = (&self.filing.pen, filed.inquiry, &self.prepared.arrival);
        if filed.is_new && arrival.silent {
            return inquiries::set_state(tx, inquiry.id, State::Closed);
        }
        if arrival.silent || self.prepared.kind != Kind::Human {
            return Ok(());
        }
        redirect(tx, pen, inquiry)?;
        if inquiry.state == State::Open {
            return Ok(());
        }
        inquiries::set_state(tx, inquiry.id, State::Open)?;
        if matches!(inquiry.state, State::Closed | State::Spam) {
            due::restart(tx, pen, inquiry.id)?;
            pen.write(tx, None, inquiry.id, Verb::Reopened, Details::default())?;
        }
        Ok(())
    }

    fn acknowledge(
        &self,
        tx: &mut Tx<'_>,
        inquiry: &Inquiry,
        sender: &Sender,
    ) -> Result<(), StoreError> {
        let Self { filing, prepared, group } = self;
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
}
