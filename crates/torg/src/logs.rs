//! Logs: one line an event, on standard error. Never names, addresses or text.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::settings::LogSection;

/// Begins to log. Does nothing if logging was begun before.
pub(crate) fn begin(settings: &LogSection) -> anyhow::Result<()> {
    // The migration library tells of every start that nothing had to be done.
    let filter = EnvFilter::try_new(format!("refinery_core=warn,{}", settings.level))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let begun = if settings.json {
        lines.json().flatten_event(true).try_init()
    } else {
        lines.with_target(false).try_init()
    };
    drop(begun);
    Ok(())
}
