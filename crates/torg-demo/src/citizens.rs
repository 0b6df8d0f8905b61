//! The people of Fjordby.

use crate::dice::Dice;
use crate::plan::Language;
use crate::texts::Texts;
use std::collections::HashSet;

/// Somebody who writes to the municipality.
#[derive(Debug, Clone, PartialEq)]
pub struct Citizen {
    /// Full name.
    pub name: String,
    /// Where she writes from and wants the answer.
    pub address: String,
    /// The language she writes.
    pub language: Language,
    /// The street she lives in.
    pub street: String,
    /// The house number.
    pub house: i64,
    /// Her telephone number.
    pub phone: String,
    /// The association or company she writes for, if any.
    pub organisation: Option<String>,
    /// How she usually writes.
    pub voice: Voice,
}

/// How somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// With a please and a thank you.
    Polite,
    /// In a line or two.
    Brief,
    /// Afraid that something goes wrong.
    Worried,
    /// Out of patience.
    Angry,
    /// With everything that comes to mind.
    Rambling,
}

/// The people, and what each has written about so far.
pub(crate) struct Crowd {
    people: Vec<Citizen>,
    written: Vec<HashSet<String>>,
}

impl Crowd {
    pub(crate) fn gather(dice: &mut Dice, texts: &Texts) -> Crowd {
        let mut taken = HashSet::new();
        let people: Vec<Citizen> = (0..PEOPLE).map(|_| somebody(dice, texts, &mut taken)).collect();
        Crowd { written: vec![HashSet::new(); people.len()], people }
    }

    /// Who writes the `nth` inquiry: everybody once in the course of the year, some again and again.
    pub(crate) fn next(&mut self, dice: &mut Dice, nth: usize) -> usize {
        if dice.chance(NEW_SHARE)
            && let Some(unheard) = self.unheard(nth)
        {
            return unheard;
        }
        // The square makes a few people write much more often than the rest.
        let place = dice.between(0, 999) * dice.between(0, 999) / 1_000;
        usize::try_from(place).unwrap_or(0) * self.people.len() / 1_000
    }

    pub(crate) fn citizen(&self, at: usize) -> &Citizen {
        &self.people[at]
    }

    pub(crate) fn written(&self, at: usize) -> &HashSet<String> {
        &self.written[at]
    }

    pub(crate) fn remember(&mut self, at: usize, topic: &str) {
        self.written[at].insert(topic.to_owned());
    }

    /// Those who wrote at least once.
    pub(crate) fn into_citizens(self) -> Vec<Citizen> {
        self.people
            .into_iter()
            .zip(self.written)
            .filter(|(_, written)| !written.is_empty())
            .map(|(citizen, _)| citizen)
            .collect()
    }

    fn unheard(&self, nth: usize) -> Option<usize> {
        let from = nth * self.people.len() / 3_000;
        (from..self.people.len()).chain(0..from).find(|&at| self.written[at].is_empty())
    }
}

const PEOPLE: usize = 1_560;
const NEW_SHARE: f64 = 0.35;
const LANGUAGES: [f64; 5] = [57.0, 8.0, 11.0, 10.0, 14.0];
const VOICES: [(Voice, f64); 5] = [
    (Voice::Polite, 38.0),
    (Voice::Brief, 24.0),
    (Voice::Worried, 14.0),
    (Voice::Angry, 12.0),
    (Voice::Rambling, 12.0),
];

fn somebody(dice: &mut Dice, texts: &Texts, taken: &mut HashSet<String>) -> Citizen {
    let language = Language::ALL[dice.weighted(&LANGUAGES)];
    let names = texts.names(language);
    let first = dice.pick(&names.first);
    let last = dice.pick(&names.last);
    let name = format!("{first} {last}");
    let organisation = organisation(dice, texts, language);
    let address = free_address(dice, texts, &name, organisation.as_deref(), taken);
    Citizen {
        name,
        address,
        language,
        street: dice.pick(&texts.places.streets).clone(),
        house: dice.between(1, 68),
        phone: phone(dice),
        organisation,
        voice: VOICES[dice.weighted(&VOICES.map(|(_, weight)| weight))].0,
    }
}

fn organisation(dice: &mut Dice, texts: &Texts, language: Language) -> Option<String> {
    let local = matches!(language, Language::Nb | Language::Nn);
    match (local, dice.between(0, 99)) {
        (true, 0..=7) => Some(dice.pick(&texts.places.associations).clone()),
        (true, 8..=13) | (false, 0..=5) => Some(dice.pick(&texts.places.companies).clone()),
        _ => None,
    }
}

fn free_address(
    dice: &mut Dice,
    texts: &Texts,
    name: &str,
    organisation: Option<&str>,
    taken: &mut HashSet<String>,
) -> String {
    let name = ascii(name);
    let domain = match organisation {
        Some(organisation) => format!("{}.example", ascii(organisation).replace('.', "-")),
        None => dice.pick(&texts.places.mail_domains).clone(),
    };
    let mut address = match dice.between(0, 2) {
        0 if organisation.is_none() => format!("{}@{domain}", name.replace('.', "")),
        _ => format!("{name}@{domain}"),
    };
    while !taken.insert(address.clone()) {
        address = format!("{name}{}@{domain}", dice.between(2, 99));
    }
    address
}

fn phone(dice: &mut Dice) -> String {
    // Numbers beginning with 0 are not given to subscribers, so none of these is anybody's.
    format!("0{} {:02} {:03}", dice.between(10, 99), dice.between(0, 99), dice.between(0, 999))
}

/// A name as it stands in an address: "Åse Bø-Lie" becomes `ase.bo-lie`.
pub(crate) fn ascii(name: &str) -> String {
    let mut plain = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'æ' | 'ä' => plain.push('a'),
            'ø' | 'ö' => plain.push('o'),
            'å' | 'á' | 'ą' => plain.push('a'),
            'é' | 'è' | 'ę' => plain.push('e'),
            'ü' => plain.push('u'),
            'ł' => plain.push('l'),
            ' ' => plain.push('.'),
            c if c.is_ascii_alphanumeric() || c == '-' => plain.push(c),
            _ => {}
        }
    }
    plain
}
