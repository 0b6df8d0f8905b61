//! `torg read-pdf`: the text of one PDF file, from standard input to standard output. The server
//! starts it for each, so that a file made to take everything takes one short-lived process.

use std::io::{Read, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use rlimit::Resource;
use unicode_normalization::UnicodeNormalization;

/// How long reading one may take.
pub(crate) const MOST_TIME: Duration = Duration::from_secs(10);
/// All the memory it may ask for, in bytes.
const MOST_MEMORY: u64 = 512 << 20;
/// The most bytes of text.
const MOST_TEXT: usize = 1 << 20;

/// Reads a PDF file. Exit status 1 if it is none, is encrypted, or asks for too much; the process
/// is ended if it takes too long.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    let seconds = MOST_TIME.as_secs();
    Resource::AS.set(MOST_MEMORY, MOST_MEMORY).context("limiting the memory")?;
    Resource::CPU.set(seconds, seconds).context("limiting the time")?;
    // Even if it waits without end, as a process does that has no memory left to say so.
    std::thread::spawn(|| {
        std::thread::sleep(MOST_TIME);
        std::process::abort()
    });
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    let text = pdf_extract::extract_text_from_mem(&bytes).context("reading the PDF file")?;
    // Fonts have a sign of their own for "fi".
    let text: String = text.trim().nfkc().collect();
    let end = text.floor_char_boundary(MOST_TEXT);
    std::io::stdout().lock().write_all(text.get(..end).unwrap_or_default().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
