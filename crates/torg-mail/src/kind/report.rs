//! What a bounce says: delivery status notifications (RFC 3464) and feedback reports (RFC 5965).

use crate::addresses::mailboxes;
use crate::header::Header;
use crate::letter::ids;

/// More recipients than this are not kept of one report.
const MOST_RECIPIENTS: usize = 1_000;

/// A server's word on a mail of ours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BounceReport {
    /// Those the report is about; empty if it names none.
    pub recipients: Vec<FailedRecipient>,
    /// The Message-ID of the mail it is about, without angle brackets.
    pub original_message_id: Option<String>,
    /// The References and In-Reply-To of that mail, as far as the report quotes them.
    pub original_references: Vec<String>,
    /// Given up for at least one recipient; false for mere delays, success reports and complaints.
    pub permanent: bool,
    /// Somebody marked our mail as spam.
    pub complaint: bool,
}

impl BounceReport {
    /// Whether people need to hear of it: all but reports that a mail was delivered.
    pub fn is_bad_news(&self) -> bool {
        let fine = ["delivered", "relayed", "expanded"];
        self.complaint
            || self.recipients.is_empty()
            || !self.recipients.iter().all(|one| fine.contains(&one.action.as_str()))
    }
}

/// One recipient of the mail that bounced.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FailedRecipient {
    /// As the report writes it, without angle brackets.
    pub address: String,
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded` (RFC 3464 §2.3.3), in lower case.
    pub action: String,
    /// Such as `5.1.1` (RFC 3463); empty if the report gives none.
    pub status: String,
    /// The server's own words, one line; empty if it gives none.
    pub diagnostic: String,
}

/// The recipients of a message/delivery-status body: groups of fields between empty lines, the first about the message.
pub(super) fn delivery_status(body: &[u8]) -> Vec<FailedRecipient> {
    let mut recipients: Vec<FailedRecipient> = Vec::new();
    let mut rest = body;
    while !rest.is_empty() && recipients.len() < MOST_RECIPIENTS {
        let (group, next) = Header::split(rest);
        if let Some(recipient) = recipient(&group) {
            recipients.push(recipient);
        }
        rest = &rest[next.max(1).min(rest.len())..];
    }
    recipients
}

fn recipient(group: &Header<'_>) -> Option<FailedRecipient> {
    let address =
        address_of(group, "Final-Recipient").or_else(|| address_of(group, "Original-Recipient"))?;
    let status = group.text("Status").unwrap_or_default();
    let status = status.split([' ', '(']).next().unwrap_or_default().to_owned();
    let action =
        group.keyword("Action").split([' ', ';', '(']).next().unwrap_or_default().to_owned();
    let action = if action.is_empty() { action_by(&status) } else { action };
    let diagnostic = group.text("Diagnostic-Code").unwrap_or_default();
    Some(FailedRecipient { address, action, status, diagnostic })
}

/// What a status code means when the report forgets the action (RFC 3463 §2).
pub(super) fn action_by(status: &str) -> String {
    let action = match status.bytes().next() {
        Some(b'2') => "delivered",
        Some(b'4') => "delayed",
        _ => "failed",
    };
    action.to_owned()
}

/// `rfc822; somebody@example` without its type.
fn address_of(group: &Header<'_>, field: &str) -> Option<String> {
    let text = group.text(field)?;
    let address = text.split_once(';').map_or(text.as_str(), |(_, address)| address);
    let address = address.trim().trim_matches(['<', '>', ' ', '"', '\'']).to_owned();
    (!address.is_empty()).then_some(address)
}

/// Those a feedback report is about (RFC 5965 §3.2), with what kind of feedback it is.
pub(super) fn feedback(body: &[u8]) -> Vec<FailedRecipient> {
    let (fields, _) = Header::split(body);
    let kind = fields.keyword("Feedback-Type");
    let addresses =
        fields.all("Original-Rcpt-To").chain(fields.all("Removal-Recipient")).flat_map(mailboxes);
    let recipients = addresses.map(|mailbox| FailedRecipient {
        address: mailbox.address,
        action: "complaint".to_owned(),
        status: String::new(),
        diagnostic: kind.clone(),
    });
    recipients.take(MOST_RECIPIENTS).collect()
}

/// Fills in what the header of the mail that bounced says.
pub(super) fn add_original(report: &mut BounceReport, original: &Header<'_>) {
    if report.original_message_id.is_none() {
        report.original_message_id =
            original.raw("Message-ID").and_then(|field| ids(field).into_iter().next());
    }
    if report.original_references.is_empty() {
        report.original_references =
            original.all("References").chain(original.all("In-Reply-To")).flat_map(ids).collect();
        let surplus = report.original_references.len().saturating_sub(100);
        report.original_references.drain(..surplus);
    }
}
