//! A letter that was written to one citizen, made into a text for all: names, numbers and the
//! greeting become placeholders in double braces.
//!
//! What the answer says stays: prices, opening hours and days of the week are left as they are, and
//! whoever keeps the text looks at it first.

mod closing;
mod title;

pub use closing::with_closing;
pub use title::title_for_all;

/// What is known of the letter: a value, and the word of the placeholder it becomes. Longer values
/// go before shorter ones.
pub type Known<'a> = (&'a str, &'a str);

/// The text with placeholders.
///
/// ```
/// use torg_text::kept::with_blanks;
/// let text = "Hej Aino,\nDin sag 26-1187 er klar den 24.11.2026.";
/// let kept = with_blanks(text, &[("26-1187", "number")]);
/// assert_eq!(kept, "Hej {{first_name}},\nDin sag {{number}} er klar den {{date}}.");
/// ```
pub fn with_blanks(text: &str, known: &[Known<'_>]) -> String {
    let mut known: Vec<Known<'_>> =
        known.iter().filter(|(value, _)| value.chars().count() >= SHORTEST).copied().collect();
    known.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
    let mut kept = String::with_capacity(text.len() + 64);
    let mut greeted = false;
    for line in text.split_inclusive('\n') {
        let is_greeting = !greeted && !line.trim().is_empty();
        greeted |= is_greeting;
        match is_greeting.then(|| greeting(line)).flatten() {
            Some(greeting) => kept.push_str(&greeting),
            None => kept.push_str(&numbers(&names(line, &known))),
        }
    }
    kept
}

/// Shorter values are too likely to be other words.
const SHORTEST: usize = 2;

/// How letters begin, in five languages, folded.
const GREETINGS: [&str; 22] = [
    "hej",
    "hei",
    "hi",
    "hello",
    "hallo",
    "halló",
    "heisann",
    "hejsa",
    "dear",
    "kære",
    "kjære",
    "bäste",
    "bästa",
    "god dag",
    "goddag",
    "godmorgen",
    "god morgen",
    "god morgon",
    "good morning",
    "good afternoon",
    "good day",
    "hej igen",
];

/// Whether a line begins as letters do.
pub(crate) fn greets(line: &str) -> bool {
    let lower = line.trim_start().to_lowercase();
    let rest = GREETINGS.iter().filter_map(|word| lower.strip_prefix(word));
    rest.into_iter().any(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A first line that greets somebody by name: the name becomes a placeholder.
fn greeting(line: &str) -> Option<String> {
    let body = line.trim_end();
    let end = line.get(body.len()..).unwrap_or_default();
    let lower = body.to_lowercase();
    let word =
        GREETINGS.iter().filter(|word| lower.starts_with(**word)).max_by_key(|word| word.len())?;
    let (greets, rest) = (body.get(..word.len())?, body.get(word.len()..)?);
    let name = rest.trim_start().trim_end_matches([',', '!', '.', ':', ' ']);
    let after = rest.trim_end().rsplit_once(name).map_or("", |(_, after)| after);
    let words = name.split_whitespace().count();
    let is_name =
        name.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase));
    if name.is_empty() || !rest.starts_with(' ') || words > 4 || !is_name {
        return None;
    }
    let blank = if words == 1 { "first_name" } else { "name" };
    Some(format!("{greets} {{{{{blank}}}}}{after}{end}"))
}

/// What is known, where it stands as words of its own.
fn names(line: &str, known: &[Known<'_>]) -> String {
    let (mut kept, mut rest, mut before) = (String::new(), line, ' ');
    while let Some(letter) = rest.chars().next() {
        let begins = !before.is_alphanumeric();
        let found = known.iter().find(|(value, _)| begins && stands_at(rest, value));
        let length = match found {
            Some((value, blank)) => {
                kept.push_str(&format!("{{{{{blank}}}}}"));
                before = value.chars().next_back().unwrap_or(' ');
                value.len()
            }
            None => {
                kept.push(letter);
                before = letter;
                letter.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    kept
}

fn stands_at(rest: &str, value: &str) -> bool {
    let after = rest.strip_prefix(value).map(|after| after.chars().next());
    after.is_some_and(|next| !next.is_some_and(char::is_alphanumeric))
}

/// Numbers that are one person's: identity numbers, case numbers, dates with a year, telephone
/// numbers written together, and e-mail addresses.
fn numbers(line: &str) -> String {
    let chunks: Vec<&str> = line.split_inclusive(char::is_whitespace).collect();
    let (mut kept, mut rest) = (String::new(), chunks.as_slice());
    while let Some(first) = rest.first() {
        let (length, blank) = number_at(rest).unzip();
        let (taken, after) = rest.split_at(length.unwrap_or(1).min(rest.len()));
        match blank.zip(taken.last()) {
            Some((blank, last)) => {
                kept.push_str(first.split_once(bare(first)).map_or("", |(before, _)| before));
                kept.push_str(&format!("{{{{{blank}}}}}"));
                kept.push_str(last.split_once(bare(last)).map_or("", |(_, after)| after));
            }
            None => kept.push_str(first),
        }
        rest = after;
    }
    kept
}

/// How many of the words from here on are one number, and what it becomes.
fn number_at(chunks: &[&str]) -> Option<(usize, &'static str)> {
    match chunks {
        [day, month, year, ..] if is_date(bare(day), month.trim(), bare(year)) => Some((3, "date")),
        // "010190 12345": written in two, as many do.
        [first, second, ..]
            if first.trim_end().ends_with(bare(first)) && are_one(bare(first), bare(second)) =>
        {
            Some((2, "identity_number"))
        }
        [first, ..] => blank_of(bare(first)).map(|blank| (1, blank)),
        [] => None,
    }
}

fn bare(chunk: &str) -> &str {
    chunk.trim().trim_matches(MARKS)
}

const MARKS: &[char] = &[',', '.', '!', '?', ';', ':', '(', ')', '"', '<', '>'];

/// The months of five languages.
const MONTHS: [&str; 25] = [
    "januar",
    "januari",
    "january",
    "februar",
    "februari",
    "february",
    "mars",
    "marts",
    "march",
    "april",
    "mai",
    "maj",
    "may",
    "juni",
    "june",
    "juli",
    "july",
    "august",
    "augusti",
    "september",
    "oktober",
    "october",
    "november",
    "desember",
    "december",
];

/// Whether three words are a day with its month and year, as in "24. november 2026".
fn is_date(day: &str, month: &str, year: &str) -> bool {
    let number = |word: &str| word.parse::<u16>().ok();
    let month = month.to_lowercase();
    number(day).is_some_and(|day| (1..=31).contains(&day))
        && MONTHS.contains(&month.as_str())
        && number(year).is_some_and(|year| (1900..2100).contains(&year))
}

/// Whether two runs of digits are a day of birth and the number after it.
fn are_one(first: &str, second: &str) -> bool {
    let is_number = |word: &str| word.chars().all(|letter| letter.is_ascii_digit());
    let lengths = matches!((first.len(), second.len()), (6, 4 | 5) | (8, 4));
    lengths && is_number(first) && is_number(second)
}

fn blank_of(word: &str) -> Option<&'static str> {
    if word.contains('@') && word.split_once('@').is_some_and(|(_, host)| host.contains('.')) {
        return Some("email");
    }
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let marks: String = word.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    match marks.as_str() {
        // National identity numbers: eleven digits, or six to eight and four.
        "" if digits >= 10 => Some("identity_number"),
        "-" if digits >= 10 && word.rsplit('-').next().is_some_and(|end| end.len() == 4) => {
            Some("identity_number")
        }
        "" if digits == 8 => Some("telephone"),
        "+" if digits >= 8 => Some("telephone"),
        "/" if digits >= 5 && word.find('/') == Some(4) => Some("case_number"),
        ".." | "--" | "//" if (6..=8).contains(&digits) => Some("date"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [Known<'static>; 4] = [
        ("Aino", "first_name"),
        ("Aino Virtanen", "name"),
        ("Bo Lindqvist", "staff"),
        ("26-1187", "number"),
    ];

    #[test]
    fn names_numbers_and_the_greeting_become_placeholders() {
        let text = "Kjære Aino Virtanen!\n\nVi fikk 26-1187 fra Aino Virtanen (ainos lampe), Aino.\n\
                    Mvh\nBo Lindqvist";
        let expected = "Kjære {{name}}!\n\nVi fikk {{number}} fra {{name}} (ainos lampe), {{first_name}}.\n\
                        Mvh\n{{staff}}";
        assert_eq!(with_blanks(text, &KNOWN), expected);
    }

    #[test]
    fn greetings_of_five_languages_lose_the_name_and_nothing_else() {
        for (line, kept) in [
            ("Hej Åsa,", "Hej {{first_name}},"),
            ("Dear Mr Holm", "Dear {{name}}"),
            ("God dag Kari Nordvik!\n", "God dag {{name}}!\n"),
            ("Hei!", "Hei!"),
            ("Hejsa", "Hejsa"),
            ("Hei og takk for at du skriver.", "Hei og takk for at du skriver."),
            ("Hilsen Kari", "Hilsen Kari"),
        ] {
            assert_eq!(with_blanks(line, &[]), kept);
        }
    }

    #[test]
    fn what_the_answer_says_stays() {
        for text in [
            "Det koster 290 kr, og vi har åpent mandag 10-18.",
            "Dunken tømmes i uke 47 og 48.",
            "Fristen er 1. mars, og 12 april 2026-versjonen gjelder.",
            "Ring 55 00 10 00 mellom kl. 9.00 og 15.00.",
            "See https://fjordby.example/bins/2026",
        ] {
            assert_eq!(with_blanks(text, &[]), text);
        }
    }

    #[test]
    fn numbers_of_one_person_are_taken_out() {
        let text = "Id 01129955131, sak 2026/118, 24.11.2026, +4790000214, a.b@post.example.";
        let kept =
            "Id {{identity_number}}, sak {{case_number}}, {{date}}, {{telephone}}, {{email}}.";
        assert_eq!(with_blanks(text, &[]), kept);
        assert_eq!(with_blanks("19811218-9876", &[]), "{{identity_number}}");
        assert_eq!(with_blanks("Født (010190 12345).", &[]), "Født ({{identity_number}}).");
        assert_eq!(with_blanks("I 010190, 12345 ganger", &[]), "I 010190, 12345 ganger");
    }

    #[test]
    fn a_date_with_its_year_is_taken_out_however_it_is_written() {
        for (text, kept) in [
            ("Vi kommer 24. november 2026, kl. 9.", "Vi kommer {{date}}, kl. 9."),
            ("Den 3 maj 2026 (eller 4 Juni 2026).\n", "Den {{date}} (eller {{date}}).\n"),
            ("By 12 December 2026", "By {{date}}"),
            ("kl. 9 mandag 24.  november 2026", "kl. 9 mandag 24.  november 2026"),
            ("40. mai 2026 og 4 mars 300", "40. mai 2026 og 4 mars 300"),
        ] {
            assert_eq!(with_blanks(text, &[]), kept);
        }
    }

    #[test]
    fn letters_of_more_than_one_byte_do_not_stand_in_the_way() {
        assert_eq!(
            with_blanks("Ærlig talt Åse", &[("Åse", "first_name")]),
            "Ærlig talt {{first_name}}"
        );
        assert_eq!(with_blanks("", &KNOWN), "");
    }
}
