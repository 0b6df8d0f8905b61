//! Taking back what was done, as long as nobody changed the same thing since.

use jiff::SignedDuration;
use torg_core::{Fact, Role, State, Verb, Viewer};
use torg_desk::{Act, Refused, TagRefused, UndoRefused};
use torg_store::folders::Folder;
use torg_store::{bulks, notices};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, CITIZEN_SERVICE, Colleague, DAGNY, EINAR, KAJA, ROADS, SIGRID, WATER, WELFARE,
};

stories![
    every_act_on_an_inquiry_is_set_back,
    what_somebody_changed_since_stays,
    a_referral_behind_a_wall_is_fetched_back_while_nobody_touched_it,
    a_referral_is_set_back_behind_the_wall_of_today_and_never_out_of_one_built_since,
    merged_inquiries_part_only_where_no_wall_was_built_since,
    only_ones_own_acts_are_undone,
    a_snoozed_inquiry_wakes_in_time,
    a_letter_or_a_colleague_wakes_it_before,
    a_tag_is_put_on_and_taken_off,
    the_words_of_a_restricted_department_do_not_go_along_with_a_letter,
    whoever_is_named_in_a_note_follows,
    a_note_is_taken_back_by_its_writer_for_a_minute,
    many_are_closed_at_once_and_opened_again,
    thousands_are_done_in_the_background_and_can_be_stopped,
    what_stopping_cuts_off_is_taken_up_again,
    a_bulk_takes_back_only_what_it_did,
    a_bulk_is_done_once_however_many_run_it,
    many_are_read_and_unread_and_each_is_as_new_as_before,
    many_are_merged_into_the_oldest_and_taken_apart_again,
];

async fn undoes(town: &Town, who: Colleague, id: torg_core::InquiryId) -> Result<(), Refused> {
    let viewer = town.viewer(who);
    let act = town.desk.newest_act(&viewer, id).await.unwrap();
    let act = act.ok_or(Refused::Undo(UndoRefused::Never))?;
    town.desk.undo(&viewer, act).await.map(drop)
}

async fn every_act_on_an_inquiry_is_set_back(town: &Town) {
    let lamp = town.gets(AINO.writes("The lamp").to(ROADS.address)).await;
    let at = BO.at(town);
    at.claims(lamp).await.succeeds();
    undoes(town, BO, lamp).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, None));

    at.assigns(lamp, DAGNY).await.succeeds();
    at.closes(lamp).await.succeeds();
    undoes(town, BO, lamp).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Dagny".into())));

    at.marks_urgent(lamp, true).await.succeeds();
    undoes(town, BO, lamp).await.unwrap();
    assert!(!town.rows_of(BO, Folder::All).await[0].urgent);

    at.refers(lamp, WATER, "their lamp").await.succeeds();
    assert_eq!(town.state_of(lamp).await, (State::Open, None));
    undoes(town, BO, lamp).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Dagny".into())));
    let roads = Folder::Department(town.department(ROADS));
    assert_eq!(town.folder_of(BO, roads).await, [lamp]);

    let page = town.page_of(BO, lamp).await.unwrap();
    let undone: Vec<Verb> = page
        .entries
        .iter()
        .filter_map(|entry| match entry {
            torg_store::inquiries::Entry::Event(event) => event.of.as_ref().map(|of| of.verb),
            torg_store::inquiries::Entry::Message(_) => None,
        })
        .collect();
    let expected = [Verb::Claimed, Verb::Closed, Verb::MarkedUrgent, Verb::Referred];
    assert_eq!(undone, expected, "the history tells what was undone");
}

async fn what_somebody_changed_since_stays(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    BO.at(town).claims(lamp).await.succeeds();
    let claim = town.desk.newest_act(&town.viewer(BO), lamp).await.unwrap().unwrap();
    DAGNY.at(town).assigns(lamp, KAJA).await.succeeds();

    let dagny = town.viewer(DAGNY).staff;
    let since = UndoRefused::Since { verb: Verb::Assigned, by: Some(dagny) };
    let told = town.desk.undo(&town.viewer(BO), claim).await;
    assert_eq!(told, Err(Refused::Undo(since)));
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Kaja".into())));

    // Once that is undone, it is in nobody's way.
    undoes(town, DAGNY, lamp).await.unwrap();
    town.desk.undo(&town.viewer(BO), claim).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, None));
    let again = town.desk.undo(&town.viewer(BO), claim).await;
    assert_eq!(again, Err(Refused::Undo(UndoRefused::Already)));
}

