//! What goes along with standard answers: files and links, kept with every version, given to letters,
//! copied from them, and carried in files of answers.

use torg_core::answers::{AnswerRefused, MOST_FILE_BYTES, Stage, StandardAnswer, Text};
use torg_core::{AnswerId, AttachmentId, InquiryId, Language};
use torg_desk::{AnswerFormat, AnswerNotKept, BroughtIn, Envelope, Inserted, Reply, Upload};
use torg_mail::{parse, part_bytes};
use torg_store::answers;
use torg_store::blobs::Blob;
use torg_store::drafts::{DraftFile, DraftKind};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    AINO, BO, Colleague, DAGNY, Department, KAJA, ROADS, SIGRID, WELFARE,
};

stories![
    files_of_an_answer_go_along_when_it_is_put_in,
    every_version_of_an_answer_has_its_own_files,
    files_of_an_answer_stay_behind_its_wall,
    too_much_for_a_mail_is_not_put_on_an_answer,
    a_placeholder_for_a_link_is_filled_with_the_first,
    files_are_copied_from_a_letter_only_when_they_are_chosen,
    a_file_of_answers_carries_their_files_and_links,
];

const PAPER: &[u8] = b"%PDF the rules of street lights";

fn upload(name: &str, bytes: &[u8]) -> Upload {
    let (name, content_type) = (name.to_owned(), "application/pdf".to_owned());
    Upload { name, content_type, blob: Blob::prepare(bytes), inline: false }
}

async fn keeps(town: &Town, who: Colleague, department: Department, body: &str) -> AnswerId {
    let text = Text {
        language: Language::En,
        title: "Street lights".into(),
        body: body.into(),
        questions: Vec::new(),
    };
    let answer = StandardAnswer {
        department: Some(town.department(department)),
        stage: Stage::InUse,
        texts: vec![text],
        ..StandardAnswer::default()
    };
    town.desk.keep_answer(&town.viewer(who), None, 0, answer).await.unwrap()
}

async fn adds(town: &Town, who: Colleague, id: AnswerId, name: &str) -> Result<(), AnswerNotKept> {
    town.desk.add_answer_files(&town.viewer(who), id, vec![upload(name, PAPER)]).await
}

async fn now(town: &Town, id: AnswerId) -> StandardAnswer {
    let bo = town.viewer(BO);
    town.read(move |read| answers::one(read, &bo, id)).await.unwrap().answer
}

async fn names(town: &Town, id: AnswerId) -> Vec<String> {
    now(town, id).await.files.into_iter().map(|file| file.name).collect()
}

async fn inserts(town: &Town, inquiry: InquiryId, id: AnswerId) -> Inserted {
    let bo = town.viewer(BO);
    town.desk.insert_answer(&bo, inquiry, id, None, DraftKind::Reply).await.unwrap()
}

async fn in_draft(town: &Town, inquiry: InquiryId) -> Vec<DraftFile> {
    let drafts = town.page_of(BO, inquiry).await.unwrap().writing.drafts;
    drafts.into_iter().flat_map(|view| view.files).collect()
}

async fn files_of_an_answer_go_along_when_it_is_put_in(town: &Town) {
    let id = keeps(town, BO, ROADS, "We mend them within a week.").await;
    adds(town, BO, id, "rules.pdf").await.unwrap();
    adds(town, BO, id, "rules.pdf").await.unwrap();
    assert_eq!(names(town, id).await, ["rules.pdf"], "the same file is there once");
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    assert_eq!(inserts(town, lamp, id).await.files, 1);
    assert!(!inserts(town, lamp, id).await.left_out);
    let files: Vec<AttachmentId> = in_draft(town, lamp).await.iter().map(|file| file.id).collect();
    assert_eq!(files.len(), 1, "put in twice, it goes along once");

    let bo = BO.at(town);
    let envelope = Envelope { files, ..Envelope::default() };
    let reply = Reply { envelope, ..bo.reply("We mend them within a week.", 1) };
    bo.replies_with(lamp, reply).await.succeeds();
    town.sends().await;
    let raw = town.answers_to(AINO).pop().unwrap().raw;
    let attached = parse(&raw).unwrap().attachments.remove(0);
    assert_eq!(
        (attached.name.as_str(), part_bytes(&raw, attached.part).unwrap()),
        ("rules.pdf", PAPER.to_vec())
    );

    // Taken out of a letter, it is still the answer's.
    let other = town.mail_from(AINO, "Another lamp").await;
    inserts(town, other, id).await;
    let file = in_draft(town, other).await.remove(0).id;
    let bo = town.viewer(BO);
    town.desk.drop_draft_file(&bo, other, DraftKind::Reply, file).await.unwrap();
    assert!(in_draft(town, other).await.is_empty());
    let hash = now(town, id).await.files.remove(0).hash;
    let kept = town.desk.answer_file(&bo, id, hash).await.unwrap().unwrap();
    assert_eq!(kept.bytes, PAPER);
    // Without a script it goes into the draft with the text.
    town.desk.insert_answer_in_draft(&bo, other, id, None).await.unwrap();
    assert_eq!(in_draft(town, other).await.len(), 1);
}

