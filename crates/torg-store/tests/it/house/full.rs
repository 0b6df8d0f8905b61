//! What arrives while the disk is full.

use torg_core::{ArrivalId, Id};
use torg_store::arrivals::{self, NewArrival};
use torg_store::blobs::{self, Blob};
use torg_store::{Options, StoreError, check, sql};
use torg_testkit::databases::TestStore;

/// As the mail door keeps a mail.
async fn keep(town: &TestStore, id: i64, raw: Vec<u8>) -> Result<(), StoreError> {
    let blob = Blob::prepare(&raw);
    let keep = town.store.write(move |tx| {
        let arrival = NewArrival {
            id: ArrivalId::from_i64(id),
            recipients: vec!["post@fjordby.example".into()],
            envelope_from: None,
            source_key: None,
            raw: blob.hash(),
            size: blob.size(),
            received_at: 1,
            silent: false,
            peer: None,
            helo: None,
        };
        arrivals::insert(tx, &arrival)?;
        blobs::put(tx, &blob)
    });
    keep.await
}

/// Bytes that compression does not make small.
fn large(seed: u8) -> Vec<u8> {
    let mut hash = blake3::hash(&[seed]);
    let mut bytes = Vec::new();
    while bytes.len() < 600_000 {
        hash = blake3::hash(hash.as_bytes());
        bytes.extend_from_slice(hash.as_bytes());
    }
    bytes
}

#[tokio::test]
async fn a_mail_the_full_disk_has_no_room_for_leaves_nothing_and_is_taken_later() {
    let town = TestStore::sqlite(Options::default()).await;
    let (small, roomy) =
        (sql!("pragma max_page_count = 200"), sql!("pragma max_page_count = 9000"));
    let set = async |limit| town.store.write(move |tx| tx.returning(limit, &[], |_| Ok(()))).await;
    set(small).await.unwrap();
    keep(&town, 1, b"Subject: small\r\n\r\nfits".to_vec()).await.unwrap();

    assert_eq!(keep(&town, 2, large(2)).await, Err(StoreError::Full));
    // What fits is still taken, and what lies there can be read.
    keep(&town, 3, b"Subject: also small\r\n\r\nfits".to_vec()).await.unwrap();
    let waiting = |read: &torg_store::Read<'_>| arrivals::waiting(read, None, 10);
    let ids: Vec<i64> =
        town.store.read(waiting).await.unwrap().iter().map(|one| one.id.as_i64()).collect();
    assert_eq!(ids, [1, 3]);

    set(roomy).await.unwrap();
    keep(&town, 2, large(2)).await.unwrap();
    assert_eq!(town.store.read(waiting).await.unwrap().len(), 3);
    let dangling = town.store.read(check::dangling).await.unwrap();
    assert!(dangling.iter().all(|(_, count)| *count == 0), "{dangling:?}");
}
