//! Whether a picture may be a logo: of a kind that browsers show, small, and harmless.
//!
//! A logo is only ever shown as a picture, where browsers run and fetch nothing, and it is served
//! with a policy that forbids both. What is refused here would otherwise stand on our own address.

use roxmltree::{Document, Node, ParsingOptions};

/// The most bytes of a logo.
pub const LARGEST_LOGO: usize = 200 * 1024;
/// The most elements of a drawing.
const MOST_NODES: u32 = 20_000;
const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
/// Elements of SVG that run, frame or lead somewhere.
const HARMFUL: [&str; 9] = [
    "script",
    "foreignobject",
    "a",
    "iframe",
    "handler",
    "listener",
    "set",
    "animate",
    "animatetransform",
];

/// Why a picture is no logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoLogo {
    TooLarge,
    /// No PNG, JPEG, WebP or SVG, or a broken one.
    Unknown,
    /// A drawing with a script, a link, or something from elsewhere.
    Harmful,
}

/// How the name of such a picture ends.
pub(super) fn kind(bytes: &[u8]) -> Result<&'static str, NoLogo> {
    if bytes.len() > LARGEST_LOGO {
        return Err(NoLogo::TooLarge);
    }
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok("png"),
        [0xff, 0xd8, 0xff, ..] => Ok("jpg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok("webp"),
        _ => drawing(bytes).map(|()| "svg"),
    }
}

fn drawing(bytes: &[u8]) -> Result<(), NoLogo> {
    let text = std::str::from_utf8(bytes).map_err(|_| NoLogo::Unknown)?;
    let text = text.trim_start_matches('\u{feff}');
    // A document type is refused: entities could hide anything, or grow without end.
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let drawing = Document::parse_with_options(text, options).map_err(|_| NoLogo::Unknown)?;
    if !drawing.root_element().has_tag_name((SVG, "svg")) {
        return Err(NoLogo::Unknown);
    }
    if drawing.descendants().all(is_harmless) { Ok(()) } else { Err(NoLogo::Harmful) }
}

fn is_harmless(node: Node<'_, '_>) -> bool {
    if node.is_text() {
        let is_style = node.parent().is_some_and(|parent| parent.tag_name().name() == "style");
        return !is_style || is_harmless_style(node.text().unwrap_or_default());
    }
    let name = node.tag_name().name().to_ascii_lowercase();
    !node.is_pi()
        && node.tag_name().namespace() != Some(XHTML)
        && !HARMFUL.contains(&name.as_str())
        && node.attributes().all(|one| is_harmless_attribute(one.name(), one.value()))
}

fn is_harmless_attribute(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        // Parts of itself, and pictures that lie in it.
        "href" | "src" => {
            value.starts_with('#')
                || ["data:image/png;", "data:image/jpeg;"].iter().any(|own| value.starts_with(own))
        }
        _ => !name.starts_with("on") && is_harmless_style(value),
    }
}

/// Nothing is fetched by it. A backslash could write what is not seen.
fn is_harmless_style(text: &str) -> bool {
    let text: String = text.to_ascii_lowercase().split_whitespace().collect();
    let mut addresses = text.split("url(").skip(1);
    addresses.all(|after| after.trim_start_matches(['"', '\'']).starts_with('#'))
        && !["@import", "\\", "javascript:", "image-set(", "/*"]
            .iter()
            .any(|bad| text.contains(bad))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> Result<&'static str, NoLogo> {
        let (open, ns) = ("<?xml version=\"1.0\"?><!-- drawn -->", SVG);
        let xlink = "http://www.w3.org/1999/xlink";
        kind(format!("{open}<svg xmlns=\"{ns}\" xmlns:xlink=\"{xlink}\">{inside}</svg>").as_bytes())
    }

    #[test]
    fn pictures_that_browsers_show_are_told_by_their_first_bytes() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n..."), Ok("png"));
        assert_eq!(kind(b"\xff\xd8\xff\xe0..."), Ok("jpg"));
        assert_eq!(kind(b"RIFF....WEBPVP8 "), Ok("webp"));
        for odd in [&b""[..], b"GIF89a", b"%PDF-1.7", b"MZ", b"<html/>", b"<svg/>", b"\xff\xfe<"] {
            assert_eq!(kind(odd), Err(NoLogo::Unknown), "{odd:?}");
        }
        let large = [b"\x89PNG\r\n\x1a\n".as_slice(), &vec![0; LARGEST_LOGO]].concat();
        assert_eq!(kind(&large), Err(NoLogo::TooLarge));
    }

    #[test]
    fn a_drawing_of_shapes_is_a_logo() {
        for good in [
            "<path d=\"M0 0h9\" fill=\"url(#a)\"/>",
            "<style>.a { fill: #005d88 }</style><g class=\"a\"/>",
            "<use xlink:href=\"#a\"/><linearGradient id=\"a\"/>",
            "<image href=\"data:image/png;base64,AAAA\"/>",
            "<metadata><work xmlns=\"http://creativecommons.org/ns#\">Arms</work></metadata>",
            "<title>on and on, url(x) in words</title>",
        ] {
            assert_eq!(svg(good), Ok("svg"), "{good}");
        }
    }

    #[test]
    fn a_drawing_that_runs_or_fetches_is_none() {
        for bad in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<g onload=\"alert(1)\"/>",
            "<g ONCLICK=\"x\"/>",
            "<a xlink:href=\"#x\"/>",
            "<use href=\"//elsewhere.example/x.svg#a\"/>",
            "<use xlink:href=\"https://elsewhere.example/x.svg#a\"/>",
            "<image href=\"http://elsewhere.example/x.png\"/>",
            "<image href=\"data:image/svg+xml;base64,AAAA\"/>",
            "<path fill=\"url(https://elsewhere.example)\"/>",
            "<path style=\"fill:url( 'https://elsewhere.example' )\"/>",
            "<style>@import '//elsewhere.example';</style>",
            "<style>g{background:u\\72l(//elsewhere.example)}</style>",
            "<style>g{fill:url/**/(//elsewhere.example)}</style>",
            "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
            "<metadata><p xmlns=\"http://www.w3.org/1999/xhtml\"/></metadata>",
            "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<?xml-stylesheet href=\"//elsewhere.example\"?>",
        ] {
            assert_eq!(svg(bad), Err(NoLogo::Harmful), "{bad}");
        }
        let entity =
            "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        assert_eq!(kind(entity.as_bytes()), Err(NoLogo::Unknown));
    }
}
