//! What the crate does for those who use it, through its public door.

mod relay;
mod smtp;
