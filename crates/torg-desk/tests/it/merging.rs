//! Linking, merging and splitting, and taking each of them back exactly.

use jiff::SignedDuration;
use torg_core::{InquiryId, State, Viewer};
use torg_desk::{MergeRefused, Refused, Saving, SplitRefused, UndoRefused};
use torg_store::drafts::{self, DraftKind, Written};
use torg_store::folders::Folder;
use torg_store::merging;
use torg_testkit::relay::Mood;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    AINO, BO, Colleague, DAGNY, EINAR, ROADS, SIGRID, WATER, WELFARE,
};

stories![
    two_inquiries_are_linked_by_number_and_unlinked,
    what_is_merged_goes_on_in_one_place,
    a_merge_is_taken_apart_again,
    nothing_is_merged_across_a_wall,
    what_was_merged_goes_behind_the_wall_with_it,
    chosen_messages_become_an_inquiry_of_their_own,
    a_split_is_taken_back_exactly,
    what_was_merged_since_is_not_put_together,
    a_letter_that_was_split_off_waits_again_where_it_goes_back,
    what_goes_back_goes_behind_the_wall,
    an_answer_that_fails_is_shown_where_it_was_merged_into,
    what_was_begun_in_what_is_merged_goes_along,
    a_letter_that_waits_is_taken_back_where_it_was_merged_into,
    a_letter_taken_back_is_nobodys_word,
];

async fn newest(town: &Town, who: Colleague, id: InquiryId) -> torg_core::JournalId {
    town.desk.newest_act(&town.viewer(who), id).await.unwrap().expect("something to undo")
}

async fn texts(town: &Town, id: InquiryId) -> Vec<(i64, String)> {
    let messages = town.messages_of(BO, id).await;
    let short = |text: &str| text.trim().lines().next().unwrap_or_default().to_owned();
    messages.iter().map(|message| (message.position, short(&message.text))).collect()
}

async fn two_inquiries_are_linked_by_number_and_unlinked(town: &Town) {
    let (lamp, bin) = (town.mail_from(AINO, "Lamp").await, town.mail_from(EINAR, "Bin").await);
    let (desk, bo) = (&town.desk, town.viewer(BO));
    desk.link(&bo, lamp, bin, "the same pole").await.unwrap();
    for (one, other) in [(lamp, bin), (bin, lamp)] {
        assert_eq!(town.page_of(DAGNY, one).await.unwrap().links[0].id, other);
        assert_eq!(town.journal_of(one).await.last().unwrap(), "linked by Bo: the same pole");
    }
    desk.undo(&bo, newest(town, BO, bin).await).await.unwrap();
    assert!(town.page_of(DAGNY, lamp).await.unwrap().links.is_empty());
    assert_eq!(town.journal_of(lamp).await.last().unwrap(), "undone by Bo", "in both");

    desk.link(&bo, lamp, bin, "").await.unwrap();
    desk.unlink(&bo, bin, lamp).await.unwrap();
    assert!(town.page_of(DAGNY, bin).await.unwrap().links.is_empty());
    desk.undo(&bo, newest(town, BO, lamp).await).await.unwrap();
    assert_eq!(town.page_of(DAGNY, bin).await.unwrap().links.len(), 1);
    let itself = Err(Refused::Merge(MergeRefused::Itself));
    assert_eq!(desk.link(&bo, lamp, lamp, "").await, itself);
}

async fn what_is_merged_goes_on_in_one_place(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let more = town.mail_from(AINO, "The lamp again").await;
    BO.at(town).replies(more, "Which lamp?").await.succeeds();
    town.sends().await;
    let (desk, bo) = (&town.desk, town.viewer(BO));
    desk.merge(&bo, lamp, more, false).await.unwrap();

    assert_eq!(town.messages_of(BO, lamp).await.len(), 3, "two letters and an answer");
    assert_eq!(town.read(move |read| merging::root(read, more)).await, lamp);
    assert_eq!(town.folder_of(BO, Folder::Closed).await, [], "it is not listed by itself");
    BO.at(town).claims(more).await.is_refused_with(Refused::Merged(lamp));

    let answer = town.answers_to(AINO).pop().unwrap();
    assert_eq!(town.gets(AINO.answers(&answer, "The one by the school.")).await, lamp);
    let order: Vec<i64> = town.messages_of(BO, lamp).await.iter().map(|one| one.at).collect();
    assert!(order.is_sorted());
    let third = town.mail_from(AINO, "The lamp, once more").await;
    desk.merge(&bo, third, lamp, false).await.unwrap();
    let answer = AINO.answers(&answer, "Hello?");
    assert_eq!(town.gets(answer).await, third, "also what was merged twice");
    BO.at(town).reads(third).await;
    assert!(town.messages_of(BO, third).await.iter().all(|message| !message.unread));
}

