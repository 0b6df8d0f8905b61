//! Brings all evidence together.

use super::automatic::{self, Evidence, RedFlags, Veto};
use super::cases::{Cases, Near, unit};
use super::departments::Departments;
use super::index::{Building, Fields, Index, Means};
use super::kinship::{self, OwnedText};
use super::learner::{Learner, Lesson, Lessons, Teaches, shares_of};
use super::library::{Library, shipped};
use super::meaning::{Embed, Meaning, query};
use super::reasons;
use super::request::{CHAT, Request, request};
use super::terms::{Bag, Key, Kind, Terms, words};
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
}

/// What each kind of evidence weighs. Round numbers: more would fit the letters they are tried on.
const WORDS: f32 = 1.0;
const GRAMS: f32 = 1.0;
const CONCEPTS: f32 = 1.0;
const LEARNT: f32 = 2.0;
const PAST: f32 = 1.0;
const LIKENESS: f32 = 2.0;
const UNDERSTOOD: f32 = 4.0;
/// What lexical evidence is worth where letter and answer share no language.
const FOREIGN: f32 = 0.2;
/// So many choices of an answer, and its past weighs half.
const HALF_TRUST: f32 = 4.0;
/// How far apart the sums are spread before they are read as likelihoods.
const SHARPNESS: f32 = 1.0;
const ROUNDS: usize = 4;
/// About how many terms the learner is shown of all texts together, and of each at least.
const MOST_LEARNT: usize = 4_000_000;
const LEAST_TERMS: usize = 32;
/// How many owners a text is compared with, where there are many.
const MOST_NEAR: usize = 24;
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
        let terms = Terms::new(library.synonyms.clone());
        let kin = kinship::of(&terms, answers, library);
        let owned = kin.owned(answers, library);
        let owners = owned.len() + 1;
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
            self.departments.learn(department, &reading.terms);
        }
    }

    /// Learns where a letter ended, and nothing of how it was answered.
    pub fn learn_department(&mut self, letter: &Letter, department: &str) {
        let reading = self.read(letter);
        self.departments.learn(department, &reading.terms);
    }

    /// The words of a letter that speak most for a department, as they stand there.
    pub fn words_for_department(&self, letter: &Letter, department: &str) -> Vec<String> {
        let reading = self.read(letter);
        let rarity = |kind, key| self.index(kind).rarity(key, self.owners);
        reasons::telling(self, &reading, |keys| {
            let terms: Vec<(Key, f32)> =
                keys.iter().map(|&(kind, key)| (key, rarity(kind, key))).collect();
            self.departments.worth(&terms, department)
        })
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
        let (scores, evidence) = self.scores(&reading, &near, vector);
        let shares = shares_of(&scores.iter().map(|score| score * SHARPNESS).collect::<Vec<_>>());
        let mut order: Vec<usize> = (0..shares.len()).collect();
        let share = |at: usize| shares.get(at).copied().unwrap_or_default();
        order.sort_by(|&a, &b| share(b).total_cmp(&share(a)).then(a.cmp(&b)));
        let first = order.first().copied();
        let named = order.iter().filter_map(|&at| Some((at, self.answers.get(at)?)));
        let told = named.filter(|(_, answer)| may(answer)).take(MOST_SUGGESTED).enumerate();
        let suggested = told.map(|(rank, (at, answer))| Suggestion {
            answer: answer.clone(),
            score: share(at),
            reasons: if rank < MOST_EXPLAINED {
                reasons::of(self, &reading, &near, at)
            } else {
                Vec::new()
            },
        });
        let mut suggestions = Suggestions {
            answers: suggested.collect(),
            departments: self.departments.suggest(&reading.terms, &shares),
            sureness: evidence.map_or(0.0, |evidence| automatic::sureness(&evidence)),
            vetoes: first.map(|first| self.vetoes(letter, &reading, first)).unwrap_or_default(),
            automatic: None,
        };
        if suggestions.sureness >= automatic::SURE && suggestions.vetoes.is_empty() {
            let sure_of = first.and_then(|first| self.answers.get(first)).filter(|id| may(id));
            suggestions.automatic = sure_of.cloned();
        }
        suggestions
    }

    fn vetoes(&self, letter: &Letter, reading: &Reading, first: usize) -> Vec<Veto> {
        let text = format!("{}\n{}", letter.subject, letter.text);
        let flags = self.red_flags.raised(&words(&text), reading.tongue);
        let spoken = self.spoken.get(first).map_or(&[][..], Vec::as_slice);
        let is_spoken = match reading.tongue {
            Some(tongue) => spoken.iter().any(|other| are_near(*other, tongue)),
            // Short letters could as well be of two of our languages, but not of a foreign one.
            None => self.knows_most_words(reading),
        };
        automatic::vetoes(&reading.request, &text, &flags, is_spoken)
    }

    /// Whether at least half of the words stand in an answer or a question of the library.
    fn knows_most_words(&self, reading: &Reading) -> bool {
        let all: Vec<String> =
            reading.request.sentences.iter().flat_map(|sentence| words(&sentence.0)).collect();
        let is_known = |word: &&String| {
            let keys = self.terms.of_word(word, reading.tongue);
            keys.iter().any(|(kind, key)| self.index(*kind).knows(*key))
        };
        2 * all.iter().filter(is_known).count() >= all.len()
    }

    /// All evidence for each answer, summed.
    fn scores(
        &self,
        reading: &Reading,
        near: &[Near],
        vector: Option<&Vector>,
    ) -> (Vec<f32>, Option<Evidence>) {
        let count = self.answers.len();
        let [words, grams, concepts] = &self.indexes;
        let lexical = [
            (words.scores(reading.bag.of(Kind::Word), count), WORDS),
            (grams.scores(reading.bag.of(Kind::Gram), count), GRAMS),
        ];
        let concepts = concepts.scores(reading.bag.of(Kind::Concept), count);
        let mut learnt = self.learner.scores(&reading.terms, &self.near(&reading.bag));
        let by_words = shares_of(&learnt);
        learnt.truncate(count);
        let mut voters = vec![lexical[1].0.clone(), learnt.clone()];
        let mut sum = vec![0.0; count];
        for (scores, weight) in lexical {
            let foreign = |at: usize| if self.is_foreign(reading, at) { FOREIGN } else { 1.0 };
            add(&mut sum, &standard(&scores), |at| weight * foreign(at));
        }
        add(&mut sum, &standard(&concepts), |_| CONCEPTS);
        add(&mut sum, &standard(&learnt), |_| LEARNT);
        let trust = |at: usize| {
            let chosen = self.chosen.get(at).copied().unwrap_or_default();
            PAST * chosen / (chosen + HALF_TRUST)
        };
        add(&mut sum, &standard(&self.past.scores(near, count)), trust);
        if let Some((meaning, vector)) = self.meaning.as_ref().zip(vector) {
            let mut learnt = meaning.learnt(vector);
            let by_meaning = shares_of(&learnt);
            learnt.truncate(count);
            let likeness = meaning.likeness(vector);
            add(&mut sum, &standard(&likeness), |_| LIKENESS);
            add(&mut sum, &standard(&learnt), |_| UNDERSTOOD);
            voters.extend([likeness, learnt]);
            let first = best(&sum).unwrap_or_default();
            let evidence = Evidence {
                human: (unanswered(&by_words, count) + unanswered(&by_meaning, count)) / 2.0,
                nearer_human: meaning.nearer_to_a_person(vector, first),
                ..agreement(&sum, &voters)
            };
            return (sum, Some(evidence));
        }
        (sum, None)
    }

    pub(super) fn index(&self, kind: Kind) -> &Index {
        &self.indexes[kind as usize]
    }

    fn is_foreign(&self, reading: &Reading, answer: usize) -> bool {
        let Some(tongue) = reading.tongue else { return false };
        let known = self.tongues.get(answer).map_or(&[][..], Vec::as_slice);
        !known.iter().any(|other| are_near(*other, tongue))
    }

    pub(super) fn read(&self, letter: &Letter) -> Reading {
        let request = request(letter);
        let text: Vec<&str> =
            request.sentences.iter().map(|sentence| sentence.0.as_str()).collect();
        let tongue = detect(&text.join(" "));
        let bag = self.terms.asked(&request, tongue);
        let terms = self.weighed(&bag);
        Reading { request, tongue, bag, terms }
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

    /// The owners a text is nearest to by words, and "a person must answer"; needed only where
    /// there are too many to ask the learner for each.
    fn near(&self, bag: &Bag) -> Vec<u16> {
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

    /// Shows the learners titles, seed questions and the sentences of answers.
    fn study(&mut self, owned: &[Vec<OwnedText<'_>>], library: &Library) {
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
        for (text, tongue, department) in self.departments.told(library) {
            let department = Some(department);
            add(text, tongue, Lesson { department, ..Lesson::default() });
        }
        self.learner.study(&lessons, Teaches::Answers, ROUNDS);
        self.departments.study(&lessons);
    }
}

/// The indexes of what owners say. Their texts are read twice, so that the terms of one owner only
/// lie in memory.
fn indexes(terms: &Terms, owned: &[Vec<OwnedText<'_>>]) -> [Index; 3] {
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

/// Scaled to mean 0 and deviation 1 (z-scores); all 0 where all are alike.
fn standard(scores: &[f32]) -> Vec<f32> {
    let count = scores.len().max(1) as f32;
    let mean = scores.iter().sum::<f32>() / count;
    let spread = scores.iter().map(|score| (score - mean).powi(2)).sum::<f32>() / count;
    let spread = spread.sqrt();
    let scaled = |score: &f32| if spread > 1e-6 { (score - mean) / spread } else { 0.0 };
    scores.iter().map(scaled).collect()
}

fn add(sum: &mut [f32], scores: &[f32], weight: impl Fn(usize) -> f32) {
    for (at, (sum, score)) in sum.iter_mut().zip(scores).enumerate() {
        *sum += weight(at) * score;
    }
}

/// What is left for topics without an answer and for letters that need a person.
fn unanswered(shares: &[f32], answers: usize) -> f32 {
    shares.iter().skip(answers).sum()
}

/// How far the first is before the second, and how many voters have the same first.
fn agreement(sum: &[f32], voters: &[Vec<f32>]) -> Evidence {
    let first = best(sum);
    let others = sum.iter().enumerate().filter(|(at, _)| Some(*at) != first);
    let second = others.map(|(_, score)| *score).fold(f32::MIN, f32::max);
    let most = first.and_then(|first| sum.get(first)).copied().unwrap_or_default();
    let agreeing = voters.iter().filter(|scores| best(scores) == first).count();
    Evidence {
        margin: if second > f32::MIN { most - second } else { 0.0 },
        agreement: agreeing as f32 / voters.len().max(1) as f32,
        ..Evidence::default()
    }
}

fn best(scores: &[f32]) -> Option<usize> {
    let best = scores.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
    best.map(|best| best.0)
}
