//! A browser's side of HTTP, as little of it as measuring needs: one connection that is kept,
//! cookies, and answers read to their end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::server::PASSWORD;

/// Longer than any page should take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one connection.
pub(crate) struct Browser {
    address: SocketAddr,
    socket: BufReader<TcpStream>,
    cookie: String,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    /// Compressed, as it came.
    pub(crate) body: Vec<u8>,
    /// From the first byte that was sent until the last one that came.
    pub(crate) took: Duration,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut named = self.headers.iter().filter(|(other, _)| other == name);
        named.next().map(|(_, value)| value.as_str())
    }
}

impl Browser {
    pub(crate) fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let socket = BufReader::new(connected(address)?);
        Ok(Self { address, socket, cookie: String::new() })
    }

    /// Signs in as whoever has this address.
    pub(crate) fn signed_in(address: SocketAddr, email: &str) -> anyhow::Result<Self> {
        let mut browser = Self::open(address)?;
        let form = format!("email={}&password={}", email.replace('@', "%40"), PASSWORD);
        let answer = browser.post("/sign-in", &form.replace(' ', "+"))?;
        let cookies: Vec<&str> = answer
            .headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
            .filter_map(|(_, value)| value.split(';').next())
            .collect();
        ensure!(answer.status == 303 && !cookies.is_empty(), "{email} is not let in");
        browser.cookie = cookies.join("; ");
        Ok(browser)
    }

    /// Somebody who signed in elsewhere.
    pub(crate) fn with_cookie(address: SocketAddr, cookie: &str) -> anyhow::Result<Self> {
        Ok(Self { cookie: cookie.to_owned(), ..Self::open(address)? })
    }

    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    pub(crate) fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        self.ask("GET", path, "")
    }

    pub(crate) fn post(&mut self, path: &str, form: &str) -> anyhow::Result<Answer> {
        self.ask("POST", path, form)
    }

    fn ask(&mut self, method: &str, path: &str, form: &str) -> anyhow::Result<Answer> {
        let length = match method {
            "POST" => format!(
                "content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n",
                form.len()
            ),
            _ => String::new(),
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n\
             accept-encoding: gzip, deflate, br, zstd\r\n{length}\r\n{form}",
            self.address, self.cookie
        );
        let begun = Instant::now();
        self.socket.get_mut().write_all(request.as_bytes())?;
        let mut answer = self.answer().with_context(|| format!("{method} {path}"))?;
        answer.took = begun.elapsed();
        Ok(answer)
    }

    fn answer(&mut self) -> anyhow::Result<Answer> {
        let (status, headers) = head(&mut self.socket)?;
        let mut answer = Answer { status, headers, body: Vec::new(), took: Duration::ZERO };
        if let Some(length) = answer.header("content-length") {
            answer.body = vec![0; length.parse()?];
            self.socket.read_exact(&mut answer.body)?;
        } else if answer.header("transfer-encoding") == Some("chunked") {
            while chunk(&mut self.socket, &mut answer.body)? {}
        }
        Ok(answer)
    }
}

pub(crate) fn connected(address: SocketAddr) -> anyhow::Result<TcpStream> {
    let socket = TcpStream::connect(address)?;
    socket.set_nodelay(true)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    Ok(socket)
}

/// Status and headers, their names in lower case.
fn head(socket: &mut impl BufRead) -> anyhow::Result<(u16, Vec<(String, String)>)> {
    let first = line(socket)?;
    let status = first.split(' ').nth(1).context("a status")?.parse()?;
    let mut headers = Vec::new();
    loop {
        let line = line(socket)?;
        let Some((name, value)) = line.split_once(':') else {
            return Ok((status, headers));
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// Reads one chunk (RFC 9112, 7.1); `false` after the last.
fn chunk(socket: &mut impl BufRead, body: &mut Vec<u8>) -> anyhow::Result<bool> {
    let length = usize::from_str_radix(&line(socket)?, 16)?;
    let before = body.len();
    body.resize(before + length, 0);
    socket.read_exact(body.get_mut(before..).unwrap_or_default())?;
    line(socket)?;
    Ok(length > 0)
}

fn line(socket: &mut impl BufRead) -> anyhow::Result<String> {
    let mut line = String::new();
    if socket.read_line(&mut line)? == 0 {
        bail!("the server broke off");
    }
    line.truncate(line.trim_end().len());
    Ok(line)
}
