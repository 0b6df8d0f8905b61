use super::*;

fn text(tongue: Tongue, title: &str, body: &str, questions: &[&str]) -> AnswerText {
    AnswerText {
        tongue,
        title: title.to_owned(),
        body: body.to_owned(),
        questions: questions.iter().map(|question| (*question).to_owned()).collect(),
    }
}

fn answer(id: &str, department: &str, text: AnswerText) -> StandardAnswer {
    StandardAnswer { id: id.to_owned(), department: Some(department.to_owned()), texts: vec![text] }
}

/// Three answers of a Norwegian municipality, in bokmål only.
fn answers() -> Vec<StandardAnswer> {
    let nb = |title, body| text(Tongue::Nb, title, body, &[]);
    vec![
        answer("7", "Vei", nb("Brøyting", "Vi brøyter hovedveiene først, så boliggatene.")),
        answer("8", "Vei", nb("Gatelys", "Meld fra om lys i gata som ikke virker.")),
        answer("9", "Kultur", nb("Biblioteket", "Du kan låne bøker i fire uker med lånekort.")),
    ]
}

/// Two topics; the second is one that no answer covers.
fn library() -> Library {
    let snow = Topic {
        name: "plough".to_owned(),
        department: "road".to_owned(),
        tags: Vec::new(),
        texts: vec![
            text(
                Tongue::Nb,
                "Når brøyter vi",
                "Vi brøyter hovedveiene først og boliggatene etterpå.",
                &["Hvorfor er det ikke måkt her oppe?"],
            ),
            text(Tongue::En, "Ploughing", "Main roads first.", &["We are snowed in, help!"]),
        ],
    };
    let boats = Topic {
        name: "boats".to_owned(),
        department: "harbour".to_owned(),
        tags: Vec::new(),
        texts: vec![text(Tongue::Nb, "Båtplass", "Havna leier ut plasser.", &["Ledig båtplass?"])],
    };
    let synonyms = Synonyms::parse("lamp | nb: gatelys | en: \"street lamp\", streetlamp").unwrap();
    Library { topics: vec![snow, boats], synonyms, ..Library::default() }
}

fn ranker() -> Ranker {
    Ranker::new(&answers(), &[], &library())
}

fn letter(text: &str) -> Letter {
    Letter { subject: String::new(), text: text.to_owned() }
}

fn first(ranker: &Ranker, text: &str) -> String {
    ranker.suggest(&letter(text)).answers[0].answer.clone()
}

#[test]
fn a_letter_finds_the_answer_that_speaks_its_words() {
    assert_eq!(first(&ranker(), "Når kommer brøytebilen?"), "7");
    assert_eq!(first(&ranker(), "Hvor lenge kan jeg låne ei bok?"), "9");
}

#[test]
fn a_seed_question_of_the_library_leads_to_the_answer_whose_text_is_alike() {
    assert_eq!(first(&ranker(), "Det er ikke måkt oppe hos oss"), "7");
    assert_eq!(first(&ranker(), "Please help, we are snowed in"), "7");
}

#[test]
fn a_concept_leads_from_one_language_to_another() {
    assert_eq!(first(&ranker(), "The streetlamp by my door is dead"), "8");
}

#[test]
fn an_answer_is_explained_by_words_as_they_stand_in_the_letter() {
    let suggestions = ranker().suggest(&letter("God dag! Gatelyset vårt blinker."));
    let Some(Reason::Words(words)) = suggestions.answers[0].reasons.first() else {
        panic!("no words: {suggestions:?}");
    };
    assert_eq!(words.first().map(String::as_str), Some("Gatelyset"));
}

#[test]
fn words_that_stand_in_any_letter_are_no_reason() {
    let says = "Dere låner bøker i fire uker. Når dere leverer, får dere låne igjen.";
    let own = [answer("9", "Kultur", text(Tongue::Nb, "Lån", says, &[]))];
    let suggestions =
        Ranker::new(&own, &[], &library()).suggest(&letter("Når får dere bøker igjen?"));
    assert_eq!(suggestions.answers[0].answer, "9");
    assert_eq!(suggestions.answers[0].reasons, [Reason::Words(vec!["bøker".to_owned()])]);
}

