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

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(arguments)),
        Err(error) => Err(anyhow::Error::new(error).context("starting")),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            commands::say(&format!("torg: {error:#}"));
            ExitCode::from(1)
        }
    }
}
