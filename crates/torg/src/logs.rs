//! Logs: one line an event, on standard error. Never names, addresses or text.

use std::fmt::Debug;
use std::io::IsTerminal;

use torg_web::{Trouble, Troubles};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::settings::LogSection;

/// Begins to log, and gives what the last errors are kept in. Does nothing else if logging was
/// begun before.
pub(crate) fn begin(settings: &LogSection) -> anyhow::Result<Troubles> {
    // The migration library tells of every start that nothing had to be done.
    let filter = EnvFilter::try_new(format!("refinery_core=warn,{}", settings.level))?;
    let troubles = Troubles::default();
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let lines = match settings.json {
        true => lines.json().flatten_event(true).boxed(),
        false => lines.with_target(false).boxed(),
    };
    let keeper = Keeper(troubles.clone());
    drop(tracing_subscriber::registry().with(filter).with(lines).with(keeper).try_init());
    Ok(troubles)
}

/// Keeps what is logged as an error, with the reference of the request it happened in.
struct Keeper(Troubles);

/// The reference of a request, kept on its span.
struct Reference(String);

/// Reads two fields of an event or a span.
#[derive(Default)]
struct Reading {
    message: String,
    reference: Option<String>,
}

impl Visit for Reading {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            "reference" => self.reference = Some(format!("{value:?}").replace('"', "")),
            _ => {}
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Keeper {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut reading = Reading::default();
        attributes.record(&mut reading);
        if let (Some(reference), Some(span)) = (reading.reference, context.span(id)) {
            span.extensions_mut().insert(Reference(reference));
        }
    }

    #[expect(clippy::disallowed_methods, reason = "a line of the log is of the machine's own time")]
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if *event.metadata().level() != Level::ERROR {
            return;
        }
        let mut reading = Reading::default();
        event.record(&mut reading);
        let of_span = context.event_scope(event).and_then(|mut scope| {
            scope.find_map(|span| span.extensions().get::<Reference>().map(|kept| kept.0.clone()))
        });
        let reference = reading.reference.or(of_span);
        let at = jiff::Timestamp::now().as_microsecond();
        self.0.keep(Trouble { at, text: reading.message, reference });
    }
}
