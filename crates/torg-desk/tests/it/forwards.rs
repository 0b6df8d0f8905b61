//! Whom letters go to: several recipients, and letters that are sent on.

use torg_core::inquiry::ForwardRefused;
use torg_core::recipients::RecipientsRefused;
use torg_core::{InquiryId, Kind, State};
use torg_desk::{Envelope, FileRefused, Forward, Refused, Reply, Signs};
use torg_mail::parse;
use torg_testkit::stories;
use torg_testkit::town::people::{AINO, BO, EINAR, ROADS, SIGRID, WELFARE};
use torg_testkit::town::{At, Town};

stories![
    an_answer_goes_to_everybody_named,
    who_is_no_address_is_named,
    a_letter_to_several_says_who_the_others_are,
    a_letter_is_sent_on_and_the_citizen_still_waits,
    a_letter_that_came_with_a_merge_is_sent_on_and_no_other,
    a_letter_leaves_its_wall_only_expressly,
    two_letters_are_sent_on_with_the_same_words,
    a_letter_whose_files_cannot_be_read_is_not_sent_on,
    her_own_signature_stands_once,
];

fn to(to: &str, cc: &str, bcc: &str) -> Envelope {
    Envelope { to: Some(to.into()), cc: cc.into(), bcc: bcc.into(), ..Envelope::default() }
}

fn forward(at: &At<'_>, text: &str, envelope: Envelope) -> Forward {
    Forward { text: text.into(), key: at.town.fresh_key(), envelope, ..Forward::default() }
}

async fn forwards(
    at: &At<'_>,
    id: InquiryId,
    forward: Forward,
) -> Result<torg_core::MessageId, Refused> {
    at.town.desk.forward(&at.viewer, id, forward).await
}

async fn an_answer_goes_to_everybody_named(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let envelope = to(&format!("Aino <{}>", AINO.address), "b@x.example", "secret@x.example");
    bo.replies_with(lamp, Reply { envelope, ..bo.reply("Tomorrow.", 1) }).await.succeeds();
    town.sends().await;
    let taken = town.answers_to(AINO).pop().unwrap();
    assert_eq!(taken.recipients, [AINO.address, "b@x.example", "secret@x.example"]);
    let letter = parse(&taken.raw).unwrap();
    assert_eq!((letter.to.len(), letter.cc[0].address.as_str()), (1, "b@x.example"));
    assert!(!String::from_utf8_lossy(&taken.raw).contains("secret"), "nobody is told of the third");
}

async fn who_is_no_address_is_named(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    for (envelope, why) in [
        (to("aino", "", ""), RecipientsRefused::NotAnAddress("aino".into())),
        (to("a@x.example", "b@", ""), RecipientsRefused::NotAnAddress("b@".into())),
        (to(" ", "", ""), RecipientsRefused::Nobody),
        (to(ROADS.address, "", ""), RecipientsRefused::OneOfOurs(ROADS.address.into())),
    ] {
        let reply = Reply { envelope, ..bo.reply("Tomorrow.", 1) };
        bo.replies_with(lamp, reply).await.is_refused_with(why);
    }
    assert_eq!(town.length_of(lamp).await, 1);
}

async fn a_letter_to_several_says_who_the_others_are(town: &Town) {
    let several = format!("{}, Neighbour <n@x.example>", ROADS.address);
    let mail = AINO.writes("Our street").to(ROADS.address).with("To", &several);
    let street = town.gets(mail.with("Cc", EINAR.address)).await;
    let writing = town.page_of(BO, street).await.unwrap().writing;
    assert_eq!(writing.others, format!("Neighbour <n@x.example>, {}", EINAR.address));
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    assert_eq!(town.page_of(BO, lamp).await.unwrap().writing.others, "");
}

async fn a_letter_is_sent_on_and_the_citizen_still_waits(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let sent = forward(&bo, "Can you look?", to("works@power.example", "", ""));
    let message = forwards(&bo, lamp, sent.clone()).await.unwrap();
    assert_eq!(forwards(&bo, lamp, sent).await.unwrap(), message, "once");
    assert_eq!(town.state_of(lamp).await, (State::Open, None), "it is no answer");
    town.sends().await;
    let mut taken = town.relay.taken().into_iter();
    let taken = taken.find(|one| one.recipients == ["works@power.example"]).unwrap();
    let letter = parse(&taken.raw).unwrap();
    assert!(letter.subject.starts_with("Fwd: [#"), "{}", letter.subject);
    assert!(letter.text.starts_with("Can you look?"), "{}", letter.text);
    assert!(letter.text.contains("Forwarded letter from Aino"), "{}", letter.text);
    let shown = town.messages_of(BO, lamp).await.pop().unwrap();
    assert_eq!(
        (shown.kind, shown.address.as_deref()),
        (Kind::Forward, Some("works@power.example"))
    );
    assert_eq!(
        town.journal_of(lamp).await.iter().filter(|line| *line == "forwarded by Bo").count(),
        1
    );
}

