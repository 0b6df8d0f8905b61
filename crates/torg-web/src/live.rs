//! The live stream: small named events that something changed; pages then fetch what is so now.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{Instant, sleep_until};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use torg_core::wall::open_wall;
use torg_core::{Fact, InquiryId, StaffId, Viewer, WallId};
use torg_store::staff;

use crate::guard::cookies::Cookie;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::web::Web;

/// The open streams of this process.
#[derive(Debug, Clone)]
pub(crate) struct Streams {
    free: Arc<Semaphore>,
}

impl Streams {
    pub(crate) fn at_most(most: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(most)) }
    }

    fn take(&self) -> Option<OwnedSemaphorePermit> {
        self.free.clone().try_acquire_owned().ok()
    }
}

/// What is gathered before a page is bothered: many facts of one moment become one event.
const PAUSE: Duration = Duration::from_millis(100);
/// So little is gathered by a page that was not bothered lately: one act has several facts.
const MOMENT: Duration = Duration::from_millis(10);
/// How often the stream says that it is there, and looks whether the session is.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

/// `GET /live`
pub(crate) async fn stream(
    State(web): State<Web>,
    signed: Signed,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let permit = web.streams.take().ok_or(Refusal::TooManyStreams)?;
    let token = Cookie::Session.read(&web.settings, &headers).ok_or(Refusal::NotAllowed)?;
    let (events, received) = mpsc::channel(16);
    let listener =
        Listener { facts: web.desk.bus().subscribe(), web, viewer: signed.viewer, token, events };
    tokio::spawn(async move {
        listener.listen().await;
        drop(permit);
    });
    let events = ReceiverStream::new(received).map(Ok::<Event, Infallible>);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response())
}

/// One browser, and what it is told.
struct Listener {
    web: Web,
    viewer: Viewer,
    token: String,
    facts: Receiver<Fact>,
    events: mpsc::Sender<Event>,
}

/// What changed since the last event. Sets, so that a hundred changes of one inquiry are one.
#[derive(Debug, Default, PartialEq, Eq)]
struct Changes {
    inquiries: BTreeSet<(InquiryId, WallId)>,
    presences: BTreeSet<(InquiryId, WallId)>,
    quarantine: bool,
    /// Notices of hers came or were seen.
    notices: bool,
    /// Facts were missed, or rights changed: whoever listens fetches everything anew.
    all: bool,
}

