//! Text that lies deep in a page.

use super::*;

#[test]
fn how_deep_a_text_lies_makes_no_difference() {
    let delta = taught();
    let fraud = "jackpot casino bonus spins for you";
    let flat = judged(&delta, &read(&[FROM, TO], &[page(fraud)]));
    assert_eq!(flat.verdict, Verdict::Spam);
    for open in ["<div>", "<table><tr><td>", "<p><td>", "<b><i>"] {
        for depth in [100, 3_000, 10_000] {
            let deep = format!("{}{fraud}", open.repeat(depth));
            let begun = Instant::now();
            let judgement = judged(&delta, &read(&[FROM, TO], &[page(&deep)]));
            assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
            let is_seen = judgement.reasons.iter().any(|reason| reason.seen == "jackpot");
            assert!(is_seen && judgement.score > 0.5, "{open} {depth} {judgement:?}");
        }
    }
    let far = format!("{}{fraud}", " \n".repeat(30_000));
    let judgement = judged(&delta, &read(&[FROM, TO], &[page(&far)]));
    assert_eq!(judgement.verdict, Verdict::Spam, "nor does white space");
}
