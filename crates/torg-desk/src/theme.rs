//! The look of a municipality: its colour and its logo.

mod colour;
mod picture;

pub use colour::{Colour, Meeting, NotAColour, Pair};
pub use picture::LARGEST_LOGO;

use torg_core::Viewer;
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, logos, settings};

use crate::Desk;
use crate::changes::{ChangeRefused, administers};
use picture::NoLogo;

/// The topic of these changes.
pub(crate) const TOPIC: &str = "theme";
const ACCENT: &str = "theme.accent";
const LOGO: &str = "theme.logo";

/// What pages wear in place of Torg's own colour and mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Theme {
    pub accent: Option<Colour>,
    /// The logo's name, which tells its content and its kind: "3f9c….png".
    pub logo: Option<String>,
}

/// The theme as it is kept.
pub(crate) fn kept(read: &Read<'_>) -> Result<Theme, StoreError> {
    let accent = settings::get(read, ACCENT)?.and_then(|text| text.parse().ok());
    let logo = settings::get(read, LOGO)?.filter(|name| !name.is_empty());
    Ok(Theme { accent, logo })
}

impl Desk {
    /// Sets the colour; without one it is Torg's own. A colour that cannot be read is refused.
    pub async fn set_accent(
        &self,
        viewer: &Viewer,
        accent: Option<Colour>,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        if accent.is_some_and(|colour| !colour.holds()) {
            return Err(ChangeRefused::BadValue { what: "accent" });
        }
        let accent = accent.map(|colour| colour.to_string()).unwrap_or_default();
        self.dress(viewer, ACCENT, accent, None).await
    }

    /// Sets the logo, a PNG, JPEG, WebP or harmless SVG; without one it is Torg's own mark.
    pub async fn set_logo(
        &self,
        viewer: &Viewer,
        bytes: Option<Vec<u8>>,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let name = bytes.as_deref().map(name_of).transpose().map_err(|why| {
            let what = match why {
                NoLogo::TooLarge => "logo-size",
                NoLogo::Unknown => "logo-kind",
                NoLogo::Harmful => "logo-harm",
            };
            ChangeRefused::BadValue { what }
        })?;
        self.dress(viewer, LOGO, name.unwrap_or_default(), bytes).await
    }

    /// The bytes of a logo that is or was shown.
    pub async fn logo(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let name = name.to_owned();
        self.0.reader.read(move |read| logos::one(read, &name)).await
    }

    async fn dress(
        &self,
        viewer: &Viewer,
        what: &'static str,
        value: String,
        picture: Option<Vec<u8>>,
    ) -> Result<(), ChangeRefused> {
        let (by, pen) = (viewer.staff, self.pen());
        let write = move |tx: &mut Tx<'_>| {
            if let Some(bytes) = &picture {
                logos::keep(tx, &value, bytes)?;
            }
            Ok::<_, ChangeRefused>(pen.set(
                tx,
                Some(by),
                TOPIC,
                (what, &value),
                Details::default(),
            )?)
        };
        self.0.store.write(write).await?;
        Ok(self.read_settings().await?)
    }
}

/// A name that says what is in it.
fn name_of(bytes: &[u8]) -> Result<String, NoLogo> {
    let kind = picture::kind(bytes)?;
    let hash: String = blake3::hash(bytes).to_hex().chars().take(32).collect();
    Ok(format!("{hash}.{kind}"))
}
