//! Odd letters of our own writing, one for each way we know in which mail breaks the rules.

/// All of them, each with what is odd about it.
pub(crate) fn odd_letters() -> Vec<(&'static str, Vec<u8>)> {
    let mut letters: Vec<(&str, Vec<u8>)> =
        AS_THEY_ARE.iter().map(|(name, raw)| (*name, raw.to_vec())).collect();
    letters.push(("a line of 100 000 letters", long_line()));
    letters.push(("parts forty deep", deep_nesting()));
    letters
}

/// Letters that are short enough to be written down.
static AS_THEY_ARE: &[(&str, &[u8])] = &[
    ("no From", b"Subject: Lamp\nMessage-ID: <1@odd.example>\n\nThe lamp is out.\n"),
    ("no Date, no Message-ID", b"From: a@odd.example\nSubject: No date\n\nNo date here.\n"),
    ("a date that is none", b"From: b@odd.example\nDate: The 32nd of May, 25:99\nSubject: Date\n\nWhen?\n"),
    ("an empty body", b"From: c@odd.example\nSubject: Nothing\nMessage-ID: <4@odd.example>\n\n"),
    ("an unknown charset", b"From: d@odd.example\nSubject: =?x-klingon?Q?tlh=E6?=\n\
      Content-Type: text/plain; charset=x-klingon\n\nbl\xe5b\xe6r\n"),
    ("latin1 that says it is UTF-8", b"From: e@odd.example\nSubject: Wrong\n\
      Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nR\xf8dgr\xf8d\n"),
    ("NUL bytes", b"From: f@odd.example\nSubject: N\0UL\n\nBefore\0after\n"),
    ("truncated base64", b"From: g@odd.example\nSubject: Cut\nMIME-Version: 1.0\n\
      Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf; name=cut.pdf\n\
      Content-Transfer-Encoding: base64\n\nJVBERi0xLjQKJcOkw7zDtsO\n"),
    ("a boundary that never comes", b"From: h@odd.example\nSubject: Boundary\nMIME-Version: 1.0\n\
      Content-Type: multipart/alternative; boundary=\"this\"\n\n--that\nContent-Type: text/plain\n\n\
      Which one?\n--that--\n"),
    ("two Froms", b"From: i@odd.example\nFrom: Other <j@odd.example>\nSubject: Two\n\nWho am I?\n"),
    ("raw latin1 in the header", b"From: S\xf8ren <k@odd.example>\nSubject: Gr\xf8nt lys\n\nHej\n"),
    ("a file only Outlook understands", b"From: l@odd.example\nSubject: TNEF\nMIME-Version: 1.0\n\
      Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the file.\n\
      --b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n\
      eJ8+IgAAAQAGkAgABAAAAAAA\n--b--\n"),
    ("a file name in pieces (RFC 2231)", b"From: m@odd.example\nSubject: Name\nMIME-Version: 1.0\n\
      Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\
      Content-Disposition: attachment; filename*0*=utf-8''bl%C3%A5; filename*1*=b%C3%A6r; \
      filename*2=\".txt\"\n\nBerries\n--b--\n"),
    ("a late notice of non-delivery", b"From: MAILER-DAEMON@odd.example\nSubject: Undelivered\n\
      Auto-Submitted: auto-replied\nMIME-Version: 1.0\n\
      Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nNo such user.\n\
      --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; odd.example\n\n\
      Final-Recipient: rfc822; gone@odd.example\nAction: failed\nStatus: 5.1.1\n\n\
      --b\nContent-Type: message/rfc822\n\nSubject: Cut in the midd"),
    ("a complaint (ARF)", b"From: complaints@odd.example\nSubject: Abuse report\nMIME-Version: 1.0\n\
      Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nSpam, it says.\n\
      --b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n\
      User-Agent: Odd/1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <x@odd.example>\n\n--b--\n"),
    ("a header that never ends", b"From: n@odd.example\nSubject: No body\nX-Odd: yes"),
    ("a text no one can decode", b"From: o@odd.example\nSubject: =?utf-8?B?4pyT?= =?utf-8?B?broken\n\
      Content-Transfer-Encoding: x-uue\nContent-Type: text/html; charset=\"\n\n<p>Hello<script>\n"),
];

fn long_line() -> Vec<u8> {
    let mut raw =
        b"From: p@odd.example\nSubject: Long\nMessage-ID: <long@odd.example>\n\n".to_vec();
    raw.resize(raw.len() + 100_000, b'a');
    raw
}

fn deep_nesting() -> Vec<u8> {
    let mut raw = "From: q@odd.example\nSubject: Deep\nMIME-Version: 1.0\n".to_owned();
    for depth in 0..40 {
        raw += &format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
    }
    (raw + "Content-Type: text/plain\n\nDown here.\n").into_bytes()
}
