//! What is known about features, found by hash: open addressing, half full at most.

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

/// Features by hash.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// The hash in each slot, nought where there is none: close together, since most of a search is looking at these.
    hashes: Vec<u64>,
    slots: Vec<Known>,
    count: usize,
}

impl Table {
    pub(crate) fn with_room(count: usize) -> Table {
        let room = (count * 2).next_power_of_two().max(64);
        Table { hashes: vec![0; room], slots: vec![Known::default(); room], count: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    pub(crate) fn get(&self, hash: u64) -> Option<&Known> {
        let at = self.find(hash)?;
        if self.hashes.get(at) == Some(&hash) { self.slots.get(at) } else { None }
    }

    /// What is known about the feature, or room to note it.
    pub(crate) fn at(&mut self, hash: u64) -> &mut Known {
        if (self.count + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let at = self.find(hash).unwrap_or_default();
        let slot = &mut self.slots[at];
        if slot.hash == 0 {
            slot.hash = hash;
            self.hashes[at] = hash;
            self.count += 1;
        }
        slot
    }

    /// Everything known, in no order that means anything.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Known> {
        self.slots.iter().filter(|slot| slot.hash != 0)
    }

    /// Where the feature is, or where it would be put. `None` if there is no room at all.
    fn find(&self, hash: u64) -> Option<usize> {
        let mask = self.hashes.len().checked_sub(1)?;
        let mut at = usize::try_from(hash >> 20).unwrap_or_default() & mask;
        while self.hashes[at] != 0 && self.hashes[at] != hash {
            at = (at + 1) & mask;
        }
        Some(at)
    }

    fn grow(&mut self) {
        let mut larger = Table::with_room(self.slots.len().max(64));
        for known in self.all() {
            *larger.at(known.hash) = *known;
        }
        *self = larger;
    }
}
