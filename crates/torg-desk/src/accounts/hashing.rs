//! Passwords as argon2id hashes, at most two computed at once: each takes memory and a core.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use torg_store::StoreError;

use crate::pen::random;

/// How much work a hash is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashStrength {
    /// 19 MiB and two passes, the least that OWASP's Password Storage Cheat Sheet advises.
    Full,
    /// Next to none, for tests that sign in hundreds of times.
    ForTests,
}

pub(crate) struct Accounts {
    strength: HashStrength,
    at_once: Semaphore,
}

/// All who may hash are hashing, and those who wait are many.
#[derive(Debug)]
pub(super) struct Busy;

impl Accounts {
    pub(crate) fn new(strength: HashStrength) -> Self {
        Self { strength, at_once: Semaphore::new(2) }
    }

    fn argon2(&self) -> Argon2<'static> {
        let params = match self.strength {
            HashStrength::Full => Params::new(19 * 1024, 2, 1, None),
            HashStrength::ForTests => Params::new(8, 1, 1, None),
        };
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params.unwrap_or_default())
    }

    /// The hash of a new password, in PHC format.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, StoreError> {
        let _turn = self.at_once.acquire().await.map_err(|_| failed("shutting down"))?;
        let (argon2, password, salt) = (self.argon2(), password.to_owned(), random::<16>()?);
        let hashing = tokio::task::spawn_blocking(move || {
            let salt = SaltString::encode_b64(&salt).map_err(failed)?;
            let hash = argon2.hash_password(password.as_bytes(), &salt).map_err(failed)?;
            Ok(hash.to_string())
        });
        hashing.await.map_err(failed)?
    }

    /// Whether a password fits its hash. Without a hash the same work is done for nothing, so that
    /// the time taken does not tell who works here.
    pub(super) async fn fits(&self, password: &str, hash: Option<String>) -> Result<bool, Busy> {
        const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
        let turn = tokio::time::timeout(PATIENCE, self.at_once.acquire()).await;
        let Ok(Ok(_turn)) = turn else {
            return Err(Busy);
        };
        let (argon2, password) = (self.argon2(), password.to_owned());
        let checking = tokio::task::spawn_blocking(move || {
            let Some(hash) = hash else {
                let salt = SaltString::encode_b64(b"nobody works here");
                return salt.is_ok_and(|salt| {
                    let _ = argon2.hash_password(password.as_bytes(), &salt);
                    false
                });
            };
            PasswordHash::new(&hash)
                .is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
        });
        Ok(checking.await.unwrap_or(false))
    }
}

fn failed(error: impl std::fmt::Display) -> StoreError {
    StoreError::Bug(format!("hashing a password: {error}"))
}
