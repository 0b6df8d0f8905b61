//! What lies in a department that is removed, or with a colleague who leaves, goes on to others.

use std::sync::Arc;

use jiff::SignedDuration;
use torg_core::{Id, JobId, JournalId, State};
use torg_desk::{ChangeRefused, DepartmentRefused, StaffingRefused};
use torg_store::folders::Folder;
use torg_store::{Options, Store, Tx, changes, jobs, staff};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, CITIZEN_SERVICE, DAGNY, EINAR, KAJA, ROADS, WATER, WELFARE,
};

stories![
    what_she_owned_goes_to_her_heir_or_to_everybody,
    a_removed_department_leaves_its_letters_to_another,
    a_removed_department_is_put_back_with_what_its_heir_still_has,
    a_removed_department_is_not_put_back_beside_another_of_its_name,
    letters_come_out_from_behind_an_heirs_wall_only_if_that_is_said,
    a_removed_department_is_put_back_before_anything_moved,
    departments_removed_one_after_another_leave_their_letters_to_the_last,
    what_sleeps_in_a_removed_department_wakes_in_time,
    what_sleeps_with_who_leaves_is_nobodys_and_wakes_in_time,
    a_job_that_cannot_be_done_holds_up_no_other,
];

async fn what_she_owned_goes_to_her_heir_or_to_everybody(town: &Town) {
    let (ada, bo, dagny) = (town.viewer(ADA), town.viewer(BO), town.viewer(DAGNY).staff);
    let lamp = town.gets(AINO.writes("The lamp is out").to(ROADS.address)).await;
    let hole = town.gets(EINAR.writes("A hole in the road").to(ROADS.address)).await;
    BO.at(town).claims(lamp).await.succeeds();
    DAGNY.at(town).claims(hole).await.succeeds();
    town.desk.deactivate(&ada, bo.staff, Some(dagny)).await.unwrap();
    assert!(town.desk.is_moving(bo.staff.as_i64()).await.unwrap());
    town.desk.do_due_jobs().await.unwrap();
    assert!(!town.desk.is_moving(bo.staff.as_i64()).await.unwrap());
    assert_eq!(town.state_of(lamp).await.1.as_deref(), Some("Dagny"));
    let gone = town.desk.deactivate(&ada, dagny, Some(bo.staff)).await;
    assert_eq!(gone, Err(StaffingRefused::NoHeir), "Bo does not work here any more");
    town.desk.deactivate(&ada, dagny, None).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(hole).await.1, None);
    assert_eq!(town.folder_of(KAJA, Folder::Unowned).await.len(), 2);
}

async fn a_removed_department_leaves_its_letters_to_another(town: &Town) {
    let ada = town.viewer(ADA);
    let (water, roads, welfare) =
        (town.department(WATER), town.department(ROADS), town.department(WELFARE));
    let pipe = town.gets(AINO.writes("A pipe burst").to(WATER.address)).await;
    KAJA.at(town).claims(pipe).await.succeeds();
    let opened = town.desk.remove_department(&ada, welfare, roads, false).await;
    assert_eq!(opened, Err(DepartmentRefused::WouldOpen));
    town.desk.remove_department(&ada, water, roads, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    let page = town.page_of(KAJA, pipe).await.unwrap();
    assert_eq!(
        (page.department.name.as_str(), page.inquiry.owner),
        ("Roads", Some(town.viewer(KAJA).staff))
    );
    let next = town.gets(EINAR.writes("Another pipe").to(WATER.address)).await;
    assert_eq!(town.page_of(KAJA, next).await.unwrap().department.name, "Roads");
    let gone = town.desk.remove_department(&ada, water, roads, false).await;
    assert_eq!(gone, Err(DepartmentRefused::NotFound));
    town.desk.create_department(&ada, "Water", false, None).await.unwrap();
}

async fn a_removed_department_is_put_back_with_what_its_heir_still_has(town: &Town) {
    let ada = town.viewer(ADA);
    let (water, roads) = (town.department(WATER), town.department(ROADS));
    let pipe = town.gets(AINO.writes("A pipe burst").to(WATER.address)).await;
    let moved = town.gets(AINO.writes("A hole in the road").to(WATER.address)).await;
    let members = town.read(move |read| staff::members(read, water)).await;
    town.desk.remove_department(&ada, water, roads, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    let service = town.department(CITIZEN_SERVICE);
    KAJA.at(town).refers(moved, CITIZEN_SERVICE, "not water").await.succeeds();
    assert_ne!(service, roads);

    undo_removal(town).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.page_of(KAJA, pipe).await.unwrap().department.name, "Water");
    let elsewhere = town.page_of(KAJA, moved).await.unwrap();
    assert_eq!(elsewhere.department.name, "Citizen service", "somebody moved it since");
    assert_eq!(town.read(move |read| staff::members(read, water)).await, members);
    let next = town.gets(EINAR.writes("Another pipe").to(WATER.address)).await;
    assert_eq!(town.page_of(KAJA, next).await.unwrap().department.name, "Water");
}

async fn a_removed_department_is_not_put_back_beside_another_of_its_name(town: &Town) {
    let ada = town.viewer(ADA);
    let (water, roads) = (town.department(WATER), town.department(ROADS));
    town.desk.remove_department(&ada, water, roads, false).await.unwrap();
    let removed = removal(town).await;
    town.desk.create_department(&ada, "Water", false, None).await.unwrap();
    let undone = town.desk.undo_change(&ada, "departments", removed).await;
    assert_eq!(undone, Err(ChangeRefused::ChangedSince));
}

async fn letters_come_out_from_behind_an_heirs_wall_only_if_that_is_said(town: &Town) {
    let ada = town.viewer(ADA);
    let (water, welfare) = (town.department(WATER), town.department(WELFARE));
    let pipe = town.gets(AINO.writes("A pipe burst").to(WATER.address)).await;
    town.desk.remove_department(&ada, water, welfare, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert!(town.page_of(KAJA, pipe).await.is_none(), "it went behind the wall of Welfare");

    assert_eq!(undo_removal(town).await, Err(ChangeRefused::WouldOpen));
    town.desk.do_due_jobs().await.unwrap();
    assert!(town.page_of(KAJA, pipe).await.is_none());
    let line = removal(town).await;
    town.desk.undo_change_openly(&ada, "departments", line).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.page_of(KAJA, pipe).await.unwrap().department.name, "Water");
}

async fn a_removed_department_is_put_back_before_anything_moved(town: &Town) {
    let ada = town.viewer(ADA);
    let (water, roads) = (town.department(WATER), town.department(ROADS));
    let pipe = town.gets(AINO.writes("A pipe burst").to(WATER.address)).await;
    town.desk.remove_department(&ada, water, roads, false).await.unwrap();
    undo_removal(town).await.unwrap();
    assert_eq!(undo_removal(town).await, Err(ChangeRefused::ChangedSince));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.page_of(KAJA, pipe).await.unwrap().department.name, "Water");
}

