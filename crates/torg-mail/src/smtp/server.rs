//! Accepting connections, and stopping in order.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::{TcpListener, UnixListener};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{debug, warn};

use super::admission::Admission;
use super::budget::Budget;
use super::session::Session;
use super::tls::TlsSlot;
use super::wire::{Stream, Wire};
use super::{Limits, Protocol, Reception, Refusal, SmtpCounts, reply};

/// The time of day, for `Received:` lines; this crate has no clock.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How a [`Server`] presents itself and what it allows.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Our name in the greeting and in `Received:` lines, such as `mail.fjordby.example`.
    pub host_name: String,
    /// What clients may ask of us.
    pub limits: Limits,
    /// The certificate for STARTTLS, which is offered only with one.
    pub tls: Option<Arc<TlsSlot>>,
    /// The time of day.
    pub now: Now,
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SmtpSettings")
            .field("host_name", &self.host_name)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// Receives mail at any number of doors, which share its limits and counts.
#[derive(Debug)]
pub struct Server<R> {
    house: Arc<House<R>>,
}

/// What all sessions share.
#[derive(Debug)]
pub(super) struct House<R> {
    pub(super) settings: SmtpSettings,
    pub(super) reception: Arc<R>,
    pub(super) counts: Arc<SmtpCounts>,
    pub(super) budget: Budget,
    admission: Arc<Admission>,
}

/// Where connections come from.
#[derive(Debug)]
pub enum Door {
    /// A TCP port.
    Tcp(TcpListener),
    /// A Unix socket, as used for LMTP on one machine.
    Unix(UnixListener),
}

impl<R: Reception> Server<R> {
    /// A server with no door yet.
    pub fn new(settings: SmtpSettings, reception: Arc<R>) -> Server<R> {
        let limits = &settings.limits;
        // The largest mail with its header and the slack of its buffer must fit.
        let budget = limits.mail_bytes_in_flight.max(limits.mail_bytes + 128 * 1024);
        Server {
            house: Arc::new(House {
                reception,
                counts: Arc::default(),
                budget: Budget::new(budget, limits.room_wait),
                admission: Admission::new(limits),
                settings,
            }),
        }
    }

    /// What happened at the doors so far.
    pub fn counts(&self) -> Arc<SmtpCounts> {
        Arc::clone(&self.house.counts)
    }

    /// Serves one door until `stop` is cancelled. Then nobody new is let in, idle clients are
    /// told 421, and mails under way may finish within `stop_grace`; returns when all are gone.
    pub async fn serve(&self, door: Door, protocol: Protocol, stop: CancellationToken) {
        let sessions = TaskTracker::new();
        let end = CancellationToken::new();
        while let Some(accepted) = stop.run_until_cancelled(door.accept()).await {
            match accepted {
                Ok((stream, peer)) => {
                    let session = self.session(stream, peer, protocol, stop.clone());
                    let end = end.clone();
                    sessions.spawn(async move { end.run_until_cancelled_owned(session).await });
                }
                Err(error) => self.pause_after(&error).await,
            }
        }
        drop(door);
        sessions.close();
        if timeout(self.house.settings.limits.stop_grace, sessions.wait()).await.is_err() {
            warn!(sessions = sessions.len(), "Mail connections were cut off at the stop");
            end.cancel();
            sessions.wait().await;
        }
    }

    fn session(
        &self,
        stream: Box<dyn Stream>,
        peer: Option<SocketAddr>,
        protocol: Protocol,
        stop: CancellationToken,
    ) -> impl Future<Output = ()> + Send + 'static {
        let house = Arc::clone(&self.house);
        let place = house.admission.admit(peer.map(|peer| peer.ip()));
        async move {
            let wire = Wire::new(stream);
            let Some(_place) = place else {
                return turn_away(wire, &house.counts).await;
            };
            let _open = OpenConnection::new(Arc::clone(&house.counts));
            Session::new(house, wire, peer, protocol, stop).run().await;
        }
    }

    /// Accepting fails when file handles run out; they come back as connections close.
    async fn pause_after(&self, error: &io::Error) {
        debug!(%error, "A connection could not be accepted");
        self.house.counts.refuse(Refusal::Connection);
        sleep(Duration::from_millis(50)).await;
    }
}

async fn turn_away(mut wire: Wire, counts: &SmtpCounts) {
    counts.refuse(Refusal::Connection);
    wire.say(reply::TOO_MANY_CONNECTIONS);
    wire.close(Duration::from_secs(1)).await;
}

impl Door {
    /// Opens a TCP port.
    pub async fn tcp(address: SocketAddr) -> io::Result<Door> {
        TcpListener::bind(address).await.map(Door::Tcp)
    }

    /// Opens a Unix socket. A socket file left behind by a process that died is replaced;
    /// one that somebody listens on is an error.
    pub fn unix(path: &Path) -> io::Result<Door> {
        if let Err(error) = std::os::unix::net::UnixStream::connect(path)
            && error.kind() == io::ErrorKind::ConnectionRefused
        {
            std::fs::remove_file(path)?;
        }
        UnixListener::bind(path).map(Door::Unix)
    }

    async fn accept(&self) -> io::Result<(Box<dyn Stream>, Option<SocketAddr>)> {
        match self {
            Door::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                // Answers are small and waited for; Nagle's algorithm would hold them back.
                stream.set_nodelay(true)?;
                Ok((Box::new(stream), Some(peer)))
            }
            Door::Unix(listener) => Ok((Box::new(listener.accept().await?.0), None)),
        }
    }
}

/// Counts a connection for as long as it lives, also when its task is cut off.
struct OpenConnection(Arc<SmtpCounts>);

impl OpenConnection {
    fn new(counts: Arc<SmtpCounts>) -> OpenConnection {
        counts.opened();
        OpenConnection(counts)
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.closed();
    }
}
