//! Recognises bounces: by their MIME type where servers follow RFC 3464 and RFC 5965, by their looks where they do not.

use super::Clues;
use super::report::{
    BounceReport, FailedRecipient, action_by, add_original, delivery_status, feedback,
};
use crate::addresses::mailboxes;
use crate::header::{Header, one_line};

/// Looks are judged by the beginning of the text; the rest is the mail that came back.
const LOOKED_AT: usize = 16_000;

/// The report in this mail and the key of the rule that found it.
pub(super) fn read(clues: &Clues<'_>) -> Option<(BounceReport, &'static str)> {
    let (mut report, reason) =
        complaint(clues).or_else(|| status_report(clues)).or_else(|| looks_like_bounce(clues))?;
    originals(clues, &mut report);
    report.permanent = !report.complaint
        && (report.recipients.iter().any(|one| one.action == "failed")
            || report.recipients.is_empty() && !is_delay_notice(clues));
    Some((report, reason))
}

/// A feedback report (RFC 5965); `not-spam` and `virus` ones too, they are no letters either.
fn complaint(clues: &Clues<'_>) -> Option<(BounceReport, &'static str)> {
    if clues.subject.starts_with("complaint about message from") && clues.has_part("message/rfc822")
    {
        // Outlook.com's own form: the message and no more.
        return Some((
            BounceReport { complaint: true, ..BounceReport::default() },
            "outlook-complaint",
        ));
    }
    let part = clues.part("message/feedback-report");
    if part.is_none() && clues.report_type() != "feedback-report" {
        return None;
    }
    let body = part.map(|part| part.transfer.decode(part.body)).unwrap_or_default();
    Some((
        BounceReport { recipients: feedback(&body), complaint: true, ..BounceReport::default() },
        "feedback-report",
    ))
}

/// A delivery status notification (RFC 3464).
fn status_report(clues: &Clues<'_>) -> Option<(BounceReport, &'static str)> {
    let part = clues
        .part("message/delivery-status")
        .or_else(|| clues.part("message/global-delivery-status"));
    if part.is_none() && clues.report_type() != "delivery-status" {
        return None;
    }
    let body = part.map(|part| part.transfer.decode(part.body)).unwrap_or_default();
    let mut recipients = delivery_status(&body);
    if recipients.is_empty() {
        recipients = recipients_in_text(clues);
    }
    Some((BounceReport { recipients, ..BounceReport::default() }, "delivery-status"))
}

/// A bounce in a server's own style. Two independent signs are asked for, because people write about bounces as well:
/// a server as sender, a subject of the kind servers use, a reply code or a server's sentence.
fn looks_like_bounce(clues: &Clues<'_>) -> Option<(BounceReport, &'static str)> {
    let by_server = clues.is_from_mail_server() || clues.has_null_sender();
    let beginning =
        beginning(clues.text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let subject = clues.subject.to_lowercase();
    let titled = SUBJECTS.iter().any(|known| subject.contains(known));
    let worded = SENTENCES.iter().any(|known| beginning.contains(known));
    // RFC 3834 §5: `auto-replied` without a report is a responder's answer, and postmasters have responders as well.
    let answers = clues.header.keyword("Auto-Submitted").starts_with("auto-replied");
    let reason = match () {
        () if clues.header.has("X-Failed-Recipients") => "x-failed-recipients",
        () if by_server && titled => "server-subject",
        () if by_server && worded && !answers => "server-text",
        () if by_server && has_reply_code(&beginning) && !answers => "server-code",
        () if titled && worded && has_reply_code(&beginning) => "bounce-looks",
        () => return None,
    };
    Some((
        BounceReport { recipients: recipients_in_text(clues), ..BounceReport::default() },
        reason,
    ))
}

fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LOOKED_AT.min(text.len()))).unwrap_or_default()
}

/// Parts of subjects that servers put on bounces.
const SUBJECTS: [&str; 28] = [
    "mail failed",
    "could not send",
    "undeliver",
    "returned mail",
    "returned to sender",
    "return to sender",
    "delivery status",
    "delivery failure",
    "delivery failed",
    "delivery report",
    "delivery notification",
    "failed delivery",
    "failure notice",
    "failure delivery",
    "mail failure",
    "mail system error",
    "mail delivery",
    "message delivery",
    "non delivery",
    "non-delivery",
    "nondeliverable",
    "could not be delivered",
    "not delivered",
    "delayed",
    "permanent error",
    "error sending",
    "kan ikke leveres",
    "kunne inte levereras",
];

/// Sentences of the servers' texts (their own words, in lower case), each as short as is still telling.
const SENTENCES: [&str; 43] = [
    "error delivering",
    "did not reach",
    "not recognized",
    "could not be delivered",
    "couldn't be delivered",
    "cannot be delivered",
    "can not be delivered",
    "was not delivered",
    "were not delivered",
    "not be delivered",
    "undeliverable",
    "unable to deliver",
    "wasn't able to deliver",
    "failed to deliver",
    "delivery failed",
    "delivery to the following recipient",
    "delivery has failed",
    "delivery failure",
    "delivery temporarily suspended",
    "permanent fatal error",
    "transient non-fatal error",
    "transcript of session",
    "has been rejected",
    "was rejected by",
    "user unknown",
    "unknown user",
    "no such user",
    "user not found",
    "recipient unknown",
    "recipient not found",
    "mailbox unavailable",
    "mailbox is full",
    "mailbox full",
    "over quota",
    "quota exceeded",
    "host unknown",
    "host not found",
    "domain not found",
    "does not exist",
    "address rejected",
    "returned message follows",
    "message could not",
    "this is a permanent error",
];

