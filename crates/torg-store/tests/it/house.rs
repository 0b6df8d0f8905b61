//! Torg's own tables and statements, on both databases.

mod full;
mod paging;
mod quarrels;
mod searching;

use torg_core::{
    DepartmentId, Id, InquiryId, PersonId, Role, StaffId, State, Viewer, WallId, wall::open_wall,
};
use torg_store::departments::NewDepartment;
use torg_store::inquiries::NewInquiry;
use torg_store::staff::NewStaff;
use torg_store::{MIGRATIONS, StoreError, Tx, departments, inquiries, persons, staff};
use torg_testkit::statements::check_statements;

#[tokio::test]
async fn every_statement_means_the_same_on_both_databases_and_no_list_reads_a_whole_table() {
    check_statements("crates/torg-store/src/", MIGRATIONS).await;
}

pub(crate) const ROADS: i64 = 10;
/// Restricted.
pub(crate) const WELFARE: i64 = 30;
/// Works in Roads.
pub(crate) const BO: i64 = 11;
/// Works in Welfare, and so behind its wall.
pub(crate) const SIGRID: i64 = 31;
pub(crate) const AINO: i64 = 5;

pub(crate) fn viewer(id: i64) -> Viewer {
    let staff = StaffId::from_i64(id);
    Viewer { staff, name: format!("colleague {id}"), role: Role::Staff }
}

/// Two departments, a colleague in each, and a citizen.
pub(crate) fn furnish(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for (id, name, restricted) in [(ROADS, "Roads", false), (WELFARE, "Welfare", true)] {
        let (id, name, signature) = (DepartmentId::from_i64(id), name.into(), String::new());
        departments::insert(tx, &NewDepartment { id, name, restricted, signature })?;
    }
    for (id, department) in [(BO, ROADS), (SIGRID, WELFARE)] {
        let new = NewStaff {
            id: StaffId::from_i64(id),
            name: format!("colleague {id}"),
            email: format!("{id}@fjordby.example"),
            password: None,
            role: Role::Staff,
            language: torg_core::Language::Da,
            created: 0,
        };
        staff::insert(tx, &new)?;
        staff::join(tx, new.id, DepartmentId::from_i64(department))?;
    }
    persons::insert(tx, PersonId::from_i64(AINO), "Aino", 0)
}

/// An inquiry as a list knows it.
#[derive(Debug, Clone)]
pub(crate) struct Lying {
    pub(crate) at: i64,
    pub(crate) walled: bool,
    pub(crate) owner: Option<i64>,
    pub(crate) state: State,
    /// Also sent to Roads.
    pub(crate) shown: bool,
}

pub(crate) fn lay(tx: &mut Tx<'_>, id: i64, lying: &Lying) -> Result<(), StoreError> {
    let (department, wall) = match lying.walled {
        true => (WELFARE, WallId::from_i64(WELFARE)),
        false => (ROADS, open_wall()),
    };
    let number = inquiries::next_number(tx, 2026)?;
    let id = InquiryId::from_i64(id);
    let new = NewInquiry {
        id,
        number,
        public_key: format!("key {id}"),
        subject: format!("Inquiry {id}"),
        person: Some(PersonId::from_i64(AINO)),
        department: DepartmentId::from_i64(department),
        wall,
        created: lying.at,
    };
    inquiries::insert(tx, &new)?;
    if lying.shown {
        inquiries::show_to(tx, id, DepartmentId::from_i64(ROADS))?;
    }
    inquiries::set_owner(tx, id, lying.owner.map(StaffId::from_i64))?;
    inquiries::set_state(tx, id, lying.state)
}
