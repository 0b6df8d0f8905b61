//! What a place of the workspace shows, read together.

use jiff::Timestamp;
use torg_core::{InquiryId, Viewer};
use torg_desk::{excerpts, searched};
use torg_store::folders::{self, Folder, FolderCounts, ViewCount};
use torg_store::inquiries::{self, Extent, InquiryPage};
use torg_store::{Read, StoreError, notices, views};

use super::folders::Spot;
use super::list::Rows;
use super::shown::Asked;
use crate::refusal::Refusal;
use crate::search::{Beside, here};
use crate::signed::Signed;
use crate::web::Web;

/// Counts and list as they are now, read together.
pub(super) async fn listed(
    web: &Web,
    signed: &Signed,
    spot: &Spot,
    rows: usize,
) -> Result<(FolderCounts, Rows), Refusal> {
    let (viewer, spot, now) = (signed.viewer.clone(), spot.clone(), web.desk.now());
    let here = here(web);
    let said = (signed.scene(web).texts.language, here.date());
    let found = web.read(move |read| {
        let counts = all_counts(read, &viewer, now)?;
        let look = spot.shown.look(spot.folder, spot.open, now);
        let (look, misread) = searched(read, &viewer, look, &spot.shown.q, &here)?;
        let asked = (spot.shown.q.as_str(), &look, misread);
        let beside = match spot.folder == Folder::Search && spot.after.is_none() {
            true => Beside::found(read, &viewer, asked, said)?,
            false => Beside::default(),
        };
        let page = folders::look_through(read, &viewer, &look, spot.after.as_ref(), rows)?;
        let hits = excerpts(read, &viewer, &look, &page.rows)?;
        Ok((counts, Rows { page, hits, beside }))
    });
    Ok(found.await?)
}

/// The counts alone.
pub(super) async fn counted(web: &Web, signed: &Signed) -> Result<FolderCounts, Refusal> {
    let (viewer, now) = (signed.viewer.clone(), web.desk.now());
    Ok(web.read(move |read| all_counts(read, &viewer, now)).await?)
}

fn all_counts(
    read: &Read<'_>,
    viewer: &Viewer,
    now: Timestamp,
) -> Result<FolderCounts, StoreError> {
    let counts = folders::counts(read, viewer, now.as_microsecond())?;
    Ok(FolderCounts { views: view_counts(read, viewer, now)?, ..counts })
}

/// How many views are counted; what is beyond is listed on their own page.
const COUNTED_VIEWS: usize = 12;

fn view_counts(
    read: &Read<'_>,
    viewer: &Viewer,
    now: Timestamp,
) -> Result<Vec<ViewCount>, StoreError> {
    let views = views::of(read, viewer).get()?.into_iter().take(COUNTED_VIEWS);
    let counted = views.filter_map(|view| {
        let folder = Folder::from_slug(&view.folder)?;
        let shown = Asked::from_query(&view.query).shown();
        let look = shown.look(folder, None, now);
        let count = folders::count_of(read, viewer, &look);
        Some(count.map(|count| ViewCount { view, count }))
    });
    counted.collect()
}

/// Who opens an inquiry has seen its notices: the bell of this very page says so.
pub(super) async fn seen_since(web: &Web, signed: &Signed, spot: &Spot) -> Result<Signed, Refusal> {
    if spot.open.is_none() || signed.unseen == 0 {
        return Ok(signed.clone());
    }
    let viewer = signed.viewer.clone();
    let unseen = web.read(move |read| notices::unseen(read, &viewer)).await?;
    Ok(Signed { unseen, ..signed.clone() })
}

/// The inquiry as she finds it, and then noted as looked at: what is new to her is still marked new.
pub(super) async fn opened(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    extent: Extent,
) -> Result<InquiryPage, Refusal> {
    let viewer = signed.viewer.clone();
    let page = web.read(move |read| inquiries::page(read, &viewer, id, extent)).await?;
    let page = page.ok_or(Refusal::NotFound)?;
    if !web.desk.look(&signed.viewer, id, page.inquiry.messages).await? {
        return Err(Refusal::NotFound);
    }
    Ok(page)
}
