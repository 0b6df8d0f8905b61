//! The word of a mail server that is trusted: its `Authentication-Results` (RFC 8601).

use super::{Finding, Origin};
use crate::judging::for_judging;

/// What `servers` wrote on top of a letter that came from them, by the name each calls itself
/// there. `None` if none of them wrote anything. Of two words on the same thing the topmost counts.
pub fn told(raw: &[u8], servers: &[String]) -> Option<Origin> {
    let reading = for_judging(raw);
    let results = reading.fields.iter().filter(|(name, value)| {
        let by = value.split(';').next().unwrap_or_default();
        let by = by.split_whitespace().next().unwrap_or_default();
        name.eq_ignore_ascii_case("Authentication-Results")
            && servers.iter().any(|server| server.eq_ignore_ascii_case(by))
    });
    let said: Vec<&str> = results.flat_map(|(_, value)| value.split(';').skip(1)).collect();
    let is_told = !said.is_empty();
    is_told.then(|| origin(&said))
}

fn origin(said: &[&str]) -> Origin {
    let about = |method: &str| {
        let of = |piece: &&&str| {
            let begin = piece.trim_start().get(..method.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(method))
                && piece.trim_start().get(method.len()..).is_some_and(|rest| rest.starts_with('='))
        };
        said.iter().find(of).map_or(String::new(), |piece| piece.to_lowercase())
    };
    let dmarc = about("dmarc");
    let refuses = dmarc.contains("reject") || dmarc.contains("quarantine");
    let finding = finding(&dmarc);
    Origin {
        spf: self::finding(&about("spf")),
        dkim: self::finding(&about("dkim")),
        dmarc: finding,
        domain: property(&dmarc, "header.from="),
        is_disowned: finding == Finding::Fail && refuses,
    }
}

/// The result of one method, such as `spf=pass (…) smtp.mailfrom=…`.
fn finding(piece: &str) -> Finding {
    let result = piece.split('=').nth(1).unwrap_or_default();
    let word = result.split(|letter: char| !letter.is_ascii_alphanumeric()).next();
    match word.unwrap_or_default() {
        "pass" | "bestguesspass" => Finding::Pass,
        "fail" | "hardfail" => Finding::Fail,
        "softfail" | "neutral" => Finding::Weak,
        "none" => Finding::None,
        _ => Finding::Unknown,
    }
}

fn property(piece: &str, name: &str) -> String {
    let value = piece.split(name).nth(1).unwrap_or_default();
    value.split([' ', '\t', '(']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORGED: &str = "Received: from mx.fjordby.example by torg\r\n\
        Authentication-Results: mx.fjordby.example 1; spf=softfail (not listed)\r\n \
        smtp.mailfrom=bank.example; DKIM=none; dmarc=fail (p=REJECT dis=none) header.from=bank.example\r\n\
        Authentication-Results: mx.fjordby.example; dmarc=pass\r\n\
        From: post@bank.example\r\n\r\nHello\r\n";

    fn at_home() -> Vec<String> {
        vec!["MX.fjordby.example".to_owned()]
    }

    #[test]
    fn the_topmost_word_of_a_trusted_server_counts() {
        let origin = told(FORGED.as_bytes(), &at_home()).unwrap();
        let (spf, dkim, dmarc) = (Finding::Weak, Finding::None, Finding::Fail);
        let domain = "bank.example".to_owned();
        assert_eq!(origin, Origin { spf, dkim, dmarc, domain, is_disowned: true });
        let lenient = FORGED.replace("p=REJECT", "p=none");
        assert!(!told(lenient.as_bytes(), &at_home()).unwrap().is_disowned);
    }

    #[test]
    fn nobody_else_is_believed() {
        assert_eq!(told(FORGED.as_bytes(), &["mx.other.example".to_owned()]), None);
        assert_eq!(told(b"From: a@b.example\r\n\r\n", &at_home()), None);
    }

    #[test]
    fn nonsense_says_nothing() {
        let odd =
            "Authentication-Results: mx.fjordby.example; spf; =; dkim=\u{fffd}; dmarc\r\n\r\n";
        assert_eq!(told(odd.as_bytes(), &at_home()), Some(Origin::default()));
    }
}
