//! The check of all statements finds what it is there to find.

mod good;
mod scanning;
mod unequal;

use torg_testkit::statements::check_statements;

use super::NOTES;

const HERE: &str = "crates/torg-store/tests/it/engine/statements/";

#[tokio::test]
async fn good_statements_pass() {
    good::linked();
    check_statements(&format!("{HERE}good/"), NOTES).await;
}

#[tokio::test]
#[should_panic(expected = "reads all of notes")]
async fn a_list_that_reads_a_whole_table_is_refused() {
    scanning::linked();
    check_statements(&format!("{HERE}scanning/"), NOTES).await;
}

#[tokio::test]
async fn a_statement_that_gives_other_types_on_the_other_database_is_refused() {
    if torg_testkit::postgres::server().is_none() {
        return;
    }
    unequal::linked();
    let check = tokio::spawn(async { check_statements(&format!("{HERE}unequal/"), NOTES).await });
    let panic = check.await.unwrap_err().into_panic();
    let told = panic.downcast_ref::<String>().unwrap();
    for fault in ["is numeric, cast it", "2 columns on SQLite, 1 on PostgreSQL", "syntax error"] {
        assert!(told.contains(fault), "{told}");
    }
}