impl Changes {
    fn add(&mut self, fact: Fact, me: StaffId) {
        match fact {
            Fact::Inquiry { inquiry, wall, .. } => {
                self.inquiries.insert((inquiry, wall));
            }
            Fact::Presence { inquiry, wall } => {
                self.presences.insert((inquiry, wall));
            }
            Fact::Quarantine => self.quarantine = true,
            Fact::Everything | Fact::Settings => self.all = true,
            Fact::Staff(staff) if staff == me => self.all = true,
            Fact::Notice(staff) if staff == me => self.notices = true,
            Fact::Staff(_) | Fact::Notice(_) | Fact::Outbox | Fact::Arrival => {}
        }
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Listener {
    /// Ends when the browser goes, the session ends, or the house closes.
    async fn listen(mut self) {
        if self.events.send(Event::default().event("hello").data("1")).await.is_err() {
            return;
        }
        let mut next_check = Instant::now() + KEEP_ALIVE;
        let mut rests_until = Instant::now();
        while let Some(changes) = self.gather(next_check, rests_until).await {
            let rights_changed = changes.all;
            if Instant::now() >= next_check || rights_changed {
                next_check = Instant::now() + KEEP_ALIVE;
                if !self.is_signed_in().await {
                    let _gone = self.events.send(Event::default().event("ended").data("1")).await;
                    return;
                }
            }
            if changes.is_empty() {
                continue;
            }
            rests_until = Instant::now() + PAUSE;
            if !self.tell(changes).await {
                return;
            }
        }
    }

    /// The changes of the next moment, and of all the time until `rests_until`; none if only the
    /// time for a check has come.
    async fn gather(&mut self, check: Instant, rests_until: Instant) -> Option<Changes> {
        let mut changes = Changes::default();
        tokio::select! {
            () = self.events.closed() => return None,
            () = self.web.desk.bus().closed() => return None,
            () = sleep_until(check) => return Some(changes),
            fact = self.facts.recv() => self.note(&mut changes, &fact)?,
        }
        let until = rests_until.max(Instant::now() + MOMENT);
        loop {
            tokio::select! {
                () = sleep_until(until) => return Some(changes),
                fact = self.facts.recv() => self.note(&mut changes, &fact)?,
            }
        }
    }

    fn note(&self, changes: &mut Changes, fact: &Result<Fact, RecvError>) -> Option<()> {
        match fact {
            Ok(fact) => changes.add(*fact, self.viewer.staff),
            Err(RecvError::Lagged(_)) => changes.all = true,
            Err(RecvError::Closed) => return None,
        }
        Some(())
    }

    async fn is_signed_in(&self) -> bool {
        // A database that does not answer just now ends nobody's session.
        self.web.desk.viewer_of(&self.token).await.map_or(true, |session| session.is_some())
    }

    /// Tells what of it lies inside her walls as they stand now. `false` when the browser is gone.
    async fn tell(&self, changes: Changes) -> bool {
        if changes.all {
            return self.send("all", "1".to_owned()).await;
        }
        if changes.notices && !self.send("notices", "1".to_owned()).await {
            return false;
        }
        let seen = self.inside(&changes.inquiries).await;
        if !seen.is_empty() && !self.send("changed", seen.join(" ")).await {
            return false;
        }
        let present = self.inside(&changes.presences).await;
        if !present.is_empty() && !self.send("presence", present.join(" ")).await {
            return false;
        }
        !changes.quarantine || self.send("quarantine", "1".to_owned()).await
    }

    /// Browsers pass over an event without data, so there always is some.
    async fn send(&self, name: &str, data: String) -> bool {
        self.events.send(Event::default().event(name).data(data)).await.is_ok()
    }

    async fn inside(&self, inquiries: &BTreeSet<(InquiryId, WallId)>) -> Vec<String> {
        // Everybody who works here is inside the open wall, and who does no more is told nothing.
        let is_restricted = |wall: &WallId| *wall != open_wall();
        let walls: BTreeSet<WallId> =
            inquiries.iter().map(|(_, wall)| *wall).filter(is_restricted).collect();
        let (staff, walls_asked) = (self.viewer.staff, !walls.is_empty());
        let open = self.web.read(move |read| {
            let mut open = BTreeSet::new();
            for wall in &walls {
                if staff::may_see(read, staff, *wall)? {
                    open.insert(*wall);
                }
            }
            Ok(open)
        });
        // Who cannot be asked about is not told of; the next fact or reconnect brings the page up to date.
        let mut open = if walls_asked { open.await.unwrap_or_default() } else { BTreeSet::new() };
        open.insert(open_wall());
        inquiries
            .iter()
            .filter(|(_, wall)| open.contains(wall))
            .map(|(id, _)| id.to_string())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_core::{DepartmentId, Id};

    #[test]
    fn a_hundred_changes_of_one_inquiry_are_told_once() {
        let (me, other) = (StaffId::from_i64(1), StaffId::from_i64(2));
        let mut changes = Changes::default();
        for _ in 0..100 {
            changes.add(
                Fact::Inquiry {
                    inquiry: InquiryId::from_i64(7),
                    wall: WallId::from_i64(1),
                    department: DepartmentId::from_i64(1),
                },
                me,
            );
        }
        changes.add(Fact::Staff(other), me);
        changes.add(Fact::Notice(other), me);
        assert_eq!((changes.inquiries.len(), changes.all, changes.notices), (1, false, false));
        changes.add(Fact::Notice(me), me);
        assert!(changes.notices);
        changes.add(Fact::Staff(me), me);
        assert!(changes.all);
    }

    #[test]
    fn there_are_no_more_streams_than_allowed() {
        let streams = Streams::at_most(1);
        let first = streams.take();
        assert!(streams.take().is_none());
        drop(first);
        assert!(streams.take().is_some());
    }
}
