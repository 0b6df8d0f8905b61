//! The search index: words analysed in Rust, kept by the database in the same transaction.
//!
//! A document is a message. The wall it stands behind is one of its words, so that the index
//! itself leaves out what a viewer may not find.

use torg_core::{MessageId, PersonId, Viewer, WallId};

use crate::folders::Sort;
use crate::staff::walls;
use crate::{EngineKind, Read, StoreError, Tx, Value, params, sql};

/// So many of the newest documents PostgreSQL looks through before it asks its index, which gathers
/// all that hold a word before it knows which are the newest: a common word is met soon enough.
const NEAR: i64 = 2000;

/// The messages that `asked` finds beyond `from` in the order of `sort`, at most `limit`.
pub(crate) fn hits(
    read: &Read<'_>,
    asked: &str,
    sort: Sort,
    from: i64,
    limit: i64,
) -> Result<Vec<MessageId>, StoreError> {
    let all = match sort {
        Sort::Newest | Sort::Due => sql!(
            list lite "select rowid from search where search match $1 and rowid < $2
                         order by rowid desc limit $3",
            pg "with met as materialized (select rowid from search
                   where words @@ cast(cast($1 as text) as tsquery) and rowid < $2)
                select rowid from met order by rowid desc limit $3"
        ),
        Sort::Oldest => sql!(
            list lite "select rowid from search where search match $1 and rowid > $2
                         order by rowid limit $3",
            pg "with met as materialized (select rowid from search
                   where words @@ cast(cast($1 as text) as tsquery) and rowid > $2)
                select rowid from met order by rowid limit $3"
        ),
    };
    if read.engine() == EngineKind::Postgres {
        let near = near(read, asked, sort, from, limit)?;
        if i64::try_from(near.len()).is_ok_and(|count| count == limit) {
            return Ok(near);
        }
    }
    read.all(all, &params![asked, from, limit], |row| row.get(0))
}

