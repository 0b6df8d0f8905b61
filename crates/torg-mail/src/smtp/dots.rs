//! Finding the end of a mail: only CRLF `.` CRLF (RFC 5321 4.1.1.4 and 4.5.2).
//!
//! Servers that also took LF `.` LF or the like let a sender hide a second mail in the first
//! ("SMTP smuggling", 2023). Here a bare CR or LF never begins or ends a line, and is remembered,
//! so that the mail can be refused.

use memchr::memchr2;

/// Takes the blocks of one mail as they come and undoes the dot stuffing.
#[derive(Debug)]
pub(super) struct DotDecoder {
    state: State,
    bare_line_end: bool,
}

#[derive(Debug, Clone, Copy)]
enum State {
    LineStart,
    Text,
    Cr,
    Dot,
    DotCr,
}

/// How far one block went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// All of the block belongs to the mail, which goes on.
    More,
    /// The mail ended; so many bytes of the block belonged to it.
    Ended(usize),
}

impl DotDecoder {
    pub(super) fn new() -> DotDecoder {
        DotDecoder { state: State::LineStart, bare_line_end: false }
    }

    /// Whether a CR without LF or an LF without CR was seen so far.
    pub(super) fn saw_bare_line_end(&self) -> bool {
        self.bare_line_end
    }

    /// Appends to `mail` what the block holds of it: at most one byte more than the block.
    pub(super) fn decode(&mut self, block: &[u8], mail: &mut Vec<u8>) -> Progress {
        let mut rest = block;
        while let Some((&byte, after)) = rest.split_first() {
            match (self.state, byte) {
                (State::DotCr, b'\n') => return Progress::Ended(block.len() - after.len()),
                (State::LineStart, b'.') => (self.state, rest) = (State::Dot, after),
                (State::Dot, b'\r') => (self.state, rest) = (State::DotCr, after),
                (State::Cr, b'\n') => {
                    mail.extend_from_slice(b"\r\n");
                    (self.state, rest) = (State::LineStart, after);
                }
                (State::Cr | State::DotCr, _) => {
                    self.bare_line_end = true;
                    mail.push(b'\r');
                    self.state = State::Text;
                }
                (State::LineStart | State::Dot | State::Text, _) => rest = self.text(rest, mail),
            }
        }
        Progress::More
    }

    /// Copies up to the next CR, and returns what follows it.
    fn text<'a>(&mut self, mut rest: &'a [u8], mail: &mut Vec<u8>) -> &'a [u8] {
        while let Some(at) = memchr2(b'\r', b'\n', rest) {
            let (text, line_end) = rest.split_at(at);
            mail.extend_from_slice(text);
            let after = line_end.get(1..).unwrap_or_default();
            if line_end.first() == Some(&b'\r') {
                self.state = State::Cr;
                return after;
            }
            self.bare_line_end = true;
            mail.push(b'\n');
            rest = after;
        }
        mail.extend_from_slice(rest);
        self.state = State::Text;
        &[]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mail, how many bytes it took, and whether a bare line end was seen; `None` if it goes on.
    fn decode(input: &[u8], block: usize) -> Option<(Vec<u8>, usize, bool)> {
        let mut decoder = DotDecoder::new();
        let mut mail = Vec::new();
        for (index, piece) in input.chunks(block).enumerate() {
            if let Progress::Ended(taken) = decoder.decode(piece, &mut mail) {
                return Some((mail, index * block + taken, decoder.saw_bare_line_end()));
            }
        }
        None
    }

    #[test]
    fn a_mail_ends_at_the_dot_line_whatever_the_blocks() {
        let input = b"a\r\n..b\r\n.c\r\n\r\n.\r\nQUIT\r\n";
        for block in 1..=input.len() {
            let (mail, taken, bare) = decode(input, block).unwrap();
            assert_eq!(mail, b"a\r\n.b\r\nc\r\n\r\n", "{block}");
            assert_eq!((taken, bare), (17, false), "{block}");
        }
    }

    #[test]
    fn an_empty_mail_is_a_dot_line_alone() {
        assert_eq!(decode(b".\r\n", 1), Some((vec![], 3, false)));
    }

    #[test]
    fn no_bare_line_end_ends_a_mail() {
        let ends: [&[u8]; 12] = [
            b"\n.\n",
            b"\n.\r\n",
            b"\r.\r",
            b"\r.\r\n",
            b"\r\n.\n",
            b"\r\n.\r",
            b"\r.\n",
            b"\n.\r",
            b"\r\n.\r\r\n",
            b"\n\r.\r\n",
            b"\r\r\n\n.\r\n",
            b"\r\n.\0\r\n",
        ];
        for end in ends {
            let mut input = b"text".to_vec();
            input.extend_from_slice(end);
            input.extend_from_slice(b"MAIL FROM:<x@y>\r\n");
            for block in 1..=input.len() {
                assert_eq!(decode(&input, block), None, "{end:?} in blocks of {block}");
            }
            input.extend_from_slice(b"\r\n.\r\n");
            let (_, taken, bare) = decode(&input, 5).unwrap();
            assert_eq!(taken, input.len());
            assert_eq!(bare, end != b"\r\n.\0\r\n", "{end:?}");
        }
    }
}
