//! Asking others about letters, once they are filed: DNS, where they come from, and an Rspamd server,
//! what it makes of them. What they say may move a verdict; nobody ever waits for it.

mod round;

use std::net::IpAddr;
use std::sync::atomic::{AtomicI64, Ordering};

use torg_core::spam::{Finding, Findings, Opinion, Origin};
use torg_core::{ArrivalId, MessageId};
use torg_mail::origin::{self, Asker};
use torg_mail::rspamd::{self, Rspamd};
use torg_mail::smtp::{Delivery, Protocol};
use torg_store::arrivals::Waiting;
use torg_store::spam::{self, NewQuestion};
use torg_store::{StoreError, Tx};

use super::judging::Acquaintance;
use crate::Desk;
use crate::pen::Pen;

/// Who is asked about letters, and who is believed unasked.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    pub dns: Dns,
    pub rspamd: Option<Rspamd>,
    /// Mail servers before us, beside those with a private address: SPF says nothing of them.
    pub relays: Vec<IpAddr>,
    /// What those call themselves in `Authentication-Results`; of what they bring, that counts in
    /// place of DNS.
    pub trusted: Vec<String>,
}

/// Whether DNS is asked.
#[derive(Debug, Clone, Default)]
pub enum Dns {
    /// The settings say no, or this is a demo.
    #[default]
    Off,
    /// This machine knows no server.
    NoServer(String),
    On(Box<Asker>),
}

/// Whether DNS answers, for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DnsState {
    Off,
    NoServer(String),
    On,
    /// It has not answered since (microseconds UTC).
    SilentSince(i64),
}

/// Whether Rspamd answers, for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RspamdState {
    Off,
    On,
    /// It has not answered since (microseconds UTC).
    SilentSince(i64),
}

/// Since when each did not answer; nought if it did, or was not asked.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    dns: AtomicI64,
    rspamd: AtomicI64,
}

impl Desk {
    /// Whether those who are asked about letters answer this node.
    pub fn asking_state(&self) -> (DnsState, RspamdState) {
        let (asking, heard) = (&self.0.asking, &self.0.heard_of_letters);
        let silent = |since: &AtomicI64| Some(since.load(Ordering::Relaxed)).filter(|at| *at > 0);
        let dns = match &asking.dns {
            Dns::Off => DnsState::Off,
            Dns::NoServer(why) => DnsState::NoServer(why.clone()),
            Dns::On(_) => silent(&heard.dns).map_or(DnsState::On, DnsState::SilentSince),
        };
        let rspamd = match &asking.rspamd {
            None => RspamdState::Off,
            Some(_) => silent(&heard.rspamd).map_or(RspamdState::On, RspamdState::SilentSince),
        };
        (dns, rspamd)
    }
}

/// Notes whether one who was asked answered.
fn note(since: &AtomicI64, has_answered: bool, now: i64) {
    if has_answered {
        since.store(0, Ordering::Relaxed);
    } else {
        // An earlier time stays.
        let _ = since.compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed);
    }
}

impl Asking {
    /// Whether anybody is asked.
    pub(crate) fn asks(&self) -> bool {
        self.asker().is_some() || self.rspamd.is_some()
    }

    fn asker(&self) -> Option<&Asker> {
        match &self.dns {
            Dns::On(asker) => Some(asker),
            Dns::Off | Dns::NoServer(_) => None,
        }
    }

    /// The server that brought a mail, and what it called itself, unless it is one of ours: one on
    /// this machine or in the house's network, or one that the settings name.
    pub(crate) fn stranger(&self, delivery: &Delivery) -> Option<(IpAddr, String)> {
        let peer = delivery.peer?.ip().to_canonical();
        let is_near = match peer {
            IpAddr::V4(peer) => peer.is_loopback() || peer.is_private() || peer.is_link_local(),
            IpAddr::V6(peer) => {
                peer.is_loopback() || peer.is_unique_local() || peer.is_unicast_link_local()
            }
        };
        let is_ours = is_near || self.relays.contains(&peer) || delivery.protocol == Protocol::Lmtp;
        (!is_ours).then(|| (peer, delivery.helo.clone()))
    }

    /// What a mail server of ours says of the sender of what it brought.
    pub(crate) fn told(&self, arrival: &Waiting, raw: &[u8]) -> Option<Findings> {
        if !arrival.is_from_ours || self.trusted.is_empty() {
            return None;
        }
        let origin = origin::told(raw, &self.trusted).map(origin_of);
        origin.map(|origin| Findings { origin: Some(origin), opinion: None })
    }

    /// Whether anybody can tell something about an arrival once it is filed. Of what a mail server of
    /// ours brought, DNS knows no more than whether its signature is good.
    pub(crate) fn asks_about(&self, arrival: &Waiting, raw: &[u8]) -> bool {
        self.rspamd.is_some()
            || self.asks_dns(arrival.is_from_ours)
                && (!arrival.is_from_ours || origin::is_signed(raw))
    }

    /// Whether DNS is asked of what `is_from_ours`, or a stranger, brought.
    fn asks_dns(&self, is_from_ours: bool) -> bool {
        self.asker().is_some() && (!is_from_ours || self.trusted.is_empty())
    }
}

/// Has others asked about a letter that is being filed.
pub(crate) fn ask_later(
    tx: &mut Tx<'_>,
    pen: &Pen,
    message: MessageId,
    arrival: ArrivalId,
    acquaintance: Acquaintance,
) -> Result<(), StoreError> {
    let Acquaintance { person, is_proven } = acquaintance;
    spam::put(tx, &NewQuestion { message, arrival, person, is_proven, at: pen.at() })
}

fn origin_of(told: origin::Origin) -> Origin {
    let finding = |told: origin::Finding| match told {
        origin::Finding::Pass => Finding::Pass,
        origin::Finding::Fail => Finding::Fail,
        origin::Finding::Weak => Finding::Weak,
        origin::Finding::None => Finding::None,
        origin::Finding::Unknown => Finding::Unknown,
    };
    let origin::Origin { spf, dkim, dmarc, domain, is_disowned } = told;
    let (spf, dkim, dmarc) = (finding(spf), finding(dkim), finding(dmarc));
    Origin { spf, dkim, dmarc, domain, is_disowned }
}

fn opinion_of(said: rspamd::Opinion) -> Opinion {
    let rspamd::Opinion { is_suspicious, score, symbols } = said;
    Opinion { is_suspicious, score, symbols }
}
