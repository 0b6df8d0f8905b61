//! Spam is taught and untaught: where letters lie by it, and what the judge makes of it.

use jiff::SignedDuration;
use torg_core::spam::{SaidAlready, Verdict};
use torg_core::{InquiryId, NoticeKind, State};
use torg_desk::spam::Marked;
use torg_desk::{Act, Budget, ChangeRefused, Refused};
use torg_store::folders::Folder;
use torg_store::{notices, spam};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::*;

stories![
    what_is_marked_as_spam_leaves_the_work_and_comes_back_as_if_it_came_now,
    marking_is_undone_and_the_judge_forgets_it,
    a_judge_that_has_learnt_nothing_fills_no_folder,
    what_was_taught_goes_to_the_folder_unasked_and_nobody_is_told,
    whom_we_have_answered_is_never_taken_for_spam,
    what_follows_spam_stays_there_until_it_looks_like_a_letter,
    every_node_learns_the_same_and_what_was_deleted_is_no_longer_learnt_from,
    administrators_take_lessons_back_and_have_all_forgotten,
    spam_of_a_restricted_department_stays_behind_its_wall,
    many_are_marked_at_once_and_unmarked,
    spam_in_a_conversation_is_learnt_and_the_conversation_stays,
    what_is_perhaps_spam_gets_its_receipt_once_somebody_says_it_is_a_letter,
    what_may_be_a_letter_is_told_once_a_day_to_the_department_and_gets_its_receipt_late,
];

const CASINO: Citizen = Citizen { name: "Lucky Spins", address: "win@jackpot.example" };

/// Letters and spam that are told apart by what they say, each another one.
fn written(is_spam: bool, number: usize) -> Mail {
    let (about, more) = if is_spam {
        ("Casino bonus jackpot spins", "winner offer prize voucher claim")
    } else {
        ("Lampe gate vei mørk", "hilsen nabo borger takk kommune")
    };
    let name = if is_spam { "Lucky Spins" } else { "Nabo" };
    let address: &'static str =
        format!("from{number}@{}.example", if is_spam { "win" } else { "post" }).leak();
    let text = format!("{about} nummer{number} {more} ord{}", number * 7);
    Citizen { name, address }.writes(&format!("{about} {number}")).saying(&text)
}

async fn gets(town: &Town, is_spam: bool, number: usize) -> InquiryId {
    town.gets(written(is_spam, number)).await
}

/// Bo marks so many letters and as much spam, and the judge has time to learn.
async fn teaches(town: &Town, of_each: usize) -> Vec<InquiryId> {
    let bo = town.viewer(BO);
    let mut marked = Vec::new();
    for number in 0..of_each {
        for is_spam in [true, false] {
            let id = gets(town, is_spam, number).await;
            town.desk.mark_spam(&bo, id, is_spam).await.unwrap();
            marked.push(id);
        }
    }
    town.desk.do_due_jobs().await.unwrap();
    marked
}

async fn verdict(town: &Town, colleague: Colleague, id: InquiryId) -> Option<Verdict> {
    let messages = town.messages_of(colleague, id).await;
    messages.last()?.judged.as_ref().map(|judged| judged.verdict)
}

async fn learnt(town: &Town) -> (u32, u32) {
    let state = town.desk.spam_state(&town.viewer(ADA)).await.unwrap();
    (state.letters, state.spam)
}

async fn what_is_marked_as_spam_leaves_the_work_and_comes_back_as_if_it_came_now(town: &Town) {
    let (bo, lamp) = (town.viewer(BO), town.mail_from(AINO, "You have won").await);
    let before = town.counts_of(BO).await;
    assert_eq!((before.all, before.spam), (1, 0));

    town.desk.mark_spam(&bo, lamp, true).await.unwrap();
    assert_eq!(town.state_of(lamp).await.0, State::Spam);
    assert_eq!(town.folder_of(BO, Folder::All).await, []);
    assert_eq!(town.folder_of(BO, Folder::Spam).await, [lamp]);
    let there = town.counts_of(BO).await;
    assert_eq!((there.all, there.unowned, there.spam), (0, 0, 1));
    let again = town.desk.mark_spam(&bo, lamp, true).await;
    assert_eq!(again, Err(Refused::Spam(SaidAlready)));

    let created = town.page_of(BO, lamp).await.unwrap().created;
    town.passes(SignedDuration::from_hours(30));
    town.desk.mark_spam(&bo, lamp, false).await.unwrap();
    assert_eq!(town.folder_of(BO, Folder::All).await, [lamp]);
    let page = town.page_of(BO, lamp).await.unwrap();
    assert_eq!(page.created, created, "her wait is counted from when it came");
    let kept = town.read(move |read| torg_store::due::kept(read, lamp)).await.unwrap();
    assert_eq!(kept.facts.began, town.now(), "the clock of our promises from now");
    assert!(kept.facts.pauses.is_empty());
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal[2..], ["marked-spam by Bo", "marked-letter by Bo"]);
}

