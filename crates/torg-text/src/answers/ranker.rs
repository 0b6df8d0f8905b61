//! Brings all evidence together: `studying` builds what is known, `weighing` sums what speaks for
//! each answer, `confidence` says how much that is to be believed, `forbidding` says what must not be sent unseen.

mod confidence;
mod forbidding;
mod studying;
mod weighing;

use self::studying::{indexes, spell};

use super::automatic::{self, RedFlags};
use super::cases::{Cases, unit};
use super::departments::Departments;
use super::index::Index;
use super::kinship::{self, OwnedText};
use super::learner::{Learner, shares_of};
use super::library::{Library, shipped};
use super::meaning::{Embed, Meaning, query};
use super::reasons::{self, Told, told};
use super::request::{CHAT, Request, request};
use super::terms::{Bag, Key, Kind, Terms};
use super::{Choice, Department, Letter, StandardAnswer, Suggestion, Suggestions};
use crate::e5::Vector;
use crate::{Tongue, detect};

/// Knows a municipality's answers and suggests among them.
pub struct Ranker {
    pub(super) terms: Terms,
    pub(super) answers: Vec<String>,
    /// The languages in which each answer can be found, and those in which it is written.
    tongues: Vec<Vec<Tongue>>,
    spoken: Vec<Vec<Tongue>>,
    /// Answers, then topics of the library that none of them covers, then "a person must answer".
    owners: usize,
    pub(super) indexes: [Index; 3],
    learner: Learner,
    pub(super) past: Cases,
    pub(super) past_ids: Vec<String>,
    /// How often each answer was chosen.
    chosen: Vec<f32>,
    departments: Departments,
    meaning: Option<Meaning>,
    red_flags: RedFlags,
}

/// What one letter is, for all who judge it.
pub(super) struct Reading {
    pub(super) request: Request,
    pub(super) tongue: Option<Tongue>,
    pub(super) bag: Bag,
    /// All terms by rarity, of length 1.
    pub(super) terms: Vec<(Key, f32)>,
    /// The words that may say what it is about.
    pub(super) told: Vec<Told>,
}

impl Reading {
    /// Whether there is a word to go by.
    fn is_known(&self) -> bool {
        self.told.iter().any(|word| !word.keys.is_empty())
    }
}

const MOST_SUGGESTED: usize = 10;
const MOST_EXPLAINED: usize = 3;

impl Ranker {
    /// With the library as shipped.
    pub fn shipped(answers: &[StandardAnswer], departments: &[Department]) -> Self {
        let nothing = Library::default();
        Self::new(answers, departments, shipped().unwrap_or(&nothing))
    }

    /// With a library and its synonyms, such as one whose synonyms a municipality edited.
    pub fn new(answers: &[StandardAnswer], departments: &[Department], library: &Library) -> Self {
        let mut terms = Terms::new(library.synonyms.clone());
        let kin = kinship::of(&terms, answers, library);
        let owned = kin.owned(answers, library);
        let owners = owned.len() + 1;
        spell(&mut terms, &owned, library);
        let indexes = indexes(&terms, &owned);
        let mut ranker = Self {
            terms,
            answers: answers.iter().map(|answer| answer.id.clone()).collect(),
            tongues: owned.iter().take(answers.len()).map(|texts| tongues(texts)).collect(),
            spoken: answers.iter().map(spoken).collect(),
            owners,
            indexes,
            learner: Learner::new(owners),
            past: Cases::default(),
            past_ids: Vec::new(),
            chosen: vec![0.0; answers.len()],
            departments: Departments::new(answers, departments, library, &kin),
            meaning: None,
            red_flags: library.red_flags.clone(),
        };
        ranker.study(&owned, library);
        ranker
    }

    /// Takes the sentence model into use, for the answers and library it was made with. The
    /// vectors of answers are made here, some tenth of a second each.
    pub fn understand(&mut self, answers: &[StandardAnswer], library: &Library, embed: &dyn Embed) {
        let owned = kinship::of(&self.terms, answers, library).owned(answers, library);
        self.meaning = Some(Meaning::new(answers, &owned, library, embed));
    }

