//! The look of a municipality: set by administrators, legible, harmless, and taken back.

use torg_desk::{ChangeRefused, Colour};
use torg_store::changes::{self, Change};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{ADA, BO, KAJA};

stories![
    a_colour_is_in_force_at_once_and_can_be_taken_back,
    a_colour_that_cannot_be_read_is_not_set,
    a_logo_can_be_taken_back_to_the_one_before,
    only_administrators_change_the_look,
];

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n one";
const OTHER: &[u8] = b"\x89PNG\r\n\x1a\n two";

fn colour(text: &str) -> Option<Colour> {
    text.parse().ok()
}

async fn latest(town: &Town) -> Change {
    town.read(|read| changes::of(read, "theme", 50)).await.remove(0)
}

async fn a_colour_is_in_force_at_once_and_can_be_taken_back(town: &Town) {
    let ada = town.viewer(ADA);
    town.desk.set_accent(&ada, colour("#8d3a08")).await.unwrap();
    assert_eq!(town.desk.about().theme.accent, colour("#8d3a08"));
    let change = latest(town).await;
    assert_eq!((change.old.as_str(), change.new.as_str()), ("", "#8d3a08"));
    town.desk.undo_change(&ada, "theme", change.line).await.unwrap();
    assert_eq!(town.desk.about().theme.accent, None);
    town.desk.set_accent(&ada, colour("#006839")).await.unwrap();
    let undone = town.desk.undo_change(&ada, "theme", change.line).await;
    assert_eq!(undone, Err(ChangeRefused::ChangedSince));
}

async fn a_colour_that_cannot_be_read_is_not_set(town: &Town) {
    let set = town.desk.set_accent(&town.viewer(ADA), colour("#ffcc00")).await;
    assert_eq!(set, Err(ChangeRefused::BadValue { what: "accent" }));
    assert_eq!(town.desk.about().theme.accent, None);
    let nearest = colour("#ffcc00").unwrap().nearest();
    town.desk.set_accent(&town.viewer(ADA), Some(nearest)).await.unwrap();
    assert_eq!(town.desk.about().theme.accent, Some(nearest));
}

async fn a_logo_can_be_taken_back_to_the_one_before(town: &Town) {
    let ada = town.viewer(ADA);
    for picture in [PNG, OTHER] {
        town.desk.set_logo(&ada, Some(picture.to_vec())).await.unwrap();
    }
    let name = town.desk.about().theme.logo.clone().unwrap();
    assert!(name.ends_with(".png"), "{name}");
    assert_eq!(town.desk.logo(&name).await.unwrap().as_deref(), Some(OTHER));
    town.desk.undo_change(&ada, "theme", latest(town).await.line).await.unwrap();
    let before = town.desk.about().theme.logo.clone().unwrap();
    assert_eq!(town.desk.logo(&before).await.unwrap().as_deref(), Some(PNG));
    let script = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".to_vec();
    let set = town.desk.set_logo(&ada, Some(script)).await;
    assert_eq!(set, Err(ChangeRefused::BadValue { what: "logo-harm" }));
    assert_eq!(town.desk.about().theme.logo.as_ref(), Some(&before), "it stays");
    town.desk.set_logo(&ada, None).await.unwrap();
    assert_eq!(town.desk.about().theme.logo, None);
    assert_eq!(town.desk.logo("nothing.png").await.unwrap(), None);
}

async fn only_administrators_change_the_look(town: &Town) {
    for colleague in [BO, KAJA] {
        let viewer = town.viewer(colleague);
        let set = town.desk.set_accent(&viewer, colour("#8d3a08")).await;
        assert_eq!(set, Err(ChangeRefused::NotAllowed));
        let set = town.desk.set_logo(&viewer, Some(PNG.to_vec())).await;
        assert_eq!(set, Err(ChangeRefused::NotAllowed));
    }
}
