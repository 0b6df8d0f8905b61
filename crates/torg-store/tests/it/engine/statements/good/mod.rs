use torg_store::sql;

pub(super) fn linked() {
    let _ = sql!(list "select id, title, raw, weight from notes where title > $1 order by title limit $2");
    let _ = sql!(list "with found as (select id from notes where title = $1)
                       select n.title from found f join notes n on n.id = f.id");
    let _ = sql!(
        list "select count(*) from (select 1 from notes where title = $1 limit 999) found"
    );
    let _ = sql!("select count(*) from notes");
}