    /// What is to be shown to the sentence model for a letter. The vector may be kept with the
    /// letter for as long as the letter is kept.
    pub fn asked(letter: &Letter) -> String {
        let request = request(letter);
        let telling = request.sentences.iter().filter(|sentence| sentence.1 > CHAT);
        let telling: Vec<&str> = telling.map(|sentence| sentence.0.as_str()).collect();
        query(&telling.join(" "))
    }

    /// Learns from what a colleague chose, by words alone.
    pub fn learn(&mut self, choice: &Choice) {
        self.learn_with(choice, None);
    }

    /// Learns from what a colleague chose, with the vector of what the letter [asks](Self::asked).
    /// Choices are told oldest first; each counts once.
    pub fn learn_with(&mut self, choice: &Choice, vector: Option<&Vector>) {
        let reading = self.read(&choice.letter);
        let answer =
            choice.answer.as_ref().and_then(|id| self.answers.iter().position(|a| a == id));
        let class = match (&choice.answer, answer) {
            (None, _) => Some(self.owners - 1),
            (Some(_), answer) => answer,
        };
        if let Some(count) = answer.and_then(|answer| self.chosen.get_mut(answer)) {
            *count += 1.0;
        }
        if let Some(class) = class {
            let near = self.near(&reading.bag);
            self.learner.learn(&reading.terms, class, &near);
            for passed in &choice.passed_over {
                let passed = self.answers.iter().position(|known| known == passed);
                if let Some(passed) = passed.filter(|passed| *passed != class) {
                    self.learner.unlearn(&reading.terms, passed, &near);
                }
            }
            if let Some((meaning, vector)) = self.meaning.as_mut().zip(vector) {
                meaning.learn(vector, class);
            }
        }
        self.past.add(class.and_then(|class| u16::try_from(class).ok()), &reading.terms);
        self.past_ids.push(choice.id.clone());
        if let Some(department) = &choice.department {
            self.departments.meet(&reading.bag);
            self.departments.learn(department, &reading.terms);
        }
    }

    /// Learns where a letter ended, and nothing of how it was answered.
    pub fn learn_department(&mut self, letter: &Letter, department: &str) {
        let reading = self.read(letter);
        self.departments.meet(&reading.bag);
        self.departments.learn(department, &reading.terms);
    }

    /// The words of a letter that speak most for a department, as they stand there: those that speak
    /// for hardly another one, else those of its answer that fits best, else any that speak for it.
    pub fn words_for_department(&self, letter: &Letter, department: &str) -> Vec<String> {
        let reading = self.read(letter);
        let rarity = |kind, key| self.index(kind).rarity(key, self.owners);
        let worth = |keys: &[(Kind, Key)], also_for_others| {
            let terms: Vec<(Key, f32)> =
                keys.iter().map(|&(kind, key)| (key, rarity(kind, key))).collect();
            self.departments.worth(&terms, department, also_for_others)
        };
        let of_answer = || {
            let near = self.past.near(&reading.terms);
            let shares = shares_of(&self.scores(&reading, &near, None).sums);
            let owner = self.departments.best_owner(department, &shares)?;
            Some(reasons::telling_words(self, &reading, owner))
        };
        let own = reasons::telling(&reading, |keys| worth(keys, false), 0.0);
        let found = Some(own).filter(|words| !words.is_empty());
        let found = found.or_else(|| of_answer().filter(|words| !words.is_empty()));
        found.unwrap_or_else(|| reasons::telling(&reading, |keys| worth(keys, true), 0.0))
    }

    /// What fits a letter, by words alone.
    pub fn suggest(&self, letter: &Letter) -> Suggestions {
        self.suggest_with(letter, None)
    }

    /// What fits a letter, by words and by the vector of what it [asks](Self::asked), if there is
    /// one and the model [is in use](Self::understand).
    pub fn suggest_with(&self, letter: &Letter, vector: Option<&Vector>) -> Suggestions {
        self.suggest_among(letter, vector, &|_| true)
    }

