//! Subjects: the number people may quote, and the prefixes programs put before an answer.

/// Prefixes for answers and forwards of mail programs in da, nb, sv, en, fi, de, and the few neighbours one meets.
///
/// `VS` is "forwarded" in Danish and Norwegian Outlook and "answer" in Finnish, so none of them is ever proof alone.
const PREFIXES: [&str; 18] = [
    "re", "sv", "vs", "vb", "vl", "fw", "fwd", "aw", "wg", "antw", "antwort", "svar", "vid", "ang",
    "ref", "tr", "rv", "r",
];
/// The ones that always mean a forward.
const FORWARDS: [&str; 7] = ["vb", "vl", "fw", "fwd", "wg", "tr", "rv"];

/// `subject` with the token `[#number]` before it, unless it already carries this one. Other tokens are taken out.
pub fn subject_with_token(subject: &str, number: &str) -> String {
    let (prefixes, rest) = split_prefixes(subject);
    let rest = without_tokens(rest);
    let rest = rest.trim();
    let prefix = if prefixes.is_empty() { "" } else { "Re: " };
    format!("{prefix}[#{number}] {rest}").trim_end().to_owned()
}

/// The number in the last token of the subject, such as `26-1187` of `Re: [#26-1187] Lampen`.
pub fn read_subject_token(subject: &str) -> Option<String> {
    tokens(subject).last().map(|(number, _)| number.to_owned())
}

/// The subject without prefixes and tokens: what it is about. Two mails of one thread agree in it.
pub fn bare_subject(subject: &str) -> String {
    let mut rest = without_tokens(subject);
    loop {
        let (prefixes, inside) = split_prefixes(&rest);
        let inside = inside.trim().to_owned();
        if prefixes.is_empty() {
            return inside;
        }
        rest = inside;
    }
}

/// Whether the subject begins like an answer. Forwards are none, except `VS`, which may be either.
pub fn looks_like_reply(subject: &str) -> bool {
    let (prefixes, _) = split_prefixes(subject);
    let first =
        prefixes.split(|letter: char| !letter.is_alphabetic()).find(|word| !word.is_empty());
    first.is_some_and(|first| !FORWARDS.contains(&first.to_lowercase().as_str()))
}

/// Splits off everything like `Re:`, `SV: VS:`, `Re[2]:`, `AW (3):`, with tokens in between left alone.
fn split_prefixes(subject: &str) -> (&str, &str) {
    let mut rest = subject.trim_start();
    while let Some(after) = after_prefix(rest) {
        rest = after.trim_start();
    }
    let (prefixes, rest) = subject.split_at(subject.len() - rest.len());
    (prefixes.trim(), rest)
}

fn after_prefix(text: &str) -> Option<&str> {
    let (head, after) = text.split_once([':', '：'])?;
    let word =
        head.trim_end_matches(|letter: char| letter.is_ascii_digit() || "[]()^* ".contains(letter));
    PREFIXES.contains(&word.to_lowercase().as_str()).then_some(after)
}

/// Each `[#number]` of the subject with the whole token.
fn tokens(subject: &str) -> impl Iterator<Item = (&str, &str)> {
    subject.match_indices("[#").filter_map(|(at, _)| {
        let inside = subject.get(at + 2..)?;
        let (number, _) = inside.split_once(']')?;
        let valid = (1..=30).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        valid.then_some((number, subject.get(at..at + number.len() + 3)?))
    })
}

fn without_tokens(subject: &str) -> String {
    let mut rest = subject.to_owned();
    for (_, token) in tokens(subject) {
        rest = rest.replacen(token, " ", 1);
    }
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{bare_subject, looks_like_reply, read_subject_token, subject_with_token};

    #[test]
    fn prefixes_of_every_neighbour_fall_away() {
        for subject in [
            "Lampen",
            "Re: Lampen",
            "SV: Lampen",
            "Sv: VS: Lampen",
            "VB: Lampen",
            "VL: Lampen",
            "Fwd: FW: Lampen",
            "WG: AW: Lampen",
            "Antw: Lampen",
            "Re[2]: Lampen",
            "RE (3): Lampen",
            "Re: [#26-1187] Lampen",
            "[#26-1187] Re: Lampen",
            "re:re:  Lampen",
        ] {
            assert_eq!(bare_subject(subject), "Lampen", "{subject}");
        }
        assert_eq!(bare_subject("Vedr.: Lampen: igen"), "Vedr.: Lampen: igen");
        assert_eq!(bare_subject("Re:"), "");
    }

    #[test]
    fn an_answer_looks_like_one_and_a_forward_does_not() {
        assert!(
            looks_like_reply("SV: Lampen")
                && looks_like_reply("Re[2]: x")
                && looks_like_reply("VS: Lamppu")
        );
        assert!(
            !looks_like_reply("Lampen")
                && !looks_like_reply("VB: Lampan")
                && !looks_like_reply("Fwd: Re: x")
        );
    }

    #[test]
    fn a_token_is_put_once_and_read_back() {
        let subject = subject_with_token("SV: Lampen", "26-1187");
        assert_eq!(subject, "Re: [#26-1187] Lampen");
        assert_eq!(subject_with_token(&subject, "26-1187"), subject);
        assert_eq!(read_subject_token(&format!("SV: {subject}")).as_deref(), Some("26-1187"));
        assert_eq!(subject_with_token("", "7"), "[#7]");
        assert_eq!(read_subject_token("Re: [#] [#a b] [#"), None);
    }
}
