//! Whoever of a department gets what comes to it.

use jiff::SignedDuration;
use torg_core::delegation::Staffing;
use torg_desk::Away;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{AINO, BO, DAGNY, EINAR, KAJA, ROADS, SIGRID};

use super::{delegates, owner, tells};

stories![
    in_a_rota_each_member_at_work_gets_one_in_turn,
    who_has_the_fewest_open_inquiries_gets_the_next,
    two_who_refer_at_once_give_to_two_colleagues,
];

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
