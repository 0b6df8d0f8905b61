//! The few words a letter of ours holds that no colleague wrote, in the citizen's language.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use torg_core::Language;

/// "On 3 May 2026 at 14:05 Aino wrote:"
pub(super) fn attribution(
    language: Language,
    who: &str,
    at: Timestamp,
    time_zone: &TimeZone,
) -> String {
    let local = at.to_zoned(time_zone.clone());
    let month = month(language, local.month());
    let (day, year, time) = (local.day(), local.year(), local.strftime("%H:%M"));
    match language {
        Language::Da => format!("Den {day}. {month} {year} kl. {time} skrev {who}:"),
        Language::Nb => format!("{day}. {month} {year} kl. {time} skrev {who}:"),
        Language::Nn => format!("{day}. {month} {year} kl. {time} skreiv {who}:"),
        Language::Sv => format!("Den {day} {month} {year} kl. {time} skrev {who}:"),
        Language::En => format!("On {day} {month} {year} at {time} {who} wrote:"),
    }
}

/// "Forwarded letter from Aino <aino@citizen.example>, 3 May 2026 at 14:05:"
pub(super) fn forwarded(
    language: Language,
    who: &str,
    at: Timestamp,
    time_zone: &TimeZone,
) -> String {
    let local = at.to_zoned(time_zone.clone());
    let month = month(language, local.month());
    let (day, year, time) = (local.day(), local.year(), local.strftime("%H:%M"));
    match language {
        Language::Da => format!("Videresendt brev fra {who}, {day}. {month} {year} kl. {time}:"),
        Language::Nb => format!("Videresendt brev fra {who}, {day}. {month} {year} kl. {time}:"),
        Language::Nn => format!("Vidaresendt brev frå {who}, {day}. {month} {year} kl. {time}:"),
        Language::Sv => {
            format!("Vidarebefordrat brev från {who}, {day} {month} {year} kl. {time}:")
        }
        Language::En => format!("Forwarded letter from {who}, {day} {month} {year} at {time}:"),
    }
}

fn month(language: Language, month: i8) -> &'static str {
    let names = match language {
        Language::Da => [
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ],
        Language::Nb | Language::Nn => [
            "januar",
            "februar",
            "mars",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "desember",
        ],
        Language::Sv => [
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ],
        Language::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    usize::try_from(month - 1).ok().and_then(|index| names.get(index).copied()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_letter_says_when_it_was_written_where_the_citizen_lives() {
        let at: Timestamp = "2026-05-03T12:05:00Z".parse().unwrap();
        let copenhagen = TimeZone::get("Europe/Copenhagen").unwrap();
        let line = attribution(Language::Da, "Aino", at, &copenhagen);
        assert_eq!(line, "Den 3. maj 2026 kl. 14:05 skrev Aino:");
    }
}
