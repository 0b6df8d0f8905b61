//! The demo's citizens: each one's mailbox, and writing as one of them. Only in a demo.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_desk::{DemoLetter, DemoMail, DemoMailbox, DemoRefused};
use torg_store::departments;

use crate::page::{Frame, Place, Tone, avatar, empty, frame, icon, notice};
use crate::refusal::Refusal;
use crate::signed::{Visitor, encode};
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

/// How many mailboxes are listed; the newest mail first, and who writes comes to the top.
const MAILBOXES: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    address: String,
    /// The letter to answer.
    #[serde(default)]
    answer: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct NewLetter {
    #[serde(default)]
    name: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    answers: String,
}

/// `GET /demo`
pub(crate) async fn index(
    State(web): State<Web>,
    visitor: Visitor,
    untold: Untold,
) -> Result<Response, Refusal> {
    let (scene, mailboxes) = (visitor.scene(&web), web.desk.demo_mailboxes().await?);
    let letter = NewLetter { to: general_address(&web).await?, ..NewLetter::default() };
    let content = html! {
        div.columns {
            (mailbox_list(&scene, &mailboxes, ""))
            (write_form(&scene, &letter, None))
        }
    };
    Ok(page(&web, &scene, &untold, &content))
}

/// `GET /demo/mailbox?address=…`
pub(crate) async fn mailbox(
    State(web): State<Web>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let scene = visitor.scene(&web);
    let letters = web.desk.demo_letters(&asked.address).await?;
    let mailboxes = web.desk.demo_mailboxes().await?;
    let mailbox = mailboxes.iter().find(|mailbox| mailbox.address == asked.address);
    let name = mailbox.map_or_else(|| called(&asked.address), |mailbox| mailbox.name.clone());
    let answered =
        asked.answer.as_ref().and_then(|id| letters.iter().find(|letter| letter.id == *id));
    let letter = NewLetter {
        name: name.clone(),
        address: asked.address.clone(),
        // A letter of ours tells where its answer goes: that address knows the inquiry.
        to: match answered {
            Some(letter) => letter.to.clone(),
            None => general_address(&web).await?,
        },
        subject: answered.map(|letter| reply_subject(&letter.subject)).unwrap_or_default(),
        answers: answered.map(|letter| letter.id.clone()).unwrap_or_default(),
        text: String::new(),
    };
    let content = html! {
        div.columns {
            (mailbox_list(&scene, &mailboxes, &asked.address))
            div.letters {
                @if answered.is_some() || letters.is_empty() { (write_form(&scene, &letter, None)) }
                @else {
                    section.panel { details { summary { (icon("pencil")) (scene.say("demo-write-title")) } (letter_form(&scene, &letter, None)) } }
                }
                (letter_list(&scene, &name, &asked.address, &letters))
            }
        }
    };
    Ok(page(&web, &scene, &untold, &content))
}

/// What a citizen is called of whom only the address is known: "kari.nordvik@…" is Kari Nordvik, and
/// an address that holds no names is told as it is.
fn called(address: &str) -> String {
    let local = address.split('@').next().unwrap_or_default();
    let names: Vec<String> = local.split(['.', '_', '-']).map(capitalised).collect();
    let is_named =
        names.iter().all(|name| name.chars().count() > 1 && name.chars().all(char::is_alphabetic));
    if is_named { names.join(" ") } else { address.to_owned() }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `POST /demo/letters`
pub(crate) async fn create(
    State(web): State<Web>,
    visitor: Visitor,
    Form(form): Form<NewLetter>,
) -> Result<Response, Refusal> {
    let scene = visitor.scene(&web);
    let mail = DemoMail {
        from_name: form.name.clone(),
        from_address: form.address.trim().to_owned(),
        to: form.to.trim().to_owned(),
        subject: form.subject.clone(),
        text: form.text.clone(),
        in_reply_to: Some(form.answers.clone()).filter(|id| !id.is_empty()),
    };
    let trouble = match web.desk.demo_write(mail).await {
        Ok(()) => {
            let path = format!("/demo/mailbox?address={}", encode(form.address.trim()));
            return Ok(Told::of(Deed::LetterSent).at(&web, &path));
        }
        Err(DemoRefused::NotAnAddress { .. }) => scene.say("demo-not-an-address"),
        Err(DemoRefused::UnknownRecipient) => scene.say("demo-unknown-recipient"),
        Err(DemoRefused::Empty) => scene.say("demo-empty"),
        Err(DemoRefused::Store(error)) => return Err(error.into()),
    };
    let mailboxes = web.desk.demo_mailboxes().await?;
    let content = html! {
        div.columns { (mailbox_list(&scene, &mailboxes, &form.address)) (write_form(&scene, &form, Some(&trouble))) }
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&web, &scene, &Untold::default(), &content))
        .into_response())
}

/// The address a citizen would write to first: `post@`, or whichever comes first.
async fn general_address(web: &Web) -> Result<String, Refusal> {
    let addresses = web.read(departments::mailboxes).await?;
    let general = addresses.iter().find(|mailbox| mailbox.address.starts_with("post@"));
    Ok(general.or(addresses.first()).map(|mailbox| mailbox.address.clone()).unwrap_or_default())
}

