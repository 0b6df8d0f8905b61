//! Files of letters: what stands in them is found, behind their letter's wall and never before its
//! letter is there. The town's reader of PDF files gives back what it gets.

use torg_core::InquiryId;
use torg_desk::{excerpts, searched};
use torg_store::folders::{self, Folder, Look};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::{AINO, BO, Colleague, SIGRID, WELFARE};

stories![
    what_stands_in_a_file_is_found_once_it_is_read,
    a_hit_in_a_file_says_which_and_shows_the_words,
    what_stands_in_a_file_stays_behind_the_wall,
    what_cannot_be_read_is_left_and_the_rest_is_read,
    many_files_and_long_ones_are_read_as_far_as_is_promised,
];

/// A letter with files: name, type, and what stands in each.
fn letter(files: &[(&str, &str, &str)]) -> Mail {
    let mut text = "--b\nContent-Type: text/plain; charset=utf-8\n\nSee the files.\n".to_owned();
    for (name, kind, content) in files {
        text.push_str(&format!(
            "--b\nContent-Type: {kind}\nContent-Disposition: attachment; filename=\"{name}\"\n\n{content}\n"
        ));
    }
    text.push_str("--b--\n");
    AINO.writes("Two files").with("Content-Type", "multipart/mixed; boundary=b").saying(&text)
}

async fn look(town: &Town, who: Colleague, text: &str) -> Look {
    let (viewer, text) = (town.viewer(who), text.to_owned());
    let here = town.now().to_zoned(town.desk.about().time_zone.clone());
    let all = Look::at(Folder::Search);
    town.read(move |read| searched(read, &viewer, all.clone(), &text, &here)).await.0
}

async fn found(town: &Town, who: Colleague, text: &str) -> Vec<InquiryId> {
    let (viewer, look) = (town.viewer(who), look(town, who, text).await);
    let page = town.read(move |read| folders::look_through(read, &viewer, &look, None, 50)).await;
    page.rows.iter().map(|row| row.id).collect()
}

/// What a hit shows: the file's name, and its text with what was asked for between brackets.
async fn shown(town: &Town, text: &str) -> (String, String) {
    let (viewer, look) = (town.viewer(BO), look(town, BO, text).await);
    let shown = town
        .read(move |read| {
            let page = folders::look_through(read, &viewer, &look, None, 50)?;
            excerpts(read, &viewer, &look, &page.rows)
        })
        .await;
    let marked = |pieces: Vec<torg_text::Piece>| {
        let one = |piece: torg_text::Piece| match piece.is_met {
            true => format!("[{}]", piece.text),
            false => piece.text,
        };
        pieces.into_iter().map(one).collect::<String>()
    };
    let shown = shown.into_values().next().unwrap_or_default();
    (shown.file.map(marked).unwrap_or_default(), marked(shown.text))
}

async fn what_stands_in_a_file_is_found_once_it_is_read(town: &Town) {
    let files = [
        ("plan.txt", "text/plain; charset=utf-8", "Byggetegninger for garasjen"),
        ("side.html", "text/html", "<p>Nabovarsel<script>hemmelig()</script></p>"),
        ("soknad.pdf", "application/octet-stream", "%PDF Reguleringsplanen"),
        ("bilde.png", "image/png", "usynlig"),
    ];
    let inquiry = town.gets(letter(&files)).await;
    assert_eq!(found(town, BO, "plan.txt").await, [inquiry], "its name is known at once");
    assert_eq!(found(town, BO, "garasjen").await, []);
    assert_eq!(town.desk.read_files().await.unwrap(), 3);
    for word in [
        "garasje",
        "byggetegning",
        "nabovarsel",
        "reguleringsplan",
        "soknad",
        "garasjen nabovarsel files",
    ] {
        assert_eq!(found(town, BO, word).await, [inquiry], "{word}");
    }
    for word in ["hemmelig", "usynlig"] {
        assert_eq!(found(town, BO, word).await, [], "{word}");
    }
    assert_eq!(town.desk.read_files().await.unwrap(), 0, "nothing is read twice");
}

async fn a_hit_in_a_file_says_which_and_shows_the_words(town: &Town) {
    let other = ("other.txt", "text/plain", "Ikke noe");
    let plan = ("plan.txt", "text/plain", "Her er <b>garasjen</b> & muren");
    town.gets(letter(&[other, plan])).await;
    town.desk.read_files().await.unwrap();
    let (file, text) = shown(town, "garasje").await;
    assert_eq!((file.as_str(), text.as_str()), ("plan.txt", "Her er <b>[garasjen]</b> & muren"));
    let (file, _) = shown(town, "plan").await;
    assert_eq!(file, "[plan].txt");
    let (file, text) = shown(town, "files").await;
    assert_eq!((file.as_str(), text.as_str()), ("", "See the [files]."));
}

async fn what_stands_in_a_file_stays_behind_the_wall(town: &Town) {
    let file = ("sak.txt", "text/plain", "Barnevernet");
    let walled = town.gets(letter(&[file]).to(WELFARE.address)).await;
    let open = town.gets(letter(&[file]).with("Message-ID", "<other@x.example>")).await;
    town.desk.read_files().await.unwrap();
    assert_eq!(found(town, SIGRID, "barnevernet").await, [open, walled]);
    assert_eq!(found(town, BO, "barnevernet").await, [open]);
    let department = town.department(WELFARE);
    town.desk.refer(&town.viewer(BO), open, department, "Theirs".to_owned(), false).await.unwrap();
    assert_eq!(found(town, BO, "barnevernet").await, []);
    assert_eq!(found(town, SIGRID, "barnevernet").await, [open, walled]);
}

async fn what_cannot_be_read_is_left_and_the_rest_is_read(town: &Town) {
    let empty = ("leer.pdf", "application/pdf", "");
    let inquiry = town.gets(letter(&[empty, ("a.txt", "text/plain", "Lesbart")])).await;
    assert_eq!(town.desk.read_files().await.unwrap(), 2);
    assert_eq!(found(town, BO, "lesbart").await, [inquiry]);
    assert_eq!(town.desk.read_files().await.unwrap(), 0, "it is not tried again");
}

async fn many_files_and_long_ones_are_read_as_far_as_is_promised(town: &Town) {
    let words = |number: usize| format!("fil{number} {}", "fyllord ".repeat(40_000));
    let texts: Vec<String> = (0..25).map(words).collect();
    let names: Vec<String> = (0..25).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &str, &str)> = names
        .iter()
        .zip(&texts)
        .map(|(name, text)| (name.as_str(), "text/plain", text.as_str()))
        .collect();
    let inquiry = town.gets(letter(&files)).await;
    assert_eq!(town.desk.read_files().await.unwrap(), 25);
    for (word, wanted) in [("fil0", vec![inquiry]), ("fil19", vec![inquiry]), ("fil20", vec![])] {
        assert_eq!(found(town, BO, word).await, wanted, "{word}");
    }
    assert_eq!(found(town, BO, "24.txt").await, [inquiry]);
}
