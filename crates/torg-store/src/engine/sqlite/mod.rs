//! The embedded database: one thread writes, a few read.

mod connection;
mod errors;
mod reader;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;

use crate::StoreError;
use crate::engine::job::Access;
use crate::engine::pool::{Connections, Pool};
use crate::engine::queue::Waiting;
use crate::engine::{EngineKind, OnCommit, Options, migrations};

pub(crate) use connection::{column, execute, query};

/// An open database file.
pub(crate) struct Sqlite {
    writer: Pool,
    readers: Pool,
}

impl Sqlite {
    /// Opens or makes `file` and brings its tables up to date.
    pub(crate) fn open(
        file: PathBuf,
        options: &Options,
        on_commit: &OnCommit,
    ) -> Result<Self, StoreError> {
        let durability = options.durability;
        let mut connection = connection::writer(&file, durability)?;
        migrations::runner(options.migrations, EngineKind::Sqlite)?
            .run(&mut connection)
            .map_err(|error| StoreError::Bug(error.to_string()))?;
        let (for_readers, on_commit) = (file.clone(), on_commit.clone());
        let write = move |queue: &_| writer::serve(queue, &file, durability, &on_commit);
        let read = move |queue: &_| reader::serve(queue, &for_readers);
        Ok(Self {
            writer: Pool::new("torg-writer", Connections::at_most(1), usize::MAX, Arc::new(write)),
            readers: Pool::new(
                "torg-reader",
                Connections::at_most(options.readers),
                usize::MAX,
                Arc::new(read),
            ),
        })
    }

    pub(crate) fn submit(&self, job: Waiting) {
        match job.access() {
            Access::Read => self.readers.submit(job),
            Access::Write | Access::LightWrite => self.writer.submit(job),
        }
    }

    pub(crate) fn close(&self) {
        self.readers.close();
        self.writer.close();
    }
}
