//! A restricted department's inquiries exist only for its members: in every list, count and link.

use torg_core::{Fact, Id, InquiryId, WallId};
use torg_desk::{Images, Refused};
use torg_store::folders::{self, Folder};
use torg_store::inquiries::{self, Entry, Extent};
use torg_store::messages::{self, MessageView};
use torg_store::{persons, staff};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, COLLEAGUES, Colleague, DAGNY, EINAR, KAJA, ROADS, SIGRID, WELFARE,
};

stories![
    nothing_behind_the_wall_shows_outside,
    no_verb_reaches_behind_the_wall,
    a_membership_that_ends_closes_the_wall_at_once,
    a_membership_that_begins_opens_it_at_once,
    what_is_told_live_names_the_wall,
    who_looks_behind_the_wall_is_noted,
    who_opens_a_walled_letter_or_file_by_its_own_address_is_noted_once_an_hour,
    a_link_across_the_wall_leaves_no_trace_for_those_outside,
    a_card_tells_of_a_person_only_what_the_viewer_may_see,
    a_reply_from_behind_the_wall_does_not_lead_others_there,
    what_is_sent_to_a_walled_address_stays_behind_its_wall,
    a_copy_to_a_walled_address_is_one_message_there,
    the_owner_of_a_colleagues_folder_may_own_more_than_is_shown,
];

const OUTSIDERS: [Colleague; 4] = [BO, DAGNY, KAJA, ADA];

/// A letter to Welfare with a file in it, and Aino's open letter to Roads.
async fn two_letters(town: &Town) -> (InquiryId, InquiryId) {
    let lamp = town.gets(AINO.writes("The street lamp is out").to(ROADS.address)).await;
    let parts = "--p\nContent-Type: text/html; charset=utf-8\n\n<p>My secret child</p>\n\
                 --p\nContent-Type: text/plain; name=diary.txt\n\
                 Content-Disposition: attachment; filename=diary.txt\n\nDear diary\n--p--\n";
    let mail = AINO.writes("Re: The street lamp is out").to(WELFARE.address);
    let mail = mail.with("Content-Type", "multipart/mixed; boundary=p");
    let child = town.gets(mail.saying(parts)).await;
    SIGRID.at(town).claims(child).await.succeeds();
    (lamp, child)
}

/// Everything a page may read, as one colleague sees it: which of it knows of `child`.
async fn knowing(
    town: &Town,
    who: Colleague,
    child: InquiryId,
    letter: &MessageView,
) -> Vec<&'static str> {
    let viewer = town.viewer(who);
    let folders = [
        Folder::All,
        Folder::Unowned,
        Folder::Mine,
        Folder::Waiting,
        Folder::Closed,
        Folder::Department(town.department(WELFARE)),
        Folder::Colleague(town.viewer(SIGRID).staff),
    ];
    let (message, file) = (letter.id, letter.attachments[0].id);
    let asked = viewer.clone();
    let known = town.read(move |read| {
        let viewer = &asked;
        let mut known = Vec::new();
        let mut say = |what: &'static str, knows: bool| known.extend(knows.then_some(what));
        let mut listed = false;
        for folder in &folders {
            let rows = folders::list(read, viewer, folder, None, 100)?.rows;
            listed |= rows.iter().any(|row| row.id == child);
        }
        say("folders::list", listed);
        let counts = folders::counts(read, viewer, 0)?;
        let named = counts.departments.iter().any(|one| one.name == WELFARE.name);
        say("folders::counts", counts.all == 2);
        say("folders::counts, departments", named);
        let page = inquiries::page(read, viewer, child, Extent::Whole)?;
        say("inquiries::page", page.is_some());
        let number = "26-2".parse().expect("a number");
        let by_number = inquiries::by_number(read, viewer, number)?;
        say("inquiries::by_number", by_number.is_some());
        say("inquiries::number_of", inquiries::number_of(read, viewer, child)?.is_some());
        say("inquiries::seen_by", inquiries::seen_by(read, viewer, child)?.is_some());
        let newest = folders::list(read, viewer, &Folder::All, None, 100)?.rows;
        let lamp = newest.last().map(|row| row.id).filter(|id| *id != child);
        let lamp = lamp.map(|lamp| inquiries::page(read, viewer, lamp, Extent::Whole));
        let lamp = lamp.transpose()?.flatten();
        let lamp = lamp.expect("the lamp is everybody's");
        say("links", lamp.links.iter().any(|link| link.id == child));
        let card = lamp.person.expect("Aino is known");
        say("persons::card", card.total == 2 || card.inquiries.iter().any(|one| one.id == child));
        let person = persons::page(read, viewer, card.id, None)?.expect("Aino's page");
        say("persons::page", person.inquiries.iter().any(|one| one.id == child));
        say("messages::raw", messages::raw(read, viewer, message)?.is_some());
        say("messages::attachment", messages::attachment(read, viewer, file)?.is_some());
        say("staff::colleagues", !staff::colleagues(read, viewer, child)?.is_empty());
        Ok(known)
    });
    let mut known = known.await;
    let mut say = |what: &'static str, knows: bool| known.extend(knows.then_some(what));
    let desk = &town.desk;
    say("raw_message", desk.raw_message(&viewer, message).await.unwrap().is_some());
    say("attachment", desk.attachment(&viewer, file).await.unwrap().is_some());
    let files = desk.letter_files(&viewer, message, vec![file]).await.unwrap();
    say("letter_files", !files.is_empty());
    say("letter_html", desk.letter_html(&viewer, message, Images::Shown).await.unwrap().is_some());
    say("look", who.at(town).reads(child).await);
    known
}

