//! Lists page by page: whatever lies in a folder and whatever comes in meanwhile, nothing is seen
//! twice and nothing is left out.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use torg_core::{DepartmentId, Id, InquiryId, PersonId, StaffId, State};
use torg_store::folders::{self, Cursor, Folder};
use torg_store::{StoreError, persons};
use torg_testkit::databases::{TestStore, on_both_databases};

use super::{AINO, BO, Lying, ROADS, SIGRID, WELFARE, furnish, lay, viewer};

fn any_lying() -> impl Strategy<Value = Lying> {
    let owner = prop_oneof![Just(None), Just(Some(BO)), Just(Some(SIGRID))];
    let state =
        prop_oneof![3 => Just(State::Open), 1 => Just(State::Answered), 1 => Just(State::Closed)];
    // Few moments for many rows: most share theirs.
    (1..6_i64, any::<bool>(), owner, state, any::<bool>())
        .prop_map(|(at, walled, owner, state, shown)| Lying { at, walled, owner, state, shown })
}

fn folders() -> Vec<Folder> {
    vec![
        Folder::All,
        Folder::Unowned,
        Folder::Mine,
        Folder::Waiting,
        Folder::Closed,
        Folder::Department(DepartmentId::from_i64(ROADS)),
        Folder::Department(DepartmentId::from_i64(WELFARE)),
        Folder::Colleague(StaffId::from_i64(SIGRID)),
    ]
}

#[tokio::test]
async fn pages_put_together_are_the_whole_folder_whatever_comes_in_between() {
    on_both_databases(async |town| {
        town.store.write(furnish).await.unwrap();
        let mut runner = TestRunner::deterministic();
        let rows = prop::collection::vec(any_lying(), 60).new_tree(&mut runner).unwrap().current();
        let laid = rows.clone();
        let lay_all = move |tx: &mut torg_store::Tx<'_>| {
            (1000..).zip(&laid).try_for_each(|(id, one)| lay(tx, id, one))
        };
        town.store.write(lay_all).await.unwrap();
        let mut fresh = 5000;
        for staff in [BO, SIGRID] {
            for folder in folders() {
                for limit in [1, 3, 7, 60] {
                    let whole = page(town, staff, folder, None, 1000).await.0;
                    let paged = in_pages(town, staff, folder, limit, &mut fresh).await;
                    assert_eq!(paged, whole, "{staff} {folder:?} by {limit}");
                    if staff == BO {
                        let seen = |id: &InquiryId| town_wide(&rows, *id);
                        assert!(whole.iter().all(seen), "only what stands in the open");
                    }
                }
            }
        }
    })
    .await;
}

/// Whether an inquiry of the first sixty is behind no wall; what came in later never is.
fn town_wide(rows: &[Lying], id: InquiryId) -> bool {
    let place = usize::try_from(id.as_i64() - 1000).unwrap();
    rows.get(place).is_none_or(|row| !row.walled)
}

async fn page(
    town: &TestStore,
    staff: i64,
    folder: Folder,
    after: Option<Cursor>,
    limit: usize,
) -> (Vec<InquiryId>, Option<Cursor>) {
    let listed = town
        .store
        .read(move |read| folders::list(read, &viewer(staff), &folder, after.as_ref(), limit));
    let listed = listed.await.unwrap();
    (listed.rows.iter().map(|row| row.id).collect(), listed.next)
}

/// Reads a folder page by page, while something new comes in after the first page.
async fn in_pages(
    town: &TestStore,
    staff: i64,
    folder: Folder,
    limit: usize,
    fresh: &mut i64,
) -> Vec<InquiryId> {
    let (mut all, mut next) = page(town, staff, folder, None, limit).await;
    assert!(all.len() <= limit);
    let (id, newest) = (
        *fresh,
        Lying { at: *fresh, walled: false, owner: None, state: State::Open, shown: false },
    );
    *fresh += 1;
    let lay_one = move |tx: &mut torg_store::Tx<'_>| lay(tx, id, &newest);
    town.store.write(lay_one).await.unwrap();
    while let Some(cursor) = next {
        let read_back: Cursor = cursor.to_string().parse().unwrap();
        let (rows, after) = page(town, staff, folder, Some(read_back), limit).await;
        assert!(!rows.is_empty(), "a page that was promised is not empty");
        all.extend(rows);
        next = after;
    }
    all
}

