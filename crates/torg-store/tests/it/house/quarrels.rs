//! What must be there only once, when two want it at the same time.

use torg_core::{ArrivalId, Id, JobId, JournalId, StaffId, Verb};
use torg_store::arrivals::{self, NewArrival};
use torg_store::blobs::Blob;
use torg_store::journal::{self, Act, Details};
use torg_store::{StoreError, inquiries, jobs, settings};
use torg_testkit::databases::on_both_databases;

use super::furnish;

#[tokio::test]
async fn a_number_is_given_once() {
    on_both_databases(async |town| {
        let numbers = join_sixteen(|_| {
            let store = town.store.clone();
            async move { store.write(|tx| inquiries::next_number(tx, 2026)).await.unwrap() }
        });
        let mut numbers: Vec<String> =
            numbers.await.into_iter().map(|number| number.to_string()).collect();
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), 16);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_keep_a_secret_all_keep_the_same() {
    on_both_databases(async |town| {
        let kept = join_sixteen(|number| {
            let store = town.store.clone();
            async move {
                let secret = format!("secret {number}");
                store.write(move |tx| settings::keep(tx, "secret", &secret)).await.unwrap()
            }
        });
        let mut kept = kept.await;
        kept.dedup();
        assert_eq!(kept.len(), 1);
    })
    .await;
}

/// Two nodes that were given the same number make the same ids.
#[tokio::test]
async fn an_arrival_that_finds_its_place_taken_is_not_said_to_be_kept() {
    on_both_databases(async |town| {
        let blob = Blob::prepare(b"mail");
        let arrival = NewArrival {
            id: ArrivalId::from_i64(1),
            recipients: vec!["post@fjordby.example".into()],
            envelope_from: None,
            source_key: None,
            raw: blob.hash(),
            size: blob.size(),
            received_at: 10,
            silent: false,
            peer: None,
            helo: None,
        };
        let keep = || {
            let arrival = arrival.clone();
            town.store.write(move |tx| arrivals::insert(tx, &arrival))
        };
        assert_eq!(keep().await, Ok(true));
        assert!(matches!(keep().await, Err(StoreError::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn a_job_is_leased_to_one_at_a_time_until_its_lease_lapses() {
    on_both_databases(async |town| {
        let enqueue = |tx: &mut torg_store::Tx<'_>| {
            jobs::enqueue(tx, JobId::from_i64(1), "tidy", "", Some("tidy"), 10)?;
            jobs::enqueue(tx, JobId::from_i64(2), "tidy", "", Some("tidy"), 10)
        };
        town.store.write(enqueue).await.unwrap();
        let leased = join_sixteen(|_| {
            let store = town.store.clone();
            async move { store.write(|tx| jobs::lease(tx, 10, 20)).await.unwrap().is_some() }
        });
        let to_how_many = leased.await.into_iter().filter(|leased| *leased).count();
        assert_eq!(to_how_many, 1, "one job by that name, and to one");
        let later = town.store.write(|tx| jobs::lease(tx, 20, 30)).await.unwrap().unwrap();
        assert_eq!(later.attempts, 2);
        assert!(town.store.write(|tx| jobs::keep(tx, JobId::from_i64(1), 35)).await.unwrap());
        let kept = town.store.write(|tx| jobs::lease(tx, 30, 50)).await.unwrap();
        assert!(kept.is_none(), "whoever does it says so before the lease lapses");
        let put_off =
            |tx: &mut torg_store::Tx<'_>| jobs::postpone(tx, JobId::from_i64(1), 40, None);
        town.store.write(put_off).await.unwrap();
        for (now, is_due) in [(39, false), (40, true)] {
            let leased = town.store.write(move |tx| jobs::lease(tx, now, 50)).await.unwrap();
            assert_eq!(leased.is_some(), is_due, "at {now}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_job_that_begins_anew_is_not_ended_by_who_still_does_it_as_it_was() {
    on_both_databases(async |town| {
        let begin = |number: i64, payload: &'static str| {
            let store = town.store.clone();
            let (id, name) = (JobId::from_i64(number), ("move", "move:7"));
            async move {
                let begun = store.write(move |tx| jobs::begin_anew(tx, id, name, payload, 10));
                begun.await.unwrap();
            }
        };
        begin(1, "to the left").await;
        let lease = |until: i64| town.store.write(move |tx| jobs::lease(tx, 10, until));
        let first = lease(20).await.unwrap().unwrap().id;
        begin(2, "to the right").await;
        town.store.write(move |tx| jobs::done(tx, first)).await.unwrap();
        assert!(!town.store.write(move |tx| jobs::keep(tx, first, 90)).await.unwrap());
        let then = lease(20).await.unwrap();
        let then = then.expect("it is done at once, not when the first one's lease lapses");
        assert_eq!(then.payload, "to the right");
    })
    .await;
}

#[tokio::test]
async fn a_lease_is_held_by_one_until_it_lapses_or_is_let_go() {
    on_both_databases(async |town| {
        let hold = async |who: &'static str, now: i64| {
            let held = town.store.write(move |tx| jobs::hold(tx, "filing", who, now, now + 30));
            held.await.unwrap()
        };
        assert!(hold("one", 0).await && !hold("two", 29).await && hold("one", 29).await);
        assert!(!hold("two", 58).await && hold("two", 59).await && !hold("one", 60).await);
        town.store.write(|tx| jobs::let_go(tx, "filing", "one")).await.unwrap();
        assert!(!hold("one", 61).await, "not hers to let go");
        town.store.write(|tx| jobs::let_go(tx, "filing", "two")).await.unwrap();
        assert!(hold("one", 62).await);
    })
    .await;
}

#[tokio::test]
async fn many_lines_of_one_day_form_one_chain() {
    on_both_databases(async |town| {
        town.store.write(furnish).await.unwrap();
        join_sixteen(|number| {
            let store = town.store.clone();
            async move {
                let act = Act {
                    id: JournalId::from_i64(number + 1),
                    verb: Verb::SignedIn,
                    staff: Some(StaffId::from_i64(super::BO)),
                    at: 1_000_000,
                    salt: [7; 16],
                    details: Details::default(),
                };
                store.write(move |tx| journal::write_of_day(tx, 0, &act)).await.unwrap();
            }
        })
        .await;
        let faults = town.store.read(|read| {
            let chains = journal::chains(read, 0, 100)?;
            assert_eq!((chains.len(), chains[0].1), (1, 16));
            journal::check_chain(read, chains[0].0, chains[0].1, &chains[0].2)
        });
        assert_eq!(faults.await, Ok(None));
    })
    .await;
}

#[tokio::test]
async fn an_arrival_is_put_in_quarantine_once_and_never_after_it_was_filed() {
    on_both_databases(async |town| {
        let keep = |tx: &mut torg_store::Tx<'_>| {
            arrivals::insert(tx, &arrival(1))?;
            arrivals::insert(tx, &arrival(2))?;
            arrivals::take(tx, &[ArrivalId::from_i64(2)])
        };
        assert_eq!(town.store.write(keep).await.unwrap(), [ArrivalId::from_i64(2)]);
        let put = join_sixteen(|_| {
            let store = town.store.clone();
            let put = |tx: &mut torg_store::Tx<'_>| {
                let filed = arrivals::quarantine_it(tx, ArrivalId::from_i64(2), "odd")?;
                Ok::<_, StoreError>((
                    arrivals::quarantine_it(tx, ArrivalId::from_i64(1), "odd")?,
                    filed,
                ))
            };
            async move { store.write(put).await.unwrap() }
        });
        let put = put.await;
        assert_eq!(put.iter().filter(|put| put.0).count(), 1);
        assert!(put.iter().all(|put| !put.1), "it is filed");
    })
    .await;
}

fn arrival(id: i64) -> NewArrival {
    NewArrival {
        id: ArrivalId::from_i64(id),
        recipients: vec!["post@fjordby.example".into()],
        envelope_from: None,
        source_key: None,
        raw: Blob::prepare(b"odd").hash(),
        size: 3,
        received_at: 1,
        silent: false,
        peer: None,
        helo: None,
    }
}

/// Runs sixteen tasks side by side and gives what they gave.
async fn join_sixteen<T: Send + 'static, F>(task: impl Fn(i64) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..16).map(|number| tokio::spawn(task(number))).collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.unwrap());
    }
    done
}
