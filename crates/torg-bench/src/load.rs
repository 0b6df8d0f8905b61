//! What a browser has to fetch before it shows the workspace for the first time.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::ensure;

use crate::http::Browser;
use crate::server::{PASSWORD, Server};
use crate::table::{Row, Table};

/// Adds up the sign-in's page and everything it names, as it is delivered: the workspace has the
/// same style sheet, script, icons and fonts.
pub(crate) fn first_load(table: &mut Table, torg: &Path) -> anyhow::Result<()> {
    let mut server = Server::prepared(torg, None)?;
    // Where nobody works yet, every page leads to the set-up.
    let somebody = ["user", "add", "ingrid@fjordby.example", "--name", "Ingrid"];
    server.does(&[&somebody[..], &["--password", PASSWORD]].concat())?;
    server.start(&[])?;
    let mut browser = Browser::open(server.http)?;
    let page = server.page("/sign-in")?;
    let mut wanted: BTreeSet<String> = named(&page).collect();
    let sheets: Vec<String> =
        wanted.iter().filter(|path| path.ends_with(".css")).cloned().collect();
    for sheet in sheets {
        // Of each font, the part with the letters of our languages is fetched first.
        let text = server.page(&sheet)?;
        wanted.extend(fonts(&text));
    }
    let mut bytes = 0;
    for path in wanted.iter().map(String::as_str).chain(["/sign-in"]) {
        let answer = browser.get(path)?;
        ensure!(answer.status == 200, "{path} was answered with {}", answer.status);
        bytes += answer.body.len();
    }
    table.add(Row {
        name: "first load, compressed: page, style, script, icons, font".to_owned(),
        figure: bytes as f64 / 1000.0,
        unit: "KB",
        wanted: "≤ 120",
        ..Row::default()
    });
    Ok(())
}

/// The assets that a page names.
fn named(text: &str) -> impl Iterator<Item = String> {
    let ends = |letter: char| matches!(letter, '"' | '\'' | ')' | '#' | '?' | ' ' | '<');
    let names = text.split("/assets/").skip(1).filter_map(move |rest| rest.split(ends).next());
    names.map(|name| format!("/assets/{name}"))
}

/// The fonts of a style sheet that lies beside them, as far as their letters are met first.
fn fonts(sheet: &str) -> impl Iterator<Item = String> {
    let names = sheet.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    let first = names.filter(|name| name.contains("-latin-wght"));
    first
        .filter_map(|name| name.trim_matches('"').rsplit('/').next())
        .map(|name| format!("/assets/{name}"))
}
