//! Standard answers: proposed and kept, found by whoever may, put into letters, and made of them.

use jiff::SignedDuration;
use torg_core::answers::{Stage, StandardAnswer, Standing, Text};
use torg_core::{AnswerId, DepartmentId, InquiryId, Language, Role, Viewer};
use torg_desk::{
    AnswerFormat, AnswerNotKept, BroughtIn, Envelope, Fault, FileNotTaken, Inserted, Refused,
    Reply, Suggested, SuggestedAnswer, Wrong,
};
use torg_store::answers::{self, AnswerRow, Look, Usage};
use torg_store::changes;
use torg_store::drafts::DraftKind;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, Colleague, DAGNY, KAJA, ROADS, SIGRID, WATER, WELFARE,
};

stories![
    a_department_keeps_its_answers_and_proposes_to_all,
    every_version_of_an_answer_can_be_set_back,
    two_who_write_the_same_answer_overwrite_nothing,
    an_answer_of_a_restricted_department_is_there_for_its_members_only,
    what_an_answer_said_behind_a_wall_stays_there,
    an_answer_is_filled_from_the_letter_and_in_its_language,
    a_letter_with_a_placeholder_does_not_leave,
    what_was_put_in_and_changed_is_counted_once_it_left,
    a_retired_answer_says_so_and_a_hidden_one_is_not_there,
    a_good_reply_becomes_a_proposal_without_its_citizen,
    a_kept_reply_tells_neither_who_wrote_it_nor_where_its_citizen_lives,
    placeholders_are_written_in_any_language_and_kept_with_one_word,
    answers_are_found_inside_of_compounds_and_page_by_page,
    answers_of_a_removed_department_go_to_its_heir,
    an_administrator_undoes_a_change_from_the_history,
    a_file_of_answers_is_brought_in_once_and_its_faults_are_named,
    topics_of_the_library_become_answers_once,
    the_answer_that_fits_is_suggested_to_whoever_may_know_of_it,
    who_is_outside_of_many_answers_is_suggested_those_she_may_know_of,
    torg_itself_is_told_departments_and_answers_of_a_letter,
];

fn text(language: Language, title: &str, body: &str) -> Text {
    Text { language, title: title.into(), body: body.into(), questions: Vec::new() }
}

fn answer(department: Option<DepartmentId>, stage: Stage, body: &str) -> StandardAnswer {
    let texts = vec![text(Language::Nb, "Gatelys som ikke virker", body)];
    StandardAnswer { department, stage, texts, ..StandardAnswer::default() }
}

async fn keeps(
    town: &Town,
    who: Colleague,
    answer: StandardAnswer,
) -> Result<AnswerId, AnswerNotKept> {
    town.desk.keep_answer(&town.viewer(who), None, 0, answer).await
}

async fn seen(town: &Town, who: Colleague, id: AnswerId) -> Option<AnswerRow> {
    let viewer = town.viewer(who);
    town.read(move |read| answers::one(read, &viewer, id)).await
}

async fn found(town: &Town, who: Colleague, words: &str) -> Vec<AnswerId> {
    let (viewer, words) = (town.viewer(who), words.to_owned());
    let look = Look { words, ..Look::default() };
    let rows = town.read(move |read| answers::list(read, &viewer, &look, 100)).await.0;
    rows.into_iter().map(|row| row.id).collect()
}

async fn usage(town: &Town, who: Colleague, id: AnswerId) -> Usage {
    let viewer = town.viewer(who);
    town.read(move |read| answers::usage(read, &viewer, id, 100)).await
}

async fn writes(town: &Town, subject: &str, words: &str) -> InquiryId {
    town.gets(AINO.writes(subject).saying(words)).await
}

async fn number(town: &Town, id: InquiryId) -> String {
    town.page_of(BO, id).await.unwrap().inquiry.number.to_string()
}

async fn inserts(
    town: &Town,
    who: Colleague,
    inquiry: InquiryId,
    id: AnswerId,
) -> Result<Inserted, Refused> {
    town.desk.insert_answer(&town.viewer(who), inquiry, id, None, DraftKind::Reply).await
}

