//! Composes what citizens write and what staff answer.

use crate::calendar;
use crate::citizens::{Citizen, Voice};
use crate::dice::Dice;
use crate::files::DemoFile;
use crate::plan::{Event, Kind, Language, Letter, Thread, What};
use crate::slots::Slots;
use crate::texts::{self, Phrases, Texts, Topic};
use jiff::{SignedDuration, Timestamp};

/// The first letter of an inquiry: subject, text and files.
pub(crate) struct Opening {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) files: Vec<DemoFile>,
}

/// Composes the letter that opens an inquiry about `topic`.
pub(crate) fn opening(
    dice: &mut Dice,
    texts: &Texts,
    topic: &Topic,
    voice: &texts::Voice,
    citizen: &Citizen,
    slots: &Slots,
) -> Opening {
    let phrases = texts.phrases(citizen.language);
    let files = files(dice, topic, phrases, citizen, slots);
    let mut paragraphs = matter(dice, phrases, voice, citizen);
    if !files.is_empty() {
        paragraphs.push(dice.pick(&phrases.attached).clone());
    }
    let body = slots.fill(&paragraphs.join("\n\n"));
    let mut subject = slots.fill(dice.pick(&voice.subjects));
    if citizen.voice == Voice::Brief && dice.chance(0.3) {
        subject = subject.to_lowercase();
    }
    Opening {
        subject,
        text: dressed(dice, phrases, citizen, &body, true),
        files,
    }
}

/// A later letter of the citizen: `body` with greeting and closing.
pub(crate) fn later(dice: &mut Dice, texts: &Texts, citizen: &Citizen, body: &str) -> String {
    let phrases = texts.phrases(citizen.language);
    dressed(dice, phrases, citizen, body, false)
}

/// What a colleague answers: `body` with the courtesies around it.
pub(crate) fn answer(
    dice: &mut Dice,
    phrases: &Phrases,
    citizen: &Citizen,
    staff: &str,
    body: &str,
    late: bool,
) -> String {
    let first_name = citizen.name.split(' ').next().unwrap_or(&citizen.name);
    let mut lines = vec![
        phrases.staff_greeting.replace("{name}", first_name),
        String::new(),
    ];
    let opening = if late {
        &phrases.staff_late
    } else {
        &phrases.staff_openings
    };
    lines.push(format!("{} {body}", dice.pick(opening)));
    if dice.chance(0.6) {
        lines.extend([String::new(), dice.pick(&phrases.staff_endings).clone()]);
    }
    lines.extend([
        String::new(),
        phrases.staff_closing.clone(),
        staff.to_owned(),
    ]);
    lines.join("\n")
}

/// Newsletters that reach the general address once a quarter.
pub(crate) fn newsletters(
    dice: &mut Dice,
    texts: &Texts,
    threads: &mut Vec<Thread>,
    until: Timestamp,
) -> Vec<Event> {
    let mut events = Vec::new();
    for (nth, newsletter) in texts.places.newsletters.iter().enumerate() {
        let days = 9 + 71 * i64::try_from(nth).unwrap_or(0) + dice.between(0, 20);
        let at = calendar::working(until - SignedDuration::from_hours(24 * days), 20.0);
        let thread = threads.len();
        let staff = texts
            .staff
            .iter()
            .position(|staff| staff.departments[0] == "residents");
        threads.push(Thread {
            citizen: sender(newsletter),
            department: "residents".to_owned(),
            topic: "newsletter".to_owned(),
        });
        let letter = Letter {
            thread,
            from_name: newsletter.from_name.clone(),
            from_address: newsletter.from_address.clone(),
            to: vec![texts.municipality.general_address.clone()],
            subject: newsletter.subject.clone(),
            text: newsletter.text.clone(),
            html: true,
            attachments: Vec::new(),
            language: Language::Nb,
            kind: Kind::List,
            in_reply_to_previous: false,
        };
        let closed = calendar::working(at, 45.0);
        events.push(Event {
            at,
            what: What::Letter(letter),
        });
        events.extend(staff.map(|staff| Event {
            at: closed,
            what: What::Close { thread, staff },
        }));
    }
    events
}

fn sender(newsletter: &texts::Newsletter) -> Citizen {
    Citizen {
        name: newsletter.from_name.clone(),
        address: newsletter.from_address.clone(),
        language: Language::Nb,
        street: String::new(),
        house: 0,
        phone: String::new(),
        organisation: Some(newsletter.from_name.clone()),
        voice: Voice::Polite,
    }
}

