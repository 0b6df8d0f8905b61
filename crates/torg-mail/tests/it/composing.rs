//! What we write, we can read; what others write into our fields stays inside them.

use proptest::prelude::*;
use torg_mail::compose::{Outgoing, OutgoingFile, Quoted, compose};
use torg_mail::{Kind, Letter, Mailbox, html_of, parse, part_bytes};

fn mailbox(name: &str, address: &str) -> Mailbox {
    Mailbox { name: Some(name.to_owned()), address: address.to_owned() }
}

fn answer() -> Outgoing {
    Outgoing {
        from: mailbox("Fjordby Kommune, Vej & Park", "post@fjordby.example"),
        to: vec![mailbox("Aino Sørensen", "aino@borger.example"), mailbox("", "bo@borger.example")],
        cc: vec![mailbox("Ærlig \"Øl\" Åse", "ase@borger.example")],
        reply_to: Some(mailbox("", "post+tag@fjordby.example")),
        subject: "Re: [#26-1187] Lampen på Kærvej er slukket, og det har den været siden mandag i sidste uge".into(),
        date: "2026-01-05T08:12:00Z".parse().expect("a time"),
        utc_offset_seconds: 3600,
        message_id: "m.1@fjordby.example".into(),
        in_reply_to: Some("lamp.1@borger.example".into()),
        references: (0..60).map(|n| format!("ref.{n}@borger.example")).collect(),
        text: "Hej Aino,\n\nVi ser på det: https://fjordby.example/lamper?a=1&b=2\n\n.\nFrom os alle".into(),
        quoted: Some(Quoted { attribution: "Den 5. januar skrev Aino:".into(), text: "Lampen\n\n> ældre".into() }),
        attachments: vec![
            OutgoingFile { name: "Ansøgning æøå.pdf".into(), content_type: "application/pdf".into(), bytes: (0..=255).collect(), ..OutgoingFile::default() },
            OutgoingFile { name: "../a\"b\r\n.txt".into(), content_type: "ugyldig\r\nX: y".into(), bytes: b"hej\n.\n".to_vec(), ..OutgoingFile::default() },
        ],
        ..Outgoing::default()
    }
}

fn sent(letter: &Outgoing) -> Letter {
    parse(&compose(letter)).expect("a letter")
}

#[test]
fn an_answer_is_read_back_as_it_was_written() {
    let (written, read) = (answer(), sent(&answer()));
    assert_eq!(read.subject, written.subject);
    assert_eq!(read.from.unwrap(), written.from);
    assert_eq!(
        (read.to[0].name.as_deref(), read.to[1].address.as_str()),
        (Some("Aino Sørensen"), "bo@borger.example")
    );
    assert_eq!(read.cc[0].name.as_deref(), Some("Ærlig \"Øl\" Åse"));
    assert_eq!(read.reply_to[0].address, "post+tag@fjordby.example");
    assert_eq!(
        (read.date, read.message_id.as_deref()),
        (Some(written.date), Some("m.1@fjordby.example"))
    );
    assert_eq!(read.in_reply_to, ["lamp.1@borger.example"]);
    assert_eq!(
        (read.references.len(), read.references[0].as_str(), read.references[20].as_str()),
        (21, "ref.0@borger.example", "ref.59@borger.example")
    );
    assert_eq!(
        read.text,
        format!("{}\n\nDen 5. januar skrev Aino:\n> Lampen\n>\n>> ældre", written.text)
    );
    assert_eq!(read.kind, Kind::Human);
}

#[test]
fn attachments_travel_byte_by_byte_under_safe_names() {
    let raw = compose(&answer());
    let letter = parse(&raw).unwrap();
    let names: Vec<_> = letter.attachments.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["Ansøgning æøå.pdf", "a\"b .txt"]);
    assert_eq!(
        part_bytes(&raw, letter.attachments[0].part).unwrap(),
        (0..=255).collect::<Vec<u8>>()
    );
    assert_eq!(part_bytes(&raw, letter.attachments[1].part).unwrap(), b"hej\n.\n");
    assert_eq!(letter.attachments[1].content_type, "application/octet-stream");
}

