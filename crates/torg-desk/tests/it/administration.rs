//! What administrators change on pages: with history, with undo, and never so that nobody is left.

use torg_core::{Fact, Id, JournalId, Language, Role, State, Viewer};
use torg_desk::{
    ChangeRefused, DepartmentRefused, Invitation, LinkRefused, Municipal, NewColleague,
    RelayChoice, SignIn, StaffingRefused, TagChange, tag_history,
};
use torg_store::changes::{self, Change};
use torg_store::{departments, service, settings, staff};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, CITIZEN_SERVICE, DAGNY, EINAR, KAJA, PASSWORD, ROADS, SIGRID, WATER, WELFARE,
};

stories![
    a_new_name_is_in_force_at_once_and_can_be_taken_back,
    what_was_changed_since_is_not_taken_back,
    only_administrators_change_what_is_set,
    who_is_invited_chooses_a_password_once,
    who_forgot_her_password_gets_a_link_and_strangers_learn_nothing,
    the_last_administrator_stays,
    a_tag_is_set_back_to_what_it_was,
    a_department_that_is_restricted_hides_what_was_in_it,
    a_wall_falls_only_if_that_is_said_and_by_no_undo,
    a_letter_that_comes_while_its_department_is_restricted_is_behind_the_wall,
    who_left_while_a_department_was_open_is_outside_when_it_is_restricted_again,
    a_membership_is_taken_back_whatever_the_department_is_called,
    an_invitation_is_taken_back_until_she_has_come,
    a_link_that_is_posted_twice_at_once_works_once,
    who_was_let_go_by_mistake_has_again_what_nobody_touched,
    who_is_let_go_by_command_leaves_as_by_the_page_and_comes_back_by_undo,
    who_is_let_in_by_command_keeps_what_was_not_handed_over_yet,
    a_password_given_by_command_ends_the_links_that_were_sent,
    what_a_command_changes_stands_in_the_history_and_is_told_to_open_pages,
    a_department_that_was_added_is_taken_back_while_it_is_empty,
    an_address_is_taken_back_whether_it_came_went_or_moved,
    a_relay_is_taken_back_with_its_password,
    departments_lie_in_each_other_and_never_in_themselves,
    a_signature_is_that_of_the_answers_language,
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

fn liv(town: &Town) -> Invitation {
    Invitation {
        name: "Liv".into(),
        email: "Liv@fjordby.example".into(),
        role: Role::Staff,
        language: Language::Nb,
        departments: vec![town.department(WELFARE)],
    }
}

fn token(link: &str) -> &str {
    link.rsplit('/').next().unwrap()
}

async fn who_is_invited_chooses_a_password_once(town: &Town) {
    let ada = town.viewer(ADA);
    let (liv_id, link) = town.desk.invite(&ada, liv(town)).await.unwrap();
    assert_eq!(town.desk.invite(&ada, liv(town)).await, Err(StaffingRefused::AlreadyThere));
    let pass = town.desk.pass_of(token(&link)).await.unwrap().unwrap();
    assert_eq!((pass.staff, pass.invites, pass.language), (liv_id, true, Language::Nb));
    let short = town.desk.use_link(token(&link), "short", "A browser".into()).await;
    assert_eq!(short.unwrap_err(), LinkRefused::TooShort { least: 10 });
    let used = town.desk.use_link(token(&link), "a long password", "A browser".into()).await;
    assert_eq!(used.unwrap().viewer.staff, liv_id);
    let again = town.desk.use_link(token(&link), "another password", "A browser".into()).await;
    assert_eq!(again.unwrap_err(), LinkRefused::Lapsed);
    town.sends().await;
    let mails = town.relay.taken();
    let mail = mails.iter().find(|mail| mail.recipients == ["liv@fjordby.example"]).unwrap();
    assert!(String::from_utf8_lossy(&mail.raw).contains("/welcome/"), "she was sent the link");
    let (_, late) = town
        .desk
        .invite(&ada, Invitation { email: "ola@fjordby.example".into(), ..liv(town) })
        .await
        .unwrap();
    town.passes(jiff::SignedDuration::from_hours(7 * 24 + 1));
    assert_eq!(town.desk.pass_of(token(&late)).await.unwrap(), None);
}

async fn who_forgot_her_password_gets_a_link_and_strangers_learn_nothing(town: &Town) {
    let caller = "192.0.2.1".parse().unwrap();
    for email in [BO.email, "nobody@elsewhere.example"] {
        town.desk.ask_for_link(email, caller).await.unwrap();
    }
    town.sends().await;
    let mails = town.relay.taken();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipients, [BO.email]);
    let old = SignIn {
        email: BO.email.into(),
        password: PASSWORD.into(),
        device: "A browser".into(),
        address: caller,
    };
    assert!(town.desk.sign_in(old).await.is_ok(), "the old one works until then");
}

async fn the_last_administrator_stays(town: &Town) {
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO).staff);
    let last = Err(StaffingRefused::LastAdministrator);
    assert_eq!(town.desk.deactivate(&ada, ada.staff, None).await, last);
    assert_eq!(town.desk.set_role(&ada, ada.staff, Role::Lead).await, last);
    assert!(town.desk.set_active(ADA.email, false).await.is_err(), "nor by the command line");
    let invited = Invitation { role: Role::Administrator, ..liv(town) };
    town.desk.invite(&ada, invited).await.unwrap();
    let still = town.desk.set_role(&ada, ada.staff, Role::Staff).await;
    assert_eq!(still, last, "who was only invited cannot sign in yet");
    town.desk.set_role(&ada, bo, Role::Administrator).await.unwrap();
    town.desk.set_role(&ada, ada.staff, Role::Staff).await.unwrap();
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

