//! Rules decide before the judge, and administrators decide about both.

use torg_core::delegation::{Mode, Rule, Staffing};
use torg_core::{InquiryId, RuleId, State};
use torg_desk::{ChangeRefused, DepartmentRefused, RuleFault, RuleNotKept};
use torg_store::changes;
use torg_store::delegation::Told;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, CITIZEN_SERVICE, Department, EINAR, KAJA, ROADS, SIGRID, WATER, WELFARE,
};

use super::{delegates, describes, moved, owner, tells};

stories![
    the_first_rule_that_fits_decides_before_the_judge,
    a_rule_whose_department_is_restricted_or_gone_does_nothing,
    a_rule_names_a_member_of_the_department_or_it_is_whoevers_turn,
    a_rule_for_a_restricted_departments_own_address_names_its_owner_there,
    a_rule_is_tried_on_old_letters_and_its_changes_are_taken_back,
    only_administrators_set_delegation,
];

fn about(words: &[&str], town: &Town, to: Department) -> Rule {
    let words = words.iter().map(|&word| word.to_owned()).collect();
    Rule { words, department: Some(town.department(to)), ..Rule::default() }
}

async fn rules(town: &Town, rule: Rule) -> RuleId {
    town.desk.save_rule(&town.viewer(ADA), None, rule).await.unwrap()
}

async fn the_first_rule_that_fits_decides_before_the_judge(town: &Town) {
    describes(town).await;
    let ada = town.viewer(ADA);
    let tag = town.desk.add_tag(&ada, "quay", "blue", None).await.unwrap();
    let owner_of_it = Some(town.viewer(KAJA).staff);
    let quay = Rule { places: vec!["the old quay".into()], ..about(&["pothole"], town, ROADS) };
    rules(town, Rule { tag: Some(tag), urgent: true, owner: owner_of_it, ..quay }).await;
    let second = rules(town, about(&["pothole"], town, WATER)).await;

    let quay = town.mail_from(AINO, "A pothole at the old quay").await;
    let other = town.mail_from(EINAR, "Potholes at the new quay").await;
    let none = town.mail_from(EINAR, "A bench").await;
    assert_eq!(delegates(town).await, 3);
    let journal = town.journal_of(quay).await;
    let last = &journal[journal.len() - 3..];
    assert_eq!(last, ["delegated to Kaja to Roads", "tagged", "marked-urgent"]);
    assert_eq!(moved(town, other).await.unwrap(), "Water");
    assert_eq!(moved(town, none).await, None);

    // Raised above the first, the second one decides.
    town.desk.raise_rule(&ada, second).await.unwrap();
    let quay = town.mail_from(AINO, "Another pothole at the old quay").await;
    let walled = town.gets(AINO.writes("A pothole in our yard").to(WELFARE.address)).await;
    delegates(town).await;
    assert_eq!(moved(town, quay).await.unwrap(), "Water");
    assert_eq!(moved(town, walled).await, None, "behind a wall only rules for it are asked");
}

async fn a_rule_whose_department_is_restricted_or_gone_does_nothing(town: &Town) {
    let child = rules(town, about(&["child"], town, WELFARE)).await;
    rules(town, about(&["child"], town, WATER)).await;
    let letter = town.mail_from(AINO, "A child").await;
    delegates(town).await;
    assert_eq!(moved(town, letter).await.unwrap(), "Water");
    let (ada, water) = (town.viewer(ADA), town.department(WATER));
    let service = town.department(CITIZEN_SERVICE);
    town.desk.remove_department(&ada, water, service, false).await.unwrap();
    town.desk.remove_rule(&ada, child).await.unwrap();
    assert_eq!(town.desk.remove_rule(&ada, child).await, Err(RuleNotKept::NotFound));
    let letter = town.mail_from(EINAR, "Another child").await;
    delegates(town).await;
    assert_eq!(moved(town, letter).await, None);
}

