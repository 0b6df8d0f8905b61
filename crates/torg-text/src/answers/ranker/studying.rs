//! Building the indexes, and showing the learners what is known before anybody has chosen.

use super::Ranker;
use super::weighing::standard;
use crate::answers::index::{Building, Fields, Index, Means};
use crate::answers::kinship::OwnedText;
use crate::answers::learner::{Lesson, Lessons, Teaches};
use crate::answers::library::Library;
use crate::answers::terms::{Bag, Kind, Terms};

const ROUNDS: usize = 4;
/// About how many terms the learner is shown of all texts together, and of each at least.
const MOST_LEARNT: usize = 500_000;
const LEAST_TERMS: usize = 32;
/// How many owners a text is compared with, where there are many.
const MOST_NEAR: usize = 24;

impl Ranker {
    /// Shows the learners titles, seed questions and the sentences of answers.
    pub(super) fn study(&mut self, owned: &[Vec<OwnedText<'_>>], library: &Library) {
        let texts = owned.iter().flatten().map(|text| 2 + text.questions().count());
        let mut lessons = Lessons::of((MOST_LEARNT / texts.sum::<usize>().max(1)).max(LEAST_TERMS));
        let mut add = |text: &str, tongue, lesson| {
            let bag = self.terms.counted(text, tongue);
            lessons.add(self.weighed(&bag), &self.near(&bag), lesson);
        };
        for (owner, texts) in owned.iter().enumerate() {
            let department = self.departments.of_owner(owner);
            let lesson = Lesson { owner: Some(owner), department, is_body: false };
            for text in texts {
                text.seeds().for_each(|seed| add(seed, text.tongue, lesson));
                if !text.body.is_empty() {
                    add(text.body, text.tongue, Lesson { is_body: true, ..lesson });
                }
            }
        }
        for (tongue, letter, department) in library.unanswerable() {
            let department = self.departments.of_library(department);
            let owner = Some(self.owners - 1);
            add(letter, tongue, Lesson { owner, department, is_body: false });
        }
        let mut met = Vec::new();
        for (text, tongue, department) in self.departments.told(library) {
            let department = Some(department);
            add(text, tongue, Lesson { department, ..Lesson::default() });
            met.push(self.terms.counted(text, tongue));
        }
        self.learner.study(&lessons, Teaches::Answers, ROUNDS);
        self.departments.study(&lessons);
        met.iter().for_each(|bag| self.departments.meet(bag));
    }

    /// The owners a text is nearest to by words, and "a person must answer"; needed only where
    /// there are too many to ask the learner for each.
    pub(super) fn near(&self, bag: &Bag) -> Vec<u16> {
        if !self.learner.is_shared() {
            return Vec::new();
        }
        let scores = |kind| self.index(kind).scores(bag.of(kind), self.owners);
        let sums = standard(&scores(Kind::Word)).into_iter().zip(standard(&scores(Kind::Gram)));
        let mut best: Vec<(f32, usize)> =
            sums.enumerate().map(|(owner, (word, gram))| (word + gram, owner)).collect();
        let order = |one: &(f32, usize), other: &(f32, usize)| {
            other.0.total_cmp(&one.0).then(one.1.cmp(&other.1))
        };
        if best.len() > MOST_NEAR {
            best.select_nth_unstable_by(MOST_NEAR, order);
            best.truncate(MOST_NEAR);
        }
        let near = best.into_iter().map(|(_, owner)| owner).chain([self.owners - 1]);
        let mut near: Vec<u16> = near.filter_map(|owner| u16::try_from(owner).ok()).collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// Takes all words of ours as spelled right.
pub(super) fn spell(terms: &mut Terms, owned: &[Vec<OwnedText<'_>>], library: &Library) {
    let owned = owned.iter().flatten().flat_map(|text| text.seeds().chain([text.body]));
    terms.spell(owned.chain(library.unanswerable().map(|(_, letter, _)| letter)));
}

/// The indexes of what owners say. Their texts are read twice, so that the terms of one owner only
/// lie in memory.
pub(super) fn indexes(terms: &Terms, owned: &[Vec<OwnedText<'_>>]) -> [Index; 3] {
    let mut means = Means::default();
    owned.iter().flatten().for_each(|text| means.add(&fields(terms, text)));
    let mut building = Building::of(owned.len(), means);
    for (owner, texts) in (0u16..).zip(owned) {
        let fields: Vec<Fields> = texts.iter().map(|text| fields(terms, text)).collect();
        building.add(owner, &fields);
    }
    building.done()
}

fn fields(terms: &Terms, text: &OwnedText<'_>) -> Fields {
    let questions: Vec<&str> = text.questions().collect();
    Fields {
        title: terms.counted(text.title, text.tongue),
        questions: terms.counted(&questions.join("\n"), text.tongue),
        body: terms.counted(text.body, text.tongue),
    }
}
