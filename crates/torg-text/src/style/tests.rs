use super::*;

#[test]
fn a_letter_without_greeting_and_closing_is_pointed_out_and_one_with_both_is_not() {
    let rules = Rules { greeting: true, closing: true, ..Rules::of(Tongue::Nb) };
    let bare = "Gatelyset er meldt inn.";
    assert_eq!(hints(bare, &rules), [Hint::NoGreeting, Hint::NoClosing]);
    assert_eq!(hints("Hei, Aino!\n\nLyset er meldt.\n\nVennlig hilsen\nKari", &rules), []);
    assert_eq!(hints("Heisveising er bestilt.\n\nMvh Kari", &rules), [Hint::NoGreeting]);
    assert_eq!(hints(" \n", &rules), []);
}

#[test]
fn long_sentences_are_counted_and_dates_and_short_words_end_none() {
    let rules = Rules { longest_sentence: 10, ..Rules::of(Tongue::Nb) };
    let long = "Vi kommer den 3. mai kl. 9 og rydder snø f.eks. ved skolen. Takk for det.";
    let begins = "Vi kommer den 3. mai".to_owned();
    assert_eq!(hints(long, &rules), [Hint::LongSentence { words: 13, begins }]);
    let list = "Du trenger:\n- legitimasjon som er gyldig i dag\n- et bilde som er tatt i år\n\nHusk nøkkel";
    assert_eq!(hints(list, &rules), []);
}

#[test]
fn words_the_house_avoids_are_told_once_as_they_are_written() {
    let avoided = [("bruker", "innbygger"), ("på ingen måte", "")];
    let rules = Rules { avoided: &avoided, ..Rules::of(Tongue::Nb) };
    let text = "Brukeren kan spørre. Bruker skal ikke vente. En bruker På ingen måte.";
    let found = hints(text, &rules);
    assert_eq!(found[0], Hint::Avoided { word: "Bruker".into(), instead: "innbygger".into() });
    assert_eq!(found[1], Hint::Avoided { word: "På ingen måte".into(), instead: String::new() });
    assert_eq!(found.len(), 2);
}

#[test]
fn the_reader_is_spoken_to_in_one_way() {
    let informal = Rules { formal: Some(false), ..Rules::of(Tongue::Da) };
    let formal = Rules { formal: Some(true), ..informal };
    let address = |word: &str| [Hint::Address { word: word.into() }];
    assert_eq!(hints("De bor her. Vi har fået Deres brev.", &informal), address("Deres"));
    assert_eq!(hints("Vi har fået dit brev.", &formal), address("dit"));
    assert_eq!(hints("De bor her. Vi så dem.", &informal), []);
    assert_eq!(hints("Vi har fået Deres brev.", &formal), []);
}

#[test]
fn a_text_without_end_gives_few_hints() {
    let text = "Vedrørende såfremt angående. ".repeat(50_000);
    let rules = Rules { plain: true, longest_sentence: 1, ..Rules::of(Tongue::Da) };
    assert_eq!(hints(&text, &rules).len(), 8);
}
