//! What administrators do with departments and receiving addresses.

mod listed;

pub(crate) use listed::set_again as set_list_again;

use torg_core::delegation::Staffing;
use torg_core::{
    Department, DepartmentId, EmailAddress, Fact, Language, MailboxId, StaffId, Verb, Viewer,
};
use torg_store::changes::Change;
use torg_store::delegation::{self, Told};
use torg_store::departments::{self, Branch, MOST_LEVELS, NewDepartment};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, jobs};

use crate::changes::{ChangeRefused, Changed, administers};
use crate::pen::Pen;
use crate::{Desk, answers, moving};

/// Why a department or an address was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DepartmentRefused {
    #[error("only for administrators")]
    NotAllowed,
    #[error("not found")]
    NotFound,
    #[error("a name of 1 to 80 characters is needed")]
    NoName,
    #[error("there is a department of this name already")]
    NameTaken,
    #[error("it would lie in itself")]
    InItself,
    #[error("deeper than {most} levels")]
    TooDeep { most: usize },
    /// There must be one to receive the municipality's mail.
    #[error("the last department stays")]
    LastDepartment,
    /// It is behind a wall and would come out, which was not said expressly.
    #[error("it would come out from behind its wall")]
    WouldOpen,
    #[error("not an e-mail address")]
    NotAnAddress,
    #[error("the address is received already")]
    AddressThere,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeRefused> for DepartmentRefused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::NotAllowed => Self::NotAllowed,
            ChangeRefused::Store(error) => Self::Store(error),
            _ => Self::NotFound,
        }
    }
}

/// The topic of a department's changes, and of the list as a whole.
pub(crate) const NOUN: &str = "department";
/// The topic of departments and addresses that came and went.
pub(crate) const ALL: &str = "departments";

/// What of a department delegation asks for.
const DESCRIPTION: &str = "description";
const EXAMPLES: &str = "examples";
const STAFFING: &str = "staffing";
/// The most characters of a description, and of all examples.
const MOST_TOLD: usize = 4_000;

impl Desk {
    /// Adds a department, in another one or at the top.
    pub async fn create_department(
        &self,
        viewer: &Viewer,
        name: &str,
        restricted: bool,
        parent: Option<DepartmentId>,
    ) -> Result<DepartmentId, DepartmentRefused> {
        let name = good_name(name)?;
        self.arranging(viewer, move |tx, pen, by| {
            name_is_free(tx, &name, None)?;
            let id = pen.id();
            let signature = String::new();
            departments::insert(
                tx,
                &NewDepartment { id, name: name.clone(), restricted, signature },
            )?;
            place(tx, id, parent)?;
            note(tx, pen, by, ALL, "department", ("", &name), of(id))?;
            Ok(id)
        })
        .await
    }

    /// Gives a department another name and another place in the tree.
    pub async fn arrange_department(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        name: &str,
        parent: Option<DepartmentId>,
    ) -> Result<(), DepartmentRefused> {
        let name = good_name(name)?;
        self.arranging(viewer, move |tx, pen, by| {
            let before = one(tx, id)?;
            rename(tx, pen, by, &before, &name, of(id))?;
            let was = branch(tx, id)?.and_then(|branch| branch.parent);
            place(tx, id, parent)?;
            let (old, new) = (name_of(tx, was)?, name_of(tx, parent)?);
            Ok(note(tx, pen, by, &topic(id), "parent", (&old, &new), of(id))?)
        })
        .await
    }

    /// Puts a department behind a wall of its own, or opens it; what is in it follows by a job.
    pub async fn restrict_department(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        restricted: bool,
    ) -> Result<(), DepartmentRefused> {
        self.arranging(viewer, move |tx, pen, by| {
            let before = one(tx, id)?;
            if before.is_restricted() == restricted {
                return Ok(());
            }
            restrict(tx, pen, by, id, restricted, of(id))
        })
        .await
    }

