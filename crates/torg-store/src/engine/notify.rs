//! Facts between nodes, by PostgreSQL's LISTEN and NOTIFY.
//!
//! NOTIFY inside a writing transaction takes a lock of the whole cluster at its COMMIT, so a
//! connection of its own sends what was committed, gathered, at most every 20 ms. Notices are
//! hints: one may be lost with a connection, and then everything is looked at again (`resync`).

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle, sleep};
use std::time::{Duration, Instant};

use ::postgres::fallible_iterator::FallibleIterator;
use ::postgres::{Client, Config};
use torg_core::Fact;

use crate::StoreError;
use crate::engine::job::announce;
use crate::engine::{OnCommit, Options, postgres};

/// The shortest time between two notices.
const GATHER: Duration = Duration::from_millis(20);
/// PostgreSQL refuses payloads of 8,000 bytes and more.
const PAYLOAD: usize = 7_900;
/// More facts than this while the server is away become "look at everything".
const REMEMBERED: usize = 10_000;
/// The word for "look at everything".
const EVERYTHING: &str = "*";
/// How often the listener looks whether the store was closed.
const GLANCE: Duration = Duration::from_millis(500);
/// After this long without a notice the listener asks whether the server is still there, and waits
/// as long for an answer: a network can go away without a word.
const QUIET: Duration = Duration::from_secs(10);
/// When the system begins to ask the same on an idle connection.
const KEEPALIVE: Duration = Duration::from_secs(30);
/// The longest pause between two attempts to reach the server.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The two threads that talk to other nodes.
pub(crate) struct Notices {
    facts: Mutex<Option<Sender<Vec<Fact>>>>,
    closed: Arc<AtomicBool>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Notices {
    pub(crate) fn start(
        config: &Config,
        options: &Options,
        on_commit: OnCommit,
    ) -> Result<Self, StoreError> {
        let (facts, gathered) = channel();
        let closed = Arc::new(AtomicBool::new(false));
        let line = Line { config: config.clone(), node: options.node, closed: closed.clone() };
        let (speaker, listener) = (line.clone(), line);
        let resync = options.resync.clone();
        let threads = vec![
            thread("torg-notifier", move || speaker.speak(&gathered))?,
            thread("torg-listener", move || {
                listener.listen(&on_commit, &*resync);
            })?,
        ];
        let (facts, threads) = (Mutex::new(Some(facts)), Mutex::new(threads));
        Ok(Self { facts, closed, threads })
    }

    /// Tells the other nodes, soon.
    pub(crate) fn tell(&self, facts: &[Fact]) {
        let sender = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = &*sender {
            // The notifier ends only after this store does.
            let _ = sender.send(facts.to_vec());
        }
    }

    /// Sends what is gathered and ends both threads.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.facts.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for thread in threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("A thread that talks to other nodes ended in a panic");
            }
        }
    }
}

impl Drop for Notices {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::Relaxed);
    }
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    let spawned = Builder::new().name(name.into()).spawn(work);
    spawned.map_err(|error| StoreError::Unavailable(error.to_string()))
}

#[derive(Clone)]
struct Line {
    config: Config,
    node: u16,
    closed: Arc<AtomicBool>,
}

