//! What the mails of one transaction ask the database for alike is asked once.

use std::cell::RefCell;
use std::collections::HashMap;

use torg_store::departments::{self, Mailbox};
use torg_store::{StoreError, Tx};

use crate::sending::SentToday;

/// What one transaction has learnt. Begun anew with every run of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Together {
    mailboxes: RefCell<HashMap<String, Option<Mailbox>>>,
    pub(super) sent_today: SentToday,
}

impl Together {
    /// Our mailbox of an address, if it is one of ours; it stays behind its wall meanwhile.
    pub(super) fn mailbox(
        &self,
        tx: &Tx<'_>,
        recipient: &str,
    ) -> Result<Option<Mailbox>, StoreError> {
        if let Some(found) = self.mailboxes.borrow().get(recipient) {
            return Ok(found.clone());
        }
        let found = match departments::of_recipient(tx, recipient)? {
            // Nobody moves what is filed behind the old wall once a department was restricted.
            Some(mailbox) => departments::held(tx, mailbox.id)?,
            None => None,
        };
        self.mailboxes.borrow_mut().insert(recipient.to_owned(), found.clone());
        Ok(found)
    }
}
