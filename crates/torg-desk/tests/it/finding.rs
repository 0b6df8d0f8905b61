//! Finding: the search, its filters and numbers, and what it completes.

use torg_core::{InquiryId, Language};
use torg_desk::{completions, instead, name_words, numbered, searched};
use torg_store::folders::{self, Cursor, Folder, Look, Sort};
use torg_store::search;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{
    ADA, AINO, BO, Citizen, Colleague, EINAR, KAJA, ROADS, SIGRID, WATER, WELFARE,
};

use super::looking::{ids, look};

stories![
    a_word_finds_letters_answers_and_notes_newest_first,
    words_between_quotation_marks_stand_side_by_side,
    the_last_word_goes_on_unless_many_hold_it_as_it_is,
    what_fits_best_comes_first_when_asked_for,
    the_pages_of_the_best_hold_each_inquiry_once,
    whatever_is_typed_is_answered,
    a_search_is_narrowed_by_what_stands_before_a_colon,
    what_stands_behind_a_minus_is_left_out,
    days_have_names_and_open_closed_and_spam_are_told_apart,
    an_inquiry_with_many_hits_does_not_hide_the_others,
    what_many_hold_is_left_out_step_by_step,
    a_letter_from_another_keyboard_is_found_by_what_it_means,
    a_name_is_found_in_all_its_spellings,
    a_domain_outside_ascii_is_found_in_both_its_spellings,
    a_filter_that_is_not_understood_is_said_with_what_to_write_instead,
    a_department_behind_a_wall_is_as_unknown_to_a_search_as_one_that_is_not_there,
    a_number_finds_its_inquiry_of_this_year_and_of_those_before,
    a_search_does_not_look_behind_the_wall,
    completion_names_nothing_of_a_restricted_department,
];

/// What a search finds, in the order of the list.
async fn found(town: &Town, who: Colleague, text: &str) -> Vec<InquiryId> {
    let wanted = searches(town, who, text).await;
    ids(town, who, wanted).await
}

async fn searches(town: &Town, who: Colleague, text: &str) -> Look {
    let (viewer, text) = (town.viewer(who), text.to_owned());
    let here = town.now().to_zoned(town.desk.about().time_zone.clone());
    let all = Look::at(Folder::Search);
    town.read(move |read| searched(read, &viewer, all.clone(), &text, &here)).await.0
}

/// What of a search was not understood, and what may be written instead.
async fn misread(town: &Town, who: Colleague, text: &str) -> Vec<(String, Vec<String>)> {
    let (viewer, text) = (town.viewer(who), text.to_owned());
    let here = town.now().to_zoned(town.desk.about().time_zone.clone());
    town.read(move |read| {
        let (_, misread) = searched(read, &viewer, Look::at(Folder::Search), &text, &here)?;
        let told = misread.into_iter().map(|one| {
            let instead = instead(read, &viewer, &one, Language::En, here.date())?;
            Ok((one.text, instead))
        });
        told.collect()
    })
    .await
}

async fn met(town: &Town, who: Colleague, text: &str) -> Vec<String> {
    let (viewer, look) = (town.viewer(who), searches(town, who, text).await);
    let met = town.read(move |read| search::persons(read, &viewer, &name_words(&look.words))).await;
    met.into_iter().map(|one| one.address).collect()
}

async fn a_word_finds_letters_answers_and_notes_newest_first(town: &Town) {
    let lamp = town.gets(AINO.writes("Mørkt").saying("Gatelykten er mørk ved skolen.")).await;
    let bench = town.mail_from(EINAR, "A bench wants paint").await;
    BO.at(town).notes(bench, "Like the one by Gatelykten").await.succeeds();

    assert_eq!(found(town, BO, "gatelykten").await, [bench, lamp]);
    assert_eq!(found(town, BO, "gatelykten skolen").await, [lamp]);
    assert_eq!(found(town, BO, "gatel").await, [bench, lamp], "the last word may go on");
    assert_eq!(found(town, BO, "").await, []);
    assert_eq!(found(town, BO, "' | \" & ! :* nothing").await, []);
    let school = searches(town, BO, "skolen").await;
    let hit = look(town, BO, school).await.rows.remove(0).hit.unwrap();
    assert_eq!(hit.author, AINO.name);
    assert_eq!(met(town, BO, AINO.name.split(' ').next().unwrap()).await, [AINO.address]);
}

