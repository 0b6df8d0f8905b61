//! Answers at work: suggested for a letter, put into it, and made of a good reply.

use jiff::SignedDuration;
use torg_core::answers::{Stage, Standing};
use torg_core::{AnswerId, InquiryId, Language};
use torg_desk::{Envelope, Inserted, Refused, Reply, Suggested, SuggestedAnswer};
use torg_store::answers::{self, Usage};
use torg_store::drafts::DraftKind;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, Colleague, DAGNY, KAJA, ROADS, SIGRID, WATER, WELFARE,
};

use super::answers::{answer, keeps, text, usage, writes};

stories![
    an_answer_is_filled_from_the_letter_and_in_its_language,
    a_letter_with_a_placeholder_does_not_leave,
    what_was_put_in_and_changed_is_counted_once_it_left,
    a_retired_answer_says_so_and_a_hidden_one_is_not_there,
    a_good_reply_becomes_a_proposal_without_its_citizen,
    a_kept_reply_tells_neither_who_wrote_it_nor_where_its_citizen_lives,
    placeholders_are_written_in_any_language_and_kept_with_one_word,
    the_answer_that_fits_is_suggested_to_whoever_may_know_of_it,
    who_is_outside_of_many_answers_is_suggested_those_she_may_know_of,
    torg_itself_is_told_departments_and_answers_of_a_letter,
];

async fn number(town: &Town, id: InquiryId) -> String {
    town.page_of(BO, id).await.unwrap().inquiry.number.to_string()
}

pub(super) async fn inserts(
    town: &Town,
    who: Colleague,
    inquiry: InquiryId,
    id: AnswerId,
) -> Result<Inserted, Refused> {
    town.desk.insert_answer(&town.viewer(who), inquiry, id, None, DraftKind::Reply).await
}

async fn an_answer_is_filled_from_the_letter_and_in_its_language(town: &Town) {
    let body = "Hei {{first_name}},\n{{number}} om «{{subject}}» ligger hos {{department}}. \
                Vi kommer {{day}}. {{staff}}, {{phone}}";
    let mut lamps = answer(None, Stage::InUse, body);
    lamps.texts.push(text(Language::En, "Street lights", "Dear {{name}}, we come on {{day}}."));
    let id = keeps(town, KAJA, lamps).await.unwrap();
    town.desk.set_writing(&town.viewer(BO), "Bo\nTel. 55 00 10 00", 0).await.unwrap();

    let norwegian = writes(
        town,
        "Lampen",
        "Hei, lykten utenfor huset vårt har vært mørk siden forrige helg. Når kommer dere?",
    )
    .await;
    let inserted = inserts(town, BO, norwegian, id).await.unwrap();
    let number = number(town, norwegian).await;
    let expected = format!(
        "Hei Aino,\n{number} om «Lampen» ligger hos Citizen service. Vi kommer {{{{day}}}}. Bo, 55 00 10 00"
    );
    assert_eq!(inserted.text, expected);
    assert_eq!((inserted.open.as_slice(), inserted.wanted), (["day".to_owned()].as_slice(), None));

    let english = writes(
        town,
        "The lamp",
        "The street lamp outside our house has been dark since last week. When will you come?",
    )
    .await;
    let inserted = inserts(town, BO, english, id).await.unwrap();
    assert_eq!(inserted.text, "Dear Aino Virtanen, we come on {{day}}.");
    let swedish = writes(town, "Lampan", "Hej, gatlyktan utanför vårt hus har varit släckt sedan förra veckan. När kommer ni och lagar den?").await;
    let inserted = inserts(town, BO, swedish, id).await.unwrap();
    assert_eq!((inserted.language, inserted.wanted), (Language::Nb, Some(Language::Sv)));
    let chosen = town
        .desk
        .insert_answer(&town.viewer(BO), swedish, id, Some(Language::Nn), DraftKind::Reply)
        .await;
    assert_eq!(chosen.unwrap().wanted, None, "bokmål is not foreign to who writes nynorsk");
    let chosen = town
        .desk
        .insert_answer(&town.viewer(BO), swedish, id, Some(Language::En), DraftKind::Reply)
        .await;
    assert_eq!(chosen.unwrap().language, Language::En);
}

