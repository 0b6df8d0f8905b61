//! HTML of strangers made harmless.
//!
//! Two layers: our own pass writes the page anew with only known tags and a bounded size and depth, which leaves nothing
//! to misread; then ammonia parses that as a browser would and holds every attribute against the list below.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use ammonia::{Builder, UrlRelative};

use super::from_text::text_to_html;
use super::style::safe_style;
use super::to_text::{to_text, unescaped};
use super::tokens::{Token, attributes, tokens};

/// Longer pages are shown as text: parsing them takes long, and no letter is.
const LONGEST: usize = 2 * 1024 * 1024;
/// More tags than this, likewise.
const MOST_TAGS: usize = 50_000;
/// Deeper tags are dropped, their content stays. Browsers stop at 512.
const DEEPEST: usize = 100;
/// A parser opens unclosed formatting anew in each paragraph (WHATWG HTML §13.2.4.3): few may be open at a time.
const MOST_FORMATTING: usize = 8;
const MOST_ATTRIBUTES: usize = 30;

/// Whether images from other servers may load, which tells the sender that and where his letter was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remote {
    /// They are left out and counted.
    Blocked,
    /// They are shown.
    Shown,
}

/// A page without scripts, forms, frames and tricks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanHtml {
    /// A fragment, to be shown in a frame of its own.
    pub html: String,
    /// Images left out because they lie on other servers.
    pub blocked_images: usize,
}

/// Cleans `html`. `cid` gives the address of the letter's own image with this content id, if it has one.
///
/// Links open elsewhere and pass nothing on; styles keep colours, fonts and spacing. A page over two megabytes or with
/// absurdly many tags comes back as text.
pub fn clean(html: &str, cid: impl Fn(&str) -> Option<String>, remote: Remote) -> CleanHtml {
    let rewritten = (html.len() <= LONGEST).then(|| Rewriter::default().rewrite(html)).flatten();
    let Some(rewritten) = rewritten else {
        return CleanHtml { html: text_to_html(&to_text(html)), blocked_images: 0 };
    };
    let images = own_images(&rewritten, cid);
    let blocked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&blocked);
    let mut builder = builder();
    builder.attribute_filter(move |element, attribute, value| match (element, attribute) {
        ("img", "src") => image_source(value, &images, remote, &counter),
        ("a", "href") => is_safe_link(value).then_some(Cow::Borrowed(value)),
        (_, "style") => Some(safe_style(value)).filter(|style| !style.is_empty()).map(Cow::Owned),
        _ => Some(Cow::Borrowed(value)),
    });
    let html = builder.clean(&rewritten).to_string().replace(AMPERSAND, "&amp;");
    CleanHtml { html, blocked_images: blocked.load(Ordering::Relaxed) }
}

static TAGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure \
     font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th \
     thead time tr tt u ul var wbr"
        .split_whitespace()
        .collect()
});
const VOID: [&str; 5] = ["br", "hr", "img", "col", "wbr"];
/// Elements that a parser opens anew when they were not closed.
const FORMATTING: [&str; 13] =
    ["a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that the next of their kind closes: people leave their end out, so they do not count as depth.
const CLOSED_BY_THE_NEXT: [&str; 11] =
    ["p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup"];
const ATTRIBUTES: [&str; 17] = [
    "style", "href", "src", "alt", "title", "width", "height", "align", "valign", "dir", "lang",
    "color", "bgcolor", "border", "colspan", "rowspan", "start",
];

fn builder() -> Builder<'static> {
    let generic = [
        "style", "title", "width", "height", "align", "valign", "dir", "lang", "color", "bgcolor",
        "border",
    ];
    let single = [
        ("a", vec!["href"]),
        ("img", vec!["src", "alt"]),
        ("td", vec!["colspan", "rowspan"]),
        ("th", vec!["colspan", "rowspan"]),
        ("ol", vec!["start"]),
    ];
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.clone())
        .generic_attributes(HashSet::from(generic))
        .tag_attributes(
            single.into_iter().map(|(tag, names)| (tag, names.into_iter().collect())).collect(),
        )
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid", "data"]))
        // Links and sources are judged by the filter, which lets no relative one of the sender through.
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank");
    builder
}