async fn a_department_keeps_its_answers_and_proposes_to_all(town: &Town) {
    let roads = Some(town.department(ROADS));
    let own = keeps(town, BO, answer(roads, Stage::InUse, "Vi retter det.")).await.unwrap();
    assert_eq!(seen(town, DAGNY, own).await.unwrap().handle, "gatelys-som-ikke-virker");
    assert!(seen(town, SIGRID, own).await.is_some(), "whoever works here may read it");
    let refused = keeps(town, SIGRID, answer(roads, Stage::Draft, "Nei")).await;
    assert_eq!(refused, Err(AnswerNotKept::NotAllowed));

    let common = keeps(town, BO, answer(None, Stage::InUse, "For alle")).await;
    assert_eq!(common, Err(AnswerNotKept::NotAllowed));
    let proposed = keeps(town, BO, answer(None, Stage::Draft, "For alle")).await.unwrap();
    let bo = town.viewer(BO);
    let refused = town.desk.set_answer_stage(&bo, proposed, Stage::InUse).await;
    assert_eq!(refused, Err(AnswerNotKept::NotAllowed));
    let kaja = town.viewer(KAJA);
    town.desk.set_answer_stage(&kaja, proposed, Stage::InUse).await.unwrap();
    let now = seen(town, BO, proposed).await.unwrap();
    assert_eq!((now.answer.stage, now.version), (Stage::InUse, 2));
    assert_eq!(now.handle, "gatelys-som-ikke-virker-2");
}

async fn every_version_of_an_answer_can_be_set_back(town: &Town) {
    let roads = Some(town.department(ROADS));
    let id = keeps(town, BO, answer(roads, Stage::InUse, "På tirsdag.")).await.unwrap();
    let changed = answer(roads, Stage::InUse, "På fredag.");
    let dagny = town.viewer(DAGNY);
    town.desk.keep_answer(&dagny, Some(id), 1, changed.clone()).await.unwrap();
    // The same once more is no version.
    town.desk.keep_answer(&dagny, Some(id), 2, changed).await.unwrap();
    town.desk.set_answer_back(&town.viewer(BO), id, 1).await.unwrap();
    let viewer = town.viewer(BO);
    let versions = town.read(move |read| answers::versions(read, &viewer, id, 10)).await;
    let told: Vec<_> = versions
        .iter()
        .map(|one| (one.version, one.by.as_deref(), one.answer.texts[0].body.as_str()))
        .collect();
    let expected = [
        (3, Some("Bo"), "På tirsdag."),
        (2, Some("Dagny"), "På fredag."),
        (1, Some("Bo"), "På tirsdag."),
    ];
    assert_eq!(told, expected);
    let refused = town.desk.set_answer_back(&town.viewer(BO), id, 9).await;
    assert_eq!(refused, Err(AnswerNotKept::NotFound));
    let history = town.read(move |read| changes::of(read, &format!("answer:{id}"), 10)).await;
    assert_eq!(history.len(), 3);
}

async fn two_who_write_the_same_answer_overwrite_nothing(town: &Town) {
    let roads = Some(town.department(ROADS));
    let id = keeps(town, BO, answer(roads, Stage::InUse, "En")).await.unwrap();
    let (bo, dagny) = (town.viewer(BO), town.viewer(DAGNY));
    town.desk.keep_answer(&bo, Some(id), 1, answer(roads, Stage::InUse, "To")).await.unwrap();
    let late = town.desk.keep_answer(&dagny, Some(id), 1, answer(roads, Stage::InUse, "Tre")).await;
    assert_eq!(late, Err(AnswerNotKept::ChangedSince));
    assert_eq!(seen(town, BO, id).await.unwrap().answer.texts[0].body, "To");
}

async fn an_answer_of_a_restricted_department_is_there_for_its_members_only(town: &Town) {
    let welfare = Some(town.department(WELFARE));
    let secret = keeps(town, SIGRID, answer(welfare, Stage::InUse, "Skjult")).await.unwrap();
    assert_eq!(found(town, SIGRID, "skjult").await, [secret]);
    for outsider in [BO, KAJA, ADA] {
        assert_eq!(seen(town, outsider, secret).await, None);
        assert!(found(town, outsider, "").await.is_empty());
        let viewer = town.viewer(outsider);
        let of = viewer.clone();
        let offered = town.read(move |read| answers::matching(read, &of, "gatelys", None, 9)).await;
        assert!(offered.is_empty());
        let of = viewer.clone();
        let versions = town.read(move |read| answers::versions(read, &of, secret, 9)).await;
        assert!(versions.is_empty());
        let refused = keeps(town, outsider, answer(welfare, Stage::Draft, "x")).await;
        assert_eq!(refused, Err(AnswerNotKept::NotFound));
        let refused = town.desk.set_answer_stage(&viewer, secret, Stage::Retired).await;
        assert_eq!(refused, Err(AnswerNotKept::NotFound));
        let lamp = town.mail_from(AINO, "Lampen").await;
        assert_eq!(inserts(town, outsider, lamp, secret).await, Err(Refused::NotFound));
    }
    let lines = town.read(|read| answers::tags_in_use(read, &viewer_of_nobody(), 9)).await;
    assert!(lines.is_empty());
}

