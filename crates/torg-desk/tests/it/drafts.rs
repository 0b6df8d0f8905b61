//! What is being written is never lost: drafts, two windows, files, and taking back.

use jiff::SignedDuration;
use torg_core::{AttachmentId, Id, InquiryId, SendState, State};
use torg_desk::{
    Announced, Choice, Desk, Envelope, FileRefused, Refused, Reply, Saved, Saving, Upload,
};
use torg_mail::{html_of, parse};
use torg_store::blobs::Blob;
use torg_store::drafts::{self, DraftKind, WritingDesk, Written};
use torg_store::folders::Folder;
use torg_testkit::stories;
use torg_testkit::town::people::{AINO, BO, Colleague, DAGNY, SIGRID, WELFARE};
use torg_testkit::town::{At, Town};

stories![
    a_draft_waits_for_its_writer_and_is_seen_by_her_colleagues,
    two_windows_one_draft_and_both_texts_are_kept,
    files_go_along_and_are_dropped_with_the_draft,
    a_file_that_was_cut_off_goes_on_where_it_was,
    nobody_else_goes_on_with_a_file,
    a_file_on_a_slow_line_is_kept_while_it_comes,
    more_than_a_mail_may_carry_is_refused,
    an_answer_is_taken_back_before_it_leaves,
    what_happened_since_stays_when_an_answer_is_taken_back,
    an_answer_that_left_is_not_taken_back,
    who_has_an_inquiry_open_is_seen_for_half_a_minute,
    nobody_outside_the_wall_writes_or_is_seen_writing,
    a_letter_behind_a_wall_is_not_shown_by_naming_it_in_a_draft,
    a_snoozed_inquiry_wakes_after_an_answer_was_taken_back,
    a_letter_does_not_leave_without_a_file_that_was_to_go_along,
    a_note_leaves_the_text_of_another_window,
    a_note_never_becomes_a_letter_nor_a_letter_a_note,
    a_draft_that_was_thrown_away_is_given_back_for_an_hour,
    a_letter_taken_back_after_a_split_leaves_the_row_true,
    who_is_shown_a_walled_draft_is_noted,
];

fn saving(text: &str, version: i64, composer: &str) -> Saving {
    let written = Written { body: text.into(), ..Written::default() };
    Saving { written, version, composer: composer.into(), ..Saving::default() }
}

async fn saves(bo: &At<'_>, id: InquiryId, saving: Saving) -> Saved {
    bo.town.desk.save_draft(&bo.viewer, id, saving).await.unwrap()
}

async fn writing(town: &Town, who: Colleague, id: InquiryId) -> WritingDesk {
    town.page_of(who, id).await.unwrap().writing
}

fn upload(name: &str, bytes: &[u8], inline: bool) -> Upload {
    let content_type = if inline { "image/png" } else { "application/pdf" };
    let blob = Blob::prepare(bytes);
    Upload { name: name.into(), content_type: content_type.into(), blob, inline }
}

async fn puts(bo: &At<'_>, id: InquiryId, upload: Upload) -> Result<AttachmentId, Refused> {
    bo.town.desk.add_draft_file(&bo.viewer, id, DraftKind::Reply, upload).await
}

fn announced(size: i64) -> Announced {
    let content_type = "application/pdf".into();
    Announced { name: "map.pdf".into(), content_type, size, key: "map.pdf 6".into() }
}

