//! The outbox: what was written is sent until it is sent, always with the same Message-ID.

use jiff::SignedDuration;
use torg_core::{InquiryId, MessageId, SendState, State};
use torg_desk::{Envelope, Refused, RelayChoice, Reply, Sent};
use torg_store::folders::Folder;
use torg_testkit::relay::Mood;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{ADA, AINO, BO, DAGNY, KAJA, SIGRID, WELFARE};

stories! {
    plan without_receipts;
    a_relay_that_is_down_for_a_day_gets_the_mail_once_it_is_up,
    a_busy_relay_is_asked_again,
    what_the_relay_refuses_for_good_is_shown_as_trouble,
    a_recipient_the_relay_refuses_keeps_the_answer_from_nobody_else,
    a_given_up_answer_is_sent_again_by_hand,
    after_five_days_an_answer_is_given_up,
    when_the_line_breaks_at_the_end_the_same_mail_is_sent_again,
    two_who_send_at_once_send_once,
    what_a_killed_process_was_sending_waits_a_minute_at_most,
    a_hundred_answers_leave_in_one_go,
    the_password_of_one_relay_is_not_given_to_another,
    another_relay_leaves_time_to_take_back_what_was_just_sent,
}
stories! {
    plan without_relay;
    without_a_relay_mail_waits,
}

/// Who moved away, and has no mailbox any more.
const GONE: &str = "gone@firm.example";

async fn answered(town: &Town) -> (InquiryId, MessageId) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let answer = BO.at(town).replies(lamp, "We mend it tomorrow.").await;
    (lamp, answer.succeeds())
}

async fn state(town: &Town, lamp: InquiryId) -> (SendState, Option<String>) {
    let message = town.messages_of(BO, lamp).await.pop().unwrap();
    (message.send_state, message.send_error)
}

async fn a_relay_that_is_down_for_a_day_gets_the_mail_once_it_is_up(town: &Town) {
    town.relay.is(Mood::Down);
    let (lamp, _) = answered(town).await;
    let mut tries = 0;
    for _ in 0..24 * 12 {
        tries += town.sends().await.postponed;
        town.passes(SignedDuration::from_mins(5));
    }
    assert!((20..40).contains(&tries), "{tries} tries in a day");
    let (waiting, why) = state(town, lamp).await;
    assert_eq!(waiting, SendState::Waiting);
    assert!(why.is_some_and(|why| !why.is_empty()), "her colleagues are told why");
    let (_, oldest) = town.desk.waiting_seconds().await.unwrap();
    assert_eq!(oldest, 24 * 3600);

    town.relay.is(Mood::Takes);
    town.passes(SignedDuration::from_hours(1));
    assert_eq!(town.sends().await, Sent { sent: 1, postponed: 0, failed: 0 });
    town.passes(SignedDuration::from_hours(1));
    assert_eq!(town.sends().await, Sent::default());
    assert_eq!(town.answers_to(AINO).len(), 1);
    assert_eq!(state(town, lamp).await, (SendState::Sent, None));
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal.iter().filter(|line| *line == "sent").count(), 1);
    assert_eq!(town.state_of(lamp).await.0, State::Answered);
}

async fn a_busy_relay_is_asked_again(town: &Town) {
    town.relay.is(Mood::Busy);
    let (lamp, _) = answered(town).await;
    assert_eq!(town.sends().await, Sent { sent: 0, postponed: 1, failed: 0 });
    assert_eq!(town.sends().await, Sent::default(), "not at once");
    town.relay.is(Mood::Takes);
    town.passes(SignedDuration::from_mins(1));
    assert_eq!(town.sends().await.sent, 1);
    assert_eq!(state(town, lamp).await.0, SendState::Sent);
}

