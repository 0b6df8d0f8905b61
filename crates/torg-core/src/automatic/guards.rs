//! Which letters are left to people, however sure the ranking is.

/// What is known of a letter, its sender and its inquiry. Each `true` keeps it from being answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// No human wrote it, or it was sent from an address that nobody reads.
    pub from_machine: bool,
    /// It is not what an inquiry began with, or something was written there since.
    pub not_first: bool,
    /// A colleague has it in hand, or it is not open.
    pub in_hand: bool,
    pub has_files: bool,
    /// It lies behind a wall, or with a restricted department.
    pub restricted: bool,
    /// It may be spam.
    pub perhaps_spam: bool,
    /// Its sender has another inquiry that is not closed.
    pub open_elsewhere: bool,
    /// Its sender had an automatic answer in the last 24 hours.
    pub answered_today: bool,
    /// It waited longer than a day to be looked at.
    pub too_old: bool,
    /// The ranking itself forbids it: red flags, an identity number, several questions, length,
    /// language.
    pub vetoed: bool,
    /// The ranking is not sure enough, or suggests nothing.
    pub unsure: bool,
    /// The answer is not allowed to go out by itself, or not any more.
    pub not_allowed: bool,
    /// The answer is not there in a language its writer reads.
    pub foreign: bool,
    /// A placeholder of the answer has no value.
    pub blank: bool,
}

/// Why a letter is left to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guard {
    Machine,
    NotFirst,
    InHand,
    Files,
    Restricted,
    PerhapsSpam,
    OpenElsewhere,
    AnsweredToday,
    TooOld,
    Vetoed,
    Unsure,
    NotAllowed,
    Foreign,
    Blank,
}

/// Everything that keeps a letter from being answered automatically; nothing if it may be.
///
/// ```
/// use torg_core::automatic::{Facts, Guard, guards};
/// assert!(guards(&Facts::default()).is_empty());
/// let with_file = Facts { has_files: true, ..Facts::default() };
/// assert_eq!(guards(&with_file), [Guard::Files]);
/// ```
pub fn guards(facts: &Facts) -> Vec<Guard> {
    let rules = [
        (facts.from_machine, Guard::Machine),
        (facts.not_first, Guard::NotFirst),
        (facts.in_hand, Guard::InHand),
        (facts.has_files, Guard::Files),
        (facts.restricted, Guard::Restricted),
        (facts.perhaps_spam, Guard::PerhapsSpam),
        (facts.open_elsewhere, Guard::OpenElsewhere),
        (facts.answered_today, Guard::AnsweredToday),
        (facts.too_old, Guard::TooOld),
        (facts.vetoed, Guard::Vetoed),
        (facts.unsure, Guard::Unsure),
        (facts.not_allowed, Guard::NotAllowed),
        (facts.foreign, Guard::Foreign),
        (facts.blank, Guard::Blank),
    ];
    rules.into_iter().filter(|(holds, _)| *holds).map(|(_, guard)| guard).collect()
}

/// Whether nobody reads what is sent to an address, by how its local part begins.
pub fn is_unread(address: &str) -> bool {
    const BEGINNINGS: [&str; 10] = [
        "noreply",
        "donotreply",
        "dontreply",
        "ikkesvar",
        "svarikke",
        "svaraej",
        "svarej",
        "mailerdaemon",
        "postmaster",
        "bounce",
    ];
    let local = address.split('@').next().unwrap_or_default().to_lowercase();
    let bare: String = local.chars().filter(|letter| letter.is_alphanumeric()).collect();
    BEGINNINGS.iter().any(|begins| bare.starts_with(begins)) || bare.ends_with("noreply")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reads_what_is_sent_to_a_no_reply_address() {
        for address in [
            "no-reply@firm.example",
            "NoReply+7@a.example",
            "ikke_svar@a.example",
            "MAILER-DAEMON@a.example",
            "do.not.reply@a.example",
            "faktura-noreply@a.example",
        ] {
            assert!(is_unread(address), "{address}");
        }
        for address in ["aino@post.example", "nora.reply@a.example", "svar@a.example"] {
            assert!(!is_unread(address), "{address}");
        }
    }

    #[test]
    fn each_fact_has_a_guard_of_its_own() {
        let all = Facts {
            from_machine: true,
            not_first: true,
            in_hand: true,
            has_files: true,
            restricted: true,
            perhaps_spam: true,
            open_elsewhere: true,
            answered_today: true,
            too_old: true,
            vetoed: true,
            unsure: true,
            not_allowed: true,
            foreign: true,
            blank: true,
        };
        let found = guards(&all);
        assert_eq!(found.len(), 14);
        let each: std::collections::HashSet<Guard> = found.into_iter().collect();
        assert_eq!(each.len(), 14);
    }
}
