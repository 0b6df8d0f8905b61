//! The automatic receipt, and what keeps two machines from talking to each other.

use jiff::SignedDuration;
use torg_core::Language;
use torg_desk::ChangeRefused;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{ADA, AINO, BO, CITIZEN_SERVICE, Citizen, EINAR, ROADS};

stories![
    a_new_letter_is_acknowledged_once,
    a_receipt_says_that_a_machine_wrote_it,
    a_citizen_gets_one_receipt_a_day,
    who_asks_for_no_answer_gets_none,
    our_own_addresses_get_no_receipt,
    our_own_receipt_that_comes_back_is_not_answered,
    two_machines_that_answer_each_other_fall_silent,
    a_receipt_speaks_the_language_of_the_letter,
    a_receipt_of_the_municipality_is_filled_however_its_placeholders_are_written,
    a_receipt_is_kept_only_with_what_is_filled_in_it,
];
stories! {
    plan without_receipts;
    without_receipts_none_is_sent,
}

async fn a_new_letter_is_acknowledged_once(town: &Town) {
    let mail = AINO.writes("The street lamp is out");
    let lamp = town.gets(mail.clone()).await;
    let more = AINO.writes("It still is").referring_to(&mail.id(), &[]);
    assert_eq!(town.gets(more).await, lamp);
    town.sends().await;
    assert_eq!(town.receipts_to(AINO).len(), 1);
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal, ["received by e-mail", "receipt", "received by e-mail"]);
}

async fn without_receipts_none_is_sent(town: &Town) {
    town.mail_from(AINO, "The street lamp is out").await;
    town.sends().await;
    assert!(town.relay.taken().is_empty());
}

async fn a_receipt_says_that_a_machine_wrote_it(town: &Town) {
    let mail = AINO.writes("The street lamp is out").to(ROADS.address);
    let lamp = town.gets(mail.clone()).await;
    town.sends().await;
    let receipt = town.receipts_to(AINO).pop().unwrap();
    assert_eq!(receipt.envelope_from, None, "RFC 3834, 3.3: the null sender");
    assert!(receipt.says("Auto-Submitted: auto-replied"));
    assert!(receipt.says("X-Auto-Response-Suppress: All"));
    assert_eq!(receipt.letter.auto.loops, [ROADS.address]);
    assert_eq!(receipt.letter.in_reply_to, [mail.id()]);
    assert_eq!(receipt.letter.from.as_ref().unwrap().address, ROADS.address);
    assert!(receipt.letter.subject.contains("[#26-1]"), "{}", receipt.letter.subject);
    assert!(receipt.letter.text.contains("26-1") && receipt.letter.text.contains("Fjordby"));
    // It can be answered like any letter.
    assert_eq!(town.gets(AINO.answers(&receipt, "By the harbour, that is.")).await, lamp);
}

async fn a_citizen_gets_one_receipt_a_day(town: &Town) {
    for hour in 0..30 {
        town.mail_from(AINO, &format!("Letter {hour}")).await;
        town.passes(SignedDuration::from_hours(1));
    }
    town.mail_from(EINAR, "Just one").await;
    town.gets(AINO.writes("To others").to(ROADS.address)).await;
    town.sends().await;
    // One on each of the two days, and one from Roads.
    assert_eq!(town.receipts_to(AINO).len(), 3);
    assert_eq!(town.receipts_to(EINAR).len(), 1);
}

async fn who_asks_for_no_answer_gets_none(town: &Town) {
    town.gets(AINO.writes("One").with("X-Auto-Response-Suppress", "All")).await;
    town.gets(AINO.writes("Two").with("Precedence", "bulk")).await;
    town.gets(AINO.writes("Three").sent_by(None)).await;
    town.gets(AINO.writes("Four").with("X-Loop", "somewhere@else.example")).await;
    town.sends().await;
    assert!(town.relay.taken().is_empty());
    town.gets(AINO.writes("Five")).await;
    town.sends().await;
    assert_eq!(town.receipts_to(AINO).len(), 1);
}

async fn our_own_addresses_get_no_receipt(town: &Town) {
    for address in
        [ROADS.address, CITIZEN_SERVICE.address, "Roads@Fjordby.example", "roads+a@fjordby.example"]
    {
        let ourselves = Citizen { name: "Roads", address };
        town.gets(ourselves.writes("From one office to the other")).await;
    }
    town.sends().await;
    assert!(town.relay.taken().is_empty());
}

async fn our_own_receipt_that_comes_back_is_not_answered(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    town.sends().await;
    let receipt = town.receipts_to(AINO).pop().unwrap();
    // Her mailbox forwards everything to us.
    let back = torg_testkit::town::mail::Mail::raw(&receipt.raw).sent_by(None);
    for _ in 0..3 {
        town.gets(back.clone()).await;
    }
    town.sends().await;
    assert_eq!(town.relay.taken().len(), 1);
    assert_eq!(town.journal_of(lamp).await.iter().filter(|line| *line == "receipt").count(), 1);
}

