//! What else is done to an inquiry: referring, urgent, close, reopen, notes and links.

use torg_core::inquiry::{CloseRefused, ReferRefused, ReopenRefused};
use torg_core::{Direction, State};
use torg_desk::Refused;
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    AINO, BO, CITIZEN_SERVICE, DAGNY, KAJA, ROADS, SIGRID, WATER, WELFARE,
};

stories![
    a_referral_says_why_and_belongs_to_nobody_there,
    behind_a_wall_an_inquiry_is_gone_for_those_outside,
    behind_its_new_wall_everything_is_found_as_before,
    out_from_behind_a_wall_only_if_said_expressly,
    an_inquiry_referred_to_where_it_was_shown_counts_once,
    closing_and_reopening_take_turns,
    what_is_urgent_is_marked_and_unmarked,
    a_note_stays_in_the_house,
    a_note_posted_twice_is_one_note,
    a_suggested_link_is_confirmed_or_dismissed,
];

async fn a_referral_says_why_and_belongs_to_nobody_there(town: &Town) {
    let pipe = town.gets(AINO.writes("Water in the road").to(ROADS.address)).await;
    BO.at(town).claims(pipe).await.succeeds();

    BO.at(town).refers(pipe, WATER, "  ").await.is_refused_with(ReferRefused::NoReason);
    let there = ReferRefused::AlreadyThere;
    BO.at(town).refers(pipe, ROADS, "ours").await.is_refused_with(there);
    BO.at(town).refers(pipe, WATER, "their pipe").await.succeeds();

    assert_eq!(town.state_of(pipe).await, (State::Open, None));
    let water = Folder::Department(town.department(WATER));
    let roads = Folder::Department(town.department(ROADS));
    assert_eq!(town.folder_of(DAGNY, water).await, [pipe]);
    assert_eq!(town.folder_of(DAGNY, roads).await, []);
    let journal = town.journal_of(pipe).await;
    assert_eq!(journal.last().unwrap(), "referred by Bo to Water: their pipe");
}

async fn behind_a_wall_an_inquiry_is_gone_for_those_outside(town: &Town) {
    let child = town.mail_from(AINO, "My neighbour's child is hungry").await;
    let welfare = town.department(WELFARE);
    assert_eq!(town.finds("hungry", None).await, 1);

    BO.at(town).refers(child, WELFARE, "a child").await.succeeds();

    assert!(town.page_of(BO, child).await.is_none());
    assert!(town.page_of(SIGRID, child).await.is_some());
    assert_eq!(town.finds("hungry", None).await, 0);
    assert_eq!(town.finds("hungry", Some(welfare)).await, 1);
    BO.at(town).claims(child).await.is_refused_with(Refused::NotFound);
    BO.at(town).notes(child, "I was here").await.is_refused_with(Refused::NotFound);
    SIGRID.at(town).claims(child).await.succeeds();
}

async fn behind_its_new_wall_everything_is_found_as_before(town: &Town) {
    let text = "Hello,\n\nthe neighbours' children are always hungry, and nobody listens.\n";
    let child = town.gets(AINO.writes("My neighbours").saying(text)).await;
    BO.at(town).notes(child, "Whose are they?").await.succeeds();
    let words = ["neighbours", "hungry", "~neighbour", "~listen", "virtanen", "bo", "whose"];
    let before = futures::future::join_all(words.map(|word| town.finds(word, None))).await;
    BO.at(town).refers(child, WELFARE, "children").await.succeeds();
    let welfare = town.department(WELFARE);
    let after = words.map(|word| town.finds(word, Some(welfare)));
    assert_eq!(futures::future::join_all(after).await, before);
    assert!(before.iter().filter(|found| **found > 0).count() >= 5, "{before:?}");
}

async fn out_from_behind_a_wall_only_if_said_expressly(town: &Town) {
    let lamp = town.gets(AINO.writes("The lamp at the office").to(WELFARE.address)).await;
    let opens = ReferRefused::WouldOpen;
    SIGRID.at(town).refers(lamp, ROADS, "a lamp").await.is_refused_with(opens);
    assert!(town.page_of(BO, lamp).await.is_none());

    SIGRID.at(town).refers_openly(lamp, ROADS, "a lamp").await.succeeds();
    assert!(town.page_of(BO, lamp).await.is_some());
    assert_eq!(town.finds("office", None).await, 1);
    assert_eq!(town.finds("office", Some(town.department(WELFARE))).await, 0);
}

