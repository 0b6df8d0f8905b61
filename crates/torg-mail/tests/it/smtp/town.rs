//! A mail server of Fjordby on a free port, and a client that speaks by hand.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpStream, UnixStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use torg_mail::smtp::tls::TlsSlot;
use torg_mail::smtp::{
    Delivery, Door, Limits, NotReceived, Protocol, Reception, RecipientAnswer, Server, SmtpCounts,
    SmtpSettings,
};

/// A test that hangs fails after this time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Keeps every mail to `…@fjordby.example`, except to nobody@ and later@.
pub(crate) struct Letterbox {
    kept: Mutex<Vec<Delivery>>,
    answer: Mutex<Result<(), NotReceived>>,
    /// Each mail takes one permit before it is kept.
    pub(crate) gate: Semaphore,
}

impl Reception for Letterbox {
    async fn recipient(&self, address: &str) -> RecipientAnswer {
        match address.split_once('@') {
            None if address == "postmaster" => RecipientAnswer::Known,
            Some(("later", "fjordby.example")) => RecipientAnswer::TryLater,
            Some((local, "fjordby.example")) if local != "nobody" => RecipientAnswer::Known,
            _ => RecipientAnswer::Unknown,
        }
    }

    async fn receive(&self, delivery: Delivery) -> Result<(), NotReceived> {
        self.gate.acquire().await.unwrap().forget();
        self.answer.lock().unwrap().clone()?;
        self.kept.lock().unwrap().push(delivery);
        Ok(())
    }
}

impl Letterbox {
    pub(crate) fn kept(&self) -> Vec<Delivery> {
        self.kept.lock().unwrap().clone()
    }

    /// The only mail kept, without our own header line.
    pub(crate) fn only_text(&self) -> String {
        let kept = self.kept();
        assert_eq!(kept.len(), 1);
        text(&kept[0])
    }

    pub(crate) fn answer_from_now(&self, answer: Result<(), NotReceived>) {
        *self.answer.lock().unwrap() = answer;
    }
}

/// The mail as it was sent: without the two lines of our `Received:` field.
pub(crate) fn text(delivery: &Delivery) -> String {
    let raw = String::from_utf8_lossy(&delivery.raw).into_owned();
    assert!(raw.starts_with("Received: from "), "{raw}");
    raw.splitn(3, "\r\n").nth(2).unwrap().to_owned()
}

pub(crate) struct Town {
    pub(crate) port: u16,
    pub(crate) letterbox: Arc<Letterbox>,
    pub(crate) counts: Arc<SmtpCounts>,
    pub(crate) stop: CancellationToken,
    pub(crate) served: JoinHandle<()>,
}

impl Town {
    pub(crate) async fn open() -> Town {
        Town::with(Limits::default(), None, Protocol::Smtp).await
    }

    pub(crate) async fn limited(limits: Limits) -> Town {
        Town::with(limits, None, Protocol::Smtp).await
    }

    pub(crate) async fn with(
        limits: Limits,
        tls: Option<Arc<TlsSlot>>,
        protocol: Protocol,
    ) -> Town {
        let door = Door::tcp(([127, 0, 0, 1], 0).into()).await.unwrap();
        let Door::Tcp(listener) = &door else { panic!("not TCP") };
        let port = listener.local_addr().unwrap().port();
        Town::at(door, port, limits, tls, protocol)
    }

    pub(crate) fn at_socket(path: &Path, protocol: Protocol) -> Town {
        Town::at(Door::unix(path).unwrap(), 0, Limits::default(), None, protocol)
    }

    fn at(
        door: Door,
        port: u16,
        limits: Limits,
        tls: Option<Arc<TlsSlot>>,
        protocol: Protocol,
    ) -> Town {
        let letterbox = Arc::new(Letterbox {
            kept: Mutex::default(),
            answer: Mutex::new(Ok(())),
            gate: Semaphore::new(1_000_000),
        });
        let settings = SmtpSettings {
            host_name: "mail.fjordby.example".to_owned(),
            limits,
            tls,
            now: Arc::new(|| Timestamp::UNIX_EPOCH),
        };
        let server = Server::new(settings, Arc::clone(&letterbox));
        let counts = server.counts();
        let stop = CancellationToken::new();
        let token = stop.clone();
        let served = tokio::spawn(async move { server.serve(door, protocol, token).await });
        Town { port, letterbox, counts, stop, served }
    }

    /// A client that has read the greeting.
    pub(crate) async fn client(&self) -> Client<TcpStream> {
        let mut client = self.silent_client().await;
        client.reply_is("220 mail.fjordby.example").await;
        client
    }

    /// A client that has said EHLO.
    pub(crate) async fn greeted(&self) -> Client<TcpStream> {
        let mut client = self.client().await;
        client.ask("EHLO mx.dale.example").await;
        client
    }

    /// A client that was told 354 for a mail to the town.
    pub(crate) async fn writing(&self) -> Client<TcpStream> {
        let mut client = self.greeted().await;
        client.ask_for("MAIL FROM:<ase@dale.example>", "250").await;
        client.ask_for("RCPT TO:<post@fjordby.example>", "250").await;
        client.ask_for("DATA", "354").await;
        client
    }

    pub(crate) async fn silent_client(&self) -> Client<TcpStream> {
        Client::over(TcpStream::connect(("127.0.0.1", self.port)).await.unwrap())
    }
}

pub(crate) struct Client<S> {
    stream: BufReader<S>,
}

impl Client<UnixStream> {
    pub(crate) async fn at_socket(path: &Path) -> Client<UnixStream> {
        Client::over(UnixStream::connect(path).await.unwrap())
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub(crate) fn over(stream: S) -> Client<S> {
        Client { stream: BufReader::new(stream) }
    }

    pub(crate) fn into_stream(self) -> S {
        assert!(self.stream.buffer().is_empty());
        self.stream.into_inner()
    }

    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let sent = timeout(PATIENCE, self.stream.write_all(bytes.as_ref())).await;
        sent.expect("the server does not read").unwrap();
    }

    /// One whole reply; empty if the server closed.
    pub(crate) async fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let begin = reply.len();
            let read = timeout(PATIENCE, self.stream.read_line(&mut reply)).await;
            let read = read.expect("the server does not answer").unwrap_or(0);
            if read == 0 || reply.as_bytes().get(begin + 3) != Some(&b'-') {
                assert!(reply.is_empty() || reply.ends_with("\r\n"), "{reply:?}");
                return reply;
            }
        }
    }

    pub(crate) async fn reply_is(&mut self, begins: &str) -> String {
        let reply = self.reply().await;
        assert!(reply.starts_with(begins), "expected {begins}, got {reply:?}");
        reply
    }

    pub(crate) async fn ask(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n")).await;
        self.reply().await
    }

    pub(crate) async fn ask_for(&mut self, line: &str, begins: &str) -> String {
        let reply = self.ask(line).await;
        assert!(reply.starts_with(begins), "{line}: expected {begins}, got {reply:?}");
        reply
    }

    /// The server has nothing more to say and closed.
    pub(crate) async fn is_closed(&mut self) {
        assert_eq!(self.reply().await, "");
    }

    /// Whatever the server says until it closes; an aborted connection counts as closed.
    pub(crate) async fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        let read = timeout(PATIENCE, self.stream.read_to_end(&mut rest)).await;
        let _ = read.expect("the server neither answers nor closes");
        rest
    }

    pub(crate) async fn hang_up_writing(&mut self) {
        let _ = self.stream.shutdown().await;
    }
}
