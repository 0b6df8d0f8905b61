//! The judge of spam: what arrives is judged beside filing, people tell it better, and it learns.
//!
//! The judge itself knows no mail format, and whoever reads mail knows no judge; [`shown`] stands
//! between them.

mod asking;
mod judging;
mod late_receipt;
mod learning;
mod marking;
mod near;
mod rethinking;
mod telling;

pub use asking::{Asking, Dns, DnsState, RspamdState};
pub(crate) use asking::{Heard, ask_later};
pub(crate) use judging::{Acquaintance, Judging};
pub(crate) use learning::{LEARN, Teacher};
pub use marking::Marked;
pub(crate) use marking::take_back;
pub(crate) use near::NEAR;
pub use telling::{Budget, SpamState};
pub(crate) use telling::{TOPIC, set_again};

pub use torg_text::spam::reason_keys;

use torg_mail::{ReadPart, for_judging};
use torg_text::spam::{Mail, Part};

/// Reads `raw` and shows it to `judge` as it wants to see mail.
pub fn shown<T>(raw: &[u8], judge: impl FnOnce(&Mail<'_>) -> T) -> T {
    let reading = for_judging(raw);
    let fields: Vec<(&str, &str)> =
        reading.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let parts: Vec<Part<'_>> = reading.parts.iter().map(part).collect();
    judge(&Mail { fields: &fields, parts: &parts })
}

fn part<'a>(read: &'a ReadPart<'_>) -> Part<'a> {
    Part {
        content_type: &read.content_type,
        charset: read.charset.as_deref(),
        transfer: read.transfer,
        file_name: read.file_name.as_deref(),
        text: &read.text,
        size: read.size,
    }
}