async fn what_the_relay_refuses_for_good_is_shown_as_trouble(town: &Town) {
    town.relay.is(Mood::Refuses);
    let (lamp, _) = answered(town).await;
    let mut listening = town.listens();
    assert_eq!(town.sends().await, Sent { sent: 0, postponed: 0, failed: 1 });
    assert!(!listening().is_empty(), "open pages are told");
    let (failed, why) = state(town, lamp).await;
    assert_eq!(failed, SendState::Failed);
    assert!(why.unwrap().contains("nobody here by that name"));
    let rows = town.rows_of(BO, Folder::Mine).await;
    assert!(rows[0].trouble, "it is Bo's turn again");
    let journal = town.journal_of(lamp).await;
    assert!(journal.last().unwrap().starts_with("not-sent: "), "{journal:?}");
    town.passes(SignedDuration::from_hours(48));
    assert_eq!(town.sends().await, Sent::default(), "and it is not tried again");
}

async fn a_recipient_the_relay_refuses_keeps_the_answer_from_nobody_else(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let to = Some(AINO.address.into());
    let envelope = Envelope { to, cc: GONE.into(), ..Envelope::default() };
    let answer = Reply { envelope, ..bo.reply("We mend it tomorrow.", 1) };
    let answer = bo.replies_with(lamp, answer).await.succeeds();

    town.relay.is(Mood::BusyForOne(GONE));
    assert_eq!(town.sends().await, Sent { sent: 0, postponed: 1, failed: 0 });
    town.relay.is(Mood::RefusesOne(GONE));
    town.passes(SignedDuration::from_mins(1));
    assert_eq!(town.sends().await, Sent { sent: 0, postponed: 0, failed: 1 });
    assert_eq!(town.answers_to(AINO).len(), 1, "she has it once");
    let (failed, why) = state(town, lamp).await;
    assert_eq!(failed, SendState::Failed);
    let why = why.unwrap();
    assert!(why.contains(GONE) && !why.contains(AINO.address), "{why}");
    assert!(town.rows_of(BO, Folder::Mine).await[0].trouble, "it is Bo's turn again");

    town.relay.is(Mood::Takes);
    bo.sends_again(answer).await.succeeds();
    assert_eq!(town.sends().await.sent, 1);
    let recipients: Vec<_> = town.relay.taken().into_iter().map(|taken| taken.recipients).collect();
    assert_eq!(recipients, [[AINO.address], [GONE]]);
    assert_eq!(state(town, lamp).await, (SendState::Sent, None));
}

async fn a_given_up_answer_is_sent_again_by_hand(town: &Town) {
    town.relay.is(Mood::Refuses);
    let (lamp, answer) = answered(town).await;
    let child = town.gets(AINO.writes("My child").to(WELFARE.address)).await;
    let secret = SIGRID.at(town).replies(child, "Come by.").await.succeeds();
    town.sends().await;
    BO.at(town).sends_again(secret).await.is_refused_with(Refused::NotFound);

    town.relay.is(Mood::Takes);
    DAGNY.at(town).sends_again(answer).await.succeeds();
    assert_eq!(state(town, lamp).await, (SendState::Waiting, None));
    DAGNY.at(town).sends_again(answer).await.is_refused_with(Refused::TooLate);
    town.sends().await;
    assert_eq!(state(town, lamp).await, (SendState::Sent, None));
    assert_eq!(town.answers_to(AINO).len(), 1);
    assert!(!town.rows_of(BO, Folder::Mine).await.iter().any(|row| row.trouble));
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal[journal.len() - 2..], ["retried by Dagny", "sent"]);
}

async fn what_a_killed_process_was_sending_waits_a_minute_at_most(town: &Town) {
    answered(town).await;
    let until = (town.now() + SignedDuration::from_secs(60)).as_microsecond();
    town.tampers(&format!("update outbox set lease_until = {until}, attempts = 1")).await;
    assert_eq!(town.sends().await, Sent::default(), "another process may be sending it");
    // An embedded database has one process, and this one begins now.
    town.desk.take_back_mails().await.unwrap();
    if town.is_embedded() {
        assert_eq!(town.sends().await.sent, 1);
        return;
    }
    assert_eq!(town.sends().await, Sent::default());
    town.passes(SignedDuration::from_secs(60));
    assert_eq!(town.sends().await.sent, 1);
}

