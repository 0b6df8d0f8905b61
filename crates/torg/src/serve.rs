//! The running server: pages, mail doors, background work and the command socket, begun together
//! and ended in order.

mod doors;
mod lobby;
pub(crate) mod opening;
mod pages;
mod stopping;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum_server::Handle;
use tokio_util::sync::CancellationToken;
use torg_desk::Desk;
use torg_web::{Troubles, WebSettings};
use tracing::{info, warn};

use crate::commands::say;
use crate::data::DataFolder;
use crate::settings::Settings;
use crate::{demo, metrics, socket};

/// How long pages and mails that are under way may take to finish.
const GRACE: Duration = Duration::from_secs(8);

/// The door for pages.
pub(crate) fn door(settings: &Settings) -> anyhow::Result<TcpListener> {
    doors::bind(settings.server.http, "pages (--http)")
}

/// Serves until the process is told to stop, then lets what is under way finish.
pub(crate) async fn serve(
    settings: &Settings,
    data: &DataFolder,
    desk: Desk,
    demo: bool,
    http: TcpListener,
    troubles: Troubles,
) -> anyhow::Result<()> {
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        warn!("The limit of open files stays as it is: {error}");
    }
    let stopping = stopping::Stopping::listen();
    let tls = doors::tls(&settings.tls)?;
    let stop = CancellationToken::new();
    let mail = doors::Mail::open(settings, &desk, tls.as_ref(), &stop).await?;
    let workers = desk.start_working();
    let commands = tokio::spawn(socket::serve(desk.clone(), data.clone(), stop.clone()));
    let watching = tokio::spawn(watch(desk.clone(), stop.clone()));
    let folder = data.clone();
    let web = WebSettings {
        smtp_door: Some(settings.server.smtp),
        troubles,
        room: Some(Arc::new(move || folder.room())),
        trusted_proxies: settings.trusted_proxies()?,
        secure_cookies: settings.public_url().starts_with("https:"),
        metrics: metrics::begin(mail.counts()),
        demo_logins: if demo { demo::logins() } else { Vec::new() },
        ..WebSettings::default()
    };
    let lobby = lobby::Lobby::new(web.trusted_proxies.clone());
    let router = torg_web::router(desk.clone(), web);
    let handle = Handle::new();
    let pages = pages::Pages {
        router,
        lobby,
        patience: Duration::from_secs(settings.server.header_seconds),
        handle: handle.clone(),
    };
    let pages = tokio::spawn(pages.serve(http, tls.map(|tls| tls.http)));
    greet(settings, demo);
    ask_to_set_up(settings, &desk).await?;
    stopping.asked().await;
    info!("Torg is stopping; what is under way may finish");
    stop.cancel();
    desk.bus().close();
    handle.graceful_shutdown(Some(GRACE));
    mail.finish().await;
    workers.stop(GRACE).await;
    pages.await.context("serving pages")??;
    commands.await.context("taking commands")??;
    watching.await.context("watching")?;
    info!("Torg has stopped");
    Ok(())
}

/// Keeps the ages of what waits for `/metrics`.
async fn watch(desk: Desk, stop: CancellationToken) {
    loop {
        if let Ok((unfiled, unsent)) = desk.waiting_seconds().await {
            metrics::waiting(unfiled, unsent);
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(10)) => {}
        }
    }
}

/// While nobody works here, prints the code that lets the first administrator in.
async fn ask_to_set_up(settings: &Settings, desk: &Desk) -> anyhow::Result<()> {
    if let Some(code) = desk.setup_code().await.context("asking for the set-up's code")? {
        let url = settings.public_url();
        say(&format!("\n  Set Torg up in a browser:  {url}/setup\n  The code is:  {code}\n"));
        info!("Nobody works here yet; {url}/setup asks for the code {code}");
    }
    Ok(())
}

fn greet(settings: &Settings, demo: bool) {
    info!(
        "Torg serves pages at {} and takes mail at {}",
        settings.public_url(),
        settings.server.smtp
    );
    if demo {
        say(&demo::welcome(&settings.public_url()));
    }
}
