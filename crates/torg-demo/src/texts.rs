//! The texts and names in `data/`, read once.

use crate::plan::{Department, Language, Municipality, Staff};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) static TEXTS: LazyLock<Texts> = LazyLock::new(read);

/// Everything in `data/`.
pub(crate) struct Texts {
    pub(crate) municipality: Municipality,
    pub(crate) departments: Vec<Department>,
    pub(crate) staff: Vec<Staff>,
    pub(crate) places: Places,
    pub(crate) topics: Vec<Topic>,
    /// By department key: what colleagues say to each other there.
    pub(crate) talk: HashMap<String, Talk>,
    names: HashMap<Language, Names>,
    phrases: HashMap<Language, Phrases>,
}

impl Texts {
    pub(crate) fn names(&self, language: Language) -> &Names {
        &self.names[&language]
    }

    pub(crate) fn phrases(&self, language: Language) -> &Phrases {
        &self.phrases[&language]
    }

    pub(crate) fn topic(&self, key: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.key == key)
    }
}

/// What people write to one department about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicFile {
    department: String,
    talk: Talk,
    topic: Vec<Topic>,
}

/// What colleagues of a department write among themselves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Talk {
    /// Internal notes.
    pub(crate) notes: Vec<String>,
    /// Why an inquiry is referred to this department.
    pub(crate) why: Vec<String>,
}

/// Something people write about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Topic {
    pub(crate) key: String,
    #[serde(skip)]
    pub(crate) department: String,
    /// How often, relative to the others.
    #[serde(default = "usual_weight")]
    pub(crate) weight: f64,
    /// How likely it is to be urgent, 0 to 1.
    #[serde(default)]
    pub(crate) urgent: f64,
    /// The months it comes in; empty for all.
    #[serde(default)]
    pub(crate) months: Vec<i8>,
    /// Whether nobody gets angry or afraid over it.
    #[serde(default)]
    pub(crate) calm: bool,
    /// Whether associations and companies write about it too.
    #[serde(default)]
    pub(crate) organisations: bool,
    /// The scene of a photo that may be attached.
    pub(crate) photo: Option<String>,
    /// The title of a form that may be attached.
    pub(crate) form: Option<String>,
    nb: Voice,
    nn: Option<Voice>,
    da: Option<Voice>,
    sv: Option<Voice>,
    en: Option<Voice>,
}

impl Topic {
    pub(crate) fn voice(&self, language: Language) -> Option<&Voice> {
        match language {
            Language::Nb => Some(&self.nb),
            Language::Nn => self.nn.as_ref(),
            Language::Da => self.da.as_ref(),
            Language::Sv => self.sv.as_ref(),
            Language::En => self.en.as_ref(),
        }
    }
}

/// A topic in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Voice {
    pub(crate) subjects: Vec<Line>,
    /// The matter itself, two or three sentences that stand alone.
    pub(crate) opens: Vec<String>,
    /// Sentences that may follow the opening.
    pub(crate) details: Vec<Line>,
    /// What staff answer.
    pub(crate) answers: Vec<Line>,
}

/// A sentence that goes with the openings it names: "#13 …" with the first and third, else with all.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Line {
    text: String,
    openings: Vec<usize>,
}

impl Line {
    /// Those of `lines` that go with the opening at place `opening`.
    pub(crate) fn fitting(lines: &[Line], opening: usize) -> Vec<&str> {
        let fits = |line: &&Line| line.openings.is_empty() || line.openings.contains(&opening);
        lines.iter().filter(fits).map(|line| line.text.as_str()).collect()
    }
}

impl From<String> for Line {
    fn from(written: String) -> Line {
        let tagged = written.strip_prefix('#').and_then(|rest| rest.split_once(' '));
        match tagged {
            None => Line { text: written, openings: Vec::new() },
            Some((numbers, text)) => Line {
                text: text.to_owned(),
                // People count from one.
                openings: numbers
                    .chars()
                    .filter_map(|number| usize::try_from(number.to_digit(10)?).ok()?.checked_sub(1))
                    .collect(),
            },
        }
    }
}

/// Names of people who speak a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    pub(crate) first: Vec<String>,
    pub(crate) last: Vec<String>,
}

/// Places, associations and companies of Fjordby.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Places {
    pub(crate) streets: Vec<String>,
    pub(crate) schools: Vec<String>,
    pub(crate) kindergartens: Vec<String>,
    pub(crate) halls: Vec<String>,
    pub(crate) children: Vec<String>,
    pub(crate) mail_domains: Vec<String>,
    pub(crate) associations: Vec<String>,
    pub(crate) companies: Vec<String>,
    pub(crate) newsletters: Vec<Newsletter>,
}