async fn every_version_of_an_answer_has_its_own_files(town: &Town) {
    let id = keeps(town, BO, ROADS, "We mend them.").await;
    adds(town, BO, id, "rules.pdf").await.unwrap();
    let bo = town.viewer(BO);
    let file = now(town, id).await.files.remove(0);
    town.desk.drop_answer_file(&bo, id, file.clone()).await.unwrap();
    assert!(names(town, id).await.is_empty());
    let gone = town.desk.answer_file(&bo, id, file.hash.clone()).await.unwrap();
    assert!(gone.is_none(), "it is given out only while it goes along");
    town.desk.set_answer_back(&bo, id, 2).await.unwrap();
    assert_eq!(names(town, id).await, ["rules.pdf"]);
    let again = town.desk.answer_file(&bo, id, file.hash).await.unwrap().unwrap();
    assert_eq!(again.bytes, PAPER);
}

async fn files_of_an_answer_stay_behind_its_wall(town: &Town) {
    let id = keeps(town, SIGRID, WELFARE, "Come to us.").await;
    adds(town, SIGRID, id, "form.pdf").await.unwrap();
    assert_eq!(adds(town, BO, id, "mine.pdf").await, Err(AnswerNotKept::NotFound));
    let hash = Blob::prepare(PAPER).hash().to_string();
    let of = async |who| town.desk.answer_file(&town.viewer(who), id, hash.clone()).await.unwrap();
    assert!(of(SIGRID).await.is_some());
    assert!(of(BO).await.is_none());
    // Who may read an answer of another department does not write it.
    let open = keeps(town, BO, ROADS, "We mend them.").await;
    assert_eq!(adds(town, SIGRID, open, "x.pdf").await, Err(AnswerNotKept::NotAllowed));
}

async fn too_much_for_a_mail_is_not_put_on_an_answer(town: &Town) {
    let id = keeps(town, BO, ROADS, "We mend them.").await;
    let large = vec![0; usize::try_from(MOST_FILE_BYTES).unwrap()];
    let bo = town.viewer(BO);
    town.desk.add_answer_files(&bo, id, vec![upload("large.pdf", &large)]).await.unwrap();
    let refused = adds(town, BO, id, "one-more.pdf").await;
    let Err(AnswerNotKept::Text(AnswerRefused::TooManyFiles { .. })) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(names(town, id).await, ["large.pdf"]);
}

async fn a_placeholder_for_a_link_is_filled_with_the_first(town: &Town) {
    let id = keeps(town, BO, ROADS, "See {{link}}.").await;
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let put_in = inserts(town, lamp, id).await;
    assert_eq!((put_in.text.as_str(), put_in.open), ("See {{link}}.", vec!["link".to_owned()]));
    let links = vec!["fjordby.example/light".to_owned(), "https://other.example".to_owned()];
    let answer = StandardAnswer { links, ..now(town, id).await };
    let bo = town.viewer(BO);
    town.desk.keep_answer(&bo, Some(id), 1, answer.clone()).await.unwrap();
    assert_eq!(inserts(town, lamp, id).await.text, "See https://fjordby.example/light.");
    let wrong = StandardAnswer { links: vec!["javascript:alert(1)".into()], ..answer };
    let refused = town.desk.keep_answer(&bo, Some(id), 2, wrong).await;
    assert!(matches!(refused, Err(AnswerNotKept::Text(AnswerRefused::NotALink(_)))), "{refused:?}");
}

