//! How two texts differ, word by word: the longest common subsequence of their words.

/// A run of a text beside another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    Same(String),
    /// Only in the first text.
    Gone(String),
    /// Only in the second.
    New(String),
}

/// More words than this are not laid beside each other; the texts then count as wholly different
/// from there on.
const MOST_WORDS: usize = 1_500;

/// The runs that lead from `before` to `after`, in their order. Words keep the white space that
/// follows them, so that all `Same` and `New` together are `after`; a `Gone` brings along what parts
/// it from its neighbours.
///
/// ```
/// use torg_core::answers::differ::{Run, runs};
/// let found = runs("every second week", "every week");
/// assert_eq!(found[1], Run::Gone("second ".into()));
/// ```
pub fn runs(before: &str, after: &str) -> Vec<Run> {
    let mut found = Vec::new();
    let mut gap = "";
    for pair in aligned(&words(before), &words(after)) {
        match pair {
            Pair::Both(_, new) => add(&mut found, Run::Same(new.to_owned())),
            Pair::Old(old) => {
                if is_open(&found) {
                    add(&mut found, Run::Gone(if gap.is_empty() { " " } else { gap }.to_owned()));
                }
                add(&mut found, Run::Gone(old.to_owned()));
            }
            Pair::New(new) => {
                if matches!(found.last(), Some(Run::Gone(_))) && is_open(&found) {
                    add(&mut found, Run::Gone(" ".to_owned()));
                }
                add(&mut found, Run::New(new.to_owned()));
            }
        }
        if let Pair::Both(old, _) | Pair::Old(old) = pair {
            gap = old.get(old.trim_end().len()..).unwrap_or_default();
        }
    }
    found
}

/// Whether what comes next would stand glued to what is there.
fn is_open(found: &[Run]) -> bool {
    let Some(Run::Same(last) | Run::Gone(last) | Run::New(last)) = found.last() else {
        return false;
    };
    !last.ends_with(char::is_whitespace)
}

/// The runs of each of two texts by itself, to be read side by side: all runs of a side together are
/// that text, with its own white space. The first holds no [`Run::New`], the second no [`Run::Gone`].
///
/// ```
/// use torg_core::answers::differ::{Run, beside};
/// let (one, other) = beside("Hi\n\nAda", "Hi Bo");
/// assert_eq!(one, [Run::Same("Hi\n\n".into()), Run::Gone("Ada".into())]);
/// assert_eq!(other, [Run::Same("Hi ".into()), Run::New("Bo".into())]);
/// ```
pub fn beside(one: &str, other: &str) -> (Vec<Run>, Vec<Run>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for pair in aligned(&words(one), &words(other)) {
        match pair {
            Pair::Both(old, new) => {
                add(&mut left, Run::Same(old.to_owned()));
                add(&mut right, Run::Same(new.to_owned()));
            }
            Pair::Old(old) => add(&mut left, Run::Gone(old.to_owned())),
            Pair::New(new) => add(&mut right, Run::New(new.to_owned())),
        }
    }
    (left, right)
}

/// A word of one text or of both, as each of them writes it.
#[derive(Clone, Copy)]
enum Pair<'a> {
    Both(&'a str, &'a str),
    Old(&'a str),
    New(&'a str),
}

fn aligned<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Pair<'a>> {
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    let table = Table::of(old, new);
    while i < old.len() || j < new.len() {
        match (old.get(i), new.get(j)) {
            (Some(one), Some(other))
                if same(one, other) && table.at(i, j) > table.at(i + 1, j + 1) =>
            {
                found.push(Pair::Both(one, other));
                (i, j) = (i + 1, j + 1);
            }
            (Some(one), other) if other.is_none() || table.at(i + 1, j) >= table.at(i, j + 1) => {
                found.push(Pair::Old(one));
                i += 1;
            }
            (_, Some(other)) => {
                found.push(Pair::New(other));
                j += 1;
            }
            _ => break,
        }
    }
    found
}

/// How much of an inserted text was changed before it was sent: the share of its words that the
/// letter does not hold any more, in percent. What was written around it does not count.
pub fn edited(inserted: &str, sent: &str) -> i64 {
    if sent.contains(inserted.trim()) {
        return 0;
    }
    let (old, new) = (words(inserted), words(sent));
    if old.is_empty() {
        return 0;
    }
    let kept = Table::of(&old, &new).at(0, 0);
    let lost = old.len().saturating_sub(usize::from(kept));
    i64::try_from(lost * 100 / old.len()).unwrap_or(100)
}