async fn what_an_answer_said_behind_a_wall_stays_there(town: &Town) {
    let welfare = Some(town.department(WELFARE));
    let id = keeps(town, SIGRID, answer(welfare, Stage::InUse, "Skjult")).await.unwrap();
    let sigrid = Viewer { role: Role::Administrator, ..town.viewer(SIGRID) };
    let open = answer(None, Stage::InUse, "Til alle");
    town.desk.keep_answer(&sigrid, Some(id), 1, open).await.unwrap();
    for (who, told) in [(SIGRID, vec!["Til alle", "Skjult"]), (BO, vec!["Til alle"])] {
        let viewer = town.viewer(who);
        let versions = town.read(move |read| answers::versions(read, &viewer, id, 9)).await;
        let bodies = versions.iter().map(|version| version.answer.texts[0].body.as_str());
        assert_eq!(bodies.collect::<Vec<_>>(), told, "{}", who.name);
    }
    let bo = Viewer { role: Role::Administrator, ..town.viewer(BO) };
    let back = town.desk.set_answer_back(&bo, id, 1).await;
    assert_eq!(back, Err(AnswerNotKept::NotFound));
}

/// Somebody who works nowhere.
fn viewer_of_nobody() -> Viewer {
    let staff = torg_core::Id::from_i64(1);
    Viewer { staff, name: String::new(), role: Role::Administrator }
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
    let blanks = Refused::Blanks(vec!["day".into()]);
    bo.replies(lamp, "We come on {{ day }}.").await.is_refused_with(blanks);
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

    town.desk.restrict_department(&town.viewer(ADA), roads, true).await.unwrap();
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

async fn answers_are_found_inside_of_compounds_and_page_by_page(town: &Town) {
    let mut ids = Vec::new();
    for (title, tag) in
        [("Parkeringsafgift", "bil"), ("Brøyting av vei", "vinter"), ("Åpningstider", "")]
    {
        let mut new = answer(None, Stage::InUse, "100 % svar_tekst");
        new.texts[0].title = title.into();
        new.tags = vec![tag.into()];
        ids.push(keeps(town, KAJA, new).await.unwrap());
    }
    assert_eq!(found(town, BO, "afgift").await, [ids[0]]);
    assert_eq!(found(town, BO, "BRÖYT vei").await, [ids[1]]);
    assert_eq!(found(town, BO, "100%").await, []);
    assert_eq!(found(town, BO, "100 % svar_tekst").await.len(), 3);
    assert_eq!(found(town, BO, "%' or 1=1 -- \u{1f4a9}").await, []);
    let viewer = town.viewer(BO);
    let (first, next) =
        town.read(move |read| answers::list(read, &viewer, &Look::default(), 2)).await;
    assert_eq!(first.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[1], ids[0]]);
    let (viewer, look) = (town.viewer(BO), Look { after: next, ..Look::default() });
    let (rest, end) = town.read(move |read| answers::list(read, &viewer, &look, 2)).await;
    assert_eq!((rest[0].id, end), (ids[2], None));
    let (viewer, look) = (town.viewer(BO), Look { tag: "Vinter".into(), ..Look::default() });
    let tagged = town.read(move |read| answers::list(read, &viewer, &look, 9)).await.0;
    assert_eq!(tagged.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[1]]);
}

async fn answers_of_a_removed_department_go_to_its_heir(town: &Town) {
    let (roads, water, welfare) =
        (town.department(ROADS), town.department(WATER), town.department(WELFARE));
    let open = keeps(town, BO, answer(Some(roads), Stage::InUse, "Vei")).await.unwrap();
    let secret = keeps(town, SIGRID, answer(Some(welfare), Stage::InUse, "Skjult")).await.unwrap();
    let ada = town.viewer(ADA);
    town.desk.remove_department(&ada, roads, water, false).await.unwrap();
    assert_eq!(seen(town, DAGNY, open).await.unwrap().answer.department, Some(water));
    town.desk.remove_department(&ada, welfare, water, true).await.unwrap();
    assert_eq!(seen(town, DAGNY, secret).await, None, "it does not come out from behind its wall");
}

