//! What is due when, who is told, and what administrators set for it.

use jiff::{SignedDuration, Timestamp};
use torg_core::due::{Aim, Measure, Target};
use torg_core::hours::{Deadline, HoursRefused, OpeningHours};
use torg_core::{CalendarId, CategoryId, DepartmentId, Id, InquiryId, TargetId};
use torg_desk::{ChangeRefused, NewCategory, Refused, Reply, RuleRefused, Then, Trial};
use torg_store::{due, notices};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::*;

use crate::drafts::held;

stories! {
    a_letter_is_due_in_working_time_and_the_clock_stands_still_for_the_citizen,
    a_letter_after_it_was_closed_is_asked_anew,
    an_answer_that_was_taken_back_was_never_given,
    closing_that_is_undone_gives_the_time_back,
    what_was_closed_without_an_answer_still_waits_for_one,
    a_word_at_taking_over_is_no_first_answer,
    what_is_split_off_did_not_wait_while_it_was_the_citizens_turn,
    the_owner_is_reminded_and_the_leads_are_told_when_it_is_overdue,
    a_category_or_a_referral_brings_another_target,
    changed_targets_are_counted_anew_for_everything_open,
    only_administrators_change_rules_and_hours_that_never_open_are_refused,
    a_change_is_set_back_unless_somebody_changed_it_since,
    the_law_gives_days_and_never_waits_for_the_citizen,
    leads_see_figures_only_of_what_lies_inside_their_walls,
}

fn office() -> OpeningHours {
    let Ok(hours) = "8-16".parse() else { panic!("hours") };
    OpeningHours::weekdays(&hours)
}

async fn hours(town: &Town) -> CalendarId {
    let ada = town.viewer(ADA);
    town.desk.save_hours(&ada, None, "Office", office()).await.unwrap()
}

fn target(calendar: CalendarId, aim: Aim, hours: u32) -> Target {
    let measure = Measure::Working(hours * 60);
    Target { aim, measure, department: None, category: None, calendar, remind: 60 }
}

/// A first answer within four hours of work and an end within sixteen.
async fn promises(town: &Town) -> (CalendarId, TargetId) {
    let (calendar, ada) = (hours(town).await, town.viewer(ADA));
    let first = target(calendar, Aim::FirstAnswer, 4);
    town.desk.save_target(&ada, None, first).await.unwrap();
    let done = target(calendar, Aim::Done, 16);
    (calendar, town.desk.save_target(&ada, None, done).await.unwrap())
}

async fn next(town: &Town, id: InquiryId) -> Option<(Aim, Timestamp)> {
    let viewer = town.viewer(KAJA);
    let found = town.desk.reader().read(move |read| due::of_inquiry(read, &viewer, id).get()).await;
    let at = |due: due::DueAt| (due.aim, Timestamp::from_microsecond(due.at).unwrap());
    found.unwrap().0.map(at)
}

async fn told(town: &Town, colleague: Colleague) -> Vec<String> {
    let viewer = town.viewer(colleague);
    let found = town.desk.reader().read(move |read| notices::page(read, &viewer, false, None, 10));
    found.await.unwrap().rows.iter().map(|notice| notice.kind.word().to_owned()).collect()
}

fn at(text: &str) -> Timestamp {
    format!("2026-05-{text}:00Z").parse().unwrap()
}

/// Monday at nine in the morning, seven in UTC.
async fn a_letter_is_due_in_working_time_and_the_clock_stands_still_for_the_citizen(town: &Town) {
    promises(town).await;
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    assert_eq!(next(town, lamp).await, Some((Aim::FirstAnswer, at("04T11:00"))));
    town.passes(SignedDuration::from_hours(2));
    BO.at(town).replies(lamp, "Which lamp?").await.succeeds();
    assert_eq!(next(town, lamp).await, None);
    town.works().await;
    town.passes(SignedDuration::from_hours(24));
    let answer = AINO.answers(&last(town), "The one by the harbour");
    assert_eq!(town.gets(answer).await, lamp);
    // Two of sixteen hours had passed on Monday; the rest runs from eleven on Tuesday.
    assert_eq!(next(town, lamp).await, Some((Aim::Done, at("07T07:00"))));
    BO.at(town).closes(lamp).await.succeeds();
    assert_eq!(next(town, lamp).await, None);
}