    /// As [`Self::suggest_with`], of answers that `may` be told of only: whoever may know of few
    /// answers is told the best of these. What speaks for an answer is the same whoever asks.
    pub fn suggest_among(
        &self,
        letter: &Letter,
        vector: Option<&Vector>,
        may: &dyn Fn(&str) -> bool,
    ) -> Suggestions {
        let reading = self.read(letter);
        let near = self.past.near(&reading.terms);
        let weighed = self.scores(&reading, &near, vector);
        let shares = shares_of(&weighed.sums);
        let mut order: Vec<usize> = (0..shares.len()).collect();
        let share = |at: usize| shares.get(at).copied().unwrap_or_default();
        order.sort_by(|&a, &b| share(b).total_cmp(&share(a)).then(a.cmp(&b)));
        let first = order.first().copied();
        let confidences = self.confidences(&reading, &near, &weighed);
        let confidence = |at: usize| confidences.get(at).copied().unwrap_or_default();
        let named = order.iter().filter_map(|&at| Some((at, self.answers.get(at)?)));
        let told = named.filter(|(_, answer)| may(answer)).take(MOST_SUGGESTED).enumerate();
        let suggested = told.map(|(rank, (at, answer))| Suggestion {
            answer: answer.clone(),
            score: confidence(at),
            reasons: if rank < MOST_EXPLAINED {
                reasons::of(self, &reading, &near, at)
            } else {
                Vec::new()
            },
        });
        let mut suggestions = Suggestions {
            answers: suggested.collect(),
            departments: self.departments.suggest(&reading.terms, &shares, reading.is_known()),
            sureness: weighed.evidence.as_ref().map_or(0.0, automatic::sureness),
            vetoes: first.map(|first| self.vetoes(letter, &reading, first)).unwrap_or_default(),
            automatic: None,
        };
        if suggestions.sureness >= automatic::SURE && suggestions.vetoes.is_empty() {
            let sure_of = first.and_then(|first| self.answers.get(first)).filter(|id| may(id));
            suggestions.automatic = sure_of.cloned();
        }
        suggestions
    }

    /// The answers that say the same as one of them, in other words or another language, most alike
    /// first. None without the sentence model.
    pub fn alike(&self, answer: &str) -> Vec<String> {
        let at = self.answers.iter().position(|known| known == answer);
        let Some((meaning, at)) = self.meaning.as_ref().zip(at) else { return Vec::new() };
        let mut alike = meaning.alike(at);
        alike.sort_by(|one, other| other.1.total_cmp(&one.1));
        alike.into_iter().filter_map(|(at, _)| self.answers.get(at).cloned()).collect()
    }

    pub(super) fn index(&self, kind: Kind) -> &Index {
        &self.indexes[kind as usize]
    }

    pub(super) fn read(&self, letter: &Letter) -> Reading {
        let request = request(letter);
        let text: Vec<&str> =
            request.sentences.iter().map(|sentence| sentence.0.as_str()).collect();
        let tongue = detect(&text.join(" "));
        let bag = self.terms.asked(&request, tongue);
        let terms = self.weighed(&bag);
        let told = told(self, &request.sentences, tongue);
        Reading { request, tongue, bag, terms, told }
    }

    /// All terms by rarity; each kind as heavy as the others, together of length 1.
    fn weighed(&self, bag: &Bag) -> Vec<(Key, f32)> {
        let kinds = Kind::ALL.into_iter().zip(&self.indexes).map(|(kind, index)| {
            let terms = bag.of(kind).iter();
            let rare = |&(key, weight): &(Key, f32)| (key, weight * index.rarity(key, self.owners));
            unit(terms.map(rare).collect())
        });
        unit(kinds.flatten().collect())
    }
}

fn tongues(texts: &[OwnedText<'_>]) -> Vec<Tongue> {
    texts.iter().map(|text| text.tongue).collect()
}

fn spoken(answer: &StandardAnswer) -> Vec<Tongue> {
    answer.texts.iter().map(|text| text.tongue).collect()
}

/// Danish and both kinds of Norwegian share most of their words.
pub(super) fn are_near(one: Tongue, other: Tongue) -> bool {
    let is_western = |tongue| matches!(tongue, Tongue::Da | Tongue::Nb | Tongue::Nn);
    one == other || is_western(one) && is_western(other)
}