async fn undo_removal(town: &Town) -> Result<(), ChangeRefused> {
    let line = removal(town).await;
    town.desk.undo_change(&town.viewer(ADA), "departments", line).await
}

/// The newest line that says a department was removed.
async fn removal(town: &Town) -> JournalId {
    let lines = town.read(|read| changes::of(read, "departments", 50)).await;
    let removed = lines.iter().find(|change| change.new.is_empty() && change.undoes.is_none());
    removed.expect("a department was removed").line
}

async fn departments_removed_one_after_another_leave_their_letters_to_the_last(town: &Town) {
    let ada = town.viewer(ADA);
    let (water, roads) = (town.department(WATER), town.department(ROADS));
    let pipe = town.gets(AINO.writes("A pipe burst").to(WATER.address)).await;
    town.desk.remove_department(&ada, water, roads, false).await.unwrap();
    let service = town.department(CITIZEN_SERVICE);
    town.desk.remove_department(&ada, roads, service, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    let page = town.page_of(KAJA, pipe).await.unwrap();
    assert_eq!(page.department.name, "Citizen service");
    assert!(!town.desk.is_moving(water.as_i64()).await.unwrap());
}

async fn what_sleeps_in_a_removed_department_wakes_in_time(town: &Town) {
    let (ada, kaja) = (town.viewer(ADA), town.viewer(KAJA));
    let (water, roads) = (town.department(WATER), town.department(ROADS));
    let pipe = town.gets(AINO.writes("A pipe burst").to(WATER.address)).await;
    town.desk.snooze(&kaja, pipe, town.now() + SignedDuration::from_hours(3)).await.unwrap();
    town.desk.remove_department(&ada, water, roads, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(pipe).await, (State::Snoozed, Some("Kaja".into())));
    town.passes(SignedDuration::from_hours(4));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(pipe).await, (State::Open, Some("Kaja".into())));
}

async fn what_sleeps_with_who_leaves_is_nobodys_and_wakes_in_time(town: &Town) {
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO));
    let lamp = town.mail_from(AINO, "The lamp is out").await;
    town.desk.snooze(&bo, lamp, town.now() + SignedDuration::from_hours(3)).await.unwrap();
    town.desk.deactivate(&ada, bo.staff, None).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Snoozed, None));
    town.passes(SignedDuration::from_hours(4));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, None));
}

async fn a_job_that_cannot_be_done_holds_up_no_other(town: &Town) {
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO).staff);
    let lamp = town.gets(AINO.writes("The lamp is out").to(ROADS.address)).await;
    BO.at(town).claims(lamp).await.succeeds();
    let options = Options { node: 1, ..Options::default() };
    let newer = Store::open(&town.place, options, Arc::new(|_| {})).await.unwrap();
    let unheard_of =
        |tx: &mut Tx<'_>| jobs::enqueue(tx, JobId::from_i64(1), "unheard-of", "", None, 0);
    newer.write(unheard_of).await.unwrap();
    town.desk.deactivate(&ada, bo, None).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.1, None, "Bo has left, and the lamp is everybody's");
    assert_eq!(town.desk.do_due_jobs().await, Ok(0), "what failed is not tried again at once");
    town.passes(SignedDuration::from_mins(2));
    assert!(town.desk.do_due_jobs().await.unwrap() > 0, "but after a while it is");
}
