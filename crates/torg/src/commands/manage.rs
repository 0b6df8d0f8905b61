//! `torg user`, `torg department` and `torg address`: done by the running server, or here under the
//! data lock if none runs.

use std::io::IsTerminal;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use serde::{Deserialize, Serialize};
use torg_core::{Language, Role};
use torg_desk::{Desk, LEAST_PASSWORD, NewColleague};

use super::{give, say};
use crate::data::DataFolder;
use crate::open::{How, municipality};
use crate::settings::Settings;
use crate::socket;

/// A change, as it is told to the running server.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Manage {
    User(User),
    Department(Department),
    Address(Address),
}

#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub(crate) enum User {
    /// Add a colleague.
    Add {
        /// The address she signs in with.
        email: String,
        #[arg(long)]
        name: String,
        /// staff, lead or administrator.
        #[arg(long, default_value = "staff")]
        role: Role,
        /// da, nb, nn, sv or en.
        #[arg(long, default_value = "en")]
        language: Language,
        /// The name of a department she is a member of; may be given several times.
        #[arg(long = "department")]
        departments: Vec<String>,
        /// Her password; asked for on standard input if not given.
        #[arg(long)]
        password: Option<String>,
    },
    /// List everybody.
    List,
    /// Give a colleague a new password, and end her sessions.
    Password {
        email: String,
        #[arg(long)]
        password: Option<String>,
    },
    /// Make a colleague a member of a department.
    Join { email: String, department: String },
    /// End a membership. A restricted department closes behind her at once.
    Leave { email: String, department: String },
    /// Keep a colleague out, end her sessions, and give what she owns to an heir or back to everybody.
    Deactivate {
        email: String,
        /// The address of the colleague who gets what she owns; without it, everybody in the department.
        #[arg(long)]
        heir: Option<String>,
    },
    /// Let a colleague in again. What was not handed over yet stays hers.
    Activate { email: String },
}

#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub(crate) enum Department {
    /// Add a department.
    Add {
        name: String,
        /// Its inquiries exist only for its members.
        #[arg(long)]
        restricted: bool,
        /// What stands under its answers.
        #[arg(long, default_value = "")]
        signature: String,
    },
    /// List all departments and their addresses.
    List,
}

#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub(crate) enum Address {
    /// Receive mail at an address. The first one is the general address.
    Add {
        address: String,
        /// The name of the department whose mail it is.
        #[arg(long)]
        department: String,
    },
}

/// Has the running server do it, or does it here.
pub(super) async fn run(
    settings: &Settings,
    data: &DataFolder,
    wanted: Manage,
) -> anyhow::Result<ExitCode> {
    let wanted = with_password(wanted)?;
    let lines = match socket::tell(data, &wanted).await? {
        Some(lines) => lines,
        None => {
            let _lock = data.lock()?;
            let desk = municipality(settings, data, How::default()).await?;
            manage(&desk, wanted).await?
        }
    };
    lines.iter().for_each(|line| give(line));
    Ok(ExitCode::SUCCESS)
}

/// A password does not belong on a command line that others on the machine can read.
fn with_password(mut wanted: Manage) -> anyhow::Result<Manage> {
    let Manage::User(
        User::Add { password: missing, .. } | User::Password { password: missing, .. },
    ) = &mut wanted
    else {
        return Ok(wanted);
    };
    if missing.is_none() {
        if std::io::stdin().is_terminal() {
            say(&format!(
                "Password (at least {LEAST_PASSWORD} characters; it is shown while you type):"
            ));
        }
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).context("reading the password")?;
        *missing = Some(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    Ok(wanted)
}

/// Does what is wanted; gives the lines to print.
pub(crate) async fn manage(desk: &Desk, wanted: Manage) -> anyhow::Result<Vec<String>> {
    match wanted {
        Manage::User(user) => manage_user(desk, user).await,
        Manage::Department(department) => manage_department(desk, department).await,
        Manage::Address(Address::Add { address, department }) => {
            desk.add_address(&address, &department).await?;
            Ok(vec![format!("{address} is received for {department}")])
        }
    }
}

async fn manage_user(desk: &Desk, user: User) -> anyhow::Result<Vec<String>> {
    match user {
        User::Add { email, name, role, language, departments, password } => {
            let password = password.unwrap_or_default();
            let done = format!("{name} can sign in as {email}");
            let new = NewColleague { name, email, role, language, departments, password };
            desk.add_colleague(new).await?;
            Ok(vec![done])
        }
        User::List => {
            let all = desk.all_colleagues().await?;
            let line = |one: &torg_store::staff::StaffRow| {
                let gone = if one.active { "" } else { "  (deactivated)" };
                format!("{}  {}  {}{gone}", one.email, one.role.word(), one.name)
            };
            Ok(all.iter().map(line).collect())
        }
        User::Password { email, password } => {
            desk.set_password(&email, &password.unwrap_or_default()).await?;
            Ok(vec![format!("{email} has a new password")])
        }
        User::Join { email, department } => {
            desk.set_membership(&email, &department, true).await?;
            Ok(vec![format!("{email} is a member of {department}")])
        }
        User::Leave { email, department } => {
            desk.set_membership(&email, &department, false).await?;
            Ok(vec![format!("{email} is no member of {department} any more")])
        }
        User::Deactivate { email, heir } => {
            desk.deactivate_named(&email, heir.as_deref()).await?;
            Ok(vec![format!("{email} can no longer sign in")])
        }
        User::Activate { email } => {
            desk.activate_named(&email).await?;
            Ok(vec![format!("{email} can sign in again")])
        }
    }
}

async fn manage_department(desk: &Desk, department: Department) -> anyhow::Result<Vec<String>> {
    match department {
        Department::Add { name, restricted, signature } => {
            desk.add_department(&name, restricted, &signature).await?;
            Ok(vec![format!("{name} is a department")])
        }
        Department::List => {
            let all = desk.all_departments().await?;
            let line = |(department, mailboxes): &(_, Vec<torg_store::departments::Mailbox>)| {
                let department: &torg_store::departments::DepartmentName = department;
                let addresses: Vec<&str> =
                    mailboxes.iter().map(|mailbox| mailbox.address.as_str()).collect();
                let wall = if department.restricted { "  (restricted)" } else { "" };
                format!("{}{wall}  {}", department.name, addresses.join(" "))
            };
            Ok(all.iter().map(line).collect())
        }
    }
}
