//! New inquiries find their department: proposed, by a rule, or moved when the judge is sure.

mod learning;
mod rules;
mod staffing;

use std::collections::HashSet;
use std::time::Duration;

use torg_core::delegation::{Mode, Staffing};
use torg_core::{Fact, InquiryId, State};
use torg_store::delegation::Told;
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::people::{
    ADA, AINO, BO, CITIZEN_SERVICE, DAGNY, Department, EINAR, KAJA, ROADS, SIGRID, WATER, WELFARE,
};
use torg_testkit::town::{self, EngineKind, Plan, Town};

stories![
    the_two_best_departments_are_one_key_away_with_the_words_that_speak_for_them,
    a_letter_that_says_nothing_known_is_proposed_to_nobody,
    what_is_not_ours_goes_back_and_is_not_proposed_again,
    whoever_took_it_in_hand_is_not_disturbed,
    a_restricted_department_is_never_proposed_and_its_letters_teach_nothing,
    a_letter_is_judged_once_however_many_nodes_look,
    the_judge_moves_letters_once_its_history_is_good_enough_and_anybody_takes_it_back,
    what_came_to_a_departments_own_address_is_not_moved,
];

mod the_next_letter_does_not_wait_until_the_judge_of_the_one_before_is_made {
    use torg_testkit::town::EngineKind;

    #[tokio::test]
    async fn sqlite() {
        super::two_letters_come_while_the_judge_is_made(EngineKind::Sqlite).await;
    }

    #[tokio::test]
    async fn postgres() {
        super::two_letters_come_while_the_judge_is_made(EngineKind::Postgres).await;
    }
}

/// The judge understands by a sentence model, which is a pipe here: it is not opened before somebody
/// writes into it.
async fn two_letters_come_while_the_judge_is_made(engine: EngineKind) {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    assert!(std::process::Command::new("mkfifo").arg(&model).status().unwrap().success());
    let plan = Plan { sentence_model: Some(model.clone()), ..Plan::usual() };
    town::on(engine, plan, async |town| {
        let workers = town.desk.start_working();
        let mut facts = town.desk.bus().subscribe();
        let mut met = HashSet::new();
        for number in 0..2 {
            town.receives(AINO.writes(&format!("{HOLE} ({number})"))).await.unwrap();
            while met.len() == number {
                let fact = tokio::time::timeout(Duration::from_secs(20), facts.recv()).await;
                if let Fact::Inquiry { inquiry, .. } = fact.expect("it is filed").unwrap() {
                    met.insert(inquiry);
                }
            }
        }
        let open = move || drop(std::fs::OpenOptions::new().write(true).open(model).unwrap());
        tokio::task::spawn_blocking(open).await.unwrap();
        workers.stop(Duration::from_secs(60)).await;
    })
    .await;
}

const HOLE: &str = "A deep pothole in the road: the asphalt is broken and should be repaired";

async fn tells(town: &Town, department: Department, description: &str, staffing: Staffing) {
    let told = Told { description: description.into(), examples: String::new(), staffing };
    let (ada, id) = (town.viewer(ADA), town.department(department));
    town.desk.describe_department(&ada, id, told).await.unwrap();
}

async fn describes(town: &Town) {
    let roads = "Roads, streets and pavements: potholes, broken asphalt, repairs, snow";
    tells(town, ROADS, roads, Staffing::Nobody).await;
    tells(town, WATER, "Drinking water, sewage, leaks and water meters", Staffing::Nobody).await;
}

async fn delegates(town: &Town) -> usize {
    town.desk.delegate_waiting().await.unwrap()
}

/// What the journal says of its being moved by a rule or the judge.
async fn moved(town: &Town, id: InquiryId) -> Option<String> {
    let journal = town.journal_of(id).await;
    journal.into_iter().find_map(|line| Some(line.strip_prefix("delegated to ")?.to_owned()))
}

async fn owner(town: &Town, id: InquiryId) -> String {
    town.state_of(id).await.1.unwrap_or_default()
}

async fn proposed(town: &Town, id: InquiryId) -> Vec<String> {
    let page = town.page_of(BO, id).await.unwrap();
    page.proposal.to.into_iter().map(|one| one.department.name).collect()
}

