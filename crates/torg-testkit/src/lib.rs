//! What tests share: databases, people, clocks and the world outside.
//!
//! Knows every room, and is known by tests only. What stands without the feature `house` serves
//! the tests of the store itself, which lie below desk and web.

pub mod databases;
#[cfg(feature = "house")]
pub mod dns;
pub mod postgres;
#[cfg(feature = "house")]
pub mod relay;
#[cfg(feature = "house")]
pub mod rspamd;
pub mod statements;
#[cfg(feature = "house")]
pub mod town;
