//! Handing over to a relay: our own server, and some that behave badly.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use torg_mail::relay::{NotSent, Relay, RelaySettings, RelayTls, Unsent};
use torg_mail::smtp::NotReceived;

use crate::smtp::tls::{certificate, town_with};
use crate::smtp::town::{PATIENCE, Town, text};

fn settings(port: u16) -> RelaySettings {
    RelaySettings {
        host: "127.0.0.1".to_owned(),
        port,
        tls: RelayTls::None,
        credentials: None,
        trusted_roots_pem: None,
        timeout: PATIENCE,
        hello_name: "torg.fjordby.example".to_owned(),
    }
}

async fn send(relay: &Relay, to: &str, raw: &str) -> Result<(), Unsent> {
    relay.send(Some("post@fjordby.example"), &[to.to_owned()], raw.as_bytes()).await
}

fn code(sent: &Result<(), Unsent>) -> (&'static str, Option<u16>) {
    match sent.as_ref().map_err(|unsent| &unsent.why) {
        Ok(()) => ("sent", None),
        Err(NotSent::Temporary { code, .. }) => ("temporary", *code),
        Err(NotSent::Permanent { code, .. }) => ("permanent", *code),
    }
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written_and_the_connection_is_used_again() {
    let town = Town::open().await;
    let relay = Relay::new(settings(town.port)).unwrap();
    let mails = ["Subject: a\r\n\r\n.\r\n..\r\nblå\r\n", "b\r\n\r\n\r\n", "no line end"];
    for mail in mails {
        relay.send(None, &["ase@fjordby.example".to_owned()], mail.as_bytes()).await.unwrap();
    }
    let kept = town.letterbox.kept();
    let texts: Vec<_> = kept.iter().map(text).collect();
    assert_eq!(texts, [mails[0], mails[1], "no line end\r\n"]);
    assert_eq!((&kept[0].envelope_from, kept[0].helo.as_str()), (&None, "torg.fjordby.example"));
    assert_eq!(town.counts.connections(), 1);
}

#[tokio::test]
async fn refusals_are_told_apart_by_whether_trying_again_helps() {
    let town = Town::open().await;
    let relay = Relay::new(settings(town.port)).unwrap();
    assert_eq!(code(&send(&relay, "nobody@fjordby.example", "x").await), ("permanent", Some(550)));
    assert_eq!(code(&send(&relay, "later@fjordby.example", "x").await), ("temporary", Some(451)));
    town.letterbox.answer_from_now(Err(NotReceived::Temporary("full".to_owned())));
    assert_eq!(code(&send(&relay, "ase@fjordby.example", "x").await), ("temporary", Some(451)));
    town.letterbox.answer_from_now(Err(NotReceived::Permanent("no".to_owned())));
    assert_eq!(code(&send(&relay, "ase@fjordby.example", "x").await), ("permanent", Some(554)));
    town.letterbox.answer_from_now(Ok(()));
    assert_eq!(code(&send(&relay, "ase@fjordby.example", "x").await), ("sent", None));
}

#[tokio::test]
async fn who_is_refused_does_not_keep_the_mail_from_the_others() {
    let town = Town::open().await;
    let relay = Relay::new(settings(town.port)).unwrap();
    let [ase, nobody, later] =
        ["ase", "nobody", "later"].map(|who| format!("{who}@fjordby.example"));
    let unusable = "no address".to_owned();
    let cases = [
        (vec![nobody.clone(), ase.clone()], vec![nobody.clone()], ("permanent", Some(550)), 1),
        (vec![ase.clone(), unusable.clone()], vec![unusable], ("permanent", None), 2),
        (
            vec![nobody.clone(), ase.clone(), later.clone()],
            vec![nobody.clone(), later.clone()],
            ("temporary", Some(451)),
            3,
        ),
        (
            vec![nobody.clone(), nobody.clone()],
            vec![nobody.clone(), nobody],
            ("permanent", Some(550)),
            3,
        ),
    ];
    for (to, without, how, kept) in cases {
        let sent = relay.send(None, &to, b"x").await;
        assert_eq!(code(&sent), how, "{to:?}");
        let unsent = sent.unwrap_err();
        assert_eq!(unsent.recipients, without);
        let text = unsent.to_string();
        assert!(without.iter().all(|address| text.contains(address)), "{text}");
        assert!(!text.contains(&ase), "{text}");
        assert_eq!(town.letterbox.kept().len(), kept, "{to:?}");
    }
    assert!(town.letterbox.kept().iter().all(|mail| mail.recipients == [ase.clone()]));
}

#[tokio::test]
async fn what_cannot_be_sent_anywhere_is_not_tried() {
    let relay = Relay::new(settings(1)).unwrap();
    assert_eq!(code(&send(&relay, "no address", "x").await), ("permanent", None));
    assert_eq!(code(&send(&relay, "a@b.example", "x\n.\nMAIL").await), ("permanent", None));
    assert_eq!(code(&relay.send(None, &[], b"x").await), ("permanent", None));
}

#[tokio::test]
async fn encryption_is_used_as_asked_for() {
    let certificate = certificate();
    let town = town_with(&certificate).await;
    let encrypting = |tls, trusted: bool| {
        let trusted_roots_pem = trusted.then(|| certificate.0.clone().into_bytes());
        let host = "localhost".to_owned();
        Relay::new(RelaySettings { host, tls, trusted_roots_pem, ..settings(town.port) }).unwrap()
    };
    for tls in [RelayTls::Required, RelayTls::StartTls] {
        assert_eq!(
            code(&send(&encrypting(tls, true), "a@fjordby.example", "x").await),
            ("sent", None)
        );
        let distrusted = send(&encrypting(tls, false), "a@fjordby.example", "x").await;
        assert_eq!(code(&distrusted), ("temporary", None));
    }
    let kept = town.letterbox.kept();
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|mail| String::from_utf8_lossy(&mail.raw).contains("with ESMTPS")));
}

