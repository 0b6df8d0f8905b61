//! Settings: what is about the machine. Read once, from the file, then the environment, then flags,
//! the later winning. What is about the municipality lies in its database.

mod relay;
mod spam;

pub(crate) use relay::RelaySection;
pub(crate) use spam::SpamSection;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use jiff::tz::TimeZone;
use serde::Deserialize;
use torg_core::Language;

/// The settings file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) server: ServerSection,
    pub(crate) municipality: MunicipalitySection,
    pub(crate) mail: MailSection,
    pub(crate) relay: RelaySection,
    pub(crate) spam: SpamSection,
    pub(crate) tls: TlsSection,
    pub(crate) log: LogSection,
}

/// Where Torg listens and keeps its data.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ServerSection {
    /// Where pages are served.
    pub(crate) http: SocketAddr,
    /// Where mail is taken by SMTP.
    pub(crate) smtp: SocketAddr,
    /// Where mail is taken by LMTP from a mail server on this machine; nowhere if not set.
    pub(crate) lmtp: Option<SocketAddr>,
    /// The folder of the embedded database and of the running server's socket.
    pub(crate) data: PathBuf,
    /// A PostgreSQL connection string, in place of the embedded database.
    pub(crate) database: Option<String>,
    /// Where browsers reach Torg. Cookies are marked secure if it begins with https.
    pub(crate) public_url: Option<String>,
    /// Proxies whose word on the caller's address is believed, such as 10.0.0.0/8.
    pub(crate) trusted_proxies: Vec<String>,
    /// How long a browser may take to send the head of a request, in seconds.
    pub(crate) header_seconds: u64,
    /// Tells this process from others on the same PostgreSQL database, 0 to 1023.
    pub(crate) node: u16,
}

/// Who the municipality is, until the pages for that are used.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MunicipalitySection {
    /// What people call it.
    pub(crate) name: String,
    /// Its main language: da, nb, nn, sv or en.
    pub(crate) language: String,
    /// Its time zone, such as Europe/Copenhagen.
    pub(crate) time_zone: String,
}

/// How mail comes in.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MailSection {
    /// The name of this mail server, in its greeting and in Message-IDs.
    pub(crate) host_name: String,
    /// Larger mails are refused, in MiB.
    pub(crate) most_mebibytes: usize,
    /// Whether a citizen gets an automatic receipt for a new inquiry.
    pub(crate) receipts: bool,
    /// Whether the mail server before us delivers post+tag@ to post@; answers then find their
    /// inquiry even when a mail program loses the thread.
    pub(crate) plus_addresses: bool,
}

/// The certificate for HTTPS and STARTTLS.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct TlsSection {
    /// The chain in PEM, ours first.
    pub(crate) certificate: Option<PathBuf>,
    /// Its key in PEM.
    pub(crate) key: Option<PathBuf>,
}

/// What is logged, on standard error.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LogSection {
    /// One JSON document a line, or plain text.
    pub(crate) json: bool,
    /// The least level: error, warn, info, debug or trace; or a filter such as `torg_desk=debug`.
    pub(crate) level: String,
}

impl Default for ServerSection {
    fn default() -> Self {
        Self {
            http: SocketAddr::from(([127, 0, 0, 1], 8080)),
            smtp: SocketAddr::from(([127, 0, 0, 1], 2525)),
            lmtp: None,
            data: PathBuf::from("data"),
            database: None,
            public_url: None,
            trusted_proxies: Vec::new(),
            header_seconds: 10,
            node: 0,
        }
    }
}

impl Default for MunicipalitySection {
    fn default() -> Self {
        let (name, language) = (torg_desk::UNNAMED.to_owned(), "en".to_owned());
        Self { name, language, time_zone: "Europe/Copenhagen".to_owned() }
    }
}

impl Default for MailSection {
    fn default() -> Self {
        let host_name = "localhost".to_owned();
        Self { host_name, most_mebibytes: 40, receipts: true, plus_addresses: true }
    }
}

