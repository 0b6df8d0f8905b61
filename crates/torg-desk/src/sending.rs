//! Everything that leaves: written by `compose`, kept in the outbox, carried by the relay.

mod answer;
mod automatic;
mod carrier;
mod outbox;
mod receipt;
mod words;

pub use answer::Signs;
pub(crate) use answer::{Answer, Letterhead, Mail, answer, forward};
pub(crate) use automatic::{AutomaticAnswer, automatic_answer};
pub use carrier::{Carrier, NO_RELAY};
pub use outbox::Sent;
pub(crate) use outbox::{enqueue, trouble};
pub(crate) use receipt::{Receipt, SentToday, receipt};
