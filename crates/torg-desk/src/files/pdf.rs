//! PDF files are read by a process of their own: what a stranger made may take for ever, or all the
//! memory there is, and then only that process ends.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

/// So many bytes of text are taken; what comes after is not waited for.
const MOST_OUTPUT: u64 = 1 << 20;
/// Larger files are not tried.
const MOST_INPUT: usize = 32 << 20;

/// The program that reads PDF files, from its standard input to its standard output. It is to bound
/// its own memory.
#[derive(Debug, Clone, Default)]
pub struct PdfReader {
    /// Without one, PDF files are not read.
    pub program: Option<PathBuf>,
    pub arguments: Vec<String>,
    /// How long it may take; it is killed then.
    pub most_time: Duration,
}

/// Why a PDF file was not read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("nobody reads PDF files here")]
    NoReader,
    #[error("it has {0} bytes")]
    TooLarge(usize),
    #[error("it was not read within {} s", .0.as_secs())]
    TooSlow(Duration),
    #[error("the reader could not be run: {0}")]
    NotRun(#[from] std::io::Error),
    #[error("the reader found no text in it ({0})")]
    NoText(std::process::ExitStatus),
}

impl PdfReader {
    pub(super) async fn read(&self, bytes: Vec<u8>) -> Result<String, Unreadable> {
        let program = self.program.as_ref().ok_or(Unreadable::NoReader)?;
        if bytes.len() > MOST_INPUT {
            return Err(Unreadable::TooLarge(bytes.len()));
        }
        // Dropped, it is killed.
        let child = Command::new(program)
            .args(&self.arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let read = tokio::time::timeout(self.most_time, converse(child, &bytes));
        read.await.map_err(|_| Unreadable::TooSlow(self.most_time))?
    }
}

/// Writes and reads at once: a pipe holds less than a file.
async fn converse(mut child: Child, bytes: &[u8]) -> Result<String, Unreadable> {
    let (mut input, output) = (child.stdin.take(), child.stdout.take());
    let write = async {
        if let Some(input) = &mut input {
            // It may have read enough.
            drop(input.write_all(bytes).await);
        }
        drop(input.take());
    };
    let mut text = Vec::new();
    let read = async {
        match output {
            Some(output) => output.take(MOST_OUTPUT).read_to_end(&mut text).await,
            None => Ok(0),
        }
    };
    let ((), read) = tokio::join!(write, read);
    read?;
    if text.is_empty() {
        return Err(Unreadable::NoText(child.wait().await?));
    }
    Ok(String::from_utf8_lossy(&text).replace('\0', ""))
}
