//! What the bus says: small facts that something changed, never what it changed to.

use crate::ids::{DepartmentId, Id, InquiryId, StaffId, WallId};

/// Something changed; whoever shows it looks again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// An inquiry, and with it the folders it lies in. Told only to those behind its wall.
    Inquiry { inquiry: InquiryId, wall: WallId, department: DepartmentId },
    /// Somebody opened an inquiry, or writes in it: nothing of it changed.
    Presence { inquiry: InquiryId, wall: WallId },
    /// The quarantine holds more or less than before.
    Quarantine,
    /// What is set on pages: whoever keeps some of it reads it anew.
    Settings,
    /// The rights of one colleague (memberships, role, or an ended session), or what is hers alone:
    /// her views, what she has read.
    Staff(StaffId),
    /// A colleague is told something.
    Notice(StaffId),
    /// The outbox has something to send; nobody's page changes.
    Outbox,
    /// An arrival waits to be filed; nobody's page changes.
    Arrival,
    /// Facts may have been missed: whoever shows anything looks again.
    Everything,
}

impl Fact {
    /// The fact as one short word for another node, without anything personal.
    pub fn to_text(self) -> String {
        match self {
            Self::Inquiry { inquiry, wall, department } => {
                format!("i{inquiry}.{wall}.{department}")
            }
            Self::Presence { inquiry, wall } => format!("p{inquiry}.{wall}"),
            Self::Quarantine => "q".into(),
            Self::Settings => "c".into(),
            Self::Staff(staff) => format!("s{staff}"),
            Self::Notice(staff) => format!("n{staff}"),
            Self::Outbox => "o".into(),
            Self::Arrival => "a".into(),
            Self::Everything => "e".into(),
        }
    }

    /// What another node said; `None` for what this version does not know.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut numbers = text.get(1..)?.split('.').map(|part| part.parse::<i64>().ok());
        let mut number = || numbers.next().flatten();
        Some(match text.as_bytes().first()? {
            b'i' => Self::Inquiry {
                inquiry: InquiryId::from_i64(number()?),
                wall: WallId::from_i64(number()?),
                department: DepartmentId::from_i64(number()?),
            },
            b'p' => Self::Presence {
                inquiry: InquiryId::from_i64(number()?),
                wall: WallId::from_i64(number()?),
            },
            b'q' => Self::Quarantine,
            b'c' => Self::Settings,
            b's' => Self::Staff(StaffId::from_i64(number()?)),
            b'n' => Self::Notice(StaffId::from_i64(number()?)),
            b'o' => Self::Outbox,
            b'a' => Self::Arrival,
            b'e' => Self::Everything,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_reaches_another_node_unchanged() {
        let inquiry = Fact::Inquiry {
            inquiry: InquiryId::from_i64(7),
            wall: WallId::from_i64(1),
            department: DepartmentId::from_i64(9),
        };
        let presence =
            Fact::Presence { inquiry: InquiryId::from_i64(7), wall: WallId::from_i64(1) };
        for fact in [
            inquiry,
            presence,
            Fact::Quarantine,
            Fact::Settings,
            Fact::Staff(StaffId::from_i64(3)),
            Fact::Notice(StaffId::from_i64(3)),
            Fact::Outbox,
            Fact::Arrival,
            Fact::Everything,
        ] {
            assert_eq!(Fact::from_text(&fact.to_text()), Some(fact));
        }
        assert_eq!(Fact::from_text("x1"), None);
        assert_eq!(Fact::from_text(""), None);
        assert_eq!(Fact::from_text("é"), None);
    }
}
