//! A municipality: all state hangs on this one value, and there are no globals.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError, RwLock};

use torg_core::{Fact, IdMaker};
use torg_mail::thread_key::Signer;
use torg_store::{Options, Place, Reader, Store, StoreError, settings};

use crate::about::About;
use crate::accounts::Accounts;
use crate::answers::{SentenceModel, Suggester, Thinker};
use crate::bus::Bus;
use crate::clock::Clock;
use crate::files::PdfReader;
use crate::municipal;
use crate::pen::{Pen, random};
use crate::sending::Carrier;
use crate::spam::{Asking, Heard as HeardOfLetters, Teacher};
use crate::tail::Heard;

/// What a municipality is run with.
pub struct DeskSettings {
    pub place: Place,
    pub store: Options,
    /// What is municipal of it counts where nothing is kept in the database yet.
    pub about: About,
    pub clock: Clock,
    /// How mail leaves; with [`Carrier::Nobody`], as it is set on a page.
    pub carrier: Carrier,
    /// The host of our Message-IDs.
    pub mail_host: String,
    /// Whether our mail server delivers `post+tag@…` to `post@…`.
    pub plus_addresses: bool,
    /// The most bytes of a mail of ours.
    pub most_mail_bytes: usize,
    pub hashing: crate::HashStrength,
    /// What reads PDF files for the search.
    pub pdf_reader: PdfReader,
    /// Where the sentence model lies, if an administrator installed it.
    pub sentence_model: Option<std::path::PathBuf>,
    /// Who is asked where letters come from, once they are filed.
    pub asking: Asking,
}

/// A municipality could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenRefused {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the secret kept in the database is damaged")]
    Secret,
}

pub(crate) struct Municipality {
    pub(crate) store: Store,
    pub(crate) reader: Reader,
    about: RwLock<Arc<About>>,
    pub(crate) clock: Clock,
    pub(crate) bus: Bus,
    pub(crate) heard: Arc<Heard>,
    pub(crate) accounts: Accounts,
    pub(crate) suggester: Suggester,
    pub(crate) teacher: Teacher,
    pub(crate) asking: Arc<Asking>,
    /// Whether those who are asked about letters answer.
    pub(crate) heard_of_letters: HeardOfLetters,
    pub(crate) thinker: Thinker,
    pub(crate) signer: Signer,
    carrier: RwLock<Arc<Carrier>>,
    /// The machine's settings say how mail leaves, and pages do not.
    pub(crate) carrier_is_fixed: bool,
    /// Somebody works here, which never ends.
    pub(crate) is_staffed: AtomicBool,
    pub(crate) mail_host: String,
    pub(crate) plus_addresses: bool,
    /// Whether other processes may work on the same database.
    pub(crate) has_other_nodes: bool,
    pub(crate) most_mail_bytes: usize,
    pub(crate) pdf_reader: PdfReader,
    /// Tells this process from others that hold leases.
    pub(crate) holder: String,
    pub(crate) node: u16,
    ids: Arc<IdMaker>,
}

/// The verbs of one municipality. Cheap to clone.
#[derive(Clone)]
pub struct Desk(pub(crate) Arc<Municipality>);

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Desk").field(&self.about().name).finish()
    }
}

