//! Numbers that are written in groups, as telephones, accounts and persons' numbers are: who searches
//! for `91377042` means `+47 913 77 042`, too.

/// Shorter ones are hours, prices and streets; longer ones are tables.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=14;
/// Of Denmark, Norway and Sweden; of the first two, eight digits follow.
const COUNTRIES: [&str; 3] = ["45", "46", "47"];
const AFTER_COUNTRY: usize = 8;

/// The groups of a number, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    digits: String,
    is_parted: bool,
}

impl Groups {
    /// Takes what stands between two spaces. Gives what the number that ended before it or with it is
    /// found by, if that is not as it stands.
    pub(crate) fn take(&mut self, chunk: &str) -> Vec<String> {
        let bare = bare(chunk);
        let is_group = is_group(chunk);
        // A "+" begins another number.
        let before = if !is_group || chunk.starts_with('+') { self.end() } else { Vec::new() };
        if is_group {
            self.is_parted |= !self.digits.is_empty() || bare.contains(['.', '-']);
            self.digits.extend(bare.chars().filter(char::is_ascii_digit));
        }
        let ends_here = is_group && bare.len() < chunk.trim_start_matches('+').len();
        let here = if ends_here { self.end() } else { Vec::new() };
        before.into_iter().chain(here).collect()
    }

    /// As [`Groups::take`], where nothing follows.
    pub(crate) fn end(&mut self) -> Vec<String> {
        let Self { digits, is_parted } = std::mem::take(self);
        if !DIGITS.contains(&digits.len()) {
            return Vec::new();
        }
        let inland = COUNTRIES.iter().find_map(|country| digits.strip_prefix(country));
        let inland = inland.filter(|rest| rest.len() == AFTER_COUNTRY).map(str::to_owned);
        is_parted.then_some(digits.clone()).into_iter().chain(inland).collect()
    }
}

/// Whether what stands between two spaces is a number or a group of one.
pub(crate) fn is_group(chunk: &str) -> bool {
    let bare = bare(chunk);
    bare.bytes().any(|byte| byte.is_ascii_digit())
        && bare.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte))
}

/// What a number in these groups is found by, if that is not as it stands.
pub(crate) fn joined(groups: &[&str]) -> Vec<String> {
    let mut number = Groups::default();
    let mut found: Vec<String> = groups.iter().flat_map(|group| number.take(group)).collect();
    found.extend(number.end());
    found
}

fn bare(chunk: &str) -> &str {
    chunk.trim_start_matches('+').trim_end_matches(['.', ',', ':', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        joined(&text.split_whitespace().collect::<Vec<_>>())
    }

    #[test]
    fn groups_of_digits_are_one_number_until_something_else_is_said() {
        assert_eq!(of("ring +47 913 77 042 nå"), ["4791377042", "91377042"]);
        assert_eq!(of("22 33 44 55. 14 dager"), ["22334455"]);
        assert_eq!(of("1234.56.78903, 987 654 321"), ["12345678903", "987654321"]);
        assert_eq!(of("4522334455"), ["22334455"]);
        assert_eq!(of("22 33 44 55 +45 12 34 56 78"), ["22334455", "4512345678", "12345678"]);
    }

    #[test]
    fn hours_prices_and_tables_are_no_such_numbers() {
        for text in ["kl. 14 30", "4 500 kr", "22334455", "1 2 3 4 5 6 7 8 9 10 11 12 13 14", ""] {
            assert!(of(text).is_empty(), "{text}: {:?}", of(text));
        }
    }
}
