//! The mail server that takes our mail further, in all its moods.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use torg_mail::relay::{Relay, RelaySettings, RelayTls};
use torg_mail::{Kind, Letter, parse_with};

/// How the relay behaves. It may change between two mails, also on an open connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// Hangs up on whoever calls.
    Down,
    /// 451 to every mail.
    Busy,
    /// 550 to every recipient.
    Refuses,
    /// 550 to this recipient, and 250 to others.
    RefusesOne(&'static str),
    /// 451 to this recipient, and 250 to others.
    BusyForOne(&'static str),
    /// Takes the mail, and the line breaks before it can say so.
    DiesAtTheEnd,
}

/// A mail the relay took.
#[derive(Debug, Clone)]
pub struct Taken {
    /// `None` for the null sender.
    pub envelope_from: Option<String>,
    pub recipients: Vec<String>,
    pub raw: Vec<u8>,
    pub letter: Letter,
}

/// A relay within this process.
#[derive(Debug, Clone)]
pub struct TestRelay {
    port: u16,
    desk: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    mood: Mood,
    calls: usize,
    taken: Vec<Taken>,
}

impl Taken {
    /// A machine's answer, such as our receipt.
    pub fn is_automatic(&self) -> bool {
        self.letter.kind != Kind::Human
    }

    /// Its Message-ID.
    ///
    /// # Panics
    /// If it has none.
    pub fn id(&self) -> String {
        let id = self.letter.message_id.clone();
        id.expect("what we send has a Message-ID")
    }

    /// Whether a header field stands in it, as `Name: value` on one line.
    pub fn says(&self, line: &str) -> bool {
        let text = String::from_utf8_lossy(&self.raw);
        let header = text.split("\r\n\r\n").next().unwrap_or_default();
        header.lines().any(|one| one.eq_ignore_ascii_case(line))
    }
}

impl TestRelay {
    /// Opens a relay that takes everything.
    ///
    /// # Panics
    /// If no port is free.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("a bound port").port();
        let state = State { mood: Mood::Takes, calls: 0, taken: Vec::new() };
        let desk = Arc::new(Mutex::new(state));
        let behind = desk.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, behind.clone()));
            }
        });
        Self { port, desk }
    }

    /// The way to it, as the municipality sets it.
    ///
    /// # Panics
    /// Never: nothing is encrypted.
    pub fn relay(&self) -> Relay {
        let settings = RelaySettings {
            host: "127.0.0.1".into(),
            port: self.port,
            tls: RelayTls::None,
            credentials: None,
            trusted_roots_pem: None,
            timeout: Duration::from_secs(20),
            hello_name: "torg.fjordby.example".into(),
        };
        Relay::new(settings).expect("settings without TLS")
    }

    pub fn is(&self, mood: Mood) {
        self.state().mood = mood;
    }

    /// How many mails were offered so far, taken or not.
    pub fn calls(&self) -> usize {
        self.state().calls
    }

    /// Every mail it took so far, also those it could not say so about.
    pub fn taken(&self) -> Vec<Taken> {
        self.state().taken.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.desk)
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

/// One connection. Ends in silence when the relay is down, or the other side hangs up.
async fn serve(stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut stream = BufReader::new(stream);
    let mut answer = "220 relay.example ESMTP".to_owned();
    let mut envelope = Envelope::default();
    loop {
        let mood = locked(&state).mood;
        if mood == Mood::Down || say(&mut stream, &answer).await.is_none() {
            return;
        }
        let Some(line) = line(&mut stream).await else {
            return;
        };
        let command = line.to_ascii_uppercase();
        let mood = locked(&state).mood;
        answer = match command.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-relay.example\r\n250-8BITMIME\r\n250 SMTPUTF8".into(),
            "MAIL" => {
                locked(&state).calls += 1;
                envelope = Envelope { from: path(&line), to: Vec::new() };
                match mood {
                    Mood::Busy => "451 4.3.0 busy".into(),
                    _ => "250 ok".into(),
                }
            }
            "RCPT" if mood == Mood::Refuses => "550 5.1.1 nobody here by that name".into(),
            "RCPT" => match (mood, path(&line)) {
                (Mood::RefusesOne(address), Some(path)) if path == address => {
                    "550 5.1.1 nobody here by that name".into()
                }
                (Mood::BusyForOne(address), Some(path)) if path == address => {
                    "451 4.3.0 busy".into()
                }
                (_, path) => {
                    envelope.to.extend(path);
                    "250 ok".into()
                }
            },
            "DATA" => {
                if say(&mut stream, "354 go on").await.is_none() {
                    return;
                }
                let Some(raw) = data(&mut stream).await else {
                    return;
                };
                let taken = taken(std::mem::take(&mut envelope), raw);
                locked(&state).taken.push(taken);
                if mood == Mood::DiesAtTheEnd {
                    return;
                }
                "250 taken".into()
            }
            "QUIT" => return,
            _ => "250 ok".into(),
        };
    }
}

fn taken(envelope: Envelope, raw: Vec<u8>) -> Taken {
    let letter = parse_with(&raw, envelope.from.as_deref()).expect("we send mail that can be read");
    Taken { envelope_from: envelope.from, recipients: envelope.to, raw, letter }
}

/// What stands in angle brackets; `None` if nothing does.
fn path(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    (!address.is_empty()).then(|| address.to_owned())
}

async fn say(stream: &mut BufReader<TcpStream>, text: &str) -> Option<()> {
    let text = format!("{text}\r\n");
    stream.write_all(text.as_bytes()).await.ok()
}

async fn line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = Vec::new();
    let read = stream.read_until(b'\n', &mut line).await.ok()?;
    (read > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned())
}

/// A mail up to the line with the dot, its dots unstuffed.
async fn data(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        if line == b".\r\n" {
            return Some(raw);
        }
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
