//! Every SQL text, both databases, and what is kept in them.
//!
//! Store knows tables, transactions and blobs. It knows no HTTP and no language of people, decides
//! nothing, and never asks what time it is.

mod engine;
mod error;

pub use engine::{
    Column, Durability, EngineKind, FromColumn, Lane, Migration, OnCommit, Options, Place, Read,
    Reader, Registered, Row, Statement, Store, Tx, Value, statements,
};
pub use error::StoreError;
#[doc(hidden)]
pub use inventory;

/// The schema, oldest step first.
pub static MIGRATIONS: &[Migration] = &[];