async fn a_file_that_was_cut_off_goes_on_where_it_was(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let (bo, desk) = (town.viewer(BO), &town.desk);
    let map = desk.begin_upload(&bo, lamp, announced(6)).await.unwrap();
    assert_eq!(desk.continue_upload(&bo, map.id, 0, b"the".to_vec()).await, Ok(3));
    assert_eq!(
        desk.finish_upload(&bo, map.id, DraftKind::Reply, |_| false).await,
        Err(Refused::NotFound)
    );

    // The line broke, and the page does not know what came.
    let again = desk.begin_upload(&bo, lamp, announced(6)).await.unwrap();
    assert_eq!((again.id, again.received), (map.id, 3));
    assert_eq!(desk.continue_upload(&bo, map.id, 0, b"the".to_vec()).await, Ok(3), "came twice");
    assert_eq!(desk.continue_upload(&bo, map.id, 3, b" map!".to_vec()).await, Ok(3), "too much");
    assert_eq!(desk.continue_upload(&bo, map.id, 3, b"map".to_vec()).await, Ok(6));
    let file = desk.finish_upload(&bo, map.id, DraftKind::Reply, |_| false).await.unwrap();
    assert_eq!(
        desk.finish_upload(&bo, map.id, DraftKind::Reply, |_| false).await,
        Ok(file),
        "once"
    );

    let files = writing(town, BO, lamp).await.drafts.remove(0).files;
    assert_eq!((files.len(), files[0].name.as_str(), files[0].size), (1, "map.pdf", 6));
    let raw = files[0].raw;
    let kept = town.read(move |read| torg_store::blobs::get(read, &raw)).await;
    assert_eq!(kept.as_deref(), Some(&b"themap"[..]));
    let anew = desk.begin_upload(&bo, lamp, announced(6)).await.unwrap();
    assert_eq!(anew.received, 0, "the same file once more");
}

async fn nobody_else_goes_on_with_a_file(town: &Town) {
    let child = town.gets(AINO.writes("About a child").to(WELFARE.address)).await;
    let (sigrid, bo, desk) = (town.viewer(SIGRID), town.viewer(BO), &town.desk);
    assert_eq!(desk.begin_upload(&bo, child, announced(6)).await.err(), Some(Refused::NotFound));
    let map = desk.begin_upload(&sigrid, child, announced(6)).await.unwrap();
    let stolen = desk.continue_upload(&bo, map.id, 0, b"the".to_vec()).await;
    assert_eq!(stolen, Err(Refused::NotFound));
    let huge = desk.begin_upload(&sigrid, child, announced(1 << 40)).await;
    assert!(matches!(huge, Err(Refused::File(FileRefused::TooLarge { .. }))));

    town.passes(SignedDuration::from_hours(26));
    town.desk.do_due_jobs().await.unwrap();
    let late = desk.continue_upload(&sigrid, map.id, 0, b"the".to_vec()).await;
    assert_eq!(late, Err(Refused::NotFound));
}

async fn a_file_on_a_slow_line_is_kept_while_it_comes(town: &Town) {
    let lamp = town.mail_from(AINO, "The lamp").await;
    let (bo, desk) = (town.viewer(BO), &town.desk);
    let map = desk.begin_upload(&bo, lamp, announced(6)).await.unwrap();
    for (begins, piece) in [(0, b"th"), (2, b"em"), (4, b"ap")] {
        town.passes(SignedDuration::from_hours(20));
        desk.do_due_jobs().await.unwrap();
        let here = desk.continue_upload(&bo, map.id, begins, piece.to_vec()).await;
        assert_eq!(here, Ok(begins + 2), "it was heard of twenty hours ago");
    }
    desk.finish_upload(&bo, map.id, DraftKind::Reply, |_| false).await.unwrap();
}

/// An answer that waits ten seconds.
pub(crate) fn held(bo: &At<'_>, text: &str, files: &[AttachmentId]) -> Reply {
    let envelope = Envelope { hold_seconds: 10, files: files.to_vec(), ..Envelope::default() };
    Reply { envelope, ..bo.reply(text, 1) }
}

