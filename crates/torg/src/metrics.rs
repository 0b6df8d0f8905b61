//! Figures for Prometheus, kept by the `metrics` crate and by the mail server's own counts.

use std::sync::{Arc, OnceLock};

use metrics::{describe_counter, describe_gauge, gauge};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use torg_mail::smtp::{Refusal, SmtpCounts};

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to count, and gives what writes all figures as text.
pub(crate) fn begin(smtp: Arc<SmtpCounts>) -> Option<Arc<dyn Fn() -> String + Send + Sync>> {
    let recorder = RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().ok());
    let handle = recorder.clone()?;
    describe_counter!("torg_arrivals_filed_total", "Arrivals that were filed");
    describe_counter!("torg_arrivals_quarantined_total", "Arrivals put in quarantine");
    describe_counter!("torg_mails_sent_total", "Mails the relay took");
    describe_counter!("torg_mails_failed_total", "Mails that were given up");
    describe_gauge!("torg_unfiled_seconds", "Age of the oldest arrival that waits to be filed");
    describe_gauge!("torg_unsent_seconds", "Age of the oldest mail that waits to be sent");
    Some(Arc::new(move || {
        count_smtp(&smtp);
        handle.run_upkeep();
        handle.render()
    }))
}

/// Keeps the ages of what waits.
pub(crate) fn waiting(unfiled_seconds: i64, unsent_seconds: i64) {
    let seconds = |age: i64| f64::from(i32::try_from(age).unwrap_or(i32::MAX));
    gauge!("torg_unfiled_seconds").set(seconds(unfiled_seconds));
    gauge!("torg_unsent_seconds").set(seconds(unsent_seconds));
}

fn count_smtp(counts: &SmtpCounts) {
    let absolute = |name: &'static str, value: u64| metrics::counter!(name).absolute(value);
    absolute("torg_smtp_connections_total", counts.connections());
    absolute("torg_smtp_mails_total", counts.mails());
    absolute("torg_smtp_bytes_total", counts.bytes());
    absolute("torg_smtp_timeouts_total", counts.timeouts());
    for refusal in Refusal::ALL {
        metrics::counter!("torg_smtp_refused_total", "why" => refusal.name())
            .absolute(counts.refused(refusal));
    }
}
