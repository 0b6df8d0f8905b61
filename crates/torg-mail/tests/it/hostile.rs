//! Mail that means harm or came out of a broken program: no panic, no endless work, something to read.

use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use torg_mail::html::{Remote, clean, to_text};
use torg_mail::{html_of, parse, part_bytes};

/// Everything that is done to a mail that comes in and is looked at.
fn read_all(raw: &[u8]) -> Option<torg_mail::Letter> {
    let letter = parse(raw).ok();
    for file in letter.iter().flat_map(|letter| &letter.attachments) {
        assert_eq!(part_bytes(raw, file.part).map_or(0, |bytes| bytes.len() as u64), file.size);
    }
    if let Some(html) = html_of(raw) {
        clean(&html, |_| None, Remote::Blocked);
    }
    letter
}

#[test]
fn six_thousand_mutants_are_read_without_a_panic_and_in_time() {
    let samples = super::corpora::own_letters();
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut below = |limit: usize| random.next_u32() as usize % limit.max(1);
    let mut slowest = Duration::ZERO;
    for round in 0..6_000 {
        let mut raw = samples[round % samples.len()].clone();
        for _ in 0..=below(8) {
            if raw.is_empty() {
                break;
            }
            let at = below(raw.len());
            match below(6) {
                0 => raw[at] ^= 1 << below(8),
                1 => raw.truncate(at.max(1)),
                2 => raw.insert(at, [0, b'\n', b'"', b'<', b'=', b'-', 0xE5, b';'][below(8)]),
                3 => drop(raw.drain(at..(at + below(40)).min(raw.len()))),
                4 => raw = [&raw[..at], b"\r\n", &raw[below(raw.len())..]].concat(),
                _ => raw.extend_from_within(at..(at + below(200)).min(raw.len())),
            }
        }
        let begun = Instant::now();
        read_all(&raw);
        slowest = slowest.max(begun.elapsed());
    }
    assert!(slowest < Duration::from_secs(2), "a mutant took {slowest:?}");
}

fn read_within_seconds(raw: &[u8]) -> torg_mail::Letter {
    let begun = Instant::now();
    let letter = read_all(raw).expect("a letter");
    assert!(begun.elapsed() < Duration::from_secs(20), "took {:?}", begun.elapsed());
    letter
}

#[test]
fn five_hundred_levels_of_parts_still_show_the_letter() {
    let mut raw = String::from("Subject: dyb\n");
    for level in 0..500 {
        raw.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"));
    }
    raw.push_str("Content-Type: text/plain\n\ninderst\n");
    for level in (0..500).rev() {
        raw.push_str(&format!("--b{level}--\n"));
    }
    assert_eq!(read_within_seconds(raw.as_bytes()).text, "inderst");
}

#[test]
fn a_hundred_thousand_mails_inside_each_other_are_one_attachment() {
    let raw = "Subject: x\nContent-Type: message/rfc822\n\n".repeat(100_000);
    assert_eq!(read_within_seconds(raw.as_bytes()).attachments.len(), 1);
}

#[test]
fn boundaries_that_never_come_are_not_looked_for_twice() {
    let part = "--b\nContent-Type: multipart/mixed; boundary=never\n\n";
    let raw =
        format!("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n{}", part.repeat(60_000));
    read_within_seconds(raw.as_bytes());
}

#[test]
fn endless_headers_words_and_addresses_are_read_in_time() {
    for field in [
        "=?a?q? ",
        "=?utf-8?Q?=C3?= ",
        "<a@b> ",
        "a <b@c>, ",
        "((",
        "\\\"",
        "\n ",
        ";a*0*=",
        "<",
        "From: x\n",
    ] {
        let value = field.repeat(300_000 / field.len());
        let raw = format!(
            "Subject: {value}\nFrom: {value}\nReferences: {value}\nContent-Type: text/plain; {value}\n\nhej\n"
        );
        read_within_seconds(raw.as_bytes());
    }
}

#[test]
fn a_subject_does_not_turn_the_page_round() {
    let raw = "Subject: Bill \u{202e}paid\u{2067} now\n\nhej\n";
    assert_eq!(read_within_seconds(raw.as_bytes()).subject, "Bill paid now");
    // Letters that are read from right to left stay as they are.
    let raw = "Subject: \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{200f}26\n\nhej\n";
    assert_eq!(
        read_within_seconds(raw.as_bytes()).subject,
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{200f}26"
    );
}

#[test]
fn an_answer_in_a_long_thread_keeps_the_newest_references() {
    let ids: Vec<String> = (0..120).map(|n| format!("<{n}@x.example>")).collect();
    let raw = format!("Subject: x\nReferences: {}\n\nhej\n", ids.join("\n "));
    let letter = parse(raw.as_bytes()).unwrap();
    assert_eq!(
        (letter.references.len(), letter.references.last().unwrap().as_str()),
        (100, "119@x.example")
    );
}

#[test]
fn pages_made_to_exhaust_a_parser_are_cleaned_in_time() {
    for piece in [
        "<div>",
        "<b x=1>",
        "<a href=x><p>",
        "<table><tr><td>",
        "<!--",
        "<![CDATA[",
        "</",
        "<a ",
        "&amp",
        "&lt;",
        "\"",
        "<svg><style>",
        "<p a=\"",
        "<li><font>",
    ] {
        let html = piece.repeat(400_000 / piece.len());
        let begun = Instant::now();
        clean(&html, |_| None, Remote::Shown);
        to_text(&html);
        assert!(begun.elapsed() < Duration::from_secs(60), "{piece} took {:?}", begun.elapsed());
    }
}

#[test]
fn nordic_letters_come_right_under_a_wrong_or_unknown_charset() {
    for charset in ["us-ascii", "x-user-defined", "ukendt", "utf-8", "iso-8859-1"] {
        for body in ["blåbær på Ærø".as_bytes(), b"bl\xe5b\xe6r p\xe5 \xc6r\xf8"] {
            let header = format!("Subject: x\nContent-Type: text/plain; charset={charset}\n\n");
            let raw = [header.as_bytes(), body].concat();
            assert_eq!(parse(&raw).unwrap().text, "blåbær på Ærø", "{charset}");
        }
    }
}

#[test]
fn parts_whose_boundary_differs_from_the_declared_one_are_found() {
    let raw = "Subject: x\nContent-Type: multipart/alternative; boundary=\"=xb\"\n\n--=_b\nContent-Type: text/plain\n\nhej\n--=_b\nContent-Type: text/html\n\n<p>hej\n--=_b--\n";
    let letter = parse(raw.as_bytes()).unwrap();
    assert_eq!((letter.text.as_str(), letter.has_html), ("hej", true));
}