async fn a_merge_is_taken_apart_again(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let bin = town.mail_from(EINAR, "The bin").await;
    DAGNY.at(town).claims(bin).await.succeeds();
    let (desk, bo) = (&town.desk, town.viewer(BO));
    let two = Err(Refused::Merge(MergeRefused::TwoPersons));
    assert_eq!(desk.merge(&bo, lamp, bin, false).await, two);
    let before = (texts(town, lamp).await, texts(town, bin).await, town.state_of(bin).await);
    desk.merge(&bo, lamp, bin, true).await.unwrap();
    assert_eq!(town.state_of(bin).await.0, State::Closed);
    DAGNY.at(town).marks_urgent(lamp, true).await.succeeds();

    desk.undo(&bo, newest(town, BO, lamp).await).await.unwrap();
    let after = (texts(town, lamp).await, texts(town, bin).await, town.state_of(bin).await);
    assert_eq!(after, before);
    assert_eq!(town.folder_of(DAGNY, Folder::Mine).await, [bin]);
}

async fn nothing_is_merged_across_a_wall(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let child = town.gets(AINO.writes("A child").to(WELFARE.address)).await;
    let desk = &town.desk;
    let walls = Err(Refused::Merge(MergeRefused::DifferentWalls));
    assert_eq!(desk.merge(&town.viewer(SIGRID), lamp, child, true).await, walls);
    let unseen = Err(Refused::NotFound);
    assert_eq!(desk.merge(&town.viewer(BO), lamp, child, true).await, unseen);
    assert_eq!(desk.link(&town.viewer(BO), lamp, child, "").await, unseen);
}

async fn what_was_merged_goes_behind_the_wall_with_it(town: &Town) {
    let first = town.mail_from(AINO, "My neighbour").await;
    let second = town.mail_from(AINO, "A hungry child").await;
    let (desk, bo) = (&town.desk, town.viewer(BO));
    desk.merge(&bo, first, second, false).await.unwrap();
    BO.at(town).refers(first, WELFARE, "a child").await.succeeds();
    for id in [first, second] {
        assert!(town.page_of(BO, id).await.is_none());
        assert!(town.page_of(SIGRID, id).await.is_some());
    }
    assert_eq!(town.finds("hungry", None).await, 0);
    desk.undo(&bo, newest(town, BO, first).await).await.unwrap();
    assert_eq!(town.finds("hungry", None).await, 1);
    assert!(town.page_of(BO, second).await.is_some());
}

async fn conversation(town: &Town) -> InquiryId {
    let lamp = town.gets(AINO.writes("The lamp").to(ROADS.address)).await;
    BO.at(town).replies(lamp, "Which one?").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    town.gets(AINO.answers(&answer, "By the school.")).await;
    town.gets(AINO.answers(&answer, "And my water is brown.")).await;
    BO.at(town).notes(lamp, "Two matters.").await.succeeds();
    lamp
}

async fn chosen_messages_become_an_inquiry_of_their_own(town: &Town) {
    let lamp = conversation(town).await;
    let messages = town.messages_of(BO, lamp).await;
    let (desk, bo) = (&town.desk, town.viewer(BO));
    let nothing = Err(Refused::Split(SplitRefused::Nothing));
    assert_eq!(desk.split(&bo, lamp, vec![], "").await, nothing);
    let all = messages.iter().map(|one| one.id).collect();
    let everything = Err(Refused::Split(SplitRefused::Everything));
    assert_eq!(desk.split(&bo, lamp, all, "").await, everything);

    let chosen = vec![messages.iter().find(|one| one.text.contains("water")).unwrap().id];
    let water = desk.split(&bo, lamp, chosen, "Brown water").await.unwrap();
    let page = town.page_of(BO, water).await.unwrap();
    assert_eq!((page.subject.as_str(), page.links[0].id), ("Brown water", lamp));
    assert_eq!(page.person.unwrap().name, AINO.name);
    assert_eq!(town.state_of(water).await, (State::Open, Some("Bo".into())));
    let positions: Vec<i64> = town.messages_of(BO, lamp).await.iter().map(|m| m.position).collect();
    assert_eq!(positions, (1..=positions.len() as i64).collect::<Vec<_>>(), "without a gap");
    assert_eq!(town.length_of(water).await, 1);

    // What answers the letter that was moved finds it where it is.
    BO.at(town).refers(water, WATER, "their pipe").await.succeeds();
    DAGNY.at(town).replies(water, "We flush the pipe.").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    assert_eq!(town.gets(AINO.answers(&answer, "Thank you")).await, water);
}

