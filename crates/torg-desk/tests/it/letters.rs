//! The main job: a letter comes in, a colleague answers, and the citizen's reply finds her again.

use torg_core::{Direction, State};
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{ADA, AINO, BO, COLLEAGUES, DAGNY, KAJA, ROADS, SIGRID, WATER};

stories![
    a_letter_is_seen_by_everybody_at_once,
    an_answer_is_a_letter_the_citizen_can_read_and_answer,
    the_citizens_reply_finds_her_colleague_again,
    a_department_without_signature_answers_with_the_name_alone,
    what_was_read_is_no_longer_new_to_her_alone,
    a_letter_with_files_keeps_them,
];
stories! {
    plan without_plus_addresses;
    without_plus_addresses_none_is_written,
}

async fn a_letter_is_seen_by_everybody_at_once(town: &Town) {
    let mut listening = town.listens();
    let lamp = town.gets(AINO.writes("The street lamp is out").to(ROADS.address)).await;
    assert!(!listening().is_empty(), "open pages are told");

    let roads = town.department(ROADS);
    for colleague in COLLEAGUES {
        for folder in [Folder::All, Folder::Unowned, Folder::Department(roads)] {
            let rows = town.rows_of(colleague, folder).await;
            assert_eq!(rows.len(), 1, "{} in {folder:?}", colleague.name);
            assert_eq!((rows[0].id, rows[0].unread), (lamp, true));
            assert_eq!(rows[0].sender, AINO.name);
            assert_eq!(rows[0].subject, "The street lamp is out");
        }
        let counts = town.counts_of(colleague).await;
        assert_eq!((counts.all, counts.unowned, counts.mine, counts.waiting), (1, 1, 0, 0));
        let counted = counts.departments.iter().find(|one| one.id == roads).unwrap();
        assert_eq!(
            (counted.open, counted.member),
            (1, [BO, DAGNY, KAJA].map(|one| one.name).contains(&colleague.name))
        );
    }

    BO.at(town).claims(lamp).await.succeeds();
    let (bos, dagnys) = (town.counts_of(BO).await, town.counts_of(DAGNY).await);
    assert_eq!((bos.all, bos.unowned, bos.mine), (1, 0, 1));
    assert_eq!((dagnys.all, dagnys.unowned, dagnys.mine), (1, 0, 0));
    let colleagues: Vec<_> =
        dagnys.colleagues.iter().map(|one| (one.name.as_str(), one.open)).collect();
    assert_eq!(colleagues, [("Bo", 1), ("Kaja", 0)]);
    assert!(town.counts_of(ADA).await.colleagues.is_empty(), "she is in no department");
    let bo = town.viewer(BO).staff;
    assert_eq!(town.folder_of(KAJA, Folder::Colleague(bo)).await, [lamp]);
}

async fn an_answer_is_a_letter_the_citizen_can_read_and_answer(town: &Town) {
    let mail = AINO.writes("The street lamp is out").to(ROADS.address);
    let lamp = town.gets(mail.clone().saying("Hello,\n\nit is dark by the harbour.\n")).await;
    BO.at(town).replies(lamp, "We mend it tomorrow.").await.succeeds();

    let waiting = town.messages_of(DAGNY, lamp).await.pop().unwrap();
    assert_eq!(waiting.send_state.word(), "waiting");
    town.sends().await;
    let sent = town.messages_of(DAGNY, lamp).await.pop().unwrap();
    assert_eq!((sent.send_state.word(), sent.direction), ("sent", Direction::Out));

    let [answer] = <[_; 1]>::try_from(town.answers_to(AINO)).unwrap();
    assert_eq!(answer.envelope_from.as_deref(), Some(ROADS.address));
    let letter = &answer.letter;
    let from = letter.from.as_ref().unwrap();
    assert_eq!(from.address, ROADS.address);
    assert_eq!(from.name.as_deref(), Some("Roads, Fjordby"));
    assert_eq!(letter.to[0].address, AINO.address);
    assert_eq!(letter.subject, "Re: [#26-1] The street lamp is out");
    assert_eq!(letter.in_reply_to, [mail.id()]);
    assert_eq!(letter.references, [mail.id()]);
    assert!(answer.id().ends_with("@fjordby.example"), "{}", answer.id());
    let reply_to = &letter.reply_to[0].address;
    assert!(reply_to.starts_with("roads+") && reply_to.ends_with("@fjordby.example"), "{reply_to}");
    assert!(letter.has_html);
    let expected = "We mend it tomorrow.\n\nBo\nRoads and parks\nMunicipality of Fjordby\n\n\
                    On 4 May 2026 at 09:00 Aino Virtanen wrote:\n\
                    > Hello,\n>\n> it is dark by the harbour.";
    assert_eq!(letter.text, expected);
    assert_eq!(letter.kind, torg_mail::Kind::Human, "{}", letter.kind_reason);
    assert_eq!(town.folder_of(BO, Folder::Waiting).await, [lamp]);
    assert_eq!(town.folder_of(BO, Folder::All).await, []);
    assert_eq!(town.journal_of(lamp).await[2..], ["claimed by Bo", "replied by Bo", "sent"]);
}

