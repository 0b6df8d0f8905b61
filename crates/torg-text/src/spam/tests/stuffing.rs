//! Good words around a fraud.

use super::*;

/// What municipalities write about all day.
const GOOD: &str = "lampe gade vej mørk hilsen nabo borger tak kommune byggesag skole børnehave affald fortov ansøgning \
    møde tirsdag referat bibliotek parkering sti cykel sne salt afløb kloak vand varme plads legeplads skilt";

fn good_words(many: usize) -> String {
    GOOD.split_whitespace().cycle().take(many).collect::<Vec<_>>().join(" ")
}

const FRAUD: &str = "<p>jackpot casino bonus: bekræft din konto på \
    <a href='http://konto.onde.example/x'>www.banken.example</a></p>";

/// The fraud, with so many good words that everybody sees, and so many that nobody does.
fn stuffed(seen: usize, unseen: usize) -> String {
    let (seen, unseen) = (good_words(seen), good_words(unseen));
    format!("{FRAUD}<p>{seen}</p><div style='opacity:0'>{unseen}</div>")
}

fn judged_as(text: &str, delta: &Delta, known: &Circumstances<'_>) -> Judgement {
    let parts = [page(text)];
    Judge::default().judge(Seed::shipped(), delta, &read(&[FROM, TO], &parts), known)
}

#[test]
fn no_number_of_good_words_makes_a_letter_of_a_link_that_lies() {
    let nobody = Circumstances::default();
    for delta in [Delta::new(Seed::shipped()), taught()] {
        for many in [0, 20, 200, 1_000, 2_000, 5_000, 20_000] {
            for text in [stuffed(many, 0), stuffed(0, many), stuffed(many, many)] {
                let judgement = judged_as(&text, &delta, &nobody);
                assert!(judgement.verdict >= Verdict::Perhaps, "{many} {judgement:?}");
                let keys: Vec<&str> = judgement.reasons.iter().map(|reason| reason.key).collect();
                let is_said = keys.contains(&"link-leads-elsewhere");
                assert!(is_said || judgement.verdict == Verdict::Spam, "{many} {keys:?}");
            }
        }
        let honest = format!(
            "<p>{}</p><a href='http://www.banken.example'>www.banken.example</a>",
            good_words(200)
        );
        assert!(judged_as(&honest, &delta, &nobody).verdict < Verdict::Perhaps);
    }
}

#[test]
fn as_shipped_a_stuffed_fraud_scores_above_every_letter_that_is_not_marked() {
    let delta = Delta::new(Seed::shipped());
    let judgement = judged_as(&stuffed(5_000, 0), &delta, &Circumstances::default());
    assert!(judgement.score >= 0.5, "{judgement:?}");
}

#[test]
fn whom_we_have_answered_and_whose_letters_are_letters_may_show_such_links() {
    let mut delta = taught();
    let answered = Circumstances { answered_sender: true, ..Circumstances::default() };
    assert_eq!(judged_as(&stuffed(200, 0), &delta, &answered).verdict, Verdict::Inbox);
    let conversation = Circumstances { known_conversation: true, ..Circumstances::default() };
    assert_eq!(judged_as(&stuffed(200, 0), &delta, &conversation).verdict, Verdict::Inbox);

    let (newsletter, nobody) = (stuffed(400, 0), Circumstances::default());
    assert_eq!(judged_as(&newsletter, &delta, &nobody).verdict, Verdict::Perhaps);
    let parts = [page(&newsletter)];
    let example = Judge::default().example(&read(&[FROM, TO], &parts), &nobody, false);
    delta.learn(Seed::shipped(), &example);
    assert_eq!(judged_as(&newsletter, &delta, &nobody).verdict, Verdict::Inbox);
}

#[test]
fn an_honest_cloud_resembles_nobody() {
    let text = [plain("hej")];
    let from = |value| [("From", value), TO];
    assert!(!shows(&from("x <a@drift-cloud.example>"), &text, "look-alike-sender"));
    assert!(shows(&from("x <a@icloud.login.example>"), &text, "look-alike-sender"));
}

#[test]
fn a_judge_taught_by_mail_of_another_kind_still_sees_how_a_fraud_is_made() {
    let fraud = "<p>Din pakke venter, betal gebyr på 19 kr: <a href='http://postnord.gebyr.top/x'>postnord.dk</a></p>";
    let letter = "Hej, lampen på Skolevej er gået ud. Kan I se på den? Hilsen Aino Lund";
    let delta = taught();
    let from = ("From", "PostNord <info@pakke-gebyr.example>");
    let fraud = judged(&delta, &read(&[from, TO], &[page(fraud)]));
    let letter = judged(&delta, &read(&[FROM, TO], &[plain(letter)]));
    assert!(
        fraud.verdict >= Verdict::Perhaps && fraud.score > letter.score + 0.2,
        "{fraud:?} {letter:?}"
    );
    assert_eq!(letter.verdict, Verdict::Inbox);
}
