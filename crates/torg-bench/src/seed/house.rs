//! The municipality that is filled: set up by the program's own commands, then read back.

use std::path::Path;

use anyhow::{Context, ensure};
use torg_core::{DepartmentId, Id};
use torg_mail::thread_key::Signer;
use torg_store::{Options, Place, Read, Store, StoreError, departments, settings, staff};

use crate::server::{PASSWORD, Server};

/// Departments, how many of a hundred letters go there, and whether there is a wall around it.
const DEPARTMENTS: [(&str, u32, bool); 8] = [
    ("Roads and parks", 24, false),
    ("Citizens' office", 22, false),
    ("Building", 14, false),
    ("Schools", 12, false),
    ("Water", 10, false),
    ("Culture", 7, false),
    ("Child welfare", 6, true),
    ("Elections", 5, false),
];
/// How many work in each.
const STAFF_EACH: usize = 3;

const FIRST_NAMES: [&str; 14] = [
    "Ingrid", "Bo", "Dagny", "Søren", "Åsa", "Pål", "Mette", "Göran", "Solveig", "Rasmus",
    "Linnéa", "Håkon", "Signe", "Kjell",
];
const LAST_NAMES: [&str; 8] =
    ["Solheim", "Kjær", "Öberg", "Lien", "Møller", "Hägg", "Tveit", "Nygård"];

/// Where letters come to, and who answers them.
#[derive(Debug)]
pub(super) struct Department {
    pub(super) id: i64,
    pub(super) wall: i64,
    pub(super) weight: u32,
    pub(super) mailbox: i64,
    pub(super) address: String,
    pub(super) staff: Vec<Colleague>,
}

#[derive(Debug, Clone)]
pub(super) struct Colleague {
    pub(super) id: i64,
    pub(super) name: String,
}

/// What is to be known of the municipality.
pub(super) struct House {
    pub(super) departments: Vec<Department>,
    pub(super) signer: Signer,
}

/// The address of the first administrator, who is in every department.
pub(crate) const ADMINISTRATOR: &str = "administrator@fjordby.example";
const ADMINISTRATORS_NAME: &str = "Nora Lie";

/// Sets up departments, addresses and colleagues.
pub(super) fn set_up(server: &Server) -> anyhow::Result<()> {
    let mut administrator =
        ["user", "add", ADMINISTRATOR, "--name", ADMINISTRATORS_NAME, "--password"]
            .map(str::to_owned)
            .to_vec();
    administrator.extend([PASSWORD, "--role", "administrator"].map(str::to_owned));
    for (place, (name, _, is_restricted)) in DEPARTMENTS.into_iter().enumerate() {
        let mut add = vec!["department", "add", name, "--signature", "Fjordby"];
        add.extend(is_restricted.then_some("--restricted"));
        server.does(&add)?;
        server.does(&["address", "add", &address(place), "--department", name])?;
        administrator.extend(["--department".to_owned(), name.to_owned()]);
    }
    for (place, (department, ..)) in DEPARTMENTS.into_iter().enumerate() {
        for number in 0..STAFF_EACH {
            let role = if number == 0 { "lead" } else { "staff" };
            let name = name(place * STAFF_EACH + number);
            let email = email(place, number);
            let add = ["user", "add", &email, "--name", &name, "--role", role, "--password"];
            server.does(&[&add[..], &[PASSWORD, "--department", department]].concat())?;
        }
    }
    let words: Vec<&str> = administrator.iter().map(String::as_str).collect();
    server.does(&words).map(drop)
}

fn email(place: usize, number: usize) -> String {
    format!("colleague{number}.{place}@fjordby.example")
}

/// The addresses of colleagues, those of the first department first.
pub(crate) fn colleagues() -> impl Iterator<Item = String> {
    let of = |place| (0..STAFF_EACH).map(move |number| email(place, number));
    (0..DEPARTMENTS.len()).flat_map(of)
}

/// Where letters to the department are sent; the first has the address of the whole municipality, to
/// which [`crate::smtp`] delivers.
fn address(place: usize) -> String {
    if place == 0 { "post@fjordby.example".into() } else { format!("post{place}@fjordby.example") }
}

fn name(number: usize) -> String {
    let first = FIRST_NAMES[number % FIRST_NAMES.len()];
    let last = LAST_NAMES[number / 2 % LAST_NAMES.len()];
    format!("{first} {last}")
}

/// Reads back what was set up.
pub(super) fn read(place: &Place) -> anyhow::Result<House> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let found = runtime.block_on(async {
        let options = Options { readers: 1, ..Options::default() };
        let store = Store::open(place, options, std::sync::Arc::new(|_| {})).await?;
        let found = store.read(known).await;
        store.close().await;
        found
    })?;
    let (departments, secret) = found;
    let secret = secret.context("a municipality without a secret")?;
    let secret = data_encoding::BASE64.decode(secret.as_bytes())?;
    ensure!(departments.len() == DEPARTMENTS.len(), "it is not the municipality that was set up");
    Ok(House { departments, signer: Signer::new(&secret) })
}

fn known(read: &Read<'_>) -> Result<(Vec<Department>, Option<String>), StoreError> {
    let (all, mailboxes) = (departments::all(read)?, departments::mailboxes(read)?);
    let mut found = Vec::new();
    for (name, weight, _) in DEPARTMENTS {
        let department = all.iter().find(|one| one.name == name);
        let Some(id) = department.map(|one| one.id) else { continue };
        let Some(mailbox) = mailboxes.iter().find(|one| one.department == id) else { continue };
        found.push(Department {
            id: id.as_i64(),
            wall: mailbox.wall.as_i64(),
            weight,
            mailbox: mailbox.id.as_i64(),
            address: mailbox.address.clone(),
            staff: answering(read, id)?,
        });
    }
    Ok((found, settings::get(read, "secret.mail")?))
}

/// Those of a department who answer its letters.
fn answering(read: &Read<'_>, department: DepartmentId) -> Result<Vec<Colleague>, StoreError> {
    let mut found = Vec::new();
    for id in staff::members(read, department)? {
        let name = staff::name_of(read, id)?.unwrap_or_default();
        found.push(Colleague { id: id.as_i64(), name });
    }
    Ok(found.into_iter().filter(|one| one.name != ADMINISTRATORS_NAME).collect())
}

/// Where the database of a data folder lies.
pub(super) fn database_in(folder: &Path) -> std::path::PathBuf {
    folder.join("torg.db")
}
