//! Letters that are answered: how the answer looks, what follows from it, and what stops it.

use jiff::SignedDuration;
use torg_core::automatic::{Mode, Outcome};
use torg_core::{AnswerId, AutomaticId, Direction, InquiryId, Kind, NoticeKind, State};
use torg_desk::{AutomaticRefused, Considered, Fall, Judged, Upload};
use torg_store::automatic::{self, Look};
use torg_store::blobs::Blob;
use torg_store::{notices, params, sql};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{AINO, BO, Citizen, EINAR, INGRID, KAJA};
use torg_text::answers::SURE;

use super::{SAYS, asks, considered, knows, log, mode, shadowed, sure_of, switches};

stories! {
    plan without_receipts;
    a_letter_is_answered_and_stays_open,
    files_of_an_answer_go_along_with_it,
    a_reply_to_an_automatic_answer_is_urgent,
    thanks_for_an_automatic_answer_are_no_complaint,
    two_answers_that_did_not_help_in_a_day_pause_an_answer,
    too_many_faults_end_answering,
    another_text_ends_answering,
    another_model_ends_answering,
    a_language_that_is_not_known_yet_is_only_written_down,
    one_answer_in_twenty_is_looked_at_by_a_person,
    what_helped_is_closed_after_a_week_if_that_is_wished,
}

/// Letters are answered, by an answer that is known well.
async fn answers_letters(town: &Town, right: i64) -> AnswerId {
    let id = shadowed(town).await;
    knows(town, id, right).await;
    let outcome = considered(town, asks(EINAR), sure_of(id)).await;
    assert!(matches!(outcome, Considered::Noted(_)), "{outcome:?}");
    switches(town, Mode::Live).await.unwrap();
    id
}

async fn answered(town: &Town, citizen: Citizen, id: AnswerId) -> InquiryId {
    let outcome = considered(town, asks(citizen), sure_of(id)).await;
    assert!(matches!(outcome, Considered::Sent(_)), "{outcome:?}");
    town.sends().await;
    let sent = Look { sent: Some(true), ..Look::default() };
    log(town, KAJA, sent).await.remove(0).inquiry
}

async fn replies(town: &Town, citizen: Citizen) -> InquiryId {
    let letter = town.receipts_to(citizen).pop().unwrap();
    town.gets(citizen.answers(&letter, "That did not help, the lamp is still out.")).await
}

async fn a_letter_is_answered_and_stays_open(town: &Town) {
    let id = answers_letters(town, 149).await;
    let inquiry = answered(town, AINO, id).await;
    let mail = town.receipts_to(AINO).pop().unwrap();
    assert!(mail.says("Auto-Submitted: auto-replied"));
    assert!(mail.says("X-Loop: post@fjordby.example"));
    assert_eq!(mail.envelope_from, None, "the null sender");
    assert_eq!(mail.recipients, [AINO.address]);
    let text = &mail.letter.text;
    let first = text.lines().next().unwrap();
    assert!(first.starts_with("This is an automatic answer chosen by a computer"), "{first}");
    assert!(text.contains(SAYS.lines().last().unwrap()) && text.contains("Torvet 1"), "{text}");
    assert!(mail.letter.has_html && !mail.letter.text.is_empty(), "as text and as HTML");

    let page = town.page_of(BO, inquiry).await.unwrap();
    assert_eq!((page.inquiry.state, page.inquiry.owner), (State::Open, None));
    let rows = town.rows_of(BO, torg_store::folders::Folder::All).await;
    let marked: Vec<InquiryId> =
        rows.iter().filter(|row| row.automatic).map(|row| row.id).collect();
    assert_eq!(marked, [inquiry]);
    assert!(!page.inquiry.urgent);
    let messages = town.messages_of(BO, inquiry).await;
    let told: Vec<_> = messages.iter().map(|one| (one.direction, one.kind, one.staff)).collect();
    assert_eq!(told, [(Direction::In, Kind::Human, None), (Direction::Out, Kind::Automatic, None)]);
    let lines = town.journal_of(inquiry).await;
    let line = format!("answered-automatically: Street lights (v1), 0.970 ≥ {SURE:.3}");
    assert_eq!(lines, ["received by e-mail", &line, "sent"]);
    // Once in an inquiry, whoever looks again.
    assert_eq!(super::waiting(town).await, None);
    town.sends().await;
    assert_eq!(town.receipts_to(AINO).len(), 1);
}

