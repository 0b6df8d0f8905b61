//! Saved views: whoever keeps one may change it and take it away, and bring it back.

use torg_core::{Fact, Role, StaffId, Verb, ViewId, Viewer};
use torg_store::folders::Folder;
use torg_store::journal::Details;
use torg_store::views::{self, MOST_VIEWS, Shared, View};
use torg_store::{StoreError, Tx};

use crate::Desk;
use crate::pen::Pen;

/// A view as its owner writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewView {
    pub name: String,
    pub folder: Folder,
    /// How the folder is shown, as an address says it.
    pub query: String,
    pub shared: Shared,
}

/// Why a view was not kept or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ViewRefused {
    /// There is no such view, or it is another colleague's.
    #[error("not found")]
    NotFound,
    #[error("a view without a name")]
    NoName,
    #[error("more than {most} views")]
    TooMany { most: i64 },
    /// Only leads and administrators share.
    #[error("only leads share views")]
    MayNotShare,
    #[error(transparent)]
    Store(#[from] StoreError),
}

const LONGEST_NAME: usize = 60;
const LONGEST_QUERY: usize = 4000;

impl Desk {
    /// Keeps a view of the viewer's own.
    pub async fn keep_view(&self, viewer: &Viewer, new: NewView) -> Result<ViewId, ViewRefused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                if views::owned(tx, viewer.staff)? >= MOST_VIEWS {
                    return Err(ViewRefused::TooMany { most: MOST_VIEWS });
                }
                let id = pen.id();
                let view = checked(tx, &viewer, id, viewer.staff, &new)?;
                views::insert(tx, &view, pen.at())?;
                changed(tx, &pen, viewer.staff)?;
                Ok(id)
            })
            .await
    }

    /// Changes a view of the viewer's own.
    pub async fn change_view(
        &self,
        viewer: &Viewer,
        id: ViewId,
        new: NewView,
    ) -> Result<(), ViewRefused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let old = own(tx, &viewer, id)?;
                let view = checked(tx, &viewer, id, old.owner, &new)?;
                views::change(tx, &view)?;
                Ok(changed(tx, &pen, viewer.staff)?)
            })
            .await
    }

    /// Takes a view of the viewer's own away (`gone`), or brings it back.
    pub async fn set_view_gone(
        &self,
        viewer: &Viewer,
        id: ViewId,
        gone: bool,
    ) -> Result<(), ViewRefused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                own(tx, &viewer, id)?;
                views::set_gone(tx, id, gone)?;
                Ok(changed(tx, &pen, viewer.staff)?)
            })
            .await
    }
}

fn own(tx: &Tx<'_>, viewer: &Viewer, id: ViewId) -> Result<View, ViewRefused> {
    let found = views::one(tx, viewer, id)?;
    found.filter(|view| view.owner == viewer.staff).ok_or(ViewRefused::NotFound)
}

fn checked(
    tx: &Tx<'_>,
    viewer: &Viewer,
    id: ViewId,
    owner: StaffId,
    new: &NewView,
) -> Result<View, ViewRefused> {
    let name: String = new.name.trim().chars().take(LONGEST_NAME).collect();
    if name.is_empty() {
        return Err(ViewRefused::NoName);
    }
    if new.shared != Shared::Nobody && viewer.role == Role::Staff {
        return Err(ViewRefused::MayNotShare);
    }
    if let Shared::Department(department) = new.shared
        && !views::is_member(tx, viewer.staff, department)?
    {
        return Err(ViewRefused::MayNotShare);
    }
    let query = new.query.chars().take(LONGEST_QUERY).collect();
    Ok(View { id, name, folder: new.folder.to_slug(), query, owner, shared: new.shared })
}

/// Whoever shares it finds it when her page is next refreshed; its owner at once.
fn changed(tx: &mut Tx<'_>, pen: &Pen, staff: StaffId) -> Result<(), StoreError> {
    tx.announce(Fact::Staff(staff));
    pen.write_of_day(tx, Some(staff), Verb::ViewChanged, Details::default())
}
