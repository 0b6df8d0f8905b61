//! What leaves: recorded, sent at least once, and always under the same name.

use std::collections::{BTreeMap, BTreeSet};

use crate::house::{House, Serving, eventually, free_port, kill_rounds, on_both_databases};
use crate::http::Browser;
use crate::relay::Relay;
use crate::smtp::{Smtp, letter};

/// Letters a round; each of them is answered with a receipt.
const LETTERS: usize = 6;
/// So many of them are answered by a colleague too.
const ANSWERS: usize = 3;
/// As the table of messages says it.
const SENT: i64 = 2;
const PASSWORD: &str = "a long password";

#[test]
fn a_kill_while_sending_loses_nothing_and_renames_nothing() {
    on_both_databases(|house| {
        let address = free_port();
        let relay = Relay::opens(address);
        let house = house.with_settings(&relay_at(address)).with_town_hall();
        let bo = ["user", "add", "bo@fjordby.example", "--name", "Bo", "--password", PASSWORD];
        house.does(&bo);
        let mut citizens = BTreeSet::new();
        for round in 0..kill_rounds() {
            let serving = house.serves();
            // The last of these mails is taken, and we are killed before we hear of it.
            let before = relay.taken().len();
            let last = 1 + (round * 2) % (LETTERS + ANSWERS);
            relay.goes_silent_after(last);
            let mut smtp = Smtp::connect(serving.smtp).unwrap();
            for number in 0..LETTERS {
                let citizen = format!("citizen-{round}-{number}@citizen.example");
                let id = format!("letter-{round}-{number}@citizen.example");
                assert_eq!(smtp.posts(&letter(&id, &citizen, "Hello?")).unwrap().code, 250);
                citizens.insert(citizen);
            }
            answers(&house, &serving, round);
            eventually("the relay takes mail", || relay.taken().len() >= before + last);
            serving.gets_killed();
            relay.speaks();
            house.time_passes();
        }

        let _serving = house.serves();
        let told = || relay.taken().into_iter().map(|mail| mail.to).collect::<BTreeSet<_>>();
        eventually("every citizen has her receipt", || citizens.is_subset(&told()));
        eventually("the outbox is empty", || {
            house.counts("select count(*) from outbox where state = 0") == 0
        });
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for mail in relay.taken() {
            assert!(!mail.id.is_empty(), "a mail without Message-ID to {}", mail.to);
            names.entry(mail.to).or_default().insert(mail.id);
        }
        // A receipt and, whoever was answered, an answer.
        let answered = |to: &str| (0..ANSWERS).any(|number| to.contains(&format!("-{number}@")));
        let renamed: Vec<_> =
            names.iter().filter(|(to, ids)| ids.len() != 1 + usize::from(answered(to))).collect();
        assert!(renamed.is_empty(), "{renamed:?}");
        every_answer_is_sent_and_says_so(&house, &names);
        house.does(&["check"]);
    });
}

/// Bo answers the first letters of a round.
fn answers(house: &House, serving: &Serving, round: usize) {
    let exported = house.export_filed();
    let browser = Browser::of(serving.http, "bo@fjordby.example", PASSWORD);
    // What is tested is the sending, not the waiting before it.
    browser.posts("/account/writing", "undo_seconds=0");
    for number in 0..ANSWERS {
        let letter = exported.message(&format!("letter-{round}-{number}@citizen.example"));
        let inquiry = letter["inquiry"].as_str().unwrap();
        let claimed = browser.posts(&format!("/inquiries/{inquiry}/claim"), "then=");
        assert_eq!(claimed.status, 303, "{}", claimed.text());
        let form = format!("text=Yes&seen=1&key=answer-{round}-{number}&then=");
        let replied = browser.posts(&format!("/inquiries/{inquiry}/reply"), &form);
        assert_eq!(replied.status, 303, "{}", replied.text());
    }
}

/// The relay has each answer under its own name, the message says that it is sent, and so does the
/// journal, once.
#[track_caller]
fn every_answer_is_sent_and_says_so(house: &House, names: &BTreeMap<String, BTreeSet<String>>) {
    let taken: BTreeSet<&String> = names.values().flatten().collect();
    let exported = house.export();
    let answers = exported.messages.iter().filter(|message| message["kind"] == "human");
    let answers: Vec<_> = answers.filter(|message| message["direction"] == "out").collect();
    assert_eq!(answers.len(), kill_rounds() * ANSWERS);
    for answer in answers {
        let id = answer["message_id"].as_str().unwrap_or_default();
        assert!(taken.contains(&id.trim_matches(['<', '>']).to_owned()), "{answer}");
        let (inquiry, message) =
            (answer["inquiry"].as_str().unwrap(), answer["message"].as_str().unwrap());
        let sent = format!("select send_state from messages where id = {message}");
        assert_eq!(house.counts(&sent), SENT, "{answer}");
        let lines = format!(
            "select count(*) from journal where inquiry = {inquiry} and verb = 'sent'
                and payload like '%{message}%'"
        );
        assert_eq!(house.counts(&lines), 1, "{answer}");
    }
}

#[test]
fn mail_waits_for_a_relay_that_is_down() {
    on_both_databases(|house| {
        let address = free_port();
        let house = house.with_settings(&relay_at(address)).with_town_hall();
        let serving = house.serves();
        let mut smtp = Smtp::connect(serving.smtp).unwrap();
        let mail = letter("lamp@citizen.example", "aino@citizen.example", "The lamp is out.");
        assert_eq!(smtp.posts(&mail).unwrap().code, 250);
        let put_off =
            "select count(*) from outbox where state = 0 and attempts > 0 and error is not null";
        eventually("sending is put off", || house.counts(put_off) == 1);

        let relay = Relay::opens(address);
        house.time_passes();
        eventually("the receipt leaves", || !relay.taken().is_empty());
        assert_eq!(relay.taken()[0].to, "aino@citizen.example");
        let sent = "select count(*) from outbox where state = 1 and error is null";
        eventually("it is recorded", || house.counts(sent) == 1);
        assert_eq!(relay.taken().len(), 1);
    });
}

fn relay_at(address: std::net::SocketAddr) -> String {
    format!("[relay]\nhost = \"{}\"\nport = {}\ntls = \"none\"\n", address.ip(), address.port())
}