async fn a_referral_behind_a_wall_is_fetched_back_while_nobody_touched_it(town: &Town) {
    let child = town.mail_from(AINO, "About hungry children").await;
    BO.at(town).refers(child, WELFARE, "a child").await.succeeds();
    assert!(town.page_of(BO, child).await.is_none());
    undoes(town, BO, child).await.unwrap();
    assert!(town.page_of(BO, child).await.is_some());
    assert_eq!(town.finds("hungry", None).await, 1);

    BO.at(town).refers(child, WELFARE, "a child after all").await.succeeds();
    SIGRID.at(town).notes(child, "We know them.").await.succeeds();
    assert_eq!(undoes(town, BO, child).await, Err(Refused::Undo(UndoRefused::OutOfSight)));
    assert!(town.page_of(BO, child).await.is_none());
}

async fn restricts(town: &Town, department: torg_testkit::town::people::Department) {
    let (ada, id) = (town.viewer(ADA), town.department(department));
    town.desk.restrict_department(&ada, id, true, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
}

async fn a_referral_is_set_back_behind_the_wall_of_today_and_never_out_of_one_built_since(
    town: &Town,
) {
    let lamp = town.gets(AINO.writes("The lamp").to(ROADS.address)).await;
    let hole = town.gets(EINAR.writes("The hole").to(WATER.address)).await;
    BO.at(town).refers(lamp, WATER, "theirs").await.succeeds();
    BO.at(town).refers(hole, ROADS, "ours").await.succeeds();
    restricts(town, ROADS).await;
    undoes(town, BO, lamp).await.unwrap();
    assert!(town.page_of(BO, lamp).await.is_some());
    assert!(town.page_of(SIGRID, lamp).await.is_none(), "Roads has a wall today");
    let no_way = Err(Refused::Undo(UndoRefused::NoWayBack));
    assert_eq!(undoes(town, BO, hole).await, no_way, "it would come out");
    assert!(town.page_of(SIGRID, hole).await.is_none());

    let pipe = town.gets(AINO.writes("The pipe").to(WATER.address)).await;
    BO.at(town).refers(pipe, CITIZEN_SERVICE, "theirs").await.succeeds();
    let (water, service) = (town.department(WATER), town.department(CITIZEN_SERVICE));
    town.desk.remove_department(&town.viewer(ADA), water, service, false).await.unwrap();
    assert_eq!(undoes(town, BO, pipe).await, no_way, "Water is gone");
}

async fn merged_inquiries_part_only_where_no_wall_was_built_since(town: &Town) {
    let lamp = town.gets(AINO.writes("The lamp").to(ROADS.address)).await;
    let again = town.gets(AINO.writes("The lamp again").to(WATER.address)).await;
    town.desk.merge(&town.viewer(BO), lamp, again, true).await.unwrap();
    restricts(town, ROADS).await;
    let no_way = Err(Refused::Undo(UndoRefused::NoWayBack));
    assert_eq!(undoes(town, BO, lamp).await, no_way);
    assert!(town.page_of(SIGRID, again).await.is_none());
}

async fn only_ones_own_acts_are_undone(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    BO.at(town).claims(lamp).await.succeeds();
    let claim = town.desk.newest_act(&town.viewer(BO), lamp).await.unwrap().unwrap();
    let told = town.desk.undo(&town.viewer(DAGNY), claim).await;
    assert_eq!(told, Err(Refused::Undo(UndoRefused::Never)));
    // What is long past is not offered any more, and can still be undone from the history.
    town.passes(SignedDuration::from_mins(5));
    assert_eq!(town.desk.newest_act(&town.viewer(BO), lamp).await.unwrap(), None);
    town.desk.undo(&town.viewer(BO), claim).await.unwrap();
}

async fn snoozes(town: &Town, who: Colleague, id: torg_core::InquiryId) {
    let until = town.now() + SignedDuration::from_hours(3);
    town.desk.snooze(&town.viewer(who), id, until).await.unwrap();
}

async fn a_snoozed_inquiry_wakes_in_time(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    snoozes(town, BO, lamp).await;
    assert_eq!(town.state_of(lamp).await, (State::Snoozed, Some("Bo".into())), "it is somebody's");
    assert_eq!(town.folder_of(BO, Folder::All).await, []);
    assert_eq!(town.folder_of(BO, Folder::Snoozed).await, [lamp]);
    assert_eq!(town.counts_of(BO).await.snoozed, 1);
    let there = Folder::SnoozedIn(town.department(CITIZEN_SERVICE));
    assert_eq!(town.folder_of(DAGNY, there).await, [lamp]);

    town.passes(SignedDuration::from_hours(2));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.0, State::Snoozed);
    town.passes(SignedDuration::from_hours(2));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.folder_of(BO, Folder::Mine).await, [lamp]);
    assert_eq!(town.journal_of(lamp).await.last().unwrap(), "woke");

    snoozes(town, BO, lamp).await;
    undoes(town, BO, lamp).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Bo".into())));
}