async fn the_last_word_goes_on_unless_many_hold_it_as_it_is(town: &Town) {
    let longer = town.gets(AINO.writes("A zorgblatt in the road").to(ROADS.address)).await;
    let whole = town.gets(AINO.writes("Zorg on the road").to(ROADS.address)).await;
    assert_eq!(found(town, BO, "zorg").await, [whole, longer], "it is the beginning of a word");
    for number in 0..49 {
        town.gets(EINAR.writes(&format!("Zorg {number}")).to(ROADS.address)).await;
    }
    let many = found(town, BO, "zorg").await;
    assert!(many.len() == 50 && !many.contains(&longer), "fifty hold it: that is what was meant");
    assert_eq!(found(town, BO, "zorgb").await, [longer]);
}

async fn words_between_quotation_marks_stand_side_by_side(town: &Town) {
    let lamp = town.gets(AINO.writes("Mørkt").saying("Den store lampen ved skolen er ute.")).await;
    town.gets(EINAR.writes("Stort").saying("Lampen ved den store skolen, ute i vest.")).await;
    assert_eq!(found(town, BO, "\"store lampen\"").await, [lamp]);
    assert_eq!(found(town, BO, "skolen \"den store lampen ved\"").await, [lamp]);
    assert_eq!(found(town, BO, "\"lampen store\"").await, []);
    assert_eq!(found(town, BO, "store lampen").await.len(), 2);
}

async fn best(town: &Town, text: &str) -> Vec<InquiryId> {
    let look = Look { sort: Sort::Best, ..searches(town, BO, text).await };
    ids(town, BO, look).await
}

async fn what_fits_best_comes_first_when_asked_for(town: &Town) {
    let written = |subject: &str, text: &str| AINO.writes(subject).saying(text);
    let head = town.gets(written("Parkeringsbot", "Den er for dyr.")).await;
    let form = town.gets(written("Et spørgsmål", "Om parkeringen ved torvet.")).await;
    for number in 0..3 {
        town.gets(written(&format!("Sag {number}"), "Torvet er fuldt, og parkering er der ikke."))
            .await;
    }
    assert_eq!(found(town, BO, "parkering").await.last(), Some(&head), "the oldest of them");
    assert_eq!(best(town, "parkering").await.first(), Some(&head), "it stands in the subject");
    let typed = best(town, "parkeringen").await;
    assert_eq!(typed.first_chunk(), Some(&[head, form]), "and then what was typed just so");
    let side_by_side = best(town, "ved torvet").await;
    assert_eq!(side_by_side, [form]);
    assert_eq!(best(town, "").await, []);
    assert_eq!(best(town, "parkering is:urgent").await, []);
}

async fn the_pages_of_the_best_hold_each_inquiry_once(town: &Town) {
    let mut letters = Vec::new();
    for number in 0..7 {
        let lamp = town.gets(AINO.writes(&format!("Lampe {number}")).saying("Lampen.")).await;
        BO.at(town).notes(lamp, "Lampen igen").await.succeeds();
        letters.push(lamp);
    }
    let look = Look { sort: Sort::Best, ..searches(town, BO, "lampen").await };
    let (mut found, mut after): (Vec<InquiryId>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let (viewer, look) = (town.viewer(BO), look.clone());
        let page = town
            .read(move |read| folders::look_through(read, &viewer, &look, after.as_ref(), 3))
            .await;
        found.extend(page.rows.iter().map(|row| row.id));
        // What comes in meanwhile moves nothing.
        town.mail_from(EINAR, "Lampen").await;
        let Some(next) = page.next else { break };
        after = Some(next.to_string().parse().unwrap());
    }
    found.sort();
    assert_eq!(found, letters);
}

