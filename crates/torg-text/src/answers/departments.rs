//! Which department a letter belongs to.
//!
//! Two judges whose verdicts are multiplied: the departments of the answers that fit, and a learner
//! that saw every seed question, the library's notes on departments, and what colleagues chose.

use std::collections::{HashMap, HashSet};

use super::kinship::Kinship;
use super::learner::{Learner, Lessons, Teaches};
use super::library::Library;
use super::terms::{Bag, Key, Kind};
use super::{Department, DepartmentSuggestion, StandardAnswer};
use crate::{Tongue, detect};

/// The departments of a municipality and what was learnt about them.
pub(super) struct Departments {
    names: Vec<String>,
    /// The department of each owner of texts: answers, then topics without an answer.
    of_owner: Vec<Option<usize>>,
    /// The library's departments, as the municipality calls them.
    of_library: HashMap<String, usize>,
    learner: Learner,
    /// The words and concepts of what was learnt.
    known: HashSet<Key>,
    /// What the municipality itself says of its departments.
    described: Vec<Department>,
}

const ROUNDS: usize = 4;
/// A word is a reason for a department if it speaks for it so much of what it does for another.
const LEAST_OF_BEST: f32 = 0.6;
/// How much the departments of fitting answers say beside the learner.
const BY_ANSWERS: f32 = 1.0;
const BY_LEARNER: f32 = 1.0;
/// No department is quite impossible, and one may well have no standard answers.
const FLOOR: f32 = 0.005;
const WITHOUT_ANSWERS: f32 = 0.1;

impl Departments {
    pub(super) fn new(
        answers: &[StandardAnswer],
        departments: &[Department],
        library: &Library,
        kin: &Kinship,
    ) -> Self {
        let mut names: Vec<String> =
            departments.iter().map(|department| department.id.clone()).collect();
        for name in answers.iter().filter_map(|answer| answer.department.as_ref()) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let number = |name: &str| names.iter().position(|known| known == name);
        let of_answer: Vec<Option<usize>> =
            answers.iter().map(|answer| number(answer.department.as_deref()?)).collect();
        let of_library = translated(&names, departments, &of_answer, library, kin);
        let strangers =
            kin.strangers(library).map(|topic| of_library.get(&topic.department).copied());
        let of_owner = of_answer.iter().copied().chain(strangers).collect();
        let learner = Learner::new(names.len());
        let known = HashSet::new();
        Self { names, of_owner, of_library, learner, known, described: departments.to_vec() }
    }

    /// The department of an owner of texts.
    pub(super) fn of_owner(&self, owner: usize) -> Option<usize> {
        self.of_owner.get(owner).copied().flatten()
    }

    /// What the municipality calls a department of the library.
    pub(super) fn of_library(&self, name: &str) -> Option<usize> {
        self.of_library.get(name).copied()
    }

