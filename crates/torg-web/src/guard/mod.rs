//! What stands before every page: limits, origin checks, headers, and a line in the log.

pub(crate) mod address;
pub(crate) mod cookies;
mod headers;
mod limits;
mod origin;
mod watch;

pub(crate) use headers::{forbid, letter_policy, protect};
pub(crate) use limits::{FORM_LIMIT, limit};
pub(crate) use origin::same_origin;
pub(crate) use watch::{Reference, fallen, watch};
