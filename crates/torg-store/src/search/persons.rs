//! Persons whom a search met.

use torg_core::{PersonId, Viewer};

use super::MARKS;
use super::best::in_the_head;
use super::question::{Wanted, found};
use crate::folders::Sort;
use crate::{Read, StoreError, params, sql};

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

/// The persons whose name or address holds all of `words`, each in any of its spellings, as far as they wrote the newest letters in
/// whose heads the words stand: at most 100 letters are looked at, and only those the viewer may see.
pub fn persons(
    read: &Read<'_>,
    viewer: &Viewer,
    words: &[Vec<String>],
) -> Result<Vec<Met>, StoreError> {
    const MOST: usize = 6;
    const LETTERS: i64 = 100;
    if words.is_empty() {
        return Ok(Vec::new());
    }
    // Words of the head stand in no order, so there are no phrases of them.
    let of_phrase = |offered: &Vec<String>| match offered.as_slice() {
        [phrase] => phrase.split(' ').map(|word| vec![in_the_head(word)]).collect(),
        forms => vec![forms.iter().map(|form| in_the_head(form)).collect()],
    };
    let named: Vec<Vec<String>> = words.iter().flat_map(of_phrase).collect();
    let wanted = Wanted { words: &named, without: &[] };
    let letters = found(read, viewer, wanted, Sort::Newest, (i64::MAX, LETTERS))?.messages;
    let ids = letters.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
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
        let is_part = |word: &String| {
            parts().any(|part| part.starts_with(word.as_str())) || address.contains(word.as_str())
        };
        let written = |word: &&String| !word.starts_with(MARKS);
        words.iter().all(|offered| offered.iter().filter(written).any(is_part))
    }
}
