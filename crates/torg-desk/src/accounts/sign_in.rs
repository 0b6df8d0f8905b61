//! Signing in and out, and the sessions in between.

use std::net::IpAddr;

use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use torg_core::{EmailAddress, Fact, Language, SessionId, Verb, Viewer};
use torg_store::journal::Details;
use torg_store::sessions::{self, Session};
use torg_store::{StoreError, staff};

use crate::pen::random;
use crate::{Desk, Refused};

/// A session that is not used for this long has ended.
const IDLE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Its use is noted this often.
const TOUCH: SignedDuration = SignedDuration::from_mins(5);
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Failures in a window, for one account and for one address of a caller. An office may sit behind
/// one address.
const MOST_FOR_ACCOUNT: i64 = 8;
const MOST_FOR_ADDRESS: i64 = 40;
const LEAST_PASSWORD: usize = 10;

/// What somebody who wants in says.
#[derive(Debug, Clone)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// What the browser calls itself.
    pub device: String,
    pub address: IpAddr,
}

/// She is in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// For the cookie; kept nowhere.
    pub token: String,
    pub viewer: Viewer,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInRefused {
    /// Address or password is wrong, or the account is closed: one answer for all.
    #[error("wrong address or password")]
    Wrong,
    /// Too often wrong. Said before any hashing.
    #[error("too many attempts; try again in {wait_seconds} seconds")]
    TooMany { wait_seconds: u64 },
    #[error("too many sign in at this moment")]
    Busy,
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    #[error("the old password is wrong")]
    Wrong,
    #[error("shorter than {least} characters")]
    TooShort { least: usize },
    #[error("too many attempts; try again in {wait_seconds} seconds")]
    TooMany { wait_seconds: u64 },
    #[error("too many sign in at this moment")]
    Busy,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Desk {
    /// Signs somebody in and begins a session.
    pub async fn sign_in(&self, wanted: SignIn) -> Result<SignedIn, SignInRefused> {
        let email = EmailAddress::parse(&wanted.email);
        let email = email.map_or_else(|_| wanted.email.to_lowercase(), |email| email.to_string());
        let keys = [key("account", &email), key("address", &wanted.address.to_string())];
        self.not_too_many(&keys).await?;
        let who = email.clone();
        let account = self.0.reader.read(move |read| staff::account(read, &who)).await?;
        let account = account.filter(|account| account.active);
        let hash = account.as_ref().and_then(|account| account.password.clone());
        let fits = self.0.accounts.fits(&wanted.password, hash).await;
        let fits = fits.map_err(|_| SignInRefused::Busy)?;
        match account.filter(|_| fits) {
            Some(account) => self.begin_session(account.viewer, wanted.device, keys).await,
            None => {
                self.count_failure(keys).await?;
                Err(SignInRefused::Wrong)
            }
        }
    }

    async fn not_too_many(&self, keys: &[String; 2]) -> Result<(), SignInRefused> {
        let [account, address] = keys.clone();
        let (now, window_start) = (self.now(), (self.now() - WINDOW).as_microsecond());
        let failures = self.0.reader.read(move |read| {
            Ok::<_, StoreError>([
                (sessions::failures(read, &account)?, MOST_FOR_ACCOUNT),
                (sessions::failures(read, &address)?, MOST_FOR_ADDRESS),
            ])
        });
        for (failures, most) in failures.await? {
            let Some((count, since)) = failures else {
                continue;
            };
            if count >= most && since > window_start {
                let passed = (now.as_microsecond() - since) / 1_000_000;
                let left = (WINDOW.as_secs() - passed).max(1).unsigned_abs();
                return Err(SignInRefused::TooMany { wait_seconds: left });
            }
        }
        Ok(())
    }

    async fn count_failure(&self, keys: [String; 2]) -> Result<(), StoreError> {
        let (pen, window_start) = (self.pen(), (self.now() - WINDOW).as_microsecond());
        let mut keys = keys.to_vec();
        keys.dedup();
        self.0
            .store
            .write(move |tx| {
                for key in &keys {
                    sessions::count_failure(tx, key, pen.at(), window_start)?;
                }
                pen.write_of_day(tx, None, Verb::SignInRefused, Details::default())
            })
            .await
    }

    async fn begin_session(
        &self,
        viewer: Viewer,
        device: String,
        keys: [String; 2],
    ) -> Result<SignedIn, SignInRefused> {
        let token = data_encoding::BASE64URL_NOPAD.encode(&random::<32>()?);
        let (hash, pen, staff) = (hashed(&token), self.pen(), viewer.staff);
        let device: String = device.chars().take(300).collect();
        self.0
            .store
            .write(move |tx| {
                sessions::forgive(tx, &keys[0])?;
                sessions::insert(tx, pen.id(), &hash, staff, &device, pen.at())?;
                pen.write_of_day(tx, Some(staff), Verb::SignedIn, Details::default())
            })
            .await?;
        Ok(SignedIn { token, viewer })
    }

    /// Who is behind a cookie's token, if anybody still is.
    pub async fn viewer_of(&self, token: &str) -> Result<Option<Session>, StoreError> {
        let (hash, now) = (hashed(token), self.now());
        let since = (now - IDLE).as_microsecond();
        let found = self.0.reader.read(move |read| sessions::by_token(read, &hash, since)).await?;
        if let Some(session) = &found
            && session.last_seen < (now - TOUCH).as_microsecond()
        {
            let id = session.id;
            let touched =
                self.0.store.write(move |tx| sessions::touch(tx, id, now.as_microsecond()));
            touched.await?;
        }
        Ok(found)
    }

    /// Ends the session of a token.
    pub async fn sign_out(&self, token: &str) -> Result<(), StoreError> {
        let Some(session) = self.viewer_of(token).await? else {
            return Ok(());
        };
        match self.end_session(&session.viewer, session.id).await {
            Err(Refused::Store(error)) => Err(error),
            _ => Ok(()),
        }
    }

    /// Ends one of the viewer's own sessions, on whatever device.
    pub async fn end_session(&self, viewer: &Viewer, id: SessionId) -> Result<(), Refused> {
        let (staff, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                if !sessions::end(tx, staff, id)? {
                    return Err(Refused::NotFound);
                }
                tx.announce(Fact::Staff(staff));
                Ok(pen.write_of_day(tx, Some(staff), Verb::SignedOut, Details::default())?)
            })
            .await
    }

    /// Keeps how the viewer likes her pages. `theme` is `auto`, `light` or `dark`.
    pub async fn set_preferences(
        &self,
        viewer: &Viewer,
        language: Language,
        theme: &str,
    ) -> Result<(), Refused> {
        let staff = viewer.staff;
        let theme = ["light", "dark"].into_iter().find(|known| *known == theme).unwrap_or("auto");
        self.0.store.write(move |tx| Ok(staff::set_preferences(tx, staff, language, theme)?)).await
    }

    /// Changes the viewer's password; her other sessions end.
    pub async fn change_password(
        &self,
        viewer: &Viewer,
        kept: Option<SessionId>,
        old: &str,
        new: &str,
    ) -> Result<(), PasswordRefused> {
        if new.chars().count() < LEAST_PASSWORD {
            return Err(PasswordRefused::TooShort { least: LEAST_PASSWORD });
        }
        let staff_id = viewer.staff;
        let guesses = key("password", &staff_id.to_string());
        let keys = [guesses.clone(), guesses];
        self.not_too_many(&keys).await?;
        let hash = self.0.reader.read(move |read| staff::password(read, staff_id)).await?;
        let fits = self.0.accounts.fits(old, hash).await.map_err(|_| PasswordRefused::Busy)?;
        if !fits {
            self.count_failure(keys).await?;
            return Err(PasswordRefused::Wrong);
        }
        let (fresh, pen) = (self.0.accounts.hash(new).await?, self.pen());
        self.0
            .store
            .write(move |tx| {
                staff::set_password(tx, staff_id, &fresh)?;
                sessions::end_others(tx, staff_id, kept)?;
                tx.announce(Fact::Staff(staff_id));
                let details = Details { staff: Some(staff_id), ..Details::default() };
                Ok(pen.write_of_day(tx, Some(staff_id), Verb::StaffChanged, details)?)
            })
            .await
    }
}

impl From<SignInRefused> for PasswordRefused {
    fn from(refused: SignInRefused) -> Self {
        match refused {
            SignInRefused::Wrong => Self::Wrong,
            SignInRefused::TooMany { wait_seconds } => Self::TooMany { wait_seconds },
            SignInRefused::Busy => Self::Busy,
            SignInRefused::Store(error) => Self::Store(error),
        }
    }
}

fn hashed(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// What failures are counted by: nothing that could be read back.
fn key(kind: &str, value: &str) -> String {
    let hash = Sha256::digest(format!("{kind}:{value}").as_bytes());
    data_encoding::HEXLOWER.encode(&hash)
}