/// Asks for the address of every `cid:` once, before cleaning.
fn own_images(html: &str, cid: impl Fn(&str) -> Option<String>) -> HashMap<String, String> {
    let mut images = HashMap::new();
    for token in tokens(html) {
        let Token::Open { name: "img", attributes: text } = token else {
            continue;
        };
        let source = attributes(text, MOST_ATTRIBUTES).into_iter().find(|(name, _)| *name == "src");
        let source = unescaped(source.unwrap_or_default().1).trim().to_owned();
        if let Some(id) = strip_scheme(&source, "cid:")
            && !images.contains_key(&source)
            && let Some(address) = cid(&id.replace(AMPERSAND, "&"))
        {
            images.insert(source, address.replace('&', &AMPERSAND.to_string()));
        }
    }
    images
}

fn image_source<'a>(
    value: &'a str,
    images: &HashMap<String, String>,
    remote: Remote,
    blocked: &AtomicUsize,
) -> Option<Cow<'a, str>> {
    let value = value.trim();
    if strip_scheme(value, "cid:").is_some() {
        return images.get(value).cloned().map(Cow::Owned);
    }
    if let Some(data) = strip_scheme(value, "data:image/") {
        let safe = ["png;base64,", "jpeg;base64,", "jpg;base64,", "gif;base64,", "webp;base64,"];
        return safe
            .iter()
            .any(|kind| strip_scheme(data, kind).is_some())
            .then_some(Cow::Borrowed(value));
    }
    if !["http://", "https://"].iter().any(|scheme| strip_scheme(value, scheme).is_some()) {
        return None;
    }
    if remote == Remote::Blocked {
        blocked.fetch_add(1, Ordering::Relaxed);
        return None;
    }
    Some(Cow::Borrowed(value))
}

fn is_safe_link(value: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| strip_scheme(value.trim(), scheme).is_some())
}

/// `strip_prefix` without regard to case.
fn strip_scheme<'a>(value: &'a str, scheme: &str) -> Option<&'a str> {
    let start = value.get(..scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then(|| value.get(scheme.len()..)).flatten()
}

/// Writes the page anew: known tags in lower case, known attributes in double quotes, everything else text.
#[derive(Default)]
struct Rewriter {
    html: String,
    tags: usize,
    depth: usize,
    formatting: usize,
    /// For each open tag that counts, whether it was written.
    open: HashMap<String, Vec<bool>>,
}

impl Rewriter {
    /// `None` if the page has too many tags.
    fn rewrite(mut self, html: &str) -> Option<String> {
        self.html.reserve(html.len());
        for token in tokens(html) {
            match token {
                Token::Text(text) => push_marked(&mut self.html, text, "\""),
                Token::Open { name, attributes } => {
                    self.open(&name.to_ascii_lowercase(), attributes);
                }
                Token::Close { name } => self.close(&name.to_ascii_lowercase()),
            }
            if self.tags > MOST_TAGS {
                return None;
            }
        }
        Some(self.html)
    }

    fn open(&mut self, name: &str, text: &str) {
        self.tags += 1;
        if !TAGS.contains(name) {
            return;
        }
        let is_void = VOID.contains(&name);
        let is_formatting = FORMATTING.contains(&name);
        let written = is_void
            || self.depth < DEEPEST && !(is_formatting && self.formatting >= MOST_FORMATTING);
        if !is_void {
            self.open.entry(name.to_owned()).or_default().push(written);
        }
        if !written {
            return;
        }
        self.depth += usize::from(!is_void && !CLOSED_BY_THE_NEXT.contains(&name));
        self.formatting += usize::from(is_formatting);
        self.write_tag(name, text);
    }

    fn write_tag(&mut self, name: &str, text: &str) {
        self.html.push('<');
        self.html.push_str(name);
        for (attribute, value) in attributes(text, MOST_ATTRIBUTES) {
            let attribute = attribute.to_ascii_lowercase();
            if ATTRIBUTES.contains(&attribute.as_str()) {
                self.html.push(' ');
                self.html.push_str(&attribute);
                self.html.push_str("=\"");
                push_marked(&mut self.html, value, "&quot;");
                self.html.push('"');
            }
        }
        self.html.push('>');
    }

