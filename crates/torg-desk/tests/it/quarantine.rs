//! What could not be filed is not lost: it can be seen, looked at raw, and tried again.

use jiff::SignedDuration;
use torg_core::inquiry::ReferRefused;
use torg_core::{Fact, MailboxId};
use torg_desk::{FilingReport, ImportRefused, KEPT_DISCARDED, Refused};
use torg_mail::smtp::NotReceived;
use torg_store::arrivals::{self, Quarantined};
use torg_store::departments;
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::{ADA, AINO, BO, Colleague, EINAR, ROADS, SIGRID, WELFARE};
use torg_testkit::town::{Became, Town};

stories![
    what_is_no_mail_is_kept_and_shown,
    one_odd_mail_does_not_stop_the_others,
    while_the_database_fails_mail_is_put_off_and_nothing_is_lost,
    mail_for_nobody_waits_until_the_address_is_there_and_an_archive_for_nobody_is_refused,
    what_lies_in_quarantine_for_a_walled_department_is_behind_its_wall,
    what_is_for_an_open_department_too_lies_behind_the_wall_all_the_same,
    an_address_that_becomes_a_walled_departments_takes_its_quarantine_along,
    what_one_may_not_see_does_not_crowd_out_what_one_may,
    what_came_for_nobody_is_sent_to_the_right_department_and_filed,
    out_from_behind_a_wall_it_goes_only_expressly,
    what_is_discarded_with_a_word_why_can_be_put_back_for_a_month,
];

async fn quarantine(town: &Town, colleague: Colleague) -> Vec<Quarantined> {
    let viewer = town.viewer(colleague);
    town.read(move |read| arrivals::quarantine(read, &viewer)).await
}

async fn what_is_no_mail_is_kept_and_shown(town: &Town) {
    for (number, odd) in
        [&b" \r\n"[..], b"no header at all\r\n\r\n", b"\0\0\0"].into_iter().enumerate()
    {
        let mut listening = town.listens();
        let Became::Quarantined(id) = town.gets_odd(Mail::raw(odd)).await else {
            panic!("{odd:?} was read as a letter");
        };
        assert!(listening().contains(&Fact::Quarantine));
        let shown = quarantine(town, BO).await;
        assert_eq!((shown[0].id, shown.len()), (id, number + 1));
        assert!(!shown[0].error.is_empty() && shown[0].attempts == 1);
        let counts = town.counts_of(BO).await;
        assert_eq!(usize::try_from(counts.quarantine), Ok(number + 1));
        let raw = town.desk.raw_arrival(&town.viewer(BO), id).await.unwrap();
        assert_eq!(raw.as_deref(), Some(odd));

        // Trying again does not make it a letter.
        BO.at(town).retries(id).await.succeeds();
        assert_eq!(town.files().await, FilingReport { filed: 0, quarantined: 1 });
        assert_eq!(quarantine(town, BO).await[0].attempts, 2);
    }
    let verbs = town.journal_of_days().await;
    assert_eq!(verbs.iter().filter(|verb| *verb == "quarantined").count(), 6);
    assert_eq!(verbs.iter().filter(|verb| *verb == "retried").count(), 3);
    assert!(town.inquiries().await.is_empty());
}

async fn one_odd_mail_does_not_stop_the_others(town: &Town) {
    for number in 0..40 {
        let mail = match number % 5 {
            3 => Mail::raw(b"not a letter"),
            _ => AINO.writes(&format!("Letter {number}")),
        };
        town.receives(mail).await.unwrap();
    }
    town.receives(EINAR.writes("For nobody").to("nobody@fjordby.example")).await.unwrap();
    town.receives(EINAR.writes("The last one")).await.unwrap();
    assert_eq!(town.files().await, FilingReport { filed: 33, quarantined: 9 });
    assert_eq!(town.inquiries().await.len(), 33);
    assert_eq!(quarantine(town, ADA).await.len(), 9);
}

/// The sender's server tries again later, and so does filing.
async fn while_the_database_fails_mail_is_put_off_and_nothing_is_lost(town: &Town) {
    let before = AINO.writes("Before");
    town.receives(before.clone()).await.unwrap();
    town.tampers("alter table arrivals rename to arrivals_gone").await;
    let put_off = town.receives(AINO.writes("Meanwhile")).await;
    assert!(matches!(put_off, Err(NotReceived::Temporary(_))), "{put_off:?}");
    assert!(town.desk.file_waiting().await.is_err());
    town.tampers("alter table arrivals_gone rename to arrivals").await;

    town.receives(AINO.writes("Meanwhile, once more")).await.unwrap();
    assert_eq!(town.files().await, FilingReport { filed: 2, quarantined: 0 });
    assert_eq!(town.gets(before).await, town.inquiries().await[0]);
}

