//! Mail servers that deliver as fast as they are answered.
//!
//! They pipeline as RFC 2920, 3.1 allows: the commands of the next mail follow the last mail's end
//! in one write, so that a mail costs one round trip, and each waits for the 250 of the one before.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// Delivers all mails over `connections`; gives how long it took until the last one was
/// acknowledged, and how many were not.
pub(crate) fn deliver(
    address: SocketAddr,
    connections: usize,
    mails: &[Vec<u8>],
) -> anyhow::Result<(Duration, usize)> {
    let wires: Vec<Vec<u8>> = mails.iter().map(|mail| on_the_wire(mail)).collect();
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    let refused = std::thread::scope(|threads| {
        let one = || deliver_on(address, &wires, &next);
        let all: Vec<_> = (0..connections).map(|_| threads.spawn(one)).collect();
        let ends = all.into_iter().map(|thread| thread.join().ok().context("a client fell")?);
        ends.sum::<anyhow::Result<usize>>()
    })?;
    Ok((begun.elapsed(), refused))
}

fn deliver_on(address: SocketAddr, wires: &[Vec<u8>], next: &AtomicUsize) -> anyhow::Result<usize> {
    let mut socket = TcpStream::connect(address)?;
    socket.set_nodelay(true)?;
    let mut answers = BufReader::new(socket.try_clone()?);
    answer(&mut answers)?;
    socket.write_all(b"EHLO bench.example\r\n")?;
    answer(&mut answers)?;
    let mine = || wires.get(next.fetch_add(1, Ordering::Relaxed));
    let mut refused = 0;
    let mut wire = mine();
    if wire.is_some() {
        socket.write_all(ENVELOPE)?;
        envelope(&mut answers)?;
    }
    while let Some(mail) = wire {
        wire = mine();
        let is_last = wire.is_none();
        let end = if is_last { mail.len() - ENVELOPE.len() } else { mail.len() };
        socket.write_all(mail.get(..end).unwrap_or(mail))?;
        refused += usize::from(answer(&mut answers)? != 250);
        if !is_last {
            envelope(&mut answers)?;
        }
    }
    Ok(refused)
}

/// All mails go to the same address, and a server that offers PIPELINING takes this in one piece.
const ENVELOPE: &[u8] = b"MAIL FROM:<borger@privat.example> BODY=8BITMIME\r\nRCPT TO:<post@fjordby.example>\r\nDATA\r\n";

fn envelope(answers: &mut impl BufRead) -> anyhow::Result<()> {
    for expected in [250, 250, 354] {
        let code = answer(answers)?;
        ensure!(code == expected, "the answer was {code}, not {expected}");
    }
    Ok(())
}

fn answer(answers: &mut impl BufRead) -> anyhow::Result<u16> {
    let mut line = String::new();
    loop {
        line.clear();
        ensure!(answers.read_line(&mut line)? > 0, "the server broke off");
        if line.as_bytes().get(3) != Some(&b'-') {
            return Ok(line.get(..3).context("an answer without a code")?.parse()?);
        }
    }
}

/// Lines end with CRLF, a dot before a dot, a dot at the end; then the commands of the next mail.
fn on_the_wire(mail: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(mail.len() + mail.len() / 50 + 8);
    for line in mail.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.first() == Some(&b'.') {
            wire.push(b'.');
        }
        wire.extend(line.iter().map(|byte| if *byte == b'\r' { b' ' } else { *byte }));
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire.extend_from_slice(ENVELOPE);
    wire
}
