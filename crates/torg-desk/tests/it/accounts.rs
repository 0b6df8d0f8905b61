//! Signing in, sessions and passwords.

use std::net::IpAddr;

use futures::future::join_all;
use jiff::SignedDuration;
use torg_core::Language;
use torg_desk::{PasswordRefused, SignIn, SignInRefused, SignedIn, StaffingRefused, UserRefused};
use torg_store::sessions::{self, SessionRow};
use torg_testkit::stories;
use torg_testkit::town::Town;
use torg_testkit::town::people::{ADA, AINO, BO, Colleague, DAGNY, PASSWORD, ROADS};

stories![
    who_knows_the_password_is_in,
    a_wrong_password_says_no_more_than_that,
    after_eight_wrong_passwords_even_the_right_one_waits,
    one_address_cannot_try_everybodys_password,
    fifty_guesses_at_one_moment_are_still_fifty,
    old_passwords_cannot_be_guessed_all_at_one_moment,
    who_signs_in_leaves_no_failure_behind,
    who_left_is_out_at_once,
    a_session_can_be_listed_and_ended_by_its_owner_only,
    an_idle_session_lapses_and_a_used_one_does_not,
    a_new_password_ends_the_other_sessions,
    no_session_outlives_the_password_it_began_with,
    a_new_password_ends_the_links_that_were_sent,
    eight_wrong_old_passwords_and_the_ninth_waits,
    preferences_are_kept,
    a_language_chosen_at_sign_in_is_kept_until_she_sets_her_own,
    an_account_is_made_once_and_well,
];

fn knock(colleague: Colleague, password: &str, from: &str) -> SignIn {
    SignIn {
        email: colleague.email.to_uppercase(),
        password: password.to_owned(),
        device: "A browser".into(),
        address: from.parse::<IpAddr>().unwrap(),
    }
}

async fn signs_in(town: &Town, colleague: Colleague) -> SignedIn {
    let knock = knock(colleague, PASSWORD, "192.0.2.1");
    town.desk.sign_in(knock).await.unwrap()
}

async fn is_in(town: &Town, signed_in: &SignedIn) -> bool {
    town.desk.viewer_of(&signed_in.token).await.unwrap().is_some()
}

async fn sessions_of(town: &Town, colleague: Colleague) -> Vec<SessionRow> {
    let viewer = town.viewer(colleague);
    town.read(move |read| sessions::of(read, &viewer)).await
}

async fn who_knows_the_password_is_in(town: &Town) {
    let bo = signs_in(town, BO).await;
    assert_eq!(bo.viewer, town.viewer(BO));
    let session = town.desk.viewer_of(&bo.token).await.unwrap().unwrap();
    assert_eq!((session.viewer, session.theme.as_str()), (town.viewer(BO), "auto"));
    assert!(town.desk.viewer_of("").await.unwrap().is_none());
    assert!(town.desk.viewer_of(&bo.token.to_lowercase()).await.unwrap().is_none());
    town.desk.sign_out(&bo.token).await.unwrap();
    assert!(!is_in(town, &bo).await);
    town.desk.sign_out(&bo.token).await.unwrap();
    let verbs = town.journal_of_days().await;
    assert_eq!(verbs[verbs.len() - 2..], ["signed-in", "signed-out"]);
}

async fn a_wrong_password_says_no_more_than_that(town: &Town) {
    let wrong = town.desk.sign_in(knock(BO, "a lamp by the hedge", "192.0.2.1")).await;
    let nobody = Colleague { email: AINO.address, ..BO };
    let unknown = town.desk.sign_in(knock(nobody, PASSWORD, "192.0.2.1")).await;
    assert_eq!(wrong.unwrap_err(), SignInRefused::Wrong);
    assert_eq!(unknown.unwrap_err(), SignInRefused::Wrong);
    assert_eq!(town.journal_of_days().await.last().unwrap(), "sign-in-refused");
    assert!(sessions_of(town, BO).await.is_empty());
}

/// The right password is not even looked at: nothing is hashed for those who try too often.
async fn after_eight_wrong_passwords_even_the_right_one_waits(town: &Town) {
    for guess in 0..8 {
        let wrong = town.desk.sign_in(knock(BO, "guess", &format!("192.0.2.{guess}"))).await;
        assert_eq!(wrong.unwrap_err(), SignInRefused::Wrong);
    }
    let verbs = town.journal_of_days().await.len();
    let right = town.desk.sign_in(knock(BO, PASSWORD, "192.0.2.99")).await;
    assert_eq!(right.unwrap_err(), SignInRefused::TooMany { wait_seconds: 900 });
    assert_eq!(town.journal_of_days().await.len(), verbs, "it was not even counted");
    signs_in(town, DAGNY).await;

    town.passes(SignedDuration::from_mins(15));
    signs_in(town, BO).await;
}

