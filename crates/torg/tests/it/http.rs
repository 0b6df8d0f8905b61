//! A browser without a screen: one request a connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::SocketAddr;

use crate::house::House;
use crate::smtp::{Line, socket};

/// An answer. Of a stream that never ends only the head is read.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// Somebody at a browser, signed in or not.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    address: SocketAddr,
    cookie: String,
}

impl Browser {
    /// Of somebody who is nobody here.
    pub(crate) fn of_nobody(address: SocketAddr) -> Self {
        Self { address, cookie: String::new() }
    }

    /// Of a colleague who has signed in.
    pub(crate) fn of(address: SocketAddr, email: &str, password: &str) -> Self {
        let mut browser = Self::of_nobody(address);
        browser.comes_in("/sign-in", &format!("email={email}&password={password}"));
        browser
    }

    /// Posts a form that gives a cookie, and keeps that.
    pub(crate) fn comes_in(&mut self, path: &str, form: &str) {
        let page = self.posts(path, form);
        assert_eq!(page.status, 303, "{form} opens {path}");
        let cookie = page.header("set-cookie").expect("a cookie");
        cookie.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
    }

    pub(crate) fn gets(&self, path: &str) -> Page {
        self.asks("GET", path, &[], "")
    }

    /// Posts a form as our own pages do.
    pub(crate) fn posts(&self, path: &str, form: &str) -> Page {
        self.asks("POST", path, &[("sec-fetch-site", "same-origin")], form)
    }

    /// Posts a form with one file, as our own pages do.
    pub(crate) fn uploads(&self, path: &str, name: &str, bytes: &str) -> Page {
        let form = format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{bytes}\r\n--b--\r\n"
        );
        let kind = ("content-type", "multipart/form-data; boundary=b");
        self.asks("POST", path, &[("sec-fetch-site", "same-origin"), kind], &form)
    }

    /// Any request; a form is urlencoded unless it says something else.
    pub(crate) fn asks(&self, method: &str, path: &str, more: &[(&str, &str)], form: &str) -> Page {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncookie: {}\r\n",
            self.address, self.cookie
        );
        if method == "POST" {
            if more.iter().all(|(name, _)| *name != "content-type") {
                head += "content-type: application/x-www-form-urlencoded\r\n";
            }
            head += &format!("content-length: {}\r\n", form.len());
        }
        for (name, value) in more {
            head += &format!("{name}: {value}\r\n");
        }
        let line = socket(self.address).unwrap();
        ask(line, &format!("{head}\r\n{form}")).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// Whether the program says that it is well.
pub(crate) fn is_healthy(line: io::Result<impl Line>) -> bool {
    let request = "GET /health HTTP/1.1\r\nhost: torg.example\r\nconnection: close\r\n\r\n";
    line.and_then(|line| ask(line, request)).is_ok_and(|page| page.status == 200)
}

/// Sends one request over an open line and reads the answer.
pub(crate) fn ask(mut line: impl Line, request: &str) -> io::Result<Page> {
    line.write_all(request.as_bytes())?;
    line.flush()?;
    let mut reader = BufReader::new(line);
    let mut text = String::new();
    reader.read_line(&mut text)?;
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or(io::ErrorKind::InvalidData)?;
    let mut page = Page { status, headers: headers(&mut reader)?, body: Vec::new() };
    if page.header("transfer-encoding") == Some("chunked") {
        if !page.header("content-type").is_some_and(|kind| kind.starts_with("text/event-stream")) {
            page.body = chunks(&mut reader)?;
        }
    } else {
        let length = page.header("content-length").and_then(|length| length.parse().ok());
        page.body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut page.body)?;
    }
    Ok(page)
}

fn headers(reader: &mut impl BufRead) -> io::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { return Ok(headers) };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
}

fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim_end(), 16);
        let length = length.map_err(|_| io::ErrorKind::InvalidData)?;
        let start = body.len();
        body.resize(start + length, 0);
        reader.read_exact(body.get_mut(start..).unwrap_or_default())?;
        reader.read_line(&mut line)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Half a request, and nothing after it.
fn halves() -> [&'static str; 5] {
    [
        "",
        "P",
        "PRI * HTTP/2.0\r\n",
        "GET /health HTTP/1.1\r\nhost: torg.exa",
        "GET /health HTTP/1.1\r\nhost: torg.example\r\nconnection: close\r\n",
    ]
}

/// Waits until the other end hangs up, without an answer that a whole request would get.
fn is_hung_up_on(mut line: impl Line) {
    let mut said = Vec::new();
    if let Err(error) = line.read_to_end(&mut said) {
        let is_patience =
            matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
        assert!(!is_patience, "nobody hung up: {error}");
    }
    assert!(!String::from_utf8_lossy(&said).contains(" 200 "));
}

#[test]
fn who_never_ends_a_request_is_hung_up_on_and_stops_nobody() {
    let house = House::embedded().with_settings("header_seconds = 1\n");
    let serving = house.serves();
    let slow = halves().map(|half| {
        let mut line = socket(serving.http).unwrap();
        line.write_all(half.as_bytes()).unwrap();
        line
    });
    assert!(house.is_healthy_at(serving.http));
    slow.into_iter().for_each(is_hung_up_on);
    assert!(house.is_healthy_at(serving.http));
}

#[test]
fn who_never_ends_a_request_over_tls_is_hung_up_on_too() {
    let house = House::embedded().with_settings("header_seconds = 1\n").with_certificate();
    let serving = house.serves();
    // Not even a handshake.
    is_hung_up_on(socket(serving.http).unwrap());
    let slow = halves().map(|half| {
        let mut line = house.certificate().line(socket(serving.http).unwrap()).unwrap();
        line.write_all(half.as_bytes()).unwrap();
        line.flush().unwrap();
        line
    });
    assert!(house.is_healthy_at(serving.http));
    slow.into_iter().for_each(is_hung_up_on);
}
