//! Inquiries of very many messages: what is read at first, and what is said of the rest.

use jiff::SignedDuration;
use torg_core::{InquiryId, Verb};
use torg_desk::{Envelope, Reply};
use torg_store::inquiries::{self, Entry, Extent, InquiryPage, NEWEST};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{AINO, BO, DAGNY};

stories![
    a_long_inquiry_opens_with_its_newest_messages,
    what_was_merged_and_taken_back_is_counted_rightly,
    the_letter_an_answer_goes_to_is_always_there,
];

/// The page as it opens.
async fn opens(town: &Town, id: InquiryId) -> InquiryPage {
    let viewer = town.viewer(BO);
    let page = town.read(move |read| inquiries::page(read, &viewer, id, Extent::Newest)).await;
    page.expect("she sees this inquiry")
}

fn texts(page: &InquiryPage) -> Vec<&str> {
    let texts = page.entries.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.text.trim()),
        Entry::Event(_) => None,
    });
    texts.collect()
}

fn verbs(page: &InquiryPage) -> Vec<(Verb, Option<Verb>)> {
    let verbs = page.entries.iter().filter_map(|entry| match entry {
        Entry::Event(event) => Some((event.verb, event.of.as_ref().map(|of| of.verb))),
        Entry::Message(_) => None,
    });
    verbs.collect()
}

async fn notes(town: &Town, id: InquiryId, numbers: std::ops::RangeInclusive<usize>) {
    for number in numbers {
        town.passes(SignedDuration::from_mins(1));
        BO.at(town).notes(id, &format!("Note {number}")).await.succeeds();
    }
}

/// Bo asks, and Aino answers.
async fn asks_and_hears(town: &Town, id: InquiryId) {
    town.passes(SignedDuration::from_mins(1));
    BO.at(town).replies(id, "Which one?").await.succeeds();
    town.sends().await;
    let question = town.answers_to(AINO).pop().expect("it was sent");
    town.passes(SignedDuration::from_mins(1));
    assert_eq!(town.gets(AINO.answers(&question, "The second.")).await, id);
}

async fn a_long_inquiry_opens_with_its_newest_messages(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let bo = town.viewer(BO);
    BO.at(town).marks_urgent(lamp, true).await.succeeds();
    let urgent = town.desk.newest_act(&bo, lamp).await.unwrap().unwrap();
    notes(town, lamp, 1..=17).await;
    asks_and_hears(town, lamp).await;
    let page = opens(town, lamp).await;
    assert_eq!((texts(&page).len(), page.earlier), (NEWEST, 0), "as many as fit are all");
    assert!(verbs(&page).contains(&(Verb::MarkedUrgent, None)));

    notes(town, lamp, 18..=22).await;
    town.desk.undo(&bo, urgent).await.unwrap();
    BO.at(town).closes(lamp).await.succeeds();
    let page = opens(town, lamp).await;
    let shown = texts(&page);
    assert_eq!((shown.len(), page.earlier), (NEWEST, 5));
    assert_eq!((shown[0], shown[NEWEST - 1]), ("Note 5", "Note 22"));
    let since = verbs(&page);
    let last = [(Verb::Undone, Some(Verb::MarkedUrgent)), (Verb::Closed, None)];
    assert!(since.ends_with(&last), "what was undone is told though it was done before: {since:?}");
    assert!(!since.contains(&(Verb::MarkedUrgent, None)), "what was done before is not");
    let Some(Entry::Event(closed)) = page.entries.last() else { panic!("closing is the last") };
    assert!(closed.may_undo && !closed.undone);

    let whole = town.page_of(BO, lamp).await.unwrap();
    assert_eq!((texts(&whole).len(), whole.earlier), (25, 0));
    assert!(verbs(&whole).contains(&(Verb::MarkedUrgent, None)));
}

async fn what_was_merged_and_taken_back_is_counted_rightly(town: &Town) {
    let (lamp, more) = (town.mail_from(AINO, "Lamp").await, town.mail_from(AINO, "More").await);
    let bo = BO.at(town);
    let held = Envelope { hold_seconds: 10, ..Envelope::default() };
    let reply = Reply { envelope: held, ..bo.reply("Tomorow.", 1) };
    let message = bo.replies_with(lamp, reply).await.succeeds();
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
    notes(town, more, 1..=3).await;
    notes(town, lamp, 4..=18).await;
    asks_and_hears(town, lamp).await;
    town.desk.merge(&bo.viewer, lamp, more, false).await.unwrap();
    let page = opens(town, lamp).await;
    assert_eq!((texts(&page).len(), page.earlier), (NEWEST, 2), "the two letters");
    assert_eq!(texts(&page)[0], "Note 1", "of what was merged");
    assert_eq!(texts(&town.page_of(DAGNY, lamp).await.unwrap()).len(), 22);
}

async fn the_letter_an_answer_goes_to_is_always_there(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    notes(town, lamp, 1..=21).await;
    let page = opens(town, lamp).await;
    assert_eq!((texts(&page).len(), page.earlier), (22, 0));
    assert_eq!(page.recipient.map(|to| to.address).as_deref(), Some(AINO.address));
}
