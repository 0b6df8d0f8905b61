//! The same mail, however often and wherever it is delivered.

use torg_core::Fact;
use torg_core::wall::open_wall;
use torg_desk::Imported;
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::{AINO, BO, CITIZEN_SERVICE, EINAR, ROADS, SIGRID, WATER, WELFARE};

stories![
    a_mail_delivered_twice_is_one_message,
    a_mail_to_two_departments_is_one_inquiry_shown_to_both,
    a_mail_that_comes_to_two_departments_apart_is_one_inquiry,
    a_walled_department_gets_its_own_inquiry,
    the_same_id_on_another_letter_is_another_letter,
    what_a_machine_says_again_without_id_and_date_is_no_copy,
    an_address_named_twice_gets_one_letter,
    what_went_behind_a_wall_is_not_shown_again_by_a_copy,
    an_archive_brought_in_twice_comes_in_once,
];

async fn a_mail_delivered_twice_is_one_message(town: &Town) {
    let mail = AINO.writes("The street lamp is out");
    let lamp = town.gets(mail.clone()).await;
    let journal = town.journal_of(lamp).await;
    for _ in 0..3 {
        assert_eq!(town.gets(mail.clone()).await, lamp);
    }
    assert_eq!(town.length_of(lamp).await, 1);
    assert_eq!(town.journal_of(lamp).await, journal);
    town.sends().await;
    assert_eq!(town.receipts_to(AINO).len(), 1);
}

async fn a_mail_to_two_departments_is_one_inquiry_shown_to_both(town: &Town) {
    let mail = AINO.writes("A hole").to(ROADS.address).and_to(WATER.address);
    let hole = town.gets(mail).await;
    assert_eq!(town.inquiries().await, [hole]);
    let (roads, water) = (town.department(ROADS), town.department(WATER));
    let own = town.rows_of(BO, Folder::Department(roads)).await;
    let shown = town.rows_of(BO, Folder::Department(water)).await;
    assert_eq!((own[0].id, own[0].shown), (hole, false));
    assert_eq!((shown[0].id, shown[0].shown), (hole, true));
    assert_eq!(town.counts_of(BO).await.all, 1, "and counts once in all");
    let page = town.page_of(BO, hole).await.unwrap();
    let names: Vec<_> = page.shown_to.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Water"]);
    let journal = town.journal_of(hole).await;
    assert_eq!(journal, ["received by e-mail", "shown to Water", "receipt"]);

    BO.at(town).closes(hole).await.succeeds();
    assert_eq!(town.folder_of(BO, Folder::Department(water)).await, []);
}

async fn a_mail_that_comes_to_two_departments_apart_is_one_inquiry(town: &Town) {
    let mail = AINO.writes("A hole");
    let hole = town.gets(mail.clone().to(ROADS.address)).await;
    // The second copy names the second address in the envelope only.
    let copy = mail.to(WATER.address).with("To", ROADS.address);
    assert_eq!(town.gets(copy.clone()).await, hole);
    let water = Folder::Department(town.department(WATER));
    assert_eq!(town.folder_of(BO, water).await, [hole]);
    assert_eq!(town.length_of(hole).await, 1);
    // And once more to both.
    assert_eq!(town.gets(copy.and_to(ROADS.address)).await, hole);
    assert_eq!(town.length_of(hole).await, 1);
}

async fn a_walled_department_gets_its_own_inquiry(town: &Town) {
    let mail = AINO.writes("My child and the lamp").to(ROADS.address).and_to(WELFARE.address);
    let open = town.gets(mail.clone()).await;
    let all = town.inquiries().await;
    let [walled] = all.iter().filter(|id| **id != open).copied().collect::<Vec<_>>()[..] else {
        panic!("two inquiries, not {all:?}");
    };
    assert!(town.page_of(BO, open).await.is_some() && town.page_of(BO, walled).await.is_none());
    assert!(town.page_of(SIGRID, walled).await.is_some());
    assert!(town.page_of(BO, open).await.unwrap().shown_to.is_empty());
    // Delivered once more after all.
    town.gets(mail).await;
    assert_eq!(town.inquiries().await.len(), 2);
    assert_eq!((town.length_of(open).await, town.length_of(walled).await), (1, 1));
}

async fn the_same_id_on_another_letter_is_another_letter(town: &Town) {
    let id = "<1@careless.example>";
    let lamp = town.gets(AINO.writes("The lamp").with("Message-ID", id)).await;
    let bin = town.gets(EINAR.writes("The bin").with("Message-ID", id)).await;
    assert_ne!(lamp, bin);
}

async fn what_a_machine_says_again_without_id_and_date_is_no_copy(town: &Town) {
    let form = || EINAR.writes("Call me back").without("Message-ID");
    let dated = form().with("Date", "Mon, 04 May 2026 08:00:00 +0200");
    let call = town.gets(dated.clone()).await;
    assert_eq!(town.gets(dated).await, call, "the same mail once more");
    let whole = |mail: Mail| {
        let text = String::from_utf8(mail.bytes(town.now())).unwrap();
        let undated: Vec<&str> =
            text.split("\r\n").filter(|line| !line.starts_with("Date:")).collect();
        form().as_bytes(undated.join("\r\n").into_bytes())
    };
    let first = town.gets(whole(form())).await;
    let second = town.gets(whole(form())).await;
    assert!(first != second && first != call, "somebody filled in the form on two days");
}

async fn an_address_named_twice_gets_one_letter(town: &Town) {
    let mail =
        AINO.writes("The lamp").to("Roads@Fjordby.example").and_to("roads+x@fjordby.example");
    let lamp = town.gets(mail.and_to(ROADS.address)).await;
    assert_eq!(town.length_of(lamp).await, 1);
    assert!(town.page_of(BO, lamp).await.unwrap().shown_to.is_empty());
}

async fn what_went_behind_a_wall_is_not_shown_again_by_a_copy(town: &Town) {
    let mail = AINO.writes("My neighbour's child").to(ROADS.address);
    let child = town.gets(mail.clone()).await;
    BO.at(town).refers(child, WELFARE, "a child").await.succeeds();

    let mut listening = town.listens();
    assert_eq!(town.gets(mail.and_to(CITIZEN_SERVICE.address)).await, child);
    let open = |fact: &Fact| matches!(fact, Fact::Inquiry { inquiry, wall, .. } if *inquiry == child && *wall == open_wall());
    let facts = listening();
    assert!(!facts.iter().any(open), "{facts:?}");
    assert!(town.page_of(SIGRID, child).await.unwrap().shown_to.is_empty());
    for folder in [Folder::All, Folder::Department(town.department(CITIZEN_SERVICE))] {
        assert_eq!(town.folder_of(BO, folder).await, []);
    }
}

async fn an_archive_brought_in_twice_comes_in_once(town: &Town) {
    let raw = AINO.writes("The lamp of last year").bytes(town.now());
    let bring = async |key: &str| {
        let raw = raw.clone();
        town.desk.import(ROADS.address, key.to_owned(), raw).await.unwrap()
    };
    assert_eq!(bring("old.mbox:0").await, Imported::New);
    assert_eq!(bring("old.mbox:0").await, Imported::Known);
    // The same letter at another place of the archive is the same message.
    assert_eq!(bring("old.mbox:7").await, Imported::New);
    town.works().await;
    let [lamp] = town.inquiries().await[..] else {
        panic!("one inquiry");
    };
    assert_eq!(town.length_of(lamp).await, 1);
    assert_eq!(town.folder_of(BO, Folder::Closed).await, [lamp], "nothing old becomes work");
    assert!(town.relay.taken().is_empty(), "and nobody gets a receipt for it");
}
