//! What colleagues are told, what they are not, and when.

use jiff::{SignedDuration, Timestamp};
use torg_core::notice::{Digest, Ways};
use torg_core::{Fact, InquiryId, NoticeKind};
use torg_desk::{Away, Nameable, Which};
use torg_store::notices::{self, NoticeRow, Wishes};
use torg_testkit::relay::Mood;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::*;

stories! {
    who_is_named_in_a_note_is_told_once_and_nobody_of_her_own_note,
    nobody_outside_the_wall_is_told_and_what_went_behind_it_is_shown_no_more,
    those_inside_the_wall_are_offered_to_be_named_and_nobody_to_who_is_outside,
    who_has_left_is_told_nothing,
    the_owner_is_told_of_a_letter_and_whoever_follows_too,
    what_became_hers_and_what_was_taken_from_her_is_told,
    what_moves_many_of_hers_is_told_once_with_how_many,
    an_act_that_was_undone_was_never_told,
    opening_an_inquiry_sees_its_notices_and_acting_on_it_too,
    what_was_not_seen_is_brought_up_to_date_instead_of_joined_by_another,
    all_are_seen_up_to_the_newest_she_had_before_her,
    an_answer_that_did_not_arrive_is_told_to_who_wrote_it,
    what_wakes_is_told_to_its_owner,
    a_kind_nobody_wants_is_not_written,
    a_page_tells_once_and_not_while_it_is_quiet,
    a_digest_says_what_was_not_seen_once_and_nothing_when_nothing_is,
    a_digest_waits_for_the_end_of_quiet_hours,
    a_digest_says_nothing_of_what_is_behind_a_wall_but_its_number,
}

async fn of(town: &Town, colleague: Colleague) -> Vec<NoticeRow> {
    let viewer = town.viewer(colleague);
    town.read(move |read| Ok(notices::page(read, &viewer, true, None, 50)?.rows)).await
}

async fn kinds(town: &Town, colleague: Colleague) -> Vec<&'static str> {
    of(town, colleague).await.iter().map(|notice| notice.kind.word()).collect()
}

async fn unseen(town: &Town, colleague: Colleague) -> i64 {
    let viewer = town.viewer(colleague);
    town.read(move |read| notices::unseen(read, &viewer)).await
}

async fn wishes(town: &Town, colleague: Colleague, change: impl FnOnce(&mut Wishes)) {
    let viewer = town.viewer(colleague);
    let staff = viewer.staff;
    let mut wishes = town.read(move |read| notices::wishes(read, staff)).await;
    change(&mut wishes);
    town.desk.set_wishes(&viewer, wishes).await.unwrap();
}

async fn told(town: &Town, colleague: Colleague) -> Vec<&'static str> {
    let telling = town.desk.tell_notices(&town.viewer(colleague)).await.unwrap();
    telling.notices.iter().map(|notice| notice.kind.word()).collect()
}

async fn nameable(town: &Town, by: Colleague, inquiry: InquiryId, typed: &str) -> Vec<String> {
    let (viewer, typed, now) = (town.viewer(by), typed.to_owned(), town.now());
    let found =
        town.read(move |read| torg_desk::nameable(read, &viewer, inquiry, &typed, now)).await;
    let name = |one: &Nameable| match one.is_away {
        true => format!("{} (away)", one.staff.name),
        false => one.staff.name.clone(),
    };
    found.unwrap_or_default().iter().map(name).collect()
}

