//! Looking through folders: filters, order, what one answered, and saved views.

use torg_core::due::{Aim, Measure, Target};
use torg_core::hours::OpeningHours;
use torg_core::{InquiryId, Language};
use torg_desk::{NewCategory, NewView, ViewRefused};
use torg_store::folders::{self, Cursor, Folder, ListPage, Look, Narrow, Sort, Whose};
use torg_store::views::{self, Shared};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, Colleague, DAGNY, Department, EINAR, ROADS, SIGRID, WATER, WELFARE,
};

stories![
    a_filter_takes_what_fits_and_keeps_what_lies_open,
    the_oldest_comes_first_when_asked_for,
    what_is_due_next_comes_first_and_what_has_no_deadline_last,
    what_was_sent_here_too_is_not_lost_in_an_order_by_deadline,
    a_tag_is_a_filter,
    a_category_is_a_filter_and_one_behind_a_wall_has_no_name_outside,
    what_one_answered_lies_in_its_folder_by_the_last_answer,
    a_view_is_kept_counted_and_brought_back,
    only_leads_share_views,
    what_was_read_is_unread_again_for_her_alone,
];

pub(super) async fn look(town: &Town, who: Colleague, look: Look) -> ListPage {
    let viewer = town.viewer(who);
    town.read(move |read| folders::look_through(read, &viewer, &look, None, 50)).await
}

pub(super) async fn ids(town: &Town, who: Colleague, wanted: Look) -> Vec<InquiryId> {
    look(town, who, wanted).await.rows.iter().map(|row| row.id).collect()
}

fn narrowed(narrow: Narrow) -> Look {
    Look { narrow, ..Look::at(Folder::All) }
}

async fn a_filter_takes_what_fits_and_keeps_what_lies_open(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bench = town.mail_from(EINAR, "A bench wants paint").await;
    BO.at(town).claims(lamp).await.succeeds();
    DAGNY.at(town).marks_urgent(bench, true).await.succeeds();
    DAGNY.at(town).reads(bench).await;

    let urgent = Narrow { urgent: true, ..Narrow::default() };
    assert_eq!(ids(town, BO, narrowed(urgent)).await, [bench]);
    let mine = Narrow { whose: Some(Whose::Mine), ..Narrow::default() };
    assert_eq!(ids(town, BO, narrowed(mine)).await, [lamp]);
    assert_eq!(ids(town, DAGNY, narrowed(mine)).await, []);
    let nobodys = Narrow { whose: Some(Whose::Nobodys), ..Narrow::default() };
    assert_eq!(ids(town, BO, narrowed(nobodys)).await, [bench]);
    let unread = Narrow { unread: true, ..Narrow::default() };
    assert_eq!(ids(town, DAGNY, narrowed(unread)).await, [lamp]);
    let reading = Narrow { besides: Some(bench), ..unread };
    assert_eq!(ids(town, DAGNY, narrowed(reading)).await, [bench, lamp]);
    let swedish = Narrow { language: Some(Language::Sv), ..Narrow::default() };
    assert_eq!(ids(town, DAGNY, narrowed(swedish)).await, []);
    let roads = Narrow { department: Some(town.department(ROADS)), ..Narrow::default() };
    assert_eq!(ids(town, BO, narrowed(roads)).await, []);
    let today = Narrow { since: Some(town.now().as_microsecond() + 1), ..Narrow::default() };
    assert_eq!(ids(town, BO, narrowed(today)).await, []);
}

async fn the_oldest_comes_first_when_asked_for(town: &Town) {
    let mut letters = Vec::new();
    for number in 1..=3 {
        letters.push(town.mail_from(AINO, &format!("Letter {number}")).await);
        town.passes(jiff::SignedDuration::from_mins(5));
    }
    let oldest = Look { sort: Sort::Oldest, ..Look::at(Folder::Unowned) };
    assert_eq!(ids(town, BO, oldest.clone()).await, letters);
    let viewer = town.viewer(BO);
    let (first, rest) = town
        .read(move |read| {
            let first = folders::look_through(read, &viewer, &oldest, None, 2)?;
            let next = first.next;
            Ok((first, folders::look_through(read, &viewer, &oldest, next.as_ref(), 2)?))
        })
        .await;
    assert_eq!((first.rows.len(), rest.rows.len(), rest.next), (2, 1, None));
}

