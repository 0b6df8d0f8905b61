//! The command line, with and without a running server.

use std::process::Stdio;

use crate::house::{House, on_both_databases, said};
use crate::http::Browser;
use crate::smtp::{Smtp, letter};

#[test]
fn a_town_is_set_up_with_or_without_the_server_running() {
    on_both_databases(|house| {
        house.does(&["department", "add", "Roads", "--signature", "Roads of Fjordby"]);
        house.does(&["address", "add", "roads@fjordby.example", "--department", "Roads"]);
        let add = ["user", "add", "bo@fjordby.example", "--name", "Bo", "--department", "Roads"];
        house.does(&[add.as_slice(), &["--password", "a long password"]].concat());

        let serving = house.serves();
        house.does(&["department", "add", "Child welfare", "--restricted"]);
        house.does(&["address", "add", "child@fjordby.example", "--department", "Child welfare"]);
        let listed = house.does(&["department", "list"]);
        assert!(listed.contains("Roads  roads@fjordby.example"), "{listed}");
        assert!(listed.contains("Child welfare  (restricted)  child@fjordby.example"), "{listed}");

        let add = ["user", "add", "dagny@fjordby.example", "--name", "Dagny", "--role", "lead"];
        house.does(&[add.as_slice(), &["--password", "another password"]].concat());
        Browser::of(serving.http, "bo@fjordby.example", "a long password");
        Browser::of(serving.http, "dagny@fjordby.example", "another password");
        let listed = house.does(&["user", "list"]);
        assert!(listed.contains("dagny@fjordby.example  lead  Dagny"), "{listed}");

        let mut smtp = Smtp::connect(serving.smtp).unwrap();
        let mail = letter("one@citizen.example", "aino@citizen.example", "Hello?");
        assert_eq!(smtp.delivers(&["child@fjordby.example"], &mail).unwrap().code, 250);
        assert_eq!(smtp.delivers(&["nobody@fjordby.example"], &mail).unwrap().code, 550);
    });
}

#[test]
fn a_password_changed_by_command_ends_what_was_open() {
    let house = House::embedded().with_town_hall();
    let add =
        ["user", "add", "bo@fjordby.example", "--name", "Bo", "--password", "a long password"];
    house.does(&add);
    let serving = house.serves();
    let browser = Browser::of(serving.http, "bo@fjordby.example", "a long password");
    assert_eq!(browser.gets("/account").status, 200);
    house.does(&["user", "password", "bo@fjordby.example", "--password", "a new password"]);
    assert_eq!(browser.gets("/account").status, 303);
    let browser = Browser::of(serving.http, "bo@fjordby.example", "a new password");
    let told =
        house.is_refused(&["user", "deactivate", "bo@fjordby.example", "--heir", "ola@x.example"]);
    assert!(told.contains("there is no colleague with the address ola@x.example"), "{told}");
    house.does(&["user", "deactivate", "bo@fjordby.example"]);
    let told = house.is_refused(&[
        "user",
        "deactivate",
        "bo@fjordby.example",
        "--heir",
        "bo@fjordby.example",
    ]);
    assert!(told.contains("was deactivated before"), "{told}");
    assert_eq!(browser.gets("/account").status, 303);
}

#[test]
fn what_cannot_be_done_is_said_in_a_sentence() {
    on_both_databases(|house| {
        let house = house.with_town_hall();
        let both = |house: &House| {
            let told = house.is_refused(&["department", "add", "Town hall"]);
            assert!(told.contains("there is a department of this name already"), "{told}");
            let told = house.is_refused(&["address", "add", "post@", "--department", "Town hall"]);
            assert!(told.contains("not an e-mail address"), "{told}");
            let told = house.is_refused(&["address", "add", "a@b.example", "--department", "X"]);
            assert!(told.contains("there is no department \"X\""), "{told}");
        };
        both(&house);
        let _serving = house.serves();
        both(&house);
    });
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let house = House::embedded().with_town_hall();
    let serving = house.serves();
    let (http, smtp) = ("127.0.0.1:0", "127.0.0.1:0");
    let told = house.is_refused(&["serve", "--http", http, "--smtp", smtp]);
    assert!(told.contains("another Torg works in"), "{told}");
    assert!(house.is_healthy_at(serving.http));
}

#[test]
fn an_unknown_setting_is_named_with_its_line() {
    let house = House::embedded().with_settings("\n[mail]\nreciepts = false\n");
    let told = house.is_refused(&["department", "list"]);
    assert!(told.contains("reciepts") && told.contains("line 5"), "{told}");
}

#[test]
fn a_wrong_use_is_told_from_work_that_failed() {
    let house = House::embedded();
    let output = house.runs(&["serve", "--smpt", "127.0.0.1:2525"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("--smpt"));
}

#[test]
fn who_reads_only_the_beginning_of_an_export_is_told_of_no_failure() {
    let house = House::embedded().with_town_hall();
    let mut export = house.command(&["export"]);
    let serving = house.serves();
    let mut smtp = Smtp::connect(serving.smtp).unwrap();
    let mail = letter("one@citizen.example", "aino@citizen.example", "Hello?");
    assert_eq!(smtp.delivers(&[crate::house::POST], &mail).unwrap().code, 250);
    let mut child = export.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", said(&ended));
    assert_eq!(said(&ended), "");
}