async fn a_letter_or_a_colleague_wakes_it_before(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    BO.at(town).replies(lamp, "We look into it.").await.succeeds();
    town.sends().await;
    snoozes(town, BO, lamp).await;
    let answer = town.answers_to(AINO).pop().unwrap();
    town.gets(AINO.answers(&answer, "It sparks!")).await;
    assert_eq!(town.folder_of(BO, Folder::Mine).await, [lamp]);

    snoozes(town, BO, lamp).await;
    DAGNY.at(town).assigns(lamp, KAJA).await.succeeds();
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Kaja".into())));
    undoes(town, DAGNY, lamp).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Snoozed, Some("Bo".into())));
}

async fn a_tag_is_put_on_and_taken_off(town: &Town) {
    let lamp = town.gets(AINO.writes("The lamp").to(ROADS.address)).await;
    let (kaja, bo, desk) = (town.viewer(KAJA), town.viewer(BO), &town.desk);
    let roads = Some(town.department(ROADS));
    assert_eq!(desk.add_tag(&bo, "lamps", "blue", roads).await, Err(Refused::NotAllowed));
    let water = Some(town.department(WATER));
    assert_eq!(desk.add_tag(&kaja, "lamps", "blue", water).await, Err(Refused::NotAllowed));
    let lamps = desk.add_tag(&kaja, " street  lamps ", "blue", roads).await.unwrap();
    let there = Err(Refused::Tag(TagRefused::There));
    assert_eq!(desk.add_tag(&kaja, "Street LAMPS", "red", roads).await, there);
    let secret = town.department(WELFARE);
    desk.add_tag(&town.viewer(ADA), "custody", "red", Some(secret)).await.unwrap_err();

    desk.tag_by_name(&bo, lamp, "street lamps").await.unwrap();
    let rows = town.rows_of(DAGNY, Folder::All).await;
    assert_eq!(rows[0].tags[0].name, "street lamps");
    let no_such = Err(Refused::Tag(TagRefused::NoSuchTag));
    assert_eq!(desk.tag_by_name(&bo, lamp, "custody").await, no_such);
    undoes(town, BO, lamp).await.unwrap();
    assert_eq!(town.rows_of(DAGNY, Folder::All).await[0].tags, []);

    desk.tag(&bo, lamp, lamps, true).await.unwrap();
    desk.change_tag(&kaja, lamps, "lamps", "green", false).await.unwrap();
    let page = town.page_of(BO, lamp).await.unwrap();
    assert_eq!(page.standing.tags[0].name, "lamps", "given up, it stays where it is");
    desk.tag(&bo, lamp, lamps, false).await.unwrap();
    assert_eq!(desk.tag(&bo, lamp, lamps, true).await, no_such.map(drop));
}

