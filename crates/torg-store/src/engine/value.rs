//! What a statement is given.

use std::borrow::Cow;

/// A parameter of a statement. All whole numbers are `bigint`, truth is 0 or 1, JSON is text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Real(f64),
    /// NUL characters are dropped on the way to the database: PostgreSQL cannot store them.
    Text(String),
    Bytes(Vec<u8>),
}

/// The text as both engines can keep it.
pub(crate) fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

macro_rules! value_from {
    ($($given:ty => |$name:ident| $value:expr),+ $(,)?) => {$(
        impl From<$given> for Value {
            fn from($name: $given) -> Self {
                $value
            }
        }
    )+};
}

value_from! {
    i64 => |number| Self::Int(number),
    i32 => |number| Self::Int(number.into()),
    u32 => |number| Self::Int(number.into()),
    u16 => |number| Self::Int(number.into()),
    u8 => |number| Self::Int(number.into()),
    bool => |truth| Self::Int(truth.into()),
    f64 => |number| Self::Real(number),
    &str => |text| Self::Text(text.to_owned()),
    String => |text| Self::Text(text),
    &[u8] => |bytes| Self::Bytes(bytes.to_vec()),
    Vec<u8> => |bytes| Self::Bytes(bytes),
    [u8; 32] => |bytes| Self::Bytes(bytes.to_vec()),
}

impl<T> From<Option<T>> for Value
where
    Self: From<T>,
{
    fn from(given: Option<T>) -> Self {
        given.map_or(Self::Null, Self::from)
    }
}

/// Lets `params!` borrow: a closure that may run twice cannot give its values away.
impl<T: Clone> From<&T> for Value
where
    Self: From<T>,
{
    fn from(given: &T) -> Self {
        Self::from(given.clone())
    }
}

/// The parameters of a statement, `$1` first. Borrows what it is given.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { [$($crate::Value::from(&$value)),*] };
}

/// Lets id types (see [`torg_core::Id`]) be parameters and columns.
#[macro_export]
macro_rules! id_columns {
    ($($id:ty),+ $(,)?) => {$(
        impl From<$id> for $crate::Value {
            fn from(id: $id) -> Self {
                Self::Int(torg_core::Id::as_i64(id))
            }
        }

        impl $crate::FromColumn for $id {
            fn from_column(column: $crate::Column<'_>) -> Option<Self> {
                i64::from_column(column).map(torg_core::Id::from_i64)
            }
        }
    )+};
}

id_columns! {
    torg_core::AbsenceId, torg_core::AnswerId, torg_core::AutomaticId, torg_core::UploadId, torg_core::UseId, torg_core::BulkId, torg_core::TagId,
    torg_core::CalendarId, torg_core::CategoryId, torg_core::NoticeId, torg_core::TargetId,
    torg_core::ArrivalId, torg_core::AttachmentId, torg_core::ContactPointId, torg_core::DraftId,
    torg_core::DepartmentId, torg_core::InquiryId, torg_core::JobId, torg_core::JoinId, torg_core::JournalId, torg_core::LessonId, torg_core::RuleId,
    torg_core::MailboxId, torg_core::MessageId, torg_core::OutboxId, torg_core::PersonId,
    torg_core::SessionId, torg_core::StaffId, torg_core::ViewId, torg_core::WallId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_core::{Id, InquiryId};

    #[test]
    fn parameters_borrow_what_they_are_given() {
        let (title, nobody, id) = (String::from("Lamp"), None::<i64>, InquiryId::from_i64(7));
        let given = params![title, "out", nobody, Some(id), true, 5, &title, b"raw".to_vec()];
        assert_eq!(given[0], given[6]);
        assert_eq!(given[2], Value::Null);
        assert_eq!(given[3..6], [Value::Int(7), Value::Int(1), Value::Int(5)]);
        assert_eq!(given[7], Value::Bytes(b"raw".to_vec()));
    }
}
