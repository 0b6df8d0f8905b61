//! Which inquiry a message belongs to.
//!
//! The order: our own signed Message-ID, our signed plus address, other references within the same
//! mailbox, the subject's number last. The last two need a sender who belongs there; what stays unclear is offered as a link, because
//! a wrong link is undone in a second and a wrong merge shows one citizen's letter to another.

use crate::ids::InquiryId;

/// One reason to believe that a message belongs to an inquiry, strongest first in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clue {
    pub inquiry: InquiryId,
    pub by: By,
    /// The sender has written in this inquiry before, or was written to.
    pub sender_belongs: bool,
}

/// How the clue was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A Message-ID we signed stands in References or In-Reply-To.
    OwnMessageId,
    /// It was sent to a plus address we signed.
    PlusAddress,
    /// It refers to a letter a human sent us: whoever knows that id had the letter in hand.
    Letter,
    /// It refers to something many may hold (a newsletter, an automatic mail), or to a mail that
    /// we know only from other people's References.
    LooseReference,
    /// The inquiry's number stands in the subject.
    SubjectNumber,
    /// The subject repeats that of an inquiry of the same sender.
    SameSubject,
}

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threading {
    Join(InquiryId, By),
    /// A new inquiry, with the old one offered as a link.
    Suggest(InquiryId, By),
    New,
}

impl Clue {
    fn is_certain(self) -> bool {
        match self.by {
            By::OwnMessageId | By::PlusAddress | By::Letter => true,
            By::LooseReference | By::SubjectNumber => self.sender_belongs,
            By::SameSubject => false,
        }
    }

    /// A stranger's number or loose reference may be worth a look; a mere subject never is.
    fn is_worth_a_look(self) -> bool {
        self.by != By::SameSubject || self.sender_belongs
    }
}

/// Decides by the strongest certain clue; else offers the first that is worth a look.
/// `clues` come strongest first; within References that is newest first.
pub fn thread(clues: &[Clue]) -> Threading {
    let join = clues.iter().find(|clue| clue.is_certain());
    let suggest = clues.iter().find(|clue| clue.is_worth_a_look());
    match (join, suggest) {
        (Some(clue), _) => Threading::Join(clue.inquiry, clue.by),
        (None, Some(clue)) => Threading::Suggest(clue.inquiry, clue.by),
        (None, None) => Threading::New,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use proptest::prelude::*;

    fn clue(inquiry: i64, by: By, sender_belongs: bool) -> Clue {
        Clue { inquiry: InquiryId::from_i64(inquiry), by, sender_belongs }
    }

    #[test]
    fn our_own_signature_joins_whoever_sends_it() {
        let clues = [clue(7, By::OwnMessageId, false), clue(8, By::Letter, true)];
        assert_eq!(thread(&clues), Threading::Join(InquiryId::from_i64(7), By::OwnMessageId));
    }

    #[test]
    fn a_number_in_the_subject_joins_only_its_own_sender() {
        let known = thread(&[clue(7, By::SubjectNumber, true)]);
        let stranger = thread(&[clue(7, By::SubjectNumber, false)]);
        assert_eq!(known, Threading::Join(InquiryId::from_i64(7), By::SubjectNumber));
        assert_eq!(stranger, Threading::Suggest(InquiryId::from_i64(7), By::SubjectNumber));
    }

    #[test]
    fn two_citizens_who_answer_one_newsletter_stay_apart() {
        let stranger = thread(&[clue(7, By::LooseReference, false)]);
        assert_eq!(stranger, Threading::Suggest(InquiryId::from_i64(7), By::LooseReference));
    }

    #[test]
    fn a_reply_without_headers_is_offered_to_its_sender_and_never_to_a_stranger() {
        let same = thread(&[clue(7, By::SameSubject, true)]);
        assert_eq!(same, Threading::Suggest(InquiryId::from_i64(7), By::SameSubject));
        assert_eq!(thread(&[clue(7, By::SameSubject, false)]), Threading::New);
    }

    fn any_clue() -> impl Strategy<Value = Clue> {
        let by = prop_oneof![
            Just(By::OwnMessageId),
            Just(By::PlusAddress),
            Just(By::Letter),
            Just(By::LooseReference),
            Just(By::SubjectNumber),
            Just(By::SameSubject)
        ];
        (1..5_i64, by, any::<bool>()).prop_map(|(id, by, belongs)| clue(id, by, belongs))
    }

    proptest! {
        #[test]
        fn weak_clues_never_merge_a_stranger(clues in proptest::collection::vec(any_clue(), 0..6)) {
            let weak: Vec<Clue> = clues
                .into_iter()
                .filter(|c| matches!(c.by, By::LooseReference | By::SubjectNumber | By::SameSubject))
                .map(|c| Clue { sender_belongs: false, ..c })
                .collect();
            prop_assert!(!matches!(thread(&weak), Threading::Join(..)));
        }

        #[test]
        fn a_weaker_clue_behind_a_certain_one_changes_nothing(clues in proptest::collection::vec(any_clue(), 1..6), more in any_clue()) {
            let before = thread(&clues);
            prop_assume!(matches!(before, Threading::Join(..)));
            let mut longer = clues;
            longer.push(more);
            prop_assert_eq!(thread(&longer), before);
        }
    }
}