async fn nothing_behind_the_wall_shows_outside(town: &Town) {
    let (_, child) = two_letters(town).await;
    let letter = town.messages_of(SIGRID, child).await.remove(0);
    for outsider in OUTSIDERS {
        let known = knowing(town, outsider, child, &letter).await;
        assert!(known.is_empty(), "{} learns of it by {known:?}", outsider.name);
    }
    let known = knowing(town, SIGRID, child, &letter).await;
    assert_eq!(known.len(), 18, "Sigrid finds it everywhere: {known:?}");
    // The search index keeps them apart by a word of its own.
    let welfare = town.department(WELFARE);
    assert_eq!(
        (town.finds("secret", None).await, town.finds("secret", Some(welfare)).await),
        (0, 1)
    );
    assert_eq!((town.finds("diary", None).await, town.finds("lamp", None).await), (0, 1));
}

async fn no_verb_reaches_behind_the_wall(town: &Town) {
    let (lamp, child) = two_letters(town).await;
    let journal = town.journal_of(child).await;
    for outsider in [BO, ADA] {
        let her = outsider.at(town);
        her.claims(child).await.is_refused_with(Refused::NotFound);
        her.releases(child).await.is_refused_with(Refused::NotFound);
        her.assigns(child, outsider).await.is_refused_with(Refused::NotFound);
        her.refers_openly(child, ROADS, "curious").await.is_refused_with(Refused::NotFound);
        her.replies(child, "Hello").await.is_refused_with(Refused::NotFound);
        her.notes(child, "Hello").await.is_refused_with(Refused::NotFound);
        her.marks_urgent(child, true).await.is_refused_with(Refused::NotFound);
        her.closes(child).await.is_refused_with(Refused::NotFound);
        her.reopens(child).await.is_refused_with(Refused::NotFound);
        her.confirms_link(lamp, child).await.is_refused_with(Refused::NotFound);
        her.dismisses_link(child, lamp).await.is_refused_with(Refused::NotFound);
    }
    assert_eq!(town.journal_of(child).await, journal);
    SIGRID.at(town).confirms_link(lamp, child).await.succeeds();
    SIGRID.at(town).replies(child, "Come by.").await.succeeds();
}

async fn a_membership_that_ends_closes_the_wall_at_once(town: &Town) {
    let (_, child) = two_letters(town).await;
    assert_eq!(town.folder_of(SIGRID, Folder::Mine).await, [child]);
    town.desk.set_membership(SIGRID.email, WELFARE.name, false).await.unwrap();
    assert!(town.page_of(SIGRID, child).await.is_none());
    assert_eq!(town.folder_of(SIGRID, Folder::Mine).await, []);
    assert_eq!(town.counts_of(SIGRID).await.mine, 0);
    SIGRID.at(town).closes(child).await.is_refused_with(Refused::NotFound);
}

async fn a_membership_that_begins_opens_it_at_once(town: &Town) {
    let (_, child) = two_letters(town).await;
    town.desk.set_membership(BO.email, WELFARE.name, true).await.unwrap();
    assert!(town.page_of(BO, child).await.is_some());
    // Leaving an open department closes no wall.
    town.desk.set_membership(BO.email, ROADS.name, false).await.unwrap();
    assert_eq!(town.folder_of(BO, Folder::All).await.len(), 2);
    assert!(town.page_of(DAGNY, child).await.is_none());
}

