//! Accounts: signing in, sessions, passwords, and who works here.

mod attempts;
mod colleagues;
mod hashing;
mod links;
mod sign_in;
mod staffing;

pub use colleagues::{NewColleague, UserRefused};
pub(crate) use hashing::Accounts;
pub use hashing::HashStrength;
pub use links::LinkRefused;
pub(crate) use sign_in::IDLE;
pub use sign_in::{LEAST_PASSWORD, PasswordRefused, SignIn, SignInRefused, SignedIn};
pub use staffing::{Invitation, StaffingRefused};
pub(crate) use staffing::{NOUN as STAFF, begin_with, set_again as set_staff_again};