/// As [`hits`], among the next [`NEAR`] documents only.
fn near(
    read: &Read<'_>,
    asked: &str,
    sort: Sort,
    from: i64,
    limit: i64,
) -> Result<Vec<MessageId>, StoreError> {
    let statement = match sort {
        Sort::Newest | Sort::Due => sql!(
            list lite "select rowid from search where search match $1 and rowid < $2
                         and $4 > 0 order by rowid desc limit $3",
            pg "select rowid from (select rowid, words from search where rowid < $2
                   order by rowid desc limit $4) x
                 where words @@ cast(cast($1 as text) as tsquery) order by rowid desc limit $3"
        ),
        Sort::Oldest => sql!(
            list lite "select rowid from search where search match $1 and rowid > $2
                         and $4 > 0 order by rowid limit $3",
            pg "select rowid from (select rowid, words from search where rowid > $2
                   order by rowid limit $4) x
                 where words @@ cast(cast($1 as text) as tsquery) order by rowid limit $3"
        ),
    };
    read.all(statement, &params![asked, from, limit, NEAR], |row| row.get(0))
}

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
    let document = Value::Text(document(tx.engine(), wall, words));
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
pub fn document<W: AsRef<str>>(engine: EngineKind, wall: WallId, words: &[W]) -> String {
    match engine {
        EngineKind::Sqlite => plain(wall, words),
        EngineKind::Postgres => vector(wall, words),
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

/// A `tsvector` literal with positions. PostgreSQL allows 16383 positions, 255 a word, words of
/// 2 KB and 1 MB in all; what is beyond is not found in that message.
fn vector<W: AsRef<str>>(wall: WallId, words: &[W]) -> String {
    const MOST_BYTES: usize = 700_000;
    let mut text = format!("'{}'", wall_word(wall));
    for (position, word) in
        (1..16_383).zip(words.iter().map(AsRef::as_ref).filter(|word| word.len() < 200))
    {
        text.push_str(" '");
        text.push_str(&word.replace(['\\', '\''], ""));
        text.push_str("':");
        text.push_str(&position.to_string());
        if text.len() > MOST_BYTES {
            break;
        }
    }
    text
}

/// A person whom a search met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    pub id: PersonId,
    pub name: String,
    /// The address by which she was met.
    pub address: String,
}

/// Who wrote which letters: `$2` are their ids, with commas between.
macro_rules! writers {
    ($ids:literal) => {
        concat!(
            "select p.id, p.name, m.address from messages m
               join inquiries i on i.id = m.inquiry
               join persons p on p.id = i.person
              where m.id ",
            $ids,
            " and m.direction = 1 and i.wall in (select wall from wall_members where staff = $1)
              order by m.id desc"
        )
    };
}

/// The persons whose name or address holds all of `words`, as far as they wrote the newest letters
/// in which the words stand: at most 200 letters are looked at, and only those the viewer may see.
pub fn persons(
    read: &Read<'_>,
    viewer: &Viewer,
    words: &[Vec<String>],
) -> Result<Vec<Met>, StoreError> {
    const MOST: usize = 6;
    const LETTERS: i64 = 200;
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let asked = asked(read.engine(), &walls(read, viewer.staff)?, words);
    let ids = hits(read, &asked, Sort::Newest, i64::MAX, LETTERS)?;
    let ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let met = read.all(
        sql!(
            lite writers!("in (select value from json_each('[' || $2 || ']'))"),
            pg writers!("= any (cast('{' || cast($2 as text) || '}' as bigint[]))")
        ),
        &params![viewer.staff, ids],
        |row| {
            let address = row.get::<Option<String>>(2)?.unwrap_or_default();
            Ok(Met { id: row.get(0)?, name: row.get(1)?, address })
        },
    )?;
    let mut persons: Vec<Met> = Vec::new();
    for one in met {
        let is_new = persons.iter().all(|other| other.id != one.id);
        if is_new && persons.len() < MOST && one.is_called(words) {
            persons.push(one);
        }
    }
    Ok(persons)
}

impl Met {
    /// Every word begins a part of her name, or stands in her address.
    fn is_called(&self, words: &[Vec<String>]) -> bool {
        let (name, address) = (self.name.to_lowercase(), self.address.to_lowercase());
        let parts = || name.split(|c: char| !c.is_alphanumeric());
        let surface = words.iter().filter_map(|offered| offered.first());
        surface.into_iter().all(|word| {
            parts().any(|part| part.starts_with(word.as_str())) || address.contains(word.as_str())
        })
    }
}

/// The question to the index: documents behind one of `walls` that hold all of `words`, each by any
/// of its inner words. The last word may go on, if enough of it is there to tell.
pub(crate) fn asked(engine: EngineKind, walls: &[WallId], words: &[Vec<String>]) -> String {
    const ENOUGH: usize = 4;
    let one = |word: &str, goes_on: bool| match engine {
        EngineKind::Sqlite => {
            format!("\"{}\"{}", word.replace('"', ""), if goes_on { "*" } else { "" })
        }
        // Of a phrase each word is quoted by itself, and follows the one before.
        EngineKind::Postgres => {
            let words = word.split(' ').map(|one| format!("'{}'", one.replace(['\\', '\''], "")));
            let phrase = words.collect::<Vec<_>>().join(" <-> ");
            format!("{phrase}{}", if goes_on { ":*" } else { "" })
        }
    };
    let (or, and) = match engine {
        EngineKind::Sqlite => (" OR ", " AND "),
        EngineKind::Postgres => (" | ", " & "),
    };
    let last = words.len().saturating_sub(1);
    let walls: Vec<String> = walls.iter().map(|wall| one(&wall_word(*wall), false)).collect();
    let groups = words.iter().enumerate().map(|(place, offered)| {
        let goes_on = |word: &str| place == last && word.chars().count() >= ENOUGH;
        offered.iter().map(|word| one(word, goes_on(word))).collect::<Vec<_>>()
    });
    let groups: Vec<String> =
        std::iter::once(walls).chain(groups).map(|group| format!("({})", group.join(or))).collect();
    groups.join(and)
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_core::Id;

    #[test]
    fn a_question_names_the_walls_and_every_word() {
        let walls = [WallId::from_i64(1), WallId::from_i64(7)];
        let words = [vec!["hull".to_owned(), "~hull".to_owned()], vec!["veg".to_owned()]];
        assert_eq!(
            asked(EngineKind::Sqlite, &walls, &words),
            "(\"~~1\" OR \"~~7\") AND (\"hull\" OR \"~hull\") AND (\"veg\")"
        );
        assert_eq!(
            asked(EngineKind::Postgres, &walls[..1], &[vec!["veie'n\\".to_owned()]]),
            "('~~1') & ('veien':*)"
        );
        let phrase = [vec!["den store".to_owned()]];
        assert_eq!(
            asked(EngineKind::Postgres, &walls[..1], &phrase),
            "('~~1') & ('den' <-> 'store':*)"
        );
    }
}