#[test]
fn the_html_side_escapes_links_and_quotes() {
    let html =
        html_of(&compose(&Outgoing { text: "<b> https://x.example".into(), ..answer() })).unwrap();
    assert!(
        html.contains("&lt;b&gt; <a href=\"https://x.example\">https://x.example</a>"),
        "{html}"
    );
    assert!(html.contains("<blockquote type=\"cite\""), "{html}");
}

#[test]
fn lines_are_short_and_end_as_smtp_wants_and_the_bytes_are_the_same_each_time() {
    let raw = compose(&answer());
    assert_eq!(raw, compose(&answer()));
    let text = String::from_utf8(raw).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 100 && !line.contains(['\n', '\r'])));
    assert!(text.is_ascii());
}

#[test]
fn a_robot_says_that_it_is_one() {
    let receipt = Outgoing { automatic: true, loop_mark: Some("fjordby".into()), ..answer() };
    let read = sent(&receipt);
    assert_eq!(
        (read.kind, read.auto.unwanted, read.auto.loops),
        (Kind::Automatic, true, vec!["fjordby".to_owned()])
    );
}

proptest! {
    #[test]
    fn no_field_smuggles_in_another(evil in "[\\x00-\\x7fæøå]{0,200}") {
        let evil = format!("{evil}\r\nBcc: thief@x.example\r\n\r\nX");
        let letter = Outgoing {
            subject: evil.clone(),
            from: Mailbox { name: Some(evil.clone()), address: format!("a@x.example{evil}") },
            message_id: evil.clone(),
            references: vec![evil.clone()],
            loop_mark: Some(evil.clone()),
            attachments: vec![OutgoingFile { name: evil.clone(), content_type: evil.clone(), bytes: Vec::new(), ..OutgoingFile::default() }],
            ..answer()
        };
        let raw = String::from_utf8_lossy(&compose(&letter)).into_owned();
        prop_assert!(!raw.split("\r\n").any(|line| line.starts_with("Bcc:")), "{}", raw);
        prop_assert!(parse(raw.as_bytes()).unwrap().text.contains("Vi ser på det"));
    }

    #[test]
    fn any_subject_and_text_come_back(subject in "[a-zæøå=?_ ]{0,150}", text in "[a-zæøåÆ=.> \n€😀]{0,400}") {
        let letter = Outgoing { subject: subject.clone(), text: text.clone(), quoted: None, ..answer() };
        let read = sent(&letter);
        let words: Vec<&str> = subject.split_whitespace().collect();
        prop_assert_eq!(read.subject, words.join(" "));
        prop_assert_eq!(read.text.trim_end(), text.trim_end());
    }
}

#[test]
fn a_picture_in_the_text_stays_in_the_text() {
    let picture = OutgoingFile {
        name: "map.png".into(),
        content_type: "image/png".into(),
        bytes: b"png".to_vec(),
        content_id: Some("7@fjordby.example".into()),
    };
    let text = "**Here** it is:\n![map.png](file:7)";
    let attachments = vec![picture, answer().attachments.remove(0)];
    let letter =
        Outgoing { text: text.into(), marked: true, attachments, quoted: None, ..answer() };
    let raw = compose(&letter);
    let html = html_of(&raw).unwrap();
    assert!(html.contains("<strong>Here</strong>"), "{html}");
    assert!(html.contains("src=\"cid:7@fjordby.example\""), "{html}");
    let read = sent(&letter);
    assert_eq!(read.text, "Here it is:\n[map.png]");
    let inline: Vec<bool> = read.attachments.iter().map(|file| file.inline).collect();
    assert_eq!(inline, [true, false]);
    assert_eq!(read.attachments[0].content_id.as_deref(), Some("7@fjordby.example"));
    assert_eq!(part_bytes(&raw, read.attachments[0].part).as_deref(), Some(&b"png"[..]));
}
