//! Departments: walls, members, addresses, and how they lie in each other.

use torg_core::Language;
use torg_desk::{ChangeRefused, DepartmentRefused};
use torg_mail::smtp::{Reception, RecipientAnswer};
use torg_store::{departments, staff};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, CITIZEN_SERVICE, KAJA, ROADS, SIGRID, WATER, WELFARE,
};

use super::changes_of;

stories![
    a_department_that_is_restricted_hides_what_was_in_it,
    a_wall_falls_only_if_that_is_said_and_by_no_undo,
    a_letter_that_comes_while_its_department_is_restricted_is_behind_the_wall,
    who_left_while_a_department_was_open_is_outside_when_it_is_restricted_again,
    a_membership_is_taken_back_whatever_the_department_is_called,
    a_department_that_was_added_is_taken_back_while_it_is_empty,
    an_address_is_taken_back_whether_it_came_went_or_moved,
    an_address_outside_ascii_receives_however_it_is_spelled,
    departments_lie_in_each_other_and_never_in_themselves,
    a_signature_is_that_of_the_answers_language,
];

async fn a_department_that_is_restricted_hides_what_was_in_it(town: &Town) {
    let (ada, water) = (town.viewer(ADA), town.department(WATER));
    let pipe = town.gets(AINO.writes("A pipe burst").to(WATER.address)).await;
    KAJA.at(town).claims(pipe).await.succeeds();
    let bo = town.viewer(BO).staff;
    town.desk.set_departments(&ada, bo, vec![water], vec![]).await.unwrap();
    town.desk.restrict_department(&ada, water, true, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert!(town.page_of(KAJA, pipe).await.is_none(), "she is no member");
    assert!(town.page_of(BO, pipe).await.is_some(), "he is");
    assert_eq!(town.state_of(pipe).await.1, None, "who cannot see it does not own it");
    let mine = town.viewer(KAJA).staff;
    town.desk.set_departments(&ada, mine, vec![], vec![water]).await.unwrap();
    assert!(town.page_of(KAJA, pipe).await.is_some(), "she may look without being a member");
    town.desk.restrict_department(&ada, water, false, true).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert!(town.page_of(SIGRID, pipe).await.is_some(), "it is everybody's again");
}

async fn a_wall_falls_only_if_that_is_said_and_by_no_undo(town: &Town) {
    let (ada, water) = (town.viewer(ADA), town.department(WATER));
    let topic = format!("department:{water}");
    let bo = town.viewer(BO).staff;
    town.desk.set_departments(&ada, bo, vec![water], vec![]).await.unwrap();
    town.desk.restrict_department(&ada, water, true, false).await.unwrap();
    let pipe = town.gets(AINO.writes("Do not tell anybody").to(WATER.address)).await;
    let asked = town.desk.restrict_department(&ada, water, false, false).await;
    assert_eq!(asked, Err(DepartmentRefused::WouldOpen));
    let walled = changes_of(town, &topic).await.remove(0);
    let undone = town.desk.undo_change(&ada, &topic, walled.line).await;
    assert_eq!(undone, Err(ChangeRefused::WouldOpen));
    town.desk.do_due_jobs().await.unwrap();
    assert!(town.page_of(SIGRID, pipe).await.is_none(), "it was written behind the wall");
    let seen = |who| town.read(move |read| departments::count_for(read, who, water));
    assert_eq!((seen(bo).await, seen(ada.staff).await), (1, 0), "the wall is also round the count");

    town.desk.restrict_department(&ada, water, false, true).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert!(town.page_of(SIGRID, pipe).await.is_some());
    let late = town.desk.undo_change(&ada, &topic, walled.line).await;
    assert_eq!(late, Err(ChangeRefused::ChangedSince));
    let opened = changes_of(town, &topic).await.remove(0);
    town.desk.undo_change(&ada, &topic, opened.line).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert!(town.page_of(SIGRID, pipe).await.is_none(), "a wall comes back by one click");
}

async fn a_letter_that_comes_while_its_department_is_restricted_is_behind_the_wall(town: &Town) {
    let (ada, water) = (town.viewer(ADA), town.department(WATER));
    for round in 0..10 {
        let letter = AINO.writes(&format!("Pipe {round}")).to(WATER.address);
        let restricts = town.desk.restrict_department(&ada, water, true, false);
        let (pipe, restricted) = tokio::join!(town.gets(letter), restricts);
        restricted.unwrap();
        town.desk.do_due_jobs().await.unwrap();
        assert!(town.page_of(KAJA, pipe).await.is_none(), "she is no member, round {round}");
        town.desk.restrict_department(&ada, water, false, true).await.unwrap();
        town.desk.do_due_jobs().await.unwrap();
    }
}

async fn who_left_while_a_department_was_open_is_outside_when_it_is_restricted_again(town: &Town) {
    let (ada, welfare) = (town.viewer(ADA), town.department(WELFARE));
    let child = town.gets(AINO.writes("A child").to(WELFARE.address)).await;
    assert!(town.page_of(SIGRID, child).await.is_some(), "she is a member");
    town.desk.restrict_department(&ada, welfare, false, true).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    let sigrid = town.viewer(SIGRID).staff;
    town.desk.set_departments(&ada, sigrid, vec![], vec![]).await.unwrap();
    town.desk.restrict_department(&ada, welfare, true, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert!(town.page_of(SIGRID, child).await.is_none(), "she has left");
}

async fn a_membership_is_taken_back_whatever_the_department_is_called(town: &Town) {
    let (ada, bo, water) = (town.viewer(ADA), town.viewer(BO).staff, town.department(WATER));
    let before = town.read(move |read| staff::departments_of(read, bo)).await;
    let mut after = before.clone();
    after.push(water);
    town.desk.set_departments(&ada, bo, after.clone(), vec![]).await.unwrap();
    let joined = changes_of(town, &format!("staff:{bo}")).await.remove(0);
    town.desk.arrange_department(&ada, water, "Water and sewage", None).await.unwrap();
    town.desk.create_department(&ada, "Water", false, None).await.unwrap();
    town.desk.undo_change(&ada, &joined.topic, joined.line).await.unwrap();
    assert_eq!(town.read(move |read| staff::departments_of(read, bo)).await, before);
    let again = town.desk.undo_change(&ada, &joined.topic, joined.line).await;
    assert_eq!(again, Err(ChangeRefused::ChangedSince));
}

async fn a_department_that_was_added_is_taken_back_while_it_is_empty(town: &Town) {
    let ada = town.viewer(ADA);
    let harbour = town.desk.create_department(&ada, "Harbour", false, None).await.unwrap();
    let added = changes_of(town, "departments").await.remove(0);
    town.desk.create_address(&ada, "harbour@fjordby.example", harbour).await.unwrap();
    let full = town.desk.undo_change(&ada, "departments", added.line).await;
    assert_eq!(full, Err(ChangeRefused::ChangedSince), "it has an address");

    let address = changes_of(town, "departments").await.remove(0);
    town.desk.undo_change(&ada, "departments", address.line).await.unwrap();
    town.desk.undo_change(&ada, "departments", added.line).await.unwrap();
    let all = town.read(departments::all).await;
    assert!(all.iter().all(|one| one.name != "Harbour"));
    let again = town.desk.undo_change(&ada, "departments", added.line).await;
    assert_eq!(again, Err(ChangeRefused::ChangedSince));
}

async fn an_address_is_taken_back_whether_it_came_went_or_moved(town: &Town) {
    let ada = town.viewer(ADA);
    let (roads, water) = (town.department(ROADS), town.department(WATER));
    let of = || {
        town.read(|read| {
            Ok(departments::mailbox(read, ROADS.address)?.map(|one| (one.id, one.department)))
        })
    };
    let (id, _) = of().await.unwrap();
    town.desk.move_address(&ada, id, water).await.unwrap();
    let moved = changes_of(town, "departments").await.remove(0);
    town.desk.undo_change(&ada, "departments", moved.line).await.unwrap();
    assert_eq!(of().await, Some((id, roads)));

    town.desk.remove_address(&ada, id).await.unwrap();
    let removed = changes_of(town, "departments").await.remove(0);
    town.desk.undo_change(&ada, "departments", removed.line).await.unwrap();
    assert_eq!(of().await.map(|(_, department)| department), Some(roads));
    let again = town.desk.undo_change(&ada, "departments", removed.line).await;
    assert_eq!(again, Err(ChangeRefused::ChangedSince));
}

async fn an_address_outside_ascii_receives_however_it_is_spelled(town: &Town) {
    let (ada, roads) = (town.viewer(ADA), town.department(ROADS));
    let intake = town.desk.intake();
    let sent_to = "post@xn--brum-voa.example";
    assert_eq!(intake.recipient(sent_to).await, RecipientAnswer::Unknown);
    town.desk.create_address(&ada, "Post@Bærum.example", roads).await.unwrap();
    for spelled in [sent_to, "post@bærum.example", "post+lamp@XN--BRUM-VOA.example"] {
        assert_eq!(intake.recipient(spelled).await, RecipientAnswer::Known, "{spelled}");
    }
    let lamp = town.gets(AINO.writes("The street lamp is out").to(sent_to)).await;
    assert_eq!(town.page_of(BO, lamp).await.unwrap().inquiry.department, roads);
    let again = town.desk.create_address(&ada, sent_to, roads).await;
    assert_eq!(again, Err(DepartmentRefused::AddressThere), "it is the same");
}

async fn departments_lie_in_each_other_and_never_in_themselves(town: &Town) {
    let ada = town.viewer(ADA);
    let (roads, water) = (town.department(ROADS), town.department(WATER));
    town.desk.arrange_department(&ada, water, "Water", Some(roads)).await.unwrap();
    let ring = town.desk.arrange_department(&ada, roads, "Roads", Some(water)).await;
    assert_eq!(ring, Err(DepartmentRefused::InItself));
    let mut parent = water;
    for level in ["Third", "Fourth"] {
        parent = town.desk.create_department(&ada, level, false, Some(parent)).await.unwrap();
    }
    let fifth = town.desk.create_department(&ada, "Fifth", false, Some(parent)).await;
    assert_eq!(fifth, Err(DepartmentRefused::TooDeep { most: 4 }));
    let counts = town.counts_of(BO).await;
    let levels: Vec<(&str, usize)> =
        counts.departments.iter().map(|one| (one.name.as_str(), one.level)).collect();
    assert_eq!(
        levels,
        [("Citizen service", 0), ("Roads", 0), ("Water", 1), ("Third", 2), ("Fourth", 3)]
    );
    for name in ["Roads", "roads ", "ROADS"] {
        let taken = town.desk.create_department(&ada, name, false, None).await;
        assert_eq!(taken, Err(DepartmentRefused::NameTaken), "{name}");
    }
    town.desk.arrange_department(&ada, roads, "ROADS", None).await.unwrap();
}

async fn a_signature_is_that_of_the_answers_language(town: &Town) {
    let (ada, service) = (town.viewer(ADA), town.department(CITIZEN_SERVICE));
    town.desk.set_signature(&ada, service, Some(Language::Da), "Borgerservice").await.unwrap();
    let of = |tag: &'static str| town.read(move |read| departments::signature(read, service, tag));
    assert_eq!(of("da").await, "Borgerservice");
    assert_eq!(of("sv").await, CITIZEN_SERVICE.signature);
    let newest = changes_of(town, &format!("department:{service}")).await.remove(0);
    town.desk.undo_change(&ada, &newest.topic, newest.line).await.unwrap();
    assert_eq!(of("da").await, CITIZEN_SERVICE.signature);
}
