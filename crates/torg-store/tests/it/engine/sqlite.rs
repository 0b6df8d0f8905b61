//! What only happens to a file.

use torg_store::{Options, StoreError, Tx, params, sql};
use torg_testkit::databases::TestStore;

use super::{NOTES, add, titles_in};

fn add_large(tx: &mut Tx<'_>, id: i64) -> Result<u64, StoreError> {
    let raw = vec![7_u8; 100_000];
    let text = sql!("insert into notes (id, title, raw) values ($1, $2, $3)");
    tx.execute(text, &params![id, id.to_string(), raw])
}

#[tokio::test]
async fn a_full_disk_is_told_apart_and_writing_goes_on_once_there_is_room() {
    let town = TestStore::sqlite(Options { migrations: NOTES, ..Options::default() }).await;
    let (small, large) = (sql!("pragma max_page_count = 60"), sql!("pragma max_page_count = 6000"));
    town.store.write(|tx| tx.returning(small, &[], |_| Ok(()))).await.unwrap();

    let answers = tokio::join!(
        town.store.write(|tx| add(tx, 1, "Lamp")),
        town.store.write(|tx| (10..20).try_for_each(|id| add_large(tx, id).map(|_| ()))),
        town.store.write(|tx| add(tx, 2, "Hole")),
    );
    assert_eq!(answers, (Ok(1), Err(StoreError::Full), Ok(1)));
    assert_eq!(titles_in(&town.store).await, ["Lamp", "Hole"]);

    town.store.write(|tx| tx.returning(large, &[], |_| Ok(()))).await.unwrap();
    assert_eq!(town.store.write(|tx| add_large(tx, 10)).await, Ok(1));
}

#[tokio::test]
async fn what_was_written_is_there_when_the_file_is_opened_again() {
    let town = TestStore::sqlite(Options { migrations: NOTES, ..Options::default() }).await;
    town.store.write(|tx| add(tx, 1, "Lamp")).await.unwrap();
    town.store.clone().close().await;

    let options = Options { migrations: NOTES, ..Options::default() };
    let again = torg_store::Store::open(&town.place, options, std::sync::Arc::new(|_| {})).await;
    assert_eq!(titles_in(&again.unwrap()).await, ["Lamp"]);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("torg.db");
    std::fs::write(&file, "These are last year's minutes, not a database at all.".repeat(100))
        .unwrap();
    let place = torg_store::Place::Sqlite(file);
    let opened = torg_store::Store::open(&place, Options::default(), std::sync::Arc::new(|_| {}));
    assert!(matches!(opened.await.err(), Some(StoreError::Corrupt(_))));
}
