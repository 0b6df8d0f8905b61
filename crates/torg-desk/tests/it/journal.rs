//! The journal: every act is one line, and no line can be changed without it being seen.

use jiff::SignedDuration;
use torg_core::Fact;
use torg_store::journal;
use torg_testkit::stories;
use torg_testkit::town::people::{AINO, BO, CITIZEN_SERVICE, DAGNY, KAJA, ROADS, WATER};
use torg_testkit::town::{At, Outcome, Town};

stories![
    a_fact_no_notice_told_reaches_another_node_by_the_journals_tail,
    the_root_of_each_day_shows_when_a_line_was_written_anew,
    every_verb_writes_exactly_one_line,
    what_is_refused_writes_nothing,
    every_changed_byte_is_found,
    an_erased_payload_leaves_the_chain_whole,
];

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) {
    outcome.succeeds();
}

async fn every_verb_writes_exactly_one_line(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let more = town.gets(AINO.writes("Re: The street lamp is out")).await;
    let (bo, dagny, kaja): (At<'_>, At<'_>, At<'_>) = (BO.at(town), DAGNY.at(town), KAJA.at(town));
    macro_rules! act {
        ($act:expr, $line:literal) => {
            let told = town.journal_of(lamp).await;
            $act;
            let now = town.journal_of(lamp).await;
            assert_eq!(now[..told.len()], told[..], "what was written stays");
            assert_eq!(now[told.len()..].join(" + "), $line);
        };
    }
    act!(done(bo.claims(lamp).await), "claimed by Bo");
    act!(done(bo.releases(lamp).await), "released by Bo");
    act!(done(kaja.assigns(lamp, DAGNY).await), "assigned by Kaja to Dagny");
    act!(done(dagny.marks_urgent(lamp, true).await), "marked-urgent by Dagny");
    act!(done(dagny.marks_urgent(lamp, false).await), "unmarked-urgent by Dagny");
    act!(done(dagny.notes(lamp, "Hm").await), "noted by Dagny");
    act!(done(dagny.replies(lamp, "Soon").await), "replied by Dagny");
    act!(assert!(town.sends().await.sent > 0), "sent");
    act!(done(dagny.reopens(lamp).await), "reopened by Dagny");
    act!(done(bo.closes(lamp).await), "closed by Bo");
    act!(done(bo.reopens(lamp).await), "reopened by Bo");
    act!(done(bo.refers(lamp, WATER, "wet").await), "referred by Bo to Water: wet");
    act!(done(bo.confirms_link(lamp, more).await), "linked by Bo");
    act!(done(bo.dismisses_link(lamp, more).await), "dismissed by Bo");
    act!(assert!(bo.reads(lamp).await), "");
}

async fn what_is_refused_writes_nothing(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    DAGNY.at(town).claims(lamp).await.succeeds();
    let before = town.journal_of(lamp).await;
    let bo = BO.at(town);
    assert!(bo.claims(lamp).await.0.is_err());
    assert!(bo.releases(lamp).await.0.is_err());
    assert!(bo.reopens(lamp).await.0.is_err());
    assert!(bo.refers(lamp, CITIZEN_SERVICE, "x").await.0.is_err());
    assert!(bo.refers(lamp, ROADS, "").await.0.is_err());
    assert!(bo.replies(lamp, "Hello").await.0.is_err());
    assert!(bo.notes(lamp, "").await.0.is_err());
    DAGNY.at(town).claims(lamp).await.succeeds();
    assert_eq!(town.journal_of(lamp).await, before);
}

async fn every_changed_byte_is_found(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).refers(lamp, ROADS, "their lamp").await.succeeds();
    BO.at(town).claims(lamp).await.succeeds();
    DAGNY.at(town).notes(lamp, "A fuse").await.succeeds();
    town.sends().await;
    assert!(town.broken_chains().await.is_empty());
    // The history of settings refers to lines of days, and would not let them go.
    town.tampers(
        "delete from changes;
         create table kept as select * from journal;
         create table kept_ends as select id, steps, head from inquiries;
         create table kept_days as select * from journal_days;",
    )
    .await;
    let other_hash = "(select hash from journal where step = 3 limit 1)";
    let of_lamp = format!("where chain = {lamp}");
    for forgery in [
        format!("update journal set verb = 'closed' {of_lamp} and verb = 'claimed'"),
        format!("update journal set at = at + 1 {of_lamp} and step = 2"),
        format!("update journal set staff = null {of_lamp} and step = 4"),
        format!("update journal set staff = staff + 1 {of_lamp} and step = 4"),
        format!("update journal set inquiry = inquiry + 1 {of_lamp} and step = 1"),
        format!("update journal set id = id + 1 {of_lamp} and step = 1"),
        format!("update journal set payload = replace(payload, 'their', 'other') {of_lamp}"),
        format!("update journal set payload = null {of_lamp} and step = 3"),
        format!("update journal set salt = null {of_lamp} and step = 3"),
        format!("update journal set hash = {other_hash} {of_lamp} and step = 2"),
        format!("update journal set step = step + 10 {of_lamp}"),
        format!("delete from journal {of_lamp} and step = 5"),
        format!("delete from journal {of_lamp} and step = 2"),
        format!("delete from journal {of_lamp} and step = 1"),
        format!("delete from journal {of_lamp}"),
        format!("update inquiries set steps = steps - 1 where id = {lamp}"),
        format!("update inquiries set head = {other_hash} where id = {lamp}"),
        "delete from journal where inquiry is null and step = 1".to_owned(),
        "update journal set verb = 'signed-in' where inquiry is null and step = 2".to_owned(),
        "update journal_days set steps = steps + 1".to_owned(),
    ] {
        town.tampers(&forgery).await;
        let broken = town.broken_chains().await;
        assert_eq!(broken.len(), 1, "{forgery}: {broken:?}");
        town.tampers(
            "delete from journal; insert into journal select * from kept;
             update inquiries set steps = (select steps from kept_ends k where k.id = inquiries.id),
               head = (select head from kept_ends k where k.id = inquiries.id);
             delete from journal_days; insert into journal_days select * from kept_days;",
        )
        .await;
        assert!(town.broken_chains().await.is_empty(), "{forgery} was taken back");
    }
}

