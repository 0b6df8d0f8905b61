//! What administrators set, of others and of themselves, and what is said until they have.

use crate::house::{House, Serving, eventually};
use crate::http::Browser;
use crate::smtp::{Smtp, letter};

const PASSWORD: &str = "a long password";

fn email(name: &str) -> String {
    format!("{name}@fjordby.example")
}

/// A town hall where these are administrators.
fn governed_by(names: &[&str]) -> (House, Serving) {
    let house = House::embedded().with_town_hall();
    for name in names {
        let (email, who) = (email(name), ["--role", "administrator", "--password", PASSWORD]);
        let adds = ["user", "add", &email, "--name", name, "--department", "Town hall"];
        house.does(&[adds.as_slice(), &who].concat());
    }
    let serving = house.serves();
    (house, serving)
}

fn id_of(house: &House, name: &str) -> i64 {
    house.counts(&format!("select id from staff where email = '{}'", email(name)))
}

fn administrators(house: &House) -> i64 {
    house.counts("select count(*) from staff where role = 'administrator'")
}

#[test]
fn an_administrator_is_asked_before_she_is_none_any_more() {
    let (house, serving) = governed_by(&["ada", "bo"]);
    let ada = Browser::of(serving.http, &email("ada"), PASSWORD);
    let (hers, his) = (id_of(&house, "ada"), id_of(&house, "bo"));
    let here = format!("/settings/staff/{hers}");
    let asked = ada.posts(&here, "name=Ada&role=lead");
    assert_eq!(asked.status, 200);
    assert!(asked.text().contains("name=\"sure\""), "she is asked, by a plain form");
    assert_eq!(administrators(&house), 2, "and still is one");

    let other = ada.posts(&format!("/settings/staff/{his}"), "name=Bo&role=administrator");
    assert_eq!(other.status, 303, "nobody is asked what changes nothing");

    let done = ada.posts(&here, "name=Ada&role=lead&sure=1");
    assert_eq!((done.status, done.header("location")), (303, Some("/")));
    assert_eq!(administrators(&house), 1);
    assert_eq!(ada.gets("/settings").status, 403);
}

#[test]
fn the_last_administrator_is_refused_and_not_asked() {
    let (house, serving) = governed_by(&["ada"]);
    let ada = Browser::of(serving.http, &email("ada"), PASSWORD);
    let here = format!("/settings/staff/{}", id_of(&house, "ada"));
    for form in ["name=Ada&role=staff", "name=Ada&role=staff&sure=1"] {
        let refused = ada.posts(&here, form);
        assert_eq!(refused.status, 422);
        assert!(!refused.text().contains("name=\"sure\" value"));
    }
    assert_eq!(administrators(&house), 1);
}

#[test]
fn an_administrator_is_asked_before_a_wall_falls() {
    let (house, serving) = governed_by(&["ada"]);
    house.does(&["department", "add", "Child welfare", "--restricted"]);
    let ada = Browser::of(serving.http, &email("ada"), PASSWORD);
    let walls = || house.counts("select count(*) from departments where id = wall");
    let id = house.counts("select id from departments where id = wall");
    let here = format!("/settings/departments/{id}");
    let shown = ada.gets(&here).text();
    assert!(shown.contains("name=\"opens\" required"), "the form has a box to tick");
    let asked = ada.posts(&format!("{here}/wall"), "restricted=no");
    assert_eq!((asked.status, walls()), (422, 1));
    assert!(asked.text().contains("Tick the box"), "and says so where a browser does not");
    assert_eq!(ada.posts(&format!("{here}/wall"), "restricted=no&opens=on").status, 303);
    assert_eq!(walls(), 0);

    assert_eq!(ada.posts(&format!("{here}/wall"), "restricted=yes").status, 303);
    let topic = format!("department:{id}");
    let line = house.counts(&format!("select max(line) from changes where topic = '{topic}'"));
    let asked = ada.posts(&format!("/settings/changes/{topic}/{line}/undo"), "then=%2F");
    assert_eq!((asked.status, walls()), (422, 1));
    assert!(asked.text().contains("name=\"opens\" required"), "Undo leads to the question");
}

#[test]
fn an_administrator_is_asked_before_letters_come_out_of_an_heirs_wall() {
    let (house, serving) = governed_by(&["ada"]);
    house.does(&["department", "add", "Water"]);
    house.does(&["department", "add", "Child welfare", "--restricted"]);
    let ada = Browser::of(serving.http, &email("ada"), PASSWORD);
    let id =
        |name: &str| house.counts(&format!("select id from departments where name = '{name}'"));
    let (water, heir) = (id("Water"), id("Child welfare"));
    let removal = format!("/settings/departments/{water}/removal");
    assert_eq!(ada.posts(&removal, &format!("heir={heir}")).status, 303);
    let line = house.counts("select max(line) from changes where topic = 'departments'");
    let undo = format!("/settings/changes/departments/{line}/undo");
    let removed = || house.counts(&format!("select removed from departments where id = {water}"));
    let asked = ada.posts(&undo, "then=/settings/departments");
    assert_eq!((asked.status, removed()), (422, 1));
    let asked = asked.text();
    assert!(asked.contains("Tick the box") && asked.contains("name=\"opens\" required"));
    assert_eq!(ada.posts(&undo, "then=/settings/departments&opens=on").status, 303);
    assert_eq!(removed(), 0);
}