async fn a_letter_after_it_was_closed_is_asked_anew(town: &Town) {
    promises(town).await;
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).replies(lamp, "It is mended").await.succeeds();
    town.works().await;
    BO.at(town).closes(lamp).await.succeeds();
    BO.at(town).reopens(lamp).await.succeeds();
    // A colleague's second thought begins nothing anew.
    assert_eq!(next(town, lamp).await, Some((Aim::Done, at("06T07:00"))));
    BO.at(town).closes(lamp).await.succeeds();
    town.passes(SignedDuration::from_hours(24));
    let answer = AINO.answers(&last(town), "It is out again");
    town.gets(answer).await;
    assert_eq!(next(town, lamp).await, Some((Aim::FirstAnswer, at("05T11:00"))));
}

async fn an_answer_that_was_taken_back_was_never_given(town: &Town) {
    promises(town).await;
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let message = bo.replies_with(lamp, held(&bo, "Tomorow.", &[])).await.succeeds();
    assert_eq!(next(town, lamp).await, None);
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
    assert_eq!(next(town, lamp).await, Some((Aim::FirstAnswer, at("04T11:00"))));
}

/// Closed for two hours, and opened again for two: what is undone never was.
async fn closing_that_is_undone_gives_the_time_back(town: &Town) {
    promises(town).await;
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let hole = town.gets(EINAR.writes("The hole").to(ROADS.address)).await;
    let (bo, first) = (BO.at(town), Some((Aim::FirstAnswer, at("04T11:00"))));
    let undoes = async |id| {
        let act = town.desk.newest_act(&bo.viewer, id).await.unwrap().unwrap();
        town.passes(SignedDuration::from_hours(2));
        town.desk.undo(&bo.viewer, act).await.unwrap();
    };
    bo.closes(lamp).await.succeeds();
    assert_eq!(next(town, lamp).await, None);
    undoes(lamp).await;
    assert_eq!(next(town, lamp).await, first);
    bo.replies_with(hole, Reply { then: Then::Closed, ..bo.reply("Mended", 1) }).await.succeeds();
    town.passes(SignedDuration::from_hours(1));
    bo.reopens(hole).await.succeeds();
    // He was answered: what runs is the end.
    assert_eq!(next(town, hole).await, Some((Aim::Done, at("06T08:00"))));
    undoes(hole).await;
    assert_eq!(next(town, hole).await, None);
    bo.reopens(hole).await.succeeds();
    assert_eq!(next(town, hole).await, Some((Aim::Done, at("06T10:00"))));
}

async fn what_was_closed_without_an_answer_still_waits_for_one(town: &Town) {
    promises(town).await;
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    bo.closes(lamp).await.succeeds();
    town.passes(SignedDuration::from_hours(2));
    bo.reopens(lamp).await.succeeds();
    assert_eq!(next(town, lamp).await, Some((Aim::FirstAnswer, at("04T13:00"))));
    town.passes(SignedDuration::from_mins(1));
    let message = Reply { then: Then::Closed, ..held(&bo, "Tomorow.", &[]) };
    let message = bo.replies_with(lamp, message).await.succeeds();
    assert_eq!(next(town, lamp).await, None);
    town.passes(SignedDuration::from_secs(5));
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
    assert_eq!(next(town, lamp).await, Some((Aim::FirstAnswer, at("04T13:00"))));
    // Who was answered stays answered.
    let message = Reply { then: Then::Closed, ..bo.reply("Tomorrow.", 2) };
    bo.replies_with(lamp, message).await.succeeds();
    bo.reopens(lamp).await.succeeds();
    assert_eq!(next(town, lamp).await.map(|(aim, _)| aim), Some(Aim::Done));
}

async fn a_word_at_taking_over_is_no_first_answer(town: &Town) {
    promises(town).await;
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    DAGNY.at(town).claims(lamp).await.succeeds();
    let promised = next(town, lamp).await;
    assert_eq!(promised.map(|(aim, _)| aim), Some(Aim::FirstAnswer));
    town.desk.take_over(&town.viewer(BO), lamp, "I take care of it.").await.unwrap();
    assert_eq!(next(town, lamp).await, promised);
    BO.at(town).replies(lamp, "It is mended.").await.succeeds();
    assert_eq!(next(town, lamp).await, None);
}

async fn what_is_split_off_did_not_wait_while_it_was_the_citizens_turn(town: &Town) {
    promises(town).await;
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).replies(lamp, "Which lamp?").await.succeeds();
    town.works().await;
    town.passes(SignedDuration::from_hours(1));
    town.gets(AINO.answers(&last(town), "The tall one. And the water is brown")).await;
    town.passes(SignedDuration::from_hours(1));
    BO.at(town).replies(lamp, "It is mended").await.succeeds();
    town.passes(SignedDuration::from_hours(24));
    let brown = town.messages_of(BO, lamp).await.into_iter().find(|one| one.text.contains("brown"));
    let viewer = town.viewer(BO);
    let water = town.desk.split(&viewer, lamp, vec![brown.unwrap().id], "Brown water").await;
    // An hour of four had passed on Monday; the rest runs from eleven on Tuesday.
    assert_eq!(next(town, water.unwrap()).await, Some((Aim::FirstAnswer, at("05T12:00"))));
}

