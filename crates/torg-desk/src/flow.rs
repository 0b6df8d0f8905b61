//! Whether letters flow: what waits to be filed and sent, and for how long.

use torg_store::{EngineKind, StoreError, arrivals, outbox};

use crate::Desk;

/// What waits at this moment. Counts go to 999 and then say 1000; ages are in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flow {
    pub unfiled: i64,
    pub unfiled_seconds: i64,
    pub unsent: i64,
    pub unsent_seconds: i64,
    /// How many arrivals could not be filed, behind whatever wall.
    pub quarantined: i64,
    /// The kind of database.
    pub database: &'static str,
}

impl Desk {
    /// What waits, for the page of health.
    pub async fn flow(&self) -> Result<Flow, StoreError> {
        let (unfiled_seconds, unsent_seconds) = self.waiting_seconds().await?;
        let database = match self.0.store.engine() {
            EngineKind::Sqlite => "SQLite",
            EngineKind::Postgres => "PostgreSQL",
        };
        self.0
            .reader
            .read(move |read| {
                let (unfiled, quarantined) = arrivals::waiting_counts(read)?;
                let unsent = outbox::waiting_count(read)?;
                Ok(Flow { unfiled, unfiled_seconds, unsent, unsent_seconds, quarantined, database })
            })
            .await
    }
}
