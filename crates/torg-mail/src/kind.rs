//! Who or what wrote a mail: a person, a vacation notice, a bounce, a list, or some other machine.

mod bounce;
mod report;
mod vacation;

pub use report::{BounceReport, FailedRecipient};

use crate::addresses::{Mailbox, mailboxes};
use crate::header::Header;
use crate::parts::Part;

/// Who or what wrote a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A person, as far as the mail shows.
    Human,
    /// Somebody's "I am away", sent in answer to a mail of ours.
    Vacation,
    /// A server's word on a mail of ours: not delivered, late, delivered on request, or complained about.
    Bounce(Box<BounceReport>),
    /// A newsletter or mailing list.
    List,
    /// Any other machine: receipts, notifications, automatic confirmations.
    Automatic,
}

/// All that the verdict rests on.
pub(crate) struct Clues<'a> {
    pub(crate) header: &'a Header<'a>,
    pub(crate) parts: &'a [Part<'a>],
    pub(crate) subject: &'a str,
    pub(crate) text: &'a str,
    pub(crate) from: Option<&'a Mailbox>,
    pub(crate) envelope_from: Option<&'a str>,
}

impl Clues<'_> {
    /// The kind and the key of the rule that decided. What is certain is asked first:
    /// reports by their MIME type, then bounces by their looks, then what the sender's software declares.
    pub(crate) fn judge(&self) -> (Kind, &'static str) {
        if let Some((report, reason)) = bounce::read(self) {
            return (Kind::Bounce(Box::new(report)), reason);
        }
        if self.report_type() == "disposition-notification"
            || self.has_part("message/disposition-notification")
        {
            return (Kind::Automatic, "read-receipt");
        }
        if let Some(reason) = vacation::reason(self) {
            return (Kind::Vacation, reason);
        }
        if let Some(reason) = self.list_reason() {
            return (Kind::List, reason);
        }
        self.automatic_reason()
            .map_or((Kind::Human, "nothing-automatic"), |reason| (Kind::Automatic, reason))
    }

    /// Whether the sender asks for no automatic answer: empty return path (RFC 5321 §4.5.5), or Microsoft's
    /// X-Auto-Response-Suppress (MS-OXCMAIL §2.2.3.2.14) naming automatic answers.
    pub(crate) fn wants_no_answer(&self) -> bool {
        let suppressed = self.header.keyword("X-Auto-Response-Suppress");
        self.has_null_sender()
            || ["all", "oof", "autoreply"].iter().any(|word| suppressed.contains(word))
    }

    /// RFC 2919 (List-Id), RFC 2369 (List-Unsubscribe, List-Post), and the older Precedence of sendmail.
    fn list_reason(&self) -> Option<&'static str> {
        let precedence = self.header.keyword("Precedence");
        match () {
            () if self.header.has("List-Id") => Some("list-id"),
            () if self.header.has("List-Post") => Some("list-post"),
            () if self.header.has("List-Unsubscribe") => Some("list-unsubscribe"),
            () if precedence == "list" => Some("precedence-list"),
            () if precedence == "bulk" && !self.is_auto_submitted() => Some("precedence-bulk"),
            () if self.header.has("Mailing-List") || self.header.has("X-Mailing-List") => {
                Some("mailing-list")
            }
            () => None,
        }
    }

    /// RFC 3834 §5 (Auto-Submitted), the wider habits of the time before it, and empty return paths.
    fn automatic_reason(&self) -> Option<&'static str> {
        let precedence = self.header.keyword("Precedence");
        match () {
            () if self.is_auto_submitted() => Some("auto-submitted"),
            () if ["X-Autoreply", "X-Autorespond", "X-Auto-Reply"]
                .iter()
                .any(|name| self.header.has(name)) =>
            {
                Some("x-autoreply")
            }
            () if ["bulk", "junk", "auto_reply"].contains(&precedence.as_str()) => {
                Some("precedence")
            }
            () if self.header.keyword("X-Auto-Response-Suppress").contains("all")
                && self.has_null_sender() =>
            {
                Some("response-suppressed")
            }
            () if self.has_null_sender() => Some("null-sender"),
            () if self.is_from_mail_server() => Some("mail-server"),
            () => None,
        }
    }

    /// `Auto-Submitted: no` is what people's own mail may say (RFC 3834 §5).
    fn is_auto_submitted(&self) -> bool {
        let value = self.header.keyword("Auto-Submitted");
        let keyword = value.split([';', ' ', '(']).next().unwrap_or_default();
        !keyword.is_empty() && keyword != "no"
    }

    /// The envelope's sender, or the Return-Path that stands for it after delivery, is empty.
    fn has_null_sender(&self) -> bool {
        match self.envelope_from {
            Some(sender) => sender.trim_matches(['<', '>', ' ']).is_empty(),
            None => self.header.raw("Return-Path").is_some_and(|path| path.trim_ascii() == b"<>"),
        }
    }

    /// From MAILER-DAEMON or a postmaster, or somebody who calls himself the mail system.
    fn is_from_mail_server(&self) -> bool {
        // `MAILER-DAEMON <>` has no address, only a name.
        let nameless =
            self.from.is_none() && self.header.keyword("From").starts_with("mailer-daemon");
        let return_path = self.header.raw("Return-Path").map(mailboxes).unwrap_or_default();
        nameless
            || self.from.into_iter().chain(&return_path).any(|mailbox| {
                let address = mailbox.address.to_lowercase();
                let local = address.split('@').next().unwrap_or_default();
                let name = mailbox.name.as_deref().unwrap_or_default().to_lowercase();
                SERVER_MAILBOXES
                    .iter()
                    .any(|known| local.starts_with(known) || name.starts_with(known))
                    || SERVER_NAMES.iter().any(|known| name.contains(known))
            })
    }

    /// The report-type of a multipart/report (RFC 6522).
    fn report_type(&self) -> String {
        let root = self.parts.first();
        let report = root.filter(|part| part.content_type.value == "multipart/report");
        report
            .and_then(|part| part.content_type.param("report-type"))
            .unwrap_or_default()
            .to_lowercase()
    }

    fn has_part(&self, content_type: &str) -> bool {
        self.part(content_type).is_some()
    }

    fn part(&self, content_type: &str) -> Option<&Part<'_>> {
        self.parts.iter().find(|part| part.content_type.value == content_type)
    }
}

/// Role accounts that only mail servers write from (RFC 2142 §5 for postmaster; the rest by custom).
const SERVER_MAILBOXES: [&str; 7] = [
    "mailer-daemon",
    "post_master",
    "mailer_daemon",
    "postmaster",
    "mail-daemon",
    "mdaemon",
    "mailerdaemon",
];
const SERVER_NAMES: [&str; 6] = [
    "mail delivery s",
    "mail administrator",
    "mail delivery agent",
    "delivery notification",
    "mail server",
    "system administrator",
];
