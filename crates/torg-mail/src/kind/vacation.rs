//! "I am away" in the languages our citizens' mail programs speak.

use super::Clues;

/// Beginnings of subjects that mail programs put on vacation notices.
///
/// Sources: Outlook and Exchange in da, nb, nn, sv, en, de, fi; Gmail's and Lotus Notes' notices; RFC 5230's "Auto:".
const SUBJECTS: [&str; 34] = [
    "away until",
    "autorespons",
    "automatisk svar",
    "autosvar",
    "automatiskt svar",
    "fraværsmelding",
    "fråversmelding",
    "fraværende",
    "ikke til stede",
    "ikke på kontoret",
    "ikkje på kontoret",
    "frånvaro",
    "frånvarande",
    "semestermeddelande",
    "feriebesked",
    "feriemelding",
    "ferieautosvar",
    "ude af kontoret",
    "ute av kontoret",
    "ej på kontoret",
    "automatic reply",
    "automatic response",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "auto:",
    "out of office",
    "out of the office",
    "away from my mail",
    "vacation",
    "automatische antwort",
    "abwesenheit",
    "automaattinen vastaus",
];

/// The key of the rule that makes this a vacation notice, if one does.
///
/// A subject alone proves nothing, for people answer notices: it takes a header that admits to a machine as well.
/// RFC 3834 §5 `auto-replied` marks them and automatic confirmations alike, so what the subject answers decides.
pub(super) fn reason(clues: &Clues<'_>) -> Option<&'static str> {
    let subject = clues.subject.to_lowercase();
    let names_it = SUBJECTS
        .iter()
        .any(|known| subject.starts_with(known) || subject.contains(&format!(": {known}")));
    let auto_submitted = clues.header.keyword("Auto-Submitted");
    match () {
        () if auto_submitted.contains("vacation") => Some("auto-submitted-vacation"),
        () if auto_submitted.starts_with("auto-replied") && (names_it || says_away(clues.text)) => {
            Some("auto-replied")
        }
        () if auto_submitted.starts_with("auto-") && names_it => Some("auto-submitted-subject"),
        () if clues.header.keyword("Precedence") == "auto_reply" => Some("precedence-auto-reply"),
        () if has_reply_header(clues) => Some("x-autoreply"),
        () if OUTLOOK.iter().any(|known| subject.starts_with(known)) => Some("outlook-subject"),
        () if names_it && admits_machine(clues) => Some("vacation-subject"),
        () => None,
    }
}

/// What Outlook and Exchange put before the subject they answer. People's answers begin with `Re:` instead, so these
/// count even where a server on the way has stripped the headers.
const OUTLOOK: [&str; 7] = [
    "automatisk svar:",
    "autosvar:",
    "automatiskt svar:",
    "automatic reply:",
    "auto reply:",
    "automatische antwort:",
    "automaattinen vastaus:",
];

/// Headers of single products: X-Autoreply (many), X-Autorespond (PHP tools), X-MS-Exchange-Generated-Message-Source.
fn has_reply_header(clues: &Clues<'_>) -> bool {
    let yes = |name| !["", "no", "false", "0"].contains(&clues.header.keyword(name).as_str());
    yes("X-Autoreply")
        || yes("X-Autorespond")
        || yes("X-Auto-Reply")
        || yes("X-AutoReply-From")
        || clues
            .header
            .keyword("X-MS-Exchange-Generated-Message-Source")
            .contains("mailbox rules agent")
        || clues.header.keyword("X-MS-Exchange-Inbox-Rules-Loop").contains('@')
}

fn admits_machine(clues: &Clues<'_>) -> bool {
    clues.has_null_sender()
        || clues.header.has("X-Auto-Response-Suppress")
        || ["bulk", "junk", "list"].contains(&clues.header.keyword("Precedence").as_str())
        || clues.header.keyword("Delivered-By-The-Graces-Of").contains("autoreply")
}

/// Words of absence near the beginning of the text.
fn says_away(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "på ferie",
        "holder ferie",
        "har ferie",
        "holder fri",
        "ude af kontoret",
        "ikke på kontoret",
        "ikkje på kontoret",
        "på kontoret igen",
        "tilbake på kontoret",
        "har semester",
        "på semester",
        "åter på kontoret",
        "föräldraledig",
        "out of office",
        "out of the office",
        "on vacation",
        "on holiday",
        "on leave",
        "am away",
        "im urlaub",
        "abwesend",
        "nicht im büro",
    ];
    let beginning: String = text.chars().take(600).collect::<String>().to_lowercase();
    WORDS.iter().any(|word| beginning.contains(word))
}
