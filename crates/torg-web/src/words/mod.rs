//! The languages of the pages: sentences from `locale/`, times and sizes as each language writes them.

mod scene;
mod sizes;
mod texts;
mod times;

pub(crate) use scene::Scene;
pub(crate) use sizes::size;
#[cfg(test)]
pub(crate) use texts::FILES;
pub(crate) use texts::{Texts, word};
pub(crate) use times::Times;
