//! The doors: listeners for pages and mail, and the certificate they share.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum_server::tls_rustls::RustlsConfig;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use torg_desk::{Desk, Intake};
use torg_mail::smtp::tls::{TlsSlot, server_config};
use torg_mail::smtp::{Door, Limits, Protocol, Server, SmtpCounts, SmtpSettings};

use crate::settings::{Settings, TlsSection};

/// One certificate, for pages and for mail.
pub(super) struct Tls {
    pub(super) http: RustlsConfig,
    smtp: Arc<TlsSlot>,
}

/// Reads the certificate, if one is set.
pub(super) fn tls(settings: &TlsSection) -> anyhow::Result<Option<Tls>> {
    let (Some(certificate), Some(key)) = (&settings.certificate, &settings.key) else {
        return Ok(None);
    };
    let read = |path: &std::path::Path| {
        std::fs::read(path).with_context(|| format!("reading {}", path.display()))
    };
    let config = server_config(&read(certificate)?, &read(key)?).context("the certificate")?;
    let mut for_pages = rustls::ServerConfig::clone(&config);
    for_pages.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let http = RustlsConfig::from_config(Arc::new(for_pages));
    Ok(Some(Tls { http, smtp: TlsSlot::new(config) }))
}

/// Opens a listener, saying which one if it cannot.
pub(super) fn bind(address: SocketAddr, what: &str) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address)
        .with_context(|| format!("opening {address} for {what}; is it in use?"))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// The mail doors, open.
pub(super) struct Mail {
    tasks: JoinSet<()>,
    counts: Arc<SmtpCounts>,
}

impl Mail {
    pub(super) async fn open(
        settings: &Settings,
        desk: &Desk,
        tls: Option<&Tls>,
        stop: &CancellationToken,
    ) -> anyhow::Result<Self> {
        let clock = desk.clone();
        let limits = Limits {
            mail_bytes: settings.mail.most_mebibytes << 20,
            stop_grace: Duration::from_secs(5),
            ..Limits::default()
        };
        let smtp = SmtpSettings {
            host_name: settings.mail.host_name.clone(),
            limits,
            tls: tls.map(|tls| Arc::clone(&tls.smtp)),
            now: Arc::new(move || clock.now()),
        };
        let server: Arc<Server<Intake>> = Arc::new(Server::new(smtp, desk.intake()));
        let mut tasks = JoinSet::new();
        let doors = [
            (Some(settings.server.smtp), Protocol::Smtp, "mail (--smtp)"),
            (settings.server.lmtp, Protocol::Lmtp, "mail by LMTP (--lmtp)"),
        ];
        for (address, protocol, what) in doors {
            let Some(address) = address else { continue };
            let door = Door::tcp(address)
                .await
                .with_context(|| format!("opening {address} for {what}; is it in use?"))?;
            let (server, stop) = (Arc::clone(&server), stop.clone());
            tasks.spawn(async move { server.serve(door, protocol, stop).await });
        }
        Ok(Self { tasks, counts: server.counts() })
    }

    pub(super) fn counts(&self) -> Arc<SmtpCounts> {
        Arc::clone(&self.counts)
    }

    /// Waits until the mails under way are in.
    pub(super) async fn finish(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}
