//! The running server: pages, mail doors, background work and the command socket, begun together
//! and ended in order.

mod doors;
mod stopping;

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use tokio_util::sync::CancellationToken;
use torg_desk::Desk;
use torg_web::WebSettings;
use tracing::info;

use crate::commands::say;
use crate::data::DataFolder;
use crate::settings::Settings;
use crate::{demo, metrics, socket};

/// How long pages and mails that are under way may take to finish.
const GRACE: Duration = Duration::from_secs(8);

/// Serves until the process is told to stop, then lets what is under way finish.
pub(crate) async fn serve(
    settings: &Settings,
    data: &DataFolder,
    desk: Desk,
    demo: bool,
) -> anyhow::Result<()> {
    let tls = doors::tls(&settings.tls)?;
    let http = doors::bind(settings.server.http, "pages (--http)")?;
    let stop = CancellationToken::new();
    let mail = doors::Mail::open(settings, &desk, tls.as_ref(), &stop).await?;
    let workers = desk.start_working();
    let commands = tokio::spawn(socket::serve(desk.clone(), data.clone(), stop.clone()));
    let watching = tokio::spawn(watch(desk.clone(), stop.clone()));
    let web = WebSettings {
        trusted_proxies: settings.trusted_proxies()?,
        secure_cookies: settings.public_url().starts_with("https:"),
        metrics: metrics::begin(mail.counts()),
        demo_logins: if demo { demo::logins() } else { Vec::new() },
        ..WebSettings::default()
    };
    let router = torg_web::router(desk.clone(), web);
    let handle = Handle::new();
    let pages = tokio::spawn(pages(http, router, tls.map(|tls| tls.http), handle.clone()));
    greet(settings, demo);
    stopping::asked_to_stop().await;
    info!("Torg is stopping; what is under way may finish");
    stop.cancel();
    desk.bus().close();
    handle.graceful_shutdown(Some(GRACE));
    mail.finish().await;
    workers.stop().await;
    pages.await.context("serving pages")??;
    commands.await.context("taking commands")??;
    watching.await.context("watching")?;
    info!("Torg has stopped");
    Ok(())
}

async fn pages(
    listener: TcpListener,
    router: Router,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
) -> anyhow::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    match tls {
        Some(tls) => {
            axum_server::from_tcp_rustls(listener, tls)?.handle(handle).serve(service).await?;
        }
        None => axum_server::from_tcp(listener)?.handle(handle).serve(service).await?,
    }
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
