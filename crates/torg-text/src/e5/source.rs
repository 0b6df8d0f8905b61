//! Reads a model file piece by piece, and never beyond its end.
//!
//! Rows are read where they lie (`read_at`), because mapping a file into memory is `unsafe` in
//! every crate that does it well: whoever shortens the file would end this process.

use std::fs::File;
use std::os::unix::fs::FileExt;

/// A model file that does not hold what it should.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The system would not read it, or it is shorter than before.
    #[error("reading it failed: {0}")]
    Unreadable(#[from] std::io::Error),
    /// Something reaches beyond the end.
    #[error("it ends too early")]
    TooShort,
    /// It does not begin as a model file begins.
    #[error("it is no model file of a kind that is known here")]
    Foreign,
    /// A size that this model does not have.
    #[error("{0} is not as expected")]
    Misfit(&'static str),
    /// A table is not there.
    #[error("the table {0} is missing")]
    Missing(String),
}

/// A file of known length.
#[derive(Debug)]
pub(super) struct Source {
    file: File,
    length: u64,
}

impl Source {
    pub(super) fn of(file: File) -> Result<Self, Broken> {
        let length = file.metadata()?.len();
        Ok(Self { file, length })
    }

    /// `length` bytes from `offset`; nothing is reserved before it is known that they are there.
    pub(super) fn bytes(&self, offset: u64, length: u64) -> Result<Vec<u8>, Broken> {
        let end = offset.checked_add(length).ok_or(Broken::TooShort)?;
        if end > self.length {
            return Err(Broken::TooShort);
        }
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| Broken::TooShort)?];
        self.fill(offset, &mut bytes)?;
        Ok(bytes)
    }

    /// Reads as many bytes as `into` has room for.
    pub(super) fn fill(&self, offset: u64, into: &mut [u8]) -> Result<(), Broken> {
        Ok(self.file.read_exact_at(into, offset)?)
    }
}

/// Reads a file from its beginning, little-endian.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    source: &'a Source,
    at: u64,
}

impl<'a> Cursor<'a> {
    pub(super) fn at_start(source: &'a Source) -> Self {
        Self { source, at: 0 }
    }

    pub(super) fn bytes(&mut self, length: u64) -> Result<Vec<u8>, Broken> {
        let bytes = self.source.bytes(self.at, length)?;
        self.at += length;
        Ok(bytes)
    }

    pub(super) fn u8(&mut self) -> Result<u8, Broken> {
        Ok(self.array::<1>()?[0])
    }

    pub(super) fn u16(&mut self) -> Result<u16, Broken> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(super) fn u32(&mut self) -> Result<u32, Broken> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(super) fn u64(&mut self) -> Result<u64, Broken> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    pub(super) fn f32(&mut self) -> Result<f32, Broken> {
        Ok(f32::from_bits(self.u32()?))
    }

    /// `count` numbers of four bytes.
    pub(super) fn u32s(&mut self, count: u64) -> Result<Vec<u32>, Broken> {
        let length = count.checked_mul(4).ok_or(Broken::TooShort)?;
        Ok(words(&self.bytes(length)?).collect())
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        let mut bytes = [0; N];
        let end = self.at + N as u64;
        if end > self.source.length {
            return Err(Broken::TooShort);
        }
        self.source.fill(self.at, &mut bytes)?;
        self.at = end;
        Ok(bytes)
    }
}

/// The four-byte numbers in `bytes`; what is left over at the end is passed over.
pub(super) fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}
