//! What suggestions learn from colleagues, what they tell of it to whom, and what becomes of it.

use jiff::SignedDuration;
use torg_core::answers::{Stage, StandardAnswer, Text};
use torg_core::{AnswerId, InquiryId, Language};
use torg_desk::{Envelope, Refused, Reply, SentenceModel, Suggested};
use torg_store::answers::{lessons, vectors};
use torg_store::drafts::DraftKind;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{AINO, BO, Colleague, KAJA, SIGRID, WELFARE};

stories![
    what_colleagues_chose_is_suggested_next_time_with_the_letters_that_got_it,
    a_letter_behind_a_wall_teaches_nothing,
    a_letter_that_goes_behind_a_wall_is_named_to_nobody_outside_and_forgotten,
    what_was_changed_much_or_taken_back_teaches_nothing,
    who_says_that_none_fits_may_take_it_back,
    what_is_answered_is_suggested_nothing_until_the_citizen_writes_again,
    nothing_is_suggested_to_answer_spam_with,
    what_is_far_less_likely_than_the_best_is_not_suggested,
    without_the_sentence_model_words_suffice,
];

async fn keeps(town: &Town, title: &str, body: &str) -> AnswerId {
    let text = Text {
        language: Language::Nb,
        title: title.into(),
        body: body.into(),
        questions: Vec::new(),
    };
    let answer =
        StandardAnswer { stage: Stage::InUse, texts: vec![text], ..StandardAnswer::default() };
    town.desk.keep_answer(&town.viewer(KAJA), None, 0, answer).await.unwrap()
}

/// Two answers, and the second is what colleagues give to who lost a dog.
async fn answers(town: &Town) -> (AnswerId, AnswerId) {
    let lamps = keeps(town, "Gatelys", "Vi retter gatelyset i løpet av uka.").await;
    (lamps, keeps(town, "Hittegods", "Alt som blir funnet ligger i kjelleren.").await)
}

const DOG: &str = "Hei, hunden min har rømt fra hagen. Har noen sett den?";

async fn dog(town: &Town, subject: &str) -> InquiryId {
    town.gets(AINO.writes(subject).saying(DOG)).await
}

async fn answers_with(town: &Town, who: Colleague, inquiry: InquiryId, answer: AnswerId) {
    let viewer = town.viewer(who);
    let put_in =
        town.desk.insert_answer(&viewer, inquiry, answer, None, DraftKind::Reply).await.unwrap();
    who.at(town).replies(inquiry, &put_in.text).await.succeeds();
}

async fn suggested(town: &Town, who: Colleague, inquiry: InquiryId) -> Suggested {
    let letter = town.newest_letter(inquiry).await;
    town.desk.suggestions_for(letter).await.unwrap();
    town.desk.suggest_answers(&town.viewer(who), inquiry).await.unwrap()
}

/// A night goes by, in which what was chosen is learnt.
async fn a_night(town: &Town) {
    town.passes(SignedDuration::from_hours(25));
    town.desk.do_due_jobs().await.unwrap();
}

async fn lessons(town: &Town) -> i64 {
    town.read(|read| lessons::since(read, 0, 100)).await
}

async fn what_colleagues_chose_is_suggested_next_time_with_the_letters_that_got_it(town: &Town) {
    let (_, found) = answers(town).await;
    let mut numbers = Vec::new();
    for subject in ["Rex", "Passop", "Trofast"] {
        let dog = dog(town, subject).await;
        answers_with(town, BO, dog, found).await;
        numbers.push(town.page_of(BO, dog).await.unwrap().inquiry.number);
    }
    assert_eq!(lessons(town).await, 3);
    a_night(town).await;
    let next = dog(town, "Laika").await;
    let told = suggested(town, BO, next).await;
    let of = &told.answers[0];
    assert_eq!(of.row.id, found, "it comes first");
    assert_eq!(of.earlier.len(), 2, "the two nearest");
    assert!(of.earlier.iter().all(|case| numbers.contains(&case.number)));
    assert!(told.teaches && !told.none_fits);
}

async fn a_letter_behind_a_wall_teaches_nothing(town: &Town) {
    let (_, found) = answers(town).await;
    let hidden = town.gets(AINO.writes("Rex").saying(DOG).to(WELFARE.address)).await;
    answers_with(town, SIGRID, hidden, found).await;
    let sigrid = town.viewer(SIGRID);
    town.desk.say_none_fits(&sigrid, hidden, true).await.unwrap();
    assert_eq!(lessons(town).await, 0);
    assert!(!suggested(town, SIGRID, hidden).await.teaches);
    let refused = town.desk.say_none_fits(&town.viewer(BO), hidden, true).await;
    assert_eq!(refused, Err(Refused::NotFound));
}

async fn a_letter_that_goes_behind_a_wall_is_named_to_nobody_outside_and_forgotten(town: &Town) {
    let (_, found) = answers(town).await;
    let moved = dog(town, "Rex").await;
    answers_with(town, BO, moved, found).await;
    a_night(town).await;
    let next = dog(town, "Laika").await;
    let earlier = async |who| {
        let told = suggested(town, who, next).await.answers;
        told.into_iter().flat_map(|one| one.earlier).map(|case| case.inquiry).collect::<Vec<_>>()
    };
    assert_eq!(earlier(BO).await, [moved]);
    BO.at(town).refers(moved, WELFARE, "Hers").await.succeeds();
    assert_eq!(earlier(BO).await, [], "he is outside now");
    assert_eq!(earlier(SIGRID).await, [moved], "until the night");
    a_night(town).await;
    assert_eq!(earlier(SIGRID).await, []);
}