async fn whatever_is_typed_is_answered(town: &Town) {
    let lamp = town.gets(AINO.writes("Lampe").saying("Lampen 🙂 er ute.")).await;
    let long = "lampen ".repeat(1500);
    for text in [
        "\"",
        "\"lampen",
        "lampen\"",
        "lampen AND",
        "lampen OR NOT (",
        "lampen* ^ -",
        "lampen' | &",
        "lampen 🙂",
        "lampen :* <-> !",
        "lampen {a b}",
        "words:lampen",
        "NEAR(lampen)",
        "lampen ~~1 ~~~9",
        "\u{202e}lampen",
        "lampen\0",
        "lampen \\",
        "from: lampen",
        "is:unread lampen",
        &long,
    ] {
        found(town, BO, text).await;
        best(town, text).await;
    }
    for text in ["\"lampen", "lampen 🙂", "lampen ^ -", "from: lampen", &long] {
        let found = found(town, BO, text).await;
        assert!(found == [lamp] || text.starts_with("from"), "{text}: {found:?}");
    }
}

async fn a_search_is_narrowed_by_what_stands_before_a_colon(town: &Town) {
    let lamp = town.gets(AINO.writes("Lampe").to(ROADS.address)).await;
    town.passes(jiff::SignedDuration::from_hours(24 * 40));
    let pipe = town.gets(EINAR.writes("Lampe").to(WATER.address)).await;
    town.desk.add_tag(&town.viewer(ADA), "lights", "", None).await.unwrap();
    town.desk.tag_by_name(&town.viewer(BO), pipe, "lights").await.unwrap();
    BO.at(town).claims(pipe).await.succeeds();
    let first = AINO.name.split(' ').next().unwrap();
    for (text, wanted) in [
        ("lampe", vec![pipe, lamp]),
        (&format!("lampe from:{first}"), vec![lamp]),
        (&format!("fra:{}", AINO.address), vec![lamp]),
        ("lampe avdeling:wat", vec![pipe]),
        ("department:roads", vec![lamp]),
        ("tag:lights", vec![pipe]),
        ("lampe er:mine", vec![pipe]),
        ("before:2026-05-20", vec![lamp]),
        ("lampe etter:2026-06", vec![pipe]),
        ("after:2026-05-01 before:2026-05-02", vec![]),
        ("department:nowhere", vec![]),
        ("has:file", vec![]),
        ("lampe channel:mail", vec![pipe, lamp]),
        ("kanal:e-post from:nobody", vec![]),
        ("lampe channel:telepathy", vec![]),
        ("tag:\"lights\" lampe", vec![pipe]),
    ] {
        assert_eq!(found(town, BO, text).await, wanted, "{text}");
    }
}

async fn what_stands_behind_a_minus_is_left_out(town: &Town) {
    let post = town.gets(AINO.writes("Lampe").saying("Den store lampe ved skolen.")).await;
    let lamp = town.gets(EINAR.writes("Lampe").saying("Lampen på en stor stolpe.")).await;
    let child = town.gets(AINO.writes("Lampe").saying("Skolen.").to(WELFARE.address)).await;
    let first = AINO.name.split(' ').next().unwrap();
    for (text, wanted) in [
        ("lampe", vec![lamp, post]),
        ("lampe -skole", vec![lamp]),
        ("lampe -stolper -skole", vec![]),
        ("lampe -\"store lampe\"", vec![lamp]),
        ("lampe -\"lampe store\"", vec![lamp, post]),
        (&format!("lampe -from:{first}"), vec![lamp]),
        (&format!("-fra:{}", AINO.address), vec![lamp]),
        ("-stolpe", vec![post]),
        ("lampe -has:file", vec![lamp, post]),
        ("lampe -department:nowhere", vec![lamp, post]),
        ("lampe - skole", vec![post]),
    ] {
        assert_eq!(found(town, BO, text).await, wanted, "{text}");
        let mut best = best(town, text).await;
        best.sort_by_key(|id| std::cmp::Reverse(*id));
        assert_eq!(best, wanted, "{text}, best first");
    }
    assert_eq!(found(town, SIGRID, "lampe -stolpe").await, [child, post], "behind her wall");
    assert_eq!(offered(town, BO, "-depa").await, ["-department:"]);
    assert_eq!(offered(town, BO, "-department:roa").await, ["-department:Roads"]);
    let odd = misread(town, BO, "lampe -departmnt:roads -is:purple").await;
    assert_eq!(odd[0].1, ["-department:roads"]);
    assert!(odd[1].1.contains(&"-is:closed".to_owned()), "{odd:?}");
}

