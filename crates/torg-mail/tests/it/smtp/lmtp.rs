//! LMTP, as a mail server on the same machine speaks it.

use torg_mail::smtp::{Limits, NotReceived, Protocol};

use super::town::{Client, Town};

async fn town() -> Town {
    Town::with(Limits::default(), None, Protocol::Lmtp).await
}

#[tokio::test]
async fn each_accepted_recipient_gets_an_answer() {
    let town = town().await;
    let mut client = town.client().await;
    client.ask_for("EHLO a.example", "500 5.5.1").await;
    client.ask_for("LHLO a.example", "250-mail.fjordby.example").await;
    for round in ["250", "451 4.3.0", "550 5.6.11"] {
        client.ask_for("MAIL FROM:<ase@dale.example>", "250").await;
        client.ask_for("RCPT TO:<post@fjordby.example>", "250").await;
        client.ask_for("RCPT TO:<nobody@fjordby.example>", "550").await;
        client.ask_for("RCPT TO:<roads@fjordby.example>", "250").await;
        client.ask_for("DATA", "354").await;
        let body = if round == "550 5.6.11" { "a\nb" } else { "a" };
        client.ask_for(&format!("{body}\r\n."), round).await;
        client.reply_is(round).await;
        client.ask_for("NOOP", "250").await;
        town.letterbox.answer_from_now(Err(NotReceived::Temporary("later".to_owned())));
    }
    let kept = town.letterbox.kept();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].recipients, ["post@fjordby.example", "roads@fjordby.example"]);
    assert_eq!(kept[0].protocol, Protocol::Lmtp);
}

#[tokio::test]
async fn a_socket_file_left_behind_is_replaced_and_one_in_use_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lmtp");
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let town = Town::at_socket(&path, Protocol::Lmtp);
    let mut client = Client::at_socket(&path).await;
    client.reply_is("220").await;
    for line in ["LHLO a.example", "MAIL FROM:<>", "RCPT TO:<post@fjordby.example>", "DATA"] {
        client.ask(line).await;
    }
    client.ask_for("a\r\n.", "250").await;
    assert_eq!(town.letterbox.kept()[0].peer, None);
    assert!(torg_mail::smtp::Door::unix(&path).is_err());
}
