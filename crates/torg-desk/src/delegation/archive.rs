//! Learning from the archive: inquiries that were done with before the judge was there, or in a way
//! that teaches nothing by itself.
//!
//! The newest of each department are gone through as if the judge had been there when they came, the
//! oldest first: it says where a letter belongs, and only then is told. So what it would have said
//! counts in its history as what it did say does, and it never knew the answer. Done again, it comes
//! to the same; a run that broke off is made anew.

use jiff::SignedDuration;
use torg_core::delegation::{Guess, Mode};
use torg_core::{DepartmentId, Id, JobId, MailboxId, State};
use torg_store::delegation::{self, Ended, FirstLetter};
use torg_store::departments::Mailbox;
use torg_store::{Read, StoreError, Tx, departments, jobs};
use torg_text::answers::Ranker;

use super::Policy;
use super::judging::{guesses, letter_of, open_departments};
use crate::Desk;
use crate::pen::Pen;

/// The job.
pub(crate) const LEARN_ARCHIVE: &str = "delegation-archive";

/// How many inquiries of a department are gone through at most, and of all together.
const OF_DEPARTMENT: usize = 300;
const OF_ALL: usize = 3_000;
/// How many are read, judged and kept at a time: the judge learns from them when it has judged all.
const AT_ONCE: usize = 50;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What the job is told to go through all, also if nothing is new: what was answered while the judge
/// was not asked taught something, and is yet to be held against what it would have said.
const ALL: &str = "all";

/// An inquiry as the archive has it.
struct Old {
    ended: Ended,
    letter: FirstLetter,
    /// Where it came to, if the judge has yet to say what it thinks of it.
    judged_at: Option<DepartmentId>,
}

/// Has the archive learnt as soon as somebody has time.
pub(super) fn learn_archive_now(tx: &mut Tx<'_>, pen: &Pen) -> Result<(), StoreError> {
    jobs::begin_anew(tx, pen.id(), (LEARN_ARCHIVE, LEARN_ARCHIVE), ALL, pen.at())
}

impl Desk {
    /// Learns what the archive has to teach, if the judge is asked and there is any. Comes back in a
    /// day, for archives are brought in later, too, and most inquiries are closed without a word.
    pub(crate) async fn learn_archive(&self, job: JobId, asked: &str) -> Result<(), StoreError> {
        let policy = self.0.reader.read(Policy::now).await?;
        if policy.mode != Mode::Off {
            let ended = self.0.reader.read(move |read| ended(read, policy.reception)).await?;
            if asked == ALL || ended.iter().any(|one| one.is_new) {
                self.go_through(ended, policy.reception).await?;
            }
        }
        let next = (self.now() + DAY).as_microsecond();
        self.0.store.write_bulk(move |tx| jobs::go_on(tx, job, "", next)).await.map(drop)
    }

    async fn go_through(
        &self,
        ended: Vec<Ended>,
        reception: Option<DepartmentId>,
    ) -> Result<(), StoreError> {
        let (mut ranker, at) = (self.untaught_ranker().await?, self.now().as_microsecond());
        let open = self.0.reader.read(open_departments).await?;
        for some in ended.chunks(AT_ONCE) {
            let (some, open) = (some.to_vec(), open.clone());
            let read = move |read: &Read<'_>| old_letters(read, &some, reception);
            let letters = self.0.reader.read(read).await?;
            let judge = move || {
                let judged = judged(&mut ranker, &open, letters);
                (ranker, judged)
            };
            let done = tokio::task::spawn_blocking(judge).await;
            let (taught, judged) =
                done.map_err(|_| StoreError::Bug("a judgement that did not end".into()))?;
            ranker = taught;
            self.0.store.write_bulk(move |tx| keep(tx, &judged)).await?;
        }
        self.0.store.write_bulk(move |tx| delegation::set_archive_learnt(tx, at)).await
    }
}

/// The newest inquiries that tell where they belong, the oldest letter first: what is done with
/// elsewhere than in the reception, and there what was answered.
fn ended(read: &Read<'_>, reception: Option<DepartmentId>) -> Result<Vec<Ended>, StoreError> {
    let newest = i64::try_from(OF_DEPARTMENT).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for department in open_departments(read)? {
        let states = [State::Closed, State::Answered];
        let asked = states.map(|state| delegation::ended_in(read, department, state, newest));
        let mut of_it = Vec::new();
        for asked in asked {
            of_it.extend(asked.get()?);
        }
        of_it.retain(|one| one.is_answered || reception != Some(department));
        of_it.sort_by_key(newest_first);
        of_it.truncate(OF_DEPARTMENT);
        found.extend(of_it);
    }
    found.sort_by_key(newest_first);
    found.truncate(OF_ALL);
    found.sort_by_key(|one| one.message.as_i64());
    Ok(found)
}

fn newest_first(one: &Ended) -> std::cmp::Reverse<(i64, i64)> {
    std::cmp::Reverse((one.at, one.message.as_i64()))
}

fn old_letters(
    read: &Read<'_>,
    ended: &[Ended],
    reception: Option<DepartmentId>,
) -> Result<Vec<Old>, StoreError> {
    let mailboxes = departments::mailboxes(read)?;
    let mut found = Vec::new();
    for ended in ended {
        let Some(letter) = delegation::first_letter(read, ended.inquiry)? else { continue };
        let home = match ended.home {
            Some(home) => Some(home),
            None => home(&mailboxes, &delegation::came_to(read, letter.message)?),
        };
        // Only what came to the reception is ever moved.
        let judged_at = home.filter(|home| ended.is_unjudged && reception == Some(*home));
        found.push(Old { ended: ended.clone(), letter, judged_at });
    }
    Ok(found)
}

/// Where a letter to these addresses comes to; nowhere if they are of several departments.
fn home(mailboxes: &[Mailbox], came_to: &[MailboxId]) -> Option<DepartmentId> {
    let mut homes = mailboxes.iter().filter(|one| came_to.contains(&one.id));
    let first = homes.next()?.department;
    homes.all(|other| other.department == first).then_some(first)
}

/// An inquiry with where the judge would have moved it from and to.
type Judged = (Ended, Option<(DepartmentId, Guess)>);

fn judged(ranker: &mut Ranker, open: &[DepartmentId], letters: Vec<Old>) -> Vec<Judged> {
    let guess = |old: &Old| {
        let home = old.judged_at?;
        let first = guesses(ranker, open, &old.letter).into_iter().next()?;
        (first.department != home).then_some((home, first))
    };
    let guessed: Vec<_> = letters.iter().map(guess).collect();
    for old in &letters {
        ranker.learn_department(&letter_of(&old.letter), &old.ended.department.to_string());
    }
    letters.into_iter().map(|old| old.ended).zip(guessed).collect()
}

fn keep(tx: &mut Tx<'_>, judged: &[Judged]) -> Result<(), StoreError> {
    for (ended, guess) in judged {
        if ended.is_new {
            delegation::learn(tx, ended)?;
        }
        if let Some((home, guess)) = guess {
            delegation::would_have_guessed(tx, ended, *home, guess)?;
        }
    }
    Ok(())
}
