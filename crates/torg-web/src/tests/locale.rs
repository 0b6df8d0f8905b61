//! The languages say the same things.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use torg_core::Language;

use crate::words::FILES;

/// Every sentence of a language with the blanks it fills, from all its files.
fn sentences(files: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (noun, text) in files {
        FluentResource::try_new((*text).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{noun}: {errors:?}"));
        let mut key = String::new();
        for line in text.lines() {
            if let Some((name, _)) = line
                .split_once(" =")
                .filter(|_| line.starts_with(|first: char| first.is_ascii_lowercase()))
            {
                assert!(name.starts_with(noun), "{name} stands in {noun}.ftl");
                name.clone_into(&mut key);
                assert!(found.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
            }
            let blanks = line.split('$').skip(1).map(|rest| {
                rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
            });
            found.entry(key.clone()).or_default().extend(blanks.map(str::to_owned));
        }
    }
    found
}

#[test]
fn all_languages_have_the_same_sentences_with_the_same_blanks() {
    let english = sentences(FILES[4]);
    for (language, files) in Language::ALL.into_iter().zip(FILES) {
        let theirs = sentences(files);
        for (key, blanks) in &english {
            assert_eq!(theirs.get(key), Some(blanks), "{key} in {language:?}");
        }
        assert_eq!(theirs.len(), english.len(), "{language:?} has sentences English lacks");
    }
}

#[test]
fn every_sentence_the_pages_say_exists_and_none_is_left_over() {
    let english = sentences(FILES[4]);
    let code = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let nouns: Vec<&str> = FILES[4].iter().map(|(noun, _)| *noun).collect();
    let said: BTreeSet<&str> = code
        .iter()
        .flat_map(|text| text.split('"').skip(1).step_by(2))
        .filter(|word| {
            nouns
                .iter()
                .any(|noun| word.strip_prefix(noun).is_some_and(|rest| rest.starts_with('-')))
        })
        .collect();
    for key in english.keys() {
        assert!(
            code.iter().any(|text| text.contains(&format!("\"{key}\""))),
            "{key} is said nowhere"
        );
    }
    for word in said {
        let is_sentence = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        // Ids of elements may begin with the same word; they are never handed to `say`.
        let is_asked = code.iter().any(|text| {
            text.contains(&format!("say(\"{word}\")")) || text.contains(&format!("with(\"{word}\""))
        });
        assert!(!(is_sentence && is_asked) || english.contains_key(word), "{word} is no sentence");
    }
}

fn sources(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}
