//! What a mail is judged by, as whoever reads mail hands it over.

/// A mail that is to be judged. All of it is borrowed, decoded text; nothing is trusted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mail<'a> {
    /// Header fields in the order they stand: name as written, value as one decoded line.
    pub fields: &'a [(&'a str, &'a str)],
    /// The parts in the order they stand, containers too.
    pub parts: &'a [Part<'a>],
}

/// One part of a mail.
#[derive(Debug, Clone, Copy, Default)]
pub struct Part<'a> {
    /// Such as `text/html`, in lower case.
    pub content_type: &'a str,
    /// As declared, in lower case.
    pub charset: Option<&'a str>,
    /// How its bytes were written down, such as `base64`.
    pub transfer: &'a str,
    /// As the sender named the file.
    pub file_name: Option<&'a str>,
    /// The decoded text, markup included; empty for what is no text.
    pub text: &'a str,
    /// Encoded bytes.
    pub size: usize,
}

/// What only the house knows about a mail and its sender.
#[derive(Debug, Clone, Copy, Default)]
pub struct Circumstances<'a> {
    /// It answers a letter of ours, proven by a signed id.
    pub known_conversation: bool,
    /// Its sender was answered by us before.
    pub answered_sender: bool,
    /// Domains the municipality sends from, in lower case.
    pub own_domains: &'a [&'a str],
    /// Names of people in whose name money is asked for: mayor, directors, heads of departments.
    pub leaders: &'a [&'a str],
    /// What was found out about the sender, such as `dmarc=fail`.
    pub authentication: &'a [&'a str],
    /// The sender's domain, if it says that the mail is not its own.
    pub disowned_by: Option<&'a str>,
    /// Another filter finds it suspicious, for what this names.
    pub suspected_for: Option<&'a str>,
}
