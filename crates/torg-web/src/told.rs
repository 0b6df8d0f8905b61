//! What an act came to, carried in a short-lived cookie to the next page, which tells it once.

use axum::extract::FromRequestParts;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use torg_core::{BulkId, InquiryId, InquiryNumber, JournalId, MessageId, Position};

use crate::guard::cookies::Cookie;
use crate::refusal::Refusal;
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::What;

macro_rules! deeds {
    ($($name:ident = $word:literal $key:literal),+ $(,)?) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Deed { $($name),+ }

        impl Deed {
            fn word(self) -> &'static str { match self { $(Self::$name => $word),+ } }
            fn from_word(word: &str) -> Option<Self> { match word { $($word => Some(Self::$name),)+ _ => None } }
            fn key(self) -> &'static str { match self { $(Self::$name => $key),+ } }
        }
    };
}

deeds! {
    Claimed = "claimed" "told-claimed",
    Released = "released" "told-released",
    Assigned = "assigned" "told-assigned",
    Referred = "referred" "told-referred",
    Replied = "replied" "told-replied",
    RepliedAndClosed = "replied-and-closed" "told-replied-and-closed",
    Noted = "noted" "told-noted",
    MarkedUrgent = "marked-urgent" "told-marked-urgent",
    UnmarkedUrgent = "unmarked-urgent" "told-unmarked-urgent",
    Categorised = "categorised" "told-categorised",
    MarkedUnread = "marked-unread" "told-marked-unread",
    Closed = "closed" "told-closed",
    Reopened = "reopened" "told-reopened",
    Linked = "linked" "told-linked",
    Dismissed = "dismissed" "told-dismissed",
    Retried = "retried" "told-retried",
    Readdressed = "readdressed" "told-readdressed",
    Discarded = "discarded" "told-discarded",
    Restored = "restored" "told-restored",
    Joined = "joined" "told-joined",
    Parted = "parted" "told-parted",
    Forwarded = "forwarded" "told-forwarded",
    DraftDiscarded = "draft-discarded" "told-draft-discarded",
    Withdrawn = "withdrawn" "told-withdrawn",
    NoteTakenBack = "note-taken-back" "told-note-taken-back",
    Saved = "saved" "told-saved",
    PasswordChanged = "password-changed" "told-password-changed",
    SessionEnded = "session-ended" "told-session-ended",
    Invited = "invited" "told-invited",
    Undone = "undone" "told-undone",
    NotUndone = "not-undone" "told-not-undone",
    LetterSent = "letter-sent" "told-letter-sent",
    Snoozed = "snoozed" "told-snoozed",
    MarkedSpam = "marked-spam" "spam-told",
    MarkedLetter = "marked-letter" "spam-told-not",
    MarkedLetterSpam = "marked-letter-spam" "spam-told-letter",
    MarkedLetterNoSpam = "marked-letter-no-spam" "spam-told-letter-not",
    LessonTakenBack = "lesson-taken-back" "spam-told-taken-back",
    Forgotten = "forgotten" "spam-told-forgotten",
    Tagged = "tagged" "told-tagged",
    Untagged = "untagged" "told-untagged",
    Followed = "followed" "told-followed",
    Unfollowed = "unfollowed" "told-unfollowed",
    Unlinked = "unlinked" "told-unlinked",
    Split = "split" "told-split",
    Merged = "merged" "told-merged",
    ManyClaimed = "many-claimed" "told-many-claimed",
    ManyReleased = "many-released" "told-many-released",
    ManyAssigned = "many-assigned" "told-many-assigned",
    ManyReferred = "many-referred" "told-many-referred",
    ManyClosed = "many-closed" "told-many-closed",
    ManyReopened = "many-reopened" "told-many-reopened",
    ManyMarkedUrgent = "many-marked-urgent" "told-many-marked-urgent",
    ManyUnmarkedUrgent = "many-unmarked-urgent" "told-many-unmarked-urgent",
    ManyTagged = "many-tagged" "told-many-tagged",
    ManyUntagged = "many-untagged" "told-many-untagged",
    ManySnoozed = "many-snoozed" "told-many-snoozed",
    ManyTakenOver = "many-taken-over" "told-many-taken-over",
    ManyMarkedSpam = "many-marked-spam" "told-many-marked-spam",
    ManyMarkedNoSpam = "many-marked-no-spam" "told-many-marked-no-spam",
    ManyHandedBack = "many-handed-back" "told-many-handed-back",
    ManyBack = "many-back" "told-many-back",
    ManyRead = "many-read" "told-many-read",
    ManyUnread = "many-unread" "told-many-unread",
    ManyFollowed = "many-followed" "told-many-followed",
    ManyUnfollowed = "many-unfollowed" "told-many-unfollowed",
    ManyMerged = "many-merged" "told-many-merged",
    Begun = "begun" "told-begun",
    PartlyDone = "partly-done" "told-partly-done",
    Stopped = "stopped" "told-stopped",
    NothingChosen = "nothing-chosen" "told-nothing-chosen",
    TakenOver = "taken-over" "told-taken-over",
    WentAway = "went-away" "told-went-away",
    CameBack = "came-back" "told-came-back",
    Inserted = "inserted" "answers-told-inserted",
    InsertedRetired = "inserted-retired" "answers-told-retired",
    InsertedOtherLanguage = "inserted-language" "answers-told-other-language",
    InsertedWithoutFiles = "inserted-without-files" "answers-told-left-out",
    AnswerNotYours = "answer-not-yours" "answers-not-yours",
    AnswerFilesTooMuch = "answer-files-too-much" "answers-files-too-much",
    AutomaticNotYet = "automatic-not-yet" "automatic-told-not-yet",
    AutomaticWithoutModel = "automatic-without-model" "automatic-told-without-model",
    AutomaticNotThatDay = "automatic-not-that-day" "automatic-told-not-that-day",
    AutomaticNotThisAnswer = "automatic-not-this-answer" "automatic-told-not-this-answer",
    NotInserted = "not-inserted" "answers-told-not-inserted",
}

