//! New inquiries find their department: proposed, by a rule, or moved when the judge is sure.

use std::collections::HashSet;
use std::time::Duration;

use jiff::SignedDuration;
use torg_core::delegation::{Mode, Rule, Staffing};
use torg_core::{Fact, InquiryId, RuleId, State};
use torg_desk::{Away, ChangeRefused, DepartmentRefused, RuleFault, RuleNotKept};
use torg_store::changes;
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
    what_was_referred_and_answered_is_learnt_and_undoing_is_unlearnt,
    the_judge_moves_letters_once_its_history_is_good_enough_and_anybody_takes_it_back,
    what_the_archive_holds_is_learnt_once_and_told_against_what_would_have_been_guessed,
    an_archive_that_was_brought_in_is_learnt_and_one_behind_a_wall_is_not,
    what_came_to_a_departments_own_address_is_not_moved,
    in_a_rota_each_member_at_work_gets_one_in_turn,
    who_has_the_fewest_open_inquiries_gets_the_next,
    two_who_refer_at_once_give_to_two_colleagues,
    the_first_rule_that_fits_decides_before_the_judge,
    a_rule_whose_department_is_restricted_or_gone_does_nothing,
    a_rule_names_a_member_of_the_department_or_it_is_whoevers_turn,
    a_rule_for_a_restricted_departments_own_address_names_its_owner_there,
    a_rule_is_tried_on_old_letters_and_its_changes_are_taken_back,
    only_administrators_set_delegation,
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
        workers.stop().await;
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

/// What the judge was taught, by the departments' names.
async fn taught(town: &Town) -> Vec<String> {
    let lessons = town.read(torg_store::delegation::lessons).await;
    let named = [CITIZEN_SERVICE, ROADS, WATER, WELFARE];
    let name = |id| named.iter().find(|one| town.department(**one) == id).map(|one| one.name);
    let mut names: Vec<_> = lessons.iter().filter_map(|one| name(one.department)).collect();
    names.sort_unstable();
    names.into_iter().map(str::to_owned).collect()
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

async fn owner(town: &Town, id: InquiryId) -> String {
    town.state_of(id).await.1.unwrap_or_default()
}

async fn in_a_rota_each_member_at_work_gets_one_in_turn(town: &Town) {
    tells(town, ROADS, "", Staffing::Rota).await;
    let mut owners = Vec::new();
    for number in 0..3 {
        let hole = town.gets(AINO.writes(&format!("A hole {number}")).to(ROADS.address)).await;
        delegates(town).await;
        owners.push(owner(town, hole).await);
    }
    owners.sort();
    assert_eq!(owners, ["Bo", "Dagny", "Kaja"]);

    let (begins, ends) = (town.now(), town.now() + SignedDuration::from_hours(48));
    let (begins, ends) = (begins.as_microsecond(), ends.as_microsecond());
    let (staff, word) = (town.viewer(DAGNY).staff, "ill".to_owned());
    let away = Away { staff, begins, ends, word, deputy: None };
    town.desk.go_away(&town.viewer(KAJA), away).await.unwrap();
    for number in 0..4 {
        let hole = town.mail_from(EINAR, &format!("Another hole {number}")).await;
        SIGRID.at(town).refers(hole, ROADS, "theirs").await.succeeds();
        let owner = owner(town, hole).await;
        assert!(
            ["Bo", "Kaja"].contains(&owner.as_str()),
            "{owner}: Dagny is away, Sigrid no member"
        );
    }
    assert_eq!(town.journal_of(town.inquiries().await[0]).await.last().unwrap(), "assigned to Bo");
    tells(town, ROADS, "", Staffing::Nobody).await;
    let hole = town.gets(AINO.writes("Whose is it?").to(ROADS.address)).await;
    delegates(town).await;
    assert_eq!(owner(town, hole).await, "");
}

async fn who_has_the_fewest_open_inquiries_gets_the_next(town: &Town) {
    for who in [BO, BO, KAJA] {
        let lamp = town.mail_from(AINO, "A lamp").await;
        who.at(town).claims(lamp).await.succeeds();
    }
    tells(town, ROADS, "", Staffing::Fewest).await;
    let first = town.gets(AINO.writes("A hole").to(ROADS.address)).await;
    delegates(town).await;
    assert_eq!(owner(town, first).await, "Dagny");
    let undone = town.mail_from(EINAR, "Another hole").await;
    SIGRID.at(town).refers(undone, ROADS, "theirs").await.succeeds();
    assert_ne!(owner(town, undone).await, "Bo");
    let act = town.desk.newest_act(&town.viewer(SIGRID), undone).await.unwrap().unwrap();
    town.desk.undo(&town.viewer(SIGRID), act).await.unwrap();
    assert_eq!(owner(town, undone).await, "", "undone, it is nobody's again");
}

async fn two_who_refer_at_once_give_to_two_colleagues(town: &Town) {
    tells(town, ROADS, "", Staffing::Rota).await;
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(town.mail_from(AINO, &format!("A hole {number}")).await);
    }
    let [bo, dagny, kaja] = [BO.at(town), DAGNY.at(town), KAJA.at(town)];
    let done = tokio::join!(
        bo.refers(ids[0], ROADS, "ours"),
        dagny.refers(ids[1], ROADS, "ours"),
        kaja.refers(ids[2], ROADS, "ours"),
    );
    done.0.succeeds();
    done.1.succeeds();
    done.2.succeeds();
    let mut owners = Vec::new();
    for id in ids {
        owners.push(owner(town, id).await);
    }
    owners.sort();
    assert_eq!(owners, ["Bo", "Dagny", "Kaja"]);
}

