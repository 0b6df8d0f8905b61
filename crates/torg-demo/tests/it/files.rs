use crate::letters;
use torg_demo::DemoFile;

fn files() -> Vec<&'static DemoFile> {
    letters().flat_map(|letter| &letter.attachments).collect()
}

fn of_type(content_type: &str) -> Vec<Vec<u8>> {
    let files = files().into_iter().filter(|file| file.content_type == content_type);
    files.take(20).map(DemoFile::bytes).collect()
}

#[test]
fn some_letters_carry_files_and_most_do_not() {
    let carrying = letters().filter(|letter| !letter.attachments.is_empty()).count();
    let share = carrying * 100 / letters().count();
    assert!((5..=12).contains(&share), "{share} %");
}

#[test]
fn photos_are_small_pictures() {
    for bytes in of_type("image/png") {
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert!(bytes.ends_with(b"IEND\xae\x42\x60\x82"), "the last checksum is the known one");
        assert!((15_000..=70_000).contains(&bytes.len()), "{} bytes", bytes.len());
    }
}

#[test]
fn forms_are_pages_whose_index_points_at_their_objects() {
    let forms = of_type("application/pdf");
    assert!(!forms.is_empty());
    for bytes in forms {
        let at = |needle: &[u8]| bytes.windows(needle.len()).position(|window| window == needle);
        let xref = at(b"xref\n").unwrap();
        let tail = String::from_utf8_lossy(&bytes[xref..]).into_owned();
        assert!(tail.contains(&format!("startxref\n{xref}\n%%EOF")));
        for (number, line) in tail.lines().skip(3).take(5).enumerate() {
            let offset: usize = line.split(' ').next().unwrap().parse().unwrap();
            let object = format!("{} 0 obj", number + 1);
            assert!(bytes[offset..].starts_with(object.as_bytes()), "{line}");
        }
    }
}

#[test]
fn a_file_gives_the_same_bytes_each_time() {
    let file = files()[0];
    assert_eq!(file.bytes(), file.bytes());
}
