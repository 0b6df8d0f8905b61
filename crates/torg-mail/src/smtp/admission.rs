//! Who may connect: so many in all, so many from one address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use super::Limits;

/// The connections open now.
#[derive(Debug)]
pub(super) struct Admission {
    all: usize,
    per_address: usize,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// One connection's place; free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    admission: Arc<Admission>,
    address: Option<IpAddr>,
}

impl Admission {
    pub(super) fn new(limits: &Limits) -> Arc<Admission> {
        let (all, per_address) = (limits.connections, limits.connections_per_address);
        Arc::new(Admission { all, per_address, open: Mutex::default() })
    }

    /// A place for a client from `peer` (`None`: a Unix socket, counted only in all),
    /// or `None` where too many are open.
    pub(super) fn admit(self: &Arc<Self>, peer: Option<IpAddr>) -> Option<Place> {
        let address = peer.map(network);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.all >= self.all {
            return None;
        }
        if let Some(address) = address {
            let count = open.by_address.get(&address).copied().unwrap_or(0);
            if count >= self.per_address {
                return None;
            }
            open.by_address.insert(address, count + 1);
        }
        open.all += 1;
        Some(Place { admission: Arc::clone(self), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.admission.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.all -= 1;
        let Some(address) = self.address else { return };
        match open.by_address.get_mut(&address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.by_address.remove(&address)),
        }
    }
}

/// One household or machine holds a whole IPv6 /64, so its addresses count as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission() -> Arc<Admission> {
        Admission::new(&Limits { connections: 3, connections_per_address: 2, ..Limits::default() })
    }

    #[test]
    fn one_address_cannot_take_all_places() {
        let (admission, one) = (admission(), "10.0.0.1".parse().ok());
        let places = [admission.admit(one), admission.admit(one)];
        assert!(places.iter().all(Option::is_some));
        assert!(admission.admit(one).is_none());
        assert!(admission.admit("10.0.0.2".parse().ok()).is_some());
        drop(places);
        assert!(admission.admit(one).is_some());
    }

    #[test]
    fn all_together_cannot_take_more_than_there_are() {
        let admission = admission();
        let _places: Vec<_> =
            (1..4).map(|n| admission.admit(Some([10, 0, 0, n].into())).unwrap()).collect();
        assert!(admission.admit(None).is_none());
    }

    #[test]
    fn an_ipv6_network_counts_as_one_and_a_mapped_address_as_ipv4() {
        let network_of = |text: &str| network(text.parse().unwrap());
        assert_eq!(network_of("2001:db8::1"), network_of("2001:db8::ffff:2"));
        assert_ne!(network_of("2001:db8::1"), network_of("2001:db8:0:1::1"));
        assert_eq!(network_of("::ffff:10.0.0.1"), network_of("10.0.0.1"));
    }
}
