//! The relay as it is set on a page, where the machine's settings name none; and trying it out.

use std::net::SocketAddr;
use std::time::Duration;

use torg_core::{Fact, Verb, Viewer};
use torg_mail::relay::{NotSent, Relay, RelaySettings, RelayTls};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, outbox, settings};

use crate::changes::{ChangeRefused, Changed, administers};
use crate::{Carrier, Desk};

/// The topic of these changes. They are not undone by a click: a password cannot be shown again.
const TOPIC: &str = "relay";
const TIMEOUT: Duration = Duration::from_secs(60);
/// How long a trial may take, so that a page answers in time.
const TRIAL: Duration = Duration::from_secs(15);

/// How the relay is reached.
#[derive(Clone, PartialEq, Eq)]
pub struct RelayChoice {
    /// Empty for none.
    pub host: String,
    pub port: u16,
    /// `none`, `starttls`, `required` or `implicit`.
    pub tls: String,
    pub user: String,
    /// `None` keeps the one that is kept, for the same host, port and user only.
    pub password: Option<String>,
}

/// What a page may know of the relay: everything but the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayState {
    pub host: String,
    pub port: u16,
    pub tls: String,
    pub user: String,
    pub has_password: bool,
    /// The machine's settings name a relay, which wins over this one.
    pub in_file: bool,
    /// Mail leaves the house at all.
    pub is_set: bool,
}

impl std::fmt::Debug for RelayChoice {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { host, port, tls, user, .. } = self;
        write!(f, "RelayChoice({host:?}, {port}, {tls}, {user:?})")
    }
}

impl RelayChoice {
    /// Whether a password for the one is a password for the other.
    fn is_same_account(&self, other: &Self) -> bool {
        let key = |of: &Self| (of.host.trim().to_lowercase(), of.port, of.user.trim().to_owned());
        key(self) == key(other)
    }

    fn settings(&self, hello_name: &str, timeout: Duration) -> Option<RelaySettings> {
        let tls = match self.tls.as_str() {
            "none" => RelayTls::None,
            "starttls" => RelayTls::StartTls,
            "required" => RelayTls::Required,
            "implicit" => RelayTls::Implicit,
            _ => return None,
        };
        let password = self.password.clone().unwrap_or_default();
        Some(RelaySettings {
            host: self.host.clone(),
            port: self.port,
            tls,
            credentials: (!self.user.is_empty()).then(|| (self.user.clone(), password)),
            trusted_roots_pem: None,
            timeout,
            hello_name: hello_name.to_owned(),
        })
    }
}

/// What is kept, password and all.
pub(crate) fn kept(read: &Read<'_>) -> Result<Option<RelayChoice>, StoreError> {
    let get = |name: &str| Ok::<_, StoreError>(settings::get(read, name)?.unwrap_or_default());
    let host = get("relay.host")?;
    if host.is_empty() {
        return Ok(None);
    }
    Ok(Some(RelayChoice {
        host,
        port: get("relay.port")?.parse().unwrap_or(25),
        tls: get("relay.tls")?,
        user: get("relay.user")?,
        password: Some(get("relay.password")?),
    }))
}

/// The carrier of a choice, or nobody where there is none or it cannot be used.
pub(crate) fn carrier(choice: Option<&RelayChoice>, hello_name: &str) -> Carrier {
    let settings = choice.and_then(|choice| choice.settings(hello_name, TIMEOUT));
    settings.and_then(|settings| Relay::new(settings).ok()).map_or(Carrier::Nobody, Carrier::Relay)
}

impl Desk {
    /// What the page of the relay shows.
    pub async fn relay_state(&self) -> Result<RelayState, StoreError> {
        let choice = self.0.reader.read(kept).await?;
        let in_file = self.0.carrier_is_fixed;
        let is_set = !matches!(*self.0.carrier(), Carrier::Nobody);
        Ok(match choice {
            Some(choice) => RelayState {
                has_password: choice.password.is_some_and(|password| !password.is_empty()),
                host: choice.host,
                port: choice.port,
                tls: choice.tls,
                user: choice.user,
                in_file,
                is_set,
            },
            None => RelayState {
                host: String::new(),
                port: 587,
                tls: "required".into(),
                user: String::new(),
                has_password: false,
                in_file,
                is_set,
            },
        })
    }

