//! SQL texts, each known to the whole program before it starts.

use std::borrow::Cow;
use std::sync::OnceLock;

/// One SQL text for each engine, usually the same one. Made by [`sql!`](crate::sql).
#[derive(Debug)]
pub struct Statement {
    lite: &'static str,
    pg: &'static str,
    list: bool,
    file: &'static str,
    line: u32,
    numbered: OnceLock<Cow<'static, str>>,
}

/// A statement's entry in the list of all statements.
#[derive(Debug)]
pub struct Registered(pub &'static Statement);

inventory::collect!(Registered);

/// Every statement linked into this program, in no particular order.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    inventory::iter::<Registered>().map(|registered| registered.0)
}

impl Statement {
    #[doc(hidden)]
    pub const fn new(
        lite: &'static str,
        pg: &'static str,
        list: bool,
        file: &'static str,
        line: u32,
    ) -> Self {
        let numbered = OnceLock::new();
        Self { lite, pg, list, file, line, numbered }
    }

    /// The text SQLite is given. `$1` would be a *name* there, numbered by first appearance;
    /// `?1` is the number that both engines mean.
    pub fn sqlite(&self) -> &str {
        self.numbered.get_or_init(|| number_parameters(self.lite))
    }

    /// The text PostgreSQL is given.
    pub fn postgres(&self) -> &'static str {
        self.pg
    }

    /// Whether this is a list people wait for, which must be served by an index.
    pub fn is_list(&self) -> bool {
        self.list
    }

    /// Where the text stands, as `file:line`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

/// `$n` becomes `?n` outside of quoted text.
fn number_parameters(text: &'static str) -> Cow<'static, str> {
    if !text.contains('$') {
        return Cow::Borrowed(text);
    }
    let mut quote = None;
    let rewritten = text.chars().map(|character| match (quote, character) {
        (None, '$') => '?',
        (None, '\'' | '"') => {
            quote = Some(character);
            character
        }
        (Some(open), _) if open == character => {
            quote = None;
            character
        }
        _ => character,
    });
    Cow::Owned(rewritten.collect())
}

/// A SQL text with `$1`, `$2`… for its parameters, as a `&'static Statement` that the test of all
/// statements finds.
///
/// `sql!("…")` for both engines, `sql!(lite "…", pg "…")` where they differ, `sql!(list "…")` (and
/// `sql!(list lite "…", pg "…")`) for a list that must never scan a whole table.
#[macro_export]
macro_rules! sql {
    (list lite $lite:expr, pg $pg:expr $(,)?) => { $crate::sql!(@ $lite, $pg, true) };
    (list $text:expr) => { $crate::sql!(@ $text, $text, true) };
    (lite $lite:expr, pg $pg:expr $(,)?) => { $crate::sql!(@ $lite, $pg, false) };
    (@ $lite:expr, $pg:expr, $list:expr) => {{
        static STATEMENT: $crate::Statement =
            $crate::Statement::new($lite, $pg, $list, file!(), line!());
        $crate::inventory::submit! { $crate::Registered(&STATEMENT) }
        &STATEMENT
    }};
    ($text:expr) => { $crate::sql!(@ $text, $text, false) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_bound_by_number_and_quoted_dollars_stay() {
        assert_eq!(
            number_parameters("select '$1 it''s', \"$a\" where a = $2 and b = $1"),
            "select '$1 it''s', \"$a\" where a = ?2 and b = ?1"
        );
        assert_eq!(number_parameters("select 1"), "select 1");
    }

    #[test]
    fn a_statement_says_where_it_stands() {
        let statement = sql!("select 1");
        assert!(statement.place().contains("statement.rs:"));
        assert!(statements().any(|other| other.place() == statement.place()));
        assert!(sql!(list lite "select 1", pg "select 2").is_list());
    }
}