async fn a_draft_waits_for_its_writer_and_is_seen_by_her_colleagues(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    assert_eq!(saves(&bo, lamp, saving(" ", 0, "a")).await, Saved::Empty);
    assert_eq!(saves(&bo, lamp, saving("We m", 0, "a")).await, Saved::Kept { version: 1 });
    assert_eq!(saves(&bo, lamp, saving("We mend", 1, "a")).await, Saved::Kept { version: 2 });
    assert_eq!(town.folder_of(BO, Folder::Drafts).await, [lamp]);
    assert_eq!(town.counts_of(BO).await.drafts, 1);
    assert!(town.folder_of(DAGNY, Folder::Drafts).await.is_empty());

    let dagny = DAGNY.at(town);
    let others = town.desk.others_at(&dagny.viewer, lamp).await.unwrap();
    assert_eq!((others[0].name.as_str(), others[0].drafts[0].1.as_str()), ("Bo", "We mend"));
    assert!(writing(town, DAGNY, lamp).await.drafts.is_empty(), "it is his");

    let reply = Reply {
        envelope: Envelope { version: 2, ..Envelope::default() },
        ..bo.reply("We mend it.", 1)
    };
    bo.replies_with(lamp, reply).await.succeeds();
    assert!(writing(town, BO, lamp).await.drafts.is_empty(), "it is sent");
    assert_eq!(town.counts_of(BO).await.drafts, 0);
}

async fn two_windows_one_draft_and_both_texts_are_kept(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    saves(&bo, lamp, saving("At home", 0, "home")).await;
    assert_eq!(
        saves(&bo, lamp, saving("At home, more", 1, "home")).await,
        Saved::Kept { version: 2 }
    );
    let beside = Saved::Beside { version: 2 };
    assert_eq!(saves(&bo, lamp, saving("At work", 1, "work")).await, beside);
    assert_eq!(saves(&bo, lamp, saving("At work, more", 1, "work")).await, beside);
    let desk = writing(town, BO, lamp).await;
    assert_eq!(desk.drafts[0].draft.written.body, "At home, more");
    let versions: Vec<_> = desk.drafts[0].versions.iter().map(|one| one.body.as_str()).collect();
    assert_eq!(versions, ["At work, more"]);

    let choose = |composer: &str, choice| {
        let (desk, composer): (&Desk, _) = (&town.desk, composer.to_owned());
        desk.choose_version(&bo.viewer, lamp, DraftKind::Reply, composer, choice)
    };
    choose("work", Choice::Use).await.unwrap();
    let desk = writing(town, BO, lamp).await;
    assert_eq!(desk.drafts[0].draft.written.body, "At work, more");
    assert_eq!(desk.drafts[0].versions[0].body, "At home, more", "nothing is lost by choosing");

    bo.replies(lamp, "At work, more").await.succeeds();
    let kept = writing(town, BO, lamp).await;
    assert_eq!(kept.drafts[0].draft.written.body, "At home, more", "what was not sent stays");
    town.sends().await;
}

async fn files_go_along_and_are_dropped_with_the_draft(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let picture = puts(&bo, lamp, upload("map.png", b"a picture", true)).await.unwrap();
    let paper = puts(&bo, lamp, upload("rules.pdf", b"a paper", false)).await.unwrap();
    let other = puts(&bo, lamp, upload("other.pdf", b"another", false)).await.unwrap();
    let drop = town.desk.drop_draft_file(&bo.viewer, lamp, DraftKind::Reply, other);
    drop.await.unwrap();
    let file = town.desk.attachment(&bo.viewer, paper).await.unwrap().unwrap();
    assert_eq!(file.bytes, b"a paper");
    assert!(town.desk.attachment(&DAGNY.at(town).viewer, paper).await.unwrap().is_none());

    let text = format!("**Here** it is: ![map.png](file:{picture})");
    let envelope = Envelope { files: vec![picture, paper], ..Envelope::default() };
    bo.replies_with(lamp, Reply { envelope, ..bo.reply(&text, 1) }).await.succeeds();
    town.sends().await;
    let raw = town.answers_to(AINO).pop().unwrap().raw;
    let letter = parse(&raw).unwrap();
    let names: Vec<_> =
        letter.attachments.iter().map(|file| (file.name.as_str(), file.inline)).collect();
    assert_eq!(names, [("map.png", true), ("rules.pdf", false)]);
    assert!(html_of(&raw).unwrap().contains(&format!("cid:{picture}@")));
    let sent = town.messages_of(BO, lamp).await.pop().unwrap();
    assert_eq!((sent.attachments.len(), sent.attachments[0].id), (2, picture));
    let kept = town.desk.attachment(&DAGNY.at(town).viewer, picture).await.unwrap().unwrap();
    assert_eq!(kept.bytes, b"a picture");

    puts(&bo, lamp, upload("late.pdf", b"late", false)).await.unwrap();
    town.desk.discard_draft(&bo.viewer, lamp, DraftKind::Reply).await.unwrap();
    assert!(writing(town, BO, lamp).await.drafts.is_empty());
}

