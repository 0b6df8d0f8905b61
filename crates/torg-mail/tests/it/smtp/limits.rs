//! What one client cannot take from the others.

use std::time::Duration;

use tokio::net::TcpStream;
use torg_mail::smtp::{Limits, Refusal};

use super::town::{Client, Town};

const BLINK: Duration = Duration::from_millis(40);

#[tokio::test]
async fn a_mail_announced_too_large_is_refused_at_once_with_the_limit() {
    let town = Town::open().await;
    let mut client = town.greeted().await;
    client
        .ask_for(
            "MAIL FROM:<a@b.example> SIZE=41943041",
            "552 5.3.4 The mail is too large, the limit is 41943040",
        )
        .await;
    client.ask_for("MAIL FROM:<a@b.example> SIZE=9999999999999999999", "552 5.3.4").await;
    client.ask_for("MAIL FROM:<a@b.example> SIZE=41943040", "250").await;
}

async fn sends(client: &mut Client<TcpStream>, bytes: usize) {
    let line = [&[b'x'; 98][..], b"\r\n"].concat();
    for _ in 0..bytes / 100 {
        client.send(&line).await;
    }
    client.send(".\r\n").await;
}

#[tokio::test]
async fn the_largest_mail_is_kept_and_a_larger_one_read_to_its_end_and_refused() {
    let town = Town::limited(Limits { mail_bytes: 100_000, ..Limits::default() }).await;
    let mut client = town.writing().await;
    sends(&mut client, 100_000).await;
    client.reply_is("250").await;
    assert_eq!(town.letterbox.only_text().len(), 100_000);
    for line in ["MAIL FROM:<>", "RCPT TO:<post@fjordby.example>", "DATA"] {
        client.ask(line).await;
    }
    sends(&mut client, 100_100).await;
    client.reply_is("552 5.3.4 The mail is too large, the limit is 100000 bytes").await;
    client.ask_for("NOOP", "250").await;
    assert_eq!(town.letterbox.kept().len(), 1);
    assert_eq!(town.counts.refused(Refusal::TooLarge), 1);
}

#[tokio::test]
async fn a_mail_without_end_is_cut_off() {
    let town = Town::limited(Limits { mail_bytes: 10_000, ..Limits::default() }).await;
    let mut client = town.writing().await;
    client.send(vec![b'x'; 20_001]).await;
    client.reply_is("552 5.3.4").await;
    client.is_closed().await;
}

#[tokio::test]
async fn a_mail_to_ten_thousand_reaches_the_first_hundred() {
    let town = Town::open().await;
    let mut client = town.greeted().await;
    client.ask_for("MAIL FROM:<ase@dale.example>", "250").await;
    for number in 0..10_000 {
        let expected = if number < 100 { "250 2.1.5" } else { "452 4.5.3" };
        client.ask_for(&format!("RCPT TO:<to{number}@fjordby.example>"), expected).await;
    }
    client.ask_for("DATA", "354").await;
    client.ask_for("x\r\n.", "250").await;
    assert_eq!(town.letterbox.kept()[0].recipients.len(), 100);
    assert_eq!(town.counts.refused(Refusal::TooManyRecipients), 9_900);
}

#[tokio::test]
async fn whoever_guesses_addresses_is_sent_away() {
    let town = Town::open().await;
    let mut client = town.greeted().await;
    client.ask_for("MAIL FROM:<a@b.example>", "250").await;
    for _ in 0..20 {
        client.ask_for("RCPT TO:<nobody@fjordby.example>", "550").await;
    }
    client.ask_for("RCPT TO:<nobody@fjordby.example>", "550").await;
    client.reply_is("421 4.7.0").await;
    client.is_closed().await;
}

#[tokio::test]
async fn whoever_talks_nonsense_is_sent_away() {
    let town = Town::limited(Limits { mistakes: 2, ..Limits::default() }).await;
    let mut client = town.client().await;
    client.ask_for("BOGUS", "500 5.5.2").await;
    client.ask_for(&"x".repeat(100_000), "500 5.5.6").await;
    client.ask_for("", "500 5.5.2").await;
    client.reply_is("421 4.7.0").await;
    client.is_closed().await;
}

#[tokio::test]
async fn a_connection_carries_only_so_many_mails() {
    let town = Town::limited(Limits { mails_per_connection: 1, ..Limits::default() }).await;
    let mut client = town.writing().await;
    client.ask_for("x\r\n.", "250").await;
    client.ask_for("MAIL FROM:<a@b.example>", "421 4.7.0").await;
    client.is_closed().await;
}

#[tokio::test]
async fn one_address_gets_only_so_many_connections() {
    let town = Town::limited(Limits { connections_per_address: 2, ..Limits::default() }).await;
    let mut first = town.client().await;
    let _second = town.client().await;
    let mut third = town.silent_client().await;
    third.reply_is("421 4.7.0").await;
    third.is_closed().await;
    assert_eq!(town.counts.refused(Refusal::Connection), 1);
    first.ask_for("QUIT", "221").await;
    first.is_closed().await;
    // The place is free once the server noticed that its session ended.
    while town.counts.open() > 1 {
        tokio::task::yield_now().await;
    }
    let _fourth = town.client().await;
}

#[tokio::test]
async fn a_silent_client_is_told_so_and_let_go() {
    let town = Town::limited(Limits { command_timeout: BLINK, ..Limits::default() }).await;
    let mut client = town.client().await;
    client.reply_is("421 4.4.2").await;
    client.is_closed().await;
    let mut dripping = town.client().await;
    dripping.send("EHL").await;
    dripping.reply_is("421 4.4.2").await;
    assert_eq!(town.counts.timeouts(), 2);
}

#[tokio::test]
async fn a_mail_that_stops_or_drips_is_given_up() {
    let stops = Limits { block_timeout: BLINK, ..Limits::default() };
    let drips = Limits { mail_timeout: BLINK, ..Limits::default() };
    for limits in [stops, drips] {
        let town = Town::limited(limits).await;
        let mut client = town.writing().await;
        client.send("half a mail\r\n").await;
        client.reply_is("421 4.4.2").await;
        client.is_closed().await;
        assert_eq!(town.letterbox.kept().len(), 0);
    }
}

#[tokio::test]
async fn mail_beyond_the_common_memory_waits_and_is_then_asked_to_come_again() {
    let limits = Limits {
        mail_bytes: 200_000,
        mail_bytes_in_flight: 0,
        room_wait: BLINK,
        ..Limits::default()
    };
    let town = Town::limited(limits).await;
    town.letterbox.gate.forget_permits(1_000_000);
    let mut first = town.writing().await;
    sends(&mut first, 190_000).await;
    // The first mail occupies the memory until the letterbox has kept it.
    let mut second = town.greeted().await;
    let mut third = town.writing().await;
    sends(&mut third, 190_000).await;
    third.reply_is("452 4.3.1").await;
    town.letterbox.gate.add_permits(10);
    first.reply_is("250").await;
    for (line, code) in
        [("MAIL FROM:<>", "250"), ("RCPT TO:<post@fjordby.example>", "250"), ("DATA", "354")]
    {
        second.ask_for(line, code).await;
    }
    sends(&mut second, 190_000).await;
    second.reply_is("250").await;
    assert_eq!(town.counts.refused(Refusal::NoRoom), 1);
}