/// A deed, the inquiry it was done to, and the composer it came from, whose text may now be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) deed: Deed,
    pub(crate) number: Option<InquiryNumber>,
    pub(crate) composer: Option<String>,
    /// By what it is taken back, while it can be.
    pub(crate) back: Option<Back>,
    /// How far the bulk has come that was begun or done.
    pub(crate) bulk: Option<Counted>,
}

/// What is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Back {
    /// A letter that waits so many seconds before it is sent.
    Letter {
        inquiry: InquiryId,
        message: MessageId,
        seconds: i64,
    },
    /// A draft that was thrown away.
    Draft {
        inquiry: InquiryId,
        what: What,
    },
    Note {
        inquiry: InquiryId,
        message: MessageId,
    },
    /// What was marked as unread, and how far she had read.
    Read {
        inquiry: InquiryId,
        upto: Position,
    },
    Act(JournalId),
    Bulk(BulkId),
}

/// How many a bulk did, and how many not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) id: BulkId,
    pub(crate) done: i64,
    pub(crate) refused: i64,
}

impl Told {
    pub(crate) fn of(deed: Deed) -> Self {
        Self { deed, number: None, composer: None, back: None, bulk: None }
    }

    pub(crate) fn sentence(&self, scene: &Scene) -> String {
        let number = self.number.map(|number| number.to_string()).unwrap_or_default();
        let (done, refused) = self.bulk.map_or((0, 0), |bulk| (bulk.done, bulk.refused));
        scene.with(
            self.deed.key(),
            [("number", word(number)), ("count", word(done)), ("refused", word(refused))],
        )
    }

    /// The page that tells more, where a toast is too short for it.
    pub(crate) fn more(&self) -> Option<String> {
        let is_short = matches!(self.deed, Deed::Begun | Deed::PartlyDone);
        self.bulk.filter(|_| is_short).map(|bulk| format!("/bulk/{}", bulk.id))
    }