async fn after_five_days_an_answer_is_given_up(town: &Town) {
    town.relay.is(Mood::Down);
    let (lamp, answer) = answered(town).await;
    for _ in 0..5 * 24 + 2 {
        town.sends().await;
        town.passes(SignedDuration::from_hours(1));
    }
    assert_eq!(state(town, lamp).await.0, SendState::Failed);
    // Sent again by hand, it has patience again.
    KAJA.at(town).sends_again(answer).await.succeeds();
    assert_eq!(town.sends().await, Sent { sent: 0, postponed: 1, failed: 0 });
    town.relay.is(Mood::Takes);
    town.passes(SignedDuration::from_hours(1));
    assert_eq!(town.sends().await.sent, 1);
}

async fn when_the_line_breaks_at_the_end_the_same_mail_is_sent_again(town: &Town) {
    town.relay.is(Mood::DiesAtTheEnd);
    let (lamp, _) = answered(town).await;
    assert_eq!(town.sends().await.postponed, 1);
    assert_eq!(state(town, lamp).await.0, SendState::Waiting);
    town.relay.is(Mood::Takes);
    town.passes(SignedDuration::from_mins(1));
    assert_eq!(town.sends().await.sent, 1);
    let [first, second] = &town.answers_to(AINO)[..] else {
        panic!("the relay took it twice");
    };
    assert_eq!((first.id(), &first.raw), (second.id(), &second.raw));
}

async fn two_who_send_at_once_send_once(town: &Town) {
    let (_, _) = answered(town).await;
    let all = futures::future::join_all((0..8).map(|_| town.desk.send_due())).await;
    let sent: usize = all.into_iter().map(|round| round.unwrap().sent).sum();
    assert_eq!((sent, town.answers_to(AINO).len()), (1, 1));
}

async fn a_hundred_answers_leave_in_one_go(town: &Town) {
    for number in 0..100 {
        let lamp = town.mail_from(AINO, &format!("Lamp {number} is out")).await;
        BO.at(town).replies(lamp, &format!("We mend lamp {number}.")).await.succeeds();
    }
    assert_eq!(town.sends().await, Sent { sent: 100, postponed: 0, failed: 0 });
    let mut ids: Vec<String> = town.answers_to(AINO).iter().map(|answer| answer.id()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 100);
}

async fn without_a_relay_mail_waits(town: &Town) {
    let (lamp, _) = answered(town).await;
    assert_eq!(town.sends().await.postponed, 1);
    assert_eq!(state(town, lamp).await.0, SendState::Waiting);
    // Given up in the end, so that the town can close.
    town.passes(SignedDuration::from_hours(6 * 24));
    assert_eq!(town.sends().await.failed, 1);
}

fn relay(host: &str, password: Option<&str>) -> RelayChoice {
    let (tls, user) = ("none".to_owned(), "torg".to_owned());
    RelayChoice { host: host.into(), port: 25, tls, user, password: password.map(Into::into) }
}

async fn the_password_of_one_relay_is_not_given_to_another(town: &Town) {
    let ada = town.viewer(ADA);
    town.desk.set_relay(&ada, relay("one.example", Some("secret"))).await.unwrap();
    assert!(town.desk.relay_state().await.unwrap().has_password);
    town.desk.set_relay(&ada, relay("ONE.example", None)).await.unwrap();
    assert!(town.desk.relay_state().await.unwrap().has_password, "it is the same relay");
    town.desk.set_relay(&ada, relay("two.example", None)).await.unwrap();
    assert!(!town.desk.relay_state().await.unwrap().has_password, "it is another one");
}

async fn another_relay_leaves_time_to_take_back_what_was_just_sent(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp is out").await;
    town.sends().await;
    let bo = BO.at(town);
    let envelope = Envelope { hold_seconds: 10, ..Envelope::default() };
    let held = Reply { envelope, ..bo.reply("Tomorrow.", 1) };
    let message = bo.replies_with(lamp, held).await.succeeds();
    town.desk.set_relay(&town.viewer(ADA), relay("one.example", None)).await.unwrap();
    assert_eq!(town.sends().await, Sent::default(), "it is still hers");
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
}
