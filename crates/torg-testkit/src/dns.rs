//! A DNS server within this process, in all its moods.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::DkimSigner;
use mail_auth::hickory_resolver::proto::op::{Message, ResponseCode};
use mail_auth::hickory_resolver::proto::rr::rdata::TXT;
use mail_auth::hickory_resolver::proto::rr::{RData, Record, RecordType};
use tokio::net::UdpSocket;

/// How the server behaves. It may change between two questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DnsMood {
    /// Says what it knows, and of everything else that it does not exist.
    Answers,
    Silent,
    /// Bytes that are no answer.
    Rambles,
    /// SERVFAIL
    Fails,
}

/// A DNS server that knows texts only.
#[derive(Debug, Clone)]
pub struct TestDns {
    address: SocketAddr,
    zone: Arc<Mutex<Zone>>,
}

#[derive(Debug)]
struct Zone {
    mood: DnsMood,
    /// What stands at a name.
    texts: HashMap<String, String>,
    asked: usize,
}

impl TestDns {
    /// Opens a server that knows nothing.
    ///
    /// # Panics
    /// If no port is free.
    pub async fn open() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        let address = socket.local_addr().expect("a bound port");
        let zone = Zone { mood: DnsMood::Answers, texts: HashMap::new(), asked: 0 };
        let zone = Arc::new(Mutex::new(zone));
        tokio::spawn(serve(socket, zone.clone()));
        Self { address, zone }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on `text` stands at `name`.
    pub fn says(&self, name: &str, text: &str) {
        self.zone().texts.insert(name.to_lowercase(), text.to_owned());
    }

    pub fn becomes(&self, mood: DnsMood) {
        self.zone().mood = mood;
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.zone().asked
    }

    fn zone(&self) -> MutexGuard<'_, Zone> {
        self.zone.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn serve(socket: UdpSocket, zone: Arc<Mutex<Zone>>) {
    let mut question = [0; 1_500];
    while let Ok((length, from)) = socket.recv_from(&mut question).await {
        let answer =
            zone.lock().unwrap_or_else(PoisonError::into_inner).answer(&question[..length]);
        if let Some(answer) = answer {
            let _ = socket.send_to(&answer, from).await;
        }
    }
}

impl Zone {
    fn answer(&mut self, question: &[u8]) -> Option<Vec<u8>> {
        self.asked += 1;
        let question = Message::from_vec(question).ok()?;
        let query = question.queries.first()?.clone();
        let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
        answer.metadata.recursion_desired = true;
        answer.metadata.recursion_available = true;
        answer.add_query(query.clone());
        let name = query.name().to_utf8().trim_end_matches('.').to_lowercase();
        match self.mood {
            DnsMood::Silent => return None,
            DnsMood::Rambles => return Some(b"Who knows?".to_vec()),
            DnsMood::Fails => answer.metadata.response_code = ResponseCode::ServFail,
            DnsMood::Answers => match self.texts.get(&name) {
                Some(text) if query.query_type() == RecordType::TXT => {
                    let pieces = text.as_bytes().chunks(200).map(String::from_utf8_lossy);
                    let text = TXT::new(pieces.map(|piece| piece.into_owned()).collect());
                    answer.add_answer(Record::from_rdata(
                        query.name().clone(),
                        60,
                        RData::TXT(text),
                    ));
                }
                Some(_) => {}
                None => answer.metadata.response_code = ResponseCode::NXDomain,
            },
        }
        answer.to_vec().ok()
    }
}

impl TestDns {
    /// Signs a letter (DKIM) for `domain`, with a new key that stands in DNS from now on.
    ///
    /// # Panics
    /// If it cannot be signed.
    pub fn signs(&self, domain: &str, letter: &[u8]) -> Vec<u8> {
        let pair = Ed25519Key::generate_pkcs8().expect("a key");
        let key = Ed25519Key::from_pkcs8_der(&pair).expect("the same key");
        let public = data_encoding::BASE64.encode(&key.public_key());
        self.says(&format!("test._domainkey.{domain}"), &format!("v=DKIM1; k=ed25519; p={public}"));
        let fields = ["From", "To", "Subject", "Message-ID"];
        let signer = DkimSigner::from_key(key).domain(domain).selector("test").headers(fields);
        let signature = signer.sign(letter).expect("a signature").to_header();
        [signature.as_bytes(), letter].concat()
    }
}