async fn a_note_never_becomes_a_letter_nor_a_letter_a_note(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let save = |kind, moved_from, text: &str| {
        saves(&bo, lamp, Saving { kind, moved_from: Some(moved_from), ..saving(text, 0, "a") })
    };
    let (reply, note, forward) = (DraftKind::Reply, DraftKind::Note, DraftKind::Forward);
    save(note, note, "Phone the police").await;
    save(reply, note, "We mend it").await;
    let desk = writing(town, BO, lamp).await;
    let mut texts: Vec<_> = desk.drafts.iter().map(kind_and_text).collect();
    texts.sort_by_key(|(kind, _)| kind.code());
    assert_eq!(texts, [(reply, "We mend it"), (note, "Phone the police")]);

    save(forward, reply, "We mend it").await;
    let desk = writing(town, BO, lamp).await;
    let mut texts: Vec<_> = desk.drafts.iter().map(kind_and_text).collect();
    texts.sort_by_key(|(kind, _)| kind.code());
    assert_eq!(texts, [(note, "Phone the police"), (forward, "We mend it")], "it went along");
}

fn kind_and_text(view: &drafts::DraftView) -> (DraftKind, &str) {
    (view.draft.kind, view.draft.written.body.as_str())
}

async fn a_draft_that_was_thrown_away_is_given_back_for_an_hour(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let (bo, desk) = (BO.at(town), &town.desk);
    let discard = || desk.discard_draft(&bo.viewer, lamp, DraftKind::Reply);
    let restore = || desk.restore_draft(&bo.viewer, lamp, DraftKind::Reply);
    assert_eq!((discard().await, restore().await), (Ok(false), Err(Refused::TooLate)));

    saves(&bo, lamp, saving("Tomorrow.", 0, "a")).await;
    let file = puts(&bo, lamp, upload("rules.pdf", b"a paper", false)).await.unwrap();
    assert_eq!(discard().await, Ok(true));
    assert!(writing(town, BO, lamp).await.drafts.is_empty());
    assert_eq!(town.counts_of(BO).await.drafts, 0);
    let dagny = town.viewer(DAGNY);
    let others = desk.others_at(&dagny, lamp).await.unwrap();
    assert!(others.iter().all(|other| other.drafts.is_empty()), "nobody reads it any more");
    let stolen = desk.restore_draft(&dagny, lamp, DraftKind::Reply).await;
    assert_eq!(stolen, Err(Refused::TooLate), "it is not hers");

    saves(&bo, lamp, saving("On Monday.", 0, "a")).await;
    assert_eq!(restore().await, Ok(()));
    let given = writing(town, BO, lamp).await.drafts.remove(0);
    assert_eq!((given.draft.written.body.as_str(), given.files[0].id), ("Tomorrow.", file));
    assert_eq!(given.versions[0].body, "On Monday.", "what he began since is kept beside it");
    assert_eq!(restore().await, Err(Refused::TooLate), "once");

    assert_eq!(discard().await, Ok(true));
    town.passes(SignedDuration::from_hours(3));
    desk.do_due_jobs().await.unwrap();
    assert_eq!(restore().await, Err(Refused::TooLate), "it is forgotten");
    assert!(desk.attachment(&bo.viewer, file).await.unwrap().is_none());
}

