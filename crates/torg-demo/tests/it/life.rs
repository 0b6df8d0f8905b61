use crate::{PLAN, letters, until};
use jiff::tz::TimeZone;
use std::collections::{HashMap, HashSet};
use torg_demo::{Kind, Language, Plan, What, citizens, plan};

/// How each inquiry stands when the plan is carried out by the rules of the house.
#[derive(Clone, Default, PartialEq, Debug)]
struct Standing {
    begun: bool,
    closed: bool,
    answered: bool,
    urgent: bool,
    owner: Option<usize>,
    department: Option<usize>,
}

fn carried_out(plan: &Plan) -> Vec<Standing> {
    let mut standings = vec![Standing::default(); plan.threads.len()];
    for event in &plan.events {
        let standing = &mut standings[event.what.thread()];
        assert!(
            standing.begun || matches!(event.what, What::Letter(_)),
            "{event:?} before any letter"
        );
        match &event.what {
            What::Letter(letter) => {
                if !standing.begun {
                    assert!(!letter.in_reply_to_previous);
                    let address = &letter.to[0];
                    let at = plan.departments.iter().position(|one| one.address == *address);
                    standing.department = Some(at.unwrap_or(0));
                }
                standing.begun = true;
                if letter.kind == Kind::Human {
                    standing.closed = false;
                    standing.answered = false;
                }
            }
            What::Claim { staff, .. } => {
                assert!(!standing.closed && standing.owner.is_none(), "{event:?}");
                standing.owner = Some(*staff);
            }
            What::Assign { to, .. } => standing.owner = Some(*to),
            What::Refer { department, .. } => {
                assert_ne!(standing.department, Some(*department), "{event:?} is there already");
                standing.owner = None;
                standing.department = Some(*department);
            }
            What::Reply { staff, .. } => {
                assert!(!standing.closed, "{event:?} to a closed inquiry");
                assert_eq!(
                    standing.owner,
                    Some(*staff),
                    "{event:?} by somebody else than the owner"
                );
                standing.answered = true;
            }
            What::Close { .. } => {
                assert!(!standing.closed, "{event:?} twice");
                standing.closed = true;
            }
            What::Urgent { .. } => standing.urgent = true,
            What::Note { .. } => {}
        }
    }
    standings
}

#[test]
fn the_same_seed_gives_the_same_year_and_another_gives_another() {
    let again = plan(1, until());
    assert!(again.events == PLAN.events && again.threads == PLAN.threads);
    assert!(plan(2, until()).events != PLAN.events);
}

#[test]
fn the_year_has_the_size_of_a_municipality() {
    let threads = letters().map(|letter| letter.thread).collect::<HashSet<_>>().len();
    assert!((2_950..=3_050).contains(&threads), "{threads} inquiries");
    assert!((12_000..=15_500).contains(&PLAN.events.len()), "{} events", PLAN.events.len());
    assert!((1_300..=1_500).contains(&PLAN.citizens.len()), "{} citizens", PLAN.citizens.len());
    assert_eq!(PLAN.departments.len(), 12);
    assert_eq!(PLAN.departments.iter().filter(|one| one.restricted).count(), 2);
    assert!((58..=64).contains(&PLAN.staff.len()), "{} staff", PLAN.staff.len());
}

#[test]
fn events_stand_in_order_within_the_year() {
    assert!(PLAN.events.windows(2).all(|pair| pair[0].at <= pair[1].at));
    let first = PLAN.events.first().unwrap().at;
    let last = PLAN.events.last().unwrap().at;
    assert!(last <= until() && until().duration_since(first).as_hours() <= 24 * 366);
}

#[test]
fn the_rules_of_the_house_allow_every_event() {
    carried_out(&PLAN);
}

#[test]
fn the_desk_looks_lived_at_when_the_newcomer_arrives() {
    let standings = carried_out(&PLAN);
    let open: Vec<&Standing> = standings.iter().filter(|one| one.begun && !one.closed).collect();
    let unowned = open.iter().filter(|one| one.owner.is_none()).count();
    let answered = open.iter().filter(|one| one.answered).count();
    let urgent = open.iter().filter(|one| one.urgent).count();
    assert!((130..=185).contains(&open.len()), "{} open", open.len());
    assert!((36..=60).contains(&unowned), "{unowned} without owner");
    assert!((25..=55).contains(&answered), "{answered} answered");
    assert!((2..=25).contains(&urgent), "{urgent} urgent");
    let ingrid = PLAN.staff.iter().position(|one| one.name == "Ingrid Solheim").unwrap();
    assert!(open.iter().filter(|one| one.owner == Some(ingrid)).count() >= 2);
}

#[test]
fn the_desk_looks_lived_at_on_any_day_of_the_week() {
    for day in 0..7 {
        let until = until() + jiff::SignedDuration::from_hours(24 * day + 9);
        let standings = carried_out(&plan(1, until));
        let open = standings.iter().filter(|one| one.begun && !one.closed).count();
        assert!((120..=200).contains(&open), "{open} open on day {day}");
    }
}

#[test]
fn staff_act_on_working_days_and_mostly_where_they_belong() {
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    for event in &PLAN.events {
        let staff = match &event.what {
            What::Letter(_) => continue,
            What::Claim { staff, .. } | What::Reply { staff, .. } | What::Close { staff, .. } => {
                *staff
            }
            What::Note { staff, .. } | What::Urgent { staff, .. } => *staff,
            What::Refer { staff, .. } | What::Assign { staff, .. } => *staff,
        };
        let at = event.at.to_zoned(zone.clone());
        assert!((8..16).contains(&at.hour()), "{at}");
        assert!(at.weekday().to_monday_one_offset() <= 5, "{at}");
        assert!(staff < PLAN.staff.len());
    }
}

#[test]
fn only_members_answer() {
    for event in &PLAN.events {
        if let What::Reply { thread, staff, .. } = &event.what {
            let department = &PLAN.threads[*thread].department;
            assert!(PLAN.staff[*staff].departments.contains(department), "{event:?}");
        }
    }
}

#[test]
fn the_languages_have_their_shares() {
    let mut count: HashMap<Language, usize> = HashMap::new();
    letters().for_each(|letter| *count.entry(letter.language).or_default() += 1);
    let all: usize = count.values().sum();
    let share = |language| count[&language] * 100 / all;
    assert!((48..=66).contains(&share(Language::Nb)), "{count:?}");
    assert!((4..=12).contains(&share(Language::Nn)), "{count:?}");
    assert!((7..=15).contains(&share(Language::Da)), "{count:?}");
    assert!((6..=15).contains(&share(Language::Sv)), "{count:?}");
    assert!((9..=19).contains(&share(Language::En)), "{count:?}");
}

#[test]
fn machines_write_too() {
    let count = |kind| letters().filter(|letter| letter.kind == kind).count();
    assert!((10..=90).contains(&count(Kind::Vacation)));
    assert!((1..=20).contains(&count(Kind::Bounce)));
    assert!((2..=5).contains(&count(Kind::List)));
}

#[test]
fn some_citizens_write_about_many_things() {
    let mut topics: HashMap<&str, HashSet<&str>> = HashMap::new();
    for thread in &PLAN.threads {
        topics.entry(&thread.citizen.address).or_default().insert(&thread.topic);
    }
    assert!(topics.values().filter(|topics| topics.len() >= 4).count() >= 100);
}

#[test]
fn the_demo_offers_citizens_of_each_language() {
    let offered = citizens(&PLAN);
    assert_eq!(offered.len(), 8);
    for language in Language::ALL {
        assert!(offered.iter().any(|citizen| citizen.language == language));
    }
}