/// Erasing keeps the promise in the salt's place; what it promised is gone.
async fn an_erased_payload_leaves_the_chain_whole(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).refers(lamp, ROADS, "Aino's lamp").await.succeeds();
    let kept = town
        .read(move |read| {
            let line = torg_store::sql!(
                "select salt, payload from journal where chain = $1 and verb = 'referred'"
            );
            read.one(line, &torg_store::params![lamp], |row| {
                Ok((row.get::<Vec<u8>>(0)?, row.get::<String>(1)?))
            })
        })
        .await;
    let (salt, payload) = kept.unwrap();
    let promise = torg_core::journal::commitment(&salt, &payload);
    let bytes = match town.place {
        torg_store::Place::Sqlite(_) => format!("x'{promise}'"),
        torg_store::Place::Postgres(_) => format!("'\\x{promise}'"),
    };
    town.tampers(&format!(
        "update journal set payload = null, salt = {bytes} where chain = {lamp} and verb = 'referred'"
    ))
    .await;
    assert!(town.broken_chains().await.is_empty());
    assert_eq!(town.journal_of(lamp).await.last().unwrap(), "referred by Bo");
}

async fn a_fact_no_notice_told_reaches_another_node_by_the_journals_tail(town: &Town) {
    if town.is_embedded() {
        return; // one process has an embedded database to itself
    }
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    town.desk.read_tail().await.unwrap();
    let mut listening = town.listens();
    let mut of_the_lamp = || {
        let is_it = |fact: &Fact| matches!(fact, Fact::Inquiry { inquiry, .. } if *inquiry == lamp);
        listening().iter().filter(|fact| is_it(fact)).count()
    };
    BO.at(town).claims(lamp).await.succeeds();
    assert_eq!(of_the_lamp(), 1);
    town.desk.read_tail().await.unwrap();
    assert_eq!(of_the_lamp(), 0, "what was heard is not told again");

    town.passes(SignedDuration::from_secs(1));
    let other = town.another_node().await;
    other
        .note(&town.viewer(DAGNY), lamp, "The bulb is here".into(), town.fresh_key(), 0)
        .await
        .unwrap();
    assert_eq!(of_the_lamp(), 0, "the other node died before it said so");
    // Transactions of other tests on this server hold the tail up for a moment.
    while town.desk.read_tail().await.unwrap() == 0 {}
    assert_eq!(of_the_lamp(), 1);
    town.desk.read_tail().await.unwrap();
    assert_eq!(of_the_lamp(), 0);
    other.end().await;
}

async fn the_root_of_each_day_shows_when_a_line_was_written_anew(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let check = || journal::check_roots(town.desk.reader());
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(check().await, Ok((1, vec![])), "of everything until last midnight");
    for day in 2..=3 {
        town.passes(SignedDuration::from_hours(24));
        BO.at(town).notes(lamp, "Still dark").await.succeeds();
        town.desk.do_due_jobs().await.unwrap();
        town.desk.do_due_jobs().await.unwrap();
        assert_eq!(check().await, Ok((day, vec![])));
    }
    let lines = town.read(|read| {
        let all = torg_store::sql!("select lines from journal_roots order by until");
        read.all(all, &[], |row| row.get::<i64>(0))
    });
    let lines = lines.await;
    assert!(lines[1] > 0 && lines[2] > 0, "{lines:?}");

    let first = town.read(|read| {
        let line = torg_store::sql!("select min(id) from journal where verb = 'noted'");
        read.one(line, &[], |row| row.get::<i64>(0))
    });
    let first = first.await.unwrap();
    let swap = format!("update journal set id = -id where id = {first}");
    town.tampers(&swap).await;
    let (roots, wrong) = check().await.unwrap();
    assert_eq!((roots, wrong.len()), (3, 1), "the day it was written on");
    town.tampers(&format!("update journal set id = -id where id = -{first}")).await;
}
