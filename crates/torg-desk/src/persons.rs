//! Persons: one for each citizen, however many addresses she writes from.

use torg_core::{ContactKind, EmailAddress, Fact, PersonId, Verb, Viewer};
use torg_store::journal::Details;
use torg_store::{departments, persons};

use crate::{Desk, Refused};

impl Desk {
    /// Notes that an e-mail address is a person's too. If somebody else was known by it, the two
    /// become one person, with one history. Only for persons of whom the viewer sees an inquiry.
    pub async fn add_contact_point(
        &self,
        viewer: &Viewer,
        person: PersonId,
        address: &str,
    ) -> Result<(), Refused> {
        let address = EmailAddress::parse(address).map_err(|_| Refused::NotAnAddress)?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                if !persons::is_met_by(tx, &viewer, person)? {
                    return Err(Refused::NotFound);
                }
                if departments::of_recipient(tx, address.as_str())?.is_some() {
                    return Err(Refused::NotAnAddress);
                }
                match persons::by_contact_point(tx, ContactKind::Email, address.as_str())? {
                    Some(known) if known.person == person => return Ok(()),
                    // Whom she cannot see she cannot join with: that would tell that she is there.
                    Some(known) if !persons::is_met_by(tx, &viewer, known.person)? => {
                        return Err(Refused::NotFound);
                    }
                    Some(known) => persons::take_over(tx, person, known.person)?,
                    None => {
                        let (id, kind) = (pen.id(), ContactKind::Email);
                        persons::add_contact_point(tx, id, person, kind, address.as_str())?;
                    }
                }
                tx.announce(Fact::Everything);
                Ok(pen.write_of_day(
                    tx,
                    Some(viewer.staff),
                    Verb::PersonChanged,
                    Details::default(),
                )?)
            })
            .await
    }
}
