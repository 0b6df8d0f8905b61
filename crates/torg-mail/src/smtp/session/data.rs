//! DATA: from 354 to the word on the whole mail.

use tokio::time::Instant;

use super::super::message::{FIRST_SHARE, Fault, Message, Taken};
use super::super::trace::{Trace, received_header};
use super::super::wire::Broken;
use super::super::{Delivery, NotReceived, Protocol, Reception, Refusal, reply};
use super::{Envelope, Next, Session};

impl<R: Reception> Session<R> {
    pub(super) async fn data(&mut self) -> Result<Next, Broken> {
        let envelope = match self.envelope.take() {
            None => return Ok(self.mistake(reply::SENDER_FIRST)),
            Some(envelope) if envelope.recipients.is_empty() => {
                self.envelope = Some(envelope);
                return Ok(self.mistake(reply::RECIPIENT_FIRST));
            }
            Some(envelope) => envelope,
        };
        let Ok(share) = self.house.budget.share(FIRST_SHARE).await else {
            return Ok(self.refuse(Refusal::NoRoom, reply::NO_ROOM));
        };
        self.say(reply::GO_ON);
        let header = self.received(&envelope);
        let mut message = Message::new(&header, share, &self.house.settings.limits);
        let complete = self.take_in(&mut message).await?;
        let answers = self.answers(envelope.recipients.len());
        let answer = self.judge(message, envelope).await;
        for _ in 0..answers {
            self.wire.say(&answer);
        }
        Ok(if complete { Next::Command } else { Next::Close })
    }

    /// Reads to the end of the mail; false if it was so large that we stop before.
    async fn take_in(&mut self, message: &mut Message) -> Result<bool, Broken> {
        let limits = &self.house.settings.limits;
        let end = Instant::now() + limits.mail_timeout;
        loop {
            let block = self.wire.pending();
            let length = block.len();
            match message.take(block).await {
                Taken::All => self.wire.consume(length),
                Taken::Ended(taken) => break self.wire.consume(taken),
                Taken::Enough => return Ok(false),
            }
            let deadline = end.min(Instant::now() + limits.block_timeout);
            self.wire.fill(deadline).await?;
        }
        Ok(true)
    }

    /// The one answer to a whole mail.
    async fn judge(&self, message: Message, envelope: Envelope) -> String {
        let (raw, share) = match message.finish() {
            Ok(whole) => whole,
            Err(fault) => return self.faulty(fault),
        };
        let bytes = raw.len();
        let delivery = Delivery {
            envelope_from: envelope.from,
            recipients: envelope.recipients,
            peer: self.peer,
            helo: self.hello.as_ref().map(|hello| hello.name.clone()).unwrap_or_default(),
            raw,
            protocol: self.protocol,
        };
        let received = self.house.reception.receive(delivery).await;
        drop(share);
        self.received_answer(received, bytes)
    }

    fn faulty(&self, fault: Fault) -> String {
        let (reason, text) = match fault {
            Fault::BareLineEnd => (Refusal::BareLineEnd, reply::BARE_LINE_END.to_owned()),
            Fault::NoRoom => (Refusal::NoRoom, reply::NO_ROOM.to_owned()),
            Fault::TooLarge => {
                (Refusal::TooLarge, reply::too_large(self.house.settings.limits.mail_bytes))
            }
        };
        self.house.counts.refuse(reason);
        text
    }

    fn received_answer(&self, received: Result<(), NotReceived>, bytes: usize) -> String {
        match received {
            Ok(()) => {
                self.house.counts.kept(bytes);
                reply::KEPT.to_owned()
            }
            Err(NotReceived::Temporary(why)) => {
                self.house.counts.refuse(Refusal::Temporary);
                reply::temporary(&why)
            }
            Err(NotReceived::Permanent(why)) => {
                self.house.counts.refuse(Refusal::Permanent);
                reply::permanent(&why)
            }
        }
    }

    fn received(&self, envelope: &Envelope) -> String {
        let settings = &self.house.settings;
        received_header(&Trace {
            helo: self.hello.as_ref().map_or("", |hello| &hello.name),
            peer: self.peer,
            host_name: &settings.host_name,
            protocol: self.protocol,
            extended: self.hello.as_ref().is_some_and(|hello| hello.extended),
            encrypted: self.encrypted,
            utf8: envelope.utf8,
            at: (settings.now)(),
        })
    }

    fn answers(&self, recipients: usize) -> usize {
        match self.protocol {
            Protocol::Smtp => 1,
            Protocol::Lmtp => recipients,
        }
    }
}
