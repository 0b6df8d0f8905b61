//! How a folder is shown, as it stands in the address: narrowed, sorted, searched, as which view.

use axum::extract::Query;
use axum::http::Uri;
use jiff::Timestamp;
use serde::Deserialize;
use torg_core::{CategoryId, DepartmentId, InquiryId, Language, MessageId, TagId, ViewId};
use torg_store::folders::{Folder, Look, Narrow, Sort, Whose};

use super::writing::What;
use crate::signed::encode;

/// What stands behind the question mark of an address in the workspace. What is not understood is
/// left out: an old link still leads to its folder.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// How far down the list.
    pub(crate) after: Option<String>,
    /// What is open, for the fragment of the list.
    pub(crate) open: Option<InquiryId>,
    /// How many rows the list has, for its fragment.
    pub(crate) rows: Option<usize>,
    /// That earlier messages are shown, too.
    pub(crate) earlier: Option<String>,
    /// What she wants to write.
    pub(crate) write: Option<What>,
    /// The letter she wants to send on.
    pub(crate) letter: Option<MessageId>,
    q: Option<String>,
    unread: Option<String>,
    urgent: Option<String>,
    files: Option<String>,
    whose: Option<String>,
    department: Option<String>,
    language: Option<String>,
    since: Option<String>,
    tag: Option<String>,
    category: Option<String>,
    sort: Option<String>,
    view: Option<String>,
}

impl Asked {
    /// What `query` asks, without its question mark.
    pub(crate) fn from_query(query: &str) -> Self {
        let uri: Option<Uri> = format!("/?{query}").parse().ok();
        let asked = uri.and_then(|uri| Query::<Self>::try_from_uri(&uri).ok());
        asked.map(|Query(asked)| asked).unwrap_or_default()
    }

    pub(crate) fn shown(&self) -> Shown {
        let is_on = |flag: &Option<String>| flag.as_deref() == Some("1");
        Shown {
            q: self.q.as_deref().map(tidy).unwrap_or_default(),
            unread: is_on(&self.unread),
            urgent: is_on(&self.urgent),
            files: is_on(&self.files),
            whose: self.whose.as_deref().and_then(|word| match word {
                "mine" => Some(Whose::Mine),
                "nobody" => Some(Whose::Nobodys),
                _ => None,
            }),
            department: self.department.as_deref().and_then(|id| id.parse().ok()),
            language: self.language.as_deref().and_then(|tag| tag.parse().ok()),
            since: self.since.as_deref().and_then(Since::from_word),
            tag: self.tag.as_deref().and_then(|id| id.parse().ok()),
            category: self.category.as_deref().and_then(|id| id.parse().ok()),
            sort: self.sort.as_deref().and_then(sort_from_word).unwrap_or_default(),
            view: self.view.as_deref().and_then(|id| id.parse().ok()),
        }
    }
}

/// At most 200 characters, without white space around them.
fn tidy(text: &str) -> String {
    text.trim().chars().take(200).collect()
}

/// How a folder is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// What is searched for.
    pub(crate) q: String,
    pub(crate) unread: bool,
    pub(crate) urgent: bool,
    pub(crate) files: bool,
    pub(crate) whose: Option<Whose>,
    pub(crate) department: Option<DepartmentId>,
    pub(crate) language: Option<Language>,
    pub(crate) since: Option<Since>,
    pub(crate) tag: Option<TagId>,
    pub(crate) category: Option<CategoryId>,
    pub(crate) sort: Sort,
    /// The saved view it came from.
    pub(crate) view: Option<ViewId>,
}

/// How long ago at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    Day,
    Week,
    Month,
}

impl Since {
    pub(crate) const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|since| since.word() == word)
    }

    fn microseconds(self) -> i64 {
        const DAY: i64 = 86_400_000_000;
        match self {
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => 30 * DAY,
        }
    }
}