async fn one_address_cannot_try_everybodys_password(town: &Town) {
    for guess in 0..100 {
        let email: &'static str =
            Box::leak(format!("clerk{guess}@fjordby.example").into_boxed_str());
        let wrong =
            town.desk.sign_in(knock(Colleague { email, ..BO }, "guess", "198.51.100.7")).await;
        assert_eq!(wrong.unwrap_err(), SignInRefused::Wrong);
    }
    let there = town.desk.sign_in(knock(BO, PASSWORD, "198.51.100.7")).await;
    assert!(matches!(there, Err(SignInRefused::TooMany { .. })), "{there:?}");
    signs_in(town, BO).await;
}

/// What is not refused as too many was hashed.
async fn fifty_guesses_at_one_moment_are_still_fifty(town: &Town) {
    let guesses = (0..50).map(|_| town.desk.sign_in(knock(BO, "guess", "198.51.100.7")));
    let (mut wrong, mut too_many) = (0, 0);
    for answer in join_all(guesses).await {
        match answer.unwrap_err() {
            SignInRefused::Wrong => wrong += 1,
            SignInRefused::TooMany { .. } => too_many += 1,
            other => panic!("{other}"),
        }
    }
    assert_eq!((wrong, too_many), (8, 42));
    let colleague = town.desk.sign_in(knock(DAGNY, PASSWORD, "198.51.100.7")).await;
    assert_eq!(colleague.unwrap().viewer, town.viewer(DAGNY), "her office is not shut out");
}

async fn old_passwords_cannot_be_guessed_all_at_one_moment(town: &Town) {
    let bo = town.viewer(BO);
    let guesses =
        (0..50).map(|_| town.desk.change_password(&bo, None, "guessed it", "a new password"));
    let answers = join_all(guesses).await;
    let wrong = answers.iter().filter(|answer| **answer == Err(PasswordRefused::Wrong)).count();
    assert_eq!(wrong, 8);
}

async fn who_signs_in_leaves_no_failure_behind(town: &Town) {
    for _ in 0..120 {
        signs_in(town, BO).await;
    }
    let bo = town.viewer(BO);
    for _ in 0..10 {
        town.desk.change_password(&bo, None, PASSWORD, PASSWORD).await.unwrap();
    }
}

async fn who_left_is_out_at_once(town: &Town) {
    let bo = signs_in(town, BO).await;
    town.desk.deactivate_named(BO.email, None).await.unwrap();
    assert!(!is_in(town, &bo).await);
    let again = town.desk.sign_in(knock(BO, PASSWORD, "192.0.2.1")).await;
    assert_eq!(again.unwrap_err(), SignInRefused::Wrong);
    town.desk.activate_named(BO.email).await.unwrap();
    assert!(!is_in(town, &bo).await, "the old session stays ended");
    signs_in(town, BO).await;
}

async fn a_session_can_be_listed_and_ended_by_its_owner_only(town: &Town) {
    let (first, second) = (signs_in(town, BO).await, signs_in(town, BO).await);
    let dagny = signs_in(town, DAGNY).await;
    let listed = sessions_of(town, BO).await;
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0].device, "A browser");
    let lost = town.desk.viewer_of(&first.token).await.unwrap().unwrap().id;
    let by_dagny = town.desk.end_session(&town.viewer(DAGNY), lost).await;
    assert_eq!(by_dagny, Err(torg_desk::Refused::NotFound));
    assert!(is_in(town, &first).await);
    town.desk.end_session(&town.viewer(BO), lost).await.unwrap();
    assert!(!is_in(town, &first).await);
    assert!(is_in(town, &second).await && is_in(town, &dagny).await);
}

async fn an_idle_session_lapses_and_a_used_one_does_not(town: &Town) {
    let (used, idle) = (signs_in(town, BO).await, signs_in(town, DAGNY).await);
    for _ in 0..2 {
        town.passes(SignedDuration::from_hours(7 * 24));
        assert!(is_in(town, &used).await);
    }
    assert!(!is_in(town, &idle).await);
    town.passes(SignedDuration::from_hours(1));
    town.desk.do_due_jobs().await.unwrap();
    assert!(sessions_of(town, DAGNY).await.is_empty(), "and is forgotten");
    assert_eq!(sessions_of(town, BO).await.len(), 1);
}

async fn a_new_password_ends_the_other_sessions(town: &Town) {
    let (here, elsewhere) = (signs_in(town, BO).await, signs_in(town, BO).await);
    let dagny = signs_in(town, DAGNY).await;
    let bo = town.viewer(BO);
    let kept = town.desk.viewer_of(&here.token).await.unwrap().map(|session| session.id);
    let change = async |old: &str, new: &str| town.desk.change_password(&bo, kept, old, new).await;
    let short = PasswordRefused::TooShort { least: 10 };
    assert_eq!(change(PASSWORD, "short").await, Err(short));
    assert_eq!(change("guessed it", "a new password").await, Err(PasswordRefused::Wrong));
    change(PASSWORD, "a new password").await.unwrap();

    assert!(is_in(town, &here).await && is_in(town, &dagny).await);
    assert!(!is_in(town, &elsewhere).await);
    let old = town.desk.sign_in(knock(BO, PASSWORD, "192.0.2.1")).await;
    assert_eq!(old.unwrap_err(), SignInRefused::Wrong);
    town.desk.sign_in(knock(BO, "a new password", "192.0.2.1")).await.unwrap();
}

