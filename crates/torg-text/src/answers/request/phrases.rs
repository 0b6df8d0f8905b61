//! The phrases by which greeting, closing, chat and question are known, in all five languages.

/// So many points make a sentence one that asks.
pub(super) const ASKS: i32 = 2;

/// How much a sentence asks: below 0 is chat, [`ASKS`] and more is a request or a fault told.
pub(super) fn points(sentence: &str) -> i32 {
    let lower = sentence.to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| holds(&lower, phrase));
    let mut points = 0;
    points += 2 * i32::from(sentence.contains('?'));
    points += 2 * i32::from(opens_a_question(&lower));
    points += 2 * i32::from(has(&ASKING));
    points += i32::from(has(&FAULT));
    if points < ASKS && has(CHAT) { -1 } else { points }
}

/// Whether a sentence is a question in itself.
pub(super) fn is_question(sentence: &str) -> bool {
    sentence.contains('?') || opens_a_question(&sentence.to_lowercase())
}

fn opens_a_question(lower: &str) -> bool {
    let first = lower.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    first.is_some_and(|first| OPENINGS.contains(&first))
}

/// Whole words only, so that "kan" is not found in "kanskje".
fn holds(lower: &str, phrase: &str) -> bool {
    lower.match_indices(phrase).any(|(at, _)| {
        let before = lower.get(..at).and_then(|before| before.chars().next_back());
        let after = lower.get(at + phrase.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

const OPENINGS: [&str; 79] = [
    "hvad", "hva", "kva", "vad", "what", "hvor", "kor", "korleis", "hur", "hvordan", "how",
    "hvornår", "når", "när", "when", "where", "var", "vart", "kvar", "hvilken", "hvilket",
    "hvilke", "kva", "vilken", "vilket", "vilka", "which", "hvem", "kven", "vem", "who", "hvorfor",
    "kvifor", "varför", "why", "kan", "can", "could", "må", "får", "skal", "skall", "ska", "må",
    "er", "är", "is", "are", "do", "does", "did", "har", "have", "has", "findes", "finnes",
    "finst", "finns", "vil", "vill", "would", "will", "may", "should", "må", "behøver", "behöver",
    "treng", "trenger", "gjelder", "gælder", "gjeld", "kræver", "krever", "krev", "kunne",
    "kommer", "blir", "bliver",
];

const ASKING: [&str; 62] = [
    "vil gerne",
    "vil gjerne",
    "vil gjerne",
    "skulle gerne",
    "skulle gjerne",
    "vill gärna",
    "skulle vilja",
    "would like",
    "i want",
    "we want",
    "i need",
    "we need",
    "jeg vil",
    "vi vil",
    "eg vil",
    "jag vill",
    "vi vill",
    "ønsker",
    "ønskjer",
    "önskar",
    "lurer på",
    "lurar på",
    "undrar",
    "undrer",
    "wonder",
    "wondering",
    "spørge om",
    "spørre om",
    "høre om",
    "høre hvordan",
    "fråga om",
    "ask about",
    "ask whether",
    "ask if",
    "brug for",
    "trenger",
    "treng",
    "behöver",
    "hvordan",
    "korleis",
    "how do",
    "how can",
    "how to",
    "hvad koster",
    "hva koster",
    "vad kostar",
    "please",
    "kan i ",
    "kan de ",
    "kan dere",
    "kan ni",
    "kan jeg",
    "kan vi",
    "kan man",
    "can you",
    "can i",
    "can we",
    "søge om",
    "søke om",
    "søkje om",
    "ansöka om",
    "apply for",
];

const FAULT: [&str; 34] = [
    "ikke",
    "ikkje",
    "inte",
    "not",
    "ingen",
    "inga",
    "ikke noe",
    "intet",
    "no longer",
    "mangler",
    "manglar",
    "saknas",
    "missing",
    "defekt",
    "i stykker",
    "trasig",
    "broken",
    "ødelagt",
    "øydelagd",
    "sönder",
    "hul",
    "hull",
    "hål",
    "hole",
    "klage",
    "klaga",
    "complain",
    "complaint",
    "melde",
    "anmäla",
    "report",
    "larmer",
    "bråker",
    "stör",
];

const CHAT: &[&str] = &[
    "tak for",
    "takk for",
    "tack för",
    "thank you",
    "thanks",
    "tusen takk",
    "tusind tak",
    "på forhånd tak",
    "på forhånd takk",
    "tack på förhand",
    "håber",
    "håper",
    "hoppas",
    "hope you",
    "hope this",
    "hope all",
    "god weekend",
    "god helg",
    "trevlig helg",
    "nice day",
    "ha en fin",
    "ha en god",
    "ha en bra",
    "ha ein fin",
    "have a nice",
    "have a good",
    "have a great",
    "have a lovely",
    "god dag",
    "jeg skriver",
    "eg skriv",
    "jag skriver",
    "writing to",
    "flinke",
    "duktiga",
    "great job",
    "rigtig god",
    "kjempefint",
    "ser frem til",
    "ser fram til",
    "ser fram emot",
    "look forward",
    "looking forward",
    "hører fra",
    "høre fra",
    "høyre frå",
    "hör av",
    "hear from you",
    "beklager",
    "ursäkta",
    "sorry",
    "ringe til mig",
    "ring til mig",
    "ringe meg",
    "ring meg",
    "ringje meg",
    "ringa mig",
    "ring mig",
    "call me",
    "prøvede at ringe",
    "prøvde å ringe",
    "prøvde å ringje",
    "försökte ringa",
    "tried to call",
    "tried calling",
];

/// Where the citizen's own text ends: before a closing with a name beneath it, or a disclaimer.
pub(crate) fn end_of_letter(lines: &[&str]) -> usize {
    let disclaimer = lines.iter().position(|line| begins_with(line, &DISCLAIMERS));
    let end = disclaimer.unwrap_or(lines.len());
    let lines = lines.get(..end).unwrap_or_default();
    let closing = lines.iter().rposition(|line| is_closing(line));
    let has_text_after = |at: usize| {
        let after = lines.get(at + 1..).unwrap_or_default();
        after.iter().any(|line| line.split_whitespace().count() > LONGEST_SIGNATURE_LINE)
    };
    match closing {
        // A postscript is text; what was taken for a closing then stands in its middle.
        Some(at) if at > 0 && !has_text_after(at) => at,
        _ => end,
    }
}

const LONGEST_SIGNATURE_LINE: usize = 9;

/// Whether a line ends a letter.
pub(crate) fn is_closing(line: &str) -> bool {
    line.split_whitespace().count() <= 7 && !line.contains('?') && begins_with(line, &CLOSINGS)
}

/// How many words of a closing line are the closing itself; `None` for any other line.
pub(crate) fn closing_words(line: &str) -> Option<usize> {
    let begins = |closing: &&&str| begins_with(line, &[**closing]);
    let found = CLOSINGS.iter().filter(|_| is_closing(line)).filter(begins);
    found.map(|closing| closing.split_whitespace().count()).max()
}

fn begins_with(line: &str, openings: &[&str]) -> bool {
    let lower: String = line.chars().take(80).flat_map(char::to_lowercase).collect();
    openings.iter().any(|opening| {
        lower.strip_prefix(opening).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

const CLOSINGS: [&str; 41] = [
    "med venlig hilsen",
    "med vennlig hilsen",
    "med venleg helsing",
    "med vänlig hälsning",
    "med vänliga hälsningar",
    "vänliga hälsningar",
    "vänligen",
    "venlig hilsen",
    "vennlig hilsen",
    "venleg helsing",
    "mvh",
    "m.v.h",
    "vh",
    "hilsen",
    "hilsner",
    "helsing",
    "hälsning",
    "hälsningar",
    "de bedste hilsner",
    "bedste hilsner",
    "beste hilsen",
    "beste hilsener",
    "beste helsing",
    "mange hilsner",
    "mange hilsener",
    "kærlig hilsen",
    "kh",
    "kind regards",
    "best regards",
    "regards",
    "warm regards",
    "best wishes",
    "yours sincerely",
    "yours faithfully",
    "sincerely",
    "many thanks",
    "cheers",
    "knus",
    "allt gott",
    "bästa hälsningar",
    "hjertelig hilsen",
];

const DISCLAIMERS: [&str; 17] = [
    "denne e-mail",
    "denne e-post",
    "denne e-posten",
    "denne mail",
    "denne meddelelse er",
    "detta e-postmeddelande",
    "detta mejl är",
    "detta meddelande är",
    "this e-mail",
    "this email",
    "this message is",
    "this message and",
    "the information in this",
    "confidential",
    "fortrolighed",
    "konfidensielt",
    "tænk på miljøet",
];

/// A telephone number, an address or a link, and hardly a word beside it.
pub(super) fn is_contact_line(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let plain = words.iter().filter(|word| word.chars().all(char::is_alphabetic)).count();
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let is_linked = line.contains("www.") || line.contains("http") || line.contains('@');
    !line.contains('?') && plain <= 2 && words.len() <= 8 && (digits >= 7 || is_linked)
}

/// The text without the greeting it opens with.
pub(super) fn without_greeting(text: &str) -> String {
    let text = text.trim_start();
    let first = text.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    let greets = first.is_some_and(|first| GREETINGS.contains(&first.to_lowercase().as_str()));
    let is_good_day = begins_with(text, &GOOD_DAYS);
    if !greets && !is_good_day {
        return text.to_owned();
    }
    let head: String = text.chars().take(60).collect();
    let end = head.find([',', '!', '\n', '.', ':']).filter(|end| {
        head.get(..*end).is_some_and(|greeting| greeting.split_whitespace().count() <= 6)
    });
    match end.and_then(|end| text.get(end + 1..)) {
        // "Hi, there is a hole": what follows the comma is the letter.
        Some(rest) => without_greeting(rest),
        None if greets => first
            .and_then(|first| text.split_once(first))
            .map_or_else(|| text.to_owned(), |(_, rest)| rest.trim_start().to_owned()),
        None => text.to_owned(),
    }
}

const GREETINGS: [&str; 14] = [
    "hej", "hei", "hejsa", "hejsan", "heisan", "hallo", "halla", "hallå", "hello", "hi", "dear",
    "kære", "kjære", "hola",
];

const GOOD_DAYS: [&str; 12] = [
    "god dag",
    "goddag",
    "god morgen",
    "godmorgen",
    "god morgon",
    "god aften",
    "god kveld",
    "god kväll",
    "good morning",
    "good afternoon",
    "good evening",
    "good day",
];

/// Whether a full stop after this closes a short form or a number, not a sentence.
pub(super) fn ends_short(sentence: &str) -> bool {
    let last = sentence.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let last = last.trim_start_matches(['(', '"']);
    SHORT_FORMS.contains(&last)
        || (!last.is_empty() && last.len() <= 2 && last.chars().all(|c| c.is_ascii_digit()))
}

const SHORT_FORMS: [&str; 36] = [
    "nr", "kl", "ca", "tlf", "tel", "bl.a", "f.eks", "t.ex", "dvs", "d.v.s", "osv", "evt", "ev",
    "jf", "mm", "m.m", "m.fl", "pga", "p.g.a", "mr", "mrs", "dr", "st", "e.g", "i.e", "inkl",
    "incl", "kr", "gnr", "bnr", "max", "min", "vedr", "vedk", "ang", "str",
];

/// The subject without "Re:" and its like, unless what is left says nothing.
pub(super) fn telling_subject(subject: &str) -> Option<String> {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        if !REPLY_MARKS.contains(&mark.trim().to_lowercase().as_str()) {
            break;
        }
        rest = after.trim();
    }
    let plain = rest.trim_end_matches(['!', '?', '.', ' ']).to_lowercase();
    let tells = plain.chars().any(char::is_alphabetic) && !EMPTY_SUBJECTS.contains(&plain.as_str());
    tells.then(|| rest.to_owned())
}

const REPLY_MARKS: [&str; 10] = ["re", "sv", "vs", "fw", "fwd", "vb", "aw", "svar", "ang", "vedr"];

const EMPTY_SUBJECTS: [&str; 34] = [
    "spørgsmål",
    "spørsmål",
    "fråga",
    "frågor",
    "question",
    "questions",
    "henvendelse",
    "henvending",
    "førespurnad",
    "forespørsel",
    "hej",
    "hei",
    "hello",
    "hi",
    "hjælp",
    "hjelp",
    "hjälp",
    "help",
    "haster",
    "urgent",
    "viktig",
    "viktigt",
    "info",
    "information",
    "informasjon",
    "enquiry",
    "inquiry",
    "kontakt",
    "contact",
    "mail",
    "kommunen",
    "til kommunen",
    "ingen emne",
    "no subject",
];
