//! Sizes of files as people read them.

use super::texts::Texts;
use torg_core::Language;

/// "240 kB", "1,8 MB": decimal units, a comma where the language has one.
pub(crate) fn size(texts: Texts, bytes: i64) -> String {
    let (amount, unit) = match bytes {
        ..=999 => (bytes * 10, "B"),
        1_000..=999_999 => (bytes / 100, "kB"),
        1_000_000..=999_999_999 => (bytes / 100_000, "MB"),
        _ => (bytes / 100_000_000, "GB"),
    };
    let (whole, tenth) = (amount / 10, amount % 10);
    if whole >= 10 || tenth == 0 {
        return format!("{whole} {unit}");
    }
    let comma = if texts.language == Language::En { '.' } else { ',' };
    format!("{whole}{comma}{tenth} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_short_and_has_the_comma_of_its_language() {
        let (nb, en) = (Texts { language: Language::Nb }, Texts { language: Language::En });
        assert_eq!(size(nb, 1_812_000), "1,8 MB");
        assert_eq!(size(en, 1_812_000), "1.8 MB");
        assert_eq!(size(en, 240_000), "240 kB");
        assert_eq!(size(en, 7), "7 B");
    }
}