async fn a_rule_names_a_member_of_the_department_or_it_is_whoevers_turn(town: &Town) {
    let ada = town.viewer(ADA);
    let of = |who| Some(town.viewer(who).staff);
    let holes = Rule { owner: of(BO), ..about(&["hole"], town, ROADS) };
    let foreign = Rule { owner: of(SIGRID), ..holes.clone() };
    let refused = town.desk.save_rule(&ada, None, foreign).await;
    assert_eq!(refused, Err(RuleNotKept::OwnerNotMember));
    rules(town, holes).await;
    tells(town, ROADS, "", Staffing::Rota).await;
    let hole = town.mail_from(AINO, "A hole").await;
    delegates(town).await;
    assert_eq!(owner(town, hole).await, "Bo");
    assert_eq!(town.desk.rules().await.unwrap()[0].1, None);

    town.desk.set_membership(BO.email, ROADS.name, false).await.unwrap();
    let hole = town.mail_from(EINAR, "Another hole").await;
    delegates(town).await;
    assert_ne!(owner(town, hole).await, "Bo", "he has left Roads");
    assert_eq!(town.desk.rules().await.unwrap()[0].1, Some(RuleFault::NotMember));

    // Where a letter stays where it is, its own department counts.
    let benches = Rule { words: vec!["bench".into()], owner: of(KAJA), ..Rule::default() };
    rules(town, benches).await;
    let here = town.gets(AINO.writes("A bench").to(ROADS.address)).await;
    let elsewhere = town.gets(EINAR.writes("A bench").to(WATER.address)).await;
    delegates(town).await;
    assert_eq!(owner(town, here).await, "Kaja");
    assert_eq!(town.state_of(elsewhere).await, (State::Open, None));
}

async fn a_rule_for_a_restricted_departments_own_address_names_its_owner_there(town: &Town) {
    let ada = town.viewer(ADA);
    let mailboxes = town.read(torg_store::departments::mailboxes).await;
    let own = mailboxes.iter().find(|one| one.address == WELFARE.address).map(|one| one.id);
    let to_sigrid = Rule {
        mailbox: own,
        owner: Some(town.viewer(SIGRID).staff),
        urgent: true,
        ..Rule::default()
    };
    let out = Rule { department: Some(town.department(ROADS)), ..to_sigrid.clone() };
    let refused = town.desk.save_rule(&ada, None, out).await;
    assert_eq!(refused, Err(RuleNotKept::LeavesWall));
    let outsider = Rule { owner: Some(town.viewer(BO).staff), ..to_sigrid.clone() };
    let refused = town.desk.save_rule(&ada, None, outsider).await;
    assert_eq!(refused, Err(RuleNotKept::OwnerNotMember));

    rules(town, about(&["child"], town, WATER)).await;
    rules(town, to_sigrid).await;
    let walled = town.gets(AINO.writes("A child").to(WELFARE.address)).await;
    let open = town.mail_from(EINAR, "Another child").await;
    delegates(town).await;
    let page = town.page_of(SIGRID, walled).await.unwrap();
    let sigrid = Some(town.viewer(SIGRID).staff);
    assert_eq!((page.inquiry.owner, page.inquiry.urgent), (sigrid, true));
    assert_eq!(page.inquiry.department, town.department(WELFARE));
    assert!(town.page_of(BO, walled).await.is_none());
    assert_eq!(moved(town, open).await.unwrap(), "Water");
}

