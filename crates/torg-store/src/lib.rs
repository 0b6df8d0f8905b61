//! Every SQL text, both databases, and what is kept in them.
//!
//! Store knows tables, transactions and blobs. It knows no HTTP and no language of people, decides
//! nothing, and never asks what time it is. What reaches inquiries, messages or persons for a page
//! takes a [`torg_core::Viewer`], and the wall stands inside the query.

mod engine;
mod error;

pub mod absences;
pub mod answers;
pub mod arrivals;
pub mod automatic;
pub mod blobs;
pub mod bulks;
pub mod calendars;
pub mod categories;
pub mod changes;
pub mod check;
mod cursor;
pub mod delegation;
pub mod demo;
pub mod density;
pub mod departments;
pub mod drafts;
pub mod due;
pub mod export;
pub mod files;
pub mod filing;
pub mod folders;
pub mod follows;
pub mod guide;
pub mod inquiries;
pub mod jobs;
pub mod journal;
pub mod leads;
pub mod links;
pub mod logos;
pub mod merging;
pub mod messages;
pub mod notices;
pub mod outbox;
pub mod passes;
pub mod persons;
pub mod presence;
pub mod recipients;
pub mod search;
pub mod service;
pub mod sessions;
pub mod settings;
pub mod spam;
pub mod splitting;
pub mod staff;
pub mod tags;
pub mod targets;
pub mod undo;
pub mod views;

pub use engine::{
    Column, Connections, Durability, EngineKind, FromColumn, Lane, Migration, OnCommit, Options,
    Pending, Place, Read, Reader, Registered, Row, Statement, Store, Tx, Value, statements,
};
pub use error::StoreError;
#[doc(hidden)]
pub use inventory;

/// The schema, oldest step first.
pub static MIGRATIONS: &[Migration] = &[
    Migration {
        name: "V1__first_house.sql",
        text: include_str!("../migrations/V1__first_house.sql"),
    },
    Migration { name: "V2__hours.sql", text: include_str!("../migrations/V2__hours.sql") },
    Migration {
        name: "V3__administration.sql",
        text: include_str!("../migrations/V3__administration.sql"),
    },
    Migration { name: "V4__drafts.sql", text: include_str!("../migrations/V4__drafts.sql") },
    Migration { name: "V5__verbs.sql", text: include_str!("../migrations/V5__verbs.sql") },
    Migration { name: "V6__finding.sql", text: include_str!("../migrations/V6__finding.sql") },
    Migration { name: "V7__notices.sql", text: include_str!("../migrations/V7__notices.sql") },
    Migration { name: "V8__pages.sql", text: include_str!("../migrations/V8__pages.sql") },
    Migration { name: "V9__theme.sql", text: include_str!("../migrations/V9__theme.sql") },
    Migration { name: "V10__answers.sql", text: include_str!("../migrations/V10__answers.sql") },
    Migration { name: "V11__spam.sql", text: include_str!("../migrations/V11__spam.sql") },
    Migration {
        name: "V12__delegation.sql",
        text: include_str!("../migrations/V12__delegation.sql"),
    },
    Migration {
        name: "V13__suggestions.sql",
        text: include_str!("../migrations/V13__suggestions.sql"),
    },
    Migration {
        name: "V14__automatic.sql",
        text: include_str!("../migrations/V14__automatic.sql"),
    },
    Migration { name: "V15__search.sql", text: include_str!("../migrations/V15__search.sql") },
    Migration { name: "V16__origins.sql", text: include_str!("../migrations/V16__origins.sql") },
    Migration {
        name: "V17__answer_files.sql",
        text: include_str!("../migrations/V17__answer_files.sql"),
    },
    Migration {
        name: "V18__workspace.sql",
        text: include_str!("../migrations/V18__workspace.sql"),
    },
    Migration {
        name: "V19__given_back.sql",
        text: include_str!("../migrations/V19__given_back.sql"),
    },
    Migration {
        name: "V20__own_language.sql",
        text: include_str!("../migrations/V20__own_language.sql"),
    },
    Migration {
        name: "V21__long_inquiries.sql",
        text: include_str!("../migrations/V21__long_inquiries.sql"),
    },
    Migration { name: "V22__tidying.sql", text: include_str!("../migrations/V22__tidying.sql") },
    Migration { name: "V23__unowned.sql", text: include_str!("../migrations/V23__unowned.sql") },
];
