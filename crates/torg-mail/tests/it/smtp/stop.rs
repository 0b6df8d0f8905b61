//! Stopping without losing a mail that is under way.

use std::time::Duration;

use tokio::time::timeout;
use torg_mail::smtp::Limits;

use super::town::{PATIENCE, Town};

#[tokio::test]
async fn an_idle_client_is_told_and_a_running_mail_is_finished() {
    let town = Town::open().await;
    let mut idle = town.greeted().await;
    let mut running = town.writing().await;
    town.stop.cancel();
    idle.reply_is("421 4.3.2").await;
    idle.is_closed().await;
    running.ask_for("the end\r\n.", "250").await;
    running.reply_is("421 4.3.2").await;
    running.is_closed().await;
    timeout(PATIENCE, town.served).await.expect("does not stop").unwrap();
    assert_eq!(town.letterbox.only_text(), "the end\r\n");
    assert_eq!(town.counts.open(), 0);
}

#[tokio::test]
async fn a_mail_that_does_not_end_is_cut_off_after_the_grace() {
    let town =
        Town::limited(Limits { stop_grace: Duration::from_millis(20), ..Limits::default() }).await;
    let mut running = town.writing().await;
    running.send("half").await;
    town.stop.cancel();
    timeout(PATIENCE, town.served).await.expect("does not stop").unwrap();
    running.is_closed().await;
    assert_eq!((town.letterbox.kept().len(), town.counts.open()), (0, 0));
}
