//! Being told to stop: by a service manager, or by Ctrl-C.

use tokio::signal::unix::{SignalKind, signal};

/// Waits until the process is told to stop.
pub(super) async fn asked_to_stop() {
    let Ok(mut asked) = signal(SignalKind::terminate()) else {
        return drop(tokio::signal::ctrl_c().await);
    };
    tokio::select! {
        _ = asked.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
