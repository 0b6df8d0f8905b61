use super::*;
use proptest::prelude::*;

/// The letter's new text without the blank lines around it.
fn written(text: &str) -> String {
    split(text).new_text().trim().to_owned()
}

#[test]
fn outlook_headers_begin_the_history_in_every_language() {
    for (from, sent, to, subject) in [
        ("Fra", "Sendt", "Til", "Emne"),
        ("Från", "Skickat", "Till", "Ämne"),
        ("From", "Sent", "To", "Subject"),
        ("Von", "Gesendet", "An", "Betreff"),
        ("*Fra", "*Sendt", "*Til", "*Emne"),
    ] {
        let letter = format!(
            "Tak for svaret.\r\nHilsen Kari\r\n\r\n{from}: Bo <bo@x.example>\r\n{sent}: 3. maj 2026 09:14\r\n{to}: Kari\r\n{subject}: SV: Vej\r\n\r\nHej Kari\r\n"
        );
        assert_eq!(written(&letter), "Tak for svaret.\r\nHilsen Kari", "{from}");
    }
}

#[test]
fn a_ruler_begins_the_history() {
    for ruler in [
        "-----Oprindelig meddelelse-----",
        "-----Opprinnelig melding-----",
        "---- Ursprungligt meddelande ----",
        "-------- Original Message --------",
        "---------- Forwarded message ---------",
    ] {
        assert_eq!(written(&format!("Ja tak\n\n{ruler}\nHej igen\n")), "Ja tak", "{ruler}");
    }
    let ruled = "Ja\n________________________________\nFra: Bo\nSendt: i dag\nTil: mig\n\nHej\n";
    assert_eq!(written(ruled), "Ja");
}

#[test]
fn a_line_naming_the_writer_begins_the_history() {
    for line in [
        "Den man. 4. maj 2026 kl. 09.14 skrev Bo Lind <bo@x.example>:",
        "man. 4. mai 2026 kl. 09:14 skrev Bo Lind <bo@x.example>:",
        "4. mai 2026 kl. 09:14 skrev Bo Lind <bo@x.example>:",
        "Den mån 4 maj 2026 kl 09:14 skrev Bo Lind <bo@x.example>:",
        "On Mon, May 4, 2026 at 9:14 AM Bo Lind <bo@x.example> wrote:",
        "On 4 May 2026, at 09:14, Bo Lind wrote:",
        "Den 2026-05-04 kl. 09:14, skrev Bo Lind:",
        "Am 04.05.2026 um 09:14 schrieb Bo Lind:",
        "On Mon, May 4, 2026 at 9:14 AM Bo Lind\n<bo@x.example> wrote:",
    ] {
        assert_eq!(written(&format!("Fint.\n\n{line}\n\n> Hej\n> igen\n")), "Fint.", "{line}");
        assert_eq!(written(&format!("Fint.\n\n{line}\n\nHej\nigen\n")), "Fint.", "{line}");
    }
}

#[test]
fn answers_between_quoted_lines_are_kept() {
    let letter = "> Hvor er det?\n\nVed nummer 4.\n\n> Hvornår?\nI går.\n";
    assert_eq!(split(letter).new_text(), "\nVed nummer 4.\n\nI går.\n");
}

#[test]
fn what_the_citizen_tells_about_an_earlier_letter_is_not_history() {
    for letter in [
        "I jeres brev af 3. maj skrev I:\nvi vender tilbage.\nDet er ikke sket.\n",
        "Fra: Storgata til Torget er det mørkt.\nTil: dere som har ansvaret.\n",
        "Den 3. maj skrev jeg til jer:\nintet svar.\n",
    ] {
        assert_eq!(split(letter).new_text(), letter);
    }
}

#[test]
fn signatures_are_set_off_and_closings_are_not() {
    let letter = "Hei\n\nVennlig hilsen\nKari\n-- \nKari Lie\nTlf. 123\n";
    let taken_apart = split(letter);
    assert_eq!(taken_apart.new_text(), "Hei\n\nVennlig hilsen\nKari\n");
    assert_eq!(taken_apart.signature(), "-- \nKari Lie\nTlf. 123\n");
    for line in [
        "Sendt fra min iPhone",
        "Skickat från min iPad",
        "Sent from my Galaxy",
        "Hent Outlook til iOS",
    ] {
        assert_eq!(split(&format!("Hej\n{line}")).signature(), line);
    }
}

#[test]
fn a_signature_above_the_history_ends_where_it_begins() {
    let letter = "Ja\n-- \nBo\n\n-----Original Message-----\nHej\n";
    assert_eq!(split(letter).signature(), "-- \nBo\n\n");
    assert_eq!(split(letter).quoted(), "-----Original Message-----\nHej\n");
}

fn some_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        Just("> quoted".to_owned()),
        Just("-- ".to_owned()),
        Just("-----Original Message-----".to_owned()),
        Just("Fra: Bo".to_owned()),
        Just("Til: Kari".to_owned()),
        Just("Emne: vej".to_owned()),
        Just("Den 3. maj 2026 kl. 09.14 skrev Bo:".to_owned()),
        Just("Sendt fra min iPhone".to_owned()),
        Just(String::new()),
    ]
}

proptest! {
    #[test]
    fn no_text_is_lost(lines in prop::collection::vec(some_line(), 0..15), end in "\r?\n") {
        let letter = lines.join(&end);
        let taken_apart = split(&letter);
        let joined: String = taken_apart.pieces.iter().map(|piece| piece.1).collect();
        prop_assert_eq!(&joined, &letter);
        prop_assert!(taken_apart.pieces.iter().all(|piece| !piece.1.is_empty()));
        prop_assert!(taken_apart.pieces.windows(2).all(|pair| pair[0].0 != pair[1].0));
    }
}
