//! What every handler is given: the desk, the settings, and the count of open streams.

use std::net::SocketAddr;
use std::sync::Arc;

use torg_desk::Desk;
use torg_store::{Read, StoreError};

use crate::guard::address::Network;
use crate::live::Streams;
use crate::troubles::Troubles;

/// How the pages are served. Made by the binary from the settings file.
#[derive(Clone)]
pub struct WebSettings {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Whether people reach us by https: cookies get `Secure` and the `__Host-` prefix, and pages
    /// ask browsers to keep to https.
    pub secure_cookies: bool,
    /// The figures of `/metrics` as Prometheus text; without it there is no such page.
    pub metrics: Option<Arc<dyn Fn() -> String + Send + Sync>>,
    /// Whom the demo's sign-in page offers to sign in as.
    pub demo_logins: Vec<DemoLogin>,
    /// Where our own mail door is, so that a receiving address can be tried out.
    pub smtp_door: Option<SocketAddr>,
    /// What went wrong lately, for the page of health.
    pub troubles: Troubles,
    /// How much room is left where the data lies: (free, whole) in bytes, if it can be told.
    pub room: Option<Room>,
    /// How many live streams this process keeps open at once.
    pub most_streams: usize,
}

/// Tells how much room is left: (free, whole) in bytes, if it can be told.
pub type Room = Arc<dyn Fn() -> Option<(u64, u64)> + Send + Sync>;

/// Somebody the newcomer to a demo may sign in as.
#[derive(Debug, Clone)]
pub struct DemoLogin {
    pub name: String,
    pub address: String,
    pub password: String,
    /// What she is here: her department, or her role.
    pub about: String,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            trusted_proxies: Vec::new(),
            secure_cookies: false,
            metrics: None,
            demo_logins: Vec::new(),
            smtp_door: None,
            troubles: Troubles::default(),
            room: None,
            most_streams: 10_000,
        }
    }
}

/// The state behind all routes; cheap to clone.
#[derive(Clone)]
pub(crate) struct Web {
    pub(crate) desk: Desk,
    pub(crate) settings: Arc<WebSettings>,
    pub(crate) streams: Streams,
}

impl Web {
    pub(crate) fn new(desk: Desk, settings: WebSettings) -> Self {
        let streams = Streams::at_most(settings.most_streams);
        Self { desk, settings: Arc::new(settings), streams }
    }

    /// Reads one state of the database.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&Read<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.desk.reader().read(work).await
    }
}
