//! The mail server that carries our mail away, and may hesitate.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A relay in this process. It goes on listening until the test ends.
#[derive(Clone)]
pub(crate) struct Relay(Arc<Inside>);

struct Inside {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    taken: Vec<Taken>,
    /// From this mail on, no mail is answered, though it was taken.
    silent_from: Option<usize>,
}

/// A mail that was taken, whether it could be said or not.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) to: String,
    pub(crate) id: String,
}

impl Relay {
    /// Begins to take mail at `address`.
    pub(crate) fn opens(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let state = Mutex::new(State::default());
        let relay = Self(Arc::new(Inside { state, changed: Condvar::new() }));
        let inside = relay.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let relay = inside.clone();
                // The other side may break off at any time; that is what is tested.
                std::thread::spawn(move || drop(relay.attends(stream)));
            }
        });
        relay
    }

    /// Every mail it took so far.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.state().taken.clone()
    }

    /// Goes silent once it has taken `mails` more mails, until [`Relay::speaks`].
    pub(crate) fn goes_silent_after(&self, mails: usize) {
        let mut state = self.state();
        state.silent_from = Some(state.taken.len() + mails);
    }

    /// Answers again.
    pub(crate) fn speaks(&self) {
        self.state().silent_from = None;
        self.0.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn attends(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        let mut to = String::new();
        stream.write_all(b"220 relay.example\r\n")?;
        while let Some(line) = lines.next().transpose()? {
            let command = line.to_uppercase();
            let answer = if command.starts_with("EHLO") {
                "250-relay.example\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
            } else if command.starts_with("RCPT TO:") {
                to = between(&line, '<', '>').to_lowercase();
                "250 ok\r\n"
            } else if command == "DATA" {
                stream.write_all(b"354 go on\r\n")?;
                let mail =
                    lines.by_ref().take_while(|line| line.as_ref().is_ok_and(|line| line != "."));
                let mail: Vec<String> = mail.collect::<Result<_, _>>()?;
                self.takes(&to, &mail);
                "250 taken\r\n"
            } else if command == "QUIT" {
                return stream.write_all(b"221 bye\r\n");
            } else {
                "250 ok\r\n"
            };
            stream.write_all(answer.as_bytes())?;
        }
        Ok(())
    }

    fn takes(&self, to: &str, mail: &[String]) {
        let field = mail.iter().find(|line| line.to_lowercase().starts_with("message-id:"));
        let id = between(field.map_or("", String::as_str), '<', '>').to_owned();
        let mut state = self.state();
        state.taken.push(Taken { to: to.to_owned(), id });
        let is_silent =
            |state: &mut State| state.silent_from.is_some_and(|from| state.taken.len() >= from);
        drop(self.0.changed.wait_while(state, is_silent));
    }
}

fn between(text: &str, open: char, close: char) -> &str {
    let inside = text.split_once(open).map_or("", |(_, after)| after);
    inside.split_once(close).map_or("", |(inside, _)| inside)
}
