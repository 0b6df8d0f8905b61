//! The measures' command line: see `script/bench`.

use clap::Parser;
use torg_bench::Arguments;

fn main() -> anyhow::Result<()> {
    Arguments::parse().run()
}