async fn an_administrator_undoes_a_change_from_the_history(town: &Town) {
    let id = keeps(town, KAJA, answer(None, Stage::InUse, "Før")).await.unwrap();
    let kaja = town.viewer(KAJA);
    town.desk.keep_answer(&kaja, Some(id), 1, answer(None, Stage::InUse, "Etter")).await.unwrap();
    let topic = format!("answer:{id}");
    let of = topic.clone();
    let line = town.read(move |read| changes::of(read, &of, 1)).await[0].line;
    town.desk.undo_change(&town.viewer(ADA), &topic, line).await.unwrap();
    assert_eq!(seen(town, KAJA, id).await.unwrap().answer.texts[0].body, "Før");
    let again = town.desk.undo_change(&town.viewer(ADA), &topic, line).await;
    assert_eq!(again, Err(torg_desk::ChangeRefused::ChangedSince));
}

async fn a_file_of_answers_is_brought_in_once_and_its_faults_are_named(town: &Town) {
    let kaja = town.viewer(KAJA);
    let file = r#"[
{"id": "waste_calendar", "dept": "Roads", "state": "in-use", "owner": "bo@fjordby.example",
 "review": "2027-01-31", "tags": ["avfall"],
 "text": {"nb": {"title": "Tømming", "body": "Se kalenderen, {{first_name}}.", "questions": ["Når?"]},
          "en": {"title": "Bins", "body": "See the calendar."}}},
{"id": "opening_hours", "text": {"nb": {"title": "Åpningstider", "body": "10-15"}}}
]"#;
    let done = town.desk.bring_in_answers(&kaja, file).await.unwrap();
    assert_eq!(done, BroughtIn { new: 2, ..BroughtIn::default() });
    for format in [AnswerFormat::Json, AnswerFormat::Csv] {
        let out = town.desk.answers_file(&kaja, format).await.unwrap();
        let again = town.desk.bring_in_answers(&kaja, &out).await.unwrap();
        assert_eq!(again, BroughtIn { same: 2, ..BroughtIn::default() }, "{out}");
    }
    let changed = file.replace("10-15", "10-16");
    let done = town.desk.bring_in_answers(&kaja, &changed).await.unwrap();
    assert_eq!(done, BroughtIn { changed: 1, same: 1, ..BroughtIn::default() });

    let broken = changed
        .replace("10-16", "9-16")
        .replace("\"Roads\"", "\"Rods\"")
        .replace("\"opening_hours\"", "\"opening_hours\", \"state\": \"open\"");
    let Err(FileNotTaken::Faults(faults)) = town.desk.bring_in_answers(&kaja, &broken).await else {
        panic!("a file with faults is taken");
    };
    let fault = |line, field: &str, value: &str| Fault {
        line,
        field: field.into(),
        what: Wrong::Unknown(value.into()),
    };
    assert_eq!(faults, [fault(2, "dept", "Rods"), fault(6, "state", "open")]);
    assert!(found(town, BO, "9-16").await.is_empty(), "nothing of it was brought in");
    let secret = r#"[{"id": "x", "dept": "Welfare", "text": {"nb": {"title": "a", "body": "b"}}}]"#;
    let refused = town.desk.bring_in_answers(&kaja, secret).await;
    assert!(matches!(refused, Err(FileNotTaken::Faults(_))), "not behind a wall she is outside of");
}

async fn topics_of_the_library_become_answers_once(town: &Town) {
    let topics = town.desk.library_topics(Language::Nb);
    assert!(topics.len() >= 40, "{}", topics.len());
    let names = vec!["street_light_out".to_owned(), "snow_clearing_when".to_owned()];
    let (kaja, bo) = (town.viewer(KAJA), town.viewer(BO));
    let begin = |viewer, stage| town.desk.begin_from_library(viewer, names.clone(), None, stage);
    assert_eq!(begin(&bo, Stage::InUse).await, Err(AnswerNotKept::NotAllowed));
    let done = begin(&kaja, Stage::InUse).await.unwrap();
    assert_eq!(done, BroughtIn { new: 2, ..BroughtIn::default() });
    let again = begin(&kaja, Stage::InUse).await.unwrap();
    assert_eq!(again, BroughtIn { same: 2, ..BroughtIn::default() });
    let lamp = found(town, BO, "{{link}} gatelys").await;
    let answer = seen(town, BO, lamp[0]).await.unwrap().answer;
    assert!(answer.texts.len() >= 4 && answer.texts[0].questions.len() >= 10);
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
