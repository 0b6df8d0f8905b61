//! Words as people write them whose keyboard has no å, ä, æ, ö and ø.

use std::collections::HashSet;

/// Whether a letter is one that other keyboards do not have.
pub(crate) fn is_special(letter: char) -> bool {
    matches!(letter, 'å' | 'ä' | 'æ' | 'ö' | 'ø')
}

/// A word in lower case as it is written without å, ä, æ, ö and ø: by one letter or by two, all ways
/// become one (`soeknad`, `søknad` and `soknad`).
pub fn folded(word: &str) -> String {
    let plain = word.chars().map(|letter| match letter {
        'å' | 'ä' | 'æ' => 'a',
        'ö' | 'ø' => 'o',
        other => other,
    });
    let (mut folded, mut plain) = (String::with_capacity(word.len()), plain.peekable());
    while let Some(letter) = plain.next() {
        folded.push(letter);
        plain.next_if(|next| is_pair(letter, *next));
    }
    folded
}

/// Whether two letters of a word may stand for one that other keyboards do not have.
pub(crate) fn has_pair(word: &str) -> bool {
    word.chars().zip(word.chars().skip(1)).any(|(first, second)| is_pair(first, second))
}

/// `aa`, `ae` and `oe`, which stand for å, æ and ä, ø and ö.
fn is_pair(first: char, second: char) -> bool {
    matches!((first, second), ('a', 'a' | 'e') | ('o', 'e'))
}

/// A word in lower case as it may be meant that has two letters in place of one: as Danes and
/// Norwegians write it, and as Swedes do (`soerensen`: `sørensen`, `sörensen`).
pub(crate) fn unfolded(word: &str) -> Vec<String> {
    if !has_pair(word) || word.contains(is_special) {
        return Vec::new();
    }
    let western = word.replace("aa", "å").replace("ae", "æ").replace("oe", "ø");
    let swedish = word.replace("aa", "å").replace("ae", "ä").replace("oe", "ö");
    if western == swedish { vec![western] } else { vec![western, swedish] }
}

/// Other ways to write a name in lower case: without å, ä, æ, ö and ø, with them, and as neighbours do.
pub fn spellings(name: &str) -> Vec<String> {
    let plain = |letters: [(char, &str); 5]| {
        letters.iter().fold(name.to_owned(), |name, (from, to)| name.replace(*from, to))
    };
    let mut spellings = unfolded(name);
    if name.contains(is_special) {
        spellings.extend([
            plain([('å', "a"), ('ä', "a"), ('æ', "a"), ('ö', "o"), ('ø', "o")]),
            plain([('å', "aa"), ('ä', "ae"), ('æ', "ae"), ('ö', "oe"), ('ø', "oe")]),
            plain([('å', "å"), ('ä', "æ"), ('æ', "æ"), ('ö', "ø"), ('ø', "ø")]),
            plain([('å', "å"), ('ä', "ä"), ('æ', "ä"), ('ö', "ö"), ('ø', "ö")]),
        ]);
    }
    let mut met = HashSet::from([name.to_owned()]);
    spellings.retain(|spelling| met.insert(spelling.clone()));
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_to_write_a_word_without_its_letters_become_one() {
        for (ways, one) in [
            (["søknad", "soeknad", "soknad"], "soknad"),
            (["håkon", "haakon", "hakon"], "hakon"),
            (["lærer", "laerer", "larer"], "larer"),
            (["sörensen", "soerensen", "sørensen"], "sorensen"),
        ] {
            assert!(ways.iter().all(|way| folded(way) == one), "{one}");
        }
        assert_eq!(folded("lampe 26-1187"), "lampe 26-1187");
    }

    #[test]
    fn a_name_is_written_in_other_ways() {
        assert_eq!(spellings("sørensen"), ["sorensen", "soerensen", "sörensen"]);
        assert_eq!(spellings("soerensen"), ["sørensen", "sörensen"]);
        assert_eq!(spellings("håkon lie"), ["hakon lie", "haakon lie"]);
        assert!(spellings("kari").is_empty());
    }
}
