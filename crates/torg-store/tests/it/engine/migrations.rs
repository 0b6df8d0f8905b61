//! Bringing the tables up to date.

use std::sync::Arc;

use torg_store::{Migration, Options, Store, params, sql};
use torg_testkit::databases::{TestStore, on_both_databases_with};

use super::{NOTES, add, titles_in};

const FIRST: &[Migration] = &[];

/// `NOTES` and a later step.
const LATER: &[Migration] = &[
    NOTES[0],
    Migration { name: "V2__colours.sql", text: "alter table notes add column colour text;" },
];

#[tokio::test]
async fn an_older_database_is_brought_up_to_date_with_its_rows() {
    on_both_databases_with(NOTES, async |town| {
        town.store.write(|tx| add(tx, 1, "Lamp")).await.unwrap();
        town.store.clone().close().await;
        let options = Options { migrations: LATER, ..Options::default() };
        let store = Store::open(&town.place, options, Arc::new(|_| {})).await.unwrap();
        let paint = sql!("update notes set colour = $1");
        assert_eq!(store.write(move |tx| tx.execute(paint, &params!["red"])).await, Ok(1));
        assert_eq!(titles_in(&store).await, ["Lamp"]);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn nodes_that_start_at_once_both_find_the_tables_made() {
    let empty = Options { migrations: FIRST, ..Options::default() };
    let Some(town) = TestStore::postgres(empty).await else {
        return;
    };
    let start = || {
        let options = Options { migrations: LATER, ..Options::default() };
        Store::open(&town.place, options, Arc::new(|_| {}))
    };
    let (one, other, third) = tokio::join!(start(), start(), start());
    for store in [one, other, third] {
        assert!(titles_in(&store.unwrap()).await.is_empty());
    }
}
