use torg_store::sql;

pub(super) fn linked() {
    let _ = sql!("select sum(total) from counters");
    let _ = sql!(lite "select id, title from notes", pg "select id from notes");
    let _ = sql!(lite "select 1", pg "select select");
}
