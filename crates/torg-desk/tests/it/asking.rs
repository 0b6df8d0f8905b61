//! Others are asked where letters come from once they are filed, and what they say may move a letter.

use jiff::SignedDuration;
use torg_core::spam::{Finding, Findings, Verdict};
use torg_core::{InquiryId, State};
use torg_desk::{DnsState, RspamdState};
use torg_testkit::dns::DnsMood;
use torg_testkit::rspamd::TestRspamd;
use torg_testkit::stories;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::*;
use torg_testkit::town::{EngineKind, Plan, Town, on};

stories![
    plan asking;
    a_letter_its_domain_disowns_is_marked_and_goes_to_the_folder_if_it_reads_like_spam,
    a_signed_letter_stays_where_it_is,
    a_forger_is_not_taken_for_whom_he_names,
    who_answers_a_letter_of_ours_is_believed_without_signature,
    what_anybody_has_touched_stays,
    silent_dns_delays_nothing_is_asked_again_and_given_up,
    what_makes_no_sense_is_no_answer,
    a_mail_server_of_ours_is_believed_and_a_stranger_who_says_the_same_is_not,
    whoever_says_that_a_disowned_letter_is_one_is_heeded,
];

stories![
    plan without_its_rspamd;
    where_rspamd_is_not_there_what_was_said_stays,
];

const BANK: Citizen = Citizen { name: "Vestkysten Bank", address: "post@bank.example" };
/// No server of the bank's.
const ELSEWHERE: &str = "203.0.113.9";
const OF_THE_BANK: &str = "192.0.2.1";

/// The bank says which server is its own, and that it signs its letters.
fn the_bank_says_so(town: &Town) {
    town.dns.says("bank.example", "v=spf1 ip4:192.0.2.1 -all");
    town.dns.says("_dmarc.bank.example", "v=DMARC1; p=reject");
}

const HONEST: &str = "Lampe gate vei mørk hilsen nabo takk kommune";
const SPAM: &str = "Casino bonus jackpot spins winner offer prize voucher claim";

/// A letter of the bank's, or of somebody who says so, that reads like any other.
fn honest(number: usize) -> Mail {
    BANK.writes(&format!("Lampe gate {number}")).saying(HONEST)
}

async fn asks(town: &Town) -> usize {
    town.desk.ask_waiting().await.unwrap()
}

async fn judged(town: &Town, id: InquiryId) -> (Verdict, Vec<String>) {
    let messages = town.messages_of(BO, id).await;
    let judged = messages.last().unwrap().judged.clone().unwrap();
    (judged.verdict, judged.reasons.into_iter().map(|reason| reason.key).collect())
}

async fn score(town: &Town, id: InquiryId) -> i64 {
    let messages = town.messages_of(BO, id).await;
    messages[0].judged.as_ref().unwrap().score
}

async fn found(town: &Town, id: InquiryId) -> Option<Findings> {
    let message = town.messages_of(BO, id).await[0].id;
    town.read(move |read| torg_store::spam::found(read, message)).await
}

async fn is_marked(town: &Town, id: InquiryId) -> bool {
    town.read(move |read| torg_store::spam::is_suspect(read, id)).await
}

/// Bo has marked so much that the judge may fill the folder.
async fn bo_has_taught(town: &Town) {
    let bo = town.viewer(BO);
    for number in 0..24 {
        for is_spam in [true, false] {
            let domain = if is_spam { "win" } else { "post" };
            let address: &'static str = format!("from{number}@{domain}.example").leak();
            let name = if is_spam { "Lucky Spins" } else { "Nabo" };
            let text = if is_spam { SPAM } else { HONEST };
            let mail = Citizen { name, address }.writes(&format!("{text} {number}"));
            let id = town.gets(mail.saying(&format!("{text} nummer{number}"))).await;
            town.desk.mark_spam(&bo, id, is_spam).await.unwrap();
        }
    }
    town.desk.do_due_jobs().await.unwrap();
}