async fn days_have_names_and_open_closed_and_spam_are_told_apart(town: &Town) {
    let old = town.gets(AINO.writes("Lampe")).await;
    BO.at(town).closes(old).await.succeeds();
    town.passes(jiff::SignedDuration::from_hours(24));
    let spam = town.gets(EINAR.writes("Lampe")).await;
    town.desk.mark_spam(&town.viewer(BO), spam, true).await.unwrap();
    let new = town.gets(EINAR.writes("Lampe")).await;
    for (text, wanted) in [
        ("lampe after:today", vec![new, spam]),
        ("lampe før:idag", vec![old]),
        ("lampe efter:i går", vec![new, spam, old]),
        ("before:yesterday", vec![]),
        ("lampe is:open", vec![new]),
        ("lampe er:lukket", vec![old]),
        ("är:skräppost", vec![spam]),
        ("lampe -is:spam", vec![new, old]),
        ("lampe -after:today", vec![old]),
    ] {
        assert_eq!(found(town, BO, text).await, wanted, "{text}");
    }
    let days = ["after:today", "after:yesterday"];
    assert_eq!(offered(town, BO, "after:").await.first_chunk(), Some(&days.map(String::from)));
    assert_eq!(offered(town, BO, "after:mon").await, ["after:monday"]);
    assert_eq!(offered(town, BO, "is:cl").await, ["is:closed"]);
}

async fn an_inquiry_with_many_hits_does_not_hide_the_others(town: &Town) {
    let lamp = town.mail_from(EINAR, "Lampe").await;
    let talked = town.mail_from(AINO, "Lampe").await;
    for _ in 0..4 {
        BO.at(town).notes(talked, &format!("Lampe, {}", AINO.name)).await.succeeds();
    }
    let (viewer, all) = (town.viewer(BO), searches(town, BO, "lampe").await);
    let first = town.read(move |read| folders::look_through(read, &viewer, &all, None, 1)).await;
    assert_eq!((first.rows[0].id, first.next.is_some()), (talked, true));
    assert_eq!(found(town, BO, "lampe").await, [talked, lamp]);
    let hers = format!("lampe from:{}", AINO.name.split(' ').next().unwrap());
    assert_eq!(found(town, BO, &hers).await, [talked], "the newest hit is not hers, an older is");
}

async fn what_many_hold_is_left_out_step_by_step(town: &Town) {
    let lamp = town.gets(AINO.writes("Lampe").to(ROADS.address)).await;
    for number in 0..260 {
        town.gets(EINAR.writes(&format!("Lampe {number}")).saying("stolpe").to(ROADS.address))
            .await;
    }
    assert_eq!(found(town, BO, "lampe -stolpe").await, [lamp]);
}

async fn a_domain_outside_ascii_is_found_in_both_its_spellings(town: &Town) {
    let ascii = Citizen { name: "Kari", address: "kari@xn--brum-voa.example" };
    let own = Citizen { name: "Kari", address: "kari@bærum.example" };
    let (one, other) = (ascii.writes("Lampe").saying("A"), own.writes("Lampe").saying("B"));
    let both = [town.gets(one).await, town.gets(other).await];
    town.mail_from(AINO, "Lampe").await;
    for domain in ["bærum.example", "xn--brum-voa.example"] {
        for text in [format!("from:kari@{domain}"), format!("from:{domain}"), domain.to_owned()] {
            let mut all = found(town, BO, &text).await;
            all.sort();
            assert_eq!(all, both, "{text}");
        }
    }
}

