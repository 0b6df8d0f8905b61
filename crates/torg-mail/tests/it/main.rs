//! What the crate does for those who use it, through its public door.

mod cleaning;
mod composing;
mod corpora;
mod hostile;
mod letters;
mod mailbox_files;
mod relay;
mod smtp;
mod thread_keys;
