//! Pages while the demo's year is being played: browsers see how far it is and wait at the same door.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use anyhow::Context;
use axum_server::Handle;
use tokio::task::JoinHandle;
use torg_web::{Opening, opening_router};

use super::doors;
use crate::settings::TlsSection;

/// How long an answer that is under way may take to finish.
const GRACE: Duration = Duration::from_secs(1);

/// The page that tells of the opening, being served.
pub(crate) struct Showing {
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
}

/// Serves the page of `opening` at a door that stays open for the house itself.
pub(crate) fn show(
    door: &TcpListener,
    tls: &TlsSection,
    opening: Opening,
) -> anyhow::Result<Showing> {
    let listener = door.try_clone().context("sharing the door for pages")?;
    let service = opening_router(opening).into_make_service();
    let handle = Handle::new();
    let server = axum_server::from_tcp(listener)?.handle(handle.clone());
    let task = match doors::tls(tls)? {
        Some(tls) => {
            let acceptor = axum_server::tls_rustls::RustlsAcceptor::new(tls.http);
            tokio::spawn(server.acceptor(acceptor).serve(service))
        }
        None => tokio::spawn(server.serve(service)),
    };
    Ok(Showing { handle, task })
}

impl Showing {
    /// Stops; who knocks now is let in by the house.
    pub(crate) async fn end(self) -> anyhow::Result<()> {
        self.handle.graceful_shutdown(Some(GRACE));
        Ok(self.task.await.context("telling of the opening")??)
    }
}
