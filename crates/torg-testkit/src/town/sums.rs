//! Whether a town adds up at the end of the day.

use torg_core::Viewer;
use torg_store::folders::{self, Folder};
use torg_store::{Read, StoreError, check, journal, outbox, params, sql};

use super::Town;

impl Town {
    /// Sees whether anything lies about or leads nowhere.
    ///
    /// # Panics
    /// With everything that does not add up.
    pub async fn adds_up(&self) {
        let viewers: Vec<Viewer> = self.people.values().cloned().collect();
        let faults = self.read(move |read| {
            let mut faults = left_behind(read)?;
            faults.extend(dangling(read)?);
            faults.extend(chains(read)?);
            for viewer in &viewers {
                faults.extend(counts(read, viewer)?);
            }
            Ok(faults)
        });
        let faults = faults.await;
        assert!(faults.is_empty(), "it does not add up:\n{}", faults.join("\n"));
    }

    /// What is wrong with the journal's chains.
    pub async fn broken_chains(&self) -> Vec<String> {
        self.read(chains).await
    }
}

fn left_behind(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    let mut faults = Vec::new();
    if torg_store::arrivals::oldest_waiting(read)?.is_some() {
        faults.push("an arrival waits to be filed".to_owned());
    }
    if outbox::oldest_waiting(read)?.is_some() {
        faults.push("a mail waits to be sent".to_owned());
    }
    Ok(faults)
}

fn dangling(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    let mut counts = check::dangling(read)?;
    let miscounted = read.one(
        sql!(
            "select count(*) from blobs b where b.refs <>
                (select count(*) from messages where raw = b.hash)
              + (select count(*) from arrivals where raw = b.hash and state <> 1)
              + (select count(*) from outbox where raw = b.hash and state <> 1)
              + (select count(*) from draft_files where raw = b.hash)
              + (select count(*) from answer_files where hash = b.hash)"
        ),
        &params![],
        |row| row.get(0),
    )?;
    counts.push(("blobs whose references are miscounted", miscounted.unwrap_or(0)));
    let wrong = counts.into_iter().filter(|(_, count)| *count != 0);
    Ok(wrong.map(|(what, count)| format!("{count} {what}")).collect())
}

/// The journal's chains that do not verify.
fn chains(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    let mut faults = Vec::new();
    for (chain, steps, head) in journal::chains(read, 0, i64::from(i32::MAX))? {
        let fault = journal::check_chain(read, chain, steps, &head)?;
        faults.extend(fault.map(|fault| format!("{fault:?}")));
    }
    Ok(faults)
}

/// Counts beside folders that differ from what lies in them.
fn counts(read: &Read<'_>, viewer: &Viewer) -> Result<Vec<String>, StoreError> {
    let counts = folders::counts(read, viewer, 0)?;
    let mut wanted = vec![
        (Folder::All, counts.all),
        (Folder::Unowned, counts.unowned),
        (Folder::Mine, counts.mine),
        (Folder::Waiting, counts.waiting),
    ];
    let departments = counts.departments.iter();
    wanted.extend(departments.map(|one| (Folder::Department(one.id), one.open)));
    let colleagues = counts.colleagues.iter();
    wanted.extend(colleagues.map(|one| (Folder::Colleague(one.id), one.open)));
    let mut faults = Vec::new();
    for (folder, count) in wanted {
        let listed = folders::list(read, viewer, &folder, None, 2000)?.rows.len();
        if i64::try_from(listed).unwrap_or(i64::MAX).min(folders::MANY) != count {
            let (folder, name) = (folder.to_slug(), &viewer.name);
            faults.push(format!("{name} is told {count} in {folder}, where {listed} lie"));
        }
    }
    Ok(faults)
}
