//! The marks by which mail programs set off quoted history and signatures.

/// What begins at the first of the lines looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// From here on everything is history.
    HistoryToTheEnd,
    /// So many lines are quoted.
    Quoted(usize),
    /// A signature runs from here to the end or to the next quote.
    SignatureBegins,
    /// This one line was added by a program.
    SignatureLine,
    /// Plain text.
    None,
}

/// Reads the mark at the head of `lines`.
pub(super) fn mark(lines: &[&str]) -> Mark {
    let first = lines.first().map_or("", |line| line.trim_end_matches(['\r', '\n']));
    if first.trim_start().starts_with('>') {
        return Mark::Quoted(1);
    }
    if is_original_message_ruler(first) || is_header_block(lines) || is_ruled_header_block(lines) {
        return Mark::HistoryToTheEnd;
    }
    if let Some(count) = naming_lines(lines) {
        return match next_text(lines, count) {
            Some(line) if line.starts_with('>') => Mark::Quoted(count),
            Some(_) => Mark::HistoryToTheEnd,
            None => Mark::Quoted(count),
        };
    }
    if first == "-- " || first.trim() == "--" {
        return Mark::SignatureBegins;
    }
    if is_program_line(first) { Mark::SignatureLine } else { Mark::None }
}

const ORIGINAL_MESSAGE: [&str; 14] = [
    "oprindelig meddelelse",
    "oprindelig besked",
    "oprindelig e-mail",
    "videresendt meddelelse",
    "opprinnelig melding",
    "opprinneleg melding",
    "videresendt melding",
    "ursprungligt meddelande",
    "vidarebefordrat meddelande",
    "original message",
    "original appointment",
    "forwarded message",
    "ursprüngliche nachricht",
    "weitergeleitete nachricht",
];

/// "-----Oprindelig meddelelse-----", with any number of dashes (at least two before).
fn is_original_message_ruler(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("--") && {
        let words = line.trim_matches(['-', '_', ' ']).to_lowercase();
        ORIGINAL_MESSAGE.contains(&words.as_str())
    }
}

/// The labels of the header lines Outlook writes above a quoted letter; the first kind opens the block.
const FROM: [&str; 6] = ["fra", "från", "frå", "from", "von", "avsender"];
const OTHERS: [&str; 19] = [
    "sendt",
    "dato",
    "til",
    "emne",
    "cc",
    "kopi",
    "skickat",
    "datum",
    "till",
    "ämne",
    "sent",
    "date",
    "to",
    "subject",
    "gesendet",
    "an",
    "betreff",
    "vedlegg",
    "dato sendt",
];

/// A From line followed by at least two other labels within the next few lines.
fn is_header_block(lines: &[&str]) -> bool {
    let Some((first, rest)) = lines.split_first() else {
        return false;
    };
    label(first).is_some_and(|label| FROM.contains(&label.as_str()))
        && rest
            .iter()
            .take(6)
            .filter_map(|line| label(line))
            .filter(|label| OTHERS.contains(&label.as_str()))
            .count()
            >= 2
}

/// Outlook on the web draws a line above the header block.
fn is_ruled_header_block(lines: &[&str]) -> bool {
    let Some((first, rest)) = lines.split_first() else {
        return false;
    };
    let first = first.trim();
    if first.len() < 10 || !first.bytes().all(|byte| byte == b'_') {
        return false;
    }
    let blank = rest.iter().take_while(|line| line.trim().is_empty()).count();
    rest.get(blank..).is_some_and(is_header_block)
}

/// The lower-cased label of a "Label: value" line; bold stars around it are what HTML leaves behind.
fn label(line: &str) -> Option<String> {
    let (label, _) = line.split_once(':')?;
    let label = label.trim().trim_matches('*').trim();
    (label.chars().count() <= 12).then(|| label.to_lowercase())
}

/// How many lines (one to three, programs wrap them) name who wrote the quoted letter, if they do.
fn naming_lines(lines: &[&str]) -> Option<usize> {
    // Every line of a letter is looked at, and hardly any is followed by a colon.
    if !lines.iter().take(3).any(|line| line.trim_end().ends_with(':')) {
        return None;
    }
    let mut joined = String::new();
    for (count, line) in lines.iter().take(3).enumerate() {
        let line = line.trim();
        if line.is_empty() || joined.len() > 300 {
            return None;
        }
        joined.push_str(line);
        joined.push(' ');
        if line.ends_with(':') {
            return names_a_writer(joined.trim_end()).then_some(count + 1);
        }
    }
    None
}

const WROTE: [&str; 5] = ["skrev", "wrote", "schrieb", "skreiv", "følgende"];
const OPENERS: [&str; 24] = [
    "den", "on", "am", "op", "på", "man", "man.", "tir.", "tirs.", "ons.", "tor.", "tors.", "fre.",
    "lør.", "søn.", "mån.", "mån", "tis", "ons", "tors", "fre", "lör", "sön", "lør",
];

/// "Den 3. maj 2026 kl. 09.14 skrev Bo <bo@x>:" does; "I jeres brev skrev I:" does not: a writer is
/// named with an address, or with a date and a time after an opening that programs use.
fn names_a_writer(line: &str) -> bool {
    let words: Vec<String> = line.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let says_wrote = words.iter().any(|word| WROTE.contains(&word.trim_end_matches([':', ','])));
    let first = words.first().map_or("", String::as_str);
    let opens = OPENERS.contains(&first.trim_end_matches(','))
        || first.starts_with(|c: char| c.is_ascii_digit());
    let has_address = line.contains('@') && (line.contains('<') || line.contains("mailto"));
    says_wrote && (has_address || opens && has_year(&words) && has_time(&words))
}

fn has_year(words: &[String]) -> bool {
    words.iter().any(|word| {
        let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
        digits.rsplit(['.', '/', '-']).chain(digits.split('-')).any(|part| {
            part.len() == 4 && part.starts_with("20") && part.chars().all(|c| c.is_ascii_digit())
        })
    })
}

fn has_time(words: &[String]) -> bool {
    words.iter().any(|word| {
        let word = word.trim_matches([',', ')', '(', ':']);
        let mut halves = word.split([':', '.']);
        let is_pair = |half: Option<&str>| {
            half.is_some_and(|half| {
                (1..=2).contains(&half.len()) && half.bytes().all(|b| b.is_ascii_digit())
            })
        };
        is_pair(halves.next()) && is_pair(halves.next())
    })
}

fn next_text<'a>(lines: &[&'a str], from: usize) -> Option<&'a str> {
    lines.iter().skip(from).map(|line| line.trim()).find(|line| !line.is_empty())
}

/// Lines that telephones and mail programs add on their own.
const PROGRAM_LINES: [&str; 21] = [
    "sendt fra min ",
    "sendt frå min ",
    "sendt fra mail",
    "sendt fra outlook",
    "sendt fra yahoo",
    "sendt via ",
    "skickat från min ",
    "skickat från outlook",
    "skickat från e-post",
    "skickades från ",
    "sänt från min ",
    "sent from my ",
    "sent from mail",
    "sent from outlook",
    "sent via ",
    "gesendet von ",
    "von meinem ",
    "hent outlook ",
    "få outlook ",
    "hämta outlook ",
    "get outlook ",
];

fn is_program_line(line: &str) -> bool {
    let line = line.trim();
    // No character has more than four bytes, and no opening more than twenty characters.
    if line.len() >= 240 || line.chars().count() >= 60 {
        return false;
    }
    let beginning: String = line.chars().take(20).flat_map(char::to_lowercase).collect();
    PROGRAM_LINES.iter().any(|opening| beginning.starts_with(opening))
}
