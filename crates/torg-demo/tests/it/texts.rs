use crate::{PLAN, letters};
use std::collections::{HashMap, HashSet};
use torg_demo::What;

#[test]
fn addresses_are_addresses_and_nobodys() {
    let departments = PLAN.departments.iter().map(|one| one.address.as_str());
    let staff = PLAN.staff.iter().map(|one| one.address.as_str());
    let letters = letters().flat_map(|letter| {
        letter.to.iter().map(String::as_str).chain([letter.from_address.as_str()])
    });
    for address in departments.chain(staff).chain(letters) {
        let (local, domain) = address.split_once('@').unwrap();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
        assert!(!local.is_empty() && local.chars().all(is_plain), "{address}");
        assert!(domain.ends_with(".example") && domain.chars().all(is_plain), "{address}");
        assert!(
            !local.starts_with('.') && !local.ends_with('.') && !local.contains(".."),
            "{address}"
        );
    }
}

#[test]
fn every_letter_is_addressed_to_the_municipality() {
    let ours: HashSet<&str> = PLAN
        .departments
        .iter()
        .map(|one| one.address.as_str())
        .chain([PLAN.municipality.general_address.as_str()])
        .collect();
    for letter in letters() {
        assert!(!letter.to.is_empty());
        assert!(letter.to.iter().all(|address| ours.contains(address.as_str())));
    }
}

#[test]
fn nobody_shares_an_address_or_a_staff_name() {
    let citizens: HashSet<&str> = PLAN.citizens.iter().map(|one| one.address.as_str()).collect();
    assert_eq!(citizens.len(), PLAN.citizens.len());
    let staff: HashSet<&str> = PLAN.staff.iter().map(|one| one.address.as_str()).collect();
    assert_eq!(staff.len(), PLAN.staff.len());
    assert_eq!(PLAN.staff.iter().filter(|one| one.is_demo_login).count(), 5);
}

#[test]
fn no_blank_is_left_unfilled() {
    for event in &PLAN.events {
        let texts: Vec<&str> = match &event.what {
            What::Letter(letter) => vec![&letter.text, &letter.subject],
            What::Reply { text, .. } | What::Note { text, .. } => vec![text],
            What::Refer { why, .. } => vec![why],
            _ => vec![],
        };
        for text in texts {
            assert!(!text.trim().is_empty() && !text.contains(['{', '}']), "{text}");
            assert!(!text.contains("  "), "{text}");
        }
    }
}

#[test]
fn letters_do_not_look_repeated() {
    let mut bodies: HashMap<&str, usize> = HashMap::new();
    let mut subjects: HashSet<&str> = HashSet::new();
    letters().for_each(|letter| *bodies.entry(&letter.text).or_default() += 1);
    letters().for_each(|letter| _ = subjects.insert(&letter.subject));
    let all = letters().count();
    let repeated: usize = bodies.values().map(|count| count - 1).sum();
    assert!(repeated * 100 < all * 5, "{repeated} of {all} repeat another");
    assert!(subjects.len() >= 900, "only {} subjects", subjects.len());
}

#[test]
fn matters_do_not_look_repeated_without_names_and_greetings() {
    let first = letters().filter(|letter| !letter.in_reply_to_previous);
    let middles: Vec<String> = first
        .map(|letter| {
            let blocks: Vec<&str> = letter.text.split("\n\n").collect();
            blocks.into_iter().filter(|block| block.len() > 60).collect()
        })
        .collect();
    let unique: HashSet<&String> = middles.iter().collect();
    assert!(unique.len() * 100 >= middles.len() * 95, "{} of {}", unique.len(), middles.len());
}

#[test]
fn letters_have_a_natural_length() {
    let mut lengths: Vec<usize> = letters().map(|letter| letter.text.chars().count()).collect();
    lengths.sort_unstable();
    assert!((180..=500).contains(&lengths[lengths.len() / 2]), "{}", lengths[lengths.len() / 2]);
    assert!(lengths[lengths.len() - 1] < 2_000);
}

#[test]
fn people_write_about_sixty_things_and_more() {
    let topics: HashSet<&str> = PLAN.threads.iter().map(|thread| thread.topic.as_str()).collect();
    assert!(topics.len() >= 60, "{}", topics.len());
}