fn about(words: &[&str], town: &Town, to: Department) -> Rule {
    let words = words.iter().map(|&word| word.to_owned()).collect();
    Rule { words, department: Some(town.department(to)), ..Rule::default() }
}

async fn rules(town: &Town, rule: Rule) -> RuleId {
    town.desk.save_rule(&town.viewer(ADA), None, rule).await.unwrap()
}

async fn the_first_rule_that_fits_decides_before_the_judge(town: &Town) {
    describes(town).await;
    let ada = town.viewer(ADA);
    let tag = town.desk.add_tag(&ada, "quay", "blue", None).await.unwrap();
    let owner_of_it = Some(town.viewer(KAJA).staff);
    let quay = Rule { places: vec!["the old quay".into()], ..about(&["pothole"], town, ROADS) };
    rules(town, Rule { tag: Some(tag), urgent: true, owner: owner_of_it, ..quay }).await;
    let second = rules(town, about(&["pothole"], town, WATER)).await;

    let quay = town.mail_from(AINO, "A pothole at the old quay").await;
    let other = town.mail_from(EINAR, "Potholes at the new quay").await;
    let none = town.mail_from(EINAR, "A bench").await;
    assert_eq!(delegates(town).await, 3);
    let journal = town.journal_of(quay).await;
    let last = &journal[journal.len() - 3..];
    assert_eq!(last, ["delegated to Kaja to Roads", "tagged", "marked-urgent"]);
    assert_eq!(moved(town, other).await.unwrap(), "Water");
    assert_eq!(moved(town, none).await, None);

    // Raised above the first, the second one decides.
    town.desk.raise_rule(&ada, second).await.unwrap();
    let quay = town.mail_from(AINO, "Another pothole at the old quay").await;
    let walled = town.gets(AINO.writes("A pothole in our yard").to(WELFARE.address)).await;
    delegates(town).await;
    assert_eq!(moved(town, quay).await.unwrap(), "Water");
    assert_eq!(moved(town, walled).await, None, "behind a wall only rules for it are asked");
}

