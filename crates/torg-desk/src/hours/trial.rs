//! What the rules would mean for a letter, asked without writing one.

use jiff::Timestamp;
use torg_core::due::{Due, Facts};
use torg_core::{CategoryId, DepartmentId, State};
use torg_store::StoreError;

use crate::Desk;
use crate::due::Book;

/// A letter that might come in.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    pub at: Timestamp,
    pub department: DepartmentId,
    pub category: Option<CategoryId>,
}

impl Desk {
    /// When a letter would be due, by each aim that there is a target for.
    pub async fn try_due(&self, trial: Trial) -> Result<Vec<Due>, StoreError> {
        let zone = self.pen().zone;
        self.0
            .reader
            .read(move |read| {
                let facts = Facts {
                    began: trial.at,
                    answered: false,
                    state: State::Open,
                    department: trial.department,
                    category: trial.category,
                    pauses: Vec::new(),
                };
                Ok(Book::read(read, &zone)?.each(&facts))
            })
            .await
    }
}
