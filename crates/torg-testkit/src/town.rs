//! A town with a town hall: everything but the web, on one database, at a time that is set.
//!
//! [`stories!`](crate::stories) makes two tests of one story, so that a failure names the engine.

mod at;
mod looking;
pub mod mail;
pub mod people;
mod sums;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use torg_core::{ArrivalId, DepartmentId, Fact, InquiryId, Language, MessageId, Viewer};
use torg_desk::{
    About, Asking, Carrier, Clock, Desk, DeskSettings, Dns, HashStrength, NewColleague, PdfReader,
    Sent,
};
use torg_mail::origin::Asker;
use torg_mail::rspamd::Rspamd;
use torg_mail::smtp::{Delivery, NotReceived, Protocol, Reception};
pub use torg_store::EngineKind;
use torg_store::{Durability, Options, Place};

pub use at::{At, Outcome};
use mail::Mail;
use people::{COLLEAGUES, Citizen, Colleague, DEPARTMENTS, Department, PASSWORD};

use crate::dns::TestDns;
use crate::postgres::{TestDatabase, database};
use crate::relay::TestRelay;

/// Monday morning, when every story begins.
pub const MORNING: &str = "2026-05-04T07:00:00Z";

/// How a town is set up.
#[derive(Debug, Clone)]
pub struct Plan {
    pub carrier: Way,
    pub receipts: bool,
    pub plus_addresses: bool,
    pub language: Language,
    /// Whether DNS is asked where letters come from.
    pub asks_dns: bool,
    /// Where an Rspamd server is asked, as `http://host:port`.
    pub rspamd: Option<String>,
    /// Where the sentence model lies.
    pub sentence_model: Option<std::path::PathBuf>,
}

/// How mail leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Relay,
    /// Into the mailboxes of the demo's citizens.
    Demo,
    Nobody,
}

impl Plan {
    /// Mail leaves by a relay, citizens get receipts, answers carry plus addresses.
    pub fn usual() -> Self {
        Self {
            carrier: Way::Relay,
            receipts: true,
            plus_addresses: true,
            language: Language::En,
            asks_dns: false,
            rspamd: None,
            sentence_model: None,
        }
    }

    pub fn without_receipts() -> Self {
        Self { receipts: false, ..Self::usual() }
    }

    pub fn without_plus_addresses() -> Self {
        Self { plus_addresses: false, ..Self::usual() }
    }

    /// No relay is set yet, and no receipts are sent.
    pub fn without_relay() -> Self {
        Self { carrier: Way::Nobody, ..Self::without_receipts() }
    }

    pub fn asking() -> Self {
        Self { asks_dns: true, ..Self::usual() }
    }

    /// The Rspamd server it asks is not there.
    pub fn without_its_rspamd() -> Self {
        Self { rspamd: Some("http://127.0.0.1:9".into()), ..Self::usual() }
    }

    pub fn demo() -> Self {
        Self { carrier: Way::Demo, ..Self::usual() }
    }
}

/// What became of a mail that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    Message(InquiryId, MessageId),
    Quarantined(ArrivalId),
}

/// A town, for one story.
pub struct Town {
    pub desk: Desk,
    pub clock: Clock,
    pub relay: TestRelay,
    pub dns: TestDns,
    pub place: Place,
    people: HashMap<&'static str, Viewer>,
    departments: HashMap<&'static str, DepartmentId>,
    closed: AtomicBool,
    _home: Home,
}

