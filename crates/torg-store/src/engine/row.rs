//! What a statement gives back.

use crate::StoreError;
use crate::engine::{postgres, sqlite};

/// One row of a result, valid while it is being mapped.
#[derive(Debug)]
pub struct Row<'r>(pub(crate) Source<'r>);

#[derive(Debug)]
pub(crate) enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r ::postgres::Row),
}

/// A column as the database holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Column<'r> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'r str),
    Bytes(&'r [u8]),
}

/// A type a column can be read as.
pub trait FromColumn: Sized {
    /// The value, or `None` if the column holds something else.
    fn from_column(column: Column<'_>) -> Option<Self>;
}

impl Row<'_> {
    /// The column at `index`, counted from 0.
    ///
    /// # Errors
    /// [`StoreError::Bug`] if there is no such column or it holds another type.
    pub fn get<T: FromColumn>(&self, index: usize) -> Result<T, StoreError> {
        let column = match &self.0 {
            Source::Sqlite(row) => sqlite::column(row, index)?,
            Source::Postgres(row) => postgres::column(row, index)?,
        };
        T::from_column(column).ok_or_else(|| {
            let wanted = std::any::type_name::<T>();
            StoreError::Bug(format!("column {index} cannot be read as {wanted}"))
        })
    }
}

impl FromColumn for i64 {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Int(number) => Some(number),
            _ => None,
        }
    }
}

impl FromColumn for bool {
    fn from_column(column: Column<'_>) -> Option<Self> {
        i64::from_column(column).map(|number| number != 0)
    }
}

impl FromColumn for f64 {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Real(number) => Some(number),
            _ => None,
        }
    }
}

impl FromColumn for String {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl FromColumn for Vec<u8> {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Bytes(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl<const N: usize> FromColumn for [u8; N] {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Bytes(bytes) => bytes.try_into().ok(),
            _ => None,
        }
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Null => Some(None),
            _ => T::from_column(column).map(Some),
        }
    }
}
