//! Who of a department gets what comes.

use crate::ids::StaffId;

/// How a department gives its new inquiries to its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Staffing {
    /// Nobody owns them until somebody takes them.
    #[default]
    Nobody,
    /// Each in turn.
    Rota,
    /// Who has the fewest open ones.
    Fewest,
}

impl Staffing {
    /// All of them, in the order pages show them.
    pub const ALL: [Self; 3] = [Self::Nobody, Self::Rota, Self::Fewest];

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nobody => "",
            Self::Rota => "rota",
            Self::Fewest => "fewest",
        }
    }

    /// `None` for a word this version does not know.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|staffing| staffing.word() == word)
    }
}

/// A member who is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub staff: StaffId,
    /// How many open inquiries are hers.
    pub open: i64,
    /// When she was last given one; microseconds UTC, 0 for never.
    pub last_given: i64,
}

/// Whose turn it is among `members`: of equals, who waited longest.
pub fn next(staffing: Staffing, members: &[Member]) -> Option<StaffId> {
    let turn = |one: &Member| (one.last_given, one.staff);
    let chosen = match staffing {
        Staffing::Nobody => None,
        Staffing::Rota => members.iter().min_by_key(|one| turn(one)),
        Staffing::Fewest => members.iter().min_by_key(|one| (one.open, turn(one))),
    };
    chosen.map(|member| member.staff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn members(of: &[(i64, i64)]) -> Vec<Member> {
        let staff = (1..).map(StaffId::from_i64);
        let all = staff.zip(of);
        all.map(|(staff, &(open, last_given))| Member { staff, open, last_given }).collect()
    }

    /// Gives `count` inquiries, one after the other.
    fn given(staffing: Staffing, members: &mut [Member], count: usize) -> Vec<StaffId> {
        let mut now = members.iter().map(|member| member.last_given).max().unwrap_or(0);
        let mut chosen = Vec::new();
        for _ in 0..count {
            let Some(staff) = next(staffing, members) else { break };
            now += 1;
            for member in members.iter_mut().filter(|member| member.staff == staff) {
                (member.last_given, member.open) = (now, member.open + 1);
            }
            chosen.push(staff);
        }
        chosen
    }

    #[test]
    fn a_department_that_wants_nobody_named_gets_nobody() {
        assert_eq!(next(Staffing::Nobody, &members(&[(0, 0)])), None);
        assert_eq!(next(Staffing::Rota, &[]), None);
    }

    #[test]
    fn every_word_is_read_back() {
        for staffing in Staffing::ALL {
            assert_eq!(Staffing::from_word(staffing.word()), Some(staffing));
        }
    }

    proptest! {
        #[test]
        fn in_a_rota_everybody_has_had_one_before_anybody_has_two(
            of in vec((0i64..9, 0i64..99), 1..9), rounds in 1usize..4,
        ) {
            let mut members = members(&of);
            let count = members.len();
            let chosen = given(Staffing::Rota, &mut members, count * rounds);
            for round in chosen.chunks(count) {
                let once: std::collections::HashSet<_> = round.iter().collect();
                prop_assert_eq!(once.len(), count);
            }
        }

        #[test]
        fn who_has_the_fewest_is_never_overtaken(
            of in vec((0i64..9, 0i64..99), 1..9), count in 0usize..40,
        ) {
            let mut members = members(&of);
            let most = of.iter().map(|(open, _)| *open).max().unwrap_or(0);
            given(Staffing::Fewest, &mut members, count);
            let least = members.iter().map(|member| member.open).min().unwrap_or(0);
            let overtook = members.iter().any(|member| member.open > most && member.open > least + 1);
            prop_assert!(!overtook);
        }

        #[test]
        fn the_order_members_are_read_in_does_not_matter(of in vec((0i64..3, 0i64..3), 1..9)) {
            let (there, mut back) = (members(&of), members(&of));
            back.reverse();
            for staffing in Staffing::ALL {
                prop_assert_eq!(next(staffing, &there), next(staffing, &back));
            }
        }
    }
}
