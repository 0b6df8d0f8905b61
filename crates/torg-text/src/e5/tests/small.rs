//! A model of one layer and a dozen tokens, made here: what it means is nonsense, how it is read
//! is not.

use std::fs::File;
use std::io::Write;

use fearless_simd::Level;
use proptest::prelude::*;

use super::levels;
use crate::e5::file::ModelFile;
use crate::e5::source::Source;
use crate::e5::tokens::Tokenizer;
use crate::e5::{DIMENSIONS, MAX_TOKENS, Model};

const PIECES: [(&str, f32); 12] = [
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -3.0),
    ("▁vei", -5.0),
    ("en", -4.0),
    ("▁veien", -8.5),
    ("e", -6.0),
    ("n", -6.0),
    ("▁1", -4.0),
    ("/", -4.0),
];
const UNKNOWN: u32 = 3;
const SPACE: u32 = 4;
const VEI: u32 = 5;
const EN: u32 = 6;
const VEIEN: u32 = 7;
const E: u32 = 8;
const N: u32 = 9;
const ONE: u32 = 10;
const SLASH: u32 = 11;

#[test]
fn the_likeliest_tokens_are_chosen() {
    // -8.5 for one token, -9 for two.
    assert_eq!(tokens("veien"), [VEIEN]);
    assert_eq!(tokens("vei en"), [VEI, SPACE, EN]);
    assert_eq!(tokens("veieen"), [VEI, E, EN]);
    assert_eq!(tokens("nn"), [SPACE, N, N]);
}

#[test]
fn spaces_are_one_and_what_is_rewritten_is_read_rewritten() {
    assert_eq!(tokens("  vei   en"), [VEI, SPACE, EN]);
    assert_eq!(tokens("vei\u{a0}en"), [VEI, SPACE, EN]);
    assert_eq!(tokens("\u{200b}vei\u{200b}en"), [VEIEN]);
    assert_eq!(tokens("½"), [ONE, SLASH, UNKNOWN]);
}

#[test]
fn an_unknown_character_is_unknown_by_itself() {
    assert_eq!(tokens("veien😀n"), [VEIEN, UNKNOWN, N]);
    assert_eq!(tokens("日本"), [SPACE, UNKNOWN, UNKNOWN]);
}

#[test]
fn a_text_of_nothing_is_a_space() {
    assert_eq!(tokens(""), [SPACE]);
    assert_eq!(tokens("\u{200b}"), [SPACE]);
    assert_eq!(tokens("   "), [SPACE]);
}

#[test]
fn a_long_text_is_read_up_to_the_last_token() {
    let tokenizer = tokenizer();
    for count in [0, 1, 197, 198, 199, 5_000] {
        let text = "n".repeat(count);
        let expected = (count + 3).min(MAX_TOKENS);
        assert_eq!(tokenizer.tokens(&text).len(), expected, "{count}");
        assert_eq!(tokenizer.tokens(&text).last(), Some(&2));
    }
}

#[test]
fn every_processor_gives_the_same_vector() {
    let plain = Model::of(source(&file()), Level::baseline()).unwrap();
    for level in levels() {
        let model = Model::of(source(&file()), level).unwrap();
        for text in ["", "veien", "vei en vei en n / 1", &"en ".repeat(300)] {
            let (ours, same) = (model.embed(text).unwrap(), plain.embed(text).unwrap());
            let product: f32 = ours.iter().zip(&same).map(|(a, b)| a * b).sum();
            assert!((product - 1.0).abs() < 1e-3, "{level:?} {text}: {product}");
        }
    }
}

#[test]
fn a_model_is_shared_between_threads() {
    let model = Model::of(source(&file()), Level::new()).unwrap();
    let right = model.embed("veien").unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(model.embed("veien").unwrap(), right));
        }
    });
}

proptest! {
    #[test]
    fn any_text_has_a_vector_of_length_one(text in "\\PC{0,80}") {
        let model = Model::of(source(&file()), Level::new()).unwrap();
        let vector = model.embed(&text).unwrap();
        let length: f32 = vector.iter().map(|number| number * number).sum();
        prop_assert!((length - 1.0).abs() < 1e-4);
    }
}

