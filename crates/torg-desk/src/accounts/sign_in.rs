//! Signing in and out, and the sessions in between.

use std::net::IpAddr;

use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use torg_core::person::alike;
use torg_core::{Fact, Language, SessionId, Verb, Viewer};
use torg_store::journal::Details;
use torg_store::sessions::{self, Session};
use torg_store::{StoreError, Tx, staff};

use super::attempts::Attempt;
use super::links::give_password;
use crate::pen::random;
use crate::{Desk, Refused};

/// A session that is not used for this long has ended.
pub(crate) const IDLE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Its use is noted this often: colleagues see who was here in the last five minutes.
const TOUCH: SignedDuration = SignedDuration::from_mins(4);
/// The fewest characters of a password.
pub const LEAST_PASSWORD: usize = 10;

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
        let email = alike(&wanted.email);
        let attempt = Attempt::to_sign_in(&email, wanted.address);
        self.count(&attempt).await?;
        let account = self.0.reader.read(move |read| staff::account(read, &email)).await?;
        let account = account.filter(|account| account.active);
        let hash = account.as_ref().and_then(|account| account.password.clone());
        let fits = self.fits(&attempt, &wanted.password, hash.clone()).await?;
        let checked = account.zip(hash).filter(|_| fits);
        if let Some((account, hash)) = checked
            && let Some(signed_in) = self.let_in(account.viewer, hash, wanted.device).await?
        {
            self.0.store.write(move |tx| attempt.succeeded(tx)).await?;
            return Ok(signed_in);
        }
        self.note_failure().await?;
        Err(SignInRefused::Wrong)
    }

    /// Counts an attempt, or refuses it and keeps nothing of it.
    async fn count(&self, attempt: &Attempt) -> Result<(), SignInRefused> {
        let (attempt, now) = (attempt.clone(), self.now());
        self.0.store.write(move |tx| attempt.begin(tx, now)).await
    }

    async fn fits(
        &self,
        attempt: &Attempt,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, SignInRefused> {
        if let Ok(fits) = self.0.accounts.fits(password, hash).await {
            return Ok(fits);
        }
        let attempt = attempt.clone();
        self.0.store.write(move |tx| attempt.was_not_heard(tx)).await?;
        Err(SignInRefused::Busy)
    }

    async fn note_failure(&self) -> Result<(), StoreError> {
        let pen = self.pen();
        self.0
            .store
            .write(move |tx| pen.write_of_day(tx, None, Verb::SignInRefused, Details::default()))
            .await
    }

    /// Begins a session of somebody who has shown that she knows the password of this hash; `None` if
    /// it was changed while that was found out, or she was let go.
    pub(crate) async fn let_in(
        &self,
        viewer: Viewer,
        checked: String,
        device: String,
    ) -> Result<Option<SignedIn>, StoreError> {
        let token = data_encoding::BASE64URL_NOPAD.encode(&random::<32>()?);
        let (hash, pen, staff) = (hashed(&token), self.pen(), viewer.staff);
        let device: String = device.chars().take(300).collect();
        let is_in = self
            .0
            .store
            .write(move |tx| {
                if !staff::is_locked_with(tx, staff, &checked)? {
                    return Ok(false);
                }
                sessions::insert(tx, pen.id(), &hash, staff, &device, pen.at())?;
                pen.write_of_day(tx, Some(staff), Verb::SignedIn, Details::default())?;
                Ok::<_, StoreError>(true)
            })
            .await?;
        Ok(is_in.then_some(SignedIn { token, viewer }))
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
            let touch = move |tx: &mut Tx<'_>| sessions::touch(tx, id, now.as_microsecond());
            self.0.store.write_lightly(touch).await?;
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

    /// Keeps the language the viewer chose while signing in, unless she has set one herself.
    pub async fn suppose_language(
        &self,
        viewer: &Viewer,
        language: Language,
    ) -> Result<(), StoreError> {
        let staff = viewer.staff;
        self.0.store.write(move |tx| staff::suppose_language(tx, staff, language)).await
    }

    /// Keeps how the viewer writes: her own signature, and for how many of 0, 5, 10 or 30 seconds
    /// her answers wait to be taken back.
    pub async fn set_writing(
        &self,
        viewer: &Viewer,
        signature: &str,
        undo_seconds: i64,
    ) -> Result<(), Refused> {
        const MOST: usize = 2_000;
        let signature = signature.trim().replace("\r\n", "\n");
        if signature.chars().count() > MOST {
            return Err(Refused::TooLong { most: MOST });
        }
        let staff = viewer.staff;
        let seconds = [0, 5, 30].into_iter().find(|known| *known == undo_seconds).unwrap_or(10);
        self.0.store.write(move |tx| Ok(staff::set_writing(tx, staff, &signature, seconds)?)).await
    }

    /// Changes the viewer's password; her other sessions end, and no link chooses another one.
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
        let her = viewer.staff;
        let attempt = Attempt::to_change_password(her);
        self.count(&attempt).await?;
        let hash = self.0.reader.read(move |read| staff::password(read, her)).await?;
        let fits = self.fits(&attempt, old, hash.clone()).await?;
        let Some(checked) = hash.filter(|_| fits) else {
            self.note_failure().await?;
            return Err(PasswordRefused::Wrong);
        };
        let (fresh, pen) = (self.0.accounts.hash(new).await?, self.pen());
        self.0
            .store
            .write(move |tx| {
                if !staff::is_locked_with(tx, her, &checked)? {
                    return Err(PasswordRefused::Wrong);
                }
                attempt.succeeded(tx)?;
                Ok(give_password(tx, &pen, Some(her), her, "password", &fresh, kept)?)
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

pub(super) fn hashed(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
