//! The address between the angle brackets of MAIL and RCPT (RFC 5321 4.1.2).

/// What stood between the brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Path {
    /// `<>`, the sender of bounces.
    Null,
    /// `local@domain`, or `postmaster` alone.
    Mailbox(String),
}

impl Path {
    /// Reads the path of a MAIL or RCPT line. Source routes are dropped (RFC 5321 appendix C) and
    /// quotes that are not needed too, so that `"post"@x` is the same address as `post@x`.
    /// `None` if it is no address.
    pub(super) fn of_line(line: &str) -> Option<Path> {
        let (_, path) = line.split_once('<')?;
        let path = match path.strip_prefix('@') {
            Some(route) => route.split_once(':')?.1,
            None => path,
        };
        match path.strip_prefix('"') {
            Some(quoted) => quoted_mailbox(quoted),
            None => plain_mailbox(path.split_once('>')?.0),
        }
    }
}

fn plain_mailbox(mailbox: &str) -> Option<Path> {
    if mailbox.is_empty() {
        return Some(Path::Null);
    }
    if mailbox.eq_ignore_ascii_case("postmaster") {
        return Some(Path::Mailbox("postmaster".to_owned()));
    }
    let (local, domain) = mailbox.split_once('@')?;
    (is_plain(local) && is_plain(domain)).then(|| Path::Mailbox(mailbox.to_owned()))
}

/// `rest` begins after the opening quote.
fn quoted_mailbox(rest: &str) -> Option<Path> {
    let mut local = String::new();
    let mut letters = rest.chars();
    loop {
        match letters.next()? {
            '"' => break,
            '\\' => local.push(letters.next()?),
            letter => local.push(letter),
        }
    }
    let domain = letters.as_str().strip_prefix('@')?.split_once('>')?.0;
    is_plain(domain).then(|| Path::Mailbox(format!("{}@{domain}", quoted_if_needed(&local))))
}

fn quoted_if_needed(local: &str) -> String {
    if is_plain(local) {
        return local.to_owned();
    }
    format!("\"{}\"", local.replace('\\', "\\\\").replace('"', "\\\""))
}

/// No character that means something in an address; what lies beyond ASCII is SMTPUTF8's.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|letter| {
            !letter.is_ascii() || letter.is_ascii_graphic() && !r#""<>()[],;:\@"#.contains(letter)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailbox(line: &str) -> Option<String> {
        match Path::of_line(line)? {
            Path::Null => Some(String::new()),
            Path::Mailbox(mailbox) => Some(mailbox),
        }
    }

    #[test]
    fn a_source_route_is_dropped() {
        let line = "RCPT TO:<@one.example,@two.example:post@fjordby.example>";
        assert_eq!(mailbox(line).unwrap(), "post@fjordby.example");
    }

    #[test]
    fn needless_quotes_go_and_needed_ones_stay() {
        assert_eq!(mailbox(r#"<"post"@x.example>"#).unwrap(), "post@x.example");
        assert_eq!(mailbox(r#"<"a b"@x.example>"#).unwrap(), r#""a b"@x.example"#);
        assert_eq!(mailbox(r#"<"a@b>\"c"@x.example>"#).unwrap(), r#""a@b>\"c"@x.example"#);
    }

    #[test]
    fn the_empty_sender_and_the_bare_postmaster_are_told_apart() {
        assert_eq!(Path::of_line("MAIL FROM:<>"), Some(Path::Null));
        assert_eq!(mailbox("RCPT TO:<PostMaster>").unwrap(), "postmaster");
    }

    #[test]
    fn what_is_no_address_is_none() {
        for line in [
            "",
            "<",
            "<a",
            "<a>",
            "<a@>",
            "<@a>",
            "<a@b@c>",
            r#"<"a@b>"#,
            r#"<"a"b@c>"#,
            r#"<a@"b">"#,
            r#"<"a\"#,
        ] {
            assert_eq!(Path::of_line(line), None, "{line}");
        }
    }
}