async fn a_letter_with_a_placeholder_does_not_leave(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let blanks = |word: &str| Refused::Blanks(vec![word.into()]);
    bo.replies(lamp, "We come on {{ day }}.").await.is_refused_with(blanks("{{day}}"));
    bo.replies(lamp, "We come on {{day} or so.").await.is_refused_with(blanks("{{day"));
    bo.notes(lamp, "The answer says {{day}}.").await.succeeds();
    bo.replies(lamp, "We come on Friday {sic}.").await.succeeds();
}

async fn what_was_put_in_and_changed_is_counted_once_it_left(town: &Town) {
    let roads = Some(town.department(ROADS));
    let body = "Vi retter lykten på tirsdag og hører fra oss.";
    let id = keeps(town, BO, answer(roads, Stage::InUse, body)).await.unwrap();
    let (bo, lamp) = (BO.at(town), town.mail_from(AINO, "Lampen").await);
    inserts(town, BO, lamp, id).await.unwrap();
    assert_eq!(usage(town, BO, id).await, Usage::default(), "not before it left");

    let held = Envelope { hold_seconds: 10, ..Envelope::default() };
    let sent = "Hei!\nVi retter lykten på fredag og hører fra oss.";
    let reply = Reply { envelope: held, ..bo.reply(sent, 1) };
    let message = bo.replies_with(lamp, reply).await.succeeds();
    assert_eq!(usage(town, BO, id).await.edited(), Some(11), "one word of nine");
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
    assert_eq!(usage(town, BO, id).await, Usage::default(), "it was taken back");
    bo.replies(lamp, sent).await.succeeds();
    town.passes(SignedDuration::from_mins(1));

    let other = town.mail_from(AINO, "Noe annet").await;
    inserts(town, BO, other, id).await.unwrap();
    bo.replies(other, "Something else entirely.").await.succeeds();
    let used = usage(town, DAGNY, id).await;
    assert_eq!(used.letters.len(), 1, "what was thrown away is no use of it");
    assert_eq!((used.edited(), used.came_back()), (Some(11), Some(0)));
}

async fn a_retired_answer_says_so_and_a_hidden_one_is_not_there(town: &Town) {
    let roads = town.department(ROADS);
    let id = keeps(town, BO, answer(Some(roads), Stage::InUse, "Gammelt")).await.unwrap();
    let lamp = town.mail_from(AINO, "Lampen").await;
    town.desk.set_answer_stage(&town.viewer(BO), id, Stage::Retired).await.unwrap();
    let inserted = inserts(town, SIGRID, lamp, id).await.unwrap();
    assert_eq!((inserted.text.as_str(), inserted.standing), ("Gammelt", Standing::Retired));
    let viewer = town.viewer(BO);
    let offered = town.read(move |read| answers::matching(read, &viewer, "", None, 9)).await;
    assert!(offered.is_empty(), "a retired answer is not offered");

    town.desk.restrict_department(&town.viewer(ADA), roads, true, false).await.unwrap();
    assert_eq!(inserts(town, SIGRID, lamp, id).await, Err(Refused::NotFound));
    assert!(inserts(town, BO, lamp, id).await.is_ok());
}

