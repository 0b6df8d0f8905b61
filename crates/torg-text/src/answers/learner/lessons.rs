//! Texts whose classes are known, packed: there are thousands of them while a learner studies.

use super::{Term, slot_of};
use crate::answers::terms::Key;

/// Lessons for two learners at once: of answers and of departments.
#[derive(Debug, Default)]
pub(in crate::answers) struct Lessons {
    /// The most terms of one; of more, the weightiest are kept.
    most_terms: usize,
    /// Terms of all: the slot, its highest bit set if it counts backwards.
    slots: Vec<u16>,
    /// What each counts, as a share of its lesson's `scale`.
    values: Vec<u8>,
    near: Vec<u16>,
    each: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    terms: u32,
    near: u32,
    scale: f32,
    owner: Option<u16>,
    department: Option<u16>,
    is_body: bool,
}

/// Which learner a lesson is shown to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::answers) enum Teaches {
    Answers,
    Departments,
}

/// What a text belongs to.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::answers) struct Lesson {
    pub(in crate::answers) owner: Option<usize>,
    pub(in crate::answers) department: Option<usize>,
    /// What an answer says is less telling than how it is asked for.
    pub(in crate::answers) is_body: bool,
}

/// One of the lessons, as it is shown.
pub(super) struct Shown<'a> {
    place: &'a Place,
    slots: &'a [u16],
    values: &'a [u8],
    near: &'a [u16],
}

const BACKWARDS: u16 = 1 << 15;
const BODY: f32 = 0.5;

impl Lessons {
    /// Each with at most so many terms.
    pub(in crate::answers) fn of(most_terms: usize) -> Self {
        Self { most_terms, ..Self::default() }
    }

    /// Adds a text, whose `terms` are of length 1, with the classes near it.
    pub(in crate::answers) fn add(
        &mut self,
        mut terms: Vec<(Key, f32)>,
        near: &[u16],
        lesson: Lesson,
    ) {
        weightiest(&mut terms, self.most_terms);
        let scale = terms.iter().map(|term| term.1).fold(f32::MIN_POSITIVE, f32::max);
        let begins = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let narrow = |class: Option<usize>| class.and_then(|class| u16::try_from(class).ok());
        self.each.push(Place {
            terms: begins(self.slots.len()),
            near: begins(self.near.len()),
            scale,
            owner: narrow(lesson.owner),
            department: narrow(lesson.department),
            is_body: lesson.is_body,
        });
        self.near.extend_from_slice(near);
        for (key, value) in terms {
            let (slot, is_backwards) = slot_of(key);
            self.slots.push(if is_backwards { slot | BACKWARDS } else { slot });
            self.values.push(packed(value / scale));
        }
    }

    /// Those that teach a learner anything, in their order.
    pub(super) fn that_teach(&self, teaches: Teaches) -> Vec<u32> {
        let all = (0u32..).zip(&self.each);
        all.filter(|(_, place)| place.class(teaches).is_some()).map(|(at, _)| at).collect()
    }

    pub(super) fn get(&self, at: u32) -> Option<Shown<'_>> {
        let at = at as usize;
        let (place, next) = (self.each.get(at)?, self.each.get(at + 1));
        let terms = place.terms as usize..next.map_or(self.slots.len(), |next| next.terms as usize);
        let near = place.near as usize..next.map_or(self.near.len(), |next| next.near as usize);
        Some(Shown {
            place,
            slots: self.slots.get(terms.clone())?,
            values: self.values.get(terms)?,
            near: self.near.get(near)?,
        })
    }
}

impl Place {
    fn class(&self, teaches: Teaches) -> Option<u16> {
        match teaches {
            Teaches::Answers => self.owner,
            Teaches::Departments => self.department,
        }
    }
}

impl<'a> Shown<'a> {
    /// The class it teaches, and how much it counts.
    pub(super) fn class(&self, teaches: Teaches) -> Option<(usize, f32)> {
        let counts = if self.place.is_body && teaches == Teaches::Answers { BODY } else { 1.0 };
        Some((usize::from(self.place.class(teaches)?), counts))
    }

    pub(super) fn terms(&self) -> impl Iterator<Item = Term> + Clone + 'a {
        let scale = self.place.scale / f32::from(u8::MAX);
        self.slots.iter().zip(self.values).map(move |(slot, value)| {
            let value = f32::from(*value) * scale;
            (slot & !BACKWARDS, if slot & BACKWARDS == 0 { value } else { -value })
        })
    }

    pub(super) fn near(&self) -> &'a [u16] {
        self.near
    }
}

/// Leaves the `most` weightiest terms, in the order of their keys.
pub(in crate::answers) fn weightiest(terms: &mut Vec<(Key, f32)>, most: usize) {
    if terms.len() > most {
        terms.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        terms.truncate(most);
        terms.sort_unstable_by_key(|term| term.0);
    }
}

/// A number between 0 and 1 as one between 0 and 255.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255 is meant")]
pub(in crate::answers) fn packed(value: f32) -> u8 {
    (value * f32::from(u8::MAX)).round() as u8
}
