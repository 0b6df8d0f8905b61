//! Every statement of the program, held against both databases before anybody runs it.

use postgres::types::Type;
use postgres::{Client, NoTls};
use rusqlite::Connection;
use torg_store::{Migration, Options, Place, Statement, statements};

use crate::databases::TestStore;

/// Prepares every statement whose file begins with `folder` (such as `crates/torg-store/src/`) on
/// the tables of `migrations`, on both engines, and compares what they take and give. A list that
/// would read a whole table is refused too. Without a PostgreSQL server only half is checked.
///
/// # Panics
/// With one line for each fault found, or if there is nothing to check.
pub async fn check_statements(folder: &str, migrations: &'static [Migration]) {
    let options = || Options { migrations, ..Options::default() };
    let sqlite = TestStore::sqlite(options()).await;
    let postgres = TestStore::postgres(options()).await;
    let (Place::Sqlite(file), true) = (sqlite.place.clone(), folder.ends_with('/')) else {
        panic!("{folder} is not a folder");
    };
    let connection = postgres.as_ref().map(|store| store.place.clone());
    let folder = folder.to_owned();
    let thread = std::thread::spawn(move || {
        let sqlite = Connection::open(file).expect("the embedded store opens");
        let mut postgres = connection.map(|place| client(&place));
        let of_folder = statements().filter(|statement| statement.place().starts_with(&folder));
        let faults = |statement| faults(statement, &sqlite, postgres.as_mut());
        let checked: Vec<Vec<String>> = of_folder.map(faults).collect();
        assert!(!checked.is_empty(), "no statement stands in {folder}");
        checked.concat()
    });
    let faults = thread.join().expect("the check runs to its end");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What is wrong with `statement`.
fn faults(
    statement: &'static Statement,
    sqlite: &Connection,
    postgres: Option<&mut Client>,
) -> Vec<String> {
    let place = statement.place();
    let lite = match Shape::on_sqlite(sqlite, statement) {
        Ok(shape) => shape,
        Err(error) => return vec![format!("{place}: on SQLite: {error}")],
    };
    let mut faults = Vec::new();
    if statement.is_list() {
        faults.extend(scans(sqlite, statement).map(|scan| format!("{place}: reads all of {scan}")));
    }
    let Some(postgres) = postgres else {
        return faults;
    };
    match Shape::on_postgres(postgres, statement) {
        Ok(shape) => faults.extend(lite.differs(&shape).map(|what| format!("{place}: {what}"))),
        Err(error) => faults.push(format!("{place}: on PostgreSQL: {error}")),
    }
    faults
}

/// What a statement takes and gives.
struct Shape {
    parameters: usize,
    /// `None` where the engine cannot know before it runs.
    columns: Vec<Option<&'static str>>,
}

impl Shape {
    fn on_sqlite(
        connection: &Connection,
        statement: &'static Statement,
    ) -> Result<Self, rusqlite::Error> {
        let prepared = connection.prepare(statement.sqlite())?;
        let declared = |column: rusqlite::Column<'_>| {
            column.decl_type().and_then(|name| {
                Some(match name.to_ascii_lowercase().as_str() {
                    "bigint" | "integer" => "a whole number",
                    "text" => "text",
                    "blob" => "bytes",
                    "real" | "double precision" => "a real number",
                    _ => return None,
                })
            })
        };
        Ok(Self {
            parameters: prepared.parameter_count(),
            columns: prepared.columns().map(declared).collect(),
        })
    }

    fn on_postgres(client: &mut Client, statement: &'static Statement) -> Result<Self, String> {
        let told = |error: postgres::Error| {
            let refused = error.as_db_error().map(ToString::to_string);
            refused.unwrap_or_else(|| error.to_string())
        };
        let prepared = client.prepare(statement.postgres()).map_err(told)?;
        let kind = |column: &postgres::Column| match *column.type_() {
            Type::INT8 | Type::INT4 | Type::BOOL => Ok(Some("a whole number")),
            Type::TEXT | Type::VARCHAR => Ok(Some("text")),
            Type::BYTEA => Ok(Some("bytes")),
            Type::FLOAT8 => Ok(Some("a real number")),
            ref other => Err(format!("column {} is {other}, cast it", column.name())),
        };
        Ok(Self {
            parameters: prepared.params().len(),
            columns: prepared.columns().iter().map(kind).collect::<Result<_, _>>()?,
        })
    }

    /// Where SQLite's shape differs from PostgreSQL's.
    fn differs(&self, other: &Self) -> impl Iterator<Item = String> {
        let counts = [
            ("parameters", self.parameters, other.parameters),
            ("columns", self.columns.len(), other.columns.len()),
        ];
        let counts = counts.into_iter().filter(|(_, lite, pg)| lite != pg);
        let counted =
            counts.map(|(what, lite, pg)| format!("{lite} {what} on SQLite, {pg} on PostgreSQL"));
        let pairs = self.columns.iter().zip(&other.columns).enumerate();
        let kinds = pairs.filter_map(|(index, (lite, pg))| {
            let (lite, pg) = ((*lite)?, (*pg)?);
            (lite != pg).then(|| format!("column {index} is {lite} on SQLite, {pg} on PostgreSQL"))
        });
        counted.chain(kinds.collect::<Vec<_>>())
    }
}

/// The tables that SQLite would read from end to end for `statement`. What it made itself (a
/// `with` table, a constant row) and full-text search do not count, nor does an ordered walk along
/// an index, which a limit ends.
fn scans(connection: &Connection, statement: &'static Statement) -> impl Iterator<Item = String> {
    let text = statement.sqlite();
    let explain = format!("explain query plan {text}");
    let mut prepared = connection.prepare(&explain).expect("what was prepared can be explained");
    let detail = |row: &rusqlite::Row<'_>| row.get::<_, String>(3);
    let mut rows = prepared.raw_query();
    let mut scanned = Vec::new();
    while let Some(row) = rows.next().expect("a plan is read") {
        let detail = detail(row).expect("a plan is text");
        let Some(what) = detail.strip_prefix("SCAN ") else {
            continue;
        };
        let table = what.split(' ').next().unwrap_or(what);
        let made_here = table == "CONSTANT" || table.starts_with('(') || is_made_by(text, table);
        if !made_here && !what.contains(" INDEX ") {
            scanned.push(table.to_owned());
        }
    }
    scanned.into_iter()
}

/// Whether `text` makes `table` itself: `with table as (…)`, `with table (columns) as (…)` or
/// `from (select …) table`.
fn is_made_by(text: &str, table: &str) -> bool {
    let mut text = text.to_ascii_lowercase();
    for mark in ["(", ")", ","] {
        text = text.replace(mark, &format!(" {mark} "));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let table = table.to_ascii_lowercase();
    words.windows(3).any(|three| match three {
        [name, "as", "("] | [name, "(", _] | [_, ")", name] | [")", "as", name] => *name == table,
        _ => false,
    })
}

fn client(place: &Place) -> Client {
    match place {
        Place::Postgres(connection) => {
            Client::connect(connection, NoTls).expect("PostgreSQL answers")
        }
        Place::Sqlite(_) => panic!("not a PostgreSQL place"),
    }
}