    /// Removes a department; everything in it, and its addresses, go to `heir`. `opens` says
    /// expressly that letters may come out from behind its wall.
    pub async fn remove_department(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        heir: DepartmentId,
        opens: bool,
    ) -> Result<(), DepartmentRefused> {
        self.arranging(viewer, move |tx, pen, by| {
            let (gone, heir) = (one(tx, id)?, one(tx, heir)?);
            if departments::all(tx)?.len() < 2 {
                return Err(DepartmentRefused::LastDepartment);
            }
            if gone.id == heir.id {
                return Err(DepartmentRefused::InItself);
            }
            if gone.is_restricted() && gone.wall != heir.wall && !opens {
                return Err(DepartmentRefused::WouldOpen);
            }
            departments::remove(tx, id, heir.id)?;
            answers::move_to_heir(tx, pen, by, &gone, &heir)?;
            moving::redirect(tx, pen, id, heir.id)?;
            moving::refer_all(tx, pen, by, id, heir.id)?;
            tx.announce(Fact::Everything);
            Ok(note(tx, pen, by, ALL, "department", (&gone.name, ""), of(id))?)
        })
        .await
    }

    /// Receives mail at an address for a department.
    pub async fn create_address(
        &self,
        viewer: &Viewer,
        address: &str,
        department: DepartmentId,
    ) -> Result<(), DepartmentRefused> {
        let parsed = EmailAddress::parse(address).map_err(|_| DepartmentRefused::NotAnAddress)?;
        self.arranging(viewer, move |tx, pen, by| {
            one(tx, department)?;
            if departments::mailbox(tx, parsed.as_str())?.is_some() {
                return Err(DepartmentRefused::AddressThere);
            }
            departments::insert_mailbox(tx, pen.id(), parsed.as_str(), department)?;
            Ok(note(tx, pen, by, ALL, "address", ("", parsed.as_str()), of(department))?)
        })
        .await
    }

    /// Sends the mail of an address to another department.
    pub async fn move_address(
        &self,
        viewer: &Viewer,
        id: MailboxId,
        to: DepartmentId,
    ) -> Result<(), DepartmentRefused> {
        self.arranging(viewer, move |tx, pen, by| {
            let mailbox = mailbox(tx, id)?;
            let (old, new) = (name_of(tx, Some(mailbox.department))?, one(tx, to)?.name);
            departments::move_mailbox(tx, id, to)?;
            let what = format!("address {}", mailbox.address);
            Ok(note(tx, pen, by, ALL, &what, (&old, &new), of(to))?)
        })
        .await
    }

    /// No longer receives at an address.
    pub async fn remove_address(
        &self,
        viewer: &Viewer,
        id: MailboxId,
    ) -> Result<(), DepartmentRefused> {
        self.arranging(viewer, move |tx, pen, by| {
            let mailbox = mailbox(tx, id)?;
            departments::remove_mailbox(tx, id)?;
            let department = of(mailbox.department);
            Ok(note(tx, pen, by, ALL, "address", (&mailbox.address, ""), department)?)
        })
        .await
    }

    /// Sets what stands under a department's answers: in a language, or in all that have none.
    pub async fn set_signature(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        language: Option<Language>,
        text: &str,
    ) -> Result<(), DepartmentRefused> {
        let text: String = text.replace("\r\n", "\n").trim().chars().take(2000).collect();
        self.arranging(viewer, move |tx, pen, by| {
            one(tx, id)?;
            sign(tx, pen, by, id, language.map_or("", Language::tag), &text, of(id))
        })
        .await
    }

    /// Sets what the judge is told of a department, and who of it gets what comes.
    pub async fn describe_department(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        told: Told,
    ) -> Result<(), DepartmentRefused> {
        let tidy = |text: &str| -> String {
            text.replace("\r\n", "\n").trim().chars().take(MOST_TOLD).collect()
        };
        let (description, examples) = (tidy(&told.description), tidy(&told.examples));
        let told = Told { description, examples, ..told };
        self.arranging(viewer, move |tx, pen, by| {
            one(tx, id)?;
            Ok(tell(tx, pen, by, id, &told, &of(id))?)
        })
        .await
    }

    /// Whether a job is still moving what was in a department or what a colleague owned.
    pub async fn is_moving(&self, id: i64) -> Result<bool, StoreError> {
        let keys = [moving::HAND_OVER, moving::GIVE_BACK, moving::REFER_ALL, moving::REWALL]
            .map(|kind| moving::key(kind, id));
        let asked = self.0.reader.read(move |read| {
            let under_way: Result<Vec<bool>, StoreError> =
                keys.iter().map(|key| jobs::is_under_way(read, key)).collect();
            Ok::<_, StoreError>(under_way?.contains(&true))
        });
        asked.await
    }

