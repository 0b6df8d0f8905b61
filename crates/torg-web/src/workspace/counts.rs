//! Counts as they are shown.

/// Counts are exact to 999; above that nobody counts on.
pub(crate) fn count(number: i64) -> String {
    if number > 999 { "999+".to_owned() } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn a_count_is_exact_to_999() {
        assert_eq!((count(0), count(999), count(1000)), ("0".into(), "999".into(), "999+".into()));
    }
}
