//! The features of one mail: what was seen where, each once, as a 64-bit hash and the text it came from.

/// Where a feature was seen. The place is part of what a word means: "invoice" in the subject is not "invoice" in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Place {
    /// Something about how the mail is made: its text is the sign's key, then what it was seen on.
    Sign,
    Subject,
    Body,
    /// A word of the text in capitals.
    Shouted,
    /// How longer words of subject and text begin.
    Stem,
    /// What subject and text speak of: the concept's name, then the word that told it.
    Concept,
    /// A word of a header field, `field:word`.
    Field,
    /// A header field's name as it is written.
    FieldName,
    /// Hosts and networks a mail came through.
    Route,
    /// Hosts, domains and path words of links.
    Link,
    /// HTML elements and how they are dressed.
    Tag,
    /// Types, charsets, encodings and file endings of parts.
    Part,
    /// Sender's address and domain.
    Sender,
    /// What a sender calls itself: words of the display name and of what stands before the `@`.
    Name,
    /// A word of text that the writer only quotes.
    Quoted,
    /// Two signs in one mail: a name and a telephone number under a letter tell more than each of them.
    SignPair,
    /// A sign beside a concept: a link away from the sender's own pages beside talk of a parcel.
    SignConcept,
}

impl Place {
    /// Whether what stands here is counted by the judge who takes features for independent: what only repeats others is not.
    pub(crate) fn is_counted(self) -> bool {
        !matches!(self, Place::Stem | Place::SignPair | Place::SignConcept)
    }
}

/// How many places there are.
pub(crate) const PLACES: usize = 17;

/// One feature.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) hash: u64,
    pub(crate) place: Place,
    /// Where its text begins; of a pair, the first item's number.
    start: u32,
    /// How long its text is; of a pair, the second item's number.
    length: u16,
}

impl Item {
    /// The numbers of the two items that were seen together, if this is a pair.
    pub(crate) fn pair(&self) -> Option<(usize, usize)> {
        let is_pair = matches!(self.place, Place::SignPair | Place::SignConcept);
        is_pair.then_some((self.start as usize, usize::from(self.length)))
    }
}

/// A mail has no more features than this.
pub(crate) const MOST_FEATURES: usize = 6_000;
/// Slots to find what was met before; a power of two, and more than there are features.
const SLOTS: usize = 8_192;
/// So many pairs count.
const MOST_PAIRS: usize = 300;

/// Everything seen in one mail, each once. Made once and used again for the next mail.
#[derive(Debug, Clone)]
pub(crate) struct Gathered {
    items: Vec<Item>,
    text: Vec<u8>,
    /// By its hash, the number of an item, counted from one; nought where there is none. Small, to stay close at hand.
    seen: Vec<u16>,
    /// Where a prefix and a word are put together.
    joined: Vec<u8>,
}

impl Default for Gathered {
    fn default() -> Self {
        Gathered { items: Vec::new(), text: Vec::new(), seen: vec![0; SLOTS], joined: Vec::new() }
    }
}

impl Gathered {
    /// Forgets the last mail.
    pub(crate) fn clear(&mut self) {
        self.seen.fill(0);
        self.items.clear();
        self.text.clear();
    }

    pub(crate) fn items(&self) -> &[Item] {
        &self.items
    }

    /// Adds every two signs that are there, and every sign beside every concept.
    pub(crate) fn pair_signs(&mut self) {
        let of = |place: Place| {
            let all = self.items.iter().enumerate();
            all.filter(move |(_, item)| item.place == place).map(|(at, item)| (at, item.hash))
        };
        let signs: Vec<(usize, u64)> = of(Place::Sign).collect();
        let concepts: Vec<(usize, u64)> = of(Place::Concept).collect();
        let mut room = MOST_PAIRS.min(MOST_FEATURES.saturating_sub(self.items.len()));
        for (number, sign) in signs.iter().enumerate() {
            for other in &signs[..number] {
                self.pair(Place::SignPair, *other, *sign, &mut room);
            }
        }
        for sign in &signs {
            for concept in &concepts {
                self.pair(Place::SignConcept, *sign, *concept, &mut room);
            }
        }
    }

    /// Each pair is met once, as each of its halves was. Which of two signs was seen first makes no other pair.
    fn pair(&mut self, place: Place, one: (usize, u64), other: (usize, u64), room: &mut usize) {
        if *room == 0 {
            return;
        }
        *room -= 1;
        let hash = mix(one.1.min(other.1) ^ FIRST, one.1.max(other.1) ^ place as u64) | 1;
        let start = u32::try_from(one.0).unwrap_or(0);
        let length = u16::try_from(other.0).unwrap_or(0);
        self.items.push(Item { hash, place, start, length });
    }

