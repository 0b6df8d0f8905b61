//! The MIME structure of a mail (RFC 2046 §5.1), found in one pass over its lines.
//!
//! mail-parser would give a tree; this walk gives a flat list in which hostile nesting costs neither stack nor time:
//! it never descends into attached mails, and a boundary that never comes is not searched for again and again.

use std::collections::HashMap;

use crate::header::{Header, line_end};
use crate::params::Structured;
use crate::transfer::Transfer;

/// A mail has no more parts than this; what follows belongs to the last one.
const MOST_PARTS: usize = 2_000;
/// RFC 2046 allows 70 characters; longer ones are seen, endless ones are not looked at.
const LONGEST_BOUNDARY: usize = 500;

/// One part: the mail itself, a multipart container or a leaf.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub(crate) header: Header<'a>,
    /// Still in its transfer encoding. Empty for containers.
    pub(crate) body: &'a [u8],
    pub(crate) content_type: Structured,
    pub(crate) disposition: Structured,
    pub(crate) transfer: Transfer,
    /// The container this part stands in.
    pub(crate) parent: Option<usize>,
    /// A multipart whose parts were found.
    pub(crate) is_container: bool,
}

impl<'a> Part<'a> {
    fn read(raw: &'a [u8], parent: Option<usize>, default_type: &str) -> (Part<'a>, usize) {
        let (header, body_at) = Header::split(raw);
        let mut content_type = Structured::read(header.raw("Content-Type").unwrap_or_default());
        if !content_type.value.contains('/') {
            default_type.clone_into(&mut content_type.value);
        }
        let disposition = Structured::read(header.raw("Content-Disposition").unwrap_or_default());
        let transfer = Transfer::named(&header.keyword("Content-Transfer-Encoding"));
        let body = &raw[body_at..];
        (
            Part { header, body, content_type, disposition, transfer, parent, is_container: false },
            body_at,
        )
    }

    fn is_multipart(&self) -> bool {
        self.content_type.value.starts_with("multipart/")
    }
}

/// Every part of the mail in the order they stand, the mail itself first. The place in this list is the part's number.
pub(crate) fn parts(raw: &[u8]) -> Vec<Part<'_>> {
    let (root, body_at) = Part::read(raw, None, "text/plain");
    if !root.is_multipart() {
        return vec![root];
    }
    let body = root.body;
    let declared = root.content_type.param("boundary").map(|boundary| boundary.as_bytes().to_vec());
    let mut walk = Walk::new(raw, root);
    if let Some(boundary) = &declared {
        walk.run(boundary, body_at);
    }
    // The declared boundary never came (or there is none): what looks like one is taken for it.
    if walk.parts.len() == 1
        && let Some(guessed) = guess_boundary(body)
    {
        walk.run(guessed, body_at);
    }
    walk.parts
}

/// The first line of the form `--something` that is followed by a Content header.
fn guess_boundary(body: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    while at < body.len() {
        let next = line_end(body, at);
        let line = body[at..next].trim_ascii_end();
        let follows = &body[next..];
        if let Some(boundary) = line.strip_prefix(b"--")
            && !boundary.is_empty()
            && boundary.len() <= LONGEST_BOUNDARY
            && follows.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-"))
        {
            return Some(boundary);
        }
        at = next;
    }
    None
}

/// An open container: its boundary, and which outer level of the same boundary it hides.
struct Level {
    part: usize,
    boundary: Vec<u8>,
    hides: Option<usize>,
}

struct Walk<'a> {
    raw: &'a [u8],
    parts: Vec<Part<'a>>,
    levels: Vec<Level>,
    by_boundary: HashMap<Vec<u8>, usize>,
    /// The leaf being read, and where its body begins.
    leaf: Option<(usize, usize)>,
}

impl<'a> Walk<'a> {
    fn new(raw: &'a [u8], root: Part<'a>) -> Walk<'a> {
        Walk { raw, parts: vec![root], levels: Vec::new(), by_boundary: HashMap::new(), leaf: None }
    }

    fn run(&mut self, boundary: &[u8], mut at: usize) {
        self.levels.clear();
        self.by_boundary.clear();
        self.open(0, boundary.to_vec());
        while at < self.raw.len() {
            let next = line_end(self.raw, at);
            at = match self.boundary_at(at, next) {
                Some((level, ends)) if self.parts.len() < MOST_PARTS => {
                    self.turn(level, ends, at, next)
                }
                _ => next,
            };
        }
        self.close_leaf(self.raw.len(), false);
    }

    /// Whether the line is the boundary of an open level, and whether it ends that level.
    fn boundary_at(&self, at: usize, next: usize) -> Option<(usize, bool)> {
        let line = &self.raw[at..next];
        let line = line.strip_prefix(b"--")?;
        let line = line.get(..line.len().min(LONGEST_BOUNDARY + 8))?.trim_ascii_end();
        if let Some(&level) = self.by_boundary.get(line) {
            return Some((level, false));
        }
        self.by_boundary.get(line.strip_suffix(b"--")?).map(|&level| (level, true))
    }

    /// Acts on a boundary line. Returns where to read on.
    fn turn(&mut self, level: usize, ends: bool, at: usize, next: usize) -> usize {
        self.close_leaf(at, true);
        let container = self.levels[level].part;
        self.parts[container].is_container = true;
        self.parts[container].body = &[];
        while self.levels.len() > level + usize::from(!ends) {
            self.close_level();
        }
        if ends { next } else { self.begin_part(container, next) }
    }

    fn begin_part(&mut self, container: usize, at: usize) -> usize {
        let default_type = if self.parts[container].content_type.value == "multipart/digest" {
            "message/rfc822"
        } else {
            "text/plain"
        };
        let end = self.next_boundary_within_header(at);
        let (mut part, length) = Part::read(&self.raw[at..end], Some(container), default_type);
        part.body = &self.raw[at + length..];
        let number = self.parts.len();
        let boundary = part
            .content_type
            .param("boundary")
            .filter(|_| part.is_multipart())
            .map(|b| b.as_bytes().to_vec());
        self.parts.push(part);
        self.leaf = Some((number, at + length));
        if let Some(boundary) = boundary {
            self.open(number, boundary);
        }
        at + length
    }

    /// A part's header must not run over its own container's boundary: looks line by line until the empty line.
    fn next_boundary_within_header(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.raw.len() {
            let next = line_end(self.raw, at);
            if self.boundary_at(at, next).is_some() {
                return at;
            }
            if self.raw[at..next].trim_ascii().is_empty() {
                return next;
            }
            at = next;
        }
        at
    }

    fn open(&mut self, part: usize, boundary: Vec<u8>) {
        let hides = self.by_boundary.insert(boundary.clone(), self.levels.len());
        self.levels.push(Level { part, boundary, hides });
    }

    fn close_level(&mut self) {
        let Some(level) = self.levels.pop() else {
            return;
        };
        match level.hides {
            Some(outer) => self.by_boundary.insert(level.boundary, outer),
            None => self.by_boundary.remove(&level.boundary),
        };
    }

    /// Ends the leaf being read; the line break before a boundary belongs to the boundary.
    fn close_leaf(&mut self, end: usize, at_boundary: bool) {
        let Some((number, start)) = self.leaf.take() else {
            return;
        };
        let mut body = &self.raw[start..end.max(start)];
        if at_boundary {
            body = body.strip_suffix(b"\n").unwrap_or(body);
            body = body.strip_suffix(b"\r").unwrap_or(body);
        }
        self.parts[number].body = body;
    }
}
