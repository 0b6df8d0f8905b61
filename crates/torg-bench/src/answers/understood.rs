//! What the sentence model adds, and how many letters could be answered without a person.

use std::path::Path;

use torg_text::answers::{Ranker, StandardAnswer, shipped, shipped_texts, written_vectors};
use torg_text::e5::Model;

use super::{Known, Score, percent, row};
use crate::table::Table;

/// Tries short letters with nothing learnt.
pub(super) fn measure(
    table: &mut Table,
    answers: &[StandardAnswer],
    letters: &[Known],
    asset: &Path,
) -> anyhow::Result<()> {
    let (model, library) = (Model::open(asset)?, shipped()?);
    let mut ranker = Ranker::shipped(answers, &[]);
    ranker.understand(answers, library, &model);
    let mut score = Score::default();
    let (mut sent, mut wrong, mut needed_a_person) = (0, 0, 0);
    for known in letters {
        let vector = model.embed(&Ranker::asked(&known.letter))?;
        let suggestions = ranker.suggest_with(&known.letter, Some(&vector));
        score.add(known, &suggestions);
        if suggestions.automatic.is_some() {
            sent += 1;
            wrong += usize::from(suggestions.automatic != known.answer);
            needed_a_person += usize::from(known.answer.is_none());
        }
    }
    score.tell(table, "short letters by meaning, nothing learnt", ["≥ 84", "≥ 95"]);
    let share = percent(sent, letters.len());
    table.add(row("automatic: letters that would be answered", share, "%", "≥ 50"));
    table.add(row("automatic: right among them", 100.0 - percent(wrong, sent), "%", "≥ 98"));
    let name = "automatic: letters among them that needed a person";
    table.add(row(name, needed_a_person as f64, "letters", "0"));
    Ok(())
}

/// Writes the vectors of the library's texts, as the program carries them.
pub(crate) fn write_vectors(asset: &Path, into: &Path) -> anyhow::Result<()> {
    let model = Model::open(asset)?;
    let vectors = written_vectors(&shipped_texts(shipped()?), &model);
    Ok(std::fs::write(into, vectors.unwrap_or_default())?)
}