async fn a_letter_that_came_with_a_merge_is_sent_on_and_no_other(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let again = town.mail_from(AINO, "Still dark").await;
    let bench = town.mail_from(EINAR, "A bench wants paint").await;
    let bo = BO.at(town);
    let letter_of = async |id| Some(town.messages_of(BO, id).await.remove(0).id);
    let (merged, other) = (letter_of(again).await, letter_of(bench).await);
    town.desk.merge(&bo.viewer, lamp, again, false).await.unwrap();
    let sent = forward(&bo, "See this", to("works@power.example", "", ""));
    forwards(&bo, lamp, Forward { letter: merged, ..sent.clone() }).await.unwrap();
    town.sends().await;
    let mails = town.relay.taken();
    let mail = mails.iter().find(|mail| mail.recipients == ["works@power.example"]).unwrap();
    assert!(String::from_utf8_lossy(&mail.raw).contains("Still dark"));
    let strange = Forward { letter: other, key: town.fresh_key(), ..sent };
    let refused = forwards(&bo, lamp, strange).await;
    assert_eq!(refused, Err(ForwardRefused::NoLetter.into()));
}

async fn a_letter_leaves_its_wall_only_expressly(town: &Town) {
    let child = town.gets(AINO.writes("A child").to(WELFARE.address)).await;
    let (bo, sigrid) = (BO.at(town), SIGRID.at(town));
    let outside = forward(&bo, "", to("doctor@x.example", "", ""));
    assert_eq!(forwards(&bo, child, outside.clone()).await, Err(Refused::NotFound));
    let refused = forwards(&sigrid, child, outside.clone()).await;
    assert_eq!(refused, Err(ForwardRefused::WouldOpen.into()));
    forwards(&sigrid, child, Forward { opens: true, ..outside }).await.unwrap();
    town.sends().await;
}

async fn her_own_signature_stands_once(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    town.desk.set_writing(&bo.viewer, "Bo Lindqvist\nphone 12 34", 30).await.unwrap();
    let letters =
        [("Tomorrow.", Signs::Both), ("Tomorrow.\n\nBo Lindqvist\nphone 12 34", Signs::Own)];
    for (text, signs) in letters {
        let envelope = Envelope { signs, ..Envelope::default() };
        let reply = Reply { anyway: true, envelope, ..bo.reply(text, 1) };
        bo.replies_with(lamp, reply).await.succeeds();
        town.sends().await;
        let letter = parse(&town.answers_to(AINO).pop().unwrap().raw).unwrap();
        assert_eq!(letter.text.matches("phone 12 34").count(), 1, "{}", letter.text);
        let department = letter.text.contains("Torvet 1");
        assert_eq!(department, signs == Signs::Both, "{}", letter.text);
    }
}

async fn two_letters_are_sent_on_with_the_same_words(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    bo.replies(lamp, "Tomorrow.").await.succeeds();
    let letters = town.messages_of(BO, lamp).await;
    let first = forward(&bo, "See this", to("shop@x.example", "", ""));
    let first = Forward { letter: Some(letters[0].id), ..first };
    let second = Forward { letter: Some(letters[1].id), ..first.clone() };
    let one = forwards(&bo, lamp, first.clone()).await.unwrap();
    let two = forwards(&bo, lamp, second).await.unwrap();
    assert_ne!(one, two, "another letter is another");
    assert_eq!(forwards(&bo, lamp, first).await.unwrap(), one, "the same is sent once");
    town.sends().await;
}

async fn a_letter_whose_files_cannot_be_read_is_not_sent_on(town: &Town) {
    let parts = "--p\nContent-Type: text/plain\n\nSee here\n--p\nContent-Type: text/plain\n\
                 Content-Disposition: attachment; filename=diary.txt\n\nDear diary\n--p--\n";
    let mail = AINO.writes("A diary").with("Content-Type", "multipart/mixed; boundary=p");
    let lamp = town.gets(mail.saying(parts)).await;
    let bo = BO.at(town);
    town.tampers("update attachments set part = 77").await;
    let refused = forwards(&bo, lamp, forward(&bo, "", to("shop@x.example", "", ""))).await;
    let why = FileRefused::Unreadable { name: "diary.txt".into() };
    assert_eq!(refused, Err(why.into()));
    let file = town.messages_of(BO, lamp).await[0].attachments[0].id;
    let without = forward(&bo, "", to("shop@x.example", "", ""));
    let without = Forward { left_out: vec![file], ..without };
    forwards(&bo, lamp, without).await.unwrap();
    town.sends().await;
}