async fn a_split_is_taken_back_exactly(town: &Town) {
    let lamp = conversation(town).await;
    DAGNY.at(town).reads(lamp).await;
    let before = texts(town, lamp).await;
    let messages = town.messages_of(BO, lamp).await;
    let chosen = vec![messages[0].id, messages[3].id];
    let (desk, bo) = (&town.desk, town.viewer(BO));
    let new = desk.split(&bo, lamp, chosen, "").await.unwrap();
    assert_eq!(texts(town, lamp).await.len() + texts(town, new).await.len(), before.len());

    desk.undo(&bo, newest(town, BO, lamp).await).await.unwrap();
    assert_eq!(texts(town, lamp).await, before);
    assert!(town.messages_of(DAGNY, lamp).await.iter().all(|message| !message.unread));
    assert_eq!(
        town.read(move |read| merging::root(read, new)).await,
        lamp,
        "its number leads back"
    );
    assert_eq!(town.length_of(new).await, 0);
    assert!(town.page_of(BO, lamp).await.unwrap().links.is_empty());
}

async fn what_was_merged_since_is_not_put_together(town: &Town) {
    let lamp = conversation(town).await;
    let chosen = vec![town.messages_of(BO, lamp).await[3].id];
    let (desk, bo) = (&town.desk, town.viewer(BO));
    let new = desk.split(&bo, lamp, chosen, "").await.unwrap();
    let split = newest(town, BO, new).await;
    desk.merge(&bo, new, lamp, true).await.unwrap();
    let refused = desk.undo(&bo, split).await;
    assert!(matches!(refused, Err(Refused::Undo(UndoRefused::Since { .. }))), "{refused:?}");
    assert_eq!(town.read(move |read| merging::root(read, lamp)).await, new);
    assert_eq!(town.read(move |read| merging::merged_into(read, new)).await, [lamp]);

    desk.undo(&bo, newest(town, BO, new).await).await.unwrap();
    desk.undo(&bo, split).await.unwrap();
    assert_eq!(town.read(move |read| merging::merged_into(read, lamp)).await, [new]);
}

async fn a_letter_that_was_split_off_waits_again_where_it_goes_back(town: &Town) {
    let (desk, bo) = (&town.desk, town.viewer(BO));
    for closes in [true, false] {
        let lamp = conversation(town).await;
        BO.at(town).replies(lamp, "It is the one by the school.").await.succeeds();
        let chosen = vec![town.messages_of(BO, lamp).await[3].id];
        let new = desk.split(&bo, lamp, chosen, "").await.unwrap();
        let split = newest(town, BO, new).await;
        if closes {
            BO.at(town).closes(lamp).await.succeeds();
        }
        desk.undo(&bo, split).await.unwrap();
        let expected = if closes { State::Open } else { State::Answered };
        assert_eq!(town.state_of(lamp).await.0, expected);
    }
}

async fn what_goes_back_goes_behind_the_wall(town: &Town) {
    let (desk, sigrid) = (&town.desk, town.viewer(SIGRID));
    let lamp = conversation(town).await;
    let messages = town.messages_of(BO, lamp).await;
    let chosen = vec![messages.iter().find(|one| one.text.contains("water")).unwrap().id];
    let new = desk.split(&sigrid, lamp, chosen, "").await.unwrap();
    let split = newest(town, SIGRID, new).await;
    SIGRID.at(town).refers(lamp, WELFARE, "a child").await.succeeds();
    assert_eq!(town.finds("brown", None).await, 1);
    desk.undo(&sigrid, split).await.unwrap();
    assert_eq!(town.finds("brown", None).await, 0);
}

async fn an_answer_that_fails_is_shown_where_it_was_merged_into(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let more = town.mail_from(AINO, "The lamp again").await;
    town.relay.is(Mood::Refuses);
    let answer = BO.at(town).replies(more, "Which lamp?").await.succeeds();
    let (desk, bo) = (&town.desk, town.viewer(BO));
    BO.at(town).closes(lamp).await.succeeds();
    desk.merge(&bo, lamp, more, false).await.unwrap();
    assert_eq!(town.state_of(lamp).await.0, State::Closed);
    town.sends().await;
    assert_eq!(town.state_of(lamp).await.0, State::Open);
    assert_eq!(town.state_of(more).await.0, State::Closed);
    assert!(town.rows_of(BO, Folder::All).await.iter().any(|row| row.id == lamp && row.trouble));
    desk.send_again(&bo, answer).await.unwrap();
}