async fn the_words_of_a_restricted_department_do_not_go_along_with_a_letter(town: &Town) {
    let child = town.gets(AINO.writes("My neighbour's child").to(WELFARE.address)).await;
    let sigrid = Viewer { role: Role::Lead, ..town.viewer(SIGRID) };
    let desk = &town.desk;
    let welfare = Some(town.department(WELFARE));
    let custody = desk.add_tag(&sigrid, "custody", "red", welfare).await.unwrap();
    desk.tag(&sigrid, child, custody, true).await.unwrap();
    assert_eq!(town.rows_of(SIGRID, Folder::All).await[0].tags[0].name, "custody");
    SIGRID.at(town).refers_openly(child, ROADS, "a loose kerb").await.succeeds();
    assert_eq!(town.rows_of(BO, Folder::All).await[0].tags, []);
    assert_eq!(town.page_of(BO, child).await.unwrap().standing.tags, []);
    assert_eq!(town.page_of(SIGRID, child).await.unwrap().standing.tags[0].name, "custody");
}

async fn whoever_is_named_in_a_note_follows(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    BO.at(town).notes(lamp, "@dagny, is this yours? Not @Sigrids.").await.succeeds();
    assert_eq!(town.folder_of(DAGNY, Folder::Followed).await, [lamp]);
    assert_eq!(town.folder_of(SIGRID, Folder::Followed).await, []);
    assert_eq!(town.counts_of(DAGNY).await.followed, 1);
    town.desk.follow(&town.viewer(DAGNY), lamp, false).await.unwrap();
    assert_eq!(town.folder_of(DAGNY, Folder::Followed).await, []);

    // Nobody is named across a wall.
    let child = town.gets(AINO.writes("A child").to(WELFARE.address)).await;
    SIGRID.at(town).notes(child, "@Bo was there").await.succeeds();
    assert_eq!(town.folder_of(BO, Folder::Followed).await, []);
}

async fn a_note_is_taken_back_by_its_writer_for_a_minute(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    KAJA.at(town).reads(lamp).await;
    let followed = async || {
        let hers = town.folder_of(DAGNY, Folder::Followed).await;
        (hers, town.folder_of(SIGRID, Folder::Followed).await)
    };
    town.desk.follow(&town.viewer(SIGRID), lamp, true).await.unwrap();
    let before = town.rows_of(KAJA, Folder::All).await;
    let note = BO.at(town).notes(lamp, "@dagny and @sigrid: a secret").await.succeeds();
    assert_eq!(followed().await, (vec![lamp], vec![lamp]));

    let withdraws = async |who: Colleague, note| town.desk.withdraw(&town.viewer(who), note).await;
    assert_eq!(withdraws(DAGNY, note).await, Err(Refused::TooLate), "it is not hers");
    withdraws(BO, note).await.unwrap();
    assert_eq!(town.messages_of(BO, lamp).await.len(), 1);
    assert_eq!(town.finds("secret", None).await, 0);
    assert_eq!(followed().await, (vec![], vec![lamp]), "who followed before still does");
    for who in [DAGNY, SIGRID] {
        let viewer = town.viewer(who);
        let told = town.read(move |read| notices::unseen(read, &viewer)).await;
        assert_eq!(told, 0, "nobody is told of what is not there");
    }
    let after = town.rows_of(KAJA, Folder::All).await;
    assert_eq!((&after[0].snippet, after[0].unread), (&before[0].snippet, before[0].unread));
    let draft = town.page_of(BO, lamp).await.unwrap().writing.drafts.remove(0).draft;
    assert_eq!(draft.written.body, "@dagny and @sigrid: a secret");
    assert_eq!(town.journal_of(lamp).await.last().unwrap(), "note-taken-back by Bo");

    let note = BO.at(town).notes(lamp, "To stay").await.succeeds();
    town.passes(SignedDuration::from_secs(61));
    assert_eq!(withdraws(BO, note).await, Err(Refused::TooLate));
    assert_eq!(town.messages_of(BO, lamp).await.len(), 2);
}

