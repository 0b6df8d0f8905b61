//! Colleagues come and go: invitations, passwords, being let go and let in again.

use torg_core::{Language, Role, State};
use torg_desk::{ChangeRefused, Invitation, LinkRefused, SignIn, StaffingRefused, UserRefused};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{ADA, AINO, BO, DAGNY, PASSWORD, WELFARE};

use super::changes_of;

stories![
    who_is_invited_chooses_a_password_once,
    who_forgot_her_password_gets_a_link_and_strangers_learn_nothing,
    the_last_administrator_stays,
    an_invitation_is_taken_back_until_she_has_come,
    a_link_that_is_posted_twice_at_once_works_once,
    who_was_let_go_by_mistake_has_again_what_nobody_touched,
    who_is_let_go_by_command_leaves_as_by_the_page_and_comes_back_by_undo,
    who_is_let_go_by_command_leaves_what_she_had_to_whom_it_names,
    who_is_let_in_by_command_keeps_what_was_not_handed_over_yet,
    a_password_given_by_command_ends_the_links_that_were_sent,
];

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
    assert!(town.desk.deactivate_named(ADA.email, None).await.is_err(), "nor by the command line");
    let invited = Invitation { role: Role::Administrator, ..liv(town) };
    town.desk.invite(&ada, invited).await.unwrap();
    let still = town.desk.set_role(&ada, ada.staff, Role::Staff).await;
    assert_eq!(still, last, "who was only invited cannot sign in yet");
    town.desk.set_role(&ada, bo, Role::Administrator).await.unwrap();
    town.desk.set_role(&ada, ada.staff, Role::Staff).await.unwrap();
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
    town.desk.deactivate_named(BO.email, None).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.1, None, "it is everybody's");
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal.last().map(String::as_str), Some("released"), "by nobody who works here");
    assert_eq!(town.desk.pass_of(token(&link)).await.unwrap(), None, "and no link lets him in");

    let topic = format!("staff:{bo}");
    let let_go = changes_of(town, &topic).await.remove(0);
    assert_eq!((let_go.what.as_str(), let_go.new.as_str(), let_go.by), ("active", "0", None));
    town.desk.deactivate_named(BO.email, None).await.unwrap();
    let newest = changes_of(town, &topic).await.remove(0);
    assert_eq!(newest.line, let_go.line, "who is out is not let go again");
    town.desk.undo_change(&ada, &topic, let_go.line).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.1.as_deref(), Some("Bo"), "it is his again");
}

async fn who_is_let_go_by_command_leaves_what_she_had_to_whom_it_names(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp is out").await;
    BO.at(town).claims(lamp).await.succeeds();
    let gone = async |heir| town.desk.deactivate_named(BO.email, Some(heir)).await;
    let unknown = UserRefused::Unknown("who@fjordby.example".into());
    assert_eq!(gone("Who@fjordby.example").await, Err(unknown));
    assert_eq!(gone(BO.email).await, Err(UserRefused::Staffing(StaffingRefused::NoHeir)));
    gone(DAGNY.email).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.1.as_deref(), Some("Dagny"));
}

async fn who_is_let_in_by_command_keeps_what_was_not_handed_over_yet(town: &Town) {
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO).staff);
    let lamp = town.mail_from(AINO, "The lamp is out").await;
    BO.at(town).claims(lamp).await.succeeds();
    town.desk.deactivate(&ada, bo, None).await.unwrap();
    town.desk.activate_named(BO.email).await.unwrap();
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
