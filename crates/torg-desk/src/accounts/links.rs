//! Links by which somebody chooses a password: sent to who is invited and to who forgot hers. Each
//! is good once and lapses after seven days.

use std::net::IpAddr;

use jiff::SignedDuration;
use torg_core::person::alike;
use torg_core::{Fact, SessionId, StaffId, Viewer};
use torg_store::journal::Details;
use torg_store::passes::{self, Pass};
use torg_store::{StoreError, Tx, sessions, staff};

use super::attempts::Attempt;
use super::sign_in::{LEAST_PASSWORD, hashed};
use super::staffing::{StaffingRefused, note};
use super::{SignInRefused, SignedIn};
use crate::changes::administers;
use crate::pen::{Pen, random};
use crate::{Desk, house_mail};

/// How long a link is good.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Why a link did not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// It was used, has lapsed, or never was.
    #[error("the link is no longer good")]
    Lapsed,
    #[error("shorter than {least} characters")]
    TooShort { least: usize },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Desk {
    /// Sends a colleague a link to choose a password with, in her language; to who has one already,
    /// a new one. Gives the link.
    pub async fn send_link(&self, viewer: &Viewer, id: StaffId) -> Result<String, StaffingRefused> {
        administers(viewer)?;
        let by = viewer.staff;
        let sent = self.link_for(id, Some(by)).await?;
        sent.ok_or(StaffingRefused::NotFound)
    }

    /// Somebody says that she forgot her password. If she works here she gets a link; nobody is told
    /// whether she does.
    ///
    /// # Errors
    /// When it is asked too often for one account or from one address.
    pub async fn ask_for_link(&self, email: &str, address: IpAddr) -> Result<(), SignInRefused> {
        let email = alike(email);
        let (attempt, now) = (Attempt::to_ask_for_link(&email, address), self.now());
        self.0.store.write(move |tx| attempt.begin(tx, now)).await?;
        let account = self.0.reader.read(move |read| staff::account(read, &email)).await?;
        if let Some(account) = account.filter(|account| account.active) {
            self.link_for(account.viewer.staff, None).await?;
        }
        Ok(())
    }

    async fn link_for(
        &self,
        id: StaffId,
        by: Option<StaffId>,
    ) -> Result<Option<String>, StoreError> {
        let token = data_encoding::BASE64URL_NOPAD.encode(&random::<32>()?);
        let link = format!("{}/welcome/{token}", self.about().public_url);
        let (hash, pen, letterhead) = (hashed(&token), self.pen(), self.letterhead());
        let lapses = (pen.now + GOOD_FOR).as_microsecond();
        let text = link.clone();
        let found = self.0.store.write(move |tx| {
            let Some(her) = staff::managed_one(tx, id)?.filter(|her| her.active) else {
                return Ok(false);
            };
            passes::insert(tx, &hash, id, !her.has_password, lapses)?;
            house_mail::link(tx, &pen, &letterhead, &her, &text)?;
            if by.is_some() {
                let what = if her.has_password { "reset" } else { "invitation" };
                let stamp = pen.now.strftime("%Y-%m-%d").to_string();
                note(tx, &pen, by, id, what, "", &stamp, Details::default())?;
            }
            Ok::<_, StoreError>(true)
        });
        Ok(found.await?.then_some(link))
    }

    /// Whom a link is for, if it is still good.
    pub async fn pass_of(&self, token: &str) -> Result<Option<Pass>, StoreError> {
        let (hash, now) = (hashed(token), self.now().as_microsecond());
        self.0.reader.read(move |read| passes::one(read, &hash, now)).await
    }

    /// Uses a link: the password is hers from now on, her other sessions end, and she is signed in.
    pub async fn use_link(
        &self,
        token: &str,
        password: &str,
        device: String,
    ) -> Result<SignedIn, LinkRefused> {
        if password.chars().count() < LEAST_PASSWORD {
            return Err(LinkRefused::TooShort { least: LEAST_PASSWORD });
        }
        let hash = self.0.accounts.hash(password).await?;
        let (key, pen, chosen) = (hashed(token), self.pen(), hash.clone());
        let email = self
            .0
            .store
            .write(move |tx| {
                let pass = passes::one(tx, &key, pen.at())?.ok_or(LinkRefused::Lapsed)?;
                if !passes::take(tx, &key)? {
                    return Err(LinkRefused::Lapsed);
                }
                let what = if pass.invites { "joined" } else { "password" };
                give_password(tx, &pen, Some(pass.staff), pass.staff, what, &hash, None)?;
                Ok::<_, LinkRefused>(pass.email)
            })
            .await?;
        let account = self.0.reader.read(move |read| staff::account(read, &email)).await?;
        let account = account.ok_or(LinkRefused::Lapsed)?;
        self.let_in(account.viewer, chosen, device).await?.ok_or(LinkRefused::Lapsed)
    }
}

/// The password is hers from now on: her sessions end but the one `kept`, and no link chooses another
/// one.
pub(super) fn give_password(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    her: StaffId,
    what: &str,
    hash: &str,
    kept: Option<SessionId>,
) -> Result<(), StoreError> {
    staff::set_password(tx, her, hash)?;
    passes::forget_of(tx, her)?;
    sessions::end_others(tx, her, kept)?;
    tx.announce(Fact::Staff(her));
    note(tx, pen, by, her, what, "", "1", Details::default())
}
