//! The `Received:` line each server adds on top (RFC 5321 4.4).

use std::net::{IpAddr, SocketAddr};

use jiff::Timestamp;

use super::Protocol;

/// How a mail came here.
#[derive(Debug, Clone, Copy)]
pub struct Trace<'a> {
    /// The name the client gave.
    pub helo: &'a str,
    /// Its address; `None` on a Unix socket.
    pub peer: Option<SocketAddr>,
    /// Our own name.
    pub host_name: &'a str,
    /// SMTP or LMTP.
    pub protocol: Protocol,
    /// Greeted with EHLO rather than HELO; always so on LMTP.
    pub extended: bool,
    /// Over TLS.
    pub encrypted: bool,
    /// With the SMTPUTF8 parameter.
    pub utf8: bool,
    /// When.
    pub at: Timestamp,
}

/// The header field with its line end. Recipients are not named in it: the others would see them.
pub fn received_header(trace: &Trace<'_>) -> String {
    let helo = spoken(trace.helo);
    let peer = trace.peer.map(|peer| peer_literal(peer.ip())).unwrap_or_default();
    let (host_name, protocol) = (trace.host_name, protocol_name(trace));
    let at = trace.at.strftime("%a, %d %b %Y %H:%M:%S +0000");
    format!("Received: from {helo}{peer}\r\n\tby {host_name} with {protocol}; {at}\r\n")
}

/// The client's word for itself could hold anything; in a header only a name may stand.
fn spoken(helo: &str) -> &str {
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    if helo.len() <= 255 && helo.bytes().all(named) { helo } else { "unknown" }
}

fn peer_literal(peer: IpAddr) -> String {
    match peer.to_canonical() {
        IpAddr::V4(peer) => format!(" ([{peer}])"),
        IpAddr::V6(peer) => format!(" ([IPv6:{peer}])"),
    }
}

/// The names of RFC 3848 and RFC 6531.
fn protocol_name(trace: &Trace<'_>) -> String {
    let name = match (trace.protocol, trace.utf8, trace.extended) {
        (Protocol::Lmtp, false, _) => "LMTP",
        (Protocol::Lmtp, true, _) => "UTF8LMTP",
        (Protocol::Smtp, true, _) => "UTF8SMTP",
        (Protocol::Smtp, false, true) => "ESMTP",
        (Protocol::Smtp, false, false) => "SMTP",
    };
    // HELO has no STARTTLS, so plain SMTP never carries the letter.
    let secured = if trace.encrypted && name != "SMTP" { "S" } else { "" };
    format!("{name}{secured}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace() -> Trace<'static> {
        Trace {
            helo: "mx.dale.example",
            peer: Some(([192, 0, 2, 7], 4711).into()),
            host_name: "mail.fjordby.example",
            protocol: Protocol::Smtp,
            extended: true,
            encrypted: true,
            utf8: false,
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_mail_says_by_whom_it_was_brought_and_when() {
        assert_eq!(
            received_header(&trace()),
            "Received: from mx.dale.example ([192.0.2.7])\r\n\tby mail.fjordby.example with ESMTPS; \
             Thu, 01 Jan 1970 00:00:00 +0000\r\n"
        );
    }

    #[test]
    fn a_greeting_that_is_no_name_stays_out_of_the_header() {
        let trace = Trace { helo: "x(\"y\")", peer: None, ..trace() };
        assert!(received_header(&trace).starts_with("Received: from unknown\r\n\tby"));
    }
}
