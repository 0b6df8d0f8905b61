//! Inline styles: what changes looks stays, what loads, moves or hides things goes.

/// Properties that can neither load anything nor leave their place.
const PROPERTIES: [&str; 46] = [
    "background-color",
    "background",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "clear",
    "color",
    "direction",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "vertical-align",
    "white-space",
    "width",
];
const LONGEST_VALUE: usize = 200;
const MOST_DECLARATIONS: usize = 60;

/// The safe declarations of a style attribute, possibly none.
pub(super) fn safe_style(style: &str) -> String {
    let mut safe = String::new();
    for declaration in style.split(';').take(MOST_DECLARATIONS) {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let (property, value) = (property.trim().to_ascii_lowercase(), value.trim());
        if PROPERTIES.contains(&property.as_str()) && is_safe_value(value) {
            if !safe.is_empty() {
                safe.push(';');
            }
            safe.push_str(&property);
            safe.push(':');
            safe.push_str(value);
        }
    }
    safe
}

/// Words, numbers and colours. Of functions only colours: no `url()`, `image()`, `expression()`, `var()`,
/// and no escapes to hide them.
/// Negative lengths would push text over its neighbours.
fn is_safe_value(value: &str) -> bool {
    let plain = |letter: char| letter.is_alphanumeric() || " .,%#-!'\"()/".contains(letter);
    let functions_are_colours = value.match_indices('(').all(|(at, _)| {
        let before = value.get(..at).unwrap_or_default().to_ascii_lowercase();
        ["rgb", "rgba", "hsl", "hsla"].iter().any(|name| {
            before.strip_suffix(name).is_some_and(|rest| {
                !rest.ends_with(|letter: char| letter.is_alphanumeric() || letter == '-')
            })
        })
    });
    let moves = value.split([' ', ',']).any(|word| {
        word.starts_with('-') && word.chars().nth(1).is_some_and(|l| l.is_ascii_digit() || l == '.')
    });
    !value.is_empty()
        && value.len() <= LONGEST_VALUE
        && value.chars().all(plain)
        && functions_are_colours
        && !moves
        && !value.contains("//")
        && !value.contains("/*")
}

#[cfg(test)]
mod tests {
    use super::safe_style;

    #[test]
    fn only_looks_survive() {
        assert_eq!(
            safe_style("COLOR: rgb(1, 2, 3); font-family: 'Open Sans', serif"),
            "color:rgb(1, 2, 3);font-family:'Open Sans', serif"
        );
        for evil in [
            "background: url(x)",
            "background: u\\72l(x)",
            "width: expression(alert(1))",
            "margin-top: -900px",
            "position: fixed",
            "color: red/**/",
            "background: image-set('x')",
            "behavior: url(x)",
            "background: xrgb(1)",
            "color: var(--x)",
        ] {
            assert_eq!(safe_style(evil), "", "{evil}");
        }
    }
}
