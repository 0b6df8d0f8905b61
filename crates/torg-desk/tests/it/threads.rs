//! Which inquiry a letter belongs to. A wrong link is undone in a second; a wrong merge shows one
//! citizen's letter to another.

use torg_core::{InquiryId, State};
use torg_testkit::relay::Taken;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::{AINO, BO, EINAR, INGRID, ROADS};

stories![
    a_reply_with_our_message_id_finds_its_inquiry,
    a_reply_to_our_plus_address_finds_its_inquiry,
    a_reply_to_the_citizens_own_letter_finds_its_inquiry,
    a_reply_with_the_number_finds_its_inquiry,
    a_stranger_with_the_number_is_offered_as_a_link,
    a_forged_id_or_plus_address_leads_nowhere,
    a_reply_without_headers_is_offered_to_its_sender_as_a_link,
    a_stranger_with_the_same_subject_is_a_stranger,
    a_letter_known_in_one_mailbox_is_unknown_in_another,
    two_citizens_who_answer_one_newsletter_stay_apart,
    an_empty_message_id_never_matches,
    the_number_of_an_inquiry_leads_to_it,
];

/// An inquiry of Aino's that Bo has answered and closed, and his answer.
async fn answered_and_closed(town: &Town) -> (InquiryId, Taken, Mail) {
    let mail = AINO.writes("The street lamp is out").to(ROADS.address);
    let lamp = town.gets(mail.clone()).await;
    BO.at(town).replies(lamp, "We mend it tomorrow.").await.succeeds();
    town.sends().await;
    BO.at(town).closes(lamp).await.succeeds();
    (lamp, town.answers_to(AINO).pop().unwrap(), mail)
}

/// The letter lands in the inquiry and opens it again, for its owner.
async fn finds(town: &Town, lamp: InquiryId, mail: Mail) {
    assert_eq!(town.gets(mail).await, lamp);
    assert_eq!(town.state_of(lamp).await, (State::Open, Some("Bo".into())));
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal[journal.len() - 2..], ["received by e-mail", "reopened"]);
    BO.at(town).closes(lamp).await.succeeds();
}

/// The links offered beside an inquiry, and why.
async fn offered(town: &Town, id: InquiryId) -> Vec<(InquiryId, String, bool)> {
    let links = town.page_of(BO, id).await.unwrap().links;
    links.into_iter().map(|link| (link.id, link.why, link.suggested)).collect()
}

/// Nothing is known of it but its sender and text.
fn bare(mail: Mail) -> Mail {
    mail.to(ROADS.address).without("In-Reply-To").without("References")
}

async fn a_reply_with_our_message_id_finds_its_inquiry(town: &Town) {
    let (lamp, answer, _) = answered_and_closed(town).await;
    let plain = || bare(AINO.writes("Something else"));
    let id = format!("<{}>", answer.id());
    finds(town, lamp, plain().with("In-Reply-To", &id)).await;
    finds(town, lamp, plain().with("References", &id)).await;
    // In capitals, and by her husband: whoever holds the letter may answer it.
    let shouted = bare(EINAR.writes("Her lamp")).with("References", &id.to_uppercase());
    finds(town, lamp, shouted).await;
}

async fn a_reply_to_our_plus_address_finds_its_inquiry(town: &Town) {
    let (lamp, answer, _) = answered_and_closed(town).await;
    let plus = answer.letter.reply_to[0].address.clone();
    finds(town, lamp, bare(AINO.writes("Something else")).to(&plus)).await;
    finds(town, lamp, bare(EINAR.writes("Her lamp")).to(&plus.to_uppercase())).await;
    // A server on the way has put the plain address on the envelope.
    let noted = bare(AINO.writes("Yet something")).with("X-Original-To", &plus);
    finds(town, lamp, noted).await;
}

async fn a_reply_to_the_citizens_own_letter_finds_its_inquiry(town: &Town) {
    let (lamp, _, mail) = answered_and_closed(town).await;
    let hers = bare(AINO.writes("One thing more")).referring_to(&mail.id(), &[]);
    finds(town, lamp, hers).await;
    let neighbours = bare(INGRID.writes("Me too")).referring_to(&mail.id(), &[]);
    finds(town, lamp, neighbours).await;
}

async fn a_reply_with_the_number_finds_its_inquiry(town: &Town) {
    let (lamp, _, _) = answered_and_closed(town).await;
    finds(town, lamp, bare(AINO.writes("About [#26-1], please"))).await;
}

