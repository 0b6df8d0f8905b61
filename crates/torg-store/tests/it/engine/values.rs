//! What goes in comes out.

use torg_core::{Id, InquiryId};
use torg_store::{StoreError, Value, params, sql};
use torg_testkit::databases::on_both_databases_with;

use super::NOTES;

#[tokio::test]
async fn every_kind_of_value_comes_back_as_it_was() {
    on_both_databases_with(NOTES, async |town| {
        // Above 2^53, where a floating-point number would lose the last digit.
        let id = InquiryId::from_i64(i64::MAX - 1);
        let raw: Vec<u8> = (0..=255).collect();
        let kept = raw.clone();
        let read_back = town.store.write(move |tx| {
            tx.execute(
                sql!("insert into notes (id, title, raw, weight) values ($1, $2, $3, $4)"),
                &params![id, "Blåbær 🫐", kept, 0.1],
            )?;
            let all = sql!("select id, title, raw, weight, shelf from notes where id = $1");
            tx.one(all, &params![id], |row| {
                Ok((
                    row.get::<InquiryId>(0)?,
                    row.get::<String>(1)?,
                    row.get::<Option<Vec<u8>>>(2)?,
                    row.get::<f64>(3)?,
                    row.get::<Option<String>>(4)?,
                ))
            })
        });
        let expected = (id, "Blåbær 🫐".to_owned(), Some(raw), 0.1, None);
        assert_eq!(read_back.await, Ok::<_, StoreError>(Some(expected)));
    })
    .await;
}

#[tokio::test]
async fn nul_is_left_at_the_door() {
    on_both_databases_with(NOTES, async |town| {
        let kept = town.store.write(|tx| {
            let add = sql!("insert into notes (id, title) values ($1, $2) returning title");
            tx.returning(add, &params![1, "La\0mp\0"], |row| row.get::<String>(0))
        });
        assert_eq!(kept.await, Ok(Some("Lamp".into())));
    })
    .await;
}

#[tokio::test]
async fn a_parameter_may_be_used_twice_and_out_of_order() {
    on_both_databases_with(NOTES, async |town| {
        let found = town.store.write(|tx| {
            super::add(tx, 7, "Lamp")?;
            let text =
                sql!("select title from notes where title <> $2 and id = $1 and $1 < 10 + id");
            tx.one(text, &params![7, "Hole"], |row| row.get::<String>(0))
        });
        assert_eq!(found.await, Ok(Some("Lamp".into())));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_parameter_or_column_is_called_a_fault_of_the_program() {
    on_both_databases_with(NOTES, async |town| {
        let by_id = sql!("select title from notes where id = $1");
        town.store.write(|tx| super::add(tx, 1, "Lamp")).await.unwrap();
        let faults = [
            town.store.read(move |read| read.one(by_id, &[], |row| row.get::<String>(0))).await,
            town.store
                .read(move |read| read.one(by_id, &params![1, 2], |row| row.get::<String>(0)))
                .await,
            town.store
                .read(move |read| read.one(by_id, &params![1], |row| row.get::<String>(1)))
                .await,
            town.store
                .read(move |read| {
                    let number = read.one(by_id, &params![1], |row| row.get::<i64>(0))?;
                    Ok(number.map(|number| number.to_string()))
                })
                .await,
        ];
        for fault in faults {
            assert!(matches!(fault, Err(StoreError::Bug(_))), "{fault:?}");
        }
        let null = town.store.read(|read| {
            let shelf = sql!("select shelf from notes where id = $1");
            read.one(shelf, &[Value::Int(1)], |row| row.get::<Option<String>>(0))
        });
        assert_eq!(null.await, Ok(Some(None)));
    })
    .await;
}