async fn many_are_closed_at_once_and_opened_again(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let bin = town.mail_from(EINAR, "The bin").await;
    let hole = town.mail_from(EINAR, "The hole").await;
    DAGNY.at(town).closes(hole).await.succeeds();
    let (bo, desk) = (town.viewer(BO), &town.desk);
    let begun = desk.bulk(&bo, Act::Close, vec![lamp, bin, hole, lamp]).await.unwrap();
    assert!(begun.finished);
    let who = bo.clone();
    let (bulk, not_done) = town
        .read(move |read| {
            let not_done = bulks::not_done(read, &who, begun.id, 10)?;
            Ok((bulks::one(read, begun.id)?.unwrap(), not_done))
        })
        .await;
    assert_eq!((bulk.total, bulk.done, bulk.refused), (3, 2, 1));
    assert_eq!((not_done[0].inquiry, not_done[0].why.as_str()), (hole, "closed-already"));

    DAGNY.at(town).reopens(bin).await.succeeds();
    let back = desk.undo_bulk(&bo, begun.id).await.unwrap();
    let undone = town.read(move |read| Ok(bulks::one(read, back.id)?.unwrap())).await;
    assert_eq!((undone.done, undone.refused), (1, 1), "what Dagny did since stays");
    assert_eq!(town.state_of(lamp).await.0, State::Open);
    let again = desk.undo_bulk(&bo, begun.id).await.unwrap_err();
    assert_eq!(again, Refused::Undo(UndoRefused::Already));
    assert_eq!(desk.undo_bulk(&town.viewer(DAGNY), begun.id).await.unwrap_err(), Refused::NotFound);
}

async fn lamps(town: &Town, count: usize) {
    for number in 0..count {
        town.receives(AINO.writes(&format!("Lamp {number}"))).await.unwrap();
    }
    while town.inquiries().await.len() < count {
        town.files().await;
    }
}

async fn thousands_are_done_in_the_background_and_can_be_stopped(town: &Town) {
    lamps(town, 60).await;
    let (bo, desk) = (town.viewer(BO), &town.desk);
    let begun = desk.bulk_folder(&bo, Act::Claim, Folder::Unowned).await.unwrap();
    assert!(!begun.finished);
    desk.stop_bulk(&bo, begun.id).await.unwrap();
    desk.run_bulks().await.unwrap();
    assert_eq!(town.folder_of(BO, Folder::Mine).await, []);

    let begun = desk.bulk_folder(&bo, Act::Claim, Folder::Unowned).await.unwrap();
    desk.run_bulks().await.unwrap();
    assert_eq!(town.folder_of(BO, Folder::Mine).await.len(), 60);
    desk.undo_bulk(&bo, begun.id).await.unwrap();
    desk.run_bulks().await.unwrap();
    assert_eq!(town.folder_of(BO, Folder::Mine).await, []);
}

async fn what_stopping_cuts_off_is_taken_up_again(town: &Town) {
    lamps(town, 60).await;
    let (bo, desk) = (town.viewer(BO), &town.desk);
    desk.bulk_folder(&bo, Act::Claim, Folder::Unowned).await.unwrap();
    desk.start_working().stop(std::time::Duration::ZERO).await;
    town.passes(SignedDuration::from_mins(2));
    desk.run_bulks().await.unwrap();
    let mine = town.folder_of(BO, Folder::Mine).await;
    assert_eq!(mine.len(), 60);
    for id in mine {
        let journal = town.journal_of(id).await;
        assert_eq!(journal.iter().filter(|line| line.starts_with("claimed")).count(), 1);
    }
    town.mail_from(AINO, "One more").await;
}

async fn a_bulk_takes_back_only_what_it_did(town: &Town) {
    lamps(town, 60).await;
    let (bo, desk) = (town.viewer(BO), &town.desk);
    let lamp = town.folder_of(BO, Folder::Unowned).await[0];
    BO.at(town).marks_urgent(lamp, true).await.succeeds();
    town.passes(SignedDuration::from_mins(1));
    let urgent = Act::Urgent { urgent: true };
    let begun = desk.bulk_folder(&bo, urgent, Folder::Unowned).await.unwrap();
    BO.at(town).claims(lamp).await.succeeds();
    desk.run_bulks().await.unwrap();
    desk.undo_bulk(&bo, begun.id).await.unwrap();
    desk.run_bulks().await.unwrap();
    assert_eq!(town.folder_of(BO, Folder::Mine).await, [lamp], "she claimed it by hand");
}