async fn the_two_best_departments_are_one_key_away_with_the_words_that_speak_for_them(town: &Town) {
    describes(town).await;
    let hole = town.mail_from(AINO, HOLE).await;
    assert!(proposed(town, hole).await.is_empty(), "filing does not wait for the judge");
    assert_eq!(delegates(town).await, 1);
    let proposal = town.page_of(BO, hole).await.unwrap().proposal;
    let first = proposal.to.first().unwrap();
    assert_eq!(first.department.name, "Roads");
    assert!(first.words.contains(&"asphalt".to_owned()), "{:?}", first.words);
    assert_eq!(proposal.back, None, "it lies with the reception");
    assert_eq!(moved(town, hole).await, None);
    assert_eq!(town.state_of(hole).await, (State::Open, None));
}

async fn a_letter_that_says_nothing_known_is_proposed_to_nobody(town: &Town) {
    describes(town).await;
    let hello = town.mail_from(AINO, "Hello").await;
    let foreign = town.mail_from(EINAR, "Kiedy zniknie snieg").await;
    let flood = town.mail_from(EINAR, "The water runs over the road").await;
    delegates(town).await;
    assert!(proposed(town, hello).await.is_empty());
    assert!(proposed(town, foreign).await.is_empty());
    let proposal = town.page_of(BO, flood).await.unwrap().proposal;
    assert!(!proposal.to.is_empty());
    assert!(proposal.to.iter().all(|one| !one.words.is_empty()), "{proposal:?}");
}

async fn what_is_not_ours_goes_back_and_is_not_proposed_again(town: &Town) {
    describes(town).await;
    let hole = town.mail_from(AINO, HOLE).await;
    delegates(town).await;
    BO.at(town).refers(hole, ROADS, "because of: asphalt").await.succeeds();
    let page = town.page_of(DAGNY, hole).await.unwrap();
    assert_eq!(page.proposal.back.unwrap().name, "Citizen service");
    assert!(page.proposal.to.iter().all(|one| one.department.name != "Roads"));

    DAGNY.at(town).refers(hole, CITIZEN_SERVICE, "Not ours").await.succeeds();
    assert!(!proposed(town, hole).await.contains(&"Roads".to_owned()));
    // Undone, it is as if nobody had said so.
    let act = town.desk.newest_act(&town.viewer(DAGNY), hole).await.unwrap().unwrap();
    town.desk.undo(&town.viewer(DAGNY), act).await.unwrap();
    let act = town.desk.newest_act(&town.viewer(BO), hole).await.unwrap().unwrap();
    town.desk.undo(&town.viewer(BO), act).await.unwrap();
    assert_eq!(proposed(town, hole).await.first().unwrap(), "Roads");
}

async fn whoever_took_it_in_hand_is_not_disturbed(town: &Town) {
    describes(town).await;
    let hole = town.mail_from(AINO, HOLE).await;
    KAJA.at(town).claims(hole).await.succeeds();
    assert_eq!(delegates(town).await, 1);
    assert!(proposed(town, hole).await.is_empty());
    let other = town.mail_from(EINAR, HOLE).await;
    delegates(town).await;
    assert_eq!(proposed(town, other).await.first().unwrap(), "Roads");
    KAJA.at(town).claims(other).await.succeeds();
    assert!(proposed(town, other).await.is_empty(), "it is Kaja's");
    assert!(town.page_of(KAJA, other).await.unwrap().proposal.to.is_empty());
}

async fn a_restricted_department_is_never_proposed_and_its_letters_teach_nothing(town: &Town) {
    describes(town).await;
    let child = town.mail_from(AINO, "Welfare: a child at home is hungry and beaten").await;
    let walled = town.gets(EINAR.writes(HOLE).to(WELFARE.address)).await;
    delegates(town).await;
    assert!(!proposed(town, child).await.contains(&"Welfare".to_owned()));
    let page = town.page_of(SIGRID, walled).await.unwrap();
    assert_eq!(page.proposal.to.first().unwrap().department.name, "Roads", "only proposed");
    assert_eq!(page.proposal.back, None, "it would come out from behind its wall");
    assert!(town.page_of(BO, walled).await.is_none());

    BO.at(town).refers(child, WELFARE, "a child").await.succeeds();
    SIGRID.at(town).replies(child, "We take care of it.").await.succeeds();
    SIGRID.at(town).replies(walled, "We take care of it.").await.succeeds();
    let lessons = town.read(torg_store::delegation::lessons).await;
    assert_eq!(lessons, []);
}