async fn an_invitation_is_taken_back_until_she_has_come(town: &Town) {
    let ada = town.viewer(ADA);
    let (id, link) = town.desk.invite(&ada, liv(town)).await.unwrap();
    let topic = format!("staff:{id}");
    let invited = changes_of(town, &topic).await.into_iter().find(|one| one.what == "invited");
    let invited = invited.unwrap().line;
    town.desk.undo_change(&ada, &topic, invited).await.unwrap();
    let come = town.desk.use_link(token(&link), "a long password", "A browser".into()).await;
    assert_eq!(come.unwrap_err(), LinkRefused::Lapsed);

    town.desk.activate(&ada, id).await.unwrap();
    let link = town.desk.send_link(&ada, id).await.unwrap();
    town.desk.use_link(token(&link), "a long password", "A browser".into()).await.unwrap();
    let late = town.desk.undo_change(&ada, &topic, invited).await;
    assert_eq!(late, Err(ChangeRefused::ChangedSince));
}

async fn a_link_that_is_posted_twice_at_once_works_once(town: &Town) {
    let (_, link) = town.desk.invite(&town.viewer(ADA), liv(town)).await.unwrap();
    let use_it =
        |password: &'static str| town.desk.use_link(token(&link), password, "A browser".into());
    let (one, other) = tokio::join!(use_it("a long password"), use_it("another password"));
    assert!(one.is_ok() != other.is_ok(), "one of both");
    assert_eq!(one.and(other).unwrap_err(), LinkRefused::Lapsed);
}

async fn who_was_let_go_by_mistake_has_again_what_nobody_touched(town: &Town) {
    let (ada, bo, dagny) = (town.viewer(ADA), town.viewer(BO).staff, town.viewer(DAGNY).staff);
    let mut hers = Vec::new();
    for subject in ["A lamp", "A bench", "A tree"] {
        let id = town.mail_from(AINO, subject).await;
        BO.at(town).claims(id).await.succeeds();
        hers.push(id);
    }
    let [lamp, bench, tree] = hers[..] else { panic!("three") };
    let topic = format!("staff:{bo}");
    for heir in [Some(dagny), None] {
        town.desk.deactivate(&ada, bo, heir).await.unwrap();
        town.desk.do_due_jobs().await.unwrap();
        let owner = town.state_of(lamp).await.1;
        assert_eq!(owner.as_deref(), heir.map(|_| "Dagny"), "it went to whom it should");
        if heir.is_some() {
            DAGNY.at(town).closes(bench).await.succeeds();
            DAGNY.at(town).releases(tree).await.succeeds();
        }
        let let_go = changes_of(town, &topic).await.remove(0);
        town.desk.undo_change(&ada, &topic, let_go.line).await.unwrap();
        town.desk.do_due_jobs().await.unwrap();
        assert_eq!(town.state_of(lamp).await.1.as_deref(), Some("Bo"), "it is hers again");
        let again = town.desk.undo_change(&ada, &topic, let_go.line).await;
        assert_eq!(again, Err(ChangeRefused::ChangedSince));
    }
    assert_eq!(town.state_of(bench).await, (State::Closed, Some("Dagny".to_owned())));
    assert_eq!(town.state_of(tree).await.1, None, "somebody let go of it since");

    // Taken back before anything was handed over, nothing is.
    town.desk.deactivate(&ada, bo, Some(dagny)).await.unwrap();
    let let_go = changes_of(town, &topic).await.remove(0);
    town.desk.undo_change(&ada, &topic, let_go.line).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.1.as_deref(), Some("Bo"));
}

async fn who_is_let_go_by_command_leaves_as_by_the_page_and_comes_back_by_undo(town: &Town) {
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO).staff);
    let lamp = town.mail_from(AINO, "The lamp is out").await;
    BO.at(town).claims(lamp).await.succeeds();
    let link = town.desk.send_link(&ada, bo).await.unwrap();
    town.desk.set_active(BO.email, false).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.1, None, "it is everybody's");
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal.last().map(String::as_str), Some("released"), "by nobody who works here");
    assert_eq!(town.desk.pass_of(token(&link)).await.unwrap(), None, "and no link lets him in");

    let topic = format!("staff:{bo}");
    let let_go = changes_of(town, &topic).await.remove(0);
    assert_eq!((let_go.what.as_str(), let_go.new.as_str(), let_go.by), ("active", "0", None));
    town.desk.set_active(BO.email, false).await.unwrap();
    let newest = changes_of(town, &topic).await.remove(0);
    assert_eq!(newest.line, let_go.line, "who is out is not let go again");
    town.desk.undo_change(&ada, &topic, let_go.line).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.1.as_deref(), Some("Bo"), "it is his again");
}

async fn who_is_let_in_by_command_keeps_what_was_not_handed_over_yet(town: &Town) {
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO).staff);
    let lamp = town.mail_from(AINO, "The lamp is out").await;
    BO.at(town).claims(lamp).await.succeeds();
    town.desk.deactivate(&ada, bo, None).await.unwrap();
    town.desk.set_active(BO.email, true).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.1.as_deref(), Some("Bo"));
}

async fn a_password_given_by_command_ends_the_links_that_were_sent(town: &Town) {
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO).staff);
    let link = town.desk.send_link(&ada, bo).await.unwrap();
    town.desk.set_password(BO.email, "another password").await.unwrap();
    assert_eq!(town.desk.pass_of(token(&link)).await.unwrap(), None);
    let newest = changes_of(town, &format!("staff:{bo}")).await.remove(0);
    assert_eq!((newest.what.as_str(), newest.by), ("password", None));
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
