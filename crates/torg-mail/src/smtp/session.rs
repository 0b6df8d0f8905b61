//! The dialogue with one client.

mod data;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tracing::debug;

use super::command::{Command, Greeting, Misunderstood};
use super::server::House;
use super::wire::{Broken, Line, Wire};
use super::{Protocol, Reception, RecipientAnswer, Refusal, reply};

pub(super) struct Session<R> {
    house: Arc<House<R>>,
    wire: Wire,
    peer: Option<SocketAddr>,
    protocol: Protocol,
    stop: CancellationToken,
    hello: Option<Hello>,
    envelope: Option<Envelope>,
    encrypted: bool,
    mails: usize,
    mistakes: usize,
}

struct Hello {
    name: String,
    extended: bool,
}

struct Envelope {
    from: Option<String>,
    utf8: bool,
    recipients: Vec<String>,
}

/// What follows an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Command,
    Handshake,
    Close,
}

impl<R: Reception> Session<R> {
    pub(super) fn new(
        house: Arc<House<R>>,
        wire: Wire,
        peer: Option<SocketAddr>,
        protocol: Protocol,
        stop: CancellationToken,
    ) -> Session<R> {
        Session {
            house,
            wire,
            peer,
            protocol,
            stop,
            hello: None,
            envelope: None,
            encrypted: false,
            mails: 0,
            mistakes: 0,
        }
    }

    /// Talks until either side ends it.
    pub(super) async fn run(mut self) {
        let greeting =
            format!("220 {} {}", self.house.settings.host_name, self.protocol.greeting());
        self.wire.say(&greeting);
        loop {
            match self.converse().await {
                Ok(Next::Handshake) => match self.encrypt().await {
                    Some(encrypted) => self = encrypted,
                    None => return,
                },
                Ok(Next::Command | Next::Close) | Err(Broken::Gone) => break,
                Err(Broken::Stopping) => break self.wire.say(reply::STOPPING),
                Err(Broken::TimedOut) => {
                    self.house.counts.timed_out();
                    break self.wire.say(reply::TIMED_OUT);
                }
            }
        }
        self.wire.close(self.house.settings.limits.command_timeout).await;
    }

    /// Commands and answers, until something else must happen.
    async fn converse(&mut self) -> Result<Next, Broken> {
        let mut line = Vec::new();
        loop {
            self.wait_while_idle().await?;
            let kind =
                self.wire.line(&mut line, self.house.settings.limits.command_timeout).await?;
            let next = match kind {
                Line::Whole => self.answer(&line).await?,
                Line::NotCrlf => self.mistake(reply::LINE_NOT_CRLF),
                Line::TooLong => self.mistake(reply::LINE_TOO_LONG),
            };
            if next != Next::Command {
                return Ok(next);
            }
        }
    }

