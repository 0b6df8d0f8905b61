//! Mails to colleagues: invitations, new passwords and digests, in the colleague's language.

use torg_core::{Id, Language, MessageId};
use torg_mail::Mailbox;
use torg_mail::compose::{Outgoing, compose};
use torg_store::blobs::{self, Blob};
use torg_store::staff::Managed;
use torg_store::{StoreError, Tx, departments};

use crate::pen::Pen;
use crate::sending::{Letterhead, enqueue};

/// Puts a mail with a link to choose a password in the outbox.
pub(crate) fn link(
    tx: &mut Tx<'_>,
    pen: &Pen,
    letterhead: &Letterhead,
    her: &Managed,
    link: &str,
) -> Result<(), StoreError> {
    let language = her.language.parse().unwrap_or(letterhead.language);
    let (subject, text) = words(language, !her.has_password);
    let filled = |text: &str| {
        text.replace("{name}", &her.name)
            .replace("{town}", &letterhead.town)
            .replace("{link}", link)
    };
    send(tx, pen, letterhead, her, filled(subject), filled(text))
}

/// Puts a mail to a colleague in the outbox.
pub(crate) fn send(
    tx: &mut Tx<'_>,
    pen: &Pen,
    letterhead: &Letterhead,
    her: &Managed,
    subject: String,
    text: String,
) -> Result<(), StoreError> {
    let general = departments::mailboxes(tx)?.into_iter().next().map(|mailbox| mailbox.address);
    let from = general.unwrap_or_else(|| format!("no-reply@{}", letterhead.mail_host));
    let id: MessageId = pen.id();
    let raw = compose(&Outgoing {
        from: Mailbox { name: Some(letterhead.town.clone()), address: from },
        to: vec![Mailbox { name: Some(her.name.clone()), address: her.email.clone() }],
        subject,
        date: pen.now,
        utc_offset_seconds: letterhead.time_zone.to_offset(pen.now).seconds(),
        message_id: format!("{}@{}", id.as_i64(), letterhead.mail_host),
        text,
        automatic: true,
        ..Outgoing::default()
    });
    let raw = Blob::prepare(&raw);
    blobs::put(tx, &raw)?;
    enqueue(tx, pen, None, None, vec![her.email.clone()], raw.hash())
}

/// Subject and text.
fn words(language: Language, invites: bool) -> (&'static str, &'static str) {
    let whole = match (language, invites) {
        (Language::Da, true) => include_str!("../texts/invite.da.txt"),
        (Language::Nb, true) => include_str!("../texts/invite.nb.txt"),
        (Language::Nn, true) => include_str!("../texts/invite.nn.txt"),
        (Language::Sv, true) => include_str!("../texts/invite.sv.txt"),
        (Language::En, true) => include_str!("../texts/invite.en.txt"),
        (Language::Da, false) => include_str!("../texts/password.da.txt"),
        (Language::Nb, false) => include_str!("../texts/password.nb.txt"),
        (Language::Nn, false) => include_str!("../texts/password.nn.txt"),
        (Language::Sv, false) => include_str!("../texts/password.sv.txt"),
        (Language::En, false) => include_str!("../texts/password.en.txt"),
    };
    let (subject, text) = whole.split_once('\n').unwrap_or((whole, ""));
    (subject.trim(), text.trim())
}
