//! How long letters are kept: told in the reader's language, else in the main one, and taken back.

use torg_core::Language;
use torg_desk::ChangeRefused;
use torg_store::changes;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{ADA, BO, KAJA};

stories![
    a_note_is_read_in_ones_own_language_or_the_main_one,
    a_note_is_taken_back_to_what_it_was,
    only_administrators_say_how_long_letters_are_kept,
];

async fn note(town: &Town, language: Language) -> Option<String> {
    town.desk.privacy_note(language).await.unwrap().map(|note| note.text)
}

async fn a_note_is_read_in_ones_own_language_or_the_main_one(town: &Town) {
    let (ada, main) = (town.viewer(ADA), town.desk.about().language);
    assert_eq!(note(town, Language::Sv).await, None);
    assert!(!town.desk.about().has_privacy_note);
    town.desk.set_privacy_note(&ada, main, " Five years.\r\n\r\nBy law. ").await.unwrap();
    assert_eq!(note(town, Language::Sv).await.as_deref(), Some("Five years.\n\nBy law."));
    town.desk.set_privacy_note(&ada, Language::Sv, "Fem år.").await.unwrap();
    assert_eq!(note(town, Language::Sv).await.as_deref(), Some("Fem år."));
    assert_eq!(note(town, main).await.as_deref(), Some("Five years.\n\nBy law."));
    assert!(town.desk.about().has_privacy_note);
}

async fn a_note_is_taken_back_to_what_it_was(town: &Town) {
    let ada = town.viewer(ADA);
    for text in ["Five years.", "Ten years."] {
        town.desk.set_privacy_note(&ada, Language::En, text).await.unwrap();
    }
    let history = town.read(|read| changes::of(read, "privacy", 50)).await;
    let undone = town.desk.undo_change(&ada, "privacy", history[1].line).await;
    assert_eq!(undone, Err(ChangeRefused::ChangedSince));
    town.desk.undo_change(&ada, "privacy", history[0].line).await.unwrap();
    assert_eq!(note(town, Language::En).await.as_deref(), Some("Five years."));
}

async fn only_administrators_say_how_long_letters_are_kept(town: &Town) {
    for colleague in [BO, KAJA] {
        let viewer = town.viewer(colleague);
        let set = town.desk.set_privacy_note(&viewer, Language::En, "For ever.").await;
        assert_eq!(set, Err(ChangeRefused::NotAllowed));
    }
    let long = "x".repeat(5001);
    let set = town.desk.set_privacy_note(&town.viewer(ADA), Language::En, &long).await;
    assert_eq!(set, Err(ChangeRefused::BadValue { what: "privacy" }));
    assert_eq!(note(town, Language::En).await, None);
}