async fn a_good_reply_becomes_a_proposal_without_its_citizen(town: &Town) {
    let lamp = town.mail_from(AINO, "Re: Lampen er mørk").await;
    let bo = BO.at(town);
    let number = number(town, lamp).await;
    let text = format!("Hei Aino,\nvi retter lykten i {number}. Ring oss, Aino Virtanen!\nMvh\nBo");
    let message = bo.replies(lamp, &text).await.succeeds();
    let made = town.desk.answer_from_message(&bo.viewer, message).await.unwrap().answer;
    let expected = "Hei {{first_name}},\nvi retter lykten i {{number}}. Ring oss, {{name}}!\n\n{{closing}}\n{{staff}}";
    assert_eq!(made.texts[0].body, expected);
    assert_eq!((made.texts[0].title.as_str(), made.stage), ("Lampen er mørk", Stage::Draft));
    assert!(keeps(town, BO, made).await.is_ok());

    let letter = town.messages_of(BO, lamp).await[0].id;
    let asked = town.desk.answer_from_message(&bo.viewer, letter).await.unwrap().answer;
    assert_eq!(asked.texts[0].body, "", "a citizen's letter is no answer");
    let hidden = town.gets(AINO.writes("Help").to(WELFARE.address)).await;
    let secret = SIGRID.at(town).replies(hidden, "Kjære Aino, kom innom.").await.succeeds();
    let refused = town.desk.answer_from_message(&bo.viewer, secret).await;
    assert_eq!(refused, Err(Refused::NotFound));
    let of_welfare = town.desk.answer_from_message(&town.viewer(SIGRID), secret).await.unwrap();
    assert_eq!(
        of_welfare.answer.department,
        Some(town.department(WELFARE)),
        "it stays behind its wall"
    );
}

async fn a_kept_reply_tells_neither_who_wrote_it_nor_where_its_citizen_lives(town: &Town) {
    let lamp = town.mail_from(AINO, "Gatelykt ute i Bjørkeveien 14 hos Aino Virtanen").await;
    let bo = BO.at(town);
    let text = "Hei Aino,\nvi retter lykten.\n\nMed vennlig hilsen\nBo Lindqvist\nVei og park\n55 00 10 00";
    for text in [text, "Hei Aino,\nvi retter lykten.\n\nVennlig hilsen Bo"] {
        let kind = DraftKind::Reply;
        let made = town.desk.answer_from_text(&bo.viewer, lamp, text, kind).await.unwrap().answer;
        let kept = "Hei {{first_name}},\nvi retter lykten.\n\n{{closing}}\n{{staff}}";
        assert_eq!(made.texts[0].body, kept);
        assert_eq!(made.texts[0].title, "Gatelykt ute");
        assert_eq!(made.texts[0].questions, ["Gatelykt ute"]);
        // What was kept is filled again as the house style says.
        let id = keeps(town, BO, made).await.unwrap();
        let inserted = inserts(town, DAGNY, lamp, id).await.unwrap();
        assert!(
            inserted.text.ends_with(&format!("Vennlig hilsen\n{}", DAGNY.name)),
            "{inserted:?}"
        );
    }
}

async fn placeholders_are_written_in_any_language_and_kept_with_one_word(town: &Town) {
    let lamp = town.mail_from(AINO, "Lampen").await;
    let body = "Hei {{fornavn}}, {{Ärendenummer}} {{nummer}} {{onsdag}}\n{{hilsen}}";
    let id = keeps(town, KAJA, answer(None, Stage::InUse, body)).await.unwrap();
    let bo = town.viewer(BO);
    let row = town.read(move |read| answers::one(read, &bo, id)).await.unwrap();
    let kept = "Hei {{first_name}}, {{case_number}} {{number}} {{onsdag}}\n{{closing}}";
    assert_eq!(row.answer.texts[0].body, kept);
    let inserted = inserts(town, BO, lamp, id).await.unwrap();
    assert!(inserted.text.starts_with("Hei Aino, {{case_number}} 26-1 {{onsdag}}"), "{inserted:?}");
}

/// What is suggested to somebody once everything is ready.
async fn suggested(town: &Town, who: Colleague, inquiry: InquiryId) -> Vec<SuggestedAnswer> {
    let letter = town.newest_letter(inquiry).await;
    town.desk.suggestions_for(letter).await.unwrap();
    let found = town.desk.suggest_answers(&town.viewer(who), inquiry).await.unwrap();
    assert!(!found.more_soon, "everything is ready");
    found.answers
}

