//! A long day: a seeded walk of people doing whatever comes to their mind. However it went, the
//! town adds up in the evening.

use jiff::SignedDuration;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use torg_core::InquiryId;
use torg_desk::{Refused, Reply, Then};
use torg_store::StoreError;
use torg_testkit::relay::{Mood, Taken};
use torg_testkit::stories;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::{AINO, COLLEAGUES, Citizen, DEPARTMENTS, EINAR, INGRID};
use torg_testkit::town::{Outcome, Town};

stories![a_quiet_day, a_busy_day, a_day_with_a_bad_relay];

async fn a_quiet_day(town: &Town) {
    walk(town, 1, 80, &[Mood::Takes]).await;
}

async fn a_busy_day(town: &Town) {
    walk(town, 2, 250, &[Mood::Takes]).await;
}

async fn a_day_with_a_bad_relay(town: &Town) {
    let moods = [Mood::Takes, Mood::Busy, Mood::Refuses, Mood::Down, Mood::DiesAtTheEnd];
    walk(town, 3, 150, &moods).await;
}

struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        usize::try_from(self.0.next_u64() % sides as u64).unwrap()
    }

    fn one_of<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        (!of.is_empty()).then(|| of[self.below(of.len())].clone())
    }
}

async fn walk(town: &Town, seed: u64, steps: usize, moods: &[Mood]) {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    for step in 0..steps {
        town.relay.is(dice.one_of(moods).unwrap());
        match dice.below(10) {
            0..3 => mail(town, &mut dice, step).await,
            3 => town.works().await,
            4 => town.passes(SignedDuration::from_mins(17)),
            5 => membership(town, &mut dice).await,
            _ => act(town, &mut dice).await,
        }
        if step % 50 == 49 {
            assert_eq!(town.broken_chains().await, Vec::<String>::new(), "step {step}");
        }
    }
    town.relay.is(Mood::Takes);
    town.passes(SignedDuration::from_hours(2));
}

async fn mail(town: &Town, dice: &mut Dice, step: usize) {
    let citizen = dice.one_of(&[AINO, EINAR, INGRID]).unwrap();
    let taken = dice.one_of(&town.relay.taken());
    let mail = match (dice.below(8), taken) {
        (0..3, Some(letter)) => of_letter(dice, citizen, &letter, step),
        (3, _) => Mail::raw(b"not a letter"),
        (4, _) => citizen.writes(&format!("Re: Letter {}", dice.below(step + 1))),
        _ => citizen.writes(&format!("Letter {step}")),
    };
    let mut mail = if dice.below(2) == 0 { mail } else { mail.to(address(dice)) };
    for _ in 0..dice.below(3) {
        mail = mail.and_to(address(dice));
    }
    let copies = if dice.below(5) == 0 { 2 } else { 1 };
    for _ in 0..copies {
        town.receives(mail.clone()).await.unwrap();
    }
    town.files().await;
}

fn address(dice: &mut Dice) -> &'static str {
    dice.one_of(&DEPARTMENTS).unwrap().address
}

fn of_letter(dice: &mut Dice, citizen: Citizen, letter: &Taken, step: usize) -> Mail {
    match dice.below(5) {
        0 => Mail::bounce_of(letter, "failed"),
        1 => Mail::bounce_of(letter, "delayed"),
        2 => citizen.is_away(letter),
        _ => citizen.answers(letter, &format!("And then, {step}.")),
    }
}

async fn membership(town: &Town, dice: &mut Dice) {
    let colleague = dice.one_of(&COLLEAGUES).unwrap();
    let department = dice.one_of(&DEPARTMENTS).unwrap();
    let member = dice.below(2) == 0;
    let changed = town.desk.set_membership(colleague.email, department.name, member);
    changed.await.unwrap();
}

async fn act(town: &Town, dice: &mut Dice) {
    let Some(id) = dice.one_of(&town.inquiries().await) else {
        return;
    };
    let (who, other) = (dice.one_of(&COLLEAGUES).unwrap(), dice.one_of(&COLLEAGUES).unwrap());
    let (her, department) = (who.at(town), dice.one_of(&DEPARTMENTS).unwrap());
    match dice.below(11) {
        0 | 1 => may_be_refused(her.claims(id).await),
        2 => may_be_refused(her.releases(id).await),
        3 => may_be_refused(her.assigns(id, other).await),
        4 => may_be_refused(her.refers(id, department, "theirs").await),
        5 => may_be_refused(her.refers_openly(id, department, "theirs").await),
        6 => may_be_refused(her.closes(id).await),
        7 => may_be_refused(her.reopens(id).await),
        8 => may_be_refused(her.marks_urgent(id, dice.below(2) == 0).await),
        9 => may_be_refused(her.notes(id, "Hm.").await),
        _ => reply(town, dice, id, &her).await,
    }
}

async fn reply(town: &Town, dice: &mut Dice, id: InquiryId, her: &torg_testkit::town::At<'_>) {
    let seen = i64::try_from(dice.below(4)).unwrap();
    let (anyway, closes) = (dice.below(2) == 0, dice.below(4) == 0);
    let then = if closes { Then::Closed } else { Then::Answered };
    let reply = Reply { anyway, then, ..her.reply("We look into it.", seen) };
    let sent = her.replies_with(id, reply).await;
    if let (Ok(message), true) = (&sent.0, dice.below(2) == 0) {
        town.sends().await;
        may_be_refused(her.sends_again(*message).await);
    }
    may_be_refused(sent);
}

/// Refusals are part of a day; failures of the database are not.
fn may_be_refused<T>(outcome: Outcome<T>) {
    if let Err(Refused::Store(error)) = outcome.0 {
        let error: StoreError = error;
        panic!("{error}");
    }
}