pub(crate) fn sort_word(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "newest",
        Sort::Oldest => "oldest",
        Sort::Due => "due",
        Sort::Best => "best",
    }
}

fn sort_from_word(word: &str) -> Option<Sort> {
    let all = [Sort::Newest, Sort::Oldest, Sort::Due, Sort::Best];
    all.into_iter().find(|sort| sort_word(*sort) == word)
}

impl Shown {
    /// Every part as it stands in an address, in an order that is always the same.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let flag = |is_on: bool| is_on.then(|| "1".to_owned());
        let whose = self.whose.map(|whose| match whose {
            Whose::Mine => "mine".to_owned(),
            Whose::Nobodys => "nobody".to_owned(),
        });
        let pairs = [
            ("q", Some(self.q.clone()).filter(|q| !q.is_empty())),
            ("unread", flag(self.unread)),
            ("urgent", flag(self.urgent)),
            ("files", flag(self.files)),
            ("whose", whose),
            ("department", self.department.map(|id| id.to_string())),
            ("language", self.language.map(|language| language.tag().to_owned())),
            ("since", self.since.map(|since| since.word().to_owned())),
            ("tag", self.tag.map(|id| id.to_string())),
            ("category", self.category.map(|id| id.to_string())),
            ("sort", (self.sort != Sort::default()).then(|| sort_word(self.sort).to_owned())),
            ("view", self.view.map(|id| id.to_string())),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The part of an address behind the question mark, and the question mark; nothing for a
    /// folder as it is.
    pub(crate) fn query(&self, more: &[(&'static str, String)]) -> String {
        let pairs = self.pairs().into_iter().chain(more.iter().cloned());
        let parts: Vec<String> =
            pairs.map(|(name, value)| format!("{name}={}", encode(&value))).collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// The same without the name of the view it came from: what a view keeps.
    pub(crate) fn kept(&self) -> String {
        let query = Self { view: None, ..self.clone() }.query(&[]);
        query.trim_start_matches('?').to_owned()
    }

    /// Something is left out of the folder.
    pub(crate) fn is_narrowed(&self) -> bool {
        let plain = Self { sort: self.sort, view: self.view, q: self.q.clone(), ..Self::default() };
        *self != plain
    }

    /// What the store is asked for. What lies `open` stays in the list although reading it made it
    /// something else. What `q` says is not in it yet.
    pub(crate) fn look(&self, folder: Folder, open: Option<InquiryId>, now: Timestamp) -> Look {
        let since = self.since.map(|since| now.as_microsecond() - since.microseconds());
        let narrow = Narrow {
            unread: self.unread,
            urgent: self.urgent,
            files: self.files,
            whose: self.whose,
            department: self.department,
            language: self.language,
            since,
            tag: self.tag,
            category: self.category,
            besides: open.filter(|_| self.is_narrowed()),
            ..Narrow::default()
        };
        Look { narrow, sort: self.sort, ..Look::at(folder) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_an_address_is_read_back_from_it() {
        let shown = Shown {
            q: "hull & vei=æ".into(),
            unread: true,
            whose: Some(Whose::Nobodys),
            language: Some(Language::Sv),
            since: Some(Since::Week),
            tag: "7".parse().ok(),
            category: "8".parse().ok(),
            sort: Sort::Due,
            ..Shown::default()
        };
        let query = shown.query(&[]);
        assert_eq!(Asked::from_query(query.trim_start_matches('?')).shown(), shown);
        assert_eq!(Shown::default().query(&[]), "");
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let asked = Asked::from_query("unread=perhaps&sort=by-smell&since=yesterday&x=1");
        assert_eq!(asked.shown(), Shown::default());
    }

    #[test]
    fn sorting_and_searching_leave_nothing_out() {
        let sorted = Shown { sort: Sort::Oldest, q: "vei".into(), ..Shown::default() };
        assert!(!sorted.is_narrowed());
        assert!(Shown { urgent: true, ..sorted }.is_narrowed());
    }
}
