//! What people see.

use maud::html;
use torg_core::{
    AttachmentId, DepartmentId, Direction, DraftId, Id, InquiryId, Language, SendState, State,
};
use torg_store::drafts::{DraftFile, DraftKind, DraftView, HeldMessage, Other, Version, Written};
use torg_store::folders::Folder;
use torg_store::inquiries::{Entry, MessageView, Recipient};

use super::readings::{NOW, bo, counts, lamp, letter, row, rows, scene};
use crate::assets;
use crate::page::{Tone, notice};
use crate::workspace::{Draft, Extras, Spot, What, Writing, presence, workspace};

fn spot() -> Spot {
    Spot { open: Some(lamp().inquiry.id), ..Spot::at(Folder::All) }
}

fn page_with(
    language: Language,
    extras: &Extras,
    change: impl FnOnce(&mut torg_store::inquiries::InquiryPage),
) -> String {
    let mut page = lamp();
    change(&mut page);
    workspace(&scene(language), &counts(), &spot(), &rows(vec![row()]), Some(&page), extras)
        .into_string()
}

/// Lines a snapshot can be read by: one element each, without the addresses of hashed files,
/// the hash of what the list shows, and the composer's key, which is new each time.
fn readable(page: &str) -> String {
    for name in page.split(".svg#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(assets::has_icon(name), "{name} is not among the icons that were built");
    }
    let mut lines = String::new();
    for line in page.replace("><", ">\n<").lines() {
        let is_key = line.contains("name=\"key\"");
        let line = if is_key { "<input type=\"hidden\" name=\"key\" value=\"…\">" } else { line };
        let plain = line
            .split("/assets/icons-")
            .map(|part| part.split_once(".svg").map_or(part, |(_, rest)| rest));
        let plain = plain.collect::<Vec<_>>().join("icons");
        let shown = plain.split_once(" data-shown=").map(|(before, _)| format!("{before}>"));
        lines.push_str(&shown.unwrap_or(plain));
        lines.push('\n');
    }
    lines
}

#[test]
fn the_workspace_of_an_open_inquiry() {
    insta::assert_snapshot!(readable(&page_with(Language::Nb, &Extras::default(), |_| {})));
}

#[test]
fn whatever_is_opened_over_a_letter_leaves_the_list_that_was_searched() {
    let searched = Spot::from_path("/folders/search/inquiries/7?q=lamp&unread=1").unwrap();
    let page = lamp();
    let rows = rows(vec![row()]);
    let made = workspace(
        &scene(Language::En),
        &counts(),
        &searched,
        &rows,
        Some(&page),
        &Extras::default(),
    )
    .into_string();
    for card in ["referral", "assignment", "snooze", "tags", "join", "split"] {
        let kept = format!("href=\"/folders/search/inquiries/7/{card}?q=lamp&amp;unread=1\"");
        assert!(made.contains(&kept), "{card} keeps the words and the filter");
    }
    assert!(
        made.contains(
            "href=\"/folders/search?q=lamp&amp;unread=1\" aria-label=\"Back to the list\""
        ),
        "the arrow of a phone"
    );
    assert!(made.contains(
        "href=\"/folders/search/inquiries/7?q=lamp&amp;unread=1&amp;write=forward&amp;letter="
    ));
    assert!(!made.contains("/folders/all/inquiries/7"));
}

#[test]
fn earlier_messages_of_a_long_inquiry_come_by_a_link() {
    let long = |page: &mut torg_store::inquiries::InquiryPage| {
        page.entries = (6..=25).map(|n| Entry::Message(letter(n, "Aino", "Hei"))).collect();
        page.earlier = 5;
    };
    let made = page_with(Language::En, &Extras::default(), long);
    assert!(made.contains("?earlier=1") && made.contains("Show 5 earlier messages"));
    let made = page_with(Language::En, &Extras::default(), |_| {});
    assert!(!made.contains("earlier=1"), "a short one is shown whole");
}

