//! One voice: how letters are written, and what is said to whoever writes one.

use torg_core::house_style::StylePart;
use torg_core::{Language, Role};
use torg_desk::{ChangeRefused, Hint, Refused};
use torg_store::changes;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{ADA, AINO, DAGNY, KAJA, SIGRID, WELFARE};

stories![
    only_an_administrator_sets_the_style_and_may_take_it_back,
    a_style_that_makes_no_sense_is_refused_whole,
    a_text_is_judged_by_the_style_of_its_own_language,
    a_bare_text_gets_greeting_and_closing_and_a_whole_one_stays_as_it_is,
    nobody_greets_from_behind_a_wall,
];

async fn sets(
    town: &Town,
    role: Role,
    language: Language,
    part: StylePart,
    value: &str,
) -> Result<(), ChangeRefused> {
    let mut viewer = town.viewer(ADA);
    viewer.role = role;
    town.desk.set_house_style(&viewer, language, vec![(part, value.to_owned())]).await
}

async fn greeting(town: &Town, language: Language) -> String {
    let styles = town.desk.house_styles().await.unwrap();
    styles.into_iter().find(|(one, _)| *one == language).unwrap().1.greeting
}

async fn only_an_administrator_sets_the_style_and_may_take_it_back(town: &Town) {
    let shipped = greeting(town, Language::Nb).await;
    let new = "God dag, {{name}}";
    for role in [Role::Staff, Role::Lead] {
        let refused = sets(town, role, Language::Nb, StylePart::Greeting, new).await;
        assert_eq!(refused, Err(ChangeRefused::NotAllowed));
    }
    let set = sets(town, Role::Administrator, Language::Nb, StylePart::Greeting, new).await;
    assert_eq!(set, Ok(()));
    assert_eq!(greeting(town, Language::Nb).await, new);
    let history = town.read(|read| changes::of(read, "style", 10)).await;
    assert_eq!(history.len(), 1, "what stays as it was is no change");
    let mut ada = town.viewer(ADA);
    ada.role = Role::Administrator;
    assert_eq!(town.desk.undo_change(&ada, "style", history[0].line).await, Ok(()));
    assert_eq!(greeting(town, Language::Nb).await, shipped);
    let again = town.desk.undo_change(&ada, "style", history[0].line).await;
    assert_eq!(again, Err(ChangeRefused::ChangedSince));
}

async fn a_style_that_makes_no_sense_is_refused_whole(town: &Town) {
    let mut ada = town.viewer(ADA);
    ada.role = Role::Administrator;
    let parts = vec![
        (StylePart::Greeting, "Hallo".to_owned()),
        (StylePart::LongestSentence, "3".to_owned()),
    ];
    let refused = town.desk.set_house_style(&ada, Language::Nb, parts).await;
    assert_eq!(refused, Err(ChangeRefused::BadValue { what: "sentence" }));
    assert_ne!(greeting(town, Language::Nb).await, "Hallo");
}

async fn a_text_is_judged_by_the_style_of_its_own_language(town: &Town) {
    let avoid = StylePart::Avoided;
    sets(town, Role::Administrator, Language::Nb, avoid, "gatelys = veilys").await.unwrap();
    let norwegian = "Hei, Aino\n\nGatelys meldes ikke her, men på nettsiden vår.\n\nVennlig hilsen";
    let english =
        "Dear Aino,\n\nGatelys are lamps, and we will commence with them today.\n\nKind regards";
    let hints = town.desk.style_hints(norwegian.into(), Language::En).await.unwrap();
    assert_eq!(hints.language, Language::Nb);
    let instead = "veilys".to_owned();
    assert_eq!(hints.hints, [Hint::Avoided { word: "Gatelys".into(), instead }]);
    let hints = town.desk.style_hints(english.into(), Language::Nb).await.unwrap();
    let instead = "begin".to_owned();
    assert_eq!(hints.hints, [Hint::Plainer { word: "commence".into(), instead }]);
}

async fn a_bare_text_gets_greeting_and_closing_and_a_whole_one_stays_as_it_is(town: &Town) {
    let lamp = town.mail_from(AINO, "The street lamp is out").await;
    let kaja = town.viewer(KAJA);
    let text = "We will mend the lamp on Monday.";
    let greeted = town.desk.greeted(&kaja, lamp, text.into()).await.unwrap();
    assert_eq!(greeted, "Dear Aino,\n\nWe will mend the lamp on Monday.\n\nKind regards");
    let again = town.desk.greeted(&kaja, lamp, greeted.clone()).await.unwrap();
    assert_eq!(again, greeted);
    let empty = town.desk.greeted(&kaja, lamp, String::new()).await.unwrap();
    assert!(empty.contains("Aino") && empty.lines().count() > 3, "{empty}");
}

async fn nobody_greets_from_behind_a_wall(town: &Town) {
    let inquiry = town.gets(AINO.writes("About my benefit").to(WELFARE.address)).await;
    let refused = town.desk.greeted(&town.viewer(DAGNY), inquiry, "Hei".into()).await;
    assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    assert!(town.desk.greeted(&town.viewer(SIGRID), inquiry, "Hei".into()).await.is_ok());
}
