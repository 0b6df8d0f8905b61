//! The receipt of a letter that the judge had put among the spam or marked as perhaps spam: it is sent
//! once somebody says that it is a letter, as if it came now.

use torg_core::{Inquiry, InquiryId, Viewer};
use torg_mail::{Letter, parse};
use torg_store::spam::{self, Unreceipted};
use torg_store::{Read, StoreError, Tx, blobs};

use crate::Desk;
use crate::pen::Pen;
use crate::sending::{Letterhead, Receipt, SentToday, receipt};

/// A letter that got no receipt when it came, read outside of the transaction that sends one.
pub(super) struct LateReceipt {
    letter: Letter,
    of: Unreceipted,
    letterhead: Letterhead,
}

impl Desk {
    /// What a receipt needs, if the judge kept it from being sent; without a viewer, as Torg itself sees it.
    pub(super) async fn late_receipt(
        &self,
        viewer: Option<&Viewer>,
        id: InquiryId,
    ) -> Result<Option<LateReceipt>, StoreError> {
        if !self.about().receipts {
            return Ok(None);
        }
        let who = viewer.cloned();
        let read = move |read: &Read<'_>| match spam::unreceipted(read, who.as_ref(), id)? {
            Some(of) => Ok(blobs::sound(read, &of.raw)?.map(|raw| (of, raw))),
            None => Ok::<_, StoreError>(None),
        };
        let Some((of, raw)) = self.0.reader.read(read).await? else { return Ok(None) };
        let letter = tokio::task::spawn_blocking(move || parse(&raw).ok()).await;
        let letterhead = self.letterhead();
        Ok(letter.ok().flatten().map(|letter| LateReceipt { letter, of, letterhead }))
    }
}

impl LateReceipt {
    pub(super) fn send(
        &self,
        tx: &mut Tx<'_>,
        pen: &Pen,
        inquiry: &Inquiry,
    ) -> Result<(), StoreError> {
        let (letter, Unreceipted { address: to, mailbox, language, .. }) = (&self.letter, &self.of);
        let (sent_today, language) = (&SentToday::default(), *language);
        let wanted = Receipt { letter, inquiry, to, mailbox, language, sent_today };
        receipt(tx, pen, &self.letterhead, &wanted)
    }
}
