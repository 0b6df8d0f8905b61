//! One command line, read with `smtp-proto` and narrowed to what we offer.

use smtp_proto::{Error, MAIL_BODY_7BIT, MAIL_BODY_8BITMIME, MAIL_SMTPUTF8, MailFrom, Request};

use super::path::Path;

/// What the client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    Greet { greeting: Greeting, name: String },
    Mail { from: Option<String>, size: usize, utf8: bool },
    Recipient { address: String },
    Data,
    StartTls,
    Reset,
    Noop,
    Verify,
    Help,
    Quit,
}

/// The three ways to say hello.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Greeting {
    Helo,
    Ehlo,
    Lhlo,
}

/// A line we cannot follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Misunderstood {
    /// Answer so, and go on.
    Answer(String),
    /// Answer so, and close: what follows on the wire is not meant as commands.
    Close(&'static str),
}

/// Words that begin a web request. A page in a colleague's browser can be made to post a form
/// to our port; its body must not be read as a dialogue.
const WEB_METHODS: [&str; 7] = ["GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS", "PATCH"];

impl Command {
    /// Reads a line that ends in CRLF.
    pub(super) fn parse(line: &[u8]) -> Result<Command, Misunderstood> {
        let text = printable(line)?;
        match Request::parse(&mut line.iter()) {
            Ok(Request::Mail { from }) => mail(text, &from),
            Ok(Request::Rcpt { to }) if to.orcpt.is_some() || to.flags != 0 || to.rrvs != 0 => {
                Err(not_offered())
            }
            Ok(Request::Rcpt { .. }) => recipient(text),
            Ok(request) => plain(&request),
            Err(Error::UnknownCommand) => Err(unknown(text)),
            Err(error) => Err(syntax(&error)),
        }
    }
}

/// Control characters have no place in a command, and what is not UTF-8 no meaning.
fn printable(line: &[u8]) -> Result<&str, Misunderstood> {
    str::from_utf8(line)
        .ok()
        .map(|text| text.trim_end_matches("\r\n"))
        .filter(|text| !text.chars().any(char::is_control))
        .ok_or_else(|| answer("500 5.5.2 The command holds characters that cannot be read"))
}

fn mail<T>(text: &str, from: &MailFrom<T>) -> Result<Command, Misunderstood> {
    let offered = MAIL_BODY_7BIT | MAIL_BODY_8BITMIME | MAIL_SMTPUTF8;
    let asks_more = from.flags & !offered != 0
        || from.hold_for != 0
        || from.hold_until != 0
        || from.mt_priority != 0
        || from.trans_id.is_some()
        || from.env_id.is_some()
        || from.solicit.is_some()
        || from.mtrk.is_some()
        || from.auth.is_some();
    if asks_more {
        return Err(not_offered());
    }
    let from_path = match Path::of_line(text) {
        Some(Path::Null) => None,
        Some(Path::Mailbox(mailbox)) => Some(mailbox),
        None => return Err(syntax(&Error::InvalidSenderAddress)),
    };
    Ok(Command::Mail { from: from_path, size: from.size, utf8: from.flags & MAIL_SMTPUTF8 != 0 })
}

fn recipient(text: &str) -> Result<Command, Misunderstood> {
    match Path::of_line(text) {
        Some(Path::Mailbox(address)) => Ok(Command::Recipient { address }),
        Some(Path::Null) | None => Err(syntax(&Error::InvalidRecipientAddress)),
    }
}

fn plain<T: AsRef<str>>(request: &Request<T>) -> Result<Command, Misunderstood> {
    let greet =
        |greeting, host: &T| Ok(Command::Greet { greeting, name: host.as_ref().to_owned() });
    match request {
        Request::Helo { host } => greet(Greeting::Helo, host),
        Request::Ehlo { host } => greet(Greeting::Ehlo, host),
        Request::Lhlo { host } => greet(Greeting::Lhlo, host),
        Request::Data => Ok(Command::Data),
        Request::StartTls => Ok(Command::StartTls),
        Request::Rset => Ok(Command::Reset),
        Request::Noop { .. } => Ok(Command::Noop),
        Request::Vrfy { .. } => Ok(Command::Verify),
        Request::Help { .. } => Ok(Command::Help),
        Request::Quit => Ok(Command::Quit),
        // The chunk follows at once, and must not be read as commands.
        Request::Bdat { .. } | Request::Burl { .. } => {
            Err(Misunderstood::Close("502 5.5.1 BDAT is not offered, closing"))
        }
        _ => Err(answer("502 5.5.1 This command is not offered")),
    }
}

