//! Mail servers that deliver as fast as they are answered.

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
    let mut refused = 0;
    while let Some(wire) = wires.get(next.fetch_add(1, Ordering::Relaxed)) {
        socket.write_all(b"MAIL FROM:<borger@privat.example> BODY=8BITMIME\r\nRCPT TO:<post@fjordby.example>\r\nDATA\r\n")?;
        for expected in [250, 250, 354] {
            let code = answer(&mut answers)?;
            ensure!(code == expected, "the answer was {code}, not {expected}");
        }
        socket.write_all(wire)?;
        refused += usize::from(answer(&mut answers)? != 250);
    }
    Ok(refused)
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

/// Lines end with CRLF, a dot before a dot, a dot at the end.
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
    wire
}