    /// A client between two mails is sent away when the server stops; one within a mail is not.
    async fn wait_while_idle(&mut self) -> Result<(), Broken> {
        if self.envelope.is_some() || !self.wire.pending().is_empty() {
            return Ok(());
        }
        let patience = self.house.settings.limits.command_timeout;
        self.wire.flush(patience).await?;
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(Broken::Stopping),
            filled = self.wire.fill(Instant::now() + patience) => filled,
        }
    }

    async fn answer(&mut self, line: &[u8]) -> Result<Next, Broken> {
        let command = match Command::parse(line) {
            Ok(command) => command,
            Err(Misunderstood::Answer(text)) => return Ok(self.mistake(&text)),
            Err(Misunderstood::Close(text)) => {
                self.house.counts.refuse(Refusal::Misunderstood);
                return Ok(self.farewell(text));
            }
        };
        Ok(match command {
            Command::Greet { greeting, name } => self.greet(greeting, name),
            Command::Mail { from, size, utf8 } => self.mail(from, size, utf8),
            Command::Recipient { address } => self.recipient(address).await,
            Command::Data => return self.data().await,
            Command::StartTls => self.start_tls(),
            Command::Reset => {
                self.envelope = None;
                self.say(reply::FINE)
            }
            Command::Noop => self.say(reply::FINE),
            Command::Verify => self.say(reply::VERIFY),
            Command::Help => self.say(reply::HELP),
            Command::Quit => self.farewell(reply::BYE),
        })
    }

    fn greet(&mut self, greeting: Greeting, name: String) -> Next {
        match (self.protocol, greeting) {
            (Protocol::Lmtp, Greeting::Helo | Greeting::Ehlo) => {
                return self.mistake(reply::SAY_LHLO);
            }
            (Protocol::Smtp, Greeting::Lhlo) => return self.mistake(reply::SAY_EHLO),
            _ => {}
        }
        let extended = greeting != Greeting::Helo;
        self.envelope = None;
        self.hello = Some(Hello { name, extended });
        let house = Arc::clone(&self.house);
        let host_name = &house.settings.host_name;
        if !extended {
            return self.say(&format!("250 {host_name}"));
        }
        self.say(&format!("250-{host_name}"));
        self.say(&format!("250-SIZE {}", house.settings.limits.mail_bytes));
        if house.settings.tls.is_some() && !self.encrypted {
            self.say("250-STARTTLS");
        }
        for extension in
            ["250-PIPELINING", "250-8BITMIME", "250-SMTPUTF8", "250-ENHANCEDSTATUSCODES"]
        {
            self.say(extension);
        }
        self.say("250 HELP")
    }

    fn mail(&mut self, from: Option<String>, size: usize, utf8: bool) -> Next {
        let limits = &self.house.settings.limits;
        if self.hello.is_none() {
            return self.mistake(reply::GREET_FIRST);
        }
        if self.envelope.is_some() {
            return self.mistake(reply::MAIL_UNDER_WAY);
        }
        if self.mails >= limits.mails_per_connection {
            return self.farewell(reply::TOO_MANY_MAILS);
        }
        if size > limits.mail_bytes {
            let text = reply::too_large(limits.mail_bytes);
            return self.refuse(Refusal::TooLarge, &text);
        }
        if !utf8 && from.as_ref().is_some_and(|from| !from.is_ascii()) {
            return self.mistake(reply::NEEDS_SMTPUTF8);
        }
        self.mails += 1;
        self.envelope = Some(Envelope { from, utf8, recipients: Vec::new() });
        self.say(reply::SENDER_FINE)
    }

    async fn recipient(&mut self, address: String) -> Next {
        let Some(envelope) = &self.envelope else {
            return self.mistake(reply::SENDER_FIRST);
        };
        if envelope.recipients.len() >= self.house.settings.limits.recipients {
            return self.refuse(Refusal::TooManyRecipients, reply::TOO_MANY_RECIPIENTS);
        }
        if !envelope.utf8 && !address.is_ascii() {
            return self.mistake(reply::NEEDS_SMTPUTF8);
        }
        match self.house.reception.recipient(&address).await {
            RecipientAnswer::Known => self.accept(address),
            RecipientAnswer::TryLater => self.refuse(Refusal::Temporary, reply::RECIPIENT_LATER),
            RecipientAnswer::Unknown => {
                self.house.counts.refuse(Refusal::UnknownRecipient);
                self.strike(reply::UNKNOWN_RECIPIENT)
            }
        }
    }

    fn accept(&mut self, address: String) -> Next {
        if let Some(envelope) = &mut self.envelope {
            envelope.recipients.push(address);
        }
        self.say(reply::RECIPIENT_FINE)
    }

    fn start_tls(&mut self) -> Next {
        if self.encrypted {
            return self.mistake(reply::TLS_ALREADY);
        }
        if self.house.settings.tls.is_none() {
            return self.mistake(reply::NO_TLS);
        }
        self.wire.say(reply::START_TLS);
        Next::Handshake
    }

    /// The same dialogue from its beginning, over TLS: what was said before counts no more
    /// (RFC 3207 4.2), save for the limits. `None` if the handshake failed.
    async fn encrypt(mut self) -> Option<Session<R>> {
        let tls = self.house.settings.tls.as_ref()?.current();
        let patience = self.house.settings.limits.command_timeout;
        self.wire.flush(patience).await.ok()?;
        let handshake = TlsAcceptor::from(tls).accept(self.wire.into_stream());
        let stream = match timeout(patience, handshake).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => {
                debug!(%error, "A TLS handshake for mail failed");
                return None;
            }
            Err(_) => {
                self.house.counts.timed_out();
                return None;
            }
        };
        self.house.counts.went_over_to_tls();
        let wire = Wire::new(Box::new(stream));
        Some(Session { wire, hello: None, envelope: None, encrypted: true, ..self })
    }

    fn say(&mut self, text: &str) -> Next {
        self.wire.say(text);
        Next::Command
    }

    fn farewell(&mut self, text: &str) -> Next {
        self.wire.say(text);
        Next::Close
    }

    fn refuse(&mut self, reason: Refusal, text: &str) -> Next {
        self.house.counts.refuse(reason);
        self.say(text)
    }

    fn mistake(&mut self, text: &str) -> Next {
        self.house.counts.refuse(Refusal::Misunderstood);
        self.strike(text)
    }

    /// Whoever guesses addresses or talks nonsense is sent away in the end.
    fn strike(&mut self, text: &str) -> Next {
        self.mistakes += 1;
        self.wire.say(text);
        if self.mistakes <= self.house.settings.limits.mistakes {
            return Next::Command;
        }
        self.farewell(reply::TOO_MANY_MISTAKES)
    }
}

impl Protocol {
    fn greeting(self) -> &'static str {
        match self {
            Protocol::Smtp => "ESMTP ready",
            Protocol::Lmtp => "LMTP ready",
        }
    }
}