#[tokio::test]
async fn every_count_is_as_long_as_its_list() {
    on_both_databases(async |town| {
        town.store.write(furnish).await.unwrap();
        let mut runner = TestRunner::deterministic();
        let mut id = 1000;
        for _ in 0..6 {
            let rows = prop::collection::vec(any_lying(), 12).new_tree(&mut runner).unwrap();
            for row in rows.current() {
                town.store.write(move |tx| lay(tx, id, &row)).await.unwrap();
                id += 1;
            }
            for staff in [BO, SIGRID] {
                let counts = town.store.read(move |read| folders::counts(read, &viewer(staff), 0));
                let counts = counts.await.unwrap();
                let mut told = vec![
                    (Folder::All, counts.all),
                    (Folder::Unowned, counts.unowned),
                    (Folder::Mine, counts.mine),
                    (Folder::Waiting, counts.waiting),
                ];
                told.extend(
                    counts.departments.iter().map(|one| (Folder::Department(one.id), one.open)),
                );
                assert_eq!(told.len(), if staff == SIGRID { 6 } else { 5 });
                for (folder, count) in told {
                    let (rows, _) = page(town, staff, folder, None, 1000).await;
                    assert_eq!(i64::try_from(rows.len()), Ok(count), "{staff} {folder:?}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn more_than_999_are_counted_as_many() {
    on_both_databases(async |town| {
        town.store.write(furnish).await.unwrap();
        let lay_all = |tx: &mut torg_store::Tx<'_>| {
            let open =
                Lying { at: 1, walled: false, owner: None, state: State::Open, shown: false };
            (1000..2100).try_for_each(|id| lay(tx, id, &open))
        };
        town.store.write(lay_all).await.unwrap();
        let counts =
            town.store.read(|read| folders::counts(read, &viewer(SIGRID), 0)).await.unwrap();
        assert_eq!((counts.all, counts.unowned, counts.mine), (folders::MANY, folders::MANY, 0));
        let roads = counts.departments.iter().find(|one| one.name == "Roads").unwrap();
        assert_eq!(roads.open, folders::MANY);
    })
    .await;
}

#[tokio::test]
async fn a_persons_history_is_paged_without_gap_and_without_what_is_walled() {
    on_both_databases(async |town| {
        town.store.write(furnish).await.unwrap();
        let lay_all = |tx: &mut torg_store::Tx<'_>| {
            (0..130).try_for_each(|number: i64| {
                let (at, walled) = (number % 4, number % 13 == 0);
                let owner = None;
                lay(
                    tx,
                    1000 + number,
                    &Lying { at, walled, owner, state: State::Open, shown: false },
                )
            })
        };
        town.store.write(lay_all).await.unwrap();
        for (staff, expected) in [(BO, 120_i64), (SIGRID, 130)] {
            let all = town.store.read(move |read| {
                let (mut all, mut after) = (Vec::new(), None);
                loop {
                    let aino = PersonId::from_i64(AINO);
                    let Some(page) = persons::page(read, &viewer(staff), aino, after.as_ref())?
                    else {
                        return Err(StoreError::Bug("no page".into()));
                    };
                    assert_eq!(page.card.total, expected);
                    all.extend(page.inquiries.into_iter().map(|one| one.id));
                    after = page.next;
                    if after.is_none() {
                        return Ok(all);
                    }
                }
            });
            let all = all.await.unwrap();
            let distinct: std::collections::HashSet<_> = all.iter().collect();
            assert_eq!(all.len(), distinct.len());
            assert_eq!(i64::try_from(all.len()), Ok(expected));
        }
    })
    .await;
}
