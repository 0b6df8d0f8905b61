//! The first start: nobody works here yet. A code that is printed where Torg was started lets the
//! first administrator in, and is worth nothing afterwards.

use std::sync::atomic::Ordering;

use torg_core::{Language, Role};
use torg_store::{StoreError, settings, staff};

use crate::accounts::{Invitation, LEAST_PASSWORD, SignedIn, StaffingRefused, begin_with};
use crate::changes::ChangeRefused;
use crate::pen::random;
use crate::{Desk, Municipal, municipal};

const CODE: &str = "setup.code";

/// Why the first administrator was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BeginRefused {
    /// Somebody works here already, or the code is another one.
    #[error("the code is not good")]
    WrongCode,
    #[error("not an e-mail address")]
    NotAnAddress,
    #[error("a name is needed")]
    NoName,
    #[error("shorter than {least} characters")]
    TooShort { least: usize },
    #[error(transparent)]
    Change(#[from] ChangeRefused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StaffingRefused> for BeginRefused {
    fn from(refused: StaffingRefused) -> Self {
        match refused {
            StaffingRefused::NotAnAddress => Self::NotAnAddress,
            StaffingRefused::NoName => Self::NoName,
            StaffingRefused::Store(error) => Self::Store(error),
            _ => Self::WrongCode,
        }
    }
}

/// The first administrator.
#[derive(Debug, Clone)]
pub struct First {
    pub name: String,
    pub email: String,
    pub password: String,
    pub language: Language,
}

impl Desk {
    /// Whether nobody works here yet, so that every page leads to the set-up.
    pub async fn is_to_be_set_up(&self) -> Result<bool, StoreError> {
        if self.0.is_staffed.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let somebody = self.0.reader.read(staff::is_anybody).await?;
        self.0.is_staffed.store(somebody, Ordering::Relaxed);
        Ok(!somebody)
    }

    /// The code of the set-up, the same on all nodes, such as `K7QM2-9XPLA`; `None` once somebody
    /// works here.
    pub async fn setup_code(&self) -> Result<Option<String>, StoreError> {
        if !self.is_to_be_set_up().await? {
            return Ok(None);
        }
        let text = data_encoding::BASE32_NOPAD.encode(&random::<7>()?);
        let (one, other): (String, String) =
            (text.chars().take(5).collect(), text.chars().skip(5).take(5).collect());
        let fresh = format!("{one}-{other}");
        let kept = self.0.store.write(move |tx| settings::keep(tx, CODE, &fresh)).await?;
        Ok(Some(kept))
    }

    /// Whether `code` opens the set-up, in any case, with or without its hyphen.
    pub async fn opens_setup(&self, code: &str) -> Result<bool, StoreError> {
        let bare = |code: &str| -> String {
            let letters = code.chars().filter(char::is_ascii_alphanumeric);
            letters.map(|letter| letter.to_ascii_uppercase()).collect()
        };
        Ok(self.setup_code().await?.is_some_and(|kept| bare(&kept) == bare(code)))
    }

    /// Sets what is municipal before anybody works here.
    pub async fn begin_municipality(
        &self,
        code: &str,
        wanted: Municipal,
    ) -> Result<(), BeginRefused> {
        if !self.opens_setup(code).await? {
            return Err(BeginRefused::WrongCode);
        }
        let pen = self.pen();
        self.0.store.write(move |tx| municipal::write(tx, &pen, None, &wanted)).await?;
        Ok(self.read_settings().await?)
    }

    /// Makes the first administrator and signs her in; the code is worth nothing from now on.
    pub async fn begin(
        &self,
        code: &str,
        first: First,
        device: String,
    ) -> Result<SignedIn, BeginRefused> {
        if !self.opens_setup(code).await? {
            return Err(BeginRefused::WrongCode);
        }
        let (role, departments) = (Role::Administrator, Vec::new());
        let First { name, email, language, .. } = first.clone();
        let wanted = Invitation { name, email, role, language, departments }.checked()?;
        if first.password.chars().count() < LEAST_PASSWORD {
            return Err(BeginRefused::TooShort { least: LEAST_PASSWORD });
        }
        let (hash, pen) = (self.0.accounts.hash(&first.password).await?, self.pen());
        let chosen = hash.clone();
        let viewer = self
            .0
            .store
            .write(move |tx| {
                if staff::is_anybody(tx)? {
                    return Err(BeginRefused::WrongCode);
                }
                let id = begin_with(tx, &pen, &wanted, &hash)?;
                settings::set(tx, CODE, "")?;
                Ok(torg_core::Viewer { staff: id, name: wanted.name.clone(), role })
            })
            .await?;
        self.let_in(viewer, chosen, device).await?.ok_or(BeginRefused::WrongCode)
    }
}
