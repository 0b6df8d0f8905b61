//! One citizen is one person, however many addresses she writes from.

use torg_core::PersonId;
use torg_desk::Refused;
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{AINO, BO, Colleague, EINAR, INGRID, SIGRID, WELFARE};

stories![
    two_addresses_of_one_citizen_become_one_person_with_one_history,
    whom_one_may_not_see_one_cannot_join_with,
];

async fn person_of(town: &Town, colleague: Colleague, inquiry: torg_core::InquiryId) -> PersonId {
    town.page_of(colleague, inquiry).await.unwrap().person.unwrap().id
}

async fn two_addresses_of_one_citizen_become_one_person_with_one_history(town: &Town) {
    let from_home = town.mail_from(AINO, "The street lamp is out").await;
    let from_work = town.mail_from(EINAR, "The same lamp, from my desk").await;
    let (home, work) = (person_of(town, BO, from_home).await, person_of(town, BO, from_work).await);
    assert_ne!(home, work);

    let bo = town.viewer(BO);
    town.desk.add_contact_point(&bo, home, EINAR.address).await.unwrap();
    town.desk.add_contact_point(&bo, home, "aino.third@post.example").await.unwrap();
    let card = town.page_of(BO, from_work).await.unwrap().person.unwrap();
    assert_eq!((card.id, card.total), (home, 2));
    assert!(card.addresses.iter().any(|address| address == EINAR.address));
    assert_eq!(person_of(town, BO, town.mail_from(EINAR, "And the next lamp").await).await, home);

    for odd in ["not an address", "post@fjordby.example"] {
        let refused = town.desk.add_contact_point(&bo, home, odd).await;
        assert_eq!(refused, Err(Refused::NotAnAddress), "{odd}");
    }
    assert_eq!(town.rows_of(BO, Folder::All).await.len(), 3);
}

async fn whom_one_may_not_see_one_cannot_join_with(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let child = town.gets(INGRID.writes("About my child").to(WELFARE.address)).await;
    let (aino, ingrid) = (person_of(town, BO, lamp).await, person_of(town, SIGRID, child).await);
    let (bo, sigrid) = (town.viewer(BO), town.viewer(SIGRID));

    let join = |viewer, person, address| town.desk.add_contact_point(viewer, person, address);
    assert_eq!(join(&bo, aino, INGRID.address).await, Err(Refused::NotFound));
    assert_eq!(join(&bo, ingrid, "x@post.example").await, Err(Refused::NotFound));
    assert_eq!(join(&sigrid, aino, INGRID.address).await, Ok(()));
}