async fn a_stranger_with_the_number_is_offered_as_a_link(town: &Town) {
    let (lamp, _, _) = answered_and_closed(town).await;
    let stranger = town.gets(bare(EINAR.writes("About [#26-1], please"))).await;
    assert_ne!(stranger, lamp);
    assert_eq!(offered(town, stranger).await, [(lamp, "subject-number".into(), true)]);
    assert_eq!(offered(town, lamp).await, [(stranger, "subject-number".into(), true)]);
    assert_eq!(town.state_of(lamp).await.0, State::Closed, "a stranger wakes nothing");
    let nowhere = town.gets(bare(EINAR.writes("About [#26-999]"))).await;
    assert_eq!(offered(town, nowhere).await, []);
}

async fn a_forged_id_or_plus_address_leads_nowhere(town: &Town) {
    let (lamp, answer, _) = answered_and_closed(town).await;
    let forged = |text: &str| match text.split_once('@') {
        Some((local, domain)) => {
            let last = if local.ends_with('a') { 'b' } else { 'a' };
            let mut local = local.to_owned();
            local.pop();
            format!("{local}{last}@{domain}")
        }
        None => text.to_owned(),
    };
    let id = forged(&answer.id());
    let by_id = town.gets(bare(EINAR.writes("Let me in")).referring_to(&id, &[])).await;
    assert_ne!(by_id, lamp);
    let plus = forged(&answer.letter.reply_to[0].address);
    let by_address = town.gets(bare(EINAR.writes("And now")).to(&plus)).await;
    assert_ne!(by_address, lamp);
    assert_eq!(town.length_of(lamp).await, 2);
}

async fn a_reply_without_headers_is_offered_to_its_sender_as_a_link(town: &Town) {
    let (lamp, _, _) = answered_and_closed(town).await;
    let bare_reply = town.gets(bare(AINO.writes("SV: The street lamp is out"))).await;
    assert_ne!(bare_reply, lamp);
    assert_eq!(offered(town, bare_reply).await, [(lamp, "same-subject".into(), true)]);
    // Writing about the same thing anew is no reply.
    let anew = town.gets(bare(AINO.writes("The street lamp is out"))).await;
    assert_eq!(offered(town, anew).await, []);
}

async fn a_stranger_with_the_same_subject_is_a_stranger(town: &Town) {
    let (lamp, _, _) = answered_and_closed(town).await;
    let stranger = town.gets(bare(EINAR.writes("Re: The street lamp is out"))).await;
    assert_ne!(stranger, lamp);
    assert_eq!(offered(town, stranger).await, []);
}

async fn a_letter_known_in_one_mailbox_is_unknown_in_another(town: &Town) {
    let (lamp, _, mail) = answered_and_closed(town).await;
    let elsewhere = INGRID.writes("Something").referring_to(&mail.id(), &[]);
    let other = town.gets(elsewhere).await;
    assert_ne!(other, lamp);
}

async fn two_citizens_who_answer_one_newsletter_stay_apart(town: &Town) {
    let answer = |mail: Mail| mail.referring_to("spring-2026@newsletter.example", &[]);
    let aino = town.gets(answer(AINO.writes("Re: News from Fjordby"))).await;
    let einar = town.gets(answer(EINAR.writes("Re: News from Fjordby"))).await;
    assert_ne!(aino, einar);
    assert_eq!(offered(town, einar).await, [(aino, "loose-reference".into(), true)]);
    let again = town.gets(answer(AINO.writes("Re: News from Fjordby"))).await;
    assert_eq!(again, aino, "for herself it is one thread");
}

async fn an_empty_message_id_never_matches(town: &Town) {
    for empty in ["<>", "", "< >"] {
        let letter = |mail: Mail| {
            mail.with("Message-ID", empty).with("In-Reply-To", empty).with("References", empty)
        };
        let aino = town.gets(letter(AINO.writes("The lamp"))).await;
        let einar = town.gets(letter(EINAR.writes("The bin"))).await;
        assert_ne!(aino, einar, "{empty:?}");
        let without = town
            .gets(AINO.writes("The hedge").without("Message-ID").with("References", empty))
            .await;
        assert!(without != aino && without != einar, "{empty:?}");
    }
}

async fn the_number_of_an_inquiry_leads_to_it(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = town.viewer(BO);
    let number: torg_core::InquiryNumber = "26-1".parse().unwrap();
    let found = town.read(move |read| torg_store::inquiries::by_number(read, &bo, number)).await;
    assert_eq!(found, Some(lamp));
}