/// The other one answers everything, and hides that it is a machine as well as it can.
async fn two_machines_that_answer_each_other_fall_silent(town: &Town) {
    let robot = Citizen { name: "Robot", address: "robot@machine.example" };
    town.mail_from(robot, "Hello").await;
    let mut answered = 0;
    for round in 0..100 {
        town.sends().await;
        let ours = town.relay.taken();
        for letter in &ours[answered..] {
            let text = format!("Your letter is important to us ({round}).");
            // Every other time it forgets the headers, so that it looks like a new letter.
            let reply = robot.answers(letter, &text);
            let reply = match round % 2 {
                0 => reply,
                _ => robot.writes(&format!("Ticket {round}")).saying(&text),
            };
            town.gets(reply).await;
        }
        answered = ours.len();
        town.passes(SignedDuration::from_mins(1));
    }
    assert!(answered <= 2, "{answered} letters of ours");
    assert!(town.inquiries().await.len() <= 3);
}

async fn a_receipt_speaks_the_language_of_the_letter(town: &Town) {
    let letters = [
        (
            "Hej, gadelygten ude foran vores hus på hjørnet er slukket, og det er meget mørkt om aftenen. Kan I ikke nok lave den?",
            Language::Da,
            "Tak for din henvendelse",
        ),
        (
            "Hei, gatelykta utenfor huset vårt på hjørnet er slukket, og det er veldig mørkt om kvelden. Kan dere ikke reparere den?",
            Language::Nb,
            "Takk for henvendelsen",
        ),
        (
            "Hei, gatelykta utanfor huset vårt på hjørnet er slokt, og det er veldig mørkt om kvelden. Kan de ikkje reparere henne?",
            Language::Nn,
            "Takk for henvendinga",
        ),
        (
            "Hej, gatlyktan utanför vårt hus på hörnet är släckt och det är väldigt mörkt på kvällen. Kan ni inte laga den?",
            Language::Sv,
            "Tack för",
        ),
        (
            "Hello, the street lamp in front of our house at the corner is out, and it is very dark in the evening. Could you mend it?",
            Language::En,
            "Thank you for your inquiry",
        ),
    ];
    for (number, (text, language, expected)) in letters.into_iter().enumerate() {
        let address: &'static str =
            ["a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example"][number];
        let citizen = Citizen { name: "Somebody", address };
        town.gets(citizen.writes("Lamp").saying(text)).await;
        town.sends().await;
        let receipt = town.receipts_to(citizen).pop().unwrap();
        assert!(receipt.letter.text.starts_with(expected), "{language:?}: {}", receipt.letter.text);
    }
    // Nobody can tell: the town's own language.
    town.gets(EINAR.writes("?").saying("?")).await;
    town.sends().await;
    assert!(town.receipts_to(EINAR)[0].letter.text.starts_with("Thank you"));
    assert_eq!(town.counts_of(BO).await.all, 6);
}

async fn a_receipt_of_the_municipality_is_filled_however_its_placeholders_are_written(town: &Town) {
    // As receipts were kept once: behind everybody's back, because no page writes it any more.
    let old = "Your letter\n{number} about {subject}: {department} of {town}";
    town.tampers(&format!("insert into settings (name, value) values ('receipt.en', '{old}')"))
        .await;
    let asks = "The street lamp by the school is out, please mend it as soon as you can.";
    town.gets(AINO.writes("The lamp").saying(asks).to(ROADS.address)).await;
    town.sends().await;
    let said = |town: &Town, citizen: Citizen| town.receipts_to(citizen).pop().unwrap().letter.text;
    assert_eq!(said(town, AINO).trim(), "26-1 about The lamp: Roads of Fjordby");

    let ada = town.viewer(ADA);
    let new = "{{nummer}} om {{emne}}, {{ Avdeling }}";
    town.desk.set_receipt(&ada, Language::En, "Your letter", new).await.unwrap();
    let texts = town.desk.receipt_texts().await.unwrap();
    let kept = texts.iter().find(|one| one.language == Language::En).unwrap();
    assert_eq!(kept.text, "{{number}} om {{subject}}, {{department}}");
    town.gets(
        EINAR
            .writes("A bench")
            .saying("The bench by the school wants paint, and nobody can sit on it.")
            .to(ROADS.address),
    )
    .await;
    town.sends().await;
    assert_eq!(said(town, EINAR).trim(), "26-2 om A bench, Roads");
}

async fn a_receipt_is_kept_only_with_what_is_filled_in_it(town: &Town) {
    let ada = town.viewer(ADA);
    let keeps =
        async |text: &str| town.desk.set_receipt(&ada, Language::En, "Your letter", text).await;
    assert_eq!(keeps("{{number}} of {{town}}").await, Ok(()));
    for never_filled in ["Hi {{first_name}}", "{{price}}", "{{number}} {{a/b}}"] {
        let refused = Err(ChangeRefused::BadValue { what: "receipt" });
        assert_eq!(keeps(never_filled).await, refused, "{never_filled}");
    }
}