fn reply_subject(subject: &str) -> String {
    let is_reply = subject.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"));
    if is_reply { subject.to_owned() } else { format!("Re: {subject}") }
}

fn page(web: &Web, scene: &Scene, untold: &Untold, content: &Markup) -> Response {
    let main = html! {
        main #main .page tabindex="-1" {
            header { div { h1 { (scene.say("demo-title")) } p.lead { (scene.with("demo-text", [("town", word(scene.town.as_str()))])) } } }
            p.demo-banner { (icon("info")) span.grow { (scene.say("demo-banner")) } a.btn.small href="/folders/all" { (icon("inbox")) (scene.say("demo-see-it-arrive")) } }
            (content)
        }
    };
    let frame = frame(
        scene,
        &Frame { title: scene.say("demo-title"), place: Place::Demo, main, told: untold.0.clone() },
    );
    untold.once(web, frame)
}

fn mailbox_list(scene: &Scene, mailboxes: &[DemoMailbox], open: &str) -> Markup {
    html! {
        section.panel.mailboxes aria-labelledby="mailboxes" {
            h2 #mailboxes { (scene.say("demo-mailboxes")) }
            ul.lines {
                @for mailbox in mailboxes.iter().take(MAILBOXES) {
                    li {
                        a.whole href={ "/demo/mailbox?address=" (encode(&mailbox.address)) } aria-current=[(mailbox.address == open).then_some("true")] {
                            (avatar(&mailbox.name, false, false))
                            span.grow.cut { span.medium { (mailbox.name) } br; span.subtle.meta { (mailbox.address) } }
                            @if mailbox.letters > 0 { span.tag.accent title=(scene.with("demo-letters-count", [("count", word(mailbox.letters))])) { (icon("mail")) (mailbox.letters) } }
                        }
                    }
                }
            }
        }
    }
}

fn letter_list(scene: &Scene, name: &str, address: &str, letters: &[DemoLetter]) -> Markup {
    html! {
        @if letters.is_empty() { (empty("mail", false, &scene.say("demo-no-letters"), html! { (scene.say("demo-no-letters-text")) })) }
        @for letter in letters {
            article.letter .from-us[letter.from_us] {
                header {
                    b { (if letter.from_us { scene.town.as_str() } else { name }) }
                    @if !letter.from_us { span.subtle { "→ " (letter.to) } }
                    (scene.stamp(letter.at))
                }
                h2 { (letter.subject) }
                div.text dir="auto" { (letter.text.trim()) }
                p.row.wrap {
                    @if letter.from_us {
                        a.btn.small href={ "/demo/mailbox?address=" (encode(address)) "&answer=" (encode(&letter.id)) } { (icon("reply")) (scene.say("demo-answer")) }
                    }
                    @if let Some(number) = &letter.number {
                        a.btn.quiet.small href={ "/number/" (number) } { (icon("inbox")) (scene.with("demo-in-workspace", [("number", word(number.as_str()))])) }
                    }
                }
            }
        }
    }
}

fn write_form(scene: &Scene, letter: &NewLetter, trouble: Option<&str>) -> Markup {
    let title = if letter.answers.is_empty() { "demo-write-title" } else { "demo-answer-title" };
    html! {
        section.panel aria-labelledby="write" {
            h2 #write { (scene.say(title)) }
            (letter_form(scene, letter, trouble))
        }
    }
}

fn letter_form(scene: &Scene, letter: &NewLetter, trouble: Option<&str>) -> Markup {
    let is_answer = !letter.answers.is_empty();
    let field = |id: &str, label: &str, kind: &str, value: &str| {
        html! {
            div.ds-field {
                label.ds-label for=(id) { (scene.say(label)) }
                input.ds-input id=(id) type=(kind) name=(id) value=(value) required;
            }
        }
    };
    html! {
        form.form method="post" action="/demo/letters" {
            @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            (field("name", "demo-from-name", "text", &letter.name))
            (field("address", "demo-from-address", "email", &letter.address))
            @if is_answer {
                input type="hidden" name="answers" value=(letter.answers);
                input type="hidden" name="to" value=(letter.to);
            } @else { (field("to", "demo-to", "email", &letter.to)) }
            (field("subject", "demo-subject", "text", &letter.subject))
            div.ds-field {
                label.ds-label for="text" { (scene.say("demo-letter")) }
                textarea.ds-input #text name="text" rows="6" required autofocus[is_answer] { "\n" (letter.text) }
            }
            div { button.btn.primary { (icon("send")) (scene.say("demo-send")) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn a_new_citizen_is_called_by_her_address() {
        assert_eq!(called("kari.nordvik@innbygger.example"), "Kari Nordvik");
        assert_eq!(called("øyvind_aune@innbygger.example"), "Øyvind Aune");
        for address in ["k2@innbygger.example", "@innbygger.example", "a.b@innbygger.example"] {
            assert_eq!(called(address), address, "no names");
        }
    }
}