async fn more_than_a_mail_may_carry_is_refused(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let (bo, limits) = (BO.at(town), town.desk.file_limits());
    let large = vec![7; limits.bytes - 10];
    puts(&bo, lamp, upload("large.pdf", &large, false)).await.unwrap();
    let refused = puts(&bo, lamp, upload("drop.pdf", &[1; 11], false)).await;
    assert_eq!(refused, Err(FileRefused::TooLarge { most: limits.bytes }.into()));
    for number in 1..limits.files {
        let name = format!("{number}.pdf");
        puts(&bo, lamp, upload(&name, b"", false)).await.unwrap();
    }
    let refused = puts(&bo, lamp, upload("one more.pdf", b"", false)).await;
    assert_eq!(refused, Err(FileRefused::TooMany { most: 200 }.into()));
}

async fn an_answer_is_taken_back_before_it_leaves(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    town.sends().await;
    let bo = BO.at(town);
    let file = puts(&bo, lamp, upload("rules.pdf", b"a paper", false)).await.unwrap();
    let before = town.rows_of(BO, Folder::All).await;
    let message = bo.replies_with(lamp, held(&bo, "Tomorow.", &[file])).await.succeeds();
    assert_eq!(town.state_of(lamp).await, (State::Answered, Some("Bo".into())));
    town.sends().await;
    assert!(town.answers_to(AINO).is_empty(), "it waits");
    assert_eq!(writing(town, BO, lamp).await.held[0].message, message);
    assert_eq!(town.counts_of(BO).await.drafts, 0);

    let refused = town.desk.withdraw(&DAGNY.at(town).viewer, message).await;
    assert_eq!(refused, Err(Refused::TooLate), "it is not hers");
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Open, None));
    assert_eq!(town.messages_of(BO, lamp).await.len(), 1);
    let after = town.rows_of(BO, Folder::All).await;
    assert_eq!((&after[0].snippet, after[0].last_at), (&before[0].snippet, before[0].last_at));
    let desk = writing(town, BO, lamp).await;
    assert_eq!(desk.drafts[0].draft.written.body, "Tomorow.");
    assert_eq!(desk.drafts[0].files[0].id, file);
    let journal = town.journal_of(lamp).await;
    assert_eq!(journal.last().map(String::as_str), Some("withdrawn by Bo"));
    assert_eq!(town.finds("tomorow", None).await, 0);

    town.passes(SignedDuration::from_secs(60));
    town.sends().await;
    assert!(town.answers_to(AINO).is_empty(), "it never left");
    bo.replies_with(lamp, Reply { seen: 2, ..held(&bo, "Tomorrow.", &[file]) }).await.succeeds();
    town.passes(SignedDuration::from_secs(11));
    town.sends().await;
    let letter = parse(&town.answers_to(AINO).pop().unwrap().raw).unwrap();
    assert!(letter.text.starts_with("Tomorrow."));
    assert_eq!(letter.attachments[0].name, "rules.pdf");
    assert_eq!(town.length_of(lamp).await, 3, "the place of what was taken back stays");
}

async fn what_happened_since_stays_when_an_answer_is_taken_back(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let message = bo.replies_with(lamp, held(&bo, "Tomorrow.", &[])).await.succeeds();
    DAGNY.at(town).marks_urgent(lamp, true).await.succeeds();
    saves(&bo, lamp, saving("And another thing", 0, "b")).await;
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
    assert_eq!(town.state_of(lamp).await, (State::Answered, Some("Bo".into())));
    let desk = writing(town, BO, lamp).await;
    assert_eq!(desk.drafts.len(), 1);
    assert_eq!(desk.drafts[0].draft.written.body, "Tomorrow.");
    assert_eq!(desk.drafts[0].versions[0].body, "And another thing");
    town.sends().await;
}

