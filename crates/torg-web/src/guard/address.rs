//! From where somebody calls: the connection's own address, or what a trusted proxy says of it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// A block of addresses, as in `10.0.0.0/8` or `::1` (CIDR notation, RFC 4632 and RFC 4291 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

/// The text is not a block of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an address or a block of addresses such as 10.0.0.0/8")]
pub struct NotANetwork;

impl Network {
    /// Whether `address` lies in the block. An IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                let shift = 32 - self.bits;
                shift == 32 || (ours.to_bits() ^ theirs.to_bits()) >> shift == 0
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => {
                let shift = 128 - self.bits;
                shift == 128 || (ours.to_bits() ^ theirs.to_bits()) >> shift == 0
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = NotANetwork;
    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.trim().parse().map_err(|_| NotANetwork)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.trim().parse().map_err(|_| NotANetwork))?;
        if bits > most { Err(NotANetwork) } else { Ok(Self { address, bits }) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

/// The caller's address. `X-Forwarded-For` is read from the right, and only as far as every hop
/// is a proxy we trust: what stands further left anybody may have written.
pub(crate) fn caller(trusted: &[Network], headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let peer = peer(extensions);
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return peer;
    }
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values.flat_map(|value| value.split(',')).collect();
    let mut nearest = peer;
    for hop in hops.iter().rev() {
        let Ok(address) = hop.trim().parse::<IpAddr>() else { return nearest };
        nearest = address;
        if !is_trusted(address) {
            return address;
        }
    }
    nearest
}

/// The other end of the connection itself.
pub(crate) fn peer(extensions: &Extensions) -> IpAddr {
    extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| {
            address.ip().to_canonical()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(peer: &str, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4000)));
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
        caller(&trusted, &headers, &extensions).to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_her_own_address() {
        assert_eq!(called("192.0.2.7", "198.51.100.1"), "192.0.2.7");
    }

    #[test]
    fn a_trusted_proxy_tells_who_called_it() {
        assert_eq!(called("10.1.2.3", "198.51.100.1"), "198.51.100.1");
        assert_eq!(called("::ffff:10.1.2.3", "198.51.100.1"), "198.51.100.1");
    }

    #[test]
    fn only_the_rightmost_untrusted_hop_counts() {
        assert_eq!(called("10.1.2.3", "203.0.113.9, 198.51.100.1, 10.9.9.9"), "198.51.100.1");
        assert_eq!(called("10.1.2.3", "203.0.113.9, rubbish"), "10.1.2.3");
    }

    #[test]
    fn a_block_of_addresses_is_read_as_it_is_written() {
        let every: Network = "0.0.0.0/0".parse().unwrap();
        assert!(every.contains("198.51.100.1".parse().unwrap()));
        assert!(!every.contains("2001:db8::1".parse().unwrap()));
        for odd in ["10.0.0.0/33", "ten", "10.0.0.0/-1", ""] {
            assert_eq!(odd.parse::<Network>(), Err(NotANetwork), "{odd}");
        }
    }
}
