//! What is known about features, found by hash: open addressing, half full at most.

use super::weigh::Feature;

/// How much a feature tells.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Weight {
    /// Towards spam, or below nought away from it.
    pub(crate) value: f32,
    /// Sum of squared steps: what was moved often moves slowly.
    pub(crate) squares: f32,
}

/// What was learnt about one feature.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Known {
    /// The feature's hash; nought where there is none.
    pub(crate) hash: u64,
    /// When the mail is seen whole.
    pub(crate) whole: Weight,
    /// When only what it says and how it is made is seen.
    pub(crate) content: Weight,
    /// When only its header and how it is made is seen.
    pub(crate) header: Weight,
    /// In so many letters.
    pub(crate) ham: u16,
    /// In so much spam.
    pub(crate) spam: u16,
}

/// What a judge needs of a [`Known`]: the values of its weights, and the counts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Told {
    pub(crate) whole: f32,
    pub(crate) content: f32,
    pub(crate) header: f32,
    pub(crate) ham: u16,
    pub(crate) spam: u16,
}

/// Features by hash. Each slot lies in three columns, since a judge waits mostly for memory, and needs two of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// The hash in each slot, nought where there is none.
    hashes: Vec<u64>,
    told: Vec<Told>,
    /// The squares of whole, content and header, for who learns.
    squares: Vec<[f32; 3]>,
    count: usize,
}

impl Table {
    pub(crate) fn with_room(count: usize) -> Table {
        let room = (count * 2).next_power_of_two().max(64);
        Table {
            hashes: vec![0; room],
            told: vec![Told::default(); room],
            squares: vec![[0.0; 3]; room],
            count: 0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    pub(crate) fn get(&self, hash: u64) -> Option<&Told> {
        self.told.get(self.find(hash)?)
    }

    /// What is known about each feature. Where each would lie is read before any is compared: one after the other, memory
    /// would be waited for each time, since no processor can foretell which of a mail's features are known.
    pub(crate) fn get_all(&self, features: &[Feature]) -> Vec<Option<Told>> {
        let first = |feature: &Feature| self.hashes.get(self.slot(feature.hash)).copied();
        let firsts: Vec<Option<u64>> = features.iter().map(first).collect();
        let places: Vec<Option<usize>> = features
            .iter()
            .zip(firsts)
            .map(|(feature, first)| match first {
                None | Some(0) => None,
                Some(first) if first == feature.hash => Some(self.slot(first)),
                Some(_) => self.find(feature.hash),
            })
            .collect();
        places.into_iter().map(|at| self.told.get(at?).copied()).collect()
    }

    /// Changes what is known about a feature, from nothing if it is new.
    pub(crate) fn change(&mut self, hash: u64, change: impl FnOnce(&mut Known)) {
        if (self.count + 1) * 2 > self.hashes.len() {
            self.grow();
        }
        let at = self.room_for(hash);
        if self.hashes[at] == 0 {
            self.hashes[at] = hash;
            self.count += 1;
        }
        let mut known = self.known(at);
        change(&mut known);
        let Known { whole, content, header, ham, spam, .. } = known;
        self.squares[at] = [whole.squares, content.squares, header.squares];
        let (whole, content, header) = (whole.value, content.value, header.value);
        self.told[at] = Told { whole, content, header, ham, spam };
    }

    /// Everything known, in no order that means anything.
    pub(crate) fn all(&self) -> impl Iterator<Item = Known> {
        (0..self.hashes.len()).filter(|at| self.hashes[*at] != 0).map(|at| self.known(at))
    }

    fn known(&self, at: usize) -> Known {
        let Told { whole, content, header, ham, spam } = self.told[at];
        let squares = self.squares[at];
        let weight = |value, column: usize| Weight { value, squares: squares[column] };
        Known {
            hash: self.hashes[at],
            whole: weight(whole, 0),
            content: weight(content, 1),
            header: weight(header, 2),
            ham,
            spam,
        }
    }

    fn find(&self, hash: u64) -> Option<usize> {
        if self.hashes.is_empty() {
            return None;
        }
        let at = self.room_for(hash);
        (self.hashes[at] == hash).then_some(at)
    }

    /// Where the feature is, or where it would be put.
    fn room_for(&self, hash: u64) -> usize {
        let mut at = self.slot(hash);
        while self.hashes[at] != 0 && self.hashes[at] != hash {
            at = (at + 1) & (self.hashes.len() - 1);
        }
        at
    }

    /// Where a feature lies if nothing is in its way: by its first bits, so that what is put in by order of hashes is put
    /// in from the first slot to the last.
    fn slot(&self, hash: u64) -> usize {
        let bits = self.hashes.len().trailing_zeros();
        usize::try_from(hash.rotate_left(bits)).unwrap_or_default()
            & self.hashes.len().wrapping_sub(1)
    }

    fn grow(&mut self) {
        let mut larger = Table::with_room(self.hashes.len().max(64));
        for known in self.all() {
            larger.change(known.hash, |there| *there = known);
        }
        *self = larger;
    }
}
