//! Plain text as simple HTML.

/// Escapes the text, keeps its lines, makes addresses of web pages clickable and quoted lines (`>`) block quotes.
pub fn text_to_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 4);
    let mut depth = 0;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let (wanted, rest) = quote_depth(line);
        turn_to(&mut html, &mut depth, wanted);
        push_linked(&mut html, rest);
        if lines.peek().is_some_and(|next| quote_depth(next).0 == depth) {
            html.push_str("<br>\n");
        }
    }
    turn_to(&mut html, &mut depth, 0);
    html
}

/// Deeper quotes are shown at this depth.
const DEEPEST_QUOTE: usize = 10;

fn quote_depth(line: &str) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = line;
    while let Some(inside) = rest.strip_prefix('>').filter(|_| depth < DEEPEST_QUOTE) {
        depth += 1;
        rest = inside.strip_prefix(' ').unwrap_or(inside);
    }
    (depth, rest)
}

fn turn_to(html: &mut String, depth: &mut usize, wanted: usize) {
    for _ in *depth..wanted {
        html.push_str("<blockquote>");
    }
    for _ in wanted..*depth {
        html.push_str("</blockquote>");
    }
    *depth = wanted;
}

pub(super) fn push_linked(html: &mut String, line: &str) {
    for (index, word) in line.split(' ').enumerate() {
        if index > 0 {
            html.push(' ');
        }
        let Some(at) = link_start(word) else {
            push_escaped(html, word);
            continue;
        };
        let (before, link) = word.split_at(at);
        let bare = link.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'']);
        let bare = bare.split(['<', '>', '"']).next().unwrap_or_default();
        push_escaped(html, before);
        push_link(html, bare);
        push_escaped(html, link.strip_prefix(bare).unwrap_or_default());
    }
}

/// Where a web address begins in the word.
fn link_start(word: &str) -> Option<usize> {
    let at = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min()?;
    let rest = word.get(at..)?;
    rest.split_once("//")
        .is_some_and(|(_, host)| host.starts_with(char::is_alphanumeric))
        .then_some(at)
}

fn push_link(html: &mut String, link: &str) {
    html.push_str("<a href=\"");
    push_escaped(html, link);
    html.push_str("\">");
    push_escaped(html, link);
    html.push_str("</a>");
}

/// Appends the text with everything that HTML gives a meaning escaped.
pub(super) fn push_escaped(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            letter => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text_to_html;

    #[test]
    fn text_is_escaped_and_links_become_clickable() {
        assert_eq!(
            text_to_html("<b> & https://x.example/a?b=1&c=2.\nHej"),
            "&lt;b&gt; &amp; <a href=\"https://x.example/a?b=1&amp;c=2\">https://x.example/a?b=1&amp;c=2</a>.<br>\nHej"
        );
    }

    #[test]
    fn quoted_lines_become_block_quotes() {
        assert_eq!(
            text_to_html("ja\n> nej\n>> jo\nslut"),
            "ja<blockquote>nej<blockquote>jo</blockquote></blockquote>slut"
        );
    }
}