fn unknown(text: &str) -> Misunderstood {
    let word = text.split(' ').next().unwrap_or_default();
    if WEB_METHODS.contains(&word) {
        return Misunderstood::Close("421 4.7.0 This is a mail server, closing");
    }
    answer("500 5.5.2 Command not recognised")
}

fn syntax(error: &Error) -> Misunderstood {
    match error {
        Error::InvalidSenderAddress => answer("501 5.1.7 The sender address cannot be read"),
        Error::InvalidRecipientAddress => answer("501 5.1.3 The recipient address cannot be read"),
        Error::SyntaxError { syntax } => {
            Misunderstood::Answer(format!("501 5.5.4 Syntax: {syntax}"))
        }
        Error::InvalidParameter { param } => {
            Misunderstood::Answer(format!("501 5.5.4 The value of {param} cannot be read"))
        }
        Error::UnsupportedParameter { .. } => not_offered(),
        _ => answer("501 5.5.4 The command cannot be read"),
    }
}

fn not_offered() -> Misunderstood {
    answer("555 5.5.4 A parameter that is not offered")
}

fn answer(text: &str) -> Misunderstood {
    Misunderstood::Answer(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &[u8]) -> String {
        match Command::parse(line) {
            Err(Misunderstood::Answer(text)) => text,
            Err(Misunderstood::Close(text)) => format!("{text}!"),
            Ok(command) => panic!("understood {command:?}"),
        }
    }

    #[test]
    fn a_sender_comes_with_its_parameters() {
        let command =
            Command::parse(b"mail from:<Ase@Fjordby.example> BODY=8BITMIME SIZE=12 SMTPUTF8\r\n");
        let from = Some("Ase@Fjordby.example".to_owned());
        assert_eq!(command, Ok(Command::Mail { from, size: 12, utf8: true }));
    }

    #[test]
    fn a_space_after_the_colon_is_forgiven() {
        let address = "post@fjordby.example".to_owned();
        assert_eq!(
            Command::parse(b"RCPT TO: <post@fjordby.example>\r\n"),
            Ok(Command::Recipient { address })
        );
    }

    #[test]
    fn what_is_not_offered_is_refused() {
        for parameter in [
            "BODY=BINARYMIME",
            "REQUIRETLS",
            "RET=FULL",
            "ENVID=x",
            "HOLDFOR=9",
            "AUTH=<>",
            "BOGUS=1",
        ] {
            let line = format!("MAIL FROM:<a@b.example> {parameter}\r\n");
            assert!(refused(line.as_bytes()).starts_with("555 5.5.4"), "{parameter}");
        }
        assert!(refused(b"RCPT TO:<a@b.example> NOTIFY=NEVER\r\n").starts_with("555"));
        assert!(refused(b"AUTH PLAIN AGEAYg==\r\n").starts_with("502"));
        assert!(refused(b"EXPN list\r\n").starts_with("502"));
    }

    #[test]
    fn a_chunk_and_a_web_request_end_the_dialogue() {
        assert!(refused(b"BDAT 100 LAST\r\n").ends_with('!'));
        assert!(refused(b"POST / HTTP/1.1\r\n").ends_with('!'));
    }

    #[test]
    fn an_empty_recipient_and_unreadable_bytes_are_refused() {
        assert!(refused(b"RCPT TO:<>\r\n").starts_with("501 5.1.3"));
        assert!(refused(b"MAIL FROM:<a b@c.example>\r\n").starts_with("501 5.1.7"));
        assert!(refused(b"MAIL FROM:<\xff@c.example>\r\n").starts_with("500"));
        assert!(refused(b"NO\0OP\r\n").starts_with("500"));
    }
}