/// What goes away with the town.
enum Home {
    Folder(#[expect(dead_code, reason = "deletes the folder when dropped")] TempDir),
    Database(#[expect(dead_code, reason = "drops the database when dropped")] TestDatabase),
}

/// Two tests, `…::sqlite` and `…::postgres`, of each story named: an `async fn(&Town)` beside it.
/// A [`Plan`] may come first, by the name of the function that makes it.
#[macro_export]
macro_rules! stories {
    (plan $plan:ident; $($story:ident),+ $(,)?) => {$(
        mod $story {
            #[tokio::test]
            async fn sqlite() {
                let engine = $crate::town::EngineKind::Sqlite;
                $crate::town::on(engine, $crate::town::Plan::$plan(), super::$story).await;
            }

            #[tokio::test]
            async fn postgres() {
                let engine = $crate::town::EngineKind::Postgres;
                $crate::town::on(engine, $crate::town::Plan::$plan(), super::$story).await;
            }
        }
    )+};
    ($($story:ident),+ $(,)?) => {
        $crate::stories! { plan usual; $($story),+ }
    };
}

/// Tells a story in a fresh town, and closes it. Without a PostgreSQL server half the stories are
/// skipped, said aloud.
///
/// # Panics
/// If the story fails, or the town does not add up afterwards.
pub async fn on(engine: EngineKind, plan: Plan, story: impl AsyncFnOnce(&Town)) {
    if let Some(town) = Box::pin(Town::open(engine, plan)).await {
        Box::pin(story(&town)).await;
        Box::pin(town.close()).await;
    }
}

impl Town {
    /// A town at [`MORNING`] with its departments and colleagues; `None` without a server for it.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn open(engine: EngineKind, plan: Plan) -> Option<Self> {
        let (place, home) = match engine {
            EngineKind::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let place = Place::Sqlite(folder.path().join("torg.db"));
                (place, Home::Folder(folder))
            }
            EngineKind::Postgres => {
                let database = database()?;
                let place = Place::Postgres(database.connection());
                (place, Home::Database(database))
            }
        };
        let clock = Clock::standing_at(MORNING.parse().expect("a time"));
        let (relay, dns) = (TestRelay::open().await, TestDns::open().await);
        let settings =
            DeskSettings { asking: asking(&plan, &dns), ..settings(&place, &plan, &clock, &relay) };
        let desk = Desk::open(settings).await.expect("a fresh town opens");
        let mut town = Self {
            desk,
            clock,
            relay,
            dns,
            place,
            people: HashMap::new(),
            departments: HashMap::new(),
            closed: AtomicBool::new(false),
            _home: home,
        };
        town.furnish().await;
        Some(town)
    }

    async fn furnish(&mut self) {
        for department in DEPARTMENTS {
            let Department { name, restricted, signature, address } = department;
            let id = self.desk.add_department(name, restricted, signature).await;
            self.departments.insert(name, id.expect("a new department"));
            let added = self.desk.add_address(address, name).await;
            added.expect("a new address");
        }
        for colleague in COLLEAGUES {
            let new = NewColleague {
                name: colleague.name.into(),
                email: colleague.email.into(),
                role: colleague.role,
                language: colleague.language,
                departments: colleague.departments.iter().map(|&name| name.into()).collect(),
                password: PASSWORD.into(),
            };
            let staff = self.desk.add_colleague(new).await;
            let viewer = Viewer {
                staff: staff.expect("a new colleague"),
                name: colleague.name.into(),
                role: colleague.role,
            };
            self.people.insert(colleague.email, viewer);
        }
    }

    /// Sends what still waits, and sees whether everything adds up: nothing lies about, every
    /// journal chain verifies, every reference leads somewhere, every count equals its list.
    ///
    /// # Panics
    /// With what does not add up.
    pub async fn close(self) {
        self.works().await;
        self.adds_up().await;
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Whether its database is the embedded one.
    pub fn is_embedded(&self) -> bool {
        matches!(self.place, Place::Sqlite(_))
    }

    /// Another node on the same database, which tells this one nothing by itself.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn another_node(&self) -> Desk {
        let mut settings = settings(&self.place, &Plan::usual(), &self.clock, &self.relay);
        settings.store.node = 1;
        Desk::open(settings).await.expect("another node opens")
    }

    /// The colleague as the one who looks.
    ///
    /// # Panics
    /// If she does not work here.
    pub fn viewer(&self, colleague: Colleague) -> Viewer {
        let viewer = self.people.get(colleague.email);
        viewer.expect("a colleague of this town").clone()
    }

    /// # Panics
    /// If there is no such department.
    pub fn department(&self, department: Department) -> DepartmentId {
        let id = self.departments.get(department.name);
        *id.expect("a department of this town")
    }