async fn a_bulk_is_done_once_however_many_run_it(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let bin = town.mail_from(AINO, "The bin").await;
    let (bo, desk) = (town.viewer(BO), &town.desk);
    let asked = Act::Assign { to: town.viewer(DAGNY).staff };
    let (begun, first, second, third) = tokio::join!(
        desk.bulk(&bo, asked, vec![lamp, bin]),
        async {
            for _ in 0..8 {
                desk.run_bulks().await.unwrap();
            }
        },
        async {
            for _ in 0..8 {
                desk.run_bulks().await.unwrap();
            }
        },
        async {
            for _ in 0..8 {
                desk.run_bulks().await.unwrap();
            }
        },
    );
    let ((), (), ()) = (first, second, third);
    assert!(begun.unwrap().finished);
    for id in [lamp, bin] {
        let journal = town.journal_of(id).await;
        let assigned = journal.iter().filter(|line| line.starts_with("assigned"));
        assert_eq!(assigned.count(), 1, "{journal:?}");
    }
}

async fn many_are_read_and_unread_and_each_is_as_new_as_before(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let bin = town.mail_from(AINO, "The bin").await;
    let child = town.gets(AINO.writes("A child").to(WELFARE.address)).await;
    let (bo, desk) = (town.viewer(BO), &town.desk);
    desk.look(&bo, bin, 1).await.unwrap();
    let unread = async || {
        let rows = town.rows_of(BO, Folder::All).await;
        rows.iter().filter(|row| row.unread).map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(unread().await, [lamp]);

    let told = async || {
        let bo = bo.clone();
        town.read(move |read| notices::unseen(read, &bo)).await
    };
    DAGNY.at(town).notes(lamp, "@Bo Lindqvist, is it yours?").await.succeeds();
    assert_eq!(told().await, 1);
    let mut facts = town.listens();
    let read = desk.bulk(&bo, Act::Read { read: true }, vec![lamp, bin, child]).await.unwrap();
    assert_eq!(told().await, 0, "what is read, she need not be told of");
    let facts = facts();
    assert!(facts.contains(&Fact::Notice(bo.staff)) && facts.contains(&Fact::Staff(bo.staff)));
    let bulk = town.read(move |read_| Ok(bulks::one(read_, read.id)?.unwrap())).await;
    assert_eq!((bulk.done, bulk.refused), (2, 1), "what she may not see she cannot have read");
    assert_eq!(unread().await, []);
    let lines = town.journal_of(lamp).await;
    desk.undo_bulk(&bo, read.id).await.unwrap();
    assert_eq!(unread().await, [lamp], "the bin was read before");

    let fresh = desk.bulk(&bo, Act::Read { read: false }, vec![lamp, bin]).await.unwrap();
    assert_eq!(unread().await, [bin, lamp]);
    desk.undo_bulk(&bo, fresh.id).await.unwrap();
    assert_eq!(unread().await, [lamp]);
    assert_eq!(town.journal_of(lamp).await, lines, "it is nobody else's business");
}

async fn many_are_merged_into_the_oldest_and_taken_apart_again(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let again = town.mail_from(AINO, "The lamp again").await;
    let hole = town.mail_from(EINAR, "The hole").await;
    let third = town.mail_from(AINO, "Still the lamp").await;
    let (bo, desk) = (town.viewer(BO), &town.desk);
    let merged = desk.merge_many(&bo, vec![third, hole, lamp, again], false).await.unwrap();
    let who = bo.clone();
    let (bulk, not_done) = town
        .read(move |read| {
            let not_done = bulks::not_done(read, &who, merged.id, 10)?;
            Ok((bulks::one(read, merged.id)?.unwrap(), not_done))
        })
        .await;
    assert_eq!((bulk.total, bulk.done, bulk.refused), (3, 2, 1));
    assert_eq!((not_done[0].inquiry, not_done[0].why.as_str()), (hole, "two-persons"));
    assert_eq!(town.messages_of(BO, lamp).await.len(), 3);
    assert_eq!(town.folder_of(BO, Folder::All).await, [hole, lamp]);

    desk.undo_bulk(&bo, merged.id).await.unwrap();
    assert_eq!(town.messages_of(BO, lamp).await.len(), 1);
    assert_eq!(town.folder_of(BO, Folder::All).await, [third, hole, again, lamp]);

    let many = (0..=torg_desk::MOST_MERGED).map(|_| lamp).collect();
    assert_eq!(desk.merge_many(&bo, many, true).await.unwrap_err(), Refused::NotAllowed);
}
