//! How a letter of ours ends: what one colleague wrote under it is none of the next one's.

use crate::answers::{closing_words, end_of_letter};

/// The text with `closing` in place of how it ended, and `name` beneath it if somebody had signed;
/// the text as it is where it does not end as letters do.
///
/// ```
/// use torg_text::kept::with_closing;
/// let text = "Vi kommer tirsdag.\n\nVenlig hilsen\nBo Lindqvist\nVej og park";
/// let kept = with_closing(text, "{{closing}}", "{{staff}}");
/// assert_eq!(kept, "Vi kommer tirsdag.\n\n{{closing}}\n{{staff}}");
/// ```
pub fn with_closing(text: &str, closing: &str, name: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = end_of_letter(&lines);
    let Some(words) = lines.get(end).and_then(|line| closing_words(line)) else {
        return text.to_owned();
    };
    let beneath = lines.get(end + 1..).unwrap_or_default();
    let beside = lines.get(end).map_or(0, |line| line.split_whitespace().count()) > words;
    let is_signed = beside || beneath.iter().any(|line| !line.trim().is_empty());
    let body = lines.get(..end).unwrap_or_default().join("\n");
    let signed = if is_signed { format!("\n{name}") } else { String::new() };
    format!("{}\n\n{closing}{signed}", body.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closing_goes_with_all_that_stands_beneath_it() {
        let body = "Hei!\n\nVi kommer tirsdag.";
        for end in
            ["Vennlig hilsen\nBo Lindqvist\nVei og park\nTlf. 55 00 10 00", "Mvh Bo", "Hilsen, Bo"]
        {
            let kept = with_closing(&format!("{body}\n\n{end}"), "{{closing}}", "{{staff}}");
            assert_eq!(kept, format!("{body}\n\n{{{{closing}}}}\n{{{{staff}}}}"), "{end}");
        }
        let unsigned =
            with_closing(&format!("{body}\nMed vennlig hilsen\n"), "{{closing}}", "{{staff}}");
        assert_eq!(unsigned, format!("{body}\n\n{{{{closing}}}}"));
    }

    #[test]
    fn what_does_not_end_as_letters_do_stays() {
        for text in [
            "Vi kommer tirsdag.",
            "",
            "Hilsen Bo\n\nVi kommer først når det er tørt nok ute i gatene igjen.",
        ] {
            assert_eq!(with_closing(text, "{{closing}}", "{{staff}}"), text);
        }
    }
}
