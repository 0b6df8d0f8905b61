//! Accounts: signing in, sessions, passwords, and who works here.

mod attempts;
mod colleagues;
mod hashing;
mod sign_in;

pub use colleagues::{NewColleague, UserRefused};
pub(crate) use hashing::Accounts;
pub use hashing::HashStrength;
pub use sign_in::{PasswordRefused, SignIn, SignInRefused, SignedIn};