    async fn arranging<T: Send + 'static>(
        &self,
        viewer: &Viewer,
        act: impl Fn(&mut Tx<'_>, &Pen, StaffId) -> Result<T, DepartmentRefused> + Send + 'static,
    ) -> Result<T, DepartmentRefused> {
        administers(viewer)?;
        let (by, pen) = (viewer.staff, self.pen());
        self.0.store.write(move |tx| act(tx, &pen, by)).await
    }
}

/// Sets all three, and notes what of them changed.
fn tell(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    id: DepartmentId,
    told: &Told,
    details: &Details,
) -> Result<(), StoreError> {
    let before = delegation::told(tx, id)?;
    delegation::set_told(tx, id, told)?;
    let values = [
        (DESCRIPTION, &before.description, &told.description),
        (EXAMPLES, &before.examples, &told.examples),
        (STAFFING, &before.staffing.word().to_owned(), &told.staffing.word().to_owned()),
    ];
    for (what, old, new) in values {
        note(tx, pen, by, &topic(id), what, (old, new), details.clone())?;
    }
    Ok(())
}

/// Sets one of them as it was before a change, if it is still what the change made it.
fn tell_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    id: DepartmentId,
    change: &Change,
    details: &Details,
) -> Result<(), ChangeRefused> {
    let mut told = delegation::told(tx, id)?;
    let now = match change.what.as_str() {
        DESCRIPTION => told.description.as_str(),
        EXAMPLES => told.examples.as_str(),
        _ => told.staffing.word(),
    };
    if now != change.new {
        return Err(ChangeRefused::ChangedSince);
    }
    match change.what.as_str() {
        DESCRIPTION => told.description.clone_from(&change.old),
        EXAMPLES => told.examples.clone_from(&change.old),
        _ => told.staffing = Staffing::from_word(&change.old).unwrap_or_default(),
    }
    Ok(tell(tx, pen, by, id, &told, details)?)
}

fn topic(id: DepartmentId) -> String {
    format!("{NOUN}:{id}")
}

fn of(id: DepartmentId) -> Details {
    Details { department: Some(id), ..Details::default() }
}

fn good_name(name: &str) -> Result<String, DepartmentRefused> {
    let name = name.trim();
    if (1..=80).contains(&name.chars().count()) {
        return Ok(name.to_owned());
    }
    Err(DepartmentRefused::NoName)
}

fn one(read: &Read<'_>, id: DepartmentId) -> Result<Department, DepartmentRefused> {
    departments::one(read, id)?.ok_or(DepartmentRefused::NotFound)
}

fn mailbox(read: &Read<'_>, id: MailboxId) -> Result<departments::Mailbox, DepartmentRefused> {
    let all = departments::mailboxes(read)?;
    all.into_iter().find(|mailbox| mailbox.id == id).ok_or(DepartmentRefused::NotFound)
}

fn branch(read: &Read<'_>, id: DepartmentId) -> Result<Option<Branch>, StoreError> {
    Ok(departments::tree(read)?.into_iter().find(|branch| branch.id == id))
}

fn name_of(read: &Read<'_>, id: Option<DepartmentId>) -> Result<String, StoreError> {
    let name = id.map(|id| departments::name_of(read, id)).transpose()?;
    Ok(name.flatten().unwrap_or_default())
}

fn name_is_free(
    read: &Read<'_>,
    name: &str,
    except: Option<DepartmentId>,
) -> Result<(), DepartmentRefused> {
    match departments::by_name(read, name)? {
        Some(other) if Some(other.id) != except => Err(DepartmentRefused::NameTaken),
        _ => Ok(()),
    }
}

