//! Guesses at a password. Each is counted as a failure before anything is hashed, so that guesses
//! made at the same moment cannot pass the limit together, and taken back if it was none.

use std::net::{IpAddr, Ipv6Addr};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use torg_core::StaffId;
use torg_store::{StoreError, Tx, sessions};

use super::SignInRefused;

/// Failures this close together are counted together.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Failures in a window, for one account and for one address of a caller. A whole office may sit
/// behind one address; one account's failures are too few to shut it out.
const MOST_FOR_ACCOUNT: i64 = 8;
const MOST_FOR_ADDRESS: i64 = 100;

/// One guess.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    account: String,
    address: Option<String>,
}

impl Attempt {
    /// To sign in to the account of `email`, from `address`.
    pub(super) fn to_sign_in(email: &str, address: IpAddr) -> Self {
        let address = key("address", &network(address).to_string());
        Self { account: key("account", email), address: Some(address) }
    }

    /// To change the password of somebody who is signed in.
    pub(super) fn to_change_password(staff: StaffId) -> Self {
        Self { account: key("password", &staff.to_string()), address: None }
    }

    /// To get a link for a new password: it is counted whether there is such an account or not.
    pub(super) fn to_ask_for_link(email: &str, address: IpAddr) -> Self {
        let address = key("link-address", &network(address).to_string());
        Self { account: key("link", email), address: Some(address) }
    }

    /// Counts it as a failure. Beyond a limit it is refused, and then nothing may be kept of the
    /// transaction: who is refused does not wait longer for asking, nor do those at her address.
    pub(super) fn begin(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<(), SignInRefused> {
        let (at, window_start) = (now.as_microsecond(), (now - WINDOW).as_microsecond());
        let address = self.address.as_ref().map(|address| (address, MOST_FOR_ADDRESS));
        for (what, most) in [(&self.account, MOST_FOR_ACCOUNT)].into_iter().chain(address) {
            let (failures, since) = sessions::count_failure(tx, what, at, window_start)?;
            if failures > most {
                let passed = (at - since) / 1_000_000;
                let wait_seconds = (WINDOW.as_secs() - passed).max(1).unsigned_abs();
                return Err(SignInRefused::TooMany { wait_seconds });
            }
        }
        Ok(())
    }

    /// It succeeded: the account's failures are forgotten, and it is none of its address's.
    pub(super) fn succeeded(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        sessions::forgive(tx, &self.account)?;
        self.address.iter().try_for_each(|address| sessions::take_back_failure(tx, address))
    }

    /// Nobody looked at its password.
    pub(super) fn was_not_heard(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let mut counted = std::iter::once(&self.account).chain(&self.address);
        counted.try_for_each(|what| sessions::take_back_failure(tx, what))
    }
}

/// One household or machine holds a whole IPv6 /64, so its addresses count as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

/// What failures are counted by: nothing that could be read back.
fn key(kind: &str, value: &str) -> String {
    let hash = Sha256::digest(format!("{kind}:{value}").as_bytes());
    data_encoding::HEXLOWER.encode(&hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_a_64_are_one_caller() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
