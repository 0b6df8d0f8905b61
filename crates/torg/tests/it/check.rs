//! Looking whether everything is as it was written.

use crate::house::{House, on_both_databases, said};
use crate::smtp::{Smtp, letter};

#[test]
fn a_sound_house_is_found_sound_also_while_it_serves() {
    on_both_databases(|house| {
        let house = with_letters(house);
        let _serving = house.serves();
        let output = house.runs(&["check"]);
        assert!(
            output.status.success() && said(&output).contains("all is well"),
            "{}",
            said(&output)
        );
        let report: serde_json::Value =
            serde_json::from_str(&house.does(&["check", "--json"])).unwrap();
        assert_eq!(report["faults"].as_array().unwrap().len(), 0);
        assert_eq!(report["blobs"].as_u64(), Some(6), "three letters and three receipts");
        assert!(report["chains"].as_u64() >= Some(4), "three inquiries and a day: {report}");
    });
}

#[test]
fn a_changed_byte_of_a_raw_mail_is_found() {
    finds(
        "update blob_chunks set data = cast(substr(data, 1, length(data) - 1) || x'00' as blob)
          where rowid = 1",
        "blob ",
    );
}

#[test]
fn a_lost_piece_of_a_raw_mail_is_found() {
    finds("delete from blob_chunks where rowid = 1", "blob ");
}

#[test]
fn a_changed_line_of_the_journal_is_found() {
    finds(
        "update journal set at = at + 1
          where id = (select min(id) from journal where inquiry is not null)",
        "is broken at line 1",
    );
}

#[test]
fn a_journal_that_lacks_its_end_is_found() {
    finds(
        "delete from journal where id = (select max(id) from journal where inquiry is not null)",
        "journal chain",
    );
}

/// Changes the embedded database behind our back, and looks what is told of it.
#[track_caller]
fn finds(statement: &str, told: &str) {
    let house = with_letters(House::embedded());
    house.does(&["check"]);
    house.changes(statement);
    let said = house.is_refused(&["check"]);
    assert!(said.contains(told) && said.contains("see above"), "{said}");
}

/// Three letters, filed, and nobody at work.
fn with_letters(house: House) -> House {
    let house = house.with_town_hall();
    let serving = house.serves();
    let mut smtp = Smtp::connect(serving.smtp).unwrap();
    for number in 0..3 {
        let id = format!("letter-{number}@citizen.example");
        let from = format!("citizen-{number}@citizen.example");
        let mail = letter(&id, &from, &format!("The lamp at number {number} is out."));
        assert_eq!(smtp.posts(&mail).unwrap().code, 250);
    }
    house.export_filed();
    serving.is_asked_to_stop();
    serving.has_stopped();
    house
}
