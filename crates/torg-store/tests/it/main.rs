//! The store as its callers see it.

// Clippy lets helpers unwrap where `cfg(test)` is written.
#[cfg(test)]
mod engine;
#[cfg(test)]
mod house;