async fn the_owner_is_reminded_and_the_leads_are_told_when_it_is_overdue(town: &Town) {
    promises(town).await;
    let lamp = town.gets(AINO.writes("The street lamp is out").to(ROADS.address)).await;
    BO.at(town).claims(lamp).await.succeeds();
    let does = async |hours| {
        town.passes(SignedDuration::from_hours(hours));
        town.desk.do_due_jobs().await.unwrap();
        (told(town, BO).await.len(), told(town, KAJA).await.len(), told(town, DAGNY).await.len())
    };
    assert_eq!(does(2).await, (0, 0, 0));
    assert_eq!(does(1).await, (1, 0, 0));
    assert_eq!(does(1).await, (2, 1, 0));
    assert_eq!(does(1).await, (2, 1, 0));
    assert_eq!(told(town, BO).await, ["overdue", "due-soon"]);
    let history = town.journal_of(lamp).await;
    assert!(history.iter().any(|line| line.starts_with("overdue")), "{history:?}");
}

async fn a_category_or_a_referral_brings_another_target(town: &Town) {
    let (calendar, _) = promises(town).await;
    let ada = town.viewer(ADA);
    let wanted = NewCategory {
        name: "Danger on the road".into(),
        department: Some(town.department(ROADS)),
        sort: 1,
        active: true,
    };
    let danger = town.desk.save_category(&ada, None, wanted).await.unwrap();
    let swift = Target { category: Some(danger), ..target(calendar, Aim::FirstAnswer, 1) };
    town.desk.save_target(&ada, None, swift).await.unwrap();
    let slow = Target {
        department: Some(town.department(WATER)),
        ..target(calendar, Aim::FirstAnswer, 6)
    };
    town.desk.save_target(&ada, None, slow).await.unwrap();

    let hole = town.gets(AINO.writes("A hole in the road").to(ROADS.address)).await;
    let bo = town.viewer(BO);
    assert_eq!(town.desk.categorise(&bo, hole, Some(danger)).await, Ok(None));
    assert_eq!(next(town, hole).await, Some((Aim::FirstAnswer, at("04T08:00"))));
    assert_eq!(town.desk.categorise(&bo, hole, None).await, Ok(Some(danger)));
    assert_eq!(next(town, hole).await, Some((Aim::FirstAnswer, at("04T11:00"))));
    BO.at(town).refers(hole, WATER, "A burst pipe").await.succeeds();
    assert_eq!(next(town, hole).await, Some((Aim::FirstAnswer, at("04T13:00"))));
    // A category of Roads is none for Water.
    let refused = town.desk.categorise(&bo, hole, Some(danger)).await;
    assert_eq!(refused, Err(Refused::NotFound));
    let nothing = CategoryId::from_i64(7);
    assert_eq!(town.desk.categorise(&bo, hole, Some(nothing)).await, Err(Refused::NotFound));
}

async fn changed_targets_are_counted_anew_for_everything_open(town: &Town) {
    let mut open = Vec::new();
    for subject in ["A lamp", "A tree", "A bench"] {
        open.push(town.mail_from(EINAR, subject).await);
    }
    BO.at(town).closes(open[2]).await.succeeds();
    let (calendar, done) = promises(town).await;
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(next(town, open[0]).await, Some((Aim::FirstAnswer, at("04T11:00"))));
    assert_eq!(next(town, open[2]).await, None);
    let ada = town.viewer(ADA);
    let sooner = target(calendar, Aim::Done, 1);
    town.desk.save_target(&ada, Some(done), sooner).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(next(town, open[1]).await, Some((Aim::Done, at("04T08:00"))));
    let longer = OpeningHours::weekdays(&"8-9.30, 14-16".parse().unwrap());
    town.desk.save_hours(&ada, Some(calendar), "Office", longer).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(next(town, open[1]).await, Some((Aim::Done, at("04T12:30"))));
}

