//! Numbers in the search box.

use torg_core::{InquiryNumber, Viewer};
use torg_store::inquiries::{self, Numbered};
use torg_store::{Read, StoreError};

/// A number as it is said aloud or copied from a letter: `26-1187`, `#26-1187`, `[#26-1187]`.
pub fn whole_number(text: &str) -> Option<InquiryNumber> {
    text.trim_matches(['#', '[', ']']).parse().ok()
}

/// The inquiries the viewer may see whose number `text` is: one for a whole number, and for the part
/// that counts (`1187`) one a year, those of `this_year` first.
///
/// # Errors
/// When the database does not answer.
pub fn numbered(
    read: &Read<'_>,
    viewer: &Viewer,
    text: &str,
    this_year: i64,
) -> Result<Vec<Numbered>, StoreError> {
    let found = meant(text, this_year).into_iter();
    let found = found.map(|number| inquiries::numbered(read, viewer, number));
    Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn meant(text: &str, this_year: i64) -> Vec<InquiryNumber> {
    const YEARS: i64 = 10;
    const MOST_DIGITS: usize = 8;
    if let Some(number) = whole_number(text) {
        return vec![number];
    }
    let digits = text.trim_start_matches('#');
    let is_number = digits.len() <= MOST_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    let Some(running) = digits.parse().ok().filter(|_| is_number) else { return Vec::new() };
    (0..YEARS).map(|ago| InquiryNumber::new(this_year - ago, running)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_with_and_without_its_marks() {
        assert_eq!(whole_number("#26-1187"), whole_number("26-1187"));
        assert_eq!(whole_number("[#26-1187]"), whole_number("26-1187"));
        assert!(whole_number("26-1187").is_some() && whole_number("kari").is_none());
    }

    #[test]
    fn the_part_that_counts_is_a_number_of_every_year() {
        let named = |text: &str| -> Vec<String> {
            meant(text, 2026).iter().take(2).map(ToString::to_string).collect()
        };
        assert_eq!(named("1187"), ["26-1187", "25-1187"]);
        assert_eq!((named("#1187"), named("25-1187")), (named("1187"), vec!["25-1187".to_owned()]));
        for no in ["", "kari", "+1187", "99887766554", "1187 lampe", "12:30"] {
            assert!(named(no).is_empty(), "{no}");
        }
    }
}
