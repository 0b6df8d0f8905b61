//! Logs: one line an event, on standard error. Never names, addresses or text.

use tracing_subscriber::EnvFilter;

use crate::settings::LogSection;

/// Begins to log. Does nothing if logging was begun before.
pub(crate) fn begin(settings: &LogSection) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.level)?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let begun = if settings.json {
        lines.json().flatten_event(true).try_init()
    } else {
        lines.with_target(false).try_init()
    };
    drop(begun);
    Ok(())
}