async fn the_citizens_reply_finds_her_colleague_again(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).replies(lamp, "We mend it tomorrow.").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();

    let thanks = town.gets(AINO.answers(&answer, "Still dark!")).await;
    assert_eq!(thanks, lamp);
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Bo".into())));
    let rows = town.rows_of(BO, Folder::Mine).await;
    assert_eq!((rows[0].id, rows[0].unread, rows[0].snippet.as_str()), (lamp, true, "Still dark!"));

    BO.at(town).closes(lamp).await.succeeds();
    let again = town.gets(AINO.answers(&answer, "And dark again!")).await;
    assert_eq!(again, lamp);
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Bo".into())));
    assert_eq!(town.folder_of(BO, Folder::Mine).await, [lamp]);
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal[journal.len() - 2..], ["received by e-mail", "reopened"]);
    assert_eq!(town.receipts_to(AINO).len(), 1, "a receipt is for the first letter only");

    BO.at(town).replies(lamp, "The cable it was.").await.succeeds();
    town.sends().await;
    let last = town.answers_to(AINO).pop().unwrap();
    assert!(last.letter.references.contains(&answer.id()), "the thread stays one");
    assert_eq!(last.letter.subject, answer.letter.subject);
}

async fn a_department_without_signature_answers_with_the_name_alone(town: &Town) {
    let pipe = town.gets(AINO.writes("A pipe").to(WATER.address).saying("It drips.")).await;
    SIGRID.at(town).replies(pipe, "We look.").await.succeeds();
    town.sends().await;
    let text = town.answers_to(AINO).pop().unwrap().letter.text;
    assert!(text.starts_with("We look.\n\nSigrid\n\nOn 4 May"), "{text}");
}

async fn without_plus_addresses_none_is_written(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).replies(lamp, "Tomorrow.").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    assert!(answer.letter.reply_to.is_empty());
    assert_eq!(town.gets(AINO.answers(&answer, "Thank you")).await, lamp);
}

async fn what_was_read_is_no_longer_new_to_her_alone(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    assert!(BO.at(town).reads(lamp).await);
    assert!(!town.rows_of(BO, Folder::All).await[0].unread);
    assert!(town.rows_of(DAGNY, Folder::All).await[0].unread);
    DAGNY.at(town).notes(lamp, "A fuse?").await.succeeds();
    assert!(town.rows_of(BO, Folder::All).await[0].unread);
    assert!(!town.rows_of(DAGNY, Folder::All).await[0].unread, "she wrote it");
}

async fn a_letter_with_files_keeps_them(town: &Town) {
    let parts = "--p\nContent-Type: text/html; charset=utf-8\n\n\
                 <p onclick='x()'>The lamp <img src=\"cid:lamp\"> \
                 <img src=\"https://tracker.example/a.png\"></p>\n\
                 --p\nContent-Type: image/png\nContent-ID: <lamp>\n\
                 Content-Disposition: inline; filename*=utf-8''p%C3%A6re.png\n\
                 Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--p--\n";
    let mail = AINO.writes("A picture").with("Content-Type", "multipart/related; boundary=p");
    let lamp = town.gets(mail.saying(parts)).await;

    let message = town.messages_of(BO, lamp).await.pop().unwrap();
    let file = &message.attachments[0];
    assert_eq!((file.name.as_str(), file.size, file.inline), ("pære.png", 8, true));
    let bo = town.viewer(BO);
    let bytes = town.desk.attachment(&bo, file.id).await.unwrap().unwrap();
    assert_eq!(bytes.bytes, *b"\x89PNG\r\n\x1a\n");
    let blocked = torg_desk::Images::Blocked;
    let html = town.desk.letter_html(&bo, message.id, blocked).await.unwrap().unwrap();
    assert_eq!(html.blocked_images, 1);
    assert!(html.html.contains(&format!("/attachments/{}", file.id)), "{}", html.html);
    assert!(!html.html.contains("onclick") && !html.html.contains("tracker"), "{}", html.html);
}
