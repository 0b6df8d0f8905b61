//! Payloads that have broken other cleaners come out inert.

use std::fs;
use std::path::Path;

use torg_mail::html::{Remote, clean};

/// Tags of the cleaned page as (name, attributes), read naively: whatever looks like a tag counts as one.
fn tags(html: &str) -> Vec<(String, String)> {
    let pieces = html.split('<').skip(1);
    let tags = pieces.map(|piece| piece.split_once('>').map_or(piece, |(tag, _)| tag));
    let split = tags.map(|tag| tag.split_once(' ').unwrap_or((tag, "")));
    split
        .map(|(name, attributes)| (name.trim_start_matches('/').to_owned(), attributes.to_owned()))
        .collect()
}

fn assert_inert(payload: &str) {
    for remote in [Remote::Blocked, Remote::Shown] {
        let once = clean(payload, |_| None, remote).html;
        let twice = clean(&once, |_| None, remote).html;
        for html in [&once, &twice] {
            assert_tags_are_harmless(html, payload);
        }
        assert_eq!(tags(&once).len(), tags(&twice).len(), "parsed again it grew: {payload}");
    }
}

fn assert_tags_are_harmless(html: &str, payload: &str) {
    const NEVER: [&str; 18] = [
        "script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "math",
        "meta", "base", "link", "template", "video", "audio", "noscript", "textarea",
    ];
    for (name, attributes) in tags(html) {
        assert!(!NEVER.contains(&name.as_str()), "<{name}> of {payload}");
        for attribute in
            attributes.split('"').step_by(2).filter_map(|piece| piece.trim().strip_suffix('='))
        {
            let harmless = !attribute.starts_with("on")
                && !["id", "class", "name", "srcdoc", "srcset", "action"].contains(&attribute);
            assert!(harmless, "{attribute} of {payload}");
        }
        let squashed: String = attributes.to_lowercase().split_whitespace().collect();
        for address in [
            "href=\"javascript:",
            "src=\"javascript:",
            "href=\"vbscript:",
            "href=\"data:",
            "src=\"data:text",
            "src=\"data:image/svg",
            "url(",
            "expression(",
        ] {
            assert!(!squashed.contains(address), "{address} of {payload}: {html}");
        }
    }
}

#[test]
fn known_payloads_come_out_inert() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/xss/expect.mjs");
    let Ok(source) = fs::read_to_string(path) else {
        return super::corpora::skipped("xss");
    };
    let mut read = 0;
    for line in source.lines() {
        let Some(payload) = line.trim().strip_prefix("\"payload\":") else {
            continue;
        };
        let payload = payload.trim().trim_end_matches(',');
        let Ok(payload) = serde_json::from_str::<String>(payload) else {
            continue;
        };
        assert_inert(&payload);
        read += 1;
    }
    assert!(read > 100, "only {read} payloads read");
}

#[test]
fn payloads_of_our_own_come_out_inert() {
    for payload in [
        "<svg><style><img src=x onerror=alert(1)></style>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a><a href=\"\u{1}javascript:x\">y</a>",
        "<img src=`x` onerror=alert(1)><img/src=x/onerror=alert(1)>",
        "<form id=x><input name=attributes><form action=javascript:x>",
        "<p style=\"background:url(javascript:x)\" id=a name=b class=c>",
        "<<script>script>alert(1)<</script>/script>",
        "<!--><script>alert(1)</script>--><title><img src=x onerror=x></title>",
    ] {
        assert_inert(payload);
    }
}