fn add(found: &mut Vec<Run>, run: Run) {
    match (found.last_mut(), &run) {
        (Some(Run::Same(text)), Run::Same(more))
        | (Some(Run::Gone(text)), Run::Gone(more))
        | (Some(Run::New(text)), Run::New(more)) => text.push_str(more),
        _ => found.push(run),
    }
}

/// The words of a text, each with the white space after it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut begin = 0;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        if before.is_whitespace() && !letter.is_whitespace() && at > begin {
            words.extend(text.get(begin..at));
            begin = at;
        }
        before = letter;
    }
    words.extend(text.get(begin..).filter(|rest| !rest.is_empty()));
    words
}

fn same(one: &str, other: &str) -> bool {
    one.trim_end() == other.trim_end()
}

/// The longest common subsequence of the rest from each place on.
struct Table {
    wide: usize,
    cells: Vec<u16>,
}

impl Table {
    fn of(old: &[&str], new: &[&str]) -> Self {
        let (high, wide) = (old.len().min(MOST_WORDS), new.len().min(MOST_WORDS));
        let mut table = Self { wide: wide + 1, cells: vec![0; (high + 1) * (wide + 1)] };
        for i in (0..high).rev() {
            for j in (0..wide).rev() {
                let longest = match (old.get(i), new.get(j)) {
                    (Some(one), Some(other)) if same(one, other) => table.at(i + 1, j + 1) + 1,
                    _ => table.at(i + 1, j).max(table.at(i, j + 1)),
                };
                let place = i * table.wide + j;
                if let Some(cell) = table.cells.get_mut(place) {
                    *cell = longest;
                }
            }
        }
        table
    }

    /// 0 beyond what is laid beside each other.
    fn at(&self, i: usize, j: usize) -> u16 {
        if j >= self.wide {
            return 0;
        }
        self.cells.get(i * self.wide + j).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_gone_stands_apart_from_its_neighbours() {
        let (same, gone, new) = (
            |text: &str| Run::Same(text.into()),
            |text: &str| Run::Gone(text.into()),
            |text: &str| Run::New(text.into()),
        );
        assert_eq!(runs("We come on Friday", "We come"), [same("We come"), gone(" on Friday")]);
        assert_eq!(runs("Hi\n\n– when?", "Hi"), [same("Hi"), gone("\n\n– when?")]);
        assert_eq!(
            runs("We come soon", "We come today"),
            [same("We come "), gone("soon "), new("today")]
        );
    }

    #[test]
    fn a_changed_price_is_the_only_thing_marked() {
        let found = runs("It costs 290 kroner a year.", "It costs 310 kroner a year.");
        let expected = [
            Run::Same("It costs ".into()),
            Run::Gone("290 ".into()),
            Run::New("310 ".into()),
            Run::Same("kroner a year.".into()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn words_around_an_inserted_text_are_no_edits_of_it() {
        assert_eq!(edited("We mend it on Tuesday.", "Hi!\nWe mend it on Tuesday. Bye"), 0);
        assert_eq!(edited("We mend it on Tuesday.", "We mend it on Friday."), 20);
        assert_eq!(edited("We mend it.", "Something else entirely"), 100);
        assert_eq!(edited("", "anything"), 0);
    }

    #[test]
    fn a_very_long_text_is_compared_in_bounded_memory() {
        let long = "word ".repeat(MOST_WORDS * 3);
        assert!(edited(&long, &long) < 100);
        assert!(!runs(&long, "word").is_empty());
    }

    proptest! {
        #[test]
        fn side_by_side_each_text_is_whole(one in "[ab \\n]{0,20}", two in "[ab \\n]{0,20}") {
            let text = |run: &Run| match run {
                Run::Same(text) | Run::New(text) | Run::Gone(text) => text.clone(),
            };
            let (left, right) = beside(&one, &two);
            prop_assert_eq!(left.iter().map(text).collect::<String>(), one);
            prop_assert_eq!(right.iter().map(text).collect::<String>(), two);
        }

        #[test]
        fn what_is_same_and_new_is_the_second_text(one in "[ab \\n]{0,20}", two in "[ab \\n]{0,20}") {
            let found = runs(&one, &two);
            let joined: String = found.iter().map(|run| match run {
                Run::Same(text) | Run::New(text) => text.as_str(),
                Run::Gone(_) => "",
            }).collect();
            prop_assert_eq!(joined, two);
        }
    }
}