async fn a_letter_from_another_keyboard_is_found_by_what_it_means(town: &Town) {
    let saying = |subject: &str, text: &str| AINO.writes(subject).saying(text);
    let foreign = saying("Soknad om loyve", "Nar far jeg svar pa soknaden til min laerer?");
    let foreign = town.gets(foreign).await;
    let own =
        town.gets(saying("Søknad om løyve", "Når får jeg svar på søknaden til læreren?")).await;
    let father = town.gets(saying("Om min far", "Min far er syk. Hva gjør vi på søndag?")).await;
    for (text, wanted) in [
        ("søknad løyve", vec![own, foreign]),
        ("lærer", vec![own, foreign]),
        ("laerer", vec![own, foreign]),
        ("soeknaden", vec![own]),
        ("får", vec![own, foreign]),
        ("far", vec![father, foreign]),
        ("løyve -søknad", vec![]),
        ("soknad", vec![foreign]),
    ] {
        assert_eq!(found(town, BO, text).await, wanted, "{text}");
    }
    assert_eq!(best(town, "søknaden").await.first(), Some(&own), "what was typed comes first");
}

async fn a_name_is_found_in_all_its_spellings(town: &Town) {
    let soeren = AINO.writes("A lamp").with("From", "Haakon Soerensen <hs@post.example>");
    let plain = AINO.writes("A road").with("From", "Hakon Sorensen <sorensen@post.example>");
    let own = AINO.writes("A bench").with("From", "Håkon Sørensen <post@post.example>");
    let (soeren, plain, own) =
        (town.gets(soeren).await, town.gets(plain).await, town.gets(own).await);
    let all = ["post@post.example", "sorensen@post.example", "hs@post.example"];
    assert_eq!(met(town, BO, "Håkon Sørensen").await, all);
    assert_eq!(met(town, BO, "håkan").await, [] as [&str; 0]);
    assert_eq!(found(town, BO, "from:sørensen").await, [own, plain, soeren]);
    assert_eq!(found(town, BO, "fra:\"haakon soerensen\"").await, [own, soeren]);
    assert_eq!(found(town, BO, "Håkon Sørensen").await, [own, soeren]);
    assert_eq!(found(town, BO, "Soerensen").await, [own, soeren]);
    assert_eq!(offered(town, BO, "from:sørensen").await.len(), 3);
}

async fn a_filter_that_is_not_understood_is_said_with_what_to_write_instead(town: &Town) {
    let told = async |text: &str| misread(town, BO, text).await;
    let one = |text: &str, instead: &[&str]| {
        (text.to_owned(), instead.iter().map(|&one| one.to_owned()).collect::<Vec<_>>())
    };
    let months = ["before:today", "before:yesterday", "before:2026-05", "before:2026-04"];
    assert_eq!(told("hull departmnt:roads").await, [one("departmnt:roads", &["department:roads"])]);
    assert_eq!(told("before:nonsense").await, [one("before:nonsense", &months)]);
    assert_eq!(told("colour:red").await, [one("colour:red", &[])]);
    for odd in ["department:nowhere", "department:", "is:purple", "has:legs", "channel:telepathy"] {
        let said = told(odd).await;
        assert_eq!(said.len(), 1, "{odd}");
        assert_eq!(said[0].0, odd);
        for instead in &said[0].1 {
            assert_eq!(told(instead).await, [], "{odd}: what is offered is understood");
        }
        assert!(!said[0].1.is_empty(), "{odd}");
    }
    for good in ["department:roads", "before:2026-03", "has:bilag", "is:unread", "kl 12:30"] {
        assert_eq!(told(good).await, [], "{good}");
    }
}

