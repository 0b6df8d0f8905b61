//! The data folder, and the lock that says who writes in it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// The folder with everything in it that is not in PostgreSQL.
#[derive(Debug, Clone)]
pub(crate) struct DataFolder(PathBuf);

/// Held while a process writes; freed by the system when it ends, however it ends.
#[derive(Debug)]
pub(crate) struct DataLock {
    _file: File,
}

impl DataFolder {
    /// The folder, made if it is not there, readable by its owner alone.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(path)
            .with_context(|| format!("making the data folder {}", path.display()))?;
        private(path)?;
        Ok(Self(path.to_owned()))
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("torg.db")
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.0.join("torg.sock")
    }

    /// Where `torg model install` puts the sentence model.
    pub(crate) fn model(&self) -> PathBuf {
        self.0.join(torg_text::e5::asset::FILE_NAME)
    }

    /// Lies here from the beginning of the demo's year until the whole of it was played.
    pub(crate) fn unfinished_demo(&self) -> PathBuf {
        self.0.join("demo-unfinished")
    }

    /// Puts the embedded database aside, if there is one; gives where it lies now. What was put aside
    /// before goes.
    pub(crate) fn put_database_aside(&self) -> anyhow::Result<PathBuf> {
        let aside = self.0.join("unfinished.db");
        for ending in ["-wal", "-shm", ""] {
            let named = |path: &Path| {
                let mut named = path.as_os_str().to_owned();
                named.push(ending);
                PathBuf::from(named)
            };
            let (from, to) = (named(&self.database()), named(&aside));
            let done = match from.exists() {
                true => std::fs::rename(&from, &to),
                false if to.exists() => std::fs::remove_file(&to),
                false => Ok(()),
            };
            done.with_context(|| format!("putting {} aside", from.display()))?;
        }
        Ok(aside)
    }

    /// How much room is left where the folder lies: (free, whole) in bytes, as `df` tells it.
    pub(crate) fn room(&self) -> Option<(u64, u64)> {
        let told = std::process::Command::new("df").arg("-Pk").arg(&self.0).output().ok()?;
        let text = String::from_utf8_lossy(&told.stdout).into_owned();
        let figures: Vec<u64> = text
            .lines()
            .nth(1)?
            .split_whitespace()
            .skip(1)
            .take(3)
            .filter_map(|figure| figure.parse::<u64>().ok())
            .collect();
        match figures[..] {
            [whole, _, free] => Some((free * 1024, whole * 1024)),
            _ => None,
        }
    }

    /// # Errors
    /// When another process holds it.
    pub(crate) fn lock(&self) -> anyhow::Result<DataLock> {
        let path = self.0.join("torg.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .with_context(|| format!("opening {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(DataLock { _file: file }),
            Err(TryLockError::WouldBlock) => {
                bail!("another Torg works in {} already; stop it first", self.0.display())
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("locking {}", path.display()))
            }
        }
    }
}

/// Letters are nobody else's business on this machine.
fn private(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
        .with_context(|| format!("protecting {}", path.display()))
}
