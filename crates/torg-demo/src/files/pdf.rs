//! A one-page PDF (ISO 32000-1) in Helvetica, without compression.

/// The page with `lines` on it, the first larger.
pub(super) fn page(lines: &[String]) -> Vec<u8> {
    let content = content(lines);
    let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
    stream.extend(content);
    stream.extend(b"\nendstream");
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
          /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_vec(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ];
    written(&objects)
}

fn written(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n", at + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    let trailer = format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    file.extend(trailer.into_bytes());
    file
}

fn content(lines: &[String]) -> Vec<u8> {
    let mut content = b"BT\n".to_vec();
    for (at, line) in lines.iter().enumerate() {
        let (size, down) = if at == 0 { (18, 760) } else { (11, 736 - 20 * at) };
        content.extend(format!("/F1 {size} Tf 1 0 0 1 60 {down} Tm (").into_bytes());
        line.chars().for_each(|c| match u8::try_from(u32::from(c)) {
            Ok(byte @ (b'(' | b')' | b'\\')) => content.extend([b'\\', byte]),
            Ok(byte) => content.push(byte),
            Err(_) => content.push(b'-'),
        });
        content.extend(b") Tj\n");
    }
    content.extend(b"ET");
    content
}
