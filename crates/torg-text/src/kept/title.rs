//! A subject made into a title for all: without whose it was, where she lives, and numbers.

/// `subject` without `names`, streets and numbers, and without the words that led to them.
///
/// ```
/// use torg_text::kept::title_for_all;
/// assert_eq!(title_for_all("Gatelykt ute i Storgata 14", &[]), "Gatelykt ute");
/// assert_eq!(title_for_all("Hul i vejen", &[]), "Hul i vejen");
/// ```
pub fn title_for_all(subject: &str, names: &[&str]) -> String {
    let names: Vec<&str> = names.iter().flat_map(|name| name.split_whitespace()).collect();
    let words: Vec<&str> = subject.split_whitespace().collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let length = length_of_street(&words, at);
        let is_name = names.iter().any(|name| is_of(bare(word), name));
        let goes = length > 0 || is_name || has_digits(word) || is_entrance(&words, at);
        if goes {
            while kept.last().is_some_and(|last| leads(last)) {
                kept.pop();
            }
            at += length.max(1);
        } else {
            kept.push(word);
            at += 1;
        }
    }
    while kept.last().is_some_and(|last| leads(last)) {
        kept.pop();
    }
    let dangling = |letter: char| letter.is_whitespace() || ",;:-–—(#".contains(letter);
    kept.join(" ").trim_matches(dangling).to_owned()
}

fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// The name, or what belongs to her who has it: "Kari", "Karis", "Kari's".
fn is_of(word: &str, name: &str) -> bool {
    const SHORTEST: usize = 2;
    let name = bare(name);
    let rest = word.strip_prefix(name).filter(|_| name.chars().count() >= SHORTEST);
    rest.is_some_and(|rest| matches!(rest, "" | "s" | "'s" | "’s"))
}

fn has_digits(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_digit())
}

/// The letter of an entrance, behind a number: "14 B".
fn is_entrance(words: &[&str], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let is_letter = words.get(at).is_some_and(|word| bare(word).chars().count() == 1);
    is_letter && before.is_some_and(|before| has_digits(before))
}

/// How street names end, in five languages.
const STREETS: [&str; 44] = [
    "gata", "gate", "gaten", "gatan", "gade", "gaden", "vei", "veien", "veg", "vegen", "vej",
    "vejen", "väg", "vägen", "allé", "alléen", "allén", "plass", "plassen", "plads", "pladsen",
    "plats", "platsen", "torg", "torget", "torv", "torvet", "stræde", "strædet", "gränd",
    "gränden", "bakken", "backen", "brinken", "stubben", "svingen", "stien", "stigen", "tunet",
    "kroken", "ringen", "haugen", "åsen", "vænget",
];

/// English ones stand by themselves, behind a name.
const STREETS_APART: [&str; 5] = ["road", "street", "lane", "avenue", "square"];

/// How many words from `at` on are a street's name: "Storgata", "Nedre gate", "Station Road".
fn length_of_street(words: &[&str], at: usize) -> usize {
    let Some(word) = words.get(at).map(|word| bare(word)).filter(|word| is_capital(word)) else {
        return 0;
    };
    let next = words.get(at + 1).map(|next| bare(next).to_lowercase()).unwrap_or_default();
    let is_number = |place: usize| words.get(place).is_some_and(|word| has_digits(word));
    let lower = word.to_lowercase();
    let ends = STREETS.iter().any(|end| lower.len() > end.len() && lower.ends_with(end));
    // The first word of a subject has a capital letter whatever it is.
    let stands_for_it = |after: usize| at > 0 || is_number(after);
    if ends && stands_for_it(at + 1) {
        return 1;
    }
    let is_apart = STREETS.contains(&next.as_str()) || STREETS_APART.contains(&next.as_str());
    if is_apart && stands_for_it(at + 2) { 2 } else { 0 }
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A word that only leads to the next one, in five languages.
fn leads(word: &str) -> bool {
    const LEADS: [&str; 34] = [
        "i", "på", "ved", "vid", "til", "till", "fra", "frå", "från", "for", "för", "hos", "af",
        "av", "og", "och", "in", "at", "on", "by", "from", "of", "to", "near", "and", "nr", "no",
        "number", "nummer", "utenfor", "udenfor", "utanför", "outside", "mot",
    ];
    let word = bare(word).to_lowercase();
    word.is_empty() || LEADS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_for_all_names_nobody_no_street_and_no_number() {
        let names = ["Kari Nordvik", "Bo Lindqvist"];
        for (subject, title) in [
            ("Gatelykt ute i Bjørkeveien 14 B", "Gatelykt ute"),
            ("Hul i vejen på Kirkegade", "Hul i vejen"),
            ("Beboerparkering i Granstubben", "Beboerparkering"),
            ("Leie av Fjordhallen", "Leie av Fjordhallen"),
            ("Soptunna vid Södra vägen 3 är full", "Soptunna är full"),
            ("Street light out at Station Road", "Street light out"),
            ("Storgata 12: brøyting", "brøyting"),
            ("Barnehageplass for Kari Nordvik", "Barnehageplass"),
            ("Karis søknad", "søknad"),
            ("Søknad nr. 2026/118 – svar", "Søknad – svar"),
            ("Skolvägen", "Skolvägen"),
            ("Åpningstider på biblioteket", "Åpningstider på biblioteket"),
            ("Veien er stengt", "Veien er stengt"),
            ("Kari Nordvik", ""),
            ("", ""),
        ] {
            assert_eq!(title_for_all(subject, &names), title, "{subject}");
        }
    }
}
