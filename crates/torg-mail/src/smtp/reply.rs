//! The sentences we answer with: reply codes of RFC 5321, enhanced codes of RFC 3463.

/// RCPT, MAIL and RSET went well.
pub(super) const FINE: &str = "250 2.0.0 Fine";
pub(super) const SENDER_FINE: &str = "250 2.1.0 Sender noted";
pub(super) const RECIPIENT_FINE: &str = "250 2.1.5 Recipient noted";
pub(super) const KEPT: &str = "250 2.0.0 The mail is stored";
pub(super) const GO_ON: &str = "354 Send the mail, end it with a line of one dot";
pub(super) const BYE: &str = "221 2.0.0 Goodbye";
pub(super) const START_TLS: &str = "220 2.0.0 Begin the TLS handshake";
pub(super) const HELP: &str = "214 2.0.0 See RFC 5321";
pub(super) const VERIFY: &str = "252 2.5.2 Send mail to it, and we shall see";

pub(super) const UNKNOWN_RECIPIENT: &str = "550 5.1.1 No such address here";
pub(super) const RECIPIENT_LATER: &str = "451 4.3.0 The address cannot be looked up now, try again";
pub(super) const TOO_MANY_RECIPIENTS: &str =
    "452 4.5.3 Too many recipients in one mail, send the rest in another";
pub(super) const BARE_LINE_END: &str =
    "550 5.6.11 The mail holds a bare CR or bare LF; every line must end in CRLF";
pub(super) const NO_ROOM: &str = "452 4.3.1 Too much mail is coming in at once, try again";

pub(super) const GREET_FIRST: &str = "503 5.5.1 Greet first";
pub(super) const SENDER_FIRST: &str = "503 5.5.1 Name the sender with MAIL first";
pub(super) const RECIPIENT_FIRST: &str = "503 5.5.1 No accepted recipient, use RCPT first";
pub(super) const MAIL_UNDER_WAY: &str = "503 5.5.1 A mail is under way, send RSET to drop it";
pub(super) const SAY_LHLO: &str = "500 5.5.1 This door speaks LMTP, greet with LHLO";
pub(super) const SAY_EHLO: &str = "500 5.5.1 This door speaks SMTP, greet with EHLO";
pub(super) const NEEDS_SMTPUTF8: &str =
    "553 5.6.7 An address outside ASCII needs the SMTPUTF8 parameter";
pub(super) const NO_TLS: &str = "502 5.5.1 STARTTLS is not offered";
pub(super) const TLS_ALREADY: &str = "503 5.5.1 The connection is encrypted already";

pub(super) const LINE_TOO_LONG: &str = "500 5.5.6 The command line is too long";
pub(super) const LINE_NOT_CRLF: &str =
    "500 5.5.2 A command line ends in CRLF and holds no other CR or LF";

pub(super) const TIMED_OUT: &str = "421 4.4.2 Waited too long, closing";
pub(super) const STOPPING: &str = "421 4.3.2 The server is stopping, try again soon";
pub(super) const TOO_MANY_CONNECTIONS: &str = "421 4.7.0 Too many connections, try again later";
pub(super) const TOO_MANY_MISTAKES: &str = "421 4.7.0 Too many mistakes, closing";
pub(super) const TOO_MANY_MAILS: &str = "421 4.7.0 Enough mails in one connection, connect anew";

/// The refusal of a mail above `limit` bytes.
pub(super) fn too_large(limit: usize) -> String {
    format!("552 5.3.4 The mail is too large, the limit is {limit} bytes")
}

/// The house cannot keep the mail now.
pub(super) fn temporary(why: &str) -> String {
    format!("451 4.3.0 {}", speakable(why))
}

/// The house will not keep the mail.
pub(super) fn permanent(why: &str) -> String {
    format!("554 5.3.0 {}", speakable(why))
}

/// Printable ASCII of at most 400 bytes: a reply line ends at 512 (RFC 5321 4.5.3.1.5), and a line
/// break in a text from elsewhere would be read as a second reply.
fn speakable(text: &str) -> String {
    text.chars()
        .take(400)
        .map(|letter| if letter == ' ' || letter.is_ascii_graphic() { letter } else { '?' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_cannot_smuggle_in_a_second_reply() {
        assert_eq!(temporary("disk\r\n250 ok"), "451 4.3.0 disk??250 ok");
        assert!(permanent(&"x".repeat(5000)).len() < 510);
    }
}
