//! What keeps a letter from being answered, each beside a letter that is not kept back.

use jiff::SignedDuration;
use torg_core::AnswerId;
use torg_core::answers::{Stage, StandardAnswer};
use torg_core::automatic::{Guard, Mode};
use torg_desk::{Considered, Judged};
use torg_store::automatic::Look;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::{AINO, BO, Citizen, EINAR, INGRID, KAJA, ROADS, WELFARE};
use torg_text::answers::{DepartmentSuggestion, SURE, Suggestions, Veto};

use super::{
    all_waiting, asks, considered, keeps, lamps, permits, shadowed, sure_of, switches, waiting,
};

stories! {
    plan without_receipts;
    an_ordinary_letter_may_be_answered,
    machines_and_addresses_that_nobody_reads_get_no_answer,
    what_is_not_a_first_letter_is_left_to_people,
    what_a_colleague_has_in_hand_is_left_to_her,
    a_letter_with_a_file_is_left_to_people,
    what_lies_behind_a_wall_is_left_to_people,
    what_is_perhaps_spam_is_left_to_people,
    who_has_another_inquiry_open_is_left_to_people,
    nobody_gets_two_automatic_answers_in_a_day,
    a_letter_that_waited_for_a_day_is_left_to_people,
    what_the_ranking_forbids_is_left_to_people,
    only_what_is_allowed_today_is_sent,
    an_answer_in_another_language_is_not_sent,
    an_answer_with_a_gap_is_not_sent,
    without_the_model_a_letter_waits_for_it_and_is_then_left_to_people,
    an_archive_is_not_answered,
    switched_off_nothing_is_looked_at,
}

async fn is_held_back_by(town: &Town, mail: Mail, judged: Judged, guard: Guard) {
    let outcome = considered(town, mail, judged).await;
    assert_eq!(outcome, Considered::HeldBack(vec![guard]));
}

async fn is_noted(town: &Town, mail: Mail, id: AnswerId) {
    let outcome = considered(town, mail, sure_of(id)).await;
    assert!(matches!(outcome, Considered::Noted(_)), "{outcome:?}");
}

async fn an_ordinary_letter_may_be_answered(town: &Town) {
    let id = shadowed(town).await;
    is_noted(town, asks(AINO), id).await;
}

async fn machines_and_addresses_that_nobody_reads_get_no_answer(town: &Town) {
    let id = shadowed(town).await;
    let noreply = Citizen { name: "The bank", address: "no-reply@bank.example" };
    is_held_back_by(town, asks(noreply), sure_of(id), Guard::Machine).await;
    // The others are never looked at (RFC 3834, 2).
    for (name, value) in [
        ("Auto-Submitted", "auto-generated"),
        ("List-Id", "<news.post.example>"),
        ("Precedence", "bulk"),
        ("X-Auto-Response-Suppress", "All"),
        ("X-Loop", "post@fjordby.example"),
    ] {
        town.gets(asks(EINAR).with(name, value)).await;
        assert_eq!(waiting(town).await, None, "{name}");
    }
    town.gets(asks(EINAR).sent_by(None)).await;
    assert_eq!(waiting(town).await, None, "a bounce has the null sender");
    is_noted(town, asks(AINO), id).await;
}

async fn what_is_not_a_first_letter_is_left_to_people(town: &Town) {
    let id = shadowed(town).await;
    let first = asks(AINO);
    let inquiry = town.gets(first.clone()).await;
    let letter = waiting(town).await.unwrap();
    let again = asks(AINO).referring_to(&first.id(), &[]);
    assert_eq!(town.gets(again).await, inquiry);
    assert_eq!(all_waiting(town).await, [letter], "a reply never waits");
    let outcome = town.desk.consider_letter(letter, sure_of(id)).await.unwrap();
    assert_eq!(outcome, Considered::HeldBack(vec![Guard::NotFirst]));
}