async fn a_rule_whose_department_is_restricted_or_gone_does_nothing(town: &Town) {
    let child = rules(town, about(&["child"], town, WELFARE)).await;
    rules(town, about(&["child"], town, WATER)).await;
    let letter = town.mail_from(AINO, "A child").await;
    delegates(town).await;
    assert_eq!(moved(town, letter).await.unwrap(), "Water");
    let (ada, water) = (town.viewer(ADA), town.department(WATER));
    let service = town.department(CITIZEN_SERVICE);
    town.desk.remove_department(&ada, water, service, false).await.unwrap();
    town.desk.remove_rule(&ada, child).await.unwrap();
    assert_eq!(town.desk.remove_rule(&ada, child).await, Err(RuleNotKept::NotFound));
    let letter = town.mail_from(EINAR, "Another child").await;
    delegates(town).await;
    assert_eq!(moved(town, letter).await, None);
}

async fn a_rule_names_a_member_of_the_department_or_it_is_whoevers_turn(town: &Town) {
    let ada = town.viewer(ADA);
    let of = |who| Some(town.viewer(who).staff);
    let holes = Rule { owner: of(BO), ..about(&["hole"], town, ROADS) };
    let foreign = Rule { owner: of(SIGRID), ..holes.clone() };
    let refused = town.desk.save_rule(&ada, None, foreign).await;
    assert_eq!(refused, Err(RuleNotKept::OwnerNotMember));
    rules(town, holes).await;
    tells(town, ROADS, "", Staffing::Rota).await;
    let hole = town.mail_from(AINO, "A hole").await;
    delegates(town).await;
    assert_eq!(owner(town, hole).await, "Bo");
    assert_eq!(town.desk.rules().await.unwrap()[0].1, None);

    town.desk.set_membership(BO.email, ROADS.name, false).await.unwrap();
    let hole = town.mail_from(EINAR, "Another hole").await;
    delegates(town).await;
    assert_ne!(owner(town, hole).await, "Bo", "he has left Roads");
    assert_eq!(town.desk.rules().await.unwrap()[0].1, Some(RuleFault::NotMember));

    // Where a letter stays where it is, its own department counts.
    let benches = Rule { words: vec!["bench".into()], owner: of(KAJA), ..Rule::default() };
    rules(town, benches).await;
    let here = town.gets(AINO.writes("A bench").to(ROADS.address)).await;
    let elsewhere = town.gets(EINAR.writes("A bench").to(WATER.address)).await;
    delegates(town).await;
    assert_eq!(owner(town, here).await, "Kaja");
    assert_eq!(town.state_of(elsewhere).await, (State::Open, None));
}

async fn a_rule_for_a_restricted_departments_own_address_names_its_owner_there(town: &Town) {
    let ada = town.viewer(ADA);
    let mailboxes = town.read(torg_store::departments::mailboxes).await;
    let own = mailboxes.iter().find(|one| one.address == WELFARE.address).map(|one| one.id);
    let to_sigrid = Rule {
        mailbox: own,
        owner: Some(town.viewer(SIGRID).staff),
        urgent: true,
        ..Rule::default()
    };
    let out = Rule { department: Some(town.department(ROADS)), ..to_sigrid.clone() };
    let refused = town.desk.save_rule(&ada, None, out).await;
    assert_eq!(refused, Err(RuleNotKept::LeavesWall));
    let outsider = Rule { owner: Some(town.viewer(BO).staff), ..to_sigrid.clone() };
    let refused = town.desk.save_rule(&ada, None, outsider).await;
    assert_eq!(refused, Err(RuleNotKept::OwnerNotMember));

    rules(town, about(&["child"], town, WATER)).await;
    rules(town, to_sigrid).await;
    let walled = town.gets(AINO.writes("A child").to(WELFARE.address)).await;
    let open = town.mail_from(EINAR, "Another child").await;
    delegates(town).await;
    let page = town.page_of(SIGRID, walled).await.unwrap();
    let sigrid = Some(town.viewer(SIGRID).staff);
    assert_eq!((page.inquiry.owner, page.inquiry.urgent), (sigrid, true));
    assert_eq!(page.inquiry.department, town.department(WELFARE));
    assert!(town.page_of(BO, walled).await.is_none());
    assert_eq!(moved(town, open).await.unwrap(), "Water");
}

