//! Being told to stop: by a service manager, or by Ctrl-C.

use tokio::signal::unix::{SignalKind, signal};

/// Waits until the process is told to stop.
pub(super) async fn asked_to_stop() {
    let mut asked = match signal(SignalKind::terminate()) {
        Ok(asked) => asked,
        Err(_) => return drop(tokio::signal::ctrl_c().await),
    };
    tokio::select! {
        _ = asked.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
