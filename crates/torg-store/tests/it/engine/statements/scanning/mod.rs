use torg_store::sql;

pub(super) fn linked() {
    let _ = sql!(list "select id from notes where weight > $1");
}