    /// The text a feature came from; a pair has none.
    pub(crate) fn text_of(&self, item: &Item) -> &str {
        if item.pair().is_some() {
            return "";
        }
        let start = item.start as usize;
        let bytes = self.text.get(start..start + usize::from(item.length)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Adds `prefix` and `word`, in lower case. Returns whether they are new to this mail.
    pub(crate) fn add(&mut self, place: Place, prefix: &str, word: &str) -> bool {
        let hash = if prefix.is_empty() {
            hash_of_small(place, word.as_bytes())
        } else {
            self.joined.clear();
            self.joined.extend_from_slice(prefix.as_bytes());
            self.joined.extend_from_slice(word.as_bytes());
            hash_of_small(place, &self.joined)
        };
        let start = self.text.len();
        let is_new = self.keep(place, hash, &[prefix, word]);
        self.text[start..].make_ascii_lowercase();
        is_new
    }

    /// Adds something whose case counts.
    pub(crate) fn add_exact(&mut self, place: Place, word: &str) {
        self.keep(place, hash(place, word.as_bytes()), &[word]);
    }

    /// Adds a sign; `on` says what it was seen on.
    pub(crate) fn sign(&mut self, key: &str, on: &str) {
        self.add_on(Place::Sign, key, on);
    }

    /// Adds a sign that is another one for everything it is seen on.
    pub(crate) fn sign_of(&mut self, key: &str, on: &str) {
        self.add_exact(Place::Sign, &format!("{key} {on}"));
    }

    /// Adds `key`; `on` is kept beside it for people and does not tell it from others of its kind.
    pub(crate) fn add_on(&mut self, place: Place, key: &str, on: &str) {
        let on = on.get(..on.floor_char_boundary(120)).unwrap_or_default();
        self.keep(place, hash(place, key.as_bytes()), &[key, " ", on]);
    }

    /// Notes a feature and the pieces of its text. Returns whether it is new to this mail, and there is room.
    fn keep(&mut self, place: Place, hash: u64, pieces: &[&str]) -> bool {
        if self.items.len() >= MOST_FEATURES {
            return false;
        }
        let mut at = slot(hash);
        while let Some(met) = usize::from(self.seen[at]).checked_sub(1) {
            if self.items[met].hash == hash {
                return false;
            }
            at = (at + 1) % SLOTS;
        }
        self.seen[at] = u16::try_from(self.items.len() + 1).unwrap_or_default();
        let start = self.text.len();
        for piece in pieces {
            self.text.extend_from_slice(piece.as_bytes());
        }
        let length = u16::try_from(self.text.len() - start).unwrap_or(0);
        let start = u32::try_from(start).unwrap_or(0);
        self.items.push(Item { hash, place, start, length });
        true
    }
}

fn slot(hash: u64) -> usize {
    usize::try_from(hash >> 40).unwrap_or(0) % SLOTS
}

const FIRST: u64 = 0xa076_1d64_78bd_642f;
const SECOND: u64 = 0xe703_7ed1_a0b4_28db;

/// The same on every machine: multiply and fold, eight bytes at a time (after Wang Yi's wyhash). Never nought.
pub(crate) fn hash(place: Place, bytes: &[u8]) -> u64 {
    hash_of_eights(place, bytes, |eight| eight)
}

/// The hash of the bytes in lower case.
pub(crate) fn hash_of_small(place: Place, bytes: &[u8]) -> u64 {
    hash_of_eights(place, bytes, in_lower_case)
}

fn hash_of_eights(place: Place, bytes: &[u8], change: impl Fn(u64) -> u64) -> u64 {
    let mut state = mix(place as u64 ^ FIRST, SECOND ^ bytes.len() as u64);
    let (chunks, tail) = bytes.as_chunks::<8>();
    for chunk in chunks {
        state = mix(state ^ change(u64::from_le_bytes(*chunk)), SECOND);
    }
    let last = match bytes.last_chunk::<8>() {
        Some(_) if tail.is_empty() => 0,
        // Half of it was seen already.
        Some(last) => u64::from_le_bytes(*last) >> (64 - 8 * tail.len()),
        None => tail.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte)),
    };
    mix(state ^ change(last), FIRST) | 1
}

/// Eight bytes, those of ASCII's capitals as small letters.
fn in_lower_case(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = eight & (EACH * 0x7f);
    // The highest bit of each byte says whether its other bits are `A` or more, and whether they are more than `Z`.
    let from_a = low + EACH * u64::from(0x80 - b'A');
    let beyond_z = low + EACH * u64::from(0x7f - b'Z');
    let capitals = (from_a ^ beyond_z) & !eight & (EACH * 0x80);
    eight | capitals >> 2
}

pub(crate) fn mix(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    let [low, high] = [product & u128::from(u64::MAX), product >> 64];
    u64::try_from(low).unwrap_or(0) ^ u64::try_from(high).unwrap_or(0)
}
