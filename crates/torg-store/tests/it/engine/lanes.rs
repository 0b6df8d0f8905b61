//! Many at once, and who goes first.

use std::sync::{Arc, Mutex};

use torg_store::Options;
use torg_store::{Place, Store, StoreError, Tx, params, sql};
use torg_testkit::databases::{TestStore, on_both_databases_with};

use super::{NOTES, add, door, titles_in};

async fn count_up(store: Store, times: usize) {
    for _ in 0..times {
        let counted = store.write(|tx| {
            // A lock and a fresh row in one text, then what was read is written back.
            let lock = sql!("update counters set total = total + 0 where id = $1 returning total");
            let total = tx.returning(lock, &params![1], |row| row.get::<i64>(0))?;
            let next = total.map(|total| total + 1);
            tx.execute(sql!("update counters set total = $2 where id = $1"), &params![1, next])
        });
        assert_eq!(counted.await, Ok(1));
    }
}

#[tokio::test]
async fn sixteen_writers_lose_not_one_count() {
    on_both_databases_with(NOTES, async |town| {
        let start = sql!("insert into counters (id, total) values (1, 0)");
        town.store.write(|tx| tx.execute(start, &[])).await.unwrap();
        let writers: Vec<_> =
            (0..16).map(|_| tokio::spawn(count_up(town.store.clone(), 25))).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let total = town.store.read(|read| {
            read.one(sql!("select total from counters"), &[], |row| row.get::<i64>(0))
        });
        assert_eq!(total.await, Ok(Some(400)));
    })
    .await;
}

#[tokio::test]
async fn only_what_is_written_lightly_does_not_wait_for_the_disk() {
    on_both_databases_with(NOTES, async |town| {
        let waits = |tx: &mut Tx<'_>| {
            let set = sql!(
                lite "select case synchronous when 1 then 'off' else 'on' end from pragma_synchronous",
                pg "select current_setting('synchronous_commit')"
            );
            tx.returning(set, &[], |row| row.get::<String>(0))
        };
        let usual = town.store.write(waits).await.unwrap();
        // A server that is thrown away may be set never to wait.
        let embedded = matches!(town.place, Place::Sqlite(_));
        assert!(usual.as_deref() == Some("on") || !embedded);
        let lightly = town.store.write_lightly(waits).await.unwrap();
        assert_eq!(lightly.as_deref(), Some("off"));
        assert_eq!(town.store.write(waits).await, Ok(usual));
        town.store.write_lightly(|tx| add(tx, 1, "Lamp")).await.unwrap();
        assert_eq!(titles_in(&town.store).await, ["Lamp"]);
    })
    .await;
}

/// The order in which `people` and `bulk` jobs run that waited together for the one writer.
async fn order_of(people: usize, bulk: usize) -> String {
    let town = TestStore::sqlite(Options { migrations: NOTES, ..Options::default() }).await;
    let (open, wait) = door();
    let order = Arc::new(Mutex::new(String::new()));
    let mut waiting = Vec::new();
    let first = town.store.clone();
    waiting.push(tokio::spawn(async move {
        let wait_first = move |_: &mut Tx<'_>| {
            wait();
            Ok::<_, StoreError>(())
        };
        first.write(wait_first).await
    }));
    for lane in [vec!['b'; bulk], vec!['p'; people]].concat() {
        let (order, store) = (order.clone(), town.store.clone());
        let note = move |_: &mut Tx<'_>| {
            order.lock().unwrap().push(lane);
            Ok::<_, StoreError>(())
        };
        waiting.push(tokio::spawn(async move {
            match lane {
                'b' => store.write_bulk(note).await,
                _ => store.write(note).await,
            }
        }));
    }
    // On this one-threaded runtime every task has handed in its job before the door opens.
    tokio::task::yield_now().await;
    drop(open);
    for answer in waiting {
        answer.await.unwrap().unwrap();
    }
    order.lock().unwrap().clone()
}

#[tokio::test]
async fn what_people_wait_for_goes_before_bulk_work() {
    assert_eq!(order_of(3, 3).await, "pppbbb");
}

#[tokio::test]
async fn bulk_work_goes_on_while_people_always_wait() {
    let order = order_of(40, 2).await;
    let last_bulk = order.rfind('b').unwrap();
    assert!(order.starts_with("pppppppppp"), "{order}");
    assert!(last_bulk < 40, "{order}");
}
