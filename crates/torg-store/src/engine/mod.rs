//! One thin synchronous layer over `rusqlite` and `postgres`.
//!
//! Knows transactions, threads, statements and values; knows no table of Torg but its own
//! bookkeeping. A closure is handed in, run as one transaction on a thread of the engine, and its
//! result handed back after the COMMIT.
//!
//! The contract every closure relies on:
//! * it may run more than once, so it has no effect outside its transaction;
//! * a statement that fails dooms the transaction: the closure's `Ok` would not be kept, so use
//!   `on conflict do nothing returning …` where a conflict is expected;
//! * its facts are announced after the COMMIT, before its caller is answered, or never;
//! * once handed in it runs, even if its caller stops waiting (a read may then be skipped).

mod job;
mod migrations;
mod notify;
mod pool;
mod postgres;
mod queue;
mod row;
mod sqlite;
mod statement;
mod store;
mod transaction;
mod value;

pub use migrations::Migration;
pub use pool::Connections;
pub use queue::Lane;
pub use row::{Column, FromColumn, Row};
pub use statement::{Registered, Statement, statements};
pub use store::{Durability, EngineKind, OnCommit, Options, Place, Reader, Store};
pub use transaction::{Pending, Read, Tx};
pub use value::Value;
