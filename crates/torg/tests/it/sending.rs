//! What leaves: recorded, sent at least once, and always under the same name.

use std::collections::{BTreeMap, BTreeSet};

use crate::house::{eventually, free_port, kill_rounds, on_both_databases};
use crate::relay::Relay;
use crate::smtp::{Smtp, letter};

/// Letters a round; each of them is answered with a receipt.
const LETTERS: usize = 6;

#[test]
fn a_kill_while_sending_loses_nothing_and_renames_nothing() {
    on_both_databases(|house| {
        let address = free_port();
        let relay = Relay::opens(address);
        let house = house.with_settings(&relay_at(address)).with_town_hall();
        let mut citizens = BTreeSet::new();
        for round in 0..kill_rounds() {
            let serving = house.serves();
            // The last of these mails is taken, and we are killed before we hear of it.
            let before = relay.taken().len();
            relay.goes_silent_after(1 + round % LETTERS);
            let mut smtp = Smtp::connect(serving.smtp).unwrap();
            for number in 0..LETTERS {
                let citizen = format!("citizen-{round}-{number}@citizen.example");
                let id = format!("letter-{round}-{number}@citizen.example");
                assert_eq!(smtp.posts(&letter(&id, &citizen, "Hello?")).unwrap().code, 250);
                citizens.insert(citizen);
            }
            eventually("the relay takes mail", || relay.taken().len() > before + round % LETTERS);
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
        let renamed: Vec<_> = names.iter().filter(|name| name.1.len() != 1).collect();
        assert!(renamed.is_empty(), "{renamed:?}");
    });
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