async fn what_is_far_less_likely_than_the_best_is_not_suggested(town: &Town) {
    let kaja = town.viewer(KAJA);
    let topics = town.desk.library_topics(Language::Nb).into_iter().map(|topic| topic.name);
    town.desk.begin_from_library(&kaja, topics.collect(), None, Stage::InUse).await.unwrap();
    let titles = async |letter| {
        let told = suggested(town, BO, letter).await.answers;
        told.iter().map(|one| one.row.answer.texts[0].title.clone()).collect::<Vec<_>>()
    };
    let clear = "Gatelyset utenfor huset vårt er slukket. Når blir gatelyset reparert?";
    let clear = titles(town.gets(AINO.writes("Gatelys").saying(clear)).await).await;
    assert_eq!(clear.len(), 1, "{clear:?}");
    let unclear = titles(town.gets(AINO.writes("Faktura").saying("Er fakturaen riktig?")).await);
    assert!(unclear.await.len() > 1, "nothing is sure");
}

async fn what_is_answered_is_suggested_nothing_until_the_citizen_writes_again(town: &Town) {
    answers(town).await;
    let letter = AINO.writes("Gatelys").saying("Gatelyset er mørkt. Kan dere rette gatelyset?");
    let lamp = town.gets(letter.clone()).await;
    assert!(!suggested(town, BO, lamp).await.answers.is_empty());
    BO.at(town).replies(lamp, "Vi retter det.").await.succeeds();
    assert_eq!(suggested(town, BO, lamp).await, Suggested::default());
    let again = AINO.writes("Re: Gatelys").saying("Gatelyset er mørkt igjen.");
    assert_eq!(town.gets(again.referring_to(&letter.id(), &[])).await, lamp);
    assert!(!suggested(town, BO, lamp).await.answers.is_empty());
    BO.at(town).closes(lamp).await.succeeds();
    assert_eq!(suggested(town, BO, lamp).await, Suggested::default());
}

async fn nothing_is_suggested_to_answer_spam_with(town: &Town) {
    answers(town).await;
    let lamp = town.gets(AINO.writes("Gatelys").saying("Kan dere rette gatelyset?")).await;
    assert!(!suggested(town, BO, lamp).await.answers.is_empty());
    let bo = town.viewer(BO);
    town.desk.mark_spam(&bo, lamp, true).await.unwrap();
    assert_eq!(suggested(town, BO, lamp).await, Suggested::default());
    town.desk.mark_spam(&bo, lamp, false).await.unwrap();
    assert!(!suggested(town, BO, lamp).await.answers.is_empty());
}

async fn what_was_changed_much_or_taken_back_teaches_nothing(town: &Town) {
    let (_, found) = answers(town).await;
    let bo = BO.at(town);
    let changed = dog(town, "Rex").await;
    town.desk.insert_answer(&bo.viewer, changed, found, None, DraftKind::Reply).await.unwrap();
    bo.replies(changed, "Noe av det som blir funnet ligger i kjelleren hos oss.").await.succeeds();
    assert_eq!(lessons(town).await, 0, "four words of it are others");
    let taken_back = dog(town, "Passop").await;
    let put_in = town
        .desk
        .insert_answer(&bo.viewer, taken_back, found, None, DraftKind::Reply)
        .await
        .unwrap();
    let held = Envelope { hold_seconds: 10, ..Envelope::default() };
    let reply = Reply { envelope: held, ..bo.reply(&put_in.text, 1) };
    let message = bo.replies_with(taken_back, reply).await.succeeds();
    assert_eq!(lessons(town).await, 1);
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
    assert_eq!(lessons(town).await, 0);
}

async fn who_says_that_none_fits_may_take_it_back(town: &Town) {
    answers(town).await;
    let dog = dog(town, "Rex").await;
    let bo = town.viewer(BO);
    for _ in 0..2 {
        town.desk.say_none_fits(&bo, dog, true).await.unwrap();
    }
    assert_eq!(lessons(town).await, 1, "said once");
    assert!(suggested(town, BO, dog).await.none_fits);
    assert!(!suggested(town, KAJA, dog).await.none_fits, "she did not say it");
    town.desk.say_none_fits(&bo, dog, false).await.unwrap();
    assert_eq!(lessons(town).await, 0);
}

async fn without_the_sentence_model_words_suffice(town: &Town) {
    let (lamps, _) = answers(town).await;
    let letter = town.gets(AINO.writes("Mørkt").saying("Hei, gatelyset virker ikke.")).await;
    assert_eq!(suggested(town, BO, letter).await.answers[0].row.id, lamps);
    assert_eq!(town.desk.sentence_model(), SentenceModel::NotInstalled);
    town.desk.do_due_jobs().await.unwrap();
    let letter = town.newest_letter(letter).await;
    assert_eq!(town.read(move |read| vectors::of_letter(read, letter)).await, None);
}