#[test]
fn what_a_citizen_writes_is_never_markup() {
    let hostile = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";
    let mut changed = row();
    changed.subject = hostile.into();
    changed.sender = hostile.into();
    changed.snippet = hostile.into();
    let mut page = lamp();
    page.subject = hostile.into();
    page.entries = vec![Entry::Message(MessageView {
        quoted: hostile.into(),
        address: Some(hostile.into()),
        ..letter(1, hostile, hostile)
    })];
    page.recipient =
        Some(Recipient { name: hostile.into(), address: hostile.into(), stranger: true });
    let writing = Writing { text: format!("</textarea>{hostile}"), ..Writing::default() };
    let draft = Draft { writing, ..Draft::default() };
    let extras = Extras { draft, ..Extras::default() };
    for language in Language::ALL {
        let made = workspace(
            &scene(language),
            &counts(),
            &spot(),
            &rows(vec![changed.clone()]),
            Some(&page),
            &extras,
        )
        .into_string();
        assert!(!made.contains("<script"), "{language:?}");
        assert!(!made.contains("<img src=x"), "{language:?}");
        assert_eq!(made.matches("</textarea>").count(), 1, "{language:?}");
    }
}

#[test]
fn no_page_holds_a_script_or_a_style_of_its_own() {
    let made = page_with(Language::En, &Extras::default(), |_| {});
    for forbidden in ["style=\"", "<style", "onclick", "onload", "javascript:", "hx-on"] {
        assert!(!made.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn an_owned_inquiry_offers_no_taking() {
    let free = page_with(Language::En, &Extras::default(), |_| {});
    let owned = page_with(Language::En, &Extras::default(), |page| {
        page.owner = Some(bo());
        page.inquiry.owner = Some(bo().id);
    });
    assert!(free.contains("/inquiries/7/claim\"") && free.contains("Take and send"));
    assert_eq!(
        owned.matches("/inquiries/7/claim\"").count(),
        1,
        "only the list's row, which is older"
    );
    assert!(owned.contains("Bo Lindqvist") && owned.contains("Send reply"));
}

#[test]
fn a_closed_inquiry_is_reopened_not_closed_again() {
    let made =
        page_with(Language::En, &Extras::default(), |page| page.inquiry.state = State::Closed);
    assert!(made.contains("/inquiries/7/reopening") && !made.contains("/inquiries/7/closing"));
}

#[test]
fn a_text_that_was_not_sent_stands_in_the_composer_again() {
    let draft = Draft {
        writing: Writing {
            text: "Hei Kari\n\nvi kommer".into(),
            what: What::Note,
            ..Writing::default()
        },
        is_wish: false,
        key: Some("k-1".into()),
        notice: Some(notice(Tone::Warning, html! { "newer" })),
    };
    let made = page_with(Language::En, &Extras { draft, ..Extras::default() }, |_| {});
    assert!(made.contains("Hei Kari\n\nvi kommer</textarea>"));
    assert!(made.contains("name=\"key\" value=\"k-1\""));
    assert!(made.contains("value=\"note\" checked"));
}

#[test]
fn an_answer_that_did_not_arrive_says_so() {
    let told = |state: SendState| {
        page_with(Language::En, &Extras::default(), |page| {
            page.entries = vec![Entry::Message(MessageView {
                direction: Direction::Out,
                send_state: state,
                ..letter(1, "Bo", "Hi")
            })];
        })
    };
    assert!(told(SendState::Bounced).contains("Came back."));
    assert!(!told(SendState::Bounced).contains("/inquiries/7/sending"), "the mail server has it");
    let failed = told(SendState::Failed);
    assert!(failed.contains("Could not be sent.") && failed.contains("/inquiries/7/sending"));
    assert!(!told(SendState::Sent).contains("class=\"notice danger\""));
}

#[test]
fn an_empty_folder_rests_and_points_on() {
    let mine = Spot::at(Folder::Mine);
    let made =
        workspace(&scene(Language::Da), &counts(), &mine, &rows(vec![]), None, &Extras::default())
            .into_string();
    assert!(made.contains("Du er ajour") && made.contains("Se de 6 uden ejer"));
}

#[test]
fn the_folder_of_a_department_that_was_removed_says_so() {
    let shown = |id| {
        let spot = Spot::at(Folder::Department(DepartmentId::from_i64(id)));
        let (scene, extras) = (scene(Language::En), Extras::default());
        workspace(&scene, &counts(), &spot, &rows(vec![]), None, &extras).into_string()
    };
    assert!(shown(1).contains("All answered") && !shown(1).contains("This department is gone"));
    assert!(shown(77).contains("This department is gone") && !shown(77).contains("All answered"));
}

#[test]
fn a_long_subject_is_told_whole_to_whoever_points_at_it() {
    let made = |subject: String| {
        page_with(Language::En, &Extras::default(), |page| page.subject.clone_from(&subject))
    };
    assert!(made("lamp ".repeat(100)).contains("title=\"lamp lamp"));
    assert!(!made("The lamp".into()).contains("title=\"The lamp"));
}

#[test]
fn a_count_beyond_a_thousand_is_not_counted_on() {
    let made = page_with(Language::Sv, &Extras::default(), |_| {});
    assert!(made.contains("999+ väntar"), "the folder's heading");
}

#[test]
fn the_script_finds_what_it_morphs() {
    let made = page_with(Language::En, &Extras::default(), |_| {});
    for id in [
        "folders",
        "list",
        "list-head",
        "reading",
        "tools",
        "head",
        "thread-7",
        "person",
        "composer-7",
        "row-7",
    ] {
        assert!(made.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

/// What Dagny has begun, with a file, and what another window of hers saved.
fn begun() -> DraftView {
    let written = Written {
        body: "Hei Kari".into(),
        to: "Kari <kari@post.example>".into(),
        cc: "nabo@post.example".into(),
        ..Written::default()
    };
    let draft = torg_store::drafts::Draft {
        id: DraftId::from_i64(1),
        inquiry: InquiryId::from_i64(7),
        kind: DraftKind::Forward,
        version: 4,
        composer: "k-1".into(),
        written,
        at: NOW,
    };
    let file = DraftFile {
        id: AttachmentId::from_i64(77),
        name: "kart.pdf".into(),
        content_type: "application/pdf".into(),
        size: 9_000,
        raw: [0; 32].into(),
        inline: false,
    };
    let version = Version { composer: "k-2".into(), body: "Kjære Kari".into(), at: NOW };
    DraftView { draft, files: vec![file], versions: vec![version] }
}

#[test]
fn what_she_has_begun_stands_in_the_composer_with_all_that_belongs_to_it() {
    let made = page_with(Language::En, &Extras::default(), |page| {
        page.writing.drafts = vec![begun()];
        page.writing.letter = Some(letter(1, "Kari Nordvik", "").id);
    });
    assert!(made.contains("Hei Kari</textarea>") && made.contains("value=\"forward\" checked"));
    assert!(made.contains("name=\"version\" value=\"4\"") && made.contains("nabo@post.example"));
    assert!(made.contains("name=\"file\" value=\"77\""), "the file goes along");
    assert!(made.contains("Kjære Kari") && made.contains("name=\"use\" value=\"k-2\""));
}

#[test]
fn a_letter_that_waits_can_be_taken_back() {
    let waiting = |until: i64| {
        page_with(Language::En, &Extras::default(), |page| {
            let ours = MessageView {
                direction: Direction::Out,
                send_state: SendState::Waiting,
                ..letter(1, "Dagny Moe", "**Tomorrow**")
            };
            page.writing.held = vec![HeldMessage { message: ours.id, until }];
            page.entries = vec![Entry::Message(ours)];
        })
    };
    let made = waiting(NOW + 6_000_000);
    assert!(made.contains("/inquiries/7/withdrawal") && made.contains("data-left=\"7\""));
    assert!(made.contains("<strong>Tomorrow</strong>"));
    assert!(!waiting(NOW).contains("/withdrawal"), "it leaves now");
}

#[test]
fn who_else_is_there_is_named() {
    let other = |at: i64, writing_at: i64| Other {
        staff: bo().id,
        name: "Bo Lindqvist".into(),
        at,
        writing_at,
        drafts: vec![(DraftKind::Note, "<b>Elverket".into(), NOW)],
    };
    let told = |other: Other| {
        presence(&scene(Language::En), InquiryId::from_i64(7), &[other]).into_string()
    };
    assert!(told(other(NOW, NOW)).contains("Bo Lindqvist is writing"));
    assert!(told(other(NOW, 0)).contains("Bo Lindqvist is looking at it"));
    let gone = told(other(NOW - 60_000_000, NOW - 60_000_000));
    assert!(gone.contains("Bo Lindqvist has a draft") && gone.contains("&lt;b&gt;Elverket"));
}
