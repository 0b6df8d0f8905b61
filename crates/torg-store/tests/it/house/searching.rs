//! A search over months, in which some words are common and some are rare: PostgreSQL's index is
//! asked for some days after the others, and whoever searches does not notice.

use torg_core::wall::open_wall;
use torg_core::{Direction, Id, InquiryId, Kind, MessageId, SendState, State};
use torg_store::folders::{self, Cursor, Folder, Look, Sort};
use torg_store::messages::{self, NewMessage};
use torg_store::{StoreError, Tx, search};
use torg_testkit::databases::{TestStore, on_both_databases};

use super::{BO, Lying, furnish, lay, viewer};

/// So far apart that 128 letters come in the days that PostgreSQL's index knows by one word.
const APART: i64 = 1 << 45;
const LETTERS: i64 = 5 * 128;

#[tokio::test]
async fn common_and_rare_words_are_found_in_order_of_time_however_long_ago() {
    on_both_databases(async |town| {
        town.store.write(furnish).await.unwrap();
        town.store.write(write_letters).await.unwrap();
        for (word, every) in [("all", 1), ("half", 2), ("few", 9), ("one", 300)] {
            let mut newest: Vec<i64> = (0..LETTERS).filter(|number| number % every == 0).collect();
            newest.reverse();
            assert_eq!(found(town, word, Sort::Newest).await, newest, "{word}, newest first");
            assert_eq!(found(town, word, Sort::Best).await, newest, "{word}, none is better");
            newest.reverse();
            assert_eq!(found(town, word, Sort::Oldest).await, newest, "{word}, oldest first");
        }
        assert!(found(town, "none", Sort::Newest).await.is_empty());
    })
    .await;
}

/// Each in an inquiry of its own; its number among them stands in the inquiry's id.
fn write_letters(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let open = Lying { at: 0, walled: false, owner: None, state: State::Open, shown: false };
    for number in 0..LETTERS {
        let (inquiry, id) = (1000 + number, MessageId::from_i64((number + 1) * APART - 1));
        lay(tx, inquiry, &Lying { at: number, ..open.clone() })?;
        messages::insert(tx, &letter(id, InquiryId::from_i64(inquiry), number))?;
        let words = [("all", 1), ("half", 2), ("few", 9), ("one", 300)];
        let words = words.into_iter().filter(|(_, every)| number % every == 0);
        let words: Vec<String> = words.map(|(word, _)| word.to_owned()).collect();
        search::add(tx, id, open_wall(), &words)?;
    }
    Ok(())
}

fn letter(id: MessageId, inquiry: InquiryId, at: i64) -> NewMessage {
    NewMessage {
        id,
        inquiry,
        position: 1,
        direction: Direction::In,
        kind: Kind::Human,
        staff: None,
        contact_point: None,
        author: "Aino".into(),
        address: None,
        subject: String::new(),
        body: String::new(),
        quoted: String::new(),
        language: None,
        has_html: false,
        raw: None,
        mail_id: None,
        composer_key: None,
        at,
        send_state: SendState::None,
    }
}

/// The numbers of the letters that hold a word, page by page.
async fn found(town: &TestStore, word: &str, sort: Sort) -> Vec<i64> {
    let look = Look { sort, words: vec![vec![word.to_owned()]], ..Look::at(Folder::Search) };
    let (mut numbers, mut after): (Vec<i64>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let look = look.clone();
        let page = town
            .store
            .read(move |read| folders::look_through(read, &viewer(BO), &look, after.as_ref(), 50));
        let page = page.await.unwrap();
        numbers.extend(page.rows.iter().map(|row| row.id.as_i64() - 1000));
        match page.next {
            Some(next) => after = Some(next),
            None => return numbers,
        }
    }
}