#[test]
fn nobody_takes_back_her_own_role_by_one_click() {
    let (house, serving) = governed_by(&["ada", "bo"]);
    let [ada, bo] = ["ada", "bo"].map(|name| Browser::of(serving.http, &email(name), PASSWORD));
    let hers = id_of(&house, "ada");
    let here = format!("/settings/staff/{hers}");
    ada.posts(&here, "name=Ada&role=staff&sure=1");
    bo.posts(&here, "name=Ada&role=administrator");
    let line = house.counts(&format!("select max(line) from changes where topic = 'staff:{hers}'"));
    ada.posts(&format!("/settings/changes/staff:{hers}/{line}/undo"), "");
    assert_eq!(administrators(&house), 2);
    bo.posts(&format!("/settings/changes/staff:{hers}/{line}/undo"), "");
    assert_eq!(administrators(&house), 1, "somebody else may");
}

#[test]
fn how_the_first_administrator_came_stands_in_her_history() {
    let house = House::embedded();
    let serving = house.serves();
    eventually("the code is printed", || serving.log().contains("The code is:"));
    let said = serving.log();
    let (_, after) = said.split_once("The code is:").unwrap();
    let code = after.split_whitespace().next().unwrap();
    let mut ada = Browser::of_nobody(serving.http);
    ada.comes_in("/setup", &format!("code={code}"));
    let first = format!("name=Ada&email={}&password={PASSWORD}&language=en", email("ada"));
    ada.comes_in("/setup/administrator", &first);
    let page = ada.gets(&format!("/settings/staff/{}", id_of(&house, "ada"))).text();
    assert!(page.contains("Added") && !page.contains("the command line"), "{page}");
}

#[test]
fn one_is_counted_as_one() {
    let (house, serving) = governed_by(&["ada"]);
    let ada = Browser::of(serving.http, &email("ada"), PASSWORD);
    assert!(ada.gets("/settings/staff").text().contains(">One colleague<"));
    let here = format!("/settings/staff/{}", id_of(&house, "ada"));
    assert!(ada.gets(&here).text().contains("No inquiry in their hands is open."));

    let mail = letter("one@citizen.example", "aino@citizen.example", "The lamp is out.");
    assert_eq!(Smtp::connect(serving.smtp).unwrap().posts(&mail).unwrap().code, 250);
    let exported = house.export_filed();
    let inquiry = exported.message("one@citizen.example")["inquiry"].as_str().unwrap();
    ada.posts(&format!("/inquiries/{inquiry}/claim"), "then=");
    let text = ada.gets(&here).text();
    assert!(text.contains("One inquiry in their hands that is not closed goes to somebody else."));
    assert!(ada.gets("/settings/health").text().contains("of one letter;"));
}

#[test]
fn whoever_leaves_with_nothing_in_hand_has_nothing_left_to_hand_over() {
    let (house, serving) = governed_by(&["ada", "bo"]);
    let ada = Browser::of(serving.http, &email("ada"), PASSWORD);
    let his = format!("/settings/staff/{}", id_of(&house, "bo"));
    assert_eq!(ada.posts(&format!("{his}/deactivation"), "heir=&sure=on").status, 303);
    let page = ada.gets(&his).text();
    assert!(page.contains("/activation"), "he is gone, and can come back");
    assert!(!page.contains("being handed over"));
}

#[test]
fn an_address_outside_ascii_is_tried_as_a_mail_server_would() {
    let (house, serving) = governed_by(&["ada"]);
    house.does(&["address", "add", "post@sørfjord.example", "--department", "Town hall"]);
    let ada = Browser::of(serving.http, &email("ada"), PASSWORD);
    let id = "select id from mailboxes where address = 'post@xn--srfjord-q1a.example'";
    let path = format!("/settings/addresses/{}/trial", house.counts(id));
    let tried = ada.posts(&path, "").text();
    assert!(tried.contains("Torg takes mail for post@sørfjord.example."), "{tried}");
}

#[test]
fn an_answer_that_nobody_can_carry_away_says_so_and_so_does_health() {
    let (house, serving) = governed_by(&["ada"]);
    let ada = Browser::of(serving.http, &email("ada"), PASSWORD);
    ada.posts("/account/writing", "undo_seconds=0");
    let mail = letter("first@citizen.example", "aino@citizen.example", "Is anybody there?");
    assert_eq!(Smtp::connect(serving.smtp).unwrap().posts(&mail).unwrap().code, 250);
    let exported = house.export_filed();
    let inquiry = exported.message("first@citizen.example")["inquiry"].as_str().unwrap();
    ada.posts(&format!("/inquiries/{inquiry}/claim"), "then=");
    ada.posts(&format!("/inquiries/{inquiry}/reply"), "text=Yes&seen=1&key=first&then=");

    let here = format!("/folders/all/inquiries/{inquiry}");
    eventually("it is said why it has not left", || {
        ada.gets(&here).text().contains("No outgoing mail server is set yet.")
    });
    let page = ada.gets(&here).text();
    assert!(page.contains("Automatic receipt") && !page.contains("Receipt sent"));
    assert!(!page.contains("does not answer"), "no server is blamed for not answering");
    assert!(!page.contains("no relay is set"), "and it is said in her own language");
    let health = ada.gets("/settings/health").text();
    assert!(health.contains("No mail server is set: answers wait until one is."));
    assert!(health.contains("/settings/relay"));
}
