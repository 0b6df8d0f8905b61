//! The search index: words analysed in Rust, kept by the database in the same transaction.
//!
//! A document is a message. The wall it stands behind is one of its words, so that the index
//! itself leaves out what a viewer may not find. What stands in its head, subject and sender,
//! stands in it once more with [`HEAD_MARK`].

mod best;
mod hits;
mod persons;
mod texts;

use torg_core::wall::open_wall;
use torg_core::{Id, MessageId, Viewer, WallId};

use crate::folders::Sort;
use crate::staff::{other_walls, walls};
use crate::{EngineKind, Read, StoreError, Tx, Value, params, sql};

pub(crate) use best::best;
pub use best::{HEAD_MARK, RANKED};
pub(crate) use hits::hits;
pub use persons::{Met, persons};
pub use texts::{FoundText, file_texts, texts};

/// The word that says which wall a document stands behind. No word of a text has two tildes in
/// front: one marks a stem, and none is left on what people write.
pub fn wall_word(wall: WallId) -> String {
    format!("~~{wall}")
}

/// Puts a message in the index, in place of what was there. `words` hold no white space and no
/// characters that the analysis did not leave in: letters, digits and `~ @ . _ -`.
pub fn index(
    tx: &mut Tx<'_>,
    message: MessageId,
    wall: WallId,
    words: &[String],
) -> Result<(), StoreError> {
    remove(tx, message)?;
    add(tx, message, wall, words)
}

/// Puts a message in the index that was not there before.
pub fn add(
    tx: &mut Tx<'_>,
    message: MessageId,
    wall: WallId,
    words: &[String],
) -> Result<(), StoreError> {
    let document = Value::Text(document(tx.engine(), message, wall, words));
    tx.send(
        sql!(
            lite "insert into search (rowid, words) values ($1, $2)",
            pg "insert into search (rowid, words) values ($1, cast(cast($2 as text) as tsvector))"
        ),
        &params![message, document],
    )?;
    Ok(())
}

/// A document of the index as it is handed to `engine`.
pub fn document<W: AsRef<str>>(
    engine: EngineKind,
    message: MessageId,
    wall: WallId,
    words: &[W],
) -> String {
    match engine {
        EngineKind::Sqlite => plain(wall, words),
        EngineKind::Postgres => vector(message, wall, words),
    }
}

/// Takes a message out of the index.
pub fn remove(tx: &mut Tx<'_>, message: MessageId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from search where rowid = $1"), &params![message])?;
    Ok(())
}

fn plain<W: AsRef<str>>(wall: WallId, words: &[W]) -> String {
    let mut text = wall_word(wall);
    for word in words {
        text.push(' ');
        text.push_str(word.as_ref());
    }
    text
}

/// A `tsvector` literal. PostgreSQL allows 16383 positions, 255 a word, words of 2 KB and 1 MB in
/// all. Only what people wrote has positions, for phrases; what comes late in a very long text is
/// found as a word, and not in a phrase.
fn vector<W: AsRef<str>>(message: MessageId, wall: WallId, words: &[W]) -> String {
    const MOST_BYTES: usize = 700_000;
    const MOST_POSITIONS: usize = 16_383;
    let mut text = format!("'{}' '{}'", wall_word(wall), span_word(span_of(message.as_i64())));
    let mut position = 0;
    for word in words.iter().map(AsRef::as_ref).filter(|word| word.len() < 200) {
        let is_written = !word.starts_with(MARKS);
        position += usize::from(is_written);
        if text.len() > MOST_BYTES {
            break;
        }
        text.push_str(" '");
        text.push_str(&word.replace(['\\', '\''], ""));
        text.push('\'');
        if is_written && position <= MOST_POSITIONS {
            text.push(':');
            text.push_str(&position.to_string());
        }
    }
    text
}

/// What stands before words that nobody wrote so: stems, and words of the head.
const MARKS: [char; 2] = ['~', HEAD_MARK];

/// Ids of so many bits less begin alike for 12 days.
const SPAN: u32 = 52;

/// The days in which a document was made, as a number that grows with time.
fn span_of(rowid: i64) -> i64 {
    rowid >> SPAN
}

/// The word that says in which days a document was made. PostgreSQL's index gathers all that hold a
/// word before it knows which are the newest; with this word it gathers those of some days.
fn span_word(span: i64) -> String {
    format!("~~~{span}")
}

/// What the index is asked.
pub(crate) struct Question {
    /// In the language of the engine's index.
    pub(crate) text: String,
    /// Whether the last word is taken as the beginning of one.
    goes_on: bool,
}

/// The question for what the viewer may find that holds all of `words`, each by any of its inner
/// words.
///
/// The last word may be the beginning of one, unless so many hold it as it is that whoever typed it
/// meant it: an index gathers everything that begins so before it knows which are the newest.
pub(crate) fn question(
    read: &Read<'_>,
    viewer: &Viewer,
    words: &[Vec<String>],
) -> Result<Question, StoreError> {
    const MANY: i64 = 50;
    let walls = Walls::of(read, viewer)?;
    let whole = asked(read.engine(), &walls, words, false);
    let found = hits(read, &whole, Sort::Newest, i64::MAX, MANY)?;
    let goes_on = i64::try_from(found.len()).is_ok_and(|found| found < MANY);
    let text = if goes_on { asked(read.engine(), &walls, words, true) } else { whole };
    Ok(Question { text, goes_on })
}

