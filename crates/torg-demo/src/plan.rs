//! What the plan is made of, and how it is made.

use crate::citizens::{Citizen, Crowd};
use crate::dice::Dice;
use crate::fates;
use crate::files::DemoFile;
use crate::story::Story;
use crate::texts::{TEXTS, Texts, Topic};
use crate::{calendar, letters};
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// How many inquiries the year holds.
const INQUIRIES: usize = 3_000;

/// Plans the year that ends at `until`. The same `seed` and `until` give the same plan.
pub fn plan(seed: u64, until: Timestamp) -> Plan {
    let texts: &Texts = &TEXTS;
    let mut dice = Dice::new(seed);
    let mut crowd = Crowd::gather(&mut dice, texts);
    let arrivals = calendar::arrivals(&mut dice, until, INQUIRIES);
    let fates = fates::fates(&mut dice, &arrivals, until);
    let mut plan = Plan::empty(texts);
    for (at, fate) in arrivals.into_iter().zip(fates) {
        let thread = begin(&mut dice, texts, &mut crowd, &mut plan, at);
        let story = Story::new(&mut dice, &plan, thread, at, until);
        let events = story.tell(fate);
        plan.events.extend(events);
    }
    plan.events.extend(letters::newsletters(&mut dice, texts, &mut plan.threads, until));
    plan.events.retain(|event| event.at <= until);
    plan.events.sort_by_key(|event| event.at);
    plan.citizens = crowd.into_citizens();
    plan
}

/// The municipality before anything has happened: no citizens, no threads, no events.
pub fn town() -> Plan {
    Plan::empty(&TEXTS)
}

/// A few citizens worth playing: they wrote often, in different languages, and one still waits.
pub fn citizens(plan: &Plan) -> Vec<&Citizen> {
    let mut letters: HashMap<&str, usize> = HashMap::new();
    for event in &plan.events {
        if let What::Letter(letter) = &event.what {
            *letters.entry(letter.from_address.as_str()).or_default() += 1;
        }
    }
    let count = |citizen: &Citizen| letters.get(citizen.address.as_str()).copied().unwrap_or(0);
    let mut chosen: Vec<&Citizen> = Vec::new();
    for (language, wanted) in Language::ALL.into_iter().zip([3, 1, 1, 1, 2]) {
        let mut speakers: Vec<&Citizen> =
            plan.citizens.iter().filter(|citizen| citizen.language == language).collect();
        speakers.sort_by_key(|citizen| (std::cmp::Reverse(count(citizen)), &citizen.address));
        chosen.extend(speakers.into_iter().take(wanted));
    }
    chosen
}

/// Chooses who writes about what and when, and notes it as a new thread.
fn begin(
    dice: &mut Dice,
    texts: &'static Texts,
    crowd: &mut Crowd,
    plan: &mut Plan,
    at: Timestamp,
) -> usize {
    let citizen = crowd.next(dice, plan.threads.len());
    let topic = topic_for(dice, texts, crowd.citizen(citizen), crowd.written(citizen), at);
    crowd.remember(citizen, &topic.key);
    plan.threads.push(Thread {
        citizen: crowd.citizen(citizen).clone(),
        department: topic.department.clone(),
        topic: topic.key.clone(),
    });
    plan.threads.len() - 1
}

/// A topic of the season that the citizen has not written about before.
fn topic_for<'a>(
    dice: &mut Dice,
    texts: &'a Texts,
    citizen: &Citizen,
    written: &HashSet<String>,
    at: Timestamp,
) -> &'a Topic {
    let month = calendar::month(at);
    let fits = |topic: &&Topic| {
        topic.voice(citizen.language).is_some()
            && (topic.months.is_empty() || topic.months.contains(&month))
            && (citizen.organisation.is_none() || topic.organisations)
    };
    let fitting: Vec<&Topic> = texts.topics.iter().filter(fits).collect();
    let fresh: Vec<&Topic> =
        fitting.iter().copied().filter(|topic| !written.contains(&topic.key)).collect();
    let choice = if fresh.is_empty() { &fitting } else { &fresh };
    let weights: Vec<f64> = choice
        .iter()
        .map(|topic| topic.weight * if topic.months.is_empty() { 1.0 } else { 1.8 })
        .collect();
    choice[dice.weighted(&weights)]
}

/// A year of Fjordby.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The municipality itself.
    pub municipality: Municipality,
    /// Its departments, the one that reads the general address first.
    pub departments: Vec<Department>,
    /// Its staff. The five whom the demo lets a newcomer sign in as have [`Staff::is_demo_login`].
    pub staff: Vec<Staff>,
    /// Everybody who wrote.
    pub citizens: Vec<Citizen>,
    /// The inquiries, in the order their first letters came.
    pub threads: Vec<Thread>,
    /// Everything that happened, in order of time.
    pub events: Vec<Event>,
}

impl Plan {
    fn empty(texts: &Texts) -> Plan {
        Plan {
            municipality: texts.municipality.clone(),
            departments: texts.departments.clone(),
            staff: texts.staff.clone(),
            citizens: Vec::new(),
            threads: Vec::new(),
            events: Vec::new(),
        }
    }

