//! The contract of the engine.

use std::sync::Arc;

use torg_store::{Migration, Options, Place, Store, StoreError, params, sql};

const NOTES: &[Migration] = &[Migration {
    name: "V1__notes.sql",
    text: "create table notes (id {id}, title text not null);
           create unique index one_note_per_title on notes (title);",
}];

#[tokio::test]
async fn what_was_written_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Sqlite(folder.path().join("torg.db"));
    let options = Options {
        migrations: NOTES,
        ..Options::default()
    };
    let store = Store::open(&place, options, Arc::new(|_| {}))
        .await
        .unwrap();
    store
        .write(|tx| {
            tx.execute(
                sql!("insert into notes (id, title) values ($1, $2)"),
                &params![1, "Lamp"],
            )
        })
        .await
        .unwrap();
    let title = store
        .read(|read| {
            read.one(
                sql!("select title from notes where id = $1"),
                &params![1],
                |row| row.get::<String>(0),
            )
        })
        .await;
    assert_eq!(title, Ok(Some("Lamp".into())));
    let again: Result<u64, StoreError> = store
        .write(|tx| {
            tx.execute(
                sql!("insert into notes (id, title) values ($1, $2)"),
                &params![2, "Lamp"],
            )
        })
        .await;
    assert_eq!(
        again,
        Err(StoreError::Conflict("one_note_per_title".into()))
    );
    store.close().await;
}
