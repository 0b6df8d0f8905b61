//! Our values as PostgreSQL's parameters, of whatever type the statement wants.

use std::error::Error;

use ::postgres::types::private::BytesMut;
use ::postgres::types::{Format, IsNull, ToSql, Type, to_sql_checked};

use crate::engine::Value;
use crate::engine::value::without_nul;

/// A value on its way to a parameter. What has a binary form here is sent so, the rest as text,
/// which PostgreSQL reads as the type it wants (`tsvector`, `numeric`).
#[derive(Debug)]
pub(super) struct Parameter<'v>(pub(super) &'v Value);

type Encoded = Result<IsNull, Box<dyn Error + Sync + Send>>;

impl ToSql for Parameter<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Encoded {
        match (self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(number), &Type::INT8) => number.to_sql(ty, out),
            (Value::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(ty, out),
            (Value::Int(number), &Type::INT2) => i16::try_from(*number)?.to_sql(ty, out),
            (Value::Int(number), &Type::BOOL) => (*number != 0).to_sql(ty, out),
            (Value::Int(number), _) => number.to_string().to_sql(&Type::TEXT, out),
            (Value::Real(number), &Type::FLOAT8) => number.to_sql(ty, out),
            (Value::Real(number), _) => number.to_string().to_sql(&Type::TEXT, out),
            (Value::Text(text), _) => without_nul(text).to_sql(&Type::TEXT, out),
            (Value::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(ty, out),
            (Value::Bytes(_), _) => Err(format!("bytes given where {ty} is wanted").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, ty: &Type) -> Format {
        match (self.0, ty) {
            (Value::Null, _)
            | (Value::Int(_), &Type::INT8 | &Type::INT4 | &Type::INT2 | &Type::BOOL)
            | (Value::Real(_), &Type::FLOAT8)
            | (Value::Bytes(_), _) => Format::Binary,
            _ => Format::Text,
        }
    }

    to_sql_checked!();
}
