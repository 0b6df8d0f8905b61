//! Who writes: most a few times, twenty of them often, and one thousands of times.

use rand::Rng;
use rand::rngs::StdRng;
use torg_core::ContactKind;

use super::hand::Hand;
use super::prose::Shelf;
use super::rows::row;

/// The one who writes most has written so often, or a fifth of all.
const MOST: u64 = 3000;
/// Of a thousand letters, so many are by the twenty who write often.
const OFTEN: u32 = 10;

/// A citizen, as her letter names her.
#[derive(Debug, Clone)]
pub(super) struct Citizen {
    pub(super) person: i64,
    pub(super) contact_point: i64,
    pub(super) name: String,
    pub(super) address: String,
    /// The place of her language among the shelves.
    pub(super) shelf: usize,
}

/// All who have written so far.
pub(super) struct Citizens {
    /// Person and contact point of each; 0 before she writes for the first time.
    met: Vec<(i64, i64)>,
    inquiries: u64,
}

impl Citizens {
    /// Of `inquiries` in all.
    pub(super) fn of(inquiries: u64) -> Self {
        let count = usize::try_from(inquiries / 3).unwrap_or(0) + 50;
        Self { met: vec![(0, 0); count], inquiries }
    }

    /// Whoever writes next, at `at` (microseconds UTC); with the rows of one who is new.
    pub(super) fn next(&mut self, hand: &mut Hand, shelves: &[Shelf], at: i64) -> Citizen {
        let number = self.number(&mut hand.dice);
        let shelf = number % shelves.len();
        let own = &shelves[shelf];
        // She has the same name whenever she writes.
        let mut her_dice = <StdRng as rand::SeedableRng>::seed_from_u64(number as u64);
        let name = own.name(&mut her_dice);
        let address = format!("{}{number}@privat.example", own.mailbox_of(&name));
        let met = &mut self.met[number];
        if met.0 == 0 {
            *met = (hand.ids.next(at), hand.ids.next(at));
            hand.rows.push(row!(Persons: met.0, name.as_str(), at));
            let kind = ContactKind::Email.code();
            hand.rows.push(row!(ContactPoints: met.1, kind, address.as_str(), met.0));
        }
        Citizen { person: met.0, contact_point: met.1, name, address, shelf }
    }

    fn number(&self, dice: &mut StdRng) -> usize {
        let most = MOST.min(self.inquiries / 5);
        if dice.random_range(0..self.inquiries) < most {
            return 0;
        }
        if dice.random_range(0..1000) < OFTEN {
            return dice.random_range(1..=20);
        }
        // Some write more than others.
        let share = dice.random::<f64>().powf(1.5);
        #[expect(clippy::cast_possible_truncation, reason = "a share of a count")]
        let number = (share * self.met.len() as f64) as usize;
        number.min(self.met.len() - 1)
    }
}
