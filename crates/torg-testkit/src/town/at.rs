//! What colleagues do, in their own words.

use torg_core::{Id, InquiryId, Viewer};
use torg_desk::{Refused, Reply};

use super::Town;
use super::people::{Colleague, Department};

/// A colleague at her desk in this town.
pub struct At<'t> {
    pub town: &'t Town,
    pub viewer: Viewer,
}

/// How an act ended.
#[derive(Debug)]
#[must_use]
pub struct Outcome<T>(pub Result<T, Refused>);

impl Colleague {
    /// The colleague at her desk in `town`.
    pub fn at<'t>(&self, town: &'t Town) -> At<'t> {
        let viewer = town.viewer(*self);
        At { town, viewer }
    }
}

impl<T: std::fmt::Debug> Outcome<T> {
    /// # Panics
    /// If it did not.
    #[track_caller]
    pub fn succeeds(self) -> T {
        match self.0 {
            Ok(done) => done,
            Err(refused) => panic!("refused: {refused}"),
        }
    }

    /// # Panics
    /// If it succeeded, or something else stood in the way.
    #[track_caller]
    pub fn is_refused_with(self, expected: impl Into<Refused>) {
        assert_eq!(self.0.map(|done| format!("{done:?}")), Err(expected.into()));
    }
}

impl At<'_> {
    pub async fn claims(&self, id: InquiryId) -> Outcome<()> {
        Outcome(self.town.desk.claim(&self.viewer, id).await)
    }

    pub async fn releases(&self, id: InquiryId) -> Outcome<()> {
        Outcome(self.town.desk.release(&self.viewer, id).await)
    }

    pub async fn assigns(&self, id: InquiryId, to: Colleague) -> Outcome<()> {
        let to = self.town.viewer(to).staff;
        Outcome(self.town.desk.assign(&self.viewer, id, to).await)
    }

    pub async fn refers(&self, id: InquiryId, to: Department, why: &str) -> Outcome<()> {
        self.refer(id, to, why, false).await
    }

    /// Out from behind a wall, expressly.
    pub async fn refers_openly(&self, id: InquiryId, to: Department, why: &str) -> Outcome<()> {
        self.refer(id, to, why, true).await
    }

    async fn refer(&self, id: InquiryId, to: Department, why: &str, opens: bool) -> Outcome<()> {
        let (to, why) = (self.town.department(to), why.to_owned());
        Outcome(self.town.desk.refer(&self.viewer, id, to, why, opens).await)
    }

    /// Answers with everything before her eyes, and sends it.
    pub async fn replies(&self, id: InquiryId, text: &str) -> Outcome<torg_core::MessageId> {
        let seen = self.town.newest_position(id).await;
        self.replies_with(id, self.reply(text, seen)).await
    }

    /// Answers as the form says; the mail waits in the outbox.
    pub async fn replies_with(&self, id: InquiryId, reply: Reply) -> Outcome<torg_core::MessageId> {
        Outcome(self.town.desk.reply(&self.viewer, id, reply).await)
    }

    /// A form as her page would fill it in, having seen the inquiry up to `seen`.
    pub fn reply(&self, text: &str, seen: i64) -> Reply {
        Reply {
            text: text.to_owned(),
            seen,
            anyway: false,
            key: self.town.fresh_key(),
            ..Reply::default()
        }
    }

    pub async fn notes(&self, id: InquiryId, text: &str) -> Outcome<torg_core::MessageId> {
        let (text, key) = (text.to_owned(), self.town.fresh_key());
        Outcome(self.town.desk.note(&self.viewer, id, text, key, 0).await)
    }

    pub async fn marks_urgent(&self, id: InquiryId, urgent: bool) -> Outcome<()> {
        Outcome(self.town.desk.mark_urgent(&self.viewer, id, urgent).await)
    }

    pub async fn closes(&self, id: InquiryId) -> Outcome<()> {
        Outcome(self.town.desk.close(&self.viewer, id).await)
    }

    pub async fn reopens(&self, id: InquiryId) -> Outcome<()> {
        Outcome(self.town.desk.reopen(&self.viewer, id).await)
    }

    pub async fn confirms_link(&self, id: InquiryId, other: InquiryId) -> Outcome<()> {
        Outcome(self.town.desk.confirm_link(&self.viewer, id, other).await)
    }

    pub async fn dismisses_link(&self, id: InquiryId, other: InquiryId) -> Outcome<()> {
        Outcome(self.town.desk.dismiss_link(&self.viewer, id, other).await)
    }

    pub async fn sends_again(&self, message: torg_core::MessageId) -> Outcome<()> {
        Outcome(self.town.desk.send_again(&self.viewer, message).await)
    }

    pub async fn retries(&self, arrival: torg_core::ArrivalId) -> Outcome<()> {
        Outcome(self.town.desk.retry_arrival(&self.viewer, arrival).await)
    }

    /// Opens the inquiry's page and reads all of it; `false` if there is none for her.
    ///
    /// # Panics
    /// If the database does not answer.
    pub async fn reads(&self, id: InquiryId) -> bool {
        let upto = self.town.newest_position(id).await;
        let looked = self.town.desk.look(&self.viewer, id, upto).await;
        looked.expect("the database answers")
    }
}

impl Town {
    /// A key as a composer makes it, another one each time.
    pub fn fresh_key(&self) -> String {
        let id: torg_core::MessageId = KEYS.next(0);
        format!("key-{}", id.as_i64())
    }
}

static KEYS: std::sync::LazyLock<torg_core::IdMaker> =
    std::sync::LazyLock::new(|| torg_core::IdMaker::new(0));