#[test]
fn a_greeting_in_any_language_is_no_reason_and_nothing_is_believed_of_it() {
    for text in ["Hello", "hej", "x", "Hello, Kirsten here", "Kiedy zniknie"] {
        let suggestions = ranker().suggest(&letter(text));
        assert_eq!(suggestions.answers.len(), 3, "there is an order all the same");
        for answer in &suggestions.answers {
            assert!(answer.score < 0.1 && answer.reasons.is_empty(), "{text}: {answer:?}");
        }
        assert!(suggestions.departments.iter().all(|one| one.score == 0.0), "{suggestions:?}");
    }
}

#[test]
fn scores_fall_from_the_first_answer_on_and_are_high_only_where_the_letter_speaks_for_it() {
    for text in ["Når kommer brøytebilen?", "Gatelyset vårt", "Hei", "båtplass og bøker"] {
        let answers = ranker().suggest(&letter(text)).answers;
        assert!(answers.is_sorted_by(|one, other| one.score >= other.score), "{answers:?}");
        assert!(answers.iter().map(|answer| answer.score).sum::<f32>() <= 1.0, "{answers:?}");
    }
    let score = |text: &str| ranker().suggest(&letter(text)).answers[0].score;
    assert!(
        score("Gatelyset vårt blinker") > 0.5 && score("Gatelyset vårt blinker") > score("Hei")
    );
}

#[test]
fn a_department_is_explained_by_known_words_also_by_parts_of_compounds() {
    let ranker = ranker();
    let words = |text: &str| ranker.words_for_department(&letter(text), "Vei");
    assert_eq!(words("Hello Kirsten, brøytinga er dårlig"), ["brøytinga"]);
    assert_eq!(words("Hovedveibrøytinga"), ["Hovedveibrøytinga"]);
    assert!(words("Hello Kirsten").is_empty());
}

#[test]
fn a_mistyped_word_counts_as_what_it_means_and_is_shown_as_it_stands() {
    let suggestions = ranker().suggest(&letter("Gaetlys i stykker"));
    assert_eq!(suggestions.answers[0].answer, "8");
    let words = Reason::Words(vec!["Gaetlys".to_owned()]);
    assert_eq!(suggestions.answers[0].reasons, [words]);
}

#[test]
fn what_a_colleague_chose_is_suggested_next_time_and_named_as_the_reason() {
    let mut ranker = ranker();
    let asked = "Hunden min har rømt fra hagen";
    for number in 0..4 {
        ranker.learn(&Choice {
            id: format!("letter {number}"),
            letter: letter(asked),
            answer: Some("9".to_owned()),
            department: Some("Kultur".to_owned()),
            ..Choice::default()
        });
    }
    let suggestions = ranker.suggest(&letter("Hunden har rømt igjen"));
    assert_eq!(suggestions.answers[0].answer, "9");
    let earlier =
        |reason: &Reason| matches!(reason, Reason::Earlier(letters) if letters.len() == 4);
    assert!(suggestions.answers[0].reasons.iter().any(earlier), "{suggestions:?}");
    assert_eq!(suggestions.departments[0].department, "Kultur");
}

#[test]
fn an_answer_that_was_passed_over_is_less_likely_next_time() {
    let asked = letter("Når brøyter dere veien?");
    let share = |ranker: &Ranker| {
        let answers = ranker.suggest(&asked).answers;
        answers.into_iter().find(|one| one.answer == "7").unwrap().score
    };
    let told = |passed_over: Vec<String>| {
        let mut ranker = ranker();
        let answer = Some("8".to_owned());
        for _ in 0..3 {
            let (letter, answer, passed_over) =
                (asked.clone(), answer.clone(), passed_over.clone());
            ranker.learn(&Choice { letter, answer, passed_over, ..Choice::default() });
        }
        share(&ranker)
    };
    assert!(told(vec!["7".to_owned()]) < told(Vec::new()));
}

#[test]
fn a_department_without_answers_is_known_once_letters_ended_there() {
    let mut ranker = ranker();
    assert_eq!(ranker.suggest(&letter("Fakturaen min er feil")).departments.len(), 2);
    for _ in 0..6 {
        ranker.learn(&Choice {
            letter: letter("Fakturaen er feil"),
            department: Some("Økonomi".to_owned()),
            ..Choice::default()
        });
    }
    let departments = ranker.suggest(&letter("Fakturaen min er feil")).departments;
    assert_eq!(departments[0].department, "Økonomi");
}