async fn a_rule_is_tried_on_old_letters_and_its_changes_are_taken_back(town: &Town) {
    let lamp = town.mail_from(AINO, "A lamp in Harbour Street").await;
    let hole = town.gets(EINAR.writes("A hole in Harbour Street").to(ROADS.address)).await;
    town.gets(EINAR.writes("Harbour Street").to(WELFARE.address)).await;
    let ada = town.viewer(ADA);
    let tried = async |rule: Rule| {
        let tried = town.desk.try_rule(&ada, rule).await.unwrap();
        let caught: Vec<InquiryId> = tried.caught.iter().map(|letter| letter.inquiry).collect();
        (tried.looked_at, caught)
    };
    let street = Rule { places: vec!["Harbour Street".into()], ..about(&[], town, WATER) };
    assert_eq!(tried(street.clone()).await, (2, vec![hole, lamp]), "none behind a wall");
    let einar = Rule { sender: EINAR.address.into(), ..street.clone() };
    assert_eq!(tried(einar.clone()).await, (2, vec![hole]));

    let id = rules(town, street.clone()).await;
    town.desk.save_rule(&ada, Some(id), einar).await.unwrap();
    let newest = || town.read(|read| Ok(changes::of(read, "rules", 9)?.remove(0).line));
    let change = newest().await;
    town.desk.undo_change(&ada, "rules", change).await.unwrap();
    let kept = town.read(torg_store::delegation::rules).await;
    assert_eq!(kept[0].rule, street);
    town.desk.remove_rule(&ada, id).await.unwrap();
    let again = town.desk.undo_change(&ada, "rules", change).await;
    assert_eq!(again, Err(ChangeRefused::ChangedSince));
    town.desk.undo_change(&ada, "rules", newest().await).await.unwrap();
    assert_eq!(town.read(torg_store::delegation::rules).await, kept, "as it was, where it was");
}

async fn only_administrators_set_delegation(town: &Town) {
    let (ada, kaja, desk) = (town.viewer(ADA), town.viewer(KAJA), &town.desk);
    let refused = desk.set_delegating(&kaja, Mode::Move, 95).await;
    assert_eq!(refused, Err(ChangeRefused::NotAllowed));
    let rule = about(&["hole"], town, ROADS);
    let refused = desk.save_rule(&kaja, None, rule.clone()).await;
    assert_eq!(refused, Err(RuleNotKept::NotAllowed));
    assert_eq!(desk.try_rule(&kaja, rule.clone()).await, Err(RuleNotKept::NotAllowed));
    let roads = town.department(ROADS);
    let refused = desk.describe_department(&kaja, roads, Told::default()).await;
    assert_eq!(refused, Err(DepartmentRefused::NotAllowed));

    let refused = desk.set_delegating(&ada, Mode::Move, 30).await;
    assert_eq!(refused, Err(ChangeRefused::BadValue { what: "precision" }));
    let asks_nothing = Rule { words: vec![" ".into()], ..rule.clone() };
    let refused = desk.save_rule(&ada, None, asks_nothing).await;
    assert_eq!(refused, Err(RuleNotKept::NothingAsked));
    let does_nothing = Rule { department: None, ..rule };
    assert_eq!(desk.save_rule(&ada, None, does_nothing).await, Err(RuleNotKept::NothingDone));

    tells(town, ROADS, "Holes", Staffing::Rota).await;
    let changes = town.read(move |read| changes::of(read, &format!("department:{roads}"), 9)).await;
    let staffing = changes.iter().find(|change| change.what == "staffing").unwrap();
    desk.undo_change(&ada, &staffing.topic, staffing.line).await.unwrap();
    let told = town.read(move |read| torg_store::delegation::told(read, roads)).await;
    assert_eq!((told.description.as_str(), told.staffing), ("Holes", Staffing::Nobody));
}
