//! Opening the municipality that the settings describe.

use std::sync::Arc;

use anyhow::Context;
use torg_desk::{About, Carrier, Clock, Desk, DeskSettings, HashStrength, PdfReader};
use torg_store::{Durability, Options, Place, Reader, Store};

use crate::commands::read_pdf;
use crate::data::DataFolder;
use crate::settings::Settings;

/// How a municipality is opened, beyond its settings.
#[derive(Clone)]
pub(crate) struct How {
    pub(crate) demo: bool,
    pub(crate) durability: Durability,
    pub(crate) clock: Clock,
}

impl Default for How {
    fn default() -> Self {
        Self { demo: false, durability: Durability::Full, clock: Clock::running() }
    }
}

/// Where the settings say that the database is.
fn place(settings: &Settings, data: &DataFolder) -> Place {
    match &settings.server.database {
        Some(connection) => Place::Postgres(connection.clone()),
        None => Place::Sqlite(data.database()),
    }
}

/// Opens the municipality.
pub(crate) async fn municipality(
    settings: &Settings,
    data: &DataFolder,
    how: How,
) -> anyhow::Result<Desk> {
    let carrier = match how.demo {
        true => Carrier::Demo,
        false => settings.relay.carrier(&settings.mail.host_name)?,
    };
    let place = place(settings, data);
    let store = Options {
        durability: how.durability,
        node: settings.server.node,
        listen: true,
        ..Options::default()
    };
    Desk::open(DeskSettings {
        place,
        store,
        about: about(settings, how.demo)?,
        clock: how.clock,
        carrier,
        mail_host: settings.mail.host_name.clone(),
        most_mail_bytes: settings.mail.most_mebibytes << 20,
        plus_addresses: settings.mail.plus_addresses,
        hashing: HashStrength::Full,
        pdf_reader: PdfReader {
            program: std::env::current_exe().ok(),
            arguments: vec!["read-pdf".to_owned()],
            most_time: read_pdf::MOST_TIME,
        },
        sentence_model: Some(data.model()),
        asking: settings.spam.asking(&settings.mail.host_name, how.demo)?,
    })
    .await
    .context("opening the database")
}

/// Opens the database to look only, beside a running server or without one.
pub(crate) async fn reader(settings: &Settings, data: &DataFolder) -> anyhow::Result<Reader> {
    let place = place(settings, data);
    let options = Options { readers: 1, node: settings.server.node, ..Options::default() };
    let store = Store::open(&place, options, Arc::new(|_| {})).await;
    Ok(store.context("opening the database")?.reader())
}

fn about(settings: &Settings, demo: bool) -> anyhow::Result<About> {
    Ok(About {
        name: settings.municipality.name.clone(),
        language: settings.language()?,
        time_zone: settings.time_zone()?,
        receipts: settings.mail.receipts,
        theme: torg_desk::Theme::default(),
        has_privacy_note: false,
        public_url: settings.public_url(),
        demo,
        version: env!("CARGO_PKG_VERSION"),
    })
}
