//! Allowing answers, and what is written down while colleagues answer.

use torg_core::answers::{Stage, StandardAnswer};
use torg_core::automatic::{Mode, Outcome};
use torg_core::{InquiryId, Language, Role, Viewer};
use torg_desk::{AutomaticRefused, ChangeRefused, Considered};
use torg_store::automatic::{self, Look};
use torg_store::changes;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, Citizen, DAGNY, EINAR, INGRID, KAJA, SIGRID, WELFARE,
};

use super::{
    SAYS, asks, considered, keeps, lamps, log, mode, permits, shadowed, sure_of, switches,
};

stories! {
    plan without_receipts;
    the_owner_allows_an_answer_until_a_day_and_it_can_be_undone,
    only_an_answer_in_use_of_an_open_department_may_be_allowed,
    what_would_be_sent_is_written_down_and_nothing_leaves,
    what_a_colleague_sends_is_compared_with_it,
    what_is_closed_without_an_answer_counts_against_it,
    what_went_behind_a_wall_is_a_broken_guard,
    another_text_begins_to_be_counted_anew,
    a_retired_answer_is_not_allowed_any_more,
    nobody_but_leads_switches_and_answering_needs_149_letters,
    the_log_holds_the_walls_and_is_narrowed,
    a_letter_is_looked_at_once_whoever_looks,
}

async fn the_owner_allows_an_answer_until_a_day_and_it_can_be_undone(town: &Town) {
    let id = keeps(town, lamps()).await;
    assert_eq!(permits(town, DAGNY, id, "2026-10-01").await, Err(AutomaticRefused::NotAllowed));
    permits(town, BO, id, "2026-11-04").await.unwrap();
    for day in ["2026-11-05", "2026-05-04", "2026-01-01"] {
        assert_eq!(permits(town, BO, id, day).await, Err(AutomaticRefused::NotThatDay), "{day}");
    }
    permits(town, ADA, id, "").await.unwrap();
    let topic = format!("permit:{id}");
    let of = topic.clone();
    let history = town.read(move |read| changes::of(read, &of, 9)).await;
    let told: Vec<_> = history.iter().map(|one| (one.old.as_str(), one.new.as_str())).collect();
    assert_eq!(told, [("2026-11-04", ""), ("", "2026-11-04")]);
    let (ada, line) = (town.viewer(ADA), history[0].line);
    let refused = town.desk.undo_change(&town.viewer(BO), &topic, line).await;
    assert_eq!(refused, Err(ChangeRefused::NotAllowed));
    town.desk.undo_change(&ada, &topic, line).await.unwrap();
    let permit = town.read(move |read| automatic::permit(read, id)).await.unwrap();
    assert_eq!(permit.until.to_string(), "2026-11-04");
    assert_eq!(permit.paused, None);
    town.desk.pause_answer(&town.viewer(KAJA), id, true).await.unwrap();
    let refused = town.desk.pause_answer(&town.viewer(DAGNY), id, false).await;
    assert_eq!(refused, Err(AutomaticRefused::NotAllowed));
    town.desk.pause_all_answers(&town.viewer(KAJA), false).await.unwrap();
    let permit = town.read(move |read| automatic::permit(read, id)).await.unwrap();
    assert_eq!(permit.paused, None);
}

async fn only_an_answer_in_use_of_an_open_department_may_be_allowed(town: &Town) {
    let draft = keeps(town, StandardAnswer { stage: Stage::Draft, ..lamps() }).await;
    let refused = Err(AutomaticRefused::NotThisAnswer);
    assert_eq!(permits(town, BO, draft, "2026-10-01").await, refused);
    let sigrid = town.viewer(SIGRID);
    let department = Some(town.department(WELFARE));
    let hidden = StandardAnswer { department, owner: Some(sigrid.staff), ..lamps() };
    let hidden = town.desk.keep_answer(&sigrid, None, 0, hidden).await.unwrap();
    assert_eq!(permits(town, SIGRID, hidden, "2026-10-01").await, refused);
    assert_eq!(permits(town, ADA, hidden, "2026-10-01").await, Err(AutomaticRefused::NotFound));
}

async fn what_would_be_sent_is_written_down_and_nothing_leaves(town: &Town) {
    let id = shadowed(town).await;
    let Considered::Noted(noted) = considered(town, asks(AINO), sure_of(id)).await else {
        panic!("it was not written down");
    };
    town.sends().await;
    assert!(town.relay.taken().is_empty());
    let found = log(town, KAJA, Look::default()).await.remove(0);
    assert_eq!((found.id, found.answer, found.version), (noted, id, 1));
    assert_eq!((found.sureness, found.model.as_str()), (970, "model-1"));
    assert!(found.threshold < 970, "{}", found.threshold);
    assert_eq!((found.language.as_str(), found.body.as_str()), ("en", SAYS));
    assert_eq!((found.sent, found.outcome), (None, None));
    let lines = town.journal_of(found.inquiry).await;
    assert_eq!(lines, ["received by e-mail"]);
}

