//! What the judge learns: from what was referred and answered, and from the archive.

use jiff::SignedDuration;
use torg_core::delegation::Mode;
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, CITIZEN_SERVICE, DAGNY, EINAR, ROADS, SIGRID, WATER, WELFARE,
};

use super::{HOLE, delegates, describes, proposed};

stories![
    what_was_referred_and_answered_is_learnt_and_undoing_is_unlearnt,
    what_the_archive_holds_is_learnt_once_and_told_against_what_would_have_been_guessed,
    an_archive_that_was_brought_in_is_learnt_and_one_behind_a_wall_is_not,
];

/// What the judge was taught, by the departments' names.
async fn taught(town: &Town) -> Vec<String> {
    let lessons = town.read(torg_store::delegation::lessons).await;
    let named = [CITIZEN_SERVICE, ROADS, WATER, WELFARE];
    let name = |id| named.iter().find(|one| town.department(**one) == id).map(|one| one.name);
    let mut names: Vec<_> = lessons.iter().filter_map(|one| name(one.department)).collect();
    names.sort_unstable();
    names.into_iter().map(str::to_owned).collect()
}

async fn what_was_referred_and_answered_is_learnt_and_undoing_is_unlearnt(town: &Town) {
    let [one, two] = [AINO, EINAR].map(|citizen| citizen.writes("About the xylofoniker"));
    let one = town.gets(one).await;
    delegates(town).await;
    BO.at(town).refers(one, WATER, "theirs").await.succeeds();
    let taught = || town.read(torg_store::delegation::lessons);
    let departments = |lessons: Vec<torg_store::delegation::Lesson>| -> Vec<_> {
        lessons.into_iter().map(|lesson| lesson.department).collect()
    };
    assert_eq!(departments(taught().await), [town.department(WATER)]);
    let act = town.desk.newest_act(&town.viewer(BO), one).await.unwrap().unwrap();
    town.desk.undo(&town.viewer(BO), act).await.unwrap();
    assert_eq!(departments(taught().await), []);

    BO.at(town).refers(one, WATER, "theirs after all").await.succeeds();
    BO.at(town).replies(one, "We come with it.").await.succeeds();
    assert_eq!(departments(taught().await), [town.department(WATER)], "each letter once");
    town.passes(SignedDuration::from_mins(11));
    let two = town.gets(two).await;
    delegates(town).await;
    assert_eq!(proposed(town, two).await.first().unwrap(), "Water");
    assert_eq!(town.folder_of(BO, Folder::All).await, [two]);
}

async fn what_the_archive_holds_is_learnt_once_and_told_against_what_would_have_been_guessed(
    town: &Town,
) {
    describes(town).await;
    let ada = town.viewer(ADA);
    town.desk.set_delegating(&ada, Mode::Off, 50).await.unwrap();
    let mut subjects = vec!["A xylofoniker and its noise".to_owned()];
    subjects.extend((0..8).map(|number| format!("{HOLE}, number {number}")));
    for subject in &subjects {
        let theirs = town.mail_from(EINAR, subject).await;
        BO.at(town).refers(theirs, ROADS, "theirs").await.succeeds();
        DAGNY.at(town).closes(theirs).await.succeeds();
    }
    let thanks = town.mail_from(AINO, "Thanks for the xylofoniker").await;
    BO.at(town).closes(thanks).await.succeeds();
    let water = town.gets(AINO.writes("A thermofrob drips").to(WATER.address)).await;
    BO.at(town).closes(water).await.succeeds();
    delegates(town).await;
    // As if nobody had kept anything until now.
    town.tampers("delete from lessons; delete from delegations").await;
    town.desk.do_due_jobs().await.unwrap();
    assert!(taught(town).await.is_empty(), "nobody asks the judge");

    town.desk.set_delegating(&ada, Mode::Propose, 50).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    let learnt = taught(town).await;
    let roads = learnt.iter().filter(|name| *name == ROADS.name).count();
    assert_eq!(
        (roads, learnt.len()),
        (9, 10),
        "{learnt:?}: what was only closed here tells nothing"
    );
    let told = town.desk.delegating().await.unwrap();
    assert_eq!(told.right, 8, "{told:?}: of a xylofoniker it knew nothing before it was told");
    let next = town.mail_from(AINO, "Another xylofoniker").await;
    delegates(town).await;
    assert_eq!(proposed(town, next).await.first().unwrap(), "Roads");

    // Asked again, it knows no more; what goes elsewhere since is no longer told of.
    town.desk.set_delegating(&ada, Mode::Propose, 60).await.unwrap();
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(taught(town).await, learnt);
    BO.at(town).reopens(water).await.succeeds();
    BO.at(town).refers(water, ROADS, "theirs").await.succeeds();
    assert!(!taught(town).await.contains(&WATER.name.to_owned()));
}

async fn an_archive_that_was_brought_in_is_learnt_and_one_behind_a_wall_is_not(town: &Town) {
    town.desk.do_due_jobs().await.unwrap();
    let hole = town.gets(AINO.writes(HOLE).to(ROADS.address)).await;
    let child = town.gets(EINAR.writes("A child").to(WELFARE.address)).await;
    DAGNY.at(town).closes(hole).await.succeeds();
    SIGRID.at(town).closes(child).await.succeeds();
    assert!(taught(town).await.is_empty());
    town.passes(SignedDuration::from_hours(25));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(taught(town).await, [ROADS.name]);
}
