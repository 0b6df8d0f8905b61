//! The contract of the engine, sentence by sentence, on both databases.

mod asking;
mod blobs;
mod facts;
mod failures;
mod lanes;
mod migrations;
mod postgres;
mod sqlite;
mod statements;
mod values;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use torg_store::{Migration, Read, Store, StoreError, Tx, params, sql};

/// A schema of the tests' own, so that Torg's may change without them.
pub(crate) const NOTES: &[Migration] = &[Migration {
    name: "V1__notes.sql",
    text: "create table notes (
               id {id}, title text not null, raw {bytes}, weight double precision,
               shelf text unique, nick text
           );
           create unique index one_note_per_title on notes (title);
           create unique index one_nick_whatever_the_case on notes (lower(nick));
           create table pages (
               note bigint not null references notes (id) deferrable initially deferred,
               number bigint not null, primary key (note, number)
           );
           create table counters (id {id}, total bigint not null);
           create table blobs (hash {bytes} primary key, size bigint not null, refs bigint not null);
           create table blob_chunks (
               hash {bytes} not null, n bigint not null, data {bytes} not null,
               primary key (hash, n)
           );",
}];

/// Puts a note on the table.
pub(crate) fn add(tx: &mut Tx<'_>, id: i64, title: &str) -> Result<u64, StoreError> {
    tx.execute(sql!("insert into notes (id, title) values ($1, $2)"), &params![id, title])
}

pub(crate) fn titles(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    read.all(sql!("select title from notes order by id"), &[], |row| row.get(0))
}

pub(crate) async fn titles_in(store: &Store) -> Vec<String> {
    store.read(titles).await.unwrap()
}

/// A door that a transaction waits at until it is opened, or whoever opens it is gone.
pub(crate) fn door() -> (Sender<()>, impl Fn() + Clone + Send + 'static) {
    let (open, opened): (_, Receiver<()>) = channel();
    let opened = Arc::new(Mutex::new(opened));
    let wait = move || {
        // Nobody at the other end means that the door is open for good.
        let _ = opened.lock().unwrap().recv();
    };
    (open, wait)
}
