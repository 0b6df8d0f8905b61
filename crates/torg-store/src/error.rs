//! What can go wrong between Torg and its database.

/// Why a read or a write did not happen. Nothing of a failed write is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or does not answer. For a write that was about to be
    /// committed the outcome is unknown; trying again later is right where the act is idempotent.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The disk, or the space the database may use, is full.
    #[error("the disk of the database is full")]
    Full,
    /// The row would exist twice. Holds the name of the unique index, the same on both engines:
    /// the index's own name, `{table}_pkey` for a primary key, `{table}_{columns}_key` for a
    /// `unique` written at the column or table.
    #[error("already there: {0}")]
    Conflict(String),
    /// What was read is not what was written.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// The closure panicked; its transaction was rolled back.
    #[error("a transaction panicked")]
    Panicked,
    /// The program is wrong: a statement, a parameter or a column type.
    #[error("a fault in the program: {0}")]
    Bug(String),
}
