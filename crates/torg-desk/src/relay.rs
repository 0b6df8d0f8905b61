//! The relay as it is set on a page, where the machine's settings name none; and trying it out.

use std::net::SocketAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use torg_core::{Fact, StaffId, Verb, Viewer};
use torg_mail::relay::{NotSent, Relay, RelaySettings, RelayTls};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, outbox, settings};

use crate::changes::{ChangeRefused, Changed, administers};
use crate::pen::Pen;
use crate::{Carrier, Desk};

/// The topic of these changes.
pub(crate) const TOPIC: &str = "relay";
/// What is written down of a relay in its history, and what the change is called.
const WHAT: &str = "relay";
/// The setting that keeps what the latest change replaced, password and all, so that it can be
/// taken back; the history has no passwords.
const BEFORE: &str = "relay.before";
const TIMEOUT: Duration = Duration::from_secs(60);
/// How long a trial may take, so that a page answers in time.
const TRIAL: Duration = Duration::from_secs(15);

/// How the relay is reached.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    fn none() -> Self {
        let [host, tls, user] = [const { String::new() }; 3];
        Self { host, port: 587, tls, user, password: None }
    }

    /// Whether a password for the one is a password for the other.
    fn is_same_account(&self, other: &Self) -> bool {
        let key = |of: &Self| (of.host.trim().to_lowercase(), of.port, of.user.trim().to_owned());
        key(self) == key(other)
    }

    /// What the history says of it, parted by tabs: address, way and user. A password is only said
    /// to be new, by the time it was set.
    fn written(&self, new_password: Option<i64>) -> String {
        let Self { host, port, tls, user, .. } = self;
        if host.is_empty() {
            return String::new();
        }
        let new = new_password.map(|at| format!("\t{at}")).unwrap_or_default();
        format!("{host}:{port}\t{tls}\t{user}{new}")
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
                let same = kept(tx)?.filter(|before| before.is_same_account(&wanted));
                let new_password = wanted.password.as_ref().map(|_| pen.at());
                let password = wanted.password.clone().or_else(|| same?.password);
                let wanted = RelayChoice { password, ..wanted.clone() };
                put(tx, &pen, by, &wanted, new_password, Details::default())?;
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

/// What a change replaced.
#[derive(Serialize, Deserialize)]
struct Before {
    /// When it was replaced, as the change says; microseconds UTC.
    at: i64,
    choice: RelayChoice,
}

/// Keeps a relay, and what was there before; `new_password` is when its password was given.
fn put(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    wanted: &RelayChoice,
    new_password: Option<i64>,
    details: Details,
) -> Result<(), StoreError> {
    let before = kept(tx)?.unwrap_or_else(RelayChoice::none);
    let (old, new) = (before.written(None), wanted.written(new_password));
    if old != new {
        let before = Before { at: pen.at(), choice: before };
        settings::set(tx, BEFORE, &serde_json::to_string(&before).unwrap_or_default())?;
    }
    let port = wanted.port.to_string();
    let values = [
        ("relay.host", wanted.host.as_str()),
        ("relay.port", port.as_str()),
        ("relay.tls", wanted.tls.as_str()),
        ("relay.user", wanted.user.as_str()),
        ("relay.password", wanted.password.as_deref().unwrap_or_default()),
    ];
    values.iter().try_for_each(|(name, value)| settings::set(tx, name, value))?;
    let change = Changed { topic: TOPIC, what: WHAT, old: &old, new: &new };
    pen.changed(tx, Some(by), Verb::SettingChanged, &change, details)?;
    outbox::due_now(tx, pen.at())?;
    tx.announce(Fact::Outbox);
    Ok(())
}

/// Sets the relay as it was before its latest change, password and all.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let kept = settings::get(tx, BEFORE)?.unwrap_or_default();
    let before: Option<Before> = serde_json::from_str(&kept).ok();
    match before.filter(|before| before.at == change.at) {
        Some(Before { choice, .. }) => {
            // Said even where only a password was another one.
            Ok(put(tx, pen, by, &choice, Some(pen.at()), details)?)
        }
        None => Err(ChangeRefused::ChangedSince),
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