async fn files_of_an_answer_go_along_with_it(town: &Town) {
    let id = shadowed(town).await;
    let (name, content_type) = ("rules.pdf".to_owned(), "application/pdf".to_owned());
    let upload = Upload { name, content_type, blob: Blob::prepare(b"rules"), inline: false };
    town.desk.add_answer_files(&town.viewer(BO), id, vec![upload]).await.unwrap();
    // What goes along is tried anew, as the text is.
    knows(town, id, 149).await;
    let outcome = considered(town, asks(EINAR), sure_of(id)).await;
    assert!(matches!(outcome, Considered::Noted(_)), "{outcome:?}");
    assert_eq!(switches(town, Mode::Live).await, Err(AutomaticRefused::NotYet));
    town.tampers("update automatic_answers set version = 2").await;
    switches(town, Mode::Live).await.unwrap();
    let inquiry = answered(town, AINO, id).await;
    let raw = town.receipts_to(AINO).pop().unwrap().raw;
    let part = torg_mail::parse(&raw).unwrap().attachments[0].part;
    assert_eq!(torg_mail::part_bytes(&raw, part).unwrap(), b"rules");
    let sent = town.messages_of(BO, inquiry).await.pop().unwrap();
    assert_eq!(sent.attachments[0].name, "rules.pdf");
}

async fn a_reply_to_an_automatic_answer_is_urgent(town: &Town) {
    let id = answers_letters(town, 400).await;
    let inquiry = answered(town, AINO, id).await;
    assert_eq!(replies(town, AINO).await, inquiry);
    let page = town.page_of(BO, inquiry).await.unwrap();
    assert!(page.inquiry.urgent);
    assert_eq!(page.inquiry.state, State::Open);
    let outcome = log(town, KAJA, Look { sent: Some(true), ..Look::default() }).await[0].outcome;
    assert_eq!(outcome, Some(Outcome::Complaint));
    assert_eq!(town.folder_of(BO, torg_store::folders::Folder::All).await[0], inquiry);

    // Who was answered by a colleague since replies to her.
    let other = answered(town, INGRID, id).await;
    BO.at(town).replies(other, "I have looked at it myself.").await.succeeds();
    town.sends().await;
    assert_eq!(replies(town, INGRID).await, other);
    assert!(!town.page_of(BO, other).await.unwrap().inquiry.urgent);
}

async fn thanks_for_an_automatic_answer_are_no_complaint(town: &Town) {
    let id = answers_letters(town, 149).await;
    let inquiry = answered(town, AINO, id).await;
    let answer = town.receipts_to(AINO).pop().unwrap();
    let thanks =
        AINO.answers(&answer, "Hi,\n\nthank you so much for your help!\n\nKind regards\nAino");
    assert_eq!(town.gets(thanks).await, inquiry);
    let outcome =
        async || log(town, KAJA, Look { sent: Some(true), ..Look::default() }).await[0].outcome;
    assert!(!town.page_of(BO, inquiry).await.unwrap().inquiry.urgent);
    assert_eq!((outcome().await, mode(town).await), (None, Mode::Live));
    // What she writes after that is read like everything else.
    replies(town, AINO).await;
    assert!(town.page_of(BO, inquiry).await.unwrap().inquiry.urgent);
    assert_eq!(outcome().await, Some(Outcome::Complaint));
}

async fn two_answers_that_did_not_help_in_a_day_pause_an_answer(town: &Town) {
    let id = answers_letters(town, 400).await;
    let paused = async || town.read(move |read| automatic::permit(read, id)).await.unwrap().paused;
    answered(town, AINO, id).await;
    replies(town, AINO).await;
    assert_eq!(paused().await, None);
    answered(town, INGRID, id).await;
    replies(town, INGRID).await;
    assert!(paused().await.is_some());
    let bo = town.viewer(BO);
    let told = town.read(move |read| notices::page(read, &bo, true, None, 9)).await.rows;
    assert!(told.iter().any(|row| row.kind == NoticeKind::AnswerPaused), "{told:?}");
    assert_eq!(mode(town).await, Mode::Live, "others go on");
    let third = Citizen { name: "Liv", address: "liv@post.example" };
    let outcome = considered(town, asks(third), sure_of(id)).await;
    assert!(matches!(outcome, Considered::Noted(_)), "{outcome:?}");
    town.desk.pause_answer(&town.viewer(BO), id, false).await.unwrap();
    answered(town, Citizen { name: "Per", address: "per@post.example" }, id).await;
}

async fn too_many_faults_end_answering(town: &Town) {
    let id = answers_letters(town, 149).await;
    answered(town, AINO, id).await;
    replies(town, AINO).await;
    let stands = town.desk.automatic(&town.viewer(KAJA)).await.unwrap();
    assert_eq!((stands.mode, stands.fell), (Mode::Shadow, Some(Fall::Bound)));
    assert_eq!(stands.evidence.missing(), 86);
    assert_eq!(switches(town, Mode::Live).await, Err(AutomaticRefused::NotYet));
    let history = town.read(|read| torg_store::changes::of(read, "automatic", 1)).await;
    assert_eq!((history[0].new.as_str(), history[0].by.as_deref()), ("shadow", None));
}

