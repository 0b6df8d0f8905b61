//! Torg: settings, start-up and commands. What it does is in the other rooms.

mod commands;
mod data;
mod demo;
mod logs;
mod metrics;
mod open;
mod serve;
mod settings;
mod socket;

use std::process::ExitCode;

use clap::Parser;
use commands::Arguments;
use tikv_jemallocator::Jemalloc;

/// Gives back what a heavy hour took: the system's own allocator keeps twice as much after a
/// thousand large mails.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(arguments)),
        Err(error) => Err(anyhow::Error::new(error).context("starting")),
    };
    match outcome {
        Ok(code) => code,
        // Whoever read has read enough: `torg export | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            commands::say(&format!("torg: {error:#}"));
            ExitCode::from(1)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kinds = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    kinds.into_iter().any(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
