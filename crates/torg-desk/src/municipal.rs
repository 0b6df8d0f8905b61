//! What is municipal: name, main language, time zone, receipts. Kept in the database, changed on a
//! page, and read anew by every node when it changes.

use jiff::tz::TimeZone;
use torg_core::{Language, StaffId, Viewer};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, settings};

use crate::changes::{ChangeRefused, administers};
use crate::pen::Pen;
use crate::{About, Desk, privacy, relay, theme};

/// The topic of these changes.
pub(crate) const TOPIC: &str = "municipality";

const NAME: &str = "municipality.name";
const LANGUAGE: &str = "municipality.language";
const TIME_ZONE: &str = "municipality.time_zone";
const RECEIPTS: &str = "mail.receipts";

const LONGEST_NAME: usize = 80;

/// What the page of the municipality sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipal {
    pub name: String,
    pub language: Language,
    /// An IANA name such as `Europe/Oslo`.
    pub time_zone: String,
    /// Whether citizens get a receipt for a new inquiry.
    pub receipts: bool,
}

impl Desk {
    /// Changes what is municipal; each value that differs is a change of its own.
    pub async fn set_municipal(
        &self,
        viewer: &Viewer,
        wanted: Municipal,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let (staff, pen) = (Some(viewer.staff), self.pen());
        self.0.store.write(move |tx| write(tx, &pen, staff, &wanted)).await?;
        Ok(self.read_settings().await?)
    }

    /// Reads what is kept, for this node.
    pub(crate) async fn read_settings(&self) -> Result<(), StoreError> {
        let about = self.about();
        let read = move |read: &Read<'_>| Ok((kept(read, &about)?, relay::kept(read)?));
        let (fresh, choice) = self.0.reader.read::<_, StoreError>(read).await?;
        self.0.set_about(fresh);
        if !self.0.carrier_is_fixed {
            self.0.set_carrier(relay::carrier(choice.as_ref(), &self.0.mail_host));
        }
        Ok(())
    }
}

/// Sets all four, and notes what of them changed.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: Option<StaffId>,
    wanted: &Municipal,
) -> Result<(), ChangeRefused> {
    let name = wanted.name.trim();
    let receipts = if wanted.receipts { "1" } else { "0" };
    let values = [
        (NAME, name),
        (LANGUAGE, wanted.language.tag()),
        (TIME_ZONE, wanted.time_zone.as_str()),
        (RECEIPTS, receipts),
    ];
    for (what, new) in values {
        check(what, new)?;
        pen.set(tx, staff, TOPIC, (what, new), Details::default())?;
    }
    Ok(())
}

/// Sets the old value of a change again.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    check(&change.what, &change.old)?;
    pen.set_again(tx, staff, change, details)
}

fn check(what: &str, value: &str) -> Result<(), ChangeRefused> {
    let (what, is_good) = match what {
        NAME => ("name", (1..=LONGEST_NAME).contains(&value.chars().count())),
        LANGUAGE => ("language", value.parse::<Language>().is_ok()),
        TIME_ZONE => ("time-zone", TimeZone::get(value).is_ok()),
        RECEIPTS => ("receipts", matches!(value, "0" | "1")),
        _ => return Err(ChangeRefused::NoUndo),
    };
    if is_good { Ok(()) } else { Err(ChangeRefused::BadValue { what }) }
}

/// Keeps `first` as it is in the settings file, where nothing is kept yet.
pub(crate) fn keep_first(tx: &mut Tx<'_>, first: &About) -> Result<(), StoreError> {
    let receipts = if first.receipts { "1" } else { "0" };
    settings::keep(tx, NAME, &first.name)?;
    settings::keep(tx, LANGUAGE, first.language.tag())?;
    settings::keep(tx, TIME_ZONE, first.time_zone.iana_name().unwrap_or("UTC"))?;
    settings::keep(tx, RECEIPTS, receipts)?;
    Ok(())
}

/// `before` with what is kept now.
pub(crate) fn kept(read: &Read<'_>, before: &About) -> Result<About, StoreError> {
    let mut about = before.clone();
    if let Some(name) = settings::get(read, NAME)? {
        about.name = name;
    }
    if let Some(language) = settings::get(read, LANGUAGE)?.and_then(|tag| tag.parse().ok()) {
        about.language = language;
    }
    let zone = settings::get(read, TIME_ZONE)?.and_then(|name| TimeZone::get(&name).ok());
    if let Some(zone) = zone {
        about.time_zone = zone;
    }
    about.has_privacy_note = privacy::is_written(read)?;
    about.theme = theme::kept(read)?;
    about.receipts = settings::get(read, RECEIPTS)?.as_deref() != Some("0");
    Ok(about)
}
