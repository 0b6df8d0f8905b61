//! Who wrote: a person we know, or a new one.

use torg_core::{ContactKind, ContactPointId, EmailAddress, PersonId};
use torg_mail::Letter;
use torg_store::persons::{self, Known};
use torg_store::{StoreError, Tx};

use super::prepare::Prepared;
use crate::pen::Pen;

/// The sender of a letter, as far as it can be told.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    /// The name to show; the address if there is none, and empty if there is neither.
    pub(super) name: String,
    pub(super) address: Option<String>,
    pub(super) known: Option<Known>,
}

/// Finds the sender's person, without adding one.
pub(super) fn find(tx: &Tx<'_>, prepared: &Prepared) -> Result<Sender, StoreError> {
    let letter = &prepared.letter;
    let address = address(letter, prepared.arrival.envelope_from.as_deref());
    let known = match &address {
        Some(address) => persons::by_contact_point(tx, ContactKind::Email, address.as_str())?,
        None => None,
    };
    let name = letter.from.as_ref().and_then(|from| from.name.clone()).unwrap_or_default();
    let address = address.map(|address| address.as_str().to_owned());
    let name = if name.trim().is_empty() { address.clone().unwrap_or_default() } else { name };
    Ok(Sender { name, address, known })
}

/// The letter's author; failing that, whoever the envelope names.
fn address(letter: &Letter, envelope_from: Option<&str>) -> Option<EmailAddress> {
    let from = letter.from.as_ref().and_then(|from| EmailAddress::parse(&from.address).ok());
    from.or_else(|| envelope_from.and_then(|address| EmailAddress::parse(address).ok()))
}

impl Sender {
    /// Adds the person if she writes for the first time.
    pub(super) fn meet(&mut self, tx: &mut Tx<'_>, pen: &Pen) -> Result<(), StoreError> {
        let Some(address) = &self.address else {
            return Ok(());
        };
        match self.known {
            Some(known) => persons::learn_name(tx, known.person, &self.name),
            None => {
                let (person, contact_point): (PersonId, ContactPointId) = (pen.id(), pen.id());
                persons::insert(tx, person, &self.name, pen.at())?;
                persons::add_contact_point(tx, contact_point, person, ContactKind::Email, address)?;
                self.known = Some(Known { person, contact_point });
                Ok(())
            }
        }
    }
}
