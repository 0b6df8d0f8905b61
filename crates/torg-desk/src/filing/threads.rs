//! Gathers the clues by which a message finds its inquiry, strongest first.

use std::collections::HashSet;

use torg_core::threading::{By, Clue, Threading, thread};
use torg_core::{Id, InquiryId, InquiryNumber, MessageId};
use torg_mail::thread_key::{
    Signer, bare_subject, looks_like_reply, plus_tag_of, read_subject_token,
};
use torg_store::departments::Mailbox;
use torg_store::{Read, StoreError, filing, inquiries, messages};

use super::prepare::Prepared;
use super::sender::Sender;

/// Headers of a hundred references are seen; the newest say enough.
const MOST_REFERENCES: usize = 40;

/// Which inquiry a message to `mailbox` belongs to.
pub(super) fn place(
    read: &Read<'_>,
    signer: &Signer,
    prepared: &Prepared,
    mailbox: &Mailbox,
    sender: &Sender,
) -> Result<Threading, StoreError> {
    let search = Search { read, prepared, mailbox, sender };
    let references = references(prepared);
    let mut clues = search.own_ids(signer, &references)?;
    clues.extend(search.plus_addresses(signer)?);
    clues.extend(search.references(&references)?);
    clues.extend(search.subject_number()?);
    clues.extend(search.same_subject()?);
    Ok(thread(&clues))
}

/// What the letter refers to: the mail it answers, then its thread, newest first, each once.
pub(super) fn references(prepared: &Prepared) -> Vec<&str> {
    let letter = &prepared.letter;
    let mut seen = HashSet::new();
    let all = letter.in_reply_to.iter().chain(letter.references.iter().rev());
    all.map(String::as_str)
        .filter(|id| *id != prepared.mail_id && !id.is_empty() && seen.insert(*id))
        .take(MOST_REFERENCES)
        .collect()
}

struct Search<'a> {
    read: &'a Read<'a>,
    prepared: &'a Prepared,
    mailbox: &'a Mailbox,
    sender: &'a Sender,
}

impl Search<'_> {
    /// Message-IDs we signed name their inquiry themselves.
    fn own_ids(&self, signer: &Signer, references: &[&str]) -> Result<Vec<Clue>, StoreError> {
        let signed = references.iter().filter_map(|id| signer.read_message_id(id));
        let mut inquiries = Vec::new();
        for (inquiry, message) in signed {
            // A split may have moved it since.
            let lies_in = messages::inquiry_of(self.read, MessageId::from_i64(message))?;
            inquiries.push(lies_in.map_or(inquiry, Id::as_i64));
        }
        self.existing(inquiries.into_iter(), By::OwnMessageId)
    }

    /// So do plus addresses we signed, in the envelope or in what servers noted of it.
    fn plus_addresses(&self, signer: &Signer) -> Result<Vec<Clue>, StoreError> {
        let letter = &self.prepared.letter;
        let shown = letter.to.iter().chain(&letter.cc).map(|mailbox| mailbox.address.as_str());
        let enveloped = self.prepared.arrival.recipients.iter().chain(&letter.delivered_to);
        let tags = enveloped.map(String::as_str).chain(shown).take(200).filter_map(plus_tag_of);
        self.existing(tags.filter_map(|tag| signer.read_plus_tag(tag)), By::PlusAddress)
    }

    fn existing(
        &self,
        inquiries: impl Iterator<Item = i64>,
        by: By,
    ) -> Result<Vec<Clue>, StoreError> {
        let mut clues = Vec::new();
        for inquiry in inquiries.map(InquiryId::from_i64) {
            if inquiries::whereabouts(self.read, inquiry)?.is_some() {
                clues.push(Clue { inquiry, by, sender_belongs: true });
            }
        }
        Ok(clues)
    }

    fn references(&self, references: &[&str]) -> Result<Vec<Clue>, StoreError> {
        let mut clues = Vec::new();
        for id in references {
            if let Some(seen) = filing::reference(self.read, self.mailbox.id, id)? {
                let by = if seen.strong { By::Letter } else { By::LooseReference };
                clues.push(self.clue(seen.inquiry, by)?);
            }
        }
        Ok(clues)
    }

    fn subject_number(&self) -> Result<Option<Clue>, StoreError> {
        let token = read_subject_token(&self.prepared.letter.subject);
        let number = token.and_then(|token| token.parse::<InquiryNumber>().ok());
        let inquiry = number.map(|number| filing::by_number(self.read, number.as_i64()));
        match inquiry.transpose()?.flatten() {
            Some(inquiry) => Ok(Some(self.clue(inquiry, By::SubjectNumber)?)),
            None => Ok(None),
        }
    }

    /// A reply whose program left out all headers repeats at least the subject.
    fn same_subject(&self) -> Result<Option<Clue>, StoreError> {
        let subject = &self.prepared.letter.subject;
        let (true, Some(known)) = (looks_like_reply(subject), self.sender.known) else {
            return Ok(None);
        };
        let bare = bare_subject(subject).to_lowercase();
        let recent = filing::recent_of(self.read, known.person)?;
        let same = recent
            .into_iter()
            .find(|(_, subject)| !bare.is_empty() && bare_subject(subject).to_lowercase() == bare);
        Ok(same.map(|(inquiry, _)| Clue { inquiry, by: By::SameSubject, sender_belongs: true }))
    }

    fn clue(&self, inquiry: InquiryId, by: By) -> Result<Clue, StoreError> {
        Ok(Clue { inquiry, by, sender_belongs: self.sender_belongs(inquiry)? })
    }

    /// She has written in it or was written to, from this address or another of hers.
    fn sender_belongs(&self, inquiry: InquiryId) -> Result<bool, StoreError> {
        let person = self.sender.known.map(|known| known.person);
        if person.is_some() && filing::person_of(self.read, inquiry)? == person {
            return Ok(true);
        }
        match &self.sender.address {
            Some(address) => filing::belongs(self.read, inquiry, address),
            None => Ok(false),
        }
    }
}
