//! The demo: the year of Fjordby, played through the same verbs that everybody uses.

mod answers;
mod delegation;
mod hours;
mod letters;
mod play;
mod spam;

use std::net::TcpListener;

use anyhow::{Context, bail};
use jiff::SignedDuration;
use torg_demo::{Plan, Role};
use torg_desk::{Clock, Desk};
use torg_store::Durability;
use torg_web::{DemoLogin, Opening};

use crate::commands::say;
use crate::data::DataFolder;
use crate::open::{How, municipality};
use crate::serve::opening::show;
use crate::settings::Settings;

/// All demo accounts have this password.
const PASSWORD: &str = "fjordby-demo";
const SEED: u64 = 1;

/// Opens Fjordby, playing its year first if that was not done before.
/// Meanwhile a page at `door` tells how far it is.
pub(crate) async fn open(
    settings: &mut Settings,
    data: &DataFolder,
    door: &TcpListener,
) -> anyhow::Result<Desk> {
    settings.municipality.name = torg_demo::town().municipality.name;
    settings.municipality.language = "nb".into();
    settings.municipality.time_zone = "Europe/Oslo".into();
    let how = How { demo: true, ..How::default() };
    drop_half_a_year(settings, data)?;
    let desk = municipality(settings, data, how.clone()).await?;
    if !desk.all_departments().await?.is_empty() {
        return Ok(desk);
    }
    let until = desk.now();
    desk.end().await;
    let plan = torg_demo::plan(SEED, until);
    let town = settings.municipality.name.clone();
    let opening = Opening::new(town, settings.language()?, plan.events.len());
    let showing = show(door, &settings.tls, opening.clone())?;
    let clock = Clock::standing_at(until - SignedDuration::from_hours(24 * 370));
    let swift = How { durability: Durability::Normal, clock: clock.clone(), ..how.clone() };
    std::fs::write(data.unfinished_demo(), "").context("noting that the demo's year begins")?;
    let playing = municipality(settings, data, swift).await?;
    play::year(&playing, &clock, &plan, PASSWORD, &opening)
        .await
        .context("playing the demo's year")?;
    playing.end().await;
    std::fs::remove_file(data.unfinished_demo())
        .context("noting that the demo's year is played")?;
    showing.end().await?;
    municipality(settings, data, how).await
}

/// A year whose playing was interrupted ends in the middle of it and cannot be gone on with.
/// The embedded database that holds it is put aside; PostgreSQL is somebody else's to empty.
fn drop_half_a_year(settings: &Settings, data: &DataFolder) -> anyhow::Result<()> {
    if !data.unfinished_demo().exists() {
        return Ok(());
    }
    if settings.server.database.is_some() {
        bail!(
            "the demo's year was interrupted while it was played into this database; \
             give an empty database, remove {}, and start again",
            data.unfinished_demo().display()
        );
    }
    let aside = data.put_database_aside()?;
    say(&format!(
        "The demo's year was interrupted while it was played; it begins anew. What was played lies in {}.",
        aside.display()
    ));
    Ok(())
}

/// Whom the sign-in page offers.
pub(crate) fn logins() -> Vec<DemoLogin> {
    let plan = torg_demo::town();
    let chosen = plan.staff.iter().filter(|colleague| colleague.is_demo_login);
    chosen.map(|colleague| login(&plan, colleague)).collect()
}

fn login(plan: &Plan, colleague: &torg_demo::Staff) -> DemoLogin {
    let own = colleague.departments.first().and_then(|key| plan.department(key));
    let department = own.and_then(|place| plan.departments.get(place));
    let department = department.map_or("", |department| department.name.as_str());
    let about = match colleague.role {
        Role::Staff => department.to_owned(),
        Role::Lead => format!("{department} · leder"),
        Role::Administrator => format!("{department} · administrator"),
    };
    DemoLogin {
        name: colleague.name.clone(),
        address: colleague.address.clone(),
        password: PASSWORD.to_owned(),
        about,
    }
}

/// What the newcomer reads in her terminal.
pub(crate) fn welcome(url: &str) -> String {
    let lines: Vec<String> = logins()
        .iter()
        .map(|login| format!("    {:<34} {}  ({})", login.address, login.name, login.about))
        .collect();
    format!(
        "\n  Fjordby is open:  {url}\n\n  Sign in as one of these, all with the password {PASSWORD}\n{}\n\n  \
         Write and read as a citizen at {url}/demo\n  Ctrl-C stops it; the data stay.\n",
        lines.join("\n")
    )
}

/// A bar on a terminal, or a line elsewhere.
pub(super) fn begin_progress(total: usize) -> indicatif::ProgressBar {
    use std::io::IsTerminal;
    if !std::io::stderr().is_terminal() {
        say("Playing a year of Fjordby, once …");
        return indicatif::ProgressBar::hidden();
    }
    let style = indicatif::ProgressStyle::with_template(
        "Playing a year of Fjordby, once  {bar:30} {percent} %, {eta} left",
    );
    indicatif::ProgressBar::new(total as u64)
        .with_style(style.unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()))
}