/// Roads promise a first answer within four hours of work; nobody else promises anything.
async fn roads_promise(town: &Town) {
    let ada = town.viewer(ADA);
    let Ok(hours) = "8-16".parse() else { panic!("hours") };
    let office = OpeningHours::weekdays(&hours);
    let calendar = town.desk.save_hours(&ada, None, "Office", office).await.unwrap();
    let (department, measure) = (Some(town.department(ROADS)), Measure::Working(4 * 60));
    let aim = Aim::FirstAnswer;
    let target = Target { aim, measure, department, category: None, calendar, remind: 60 };
    town.desk.save_target(&ada, None, target).await.unwrap();
}

async fn what_is_due_next_comes_first_and_what_has_no_deadline_last(town: &Town) {
    roads_promise(town).await;
    let mut letters = Vec::new();
    for to in [WATER, ROADS, WATER, ROADS] {
        letters.push(town.gets(AINO.writes("A letter").to(to.address)).await);
        town.passes(jiff::SignedDuration::from_mins(30));
    }
    let wanted = [letters[1], letters[3], letters[2], letters[0]];
    let due = Look { sort: Sort::Due, ..Look::at(Folder::All) };
    assert_eq!(ids(town, BO, due.clone()).await, wanted);
    assert_eq!(ids(town, BO, Look { folder: Folder::Unowned, ..due.clone() }).await, wanted);
    // Whatever a page holds, one after the other they hold all, each once.
    for limit in 1..=4 {
        let (mut found, mut after): (Vec<_>, Option<Cursor>) = (Vec::new(), None);
        loop {
            let (viewer, due) = (town.viewer(BO), due.clone());
            let page = town
                .read(move |read| folders::look_through(read, &viewer, &due, after.as_ref(), limit))
                .await;
            found.extend(page.rows.iter().map(|row| row.id));
            let Some(next) = page.next else { break };
            after = Some(next.to_string().parse().unwrap());
        }
        assert_eq!(found, wanted, "{limit} at a time");
    }
    let closed = Look { folder: Folder::Closed, ..due };
    BO.at(town).closes(letters[1]).await.succeeds();
    assert_eq!(ids(town, BO, closed).await, [letters[1]], "what is done is in its own order");
}

async fn what_was_sent_here_too_is_not_lost_in_an_order_by_deadline(town: &Town) {
    roads_promise(town).await;
    let both = town.gets(AINO.writes("A hole").to(ROADS.address).and_to(WATER.address)).await;
    let pipe = town.gets(EINAR.writes("A pipe").to(WATER.address)).await;
    for (department, wanted) in [(ROADS, vec![both]), (WATER, vec![pipe, both])] {
        let folder = Folder::Department(town.department(department));
        let due = Look { sort: Sort::Due, ..Look::at(folder) };
        assert_eq!(ids(town, BO, due).await, wanted);
    }
}

async fn a_tag_is_a_filter(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    town.mail_from(EINAR, "A bench wants paint").await;
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO));
    town.desk.add_tag(&ada, "lights", "", None).await.unwrap();
    town.desk.tag_by_name(&bo, lamp, "lights").await.unwrap();
    let tags = town.counts_of(BO).await.tags;
    assert_eq!(tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["lights"]);
    let lights = Narrow { tag: Some(tags[0].id), ..Narrow::default() };
    assert_eq!(ids(town, BO, narrowed(lights)).await, [lamp]);
}

async fn a_category_is_a_filter_and_one_behind_a_wall_has_no_name_outside(town: &Town) {
    let hole = town.mail_from(AINO, "A hole in the road").await;
    town.mail_from(EINAR, "A bench wants paint").await;
    let ada = town.viewer(ADA);
    let category = |name: &str, department: Option<Department>| NewCategory {
        name: name.into(),
        department: department.map(|one| town.department(one)),
        sort: 1,
        active: true,
    };
    let danger = town.desk.save_category(&ada, None, category("Danger", None)).await.unwrap();
    let worry = category("Worry for a child", Some(WELFARE));
    town.desk.save_category(&ada, None, worry).await.unwrap();
    town.desk.categorise(&town.viewer(BO), hole, Some(danger)).await.unwrap();

    let of_danger = Narrow { category: Some(danger), ..Narrow::default() };
    assert_eq!(ids(town, BO, narrowed(of_danger)).await, [hole]);
    BO.at(town).closes(hole).await.succeeds();
    assert_eq!(ids(town, BO, narrowed(of_danger)).await, []);
    let closed = Look { narrow: of_danger, ..Look::at(Folder::Closed) };
    assert_eq!(ids(town, BO, closed).await, [hole]);
    assert_eq!(categories(town, BO).await, ["Danger"]);
    assert_eq!(categories(town, SIGRID).await, ["Danger", "Worry for a child"]);
}

