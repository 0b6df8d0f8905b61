//! Whose an inquiry is, also when many want it in the same second.

use futures::future::join_all;
use torg_core::inquiry::{AssignRefused, ClaimRefused, ReleaseRefused};
use torg_core::{Language, Role, State, Viewer};
use torg_desk::{NewColleague, Refused};
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{AINO, BO, DAGNY, KAJA, PASSWORD, SIGRID, WELFARE};

stories![
    the_first_to_claim_keeps_the_inquiry,
    only_the_owner_puts_an_inquiry_back,
    an_inquiry_is_handed_to_a_colleague_who_may_see_it,
    nobody_who_left_is_given_work,
];
stories! {
    plan without_receipts;
    of_sixteen_who_claim_at_once_exactly_one_wins,
}

async fn the_first_to_claim_keeps_the_inquiry(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;

    BO.at(town).claims(lamp).await.succeeds();
    let bo = town.viewer(BO).staff;
    DAGNY.at(town).claims(lamp).await.is_refused_with(ClaimRefused::OwnedBy(bo));
    // A second click does no harm, and is no second act.
    BO.at(town).claims(lamp).await.succeeds();

    assert_eq!(town.folder_of(BO, Folder::Mine).await, [lamp]);
    assert_eq!(town.folder_of(DAGNY, Folder::Mine).await, []);
    assert_eq!(town.journal_of(lamp).await, ["received by e-mail", "receipt", "claimed by Bo"]);
    BO.at(town).closes(lamp).await.succeeds();
    DAGNY.at(town).claims(lamp).await.is_refused_with(ClaimRefused::Closed);
}

async fn of_sixteen_who_claim_at_once_exactly_one_wins(town: &Town) {
    const ROUNDS: usize = 50;
    let crowd = crowd(town, 16).await;
    for round in 0..ROUNDS {
        let lamp = town.mail_from(AINO, &format!("Lamp {round} is out")).await;
        let claims = crowd.iter().map(|viewer| town.desk.claim(viewer, lamp));
        let answers = join_all(claims).await;

        let (_, Some(owner)) = town.state_of(lamp).await else {
            panic!("nobody won round {round}");
        };
        for (viewer, answer) in crowd.iter().zip(answers) {
            let owned = crowd.iter().find(|winner| winner.name == owner).unwrap();
            let told = Refused::Claim(ClaimRefused::OwnedBy(owned.staff));
            let expected = if viewer.name == owner { Ok(()) } else { Err(told) };
            assert_eq!(answer, expected, "round {round}, {}", viewer.name);
        }
        let journal = town.journal_of(lamp).await;
        assert_eq!(journal.len(), 2, "{journal:?}");
    }
}

async fn crowd(town: &Town, size: usize) -> Vec<Viewer> {
    let mut crowd = Vec::new();
    for number in 0..size {
        let name = format!("Clerk {number}");
        let new = NewColleague {
            name: name.clone(),
            email: format!("clerk{number}@fjordby.example"),
            role: Role::Staff,
            language: Language::Da,
            departments: vec!["Roads".into()],
            password: PASSWORD.into(),
        };
        let staff = town.desk.add_colleague(new).await.unwrap();
        let role = Role::Staff;
        crowd.push(Viewer { staff, name, role });
    }
    crowd
}

async fn only_the_owner_puts_an_inquiry_back(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let nobody = ReleaseRefused::NobodyOwnsIt;
    BO.at(town).releases(lamp).await.is_refused_with(nobody);

    BO.at(town).claims(lamp).await.succeeds();
    let bo = town.viewer(BO).staff;
    DAGNY.at(town).releases(lamp).await.is_refused_with(ReleaseRefused::OwnedBy(bo));
    BO.at(town).releases(lamp).await.succeeds();

    assert_eq!(town.state_of(lamp).await, (State::Open, None));
    assert_eq!(town.folder_of(DAGNY, Folder::Unowned).await, [lamp]);
    DAGNY.at(town).claims(lamp).await.succeeds();
}

async fn an_inquiry_is_handed_to_a_colleague_who_may_see_it(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let child = town.gets(AINO.writes("About my child").to(WELFARE.address)).await;

    KAJA.at(town).assigns(lamp, DAGNY).await.succeeds();
    let outside = AssignRefused::MayNotSeeIt;
    SIGRID.at(town).assigns(child, DAGNY).await.is_refused_with(outside);
    SIGRID.at(town).assigns(child, SIGRID).await.succeeds();

    assert_eq!(town.folder_of(DAGNY, Folder::Mine).await, [lamp]);
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal.last().unwrap(), "assigned by Kaja to Dagny");
    // Over the owner's head, too: somebody may be ill.
    KAJA.at(town).assigns(lamp, BO).await.succeeds();
    KAJA.at(town).closes(lamp).await.succeeds();
    KAJA.at(town).assigns(lamp, DAGNY).await.is_refused_with(AssignRefused::Closed);
}

async fn nobody_who_left_is_given_work(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    town.desk.deactivate_named(BO.email, None).await.unwrap();
    KAJA.at(town).assigns(lamp, BO).await.is_refused_with(AssignRefused::MayNotSeeIt);
    town.desk.activate_named(BO.email).await.unwrap();
    KAJA.at(town).assigns(lamp, BO).await.succeeds();
}
