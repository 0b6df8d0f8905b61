//! Who may hold a connection to the pages: so many in all, so many from one address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use torg_web::Network;

/// Every open page holds a connection or two, for as long as it is open.
const MOST: usize = 12_000;
/// A whole office may sit behind one address.
const MOST_FOR_ADDRESS: usize = 500;

/// The connections that are open now.
pub(super) struct Lobby {
    trusted_proxies: Vec<Network>,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// One connection's place; free again when dropped.
pub(super) struct Place {
    lobby: Arc<Lobby>,
    counted: Option<IpAddr>,
}

impl Lobby {
    /// An empty one. Behind a trusted proxy is everybody, so it may hold all places.
    pub(super) fn new(trusted_proxies: Vec<Network>) -> Arc<Self> {
        Arc::new(Self { trusted_proxies, open: Mutex::default() })
    }

    /// A place for somebody at `address`, or `None` where too many are open.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let counted = (!self.is_free(address)).then(|| network(address));
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = counted.and_then(|address| open.by_address.get(&address).copied());
        let theirs = theirs.unwrap_or_default();
        if open.all >= MOST || theirs >= MOST_FOR_ADDRESS {
            return None;
        }
        open.all += 1;
        if let Some(address) = counted {
            open.by_address.insert(address, theirs + 1);
        }
        Some(Place { lobby: Arc::clone(self), counted })
    }

    fn is_free(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_loopback() || self.trusted_proxies.iter().any(|proxy| proxy.contains(address))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.lobby.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.all -= 1;
        let Some(address) = self.counted else { return };
        match open.by_address.get_mut(&address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.by_address.remove(&address)),
        }
    }
}

/// One household or machine holds a whole IPv6 /64, so its addresses count as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fills(lobby: &Arc<Lobby>, address: &str) -> Vec<Place> {
        let address = address.parse().unwrap();
        std::iter::from_fn(|| lobby.admit(address)).collect()
    }

    #[test]
    fn one_address_cannot_take_all_places() {
        let lobby = Lobby::new(Vec::new());
        let places = fills(&lobby, "192.0.2.1");
        assert_eq!(places.len(), MOST_FOR_ADDRESS);
        assert_eq!(fills(&lobby, "::ffff:192.0.2.1").len(), 0);
        assert_eq!(fills(&lobby, "192.0.2.2").len(), MOST_FOR_ADDRESS);
        drop(places);
        assert_eq!(fills(&lobby, "192.0.2.1").len(), MOST_FOR_ADDRESS);
        assert!(lobby.open.lock().unwrap().by_address.is_empty(), "who left is forgotten");
    }

    #[test]
    fn neighbours_in_a_64_are_one_caller() {
        let lobby = Lobby::new(Vec::new());
        let _places = fills(&lobby, "2001:db8::1");
        assert_eq!(fills(&lobby, "2001:db8::2").len(), 0);
        assert_eq!(fills(&lobby, "2001:db8:0:1::1").len(), MOST_FOR_ADDRESS);
    }

    #[test]
    fn a_proxy_and_this_machine_may_hold_all_places_but_no_more() {
        let lobby = Lobby::new(vec!["10.0.0.0/8".parse().unwrap()]);
        for free in ["10.1.2.3", "127.0.0.1", "::1"] {
            let places = fills(&lobby, free);
            assert_eq!(places.len(), MOST);
            assert_eq!(fills(&lobby, "192.0.2.1").len(), 0);
        }
    }
}
