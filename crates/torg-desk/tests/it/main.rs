//! The whole house without its web, on both databases: what happens in town, sentence by sentence.

// Clippy lets helpers unwrap where `cfg(test)` is written.
#[cfg(test)]
mod absences;
#[cfg(test)]
mod accounts;
#[cfg(test)]
mod administration;
#[cfg(test)]
mod answer_files;
#[cfg(test)]
mod answering;
#[cfg(test)]
mod answers;
#[cfg(test)]
mod asking;
#[cfg(test)]
mod automatic;
#[cfg(test)]
mod bounces;
#[cfg(test)]
mod claims;
#[cfg(test)]
mod corpora;
#[cfg(test)]
mod delegation;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod due;
#[cfg(test)]
mod duplicates;
#[cfg(test)]
mod files;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod forwards;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod house_style;
#[cfg(test)]
mod journal;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod long;
#[cfg(test)]
mod looking;
#[cfg(test)]
mod merging;
#[cfg(test)]
mod moving;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod persons;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod quarantine;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod replies;
#[cfg(test)]
mod spam;
#[cfg(test)]
mod suggestions;
#[cfg(test)]
mod theme;
#[cfg(test)]
mod threads;
#[cfg(test)]
mod undo;
#[cfg(test)]
mod verbs;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod walls;
