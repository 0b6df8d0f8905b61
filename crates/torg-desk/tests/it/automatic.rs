//! Automatic answers: allowed by their owner, first written down and compared with what colleagues
//! send, then sent with every guard.

mod guards;
mod live;
mod shadow;

use torg_core::answers::{Stage, StandardAnswer, Text};
use torg_core::automatic::Mode;
use torg_core::{AnswerId, Language, MessageId};
use torg_desk::{AutomaticRefused, Considered, Judged};
use torg_store::automatic::{self, Listed, Look};
use torg_testkit::town::Town;
use torg_testkit::town::mail::Mail;
use torg_testkit::town::people::{ADA, BO, Citizen, Colleague, KAJA, ROADS};
use torg_text::answers::{Suggestion, Suggestions};

/// What citizens ask, and what Bo's answer says to Aino.
const ASKS: &str = "Hello, the street lamp outside of our house is dark. When will you mend it?";
const SAYS: &str = "Hi Aino.\n\nWe mend street lamps within five working days after you told us.";

fn lamps() -> StandardAnswer {
    let text = Text {
        language: Language::En,
        title: "Street lights".into(),
        body: SAYS.replace("Aino", "{{first_name}}"),
        questions: Vec::new(),
    };
    StandardAnswer { stage: Stage::InUse, texts: vec![text], ..StandardAnswer::default() }
}

/// Keeps an answer of Roads that is Bo's.
async fn keeps(town: &Town, answer: StandardAnswer) -> AnswerId {
    let bo = town.viewer(BO);
    let department = Some(town.department(ROADS));
    let answer = StandardAnswer { department, owner: Some(bo.staff), ..answer };
    town.desk.keep_answer(&bo, None, 0, answer).await.unwrap()
}

async fn permits(
    town: &Town,
    who: Colleague,
    id: AnswerId,
    until: &str,
) -> Result<(), AutomaticRefused> {
    let until = (!until.is_empty()).then(|| until.parse().unwrap());
    town.desk.permit_answer(&town.viewer(who), id, until).await
}

/// An answer that is allowed, where what would be sent is written down.
async fn shadowed(town: &Town) -> AnswerId {
    let id = keeps(town, lamps()).await;
    permits(town, BO, id, "2026-10-01").await.unwrap();
    switches(town, Mode::Shadow).await.unwrap();
    id
}

async fn switches(town: &Town, mode: Mode) -> Result<(), AutomaticRefused> {
    town.desk.set_automatic_mode(&town.viewer(KAJA), mode).await
}

async fn mode(town: &Town) -> Mode {
    town.desk.automatic(&town.viewer(ADA)).await.unwrap().mode
}

/// The ranking is sure of this answer.
fn sure_of(id: AnswerId) -> Judged {
    let answers = vec![Suggestion { answer: id.to_string(), score: 1.0, reasons: Vec::new() }];
    let automatic = Some(id.to_string());
    let suggestions = Suggestions { answers, sureness: 0.97, automatic, ..Suggestions::default() };
    Judged { suggestions, model: Some("model-1".into()) }
}

fn asks(citizen: Citizen) -> Mail {
    citizen.writes("Dark street").saying(ASKS)
}

/// The letters that wait to be looked at, oldest first.
async fn all_waiting(town: &Town) -> Vec<MessageId> {
    let found = town.read(|read| automatic::letters(read, 16)).await;
    found.into_iter().map(|(letter, _)| letter).collect()
}

/// The newest of them.
async fn waiting(town: &Town) -> Option<MessageId> {
    all_waiting(town).await.pop()
}

/// Takes a mail in and has it looked at.
async fn considered(town: &Town, mail: Mail, judged: Judged) -> Considered {
    town.gets(mail).await;
    match waiting(town).await {
        Some(letter) => town.desk.consider_letter(letter, judged).await.unwrap(),
        None => Considered::Gone,
    }
}

async fn log(town: &Town, who: Colleague, look: Look) -> Vec<Listed> {
    let viewer = town.viewer(who);
    town.read(move |read| automatic::log(read, &viewer, &look, 50)).await.rows
}

/// As many letters that were answered right as it takes, less `few`: written behind everybody's
/// back, in a closed inquiry of Ingrid's.
async fn knows(town: &Town, id: AnswerId, right: i64) {
    use torg_testkit::town::people::INGRID;
    let old = town.mail_from(INGRID, "Old letters").await;
    let _ = town.desk.close(&town.viewer(KAJA), old).await;
    if let Some(letter) = waiting(town).await {
        town.desk.consider_letter(letter, Judged::default()).await.unwrap();
    }
    let messages = format!(
        "insert into messages (id, inquiry, position, direction, kind, author, subject, body,
            quoted, language, has_html, at, send_state)
         with recursive n(i) as (select 1 union all select i + 1 from n where i < {right})
         select i, {old}, i + 1, 1, 1, 'Ingrid', '', '', '', 'en', 0, i, 0 from n;
         update inquiries set messages = {right} + 1 where id = {old};
         insert into automatic_answers (id, letter, answer, version, language, body, address,
            sureness, threshold, model, sampled, at)
         with recursive n(i) as (select 1 union all select i + 1 from n where i < {right})
         select i, i, {id}, 1, 'en', '', 'old@post.example', 950, 910, 'model-1', 0, i from n;
         insert into automatic_outcomes (automatic, kind, at)
         with recursive n(i) as (select 1 union all select i + 1 from n where i < {right})
         select i, 1, i from n;"
    );
    town.tampers(&messages).await;
}
