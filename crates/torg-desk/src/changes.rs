//! Changes of what is set on pages: each with its old and new value in the journal, found again by
//! topic, and taken back by a change the other way.
//!
//! A noun that wants history and undo writes its changes with [`Pen::changed`] and has an arm in
//! [`apply`], which sets one value of it again; what is one setting each is set by the pen alone.

use torg_core::{Fact, JournalId, Role, StaffId, Verb, Viewer};
use torg_store::changes::{self, Change};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, settings};

use crate::hours::history;
use crate::pen::Pen;
use crate::{
    Desk, accounts, answers, automatic, delegation, departments, house_style, municipal, privacy,
    receipts, relay, spam, tags, theme,
};

/// A change as it is to be written.
pub(crate) struct Changed<'a> {
    /// "municipality", "department:7".
    pub(crate) topic: &'a str,
    /// What of it.
    pub(crate) what: &'a str,
    pub(crate) old: &'a str,
    pub(crate) new: &'a str,
}

/// Why a change was not made, or not taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    /// Only administrators change this.
    #[error("only for administrators")]
    NotAllowed,
    /// There is no such change, or nothing it was about any more.
    #[error("not found")]
    NotFound,
    /// Somebody has changed the same thing since.
    #[error("changed since")]
    ChangedSince,
    /// The value cannot be; `what` says of which field.
    #[error("{what} cannot be that")]
    BadValue { what: &'static str },
    /// This kind of change is not taken back by a click.
    #[error("cannot be undone")]
    NoUndo,
    /// It would open a wall, or bring letters out from behind one, which was not said expressly.
    #[error("it would open a wall")]
    WouldOpen,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Pen {
    /// Writes a change to the journal and to its topic's history, and says that settings changed.
    /// A value that stays as it was is no change.
    pub(crate) fn changed(
        &self,
        tx: &mut Tx<'_>,
        staff: Option<StaffId>,
        verb: Verb,
        change: &Changed<'_>,
        details: Details,
    ) -> Result<(), StoreError> {
        if change.old == change.new {
            return Ok(());
        }
        let details = Details {
            what: Some(change.what.to_owned()),
            old: Some(change.old.to_owned()),
            new: Some(change.new.to_owned()),
            ..details
        };
        let line = self.line_of_day(tx, staff, verb, details)?;
        changes::note(tx, change.topic, line)?;
        tx.announce(Fact::Settings);
        Ok(())
    }

    /// Sets one setting, and writes what it was before to the history of `topic`.
    pub(crate) fn set(
        &self,
        tx: &mut Tx<'_>,
        staff: Option<StaffId>,
        topic: &str,
        (what, new): (&str, &str),
        details: Details,
    ) -> Result<(), StoreError> {
        let old = settings::get(tx, what)?.unwrap_or_default();
        settings::set(tx, what, new)?;
        let change = Changed { topic, what, old: &old, new };
        self.changed(tx, staff, Verb::SettingChanged, &change, details)
    }

    /// Sets the setting of a change as it was before it, if what it set still stands.
    pub(crate) fn set_again(
        &self,
        tx: &mut Tx<'_>,
        staff: StaffId,
        change: &Change,
        details: Details,
    ) -> Result<(), ChangeRefused> {
        if settings::get(tx, &change.what)?.unwrap_or_default() != change.new {
            return Err(ChangeRefused::ChangedSince);
        }
        let before = (change.what.as_str(), change.old.as_str());
        Ok(self.set(tx, Some(staff), &change.topic, before, details)?)
    }
}

impl Desk {
    /// Takes back one change of a topic, if what it set still stands.
    pub async fn undo_change(
        &self,
        viewer: &Viewer,
        topic: &str,
        line: JournalId,
    ) -> Result<(), ChangeRefused> {
        self.take_back(viewer, topic, line, false).await
    }

    /// As [`Desk::undo_change`], saying expressly that letters may come out from behind a wall by it.
    pub async fn undo_change_openly(
        &self,
        viewer: &Viewer,
        topic: &str,
        line: JournalId,
    ) -> Result<(), ChangeRefused> {
        self.take_back(viewer, topic, line, true).await
    }

    async fn take_back(
        &self,
        viewer: &Viewer,
        topic: &str,
        line: JournalId,
        opens: bool,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let (staff, topic, pen) = (viewer.staff, topic.to_owned(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let change = changes::one(tx, &topic, line)?.ok_or(ChangeRefused::NotFound)?;
                apply(tx, &pen, staff, &change, opens)
            })
            .await?;
        Ok(self.read_settings().await?)
    }
}

/// Sets the old value again, where the new one still stands.
fn apply(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    change: &Change,
    opens: bool,
) -> Result<(), ChangeRefused> {
    let undoes = Details { undoes: Some(change.line), ..Details::default() };
    let noun = change.topic.split(':').next().unwrap_or_default();
    match noun {
        municipal::TOPIC => municipal::set_again(tx, pen, staff, change, undoes),
        receipts::TOPIC | privacy::TOPIC | theme::TOPIC => pen.set_again(tx, staff, change, undoes),
        house_style::TOPIC => house_style::set_again(tx, pen, staff, change, undoes),
        spam::TOPIC => spam::set_again(tx, pen, staff, change, undoes),
        delegation::TOPIC => delegation::set_again(tx, pen, staff, change, undoes),
        delegation::RULES => delegation::set_rule_again(tx, pen, staff, change, undoes),
        departments::NOUN => departments::set_again(tx, pen, staff, change, undoes),
        departments::ALL => departments::set_list_again(tx, pen, staff, change, undoes, opens),
        relay::TOPIC => relay::set_again(tx, pen, staff, change, undoes),
        answers::NOUN => answers::set_again(tx, pen, staff, change, &undoes),
        automatic::NOUN => automatic::set_permit_again(tx, pen, staff, change, undoes),
        automatic::TOPIC => automatic::set_again(tx, pen, staff, change, undoes),
        tags::TOPIC => tags::set_again(tx, pen, staff, change, undoes),
        accounts::STAFF => accounts::set_staff_again(tx, pen, staff, change, undoes),
        history::HOURS | history::TARGETS | history::CATEGORIES => {
            history::set_again(tx, pen, staff, change, undoes)
        }
        _ => Err(ChangeRefused::NoUndo),
    }
}

/// Only administrators change what is set on pages.
pub(crate) fn administers(viewer: &Viewer) -> Result<(), ChangeRefused> {
    match viewer.role {
        Role::Administrator => Ok(()),
        Role::Staff | Role::Lead => Err(ChangeRefused::NotAllowed),
    }
}
