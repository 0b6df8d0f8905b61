//! Judging a letter: what it is made of, beside filing; whom it is from, in filing's transaction.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use torg_core::person::readable;
use torg_core::spam::{Finding, Findings, Judged, Reason, Verdict};
use torg_core::threading::{By, Threading};
use torg_core::{Kind, PersonId};
use torg_store::departments::{self, Mailbox};
use torg_store::persons::Known;
use torg_store::{Read, StoreError, spam};
use torg_text::spam::{Circumstances, Delta, Example, Judge, Judgement, Seed};

use super::asking::Asking;
use super::shown;
use super::telling::Budget;

/// What is needed to judge, read once for a batch of arrivals.
#[derive(Debug, Clone, Default)]
pub(crate) struct Judging {
    pub(crate) delta: Arc<Delta>,
    pub(crate) house: Arc<House>,
    pub(crate) budget: Budget,
    pub(crate) asking: Arc<Asking>,
}

/// What the judge is told of the municipality.
#[derive(Debug, Clone, Default)]
pub(crate) struct House {
    /// The domains of our addresses, in every spelling a header may have.
    domains: Vec<String>,
    /// In whose name money may be asked for.
    leaders: Vec<String>,
}

impl House {
    pub(crate) fn read(read: &Read<'_>) -> Result<Self, StoreError> {
        let ours = departments::mailboxes(read)?;
        let spellings = |mailbox: &Mailbox| [mailbox.address.clone(), readable(&mailbox.address)];
        let domain = |address: String| Some(address.rsplit_once('@')?.1.to_owned());
        let mut domains: Vec<String> = ours.iter().flat_map(spellings).filter_map(domain).collect();
        domains.sort();
        domains.dedup();
        Ok(Self { domains, leaders: spam::leaders(read)? })
    }

    fn told<T>(&self, found: Option<&Findings>, judge: impl FnOnce(&Circumstances<'_>) -> T) -> T {
        let domains: Vec<&str> = self.domains.iter().map(String::as_str).collect();
        let leaders: Vec<&str> = self.leaders.iter().map(String::as_str).collect();
        let opinion = found.and_then(|found| found.opinion.as_ref());
        let symbols = opinion.filter(|opinion| opinion.is_suspicious);
        let symbols = symbols.map(|opinion| opinion.symbols.join(" "));
        judge(&Circumstances {
            own_domains: &domains,
            leaders: &leaders,
            authentication: &found.map_or(Vec::new(), authentication),
            disowned_by: found.and_then(Findings::disowned_by),
            suspected_for: symbols.as_deref(),
            ..Circumstances::default()
        })
    }

    /// What there is to learn from a mail.
    pub(super) fn example(
        &self,
        judge: &mut Judge,
        raw: &[u8],
        found: Option<&Findings>,
        is_spam: bool,
    ) -> Example {
        self.told(found, |house| shown(raw, |mail| judge.example(mail, house, is_spam)))
    }
}

impl Judging {
    /// What the judge says of a mail, knowing nothing of its sender but what was `found` out. A judge
    /// that falls over says nothing, and the letter is filed all the same.
    pub(crate) fn judge(
        &self,
        judge: &mut Judge,
        kind: Kind,
        raw: &[u8],
        found: Option<&Findings>,
    ) -> Option<Judged> {
        if matches!(kind, Kind::Bounce | Kind::Vacation) {
            return None;
        }
        let seed = Seed::shipped();
        let judged = catch_unwind(AssertUnwindSafe(|| {
            self.house
                .told(found, |house| shown(raw, |mail| judge.judge(seed, &self.delta, mail, house)))
        }));
        let Ok(judged) = judged else {
            *judge = Judge::default();
            return None;
        };
        Some(self.within_budget(said(judged)))
    }

    /// Where nothing may be lost, nothing goes to the spam folder.
    fn within_budget(&self, judged: Judged) -> Judged {
        match judged.verdict {
            Verdict::Spam if self.budget == Budget::Nothing => {
                Judged { verdict: Verdict::Perhaps, ..judged }
            }
            _ => judged,
        }
    }
}

fn said(judgement: Judgement) -> Judged {
    let verdict = match judgement.verdict {
        torg_text::spam::Verdict::Inbox => Verdict::Inbox,
        torg_text::spam::Verdict::Unsure => Verdict::Unsure,
        torg_text::spam::Verdict::Perhaps => Verdict::Perhaps,
        torg_text::spam::Verdict::Spam => Verdict::Spam,
    };
    let reason = |reason: torg_text::spam::Reason| Reason {
        key: reason.key.to_owned(),
        seen: reason.seen.replace('\0', ""),
        weight: reason.weight,
    };
    #[expect(clippy::cast_possible_truncation, reason = "a score is between 0 and 1")]
    let score = (judgement.score * 1_000_000.0) as i64;
    Judged { verdict, score, reasons: judgement.reasons.into_iter().map(reason).collect() }
}

/// What is said of the sender in the judge's words. That a domain says nothing is no evidence.
fn authentication(found: &Findings) -> Vec<&'static str> {
    let Some(origin) = &found.origin else { return Vec::new() };
    let mut said = Vec::new();
    if matches!(origin.spf, Finding::Fail | Finding::Weak) {
        said.push("spf=fail");
    }
    if origin.dkim == Finding::Fail {
        said.push("dkim=fail");
    }
    match origin.dmarc {
        Finding::Fail => said.push("dmarc=fail"),
        Finding::Pass => said.push("dmarc=pass"),
        Finding::Weak | Finding::None | Finding::Unknown => {}
    }
    said
}

/// Whom a letter is from, as far as that is known, and what it answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Acquaintance {
    pub(crate) person: Option<PersonId>,
    /// It answers a letter of ours beyond doubt.
    pub(crate) is_proven: bool,
}

impl Acquaintance {
    pub(crate) fn of(sender: Option<Known>, threading: Threading) -> Self {
        let is_proven = matches!(threading, Threading::Join(_, By::OwnMessageId | By::PlusAddress));
        Self { person: sender.map(|known| known.person), is_proven }
    }

    /// What the judge said, once this is known. A sender whose domain disowns the letter is not taken
    /// for the one we know.
    pub(crate) fn settles(
        self,
        read: &Read<'_>,
        judged: Judged,
        found: Option<&Findings>,
    ) -> Result<Judged, StoreError> {
        if judged.verdict < Verdict::Perhaps {
            return Ok(judged);
        }
        if self.is_proven {
            return Ok(judged.of_acquaintance("known-conversation"));
        }
        let is_disowned = found.is_some_and(|found| found.disowned_by().is_some());
        let is_answered = match self.person.filter(|_| !is_disowned) {
            Some(person) => spam::was_answered(read, person)?,
            None => false,
        };
        Ok(if is_answered { judged.of_acquaintance("answered-sender") } else { judged })
    }
}
