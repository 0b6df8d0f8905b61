//! The running server's own door for commands: a Unix socket in the data folder that only its owner
//! can open. One JSON line in, one JSON line out; mails of an import follow their line as bytes.

use std::os::unix::fs::PermissionsExt;

use anyhow::{Context, anyhow};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio_util::sync::CancellationToken;
use torg_desk::{Desk, Imported};
use tracing::warn;

use crate::commands::{Manage, manage};
use crate::data::DataFolder;

/// The largest mail an import may bring: what the largest mail server would have taken.
const MOST_BYTES: u64 = 200 * 1024 * 1024;

#[derive(Debug, Serialize, Deserialize)]
enum Order {
    Manage(Manage),
    /// `bytes` of raw mail follow.
    Import {
        recipient: String,
        source_key: String,
        bytes: u64,
    },
}

#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Lines(Vec<String>),
    Imported { new: bool },
    Failed(String),
}

/// Takes orders until stopped.
pub(crate) async fn serve(
    desk: Desk,
    data: DataFolder,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let path = data.socket();
    // A socket that was left behind by a process that is gone: the data lock says so.
    drop(std::fs::remove_file(&path));
    let listener = UnixListener::bind(&path)
        .with_context(|| format!("opening the command socket {}", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    loop {
        tokio::select! {
            () = stop.cancelled() => {
                drop(std::fs::remove_file(&path));
                return Ok(());
            }
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { continue };
                let desk = desk.clone();
                tokio::spawn(async move {
                    if let Err(error) = attend(&desk, stream).await {
                        warn!("A command broke off: {error:#}");
                    }
                });
            }
        }
    }
}

async fn attend(desk: &Desk, stream: UnixStream) -> anyhow::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut reading = BufReader::new(reading);
    let mut line = String::new();
    while reading.read_line(&mut line).await? > 0 {
        let answer = match serde_json::from_str(&line)? {
            Order::Manage(wanted) => match manage(desk, wanted).await {
                Ok(lines) => Answer::Lines(lines),
                Err(error) => Answer::Failed(format!("{error:#}")),
            },
            Order::Import { recipient, source_key, bytes } => {
                if bytes > MOST_BYTES {
                    return Err(anyhow!("a mail of {bytes} bytes"));
                }
                let mut raw = vec![0; usize::try_from(bytes)?];
                reading.read_exact(&mut raw).await?;
                match desk.import(&recipient, source_key, raw).await {
                    Ok(imported) => Answer::Imported { new: imported == Imported::New },
                    Err(error) => Answer::Failed(error.to_string()),
                }
            }
        };
        writing.write_all(serde_json::to_string(&answer)?.as_bytes()).await?;
        writing.write_all(b"\n").await?;
        line.clear();
    }
    Ok(())
}

/// A connection to the running server.
pub(crate) struct Running {
    reading: BufReader<tokio::net::unix::OwnedReadHalf>,
    writing: tokio::net::unix::OwnedWriteHalf,
}

impl Running {
    /// Connects to the running server, if one runs.
    pub(crate) async fn find(data: &DataFolder) -> Option<Self> {
        let (reading, writing) = UnixStream::connect(data.socket()).await.ok()?.into_split();
        Some(Self { reading: BufReader::new(reading), writing })
    }

    async fn ask(&mut self, order: &Order, raw: &[u8]) -> anyhow::Result<Answer> {
        let gone = "the running server broke off";
        self.writing.write_all(serde_json::to_string(order)?.as_bytes()).await.context(gone)?;
        self.writing.write_all(b"\n").await.context(gone)?;
        self.writing.write_all(raw).await.context(gone)?;
        let mut line = String::new();
        self.reading.read_line(&mut line).await.context(gone)?;
        match serde_json::from_str(&line).context(gone)? {
            Answer::Failed(why) => Err(anyhow!(why)),
            answer => Ok(answer),
        }
    }

    /// Hands over one mail of an archive.
    pub(crate) async fn import(
        &mut self,
        recipient: &str,
        source_key: String,
        raw: &[u8],
    ) -> anyhow::Result<Imported> {
        let bytes = u64::try_from(raw.len())?;
        let order = Order::Import { recipient: recipient.to_owned(), source_key, bytes };
        match self.ask(&order, raw).await? {
            Answer::Imported { new: false } => Ok(Imported::Known),
            _ => Ok(Imported::New),
        }
    }
}

/// Tells the running server to do something; `None` if none runs.
pub(crate) async fn tell(
    data: &DataFolder,
    wanted: &Manage,
) -> anyhow::Result<Option<Vec<String>>> {
    let Some(mut running) = Running::find(data).await else { return Ok(None) };
    match running.ask(&Order::Manage(wanted.clone()), &[]).await? {
        Answer::Lines(lines) => Ok(Some(lines)),
        _ => Ok(Some(Vec::new())),
    }
}
