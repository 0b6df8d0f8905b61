//! A blob whose bytes come one after the other, such as an upload.

use super::{Blob, BlobHash, CHUNK, compressed};

/// Gathers bytes into a blob, holding no more of them uncompressed than one chunk.
#[derive(Debug, Default)]
pub struct Pour {
    hasher: blake3::Hasher,
    size: i64,
    chunk: Vec<u8>,
    chunks: Vec<Vec<u8>>,
}

impl Pour {
    /// The bytes so far.
    pub fn size(&self) -> i64 {
        self.size
    }

    /// Takes the next bytes. A full chunk takes about a millisecond.
    pub fn push(&mut self, mut bytes: &[u8]) {
        self.hasher.update(bytes);
        self.size += i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        while !bytes.is_empty() {
            let room = (CHUNK - self.chunk.len()).min(bytes.len());
            let (now, later) = bytes.split_at(room);
            self.chunk.extend_from_slice(now);
            bytes = later;
            if self.chunk.len() == CHUNK {
                self.chunks.push(compressed(&self.chunk));
                self.chunk.clear();
            }
        }
    }

    /// The whole, as if it had been prepared at once.
    pub fn finish(mut self) -> Blob {
        if !self.chunk.is_empty() {
            self.chunks.push(compressed(&self.chunk));
        }
        let hash = BlobHash::from(*self.hasher.finalize().as_bytes());
        Blob { hash, size: self.size, chunks: self.chunks.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_poured_is_the_same_as_what_is_given_at_once() {
        let bytes: Vec<u8> =
            (0..2_500_000_u32).map(|n| n.to_le_bytes()[(n % 3) as usize]).collect();
        for step in [1 << 20, 700_001, 65_536] {
            let mut pour = Pour::default();
            bytes.chunks(step).for_each(|piece| pour.push(piece));
            assert_eq!(pour.size(), 2_500_000);
            let (poured, whole) = (pour.finish(), Blob::prepare(&bytes));
            assert_eq!((poured.hash(), poured.size()), (whole.hash(), whole.size()));
            assert_eq!(poured.chunks, whole.chunks);
        }
        assert_eq!(Pour::default().finish().hash(), BlobHash::of(b""));
    }
}