/// A letter that would be answered, and what is noted after `does`.
async fn noted_after(
    town: &Town,
    citizen: Citizen,
    does: impl AsyncFnOnce(InquiryId),
) -> Option<Outcome> {
    let id = log(town, KAJA, Look::default()).await.first().map(|one| one.answer);
    let id = match id {
        Some(id) => id,
        None => shadowed(town).await,
    };
    let outcome = considered(town, asks(citizen), sure_of(id)).await;
    assert!(matches!(outcome, Considered::Noted(_)), "{outcome:?}");
    let newest = log(town, KAJA, Look::default()).await.remove(0);
    does(newest.inquiry).await;
    town.sends().await;
    let sigrid = Viewer { role: Role::Administrator, ..town.viewer(SIGRID) };
    let page = town.read(move |read| automatic::log(read, &sigrid, &Look::default(), 50)).await;
    page.rows.into_iter().find(|one| one.id == newest.id).unwrap().outcome
}

async fn what_a_colleague_sends_is_compared_with_it(town: &Town) {
    let same = noted_after(town, AINO, async |inquiry| {
        BO.at(town).replies(inquiry, &format!("{SAYS}\n\nBo")).await.succeeds();
    });
    assert_eq!(same.await, Some(Outcome::Agreed));
    let einars = SAYS.replace("Aino", "Einar");
    let little = noted_after(town, EINAR, async |inquiry| {
        let text = einars.replace("five", "six");
        BO.at(town).replies(inquiry, &text).await.succeeds();
    });
    assert_eq!(little.await, Some(Outcome::Agreed));
    let other = noted_after(town, INGRID, async |inquiry| {
        let text = "Hi Ingrid.\n\nThat lamp is not ours. Please ask the owner of the road.";
        BO.at(town).replies(inquiry, text).await.succeeds();
    });
    assert_eq!(other.await, Some(Outcome::Disagreed));
    let stands = town.desk.automatic(&town.viewer(KAJA)).await.unwrap();
    assert_eq!((stands.evidence.agreed, stands.evidence.faults, stands.evidence.broken), (2, 1, 0));
    assert_eq!(stands.evidence.missing(), 233);
    assert_eq!((stands.figures.len(), stands.figures[0].chosen), (1, 3));
}

async fn what_is_closed_without_an_answer_counts_against_it(town: &Town) {
    let closed = noted_after(town, AINO, async |inquiry| {
        BO.at(town).closes(inquiry).await.succeeds();
    });
    assert_eq!(closed.await, Some(Outcome::Disagreed));
    // An answer that closes it is an answer.
    let answered = noted_after(town, EINAR, async |inquiry| {
        let seen = town.length_of(inquiry).await;
        let reply = BO.at(town).reply(&SAYS.replace("Aino", "Einar"), seen);
        let reply = torg_desk::Reply { then: torg_desk::Then::Closed, ..reply };
        BO.at(town).replies_with(inquiry, reply).await.succeeds();
    });
    assert_eq!(answered.await, Some(Outcome::Agreed));
}

async fn what_went_behind_a_wall_is_a_broken_guard(town: &Town) {
    let hidden = noted_after(town, AINO, async |inquiry| {
        BO.at(town).refers(inquiry, WELFARE, "It is about her home").await.succeeds();
        SIGRID.at(town).replies(inquiry, SAYS).await.succeeds();
    });
    assert_eq!(hidden.await, Some(Outcome::Broken));
    let stands = town.desk.automatic(&town.viewer(KAJA)).await.unwrap();
    assert_eq!(stands.evidence.broken, 1);
    assert!(log(town, KAJA, Look::default()).await.is_empty(), "she stands outside the wall");
}

