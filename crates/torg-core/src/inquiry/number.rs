//! The short number of an inquiry, made to be said aloud on the phone.

use std::fmt;
use std::str::FromStr;

/// Year and running number, as in `26-1187`; kept in the store as `year * 10^8 + running`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InquiryNumber {
    year: i64,
    running: i64,
}

/// The text has not the shape of an inquiry's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an inquiry number; they look like 26-1187")]
pub struct NotANumber;

const YEAR: i64 = 100_000_000;

impl InquiryNumber {
    /// The `running`-th inquiry (from 1) of a calendar year such as 2026.
    pub fn new(year: i64, running: i64) -> Self {
        Self { year, running }
    }

    /// The form kept in the store.
    pub fn as_i64(self) -> i64 {
        self.year * YEAR + self.running
    }

    pub fn from_i64(value: i64) -> Self {
        Self { year: value / YEAR, running: value % YEAR }
    }
}

impl fmt::Display for InquiryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{}", self.year % 100, self.running)
    }
}

/// Years are written with two digits and belong to this century.
impl FromStr for InquiryNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (year, running) =
            text.trim().trim_start_matches('#').split_once('-').ok_or(NotANumber)?;
        let digits = |part: &str, most: usize| {
            let fits =
                !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| part.parse::<i64>().ok()).flatten().ok_or(NotANumber)
        };
        if year.len() != 2 {
            return Err(NotANumber);
        }
        Ok(Self { year: 2000 + digits(year, 2)?, running: digits(running, 8)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_said() {
        let number = InquiryNumber::new(2026, 1187);
        assert_eq!(number.to_string(), "26-1187");
        assert_eq!("#26-1187".parse(), Ok(number));
        assert_eq!(InquiryNumber::from_i64(number.as_i64()), number);
        for odd in ["26", "2026-1", "26-", "26-123456789", "a6-1", ""] {
            assert_eq!(odd.parse::<InquiryNumber>(), Err(NotANumber), "{odd}");
        }
    }
}
