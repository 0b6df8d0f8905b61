//! Mail as well-behaved servers bring it.

use torg_mail::smtp::{NotReceived, Protocol, Refusal};

use super::town::{Town, text};

#[tokio::test]
async fn a_letter_is_kept_before_it_is_acknowledged() {
    let town = Town::open().await;
    let mut client = town.writing().await;
    client.send("Subject: Lamp\r\n\r\nIt is out.\r\n.\r\n").await;
    client.reply_is("250 2.0.0").await;

    let kept = town.letterbox.kept();
    assert_eq!(town.letterbox.only_text(), "Subject: Lamp\r\n\r\nIt is out.\r\n");
    assert_eq!(kept[0].envelope_from.as_deref(), Some("ase@dale.example"));
    assert_eq!(kept[0].recipients, ["post@fjordby.example"]);
    assert_eq!(kept[0].helo, "mx.dale.example");
    assert_eq!(kept[0].protocol, Protocol::Smtp);
    assert!(kept[0].peer.unwrap().ip().is_loopback());
    let raw = String::from_utf8(kept[0].raw.clone()).unwrap();
    assert!(raw.starts_with(
        "Received: from mx.dale.example ([127.0.0.1])\r\n\tby mail.fjordby.example with ESMTP; \
         Thu, 01 Jan 1970 00:00:00 +0000\r\n"
    ));
    client.ask_for("QUIT", "221").await;
    client.is_closed().await;
    assert_eq!((town.counts.mails(), town.counts.bytes()), (1, raw.len() as u64));
}