async fn what_a_colleague_has_in_hand_is_left_to_her(town: &Town) {
    let id = shadowed(town).await;
    let inquiry = town.gets(asks(AINO)).await;
    BO.at(town).claims(inquiry).await.succeeds();
    let letter = waiting(town).await.unwrap();
    let outcome = town.desk.consider_letter(letter, sure_of(id)).await.unwrap();
    assert_eq!(outcome, Considered::HeldBack(vec![Guard::InHand]));
}

async fn a_letter_with_a_file_is_left_to_people(town: &Town) {
    let id = shadowed(town).await;
    let text = format!(
        "--b\nContent-Type: text/plain\n\n{}\n--b\nContent-Type: application/pdf\n\
         Content-Disposition: attachment; filename=map.pdf\n\n%PDF\n--b--\n",
        super::ASKS
    );
    let mail = asks(AINO).with("Content-Type", "multipart/mixed; boundary=b").saying(&text);
    is_held_back_by(town, mail, sure_of(id), Guard::Files).await;
}

async fn what_lies_behind_a_wall_is_left_to_people(town: &Town) {
    let id = shadowed(town).await;
    is_noted(town, asks(AINO).to(ROADS.address), id).await;
    let hidden = asks(EINAR).to(WELFARE.address);
    is_held_back_by(town, hidden, sure_of(id), Guard::Restricted).await;
    let mut meant = sure_of(id);
    let department = town.department(WELFARE).to_string();
    meant.suggestions.departments = vec![DepartmentSuggestion { department, score: 0.6 }];
    is_held_back_by(town, asks(INGRID), meant, Guard::Restricted).await;
}

async fn what_is_perhaps_spam_is_left_to_people(town: &Town) {
    let id = shadowed(town).await;
    is_noted(town, asks(EINAR), id).await;
    let inquiry = town.gets(asks(AINO)).await;
    town.tampers(&format!("update inquiries set suspect = 1 where id = {inquiry}")).await;
    let letter = waiting(town).await.unwrap();
    let outcome = town.desk.consider_letter(letter, sure_of(id)).await.unwrap();
    assert_eq!(outcome, Considered::HeldBack(vec![Guard::PerhapsSpam]));
}

async fn who_has_another_inquiry_open_is_left_to_people(town: &Town) {
    let id = shadowed(town).await;
    let other = town.mail_from(AINO, "The pipe leaks").await;
    is_held_back_by(town, asks(AINO), sure_of(id), Guard::OpenElsewhere).await;
    let inquiries = town.inquiries().await;
    for inquiry in inquiries {
        BO.at(town).closes(inquiry).await.succeeds();
    }
    assert!(town.inquiries().await.contains(&other));
    is_noted(town, asks(AINO), id).await;
}

async fn nobody_gets_two_automatic_answers_in_a_day(town: &Town) {
    let id = shadowed(town).await;
    is_noted(town, asks(AINO), id).await;
    let first = town.inquiries().await.remove(0);
    BO.at(town).closes(first).await.succeeds();
    town.passes(SignedDuration::from_hours(23));
    is_held_back_by(town, asks(AINO), sure_of(id), Guard::AnsweredToday).await;
    for inquiry in town.inquiries().await {
        let _ = town.desk.close(&town.viewer(BO), inquiry).await;
    }
    town.passes(SignedDuration::from_hours(2));
    is_noted(town, asks(AINO), id).await;
}

async fn a_letter_that_waited_for_a_day_is_left_to_people(town: &Town) {
    let id = shadowed(town).await;
    town.gets(asks(AINO)).await;
    let letter = waiting(town).await.unwrap();
    town.passes(SignedDuration::from_hours(25));
    let outcome = town.desk.consider_letter(letter, sure_of(id)).await.unwrap();
    assert_eq!(outcome, Considered::HeldBack(vec![Guard::TooOld]));
}

