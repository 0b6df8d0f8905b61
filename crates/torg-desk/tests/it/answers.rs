//! Standard answers: proposed and kept, found by whoever may, brought in, and undone.

use super::answering::inserts;
use torg_core::answers::{Stage, StandardAnswer, Text};
use torg_core::{AnswerId, DepartmentId, InquiryId, Language, Role, Viewer};
use torg_desk::{AnswerFormat, AnswerNotKept, BroughtIn, Fault, FileNotTaken, Refused, Wrong};
use torg_store::answers::{self, AnswerRow, Look, Usage};
use torg_store::changes;
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
    answers_are_found_inside_of_compounds_and_page_by_page,
    answers_of_a_removed_department_go_to_its_heir,
    an_administrator_undoes_a_change_from_the_history,
    a_file_of_answers_is_brought_in_once_and_its_faults_are_named,
    topics_of_the_library_become_answers_once,
];

pub(super) fn text(language: Language, title: &str, body: &str) -> Text {
    Text { language, title: title.into(), body: body.into(), questions: Vec::new() }
}

pub(super) fn answer(department: Option<DepartmentId>, stage: Stage, body: &str) -> StandardAnswer {
    let texts = vec![text(Language::Nb, "Gatelys som ikke virker", body)];
    StandardAnswer { department, stage, texts, ..StandardAnswer::default() }
}

pub(super) async fn keeps(
    town: &Town,
    who: Colleague,
    answer: StandardAnswer,
) -> Result<AnswerId, AnswerNotKept> {
    town.desk.keep_answer(&town.viewer(who), None, 0, answer).await
}

pub(super) async fn seen(town: &Town, who: Colleague, id: AnswerId) -> Option<AnswerRow> {
    let viewer = town.viewer(who);
    town.read(move |read| answers::one(read, &viewer, id)).await
}

pub(super) async fn found(town: &Town, who: Colleague, words: &str) -> Vec<AnswerId> {
    let (viewer, words) = (town.viewer(who), words.to_owned());
    let look = Look { words, ..Look::default() };
    let rows = town.read(move |read| answers::list(read, &viewer, &look, 100)).await.0;
    rows.into_iter().map(|row| row.id).collect()
}

pub(super) async fn usage(town: &Town, who: Colleague, id: AnswerId) -> Usage {
    let viewer = town.viewer(who);
    town.read(move |read| answers::usage(read, &viewer, id, 100)).await
}

pub(super) async fn writes(town: &Town, subject: &str, words: &str) -> InquiryId {
    town.gets(AINO.writes(subject).saying(words)).await
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
