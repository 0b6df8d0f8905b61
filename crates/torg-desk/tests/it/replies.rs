//! When an answer may go out, and when it must not.

use jiff::SignedDuration;
use torg_core::inquiry::ReplyRefused;
use torg_core::{Direction, State, Verb};
use torg_desk::{Refused, Reply, Then};
use torg_store::inquiries::Entry;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::{AINO, BO, DAGNY, EINAR};

stories![
    a_reply_waits_for_eyes_on_what_the_citizen_wrote_since,
    a_reply_waits_for_eyes_on_what_a_colleague_wrote_since,
    a_vacation_notice_stops_nobody,
    a_colleagues_inquiry_is_answered_only_expressly,
    a_reply_posted_twice_is_sent_once,
    of_two_replies_at_once_one_goes_out,
    a_letter_from_nobody_is_answered_to_nobody,
    an_empty_or_endless_reply_is_refused,
    an_answer_may_close_what_it_answers,
    an_answer_goes_to_whoever_wrote_last,
    a_form_that_writes_for_a_citizen_is_answered_to_the_citizen,
    a_text_that_was_changed_before_it_was_posted_again_is_not_lost,
    who_replies_to_what_nobody_had_took_it_first,
];

async fn a_reply_waits_for_eyes_on_what_the_citizen_wrote_since(town: &Town) {
    let mail = AINO.writes("The street lamp is out");
    let lamp = town.gets(mail.clone()).await;
    town.sends().await;
    let calls = town.relay.calls();
    let more = AINO.writes("Now it burns!").referring_to(&mail.id(), &[]);
    assert_eq!(town.gets(more).await, lamp);

    let bo = BO.at(town);
    let blind = bo.reply("We mend it tomorrow.", 1);
    let newer = ReplyRefused::SomethingNewer { after: 1 };
    bo.replies_with(lamp, blind.clone()).await.is_refused_with(newer);
    assert_eq!(town.state_of(lamp).await, (State::Open, None), "nothing of it happened");
    town.sends().await;
    assert_eq!(town.relay.calls(), calls);

    bo.replies_with(lamp, Reply { anyway: true, ..blind }).await.succeeds();
    town.sends().await;
    assert_eq!(town.answers_to(AINO).len(), 1);
}

async fn a_reply_waits_for_eyes_on_what_a_colleague_wrote_since(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let blind = BO.at(town).reply("We mend it tomorrow.", 1);
    DAGNY.at(town).notes(lamp, "It is the neighbour's").await.succeeds();
    let newer = ReplyRefused::SomethingNewer { after: 1 };
    BO.at(town).replies_with(lamp, blind.clone()).await.is_refused_with(newer);
    BO.at(town).replies_with(lamp, Reply { seen: 2, ..blind }).await.succeeds();
}

async fn a_vacation_notice_stops_nobody(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).replies(lamp, "Which one?").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    let seen = BO.at(town).reply("By the harbour?", 2);
    assert_eq!(town.gets(AINO.is_away(&answer)).await, lamp);
    BO.at(town).replies_with(lamp, seen).await.succeeds();
}

async fn a_colleagues_inquiry_is_answered_only_expressly(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    DAGNY.at(town).claims(lamp).await.succeeds();
    let (bo, dagny) = (BO.at(town), town.viewer(DAGNY).staff);
    let reply = bo.reply("We mend it tomorrow.", 1);
    bo.replies_with(lamp, reply.clone()).await.is_refused_with(ReplyRefused::OwnedBy(dagny));
    bo.replies_with(lamp, Reply { anyway: true, ..reply }).await.succeeds();
    assert_eq!(town.state_of(lamp).await, (State::Answered, Some("Bo".into())));
}

async fn a_reply_posted_twice_is_sent_once(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let reply = bo.reply("We mend it tomorrow.", 1);
    let first = bo.replies_with(lamp, reply.clone()).await.succeeds();
    let again = bo.replies_with(lamp, reply).await.succeeds();
    assert_eq!(first, again);
    town.sends().await;
    assert_eq!(town.answers_to(AINO).len(), 1);
    assert_eq!(town.length_of(lamp).await, 2);
}

async fn of_two_replies_at_once_one_goes_out(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let (bo, dagny) = (BO.at(town), DAGNY.at(town));
    let (bos, dagnys) = tokio::join!(
        bo.replies_with(lamp, bo.reply("Tomorrow.", 1)),
        dagny.replies_with(lamp, dagny.reply("On Friday.", 1)),
    );
    assert!(bos.0.is_ok() != dagnys.0.is_ok(), "{bos:?} {dagnys:?}");
    let refused = bos.0.err().or(dagnys.0.err()).unwrap();
    assert_eq!(refused, Refused::Reply(ReplyRefused::SomethingNewer { after: 1 }));
    town.sends().await;
    assert_eq!(town.answers_to(AINO).len(), 1);
}

