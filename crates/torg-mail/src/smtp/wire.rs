//! The buffered connection: whole lines and blocks in, batched answers out.
//!
//! Answers are collected and written when more input is needed, so a pipelined burst of commands
//! costs one read and one write. Both buffers are bounded: the input to one block, the output to
//! the answers to one block.

use std::time::Duration;

use memchr::memchr;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout, timeout_at};

/// Bytes read at a time.
const BLOCK: usize = 16 * 1024;

/// Longest command line: RFC 5321 4.5.3.1.4 asks for 512, its extensions for some hundreds more.
const LINE: usize = 4096;

/// Any connection: TCP, Unix socket, or TLS upon one.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send + Sync> Stream for S {}

pub(super) struct Wire {
    stream: Box<dyn Stream>,
    input: Vec<u8>,
    consumed: usize,
    output: Vec<u8>,
}

/// Why a dialogue cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// The client hung up or the network failed.
    Gone,
    /// The client was silent for too long, or did not read our answers.
    TimedOut,
    /// The server is stopping, and the client was idle.
    Stopping,
}

/// What kind of line was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// It ends in CRLF, and that is its only CR and LF.
    Whole,
    /// It has a bare CR or a bare LF.
    NotCrlf,
    /// It was longer than any command, and thrown away.
    TooLong,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>) -> Wire {
        Wire { stream, input: Vec::new(), consumed: 0, output: Vec::new() }
    }

    /// The connection itself, to be encrypted. What the client sent ahead in clear text is
    /// thrown away: it may have been injected by somebody on the way (CVE-2011-0411).
    pub(super) fn into_stream(self) -> Box<dyn Stream> {
        self.stream
    }

    /// Adds one line to the answers.
    pub(super) fn say(&mut self, line: &str) {
        self.output.extend_from_slice(line.as_bytes());
        self.output.extend_from_slice(b"\r\n");
    }

    /// What was read and not yet consumed.
    pub(super) fn pending(&self) -> &[u8] {
        self.input.get(self.consumed..).unwrap_or_default()
    }

    pub(super) fn consume(&mut self, bytes: usize) {
        self.consumed = self.input.len().min(self.consumed + bytes);
    }

    /// Reads the next line, with its line end, into `line`, within the time given.
    pub(super) async fn line(
        &mut self,
        line: &mut Vec<u8>,
        within: Duration,
    ) -> Result<Line, Broken> {
        let deadline = Instant::now() + within;
        let mut too_long = false;
        line.clear();
        loop {
            let pending = self.pending();
            let end = memchr(b'\n', pending).map(|at| at + 1);
            let piece = pending.get(..end.unwrap_or(pending.len())).unwrap_or_default();
            let taken = piece.len();
            too_long |= line.len() + taken > LINE;
            if !too_long {
                line.extend_from_slice(piece);
            }
            self.consume(taken);
            if end.is_some() {
                return Ok(if too_long { Line::TooLong } else { kind(line) });
            }
            self.fill(deadline).await?;
        }
    }

    /// Writes the answers, then reads at least one byte. Consumed input is forgotten.
    pub(super) async fn fill(&mut self, deadline: Instant) -> Result<(), Broken> {
        self.flush_by(deadline).await?;
        self.input.drain(..self.consumed);
        self.consumed = 0;
        self.input.reserve(BLOCK.saturating_sub(self.input.len()));
        match timeout_at(deadline, self.stream.read_buf(&mut self.input)).await {
            Ok(Ok(1..)) => Ok(()),
            Ok(Ok(0) | Err(_)) => Err(Broken::Gone),
            Err(_) => Err(Broken::TimedOut),
        }
    }

    /// Writes the answers collected so far.
    pub(super) async fn flush(&mut self, within: Duration) -> Result<(), Broken> {
        self.flush_by(Instant::now() + within).await
    }

    /// Writes the answers and ends the connection in order; failure no longer matters to anybody.
    pub(super) async fn close(mut self, within: Duration) {
        if self.flush(within).await.is_ok() {
            let _ = timeout(within, self.stream.shutdown()).await;
        }
    }

    async fn flush_by(&mut self, deadline: Instant) -> Result<(), Broken> {
        if self.output.is_empty() {
            return Ok(());
        }
        let (stream, output) = (&mut self.stream, &self.output);
        let write = async {
            stream.write_all(output).await?;
            stream.flush().await
        };
        let written = timeout_at(deadline, write).await;
        self.output.clear();
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Broken::Gone),
            Err(_) => Err(Broken::TimedOut),
        }
    }
}

fn kind(line: &[u8]) -> Line {
    match line.strip_suffix(b"\r\n") {
        Some(text) if memchr(b'\r', text).is_none() => Line::Whole,
        _ => Line::NotCrlf,
    }
}
