//! How mail leaves the house.

use torg_mail::relay::{NotSent, Relay, Unsent};

/// What a mail in the outbox says while nobody carries mail away.
pub const NO_RELAY: &str = "no relay is set";

/// Who carries mail away.
pub enum Carrier {
    /// The municipality's mail relay.
    Relay(Relay),
    /// Nobody: the demo puts mail into its citizens' mailboxes.
    Demo,
    /// Nobody yet: mail waits in the outbox until a relay is set.
    Nobody,
}

impl Carrier {
    /// Hands one mail to the relay. The demo's mail is delivered where it is noted as sent.
    ///
    /// # Errors
    /// Who has not got it, and why.
    pub(super) async fn carry(
        &self,
        envelope_from: Option<&str>,
        recipients: &[String],
        raw: &[u8],
    ) -> Result<(), Unsent> {
        match self {
            Self::Relay(relay) => relay.send(envelope_from, recipients, raw).await,
            Self::Demo => Ok(()),
            Self::Nobody => {
                let why = NotSent::Temporary { text: NO_RELAY.into(), code: None };
                Err(Unsent { recipients: recipients.to_vec(), why })
            }
        }
    }
}
