//! What was written and done in an inquiry and in those that were merged into it, in order of time.

use torg_core::{Direction, InquiryId, MessageId, Position, Verb, Viewer};

use super::events::{EventView, events};
use crate::merging;
use crate::messages::{self, MessageView};
use crate::{Pending, Read};

/// How many messages a page shows at first, so that an inquiry of hundreds opens as quickly as any.
pub const NEWEST: usize = 20;

/// How much of an inquiry is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The newest [`NEWEST`] messages and what was done since; all, if the viewer writes about an
    /// earlier one.
    Newest,
    Whole,
}

#[derive(Debug, Clone)]
pub enum Entry {
    Message(MessageView),
    Event(EventView),
}

/// As much of an inquiry as was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Thread {
    pub(super) entries: Vec<Entry>,
    /// How many messages came before these.
    pub(super) earlier: usize,
}

impl Thread {
    /// Whether it was read with the letter a viewer writes about, or that is not there at all.
    pub(super) fn reaches(&self, letter: Option<MessageId>) -> bool {
        let is_it = |entry: &Entry| match entry {
            Entry::Message(message) => Some(message.id) == letter,
            Entry::Event(_) => false,
        };
        letter.is_none() || self.earlier == 0 || self.entries.iter().any(is_it)
    }
}

/// The thread of an inquiry whose messages the viewer has seen up to `seen`. For callers who have
/// asked for the inquiry as this viewer already.
pub(super) fn thread<'r>(
    read: &'r Read<'_>,
    viewer: &'r Viewer,
    id: InquiryId,
    seen: Position,
    extent: Extent,
) -> Pending<'r, Thread> {
    let most = match extent {
        Extent::Newest => NEWEST,
        Extent::Whole => usize::MAX,
    };
    let all = messages::count_of(read, id);
    messages::newest_of(read, id, seen, most).then(move |mut messages| {
        let mut all = all.get()?;
        for merged in merging::merged_into(read, id)? {
            if let Some((_, seen)) = super::seen_by(read, viewer, merged)? {
                messages.extend(messages::newest_of(read, merged, seen, most).get()?);
                all += messages::count_of(read, merged).get()?;
            }
        }
        messages.sort_by_key(|message| (message.at, message.position));
        messages.drain(..messages.len().saturating_sub(most));
        let earlier = all.saturating_sub(messages.len());
        let since = messages.first().filter(|_| earlier > 0).map(|first| first.at);
        let events = events(read, viewer, id, since)?;
        Ok(Thread { entries: in_order(messages, events), earlier })
    })
}

/// Merges two lists that are each in order. Of the same moment messages come first, but for who took
/// an inquiry by replying: she took it, then she wrote.
fn in_order(messages: Vec<MessageView>, events: Vec<EventView>) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(messages.len() + events.len());
    let mut events = events.into_iter().peekable();
    for message in messages {
        let may_be_taken_by_it = message.direction == Direction::Out;
        let took = |event: &EventView| may_be_taken_by_it && event.verb == Verb::Claimed;
        let is_before =
            |event: &EventView| event.at < message.at || event.at == message.at && took(event);
        while let Some(event) = events.next_if(is_before) {
            entries.push(Entry::Event(event));
        }
        entries.push(Entry::Message(message));
    }
    entries.extend(events.map(Entry::Event));
    entries
}