impl Default for LogSection {
    fn default() -> Self {
        Self { json: false, level: "info".to_owned() }
    }
}

impl Settings {
    /// Reads the file, if one is named or `torg.toml` is there.
    ///
    /// # Errors
    /// Naming the line of what is wrong, an unknown key among it.
    pub(crate) fn read(named: Option<&Path>) -> anyhow::Result<Self> {
        let usual = Path::new("torg.toml");
        let Some(file) = named.or_else(|| usual.exists().then_some(usual)) else {
            return Ok(Self::default());
        };
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("reading the settings in {}", file.display()))?;
        Self::parse(&text).with_context(|| format!("in the settings file {}", file.display()))
    }

    /// Reads the text of a settings file and checks what must fit together.
    fn parse(text: &str) -> anyhow::Result<Self> {
        let settings: Self = toml::from_str(text)?;
        settings.language()?;
        settings.time_zone()?;
        settings.trusted_proxies()?;
        settings.spam.check()?;
        if settings.server.node > 1023 {
            bail!("server.node is {}; it may be 0 to 1023", settings.server.node);
        }
        if !(1..=600).contains(&settings.server.header_seconds) {
            bail!(
                "server.header_seconds is {}; it may be 1 to 600",
                settings.server.header_seconds
            );
        }
        if settings.tls.certificate.is_some() != settings.tls.key.is_some() {
            bail!("tls needs both certificate and key");
        }
        Ok(settings)
    }

    pub(crate) fn language(&self) -> anyhow::Result<Language> {
        self.municipality.language.parse().context("municipality.language")
    }

    pub(crate) fn time_zone(&self) -> anyhow::Result<TimeZone> {
        let name = &self.municipality.time_zone;
        TimeZone::get(name).with_context(|| format!("municipality.time_zone {name:?}"))
    }

    pub(crate) fn trusted_proxies(&self) -> anyhow::Result<Vec<torg_web::Network>> {
        let parse = |text: &String| {
            text.parse().with_context(|| format!("server.trusted_proxies {text:?}"))
        };
        self.server.trusted_proxies.iter().map(parse).collect()
    }

    /// Where browsers reach us, without a slash at the end.
    pub(crate) fn public_url(&self) -> String {
        let scheme = if self.tls.certificate.is_some() { "https" } else { "http" };
        let here = || format!("{scheme}://{}", self.server.http);
        let url = self.server.public_url.clone().unwrap_or_else(here);
        url.trim_end_matches('/').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let error = Settings::parse("[server]\nhttp = \"127.0.0.1:80\"\nhtpp = 1\n").unwrap_err();
        let text = format!("{error:#}");
        assert!(text.contains("line 3") && text.contains("htpp"), "{text}");
    }

    #[test]
    fn what_cannot_be_is_refused_at_the_door() {
        for (text, named) in [
            ("[municipality]\nlanguage = \"tlh\"", "language"),
            ("[municipality]\ntime_zone = \"Europe/Atlantis\"", "time_zone"),
            ("[server]\ntrusted_proxies = [\"everybody\"]", "everybody"),
            ("[server]\nnode = 5000", "1023"),
            ("[server]\nheader_seconds = 0", "600"),
            ("[tls]\nkey = \"key.pem\"", "certificate"),
            ("[spam]\nseconds = 0", "60"),
            ("[spam]\nrspamd = \"https://filter\"", "http://"),
        ] {
            let error = format!("{:#}", Settings::parse(text).unwrap_err());
            assert!(error.contains(named), "{text}: {error}");
        }
    }

    #[test]
    fn the_example_is_the_default() {
        let example = include_str!("../../../torg.example.toml");
        let given = Settings::parse(example).unwrap();
        assert_eq!(format!("{given:?}"), format!("{:?}", Settings::default()));
        let commented: String = example
            .lines()
            .map(|line| line.strip_prefix("#! ").unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n");
        Settings::parse(&commented).unwrap();
    }
}
