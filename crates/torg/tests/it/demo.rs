//! The demo's year is played whole, or from the beginning.

use crate::house::{House, Serving, eventually, on_both_databases};

#[test]
fn a_year_whose_playing_was_interrupted_is_not_taken_for_the_whole() {
    on_both_databases(|house| {
        begins_to_play(&house, 1).gets_killed();
        house.changes("create table half_a_year (day bigint)");
        let halves = house.sql(
            "select count(*) from sqlite_master where name = 'half_a_year'",
            "select count(*) from pg_tables where tablename = 'half_a_year'",
        );
        assert_eq!(house.counts(halves), 1);

        if house.is_embedded() {
            let again = begins_to_play(&house, 2);
            assert!(again.log().contains("was interrupted"), "{}", again.log());
            assert_eq!(house.counts(halves), 0, "the half is gone");
            assert!(again.log().contains("unfinished.db"), "and lies where it says");
        } else {
            let said = house.is_refused(&["serve", "--demo", "--http", "127.0.0.1:0"]);
            assert!(said.contains("give an empty database"), "{said}");
            assert_eq!(house.counts(halves), 1, "a database of others is left alone");
        }
    });
}

/// Starts the demo, and waits until its year is begun for this time in the house.
fn begins_to_play(house: &House, time: usize) -> Serving {
    let serving = house.starts(&["serve", "--demo"]);
    eventually("the year is begun", || serving.log().matches("Playing a year").count() == time);
    serving
}