async fn only_administrators_change_rules_and_hours_that_never_open_are_refused(town: &Town) {
    let (calendar, _) = promises(town).await;
    let (ada, kaja) = (town.viewer(ADA), town.viewer(KAJA));
    let desk = &town.desk;
    let refused = desk.save_hours(&kaja, None, "Mine", office()).await;
    assert_eq!(refused, Err(RuleRefused::NotAllowed));
    let never = desk.save_hours(&ada, Some(calendar), "Office", OpeningHours::default()).await;
    assert_eq!(never, Err(RuleRefused::Hours(HoursRefused::NeverOpen)));
    assert_eq!(desk.save_hours(&ada, None, "Office", office()).await, Err(RuleRefused::NameThere));
    assert_eq!(desk.remove_hours(&ada, calendar).await, Err(RuleRefused::InUse));
    let twice = desk.save_target(&ada, None, target(calendar, Aim::Done, 3)).await;
    assert_eq!(twice, Err(RuleRefused::TargetThere));
    let nothing = desk.save_target(&ada, None, target(calendar, Aim::Legal, 0)).await;
    assert_eq!(nothing, Err(RuleRefused::NoTime));
    let other = target(CalendarId::from_i64(9), Aim::Legal, 3);
    assert_eq!(desk.save_target(&ada, None, other).await, Err(RuleRefused::NotFound));
}

async fn a_change_is_set_back_unless_somebody_changed_it_since(town: &Town) {
    let (calendar, done) = promises(town).await;
    let (ada, desk) = (town.viewer(ADA), &town.desk);
    desk.save_target(&ada, Some(done), target(calendar, Aim::Done, 1)).await.unwrap();
    let lines = town.read(|read| torg_store::changes::of(read, "targets", 9)).await;
    let [changed, added, _] = &lines[..] else { panic!("{lines:?}") };
    let undo = async |viewer, line| desk.undo_change(viewer, "targets", line).await;
    assert_eq!(undo(&ada, added.line).await, Err(ChangeRefused::ChangedSince));
    undo(&ada, changed.line).await.unwrap();
    undo(&ada, added.line).await.unwrap();
    assert_eq!(desk.remove_target(&ada, done).await, Err(RuleRefused::NotFound));
    let department = town.department(ROADS);
    let trial = Trial { at: town.now(), department, category: None };
    let aims: Vec<Aim> = desk.try_due(trial).await.unwrap().iter().map(|due| due.aim).collect();
    assert_eq!(aims, [Aim::FirstAnswer]);
    let bo = town.viewer(BO);
    assert_eq!(undo(&bo, changed.line).await, Err(ChangeRefused::NotAllowed));
}

async fn the_law_gives_days_and_never_waits_for_the_citizen(town: &Town) {
    let (calendar, ada) = (hours(town).await, town.viewer(ADA));
    let measure = Measure::Days(Deadline::WorkingDays(7));
    let law = Target { measure, ..target(calendar, Aim::Legal, 1) };
    town.desk.save_target(&ada, None, law).await.unwrap();
    let access = town.mail_from(INGRID, "Access to documents").await;
    let ends = Some((Aim::Legal, at("13T21:59")));
    assert_eq!(next(town, access).await, ends);
    BO.at(town).replies(access, "Which ones?").await.succeeds();
    assert_eq!(next(town, access).await, ends);
    BO.at(town).closes(access).await.succeeds();
    assert_eq!(next(town, access).await, None);
}

async fn leads_see_figures_only_of_what_lies_inside_their_walls(town: &Town) {
    promises(town).await;
    town.gets(AINO.writes("A lamp").to(ROADS.address)).await;
    town.gets(INGRID.writes("About my child").to(WELFARE.address)).await;
    town.passes(SignedDuration::from_hours(5));
    let today = torg_store::leads::Today {
        now: town.now().as_microsecond(),
        end: at("04T22:00").as_microsecond(),
    };
    for (who, seen) in [(KAJA, 1), (ADA, 1), (SIGRID, 2)] {
        let viewer = town.viewer(who);
        let department: DepartmentId = town.department(WELFARE);
        let found = town.read(move |read| {
            Ok((
                torg_store::leads::figures(read, &viewer, today)?,
                torg_store::leads::departments(read, &viewer, today.now)?,
                torg_store::leads::colleagues(read, &viewer, department, today.now)?,
            ))
        });
        let (figures, departments, colleagues) = found.await;
        assert_eq!((figures.open, figures.unowned, figures.overdue), (seen, seen, seen));
        assert_eq!(departments.iter().any(|(_, load)| load.of.name == "Welfare"), seen == 2);
        assert_eq!(departments.iter().map(|(_, load)| load.overdue).sum::<i64>(), seen);
        assert_eq!(colleagues.len(), usize::from(seen == 2));
    }
}

/// The newest answer to Aino.
fn last(town: &Town) -> torg_testkit::relay::Taken {
    town.answers_to(AINO).pop().expect("an answer")
}