async fn what_is_told_live_names_the_wall(town: &Town) {
    let mut listening = town.listens();
    let child = town.gets(AINO.writes("My child").to(WELFARE.address)).await;
    SIGRID.at(town).claims(child).await.succeeds();
    SIGRID.at(town).notes(child, "Poor child").await.succeeds();
    SIGRID.at(town).replies(child, "Come by.").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    assert_eq!(town.gets(AINO.answers(&answer, "I will.")).await, child);
    let wall = WallId::from_i64(town.department(WELFARE).as_i64());
    let facts = listening();
    assert!(facts.len() >= 6, "{facts:?}");
    for fact in facts {
        let Fact::Inquiry { inquiry, wall: told, .. } = fact else {
            continue;
        };
        assert_eq!((inquiry, told), (child, wall));
    }
    // A referral is told on both sides.
    let lamp = town.gets(AINO.writes("Her neighbour's child").to(ROADS.address)).await;
    listening();
    BO.at(town).refers(lamp, WELFARE, "a child").await.succeeds();
    let walls: Vec<WallId> = listening()
        .into_iter()
        .filter_map(|fact| match fact {
            Fact::Inquiry { wall, .. } => Some(wall),
            _ => None,
        })
        .collect();
    assert_eq!(walls, [torg_core::wall::open_wall(), wall]);
}

async fn who_looks_behind_the_wall_is_noted(town: &Town) {
    let (lamp, child) = two_letters(town).await;
    for _ in 0..3 {
        assert!(SIGRID.at(town).reads(child).await);
        assert!(SIGRID.at(town).reads(lamp).await);
        assert!(!BO.at(town).reads(child).await);
    }
    town.passes(jiff::SignedDuration::from_hours(1));
    assert!(SIGRID.at(town).reads(child).await);
    let log = town.read(|read| {
        let all = torg_store::sql!("select staff, inquiry from read_log order by hour");
        read.all(all, &[], |row| Ok((row.get(0)?, row.get(1)?)))
    });
    let sigrid = town.viewer(SIGRID).staff;
    assert_eq!(log.await, [(sigrid, child), (sigrid, child)]);
}

async fn who_opens_a_walled_letter_or_file_by_its_own_address_is_noted_once_an_hour(town: &Town) {
    let (lamp, child) = two_letters(town).await;
    let open = town.messages_of(BO, lamp).await.remove(0);
    let letter = town.messages_of(SIGRID, child).await.remove(0);
    let file = letter.attachments[0].id;
    let (sigrid, bo) = (town.viewer(SIGRID), town.viewer(BO));
    let logged = async || {
        let all = torg_store::sql!("select staff, inquiry from read_log order by hour");
        town.read(move |read| read.all(all, &[], |row| Ok((row.get(0)?, row.get(1)?)))).await
    };
    let desk = &town.desk;
    for hours in 1..=3 {
        for _ in 0..2 {
            assert!(desk.raw_message(&bo, letter.id).await.unwrap().is_none());
            assert!(desk.raw_message(&sigrid, open.id).await.unwrap().is_some());
            let opened = match hours {
                1 => desk.raw_message(&sigrid, letter.id).await.unwrap().is_some(),
                2 => desk.attachment(&sigrid, file).await.unwrap().is_some(),
                _ => desk.letter_html(&sigrid, letter.id, Images::Blocked).await.unwrap().is_some(),
            };
            assert!(opened);
            assert_eq!(logged().await, vec![(sigrid.staff, child); hours]);
        }
        town.passes(jiff::SignedDuration::from_hours(1));
    }
}

async fn a_link_across_the_wall_leaves_no_trace_for_those_outside(town: &Town) {
    let (lamp, child) = two_letters(town).await;
    SIGRID.at(town).confirms_link(lamp, child).await.succeeds();
    let linked = async |who: Colleague, id| {
        let page = town.page_of(who, id).await.unwrap();
        let is_link = |entry: &&Entry| matches!(entry, Entry::Event(event) if event.verb == torg_core::Verb::Linked);
        (page.entries.iter().filter(is_link).count(), page.links.len())
    };
    assert_eq!(linked(SIGRID, lamp).await, (1, 1));
    assert_eq!(linked(SIGRID, child).await, (1, 1));
    for outsider in OUTSIDERS {
        assert_eq!(linked(outsider, lamp).await, (0, 0), "{}", outsider.name);
    }
}

