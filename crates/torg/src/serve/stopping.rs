//! Being told to stop: by a service manager, or by Ctrl-C.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Hears the word to stop from the moment it is made: whoever begins to serve after that can be
/// stopped in order at once.
pub(super) struct Stopping(Option<Signal>);

impl Stopping {
    pub(super) fn listen() -> Self {
        Self(signal(SignalKind::terminate()).ok())
    }

    /// Waits until the process is told to stop.
    pub(super) async fn asked(self) {
        let Some(mut terminate) = self.0 else {
            return drop(tokio::signal::ctrl_c().await);
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
}
