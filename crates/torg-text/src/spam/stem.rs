//! How a word begins.

/// How much of a word its stem is, in letters; shorter words than the second have none.
const STEM: usize = 5;
const SHORT: usize = 3;

/// How a word begins, written such that sister words of the northern tongues begin alike: without marks above letters and
/// doubled letters.
#[derive(Debug, Default)]
pub(super) struct Stem {
    letters: [u8; 4 * STEM],
    length: usize,
}

impl Stem {
    /// The stem of a word; `None` if it is short or holds anything but letters.
    pub(super) fn of(word: &str) -> Option<Stem> {
        if word.len() <= SHORT {
            return None;
        }
        let mut stem = Stem::default();
        let count = if word.is_ascii() { stem.of_ascii(word) } else { stem.of_any(word) };
        (count? > SHORT).then_some(stem)
    }

    /// Most words: a byte is a letter. Returns how many letters the stem has; `None` if something is no letter.
    fn of_ascii(&mut self, word: &str) -> Option<usize> {
        let mut before = 0;
        for &byte in word.as_bytes() {
            let letter = PLAIN[usize::from(byte)];
            if letter == 0 {
                return None;
            }
            if letter != before && self.length < STEM {
                self.letters[self.length] = letter;
                self.length += 1;
            }
            before = letter;
        }
        Some(self.length)
    }

    fn of_any(&mut self, word: &str) -> Option<usize> {
        let (mut before, mut count) = ('\0', 0);
        for letter in word.chars() {
            if !letter.is_alphabetic() {
                return None;
            }
            let letter = plain(letter);
            if letter != before && count < STEM {
                self.length += letter.encode_utf8(&mut self.letters[self.length..]).len();
                count += 1;
            }
            before = letter;
        }
        Some(count)
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.letters[..self.length]).unwrap_or_default()
    }
}

/// Danish, Norwegian and Swedish write the same sounds by different letters.
fn plain(letter: char) -> char {
    match letter {
        'å' | 'ä' | 'æ' | 'á' => 'a',
        'ø' | 'ö' | 'ó' => 'o',
        'é' => 'e',
        other if other.is_ascii() => {
            u8::try_from(other).map_or(other, |byte| plain_ascii(byte).into())
        }
        other => other,
    }
}

/// Of each byte, the letter it is written as; nought if it is none.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphabetic() {
            plain[byte as usize] = plain_ascii(byte);
        }
        byte += 1;
    }
    plain
};

const fn plain_ascii(letter: u8) -> u8 {
    match letter.to_ascii_lowercase() {
        b'c' | b'q' => b'k',
        b'w' => b'v',
        b'z' => b's',
        other => other,
    }
}