async fn what_the_ranking_forbids_is_left_to_people(town: &Town) {
    let id = shadowed(town).await;
    let with = |change: fn(&mut Suggestions)| {
        let mut judged = sure_of(id);
        change(&mut judged.suggestions);
        judged
    };
    let vetoes = [
        Veto::RedFlag("damage".into()),
        Veto::IdentityNumber,
        Veto::SeveralQuestions,
        Veto::TooLong,
        Veto::OtherLanguage,
    ];
    for (number, veto) in vetoes.into_iter().enumerate() {
        let mut judged = sure_of(id);
        judged.suggestions.vetoes = vec![veto];
        let address = format!("writer-{number}@post.example");
        let mail = asks(AINO).with("From", &format!("Aino <{address}>"));
        is_held_back_by(town, mail, judged, Guard::Vetoed).await;
    }
    let unsure = with(|suggestions| suggestions.sureness = SURE - 0.01);
    is_held_back_by(town, asks(EINAR), unsure, Guard::Unsure).await;
    let nothing = with(|suggestions| suggestions.automatic = None);
    is_held_back_by(town, asks(INGRID), nothing, Guard::Unsure).await;
    let without_model = Judged { model: None, ..sure_of(id) };
    let outcome = considered(town, asks(AINO), without_model).await;
    assert_eq!(outcome, Considered::HeldBack(vec![Guard::Unsure]));
}

async fn only_what_is_allowed_today_is_sent(town: &Town) {
    let id = keeps(town, lamps()).await;
    switches(town, Mode::Shadow).await.unwrap();
    let outcome = considered(town, asks(AINO), sure_of(id)).await;
    let Considered::HeldBack(guards) = outcome else { panic!("{outcome:?}") };
    assert!(guards.contains(&Guard::NotAllowed));
    permits(town, BO, id, "2026-05-06").await.unwrap();
    town.passes(SignedDuration::from_hours(48));
    is_noted(town, asks(EINAR), id).await;
    town.passes(SignedDuration::from_hours(24));
    is_held_back_by(town, asks(INGRID), sure_of(id), Guard::NotAllowed).await;
}

async fn an_answer_in_another_language_is_not_sent(town: &Town) {
    let id = shadowed(town).await;
    let text =
        "Hej, gatlyktan utanför vårt hus är trasig sedan i går. När lagar ni den? Tack på förhand.";
    let swedish = AINO.writes("Mörkt").saying(text);
    is_held_back_by(town, swedish, sure_of(id), Guard::Foreign).await;
}

async fn an_answer_with_a_gap_is_not_sent(town: &Town) {
    let mut answer = lamps();
    answer.texts[0].body = "We mend it on {{day}}. {{staff}}".into();
    let id = keeps(town, StandardAnswer { stage: Stage::InUse, ..answer }).await;
    permits(town, BO, id, "2026-10-01").await.unwrap();
    switches(town, Mode::Shadow).await.unwrap();
    is_held_back_by(town, asks(AINO), sure_of(id), Guard::Blank).await;
}

async fn without_the_model_a_letter_waits_for_it_and_is_then_left_to_people(town: &Town) {
    shadowed(town).await;
    town.gets(asks(AINO)).await;
    town.desk.delegate_waiting().await.unwrap();
    town.desk.consider_waiting().await.unwrap();
    assert!(waiting(town).await.is_some(), "another node may have the model");
    town.passes(SignedDuration::from_mins(11));
    town.desk.consider_waiting().await.unwrap();
    assert_eq!(waiting(town).await, None);
    assert!(super::log(town, KAJA, Look::default()).await.is_empty());
}

async fn an_archive_is_not_answered(town: &Town) {
    shadowed(town).await;
    let raw = asks(AINO).bytes(town.now());
    town.desk.import(ROADS.address, "old:1".into(), raw).await.unwrap();
    town.files().await;
    assert_eq!(waiting(town).await, None);
}

async fn switched_off_nothing_is_looked_at(town: &Town) {
    let id = shadowed(town).await;
    town.gets(asks(AINO)).await;
    let letter = waiting(town).await.unwrap();
    town.desk.set_automatic_mode(&town.viewer(KAJA), Mode::Off).await.unwrap();
    let outcome = town.desk.consider_letter(letter, sure_of(id)).await.unwrap();
    assert_eq!(outcome, Considered::Off);
    town.gets(asks(EINAR)).await;
    assert_eq!(waiting(town).await, None);
}