async fn another_text_ends_answering(town: &Town) {
    let id = answers_letters(town, 149).await;
    let bo = town.viewer(BO);
    let (department, owner) = (Some(town.department(super::ROADS)), Some(bo.staff));
    let mut answer = torg_core::answers::StandardAnswer { department, owner, ..super::lamps() };
    answer.texts[0].body.push_str(" Or ten.");
    town.desk.keep_answer(&bo, Some(id), 1, answer).await.unwrap();
    let stands = town.desk.automatic(&town.viewer(KAJA)).await.unwrap();
    assert_eq!((stands.mode, stands.fell), (Mode::Shadow, Some(Fall::Answer)));
    assert_eq!(stands.evidence.missing(), 149);
}

async fn another_model_ends_answering(town: &Town) {
    for model in [Some("model-2".to_owned()), None] {
        let id = match log(town, KAJA, Look::default()).await.first() {
            None => answers_letters(town, 149).await,
            Some(one) => {
                considered(town, asks(INGRID), sure_of(one.answer)).await;
                switches(town, Mode::Live).await.unwrap();
                one.answer
            }
        };
        let other = Judged { model, ..sure_of(id) };
        let outcome = considered(town, asks(AINO), other).await;
        assert!(!matches!(outcome, Considered::Sent(_)), "{outcome:?}");
        let stands = town.desk.automatic(&town.viewer(KAJA)).await.unwrap();
        assert_eq!((stands.mode, stands.fell), (Mode::Shadow, Some(Fall::Model)));
        assert_eq!(switches(town, Mode::Live).await, Err(AutomaticRefused::NotYet));
    }
}

async fn a_language_that_is_not_known_yet_is_only_written_down(town: &Town) {
    let id = answers_letters(town, 149).await;
    // What is known is of Danish letters.
    town.tampers("update automatic_answers set language = 'da'").await;
    let outcome = considered(town, asks(AINO), sure_of(id)).await;
    assert!(matches!(outcome, Considered::Noted(_)), "{outcome:?}");
    town.tampers("update automatic_answers set language = 'en'").await;
    answered(town, INGRID, id).await;
}

async fn one_answer_in_twenty_is_looked_at_by_a_person(town: &Town) {
    let id = answers_letters(town, 400).await;
    answered(town, AINO, id).await;
    town.tampers("update automatic_answers set sampled = 1 where sent is not null").await;
    let to_look_at = async || {
        let kaja = town.viewer(KAJA);
        town.read(move |read| automatic::to_sample(read, &kaja, 9)).await
    };
    let found = to_look_at().await;
    assert_eq!(found.len(), 1);
    assert!(found[0].letter.contains("street lamp"));
    let audits = async |who, id: AutomaticId, agrees| {
        town.desk.audit_automatic_answer(&town.viewer(who), id, agrees).await
    };
    assert_eq!(audits(BO, found[0].id, true).await, Err(AutomaticRefused::NotAllowed));
    audits(KAJA, found[0].id, false).await.unwrap();
    // What is said once stands.
    audits(KAJA, found[0].id, true).await.unwrap();
    assert!(to_look_at().await.is_empty());
    let one = log(town, KAJA, Look { sent: Some(true), ..Look::default() }).await.remove(0);
    assert_eq!(one.outcome, Some(Outcome::Disagreed));
    assert!(town.journal_of(one.inquiry).await.contains(&"answer-audited by Kaja".to_owned()));

    // Together with a complaint of the same day it pauses the answer.
    answered(town, INGRID, id).await;
    replies(town, INGRID).await;
    let permit = town.read(move |read| automatic::permit(read, id)).await.unwrap();
    assert!(permit.paused.is_some());
    let unsampled = town.read(|read| {
        let text = sql!("select id from automatic_answers where sampled = 0 and sent is not null");
        read.all(text, &params![], |row| row.get::<AutomaticId>(0))
    });
    for other in unsampled.await {
        assert_eq!(audits(KAJA, other, true).await, Err(AutomaticRefused::NotFound));
    }
}

async fn what_helped_is_closed_after_a_week_if_that_is_wished(town: &Town) {
    let id = answers_letters(town, 400).await;
    let quiet = answered(town, AINO, id).await;
    let touched = answered(town, INGRID, id).await;
    BO.at(town).claims(touched).await.succeeds();
    let open = async |inquiry| town.page_of(BO, inquiry).await.unwrap().inquiry.state;
    town.passes(SignedDuration::from_hours(8 * 24));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(open(quiet).await, State::Open, "nobody wished it");
    town.desk.set_automatic_closing(&town.viewer(KAJA), true).await.unwrap();
    town.passes(SignedDuration::from_mins(11));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(open(quiet).await, State::Closed);
    assert_eq!(open(touched).await, State::Open, "a colleague has it in hand");
    assert_eq!(town.journal_of(quiet).await.last().unwrap(), "closed");
}
