//! What an act came to, carried in a short-lived cookie to the next page, which tells it once.

use axum::extract::FromRequestParts;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use torg_core::{BulkId, InquiryId, InquiryNumber, JournalId, MessageId};

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
    Begun = "begun" "told-begun",
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
    /// The letter that was sent, while it can be taken back.
    pub(crate) held: Option<Held>,
    /// The draft that was thrown away, while it can be given back.
    pub(crate) discarded: Option<Thrown>,
    /// The act, if it may be undone.
    pub(crate) undo: Option<JournalId>,
    /// The bulk that was done, and how many it did.
    pub(crate) bulk: Option<(BulkId, i64)>,
}

/// A letter that waits to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) inquiry: InquiryId,
    pub(crate) message: MessageId,
    pub(crate) seconds: i64,
}

/// A draft that was thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Thrown {
    pub(crate) inquiry: InquiryId,
    pub(crate) what: What,
}

impl Told {
    pub(crate) fn of(deed: Deed) -> Self {
        Self {
            deed,
            number: None,
            composer: None,
            held: None,
            discarded: None,
            undo: None,
            bulk: None,
        }
    }

    pub(crate) fn sentence(&self, scene: &Scene) -> String {
        let number = self.number.map(|number| number.to_string()).unwrap_or_default();
        scene.with(
            self.deed.key(),
            [("number", word(number)), ("count", word(self.bulk.map_or(0, |(_, count)| count)))],
        )
    }

    fn to_text(&self) -> String {
        let number = self.number.map(|number| number.to_string()).unwrap_or_default();
        let held = self.held.map_or(String::new(), |held| {
            format!("{}.{}.{}", held.inquiry, held.message, held.seconds)
        });
        let undo = self.undo.map(|undo| undo.to_string()).unwrap_or_default();
        let composer = self.composer.as_deref().unwrap_or_default();
        let bulk = self.bulk.map(|(id, count)| format!("{id}.{count}")).unwrap_or_default();
        let discarded = self
            .discarded
            .map_or(String::new(), |thrown| format!("{}.{}", thrown.inquiry, thrown.what.word()));
        format!("{}~{number}~{composer}~{held}~{undo}~{bulk}~{discarded}", self.deed.word())
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('~');
        let deed = Deed::from_word(parts.next()?)?;
        let number = parts.next().and_then(|number| number.parse().ok());
        let composer = parts.next().filter(|key| is_key(key)).map(str::to_owned);
        let held = parts.next().and_then(Held::from_text);
        let undo = parts.next().and_then(|undo| undo.parse().ok());
        let bulk = parts.next().and_then(|bulk| bulk.split_once('.'));
        let bulk = bulk.and_then(|(id, count)| Some((id.parse().ok()?, count.parse().ok()?)));
        let discarded = parts.next().and_then(Thrown::from_text);
        Some(Self { deed, number, composer, held, discarded, undo, bulk })
    }

    /// A redirect to `path` that will tell it there.
    pub(crate) fn at(self, web: &Web, path: &str) -> Response {
        let cookie = Cookie::Told.set(&web.settings, &self.to_text(), Some(60));
        let path = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(LOCATION, path), (SET_COOKIE, cookie)]).into_response()
    }
}

impl Held {
    fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (inquiry, message) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { inquiry, message, seconds: parts.next()?.parse().ok()? })
    }
}

impl Thrown {
    fn from_text(text: &str) -> Option<Self> {
        let (inquiry, what) = text.split_once('.')?;
        Some(Self { inquiry: inquiry.parse().ok()?, what: What::from_word(what)? })
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
        let told = Told {
            deed: Deed::Replied,
            number: Some(InquiryNumber::new(2026, 1187)),
            composer: Some("k-1".into()),
            held: Held::from_text("7.8.10"),
            discarded: Thrown::from_text("7.note"),
            undo: Some(JournalId::from_i64(7)),
            bulk: Some((BulkId::from_i64(9), 12)),
        };
        assert_eq!(Told::from_text(&told.to_text()), Some(told));
        assert_eq!(Told::from_text("danced~~"), None);
        assert_eq!(Told::from_text("claimed~x~<b>"), Some(Told::of(Deed::Claimed)));
    }
}
