//! One citizen is one person, however many addresses she writes from.

use torg_core::PersonId;
use torg_desk::{Addressed, Refused};
use torg_store::folders::Folder;
use torg_store::persons;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{AINO, BO, Citizen, Colleague, EINAR, INGRID, SIGRID, WELFARE};

stories![
    two_addresses_of_one_citizen_become_one_person_with_one_history,
    a_citizen_is_one_however_her_mail_program_spells_her_domain,
    joining_two_persons_can_be_taken_back_with_all_that_was_whose,
    who_sees_none_of_what_was_hers_cannot_take_back_a_joining,
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
    let asks = town.desk.add_contact_point(&bo, home, EINAR.address).await;
    assert_eq!(asks, Ok(Addressed::Anothers(work)), "whether they are one, Bo says");
    assert_eq!(person_of(town, BO, from_work).await, work);
    town.desk.join_persons(&bo, home, work).await.unwrap();
    let hers = town.desk.add_contact_point(&bo, home, EINAR.address).await;
    assert_eq!(hers, Ok(Addressed::Hers));
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

async fn a_citizen_is_one_however_her_mail_program_spells_her_domain(town: &Town) {
    let spelled = Citizen { name: "Åse Dahl", address: "ase@blå.example" };
    let in_dns = Citizen { address: "ase@xn--bl-zia.example", ..spelled };
    let lamp = town.mail_from(in_dns, "The street lamp is out").await;
    let bench = town.mail_from(spelled, "A bench").await;
    assert_eq!(person_of(town, BO, lamp).await, person_of(town, BO, bench).await);
}

async fn joining_two_persons_can_be_taken_back_with_all_that_was_whose(town: &Town) {
    let from_home = town.mail_from(AINO, "The street lamp is out").await;
    let from_work = town.mail_from(EINAR, "The same lamp, from my desk").await;
    let (home, work) = (person_of(town, BO, from_home).await, person_of(town, BO, from_work).await);
    let bo = town.viewer(BO);
    assert_eq!(town.desk.join_persons(&bo, home, home).await, Err(Refused::NotFound));
    town.desk.join_persons(&bo, home, work).await.unwrap();
    let meanwhile = town.mail_from(EINAR, "A bench").await;
    let hers = town.mail_from(AINO, "A tree").await;

    let viewer = bo.clone();
    let joined = town.read(move |read| persons::joined_with(read, &viewer, home)).await;
    assert_eq!(joined.len(), 1);
    assert_eq!((joined[0].name.as_str(), joined[0].inquiries), (EINAR.name, 1));
    assert_eq!(joined[0].by, BO.name);
    assert_eq!(town.desk.part_persons(&bo, work, joined[0].id).await, Err(Refused::NotFound));
    assert_eq!(town.desk.part_persons(&bo, home, joined[0].id).await, Ok(work));
    for (inquiry, person) in [(from_home, home), (hers, home), (from_work, work), (meanwhile, work)]
    {
        assert_eq!(person_of(town, BO, inquiry).await, person);
    }
    assert_eq!(town.page_of(BO, from_work).await.unwrap().person.unwrap().name, EINAR.name);
    assert_eq!(person_of(town, BO, town.mail_from(EINAR, "Another bench").await).await, work);
    let again = town.desk.part_persons(&bo, home, joined[0].id).await;
    assert_eq!(again, Err(Refused::NotFound));
    let verbs = town.journal_of_days().await;
    assert_eq!(verbs[verbs.len() - 2..], ["persons-joined", "persons-parted"]);
}

async fn who_sees_none_of_what_was_hers_cannot_take_back_a_joining(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let child = town.gets(INGRID.writes("About my child").to(WELFARE.address)).await;
    let (aino, ingrid) = (person_of(town, BO, lamp).await, person_of(town, SIGRID, child).await);
    let (bo, sigrid) = (town.viewer(BO), town.viewer(SIGRID));
    assert_eq!(town.desk.join_persons(&bo, aino, ingrid).await, Err(Refused::NotFound));
    town.desk.join_persons(&sigrid, aino, ingrid).await.unwrap();
    let joined = async |viewer: torg_core::Viewer| {
        town.read(move |read| persons::joined_with(read, &viewer, aino)).await
    };
    let hers = joined(sigrid.clone()).await;
    assert_eq!((hers.len(), joined(bo.clone()).await.len()), (1, 0));
    let refused = town.desk.part_persons(&bo, aino, hers[0].id).await;
    assert_eq!(refused, Err(Refused::NotFound));
    assert_eq!(town.desk.part_persons(&sigrid, aino, hers[0].id).await, Ok(ingrid));
}

async fn whom_one_may_not_see_one_cannot_join_with(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let child = town.gets(INGRID.writes("About my child").to(WELFARE.address)).await;
    let (aino, ingrid) = (person_of(town, BO, lamp).await, person_of(town, SIGRID, child).await);
    let (bo, sigrid) = (town.viewer(BO), town.viewer(SIGRID));

    let join = |viewer, person, address| town.desk.add_contact_point(viewer, person, address);
    assert_eq!(join(&bo, aino, INGRID.address).await, Err(Refused::NotFound));
    assert_eq!(join(&bo, ingrid, "x@post.example").await, Err(Refused::NotFound));
    let asked = join(&sigrid, aino, INGRID.address).await;
    assert_eq!(asked, Ok(Addressed::Anothers(ingrid)));
}