    /// What departments do, and letters they get, as the library and the municipality tell.
    pub(super) fn told<'a>(
        &'a self,
        library: &'a Library,
    ) -> impl Iterator<Item = (&'a str, Tongue, usize)> {
        let notes = library.departments.iter().filter_map(|note| {
            let department = self.of_library(&note.name)?;
            Some(note.texts.iter().map(move |text| (text, department)))
        });
        let notes = notes
            .flatten()
            .map(|(text, department)| (text.description.as_str(), text.tongue, department));
        let described = self.described.iter().filter_map(|department| {
            let class = self.names.iter().position(|name| *name == department.id)?;
            let texts = department.examples.iter().chain([&department.description]);
            Some(texts.map(move |text| (text.as_str(), detect(text).unwrap_or(Tongue::Nb), class)))
        });
        notes.chain(described.flatten()).filter(|(text, ..)| !text.is_empty())
    }

    pub(super) fn study(&mut self, lessons: &Lessons) {
        self.learner.study(lessons, Teaches::Departments, ROUNDS);
    }

    /// Has met these words, so that what they say is no chance.
    pub(super) fn meet(&mut self, bag: &Bag) {
        self.known.extend(bag.keys(Kind::Word).chain(bag.keys(Kind::Concept)));
    }

    /// Whether a word or a concept was met.
    pub(super) fn knows(&self, key: Key) -> bool {
        self.known.contains(&key)
    }

    /// The department's owner of texts that has the largest of these shares.
    pub(super) fn best_owner(&self, department: &str, shares: &[f32]) -> Option<usize> {
        let class = self.names.iter().position(|name| name == department)?;
        let own =
            shares.iter().enumerate().filter(|(owner, _)| self.of_owner(*owner) == Some(class));
        own.max_by(|one, other| one.1.total_cmp(other.1)).map(|best| best.0)
    }

    /// Learns where a letter ended. A department that was not known until now becomes known.
    pub(super) fn learn(&mut self, department: &str, terms: &[(Key, f32)]) {
        let class = self.names.iter().position(|name| name == department).unwrap_or_else(|| {
            self.names.push(department.to_owned());
            self.learner.widen();
            self.names.len() - 1
        });
        self.learner.learn(terms, class, &[]);
    }

    /// How much more terms speak for a department than for the others on the average; nothing if
    /// they speak far more for another one, unless `also_then`.
    pub(super) fn worth(&self, terms: &[(Key, f32)], department: &str, also_then: bool) -> f32 {
        let scores = self.learner.scores(terms, &[]);
        let mean = scores.iter().sum::<f32>() / scores.len().max(1) as f32;
        let own = self.names.iter().position(|name| name == department);
        let own = own.and_then(|at| scores.get(at)).map_or(0.0, |score| score - mean);
        let most = scores.iter().map(|score| score - mean).fold(0.0, f32::max);
        if !also_then && own < most * LEAST_OF_BEST { 0.0 } else { own }
    }

    /// The departments by likelihood. `answers` are the likelihoods of the answers. Unless a word of
    /// the letter `is_known`, none is any likely: what puts them in order is chance.
    pub(super) fn suggest(
        &self,
        terms: &[(Key, f32)],
        answers: &[f32],
        is_known: bool,
    ) -> Vec<DepartmentSuggestion> {
        let mut by_answers = vec![WITHOUT_ANSWERS; self.names.len()];
        for (share, department) in answers.iter().zip(&self.of_owner) {
            if let Some(sum) = department.and_then(|department| by_answers.get_mut(department)) {
                *sum += share;
            }
        }
        let learnt = self.learner.shares(terms);
        let product =
            |(one, other): (&f32, &f32)| one.powf(BY_ANSWERS) * (other + FLOOR).powf(BY_LEARNER);
        let products: Vec<f32> = by_answers.iter().zip(&learnt).map(product).collect();
        let sum: f32 = products.iter().sum();
        let mut suggested: Vec<DepartmentSuggestion> = self
            .names
            .iter()
            .zip(products)
            .map(|(name, product)| DepartmentSuggestion {
                department: name.clone(),
                score: product / sum.max(f32::MIN_POSITIVE),
            })
            .collect();
        suggested.sort_by(|one, other| other.score.total_cmp(&one.score));
        if !is_known {
            suggested.iter_mut().for_each(|one| one.score = 0.0);
        }
        suggested
    }
}

/// The municipality's department for each of the library's: the one most of its topics belong to,
/// else the one of the same name.
fn translated(
    names: &[String],
    departments: &[Department],
    of_answer: &[Option<usize>],
    library: &Library,
    kin: &Kinship,
) -> HashMap<String, usize> {
    let mut votes: HashMap<String, Vec<usize>> = HashMap::new();
    for (topic, kin) in library.topics.iter().zip(&kin.0) {
        let count = votes.entry(topic.department.clone()).or_insert_with(|| vec![0; names.len()]);
        let department = kin.and_then(|answer| of_answer.get(answer).copied().flatten());
        if let Some(count) = department.and_then(|department| count.get_mut(department)) {
            *count += 1;
        }
    }
    let noted = library.departments.iter().map(|note| note.name.clone());
    for name in noted {
        votes.entry(name).or_default();
    }
    let same_name = |name: &str| {
        let note = library.departments.iter().find(|note| note.name == name);
        let texts = note.map_or(&[][..], |note| note.texts.as_slice());
        let theirs = texts.iter().flat_map(|text| text.names.iter().map(String::as_str));
        let theirs: Vec<String> = theirs.chain([name]).map(|known| known.to_lowercase()).collect();
        let is_called = |at: usize, own: &String| {
            let more =
                departments.get(at).map_or(&[][..], |department| department.names.as_slice());
            more.iter().chain([own]).any(|name| theirs.contains(&name.to_lowercase()))
        };
        names.iter().enumerate().position(|(at, own)| is_called(at, own))
    };
    let winner = |name: &str, count: &[usize]| {
        let best = count.iter().enumerate().rev().max_by_key(|vote| vote.1);
        best.filter(|vote| *vote.1 > 0).map(|vote| vote.0).or_else(|| same_name(name))
    };
    let all = votes.iter().filter_map(|(name, count)| Some((name.clone(), winner(name, count)?)));
    all.collect()
}
