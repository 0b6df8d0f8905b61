//! Departments: where inquiries are answered.

use crate::ids::{DepartmentId, WallId};
use crate::wall::open_wall;

/// A department as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    pub id: DepartmentId,
    pub name: String,
    /// The wall its inquiries stand behind: the open one, or its own if it is restricted.
    pub wall: WallId,
}

impl Department {
    /// A restricted department's inquiries exist only for its members.
    pub fn is_restricted(&self) -> bool {
        self.wall != open_wall()
    }
}
