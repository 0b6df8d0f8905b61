//! Which of our languages a text is written in.
//!
//! Trigram statistics (`whatlang`) tell Swedish and English well but confuse Danish with bokmål in
//! short letters and do not know nynorsk. So the small words decide first: "ikke" is Danish or
//! bokmål, "ikkje" only nynorsk, "hvad" only Danish. Statistics then break ties.

use std::collections::HashMap;
use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// A language Torg speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tongue {
    /// Danish.
    Da,
    /// Norwegian bokmål.
    Nb,
    /// Norwegian nynorsk.
    Nn,
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// Says which language `text` is written in, or `None` when it is too short, foreign, or could as
/// well be another. Reads at most the first 4,000 characters, and no more than the first thousand
/// when these leave no doubt.
pub fn detect(text: &str) -> Option<Tongue> {
    let (beginning, rest) = parted(text, GLANCE_CHARS);
    let mut evidence = Evidence::default();
    evidence.add_words(&beginning.to_lowercase());
    if evidence.leaves_no_doubt() {
        return evidence.verdict();
    }
    let (more, _) = parted(rest, READ_CHARS - GLANCE_CHARS);
    evidence.add_words(&more.to_lowercase());
    if evidence.leaves_no_doubt() {
        return evidence.verdict();
    }
    let (text, _) = parted(text, READ_CHARS);
    if evidence.best().1 < STRONG && is_surely_foreign(text) {
        return None;
    }
    evidence.add_statistics(text);
    evidence.verdict()
}

/// The first `count` characters, or a few more to the end of a word, and the rest.
fn parted(text: &str, count: usize) -> (&str, &str) {
    const LONGEST_WORD: usize = 64;
    let after = text.char_indices().skip(count);
    let end = after.clone().take(LONGEST_WORD).find(|(_, c)| !c.is_alphabetic());
    match end.or_else(|| after.clone().next()) {
        Some((at, _)) => text.split_at(at),
        None => (text, ""),
    }
}

impl Tongue {
    /// Every language, in the order of the code tables.
    pub const ALL: [Tongue; 5] = [Tongue::Da, Tongue::Nb, Tongue::Nn, Tongue::Sv, Tongue::En];

    /// The BCP 47 tag: `da`, `nb`, `nn`, `sv` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Tongue::Da => "da",
            Tongue::Nb => "nb",
            Tongue::Nn => "nn",
            Tongue::Sv => "sv",
            Tongue::En => "en",
        }
    }

    /// The language of a BCP 47 tag, whatever its region; `no` counts as bokmål.
    pub fn from_code(code: &str) -> Option<Tongue> {
        let primary = code.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        match primary.as_str() {
            "no" => Some(Tongue::Nb),
            other => Tongue::ALL.into_iter().find(|tongue| tongue.code() == other),
        }
    }
}

const READ_CHARS: usize = 4_000;
const GLANCE_CHARS: usize = 1_000;
/// The most that statistics can add.
const MOST_TRUST: f64 = 1.5;
/// So many telling words that statistics about foreign languages are not asked.
const STRONG: f64 = 3.0;
/// The least evidence for a verdict: one word that only one language has, or two that point there.
const ENOUGH: f64 = 1.0;
/// How far the winner must lead.
const LEAD: f64 = 0.4;

#[derive(Default)]
struct Evidence {
    points: [f64; 5],
    letters: usize,
}

