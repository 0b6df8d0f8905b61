//! One mail on its way in: decoded, measured, and within the shared budget.

use super::Limits;
use super::budget::{NoRoom, Share};
use super::dots::{DotDecoder, Progress};

/// Bytes a mail begins with; most need no more.
pub(super) const FIRST_SHARE: usize = 16 * 1024;

/// Room for our `Received:` line above the largest mail.
const HEADER_ROOM: usize = 1024;

pub(super) struct Message {
    raw: Vec<u8>,
    header: usize,
    decoder: DotDecoder,
    share: Share,
    limit: usize,
    arrived: usize,
    fault: Option<Fault>,
}

/// Why a mail is refused although it is read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    BareLineEnd,
    TooLarge,
    NoRoom,
}

/// What came of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// All of it, and the mail goes on.
    All,
    /// So many bytes, and the mail is complete.
    Ended(usize),
    /// The mail is more than twice too large: no use in reading on.
    Enough,
}

impl Message {
    /// A mail that begins with our own header line.
    pub(super) fn new(header: &str, share: Share, limits: &Limits) -> Message {
        Message {
            raw: header.as_bytes().to_vec(),
            header: header.len(),
            decoder: DotDecoder::new(),
            share,
            limit: limits.mail_bytes,
            arrived: 0,
            fault: None,
        }
    }

    /// Takes in a block. May wait for room; meanwhile the client is not read from.
    pub(super) async fn take(&mut self, block: &[u8]) -> Taken {
        if self.fault.is_none() && self.make_room(block.len()).await.is_err() {
            self.spoil(Fault::NoRoom);
        }
        let progress = self.decoder.decode(block, &mut self.raw);
        self.judge(block.len());
        match progress {
            Progress::Ended(taken) => Taken::Ended(taken),
            Progress::More if self.arrived > self.limit.saturating_mul(2) => Taken::Enough,
            Progress::More => Taken::All,
        }
    }

    /// The whole mail with the share of memory it occupies, or why it is refused.
    pub(super) fn finish(self) -> Result<(Vec<u8>, Share), Fault> {
        match self.fault {
            None => Ok((self.raw, self.share)),
            Some(fault) => Err(fault),
        }
    }

    async fn make_room(&mut self, block: usize) -> Result<(), NoRoom> {
        // The decoder may add the CR it held back to what the block holds.
        let needed = self.raw.len() + block + 1;
        if needed > self.raw.capacity() {
            let most = self.limit + self.header + HEADER_ROOM;
            let wanted = (needed.max(FIRST_SHARE)).max(needed.min(most / 2) * 2);
            self.share.grow_to(wanted).await?;
            self.raw.reserve_exact(wanted - self.raw.len());
        }
        Ok(())
    }

    fn judge(&mut self, block: usize) {
        self.arrived += block;
        if self.fault.is_some() {
            self.raw.clear();
        } else if self.decoder.saw_bare_line_end() {
            self.spoil(Fault::BareLineEnd);
        } else if self.raw.len() - self.header > self.limit {
            self.spoil(Fault::TooLarge);
        }
    }

    /// Gives the memory back; the rest is read only to find the end.
    fn spoil(&mut self, fault: Fault) {
        self.fault = Some(fault);
        self.raw = Vec::new();
        self.share.give_back();
    }
}
