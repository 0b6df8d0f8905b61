//! `torg read-pdf`: gives the text of a PDF file, and ends in time whatever it is handed.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// What the reader gives for `bytes`.
fn read(bytes: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_torg"))
        .arg("read-pdf")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    let writing = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    output
}

/// A file of these objects, numbered from 1; the first is its catalogue.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", number + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (count, table) = (objects.len() + 1, file.len());
    file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let end =
        format!("trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n");
    file.extend(end.bytes());
    file
}

fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {} {entries} >>\nstream\n", bytes.len()).into_bytes();
    object.extend(bytes);
    object.extend(b"\nendstream");
    object
}

/// One page whose content is this stream.
fn page(content: Vec<u8>, trailer: &str) -> Vec<u8> {
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Contents 4 0 R \
           /Resources << /Font << /F 5 0 R >> >> >>"
            .to_vec(),
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ];
    pdf(&objects, trailer)
}

const WORDS: &[u8] = b"BT /F 12 Tf 50 400 Td (S\xf8knad om garasje) Tj ET";

fn zeros(megabytes: usize) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b' '; 1 << 20];
    (0..megabytes).for_each(|_| packed.write_all(&zeros).unwrap());
    packed.finish().unwrap()
}

#[test]
fn the_text_of_a_file_is_given() {
    let output = read(&page(stream("", WORDS), ""));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Søknad om garasje");
}

#[test]
fn what_is_no_file_to_be_read_ends_soon_and_gives_nothing() {
    let bomb = |packed: &[u8]| page(stream("/Filter /FlateDecode", packed), "");
    let mut twice = ZlibEncoder::new(Vec::new(), Compression::best());
    twice.write_all(&zeros(300)).unwrap();
    let twice = stream("/Filter [/FlateDecode /FlateDecode]", &twice.finish().unwrap());
    let in_circles = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>".to_vec(),
    ];
    let deep = [b"<< /Type /Catalog /Pages ".as_slice(), &b"[".repeat(300_000)].concat();
    let locked = "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 \
                  /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) >> \
                  /ID [(1234567890123456) (1234567890123456)]";
    let large = [b"%PDF-1.4\n".as_slice(), &b"1 0 obj\n<< /A ".repeat(1_800_000)].concat();
    let calls_itself = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>",
        b"/X Do /X Do",
    );
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("a picture", b"\x89PNG\r\n\x1a\n".repeat(100)),
        ("encrypted", page(stream("", WORDS), locked)),
        ("a bomb", bomb(&zeros(300))),
        ("a bomb in a bomb", page(twice, "")),
        ("pages in circles", pdf(&in_circles, "")),
        ("a deep tree", pdf(&[deep], "")),
        ("25 MB of beginnings", large),
        ("a content that draws itself", page(calls_itself, "")),
        ("an end that is missing", page(stream("", WORDS), "")[..200].to_vec()),
    ] {
        let begun = Instant::now();
        let output = read(&bytes);
        assert!(begun.elapsed() < Duration::from_secs(80), "{what}: {:?}", begun.elapsed());
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.trim().is_empty(), "{what}: {text}");
    }
}