    /// The place in [`Plan::departments`] of the department with `key`.
    pub fn department(&self, key: &str) -> Option<usize> {
        self.departments.iter().position(|department| department.key == key)
    }
}

/// The municipality's own particulars.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Municipality {
    /// What people call it.
    pub name: String,
    /// The address that is everybody's.
    pub general_address: String,
}

/// A department.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Department {
    /// A short handle for the plan's own use.
    pub key: String,
    /// What it is called in the municipality's main language.
    pub name: String,
    /// Its own address.
    pub address: String,
    /// Whether its inquiries exist only for its members.
    #[serde(default)]
    pub restricted: bool,
    /// What stands under each letter it sends.
    pub signature: String,
}

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Answers letters.
    Staff,
    /// Also distributes work in her departments.
    Lead,
    /// Also keeps accounts and settings.
    Administrator,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Staff {
    /// Full name.
    pub name: String,
    /// The address to sign in with.
    #[serde(default)]
    pub address: String,
    /// What she may do.
    pub role: Role,
    /// Keys of the departments she is a member of, her own first.
    pub departments: Vec<String>,
    /// Whether newcomers are offered to sign in as her.
    #[serde(default)]
    pub is_demo_login: bool,
}

/// One inquiry as the plan knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// Who wrote.
    pub citizen: Citizen,
    /// Key of the department whose business it is.
    pub department: String,
    /// Key of what it is about.
    pub topic: String,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What happens. `thread`, `staff` and `department` are places in the plan's lists.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields are named by the line above")]
pub enum What {
    /// A letter comes in; the first of its thread opens an inquiry.
    Letter(Letter),
    /// A colleague takes it.
    Claim { thread: usize, staff: usize },
    /// The owner answers.
    Reply { thread: usize, staff: usize, text: String },
    /// A word among colleagues.
    Note { thread: usize, staff: usize, text: String },
    /// It belongs elsewhere. Takes the owner away.
    Refer { thread: usize, staff: usize, department: usize, why: String },
    /// A lead (`staff`) gives it to a colleague.
    Assign { thread: usize, staff: usize, to: usize },
    /// It cannot wait.
    Urgent { thread: usize, staff: usize },
    /// It is done.
    Close { thread: usize, staff: usize },
}

impl What {
    /// The inquiry it happens to, as a place in [`Plan::threads`].
    pub fn thread(&self) -> usize {
        match self {
            What::Letter(letter) => letter.thread,
            What::Claim { thread, .. }
            | What::Reply { thread, .. }
            | What::Note { thread, .. }
            | What::Refer { thread, .. }
            | What::Assign { thread, .. }
            | What::Urgent { thread, .. }
            | What::Close { thread, .. } => *thread,
        }
    }
}

impl What {
    /// Who does it, as a place in [`Plan::staff`]; nobody of ours writes a letter.
    pub fn staff(&self) -> Option<usize> {
        match self {
            What::Letter(_) => None,
            What::Claim { staff, .. }
            | What::Reply { staff, .. }
            | What::Note { staff, .. }
            | What::Refer { staff, .. }
            | What::Assign { staff, .. }
            | What::Urgent { staff, .. }
            | What::Close { staff, .. } => Some(*staff),
        }
    }
}

/// A letter from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// The inquiry it belongs to, a place in [`Plan::threads`].
    pub thread: usize,
    /// Who wrote; empty for machines without a name.
    pub from_name: String,
    /// From which address.
    pub from_address: String,
    /// To which of our addresses, at least one.
    pub to: Vec<String>,
    /// The subject line.
    pub subject: String,
    /// The plain text, lines parted by `\n`.
    pub text: String,
    /// Whether it should also be written as HTML.
    pub html: bool,
    /// Attached files.
    pub attachments: Vec<DemoFile>,
    /// The language it is written in.
    pub language: Language,
    /// Who or what sent it.
    pub kind: Kind,
    /// Whether it answers the newest message of its thread (and so carries its headers).
    pub in_reply_to_previous: bool,
}

/// Who or what sent a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    Human,
    /// A program that says its owner is away.
    Vacation,
    /// A mail server that could not deliver our answer.
    Bounce,
    /// A mailing list or newsletter.
    List,
}

/// A language of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Norwegian bokmål.
    Nb,
    /// Norwegian nynorsk.
    Nn,
    /// Danish.
    Da,
    /// Swedish.
    Sv,
    /// English.
    En,
}

impl Language {
    /// Every language, the municipality's main language first.
    pub const ALL: [Language; 5] =
        [Language::Nb, Language::Nn, Language::Da, Language::Sv, Language::En];

    /// The BCP 47 tag.
    pub fn code(self) -> &'static str {
        match self {
            Language::Nb => "nb",
            Language::Nn => "nn",
            Language::Da => "da",
            Language::Sv => "sv",
            Language::En => "en",
        }
    }
}
