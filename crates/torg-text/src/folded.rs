//! Words as people write them whose keyboard has no å, ä, æ, ö and ø.

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

/// `aa`, `ae` and `oe`, which stand for å, æ and ä, ø and ö.
fn is_pair(first: char, second: char) -> bool {
    matches!((first, second), ('a', 'a' | 'e') | ('o', 'e'))
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
}