/// Puts a department into `parent`, if the tree stays a tree and no branch grows too deep.
fn place(
    tx: &mut Tx<'_>,
    id: DepartmentId,
    parent: Option<DepartmentId>,
) -> Result<(), DepartmentRefused> {
    if let Some(parent) = parent {
        one(tx, parent)?;
        let tree = departments::tree(tx)?;
        let mut above = Some(parent);
        while let Some(next) = above {
            if next == id {
                return Err(DepartmentRefused::InItself);
            }
            above = tree.iter().find(|one| one.id == next).and_then(|one| one.parent);
        }
    }
    departments::set_parent(tx, id, parent)?;
    let deepest = departments::tree(tx)?.iter().map(|one| one.level + 1).max().unwrap_or(1);
    if deepest > MOST_LEVELS {
        return Err(DepartmentRefused::TooDeep { most: MOST_LEVELS });
    }
    Ok(())
}

fn rename(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    before: &Department,
    name: &str,
    details: Details,
) -> Result<(), DepartmentRefused> {
    name_is_free(tx, name, Some(before.id))?;
    departments::rename(tx, before.id, name)?;
    Ok(note(tx, pen, by, &topic(before.id), "name", (&before.name, name), details)?)
}

fn restrict(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    id: DepartmentId,
    restricted: bool,
    details: Details,
) -> Result<(), DepartmentRefused> {
    departments::set_restricted(tx, id, restricted)?;
    moving::rewall(tx, pen, id)?;
    tx.announce(Fact::Everything);
    let word = |restricted: bool| if restricted { "1" } else { "0" };
    let values = (word(!restricted), word(restricted));
    Ok(note(tx, pen, by, &topic(id), "restricted", values, details)?)
}

fn sign(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    id: DepartmentId,
    language: &str,
    text: &str,
    details: Details,
) -> Result<(), DepartmentRefused> {
    let before = departments::signatures(tx, id)?;
    let old = before.into_iter().find(|(tag, _)| tag == language).map(|(_, text)| text);
    departments::set_signature(tx, id, language, text)?;
    let what = format!("signature {language}");
    let old = old.unwrap_or_default();
    Ok(note(tx, pen, by, &topic(id), what.trim(), (&old, text), details)?)
}

fn note(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    topic: &str,
    what: &str,
    (old, new): (&str, &str),
    details: Details,
) -> Result<(), StoreError> {
    let change = Changed { topic, what, old, new };
    pen.changed(tx, Some(by), Verb::DepartmentChanged, &change, details)
}

/// Sets name, place, wall or signature of a department as it was.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let id = change.topic.split(':').nth(1).and_then(|id| id.parse().ok());
    let department = id.map(|id| departments::one(tx, id)).transpose()?.flatten();
    let department = department.ok_or(ChangeRefused::NotFound)?;
    let details = Details { department: Some(department.id), ..details };
    let id = department.id;
    let done = match change.what.as_str() {
        "name" if department.name == change.new => {
            rename(tx, pen, by, &department, &change.old, details)
        }
        "restricted" if department.is_restricted() == (change.new == "1") => {
            restrict(tx, pen, by, id, change.old == "1", details)
        }
        "parent" => {
            let named = (!change.old.is_empty()).then_some(change.old.as_str());
            let parent = named.map(|name| departments::by_name(tx, name)).transpose()?.flatten();
            place(tx, id, parent.map(|parent| parent.id))?;
            let values = (change.new.as_str(), change.old.as_str());
            Ok(note(tx, pen, by, &change.topic, "parent", values, details)?)
        }
        signature if signature.starts_with("signature") => {
            let language = signature.split(' ').nth(1).unwrap_or_default().to_owned();
            sign(tx, pen, by, id, &language, &change.old, details)
        }
        DESCRIPTION | EXAMPLES | STAFFING => {
            return tell_again(tx, pen, by, id, change, &details);
        }
        "name" | "restricted" => return Err(ChangeRefused::ChangedSince),
        _ => return Err(ChangeRefused::NoUndo),
    };
    match done {
        Err(DepartmentRefused::Store(error)) => Err(error.into()),
        other => other.map_err(|_| ChangeRefused::ChangedSince),
    }
}

impl From<DepartmentRefused> for ChangeRefused {
    fn from(refused: DepartmentRefused) -> Self {
        match refused {
            DepartmentRefused::Store(error) => Self::Store(error),
            _ => Self::ChangedSince,
        }
    }
}