async fn a_letter_is_judged_once_however_many_nodes_look(town: &Town) {
    if town.is_embedded() {
        return;
    }
    for number in 0..3 {
        town.mail_from(AINO, &format!("{HOLE} ({number})")).await;
    }
    let other = town.another_node().await;
    let (here, there) = tokio::join!(town.desk.delegate_waiting(), other.delegate_waiting());
    let (here, there) = (here.unwrap(), there.unwrap());
    assert_eq!(here + there, 3, "{here} and {there}: one of them holds the work");
    assert_eq!(delegates(town).await, 0);
    other.end().await;
}

/// Letters that the reception refers to Roads, which answers them.
async fn roads_answers(town: &Town, letters: usize) {
    for number in 0..letters {
        let hole = town.mail_from(EINAR, &format!("{HOLE}, number {number}")).await;
        delegates(town).await;
        BO.at(town).refers(hole, ROADS, "theirs").await.succeeds();
        DAGNY.at(town).replies(hole, "We mend it.").await.succeeds();
    }
}

async fn the_judge_moves_letters_once_its_history_is_good_enough_and_anybody_takes_it_back(
    town: &Town,
) {
    describes(town).await;
    let roads = Folder::Department(town.department(ROADS));
    town.desk.set_delegating(&town.viewer(ADA), Mode::Move, 50).await.unwrap();
    let least = town.desk.delegating().await.unwrap().least;
    assert_eq!(least, 8);
    roads_answers(town, 7).await;
    let early = town.mail_from(AINO, HOLE).await;
    delegates(town).await;
    assert_eq!(moved(town, early).await, None);

    roads_answers(town, 1).await;
    let told = town.desk.delegating().await.unwrap();
    assert_eq!((told.letters, told.right, told.from), (8, 8, Some(5_000)));
    let hole = town.mail_from(AINO, HOLE).await;
    assert_eq!(delegates(town).await, 1);
    assert_eq!(delegates(town).await, 0, "once");
    let line = moved(town, hole).await.unwrap();
    assert!(line.starts_with("Roads: ") && line.contains("asphalt"), "{line}");
    assert_eq!(town.folder_of(DAGNY, roads).await, [hole]);

    let page = town.page_of(SIGRID, hole).await.unwrap();
    let act = page.entries.iter().find_map(|entry| match entry {
        torg_store::inquiries::Entry::Event(event) if event.may_undo => Some(event.id),
        _ => None,
    });
    town.desk.undo(&town.viewer(SIGRID), act.unwrap()).await.unwrap();
    assert_eq!(town.folder_of(DAGNY, roads).await, []);
    assert!(!proposed(town, hole).await.contains(&"Roads".to_owned()), "somebody said no");
    delegates(town).await;
    assert_eq!(town.folder_of(DAGNY, roads).await, [], "and it is not moved again");

    town.desk.set_delegating(&town.viewer(ADA), Mode::Propose, 50).await.unwrap();
    let other = town.mail_from(EINAR, HOLE).await;
    delegates(town).await;
    assert_eq!(moved(town, other).await, None);
    town.desk.set_delegating(&town.viewer(ADA), Mode::Off, 50).await.unwrap();
    let unread = town.mail_from(EINAR, HOLE).await;
    delegates(town).await;
    assert!(proposed(town, unread).await.is_empty());
}

async fn what_came_to_a_departments_own_address_is_not_moved(town: &Town) {
    describes(town).await;
    town.desk.set_delegating(&town.viewer(ADA), Mode::Move, 50).await.unwrap();
    roads_answers(town, 8).await;
    let own = town.gets(AINO.writes(HOLE).to(WATER.address)).await;
    let walled = town.gets(EINAR.writes(HOLE).to(WELFARE.address)).await;
    delegates(town).await;
    let water = Folder::Department(town.department(WATER));
    assert_eq!(town.folder_of(BO, water).await, [own]);
    assert_eq!(proposed(town, own).await.first().unwrap(), "Roads");
    assert!(town.page_of(SIGRID, walled).await.is_some());
    assert!(town.page_of(BO, walled).await.is_none());
    let general = town.mail_from(AINO, HOLE).await;
    delegates(town).await;
    assert!(moved(town, general).await.is_some(), "the same to the general address is");
}
