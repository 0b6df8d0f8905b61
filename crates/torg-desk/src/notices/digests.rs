//! The mail digest: what somebody has not seen, in her language, when she asked for it. Sending it
//! and setting when the next one is due are one transaction, so that one that broke off is sent
//! once.

use jiff::{SignedDuration, Timestamp};
use torg_core::{Id, JobId, Language, NoticeKind, StaffId};
use torg_store::notices::{self, NoticeRow, Wishes};
use torg_store::staff::Managed;
use torg_store::{StoreError, Tx, jobs, staff};

use super::until;
use crate::pen::Pen;
use crate::sending::Letterhead;
use crate::{Desk, house_mail};

/// The job that sends digests.
pub(crate) const DIGESTS: &str = "notices.digests";
/// How many are looked at in a round.
const A_ROUND: i64 = 200;
/// How many notices a digest lists; how many more there are, it says.
const MOST_LISTED: usize = 20;
/// How many it looks at.
const MOST_READ: i64 = 200;

impl Desk {
    /// Sends the digests that are due, and comes back in half a minute.
    pub(crate) async fn send_digests(&self, job: JobId) -> Result<(), StoreError> {
        let now = self.now().as_microsecond();
        let due = self.0.reader.read(move |read| notices::due_digests(read, now, A_ROUND)).await?;
        let is_all = due.len() < usize::try_from(A_ROUND).unwrap_or(0);
        for her in due {
            let (pen, letterhead) = (self.pen(), self.letterhead());
            let url = self.about().public_url.clone();
            self.0.store.write_bulk(move |tx| digest(tx, &pen, &letterhead, &url, her)).await?;
        }
        let pause = SignedDuration::from_secs(if is_all { 30 } else { 0 });
        let again = (self.now() + pause).as_microsecond();
        self.0.store.write_bulk(move |tx| jobs::postpone(tx, job, again, None)).await
    }
}

fn digest(
    tx: &mut Tx<'_>,
    pen: &Pen,
    letterhead: &Letterhead,
    url: &str,
    her: StaffId,
) -> Result<(), StoreError> {
    let Wishes { quiet, digest, .. } = notices::wishes(tx, her)?;
    if let Some(until) = until(quiet, pen.now, &pen.zone) {
        notices::next_digest(tx, her, pen.at(), Some(until))?;
        return Ok(());
    }
    let next = digest.next(pen.now, &pen.zone).map(Timestamp::as_microsecond);
    if !notices::next_digest(tx, her, pen.at(), next)? {
        return Ok(());
    }
    let (Some(viewer), Some(her)) = (staff::viewer(tx, her)?, staff::managed_one(tx, her)?) else {
        return Ok(());
    };
    let unseen = notices::unmailed(tx, &viewer, MOST_READ)?;
    let Some(newest) = unseen.first() else { return Ok(()) };
    notices::set_mailed(tx, her.id, newest.id, pen.at())?;
    let (subject, text) = written(&her, letterhead, url, &unseen);
    house_mail::send(tx, pen, letterhead, &her, subject, text)
}

/// Subject and text.
fn written(
    her: &Managed,
    letterhead: &Letterhead,
    url: &str,
    unseen: &[NoticeRow],
) -> (String, String) {
    let words = Words::of(her.language.parse().unwrap_or(letterhead.language));
    let list: Vec<String> =
        unseen.iter().take(MOST_LISTED).map(|notice| words.line(notice, url)).collect();
    let more = unseen.len().saturating_sub(MOST_LISTED);
    let more = if more == 0 {
        String::new()
    } else {
        words.of_key("more", "").replace("{count}", &more.to_string())
    };
    let fill = |text: &str| {
        text.replace("{name}", &her.name)
            .replace("{town}", &letterhead.town)
            .replace("{count}", &unseen.len().to_string())
            .replace("{all}", &format!("{url}/notices"))
            .replace("{settings}", &format!("{url}/account/notices"))
            .replace("{more}", &more)
            // What citizens wrote is filled in last, so that braces in it stay theirs.
            .replace("{list}", &list.join("\n"))
    };
    let text = fill(words.text).replace("\n\n\n", "\n\n");
    (fill(words.subject), text)
}

/// The words of a language: a subject, the text, and after a line of its own a sentence a kind.
struct Words {
    subject: &'static str,
    text: &'static str,
    kinds: &'static str,
}

impl Words {
    fn of(language: Language) -> Self {
        let whole = match language {
            Language::Da => include_str!("../../texts/digest.da.txt"),
            Language::Nb => include_str!("../../texts/digest.nb.txt"),
            Language::Nn => include_str!("../../texts/digest.nn.txt"),
            Language::Sv => include_str!("../../texts/digest.sv.txt"),
            Language::En => include_str!("../../texts/digest.en.txt"),
        };
        let (subject, rest) = whole.split_once('\n').unwrap_or((whole, ""));
        let (text, kinds) = rest.split_once("\n====\n").unwrap_or((rest, ""));
        Self { subject: subject.trim(), text: text.trim(), kinds }
    }

    /// The sentence of a key, with or without somebody's name in it.
    fn of_key(&self, key: &str, by: &str) -> String {
        let found = self.kinds.lines().filter_map(|line| line.split_once(": "));
        let named = format!("{key}-by");
        let sentence =
            |key: &str| found.clone().find(|(word, _)| *word == key).map(|(_, text)| text);
        let with_name = sentence(&named).filter(|_| !by.is_empty());
        with_name.or(sentence(key)).unwrap_or_default().replace("{by}", by)
    }

    /// A notice in two lines: what happened to which, and where. What lies behind a wall says no
    /// more than its number, for a mail leaves the wall.
    fn line(&self, notice: &NoticeRow, url: &str) -> String {
        let by = notice.by.as_ref().map_or("", |by| by.name.as_str());
        let author = notice.author.as_deref().filter(|_| !notice.restricted);
        let by = if notice.kind == NoticeKind::Letter { author.unwrap_or_default() } else { by };
        let what = self.of_key(notice.kind.word(), by);
        let subject = if notice.restricted { "" } else { notice.subject.as_str() };
        let subject = subject.replace(['\r', '\n'], " ");
        let (number, id) = (notice.number, notice.inquiry.as_i64());
        format!("- {what}: {number} {subject}\n  {url}/inquiries/{id}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_words_for_every_kind() {
        for language in Language::ALL {
            let words = Words::of(language);
            for blank in ["{name}", "{list}", "{more}", "{all}", "{settings}"] {
                assert!(words.text.contains(blank), "{language:?} lacks {blank}");
            }
            assert!(words.subject.contains("{count}"));
            for kind in NoticeKind::ALL {
                let said = words.of_key(kind.word(), "Bo");
                assert!(said.len() > 3 && !said.contains('{'), "{language:?} {kind:?}: {said}");
            }
            assert!(words.of_key("more", "").contains("{count}"));
        }
    }
}