/// Sigrid answers; Aino's reply goes to the general address instead of hers.
async fn a_reply_from_behind_the_wall_does_not_lead_others_there(town: &Town) {
    let (_, child) = two_letters(town).await;
    SIGRID.at(town).replies(child, "Come by.").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    let mut listening = town.listens();
    let astray = AINO.answers(&answer, "My secret child and I will.").to("post@fjordby.example");
    assert_eq!(town.gets(astray).await, child);
    for fact in listening() {
        if let Fact::Inquiry { inquiry, wall, .. } = fact {
            assert!(inquiry != child || wall != torg_core::wall::open_wall(), "{fact:?}");
        }
    }
    for colleague in COLLEAGUES {
        let sees = town.folder_of(colleague, Folder::All).await.contains(&child);
        assert_eq!(sees, colleague.name == SIGRID.name, "{}", colleague.name);
    }
    let page = town.page_of(SIGRID, child).await.unwrap();
    assert!(page.shown_to.is_empty());
    let shown = |entry: &Entry| matches!(entry, Entry::Event(event) if event.verb == torg_core::Verb::Shown);
    assert!(!page.entries.iter().any(shown));
}

async fn the_owner_of_a_colleagues_folder_may_own_more_than_is_shown(town: &Town) {
    let (lamp, child) = two_letters(town).await;
    SIGRID.at(town).claims(lamp).await.succeeds();
    let sigrid = Folder::Colleague(town.viewer(SIGRID).staff);
    assert_eq!(town.folder_of(BO, sigrid).await, [lamp]);
    assert_eq!(town.folder_of(SIGRID, sigrid).await, [child, lamp]);
}

/// Bo answered from Roads; Aino's reply tells Welfare what is none of his business.
async fn what_is_sent_to_a_walled_address_stays_behind_its_wall(town: &Town) {
    let lamp = town.gets(AINO.writes("The street lamp is out").to(ROADS.address)).await;
    BO.at(town).replies(lamp, "We mend it tomorrow.").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    let secret = AINO.answers(&answer, "And my child, between us, is hungry.");
    let child = town.gets(secret.to(WELFARE.address)).await;

    assert_ne!(child, lamp);
    assert!(town.page_of(BO, child).await.is_none());
    let links = town.page_of(SIGRID, child).await.unwrap().links;
    assert_eq!((links.len(), links[0].id, links[0].suggested), (1, lamp, true));
    assert!(town.page_of(BO, lamp).await.unwrap().links.is_empty());
    // What she goes on writing to Welfare stays together.
    SIGRID.at(town).replies(child, "Come by.").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    assert_eq!(town.gets(AINO.answers(&answer, "I will.")).await, child);
}

async fn a_copy_to_a_walled_address_is_one_message_there(town: &Town) {
    let (_, child) = two_letters(town).await;
    SIGRID.at(town).replies(child, "Come by.").await.succeeds();
    town.sends().await;
    let answer = town.answers_to(AINO).pop().unwrap();
    let reply = AINO.answers(&answer, "I will.").to(ROADS.address).and_to(WELFARE.address);
    assert_eq!(town.gets(reply).await, child);
    assert_eq!(town.length_of(child).await, 3);
}

/// Aino writes to Welfare first, and there also from an address that nobody else knows.
async fn a_card_tells_of_a_person_only_what_the_viewer_may_see(town: &Town) {
    let child = town.gets(AINO.writes("My child").to(WELFARE.address)).await;
    let person = town.page_of(SIGRID, child).await.unwrap().person.unwrap().id;
    town.passes(jiff::SignedDuration::from_hours(24));
    let hidden = town.gets(EINAR.writes("From my shelter").to(WELFARE.address)).await;
    let theirs = town.page_of(SIGRID, hidden).await.unwrap().person.unwrap().id;
    for table in ["contact_points", "inquiries"] {
        let both = format!("update {table} set person = {person} where person = {theirs}");
        town.tampers(&both).await;
    }
    town.passes(jiff::SignedDuration::from_hours(24));
    let lamp = town.gets(AINO.writes("The lamp is out").to(ROADS.address)).await;

    let card = async |who| town.page_of(who, lamp).await.unwrap().person.unwrap();
    let begun = async |id| town.page_of(SIGRID, id).await.unwrap().created;
    for outsider in OUTSIDERS {
        let card = card(outsider).await;
        assert_eq!((card.addresses, card.total), (vec![AINO.address.to_owned()], 1));
        assert_eq!(card.since, begun(lamp).await, "{}", outsider.name);
    }
    let all = [AINO.address, EINAR.address].map(str::to_owned);
    let card = card(SIGRID).await;
    assert_eq!((card.addresses, card.total), (all.to_vec(), 3));
    assert_eq!(card.since, begun(child).await);
}
