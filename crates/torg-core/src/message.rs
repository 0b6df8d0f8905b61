//! Messages: one unit on any channel, in, out or internal.

/// Which way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From a citizen (or a machine) to us.
    In,
    /// From us to a citizen.
    Out,
    /// An internal note; never leaves the house.
    Note,
}

/// What an incoming message is; everything is stored, only a human's letter asks for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Human,
    /// "I am away until Monday".
    Vacation,
    /// A report that something we sent did not arrive (DSN), or was complained about (ARF).
    Bounce,
    /// A newsletter or a mailing list.
    List,
    /// Any other message no human wrote.
    Automatic,
    /// A letter that a colleague sent on to somebody else; no answer to the citizen.
    Forward,
}

/// How far an outgoing message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SendState {
    /// Nothing to send: incoming messages and notes.
    None,
    /// In the outbox, not yet taken by the relay.
    Waiting,
    Sent,
    /// Given up, or refused for good.
    Failed,
    /// The relay took it, and a bounce came back.
    Bounced,
    /// Taken back by its writer before it was sent; kept as a place in the thread, and not shown.
    Withdrawn,
}

macro_rules! codes {
    ($($type:ident { $($name:ident = $code:literal $word:literal),+ $(,)? })+) => {$(
        impl $type {
            /// The number kept in the store.
            pub fn code(self) -> i64 {
                match self { $(Self::$name => $code,)+ }
            }
            /// From the number in the store; `None` for one this version does not know.
            pub fn from_code(code: i64) -> Option<Self> {
                match code { $($code => Some(Self::$name),)+ _ => None }
            }
            /// The English word used in exports and in keys of texts.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    )+};
}
pub(crate) use codes;

codes! {
    Direction { In = 1 "in", Out = 2 "out", Note = 3 "note" }
    Kind { Human = 1 "human", Vacation = 2 "vacation", Bounce = 3 "bounce", List = 4 "list", Automatic = 5 "automatic", Forward = 6 "forward" }
    SendState { None = 0 "none", Waiting = 1 "waiting", Sent = 2 "sent", Failed = 3 "failed", Bounced = 4 "bounced", Withdrawn = 5 "withdrawn" }
}

/// The place of a message in its inquiry, gapless from 1.
pub type Position = i64;

impl Kind {
    /// Whether a message of this kind wakes up an inquiry: only what a human wrote does.
    /// A bounce does too, because our answer did not arrive.
    pub fn asks_for_work(self) -> bool {
        matches!(self, Self::Human | Self::Bounce)
    }
}