    fn close(&mut self, name: &str) {
        self.tags += 1;
        let Some(true) = self.open.get_mut(name).and_then(Vec::pop) else {
            return;
        };
        self.depth = self.depth.saturating_sub(usize::from(!CLOSED_BY_THE_NEXT.contains(&name)));
        self.formatting = self.formatting.saturating_sub(usize::from(FORMATTING.contains(&name)));
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
    }
}

/// Stands for `&` while ammonia works: html5ever takes quadratic time over pages full of `&amp;`.
/// A noncharacter (Unicode §23.7), taken out of what comes in.
const AMPERSAND: char = '\u{fdd0}';

/// Appends escaped text or an escaped value anew: references resolved, `<` and `>` escaped, `&` marked,
/// quotes written as `quote`, which in text can stay as they are and so cost less.
fn push_marked(html: &mut String, escaped: &str, quote: &str) {
    for letter in unescaped(escaped).chars() {
        match letter {
            '\0' | AMPERSAND => {}
            '&' => html.push(AMPERSAND),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str(quote),
            letter => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Remote, clean};

    fn cleaned(html: &str) -> String {
        clean(html, |id| (id == "logo@x").then(|| "/images/1".to_owned()), Remote::Blocked).html
    }

    #[test]
    fn scripts_forms_and_handlers_are_gone_and_the_words_stay() {
        let html = "<p onclick=x() id=a name=b class=c>Hej <script>alert(1)</script><form><input value=1>Bo</form><svg onload=x()>!</svg></p>";
        assert_eq!(cleaned(html), "<p>Hej Bo!</p>");
    }

    #[test]
    fn links_go_only_where_links_may_go() {
        let html = cleaned("<a href=\"https://x.example/?a=1&amp;b\">a</a>");
        for part in [
            "href=\"https://x.example/?a=1&amp;b\"",
            "target=\"_blank\"",
            "rel=\"noopener noreferrer nofollow\"",
        ] {
            assert!(html.contains(part), "{html}");
        }
        for target in
            [" java&#10;script:x()", "/intern", "//t.example", "cid:x", "data:text/html,x"]
        {
            let html = cleaned(&format!("<a href=\"{target}\">b</a>"));
            assert!(!html.contains("href") && html.contains(">b</a>"), "{html}");
        }
    }

    #[test]
    fn own_images_are_shown_and_remote_ones_wait() {
        let html = "<img src=\"cid:logo@x\"><img src=cid:gone><img src=\"https://t.example/p.gif\" srcset=\"https://t.example/q 2x\" alt=p>";
        assert_eq!(cleaned(html), "<img src=\"/images/1\"><img><img alt=\"p\">");
        assert_eq!(clean(html, |_| None, Remote::Blocked).blocked_images, 1);
        assert_eq!(
            clean(html, |_| None, Remote::Shown).html,
            "<img><img><img src=\"https://t.example/p.gif\" alt=\"p\">"
        );
    }

    #[test]
    fn styles_keep_colours_and_lose_addresses() {
        assert_eq!(
            cleaned(
                "<p style=\"color: RED; background: url(https://t.example); position: fixed; margin: 1px 2px\">a</p>"
            ),
            "<p style=\"color:RED;margin:1px 2px\">a</p>"
        );
    }

    #[test]
    fn a_page_of_endless_depth_or_size_is_shown_as_text() {
        assert_eq!(cleaned(&("<div>".repeat(200_000) + "inderst")), "inderst");
        let unclosed = (0..1_000).map(|n| format!("<font color={n}>")).collect::<String>()
            + &"<p>a".repeat(20_000);
        assert!(cleaned(&unclosed).len() < 20_000_000);
        assert_eq!(cleaned(&"x ".repeat(1_100_000)).len(), 2_199_999);
        let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(cleaned(&format!("<p{attributes}>hej</p>")), "<p>hej</p>");
    }
}
