//! STARTTLS, with a certificate made for the occasion.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use torg_mail::smtp::tls::{TlsError, TlsSlot, server_config};
use torg_mail::smtp::{Limits, Protocol};

use super::town::{Client, Town};

/// Certificate and key for `localhost`, PEM.
pub(crate) fn certificate() -> (String, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    (made.cert.pem(), made.signing_key.serialize_pem())
}

pub(crate) async fn town_with(certificate: &(String, String)) -> Town {
    let config = server_config(certificate.0.as_bytes(), certificate.1.as_bytes()).unwrap();
    Town::with(Limits::default(), Some(TlsSlot::new(config)), Protocol::Smtp).await
}

async fn encrypt(stream: TcpStream, pem: &str) -> std::io::Result<TlsStream<TcpStream>> {
    use rustls::pki_types::pem::PemObject;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

#[tokio::test]
async fn after_starttls_the_dialogue_begins_anew_and_the_mail_says_so() {
    let certificate = certificate();
    let town = town_with(&certificate).await;
    let mut client = town.client().await;
    assert!(client.ask("EHLO mx.dale.example").await.contains("250-STARTTLS\r\n"));
    client.ask_for("MAIL FROM:<a@b.example>", "250").await;
    client.ask_for("STARTTLS", "220").await;
    let mut client = Client::over(encrypt(client.into_stream(), &certificate.0).await.unwrap());
    client.ask_for("RCPT TO:<post@fjordby.example>", "503").await;
    client.ask_for("MAIL FROM:<a@b.example>", "503 5.5.1 Greet").await;
    assert!(!client.ask("EHLO mx.dale.example").await.contains("STARTTLS"));
    client.ask_for("STARTTLS", "503").await;
    for line in ["MAIL FROM:<>", "RCPT TO:<post@fjordby.example>", "DATA"] {
        client.ask(line).await;
    }
    client.ask_for("x\r\n.", "250").await;
    let raw = String::from_utf8(town.letterbox.kept()[0].raw.clone()).unwrap();
    assert!(raw.contains(" with ESMTPS; "), "{raw}");
    assert_eq!(town.counts.encrypted(), 1);
}

#[tokio::test]
async fn commands_injected_before_the_handshake_are_never_obeyed() {
    let certificate = certificate();
    let town = town_with(&certificate).await;
    let mut client = town.greeted().await;
    client.send("STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@b.example>\r\n").await;
    client.reply_is("220").await;
    let mut client = Client::over(encrypt(client.into_stream(), &certificate.0).await.unwrap());
    client.ask_for("MAIL FROM:<a@b.example>", "503 5.5.1 Greet").await;
    client.ask_for("NOOP", "250").await;
}

#[tokio::test]
async fn a_handshake_that_is_none_ends_the_connection() {
    let town = town_with(&certificate()).await;
    let mut client = town.greeted().await;
    client.ask_for("STARTTLS", "220").await;
    let mut stream = client.into_stream();
    stream.write_all(b"EHLO this is no handshake\r\n").await.unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(!rest.starts_with(b"2"));
    town.greeted().await.ask_for("NOOP", "250").await;
}

#[tokio::test]
async fn a_renewed_certificate_serves_the_next_connection() {
    let (old, new) = (certificate(), certificate());
    let slot = TlsSlot::new(server_config(old.0.as_bytes(), old.1.as_bytes()).unwrap());
    let town = Town::with(Limits::default(), Some(Arc::clone(&slot)), Protocol::Smtp).await;
    for (certificate, trusted) in [(&old, true), (&new, false)] {
        let mut client = town.greeted().await;
        client.ask_for("STARTTLS", "220").await;
        assert_eq!(encrypt(client.into_stream(), &certificate.0).await.is_ok(), trusted);
    }
    slot.replace(server_config(new.0.as_bytes(), new.1.as_bytes()).unwrap());
    let mut client = town.greeted().await;
    client.ask_for("STARTTLS", "220").await;
    assert!(encrypt(client.into_stream(), &new.0).await.is_ok());
}

#[test]
fn a_certificate_that_cannot_be_used_is_named() {
    let (cert, key) = certificate();
    let other_key = certificate().1;
    let refused =
        |cert: &str, key: &str| server_config(cert.as_bytes(), key.as_bytes()).unwrap_err();
    assert!(matches!(refused("", &key), TlsError::NoCertificate));
    assert!(matches!(refused(&cert, "no key"), TlsError::Key(_)));
    assert!(matches!(refused(&cert, &other_key), TlsError::Unusable(_)));
}
