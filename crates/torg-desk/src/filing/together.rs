//! What the mails of one transaction ask the database for alike is asked once.

use std::cell::RefCell;
use std::collections::HashMap;

use torg_store::departments::{self, Mailbox};
use torg_store::{Read, StoreError};

use crate::sending::SentToday;

/// What one transaction has learnt. Begun anew with every run of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Together {
    mailboxes: RefCell<HashMap<String, Option<Mailbox>>>,
    pub(super) sent_today: SentToday,
}

impl Together {
    /// Our mailbox of an address, if it is one of ours.
    pub(super) fn mailbox(
        &self,
        read: &Read<'_>,
        recipient: &str,
    ) -> Result<Option<Mailbox>, StoreError> {
        if let Some(found) = self.mailboxes.borrow().get(recipient) {
            return Ok(found.clone());
        }
        let found = departments::of_recipient(read, recipient)?;
        self.mailboxes.borrow_mut().insert(recipient.to_owned(), found.clone());
        Ok(found)
    }
}
