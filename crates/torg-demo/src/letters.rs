//! Composes what citizens write and what staff answer.

use crate::calendar;
use crate::citizens::{Citizen, Voice};
use crate::dice::Dice;
use crate::files::DemoFile;
use crate::plan::{Event, Kind, Language, Letter, Thread, What};
use crate::slots::Slots;
use crate::texts::{self, Line, Phrases, Texts, Topic};
use jiff::{SignedDuration, Timestamp};

/// The first letter of an inquiry: subject, text and files.
pub(crate) struct Opening {
    /// Which of the topic's openings it is.
    pub(crate) opening: usize,
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
    let opening = dice.place(&voice.opens);
    let manner = manner(citizen, topic);
    let mut paragraphs = matter(dice, phrases, voice, opening, citizen, manner);
    if !files.is_empty() {
        paragraphs.push(dice.pick(&phrases.attached).clone());
    }
    let body = slots.fill(paragraphs.join("\n\n"));
    let mut subject = slots.fill(dice.pick(&Line::fitting(&voice.subjects, opening)));
    if citizen.voice == Voice::Brief && dice.chance(0.3) {
        subject = subject.to_lowercase();
    }
    Opening { opening, subject, text: dressed(dice, phrases, citizen, &body, true), files }
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
    let mut lines = vec![phrases.staff_greeting.replace("{name}", first_name), String::new()];
    let opening = if late { &phrases.staff_late } else { &phrases.staff_openings };
    lines.push(format!("{} {body}", dice.pick(opening)));
    if dice.chance(0.6) {
        lines.extend([String::new(), dice.pick(&phrases.staff_endings).clone()]);
    }
    lines.extend([String::new(), phrases.staff_closing.clone(), staff.to_owned()]);
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
        let staff = texts.staff.iter().position(|staff| staff.departments[0] == "residents");
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
        events.push(Event { at, what: What::Letter(letter) });
        events.extend(staff.map(|staff| Event { at: closed, what: What::Close { thread, staff } }));
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

/// How this citizen writes about `topic`, and whether a mood may colour it.
fn manner(citizen: &Citizen, topic: &Topic) -> (Voice, bool) {
    // Nobody says "no hurry" while the cellar fills with water.
    let pressing = topic.urgent >= 0.1;
    match citizen.voice {
        Voice::Angry | Voice::Worried if topic.calm => (Voice::Polite, true),
        Voice::Polite | Voice::Rambling if pressing => (Voice::Polite, false),
        voice => (voice, true),
    }
}

/// The paragraphs of the matter, as this citizen would put it.
fn matter(
    dice: &mut Dice,
    phrases: &Phrases,
    voice: &texts::Voice,
    opening: usize,
    citizen: &Citizen,
    (manner, coloured): (Voice, bool),
) -> Vec<String> {
    let mut first = Vec::new();
    if citizen.organisation.is_some() {
        first.push(dice.pick(&phrases.on_behalf).as_str());
    } else if manner != Voice::Brief && dice.chance(0.3) {
        first.push(dice.pick(&phrases.leads).as_str());
    }
    first.push(&voice.opens[opening]);
    let (details, mood) = match manner {
        Voice::Brief => (usize::from(dice.chance(0.4)), None),
        Voice::Polite => (1 + dice.place(&[(); 2]), dice.chance(0.5).then_some(&phrases.polite)),
        Voice::Worried => (1 + dice.place(&[(); 2]), Some(&phrases.worried)),
        Voice::Angry => (1 + dice.place(&[(); 2]), Some(&phrases.angry)),
        Voice::Rambling => (2 + dice.place(&[(); 3]), Some(&phrases.rambling)),
    };
    let fitting = Line::fitting(&voice.details, opening);
    let details: Vec<&str> = dice.some(&fitting, details).into_iter().copied().collect();
    let mood = mood.filter(|_| coloured);
    let mut last: Vec<&str> = mood.map(|mood| dice.pick(mood).as_str()).into_iter().collect();
    if manner != Voice::Brief && dice.chance(0.5) {
        last.push(dice.pick(&phrases.asks).as_str());
    }
    let blocks = [first.join(" "), details.join(" "), last.join(" ")];
    let blocks: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    if dice.chance(0.35) { vec![blocks.join(" ")] } else { blocks }
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
        let greetings = if formal { &phrases.formal_greetings } else { &phrases.greetings };
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
        let label = match citizen.language {
            Language::En | Language::Sv => "Tel.",
            _ => "Tlf.",
        };
        lines.push(format!("{label} {}", citizen.phone));
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
