//! Small real mail: sizes as in a municipal mailbox (log-normal, median 8 KB), words of our own.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

const MEDIAN_BYTES: f64 = 8_000.0;
/// Of the logarithm of the size: one mail in six is longer than 20 KB.
const SPREAD: f64 = 0.95;

const SENTENCES: &[&str] = &[
    "Gadelampen ud for nummer {} har været slukket siden i tirsdags.",
    "Kan I fortælle mig, hvornår skraldet bliver hentet i vores gade?",
    "Jeg har søgt om plads i dagtilbud, men har ikke hørt noget i {} uger.",
    "Vi ønsker at bygge en carport på {} kvadratmeter og vil vide, om det kræver tilladelse.",
    "Veien forbi skolen er full av hull, og barna sykler der hver dag.",
    "Jeg fikk et brev om eiendomsskatt på {} kroner som jeg ikke forstår.",
    "Kan noen ringe meg etter klokken {} i morgen?",
    "Snön har inte röjts på gångvägen utanför bostad {} på fyra dagar.",
    "Jag undrar hur jag överklagar beslutet som jag fick förra veckan.",
    "My application has the number {} and I would like to know where it is now.",
    "The playground behind the library has a broken swing.",
    "Med vennlig hilsen og takk for hjelpen.",
    "Mange hilsner fra os alle i opgang {}.",
];

/// `count` mails that differ in everything, the same in every run.
pub(crate) fn small(count: usize) -> Vec<Vec<u8>> {
    let mut dice = StdRng::seed_from_u64(8_000);
    (0..count).map(|number| mail(&mut dice, number)).collect()
}

fn mail(dice: &mut StdRng, number: usize) -> Vec<u8> {
    let size = (MEDIAN_BYTES * (SPREAD * normal(dice)).exp()).clamp(600.0, 200_000.0);
    let citizen = dice.random_range(0..count_of_citizens(number));
    let mut text = format!(
        "From: Borger {citizen} <borger{citizen}@privat.example>\r\nTo: post@fjordby.example\r\n\
         Subject: =?utf-8?q?Sp=C3=B8rgsm=C3=A5l_om_sag_{number}?=\r\n\
         Message-ID: <{number}.{citizen}@privat.example>\r\nDate: Mon, 4 May 2026 10:00:00 +0200\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n"
    );
    while (text.len() as f64) < size {
        if let Some(sentence) = SENTENCES.choose(dice) {
            text += &sentence.replace("{}", &dice.random_range(2..900).to_string());
        }
        text += if dice.random_bool(0.2) { "\r\n\r\n" } else { "\r\n" };
    }
    text.into_bytes()
}

/// Most write more than once in a year.
fn count_of_citizens(number: usize) -> usize {
    number / 3 + 1
}

/// Box and Muller's way to a normal number.
fn normal(dice: &mut StdRng) -> f64 {
    let (first, second): (f64, f64) = (dice.random_range(f64::EPSILON..1.0), dice.random());
    (-2.0 * first.ln()).sqrt() * (std::f64::consts::TAU * second).cos()
}
