//! Whatever is sent, the server answers or closes, and never falls over.

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::town::Town;

const WORDS: [&str; 28] = [
    "EHLO ",
    "HELO x",
    "LHLO",
    "MAIL FROM:",
    "RCPT TO:",
    "<",
    ">",
    "<a@b>",
    "<post@fjordby.example>",
    "\"",
    "\\",
    "@",
    ":",
    ",",
    " SIZE=",
    "99999999999999999999",
    " BODY=8BITMIME",
    " SMTPUTF8",
    " HOLDUNTIL=2031-01-01T00:00:00Z",
    " MTRK=a:1",
    " BY=1;R",
    "DATA\r\n",
    ".\r\n",
    "\r\n",
    "\n",
    "RSET\r\n",
    "STARTTLS\r\n",
    " TRANSID=<",
];

fn noise(random: &mut TestRng) -> Vec<u8> {
    let mut bytes = b"EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<post@fjordby.example>\r\n".to_vec();
    for _ in 0..random.next_u32() % 60 {
        match random.next_u32() % 8 {
            0 => bytes.push(random.next_u32().to_le_bytes()[0]),
            1 => bytes.extend_from_slice(b"\r\n"),
            _ => {
                let word = random.next_u32() as usize % WORDS.len();
                bytes.extend_from_slice(WORDS[word].as_bytes());
            }
        }
    }
    bytes
}

#[tokio::test]
async fn noise_is_answered_or_hung_up_on() {
    let town = Town::open().await;
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    for round in 0..600 {
        let mut client = town.client().await;
        let noise = noise(&mut random);
        client.send(&noise).await;
        client.hang_up_writing().await;
        let rest = client.rest().await;
        for reply in rest.split_inclusive(|byte| *byte == b'\n') {
            let whole = reply.ends_with(b"\r\n") && reply[..3].iter().all(u8::is_ascii_digit);
            assert!(whole, "round {round}: {}", noise.escape_ascii());
        }
    }
    town.greeted().await.ask_for("NOOP", "250").await;
}
