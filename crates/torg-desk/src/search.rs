//! What somebody searches for, as the index knows it.

use torg_text::{Tongue, query_words};

/// The words a search asks for: all of the outer must be found, each by any of its inner ones. The
/// first inner one is the word as it was typed, in lower case.
pub fn search_words(text: &str) -> Vec<Vec<String>> {
    query_words(text, &Tongue::ALL)
}
