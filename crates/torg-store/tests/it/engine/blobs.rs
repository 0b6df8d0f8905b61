//! Raw bytes, kept once.

use proptest::prelude::{ProptestConfig, any, prop, proptest};
use torg_store::blobs::{self, Blob};
use torg_store::{StoreError, params, sql};
use torg_testkit::databases::on_both_databases_with;

use super::NOTES;

#[tokio::test]
async fn bytes_of_any_size_come_back_as_they_were() {
    on_both_databases_with(NOTES, async |town| {
        for size in [0, 1, 8_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_500_000] {
            let bytes: Vec<u8> =
                (0..size).map(|n: usize| n.wrapping_mul(n).to_le_bytes()[1]).collect();
            let blob = Blob::prepare(&bytes);
            let hash = blob.hash();
            town.store.write(move |tx| blobs::put(tx, &blob)).await.unwrap();
            let kept = town.store.read(move |read| blobs::get(read, &hash)).await;
            assert!(kept == Ok(Some(bytes)), "{size} bytes changed");
        }
        let unknown = Blob::prepare(b"never sent").hash();
        assert_eq!(town.store.read(move |read| blobs::get(read, &unknown)).await, Ok(None));
    })
    .await;
}

#[tokio::test]
async fn the_last_to_let_go_deletes_the_bytes() {
    on_both_databases_with(NOTES, async |town| {
        let blob = Blob::prepare(b"Dear municipality");
        let hash = blob.hash();
        let release = move || town.store.write(move |tx| blobs::release(tx, &hash));
        let get = move || town.store.read(move |read| blobs::get(read, &hash));
        for _ in 0..2 {
            let blob = blob.clone();
            town.store.write(move |tx| blobs::put(tx, &blob)).await.unwrap();
        }
        release().await.unwrap();
        assert_eq!(get().await, Ok(Some(b"Dear municipality".to_vec())));
        release().await.unwrap();
        assert_eq!(get().await, Ok(None));
        let chunks = sql!("select count(*) from blob_chunks");
        let left = town.store.read(move |read| read.one(chunks, &[], |row| row.get::<i64>(0)));
        assert_eq!(left.await, Ok(Some(0)));
        assert!(matches!(release().await, Err(StoreError::Corrupt(_))));
    })
    .await;
}

#[tokio::test]
async fn damage_is_found_and_never_handed_out() {
    on_both_databases_with(NOTES, async |town| {
        let letters = [b"one".to_vec(), b"two".to_vec(), b"three".to_vec(), b"four".to_vec()];
        let letters = letters.map(|letter| Blob::prepare(&letter));
        let [bad_bytes, other_bytes, lost, whole] = letters.clone().map(|blob| blob.hash());
        town.store
            .write(move |tx| {
                letters.iter().try_for_each(|blob| blobs::put(tx, blob))?;
                let swap = sql!("update blob_chunks set data = $2 where hash = $1");
                tx.execute(swap, &params![bad_bytes, b"not zstd".to_vec()])?;
                let copy = sql!(
                    "update blob_chunks set data = (select data from blob_chunks
                                  where hash = $2) where hash = $1"
                );
                tx.execute(copy, &params![other_bytes, whole])?;
                tx.execute(sql!("delete from blob_chunks where hash = $1"), &params![lost])
            })
            .await
            .unwrap();
        let damaged = town.store.read(move |read| blobs::get(read, &bad_bytes)).await;
        assert!(matches!(damaged, Err(StoreError::Corrupt(_))));

        let (mut found, mut after, mut seen) = (Vec::new(), None, 0);
        loop {
            let from = after;
            let part =
                town.store.read(move |read| blobs::check(read, from.as_ref(), 3)).await.unwrap();
            found.extend(part.damaged.into_iter().map(|(hash, _)| hash));
            seen += part.blobs;
            after = part.next;
            if after.is_none() {
                break;
            }
        }
        let mut expected = vec![bad_bytes, other_bytes, lost];
        expected.sort();
        assert_eq!((found, seen), (expected, 4));
    })
    .await;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_same_bytes_have_the_same_name(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        let (one, again) = (Blob::prepare(&bytes), Blob::prepare(&bytes));
        assert_eq!(one.hash(), again.hash());
        assert_eq!(one.size(), i64::try_from(bytes.len()).unwrap());
        assert_eq!(one.hash().to_string().len(), 64);
    }
}