impl Municipality {
    /// How mail leaves at this moment.
    pub(crate) fn carrier(&self) -> Arc<Carrier> {
        Arc::clone(&self.carrier.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set_carrier(&self, fresh: Carrier) {
        *self.carrier.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
    }

    pub(crate) fn set_about(&self, fresh: About) {
        *self.about.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
    }
}

/// The name this process holds leases by. The data lock lets only one process at a time work on an
/// embedded database, so what one held that was killed, the next one holds at once.
fn holder(place: &Place) -> Result<String, OpenRefused> {
    Ok(match place {
        Place::Sqlite(_) => "embedded".to_owned(),
        Place::Postgres(_) => data_encoding::HEXLOWER.encode(&random::<8>()?),
    })
}

impl Desk {
    /// Opens the database, bringing its tables to this version, and with it the municipality.
    ///
    /// # Errors
    /// When the database cannot be opened, or the secret kept in it cannot be read.
    pub async fn open(settings: DeskSettings) -> Result<Self, OpenRefused> {
        let bus = Bus::default();
        let (say, again) = (bus.clone(), bus.clone());
        let node = settings.store.node;
        let options = Options { resync: Arc::new(move || again.look_again()), ..settings.store };
        let (heard, clock) = (Arc::new(Heard::default()), settings.clock.clone());
        let hearing = Arc::clone(&heard);
        let has_other_nodes = matches!(settings.place, Place::Postgres(_));
        let on_commit = Arc::new(move |facts: &[Fact]| {
            if has_other_nodes {
                hearing.note(facts, clock.now().as_microsecond());
            }
            say.say(facts);
        });
        let store = Store::open(&settings.place, options, on_commit).await?;
        let signer = Signer::new(&secret(&store).await?);
        let first = settings.about;
        let about = store
            .write(move |tx| {
                municipal::keep_first(tx, &first)?;
                municipal::kept(tx, &first)
            })
            .await?;
        let desk = Self(Arc::new(Municipality {
            reader: store.reader(),
            store,
            about: RwLock::new(Arc::new(about)),
            clock: settings.clock,
            bus,
            heard,
            accounts: Accounts::new(settings.hashing),
            suggester: Suggester::default(),
            teacher: Teacher::default(),
            asking: Arc::new(settings.asking),
            heard_of_letters: HeardOfLetters::default(),
            thinker: Thinker::new(settings.sentence_model),
            signer,
            carrier_is_fixed: !matches!(settings.carrier, Carrier::Nobody),
            carrier: RwLock::new(Arc::new(settings.carrier)),
            is_staffed: AtomicBool::new(false),
            mail_host: settings.mail_host,
            plus_addresses: settings.plus_addresses,
            most_mail_bytes: settings.most_mail_bytes,
            pdf_reader: settings.pdf_reader,
            holder: holder(&settings.place)?,
            has_other_nodes,
            node,
            ids: Arc::new(IdMaker::new(node)),
        }));
        desk.read_settings().await?;
        Ok(desk)
    }

    /// For looking; whatever it reaches takes the viewer.
    pub fn reader(&self) -> &Reader {
        &self.0.reader
    }

    /// What the municipality says about itself at this moment.
    pub fn about(&self) -> Arc<About> {
        Arc::clone(&self.0.about.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether letters are understood by the sentence model, or why not.
    pub fn sentence_model(&self) -> SentenceModel {
        self.0.thinker.state()
    }

    pub fn bus(&self) -> &Bus {
        &self.0.bus
    }

    pub fn now(&self) -> jiff::Timestamp {
        self.0.clock.now()
    }

    /// Closes the database, once everything that was handed in is done. Clones of this desk are
    /// refused from then on.
    pub async fn end(self) {
        self.0.store.clone().close().await;
    }

    pub(crate) fn pen(&self) -> Pen {
        let zone = self.about().time_zone.clone();
        Pen::new(self.0.clock.now(), zone, Arc::clone(&self.0.ids), self.0.node)
    }
}

/// The secret our Message-IDs and plus addresses are signed with: made once, kept in the database,
/// so that all nodes sign alike and a restored backup still knows its own letters.
async fn secret(store: &Store) -> Result<Vec<u8>, OpenRefused> {
    const NAME: &str = "secret.mail";
    let fresh = data_encoding::BASE64.encode(&random::<32>()?);
    let kept = store.write(move |tx| settings::keep(tx, NAME, &fresh)).await?;
    data_encoding::BASE64.decode(kept.as_bytes()).map_err(|_| OpenRefused::Secret)
}