/// The tokens between the two ends.
fn tokens(text: &str) -> Vec<u32> {
    let tokens = tokenizer().tokens(text);
    assert_eq!((tokens.first(), tokens.last()), (Some(&0), Some(&2)));
    tokens[1..tokens.len() - 1].to_vec()
}

fn tokenizer() -> Tokenizer {
    Tokenizer::of(ModelFile::read(source(&file())).unwrap().vocabulary)
}

pub(super) fn source(bytes: &[u8]) -> Source {
    Source::of(open(bytes)).unwrap()
}

pub(super) fn open(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

/// Where the tables begin in [`file`].
pub(super) const TABLES: usize = 4096;
const INNER: usize = 64;

/// The bytes of the small model.
pub(super) fn file() -> Vec<u8> {
    let mut file = b"E5S1".to_vec();
    put(&mut file, &[1, DIMENSIONS, 1, 12, INNER, PIECES.len(), 200, 2]);
    file.extend(1e-12_f32.to_le_bytes());
    put(&mut file, &[32, PIECES.len(), 0, 2, 1, 3]);
    let text: String = PIECES.iter().map(|piece| piece.0).collect();
    file.extend((text.len() as u64).to_le_bytes());
    let mut end = 0;
    put(&mut file, &[0]);
    for (piece, _) in PIECES {
        end += piece.len();
        put(&mut file, &[end]);
    }
    PIECES.iter().for_each(|piece| file.extend(piece.1.to_le_bytes()));
    file.extend(text.as_bytes());
    let rewritten: [(char, &str); 3] = [('\u{a0}', " "), ('½', "1/2"), ('\u{200b}', "")];
    let mut list = Vec::new();
    for (one, several) in rewritten {
        put(&mut list, &[one as usize]);
        list.push(u8::try_from(several.len()).unwrap());
        several.chars().for_each(|character| put(&mut list, &[character as usize]));
    }
    put(&mut file, &[rewritten.len(), list.len()]);
    file.extend(list);
    add_tables(&mut file);
    file
}

fn add_tables(file: &mut Vec<u8>) {
    let square = DIMENSIONS * DIMENSIONS;
    let mut tables = vec![
        ("emb.word".to_owned(), 1, PIECES.len() * DIMENSIONS),
        ("emb.pos".to_owned(), 0, 200 * DIMENSIONS),
        ("emb.type".to_owned(), 0, DIMENSIONS),
    ];
    for (name, inputs, outputs) in [
        ("q", DIMENSIONS, DIMENSIONS),
        ("k", DIMENSIONS, DIMENSIONS),
        ("v", DIMENSIONS, DIMENSIONS),
        ("ao", DIMENSIONS, DIMENSIONS),
        ("fi", DIMENSIONS, INNER),
        ("fo", INNER, DIMENSIONS),
    ] {
        tables.push((format!("l0.{name}.w"), 1, inputs * outputs));
        tables.push((format!("l0.{name}.b"), 0, outputs));
        assert!(inputs * outputs <= square);
    }
    for name in ["emb.ln", "l0.aln", "l0.oln"] {
        tables.push((format!("{name}.w"), 0, DIMENSIONS));
        tables.push((format!("{name}.b"), 0, DIMENSIONS));
    }
    put(file, &[tables.len()]);
    let (mut chance, mut data) = (1_u32, Vec::new());
    for (name, kind, count) in tables {
        let from = data.len();
        if kind == 0 {
            (0..count)
                .for_each(|_| data.extend((random(&mut chance) as f32 / 512.0).to_le_bytes()));
        } else {
            for _ in 0..count / 32 {
                data.extend([0x00, 0x20]);
                data.extend(std::iter::repeat_with(|| random(&mut chance)).take(16));
            }
        }
        file.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        file.extend(name.as_bytes());
        file.push(kind);
        put(file, &[count]);
        file.extend(((TABLES + from) as u64).to_le_bytes());
        file.extend(((data.len() - from) as u64).to_le_bytes());
    }
    file.resize(TABLES, 0);
    file.extend(data);
}

fn put(file: &mut Vec<u8>, numbers: &[usize]) {
    let four = |number: &usize| u32::try_from(*number).unwrap().to_le_bytes();
    numbers.iter().for_each(|number| file.extend(four(number)));
}

/// A linear congruential generator (Numerical Recipes), its highest byte.
pub(super) fn random(state: &mut u32) -> u8 {
    *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    state.to_be_bytes()[0]
}