    /// Sets the relay. What waits in the outbox is tried at once.
    pub async fn set_relay(
        &self,
        viewer: &Viewer,
        wanted: RelayChoice,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let wanted = RelayChoice {
            host: wanted.host.trim().to_owned(),
            user: wanted.user.trim().to_owned(),
            ..wanted
        };
        check(&wanted)?;
        let (by, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                let before = kept(tx)?;
                let is_same = before.is_some_and(|before| before.is_same_account(&wanted));
                let port = wanted.port.to_string();
                let values = [
                    ("relay.host", wanted.host.as_str()),
                    ("relay.port", port.as_str()),
                    ("relay.tls", wanted.tls.as_str()),
                    ("relay.user", wanted.user.as_str()),
                ];
                for value in values {
                    pen.set(tx, Some(by), TOPIC, value, Details::default())?;
                }
                if let Some(password) = &wanted.password {
                    settings::set(tx, "relay.password", password)?;
                    let (what, new) = ("relay.password", pen.now.to_string());
                    let change = Changed { topic: TOPIC, what, old: "", new: &new };
                    pen.changed(tx, Some(by), Verb::SettingChanged, &change, Details::default())?;
                }
                if wanted.password.is_none() && !is_same {
                    settings::set(tx, "relay.password", "")?;
                }
                outbox::due_now(tx, pen.at())?;
                tx.announce(Fact::Outbox);
                Ok::<_, ChangeRefused>(())
            })
            .await?;
        Ok(self.read_settings().await?)
    }

    /// Connects to a relay as it would be set and says what it answered. Sends nothing. Without a
    /// password the kept one is used, if it is for the same host, port and user.
    pub async fn try_relay(
        &self,
        viewer: &Viewer,
        wanted: RelayChoice,
    ) -> Result<Result<String, String>, ChangeRefused> {
        administers(viewer)?;
        check(&wanted)?;
        let kept = self.0.reader.read(kept).await?.filter(|kept| kept.is_same_account(&wanted));
        let password = wanted.password.clone().or_else(|| kept.and_then(|kept| kept.password));
        let wanted = RelayChoice { password, ..wanted };
        let Some(settings) = wanted.settings(&self.0.mail_host, TRIAL) else {
            return Err(ChangeRefused::BadValue { what: "tls" });
        };
        let relay = match Relay::new(settings) {
            Ok(relay) => relay,
            Err(unusable) => return Ok(Err(unusable.to_string())),
        };
        Ok(relay.greet().await.map_err(|error| match error {
            NotSent::Temporary { text, .. } | NotSent::Permanent { text, .. } => text,
        }))
    }
}

impl Desk {
    /// Asks our own mail door at `door` whether it takes mail for `address`, as a citizen's server
    /// would, and says what it answered.
    pub async fn try_address(
        &self,
        viewer: &Viewer,
        door: SocketAddr,
        address: &str,
    ) -> Result<Result<String, String>, ChangeRefused> {
        administers(viewer)?;
        let host =
            if door.ip().is_unspecified() { "127.0.0.1".into() } else { door.ip().to_string() };
        let settings = RelaySettings {
            host,
            port: door.port(),
            tls: RelayTls::None,
            credentials: None,
            trusted_roots_pem: None,
            timeout: TRIAL,
            hello_name: self.0.mail_host.clone(),
        };
        let Ok(relay) = Relay::new(settings) else {
            return Err(ChangeRefused::BadValue { what: "door" });
        };
        Ok(relay.takes(address).await.map_err(|error| match error {
            NotSent::Temporary { text, .. } | NotSent::Permanent { text, .. } => text,
        }))
    }
}

fn check(wanted: &RelayChoice) -> Result<(), ChangeRefused> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-._:".contains(letter);
    if wanted.host.trim().chars().count() > 253 || !wanted.host.trim().chars().all(is_name) {
        return Err(ChangeRefused::BadValue { what: "host" });
    }
    if !["none", "starttls", "required", "implicit"].contains(&wanted.tls.as_str()) {
        return Err(ChangeRefused::BadValue { what: "tls" });
    }
    if wanted.port == 0 {
        return Err(ChangeRefused::BadValue { what: "port" });
    }
    Ok(())
}