#[tokio::test]
async fn the_greeting_names_what_is_offered_and_nothing_else() {
    let town = Town::open().await;
    let reply = town.client().await.ask("EHLO mx.dale.example").await;
    let offered: Vec<_> = reply.lines().skip(1).filter_map(|line| line.get(4..)).collect();
    assert_eq!(
        offered,
        ["SIZE 41943040", "PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "HELP"]
    );
    assert_eq!(town.client().await.ask("HELO old.example").await, "250 mail.fjordby.example\r\n");
}

#[tokio::test]
async fn pipelined_mails_are_answered_in_order() {
    let town = Town::open().await;
    let mut client = town.client().await;
    let mail = "MAIL FROM:<>\r\nRCPT TO:<post@fjordby.example>\r\nDATA\r\nhello\r\n.\r\n";
    client.send(format!("EHLO a.example\r\n{mail}{mail}RSET\r\nNOOP\r\nQUIT\r\n")).await;
    for code in ["250", "250", "250", "354", "250", "250", "250", "354", "250", "250", "250", "221"]
    {
        client.reply_is(code).await;
    }
    client.is_closed().await;
    assert_eq!(town.letterbox.kept().len(), 2);
    assert_eq!(town.letterbox.kept()[0].envelope_from, None);
}

#[tokio::test]
async fn leading_dots_come_back_as_they_were_written() {
    let town = Town::open().await;
    let mut client = town.writing().await;
    client.send("..\r\n...x\r\n.y\r\n\r\n.\r\n").await;
    client.reply_is("250").await;
    assert_eq!(town.letterbox.only_text(), ".\r\n..x\r\ny\r\n\r\n");
}

#[tokio::test]
async fn bytes_arrive_as_they_were_sent() {
    let town = Town::open().await;
    let mut client = town.writing().await;
    let body: Vec<u8> = (0..=255u8).filter(|byte| !b"\r\n".contains(byte)).collect();
    client.send(&body).await;
    client.send(b"\r\n.\r\n").await;
    client.reply_is("250").await;
    let raw = town.letterbox.kept()[0].raw.clone();
    assert!(raw.ends_with(&[body, b"\r\n".to_vec()].concat()));
}

#[tokio::test]
async fn an_unknown_recipient_beside_a_known_one_is_refused_alone() {
    let town = Town::open().await;
    let mut client = town.greeted().await;
    client.ask_for("MAIL FROM:<ase@dale.example>", "250").await;
    client.ask_for("RCPT TO:<nobody@fjordby.example>", "550 5.1.1").await;
    client.ask_for("RCPT TO:<post@elsewhere.example>", "550 5.1.1").await;
    client.ask_for("RCPT TO:<later@fjordby.example>", "451 4.3.0").await;
    client.ask_for("DATA", "503").await;
    client.ask_for("RCPT TO:<@relay.example:\"roads\"@fjordby.example>", "250").await;
    client.ask_for("RCPT TO:<Postmaster>", "250").await;
    client.ask_for("DATA", "354").await;
    client.ask_for("x\r\n.", "250").await;
    assert_eq!(town.letterbox.kept()[0].recipients, ["roads@fjordby.example", "postmaster"]);
    assert_eq!(town.counts.refused(Refusal::UnknownRecipient), 2);
}

#[tokio::test]
async fn addresses_beyond_ascii_need_smtputf8() {
    let town = Town::open().await;
    let mut client = town.greeted().await;
    client.ask_for("MAIL FROM:<åse@dale.example>", "553 5.6.7").await;
    client.ask_for("MAIL FROM:<åse@dale.example> SMTPUTF8", "250").await;
    client.ask_for("RCPT TO:<børnehave@fjordby.example>", "250").await;
    client.ask_for("DATA", "354").await;
    client.ask_for("x\r\n.", "250").await;
    let kept = town.letterbox.kept();
    assert_eq!(kept[0].envelope_from.as_deref(), Some("åse@dale.example"));
    assert!(String::from_utf8_lossy(&kept[0].raw).contains(" with UTF8SMTP; "));
}

#[tokio::test]
async fn commands_out_of_order_are_told_what_comes_first() {
    let town = Town::open().await;
    let mut client = town.client().await;
    client.ask_for("MAIL FROM:<a@b.example>", "503 5.5.1 Greet").await;
    client.ask_for("LHLO x", "500").await;
    client.ask_for("EHLO x", "250").await;
    client.ask_for("RCPT TO:<post@fjordby.example>", "503").await;
    client.ask_for("DATA", "503").await;
    client.ask_for("MAIL FROM:<a@b.example>", "250").await;
    client.ask_for("MAIL FROM:<a@b.example>", "503").await;
    client.ask_for("RCPT TO:<post@fjordby.example>", "250").await;
    client.ask_for("RSET", "250").await;
    client.ask_for("DATA", "503").await;
    client.ask_for("VRFY post", "252").await;
    client.ask_for("HELP", "214").await;
    client.ask_for("STARTTLS", "502").await;
    client.ask_for("AUTH PLAIN AGEAYg==", "502").await;
    client.ask_for("GET / HTTP/1.1", "421").await;
    client.is_closed().await;
}

#[tokio::test]
async fn what_the_house_cannot_keep_is_not_acknowledged() {
    let town = Town::open().await;
    let mut client = town.writing().await;
    town.letterbox.answer_from_now(Err(NotReceived::Temporary("The disk is full".to_owned())));
    client.ask_for("x\r\n.", "451 4.3.0 The disk is full").await;
    town.letterbox.answer_from_now(Err(NotReceived::Permanent("No\r\n250 more".to_owned())));
    for line in ["MAIL FROM:<>", "RCPT TO:<post@fjordby.example>", "DATA"] {
        client.ask(line).await;
    }
    client.ask_for("x\r\n.", "554 5.3.0 No??250 more").await;
    town.letterbox.answer_from_now(Ok(()));
    for line in ["MAIL FROM:<>", "RCPT TO:<post@fjordby.example>", "DATA"] {
        client.ask(line).await;
    }
    client.ask_for("y\r\n.", "250").await;
    assert_eq!(text(&town.letterbox.kept()[0]), "y\r\n");
}

#[tokio::test]
async fn half_a_letter_is_no_letter() {
    let town = Town::open().await;
    let mut client = town.writing().await;
    client.send("Subject: half\r\n\r\ntext\r\n.\r").await;
    client.hang_up_writing().await;
    assert_eq!(client.rest().await, b"");
    assert_eq!(town.letterbox.kept().len(), 0);
}