/// Behind which walls a viewer may find, and behind which not.
struct Walls {
    inside: Vec<WallId>,
    /// Those she is outside of, if she is inside the open one.
    outside: Option<Vec<WallId>>,
}

impl Walls {
    fn of(read: &Read<'_>, viewer: &Viewer) -> Result<Self, StoreError> {
        let inside = walls(read, viewer.staff)?;
        let outside = match inside.contains(&open_wall()) {
            true => Some(other_walls(read, viewer.staff)?),
            false => None,
        };
        Ok(Self { inside, outside })
    }
}

/// The question for documents behind the viewer's walls that hold all of `words`.
///
/// Nearly every document stands behind the open wall, and to read all of them for each question would
/// take longer than all the words do. Who is inside it asks for what stands behind no other wall.
fn asked(engine: EngineKind, walls: &Walls, words: &[Vec<String>], goes_on: bool) -> String {
    let behind = |walls: &[WallId]| {
        let words = walls.iter().map(|wall| quoted(engine, &wall_word(*wall), false));
        any_of(engine, &words.collect::<Vec<_>>())
    };
    let groups = groups(engine, words, goes_on);
    match &walls.outside {
        Some(outside) if !groups.is_empty() => {
            let all = all_of(engine, &groups);
            match (outside.is_empty(), engine) {
                (true, _) => all,
                (false, EngineKind::Sqlite) => format!("({all}) NOT {}", behind(outside)),
                (false, EngineKind::Postgres) => format!("{all} & !{}", behind(outside)),
            }
        }
        _ => {
            let walls = behind(&walls.inside);
            all_of(engine, &std::iter::once(walls).chain(groups).collect::<Vec<_>>())
        }
    }
}

/// The questions for each of `words`, by any of its inner words.
fn groups(engine: EngineKind, words: &[Vec<String>], goes_on: bool) -> Vec<String> {
    let groups = words.iter().enumerate().map(|(place, offered)| {
        let goes_on = |word: &str| goes_on && may_go_on(words, place, word);
        let quoted = offered.iter().map(|word| quoted(engine, word, goes_on(word)));
        any_of(engine, &quoted.collect::<Vec<_>>())
    });
    groups.collect()
}

/// Whether the word at `place` may be the beginning of one: the last, if enough of it is there.
fn may_go_on(words: &[Vec<String>], place: usize, word: &str) -> bool {
    const ENOUGH: usize = 4;
    place + 1 == words.len() && word.chars().count() >= ENOUGH
}

/// A word or a phrase in the language of the engine's index.
fn quoted(engine: EngineKind, word: &str, goes_on: bool) -> String {
    match engine {
        EngineKind::Sqlite => {
            format!("\"{}\"{}", word.replace('"', ""), if goes_on { "*" } else { "" })
        }
        // Of a phrase each word is quoted by itself, and follows the one before.
        EngineKind::Postgres => {
            let words = word.split(' ').map(|one| format!("'{}'", one.replace(['\\', '\''], "")));
            let phrase = words.collect::<Vec<_>>().join(" <-> ");
            format!("{phrase}{}", if goes_on { ":*" } else { "" })
        }
    }
}

fn any_of(engine: EngineKind, questions: &[String]) -> String {
    let or = if engine == EngineKind::Sqlite { " OR " } else { " | " };
    format!("({})", questions.join(or))
}

fn all_of(engine: EngineKind, questions: &[String]) -> String {
    questions.join(if engine == EngineKind::Sqlite { " AND " } else { " & " })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_inside_the_open_wall_asks_for_what_stands_behind_no_other() {
        let words = [vec!["hull".to_owned()]];
        let ask = |engine, outside: &[i64], words: &[Vec<String>]| {
            let outside = Some(outside.iter().copied().map(WallId::from_i64).collect());
            asked(engine, &Walls { inside: vec![WallId::from_i64(1)], outside }, words, false)
        };
        assert_eq!(ask(EngineKind::Sqlite, &[], &words), "(\"hull\")");
        assert_eq!(
            ask(EngineKind::Sqlite, &[7, 9], &words),
            "((\"hull\")) NOT (\"~~7\" OR \"~~9\")"
        );
        assert_eq!(ask(EngineKind::Postgres, &[7], &words), "('hull') & !('~~7')");
        assert_eq!(ask(EngineKind::Sqlite, &[7], &[]), "(\"~~1\")", "without a word");
    }

    #[test]
    fn a_question_names_the_walls_and_every_word() {
        let inside = |ids: &[i64], outside: Option<&[i64]>| {
            let walls = |ids: &[i64]| ids.iter().copied().map(WallId::from_i64).collect();
            Walls { inside: walls(ids), outside: outside.map(walls) }
        };
        let words = [vec!["hull".to_owned(), "~hull".to_owned()], vec!["veg".to_owned()]];
        assert_eq!(
            asked(EngineKind::Sqlite, &inside(&[1, 7], None), &words, true),
            "(\"~~1\" OR \"~~7\") AND (\"hull\" OR \"~hull\") AND (\"veg\")"
        );
        assert_eq!(
            asked(EngineKind::Postgres, &inside(&[1], None), &[vec!["veie'n\\".to_owned()]], true),
            "('~~1') & ('veien':*)"
        );
        let phrase = [vec!["den store".to_owned()]];
        assert_eq!(
            asked(EngineKind::Postgres, &inside(&[1], None), &phrase, true),
            "('~~1') & ('den' <-> 'store':*)"
        );
    }
}