async fn a_letter_its_domain_disowns_is_marked_and_goes_to_the_folder_if_it_reads_like_spam(
    town: &Town,
) {
    the_bank_says_so(town);
    bo_has_taught(town).await;
    let forged = town.gets(honest(1).from_server(ELSEWHERE)).await;
    assert!(!is_marked(town, forged).await, "filed before anybody was asked");
    assert_eq!(asks(town).await, 1);
    assert_eq!(town.state_of(forged).await.0, State::Open);
    assert!(is_marked(town, forged).await);
    let (verdict, reasons) = judged(town, forged).await;
    assert_eq!(verdict, Verdict::Perhaps);
    assert!(reasons.contains(&"disowned".to_owned()), "{reasons:?}");
    let journal = town.journal_of(forged).await;
    assert_eq!(journal.last().unwrap(), "judged-perhaps");
    let origin = found(town, forged).await.unwrap().origin.unwrap();
    assert_eq!((origin.spf, origin.dkim), (Finding::Fail, Finding::None));
    assert_eq!((origin.dmarc, origin.domain.as_str()), (Finding::Fail, "bank.example"));

    let mut between = Vec::new();
    for words in 1..9 {
        let text: Vec<&str> = HONEST.split(' ').chain(SPAM.split(' ').take(words)).collect();
        let mail = BANK.writes(&format!("Number {words}")).saying(&text.join(" "));
        let id = town.gets(mail.from_server(ELSEWHERE)).await;
        if town.state_of(id).await.0 == State::Open {
            between.push(id);
        }
    }
    while asks(town).await > 0 {}
    let mut moved = Vec::new();
    for id in between {
        if town.state_of(id).await.0 == State::Spam {
            moved.push(id);
        }
    }
    let first = *moved.first().expect("one that had been held for a letter");
    assert_eq!(town.journal_of(first).await.last().unwrap(), "judged-spam");
    assert_eq!(asks(town).await, 0, "nothing is asked twice");
    let told = town.read(torg_store::spam::model).await;
    assert_eq!(told.last, 48, "and nothing was taught");
}

async fn a_signed_letter_stays_where_it_is(town: &Town) {
    the_bank_says_so(town);
    bo_has_taught(town).await;
    let honest = honest(1);
    let signed = town.dns.signs("bank.example", &honest.bytes(town.now()));
    let before =
        judged(town, town.gets(honest.as_bytes(signed).from_server(ELSEWHERE)).await).await;
    assert_eq!(asks(town).await, 1);
    let id = town.inquiries().await.into_iter().max().unwrap();
    assert_eq!(judged(town, id).await.0, before.0);
    let origin = found(town, id).await.unwrap().origin.unwrap();
    assert_eq!((origin.dkim, origin.dmarc), (Finding::Pass, Finding::Pass));
    assert!(!origin.is_disowned, "a forwarder is not the bank's server, but the signature is good");

    let tampered = self::honest(2);
    let signed = town.dns.signs("bank.example", &tampered.bytes(town.now()));
    let tampered = tampered.as_bytes([signed, b"PS: pay here\r\n".to_vec()].concat());
    let tampered = town.gets(tampered.from_server(ELSEWHERE)).await;
    asks(town).await;
    let origin = found(town, tampered).await.unwrap().origin.unwrap();
    assert_eq!((origin.dkim, origin.is_disowned), (Finding::Fail, true));
    let own = town.gets(self::honest(3).from_server(OF_THE_BANK)).await;
    asks(town).await;
    let origin = found(town, own).await.unwrap().origin.unwrap();
    assert_eq!((origin.spf, origin.dmarc), (Finding::Pass, Finding::Pass));
}

