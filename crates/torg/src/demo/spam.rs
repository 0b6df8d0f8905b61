//! The demo's spam: it comes in as from outside, colleagues say what it is, and the judge learns from them.

use jiff::Timestamp;
use torg_core::{Fact, Viewer};
use torg_demo::Spam;
use torg_desk::{Clock, Desk};
use torg_mail::Mailbox;
use torg_mail::compose::{Outgoing, compose};
use torg_mail::smtp::{Delivery, Protocol, Reception};

/// Spam that waits to come, in order of time.
pub(super) struct SpamToCome {
    waits: std::iter::Peekable<std::vec::IntoIter<Spam>>,
    to: String,
    has_learnt: bool,
}

impl SpamToCome {
    pub(super) fn until(until: Timestamp, to: &str) -> Self {
        let waits = torg_demo::spam(until).into_iter().peekable();
        Self { waits, to: to.to_owned(), has_learnt: false }
    }

    /// Plays what comes until `at`; `reader` marks what is marked.
    pub(super) async fn play_until(
        &mut self,
        desk: &Desk,
        clock: &Clock,
        reader: &Viewer,
        at: Timestamp,
    ) -> anyhow::Result<()> {
        while let Some(spam) = self.waits.next_if(|spam| spam.at <= at) {
            clock.set(spam.at);
            if !spam.marked && !self.has_learnt {
                desk.learn_spam().await?;
                self.has_learnt = true;
            }
            self.play(desk, reader, &spam).await?;
        }
        Ok(())
    }

    async fn play(&self, desk: &Desk, reader: &Viewer, spam: &Spam) -> anyhow::Result<()> {
        let mut facts = desk.bus().subscribe();
        let delivery = Delivery {
            envelope_from: Some(spam.from_address.clone()),
            recipients: vec![self.to.clone()],
            peer: None,
            helo: "mx.elsewhere.example".to_owned(),
            raw: compose(&self.mail(spam)),
            protocol: Protocol::Smtp,
        };
        desk.intake().receive(delivery).await?;
        desk.file_waiting().await?;
        let filed = std::iter::from_fn(|| facts.try_recv().ok()).find_map(|fact| match fact {
            Fact::Inquiry { inquiry, .. } => Some(inquiry),
            _ => None,
        });
        if let Some(inquiry) = filed.filter(|_| spam.marked) {
            desk.mark_spam(reader, inquiry, true).await?;
        }
        Ok(())
    }

    fn mail(&self, spam: &Spam) -> Outgoing {
        let mailbox = |name: &str, address: &str| Mailbox {
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            address: address.to_owned(),
        };
        let domain = spam.from_address.rsplit('@').next().unwrap_or_default();
        Outgoing {
            from: mailbox(spam.from_name, &spam.from_address),
            to: vec![mailbox("", &self.to)],
            subject: spam.subject.clone(),
            date: spam.at,
            // As residents' programs write it: nothing but what it says tells it apart.
            utc_offset_seconds: 7200,
            message_id: format!("{}.0@{domain}", spam.at.as_millisecond()),
            text: spam.text.clone(),
            ..Outgoing::default()
        }
    }
}