async fn an_answer_that_left_is_not_taken_back(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let message = bo.replies_with(lamp, held(&bo, "Tomorrow.", &[])).await.succeeds();
    town.passes(SignedDuration::from_secs(10));
    assert_eq!(town.desk.withdraw(&bo.viewer, message).await, Err(Refused::TooLate));
    town.sends().await;
    assert_eq!(town.desk.withdraw(&bo.viewer, message).await, Err(Refused::TooLate));
    let sent = town.messages_of(BO, lamp).await.pop().unwrap();
    assert_eq!(sent.send_state, SendState::Sent);
    town.passes(SignedDuration::from_hours(3));
    town.desk.do_due_jobs().await.unwrap();
    let viewer = bo.viewer.clone();
    let left = town.read(move |read| drafts::held(read, &viewer, message)).await;
    assert!(left.is_none(), "nothing is kept longer than needed");
}

async fn who_has_an_inquiry_open_is_seen_for_half_a_minute(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let (bo, dagny) = (BO.at(town), DAGNY.at(town));
    let mut listening = town.listens();
    town.desk.be_present(&bo.viewer, lamp, false).await.unwrap();
    assert_eq!(listening().len(), 1);
    town.desk.be_present(&bo.viewer, lamp, false).await.unwrap();
    assert!(listening().is_empty(), "that is no news");
    town.desk.be_present(&bo.viewer, lamp, true).await.unwrap();
    assert_eq!(listening().len(), 1);
    let others = town.desk.others_at(&dagny.viewer, lamp).await.unwrap();
    assert_eq!(others[0].name, "Bo");
    assert!(others[0].writing_at > 0);
    assert!(town.desk.others_at(&bo.viewer, lamp).await.unwrap().is_empty());
    town.passes(SignedDuration::from_secs(31));
    assert!(town.desk.others_at(&dagny.viewer, lamp).await.unwrap().is_empty());
}

async fn nobody_outside_the_wall_writes_or_is_seen_writing(town: &Town) {
    let child = town.gets(AINO.writes("A child").to(WELFARE.address)).await;
    let bo = BO.at(town);
    let refused = town.desk.save_draft(&bo.viewer, child, saving("Hello", 0, "a")).await;
    assert_eq!(refused, Err(Refused::NotFound));
    let put = puts(&bo, child, upload("a.pdf", b"a", false)).await;
    assert_eq!(put, Err(Refused::NotFound));
    assert_eq!(town.desk.be_present(&bo.viewer, child, true).await, Err(Refused::NotFound));
    assert!(town.desk.others_at(&bo.viewer, child).await.unwrap().is_empty());
}

async fn a_letter_behind_a_wall_is_not_shown_by_naming_it_in_a_draft(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let parts = "--p\nContent-Type: text/plain\n\nA child\n--p\nContent-Type: text/plain\n\
                 Content-Disposition: attachment; filename=diary.txt\n\nDear diary\n--p--\n";
    let mail = AINO.writes("A child").to(WELFARE.address);
    let mail = mail.with("Content-Type", "multipart/mixed; boundary=p");
    let child = town.gets(mail.saying(parts)).await;
    let secret = town.messages_of(SIGRID, child).await.remove(0).id;
    let bo = BO.at(town);
    let named = |letter| {
        let written =
            Written { letter: Some(letter), body: "See this".into(), ..Written::default() };
        Saving { kind: DraftKind::Forward, written, composer: "a".into(), ..Saving::default() }
    };
    saves(&bo, lamp, named(secret)).await;
    let own = town.messages_of(BO, lamp).await.remove(0).id;
    let desk = writing(town, BO, lamp).await;
    assert_eq!(desk.drafts[0].draft.written.letter, None, "it is not kept");
    assert_eq!((desk.letter, desk.letter_files.len()), (Some(own), 0));

    // What lies in the store already, or was moved behind a wall since, is not shown either.
    town.tampers(&format!("update drafts set letter = {}", secret.as_i64())).await;
    let desk = writing(town, BO, lamp).await;
    assert_eq!((desk.letter, desk.letter_files.len()), (Some(own), 0));
}

