//! Checks that the style sheets and scripts are there to embed. It never runs npm: a build must
//! also work without a network, and `script/assets` says what it does.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=assets/dist/manifest.json");
    println!("cargo::rerun-if-changed=build.rs");
    if !Path::new("assets/dist/manifest.json").exists() {
        println!(
            "cargo::error=Torg's web assets are not built yet: run script/assets first (needs Node.js)."
        );
    }
}
