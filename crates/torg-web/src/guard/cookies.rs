//! The few cookies there are (RFC 6265), all `HttpOnly` and `SameSite=Lax`.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use crate::web::WebSettings;

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// The session's token.
    Session,
    /// What the last act came to, for the next page to tell.
    Told,
    /// The language chosen before signing in.
    Language,
    /// The code of the set-up, while nobody works here.
    Setup,
}

impl Cookie {
    /// With https the `__Host-` prefix keeps sister sites from setting it (RFC 6265bis, 4.1.3.2).
    fn name(self, settings: &WebSettings) -> String {
        let name = match self {
            Self::Session => "torg",
            Self::Told => "torg-told",
            Self::Language => "torg-language",
            Self::Setup => "torg-setup",
        };
        if settings.secure_cookies { format!("__Host-{name}") } else { name.to_owned() }
    }

    /// What the browser sent, if it is there and not empty.
    pub(crate) fn read(self, settings: &WebSettings, headers: &HeaderMap) -> Option<String> {
        let name = self.name(settings);
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(found, value)| *found == name && !value.is_empty())
            .map(|(_, value)| value.to_owned())
    }

    /// The line that sets it for `seconds`, or until the browser closes.
    pub(crate) fn set(
        self,
        settings: &WebSettings,
        value: &str,
        seconds: Option<u32>,
    ) -> HeaderValue {
        let age = seconds.map_or(String::new(), |seconds| format!("; Max-Age={seconds}"));
        let secure = if settings.secure_cookies { "; Secure" } else { "" };
        let line =
            format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", self.name(settings));
        HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static(""))
    }

    /// The line that takes it away.
    pub(crate) fn clear(self, settings: &WebSettings) -> HeaderValue {
        self.set(settings, "", Some(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(line: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, line.parse().unwrap())])
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let settings = WebSettings::default();
        let headers = sent("other=1; torg=abc; torg-told=x");
        assert_eq!(Cookie::Session.read(&settings, &headers).as_deref(), Some("abc"));
        assert_eq!(Cookie::Session.read(&settings, &sent("torg=; xtorg=abc")), None);
    }

    #[test]
    fn over_https_a_cookie_belongs_to_this_host_alone() {
        let settings = WebSettings { secure_cookies: true, ..WebSettings::default() };
        let line = Cookie::Session.set(&settings, "abc", None);
        assert_eq!(line, "__Host-torg=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
        // A cookie without the prefix may come from anywhere.
        assert_eq!(Cookie::Session.read(&settings, &sent("torg=abc")), None);
    }
}
