//! What machines send: vacation notices, bounces and delays.

use torg_core::{Kind, SendState, State};
use torg_store::folders::Folder;
use torg_testkit::relay::Taken;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::{AINO, BO, CITIZEN_SERVICE, EINAR, KAJA};

stories![
    a_vacation_notice_wakes_nothing,
    a_bounce_marks_the_answer_and_opens_the_inquiry,
    a_delay_breaks_nothing,
    a_bounce_of_a_receipt_is_no_trouble_with_an_answer,
    a_bounce_of_something_unknown_is_kept,
    newsletters_are_kept_apart_from_letters,
];

/// Bo has answered Aino. The inquiry, and his answer.
async fn answered(town: &Town) -> (torg_core::InquiryId, Taken) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).replies(lamp, "We mend it tomorrow.").await.succeeds();
    town.sends().await;
    (lamp, town.answers_to(AINO).pop().unwrap())
}

async fn a_vacation_notice_wakes_nothing(town: &Town) {
    let (lamp, answer) = answered(town).await;
    let before = town.rows_of(BO, Folder::Waiting).await;
    assert_eq!(town.gets(AINO.is_away(&answer)).await, lamp);
    assert_eq!(town.state_of(lamp).await.0, State::Answered);
    let after = town.rows_of(BO, Folder::Waiting).await;
    assert_eq!(after[0].last_at, before[0].last_at);
    assert_eq!(after[0].snippet, before[0].snippet);

    BO.at(town).closes(lamp).await.succeeds();
    let again = AINO.is_away(&answer).saying("I am away until Tuesday.");
    assert_eq!(town.gets(again).await, lamp);
    assert_eq!(town.state_of(lamp).await.0, State::Closed);
    let messages = town.messages_of(BO, lamp).await;
    assert_eq!(messages.last().unwrap().kind, Kind::Vacation, "but it can be read");
    assert_eq!(town.length_of(lamp).await, 4);
    // The same words by a human do.
    assert_eq!(town.gets(AINO.answers(&answer, "I am away until Monday.")).await, lamp);
    assert_eq!(town.state_of(lamp).await.0, State::Open);
}

async fn a_bounce_marks_the_answer_and_opens_the_inquiry(town: &Town) {
    let (lamp, answer) = answered(town).await;
    let bounce = Mail::bounce_of(&answer, "failed");
    assert_eq!(town.gets(bounce.clone()).await, lamp);

    let messages = town.messages_of(BO, lamp).await;
    let bounced = &messages[1];
    assert_eq!(bounced.send_state, SendState::Bounced);
    assert!(bounced.send_error.as_deref().unwrap().contains("no such mailbox"));
    assert_eq!(messages[2].kind, Kind::Bounce);
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Bo".into())));
    let rows = town.rows_of(BO, Folder::Mine).await;
    assert!(rows[0].trouble && rows[0].unread);
    let journal = town.journal_of(lamp).await;
    assert!(journal.last().unwrap().starts_with("bounced: "), "{journal:?}");
    // The citizen stays whom answers go to, and the mail server becomes nobody.
    let page = town.page_of(BO, lamp).await.unwrap();
    assert_eq!(page.recipient.unwrap().address, AINO.address);
    assert_eq!(page.person.unwrap().name, AINO.name);

    BO.at(town).replies(lamp, "Once more: tomorrow.").await.succeeds();
    assert!(!town.rows_of(BO, Folder::Waiting).await[0].trouble, "mended by the next answer");
    assert_eq!(town.gets(bounce).await, lamp);
    assert_eq!(town.length_of(lamp).await, 4, "the same bounce once more says nothing new");
}

async fn a_delay_breaks_nothing(town: &Town) {
    let (lamp, answer) = answered(town).await;
    assert_eq!(town.gets(Mail::bounce_of(&answer, "delayed")).await, lamp);
    let messages = town.messages_of(BO, lamp).await;
    assert_eq!(messages[1].send_state, SendState::Sent);
    assert_eq!(town.state_of(lamp).await.0, State::Answered);
    assert!(!town.rows_of(BO, Folder::Waiting).await[0].trouble);
}

async fn a_bounce_of_a_receipt_is_no_trouble_with_an_answer(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    town.sends().await;
    let receipt = town.receipts_to(AINO).pop().unwrap();
    let bounce = Mail::bounce_of(&receipt, "failed").to(CITIZEN_SERVICE.address);
    assert_eq!(town.gets(bounce).await, lamp);
    assert!(!town.rows_of(BO, Folder::All).await[0].trouble);
    town.sends().await;
    assert_eq!(town.relay.taken().len(), 1, "and nothing is sent to the mail server");
}

async fn a_bounce_of_something_unknown_is_kept(town: &Town) {
    let (lamp, answer) = answered(town).await;
    let mut foreign = answer;
    foreign.letter.message_id = Some("somebody-elses@mail.example".into());
    let bounce = town.gets(Mail::bounce_of(&foreign, "failed")).await;
    assert_ne!(bounce, lamp);
    assert_eq!(town.state_of(lamp).await.0, State::Answered);
    let messages = town.messages_of(KAJA, bounce).await;
    assert_eq!(messages[0].kind, Kind::Bounce);
    assert!(town.page_of(KAJA, bounce).await.unwrap().person.is_none());
}

async fn newsletters_are_kept_apart_from_letters(town: &Town) {
    let list = EINAR.writes("Spring sale").with("List-Id", "<sale.shop.example>");
    let auto = EINAR.writes("Your order").with("Auto-Submitted", "auto-generated");
    let (list, auto) = (town.gets(list).await, town.gets(auto).await);
    assert_eq!(town.messages_of(BO, list).await[0].kind, Kind::List);
    assert_eq!(town.messages_of(BO, auto).await[0].kind, Kind::Automatic);
    town.sends().await;
    assert!(town.relay.taken().is_empty(), "no receipt for machines");
}
