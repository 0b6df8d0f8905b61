//! Which sentence a notice is, and what its kind is called.

use torg_core::{NoticeKind, Verb};
use torg_store::notices::NoticeRow;

/// The key of its sentence, with somebody's name in it or without.
pub(super) fn key(row: &NoticeRow, has_name: bool) -> &'static str {
    match (row.kind, has_name) {
        (NoticeKind::Mentioned, true) => "notices-mentioned-by",
        (NoticeKind::Mentioned, false) => "notices-mentioned",
        (NoticeKind::Assigned, true) => "notices-assigned-by",
        (NoticeKind::Assigned, false) => "notices-assigned",
        (NoticeKind::Letter, true) => "notices-letter-by",
        (NoticeKind::Letter, false) => "notices-letter",
        (NoticeKind::Undelivered, _) => "notices-undelivered",
        (NoticeKind::DueSoon, _) => "notices-due-soon",
        (NoticeKind::Overdue, _) => "notices-overdue",
        (NoticeKind::AnswerPaused, _) => "notices-answer-paused",
        (NoticeKind::Woke, _) => "notices-woke",
        (NoticeKind::Gone, true) => gone(row.verb),
        (NoticeKind::Gone, false) => "notices-gone",
        (NoticeKind::Followed, true) => followed(row.verb),
        (NoticeKind::Followed, false) => "notices-followed",
        (NoticeKind::NearSpam, _) => "notices-near-spam",
    }
}

fn gone(verb: Option<Verb>) -> &'static str {
    match verb {
        Some(Verb::TakenOver) => "notices-gone-taken-over",
        Some(Verb::Referred) => "notices-gone-referred",
        _ => "notices-gone-by",
    }
}

fn followed(verb: Option<Verb>) -> &'static str {
    match verb {
        Some(Verb::Received) => "notices-followed-received",
        Some(Verb::Replied) => "notices-followed-replied",
        Some(Verb::Noted) => "notices-followed-noted",
        Some(Verb::Forwarded) => "notices-followed-forwarded",
        Some(Verb::Referred) => "notices-followed-referred",
        Some(Verb::Closed) => "notices-followed-closed",
        Some(Verb::Reopened) => "notices-followed-reopened",
        Some(Verb::Merged) => "notices-followed-merged",
        _ => "notices-followed",
    }
}

/// What a kind is called, and what it means.
pub(super) fn kind(kind: NoticeKind) -> (&'static str, &'static str) {
    match kind {
        NoticeKind::Mentioned => ("notices-kind-mentioned", "notices-kind-mentioned-text"),
        NoticeKind::Assigned => ("notices-kind-assigned", "notices-kind-assigned-text"),
        NoticeKind::Letter => ("notices-kind-letter", "notices-kind-letter-text"),
        NoticeKind::Undelivered => ("notices-kind-undelivered", "notices-kind-undelivered-text"),
        NoticeKind::DueSoon => ("notices-kind-due-soon", "notices-kind-due-soon-text"),
        NoticeKind::Overdue => ("notices-kind-overdue", "notices-kind-overdue-text"),
        NoticeKind::AnswerPaused => {
            ("notices-kind-answer-paused", "notices-kind-answer-paused-text")
        }
        NoticeKind::Woke => ("notices-kind-woke", "notices-kind-woke-text"),
        NoticeKind::Gone => ("notices-kind-gone", "notices-kind-gone-text"),
        NoticeKind::Followed => ("notices-kind-followed", "notices-kind-followed-text"),
        NoticeKind::NearSpam => ("notices-kind-near-spam", "notices-kind-near-spam-text"),
    }
}
