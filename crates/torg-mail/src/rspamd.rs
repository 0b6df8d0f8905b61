//! Asking an Rspamd server what it thinks of a letter, by its `/checkv2`
//! (<https://docs.rspamd.com/developers/protocol>), in the plainest HTTP there is.

use std::time::Duration;

use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::origin::Connection;

/// Larger letters are not shown to it: 10 MiB.
const LARGEST: usize = 10 << 20;
/// Its answers are a few thousand bytes; more than this is none.
const LONGEST_ANSWER: u64 = 1 << 20;
/// So many of its symbols are named.
const MOST_SYMBOLS: usize = 5;

/// Where an Rspamd server listens, and how long it may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rspamd {
    /// `host:port`.
    authority: String,
    limit: Duration,
}

/// What it said of a letter.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// It would at least have marked it: its action is to add a header, to rewrite the subject or to refuse.
    pub is_suspicious: bool,
    /// Rising with spam, without bounds.
    pub score: f64,
    /// What spoke for spam, the strongest first.
    pub symbols: Vec<String>,
}

/// No `http://host:port`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an address such as http://localhost:11333 is wanted")]
pub struct NotAnAddress;

/// It gave no opinion.
#[derive(Debug, thiserror::Error)]
pub enum NoOpinion {
    #[error("Rspamd cannot be reached: {0}")]
    Unreachable(#[from] std::io::Error),
    #[error("Rspamd took too long")]
    TooSlow,
    #[error("Rspamd gave no opinion")]
    Nonsense,
    #[error("a letter of this size is not shown to Rspamd")]
    TooLarge,
}

#[derive(Deserialize)]
struct Answer {
    score: f64,
    action: String,
    #[serde(default)]
    symbols: std::collections::BTreeMap<String, Symbol>,
}

#[derive(Deserialize)]
struct Symbol {
    #[serde(default)]
    score: f64,
}

impl Rspamd {
    /// The server at `url`, such as `http://localhost:11333`.
    ///
    /// # Errors
    /// [`NotAnAddress`]
    pub fn at(url: &str, limit: Duration) -> Result<Self, NotAnAddress> {
        let rest = url.strip_prefix("http://").ok_or(NotAnAddress)?;
        let authority = rest.trim_end_matches('/');
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        if authority.is_empty() || !authority.bytes().all(is_plain) {
            return Err(NotAnAddress);
        }
        let has_port = authority.rsplit(':').next().is_some_and(|port| port.parse::<u16>().is_ok());
        let port = if has_port { "" } else { ":80" };
        Ok(Self { authority: format!("{authority}{port}"), limit })
    }

    /// Its opinion of a letter that came for `recipients`.
    ///
    /// # Errors
    /// [`NoOpinion`]; another time it may have one, but for [`NoOpinion::TooLarge`].
    pub async fn ask(
        &self,
        raw: &[u8],
        connection: Option<&Connection>,
        recipients: &[String],
    ) -> Result<Opinion, NoOpinion> {
        if raw.len() > LARGEST {
            return Err(NoOpinion::TooLarge);
        }
        let head = self.head(raw.len(), connection, recipients);
        let answer = tokio::time::timeout(self.limit, self.say(head.as_bytes(), raw)).await;
        opinion(&answer.map_err(|_| NoOpinion::TooSlow)??).ok_or(NoOpinion::Nonsense)
    }

    fn head(
        &self,
        length: usize,
        connection: Option<&Connection>,
        recipients: &[String],
    ) -> String {
        let mut head = format!(
            "POST /checkv2 HTTP/1.0\r\nHost: {}\r\nContent-Length: {length}\r\n",
            self.authority
        );
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() && !value.chars().any(char::is_control) {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        };
        if let Some(Connection { peer, helo, envelope_from }) = connection {
            field("IP", &peer.to_string());
            field("Helo", helo);
            field("From", envelope_from.as_deref().unwrap_or_default());
        }
        for recipient in recipients {
            field("Rcpt", recipient);
        }
        head + "\r\n"
    }

    async fn say(&self, head: &[u8], raw: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(&self.authority).await?;
        stream.write_all(head).await?;
        stream.write_all(raw).await?;
        let mut answer = Vec::new();
        stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
        Ok(answer)
    }
}

fn opinion(answer: &[u8]) -> Option<Opinion> {
    let text = std::str::from_utf8(answer).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    if head.split(' ').nth(1) != Some("200") {
        return None;
    }
    let answer: Answer = serde_json::from_str(body).ok()?;
    let mut symbols: Vec<(String, f64)> =
        answer.symbols.into_iter().map(|(name, symbol)| (name, symbol.score)).collect();
    symbols.retain(|(_, score)| *score >= 0.0);
    symbols.sort_by(|one, other| other.1.total_cmp(&one.1));
    symbols.truncate(MOST_SYMBOLS);
    Some(Opinion {
        is_suspicious: matches!(&*answer.action, "add header" | "rewrite subject" | "reject"),
        score: answer.score,
        symbols: symbols.into_iter().map(|(name, _)| name).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_and_anything_else_is_no_opinion() {
        let said = r#"{"score":9.5,"required_score":15.0,"action":"add header","symbols":{
            "A":{"score":1.5},"B":{"score":-1.0},"C":{"score":8.0}}}"#;
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{said}");
        let wanted =
            Opinion { is_suspicious: true, score: 9.5, symbols: vec!["C".into(), "A".into()] };
        assert_eq!(opinion(answer.as_bytes()), Some(wanted));
        for nonsense in
            ["", "HTTP/1.1 500 No\r\n\r\n{}", "HTTP/1.1 200 OK\r\n\r\n{\"score\":1}", "\u{0}"]
        {
            assert_eq!(opinion(nonsense.as_bytes()), None, "{nonsense}");
        }
    }

    #[test]
    fn an_address_has_a_host_and_perhaps_a_port() {
        let at = |url: &str| Rspamd::at(url, Duration::ZERO).map(|rspamd| rspamd.authority);
        assert_eq!(at("http://localhost:11333/").unwrap(), "localhost:11333");
        assert_eq!(at("http://[::1]:11333").unwrap(), "[::1]:11333");
        assert_eq!(at("http://filter").unwrap(), "filter:80");
        for wrong in ["localhost:11333", "https://filter", "http://", "http://a/b", "http://a\r\nb"]
        {
            assert_eq!(at(wrong), Err(NotAnAddress), "{wrong}");
        }
    }

    #[test]
    fn what_a_stranger_said_breaks_no_header() {
        let rspamd = Rspamd::at("http://localhost", Duration::ZERO).unwrap();
        let connection = Connection {
            peer: [192, 0, 2, 1].into(),
            helo: "a\r\nRcpt: b".into(),
            envelope_from: Some("c@d.example".into()),
        };
        let head = rspamd.head(3, Some(&connection), &["post@fjordby.example".to_owned()]);
        assert!(head.contains("\r\nIP: 192.0.2.1\r\nFrom: c@d.example\r\nRcpt: post@"), "{head}");
        assert!(!head.contains("Helo"));
    }
}