async fn categories(town: &Town, colleague: Colleague) -> Vec<String> {
    town.counts_of(colleague).await.categories.into_iter().map(|one| one.name).collect()
}

async fn what_one_answered_lies_in_its_folder_by_the_last_answer(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let bench = town.mail_from(EINAR, "A bench wants paint").await;
    for id in [lamp, bench, lamp] {
        town.passes(jiff::SignedDuration::from_mins(5));
        BO.at(town).replies(id, "We are on our way.").await.succeeds();
    }
    BO.at(town).notes(bench, "Green, not brown.").await.succeeds();
    assert_eq!(town.folder_of(BO, Folder::Sent).await, [lamp, bench]);
    assert_eq!(town.folder_of(DAGNY, Folder::Sent).await, []);
}

fn urgent_ones(shared: Shared) -> NewView {
    NewView { name: " Urgent ".into(), folder: Folder::All, query: "urgent=1".into(), shared }
}

async fn a_view_is_kept_counted_and_brought_back(town: &Town) {
    let viewer = town.viewer(DAGNY);
    let id = town.desk.keep_view(&viewer, urgent_ones(Shared::Nobody)).await.unwrap();
    let of = async |who: Colleague| {
        let viewer = town.viewer(who);
        let views = town.read(move |read| views::of(read, &viewer).get()).await;
        views.into_iter().map(|view| view.name).collect::<Vec<_>>()
    };
    assert_eq!((of(DAGNY).await, of(BO).await), (vec!["Urgent".to_owned()], vec![]));

    let renamed = NewView { name: "Now".into(), ..urgent_ones(Shared::Nobody) };
    town.desk.change_view(&viewer, id, renamed.clone()).await.unwrap();
    let outsider = town.desk.change_view(&town.viewer(BO), id, renamed).await;
    assert_eq!(outsider, Err(ViewRefused::NotFound));
    town.desk.set_view_gone(&viewer, id, true).await.unwrap();
    assert_eq!(of(DAGNY).await, Vec::<String>::new());
    town.desk.set_view_gone(&viewer, id, false).await.unwrap();
    assert_eq!(of(DAGNY).await, ["Now"]);

    let nameless = NewView { name: "  ".into(), ..urgent_ones(Shared::Nobody) };
    assert_eq!(town.desk.keep_view(&viewer, nameless).await, Err(ViewRefused::NoName));
}

async fn only_leads_share_views(town: &Town) {
    let lead = torg_core::Viewer { role: torg_core::Role::Lead, ..town.viewer(BO) };
    let staff = torg_core::Viewer { role: torg_core::Role::Staff, ..town.viewer(DAGNY) };
    let refused = town.desk.keep_view(&staff, urgent_ones(Shared::Everybody)).await;
    assert_eq!(refused, Err(ViewRefused::MayNotShare));
    let walled = Shared::Department(town.department(WELFARE));
    let refused = town.desk.keep_view(&lead, urgent_ones(walled)).await;
    assert_eq!(refused, Err(ViewRefused::MayNotShare), "only with one's own department");

    town.desk.keep_view(&lead, urgent_ones(Shared::Everybody)).await.unwrap();
    let seen = town.read(move |read| views::of(read, &staff).get()).await;
    assert_eq!(seen.len(), 1);
}

async fn what_was_read_is_unread_again_for_her_alone(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    BO.at(town).reads(lamp).await;
    DAGNY.at(town).reads(lamp).await;
    let before = town.desk.mark_unread(&town.viewer(BO), lamp).await.unwrap().unwrap();
    assert!(town.rows_of(BO, Folder::All).await[0].unread);
    assert!(!town.rows_of(DAGNY, Folder::All).await[0].unread);
    assert_eq!(town.desk.mark_unread(&town.viewer(BO), lamp).await, Ok(None), "it is so already");

    // Taken back, what came meanwhile is new to her all the same.
    town.desk.read_again(&town.viewer(BO), lamp, before).await.unwrap();
    assert!(!town.rows_of(BO, Folder::All).await[0].unread);
    town.desk.read_again(&town.viewer(BO), lamp, 99).await.unwrap();
    DAGNY.at(town).notes(lamp, "Seen").await.succeeds();
    assert!(town.rows_of(BO, Folder::All).await[0].unread, "nobody has read what is not there");

    let child = town.gets(AINO.writes("About a child").to(WELFARE.address)).await;
    let refused = town.desk.mark_unread(&town.viewer(BO), child).await;
    assert_eq!(refused, Err(torg_desk::Refused::NotFound));
}