/// A mass mailing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Newsletter {
    pub(crate) from_name: String,
    pub(crate) from_address: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// What fits any topic, in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    pub(crate) greetings: Vec<String>,
    pub(crate) formal_greetings: Vec<String>,
    pub(crate) leads: Vec<String>,
    /// Before an association's or company's matter; `{org}` is its name.
    pub(crate) on_behalf: Vec<String>,
    pub(crate) polite: Vec<String>,
    pub(crate) worried: Vec<String>,
    pub(crate) angry: Vec<String>,
    pub(crate) rambling: Vec<String>,
    pub(crate) asks: Vec<String>,
    pub(crate) attached: Vec<String>,
    pub(crate) closings: Vec<String>,
    pub(crate) short_closings: Vec<String>,
    pub(crate) from_phone: Vec<String>,
    pub(crate) reply_prefix: String,
    pub(crate) reminders: Vec<String>,
    pub(crate) thanks: Vec<String>,
    pub(crate) complaints: Vec<String>,
    pub(crate) complaint_answers: Vec<String>,
    pub(crate) follow_ups: Vec<FollowUp>,
    pub(crate) vacation_subject: String,
    pub(crate) vacations: Vec<String>,
    pub(crate) bounce: String,
    pub(crate) staff_greeting: String,
    pub(crate) staff_openings: Vec<String>,
    pub(crate) staff_late: Vec<String>,
    pub(crate) staff_endings: Vec<String>,
    pub(crate) staff_closing: String,
    pub(crate) photo_names: Vec<String>,
    pub(crate) form_names: Vec<String>,
    pub(crate) months: Vec<String>,
    pub(crate) weekdays: Vec<String>,
    /// "{day}. {month}" or "{day} {month}".
    pub(crate) date: String,
    /// "{kr} kr", with the thousands mark below.
    pub(crate) amount: String,
    pub(crate) thousands: String,
}

/// What the citizen asks after the answer, and what staff answer to that.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowUp {
    pub(crate) ask: String,
    pub(crate) answer: String,
}

#[derive(Deserialize)]
struct MunicipalityFile {
    municipality: Municipality,
    department: Vec<Department>,
    staff: Vec<Staff>,
}

fn usual_weight() -> f64 {
    3.0
}

const TOPIC_FILES: [(&str, &str); 12] = [
    ("residents", include_str!("../data/topics/residents.toml")),
    ("roads", include_str!("../data/topics/roads.toml")),
    ("water", include_str!("../data/topics/water.toml")),
    ("building", include_str!("../data/topics/building.toml")),
    ("kindergarten", include_str!("../data/topics/kindergarten.toml")),
    ("school", include_str!("../data/topics/school.toml")),
    ("finance", include_str!("../data/topics/finance.toml")),
    ("culture", include_str!("../data/topics/culture.toml")),
    ("health", include_str!("../data/topics/health.toml")),
    ("business", include_str!("../data/topics/business.toml")),
    ("childwelfare", include_str!("../data/topics/childwelfare.toml")),
    ("social", include_str!("../data/topics/social.toml")),
];

fn read() -> Texts {
    let house: MunicipalityFile = parsed("municipality", include_str!("../data/municipality.toml"));
    let (mut topics, mut talk) = (Vec::new(), HashMap::new());
    for (name, text) in TOPIC_FILES {
        let file: TopicFile = parsed(name, text);
        topics.extend(
            file.topic
                .into_iter()
                .map(|topic| Topic { department: file.department.clone(), ..topic }),
        );
        talk.insert(file.department, file.talk);
    }
    let staff = house.staff.into_iter().map(with_address).collect();
    Texts {
        municipality: house.municipality,
        departments: house.department,
        staff,
        places: parsed("places", include_str!("../data/places.toml")),
        topics,
        talk,
        names: parsed("names", include_str!("../data/names.toml")),
        phrases: [
            (Language::Nb, include_str!("../data/phrases/nb.toml")),
            (Language::Nn, include_str!("../data/phrases/nn.toml")),
            (Language::Da, include_str!("../data/phrases/da.toml")),
            (Language::Sv, include_str!("../data/phrases/sv.toml")),
            (Language::En, include_str!("../data/phrases/en.toml")),
        ]
        .into_iter()
        .map(|(language, text)| (language, parsed(language.code(), text)))
        .collect(),
    }
}

fn with_address(staff: Staff) -> Staff {
    let address = format!("{}@fjordby.example", crate::citizens::ascii(&staff.name));
    Staff { address, ..staff }
}

/// The files are part of the program: one that does not parse is a mistake in the program.
fn parsed<T: DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("demo data {name}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opening_has_a_subject_and_an_answer() {
        for topic in &TEXTS.topics {
            for voice in Language::ALL.into_iter().filter_map(|language| topic.voice(language)) {
                for opening in 0..voice.opens.len() {
                    for lines in [&voice.subjects, &voice.answers] {
                        let fitting = Line::fitting(lines, opening);
                        assert!(!fitting.is_empty(), "{} {:?}", topic.key, voice.opens[opening]);
                    }
                }
            }
        }
    }

    #[test]
    fn lines_name_openings_that_exist() {
        for topic in &TEXTS.topics {
            for voice in Language::ALL.into_iter().filter_map(|language| topic.voice(language)) {
                for line in voice.subjects.iter().chain(&voice.details).chain(&voice.answers) {
                    let exist = line.openings.iter().all(|&opening| opening < voice.opens.len());
                    assert!(exist, "{}: {:?}", topic.key, line.text);
                }
            }
        }
    }
}