    /// Sets the clock forward.
    pub fn passes(&self, time: SignedDuration) {
        self.clock.set(self.now() + time);
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A letter to the general address, filed. Its inquiry.
    pub async fn mail_from(&self, citizen: Citizen, subject: &str) -> InquiryId {
        self.gets(citizen.writes(subject)).await
    }

    /// Takes a mail in and files it. Its inquiry.
    ///
    /// # Panics
    /// If it could not be filed.
    pub async fn gets(&self, mail: Mail) -> InquiryId {
        match self.gets_odd(mail).await {
            Became::Message(inquiry, _) => inquiry,
            Became::Quarantined(arrival) => panic!("{arrival} is in quarantine"),
        }
    }

    /// Takes a mail in, files what waits, and tells what became of it.
    ///
    /// # Panics
    /// If it was not taken.
    pub async fn gets_odd(&self, mail: Mail) -> Became {
        self.receives(mail).await.expect("the mail is taken");
        self.files().await;
        self.newest_arrival().await
    }

    /// Takes a mail in as the mail door does, without filing it.
    ///
    /// # Errors
    /// As the mail door.
    pub async fn receives(&self, mail: Mail) -> Result<(), NotReceived> {
        let raw = mail.bytes(self.now());
        let delivery = Delivery {
            envelope_from: mail.envelope_from,
            recipients: mail.recipients,
            peer: mail.peer,
            helo: "mx.elsewhere.example".into(),
            raw,
            protocol: Protocol::Smtp,
        };
        self.desk.intake().receive(delivery).await
    }

    /// Files what waits.
    ///
    /// # Panics
    /// If the database does not answer.
    pub async fn files(&self) -> torg_desk::FilingReport {
        self.desk.file_waiting().await.expect("filing goes on")
    }

    /// Sends what is due.
    ///
    /// # Panics
    /// If the database does not answer.
    pub async fn sends(&self) -> Sent {
        self.desk.send_due().await.expect("sending goes on")
    }

    /// Files and sends, as the background work does.
    pub async fn works(&self) {
        self.files().await;
        self.sends().await;
    }

    /// From now on, what the bus says.
    pub fn listens(&self) -> impl FnMut() -> Vec<Fact> {
        let mut facts = self.desk.bus().subscribe();
        move || std::iter::from_fn(|| facts.try_recv().ok()).collect()
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        let closed = self.closed.load(Ordering::Relaxed);
        assert!(
            closed || std::thread::panicking(),
            "a town is closed at the end of its story, so that it can be seen to add up"
        );
    }
}

/// Nobody waits longer than this for an answer that does not come.
const PATIENCE: Duration = Duration::from_secs(2);

fn asking(plan: &Plan, dns: &TestDns) -> Asking {
    let rspamd = plan.rspamd.as_ref().map(|url| Rspamd::at(url, Duration::from_secs(20)));
    let rspamd = rspamd.map(|rspamd| rspamd.expect("an address"));
    if !plan.asks_dns {
        return Asking { rspamd, ..Asking::default() };
    }
    let asker = Asker::new(Some(dns.address()), PATIENCE, "mx.fjordby.example");
    let trusted = vec!["mx.fjordby.example".to_owned()];
    Asking {
        dns: Dns::On(Box::new(asker.expect("a server"))),
        trusted,
        rspamd,
        ..Asking::default()
    }
}

fn settings(place: &Place, plan: &Plan, clock: &Clock, relay: &TestRelay) -> DeskSettings {
    DeskSettings {
        place: place.clone(),
        store: Options { durability: Durability::Normal, ..Options::default() },
        about: About {
            name: "Fjordby".into(),
            language: plan.language,
            time_zone: TimeZone::get("Europe/Oslo").expect("a time zone"),
            receipts: plan.receipts,
            theme: torg_desk::Theme::default(),
            has_privacy_note: false,
            public_url: "https://torg.fjordby.example".into(),
            demo: plan.carrier == Way::Demo,
            version: "0.0.0",
        },
        clock: clock.clone(),
        carrier: match plan.carrier {
            Way::Relay => Carrier::Relay(relay.relay()),
            Way::Demo => Carrier::Demo,
            Way::Nobody => Carrier::Nobody,
        },
        mail_host: "fjordby.example".into(),
        plus_addresses: plan.plus_addresses,
        most_mail_bytes: 10 << 20,
        hashing: HashStrength::ForTests,
        pdf_reader: PdfReader {
            program: Some("/bin/cat".into()),
            arguments: Vec::new(),
            most_time: Duration::from_secs(10),
        },
        sentence_model: plan.sentence_model.clone(),
        asking: Asking::default(),
    }
}
