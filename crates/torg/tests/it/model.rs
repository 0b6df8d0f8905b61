//! The sentence model on its way into the data folder.

use std::path::PathBuf;

use crate::house::{House, said, skip};

const NAME: &str = "e5-small-q4.bin";
const HASH: &str = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f";

#[test]
fn a_file_that_is_not_the_model_is_refused_and_leaves_nothing() {
    let house = House::embedded();
    let foreign = house.folder().join("foreign");
    std::fs::write(&foreign, "what somebody found").unwrap();
    let told = house.is_refused(&["model", "install", &foreign.to_string_lossy()]);
    assert!(told.contains("19 bytes") && told.contains(HASH), "{told}");
    let zeros = std::fs::File::create(&foreign).unwrap();
    zeros.set_len(71_622_400).unwrap();
    let told = house.is_refused(&["model", "install", &foreign.to_string_lossy()]);
    assert!(told.contains("its SHA-256 is ") && told.contains(HASH), "{told}");
    std::fs::write(&foreign, b"PK\x03\x04 and no more").unwrap();
    let told = house.is_refused(&["model", "install", &foreign.to_string_lossy()]);
    assert!(told.contains("this archive holds no model"), "{told}");
    let told = house.is_refused(&["model", "install", "/nowhere"]);
    assert!(told.contains("/nowhere was not taken"), "{told}");
    assert_eq!(left(&house), Vec::<String>::new());
}

#[test]
fn without_a_model_that_is_said() {
    let house = House::embedded();
    let shown = house.runs(&["model", "show"]);
    assert_eq!(shown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&shown.stdout).contains("No model is installed"));
    house.does(&["model", "remove"]);
}

#[test]
fn a_model_that_was_damaged_in_its_place_is_not_used() {
    let house = House::embedded();
    house.does(&["model", "remove"]);
    std::fs::write(house.folder().join("data").join(NAME), "half of it").unwrap();
    let told = house.is_refused(&["model", "show"]);
    assert!(told.contains("is of no use") && told.contains(HASH), "{told}");
    house.does(&["model", "remove"]);
    assert_eq!(left(&house), Vec::<String>::new());
}

#[test]
fn the_model_is_installed_shown_and_removed() {
    let Some(model) = std::env::var_os("TORG_MODEL_ASSET").map(PathBuf::from) else {
        return skip("installing the model", "TORG_MODEL_ASSET names no file");
    };
    let house = House::embedded();
    let installed = house.runs(&["model", "install", &model.to_string_lossy()]);
    assert!(installed.status.success(), "{}", said(&installed));
    assert_eq!(left(&house), [NAME]);
    let shown = house.does(&["model", "show"]);
    assert!(shown.contains(HASH) && shown.contains(" tokens in "), "{shown}");
    house.does(&["model", "remove"]);
    assert_eq!(left(&house), Vec::<String>::new());
}

/// What lies in the data folder and is no database, lock or socket.
fn left(house: &House) -> Vec<String> {
    let entries = std::fs::read_dir(house.folder().join("data")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.starts_with("torg.")).collect()
}