async fn a_snoozed_inquiry_wakes_after_an_answer_was_taken_back(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let until = town.now() + SignedDuration::from_hours(2);
    town.desk.snooze(&bo.viewer, lamp, until).await.unwrap();
    let message = bo.replies_with(lamp, held(&bo, "Tomorrow.", &[])).await.succeeds();
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
    assert_eq!(town.state_of(lamp).await.0, State::Snoozed);
    town.passes(SignedDuration::from_hours(3));
    town.desk.do_due_jobs().await.unwrap();
    assert_eq!(town.state_of(lamp).await.0, State::Open, "it wakes as it was asked to");
}

async fn a_letter_does_not_leave_without_a_file_that_was_to_go_along(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    town.sends().await;
    let bo = BO.at(town);
    let paper = puts(&bo, lamp, upload("rules.pdf", b"a paper", false)).await.unwrap();
    town.desk.drop_draft_file(&bo.viewer, lamp, DraftKind::Reply, paper).await.unwrap();
    let envelope = Envelope { files: vec![paper], ..Envelope::default() };
    let reply = Reply { envelope, ..bo.reply("Here it is.", 1) };
    let sent = town.desk.reply(&bo.viewer, lamp, reply).await;
    assert_eq!(sent, Err(FileRefused::Gone.into()));
    town.sends().await;
    assert!(town.answers_to(AINO).is_empty());
}

async fn a_note_leaves_the_text_of_another_window(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bo = BO.at(town);
    let note = |text, version, composer| {
        let saving = saving(text, version, composer);
        Saving { kind: DraftKind::Note, ..saving }
    };
    saves(&bo, lamp, note("At home, long", 0, "home")).await;
    bo.notes(lamp, "Quite another").await.succeeds();
    let desk = writing(town, BO, lamp).await;
    assert_eq!(desk.drafts[0].draft.written.body, "At home, long");

    saves(&bo, lamp, note("At work, longer", 0, "work")).await;
    let (text, key) = ("At home, long and done".to_owned(), town.fresh_key());
    town.desk.note(&bo.viewer, lamp, text, key, 1).await.unwrap();
    let desk = writing(town, BO, lamp).await;
    assert_eq!(desk.drafts[0].draft.written.body, "At work, longer", "beside it, and not sent");
}

async fn a_letter_taken_back_after_a_split_leaves_the_row_true(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    town.sends().await;
    let bo = BO.at(town);
    bo.notes(lamp, "The water is another matter").await.succeeds();
    bo.notes(lamp, "The fuse").await.succeeds();
    let message =
        bo.replies_with(lamp, Reply { seen: 3, ..held(&bo, "Soon.", &[]) }).await.succeeds();
    let chosen = vec![town.messages_of(BO, lamp).await[1].id];
    town.desk.split(&bo.viewer, lamp, chosen, "Water").await.unwrap();
    town.desk.withdraw(&bo.viewer, message).await.unwrap();
    let rows = town.read(move |read| {
        let row =
            torg_store::sql!("select newest_word, snippet, messages from inquiries where id = $1");
        read.one(row, &torg_store::params![lamp], |row| {
            Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?))
        })
    });
    assert_eq!(rows.await, Some((2, "The fuse".into(), 3)));
}

async fn who_is_shown_a_walled_draft_is_noted(town: &Town) {
    let child = town.gets(AINO.writes("A child").to(WELFARE.address)).await;
    let sigrid = town.viewer(SIGRID);
    let bo = town.viewer(BO);
    for _ in 0..3 {
        town.desk.others_at(&sigrid, child).await.unwrap();
        town.desk.others_at(&bo, child).await.unwrap();
    }
    let log = town.read(|read| {
        let all = torg_store::sql!("select staff, inquiry from read_log order by hour");
        read.all(all, &[], |row| Ok((row.get(0)?, row.get(1)?)))
    });
    assert_eq!(log.await, [(sigrid.staff, child)], "once an hour");
}
