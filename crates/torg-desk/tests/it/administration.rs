//! What administrators change on pages: with history, with undo, and never so that nobody is left.

mod colleagues;
mod departments;

use torg_core::{Fact, Id, JournalId, Language, Role, Viewer};
use torg_desk::{
    ChangeRefused, DepartmentRefused, Municipal, NewColleague, RelayChoice, StaffingRefused,
    TagChange, tag_history,
};
use torg_store::changes::{self, Change};
use torg_store::{service, settings, staff};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, EINAR, KAJA, PASSWORD, ROADS, SIGRID, WATER, WELFARE,
};

stories![
    a_new_name_is_in_force_at_once_and_can_be_taken_back,
    what_was_changed_since_is_not_taken_back,
    only_administrators_change_what_is_set,
    a_tag_is_set_back_to_what_it_was,
    what_a_command_changes_stands_in_the_history_and_is_told_to_open_pages,
    a_relay_is_taken_back_with_its_password,
    letters_are_counted_by_how_long_they_took,
];

async fn changes_of(town: &Town, topic: &str) -> Vec<Change> {
    let topic = topic.to_owned();
    town.read(move |read| changes::of(read, &topic, 50)).await
}

fn fjordby(name: &str) -> Municipal {
    let (language, time_zone) = (Language::En, "Europe/Oslo".to_owned());
    Municipal { name: name.into(), language, time_zone, receipts: true }
}

async fn a_new_name_is_in_force_at_once_and_can_be_taken_back(town: &Town) {
    let ada = town.viewer(ADA);
    town.desk.set_municipal(&ada, fjordby("Greater Fjordby")).await.unwrap();
    assert_eq!(town.desk.about().name, "Greater Fjordby");
    let history = changes_of(town, "municipality").await;
    assert_eq!(history.len(), 1, "what stayed as it was is no change");
    assert_eq!((history[0].old.as_str(), history[0].new.as_str()), ("Fjordby", "Greater Fjordby"));
    assert_eq!(history[0].by.as_deref(), Some("Ada"));
    town.desk.undo_change(&ada, "municipality", history[0].line).await.unwrap();
    assert_eq!(town.desk.about().name, "Fjordby");
    let newest = changes_of(town, "municipality").await.remove(0);
    assert_eq!(newest.undoes, Some(history[0].line));
}

async fn what_was_changed_since_is_not_taken_back(town: &Town) {
    let ada = town.viewer(ADA);
    for name in ["One", "Two"] {
        town.desk.set_municipal(&ada, fjordby(name)).await.unwrap();
    }
    let first = changes_of(town, "municipality").await.remove(1);
    let undone = town.desk.undo_change(&ada, "municipality", first.line).await;
    assert_eq!(undone, Err(ChangeRefused::ChangedSince));
    let nothing = town.desk.undo_change(&ada, "municipality", JournalId::from_i64(1)).await;
    assert_eq!(nothing, Err(ChangeRefused::NotFound));
}

async fn only_administrators_change_what_is_set(town: &Town) {
    for colleague in [BO, KAJA] {
        let viewer = town.viewer(colleague);
        let named = town.desk.set_municipal(&viewer, fjordby("Mine")).await;
        assert_eq!(named, Err(ChangeRefused::NotAllowed));
        let removed = town.desk.remove_department(
            &viewer,
            town.department(WATER),
            town.department(ROADS),
            true,
        );
        assert_eq!(removed.await, Err(DepartmentRefused::NotAllowed));
    }
    let nowhere = Municipal { time_zone: "Europe/Atlantis".into(), ..fjordby("Fjordby") };
    let set = town.desk.set_municipal(&town.viewer(ADA), nowhere).await;
    assert_eq!(set, Err(ChangeRefused::BadValue { what: "time-zone" }));
}

async fn a_tag_is_set_back_to_what_it_was(town: &Town) {
    let (ada, desk) = (town.viewer(ADA), &town.desk);
    let lead = Viewer { role: Role::Lead, ..town.viewer(SIGRID) };
    let tag = desk.add_tag(&ada, "Bins", "blue", None).await.unwrap();
    desk.change_tag(&ada, tag, "Rubbish", "green", true).await.unwrap();
    let walled = Some(town.department(WELFARE));
    desk.add_tag(&lead, "Foster", "red", walled).await.unwrap();
    let history = async |viewer: &Viewer| {
        let viewer = viewer.clone();
        let found: Vec<Change> = town.read(move |read| tag_history(read, &viewer, 12)).await;
        found
    };
    let named = |changes: &[Change]| {
        let name = |text: &str| TagChange::from_text(text).map(|tag| tag.name);
        changes.iter().map(|one| (name(&one.old), name(&one.new))).collect::<Vec<_>>()
    };
    let some = |name: &str| Some(name.to_owned());
    let hers = history(&ada).await;
    assert_eq!(named(&hers), [(some("Bins"), some("Rubbish")), (None, some("Bins"))]);
    let foster = history(&lead).await.remove(0);
    assert_eq!(named(std::slice::from_ref(&foster)), [(None, some("Foster"))]);
    let hidden = desk.undo_change(&ada, "tags", foster.line).await;
    assert_eq!(hidden, Err(ChangeRefused::NotFound), "she knows of no such tag");

    let tags = async || {
        let who = town.viewer(BO);
        let all = town.read(move |read| torg_store::tags::of_viewer(read, &who).get()).await;
        all.into_iter().map(|tag| (tag.name, tag.colour)).collect::<Vec<_>>()
    };
    assert_eq!(
        desk.undo_change(&ada, "tags", hers[1].line).await,
        Err(ChangeRefused::ChangedSince)
    );
    desk.undo_change(&ada, "tags", hers[0].line).await.unwrap();
    assert!(tags().await.contains(&("Bins".into(), "blue".into())));
    desk.undo_change(&ada, "tags", hers[1].line).await.unwrap();
    assert!(tags().await.iter().all(|(name, _)| name != "Bins"), "it is given up");
    let bo = Viewer { role: Role::Lead, ..town.viewer(BO) };
    let refused = desk.undo_change(&bo, "tags", hers[0].line).await;
    assert_eq!(refused, Err(ChangeRefused::NotAllowed));
}

