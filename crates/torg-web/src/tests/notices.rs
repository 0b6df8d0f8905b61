//! Notices in words: every kind in every language, and what a screen must not give away.

use torg_core::{Id, InquiryId, InquiryNumber, Language, MessageId, NoticeId, NoticeKind, Verb};
use torg_store::notices::{NoticePage, NoticeRow};

use super::readings::{NOW, bo, scene};
use crate::notices::{Asked, bell, list, tellings};
use crate::words::Scene;

const HOUR: i64 = 3_600_000_000;

fn row(kind: NoticeKind) -> NoticeRow {
    NoticeRow {
        id: NoticeId::from_i64(5),
        kind,
        at: NOW - HOUR,
        seen: false,
        times: 1,
        sound: false,
        inquiry: InquiryId::from_i64(7),
        number: InquiryNumber::new(2026, 1187),
        subject: "Gatelykt <mørk>".into(),
        restricted: false,
        verb: Some(Verb::Noted),
        by: Some(bo()),
        message: Some(MessageId::from_i64(9)),
        author: Some("Bo Lindqvist".into()),
        words: "**@Dagny**, who has\nthe ladder?".into(),
    }
}

fn listed(scene: &Scene, rows: Vec<NoticeRow>, next: Option<NoticeId>) -> String {
    list(scene, &NoticePage { rows, next }, &Asked::default()).into_string()
}

#[test]
fn every_kind_says_who_did_what_in_every_language() {
    for language in Language::ALL {
        let scene = scene(language);
        for kind in NoticeKind::ALL {
            for verb in [Some(Verb::Noted), Some(Verb::TakenOver), Some(Verb::Received), None] {
                let made = listed(&scene, vec![NoticeRow { verb, ..row(*kind) }], None);
                assert!(!made.contains("notices-"), "{language:?} {kind:?}: {made}");
                assert!(!made.contains('\u{1}'), "{made}");
            }
            let nobody = NoticeRow { by: None, author: None, verb: None, ..row(*kind) };
            assert!(!listed(&scene, vec![nobody], None).contains("notices-"), "{kind:?}");
        }
    }
    let made = listed(&scene(Language::En), vec![row(NoticeKind::Mentioned)], None);
    assert!(made.contains("<b>Bo Lindqvist</b> mentioned you"), "{made}");
    assert!(made.contains("@Dagny, who has the ladder?"), "{made}");
    assert!(made.contains("Gatelykt &lt;mørk&gt;"), "{made}");
    assert!(made.contains("/folders/all/inquiries/7#message-9"), "{made}");
}

#[test]
fn what_a_toast_says_of_a_restricted_inquiry_is_its_number() {
    let scene = scene(Language::En);
    let open = tellings(&scene, &[row(NoticeKind::Mentioned)], None).into_string();
    assert!(open.contains("Gatelykt") && open.contains("26-1187"));
    let walled = NoticeRow { restricted: true, ..row(NoticeKind::Mentioned) };
    let walled = tellings(&scene, &[walled], None).into_string();
    assert!(!walled.contains("Gatelykt") && walled.contains("26-1187"), "{walled}");
}

#[test]
fn more_than_three_are_told_as_one() {
    let scene = scene(Language::En);
    let four = vec![row(NoticeKind::Letter); 4];
    let made = tellings(&scene, &four, None).into_string();
    assert!(made.contains("4 new notices") && made.matches("class=\"toast").count() == 1);
    assert!(!made.contains("data-sound"));
    let loud = NoticeRow { sound: true, ..row(NoticeKind::Letter) };
    assert!(tellings(&scene, &[loud], None).into_string().contains("data-sound"));
    assert!(tellings(&scene, &[], Some(60_000)).into_string().contains("data-quiet=\"60000\""));
}

#[test]
fn days_have_headings_and_an_empty_list_says_that_all_was_seen() {
    let scene = scene(Language::Nb);
    let old = |days: i64| NoticeRow { at: NOW - days * 24 * HOUR, ..row(NoticeKind::Letter) };
    let made = listed(&scene, vec![old(0), old(1), old(5), old(6)], Some(NoticeId::from_i64(4)));
    for heading in ["<h2>I dag</h2>", "<h2>I går</h2>", "<h2>Tidligere</h2>", "?after=4"] {
        assert_eq!(made.matches(heading).count(), 1, "{heading} in {made}");
    }
    assert!(listed(&scene, Vec::new(), None).contains("Du har sett alt"));
}

#[test]
fn the_bell_says_its_count_in_words_and_no_more_than_99() {
    let scene = |unseen| Scene { unseen, ..scene(Language::En) };
    let bell = |unseen| bell(&scene(unseen), false).into_string();
    assert!(!bell(0).contains("badge") && bell(0).contains("data-count=\"0\""));
    assert!(bell(1).contains("one unseen") && bell(7).contains(", 7 unseen"));
    assert!(bell(100).contains("99+ unseen"));
}
