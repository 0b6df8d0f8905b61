//! The demo: citizens' mailboxes are pages, and the whole loop can be tried in one browser.

use torg_desk::{DemoMail, DemoRefused};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{AINO, BO, ROADS};

stories! {
    plan demo;
    the_whole_loop_goes_round_in_the_demo,
    an_impossible_letter_is_refused,
}

fn letter(text: &str) -> DemoMail {
    DemoMail {
        from_name: AINO.name.into(),
        from_address: AINO.address.into(),
        to: ROADS.address.into(),
        subject: "The street lamp is out".into(),
        text: text.into(),
        in_reply_to: None,
    }
}

async fn the_whole_loop_goes_round_in_the_demo(town: &Town) {
    town.desk.demo_write(letter("It is dark by the harbour.")).await.unwrap();
    town.works().await;
    let [lamp] = town.inquiries().await[..] else {
        panic!("one inquiry");
    };
    BO.at(town).replies(lamp, "We mend it tomorrow.").await.succeeds();
    town.works().await;

    let letters = town.desk.demo_letters(AINO.address).await.unwrap();
    let directions: Vec<bool> = letters.iter().map(|letter| letter.from_us).collect();
    assert_eq!(directions, [true, true, false], "answer, receipt and her own, newest first");
    assert!(letters[0].text.contains("We mend it tomorrow."));
    let reply = DemoMail {
        to: letters[0].to.clone(),
        in_reply_to: Some(letters[0].id.to_string()),
        ..letter("Thank you!")
    };
    town.desk.demo_write(reply).await.unwrap();
    town.works().await;
    assert_eq!(town.inquiries().await, [lamp]);
    assert_eq!(town.length_of(lamp).await, 3);
    let mailboxes = town.desk.demo_mailboxes().await.unwrap();
    assert_eq!((mailboxes[0].address.as_str(), mailboxes[0].letters), (AINO.address, 4));
    assert_eq!(mailboxes[0].name, AINO.name);
    assert!(town.relay.taken().is_empty(), "nothing leaves the demo");
}

async fn an_impossible_letter_is_refused(town: &Town) {
    let write = async |mail: DemoMail| town.desk.demo_write(mail).await;
    assert_eq!(write(letter(" \n")).await, Err(DemoRefused::Empty));
    let to = "nobody@fjordby.example".to_owned();
    let unknown = write(DemoMail { to, ..letter("x") }).await;
    assert_eq!(unknown, Err(DemoRefused::UnknownRecipient));
    let from_address = "aino".to_owned();
    let odd = write(DemoMail { from_address, ..letter("x") }).await;
    assert_eq!(odd, Err(DemoRefused::NotAnAddress("aino".into())));
    let tricky = DemoMail { subject: "x\r\nBcc: all@example".into(), ..letter("x") };
    write(tricky).await.unwrap();
    town.works().await;
    let rows = town.rows_of(BO, torg_store::folders::Folder::All).await;
    assert_eq!(rows[0].subject, "x Bcc: all@example");
}
