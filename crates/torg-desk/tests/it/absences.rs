//! A colleague is away, and nothing that comes for her waits until she is back.

use jiff::SignedDuration;
use torg_core::{InquiryId, State};
use torg_desk::{Away, AwayRefused};
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{AINO, BO, Colleague, DAGNY, KAJA, SIGRID};

stories![
    what_comes_for_somebody_away_lies_before_all,
    a_deputy_gets_it_and_it_is_handed_back,
    what_was_given_to_somebody_on_purpose_stays_there,
    a_colleague_takes_over_with_a_word_to_the_citizen,
    only_she_or_a_lead_says_that_she_is_away,
    what_was_snoozed_is_awake_when_it_was_taken_over_with_a_word,
    the_citizen_is_told_of_every_takeover_and_once_of_each,
];

fn away(town: &Town, who: Colleague, deputy: Option<Colleague>) -> Away {
    let now = town.now();
    Away {
        staff: town.viewer(who).staff,
        begins: now.as_microsecond(),
        ends: (now + SignedDuration::from_hours(48)).as_microsecond(),
        word: "ill".into(),
        deputy: deputy.map(|deputy| town.viewer(deputy).staff),
    }
}

/// Dagny has answered, the citizen writes again.
async fn answered_by_dagny(town: &Town) -> (InquiryId, torg_testkit::relay::Taken) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    DAGNY.at(town).replies(lamp, "Tomorrow.").await.succeeds();
    town.sends().await;
    (lamp, town.answers_to(AINO).pop().unwrap())
}

async fn what_comes_for_somebody_away_lies_before_all(town: &Town) {
    let (lamp, answer) = answered_by_dagny(town).await;
    town.desk.go_away(&town.viewer(DAGNY), away(town, DAGNY, None)).await.unwrap();
    town.gets(AINO.answers(&answer, "It is still dark.")).await;
    assert_eq!(town.state_of(lamp).await, (State::Open, None));
    let row = town.rows_of(BO, Folder::Unowned).await.remove(0);
    assert_eq!(row.lent_by.unwrap().name, "Dagny", "marked as hers");

    let counts = town.counts_of(BO).await;
    let dagny = counts.colleagues.iter().find(|one| one.name == "Dagny").unwrap();
    assert!(dagny.absences[0].is_now(town.now().as_microsecond()));
    assert_eq!(dagny.absences[0].word, "ill");

    town.passes(SignedDuration::from_hours(72));
    town.gets(AINO.answers(&answer, "Hello?")).await;
    BO.at(town).claims(lamp).await.succeeds();
    assert_eq!(town.counts_of(DAGNY).await.lent, 1);
    town.desk.hand_back(&town.viewer(DAGNY)).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Dagny".into())));
    assert_eq!(town.counts_of(DAGNY).await.lent, 0);
}

async fn what_was_given_to_somebody_on_purpose_stays_there(town: &Town) {
    let (lamp, answer) = answered_by_dagny(town).await;
    town.desk.go_away(&town.viewer(DAGNY), away(town, DAGNY, None)).await.unwrap();
    town.gets(AINO.answers(&answer, "It is still dark.")).await;
    KAJA.at(town).assigns(lamp, BO).await.succeeds();
    assert_eq!(town.counts_of(DAGNY).await.lent, 0);
    town.desk.hand_back(&town.viewer(DAGNY)).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Bo".into())));
}

async fn a_deputy_gets_it_and_it_is_handed_back(town: &Town) {
    let (lamp, answer) = answered_by_dagny(town).await;
    let (desk, kaja, dagny) = (&town.desk, town.viewer(KAJA), town.viewer(DAGNY));
    desk.go_away(&kaja, away(town, DAGNY, Some(BO))).await.unwrap();
    town.gets(AINO.answers(&answer, "It is still dark.")).await;
    assert_eq!(town.folder_of(BO, Folder::Mine).await, [lamp]);
    desk.come_back(&dagny, dagny.staff).await.unwrap();
    desk.hand_back(&dagny).await.unwrap();
    assert_eq!(town.folder_of(DAGNY, Folder::Mine).await, [lamp]);
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal.last().unwrap(), "handed-back by Dagny to Dagny");

    // A deputy who is away herself gets nothing.
    desk.go_away(&kaja, away(town, BO, None)).await.unwrap();
    desk.go_away(&kaja, away(town, DAGNY, Some(BO))).await.unwrap();
    town.gets(AINO.answers(&answer, "And now?")).await;
    assert_eq!(town.state_of(lamp).await, (State::Open, None));
}

async fn a_colleague_takes_over_with_a_word_to_the_citizen(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let bin = town.mail_from(AINO, "The bin").await;
    DAGNY.at(town).claims(lamp).await.succeeds();
    DAGNY.at(town).claims(bin).await.succeeds();
    let (desk, bo, dagny) = (&town.desk, town.viewer(BO), town.viewer(DAGNY));
    desk.go_away(&town.viewer(KAJA), away(town, DAGNY, None)).await.unwrap();
    desk.take_over_all(&bo, dagny.staff, "Dagny is ill; I take care of it.").await.unwrap();
    for id in [lamp, bin] {
        assert_eq!(town.state_of(id).await, (State::Open, Some("Bo".into())), "still our turn");
    }
    town.sends().await;
    let answers = town.answers_to(AINO);
    assert_eq!(answers.len(), 2);
    assert!(answers[0].letter.text.contains("I take care of it"));
    assert_eq!(town.counts_of(DAGNY).await.lent, 2, "offered back");
}

async fn only_she_or_a_lead_says_that_she_is_away(town: &Town) {
    let (desk, bo, kaja) = (&town.desk, town.viewer(BO), town.viewer(KAJA));
    let refused = Err(AwayRefused::NotAllowed);
    assert_eq!(desk.go_away(&bo, away(town, DAGNY, None)).await, refused);
    assert_eq!(desk.go_away(&kaja, away(town, SIGRID, None)).await, refused, "not hers to lead");
    let own = Err(AwayRefused::OwnDeputy);
    assert_eq!(desk.go_away(&kaja, away(town, DAGNY, Some(DAGNY))).await, own);
    let past = Away { ends: 0, begins: 0, ..away(town, DAGNY, None) };
    assert_eq!(desk.go_away(&kaja, past).await, Err(AwayRefused::EndsTooEarly));
    assert!(desk.go_away(&kaja, away(town, DAGNY, None)).await.is_ok());
}

async fn what_was_snoozed_is_awake_when_it_was_taken_over_with_a_word(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let (desk, bo, dagny) = (&town.desk, town.viewer(BO), town.viewer(DAGNY));
    DAGNY.at(town).claims(lamp).await.succeeds();
    desk.snooze(&dagny, lamp, town.now() + SignedDuration::from_hours(24)).await.unwrap();
    desk.take_over(&bo, lamp, "I take care of it.").await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Bo".into())), "nobody slept on it");
}

async fn the_citizen_is_told_of_every_takeover_and_once_of_each(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let (desk, bo) = (&town.desk, town.viewer(BO));
    for _ in 0..2 {
        DAGNY.at(town).assigns(lamp, DAGNY).await.succeeds();
        desk.take_over(&bo, lamp, "I take care of it.").await.unwrap();
        desk.take_over(&bo, lamp, "I take care of it.").await.unwrap();
        town.sends().await;
    }
    assert_eq!(town.answers_to(AINO).len(), 2);
    let too_long = "x".repeat(200_001);
    let refused = desk.take_over(&bo, lamp, &too_long).await.unwrap_err();
    assert!(matches!(refused, torg_desk::Refused::Untold(_)), "said apart from the takeover");
}
