//! The particulars of one inquiry, filled into its texts.

use crate::calendar::local;
use crate::citizens::Citizen;
use crate::dice::Dice;
use crate::plan::Language;
use crate::texts::{Phrases, Texts};
use jiff::civil::Weekday;
use jiff::{Span, Timestamp, Zoned};

/// What stands for `{street}`, `{date}` and so on, the same in all texts of an inquiry.
pub(crate) struct Slots(Vec<(&'static str, String)>);

impl Slots {
    pub(crate) fn draw(dice: &mut Dice, texts: &Texts, citizen: &Citizen, at: Timestamp) -> Slots {
        let phrases = texts.phrases(citizen.language);
        let places = &texts.places;
        let at = local(at);
        let (past, soon) = (dice.between(2, 16), dice.between(6, 30));
        let weekday = usize::try_from(dice.between(0, 4)).unwrap_or(0);
        let mut slots = Slots(vec![
            ("street", citizen.street.clone()),
            ("no", citizen.house.to_string()),
            ("otherstreet", dice.pick(&places.streets).clone()),
            ("otherno", dice.between(1, 90).to_string()),
            ("school", dice.pick(&places.schools).clone()),
            ("kindergarten", dice.pick(&places.kindergartens).clone()),
            ("hall", dice.pick(&places.halls).clone()),
            ("child", dice.pick(&places.children).clone()),
            ("org", citizen.organisation.clone().unwrap_or_default()),
            ("age", dice.between(2, 5).to_string()),
            ("old", dice.between(76, 93).to_string()),
            ("n", dice.between(3, 9).to_string()),
            ("weekday", phrases.weekdays[weekday].clone()),
            ("date", date(phrases, &days_from(&at, -past))),
            ("soon", date(phrases, &working_day(days_from(&at, soon)))),
            ("year", at.year().to_string()),
            ("lastyear", (at.year() - 1).to_string()),
            ("amount", amount(phrases, dice.between(12, 198) * 10)),
            ("big", amount(phrases, dice.between(42, 310) * 100)),
            ("case", format!("{}/{}", at.year(), dice.between(210, 4_980))),
            ("invoice", dice.between(4_100_200, 4_989_900).to_string()),
            ("plot", format!("{}/{}", dice.between(3, 94), dice.between(2, 410))),
            ("phone", citizen.phone.clone()),
        ]);
        slots.0.push(("time", time(dice, citizen.language)));
        slots
    }

    /// `template` with every `{slot}` filled.
    pub(crate) fn fill(&self, template: impl AsRef<str>) -> String {
        let template = template.as_ref();
        let mut filled = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            match after.split_once('}').and_then(|(name, tail)| Some((self.get(name)?, tail))) {
                Some((value, tail)) => {
                    filled.push_str(value);
                    rest = tail;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|slot| slot.0 == name).map(|slot| slot.1.as_str())
    }
}

fn days_from(at: &Zoned, days: i64) -> Zoned {
    at.checked_add(Span::new().days(days)).unwrap_or_else(|_| at.clone())
}

/// The day itself, or the Monday or Tuesday after a weekend: nobody is promised anything on a Sunday.
fn working_day(day: Zoned) -> Zoned {
    match day.weekday() {
        Weekday::Saturday | Weekday::Sunday => days_from(&day, 2),
        _ => day,
    }
}

fn date(phrases: &Phrases, day: &Zoned) -> String {
    let month = usize::try_from(day.month() - 1).unwrap_or(0);
    phrases.date.replace("{day}", &day.day().to_string()).replace("{month}", &phrases.months[month])
}

fn amount(phrases: &Phrases, kroner: i64) -> String {
    let written = match (kroner / 1_000, kroner % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands}{}{rest:03}", phrases.thousands),
    };
    phrases.amount.replace("{kr}", &written)
}

fn time(dice: &mut Dice, language: Language) -> String {
    let (hour, quarter) = (dice.between(9, 17), dice.between(0, 3) * 15);
    let mark = if language == Language::En { ':' } else { '.' };
    format!("{hour}{mark}{quarter:02}")
}
