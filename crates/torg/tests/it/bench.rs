//! What is measured can be measured: a small archive is filled, is sound, and its pages are served.

use torg_bench::Arguments;

#[test]
fn an_archive_is_filled_and_sound_and_its_pages_can_be_measured() {
    let torg = env!("CARGO_BIN_EXE_torg");
    let wanted = ["pages", "--inquiries", "2000", "--times", "2", "--check"];
    Arguments::from_words(&[&["torg-bench", "--torg", torg], &wanted[..]].concat()).run().unwrap();
}

#[test]
fn what_lies_open_for_years_is_sound_too() {
    let torg = env!("CARGO_BIN_EXE_torg");
    let wanted = ["pages", "--inquiries", "300", "--times", "1", "--check", "--all-open"];
    let wanted = [&["torg-bench", "--torg", torg], &wanted[..], &["--engine", "embedded"]];
    Arguments::from_words(&wanted.concat()).run().unwrap();
}

#[test]
fn open_pages_can_be_counted() {
    let torg = env!("CARGO_BIN_EXE_torg");
    let wanted = ["live", "--pages", "20", "--inquiries", "2000"];
    Arguments::from_words(&[&["torg-bench", "--torg", torg], &wanted[..]].concat()).run().unwrap();
}
