//! Brings a database to this version's tables.
//!
//! One text for both engines with a few dialect tokens: `{id}` is the type of a primary key,
//! `{bytes}` that of raw bytes; what stands between a line `-- only sqlite` or `-- only postgres`
//! and the line `-- end` is left out on the other engine. `refinery` keeps the books.

use crate::StoreError;
use crate::engine::EngineKind;

/// One step of the schema, `V1__first_words.sql`. Never changed once released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The name of the file, which refinery takes apart.
    pub name: &'static str,
    /// Its text, tokens and all.
    pub text: &'static str,
}

/// refinery's runner for the steps, in the dialect of `engine`.
pub(crate) fn runner(
    steps: &[Migration],
    engine: EngineKind,
) -> Result<refinery::Runner, StoreError> {
    let migrations = steps
        .iter()
        .map(|step| refinery::Migration::unapplied(step.name, &in_dialect(step.text, engine)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| StoreError::Bug(error.to_string()))?;
    Ok(refinery::Runner::new(&migrations))
}

/// `text` as `engine` understands it.
pub(crate) fn in_dialect(text: &str, engine: EngineKind) -> String {
    let (id, bytes) = match engine {
        EngineKind::Sqlite => ("integer primary key", "blob"),
        EngineKind::Postgres => ("bigint primary key", "bytea"),
    };
    let mut left_out = false;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim() {
            "-- end" => left_out = false,
            "-- only sqlite" => left_out = engine != EngineKind::Sqlite,
            "-- only postgres" => left_out = engine != EngineKind::Postgres,
            _ if left_out => {}
            _ => {
                kept.push_str(&line.replace("{id}", id).replace("{bytes}", bytes));
                kept.push('\n');
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_becomes_two_dialects() {
        let text = "create table t (id {id}, raw {bytes});\n-- only sqlite\nlite;\n-- end\n\
                    -- only postgres\n  pg;\n-- end\nboth;";
        assert_eq!(
            in_dialect(text, EngineKind::Sqlite),
            "create table t (id integer primary key, raw blob);\nlite;\nboth;\n"
        );
        assert_eq!(
            in_dialect(text, EngineKind::Postgres),
            "create table t (id bigint primary key, raw bytea);\n  pg;\nboth;\n"
        );
    }
}
