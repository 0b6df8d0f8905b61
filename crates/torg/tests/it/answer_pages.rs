//! Pages about standard answers, as a browser gets them.

use std::fmt::Write as _;

use crate::house::{House, Serving};
use crate::http::Browser;

const PASSWORD: &str = "a long password";

/// Ada governs the town hall, and reads its pages in a language.
fn ada_reads(language: &str) -> (House, Serving, Browser) {
    let house = House::embedded().with_town_hall();
    let who = ["--role", "administrator", "--password", PASSWORD];
    let adds = ["user", "add", "ada@fjordby.example", "--name", "Ada", "--department", "Town hall"];
    house.does(&[adds.as_slice(), &who].concat());
    let serving = house.serves();
    let ada = Browser::of(serving.http, "ada@fjordby.example", PASSWORD);
    let form = format!("language={language}&theme=auto");
    assert_eq!(ada.posts("/account/preferences", &form).status, 303);
    (house, serving, ada)
}

/// Keeps an answer and gives its id.
fn keeps(ada: &Browser, title: &str, body: &str) -> String {
    let escaped = body.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02X}");
        text
    });
    let kept = ada.posts("/answers", &format!("title-nb={title}&body-nb={escaped}&stage=in-use"));
    assert_eq!(kept.status, 303);
    let place = kept.header("location").unwrap().trim_start_matches("/answers/");
    place.chars().take_while(char::is_ascii_digit).collect()
}

#[test]
fn two_answers_side_by_side_keep_their_own_lines() {
    let (_house, _serving, ada) = ada_reads("nb");
    let lamps = keeps(&ada, "Gatelys", "Hei.\n\nVi retter lykten.");
    let lights = keeps(&ada, "Gatelys", "Hei. Vi retter lykten.");
    let page = ada.gets(&format!("/answers/beside?one={lamps}&other={lights}"));
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Gatelys\n\nHei.\n\nVi retter lykten."), "{text}");
    assert!(text.contains("Gatelys\n\nHei. Vi retter lykten."), "{text}");
}

#[test]
fn the_house_style_names_placeholders_as_answers_show_them() {
    let (_house, _serving, ada) = ada_reads("nb");
    let form = ada.gets("/answers/new").text();
    let style = ada.gets("/settings/style").text();
    let bad = ada.posts("/settings/style", "language=nb&greeting=%7B%7Bhilsen%7D%7D&closing=Hei");
    assert_eq!(bad.status, 422);
    for page in [form, style, bad.text()] {
        assert!(page.contains("{{innledning}}") && page.contains("{{hilsen}}"), "{page}");
        assert!(!page.contains("greeting eller closing") && !page.contains("greeting og closing"));
    }
}

#[test]
fn a_file_of_answers_that_cannot_be_read_is_told_why_and_where() {
    let (_house, _serving, ada) = ada_reads("nb");
    let told = |name: &str, file: &str| {
        let page = ada.uploads("/answers/files", name, file);
        assert_eq!(page.status, 422, "{file}");
        page.text()
    };
    assert!(told("", "").contains("Velg en fil først."));
    assert!(told("answers.json", "\u{feff} \n").contains("Filen er tom."));
    let page = told("answers.json", "[\n  {\"id\": 7}]");
    assert!(page.contains("Linje 2, kolonne 10: et felt mangler, eller her skal det stå noe annet: «  {&quot;id&quot;: 7»"), "{page}");
    assert!(
        told("answers.json", "[{\"id\": \"a\",}]")
            .contains("Linje 1, kolonne 13: herfra er det ikke JSON")
    );
    assert!(told("answers.json", "[{\"id\": \"a\"").contains("filen slutter for tidlig"));
    assert!(
        told("answers.csv", "id;language;title;body\na;nb;\"x")
            .contains("Linje 2: et anførselstegn er ikke lukket")
    );
    assert_eq!(ada.uploads("/answers/files", "answers.json", "[]").status, 200);
}

#[test]
fn a_category_whose_place_is_no_number_is_not_saved_and_what_was_typed_stays() {
    let (_house, _serving, ada) = ada_reads("nb");
    let page = ada.posts("/settings/categories", "name=Veilys&sort=abc&department=");
    assert_eq!(page.status, 422);
    let text = page.text();
    assert!(
        text.contains("Plass er et helt tall")
            && text.contains("value=\"Veilys\"")
            && text.contains("value=\"abc\""),
        "{text}"
    );
    assert_eq!(ada.posts("/settings/categories", "name=Veilys&sort=+3&department=").status, 303);
    let kept = ada.gets("/settings/categories").text();
    assert!(kept.contains("value=\"Veilys\"") && kept.contains("value=\"3\""), "{kept}");
    assert_eq!(
        ada.posts("/settings/categories", "name=Snø&sort=&department=").status,
        303,
        "no place is the first"
    );
}

#[test]
fn an_address_is_tried_without_leaving_the_set_up() {
    let (_house, _serving, ada) = ada_reads("nb");
    let step = ada.gets("/setup/addresses").text();
    let trial = step
        .split('"')
        .find(|part| part.ends_with("/trial"))
        .expect("a button that tries")
        .to_owned();
    let page = ada.posts(&trial, "then=/setup/addresses").text();
    assert!(page.contains("fjordby.example") && page.contains("href=\"/setup/relay\""), "{page}");
}