async fn mail_for_nobody_waits_until_the_address_is_there_and_an_archive_for_nobody_is_refused(
    town: &Town,
) {
    let museum = "museum@fjordby.example";
    let raw = AINO.writes("About the museum").bytes(town.now());
    let refused = town.desk.import(museum, "old:1".into(), raw).await;
    assert_eq!(refused, Err(ImportRefused::UnknownAddress(museum.to_owned())));

    town.receives(AINO.writes("About the museum").to(museum)).await.unwrap();
    town.files().await;
    let arrival = quarantine(town, BO).await.remove(0);
    assert!(arrival.error.contains("none of its recipients"), "{}", arrival.error);

    town.desk.add_address(museum, ROADS.name).await.unwrap();
    BO.at(town).retries(arrival.id).await.succeeds();
    assert_eq!(town.files().await, FilingReport { filed: 1, quarantined: 0 });
    assert!(quarantine(town, BO).await.is_empty());
    assert_eq!(town.inquiries().await.len(), 1);
    BO.at(town).retries(arrival.id).await.is_refused_with(Refused::NotFound);
}

async fn what_lies_in_quarantine_for_a_walled_department_is_behind_its_wall(town: &Town) {
    let addresses = [
        WELFARE.address,
        "Welfare@Fjordby.Example",
        "welfare+tag@fjordby.example",
        "<welfare@fjordby.example>",
    ];
    for address in addresses {
        let odd = Mail::raw(b"not a letter").to(address);
        let Became::Quarantined(id) = town.gets_odd(odd).await else {
            panic!("not a letter");
        };
        assert_eq!(quarantine(town, SIGRID).await[0].id, id);
        for outsider in [BO, ADA] {
            assert!(quarantine(town, outsider).await.is_empty(), "{address}");
            assert_eq!(town.counts_of(outsider).await.quarantine, 0);
            let raw = town.desk.raw_arrival(&town.viewer(outsider), id).await.unwrap();
            assert!(raw.is_none(), "{address}");
            outsider.at(town).retries(id).await.is_refused_with(Refused::NotFound);
        }
        assert!(town.desk.raw_arrival(&town.viewer(SIGRID), id).await.unwrap().is_some());
    }
    SIGRID.at(town).retries(quarantine(town, SIGRID).await[0].id).await.succeeds();
    town.files().await;
}

async fn what_is_for_an_open_department_too_lies_behind_the_wall_all_the_same(town: &Town) {
    let odd = Mail::raw(b"not a letter").to(ROADS.address).and_to(WELFARE.address);
    town.gets_odd(odd).await;
    assert_eq!((quarantine(town, BO).await.len(), quarantine(town, SIGRID).await.len()), (0, 1));
    town.gets_odd(Mail::raw(b"not a letter either").to(ROADS.address)).await;
    assert_eq!((quarantine(town, BO).await.len(), quarantine(town, SIGRID).await.len()), (1, 2));
}

async fn an_address_that_becomes_a_walled_departments_takes_its_quarantine_along(town: &Town) {
    let shelter = "shelter@fjordby.example";
    town.gets_odd(Mail::raw(b"not a letter").to(shelter)).await;
    assert_eq!(town.counts_of(BO).await.quarantine, 1);
    town.desk.add_address(shelter, WELFARE.name).await.unwrap();
    assert_eq!(town.counts_of(BO).await.quarantine, 0);
    assert_eq!(town.counts_of(SIGRID).await.quarantine, 1);
}

async fn mailbox(town: &Town, address: &'static str) -> MailboxId {
    let found = town.read(move |read| departments::mailbox(read, address)).await;
    found.unwrap().id
}

