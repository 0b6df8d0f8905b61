//! One certificate for pages and mail.

use std::io;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::house::{House, POST};
use crate::smtp::{Smtp, letter, socket};

/// A throw-away certificate for `localhost`, and who trusts it.
pub(crate) struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    trusting: Arc<ClientConfig>,
}

impl Certificate {
    pub(crate) fn made_in(folder: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let (chain, key) = (folder.join("chain.pem"), folder.join("key.pem"));
        std::fs::write(&chain, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(made.cert.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { chain, key, trusting: Arc::new(config) }
    }

    pub(crate) fn settings(&self) -> String {
        format!("[tls]\ncertificate = {:?}\nkey = {:?}\n", self.chain, self.key)
    }

    /// TLS over an open socket.
    pub(crate) fn line(
        &self,
        mut socket: TcpStream,
    ) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
        let name = ServerName::try_from("localhost").map_err(io::Error::other)?;
        let trusting = Arc::clone(&self.trusting);
        let mut connection = ClientConnection::new(trusting, name).map_err(io::Error::other)?;
        while connection.is_handshaking() {
            connection.complete_io(&mut socket)?;
        }
        Ok(StreamOwned::new(connection, socket))
    }
}

#[test]
fn mail_and_pages_are_served_over_tls() {
    let house = House::embedded().with_town_hall().with_certificate();
    // That it serves was asked by HTTPS; plain HTTP is no way in.
    let serving = house.serves();
    assert!(!crate::http::is_healthy(socket(serving.http)));

    let plain = socket(serving.smtp).unwrap();
    offers_starttls(&plain);
    let certificate = house.certificate();
    let mut smtp = Smtp::over(Box::new(certificate.line(plain).unwrap()));
    let hello = smtp.command("EHLO there.example").unwrap();
    assert!(!hello.text.contains("STARTTLS"), "{}", hello.text);
    let mail = letter("secret@citizen.example", "aino@citizen.example", "For your eyes.");
    assert_eq!(smtp.delivers(&[POST], &mail).unwrap().code, 250);
    assert_eq!(house.export_filed().copies().get("secret@citizen.example"), Some(&1));
}

/// The dialogue up to the handshake, by hand, so that no byte of it is read ahead.
fn offers_starttls(mut socket: &TcpStream) {
    use std::io::{Read, Write};
    let answer = |mut socket: &TcpStream, until: &str| {
        let mut text = String::new();
        while !text.contains(until) {
            let mut byte = [0];
            socket.read_exact(&mut byte).unwrap();
            text.push(char::from(byte[0]));
        }
        text
    };
    answer(socket, "\r\n");
    socket.write_all(b"EHLO there.example\r\n").unwrap();
    assert!(answer(socket, "250 ").contains("STARTTLS"));
    answer(socket, "\r\n");
    socket.write_all(b"STARTTLS\r\n").unwrap();
    assert!(answer(socket, "\r\n").starts_with("220"));
}