async fn what_a_command_changes_stands_in_the_history_and_is_told_to_open_pages(town: &Town) {
    let (ada, desk) = (town.viewer(ADA), &town.desk);
    let mut facts = desk.bus().subscribe();
    desk.add_department("Harbour", false, "").await.unwrap();
    assert_eq!(facts.recv().await.unwrap(), Fact::Settings);
    let long = desk.add_department(&"x".repeat(81), false, "").await;
    assert_eq!(long, Err(DepartmentRefused::NoName), "as on the page");
    desk.add_address("harbour@fjordby.example", "Harbour").await.unwrap();
    let liv = NewColleague {
        name: "Liv".into(),
        email: "liv@fjordby.example".into(),
        role: Role::Lead,
        language: Language::Nb,
        departments: vec![],
        password: PASSWORD.into(),
    };
    let nameless = desk.add_colleague(NewColleague { name: " ".into(), ..liv.clone() }).await;
    assert_eq!(nameless, Err(StaffingRefused::NoName.into()));
    let liv = desk.add_colleague(liv).await.unwrap();
    desk.set_membership("liv@fjordby.example", "Harbour", true).await.unwrap();
    desk.set_membership("liv@fjordby.example", "Harbour", true).await.unwrap();

    let lines = async |topic: &str| {
        let all = changes_of(town, topic).await.into_iter();
        all.map(|one| (one.what, one.old, one.new, one.by)).take(2).collect::<Vec<_>>()
    };
    let by_command =
        |what: &str, new: &str| (what.to_owned(), String::new(), new.to_owned(), None::<String>);
    let address = by_command("address", "harbour@fjordby.example");
    assert_eq!(lines("departments").await, [address, by_command("department", "Harbour")]);
    let topic = format!("staff:{liv}");
    let member = by_command("member", "Harbour");
    assert_eq!(lines(&topic).await, [member, by_command("added", "lead")]);

    let joined = changes_of(town, &topic).await.remove(0);
    desk.undo_change(&ada, &topic, joined.line).await.unwrap();
    desk.set_departments(&ada, liv, vec![], vec![town.department(WELFARE)]).await.unwrap();
    desk.set_membership("liv@fjordby.example", "Harbour", true).await.unwrap();
    desk.set_membership("liv@fjordby.example", "Harbour", false).await.unwrap();
    let looks = town.read(move |read| staff::looks_into(read, liv)).await;
    assert_eq!(looks, [town.department(WELFARE)], "of the rest nothing was changed");
    assert!(town.read(move |read| staff::departments_of(read, liv)).await.is_empty());
}

async fn a_relay_is_taken_back_with_its_password(town: &Town) {
    let ada = town.viewer(ADA);
    let relay = |host: &str, password: Option<&str>| RelayChoice {
        host: host.into(),
        port: 587,
        tls: "required".into(),
        user: "post".into(),
        password: password.map(str::to_owned),
    };
    let password = || town.read(|read| settings::get(read, "relay.password"));
    town.desk.set_relay(&ada, relay("one.example", Some("a secret"))).await.unwrap();
    town.passes(jiff::SignedDuration::from_mins(1));
    town.desk.set_relay(&ada, relay("two.example", Some("another"))).await.unwrap();
    let [newest, first] = &changes_of(town, "relay").await[..] else { panic!("two changes") };
    assert!(!newest.old.contains("secret") && newest.old.contains("one.example"));
    let early = town.desk.undo_change(&ada, "relay", first.line).await;
    assert_eq!(early, Err(ChangeRefused::ChangedSince));

    town.passes(jiff::SignedDuration::from_mins(1));
    town.desk.undo_change(&ada, "relay", newest.line).await.unwrap();
    let state = town.desk.relay_state().await.unwrap();
    assert_eq!((state.host.as_str(), state.has_password), ("one.example", true));
    assert_eq!(password().await.as_deref(), Some("a secret"));
    // The same account keeps its password, another one does not get it.
    town.desk.set_relay(&ada, relay("one.example", None)).await.unwrap();
    assert_eq!(password().await.as_deref(), Some("a secret"));
    town.desk.set_relay(&ada, relay("three.example", None)).await.unwrap();
    assert_eq!(password().await.as_deref(), Some(""));
}

async fn letters_are_counted_by_how_long_they_took(town: &Town) {
    town.mail_from(AINO, "At once").await;
    town.receives(EINAR.writes("After a while")).await.unwrap();
    town.passes(jiff::SignedDuration::from_secs(9));
    town.files().await;
    let now = town.now().as_microsecond();
    let days = town.read(move |read| service::days(read, service::Line::Visible, 5, now, 7)).await;
    assert_eq!(days.len(), 1);
    assert_eq!((days[0].letters, days[0].in_time), (2, 1));
}
