//! Rows on their way into the database, whichever it is.

/// What stands in one column of one row.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Int)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

impl From<&[u8]> for Cell {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Cell {
    fn from(bytes: [u8; N]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<Vec<u8>> for Cell {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

/// One row of a table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) table: Table,
    pub(super) cells: Vec<Cell>,
}

/// Makes the cells of a row of what they are made of.
macro_rules! row {
    ($table:ident: $($cell:expr),+ $(,)?) => {
        $crate::seed::rows::Row {
            table: $crate::seed::rows::Table::$table,
            cells: vec![$($crate::seed::rows::Cell::from($cell)),+],
        }
    };
}
pub(super) use row;

macro_rules! tables {
    ($($name:ident = $table:literal ($columns:literal)),+ $(,)?) => {
        /// A table that is filled.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Table { $($name),+ }

        impl Table {
            pub(super) const ALL: &[Self] = &[$(Self::$name),+];

            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$name => $table),+ }
            }

            /// The columns that are filled, in the order of the cells.
            pub(super) fn columns(self) -> &'static str {
                match self { $(Self::$name => $columns),+ }
            }
        }
    };
}

tables! {
    Calendars = "calendars" ("id, name, sort_key, hours"),
    Targets = "targets" ("id, aim, measure, department, category, calendar, remind"),
    Persons = "persons" ("id, name, created"),
    ContactPoints = "contact_points" ("id, kind, value, person"),
    Numbers = "inquiry_numbers" ("year, last"),
    Inquiries = "inquiries" ("id, number, public_key, subject, person, department, wall, owner, \
        state, urgent, version, created, last_at, sender, snippet, has_files, trouble, messages, \
        newest_word, steps, head, clock_from, answered_at, due_at, due_kind, tell_at, told, \
        language"),
    Shown = "shown" ("inquiry, department, state, last_at"),
    Seen = "seen" ("staff, inquiry, position"),
    Messages = "messages" ("id, inquiry, position, direction, kind, staff, contact_point, author, \
        address, subject, body, quoted, language, has_html, raw, mail_id, composer_key, at, \
        send_state"),
    Search = "search" ("rowid, words"),
    Blobs = "blobs" ("hash, size, refs"),
    Chunks = "blob_chunks" ("hash, n, data"),
    Arrivals = "arrivals" ("id, recipients, envelope_from, raw, size, received_at, silent, state, \
        attempts, message"),
    Deliveries = "deliveries" ("mailbox, mail_id, body_hash, message, inquiry"),
    References = "mail_references" ("mailbox, mail_id, inquiry, strong"),
    Outbox = "outbox" ("id, message, envelope_from, recipients, raw, state, attempts, due, \
        lease_until, created, sent_at"),
    Pauses = "pauses" ("inquiry, began, ended"),
    Follows = "follows" ("staff, inquiry, last_at"),
    Journal = "journal" ("id, chain, step, inquiry, staff, verb, at, salt, payload, hash"),
    Roots = "journal_roots" ("until, lines, root"),
    ServiceDays = "service_days" ("day, what, bucket, letters"),
}