async fn a_forger_is_not_taken_for_whom_he_names(town: &Town) {
    the_bank_says_so(town);
    let own = town.gets(honest(1).from_server(OF_THE_BANK)).await;
    BO.at(town).replies(own, "We will mend it.").await.succeeds();
    asks(town).await;
    let forged = town.gets(honest(2).from_server(ELSEWHERE)).await;
    asks(town).await;
    assert!(is_marked(town, forged).await);
    // Whoever says nothing of its servers may be anybody, also the one we know.
    town.dns.says("_dmarc.bank.example", "v=DMARC1; p=none");
    town.dns.says("bank.example", "v=spf1 ?all");
}

async fn who_answers_a_letter_of_ours_is_believed_without_signature(town: &Town) {
    the_bank_says_so(town);
    let own = town.gets(honest(1).from_server(OF_THE_BANK)).await;
    asks(town).await;
    town.sends().await;
    let receipt = town.receipts_to(BANK).pop().unwrap();
    let answer = BANK.answers(&receipt, "It is still dark.").from_server(ELSEWHERE);
    assert_eq!(town.gets(answer).await, own);
    assert_eq!(asks(town).await, 1);
    assert!(!is_marked(town, own).await);
    assert_eq!(judged(town, own).await.1[0], "known-conversation");
}

async fn what_anybody_has_touched_stays(town: &Town) {
    the_bank_says_so(town);
    bo_has_taught(town).await;
    let bo = town.viewer(BO);
    let claimed = town.gets(honest(1).from_server(ELSEWHERE)).await;
    let marked = town.gets(honest(2).from_server(ELSEWHERE)).await;
    let noted = town.gets(honest(3).from_server(ELSEWHERE)).await;
    BO.at(town).claims(claimed).await.succeeds();
    town.desk.mark_spam(&bo, marked, false).await.unwrap();
    BO.at(town).notes(noted, "He called, too.").await.succeeds();
    assert_eq!(asks(town).await, 3);
    for id in [claimed, marked, noted] {
        assert!(!is_marked(town, id).await);
        assert_eq!(found(town, id).await, None, "what was taught was learnt without it");
    }
}

async fn silent_dns_delays_nothing_is_asked_again_and_given_up(town: &Town) {
    the_bank_says_so(town);
    town.dns.becomes(DnsMood::Silent);
    let forged = town.gets(honest(1).from_server(ELSEWHERE)).await;
    assert_eq!(town.state_of(forged).await.0, State::Open);
    let before = judged(town, forged).await;
    for (asked, wait) in [(1, 1), (1, 15), (1, 120), (1, 600)] {
        assert_eq!(asks(town).await, asked);
        assert_eq!(asks(town).await, 0, "not before it is time");
        town.passes(SignedDuration::from_mins(wait));
    }
    assert_eq!(asks(town).await, 0, "it is given up");
    assert_eq!(judged(town, forged).await, before);
    assert!(matches!(town.desk.asking_state().0, DnsState::SilentSince(_)));

    let later = town.gets(honest(2).from_server(ELSEWHERE)).await;
    asks(town).await;
    town.dns.becomes(DnsMood::Answers);
    town.passes(SignedDuration::from_mins(1));
    assert_eq!(asks(town).await, 1);
    assert!(is_marked(town, later).await);
    assert_eq!(town.desk.asking_state().0, DnsState::On);
}

async fn what_makes_no_sense_is_no_answer(town: &Town) {
    the_bank_says_so(town);
    for (number, mood) in [(1, DnsMood::Rambles), (2, DnsMood::Fails)] {
        town.dns.becomes(mood);
        let id = town.gets(honest(number).from_server(ELSEWHERE)).await;
        assert_eq!(asks(town).await, 1);
        assert_eq!(found(town, id).await, None, "{mood:?}");
    }
    town.dns.becomes(DnsMood::Answers);
    town.dns.says("_dmarc.bank.example", "v=DMARC1; p=\u{0};;; =");
    town.dns.says("bank.example", "v=spf1 include:bank.example include:bank.example -all");
    let id = town.gets(honest(3).from_server(ELSEWHERE)).await;
    assert_eq!(asks(town).await, 1);
    let origin = found(town, id).await.unwrap().origin.unwrap();
    assert_eq!(
        (origin.spf, origin.is_disowned),
        (Finding::Unknown, false),
        "it goes round and round"
    );
    let nowhere = Citizen { name: "A", address: "a@nowhere.example" };
    let id = town.gets(nowhere.writes("Lampe").from_server(ELSEWHERE)).await;
    asks(town).await;
    let origin = found(town, id).await.unwrap().origin.unwrap();
    assert_eq!((origin.spf, origin.dmarc), (Finding::None, Finding::None));
    assert!(!is_marked(town, id).await, "that nothing is known is no evidence");
}