async fn marking_is_undone_and_the_judge_forgets_it(town: &Town) {
    let (bo, lamp) = (town.viewer(BO), town.mail_from(AINO, "The lamp").await);
    town.desk.mark_spam(&bo, lamp, true).await.unwrap();
    assert_eq!(learnt(town).await, (0, 1));
    let line = town.desk.newest_act(&bo, lamp).await.unwrap().unwrap();
    town.desk.undo(&bo, line).await.unwrap();
    assert_eq!(town.state_of(lamp).await.0, State::Open);
    assert_eq!(learnt(town).await, (0, 0));

    // Who changes her mind by marking teaches once, not twice.
    town.desk.mark_spam(&bo, lamp, true).await.unwrap();
    town.desk.mark_spam(&bo, lamp, false).await.unwrap();
    assert_eq!(learnt(town).await, (1, 0));
}

async fn a_judge_that_has_learnt_nothing_fills_no_folder(town: &Town) {
    let phish = CASINO
        .writes("Din konto er suspendert")
        .saying("Bekreft passordet ditt innen 24 timer: http://185.3.2.1/bankid/login.php?id=9");
    let id = town.gets(phish).await;
    assert_eq!(town.state_of(id).await.0, State::Open);
    let judged = town.messages_of(BO, id).await[0].judged.clone().unwrap();
    assert!(judged.verdict <= Verdict::Perhaps && judged.score < 1_000_000, "{judged:?}");
    let row = town.rows_of(BO, Folder::All).await.remove(0);
    assert_eq!(row.suspect, judged.verdict == Verdict::Perhaps);
}

async fn what_was_taught_goes_to_the_folder_unasked_and_nobody_is_told(town: &Town) {
    teaches(town, 24).await;
    town.sends().await;
    let receipts = town.relay.taken().len();

    let spam = gets(town, true, 100).await;
    assert_eq!(verdict(town, BO, spam).await, Some(Verdict::Spam));
    assert_eq!(town.state_of(spam).await.0, State::Spam);
    let judged = town.messages_of(BO, spam).await[0].judged.clone().unwrap();
    assert!(judged.reasons[0].weight > 0.0, "{judged:?}");
    town.sends().await;
    assert_eq!(town.relay.taken().len(), receipts, "no receipt to whoever sent it");
    assert_eq!(town.journal_of(spam).await, ["received by e-mail", "judged-spam"]);

    let letter = gets(town, false, 101).await;
    assert_eq!(town.state_of(letter).await.0, State::Open);
    town.sends().await;
    assert_eq!(town.relay.taken().len(), receipts + 1);

    let nothing = Budget::Nothing;
    town.desk.set_spam_budget(&town.viewer(ADA), nothing).await.unwrap();
    let kept = gets(town, true, 102).await;
    assert_eq!(verdict(town, BO, kept).await, Some(Verdict::Perhaps));
    assert_eq!(town.state_of(kept).await.0, State::Open);
    assert!(town.rows_of(BO, Folder::All).await.iter().any(|row| row.id == kept && row.suspect));
}

async fn whom_we_have_answered_is_never_taken_for_spam(town: &Town) {
    teaches(town, 24).await;
    let letter =
        town.gets(CASINO.writes("Lampe gate").saying("Lampe gate vei mørk hilsen nabo")).await;
    BO.at(town).replies(letter, "We will mend it.").await.succeeds();
    let strange = town
        .gets(CASINO.writes("Casino bonus").saying("Casino bonus jackpot spins winner offer prize"))
        .await;
    assert_ne!(strange, letter);
    assert_eq!(town.state_of(strange).await.0, State::Open);
    let judged = town.messages_of(BO, strange).await[0].judged.clone().unwrap();
    assert_eq!(judged.verdict, Verdict::Inbox);
    assert_eq!(judged.reasons[0].key, "answered-sender");
}