async fn a_letter_from_nobody_is_answered_to_nobody(town: &Town) {
    let nobody = Mail::raw(b"Subject: From nobody\r\n\r\nHello.\r\n").sent_by(None);
    let id = town.gets(nobody).await;
    let refused = ReplyRefused::NobodyToWriteTo;
    BO.at(town).replies(id, "Who are you?").await.is_refused_with(refused);
    assert_eq!(town.length_of(id).await, 1);
    assert!(town.page_of(BO, id).await.unwrap().recipient.is_none());
}

async fn an_empty_or_endless_reply_is_refused(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).replies(lamp, " \n\t").await.is_refused_with(ReplyRefused::Empty);
    let (long, most) = ("x".repeat(200_001), 200_000);
    BO.at(town).replies(lamp, &long).await.is_refused_with(Refused::TooLong { most });
    BO.at(town).replies(lamp, &"x".repeat(most)).await.succeeds();
}

async fn an_answer_may_close_what_it_answers(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let reply = Reply { then: Then::Closed, ..bo.reply("Done.", 1) };
    bo.replies_with(lamp, reply).await.succeeds();
    assert_eq!(town.state_of(lamp).await, (State::Closed, Some("Bo".into())));
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal[2..], ["claimed by Bo", "replied by Bo", "closed by Bo"]);
}

async fn an_answer_goes_to_whoever_wrote_last(town: &Town) {
    let mail = AINO.writes("The street lamp is out");
    let lamp = town.gets(mail.clone()).await;
    assert!(!town.page_of(BO, lamp).await.unwrap().recipient.unwrap().stranger);
    let husbands = EINAR.writes("I am her husband").referring_to(&mail.id(), &[]);
    assert_eq!(town.gets(husbands).await, lamp);

    let recipient = town.page_of(BO, lamp).await.unwrap().recipient.unwrap();
    assert_eq!((recipient.address.as_str(), recipient.stranger), (EINAR.address, true));
    BO.at(town).replies(lamp, "Good day to both of you.").await.succeeds();
    town.sends().await;
    assert_eq!((town.answers_to(EINAR).len(), town.answers_to(AINO).len()), (1, 0));
    let sent = town.messages_of(BO, lamp).await.pop().unwrap();
    assert_eq!((sent.direction, sent.address.as_deref()), (Direction::Out, Some(EINAR.address)));
}

async fn a_form_that_writes_for_a_citizen_is_answered_to_the_citizen(town: &Town) {
    let form = Mail::raw(
        format!(
            "From: Contact form <noreply@forms.example>\r\nReply-To: Aino <{}>\r\n\
             To: post@fjordby.example\r\nSubject: From the form\r\nMessage-ID: <1@forms.example>\r\n\
             Auto-Submitted: auto-generated\r\n\r\nMy lamp is out.\r\n",
            AINO.address
        )
        .as_bytes(),
    );
    let inquiry = town.gets(form).await;
    let recipient = town.page_of(BO, inquiry).await.unwrap().recipient.unwrap();
    assert_eq!((recipient.address.as_str(), recipient.stranger), (AINO.address, false));
    BO.at(town).replies(inquiry, "It will be mended.").await.succeeds();
    town.sends().await;
    assert_eq!(town.answers_to(AINO).len(), 1);
}

/// Her first post was kept, but the line broke before she heard; she mends a word and posts again.
async fn a_text_that_was_changed_before_it_was_posted_again_is_not_lost(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let first = bo.reply("On Tuesday.", 1);
    let changed = Reply { text: "On Wednesday.".into(), ..first.clone() };
    bo.replies_with(lamp, first.clone()).await.succeeds();
    bo.replies_with(lamp, first).await.succeeds();
    let newer = ReplyRefused::SomethingNewer { after: 1 };
    bo.replies_with(lamp, changed.clone()).await.is_refused_with(newer);
    bo.replies_with(lamp, Reply { anyway: true, ..changed }).await.succeeds();
    assert_eq!(town.length_of(lamp).await, 3);
}

async fn who_replies_to_what_nobody_had_took_it_first(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    town.passes(SignedDuration::from_mins(1));
    BO.at(town).replies(lamp, "It is mended.").await.succeeds();
    let page = town.page_of(BO, lamp).await.unwrap();
    let told = page.entries.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(format!("{:?}", message.direction)),
        Entry::Event(event) => (event.verb == Verb::Claimed).then(|| "taken".to_owned()),
    });
    assert_eq!(told.collect::<Vec<_>>(), ["In", "taken", "Out"]);
}