async fn what_was_begun_in_what_is_merged_goes_along(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let more = town.mail_from(AINO, "The lamp again").await;
    let (desk, bo, dagny) = (&town.desk, town.viewer(BO), town.viewer(DAGNY));
    let saving = |body: &str, version: i64| Saving {
        written: Written { body: body.into(), ..Written::default() },
        composer: format!("window-{}", body.len()),
        version,
        ..Saving::default()
    };
    desk.save_draft(&bo, more, saving("Which one?", 0)).await.unwrap();
    desk.save_draft(&dagny, lamp, saving("Here.", 0)).await.unwrap();
    desk.save_draft(&dagny, more, saving("There!!", 0)).await.unwrap();
    desk.save_draft(&bo, more, Saving { kind: DraftKind::Forward, ..saving("To you", 0) })
        .await
        .unwrap();
    desk.discard_draft(&bo, more, DraftKind::Forward).await.unwrap();
    desk.follow(&dagny, more, true).await.unwrap();
    desk.merge(&bo, lamp, more, false).await.unwrap();

    assert_eq!(town.folder_of(BO, Folder::Drafts).await, [lamp]);
    assert_eq!(town.folder_of(DAGNY, Folder::Drafts).await, [lamp]);
    assert_eq!(town.folder_of(DAGNY, Folder::Followed).await, [lamp]);
    let own = |who: Viewer| {
        town.read(move |read| {
            let draft = drafts::one(read, who.staff, lamp, DraftKind::Reply)?.expect("a draft");
            let beside = drafts::versions(read, draft.id)?;
            let beside: Vec<String> = beside.into_iter().map(|version| version.body).collect();
            Ok((draft.written.body, beside))
        })
    };
    assert_eq!(own(dagny.clone()).await, ("Here.".into(), vec!["There!!".into()]));
    // Her window still has the other one open.
    desk.save_draft(&bo, more, saving("Which one, please?", 1)).await.unwrap();
    assert_eq!(own(bo.clone()).await, ("Which one, please?".into(), vec![]));
    let late = BO.at(town).replies(more, "Which one, please?").await;
    late.is_refused_with(Refused::Merged(lamp));
    // His toast still speaks of the other one.
    desk.restore_draft(&bo, more, DraftKind::Forward).await.unwrap();
    let bo = bo.staff;
    let forward = town.read(move |read| drafts::one(read, bo, lamp, DraftKind::Forward)).await;
    assert_eq!(forward.expect("a draft").written.body, "To you");
}

async fn a_letter_that_waits_is_taken_back_where_it_was_merged_into(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let more = town.mail_from(AINO, "The lamp again").await;
    BO.at(town).closes(lamp).await.succeeds();
    let (desk, bo) = (&town.desk, BO.at(town));
    let envelope = torg_desk::Envelope { hold_seconds: 10, ..Default::default() };
    let held = torg_desk::Reply { envelope, ..bo.reply("Which lamp?", 1) };
    let answer = bo.replies_with(more, held).await.succeeds();
    desk.merge(&bo.viewer, lamp, more, false).await.unwrap();
    let page = town.page_of(BO, lamp).await.unwrap();
    assert_eq!(page.writing.held.iter().map(|held| held.message).collect::<Vec<_>>(), [answer]);

    desk.withdraw(&bo.viewer, answer).await.unwrap();
    assert_eq!(town.state_of(lamp).await.0, State::Open, "her second letter is not answered");
    let page = town.page_of(BO, lamp).await.unwrap();
    assert_eq!(page.writing.drafts[0].draft.written.body, "Which lamp?");
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal.last().map(String::as_str), Some("withdrawn by Bo"));
    town.passes(SignedDuration::from_secs(60));
    town.sends().await;
    assert!(town.answers_to(AINO).is_empty(), "it never left");
}

async fn a_letter_taken_back_is_nobodys_word(town: &Town) {
    let lamp = conversation(town).await;
    let (desk, bo) = (&town.desk, town.viewer(BO));
    let held = torg_desk::Reply {
        text: "We mend it.".into(),
        anyway: true,
        key: "taken-back".into(),
        envelope: torg_desk::Envelope { hold_seconds: 10, ..Default::default() },
        ..Default::default()
    };
    let early = desk.reply(&town.viewer(DAGNY), lamp, held).await.unwrap();
    desk.withdraw(&town.viewer(DAGNY), early).await.unwrap();
    assert_eq!(town.folder_of(DAGNY, Folder::Sent).await, []);
    let chosen = vec![town.messages_of(BO, lamp).await[3].id];
    desk.split(&bo, lamp, chosen, "").await.unwrap();
    assert!(!town.rows_of(BO, Folder::All).await.iter().any(|row| row.snippet.contains("mend it")));
}