/// What was checked before the change and ends after it lets nobody in.
async fn no_session_outlives_the_password_it_began_with(town: &Town) {
    for round in 0..20 {
        let (old, new) = (format!("password {round}"), format!("password {}", round + 1));
        town.desk.set_password(BO.email, &old).await.unwrap();
        let sign_ins = (0..6).map(|_| town.desk.sign_in(knock(BO, &old, "192.0.2.1")));
        let changes = town.desk.set_password(BO.email, &new);
        let (_, changed) = tokio::join!(join_all(sign_ins), changes);
        changed.unwrap();
        assert!(sessions_of(town, BO).await.is_empty(), "round {round}");

        let sign_ins = (0..6).map(|_| town.desk.sign_in(knock(BO, &new, "192.0.2.1")));
        let leaves = town.desk.deactivate_named(BO.email, None);
        let (_, left) = tokio::join!(join_all(sign_ins), leaves);
        left.unwrap();
        town.desk.activate_named(BO.email).await.unwrap();
        assert!(sessions_of(town, BO).await.is_empty(), "round {round}: who came back signs in");
        town.passes(SignedDuration::from_mins(15));
    }
}

async fn a_new_password_ends_the_links_that_were_sent(town: &Town) {
    let (ada, bo) = (town.viewer(ADA), town.viewer(BO));
    let link = town.desk.send_link(&ada, bo.staff).await.unwrap();
    let token = link.rsplit('/').next().unwrap();
    town.desk.change_password(&bo, None, PASSWORD, "a new password").await.unwrap();
    assert_eq!(town.desk.pass_of(token).await.unwrap(), None);
}

async fn eight_wrong_old_passwords_and_the_ninth_waits(town: &Town) {
    let bo = town.viewer(BO);
    let change =
        async |old: &str| town.desk.change_password(&bo, None, old, "a new password").await;
    for _ in 0..8 {
        assert_eq!(change("guessed it").await, Err(PasswordRefused::Wrong));
    }
    let ninth = change(PASSWORD).await;
    assert!(matches!(ninth, Err(PasswordRefused::TooMany { .. })), "{ninth:?}");
    town.passes(SignedDuration::from_mins(15));
    change(PASSWORD).await.unwrap();
}

async fn preferences_are_kept(town: &Town) {
    let bo = signs_in(town, BO).await;
    town.desk.set_preferences(&bo.viewer, Language::Sv, "dark").await.unwrap();
    let session = town.desk.viewer_of(&bo.token).await.unwrap().unwrap();
    assert_eq!((session.language, session.theme.as_str()), (Language::Sv, "dark"));
    town.desk.set_preferences(&bo.viewer, Language::Da, "pink").await.unwrap();
    let session = town.desk.viewer_of(&bo.token).await.unwrap().unwrap();
    assert_eq!((session.language, session.theme.as_str()), (Language::Da, "auto"));
}

async fn a_language_chosen_at_sign_in_is_kept_until_she_sets_her_own(town: &Town) {
    let of = async || {
        let bo = signs_in(town, BO).await;
        town.desk.viewer_of(&bo.token).await.unwrap().unwrap().language
    };
    let bo = town.viewer(BO);
    for language in [Language::Sv, Language::Da] {
        town.desk.suppose_language(&bo, language).await.unwrap();
        assert_eq!(of().await, language, "what she chose last");
    }
    town.desk.set_preferences(&bo, Language::Nn, "auto").await.unwrap();
    town.desk.suppose_language(&bo, Language::Sv).await.unwrap();
    assert_eq!(of().await, Language::Nn, "her own setting stands");
}

async fn an_account_is_made_once_and_well(town: &Town) {
    let new = |email: &str, department: &str, password: &str| torg_desk::NewColleague {
        name: "Ny".into(),
        email: email.into(),
        role: torg_core::Role::Staff,
        language: Language::Da,
        departments: vec![department.into()],
        password: password.into(),
    };
    let add = async |email, department, password| {
        town.desk.add_colleague(new(email, department, password)).await
    };
    let there = UserRefused::Staffing(StaffingRefused::AlreadyThere);
    assert_eq!(add("Bo@Fjordby.example", ROADS.name, PASSWORD).await, Err(there));
    let nowhere = UserRefused::NoSuchDepartment("Harbour".into());
    assert_eq!(add("ny@fjordby.example", "Harbour", PASSWORD).await, Err(nowhere));
    assert_eq!(
        add("ny@fjordby.example", ROADS.name, "short").await,
        Err(UserRefused::PasswordTooShort { least: 10 })
    );
    let no_address = UserRefused::Staffing(StaffingRefused::NotAnAddress);
    assert_eq!(add("ny", ROADS.name, PASSWORD).await, Err(no_address));
    add("ny@fjordby.example", ROADS.name, PASSWORD).await.unwrap();
    let unknown = town.desk.deactivate_named("who@fjordby.example", None).await;
    assert_eq!(unknown, Err(UserRefused::Unknown("who@fjordby.example".into())));
}
