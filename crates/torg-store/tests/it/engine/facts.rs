//! When others learn of a change.

use torg_core::{Fact, Id, StaffId};
use torg_store::{StoreError, params, sql};
use torg_testkit::databases::on_both_databases_with;

use super::{NOTES, add, door, titles_in};

fn fact(number: i64) -> Fact {
    Fact::Staff(StaffId::from_i64(number))
}

#[tokio::test]
async fn facts_are_told_after_the_commit_and_before_the_answer() {
    on_both_databases_with(NOTES, async |town| {
        let committed = town.store.write(|tx| {
            tx.announce(fact(1));
            add(tx, 1, "Lamp")
        });
        committed.await.unwrap();
        assert_eq!(town.facts(), [fact(1)]);
    })
    .await;
}

#[tokio::test]
async fn facts_of_a_failed_transaction_are_never_told_and_those_run_twice_told_once() {
    on_both_databases_with(NOTES, async |town| {
        let (open, wait) = door();
        let (_, committed, failed, ()) = tokio::join!(
            town.store.write(move |_| {
                wait();
                Ok::<_, StoreError>(())
            }),
            town.store.write(|tx| {
                tx.announce(fact(1));
                add(tx, 1, "Lamp")
            }),
            town.store.write(|tx| {
                tx.announce(fact(2));
                add(tx, 2, "Half done")?;
                Err::<(), _>(StoreError::Full)
            }),
            async { drop(open) },
        );
        assert_eq!((committed, failed), (Ok(1), Err(StoreError::Full)));
        assert_eq!(town.facts(), [fact(1)]);
    })
    .await;
}

#[tokio::test]
async fn a_reader_sees_nothing_that_is_not_committed() {
    on_both_databases_with(NOTES, async |town| {
        town.store.write(|tx| add(tx, 1, "Lamp")).await.unwrap();
        let (open, wait) = door();
        let (changed, seen) = tokio::join!(
            town.store.write(move |tx| {
                tx.execute(sql!("update notes set title = $1"), &params!["Unsaid"])?;
                wait();
                super::titles(tx)
            }),
            async {
                let seen = titles_in(&town.store).await;
                drop(open);
                seen
            },
        );
        assert_eq!(seen, ["Lamp"]);
        assert_eq!(changed.unwrap(), ["Unsaid"], "the writer sees its own change");
        assert_eq!(titles_in(&town.store).await, ["Unsaid"]);
    })
    .await;
}
