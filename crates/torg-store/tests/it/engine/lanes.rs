//! Many at once, and who goes first.

use std::sync::{Arc, Mutex};

use torg_store::Options;
use torg_store::{Store, StoreError, params, sql};
use torg_testkit::databases::{TestStore, on_both_databases_with};

use super::{NOTES, door};

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

/// The order in which `people` and `bulk` jobs run that waited together for the one writer.
async fn order_of(people: usize, bulk: usize) -> String {
    let town = TestStore::sqlite(Options { migrations: NOTES, ..Options::default() }).await;
    let (open, wait) = door();
    let order = Arc::new(Mutex::new(String::new()));
    let mut waiting = Vec::new();
    let first = town.store.clone();
    waiting.push(tokio::spawn(async move {
        let wait_first = move |_: &mut torg_store::Tx<'_>| {
            wait();
            Ok::<_, StoreError>(())
        };
        first.write(wait_first).await
    }));
    for lane in [vec!['b'; bulk], vec!['p'; people]].concat() {
        let (order, store) = (order.clone(), town.store.clone());
        let note = move |_: &mut torg_store::Tx<'_>| {
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
