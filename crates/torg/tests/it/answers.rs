//! `torg answers rank`: letters from a file, suggestions as JSON lines.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const ANSWERS: &str = r#"[
  {"id": "snow", "dept": "ROAD", "text": {
    "nb": {"title": "Når brøyter vi veien", "body": "Vi brøyter hovedveiene først."}}},
  {"id": "loans", "dept": "CULTURE", "text": {
    "nb": {"title": "Lån på biblioteket", "body": "Du kan låne bøker i fire uker."}}}
]"#;

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Runs it over letters, and perhaps a history.
fn ranked(messages: &str, history: Option<&str>) -> Output {
    ranked_among(ANSWERS, messages, history)
}

/// The same of other answers.
fn ranked_among(answers: &str, messages: &str, history: Option<&str>) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_torg"));
    command.current_dir(folder.path()).args(["answers", "rank", "--answers"]);
    command.arg(written(folder.path(), "answers.json", answers));
    command.arg("--messages").arg(written(folder.path(), "messages.jsonl", messages));
    if let Some(history) = history {
        command.arg("--history").arg(written(folder.path(), "history.jsonl", history));
    }
    command.output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    given(output)
}

fn given(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_letter_gets_answers_departments_and_reasons() {
    let output = ranked(
        "{\"id\": \"a\", \"text\": \"Når blir veien brøytet?\", \"more\": 1}\n\
         {\"id\": 2, \"subject\": \"Library\", \"text\": \"How long may I keep my books?\"}\n",
        None,
    );
    let [snow, loans] = <[Value; 2]>::try_from(lines(&output)).unwrap();
    assert_eq!(snow["id"], "a");
    assert_eq!(snow["answers"][0]["id"], "snow");
    assert_eq!(snow["departments"][0]["id"], "ROAD");
    assert_eq!(snow["automatic"], Value::Null);
    assert!(snow["reasons"][0]["words"].as_array().unwrap().contains(&"veien".into()), "{snow}");
    assert_eq!((&loans["id"], &loans["answers"][0]["id"]), (&Value::from(2), &"loans".into()));
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_nothing_fits_it() {
    let output = ranked("nonsense\n\n{\"id\": \"b\", \"text\": \"Bøker\"}\n{\"id\":", None);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("line 1: ") && told.contains("line 4: "), "{told}");
    let lines = given(&output);
    let ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, [&Value::from(1), &"b".into(), &Value::from(4)]);
    assert!(lines[0]["answers"].as_array().unwrap().is_empty());
    assert_eq!(lines[1]["answers"][0]["id"], "loans");
}

#[test]
fn letters_are_read_however_little_of_them_there_is() {
    let messages = "\u{feff}{\"id\": \"a\", \"text\": null, \"subject\": \"Bøker\"}\r\n\
        {\"text\": \"Når blir veien brøytet?\", \"answer\": 7, \"dept\": null}\n{}\n";
    let output = ranked(messages, None);
    let lines = lines(&output);
    let ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, [&"a".into(), &Value::from(2), &Value::from(3)], "or the number of the line");
    assert_eq!(lines[0]["answers"][0]["id"], "loans");
    assert_eq!(lines[1]["answers"][0]["id"], "snow");
    let history = "{\"text\": \"Hjelp\", \"dept\": \"SOCIAL\"}\n";
    assert!(ranked("{\"text\": \"Hjelp\"}\n", Some(history)).status.success());
}

#[test]
fn answers_are_read_from_a_list_and_from_lines_also_with_holes() {
    let line = "{\"id\": 3, \"dept\": 5, \"text\": {\"sv\": null, \"nb\": {\"title\": \"Bøker\", \"body\": null}}}";
    let holes = "{\"id\": \"x\"}";
    for answers in [format!("{line}\n{holes}\n"), format!("\u{feff}[{line}, {holes}]")] {
        let output = ranked_among(&answers, "{\"text\": \"Bøker\"}", None);
        let lines = lines(&output);
        assert_eq!(lines[0]["answers"][0]["id"], "3");
        assert_eq!(lines[0]["departments"][0]["id"], "5");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(" 2: `text` is missing"), "{told}");
    }
}

#[test]
fn an_answer_without_an_id_is_named_with_its_place_and_left_out() {
    let good = "{\"id\": \"a\", \"text\": {\"nb\": {\"title\": \"Bøker\"}}}";
    for (answers, place) in
        [(format!("[{good}, {{}}]"), "answer 2"), (format!("{good}\n\n{{}}"), "line 3")]
    {
        let output = ranked_among(&answers, "{\"text\": \"Bøker\"}", None);
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(&format!("answers.json, {place}: `id` is missing")), "{told}");
        assert_eq!(given(&output)[0]["answers"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn history_names_departments_that_have_no_answers() {
    let history =
        "{\"id\": \"old\", \"text\": \"Hjelp\", \"answer\": null, \"dept\": \"SOCIAL\"}\n";
    let output = ranked("{\"id\": \"a\", \"text\": \"Hjelp\"}\n", Some(history));
    let first = lines(&output).remove(0);
    let departments = first["departments"].as_array().unwrap();
    assert!(departments.iter().any(|department| department["id"] == "SOCIAL"), "{first}");
}

#[test]
fn two_runs_say_the_same() {
    let messages = "{\"id\": \"a\", \"text\": \"Kan jeg låne ei bok om snø og vei?\"}\n";
    assert_eq!(ranked(messages, None).stdout, ranked(messages, None).stdout);
}