async fn what_follows_spam_stays_there_until_it_looks_like_a_letter(town: &Town) {
    teaches(town, 24).await;
    let mail = written(true, 50);
    let spam = town.gets(mail.clone()).await;
    assert_eq!(town.state_of(spam).await.0, State::Spam);
    let more = written(true, 51).referring_to(&mail.id(), &[]);
    assert_eq!(town.gets(more).await, spam);
    assert_eq!(town.state_of(spam).await.0, State::Spam);
    let honest = written(false, 52).referring_to(&mail.id(), &[]);
    assert_eq!(town.gets(honest).await, spam);
    assert_eq!(town.state_of(spam).await.0, State::Open);
}

async fn every_node_learns_the_same_and_what_was_deleted_is_no_longer_learnt_from(town: &Town) {
    let marked = teaches(town, 24).await;
    let ada = town.viewer(ADA);
    gets(town, true, 60).await;
    town.desk.mark_spam(&town.viewer(BO), marked[1], true).await.unwrap();
    let here = town.desk.spam_state(&ada).await.unwrap();
    let there = town.another_node().await;
    let told = there.spam_state(&ada).await.unwrap();
    assert_eq!((told.hash, told.letters, told.spam), (here.hash, here.letters, here.spam));
    there.end().await;

    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(learnt(town).await, (23, 25));
    let gone = town.messages_of(BO, marked[0]).await[0].id;
    town.tampers(&format!("update messages set raw = null where id = {gone}")).await;
    town.desk.set_spam_budget(&ada, Budget::Least).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(learnt(town).await, (23, 24));
    town.tampers(&format!(
        "update messages set raw = (select raw from arrivals where message = {gone}) where id = {gone}"
    ))
    .await;
}

async fn administrators_take_lessons_back_and_have_all_forgotten(town: &Town) {
    teaches(town, 24).await;
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO));
    assert_eq!(town.desk.forget_spam(&bo).await, Err(ChangeRefused::NotAllowed));
    let state = town.desk.spam_state(&ada).await.unwrap();
    assert_eq!(state.lessons[0].by.as_deref(), Some("Bo"));
    town.desk.take_lesson_back(&ada, state.lessons[0].n).await.unwrap();
    let again = town.desk.take_lesson_back(&ada, state.lessons[0].n).await;
    assert_eq!(again, Err(ChangeRefused::ChangedSince));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(learnt(town).await, (23, 24));

    town.desk.forget_spam(&ada).await.unwrap();
    assert_eq!(town.state_of(gets(town, true, 70).await).await.0, State::Open, "at once");
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(learnt(town).await, (0, 0));
    let line = town.read(|read| torg_store::changes::of(read, "spam", 1)).await[0].line;
    town.desk.undo_change(&ada, "spam", line).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(learnt(town).await, (23, 24));
    assert_eq!(town.state_of(gets(town, true, 71).await).await.0, State::Spam);
}

async fn spam_of_a_restricted_department_stays_behind_its_wall(town: &Town) {
    teaches(town, 24).await;
    let before = town.counts_of(BO).await.spam;
    let spam = town.gets(written(true, 80).to(WELFARE.address)).await;
    assert_eq!(town.state_of(spam).await.0, State::Spam);
    assert_eq!(town.counts_of(BO).await.spam, before);
    assert!(!town.folder_of(BO, Folder::Spam).await.contains(&spam));
    assert!(town.folder_of(SIGRID, Folder::Spam).await.contains(&spam));
    assert_eq!(town.desk.mark_spam(&town.viewer(BO), spam, false).await, Err(Refused::NotFound));
}

async fn spam_in_a_conversation_is_learnt_and_the_conversation_stays(town: &Town) {
    let (bo, letter) = (town.viewer(BO), AINO.writes("The lamp"));
    let lamp = town.gets(letter.clone()).await;
    BO.at(town).replies(lamp, "We will mend it.").await.succeeds();
    let hijacked = written(true, 1).referring_to(&letter.id(), &[]);
    assert_eq!(town.gets(hijacked).await, lamp);
    let marked = town.desk.mark_spam(&bo, lamp, true).await;
    assert_eq!(marked, Ok(Marked::Letter), "what is told is told of the letter");
    assert_eq!(town.state_of(lamp).await.0, State::Open, "Aino's matter is still ours");
    assert_eq!(learnt(town).await, (0, 1));
    let again = town.desk.mark_spam(&bo, lamp, true).await;
    assert_eq!(again, Err(Refused::Spam(SaidAlready)));
    let line = town.desk.newest_act(&bo, lamp).await.unwrap().unwrap();
    town.desk.undo(&bo, line).await.unwrap();
    assert_eq!(learnt(town).await, (0, 0));

    let spam = written(true, 2);
    let first = town.gets(spam.clone()).await;
    let more = Citizen { name: "Lucky Spins", address: "from2@win.example" };
    let more = more.writes("Casino").saying("Casino bonus again").referring_to(&spam.id(), &[]);
    assert_eq!(town.gets(more).await, first);
    assert_eq!(town.desk.mark_spam(&bo, first, true).await, Ok(Marked::Inquiry));
    assert_eq!(town.state_of(first).await.0, State::Spam, "nobody but the spammer wrote there");
}

