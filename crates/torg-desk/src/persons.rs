//! Persons: one for each citizen, however many addresses she writes from.

use torg_core::{ContactKind, EmailAddress, Fact, JoinId, PersonId, Verb, Viewer};
use torg_store::journal::Details;
use torg_store::{Tx, departments, persons};

use crate::{Desk, Refused};

/// What came of adding an address to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressed {
    /// She is known by it now, or was before.
    Hers,
    /// Somebody else is known by it. Nothing was changed: whether they are one, people say.
    Anothers(PersonId),
}

impl Desk {
    /// Notes that an e-mail address is a person's too. Only for persons of whom the viewer sees an
    /// inquiry.
    pub async fn add_contact_point(
        &self,
        viewer: &Viewer,
        person: PersonId,
        address: &str,
    ) -> Result<Addressed, Refused> {
        let address = EmailAddress::parse(address).map_err(|_| Refused::NotAnAddress)?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                met(tx, &viewer, person)?;
                if departments::of_recipient(tx, address.as_str())?.is_some() {
                    return Err(Refused::NotAnAddress);
                }
                match persons::by_contact_point(tx, ContactKind::Email, address.as_str())? {
                    Some(known) if known.person == person => return Ok(Addressed::Hers),
                    Some(known) => {
                        // Whom she cannot see she is not asked about: that would tell of her.
                        met(tx, &viewer, known.person)?;
                        return Ok(Addressed::Anothers(known.person));
                    }
                    None => {}
                }
                let (id, kind) = (pen.id(), ContactKind::Email);
                persons::add_contact_point(tx, id, person, kind, address.as_str())?;
                tx.announce(Fact::Everything);
                let details = Details { person: Some(person), ..Details::default() };
                pen.write_of_day(tx, Some(viewer.staff), Verb::PersonChanged, details)?;
                Ok(Addressed::Hers)
            })
            .await
    }

    /// Makes `other` and a person one, with one history; the viewer must see an inquiry of each.
    /// It is kept what was whose, so that it can be taken back.
    pub async fn join_persons(
        &self,
        viewer: &Viewer,
        person: PersonId,
        other: PersonId,
    ) -> Result<(), Refused> {
        if person == other {
            return Err(Refused::NotFound);
        }
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                met(tx, &viewer, person)?;
                met(tx, &viewer, other)?;
                persons::join(tx, pen.id(), person, other, viewer.staff, pen.at())?;
                tx.announce(Fact::Everything);
                let details =
                    Details { person: Some(person), other: Some(other), ..Details::default() };
                Ok(pen.write_of_day(tx, Some(viewer.staff), Verb::PersonsJoined, details)?)
            })
            .await
    }

    /// Takes back that two persons were made one. Gives the one who is another again.
    pub async fn part_persons(
        &self,
        viewer: &Viewer,
        person: PersonId,
        joining: JoinId,
    ) -> Result<PersonId, Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let joined = persons::joined_with(tx, &viewer, person)?;
                if !joined.iter().any(|one| one.id == joining) {
                    return Err(Refused::NotFound);
                }
                let other = persons::part(tx, joining)?.ok_or(Refused::NotFound)?;
                tx.announce(Fact::Everything);
                let details =
                    Details { person: Some(person), other: Some(other), ..Details::default() };
                pen.write_of_day(tx, Some(viewer.staff), Verb::PersonsParted, details)?;
                Ok(other)
            })
            .await
    }
}

fn met(tx: &mut Tx<'_>, viewer: &Viewer, person: PersonId) -> Result<(), Refused> {
    if persons::is_met_by(tx, viewer, person)? { Ok(()) } else { Err(Refused::NotFound) }
}
