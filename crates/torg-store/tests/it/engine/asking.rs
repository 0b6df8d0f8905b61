//! What is asked for at once and waited for later.

use torg_store::{Pending, Read, StoreError, Tx, params, sql};
use torg_testkit::databases::on_both_databases_with;

use super::{NOTES, add, titles, titles_in};

fn title<'r>(read: &'r Read<'_>, id: i64) -> Pending<'r, Option<String>> {
    read.ask_one(sql!("select title from notes where id = $1"), &params![id], |row| row.get(0))
}

/// Fails on both databases, as there is no such number without its sign.
fn least_without_sign<'r>(read: &'r Read<'_>) -> Pending<'r, Vec<i64>> {
    read.ask(sql!("select abs(total) from counters"), &[], |row| row.get(0))
}

fn count_least(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    let text = sql!("insert into counters (id, total) values (1, $1)");
    tx.execute(text, &params![i64::MIN])
}

#[tokio::test]
async fn what_is_asked_first_may_be_waited_for_last() {
    on_both_databases_with(NOTES, async |town| {
        let both = |tx: &mut Tx<'_>| Ok::<_, StoreError>(add(tx, 1, "Lamp")? + add(tx, 2, "Hole")?);
        town.store.write(both).await.unwrap();
        let read = town.store.read(|read| {
            let (lamp, hole, nothing) = (title(read, 1), title(read, 2), title(read, 3));
            let all = titles(read)?;
            Ok::<_, StoreError>((nothing.get()?, hole.get()?, all, lamp.get()?))
        });
        let (nothing, hole, all, lamp) = read.await.unwrap();
        assert_eq!((nothing, hole, lamp), (None, Some("Hole".into()), Some("Lamp".into())));
        assert_eq!(all, ["Lamp", "Hole"]);
    })
    .await;
}

#[tokio::test]
async fn a_long_answer_that_nobody_takes_yet_holds_up_nothing() {
    on_both_databases_with(NOTES, async |town| {
        let read = town.store.read(|read| {
            let many = sql!(
                "with recursive n (i) as (select 1 union all select i + 1 from n where i < 50000)
                 select i from n"
            );
            let long = read.ask(many, &[], |row| row.get::<i64>(0));
            let never = read.ask(many, &[], |row| row.get::<i64>(0));
            // This text was not seen before, so the server is asked about it, too.
            let text = sql!("select count(*) from notes");
            let count = read.one(text, &[], |row| row.get::<i64>(0))?;
            drop(never);
            Ok::<_, StoreError>((count, long.get()?.len()))
        });
        assert_eq!(read.await.unwrap(), (Some(0), 50_000));
        let text = sql!("select max(id) from notes");
        let again = town.store.read(move |read| {
            drop(read.ask(text, &[], |row| row.get::<Option<i64>>(0)));
            titles(read)
        });
        assert!(again.await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_sees_what_was_done_before_and_nothing_of_what_is_done_after() {
    on_both_databases_with(NOTES, async |town| {
        let seen = town.store.write(|tx| {
            add(tx, 1, "Lamp")?;
            let before = title(tx, 1).get()?;
            tx.send(sql!("update notes set title = 'Hole'"), &[])?;
            Ok::<_, StoreError>((before, title(tx, 1).get()?))
        });
        assert_eq!(seen.await.unwrap(), (Some("Lamp".into()), Some("Hole".into())));
    })
    .await;
}

#[tokio::test]
async fn a_failure_of_what_was_asked_is_told_to_whoever_waits_and_keeps_nothing() {
    on_both_databases_with(NOTES, async |town| {
        town.store.write(count_least).await.unwrap();
        let kept = town.store.write(|tx| {
            add(tx, 1, "Lamp")?;
            let (failing, lamp) = (least_without_sign(tx), title(tx, 1));
            let told = lamp.get().is_err();
            // Whoever goes on as if nothing were is not believed.
            Ok::<_, StoreError>(told || failing.get().is_err())
        });
        assert!(matches!(kept.await, Err(StoreError::Bug(_))));
        assert!(titles_in(&town.store).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_asked_and_never_waited_for_is_not_kept_either_if_it_failed() {
    on_both_databases_with(NOTES, async |town| {
        town.store.write(count_least).await.unwrap();
        let kept = town.store.write(|tx| {
            add(tx, 1, "Lamp")?;
            drop(least_without_sign(tx));
            Ok::<_, StoreError>(())
        });
        assert!(matches!(kept.await, Err(StoreError::Bug(_))));
        assert!(titles_in(&town.store).await.is_empty());

        let kept = town.store.write(|tx| {
            let added = add(tx, 2, "Hole")?;
            drop(title(tx, 2));
            Ok::<_, StoreError>(added)
        });
        assert_eq!(kept.await, Ok(1));
        assert_eq!(titles_in(&town.store).await, ["Hole"]);
    })
    .await;
}