async fn many_are_marked_at_once_and_unmarked(town: &Town) {
    let bo = town.viewer(BO);
    let mut all = Vec::new();
    for number in 0..5 {
        all.push(gets(town, true, number).await);
    }
    let begun = town.desk.bulk(&bo, Act::Spam { spam: true }, all.clone()).await.unwrap();
    assert_eq!(town.counts_of(BO).await.spam, 5);
    assert_eq!(learnt(town).await, (0, 5));
    town.desk.undo_bulk(&bo, begun.id).await.unwrap();
    assert_eq!(town.counts_of(BO).await.spam, 0);
    assert_eq!(learnt(town).await, (0, 0));
    let told = town.read(spam::model).await;
    assert_eq!(told.last, 10, "the log is only added to");
}

async fn what_is_perhaps_spam_gets_its_receipt_once_somebody_says_it_is_a_letter(town: &Town) {
    let links = |who: Citizen, shown: &str| {
        let page = format!("<p>The lamp is out: <a href='http://a.example/x'>{shown}</a></p>");
        who.writes("The lamp").saying(&page).with("Content-Type", "text/html; charset=utf-8")
    };
    let honest = town.gets(links(AINO, "www.a.example")).await;
    let lies = town.gets(links(CASINO, "www.bank.example")).await;
    assert_eq!(verdict(town, BO, lies).await, Some(Verdict::Perhaps));
    town.sends().await;
    assert_eq!(town.journal_of(honest).await, ["received by e-mail", "receipt"]);
    assert_eq!(town.journal_of(lies).await, ["received by e-mail"]);

    let told = town.desk.mark_spam(&town.viewer(BO), lies, false).await;
    assert_eq!(told, Ok(Marked::Letter));
    assert_eq!(town.journal_of(lies).await[1..], ["marked-letter by Bo", "receipt"]);
}

async fn what_may_be_a_letter_is_told_once_a_day_to_the_department_and_gets_its_receipt_late(
    town: &Town,
) {
    teaches(town, 24).await;
    let waits = async |colleague: Colleague| -> Vec<InquiryId> {
        let viewer = town.viewer(colleague);
        let rows = town.read(move |read| notices::unmailed(read, &viewer, 50)).await;
        let near = rows.into_iter().filter(|row| row.kind == NoticeKind::NearSpam);
        near.map(|row| row.inquiry).collect()
    };
    let mut fresh = Vec::new();
    for number in 90..95 {
        fresh.push(town.gets(written(true, number).to(ROADS.address)).await);
    }
    town.gets(written(true, 95).to(WELFARE.address)).await;
    town.desk.mark_spam(&town.viewer(BO), fresh[0], true).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert!(waits(DAGNY).await.is_empty(), "not before the morning");

    town.passes(SignedDuration::from_hours(23));
    town.desk.do_due_jobs().await.unwrap();
    let told = waits(DAGNY).await;
    assert_eq!(told.len(), 3, "the three nearest to the border");
    assert!(told.iter().all(|id| fresh[1..].contains(id)), "and none that somebody marked");
    assert_eq!(waits(SIGRID).await.len(), 1);
    town.passes(SignedDuration::from_hours(2));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(waits(DAGNY).await.len(), 3);

    town.sends().await;
    let before = town.relay.taken().len();
    town.desk.mark_spam(&town.viewer(DAGNY), fresh[1], false).await.unwrap();
    town.sends().await;
    assert_eq!(town.relay.taken().len(), before + 1, "her receipt");
    let journal = town.journal_of(fresh[1]).await;
    assert_eq!(journal[2..], ["marked-letter by Dagny", "receipt"]);
}
