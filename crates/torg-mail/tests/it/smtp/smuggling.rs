//! One mail must never be read as two, nor two as one.

use torg_mail::smtp::Refusal;

use super::town::Town;

/// Every way known to us in which some server took something else for the end of a mail.
const FALSE_ENDS: [&str; 14] = [
    "\n.\n",
    "\n.\r\n",
    "\r\n.\n",
    "\r.\r",
    "\r.\r\n",
    "\r\n.\r",
    "\r.\n",
    "\n.\r",
    "\n\n.\r\n",
    "\r\r\n.\r\r\n",
    "\r\n\0.\n",
    "\r\n.\r\0\n",
    "\n\r.\r\n",
    "\r\n.\r\r\n",
];

#[tokio::test]
async fn no_false_end_lets_a_second_mail_through() {
    for end in FALSE_ENDS {
        let town = Town::open().await;
        let mut client = town.writing().await;
        let hidden =
            "MAIL FROM:<mayor@fjordby.example>\r\nRCPT TO:<post@fjordby.example>\r\nDATA\r\nforged";
        client.send(format!("first{end}{hidden}\r\n.\r\n")).await;
        let reply = client.reply_is("550 5.6.11").await;
        assert!(reply.contains("bare CR or bare LF"), "{reply}");
        client.ask_for("NOOP", "250").await;
        assert_eq!(town.letterbox.kept().len(), 0, "{end:?}");
        assert_eq!(town.counts.refused(Refusal::BareLineEnd), 1, "{end:?}");
    }
}

#[tokio::test]
async fn a_bare_line_end_anywhere_is_refused_and_the_next_mail_is_not() {
    for body in ["a\nb\r\n", "a\rb\r\n", "\n\r\n", "a\r\n\r\r\n"] {
        let town = Town::open().await;
        let mut client = town.writing().await;
        client.send(format!("{body}.\r\n")).await;
        client.reply_is("550 5.6.11").await;
        for line in ["MAIL FROM:<>", "RCPT TO:<post@fjordby.example>", "DATA"] {
            client.ask(line).await;
        }
        client.ask_for("fine\r\n.", "250").await;
        assert_eq!(town.letterbox.only_text(), "fine\r\n");
    }
}

#[tokio::test]
async fn an_end_that_arrives_byte_by_byte_is_the_end() {
    let town = Town::open().await;
    let mut client = town.writing().await;
    for byte in b"a\r\n..b\r\n.\r\n" {
        client.send([*byte]).await;
        tokio::task::yield_now().await;
    }
    client.reply_is("250").await;
    assert_eq!(town.letterbox.only_text(), "a\r\n.b\r\n");
}

#[tokio::test]
async fn a_command_with_a_bare_line_end_is_not_obeyed() {
    let town = Town::open().await;
    let mut client = town.client().await;
    for line in ["EHLO x\n", "EHLO x\rRSET\r\n", "\n", "\r\r\n"] {
        client.send(line).await;
        client.reply_is("500 5.5.2").await;
    }
    client.ask_for("MAIL FROM:<a@b.example>", "503 5.5.1 Greet").await;
}
