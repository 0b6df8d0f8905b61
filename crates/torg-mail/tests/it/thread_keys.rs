//! Only what we signed is believed.

use proptest::prelude::*;
use torg_mail::thread_key::{Signer, plus_tag_of, with_plus_tag};

proptest! {
    #[test]
    fn what_we_sign_we_read_back(inquiry: i64, message: i64) {
        let signer = Signer::new(b"secret");
        let id = signer.message_id(inquiry, message, "fjordby.example");
        prop_assert!(id.ends_with("@fjordby.example"));
        prop_assert_eq!(signer.read_message_id(&format!("<{id}>")), Some((inquiry, message)));
        prop_assert_eq!(signer.read_message_id(&id.to_uppercase()), Some((inquiry, message)));
        let tag = signer.plus_tag(inquiry);
        prop_assert_eq!(signer.read_plus_tag(&tag.to_uppercase()), Some(inquiry));
        prop_assert!("post+".len() + tag.len() <= 64, "a local part holds 64 bytes (RFC 5321)");
    }

    #[test]
    fn a_changed_letter_or_another_key_is_not_believed(inquiry: i64, message: i64, at in 0usize..40) {
        let signer = Signer::new(b"secret");
        let id = signer.message_id(inquiry, message, "x.example");
        prop_assert_eq!(Signer::new(b"other").read_message_id(&id), None);
        let changed: String = id.char_indices().map(|(index, letter)| if index == at { if letter == 'a' { 'b' } else { 'a' } } else { letter }).collect();
        prop_assert_eq!(signer.read_message_id(&changed), None);
        prop_assert_eq!(signer.read_plus_tag(&Signer::new(b"other").plus_tag(inquiry)), None);
    }

    #[test]
    fn strangers_ids_are_nobodys(id in ".{0,80}") {
        let signer = Signer::new(b"secret");
        prop_assert_eq!(signer.read_message_id(&id), None);
        prop_assert_eq!(signer.read_plus_tag(&id), None);
    }
}

#[test]
fn a_message_id_is_no_plus_tag() {
    let signer = Signer::new(b"secret");
    let id = signer.message_id(7, 7, "x.example");
    let fields: Vec<&str> = id.split(['.', '@']).collect();
    assert_eq!(signer.read_plus_tag(&format!("{}{}", fields[0], fields[2])), None);
}

#[test]
fn a_tag_is_put_on_an_address_and_read_off_it() {
    let tagged = with_plus_tag("post@fjordby.example", "abc");
    assert_eq!(tagged, "post+abc@fjordby.example");
    assert_eq!(plus_tag_of(&tagged), Some("abc"));
    assert_eq!(plus_tag_of("post@fjordby.example"), None);
}