/// The paragraphs of the matter, as this citizen would put it.
fn matter(
    dice: &mut Dice,
    phrases: &Phrases,
    voice: &texts::Voice,
    citizen: &Citizen,
) -> Vec<String> {
    let mut first = Vec::new();
    if citizen.organisation.is_some() {
        first.push(dice.pick(&phrases.on_behalf).clone());
    } else if citizen.voice != Voice::Brief && dice.chance(0.3) {
        first.push(dice.pick(&phrases.leads).clone());
    }
    first.push(dice.pick(&voice.opens).clone());
    let (details, mood) = match citizen.voice {
        Voice::Brief => (i64::from(dice.chance(0.3)), None),
        Voice::Polite => (
            dice.between(1, 2),
            dice.chance(0.5).then_some(&phrases.polite),
        ),
        Voice::Worried => (dice.between(1, 2), Some(&phrases.worried)),
        Voice::Angry => (dice.between(1, 2), Some(&phrases.angry)),
        Voice::Rambling => (dice.between(2, 4), Some(&phrases.rambling)),
    };
    let details = dice.some(&voice.details, usize::try_from(details).unwrap_or(1));
    let details: Vec<&str> = details.into_iter().map(String::as_str).collect();
    let mut last: Vec<String> = mood
        .map(|mood| dice.pick(mood).clone())
        .into_iter()
        .collect();
    if citizen.voice != Voice::Brief && dice.chance(0.5) {
        last.push(dice.pick(&phrases.asks).clone());
    }
    let one_block = dice.chance(0.35);
    let blocks = [first.join(" "), details.join(" "), last.join(" ")];
    let blocks: Vec<String> = blocks
        .into_iter()
        .filter(|block| !block.is_empty())
        .collect();
    if one_block {
        vec![blocks.join(" ")]
    } else {
        blocks
    }
}

/// `body` between a greeting and a closing such as this citizen uses.
fn dressed(
    dice: &mut Dice,
    phrases: &Phrases,
    citizen: &Citizen,
    body: &str,
    first: bool,
) -> String {
    let brief = citizen.voice == Voice::Brief;
    let mut lines = Vec::new();
    if !(brief && dice.chance(0.4)) {
        let formal = first && citizen.organisation.is_some() || dice.chance(0.15);
        let greetings = if formal {
            &phrases.formal_greetings
        } else {
            &phrases.greetings
        };
        lines.extend([dice.pick(greetings).clone(), String::new()]);
    }
    lines.extend([body.to_owned(), String::new()]);
    let closings = if brief || !first && dice.chance(0.5) {
        &phrases.short_closings
    } else {
        &phrases.closings
    };
    lines.extend([dice.pick(closings).clone(), citizen.name.clone()]);
    if let Some(organisation) = &citizen.organisation {
        lines.push(organisation.clone());
    } else if first && dice.chance(0.35) {
        lines.push(format!("{} {}", citizen.street, citizen.house));
    }
    if first && dice.chance(0.25) {
        lines.push(format!("Tlf. {}", citizen.phone));
    }
    if brief && dice.chance(0.35) {
        lines.extend([String::new(), dice.pick(&phrases.from_phone).clone()]);
    }
    lines.join("\n")
}

fn files(
    dice: &mut Dice,
    topic: &Topic,
    phrases: &Phrases,
    citizen: &Citizen,
    slots: &Slots,
) -> Vec<DemoFile> {
    let mut files = Vec::new();
    if let Some(scene) = &topic.photo
        && dice.chance(0.3)
    {
        for _ in 0..if dice.chance(0.2) { 2 } else { 1 } {
            let number = dice.between(1_000, 9_999).to_string();
            let name = dice.pick(&phrases.photo_names).replace("{number}", &number);
            files.push(DemoFile::photo(name, scene, dice.seed()));
        }
    }
    if let Some(title) = &topic.form
        && files.is_empty()
        && dice.chance(0.3)
    {
        let number = dice.between(1, 99).to_string();
        let name = dice.pick(&phrases.form_names).replace("{number}", &number);
        let lines = [
            slots.fill(title),
            format!("{}, {} {}", citizen.name, citizen.street, citizen.house),
            slots.fill("{plot}  {date}"),
        ];
        files.push(DemoFile::form(name, lines.to_vec()));
    }
    files
}
