//! What only happens between us and a server.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use torg_core::{Fact, Id, StaffId};
use torg_store::{Connections, Options, Store, StoreError, Tx, params, sql};
use torg_testkit::databases::TestStore;

use super::{NOTES, add, titles_in};

fn options() -> Options {
    Options { migrations: NOTES, ..Options::default() }
}

/// Runs `first` in the first run of a transaction only.
fn only_once(
    first: impl Fn(&mut Tx<'_>) -> Result<(), StoreError> + Send + 'static,
    then: impl Fn(&mut Tx<'_>) -> Result<u64, StoreError> + Send + 'static,
) -> impl Fn(&mut Tx<'_>) -> Result<u64, StoreError> + Send + 'static {
    let runs = AtomicUsize::new(0);
    move |tx| {
        if runs.fetch_add(1, Ordering::SeqCst) == 0 {
            first(tx)?;
        }
        then(tx)
    }
}

#[tokio::test]
async fn a_transaction_that_met_another_is_run_again() {
    let Some(town) = TestStore::postgres(options()).await else {
        return;
    };
    for met in [
        sql!("do $$ begin raise exception 'met' using errcode = '40001'; end $$"),
        sql!("do $$ begin raise exception 'met' using errcode = '40P01'; end $$"),
    ] {
        let collide = move |tx: &mut Tx<'_>| tx.execute(met, &[]).map(|_| ());
        let count = sql!(
            "insert into counters (id, total) values (1, 1)
                          on conflict (id) do update set total = counters.total + 1"
        );
        let counted = town.store.write(only_once(collide, move |tx| tx.execute(count, &[])));
        assert_eq!(counted.await, Ok(1));
    }
}

#[tokio::test]
async fn a_transaction_that_always_meets_another_gives_up_in_the_end() {
    let Some(town) = TestStore::postgres(options()).await else {
        return;
    };
    let met = sql!("do $$ begin raise exception 'met' using errcode = '40001'; end $$");
    let answer = town.store.write(move |tx| tx.execute(met, &[])).await;
    assert!(matches!(answer, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn two_who_lock_each_other_out_both_succeed() {
    let Some(town) = TestStore::postgres(options()).await else {
        return;
    };
    let two = sql!("insert into counters (id, total) values (1, 0), (2, 0)");
    town.store.write(|tx| tx.execute(two, &[])).await.unwrap();
    let both = Arc::new(Barrier::new(2));
    let crossing = |mine: i64, theirs: i64| {
        let both = both.clone();
        let (once, up) =
            (AtomicUsize::new(0), sql!("update counters set total = total + 1 where id = $1"));
        town.store.write(move |tx| {
            tx.execute(up, &params![mine])?;
            if once.fetch_add(1, Ordering::SeqCst) == 0 {
                both.wait();
            }
            tx.execute(up, &params![theirs])
        })
    };
    assert_eq!(tokio::join!(crossing(1, 2), crossing(2, 1)), (Ok(1), Ok(1)));
    let totals = sql!("select total from counters order by id");
    let totals = town.store.read(move |read| read.all(totals, &[], |row| row.get::<i64>(0)));
    assert_eq!(totals.await, Ok(vec![2, 2]));
}

#[tokio::test]
async fn a_connection_that_broke_is_made_anew_and_its_transaction_run_again() {
    let Some(town) = TestStore::postgres(options()).await else {
        return;
    };
    let die = sql!("select pg_terminate_backend(pg_backend_pid())");
    let killed = move |tx: &mut Tx<'_>| tx.execute(die, &[]).map(|_| ());
    let written = town.store.write(only_once(killed, |tx| add(tx, 1, "Lamp")));
    assert_eq!(written.await, Ok(1));

    let always = town.store.write(move |tx| tx.execute(die, &[])).await;
    assert!(matches!(always, Err(StoreError::Unavailable(_))));
    assert_eq!(titles_in(&town.store).await, ["Lamp"]);
}

#[tokio::test]
async fn a_transaction_the_server_gave_up_waiting_for_is_run_again() {
    let Some(town) = TestStore::postgres(options()).await else {
        return;
    };
    // What the server says when a node was silent for too long within a transaction.
    let give_up = sql!("do $$ begin raise 'too long' using errcode = '25P03'; end $$");
    let given_up = move |tx: &mut Tx<'_>| tx.execute(give_up, &[]).map(|_| ());
    let written = town.store.write(only_once(given_up, |tx| add(tx, 1, "Lamp")));
    assert_eq!(written.await, Ok(1));
}

#[tokio::test]
async fn connections_that_broke_while_nobody_used_them_are_not_noticed() {
    let Some(town) = TestStore::postgres(options()).await else {
        return;
    };
    town.store.write(|tx| add(tx, 1, "Lamp")).await.unwrap();
    let other = Store::open(&town.place, options(), Arc::new(|_| {})).await.unwrap();
    let kill = sql!(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()"
    );
    let killed = other.read(move |read| read.all(kill, &[], |row| row.get::<bool>(0))).await;
    assert!(killed.unwrap().contains(&true));
    assert_eq!(titles_in(&town.store).await, ["Lamp"]);
    assert_eq!(town.store.write(|tx| add(tx, 2, "Hole")).await, Ok(1));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable() {
    let nowhere = torg_store::Place::Postgres("host=/nonexistent user=torg".into());
    let opened = Store::open(&nowhere, options(), Arc::new(|_| {})).await;
    assert!(matches!(opened.err(), Some(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn stores_share_a_limit_and_each_has_one_connection_at_least() {
    let connections = Connections::at_most(1);
    let limited = || Options { connections: connections.clone(), ..options() };
    let Some(town) = TestStore::postgres(limited()).await else {
        return;
    };
    let Some(other) = TestStore::postgres(limited()).await else {
        return;
    };
    let (first, second, third) = tokio::join!(
        town.store.write(|tx| add(tx, 1, "Lamp")),
        town.store.write(|tx| add(tx, 2, "Hole")),
        other.store.write(|tx| add(tx, 1, "Bench")),
    );
    assert_eq!((first, second, third), (Ok(1), Ok(1), Ok(1)));
}

#[derive(Debug, PartialEq)]
enum Heard {
    Facts(Vec<Fact>),
    LookAgain,
}

async fn node(town: &TestStore, node: u16, heard: UnboundedSender<Heard>) -> Store {
    let again = heard.clone();
    // The test may be over before the threads of its nodes are.
    let resync = Arc::new(move || drop(again.send(Heard::LookAgain)));
    let options = Options { node, listen: true, resync, ..options() };
    let hear = move |facts: &[Fact]| drop(heard.send(Heard::Facts(facts.to_vec())));
    Store::open(&town.place, options, Arc::new(hear)).await.unwrap()
}

#[tokio::test]
async fn a_fact_reaches_the_other_node_also_after_its_ear_was_cut_off() {
    let Some(town) = TestStore::postgres(options()).await else {
        return;
    };
    let (here, _kept) = unbounded_channel();
    let (there, mut heard) = unbounded_channel();
    let speaker = node(&town, 1, here).await;
    let listener = node(&town, 2, there).await;
    assert_eq!(heard.recv().await, Some(Heard::LookAgain), "it begins by looking at everything");

    let fact = Fact::Staff(StaffId::from_i64(7));
    let announce = move |tx: &mut Tx<'_>| {
        tx.announce(fact);
        Ok::<_, StoreError>(())
    };
    speaker.write(announce).await.unwrap();
    assert_eq!(heard.recv().await, Some(Heard::Facts(vec![fact])));

    let deafen = sql!(
        "select pg_terminate_backend(pid) from pg_stat_activity
                       where datname = current_database() and query = 'listen torg'"
    );
    speaker.write(move |tx| tx.returning_all(deafen, &[], |_| Ok(()))).await.unwrap();
    assert_eq!(heard.recv().await, Some(Heard::LookAgain), "something may have been missed");
    speaker.write(announce).await.unwrap();
    assert_eq!(heard.recv().await, Some(Heard::Facts(vec![fact])));
    speaker.close().await;
    listener.close().await;
}
