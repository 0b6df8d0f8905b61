//! What the index is asked: words, walls, and how they are put together.

use std::collections::HashSet;

use torg_core::wall::open_wall;
use torg_core::{MessageId, Viewer, WallId};

use super::hits::{among, hits};
use super::{MARKS, wall_word};
use crate::folders::Sort;
use crate::staff::{other_walls, walls};
use crate::{EngineKind, Read, StoreError};

/// What is searched for.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Every hit holds all of it, each by any of its inner words.
    pub(crate) words: &'a [Vec<String>],
    /// Hits that hold all words of one of these are left out.
    pub(crate) without: &'a [Vec<Vec<String>>],
}

/// What a search finds.
pub(crate) struct Found {
    pub(crate) messages: Vec<MessageId>,
    /// Those of them that hold what is not wanted.
    pub(crate) left_out: HashSet<MessageId>,
    /// Whether the last word was taken as the beginning of one.
    pub(super) goes_on: bool,
}

/// The messages beyond `from` in the order of `sort` that the viewer may find and that hold all words
/// that are `wanted`; at most `limit`, of which some may be left out.
///
/// The last word may be the beginning of one, unless so many hold it as it is that whoever typed it
/// meant it: an index gathers everything that begins so before it knows which are the newest.
pub(crate) fn found(
    read: &Read<'_>,
    viewer: &Viewer,
    wanted: Wanted<'_>,
    sort: Sort,
    (from, limit): (i64, i64),
) -> Result<Found, StoreError> {
    const MANY: i64 = 50;
    let words = wanted.words;
    let walls = Walls::of(read, viewer)?;
    let whole = asked(read.engine(), &walls, words, false);
    // The newest of all tell whether many hold it, and are often what is wanted.
    let are_wanted = sort != Sort::Oldest && from == i64::MAX;
    let most = if are_wanted { limit.max(MANY) } else { MANY };
    let mut newest = hits(read, &whole, Sort::Newest, i64::MAX, most)?;
    let goes_on = i64::try_from(newest.len()).is_ok_and(|found| found < MANY);
    let asked = if goes_on { asked(read.engine(), &walls, words, true) } else { whole.clone() };
    let messages = if are_wanted && asked == whole {
        newest.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        newest
    } else {
        hits(read, &asked, sort, from, limit)?
    };
    let left_out = left_out(read, wanted, goes_on, &messages)?;
    Ok(Found { messages, left_out, goes_on })
}

/// Which of `found` hold what is not wanted. Only what was found is looked at: to ask the index for
/// what does not hold a word would go through the whole archive where nearly all that is found does.
fn left_out(
    read: &Read<'_>,
    Wanted { words, without }: Wanted<'_>,
    goes_on: bool,
    found: &[MessageId],
) -> Result<HashSet<MessageId>, StoreError> {
    if without.is_empty() {
        return Ok(HashSet::new());
    }
    let engine = read.engine();
    let each = without.iter().map(|unwanted| all_of(engine, &groups(engine, unwanted, false)));
    let any = any_of(engine, &each.collect::<Vec<_>>());
    // SQLite goes along what holds all words, PostgreSQL looks at each message that was found.
    let question = match engine {
        EngineKind::Sqlite => {
            let words = groups(engine, words, goes_on);
            all_of(engine, &std::iter::once(any).chain(words).collect::<Vec<_>>())
        }
        EngineKind::Postgres => any,
    };
    let holding = among(read, &[question], found)?;
    Ok(holding.into_iter().filter(|(_, signs)| *signs != 0).map(|(message, _)| message).collect())
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
pub(super) fn groups(engine: EngineKind, words: &[Vec<String>], goes_on: bool) -> Vec<String> {
    let groups = words.iter().enumerate().map(|(place, offered)| {
        let forms = forms(offered, goes_on && place + 1 == words.len());
        any_of(
            engine,
            &forms.map(|(word, goes_on)| quoted(engine, word, goes_on)).collect::<Vec<_>>(),
        )
    });
    groups.collect()
}

/// In which forms a word is asked for, and whether each is taken as the beginning of one: if enough
/// of the word is there, and `goes_on` wants it.
///
/// The first is the word as it was typed. What holds it holds one of the others, if there are any, so
/// they are asked for alone; only what the word is the beginning of may hold none of them. A stem that
/// lost more than an ending is the beginning of other words: `foreldrene` (parents) has the stem
/// `foreld`, and so begins `foreldelse` (limitation). So is another way to write a word: `broen` (the
/// bridge) may mean `brøn`, and that begins `brønn` (well).
pub(super) fn forms(offered: &[String], goes_on: bool) -> impl Iterator<Item = (&str, bool)> {
    const ENOUGH: usize = 4;
    const AN_ENDING: usize = 2;
    let letters = |word: &str| word.trim_start_matches(MARKS).chars().count();
    let typed = offered.first().map_or(0, |typed| letters(typed));
    let goes_on = goes_on && typed >= ENOUGH;
    let alone = if goes_on || offered.len() < 2 { offered } else { &offered[1..] };
    let own = offered.first().map_or("", |typed| typed.trim_start_matches(MARKS));
    let begins = move |word: &str| {
        // A stem may end in another letter than the word has there.
        let mut letters = word.trim_start_matches(MARKS).chars();
        letters.next_back();
        letters.as_str().is_empty() || own.starts_with(letters.as_str())
    };
    let is_near = move |word: &str| letters(word) + AN_ENDING >= typed && begins(word);
    alone.iter().map(move |word| (word.as_str(), goes_on && is_near(word)))
}

/// A word or a phrase in the language of the engine's index.
pub(super) fn quoted(engine: EngineKind, word: &str, goes_on: bool) -> String {
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

pub(super) fn any_of(engine: EngineKind, questions: &[String]) -> String {
    let or = if engine == EngineKind::Sqlite { " OR " } else { " | " };
    format!("({})", questions.join(or))
}

pub(super) fn all_of(engine: EngineKind, questions: &[String]) -> String {
    questions.join(if engine == EngineKind::Sqlite { " AND " } else { " & " })
}

#[cfg(test)]
mod tests {
    use torg_core::Id;

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
            "(\"~~1\" OR \"~~7\") AND (\"~hull\") AND (\"veg\")",
            "what holds the word holds its stem"
        );
        assert_eq!(
            asked(EngineKind::Postgres, &inside(&[1], None), &[vec!["veie'n\\".to_owned()]], true),
            "('~~1') & ('veien':*)"
        );
        let last = [vec!["hull".to_owned(), "~hul".to_owned()]];
        assert_eq!(
            asked(EngineKind::Sqlite, &inside(&[1], None), &last, true),
            "(\"~~1\") AND (\"hull\"* OR \"~hul\"*)",
            "not what it begins"
        );
        let phrase = [vec!["den store".to_owned()]];
        assert_eq!(
            asked(EngineKind::Postgres, &inside(&[1], None), &phrase, true),
            "('~~1') & ('den' <-> 'store':*)"
        );
    }
}
