use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::*;

mod depth;
mod features;
mod stuffing;
mod wording;

fn read<'a>(fields: &'a [(&'a str, &'a str)], parts: &'a [Part<'a>]) -> Mail<'a> {
    Mail { fields, parts }
}

fn plain(text: &str) -> Part<'_> {
    Part { content_type: "text/plain", transfer: "plain", text, ..Part::default() }
}

fn page(text: &str) -> Part<'_> {
    Part { content_type: "text/html", ..plain(text) }
}

fn judged(delta: &Delta, mail: &Mail<'_>) -> Judgement {
    Judge::default().judge(Seed::shipped(), delta, mail, &Circumstances::default())
}

/// The keys of everything that weighed.
fn signs(mail: &Mail<'_>, circumstances: &Circumstances<'_>) -> Vec<String> {
    let mut reader = extract::Reader::default();
    reader.read(mail, circumstances);
    let gathered = &reader.gathered;
    let signs = gathered.items().iter().filter(|item| item.place == gather::Place::Sign);
    signs
        .map(|item| gathered.text_of(item).split(' ').next().unwrap_or_default().to_owned())
        .collect()
}

fn shows(fields: &[(&str, &str)], parts: &[Part<'_>], sign: &str) -> bool {
    signs(&read(fields, parts), &Circumstances::default()).iter().any(|seen| seen == sign)
}

/// What was seen in that place of a mail with this text.
fn seen(text: &str, place: gather::Place) -> Vec<String> {
    let mut reader = extract::Reader::default();
    reader.read(&read(&[FROM, TO], &[plain(text)]), &Circumstances::default());
    let gathered = &reader.gathered;
    let items = gathered.items().iter().filter(|item| item.place == place);
    items.map(|item| gathered.text_of(item).to_owned()).collect()
}

const FROM: (&str, &str) = ("From", "Aino Lund <aino.lund@hjemmepost.example>");
const TO: (&str, &str) = ("To", "post@fjordby.example");

/// A hundred letters about lamps and a hundred adverts, no two alike.
fn taught() -> Delta {
    taught_by(100)
}

/// As many letters about lamps, and as many adverts.
fn taught_by(many: usize) -> Delta {
    let mut judge = Judge::default();
    let mut examples = Vec::new();
    for number in 0..many {
        for is_spam in [false, true] {
            let (about, names) = if is_spam {
                ("casino bonus jackpot spins", "winner offer prize voucher")
            } else {
                ("lampe gade vej mørk", "hilsen nabo borger tak")
            };
            let text = format!("{about} nummer{number} {names} ord{}", number * 7);
            let parts = [plain(&text)];
            let fields = [FROM, TO, ("Subject", about)];
            let mail = read(&fields, &parts);
            examples.push(judge.example(&mail, &Circumstances::default(), is_spam));
        }
    }
    Delta::train(Seed::shipped(), &examples, USUAL_LOSS)
}

#[test]
fn what_was_taught_is_told_apart_and_said_why() {
    let delta = taught();
    let spam = judged(&delta, &read(&[FROM, TO], &[plain("jackpot casino bonus spins for you")]));
    let letter = judged(&delta, &read(&[FROM, TO], &[plain("der er mørk gade, en lampe er ude")]));
    assert_eq!((letter.verdict, spam.verdict), (Verdict::Inbox, Verdict::Spam));
    assert!(letter.score < 0.5 && spam.score > 0.5, "{} {}", letter.score, spam.score);
    assert!(spam.reasons.iter().any(|reason| reason.words.contains("jackpot")), "{spam:?}");
    assert!(letter.reasons.iter().any(|reason| reason.words.contains("lampe")), "{letter:?}");
}

#[test]
fn two_dozen_of_each_are_enough_to_put_away_what_is_plainly_spam() {
    let delta = taught_by(24);
    let of = |text| judged(&delta, &read(&[FROM, TO], &[plain(text)])).verdict;
    let spam = "casino bonus jackpot spins nummer102 winner offer prize voucher ord714";
    assert_eq!(of(spam), Verdict::Spam);
    assert_eq!(of("lampe gade vej mørk nummer101 hilsen nabo borger tak ord707"), Verdict::Inbox);
}

#[test]
fn sister_words_of_the_northern_tongues_begin_alike() {
    let stem = |word| seen(word, gather::Place::Stem);
    for (one, other) in [("möte", "møte"), ("tillsyn", "tilsyn"), ("Väktare", "vækterne")] {
        assert_eq!(stem(one)[0].get(..4), stem(other)[0].get(..4), "{one} {other}");
    }
    assert_ne!(stem("tilsyn"), stem("tilbud"));
    assert!(stem("och").is_empty() && stem("2026a").is_empty());
}

#[test]
fn the_address_of_a_page_is_looked_at_as_a_link_and_not_as_words() {
    let text = "se her: https://gratis.example/casino?bonus=jackpot, hilsen Aino";
    let words = seen(text, gather::Place::Body);
    assert_eq!(words, ["se", "her", "hilsen", "aino"]);
    assert!(seen(text, gather::Place::Link).contains(&"gratis.example".to_owned()));
}

#[test]
fn a_long_word_speaks_only_of_what_it_says_nearly_whole() {
    let concepts = |text| seen(text, gather::Place::Concept);
    let is_about = |text, concept: &str| concepts(text).iter().any(|it| it.starts_with(concept));
    assert!(is_about("ny besked på telefonsvareren", "voicemail"));
    assert!(!is_about("ring til mig på telefonen", "voicemail"));
    assert!(is_about("vi har en undersøkelsen", "survey"));
    assert!(!is_about("undervisningen i klassen", "survey"));
}

#[test]
fn as_shipped_nothing_goes_to_the_spam_folder() {
    let delta = Delta::new(Seed::shipped());
    let text = "Your mailbox is suspended, verify your password at http://posten.login.top/ today";
    let mail = [plain(text)];
    let verdict = judged(&delta, &read(&[("From", "Help <a@b.top>"), TO], &mail)).verdict;
    assert!(matches!(verdict, Verdict::Perhaps | Verdict::Unsure), "{verdict:?}");
}

#[test]
fn a_tongue_never_met_before_is_no_evidence() {
    let delta = taught();
    let finnish = "Hyvää päivää, kadullamme ei ole ollut valoa viikkoon. Voisitteko korjata sen?";
    let verdict = judged(&delta, &read(&[("From", "a@b.example")], &[plain(finnish)])).verdict;
    assert!(matches!(verdict, Verdict::Inbox | Verdict::Unsure), "{verdict:?}");
}

#[test]
fn whom_we_have_answered_is_never_put_away() {
    let delta = taught();
    let (fields, parts) = ([FROM, TO], [plain("jackpot casino bonus spins")]);
    let known = Circumstances { answered_sender: true, ..Circumstances::default() };
    let mail = read(&fields, &parts);
    let judgement = Judge::default().judge(Seed::shipped(), &delta, &mail, &known);
    assert_eq!(judgement.verdict, Verdict::Inbox);
}

#[test]
fn good_words_that_nobody_sees_help_nobody() {
    let hidden = "lampe gade vej mørk hilsen nabo borger tak ".repeat(200);
    let spam =
        format!("<p>jackpot casino bonus spins</p><div style=\"display: none\">{hidden}</div>");
    let delta = taught();
    let judgement = judged(&delta, &read(&[FROM, TO], &[page(&spam)]));
    assert_eq!(judgement.verdict, Verdict::Spam, "{judgement:?}");
    assert!(shows(&[FROM, TO], &[page(&spam)], "hidden-text"));
}

#[test]
fn a_clicked_mail_is_judged_as_clicked_and_undone_by_replay() {
    let seed = Seed::shipped();
    let mut judge = Judge::default();
    let (fields, parts) =
        ([FROM, TO], [plain("en lampe ved jeres vej kan renses, hilsen facaderens")]);
    let mail = read(&fields, &parts);
    let example = judge.example(&mail, &Circumstances::default(), true);
    let before = taught();
    let mut delta = before.clone();
    for _ in 0..3 {
        delta.learn(seed, &example);
    }
    let score = |delta: &Delta| judged(delta, &mail).score;
    assert!(score(&delta) > score(&before) + 0.01, "{} {}", score(&delta), score(&before));
    let mut replayed = taught();
    assert_eq!(replayed.to_bytes(), before.to_bytes());
    for _ in 0..3 {
        replayed.learn(seed, &example);
    }
    assert_eq!(replayed.to_bytes(), delta.to_bytes());
}

#[test]
fn a_delta_read_back_judges_as_before() {
    let delta = taught();
    let bytes = delta.to_bytes();
    let back = Delta::from_bytes(Seed::shipped(), &bytes).unwrap();
    assert_eq!(back.to_bytes(), bytes);
    assert!(bytes.len() < 8_000_000);
    let mail = [plain("jackpot for the street")];
    let mail = read(&[FROM, TO], &mail);
    assert_eq!(judged(&back, &mail), judged(&delta, &mail));
}

#[test]
fn a_damaged_or_foreign_model_is_refused() {
    let seed = Seed::shipped();
    let bytes = taught().to_bytes();
    let mut damaged = bytes.clone();
    damaged[200] ^= 1;
    assert_eq!(Delta::from_bytes(seed, &damaged).unwrap_err(), Refused::Damaged);
    assert_eq!(Delta::from_bytes(seed, &bytes[..bytes.len() / 2]).unwrap_err(), Refused::Damaged);
    assert_eq!(Delta::from_bytes(seed, b"From: a@b.example").unwrap_err(), Refused::Foreign);
    assert_eq!(Delta::from_bytes(seed, b"").unwrap_err(), Refused::Foreign);
    let other = Seed::default();
    assert_eq!(Delta::from_bytes(&other, &bytes).unwrap_err(), Refused::OtherSeed);
}

#[test]
fn what_filters_wrote_is_not_read() {
    let text = [plain("hej")];
    let with = [FROM, TO, ("X-Spam-Status", "Yes, score=99"), ("X-Bogosity", "Spam")];
    let delta = taught();
    assert_eq!(
        judged(&delta, &read(&with, &text)).score.to_bits(),
        judged(&delta, &read(&[FROM, TO], &text)).score.to_bits()
    );
}

#[test]
fn signs_are_seen_and_their_honest_sisters_are_not() {
    let text = [plain("hej")];
    let from = |value| [("From", value), TO];
    assert!(shows(&from("PostNord <info@pakke-gebyr.example>"), &text, "borrowed-name"));
    assert!(!shows(&from("PostNord <info@postnord.dk>"), &text, "borrowed-name"));
    assert!(shows(&from("x <a@p0stnord.example>"), &text, "look-alike-sender"));
    assert!(!shows(&from("x <a@mail.postnord.se>"), &text, "look-alike-sender"));
    assert!(shows(&from("Fjordby Kommune <a@gratis.example>"), &text, "bears-our-name"));
    assert!(!shows(&from("Fjordby Kommune <a@fjordby.example>"), &text, "bears-our-name"));
    let lies = [page("<a href='http://onde.example/x'>www.gode.example</a>")];
    assert!(shows(&[FROM, TO], &lies, "link-leads-elsewhere"));
    let honest = [page("<a href='http://www.gode.example/x'>www.gode.example</a>")];
    assert!(!shows(&[FROM, TO], &honest, "link-leads-elsewhere"));
    let quoted = [plain("er det ægte?\n> klik http://onde.click/x")];
    assert!(!shows(&[FROM, TO], &quoted, "throw-away-link"));
    assert!(shows(&[FROM, TO], &[plain("klik http://onde.click/x")], "throw-away-link"));
    let dressed = |style: &str| {
        format!("<div style='{style}'><div>hej</div><a href='http://onde.click/x'>klik</a></div>")
    };
    let bar = dressed("border:none;border-left:solid #CCCCCC 1.0pt;padding:0cm");
    assert!(!shows(&[FROM, TO], &[page(&bar)], "throw-away-link"));
    let frame = dressed("border:solid blue 1.0pt");
    assert!(shows(&[FROM, TO], &[page(&frame)], "throw-away-link"));
    let signed = [plain("Lampen er ude.\nHilsen Aino, 55 66 77 88")];
    assert!(shows(&[FROM, TO], &signed, "signed-by-sender"));
    assert!(shows(&[FROM, TO], &signed, "phone-number"));
    assert!(!shows(&[FROM, TO], &text, "signed-by-sender"));
    let file = |name| [Part { file_name: Some(name), ..Part::default() }];
    assert!(shows(&[FROM, TO], &file("faktura.pdf.exe"), "executable-file"));
    assert!(!shows(&[FROM, TO], &file("faktura.pdf"), "executable-file"));
}

#[test]
fn a_leaders_name_from_outside_is_a_sign_and_from_inside_is_none() {
    let house = Circumstances {
        own_domains: &["fjordby.example"],
        leaders: &["Bo Berg"],
        ..Circumstances::default()
    };
    let seen = |from| signs(&read(&[("From", from), TO], &[]), &house);
    let sign = "leader-from-outside".to_owned();
    assert!(seen("Bo Berg <bo@gratis.example>").contains(&sign));
    assert!(!seen("Bo Berg <bo@fjordby.example>").contains(&sign));
}

#[test]
fn every_sign_that_is_seen_has_words() {
    let rooms = [
        include_str!("signs.rs"),
        include_str!("signs/envelope.rs"),
        include_str!("signs/linked.rs"),
        include_str!("signs/sender.rs"),
        include_str!("signs/text.rs"),
    ];
    let named = rooms.iter().flat_map(|room| room.split("sign(\"").skip(1));
    let named: Vec<&str> = named.filter_map(|rest| rest.split('"').next()).collect();
    assert!(named.len() > 40, "{named:?}");
    for key in named {
        assert!(reasons::SIGNS.iter().any(|(known, _)| *known == key), "{key}");
    }
}

#[test]
fn hostile_mails_cost_no_more_than_others() {
    let delta = taught();
    let words = "ord ".repeat(100_000);
    let mut many = String::new();
    for number in 0..100_000 {
        let _ = write!(many, "ord{number} ");
    }
    let tags = "<div style='display:none'><a href='http://a.example'>".repeat(20_000);
    let open = "<".repeat(100_000);
    let quotes = format!("<a href=\"{}", "x='\"".repeat(30_000));
    let zeros = "\0\u{200b}a\u{430}".repeat(50_000);
    let long = "x".repeat(500_000);
    let fields: Vec<(&str, &str)> =
        (0..20_000).map(|_| ("X-Flood", words.get(..4_000).unwrap())).collect();
    for text in [&words, &many, &tags, &open, &quotes, &zeros, &long] {
        let parts = [plain(text), page(text)];
        let begun = Instant::now();
        let judgement = judged(&delta, &read(&fields, &parts));
        assert!((0.0..=1.0).contains(&judgement.score));
        // Unoptimised and on a busy machine; the time of the shipped program is in script/bench.
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
    let mut reader = extract::Reader::default();
    let parts = vec![plain(&many); 100];
    reader.read(&read(&fields, &parts), &Circumstances::default());
    assert!(reader.gathered.items().len() <= gather::MOST_FEATURES);
}

#[test]
fn what_its_domain_disowns_is_perhaps_spam_until_somebody_says_it_is_none() {
    let mut delta = taught();
    let (fields, parts) = ([FROM, TO], [plain("lampe gade vej mørk hilsen nabo borger tak")]);
    let mail = read(&fields, &parts);
    let forged =
        Circumstances { disowned_by: Some("hjemmepost.example"), ..Circumstances::default() };
    let judged = |delta: &Delta, forged: &Circumstances<'_>| {
        Judge::default().judge(Seed::shipped(), delta, &mail, forged)
    };
    let judgement = judged(&delta, &forged);
    assert_eq!(judgement.verdict, Verdict::Perhaps, "however honest it reads, and no more");
    assert!(judgement.score >= 0.5 && judgement.reasons[0].key == "disowned", "{judgement:?}");
    let example = Judge::default().example(&mail, &forged, false);
    delta.learn(Seed::shipped(), &example);
    assert_eq!(judged(&delta, &forged).verdict, Verdict::Inbox);
    let other = Circumstances { disowned_by: Some("bank.example"), ..Circumstances::default() };
    assert_eq!(judged(&delta, &other).verdict, Verdict::Perhaps, "of this domain only");
}
