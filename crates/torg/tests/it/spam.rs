//! The judge of spam by the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn torg(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_torg")).arg("spam").args(arguments).output().unwrap()
}

fn letters() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../torg-text/seed")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A folder with thirty mails that speak of `about`, half of them one folder further down.
fn folder(within: &Path, name: &str, about: &str) -> String {
    let folder = within.join(name);
    std::fs::create_dir_all(folder.join("more")).unwrap();
    for number in 0..30 {
        let place = if number % 2 == 0 { folder.clone() } else { folder.join("more") };
        let mail =
            format!("From: a{number}@b.example\r\nSubject: {about}\r\n\r\n{about} no {number}\r\n");
        std::fs::write(place.join(format!("{number}.eml")), mail).unwrap();
    }
    folder.to_string_lossy().into_owned()
}

#[test]
fn the_seed_is_what_its_letters_teach() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("seed.model");
    let (ham, spam) = (letters().join("letters/ham"), letters().join("letters/spam"));
    let [ham, spam, made] = [&ham, &spam, &made].map(|path| path.to_str().unwrap());
    let train = torg(&["train", "--as-seed", "--ham", ham, "--spam", spam, "--model", made]);
    assert!(train.status.success(), "{train:?}");
    let shipped = std::fs::read(letters().join("seed.model")).unwrap();
    assert!(std::fs::read(made).unwrap() == shipped, "run script/train-spam-seed");
}

#[test]
fn as_shipped_the_judge_loses_no_letter_of_its_own_seed() {
    let (ham, spam) = (letters().join("letters/ham"), letters().join("letters/spam"));
    let judged = torg(&["score", ham.to_str().unwrap(), spam.to_str().unwrap()]);
    assert!(judged.status.success(), "{judged:?}");
    let lines = lines(&judged);
    assert!(lines.len() > 700, "{}", lines.len());
    assert!(lines.iter().all(|line| line["verdict"] != "spam"));
    let mean = |kind: &str| {
        let of = lines.iter().filter(|line| line["path"].as_str().unwrap().contains(kind));
        let scores: Vec<f64> = of.map(|line| line["score"].as_f64().unwrap()).collect();
        scores.iter().sum::<f64>() / scores.len() as f64
    };
    assert!(mean("/ham/") < mean("/spam/"));
}

#[test]
fn what_was_trained_is_found_again_and_the_same_each_time() {
    let folder_of_all = tempfile::tempdir().unwrap();
    let within = folder_of_all.path();
    let (ham, spam) = (folder(within, "ham", "lampe vej"), folder(within, "spam", "casino bonus"));
    let path = |name: &str| within.join(name).to_string_lossy().into_owned();
    for model in ["one", "two"] {
        let model = path(model);
        let train = torg(&["train", "--ham", &ham, "--spam", &spam, "--model", &model]);
        assert!(train.status.success(), "{train:?}");
    }
    assert!(std::fs::read(path("one")).unwrap() == std::fs::read(path("two")).unwrap());
    let judged = torg(&["score", "--model", &path("one"), &spam, &ham]);
    let lines = lines(&judged);
    assert_eq!(lines.len(), 60);
    let of = |kind: &str| {
        let of = lines.iter().filter(|line| line["path"].as_str().unwrap().contains(kind));
        of.map(|line| line["score"].as_f64().unwrap()).collect::<Vec<_>>()
    };
    let highest = of("/ham/").into_iter().fold(0.0, f64::max);
    let lowest = of("/spam/").into_iter().fold(1.0, f64::min);
    assert!(highest < lowest, "{highest} {lowest}");
    assert!(!lines[0]["reasons"].as_array().unwrap().is_empty());
}

#[test]
fn a_file_that_is_not_there_is_named_and_the_rest_judged() {
    let folder_of_all = tempfile::tempdir().unwrap();
    let ham = folder(folder_of_all.path(), "ham", "lampe");
    let judged = torg(&["score", "/nowhere/at/all.eml", &ham]);
    assert_eq!(judged.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&judged.stderr).contains("/nowhere/at/all.eml"));
    assert_eq!(lines(&judged).len(), 30);
}

#[cfg(unix)]
#[test]
fn links_to_letters_are_read_and_links_to_folders_are_named() {
    use std::os::unix::fs::symlink;

    let folder_of_all = tempfile::tempdir().unwrap();
    let within = folder_of_all.path();
    let ham = folder(within, "ham", "lampe");
    let links = within.join("links");
    std::fs::create_dir(&links).unwrap();
    symlink(format!("{ham}/0.eml"), links.join("a.eml")).unwrap();
    symlink(within, links.join("round")).unwrap();
    symlink("/nowhere", links.join("nothing")).unwrap();
    let judged = torg(&["score", &links.to_string_lossy()]);
    assert_eq!(lines(&judged).len(), 1);
    let told = String::from_utf8_lossy(&judged.stderr).into_owned();
    assert!(told.contains("links/round: left out") && told.contains("links/nothing"), "{told}");
}

#[test]
fn bad_use_and_a_bad_model_are_told_apart() {
    let folder_of_all = tempfile::tempdir().unwrap();
    let ham = folder(folder_of_all.path(), "ham", "lampe");
    assert_eq!(torg(&["score"]).status.code(), Some(2));
    let letter = format!("{ham}/0.eml");
    let refused = torg(&["score", "--model", &letter, &ham]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no model"), "{refused:?}");
    assert!(refused.stdout.is_empty());
}

#[test]
fn the_commands_leave_no_data_folder_behind() {
    let folder_of_all = tempfile::tempdir().unwrap();
    let ham = folder(folder_of_all.path(), "ham", "lampe");
    let data = folder_of_all.path().join("data");
    let data_folder = data.to_str().unwrap();
    assert!(torg(&["score", &ham, "--data", data_folder]).status.success());
    assert!(!data.exists());
}

#[test]
fn a_pipe_is_no_mail_and_nobody_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let (pipe, mail) = (folder.path().join("pipe"), folder.path().join("mail"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::fs::write(&mail, "Subject: Hi\n\nWhen are you open?\n").unwrap();
    let judged = torg(&["score", pipe.to_str().unwrap(), "/dev/null", mail.to_str().unwrap()]);
    assert_eq!(judged.status.code(), Some(1));
    let told = String::from_utf8_lossy(&judged.stderr).into_owned();
    assert!(
        told.contains("pipe: it is no file") && told.contains("/dev/null: it is no file"),
        "{told}"
    );
    assert_eq!(String::from_utf8_lossy(&judged.stdout).lines().count(), 1, "the mail is judged");
}
