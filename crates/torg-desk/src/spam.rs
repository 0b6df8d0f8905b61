//! Between a raw mail and the judge of spam, neither of whom knows the other.

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
