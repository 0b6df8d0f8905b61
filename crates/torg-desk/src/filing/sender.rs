//! Who wrote: a person we know, or a new one.

use torg_core::{ContactKind, ContactPointId, EmailAddress, Kind, PersonId};
use torg_store::persons::{self, Known};
use torg_store::{StoreError, Tx, filing};

use super::prepare::Prepared;
use super::together::Together;
use crate::pen::Pen;

/// The sender of a letter, as far as it can be told.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    /// The name to show; the address if there is none, and empty if there is neither.
    pub(super) name: String,
    pub(super) address: Option<String>,
    pub(super) known: Option<Known>,
    /// We know her by an address only.
    is_nameless: bool,
}

/// Finds the sender's person, without adding one.
pub(super) fn find(
    tx: &Tx<'_>,
    together: &Together,
    prepared: &Prepared,
) -> Result<Sender, StoreError> {
    let (name, address) = correspondent(tx, together, prepared)?;
    let found = match &address {
        Some(address) => filing::correspondent(tx, address.as_str())?,
        None => None,
    };
    let (known, is_nameless) = found.unzip();
    let is_nameless = is_nameless.unwrap_or_default();
    let address = address.map(|address| address.as_str().to_owned());
    let name = if name.trim().is_empty() { address.clone().unwrap_or_default() } else { name };
    Ok(Sender { name, address, known, is_nameless })
}

/// Whom we correspond with: where the letter wants its answer, if it says so, as web forms do that
/// write for a citizen; else its author; failing that, whoever the envelope names. A list's and a
/// mail server's Reply-To is nobody's.
fn correspondent(
    tx: &Tx<'_>,
    together: &Together,
    prepared: &Prepared,
) -> Result<(String, Option<EmailAddress>), StoreError> {
    let letter = &prepared.letter;
    let speaks_for_one = !matches!(prepared.kind, Kind::List | Kind::Bounce);
    for reply_to in letter.reply_to.iter().filter(|_| speaks_for_one) {
        let Ok(address) = EmailAddress::parse(&reply_to.address) else { continue };
        if together.mailbox(tx, address.as_str())?.is_none() {
            let own = letter.from.as_ref().and_then(|from| from.name.clone());
            let name = reply_to.name.clone().or(own).unwrap_or_default();
            return Ok((name, Some(address)));
        }
    }
    let from = letter.from.as_ref();
    let name = from.and_then(|from| from.name.clone()).unwrap_or_default();
    let author = from.and_then(|from| EmailAddress::parse(&from.address).ok());
    let envelope = prepared.arrival.envelope_from.as_deref();
    let address = author.or_else(|| envelope.and_then(|from| EmailAddress::parse(from).ok()));
    Ok((name, address))
}

impl Sender {
    /// Adds the person if she writes for the first time.
    pub(super) fn meet(&mut self, tx: &mut Tx<'_>, pen: &Pen) -> Result<(), StoreError> {
        let Some(address) = &self.address else {
            return Ok(());
        };
        match self.known {
            Some(known) if self.is_nameless => persons::learn_name(tx, known.person, &self.name),
            Some(_) => Ok(()),
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