async fn what_came_for_nobody_is_sent_to_the_right_department_and_filed(town: &Town) {
    town.receives(AINO.writes("A hole in the road").to("raods@fjordby.example")).await.unwrap();
    town.files().await;
    let arrival = quarantine(town, BO).await.remove(0).id;
    let mut listening = town.listens();
    let (bo, roads) = (town.viewer(BO), mailbox(town, ROADS.address).await);
    town.desk.readdress_arrival(&bo, arrival, roads, false).await.unwrap();
    assert!(listening().contains(&Fact::Quarantine));
    assert_eq!(town.files().await, FilingReport { filed: 1, quarantined: 0 });
    assert!(quarantine(town, BO).await.is_empty());
    let rows = town.rows_of(BO, Folder::Department(town.department(ROADS))).await;
    assert_eq!(rows[0].subject, "A hole in the road");
    let again = town.desk.readdress_arrival(&bo, arrival, roads, false).await;
    assert_eq!(again, Err(Refused::NotFound));
    assert!(town.journal_of_days().await.contains(&"readdressed".to_owned()));

    // What is no letter is none at another address either.
    let Became::Quarantined(odd) = town.gets_odd(Mail::raw(b"not a letter")).await else {
        panic!("not a letter");
    };
    town.desk
        .readdress_arrival(&bo, odd, mailbox(town, WELFARE.address).await, false)
        .await
        .unwrap();
    town.files().await;
    assert!(quarantine(town, BO).await.is_empty(), "it lies behind Welfare's wall now");
    assert_eq!(quarantine(town, SIGRID).await[0].id, odd);
}

async fn out_from_behind_a_wall_it_goes_only_expressly(town: &Town) {
    let odd = Mail::raw(b"not a letter").to(WELFARE.address);
    let Became::Quarantined(id) = town.gets_odd(odd).await else { panic!("not a letter") };
    let roads = mailbox(town, ROADS.address).await;
    let (bo, sigrid) = (town.viewer(BO), town.viewer(SIGRID));
    let send = |viewer, opens| town.desk.readdress_arrival(viewer, id, roads, opens);
    assert_eq!(send(&bo, true).await, Err(Refused::NotFound));
    assert_eq!(send(&sigrid, false).await, Err(ReferRefused::WouldOpen.into()));
    assert_eq!(send(&sigrid, true).await, Ok(()));
    town.files().await;
    assert_eq!(quarantine(town, BO).await[0].id, id);
}

async fn what_is_discarded_with_a_word_why_can_be_put_back_for_a_month(town: &Town) {
    let Became::Quarantined(id) = town.gets_odd(Mail::raw(b"not a letter")).await else {
        panic!("not a letter");
    };
    let bo = town.viewer(BO);
    let discarded = async || {
        let viewer = bo.clone();
        town.read(move |read| arrivals::discarded(read, &viewer)).await.len()
    };
    assert_eq!(town.desk.discard_arrival(&bo, id, " ").await, Err(Refused::Empty));
    let long = "x".repeat(301);
    let refused = town.desk.discard_arrival(&bo, id, &long).await;
    assert_eq!(refused, Err(Refused::TooLong { most: 300 }));
    let mut listening = town.listens();
    town.desk.discard_arrival(&bo, id, "A test of the copier").await.unwrap();
    assert!(listening().contains(&Fact::Quarantine));
    assert_eq!((town.counts_of(BO).await.quarantine, discarded().await), (0, 1));
    assert!(town.desk.raw_arrival(&bo, id).await.unwrap().is_some());
    BO.at(town).retries(id).await.is_refused_with(Refused::NotFound);

    town.desk.restore_arrival(&bo, id).await.unwrap();
    assert_eq!(town.desk.restore_arrival(&bo, id).await, Err(Refused::NotFound));
    assert_eq!((quarantine(town, BO).await[0].id, discarded().await), (id, 0));

    town.desk.discard_arrival(&bo, id, "A test of the copier").await.unwrap();
    town.passes(KEPT_DISCARDED - SignedDuration::from_hours(1));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(discarded().await, 1);
    town.passes(SignedDuration::from_hours(2));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(discarded().await, 0);
    assert_eq!(town.desk.restore_arrival(&bo, id).await, Err(Refused::NotFound));
    let verbs = town.journal_of_days().await;
    let of = |word: &str| verbs.iter().filter(|verb| *verb == word).count();
    assert_eq!((of("discarded"), of("restored")), (2, 1));
}

async fn what_one_may_not_see_does_not_crowd_out_what_one_may(town: &Town) {
    let Became::Quarantined(open) = town.gets_odd(Mail::raw(b"not a letter")).await else {
        panic!("not a letter");
    };
    for number in 0..201 {
        let odd = Mail::raw(format!("not letter {number}").as_bytes()).to(WELFARE.address);
        town.receives(odd).await.unwrap();
    }
    town.files().await;
    let shown = quarantine(town, BO).await;
    assert_eq!((shown.len(), shown[0].id), (1, open));
    assert_eq!(town.counts_of(BO).await.quarantine, 1);
    assert_eq!(quarantine(town, SIGRID).await.len(), 200);
    assert_eq!(town.counts_of(SIGRID).await.quarantine, 202);
}
