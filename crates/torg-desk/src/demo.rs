//! The demo's citizens: their mailboxes stand in for the mail servers of the world.

use torg_core::EmailAddress;
use torg_core::person::alike;
use torg_mail::compose::{Outgoing, Quoted, compose};
use torg_mail::thread_key::read_subject_token;
use torg_mail::{Kind, Letter, Mailbox, parse};
use torg_store::demo::{self, DemoMailbox, NewDemoLetter};
use torg_store::{StoreError, Tx, departments};

use crate::Desk;
use crate::intake::Source;
use crate::pen::Pen;

/// A letter somebody writes as a citizen of the demo.
#[derive(Debug, Clone, Default)]
pub struct DemoMail {
    pub from_name: String,
    pub from_address: String,
    /// Our address.
    pub to: String,
    pub subject: String,
    pub text: String,
    /// The letter in the citizen's mailbox that this one answers.
    pub in_reply_to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DemoRefused {
    #[error("{0:?} is not an e-mail address")]
    NotAnAddress(String),
    #[error("none of our addresses")]
    UnknownRecipient,
    #[error("the letter is empty")]
    Empty,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A letter in a citizen's mailbox.
#[derive(Debug, Clone)]
pub struct DemoLetter {
    pub id: String,
    /// Microseconds UTC.
    pub at: i64,
    pub from_us: bool,
    /// Where it went; for a letter from us, where an answer goes.
    pub to: String,
    pub subject: String,
    pub text: String,
    /// The number of its inquiry, if it names one.
    pub number: Option<String>,
    mail_id: Option<String>,
    references: String,
}

impl From<demo::DemoLetter> for DemoLetter {
    fn from(kept: demo::DemoLetter) -> Self {
        let number = read_subject_token(&kept.subject);
        let demo::DemoLetter { id, at, from_us, counterpart: to, subject, text, .. } = kept;
        let (mail_id, references) = (kept.mail_id, kept.references);
        Self { id, at, from_us, to, subject, text, number, mail_id, references }
    }
}

impl Desk {
    /// The citizens who wrote or got letters, the last one first.
    pub async fn demo_mailboxes(&self) -> Result<Vec<DemoMailbox>, StoreError> {
        self.0.reader.read(|read| demo::mailboxes(read, 100)).await
    }

    /// A citizen's letters both ways, newest first.
    pub async fn demo_letters(&self, address: &str) -> Result<Vec<DemoLetter>, StoreError> {
        let address = alike(address);
        let letters = self.0.reader.read(move |read| demo::letters(read, &address)).await?;
        Ok(letters.into_iter().map(DemoLetter::from).collect())
    }

    /// Writes to the municipality as a citizen. It comes in like any mail.
    pub async fn demo_write(&self, mail: DemoMail) -> Result<(), DemoRefused> {
        let address = |text: &str| {
            EmailAddress::parse(text).map_err(|_| DemoRefused::NotAnAddress(text.to_owned()))
        };
        let (from, to) = (address(&mail.from_address)?, address(&mail.to)?);
        if mail.text.trim().is_empty() {
            return Err(DemoRefused::Empty);
        }
        let ours = to.split_tag().0;
        let known =
            self.0.reader.read(move |read| departments::mailbox(read, ours.as_str())).await?;
        if known.is_none() {
            return Err(DemoRefused::UnknownRecipient);
        }
        let answered = self.letter(&from, mail.in_reply_to.as_deref()).await?;
        let raw = compose(&citizens_mail(self, &mail, &from, &to, answered)?);
        self.demo_mail(Some(from.to_string()), vec![to.to_string()], raw).await?;
        Ok(())
    }

    /// Takes a mail in as if it came from outside, and shows a human's in her own mailbox.
    pub async fn demo_mail(
        &self,
        envelope_from: Option<String>,
        recipients: Vec<String>,
        raw: Vec<u8>,
    ) -> Result<(), StoreError> {
        let letter = parse(&raw).ok().filter(|letter| letter.kind == Kind::Human);
        let pen = self.pen();
        if let Some(letter) = letter.and_then(|letter| sent_by_citizen(&letter, &pen)) {
            self.0.store.write(move |tx| demo::insert(tx, &letter)).await?;
        }
        self.keep(
            Source { recipients, envelope_from, source_key: None, silent: false, stranger: None },
            raw,
        )
        .await?;
        Ok(())
    }

    async fn letter(
        &self,
        of: &EmailAddress,
        id: Option<&str>,
    ) -> Result<Option<DemoLetter>, StoreError> {
        let Some(id) = id else { return Ok(None) };
        let letters = self.demo_letters(of.as_str()).await?;
        Ok(letters.into_iter().find(|letter| letter.id == id))
    }
}

fn citizens_mail(
    desk: &Desk,
    mail: &DemoMail,
    from: &EmailAddress,
    to: &EmailAddress,
    answered: Option<DemoLetter>,
) -> Result<Outgoing, StoreError> {
    let id = data_encoding::HEXLOWER.encode(&crate::pen::random::<12>()?);
    let mut outgoing = Outgoing {
        from: Mailbox { name: Some(mail.from_name.clone()), address: from.to_string() },
        to: vec![Mailbox { name: None, address: to.to_string() }],
        subject: mail.subject.clone(),
        date: desk.now(),
        utc_offset_seconds: desk.about().time_zone.to_offset(desk.now()).seconds(),
        message_id: format!("{id}@{}", from.domain()),
        text: mail.text.clone(),
        ..Outgoing::default()
    };
    if let Some(letter) = answered {
        outgoing.references = letter.references.split_whitespace().map(str::to_owned).collect();
        outgoing.references.extend(letter.mail_id.clone());
        outgoing.in_reply_to = letter.mail_id;
        let attribution = letter.to;
        outgoing.quoted = Some(Quoted { attribution, text: letter.text });
    }
    Ok(outgoing)
}

fn sent_by_citizen(letter: &Letter, pen: &Pen) -> Option<NewDemoLetter> {
    let from = letter.from.as_ref()?;
    Some(NewDemoLetter {
        id: pen.id(),
        address: alike(&from.address),
        name: from.name.clone().unwrap_or_default(),
        from_us: false,
        counterpart: letter.to.first().map(|to| to.address.clone()).unwrap_or_default(),
        subject: letter.subject.clone(),
        body: torg_text::letter::split(&letter.text).new_text(),
        mail_id: letter.message_id.clone(),
        references: letter.references.join(" "),
        at: pen.at(),
    })
}

/// Puts a mail of ours into the mailboxes of the citizens it is for.
pub(crate) fn deliver(
    tx: &mut Tx<'_>,
    pen: &Pen,
    recipients: &[String],
    raw: &[u8],
) -> Result<(), StoreError> {
    let Ok(letter) = parse(raw) else {
        return Ok(());
    };
    for recipient in recipients {
        let address = alike(recipient);
        let known = demo::name_of(tx, &address)?;
        let shown = letter.to.first().and_then(|to| to.name.clone());
        demo::insert(
            tx,
            &NewDemoLetter {
                id: pen.id(),
                name: known.or(shown).unwrap_or_default(),
                address,
                from_us: true,
                counterpart: reply_address(&letter),
                subject: letter.subject.clone(),
                body: letter.text.clone(),
                mail_id: letter.message_id.clone(),
                references: letter.references.join(" "),
                at: pen.at(),
            },
        )?;
    }
    Ok(())
}

fn reply_address(letter: &Letter) -> String {
    let to = letter.reply_to.first().or(letter.from.as_ref());
    to.map(|mailbox| mailbox.address.clone()).unwrap_or_default()
}
