//! What stands above a letter: its own headers, and those that servers wrote on its way.

use data_encoding::{BASE64, HEXLOWER};
use rand::Rng;
use rand::rngs::StdRng;

use super::{Letter, Program};

/// All headers but those of the body, each with its line end.
pub(super) fn headers(dice: &mut StdRng, letter: &Letter) -> String {
    let mut text = String::new();
    let hops = match letter.program {
        Program::Telephone => 2,
        Program::Web => 3,
        Program::Office => 4,
    };
    (0..hops).for_each(|hop| text += &received(dice, hop));
    if letter.program != Program::Telephone {
        text += &arc(dice);
    }
    text += &signature(dice, "DKIM-Signature", "privat.example");
    if letter.program == Program::Office {
        text += &notes_of_a_filter(dice);
    }
    text + &own(letter)
}

fn own(letter: &Letter) -> String {
    let Letter { number, name, address, subject, .. } = letter;
    let word = |text: &str| {
        if text.is_ascii() {
            return text.to_owned();
        }
        format!("=?utf-8?B?{}?=", BASE64.encode(text.as_bytes()))
    };
    let id = letter.message_id();
    let (day, minute, second) = (number % 27 + 1, number % 60, number % 59);
    let mut text = format!(
        "From: {} <{address}>\r\nTo: Fjordby kommune <post@fjordby.example>\r\nSubject: {}\r\n\
         Date: {day} May 2026 10:{minute:02}:{second:02} +0200\r\nMessage-ID: {id}\r\nMIME-Version: 1.0\r\n",
        word(name),
        word(subject)
    );
    if let Some(answered) = &letter.answers {
        let id = &answered.message_id;
        text += &format!("In-Reply-To: {id}\r\nReferences: {id}\r\n");
    }
    text
}

fn received(dice: &mut StdRng, hop: usize) -> String {
    let (id, network): (u64, u8) = (dice.random(), dice.random());
    format!(
        "Received: from out-{hop}-{network}.mail.privat.example (out-{hop}-{network}.mail.privat.example\r\n\
         \x20[192.0.2.{network}]) by mx{hop}.relay.example (Postfix) with ESMTPS id {id:016X}\r\n\
         \x20(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n\
         \x20for <post@fjordby.example>; Mon, 4 May 2026 10:00:{hop:02} +0200 (CEST)\r\n"
    )
}

/// A forwarding server's seal over what it saw (RFC 8617).
fn arc(dice: &mut StdRng) -> String {
    let verdict = "spf=pass smtp.mailfrom=privat.example; dkim=pass header.d=privat.example;\r\n\
                   \x20dmarc=pass action=none header.from=privat.example";
    let seal = signature(dice, "ARC-Seal", "relay.example");
    let message = signature(dice, "ARC-Message-Signature", "relay.example");
    format!(
        "{seal}{message}ARC-Authentication-Results: i=1; mx.relay.example; {verdict}\r\n\
         Authentication-Results: mx.relay.example; {verdict}\r\n"
    )
}

fn signature(dice: &mut StdRng, name: &str, domain: &str) -> String {
    let (hash, seal): ([u8; 32], Vec<u8>) = (dice.random(), dice.random_iter().take(256).collect());
    format!(
        "{name}: i=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=selector2026;\r\n\
         \x20t=1777881600; h=from:to:subject:date:message-id:mime-version:content-type;\r\n\
         \x20bh={}; b={}\r\n",
        BASE64.encode(&hash),
        folded(&BASE64.encode(&seal))
    )
}

fn notes_of_a_filter(dice: &mut StdRng) -> String {
    let thread: [u8; 22] = dice.random();
    let (report, mark): (Vec<u8>, [u8; 16]) =
        (dice.random_iter().take(500).collect(), dice.random());
    format!(
        "Thread-Topic: {}\r\nThread-Index: {}\r\nX-Filter-Correlation: {}\r\n\
         X-Filter-Report: BCL:0;ARA:13230040|1800799024|366016|376014|38070700018;\r\n\
         X-Filter-Details: {}\r\nX-Originating-IP: [192.0.2.44]\r\nAccept-Language: nb-NO, en-US\r\n\
         Content-Language: nb-NO\r\nX-Has-Attach: no\r\nX-Spam-Score: -1.2\r\nImportance: normal\r\n",
        HEXLOWER.encode(&mark),
        BASE64.encode(&thread),
        HEXLOWER.encode(&mark),
        folded(&BASE64.encode(&report))
    )
}

fn folded(text: &str) -> String {
    let lines = text.as_bytes().chunks(72).map(String::from_utf8_lossy);
    lines.collect::<Vec<_>>().join("\r\n ")
}