impl Line {
    /// Sends facts until nobody can hand in any more.
    fn speak(&self, gathered: &Receiver<Vec<Fact>>) {
        let mut client = None;
        let mut words = HashSet::new();
        let mut last = Instant::now();
        while let Ok(facts) = gathered.recv() {
            remember(&mut words, &facts);
            gather(gathered, &mut words, last + GATHER);
            let mut pause = GATHER;
            while !self.send(&mut client, &words) && !self.is_closed() {
                gather(gathered, &mut words, Instant::now() + pause);
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            words.clear();
            last = Instant::now();
        }
    }

    fn send(&self, client: &mut Option<Client>, words: &HashSet<String>) -> bool {
        let sent = client.take().map_or_else(|| postgres::connect(&self.config), Ok);
        let Ok(mut open) = sent else { return false };
        let notify =
            |payload: String| open.execute("select pg_notify('torg', $1)", &[&payload]).is_ok();
        let all_sent = payloads(self.node, words).into_iter().all(notify);
        *client = all_sent.then_some(open);
        all_sent
    }

    /// Hands other nodes' facts to the bus until the store is closed.
    fn listen(&self, on_commit: &OnCommit, resync: &(dyn Fn() + Send + Sync)) {
        let mut pause = GATHER;
        let mut config = self.config.clone();
        config.keepalives(true).keepalives_idle(KEEPALIVE);
        while !self.is_closed() {
            if let Ok(mut client) = postgres::connect(&config)
                && client.batch_execute("listen torg").is_ok()
            {
                pause = GATHER;
                // Whatever was said before this moment was not heard.
                resync();
                self.hear(&mut client, on_commit, resync);
            } else {
                sleep(pause.min(GLANCE));
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }

    /// Returns when the connection broke or the store was closed.
    fn hear(&self, client: &mut Client, on_commit: &OnCommit, resync: &(dyn Fn() + Send + Sync)) {
        let mut last_word = Instant::now();
        while !self.is_closed() && !client.is_closed() {
            if last_word.elapsed() >= QUIET {
                if client.is_valid(QUIET).is_err() {
                    return;
                }
                last_word = Instant::now();
            }
            let mut notices = client.notifications();
            let mut arriving = notices.timeout_iter(GLANCE);
            while let Ok(Some(notice)) = arriving.next() {
                last_word = Instant::now();
                match heard(self.node, notice.payload()) {
                    Some(facts) => announce(on_commit, &facts),
                    None => resync(),
                }
            }
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }
}

/// Adds what is handed in before `until`.
fn gather(gathered: &Receiver<Vec<Fact>>, words: &mut HashSet<String>, until: Instant) {
    loop {
        let left = until.saturating_duration_since(Instant::now());
        match gathered.recv_timeout(left) {
            Ok(facts) => remember(words, &facts),
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn remember(words: &mut HashSet<String>, facts: &[Fact]) {
    if words.len() > REMEMBERED {
        words.clear();
        words.insert(EVERYTHING.to_owned());
    }
    words.extend(facts.iter().map(|fact| fact.to_text()));
}

/// `node word word …`, in as many notices as needed.
fn payloads(node: u16, words: &HashSet<String>) -> Vec<String> {
    let mut payloads: Vec<String> = Vec::new();
    for word in words {
        match payloads.last_mut() {
            Some(last) if last.len() + word.len() < PAYLOAD => {
                last.push(' ');
                last.push_str(word);
            }
            _ => payloads.push(format!("{node} {word}")),
        }
    }
    payloads
}

/// The facts another node told; `None` if everything has to be looked at.
fn heard(node: u16, payload: &str) -> Option<Vec<Fact>> {
    let mut words = payload.split(' ');
    if words.next() == Some(node.to_string().as_str()) {
        return Some(Vec::new());
    }
    // A fact of a newer version is none of ours.
    let facts = |word: &str| (word != EVERYTHING).then(|| Fact::from_text(word));
    let facts: Option<Vec<_>> = words.map(facts).collect();
    Some(facts?.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_core::{Id, StaffId};

    #[test]
    fn ten_thousand_facts_reach_another_node_in_notices_of_the_permitted_size() {
        let facts: Vec<_> =
            (0..10_000).map(|staff| Fact::Staff(StaffId::from_i64(staff))).collect();
        let mut words = HashSet::new();
        remember(&mut words, &facts);
        let payloads = payloads(1, &words);
        assert!(payloads.iter().all(|payload| payload.len() < 8_000));
        let arrived: HashSet<_> =
            payloads.iter().flat_map(|payload| heard(2, payload).unwrap()).collect();
        assert_eq!(arrived, facts.into_iter().collect());
        assert_eq!(heard(1, &payloads[0]), Some(Vec::new()), "our own facts are known already");
    }

    #[test]
    fn too_many_facts_become_a_look_at_everything() {
        let mut words = HashSet::new();
        for staff in 0..20_000 {
            remember(&mut words, &[Fact::Staff(StaffId::from_i64(staff))]);
        }
        assert!(words.len() <= REMEMBERED + 1);
        assert!(payloads(1, &words).iter().any(|payload| heard(2, payload).is_none()));
    }
}
