//! How features are told apart and found again.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::spam::gather::{Place, hash, hash_of_small};
use crate::spam::table::Table;
use crate::spam::weigh::Feature;

proptest! {
    #[test]
    fn capitals_make_no_other_feature(word in any::<Vec<u8>>()) {
        let small = word.to_ascii_lowercase();
        prop_assert_eq!(hash_of_small(Place::Body, &word), hash(Place::Body, &small));
    }

    #[test]
    fn what_was_learnt_is_found_wherever_it_lies(lessons in prop::collection::vec(0_u64..200, 0..300)) {
        // The first bits say where a feature lies: most of these are in each other's way.
        let hash = |lesson: &u64| (lesson % 3) << 62 | (lesson + 1);
        let (mut table, mut counted) = (Table::default(), BTreeMap::new());
        for lesson in &lessons {
            table.change(hash(lesson), |known| known.ham += 1);
            *counted.entry(hash(lesson)).or_insert(0) += 1;
        }
        let asked: Vec<u64> = (0..200).map(|lesson| hash(&lesson)).collect();
        let features: Vec<Feature> =
            asked.iter().map(|&hash| Feature { hash, place: Place::Body }).collect();
        let found = table.get_all(&features);
        for (hash, told) in asked.iter().zip(found) {
            prop_assert_eq!(told.map(|told| told.ham), counted.get(hash).copied());
            prop_assert_eq!(table.get(*hash).copied(), told);
        }
        let mut all: Vec<(u64, u16)> = table.all().map(|known| (known.hash, known.ham)).collect();
        all.sort_unstable();
        prop_assert_eq!(all, counted.into_iter().collect::<Vec<_>>());
    }
}