impl Evidence {
    fn add_words(&mut self, text: &str) {
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            self.letters += word.chars().count();
            match TELLING.get(word) {
                Some(tongues) => tongues.iter().for_each(|&tongue| self.add(tongue, 1.0)),
                None => self.add_spelling(word),
            }
        }
    }

    /// Spellings that hint without proving; names and streets carry them too.
    fn add_spelling(&mut self, word: &str) {
        use Tongue::{Da, En, Nb, Nn, Sv};
        let hint = |evidence: &mut Evidence, tongues: &[Tongue]| {
            tongues.iter().for_each(|&tongue| evidence.add(tongue, 0.5));
        };
        if word.contains(['ä', 'ö']) {
            hint(self, &[Sv]);
        }
        if word.contains(['æ', 'ø']) {
            hint(self, &[Da, Nb, Nn]);
        }
        if word.ends_with("sjon") || word.ends_with("sjonen") || word.contains("øy") {
            hint(self, &[Nb, Nn]);
        }
        if word.contains("øj") || word.ends_with("elsen") && word.contains('æ') {
            hint(self, &[Da]);
        }
        if word.len() > 5 && (word.ends_with("heter") || word.ends_with("heten")) {
            hint(self, &[Nb, Sv]);
        }
        if word.len() > 5 && (word.ends_with("ing") && word.contains("th") || word.ends_with("ly"))
        {
            hint(self, &[En]);
        }
    }

    fn add_statistics(&mut self, text: &str) {
        let allowed = vec![Lang::Dan, Lang::Nob, Lang::Swe, Lang::Eng];
        let Some(info) = Detector::with_allowlist(allowed).detect(text) else {
            return;
        };
        let trust = info.confidence() * if self.letters < 25 { 0.5 } else { MOST_TRUST };
        match info.lang() {
            Lang::Dan => self.add(Tongue::Da, trust),
            Lang::Swe => self.add(Tongue::Sv, trust),
            Lang::Eng => self.add(Tongue::En, trust),
            _ => {
                self.add(Tongue::Nb, trust);
                self.add(Tongue::Nn, trust * 0.5);
            }
        }
    }

    fn add(&mut self, tongue: Tongue, points: f64) {
        self.points[tongue as usize] += points;
    }

    fn best(&self) -> (Tongue, f64) {
        Tongue::ALL.into_iter().map(|tongue| (tongue, self.points[tongue as usize])).fold(
            (Tongue::Da, f64::MIN),
            |best, next| {
                if next.1 > best.1 { next } else { best }
            },
        )
    }

    /// The second best.
    fn second(&self) -> f64 {
        let (winner, _) = self.best();
        let others = Tongue::ALL.into_iter().filter(|&tongue| tongue != winner);
        others.map(|tongue| self.points[tongue as usize]).fold(0.0, f64::max)
    }

    /// Statistics, which cost more than all the words, could not change the verdict.
    fn leaves_no_doubt(&self) -> bool {
        let (_, points) = self.best();
        points >= STRONG && points - self.second() >= LEAD + MOST_TRUST
    }

    fn verdict(&self) -> Option<Tongue> {
        let (winner, points) = self.best();
        (points >= ENOUGH && points - self.second() >= LEAD).then_some(winner)
    }
}

fn is_surely_foreign(text: &str) -> bool {
    let ours = [Lang::Dan, Lang::Nob, Lang::Swe, Lang::Eng];
    whatlang::detect(text).is_some_and(|info| info.is_reliable() && !ours.contains(&info.lang()))
}

/// One line a group: the languages, then the words that only these have.
const TABLE: &str = include_str!("telling_words.txt");

static TELLING: LazyLock<HashMap<&'static str, Vec<Tongue>>> = LazyLock::new(|| {
    let mut telling: HashMap<&'static str, Vec<Tongue>> = HashMap::new();
    for (codes, words) in TABLE.lines().filter_map(|line| line.split_once(':')) {
        let tongues: Vec<Tongue> = codes.split_whitespace().filter_map(Tongue::from_code).collect();
        for word in words.split_whitespace() {
            telling.entry(word).or_default().extend(&tongues);
        }
    }
    telling
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_sentences_are_told_apart() {
        let lines = include_str!("../tests/sentences.txt").lines().filter(|line| !line.is_empty());
        let (mut count, mut wrong) = (0, Vec::new());
        for (code, sentence) in lines.filter_map(|line| line.split_once(' ')) {
            count += 1;
            let expected = Tongue::from_code(code);
            if detect(sentence) != expected {
                wrong.push((code, sentence, detect(sentence)));
            }
        }
        assert!(count >= 60, "only {count} sentences");
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn too_little_text_has_no_language() {
        for text in ["", " ", "ok", "12345", "https://fjordby.example/", "Hansen", "???"] {
            assert_eq!(detect(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_foreign_letter_has_no_language_of_ours() {
        let german = "Sehr geehrte Damen und Herren, ich möchte gerne wissen, wann das Rathaus geöffnet hat.";
        let polish = "Dzień dobry, chciałbym zapytać o termin złożenia wniosku do przedszkola.";
        assert_eq!(detect(german), None);
        assert_eq!(detect(polish), None);
    }

    #[test]
    fn no_word_is_listed_twice() {
        for (word, tongues) in TELLING.iter() {
            let mut unique = tongues.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(&unique.len(), &tongues.len(), "{word} is listed twice");
        }
    }

    #[test]
    fn codes_go_both_ways() {
        for tongue in Tongue::ALL {
            assert_eq!(Tongue::from_code(tongue.code()), Some(tongue));
        }
        assert_eq!(Tongue::from_code("nb-NO"), Some(Tongue::Nb));
        assert_eq!(Tongue::from_code("no"), Some(Tongue::Nb));
        assert_eq!(Tongue::from_code("fi"), None);
    }
}