async fn the_answer_that_fits_is_suggested_to_whoever_may_know_of_it(town: &Town) {
    let (roads, welfare) = (Some(town.department(ROADS)), Some(town.department(WELFARE)));
    let lamps = keeps(town, BO, answer(roads, Stage::InUse, "Vi retter gatelyset.")).await.unwrap();
    let mut bins = answer(None, Stage::InUse, "Se tømmekalenderen.");
    bins.texts[0].title = "Tømming av søppel".into();
    let bins = keeps(town, KAJA, bins).await.unwrap();
    let secret = answer(welfare, Stage::InUse, "Skjult hjelp om gatelys som ikke virker.");
    let secret = keeps(town, SIGRID, secret).await.unwrap();
    let letter = writes(town, "Mørkt", "Hei, gatelyset utenfor huset vårt virker ikke.").await;
    let before = town.desk.suggest_answers(&town.viewer(BO), letter).await.unwrap();
    assert_eq!(before, Suggested { more_soon: true, ..Suggested::default() }, "no page waits");
    let suggested = async |who: Colleague| {
        let found = suggested(town, who, letter).await;
        found.into_iter().map(|one| (one.row.id, one.words)).collect::<Vec<_>>()
    };
    let of_bo = suggested(BO).await;
    assert_eq!(of_bo[0].0, lamps);
    assert!(of_bo[0].1.iter().any(|word| word.contains("gatelys")), "{:?}", of_bo[0].1);
    assert!(of_bo.iter().all(|(id, _)| *id != secret));
    assert!(suggested(SIGRID).await.iter().any(|(id, _)| *id == secret));
    town.desk.set_answer_stage(&town.viewer(BO), lamps, Stage::Retired).await.unwrap();
    assert!(
        suggested(BO).await.iter().all(|(id, _)| *id == bins),
        "a retired one is not suggested"
    );
    let hidden = town.gets(AINO.writes("Help").to(WELFARE.address)).await;
    let refused = town.desk.suggest_answers(&town.viewer(BO), hidden).await;
    assert_eq!(refused, Err(Refused::NotFound));
}

async fn who_is_outside_of_many_answers_is_suggested_those_she_may_know_of(town: &Town) {
    let welfare = Some(town.department(WELFARE));
    let open = keeps(town, KAJA, answer(None, Stage::InUse, "Se kartet.")).await.unwrap();
    for number in 0..12 {
        let body = format!("Gatelyset virker ikke, og vi retter lyset: {number}.");
        keeps(town, SIGRID, answer(welfare, Stage::InUse, &body)).await.unwrap();
    }
    let letter = writes(town, "Gatelys", "Hei, gatelyset virker ikke. Kan dere rette lyset?").await;
    let ids = |found: Vec<SuggestedAnswer>| found.iter().map(|one| one.row.id).collect::<Vec<_>>();
    assert_eq!(ids(suggested(town, BO, letter).await), [open]);
    assert_eq!(suggested(town, SIGRID, letter).await.len(), 3);
}

async fn torg_itself_is_told_departments_and_answers_of_a_letter(town: &Town) {
    let water = Some(town.department(WATER));
    let mut leak = answer(water, Stage::InUse, "Vi stenger vannet og graver.");
    leak.texts[0].title = "Vannlekkasje i veien".into();
    let leak = keeps(town, ADA, leak).await.unwrap();
    let letter = writes(town, "Lekkasje", "Hei, det er en vannlekkasje i veien vår.").await;
    let letter = town.newest_letter(letter).await;
    let found = town.desk.suggestions_for(letter).await.unwrap().unwrap();
    assert_eq!(found.answers[0].answer, leak.to_string());
    assert_eq!(found.departments[0].department, town.department(WATER).to_string());
    assert_eq!(found.automatic, None, "nothing is sure without the sentence model");
    let none = town.desk.suggestions_for(torg_core::Id::from_i64(1)).await.unwrap();
    assert_eq!(none, None);
}