async fn an_inquiry_referred_to_where_it_was_shown_counts_once(town: &Town) {
    let both = AINO.writes("A hole").and_to(ROADS.address);
    let hole = town.gets(both).await;
    let roads = town.department(ROADS);
    assert_eq!(town.folder_of(BO, Folder::Department(roads)).await, [hole]);

    KAJA.at(town).refers(hole, ROADS, "a hole").await.succeeds();
    let counts = town.counts_of(BO).await;
    let counted = counts.departments.iter().find(|one| one.id == roads).unwrap();
    assert_eq!(counted.open, 1);
    let rows = town.rows_of(BO, Folder::Department(roads)).await;
    assert_eq!(rows.len(), 1);
    assert!(!rows[0].shown, "it is theirs now");
    KAJA.at(town).refers(hole, CITIZEN_SERVICE, "back").await.succeeds();
}

async fn closing_and_reopening_take_turns(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).reopens(lamp).await.is_refused_with(ReopenRefused::Already);
    BO.at(town).claims(lamp).await.succeeds();
    BO.at(town).closes(lamp).await.succeeds();
    DAGNY.at(town).closes(lamp).await.is_refused_with(CloseRefused::Already);

    assert_eq!(town.folder_of(DAGNY, Folder::Closed).await, [lamp]);
    assert_eq!(town.folder_of(BO, Folder::Mine).await, []);
    DAGNY.at(town).reopens(lamp).await.succeeds();
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Bo".into())));
    assert_eq!(town.folder_of(BO, Folder::Mine).await, [lamp]);
}

async fn what_is_urgent_is_marked_and_unmarked(town: &Town) {
    let lamp = town.mail_from(AINO, "Sparks from the lamp").await;
    let before = town.journal_of(lamp).await.len();
    for urgent in [true, true, false, false] {
        BO.at(town).marks_urgent(lamp, urgent).await.succeeds();
        assert_eq!(town.rows_of(DAGNY, Folder::All).await[0].urgent, urgent);
    }
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal[before..], ["marked-urgent by Bo", "unmarked-urgent by Bo"]);
}

async fn a_note_stays_in_the_house(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    town.sends().await;
    let calls = town.relay.calls();

    BO.at(town).notes(lamp, "The fuse again?").await.succeeds();
    BO.at(town).notes(lamp, " \n").await.is_refused_with(Refused::Empty);
    let long = "å".repeat(200_001);
    let most = 200_000;
    BO.at(town).notes(lamp, &long).await.is_refused_with(Refused::TooLong { most });
    town.sends().await;

    assert_eq!(town.relay.calls(), calls);
    let messages = town.messages_of(DAGNY, lamp).await;
    assert_eq!(messages.len(), 2);
    let note = &messages[1];
    assert_eq!((note.direction, note.text.as_str()), (Direction::Note, "The fuse again?"));
    // The citizen does not read it in the next answer either.
    BO.at(town).replies(lamp, "We mend it tomorrow.").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    assert!(!answer.letter.text.contains("fuse"), "{}", answer.letter.text);
}

async fn a_note_posted_twice_is_one_note(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let (desk, bo, key) = (&town.desk, town.viewer(BO), town.fresh_key());
    let first = desk.note(&bo, lamp, "The fuse?".into(), key.clone(), 0).await;
    let again = desk.note(&bo, lamp, "The fuse?".into(), key, 0).await;
    assert_eq!(first, again);
    assert_eq!(town.length_of(lamp).await, 2);
}

async fn a_suggested_link_is_confirmed_or_dismissed(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let more = town.gets(AINO.writes("Re: The street lamp is out")).await;
    let again = town.gets(AINO.writes("SV: The street lamp is out")).await;
    let other = town.mail_from(AINO, "The bin").await;

    BO.at(town).confirms_link(lamp, more).await.succeeds();
    let links = town.page_of(DAGNY, lamp).await.unwrap().links;
    let confirmed = links.iter().find(|link| link.id == more).unwrap();
    assert!(!confirmed.suggested);
    BO.at(town).confirms_link(lamp, other).await.is_refused_with(Refused::NotFound);

    let linked = town.page_of(DAGNY, again).await.unwrap().links.remove(0);
    BO.at(town).dismisses_link(linked.id, again).await.succeeds();
    assert!(town.page_of(DAGNY, again).await.unwrap().links.is_empty());
}