async fn lamp_of(town: &Town, owner: Colleague) -> InquiryId {
    let lamp = town.gets(AINO.writes("The street lamp is out").to(ROADS.address)).await;
    owner.at(town).claims(lamp).await.succeeds();
    lamp
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn who_is_named_in_a_note_is_told_once_and_nobody_of_her_own_note(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    let mut said = town.listens();
    BO.at(town).notes(lamp, "@Dagny and @Bo, who has the ladder?").await.succeeds();
    let found = of(town, DAGNY).await;
    assert_eq!(kinds(town, DAGNY).await, ["mentioned"], "and not of the same note as a follower");
    assert_eq!(found[0].by.as_ref().map(|by| by.name.as_str()), Some("Bo"));
    assert_eq!(found[0].words, "@Dagny and @Bo, who has the ladder?");
    assert_eq!(found[0].inquiry, lamp);
    assert!(of(town, BO).await.is_empty() && of(town, KAJA).await.is_empty());
    assert!(said().contains(&Fact::Notice(town.viewer(DAGNY).staff)));
}

async fn nobody_outside_the_wall_is_told_and_what_went_behind_it_is_shown_no_more(town: &Town) {
    let child = town.gets(AINO.writes("About a child").to(WELFARE.address)).await;
    SIGRID.at(town).claims(child).await.succeeds();
    SIGRID.at(town).notes(child, "@Bo should not know of this").await.succeeds();
    assert!(of(town, BO).await.is_empty());

    let lamp = lamp_of(town, DAGNY).await;
    DAGNY.at(town).notes(lamp, "@Bo knows more of this").await.succeeds();
    assert_eq!((unseen(town, BO).await, unseen(town, SIGRID).await), (1, 0));
    DAGNY.at(town).refers(lamp, WELFARE, "It is about a child").await.succeeds();
    assert_eq!((unseen(town, BO).await, kinds(town, BO).await.len()), (0, 0));
    assert!(told(town, BO).await.is_empty());
}

async fn those_inside_the_wall_are_offered_to_be_named_and_nobody_to_who_is_outside(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    let child = town.gets(AINO.writes("About a child").to(WELFARE.address)).await;
    assert_eq!(nameable(town, BO, lamp, "").await, ["Dagny", "Kaja", "Ada", "Sigrid"]);
    assert_eq!(nameable(town, BO, lamp, "DA").await, ["Dagny"]);
    assert_eq!(nameable(town, SIGRID, child, "").await, Vec::<String>::new());
    assert_eq!(nameable(town, BO, child, "").await, Vec::<String>::new());

    let (dagny, now) = (town.viewer(DAGNY), town.now());
    let (staff, begins) = (dagny.staff, now.as_microsecond());
    let ends = (now + SignedDuration::from_hours(24)).as_microsecond();
    let away = Away { staff, begins, ends, word: String::new(), deputy: None };
    town.desk.go_away(&dagny, away).await.unwrap();
    assert_eq!(nameable(town, BO, lamp, "dag").await, ["Dagny (away)"]);
}

async fn who_has_left_is_told_nothing(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    DAGNY.at(town).notes(lamp, "@Kaja has the ladder").await.succeeds();
    let (ada, kaja) = (town.viewer(ADA), town.viewer(KAJA).staff);
    town.desk.deactivate(&ada, kaja, None).await.unwrap();
    let before = town.read(move |read| notices::wishes(read, kaja)).await;
    assert_eq!(before.digest, Digest::Never);
    town.passes(SignedDuration::from_mins(5));
    // She follows it since the note.
    BO.at(town).notes(lamp, "The ladder is found").await.succeeds();
    assert_eq!(kinds(town, KAJA).await, ["mentioned"], "nothing since");
}

async fn the_owner_is_told_of_a_letter_and_whoever_follows_too(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    let dagny = DAGNY.at(town);
    town.desk.follow(&dagny.viewer, lamp, true).await.unwrap();
    BO.at(town).replies(lamp, "Which lamp?").await.succeeds();
    assert_eq!(kinds(town, DAGNY).await, ["followed"]);
    assert!(kinds(town, BO).await.is_empty(), "his own answer");
    town.works().await;
    let answer = AINO.answers(town.answers_to(AINO).last().unwrap(), "The one by the harbour");
    assert_eq!(town.gets(answer).await, lamp);
    let found = of(town, BO).await;
    assert_eq!(kinds(town, BO).await, ["letter"]);
    assert_eq!(found[0].author.as_deref(), Some("Aino Virtanen"));
    assert_eq!(kinds(town, DAGNY).await, ["followed"]);
    assert_eq!(of(town, DAGNY).await[0].times, 2);
    assert!(kinds(town, KAJA).await.is_empty());
}

async fn what_became_hers_and_what_was_taken_from_her_is_told(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    KAJA.at(town).assigns(lamp, DAGNY).await.succeeds();
    assert_eq!((kinds(town, DAGNY).await, kinds(town, BO).await), (vec!["assigned"], vec!["gone"]));
    BO.at(town).assigns(lamp, BO).await.succeeds();
    assert_eq!(kinds(town, BO).await.len(), 0, "he took it himself, and has seen it");
    assert_eq!(kinds(town, DAGNY).await, ["gone", "assigned"]);
    let (kaja, lamp_two) = (town.viewer(KAJA), lamp_of(town, DAGNY).await);
    town.desk.take_over(&kaja, lamp_two, "").await.unwrap();
    assert_eq!(of(town, DAGNY).await[0].inquiry, lamp_two);
    assert_eq!(kinds(town, DAGNY).await, ["gone", "gone", "assigned"]);
}

async fn what_moves_many_of_hers_is_told_once_with_how_many(town: &Town) {
    let ada = town.viewer(ADA);
    for number in 0..60 {
        let pipe = format!("Pipe {number} burst");
        let pipe = town.gets(AINO.writes(&pipe).to(WATER.address)).await;
        BO.at(town).claims(pipe).await.succeeds();
    }
    let (water, roads) = (town.department(WATER), town.department(ROADS));
    town.desk.remove_department(&ada, water, roads, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    let told = of(town, BO).await;
    assert_eq!((told.len(), told[0].kind.word(), told[0].times), (1, "gone", 60));
    assert_eq!(unseen(town, BO).await, 1);

    let heir = town.viewer(DAGNY).staff;
    town.desk.deactivate(&ada, town.viewer(BO).staff, Some(heir)).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    let told = of(town, DAGNY).await;
    assert_eq!((told.len(), told[0].kind.word(), told[0].times), (1, "assigned", 60));
}

async fn an_act_that_was_undone_was_never_told(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    let kaja = KAJA.at(town);
    kaja.assigns(lamp, DAGNY).await.succeeds();
    let line = town.desk.newest_act(&kaja.viewer, lamp).await.unwrap().unwrap();
    town.desk.undo(&kaja.viewer, line).await.unwrap();
    assert!(kinds(town, DAGNY).await.is_empty() && kinds(town, BO).await.is_empty());
}

async fn opening_an_inquiry_sees_its_notices_and_acting_on_it_too(town: &Town) {
    let (lamp, other) = (lamp_of(town, BO).await, lamp_of(town, BO).await);
    for id in [lamp, other] {
        BO.at(town).notes(id, "@Dagny @Kaja look").await.succeeds();
    }
    assert_eq!((unseen(town, DAGNY).await, unseen(town, KAJA).await), (2, 2));
    let mut said = town.listens();
    assert!(DAGNY.at(town).reads(lamp).await);
    assert_eq!(of(town, DAGNY).await[0].inquiry, other);
    assert!(said().contains(&Fact::Notice(town.viewer(DAGNY).staff)), "her other windows hear");
    DAGNY.at(town).notes(other, "Seen").await.succeeds();
    assert_eq!(unseen(town, DAGNY).await, 0);
    // Kaja has seen nothing, and follows both.
    assert_eq!(unseen(town, KAJA).await, 3);
}

async fn what_was_not_seen_is_brought_up_to_date_instead_of_joined_by_another(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    BO.at(town).notes(lamp, "@Dagny look").await.succeeds();
    town.passes(SignedDuration::from_mins(1));
    BO.at(town).notes(lamp, "@Dagny please").await.succeeds();
    let found = of(town, DAGNY).await;
    assert_eq!((found.len(), found[0].times, found[0].words.as_str()), (1, 2, "@Dagny please"));
    assert_eq!(found[0].at, town.now().as_microsecond());
    assert!(DAGNY.at(town).reads(lamp).await);
    BO.at(town).notes(lamp, "@Dagny thanks").await.succeeds();
    assert_eq!(of(town, DAGNY).await[0].times, 1);
    let all = town.viewer(DAGNY);
    let all = town.read(move |read| notices::page(read, &all, false, None, 50)).await;
    assert_eq!(all.rows.iter().map(|row| row.seen).collect::<Vec<_>>(), [false, true]);
}

async fn all_are_seen_up_to_the_newest_she_had_before_her(town: &Town) {
    let lamps = [lamp_of(town, BO).await, lamp_of(town, BO).await, lamp_of(town, BO).await];
    for lamp in lamps {
        town.passes(SignedDuration::from_secs(1));
        BO.at(town).notes(lamp, "@Dagny look").await.succeeds();
    }
    let (dagny, found) = (town.viewer(DAGNY), of(town, DAGNY).await);
    let kaja = town.viewer(KAJA);
    town.desk.see_notices(&kaja, Which::UpTo(found[0].id)).await.unwrap();
    town.desk.see_notices(&kaja, Which::One(found[0].id)).await.unwrap();
    assert_eq!(unseen(town, DAGNY).await, 3, "nobody sees for another");
    town.desk.see_notices(&dagny, Which::UpTo(found[1].id)).await.unwrap();
    assert_eq!(of(town, DAGNY).await[0].inquiry, lamps[2]);
    town.desk.see_notices(&dagny, Which::One(found[0].id)).await.unwrap();
    assert_eq!(unseen(town, DAGNY).await, 0);
    let page = move |before| {
        let dagny = dagny.clone();
        town.read(move |read| notices::page(read, &dagny, false, before, 2))
    };
    let first = page(None).await;
    let second = page(first.next).await;
    assert_eq!((first.rows.len(), second.rows.len(), second.next), (2, 1, None));
}

async fn an_answer_that_did_not_arrive_is_told_to_who_wrote_it(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    town.relay.is(Mood::Refuses);
    BO.at(town).replies(lamp, "It is mended").await.succeeds();
    town.works().await;
    assert_eq!(kinds(town, BO).await, ["undelivered"]);
}

async fn what_wakes_is_told_to_its_owner(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    let bo = town.viewer(BO);
    let until = town.now() + SignedDuration::from_hours(2);
    town.desk.snooze(&bo, lamp, until).await.unwrap();
    town.passes(SignedDuration::from_hours(3));
    town.desk.do_due_jobs().await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(kinds(town, BO).await, ["woke"]);
    assert_eq!(of(town, BO).await[0].by, None);
}

async fn a_kind_nobody_wants_is_not_written(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    let set = |page: bool, mail: bool| {
        move |wishes: &mut Wishes| {
            for (kind, ways) in &mut wishes.ways {
                if *kind == NoticeKind::Mentioned {
                    *ways = Ways { page, sound: false, mail };
                }
            }
        }
    };
    wishes(town, DAGNY, set(false, false)).await;
    BO.at(town).notes(lamp, "@Dagny look").await.succeeds();
    assert_eq!(kinds(town, DAGNY).await, ["followed"], "she follows it, and wants that");
    assert!(DAGNY.at(town).reads(lamp).await);
    wishes(town, DAGNY, set(false, true)).await;
    let other = lamp_of(town, BO).await;
    BO.at(town).notes(other, "@Dagny look").await.succeeds();
    assert_eq!(unseen(town, DAGNY).await, 0, "only by mail");
    assert!(told(town, DAGNY).await.is_empty());
}

async fn a_page_tells_once_and_not_while_it_is_quiet(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    BO.at(town).notes(lamp, "@Dagny look").await.succeeds();
    assert_eq!(told(town, DAGNY).await, ["mentioned"]);
    assert!(told(town, DAGNY).await.is_empty(), "another window of hers");
    // Nine in the morning; it is quiet from ten on Monday until seven on Tuesday.
    wishes(town, DAGNY, |wishes| wishes.quiet = "1000000 600-420".parse().ok()).await;
    town.passes(SignedDuration::from_hours(2));
    BO.at(town).notes(lamp, "@Dagny please").await.succeeds();
    assert!(told(town, DAGNY).await.is_empty());
    let telling = town.desk.tell_notices(&town.viewer(DAGNY)).await.unwrap();
    let end = at("2026-05-05T05:00:00Z").as_microsecond();
    assert_eq!(telling.quiet_until, Some(end));
    assert_eq!(unseen(town, DAGNY).await, 1, "the bell counts it all the same");
    town.clock.set(at("2026-05-05T05:00:00Z"));
    assert_eq!(told(town, DAGNY).await, ["mentioned"]);
}

/// The digests the relay took for a colleague.
async fn digests(town: &Town, colleague: Colleague) -> Vec<String> {
    town.desk.do_due_jobs().await.unwrap();
    town.works().await;
    let taken = town.relay.taken().into_iter();
    let hers = taken.filter(|mail| mail.recipients.iter().any(|to| to == colleague.email));
    hers.map(|mail| mail.letter.text).collect()
}

async fn a_digest_says_what_was_not_seen_once_and_nothing_when_nothing_is(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    wishes(town, DAGNY, |wishes| wishes.digest = Digest::Daily(600)).await;
    BO.at(town).notes(lamp, "@Dagny look").await.succeeds();
    town.passes(SignedDuration::from_mins(59));
    assert!(digests(town, DAGNY).await.is_empty(), "before ten");
    town.passes(SignedDuration::from_mins(1));
    let sent = digests(town, DAGNY).await;
    assert_eq!(sent.len(), 1);
    let link = format!("https://torg.fjordby.example/inquiries/{lamp}");
    for part in ["Hei Dagny", "Bo nevnte deg", "The street lamp is out", &link] {
        assert!(sent[0].contains(part), "no {part} in {}", sent[0]);
    }
    assert_eq!(digests(town, DAGNY).await.len(), 1, "it was sent already");
    // Another node comes to the same moment.
    let other = town.another_node().await;
    other.do_due_jobs().await.unwrap();
    town.passes(SignedDuration::from_hours(24));
    assert_eq!(digests(town, DAGNY).await.len(), 1, "nothing new since");
    BO.at(town).notes(lamp, "@Dagny please").await.succeeds();
    assert!(DAGNY.at(town).reads(lamp).await);
    town.passes(SignedDuration::from_hours(24));
    assert_eq!(digests(town, DAGNY).await.len(), 1, "she has seen it");
    BO.at(town).notes(lamp, "@Dagny thanks").await.succeeds();
    let (ada, dagny) = (town.viewer(ADA), town.viewer(DAGNY).staff);
    town.desk.deactivate(&ada, dagny, None).await.unwrap();
    town.passes(SignedDuration::from_hours(24));
    assert_eq!(digests(town, DAGNY).await.len(), 1, "she has left");
}

async fn a_digest_waits_for_the_end_of_quiet_hours(town: &Town) {
    let lamp = lamp_of(town, BO).await;
    wishes(town, DAGNY, |wishes| {
        wishes.digest = Digest::Hourly;
        // From half past nine until noon.
        wishes.quiet = "1111111 570-720".parse().ok();
    })
    .await;
    BO.at(town).notes(lamp, "@Dagny look").await.succeeds();
    town.passes(SignedDuration::from_hours(1));
    assert!(digests(town, DAGNY).await.is_empty());
    town.clock.set(at("2026-05-04T09:59:00Z"));
    assert!(digests(town, DAGNY).await.is_empty());
    town.clock.set(at("2026-05-04T10:00:00Z"));
    assert_eq!(digests(town, DAGNY).await.len(), 1);
}

async fn a_digest_says_nothing_of_what_is_behind_a_wall_but_its_number(town: &Town) {
    let lamp = lamp_of(town, DAGNY).await;
    for colleague in [BO, SIGRID] {
        wishes(town, colleague, |wishes| wishes.digest = Digest::Hourly).await;
    }
    DAGNY.at(town).notes(lamp, "@Bo and @Sigrid, look").await.succeeds();
    DAGNY.at(town).refers(lamp, WELFARE, "It is about a child").await.succeeds();
    town.passes(SignedDuration::from_hours(1));
    let sent = digests(town, SIGRID).await;
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains("26-") && !sent[0].contains("street lamp"), "{}", sent[0]);
    assert!(digests(town, BO).await.is_empty(), "he is outside now");
}
