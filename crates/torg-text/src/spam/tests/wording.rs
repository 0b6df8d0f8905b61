//! What reasons say.

use super::*;

#[test]
fn words_that_only_bind_others_are_no_reason() {
    let delta = taught();
    let fields = [FROM, TO, ("Subject", "the casino og lampe er for en gade")];
    let judgement = judged(&delta, &read(&fields, &[plain("det er en lampe og for the jackpot")]));
    for reason in &judgement.reasons {
        assert!(
            !["the", "og", "er", "en", "for", "det"].contains(&reason.seen.as_str()),
            "{reason:?}"
        );
    }
}

#[test]
fn reasons_are_said_in_words_whatever_they_were_seen_on() {
    let said = |text: &str| {
        let judgement = judged(&taught(), &read(&[FROM, TO], &[page(text)]));
        judgement.reasons.into_iter().map(|reason| reason.words).collect::<Vec<_>>()
    };
    let all = said("<p>jackpot</p><img src=x>");
    assert!(!all.is_empty(), "{all:?}");
    for words in &all {
        let raw = ["\"type:", "\"charset:", "\"hops:", "\"words:", "\"from:", "\"images:"];
        assert!(!raw.iter().any(|raw| words.contains(raw)), "{words}");
    }
    assert_eq!(all, said("<p>jackpot</p><img src=x>"), "always the same");
}