async fn a_department_behind_a_wall_is_as_unknown_to_a_search_as_one_that_is_not_there(
    town: &Town,
) {
    assert_eq!(misread(town, SIGRID, "department:welfare").await, []);
    let outside = misread(town, BO, "department:welfare").await;
    assert_eq!(outside[0].1, misread(town, BO, "department:nowhere").await[0].1);
    assert!(outside[0].1.iter().all(|one| !one.contains(WELFARE.name)), "{outside:?}");
}

async fn a_number_finds_its_inquiry_of_this_year_and_of_those_before(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let child = town.gets(EINAR.writes("About a child").to(WELFARE.address)).await;
    let ids = async |who: Colleague, text: &str, year: i64| {
        let (viewer, text) = (town.viewer(who), text.to_owned());
        let found = town.read(move |read| numbered(read, &viewer, &text, year)).await;
        found.into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    for text in ["1", "#1", "26-1", "[#26-1]"] {
        assert_eq!(ids(BO, text, 2026).await, [lamp], "{text}");
    }
    assert_eq!(ids(BO, "1", 2031).await, [lamp], "an older year is looked through, too");
    assert_eq!(ids(BO, "25-1", 2026).await, []);
    for text in ["2", "26-2"] {
        assert_eq!(ids(SIGRID, text, 2026).await, [child], "{text}");
        assert_eq!(ids(BO, text, 2026).await, [], "{text}");
    }
}

async fn a_search_does_not_look_behind_the_wall(town: &Town) {
    let child =
        town.gets(AINO.writes("About a child").saying("Hemmeligheten").to(WELFARE.address)).await;
    assert_eq!(found(town, SIGRID, "hemmeligheten").await, [child]);
    assert_eq!(found(town, BO, "hemmeligheten").await, []);
    for (who, knows) in [(SIGRID, 1), (BO, 0)] {
        assert_eq!(met(town, who, AINO.address).await.len(), knows, "{}", who.name);
    }
}

/// What is offered behind `piece` while she types.
async fn offered(town: &Town, who: Colleague, piece: &str) -> Vec<String> {
    let (viewer, piece) = (town.viewer(who), piece.to_owned());
    let today = town.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let found =
        town.read(move |read| completions(read, &viewer, &piece, Language::En, today)).await;
    found.into_iter().map(|one| one.text).collect()
}

async fn completion_names_nothing_of_a_restricted_department(town: &Town) {
    town.gets(AINO.writes("About a child").to(WELFARE.address)).await;
    town.mail_from(EINAR, "A lamp").await;
    let welfare = Some(town.department(WELFARE));
    let kaja_is_inside = async |inside| {
        town.desk.set_membership(KAJA.email, WELFARE.name, inside).await.unwrap();
    };
    kaja_is_inside(true).await;
    town.desk.add_tag(&town.viewer(KAJA), "neglect", "", welfare).await.unwrap();
    kaja_is_inside(false).await;
    let aino = format!("from:{}", AINO.address);
    assert_eq!(offered(town, SIGRID, "from:aino").await, [aino.as_str()]);
    assert_eq!(offered(town, SIGRID, "from:virt").await, [aino.as_str()]);
    assert_eq!(offered(town, SIGRID, "tag:neg").await, ["tag:neglect"]);
    assert_eq!(offered(town, SIGRID, "department:wel").await, ["department:Welfare"]);
    for piece in ["from:aino", "from:virt", "from:post.example", "tag:neg", "department:wel"] {
        assert!(offered(town, BO, piece).await.is_empty(), "{piece}");
        assert!(offered(town, ADA, piece).await.is_empty(), "{piece}");
        assert!(offered(town, KAJA, piece).await.is_empty(), "{piece}");
    }
    // What lies open is offered to everybody, and somebody known on both sides by that alone.
    assert_eq!(offered(town, BO, "from:einar").await.len(), 1);
    assert_eq!(offered(town, BO, "department:roa").await, ["department:Roads"]);
    town.mail_from(AINO, "Another lamp").await;
    assert_eq!(offered(town, BO, "from:aino").await, [aino.as_str()]);
}