async fn a_mail_server_of_ours_is_believed_and_a_stranger_who_says_the_same_is_not(town: &Town) {
    let says = "mx.fjordby.example; dkim=none; dmarc=fail (p=reject) header.from=bank.example";
    let told = |number| honest(number).with("Authentication-Results", says);
    let id = town.gets(told(1)).await;
    assert!(is_marked(town, id).await, "as it was filed");
    assert_eq!((asks(town).await, town.dns.asked()), (0, 0));
    let passes = says.replace("fail (p=reject)", "pass");
    the_bank_says_so(town);
    let lies = honest(2).with("Authentication-Results", &passes).from_server(ELSEWHERE);
    let id = town.gets(lies).await;
    assert!(!is_marked(town, id).await);
    assert_eq!(asks(town).await, 1);
    assert!(is_marked(town, id).await);
}

async fn whoever_says_that_a_disowned_letter_is_one_is_heeded(town: &Town) {
    the_bank_says_so(town);
    bo_has_taught(town).await;
    let forwarded = town.gets(honest(1).from_server(ELSEWHERE)).await;
    asks(town).await;
    assert!(is_marked(town, forwarded).await);
    town.desk.mark_spam(&town.viewer(BO), forwarded, false).await.unwrap();
    let next = town.gets(honest(2).from_server(ELSEWHERE)).await;
    asks(town).await;
    assert!(!is_marked(town, next).await, "this bank's letters come by way of others");
    let other = Citizen { name: "Other Bank", address: "post@other.example" };
    town.dns.says("_dmarc.other.example", "v=DMARC1; p=quarantine");
    let other = town.gets(other.writes("Lampe gate").saying(HONEST).from_server(ELSEWHERE)).await;
    asks(town).await;
    assert!(is_marked(town, other).await, "others' are not believed for that");
}

async fn where_rspamd_is_not_there_what_was_said_stays(town: &Town) {
    let id = town.gets(honest(1)).await;
    let before = judged(town, id).await;
    assert_eq!(town.desk.asking_state().1, RspamdState::On);
    assert_eq!(asks(town).await, 1);
    assert_eq!(judged(town, id).await, before);
    assert!(matches!(town.desk.asking_state().1, RspamdState::SilentSince(_)));
    assert_eq!(town.desk.asking_state().0, DnsState::Off);
}

#[tokio::test]
async fn debians_rspamd_is_asked_and_its_symbols_are_named() {
    let Some(rspamd) = TestRspamd::start().await else { return };
    let plan = Plan { rspamd: Some(rspamd.url()), ..Plan::usual() };
    on(EngineKind::Sqlite, plan, async |town: &Town| {
        let gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n";
        let known = town.gets(BANK.writes("Offer").saying(gtube)).await;
        let before = score(town, known).await;
        let letter = town.gets(honest(1)).await;
        assert_eq!(asks(town).await, 2);
        let opinion = found(town, known).await.unwrap().opinion.unwrap();
        assert!(
            opinion.is_suspicious && opinion.symbols.contains(&"GTUBE".to_owned()),
            "{opinion:?}"
        );
        assert!(score(town, known).await > before, "it counts");
        let opinion = found(town, letter).await.unwrap().opinion.unwrap();
        assert!(!opinion.is_suspicious, "{opinion:?}");
        assert!(!is_marked(town, letter).await);
    })
    .await;
}