/// `550 …`, `550-…` or `5.1.1`: an SMTP reply (RFC 5321 §4.2) or an enhanced status (RFC 3463).
fn has_reply_code(text: &str) -> bool {
    status_in(text).is_some()
        || text.split_whitespace().any(|word| {
            let mut digits = word.trim_start_matches(['<', '(', '"', ':']).bytes();
            matches!(digits.next(), Some(b'4' | b'5'))
                && matches!(digits.next(), Some(b'0'..=b'5'))
                && digits.next().is_some_and(|byte| byte.is_ascii_digit())
                && !digits.next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        })
}

/// The first enhanced status code, such as `5.1.1`.
fn status_in(text: &str) -> Option<&str> {
    let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    words.map(|word| word.trim_matches('.')).find(|word| {
        let mut numbers = word.split('.');
        matches!(numbers.next(), Some("4" | "5"))
            && numbers.next().is_some_and(|subject| matches!(subject.len(), 1))
            && numbers.next().is_some_and(|detail| matches!(detail.len(), 1..=3))
            && numbers.next().is_none()
    })
}

fn is_delay_notice(clues: &Clues<'_>) -> bool {
    let subject = clues.subject.to_lowercase();
    ["delay", "warning", "temporar"].iter().any(|word| subject.contains(word))
}

/// Whom a text in no standard form is about: X-Failed-Recipients (Exim), else the first addresses of its beginning.
fn recipients_in_text(clues: &Clues<'_>) -> Vec<FailedRecipient> {
    let mut addresses: Vec<String> = clues
        .header
        .all("X-Failed-Recipients")
        .flat_map(mailboxes)
        .map(|mailbox| mailbox.address)
        .collect();
    let beginning = beginning(clues.text);
    if addresses.is_empty() {
        addresses = addresses_at_line_starts(beginning);
    }
    if addresses.is_empty() {
        addresses.extend(first_address(beginning));
    }
    let status = status_in(beginning).unwrap_or_default();
    let action = if is_delay_notice(clues) { "delayed".to_owned() } else { action_by("5") };
    let recipients = addresses.into_iter().take(100).map(|address| {
        let diagnostic = beginning
            .lines()
            .find(|line| line.contains(&address) && has_reply_code(&line.to_lowercase()));
        let diagnostic = diagnostic.map(one_line).unwrap_or_default();
        FailedRecipient { address, action: action.clone(), status: status.to_owned(), diagnostic }
    });
    recipients.collect()
}

/// Servers put the failed address first on its line, in angle brackets or not; the returned mail's own header ends the search.
fn addresses_at_line_starts(text: &str) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    for line in text.lines().take_while(|line| !is_returned_header(line)) {
        let word = line.trim_start().split([' ', '\t', ',', ';', '(']).next().unwrap_or_default();
        let address = bare_address(word);
        if let Some(address) =
            address.filter(|address| !addresses.iter().any(|known| known == address))
        {
            addresses.push(address.to_owned());
        }
    }
    addresses
}

/// The first address before the returned mail that is no server's.
fn first_address(text: &str) -> Option<String> {
    let lines = text.lines().take_while(|line| !is_returned_header(line));
    let mut addresses = lines.flat_map(str::split_whitespace).filter_map(bare_address);
    addresses.find(|address| !address.to_lowercase().starts_with("postmaster")).map(str::to_owned)
}

fn bare_address(word: &str) -> Option<&str> {
    let address =
        word.trim_matches(['<', '>', ':', '.', ',', ';', '"', '\'', '*', '[', ']', '(', ')']);
    let (local, domain) = address.split_once('@')?;
    let whole = !local.is_empty() && domain.contains('.') && !domain.contains('@');
    whole.then_some(address)
}

fn is_returned_header(line: &str) -> bool {
    ["Received:", "Return-Path:", "Message-ID:", "Message-Id:", "MIME-Version:"]
        .iter()
        .any(|name| line.starts_with(name))
}

/// Finds the mail that bounced: attached whole, attached as header only, or copied into the text.
fn originals(clues: &Clues<'_>, report: &mut BounceReport) {
    const TYPES: [&str; 5] = [
        "message/rfc822",
        "message/global",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "text/rfc822",
    ];
    for part in clues.parts.iter().filter(|part| TYPES.contains(&part.content_type.value.as_str()))
    {
        let bytes = part.transfer.decode(part.body);
        add_original(report, &Header::split(bytes.trim_ascii_start()).0);
    }
    if report.original_message_id.is_none() {
        let copied = clues.text.lines().map(|line| line.trim_start_matches(['>', '|', ' ', '\t']));
        let quoted = copied.skip_while(|line| !line.to_lowercase().starts_with("message-id:"));
        let lines: Vec<&str> = quoted.take(40).take_while(|line| !line.is_empty()).collect();
        add_original(report, &Header::split(lines.join("\n").as_bytes()).0);
    }
}