async fn files_are_copied_from_a_letter_only_when_they_are_chosen(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let kind = DraftKind::Reply;
    let paper = town.desk.add_draft_file(&bo.viewer, lamp, kind, upload("rules.pdf", PAPER));
    let paper = paper.await.unwrap();
    let written = town.desk.answer_from_text(&bo.viewer, lamp, "We mend it.", kind).await.unwrap();
    assert_eq!(written.files[0].id, paper);

    let envelope = Envelope { files: vec![paper], ..Envelope::default() };
    let reply = Reply { envelope, ..bo.reply("We mend it.", 1) };
    let message = bo.replies_with(lamp, reply).await.succeeds();
    let made = town.desk.answer_from_message(&bo.viewer, message).await.unwrap();
    let offered = made.files[0].clone();
    assert_eq!((offered.name.as_str(), made.answer.files.len()), ("rules.pdf", 0));
    let chosen = vec![offered.id];
    let with = town.desk.keep_answer_with(&bo.viewer, made.answer.clone(), chosen.clone()).await;
    assert_eq!(names(town, with.unwrap()).await, ["rules.pdf"]);
    let without = town.desk.keep_answer_with(&bo.viewer, made.answer.clone(), Vec::new()).await;
    assert!(names(town, without.unwrap()).await.is_empty());

    // Nobody copies a file she may not see.
    let hidden = town.gets(AINO.writes("Help").to(WELFARE.address)).await;
    let sigrid = SIGRID.at(town);
    let secret = town.desk.add_draft_file(&sigrid.viewer, hidden, kind, upload("s.pdf", b"secret"));
    let secret = secret.await.unwrap();
    let refused = town.desk.keep_answer_with(&bo.viewer, made.answer, vec![secret]).await;
    assert_eq!(refused, Err(AnswerNotKept::NotFound));
}

async fn a_file_of_answers_carries_their_files_and_links(town: &Town) {
    let id = keeps(town, BO, ROADS, "We mend them. {{link}}").await;
    let links = vec!["https://fjordby.example/light".to_owned()];
    let answer = StandardAnswer { links, ..now(town, id).await };
    town.desk.keep_answer(&town.viewer(BO), Some(id), 1, answer).await.unwrap();
    adds(town, BO, id, "rules.pdf").await.unwrap();
    let dagny = town.viewer(DAGNY);
    let file = async |format| town.desk.answers_file(&dagny, format).await.unwrap();
    let brings = async |text: &str| town.desk.bring_in_answers(&dagny, text).await.unwrap();
    let (json, csv) = (file(AnswerFormat::Json).await, file(AnswerFormat::Csv).await);
    let same = BroughtIn { same: 1, ..BroughtIn::default() };
    assert_eq!((brings(&json).await, brings(&csv).await), (same, same));

    // As another answer, which has neither yet.
    let other = json.replace("\"street-lights\"", "\"copied\"");
    assert_eq!(brings(&other).await.new, 1);
    let bo = town.viewer(BO);
    let copy = town.read(move |read| answers::by_handle(read, &bo, "copied")).await.unwrap();
    assert_eq!(copy.answer.links, ["https://fjordby.example/light"]);
    let hash = copy.answer.files[0].hash.clone();
    let kept = town.desk.answer_file(&town.viewer(BO), copy.id, hash).await.unwrap().unwrap();
    assert_eq!((kept.name.as_str(), kept.bytes.as_slice()), ("rules.pdf", PAPER));

    // A file that is told by its hash alone is one that the answer has.
    let begin = json.find(",\n        \"data\"").unwrap();
    let end = begin + 1 + json.get(begin + 1..).unwrap().find("\n      }").unwrap();
    let named = format!("{}{}", json.get(..begin).unwrap(), json.get(end..).unwrap());
    assert_eq!(brings(&named).await, same);
    let unknown = named.replace("\"street-lights\"", "\"third\"");
    assert!(town.desk.bring_in_answers(&dagny, &unknown).await.is_err());
    assert_eq!(town.desk.answers_file(&town.viewer(KAJA), AnswerFormat::Csv).await.unwrap(), {
        file(AnswerFormat::Csv).await
    });
}
