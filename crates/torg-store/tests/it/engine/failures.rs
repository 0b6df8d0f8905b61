//! What happens to a transaction that fails, and to those beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use torg_store::{EngineKind, StoreError, Tx, params, sql};
use torg_testkit::databases::{TestStore, on_both_databases_with};

use super::{NOTES, add, door, titles, titles_in};

/// Three colleagues write at once, the second one as `second` does. Gives the three answers and
/// how often each closure ran; on SQLite all three stand in one group.
async fn three_at_once(
    town: &TestStore,
    second: impl Fn(&mut Tx<'_>) -> Result<u64, StoreError> + Send + 'static,
) -> ([Result<u64, StoreError>; 3], [usize; 3]) {
    let runs: [Arc<AtomicUsize>; 3] = Default::default();
    let (first_runs, second_runs, third_runs) = (runs[0].clone(), runs[1].clone(), runs[2].clone());
    let (open, wait) = door();
    let answers = tokio::join!(
        town.store.write(move |tx| {
            wait();
            titles(tx).map(|_| 0)
        }),
        town.store.write(move |tx| {
            first_runs.fetch_add(1, Ordering::SeqCst);
            add(tx, 1, "Lamp")
        }),
        town.store.write(move |tx| {
            second_runs.fetch_add(1, Ordering::SeqCst);
            second(tx)
        }),
        town.store.write(move |tx| {
            third_runs.fetch_add(1, Ordering::SeqCst);
            add(tx, 3, "Hole")
        }),
        async { drop(open) },
    );
    let runs = runs.map(|runs| runs.load(Ordering::SeqCst));
    ([answers.1, answers.2, answers.3], runs)
}

#[tokio::test]
async fn a_failure_before_anything_changed_disturbs_nobody() {
    on_both_databases_with(NOTES, async |town| {
        let refused = StoreError::Bug("no such department".into());
        let told = refused.clone();
        let (answers, runs) = three_at_once(town, move |tx| {
            titles(tx)?;
            Err(told.clone())
        })
        .await;
        assert_eq!(answers, [Ok(1), Err(refused), Ok(1)]);
        assert_eq!(runs, [1, 1, 1]);
        assert_eq!(titles_in(&town.store).await, ["Lamp", "Hole"]);
    })
    .await;
}

#[tokio::test]
async fn a_failure_after_a_change_leaves_nothing_of_itself_and_the_others_whole() {
    on_both_databases_with(NOTES, async |town| {
        let refused = StoreError::Bug("too late".into());
        let told = refused.clone();
        let (answers, runs) = three_at_once(town, move |tx| {
            add(tx, 2, "Half done")?;
            Err(told.clone())
        })
        .await;
        assert_eq!(answers, [Ok(1), Err(refused), Ok(1)]);
        assert_eq!(titles_in(&town.store).await, ["Lamp", "Hole"]);
        match town.store.engine() {
            // The first two ran in the group, then each by itself; the third had not begun.
            EngineKind::Sqlite => assert_eq!(runs, [2, 2, 1]),
            EngineKind::Postgres => assert_eq!(runs, [1, 1, 1]),
        }
    })
    .await;
}

#[tokio::test]
async fn a_panic_fails_its_caller_and_nobody_else() {
    on_both_databases_with(NOTES, async |town| {
        let (answers, runs) = three_at_once(town, |tx| {
            add(tx, 2, "Half done")?;
            panic!("this panic is part of the test")
        })
        .await;
        assert_eq!(answers, [Ok(1), Err(StoreError::Panicked), Ok(1)]);
        assert_eq!(runs[1], 1, "what panicked once is not tried again");
        assert_eq!(titles_in(&town.store).await, ["Lamp", "Hole"]);

        let looking = town
            .store
            .read(|_| -> Result<(), StoreError> { panic!("this panic is part of the test") });
        assert_eq!(looking.await, Err(StoreError::Panicked));
        assert_eq!(titles_in(&town.store).await, ["Lamp", "Hole"]);
    })
    .await;
}

#[tokio::test]
async fn a_failed_statement_dooms_its_transaction_even_if_the_closure_does_not_care() {
    on_both_databases_with(NOTES, async |town| {
        town.store.write(|tx| add(tx, 1, "Lamp")).await.unwrap();
        let careless = town.store.write(|tx| {
            add(tx, 2, "Before")?;
            let _ = add(tx, 3, "Lamp");
            let _ = add(tx, 4, "After");
            Ok::<_, StoreError>(())
        });
        assert_eq!(careless.await, Err(StoreError::Conflict("one_note_per_title".into())));
        assert_eq!(titles_in(&town.store).await, ["Lamp"]);
    })
    .await;
}

#[tokio::test]
async fn a_failed_commit_fails_all_its_callers_and_the_next_one_succeeds() {
    on_both_databases_with(NOTES, async |town| {
        let (answers, _) = three_at_once(town, |tx| {
            // The note is looked for at the COMMIT only.
            tx.execute(sql!("insert into pages (note, number) values ($1, $2)"), &params![99, 1])
        })
        .await;
        assert!(matches!(answers[1], Err(StoreError::Bug(_))));
        if town.store.engine() == EngineKind::Sqlite {
            assert_eq!(answers[0], answers[1]);
            assert_eq!(answers[2], answers[1]);
            assert!(titles_in(&town.store).await.is_empty());
        }
        assert_eq!(town.store.write(|tx| add(tx, 7, "Bench")).await, Ok(1));
    })
    .await;
}

#[tokio::test]
async fn what_is_there_already_is_named_alike_by_both_databases() {
    on_both_databases_with(NOTES, async |town| {
        town.store
            .write(|tx| {
                add(tx, 1, "Lamp")?;
                tx.execute(sql!("update notes set shelf = $1, nick = 'Lamp'"), &params!["top"])?;
                tx.execute(sql!("insert into pages values (1, 1)"), &[])
            })
            .await
            .unwrap();
        let attempts = [
            (sql!("insert into notes (id, title) values (2, 'Lamp')"), "one_note_per_title"),
            (
                sql!("insert into notes (id, title, nick) values (2, 'Hole', 'LAMP')"),
                "one_nick_whatever_the_case",
            ),
            (sql!("insert into notes (id, title) values (1, 'Hole')"), "notes_pkey"),
            (
                sql!("insert into notes (id, title, shelf) values (2, 'Hole', 'top')"),
                "notes_shelf_key",
            ),
            (sql!("insert into pages values (1, 1)"), "pages_pkey"),
        ];
        for (statement, index) in attempts {
            let refused = town.store.write(move |tx| tx.execute(statement, &[])).await;
            assert_eq!(refused, Err(StoreError::Conflict(index.into())));
        }
    })
    .await;
}

#[tokio::test]
async fn who_only_reads_cannot_write() {
    on_both_databases_with(NOTES, async |town| {
        let reader = town.store.reader();
        let sneaky = reader.read(|read| {
            let text = sql!("insert into notes (id, title) values (1, 'Sneaky') returning title");
            read.one(text, &[], |row| row.get::<String>(0))
        });
        assert!(sneaky.await.is_err());
        assert!(titles_in(&town.store).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_closed_store_finishes_what_waits_and_refuses_what_comes_after() {
    on_both_databases_with(NOTES, async |town| {
        let (wrote, ()) =
            tokio::join!(town.store.write(|tx| add(tx, 1, "Lamp")), town.store.clone().close(),);
        assert_eq!(wrote, Ok(1));
        let late = town.store.write(|tx| add(tx, 2, "Late")).await;
        assert!(matches!(late, Err(StoreError::Unavailable(_))));
    })
    .await;
}