async fn a_rule_is_tried_on_old_letters_and_its_changes_are_taken_back(town: &Town) {
    let lamp = town.mail_from(AINO, "A lamp in Harbour Street").await;
    let hole = town.gets(EINAR.writes("A hole in Harbour Street").to(ROADS.address)).await;
    town.gets(EINAR.writes("Harbour Street").to(WELFARE.address)).await;
    let ada = town.viewer(ADA);
    let tried = async |rule: Rule| {
        let tried = town.desk.try_rule(&ada, rule).await.unwrap();
        let caught: Vec<InquiryId> = tried.caught.iter().map(|letter| letter.inquiry).collect();
        (tried.looked_at, caught)
    };
    let street = Rule { places: vec!["Harbour Street".into()], ..about(&[], town, WATER) };
    assert_eq!(tried(street.clone()).await, (2, vec![hole, lamp]), "none behind a wall");
    let einar = Rule { sender: EINAR.address.into(), ..street.clone() };
    assert_eq!(tried(einar.clone()).await, (2, vec![hole]));

    let id = rules(town, street.clone()).await;
    town.desk.save_rule(&ada, Some(id), einar).await.unwrap();
    let newest = || town.read(|read| Ok(changes::of(read, "rules", 9)?.remove(0).line));
    let change = newest().await;
    town.desk.undo_change(&ada, "rules", change).await.unwrap();
    let kept = town.read(torg_store::delegation::rules).await;
    assert_eq!(kept[0].rule, street);
    town.desk.remove_rule(&ada, id).await.unwrap();
    let again = town.desk.undo_change(&ada, "rules", change).await;
    assert_eq!(again, Err(ChangeRefused::ChangedSince));
    town.desk.undo_change(&ada, "rules", newest().await).await.unwrap();
    assert_eq!(town.read(torg_store::delegation::rules).await, kept, "as it was, where it was");
}

async fn only_administrators_set_delegation(town: &Town) {
    let (ada, kaja, desk) = (town.viewer(ADA), town.viewer(KAJA), &town.desk);
    let refused = desk.set_delegating(&kaja, Mode::Move, 95).await;
    assert_eq!(refused, Err(ChangeRefused::NotAllowed));
    let rule = about(&["hole"], town, ROADS);
    let refused = desk.save_rule(&kaja, None, rule.clone()).await;
    assert_eq!(refused, Err(RuleNotKept::NotAllowed));
    assert_eq!(desk.try_rule(&kaja, rule.clone()).await, Err(RuleNotKept::NotAllowed));
    let roads = town.department(ROADS);
    let refused = desk.describe_department(&kaja, roads, Told::default()).await;
    assert_eq!(refused, Err(DepartmentRefused::NotAllowed));

    let refused = desk.set_delegating(&ada, Mode::Move, 30).await;
    assert_eq!(refused, Err(ChangeRefused::BadValue { what: "precision" }));
    let asks_nothing = Rule { words: vec![" ".into()], ..rule.clone() };
    let refused = desk.save_rule(&ada, None, asks_nothing).await;
    assert_eq!(refused, Err(RuleNotKept::NothingAsked));
    let holds_nothing = Rule { words: vec!["***".into(), "🎉".into()], ..rule.clone() };
    let refused = desk.save_rule(&ada, None, holds_nothing).await;
    assert_eq!(refused, Err(RuleNotKept::NothingAsked), "no letter ever holds that");
    let from = |sender: &str| Rule { sender: sender.to_owned(), ..rule.clone() };
    for nobody in ["not an address", "a@x.example, b@x.example", "*@x.example", "http://x.example"]
    {
        let refused = desk.save_rule(&ada, None, from(nobody)).await;
        assert_eq!(refused, Err(RuleNotKept::NoSender), "{nobody}");
    }
    for somebody in ["aino@x.example", "@x.example", "x.example", "no"] {
        let kept = desk.save_rule(&ada, None, from(somebody)).await.unwrap();
        desk.remove_rule(&ada, kept).await.unwrap();
    }
    let does_nothing = Rule { department: None, ..rule };
    assert_eq!(desk.save_rule(&ada, None, does_nothing).await, Err(RuleNotKept::NothingDone));

    tells(town, ROADS, "Holes", Staffing::Rota).await;
    let changes = town.read(move |read| changes::of(read, &format!("department:{roads}"), 9)).await;
    let staffing = changes.iter().find(|change| change.what == "staffing").unwrap();
    desk.undo_change(&ada, &staffing.topic, staffing.line).await.unwrap();
    let told = town.read(move |read| torg_store::delegation::told(read, roads)).await;
    assert_eq!((told.description.as_str(), told.staffing), ("Holes", Staffing::Nobody));
}