async fn another_text_begins_to_be_counted_anew(town: &Town) {
    let agreed = noted_after(town, AINO, async |inquiry| {
        BO.at(town).replies(inquiry, SAYS).await.succeeds();
    });
    assert_eq!(agreed.await, Some(Outcome::Agreed));
    let id = log(town, KAJA, Look::default()).await[0].answer;
    let bo = town.viewer(BO);
    let kept = |change: fn(&mut StandardAnswer)| {
        let (department, owner) = (Some(town.department(super::ROADS)), Some(bo.staff));
        let mut answer = StandardAnswer { department, owner, ..lamps() };
        change(&mut answer);
        answer
    };
    let count = async || town.desk.automatic(&bo_leads(town)).await.unwrap().evidence.agreed;
    let asked = kept(|answer| answer.texts[0].questions.push("Is the lamp out?".into()));
    town.desk.keep_answer(&bo, Some(id), 1, asked).await.unwrap();
    assert_eq!(count().await, 1, "how it is asked for is no text");
    let said = kept(|answer| answer.texts[0].body.push_str(" Bo"));
    town.desk.keep_answer(&bo, Some(id), 2, said).await.unwrap();
    assert_eq!(count().await, 0);
}

fn bo_leads(town: &Town) -> Viewer {
    Viewer { role: Role::Lead, ..town.viewer(BO) }
}

async fn a_retired_answer_is_not_allowed_any_more(town: &Town) {
    let id = shadowed(town).await;
    let bo = town.viewer(BO);
    town.desk.set_answer_stage(&bo, id, Stage::Retired).await.unwrap();
    assert_eq!(town.read(move |read| automatic::permit(read, id)).await, None);
    town.desk.set_answer_stage(&bo, id, Stage::InUse).await.unwrap();
    assert_eq!(town.read(move |read| automatic::permit(read, id)).await, None);
}

async fn nobody_but_leads_switches_and_answering_needs_149_letters(town: &Town) {
    let id = shadowed(town).await;
    let refused = town.desk.set_automatic_mode(&town.viewer(BO), Mode::Off).await;
    assert_eq!(refused, Err(AutomaticRefused::NotAllowed));
    super::knows(town, id, 148).await;
    assert_eq!(switches(town, Mode::Live).await, Err(AutomaticRefused::NotYet));
    let outcome = considered(town, asks(AINO), sure_of(id)).await;
    assert!(matches!(outcome, Considered::Noted(_)), "{outcome:?}");
    let inquiry = log(town, KAJA, Look { sent: Some(false), ..Look::default() }).await[0].inquiry;
    BO.at(town).replies(inquiry, SAYS).await.succeeds();
    town.sends().await;
    switches(town, Mode::Live).await.unwrap();
    assert_eq!(mode(town).await, Mode::Live);
}

async fn the_log_holds_the_walls_and_is_narrowed(town: &Town) {
    let id = shadowed(town).await;
    for citizen in [AINO, EINAR] {
        considered(town, asks(citizen), sure_of(id)).await;
    }
    let all = log(town, KAJA, Look::default()).await;
    assert_eq!(all.len(), 2);
    assert!(all[0].id > all[1].id, "newest first");
    let older = Look { after: Some(all[0].id), answer: Some(id), ..Look::default() };
    assert_eq!(log(town, KAJA, older).await, all[1..]);
    let agreed = Look { outcome: Some(Outcome::Agreed), ..Look::default() };
    assert!(log(town, KAJA, agreed).await.is_empty());
    let kaja = town.viewer(KAJA);
    let page = town.read(move |read| automatic::log(read, &kaja, &Look::default(), 1)).await;
    assert_eq!((page.rows.len(), page.next), (1, Some(all[0].id)));
    BO.at(town).refers(all[0].inquiry, WELFARE, "Hers").await.succeeds();
    assert_eq!(log(town, KAJA, Look::default()).await.len(), 1);
    let bo = town.desk.automatic(&town.viewer(BO)).await;
    assert!(matches!(bo, Err(AutomaticRefused::NotAllowed)));
    assert_eq!(all[0].language.parse(), Ok(Language::En));
}

async fn a_letter_is_looked_at_once_whoever_looks(town: &Town) {
    let id = shadowed(town).await;
    town.gets(asks(AINO)).await;
    let letter = super::waiting(town).await.unwrap();
    let outcomes = if town.is_embedded() {
        let first = town.desk.consider_letter(letter, sure_of(id)).await.unwrap();
        [first, town.desk.consider_letter(letter, sure_of(id)).await.unwrap()]
    } else {
        let other = town.another_node().await;
        let (one, two) = tokio::join!(
            town.desk.consider_letter(letter, sure_of(id)),
            other.consider_letter(letter, sure_of(id))
        );
        [one.unwrap(), two.unwrap()]
    };
    let gone = outcomes.iter().filter(|one| **one == Considered::Gone).count();
    assert_eq!(gone, 1, "{outcomes:?}");
    assert_eq!(log(town, KAJA, Look::default()).await.len(), 1);
}
