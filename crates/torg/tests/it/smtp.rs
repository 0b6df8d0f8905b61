//! A mail server or mail program that calls ours, one command after the other.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::house::POST;

/// What a dialogue runs over: a socket, or TLS on one.
pub(crate) trait Line: Read + Write + Send {}
impl<L: Read + Write + Send> Line for L {}

/// One connection.
pub(crate) struct Smtp {
    line: BufReader<Box<dyn Line>>,
}

/// What the server answered, all of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) text: String,
}

/// A socket on which no read and no write lasts for ever.
pub(crate) fn socket(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = TcpStream::connect(address)?;
    socket.set_read_timeout(Some(Duration::from_secs(60)))?;
    socket.set_write_timeout(Some(Duration::from_secs(60)))?;
    socket.set_nodelay(true)?;
    Ok(socket)
}

impl Smtp {
    /// Connects and says hello.
    pub(crate) fn connect(address: SocketAddr) -> io::Result<Self> {
        let mut smtp = Self::over(Box::new(socket(address)?));
        smtp.answer()?;
        smtp.command("EHLO there.example")?;
        Ok(smtp)
    }

    /// On a line that is open already, its greeting not yet read.
    pub(crate) fn over(line: Box<dyn Line>) -> Self {
        Self { line: BufReader::new(line) }
    }

    /// Delivers one mail; gives the answer to it, or the refusal on the way.
    pub(crate) fn delivers(&mut self, to: &[&str], raw: &[u8]) -> io::Result<Answer> {
        let mut answer = self.command("MAIL FROM:<aino@citizen.example> BODY=8BITMIME")?;
        for recipient in to {
            if answer.code != 250 {
                return Ok(answer);
            }
            answer = self.command(&format!("RCPT TO:<{recipient}>"))?;
        }
        if answer.code != 250 {
            return Ok(answer);
        }
        let answer = self.command("DATA")?;
        if answer.code != 354 {
            return Ok(answer);
        }
        self.says(&on_the_wire(raw))?;
        self.answer()
    }

    /// Delivers one mail to the general address.
    pub(crate) fn posts(&mut self, raw: &[u8]) -> io::Result<Answer> {
        self.delivers(&[POST], raw)
    }

    pub(crate) fn command(&mut self, line: &str) -> io::Result<Answer> {
        self.says(format!("{line}\r\n").as_bytes())?;
        self.answer()
    }

    pub(crate) fn says(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.line.get_mut().write_all(bytes)?;
        self.line.get_mut().flush()
    }

    pub(crate) fn answer(&mut self) -> io::Result<Answer> {
        let mut text = String::new();
        loop {
            let mut line = String::new();
            if self.line.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            text.push_str(&line);
            if line.as_bytes().get(3) != Some(&b'-') {
                let code = line.get(..3).and_then(|code| code.parse().ok());
                return Ok(Answer { code: code.ok_or(io::ErrorKind::InvalidData)?, text });
            }
        }
    }
}

/// A mail as it goes over the wire: lines end with CRLF, a dot in front of a dot, a dot at the end.
pub(crate) fn on_the_wire(raw: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(raw.len() + 100);
    let mut rest = raw;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        if line.first() == Some(&b'.') {
            wire.push(b'.');
        }
        wire.extend_from_slice(line);
        wire.extend_from_slice(b"\r\n");
        rest = after.strip_prefix(b"\r\n").or(after.get(1..)).unwrap_or_default();
    }
    wire.extend_from_slice(b".\r\n");
    wire
}

/// A plain letter from `from` with the Message-ID `id`.
pub(crate) fn letter(id: &str, from: &str, text: &str) -> Vec<u8> {
    let head = format!(
        "From: Aino <{from}>\r\nTo: {POST}\r\nSubject: About {id}\r\nMessage-ID: <{id}>\r\n\
         Date: Mon, 4 May 2026 10:00:00 +0200\r\n\r\n{text}\r\n"
    );
    head.into_bytes()
}