#[tokio::test]
async fn a_relay_without_encryption_gets_neither_mail_nor_password_where_it_is_required() {
    let town = Town::open().await;
    let credentials = Some(("torg".to_owned(), "secret".to_owned()));
    let required = RelaySettings { tls: RelayTls::Required, ..settings(town.port) };
    let opportune = RelaySettings { tls: RelayTls::StartTls, credentials, ..settings(town.port) };
    for settings in [required, opportune] {
        assert!(!format!("{settings:?}").contains("secret"));
        let relay = Relay::new(settings).unwrap();
        assert_eq!(code(&send(&relay, "a@fjordby.example", "x").await), ("temporary", None));
    }
    assert_eq!(town.letterbox.kept().len(), 0);
}

/// A relay that answers each line with the next of `replies`, then hangs up, or stays silent.
async fn bad_relay(replies: &'static [&'static str], then_silent: bool) -> (u16, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        for reply in replies {
            stream.write_all(format!("{reply}\r\n").as_bytes()).await.unwrap();
            let mut line = String::new();
            stream.read_line(&mut line).await.unwrap();
        }
        if then_silent {
            std::future::pending::<()>().await;
        }
    });
    (port, serving)
}

#[tokio::test]
async fn a_relay_that_fails_is_tried_again_later() {
    let cases: [(&[&str], Option<u16>); 6] = [
        (&[], None),
        (&["554 go away"], Some(554)),
        (&["220 hi", "250 hi", "451 not now"], Some(451)),
        (&["220 hi", "250 hi", "250 ok", "250 ok"], None),
        (&["220 hi", "250 hi", "250 ok", "250 ok", "354 go"], None),
        (&["220 hi", "250 hi", "garbage"], None),
    ];
    for (replies, expected) in cases {
        let (port, serving) = bad_relay(replies, false).await;
        let relay = Relay::new(settings(port)).unwrap();
        let sent = send(&relay, "a@b.example", "x").await;
        assert_eq!(code(&sent), ("temporary", expected), "{replies:?}");
        serving.await.unwrap();
    }
    let relay = Relay::new(settings(1)).unwrap();
    assert_eq!(code(&send(&relay, "a@b.example", "x").await), ("temporary", None));
}

#[tokio::test]
async fn a_mail_the_relay_will_never_take_is_given_up() {
    let (port, _) =
        bad_relay(&["220 hi", "250 hi", "250 ok", "250 ok", "354 go", "550 spam"], false).await;
    let relay = Relay::new(settings(port)).unwrap();
    assert_eq!(code(&send(&relay, "a@b.example", "x").await), ("permanent", Some(550)));
}

#[tokio::test]
async fn a_relay_that_falls_silent_is_not_waited_for_and_its_connection_not_used_again() {
    let (port, _serving) =
        bad_relay(&["220 hi", "250 hi", "250 ok", "250 ok", "354 go"], true).await;
    let timeout = Duration::from_millis(60);
    let relay = Relay::new(RelaySettings { timeout, ..settings(port) }).unwrap();
    assert_eq!(code(&send(&relay, "a@b.example", "x").await), ("temporary", None));
    assert_eq!(code(&send(&relay, "a@b.example", "x").await), ("temporary", None));
}
