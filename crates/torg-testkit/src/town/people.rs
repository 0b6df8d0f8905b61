//! The people of Fjordby. They are the same in every test, so they become familiar.

use torg_core::{Language, Role};

/// A department and the address it receives at.
#[derive(Debug, Clone, Copy)]
pub struct Department {
    pub name: &'static str,
    pub address: &'static str,
    pub restricted: bool,
    pub signature: &'static str,
}

/// Somebody who works in the town hall.
#[derive(Debug, Clone, Copy)]
pub struct Colleague {
    pub name: &'static str,
    pub email: &'static str,
    pub departments: &'static [&'static str],
    pub role: Role,
    pub language: Language,
}

/// Somebody who writes to the town hall.
#[derive(Debug, Clone, Copy)]
pub struct Citizen {
    pub name: &'static str,
    pub address: &'static str,
}

/// Everybody's password.
pub const PASSWORD: &str = "a lamp by the harbour";

/// Receives at the general address.
pub const CITIZEN_SERVICE: Department = Department {
    name: "Citizen service",
    address: "post@fjordby.example",
    restricted: false,
    signature: "Citizen service\nTorvet 1, Fjordby",
};
pub const ROADS: Department = Department {
    name: "Roads",
    address: "roads@fjordby.example",
    restricted: false,
    signature: "Roads and parks\nMunicipality of Fjordby",
};
pub const WATER: Department = Department {
    name: "Water",
    address: "water@fjordby.example",
    restricted: false,
    signature: "",
};
/// Stands behind a wall.
pub const WELFARE: Department = Department {
    name: "Welfare",
    address: "welfare@fjordby.example",
    restricted: true,
    signature: "Welfare office",
};
/// In the order their addresses were set up: the first is the general one.
pub const DEPARTMENTS: [Department; 4] = [CITIZEN_SERVICE, ROADS, WATER, WELFARE];

pub const BO: Colleague = colleague("Bo", "bo@fjordby.example", &["Roads"], Role::Staff);
pub const DAGNY: Colleague = colleague("Dagny", "dagny@fjordby.example", &["Roads"], Role::Staff);
/// Leads Roads.
pub const KAJA: Colleague = colleague("Kaja", "kaja@fjordby.example", &["Roads"], Role::Lead);
/// The only one inside the wall of Welfare.
pub const SIGRID: Colleague =
    colleague("Sigrid", "sigrid@fjordby.example", &["Welfare"], Role::Staff);
/// Looks after the installation, and sees no more than others.
pub const ADA: Colleague = colleague("Ada", "ada@fjordby.example", &[], Role::Administrator);
pub const COLLEAGUES: [Colleague; 5] = [BO, DAGNY, KAJA, SIGRID, ADA];

pub const AINO: Citizen = citizen("Aino Virtanen", "aino@post.example");
pub const EINAR: Citizen = citizen("Einar Sæther", "einar@brev.example");
pub const INGRID: Citizen = citizen("Ingrid Ødegård", "ingrid@post.example");

const fn colleague(
    name: &'static str,
    email: &'static str,
    departments: &'static [&'static str],
    role: Role,
) -> Colleague {
    let language = Language::Nb;
    Colleague { name, email, departments, role, language }
}

const fn citizen(name: &'static str, address: &'static str) -> Citizen {
    Citizen { name, address }
}