    fn to_text(&self) -> String {
        let number = self.number.map(|number| number.to_string()).unwrap_or_default();
        let composer = self.composer.as_deref().unwrap_or_default();
        let back = self.back.map(Back::to_text).unwrap_or_default();
        let bulk = self
            .bulk
            .map_or(String::new(), |bulk| format!("{}.{}.{}", bulk.id, bulk.done, bulk.refused));
        format!("{}~{number}~{composer}~{back}~{bulk}", self.deed.word())
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('~');
        let deed = Deed::from_word(parts.next()?)?;
        let number = parts.next().and_then(|number| number.parse().ok());
        let composer = parts.next().filter(|key| is_key(key)).map(str::to_owned);
        let back = parts.next().and_then(Back::from_text);
        let bulk = parts.next().and_then(Counted::from_text);
        Some(Self { deed, number, composer, back, bulk })
    }

    /// A redirect to `path` that will tell it there.
    pub(crate) fn at(self, web: &Web, path: &str) -> Response {
        let cookie = Cookie::Told.set(&web.settings, &self.to_text(), Some(60));
        let path = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(LOCATION, path), (SET_COOKIE, cookie)]).into_response()
    }
}

impl Back {
    fn to_text(self) -> String {
        match self {
            Self::Letter { inquiry, message, seconds } => {
                format!("letter.{inquiry}.{message}.{seconds}")
            }
            Self::Draft { inquiry, what } => format!("draft.{inquiry}.{}", what.word()),
            Self::Note { inquiry, message } => format!("note.{inquiry}.{message}"),
            Self::Read { inquiry, upto } => format!("read.{inquiry}.{upto}"),
            Self::Act(line) => format!("act.{line}"),
            Self::Bulk(id) => format!("bulk.{id}"),
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (kind, id) = (parts.next()?, parts.next()?);
        Some(match kind {
            "letter" => Self::Letter {
                inquiry: id.parse().ok()?,
                message: parts.next()?.parse().ok()?,
                seconds: parts.next()?.parse().ok()?,
            },
            "draft" => {
                Self::Draft { inquiry: id.parse().ok()?, what: What::from_word(parts.next()?)? }
            }
            "note" => {
                Self::Note { inquiry: id.parse().ok()?, message: parts.next()?.parse().ok()? }
            }
            "read" => Self::Read { inquiry: id.parse().ok()?, upto: parts.next()?.parse().ok()? },
            "act" => Self::Act(id.parse().ok()?),
            "bulk" => Self::Bulk(id.parse().ok()?),
            _ => return None,
        })
    }
}

impl Counted {
    fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (id, done) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { id, done, refused: parts.next()?.parse().ok()? })
    }
}

/// Whether `key` may be a composer's: letters, digits and hyphens.
pub(crate) fn is_key(key: &str) -> bool {
    (1..=64).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// What the last act came to, if it has not been told yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Untold(pub(crate) Option<Told>);

impl Untold {
    /// `page`, and the cookie taken away if it has told something.
    pub(crate) fn once(&self, web: &Web, page: impl IntoResponse) -> Response {
        let mut response = page.into_response();
        if self.0.is_some() {
            response.headers_mut().append(SET_COOKIE, Cookie::Told.clear(&web.settings));
        }
        response
    }
}

impl FromRequestParts<Web> for Untold {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let text = Cookie::Told.read(&web.settings, &parts.headers);
        Ok(Self(text.and_then(|text| Told::from_text(&text))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_core::Id;

    #[test]
    fn what_was_done_is_read_back_from_the_cookie() {
        let (inquiry, message) = (InquiryId::from_i64(7), MessageId::from_i64(8));
        for back in [
            Back::Letter { inquiry, message, seconds: 10 },
            Back::Draft { inquiry, what: What::Note },
            Back::Note { inquiry, message },
            Back::Read { inquiry, upto: 3 },
            Back::Act(JournalId::from_i64(7)),
            Back::Bulk(BulkId::from_i64(9)),
        ] {
            let told = Told {
                deed: Deed::Replied,
                number: Some(InquiryNumber::new(2026, 1187)),
                composer: Some("k-1".into()),
                back: Some(back),
                bulk: Some(Counted { id: BulkId::from_i64(9), done: 12, refused: 1 }),
            };
            assert_eq!(Told::from_text(&told.to_text()), Some(told));
        }
        assert_eq!(Told::from_text("danced~~"), None);
        assert_eq!(Told::from_text("claimed~x~<b>"), Some(Told::of(Deed::Claimed)));
    }
}
