//! The guide: there for a new colleague until she puts it away, on whatever device.

use torg_desk::SignIn;
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{BO, Colleague, KAJA, PASSWORD};

stories![the_guide_is_put_away_for_good_by_each_for_herself];

async fn is_new(town: &Town, colleague: Colleague) -> bool {
    let sign_in = SignIn {
        email: colleague.email.into(),
        password: PASSWORD.into(),
        device: "A browser".into(),
        address: "192.0.2.1".parse().unwrap(),
    };
    let token = town.desk.sign_in(sign_in).await.unwrap().token;
    town.desk.viewer_of(&token).await.unwrap().unwrap().is_new
}

async fn the_guide_is_put_away_for_good_by_each_for_herself(town: &Town) {
    assert!(is_new(town, BO).await && is_new(town, KAJA).await);
    town.desk.put_guide_away(&town.viewer(BO)).await.unwrap();
    assert!(!is_new(town, BO).await, "nor on another device");
    assert!(is_new(town, KAJA).await);
    town.desk.bring_guide_back(&town.viewer(BO)).await.unwrap();
    assert!(is_new(town, BO).await);
}