#[test]
fn whoever_may_not_know_of_the_best_answer_is_told_the_next() {
    let letter = letter("Når kommer brøytebilen?");
    let told = ranker().suggest_among(&letter, None, &|id| id == "9").answers;
    assert_eq!(told.iter().map(|one| one.answer.as_str()).collect::<Vec<_>>(), ["9"]);
    assert_eq!(ranker().suggest(&letter).answers[0].answer, "7");
}

#[test]
fn two_municipalities_with_the_same_answers_suggest_the_same() {
    let asked = letter("Lyset i gata er borte, og det er ikke brøytet. Når kommer dere?");
    assert_eq!(ranker().suggest(&asked), ranker().suggest(&asked));
}

/// Knows two meanings: snow, and the rest.
struct Meanings;

impl Embed for Meanings {
    fn embed(&self, text: &str) -> Option<crate::e5::Vector> {
        let mut vector = [0.0; crate::e5::DIMENSIONS];
        let is_snow = ["brøyt", "snow", "Main roads", "måkt", "śnieg", "Plough"];
        let meaning = usize::from(is_snow.iter().any(|word| text.contains(word)));
        vector[meaning] = 1.0;
        Some(vector)
    }
}

fn understanding() -> Ranker {
    let mut ranker = ranker();
    ranker.understand(&answers(), &library(), &Meanings);
    ranker
}

#[test]
fn a_letter_that_shares_no_word_is_found_by_meaning() {
    let asked = letter("Kiedy zniknie śnieg?");
    let vector = Meanings.embed(&Ranker::asked(&asked));
    let suggestions = understanding().suggest_with(&asked, vector.as_ref());
    assert_eq!(suggestions.answers[0].answer, "7");
    assert!(suggestions.vetoes.contains(&Veto::OtherLanguage), "{suggestions:?}");
    assert_eq!(suggestions.automatic, None);
}

#[test]
fn answers_that_mean_the_same_are_alike_whatever_their_words_and_language() {
    let mut answers = answers();
    answers.push(answer("10", "Vei", text(Tongue::En, "Snow", "Main roads first.", &[])));
    let mut ranker = Ranker::new(&answers, &[], &library());
    assert_eq!(ranker.alike("7"), [""; 0], "words alone cannot tell");
    ranker.understand(&answers, &library(), &Meanings);
    assert_eq!(ranker.alike("7"), ["10"]);
    assert_eq!(ranker.alike("10"), ["7"]);
    assert_eq!(ranker.alike("nothing"), [""; 0]);
}

#[test]
fn without_the_sentence_model_nothing_is_automatic() {
    let suggestions = understanding().suggest(&letter("Når brøyter dere veien?"));
    assert_eq!((suggestions.sureness, suggestions.automatic), (0.0, None));
}

#[test]
fn what_is_asked_leaves_out_greeting_and_thanks() {
    let letter = letter("Hei!\n\nTakk for sist. Når brøyter dere?\n\nMvh Kari");
    assert_eq!(Ranker::asked(&letter), "query: Når brøyter dere?");
}

#[test]
fn no_letter_is_too_empty_or_too_long_to_be_read() {
    let long = "brøyting ".repeat(100_000);
    let unbroken = "å".repeat(300_000);
    for text in ["", " \n", "?!", "🎿🎿", "> quoted\n> only", &long, &unbroken] {
        let suggestions = ranker().suggest(&letter(text));
        assert_eq!(suggestions.answers.len(), 3);
        assert!(suggestions.answers.iter().all(|answer| answer.score.is_finite()));
    }
}

#[test]
fn a_municipality_without_answers_gets_no_suggestions() {
    let suggestions = Ranker::new(&[], &[], &library()).suggest(&letter("Når brøyter dere?"));
    assert_eq!(suggestions, Suggestions::default());
}

#[test]
fn a_letter_on_a_topic_of_the_library_without_an_answer_favours_none() {
    let ranker = ranker();
    let sure = ranker.suggest(&letter("Når brøyter dere?")).answers[0].score;
    let unsure = ranker.suggest(&letter("Ledig båtplass?")).answers[0].score;
    assert!(sure > 0.5 && unsure < 0.1, "{sure} {unsure}");
}
