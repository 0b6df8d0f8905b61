//! `/settings/addresses`: where the municipality receives mail, and for which department.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::MailboxId;
use torg_core::person::readable;
use torg_desk::DepartmentRefused;
use torg_store::departments::{self, Branch, Mailbox};

use super::departments::{changed, sentence};
use super::fields::Fields;
use super::{history, page, recent};
use crate::page::{Tone, hidden_then, icon, notice};
use crate::refusal::Refusal;
use crate::setup::{self, AddressesStep};
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

const PATH: &str = "/settings/addresses";

/// What an attempt came to, shown above the list.
struct Outcome {
    tone: Tone,
    text: String,
}

/// `GET /settings/addresses`
pub(crate) async fn index(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, &Fields::default(), None).await
}

/// `POST /settings/addresses`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let done = match fields.value("department") {
        Some(id) => web.desk.create_address(&signed.viewer, fields.text("address"), id).await,
        None => return Err(Refusal::BadForm),
    };
    answered(&web, &signed, &fields, done).await
}

/// `POST /settings/addresses/{id}`: another department.
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<MailboxId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let Some(department) = fields.value("department") else {
        return with(&web, &signed, &Untold::default(), &Fields::default(), None).await;
    };
    let done = web.desk.move_address(&signed.viewer, id, department).await;
    answered(&web, &signed, &Fields::default(), done).await
}

/// `POST /settings/addresses/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<MailboxId>,
) -> Result<Response, Refusal> {
    let done = web.desk.remove_address(&signed.viewer, id).await;
    answered(&web, &signed, &Fields::default(), done).await
}

/// `POST /settings/addresses/{id}/trial`: does our own mail door take mail for it?
pub(crate) async fn try_it(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<MailboxId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let found = web.read(departments::mailboxes).await?.into_iter().find(|one| one.id == id);
    let address = found.ok_or(Refusal::NotFound)?.address;
    let scene = signed.scene(&web);
    let Some(door) = web.settings.smtp_door else {
        return Err(Refusal::NotFound);
    };
    let answer = web.desk.try_address(&signed.viewer, door, &address).await?;
    let (tone, key, said) = match answer {
        Ok(said) => (Tone::Success, "settings-address-taken", said),
        Err(said) => (Tone::Warning, "settings-address-refused", said),
    };
    let text = scene.with(key, [("address", word(readable(&address))), ("said", word(said))]);
    let outcome = Outcome { tone, text };
    if fields.then(PATH) == setup::ADDRESSES {
        return setup_step(&web, &scene, "", &outcome).await;
    }
    with(&web, &signed, &Untold::default(), &fields, Some(outcome)).await
}

async fn answered(
    web: &Web,
    signed: &Signed,
    fields: &Fields,
    done: Result<(), DepartmentRefused>,
) -> Result<Response, Refusal> {
    let refused = match done {
        Ok(()) => return Ok(Told::of(Deed::Saved).at(web, fields.then(PATH))),
        Err(refused) => refused,
    };
    let scene = signed.scene(web);
    let outcome = Outcome { tone: Tone::Warning, text: sentence(&scene, refused)? };
    if fields.then(PATH) == setup::ADDRESSES {
        let page = setup_step(web, &scene, fields.text("address"), &outcome).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let page = with(web, signed, &Untold::default(), fields, Some(outcome)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The set-up's step again, with what an attempt came to.
async fn setup_step(
    web: &Web,
    scene: &Scene,
    address: &str,
    outcome: &Outcome,
) -> Result<Response, Refusal> {
    let read = web.read(|read| Ok((departments::tree(read)?, departments::mailboxes(read)?)));
    let (tree, mailboxes) = read.await?;
    let can_try = web.settings.smtp_door.is_some();
    let step = AddressesStep { tree: &tree, mailboxes: &mailboxes, can_try, address };
    let said = notice(outcome.tone, html! { p { (outcome.text) } });
    Ok(setup::addresses_step(scene, &step, &said).into_response())
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    fields: &Fields,
    outcome: Option<Outcome>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let read = web.read(|read| {
        Ok((departments::tree(read)?, departments::mailboxes(read)?, recent(read, "departments")?))
    });
    let (tree, mailboxes, changes) = read.await?;
    let content = html! {
        @if let Some(Outcome { tone, text }) = outcome { (notice(tone, html! { p { (text) } })) }
        (list(&scene, PATH, &tree, &mailboxes, web.settings.smtp_door.is_some()))
        section.panel aria-labelledby="add" {
            h2 #add { (scene.say("settings-add-address")) }
            (form(&scene, &tree, fields.text("address"), fields.then(PATH)))
        }
        (history(&scene, PATH, &changes, |change| changed(&scene, change), |_, value| readable(value)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

/// All addresses, with what may be done to each; the set-up shows them too.
pub(crate) fn list(
    scene: &Scene,
    then: &str,
    tree: &[Branch],
    mailboxes: &[Mailbox],
    can_try: bool,
) -> Markup {
    html! {
        section.panel aria-labelledby="addresses" {
            h2 #addresses { (scene.say("settings-addresses")) }
            @if mailboxes.is_empty() { p.subtle { (scene.say("settings-no-addresses")) } }
            ul.lines {
                @for (place, one) in mailboxes.iter().enumerate() {
                    li.wrap {
                        span.grow { span.medium { (readable(&one.address)) } @if place == 0 { " " span.tag.accent { (scene.say("settings-general")) } } }
                        form.row method="post" action={ (PATH) "/" (one.id) } {
                            (hidden_then(then))
                            select.ds-input name="department" aria-label=(scene.with("settings-department-of", [("address", word(readable(&one.address)))])) {
                                @for branch in tree { option value=(branch.id) selected[branch.id == one.department] { (branch.name) } }
                            }
                            button.btn.small { (scene.say("settings-move")) }
                        }
                        @if can_try {
                            (trial(scene, one, then))
                        }
                        form method="post" action={ (PATH) "/" (one.id) "/removal" } {
                            button.btn.small.quiet aria-label=(scene.with("settings-remove-one", [("address", word(readable(&one.address)))])) { (icon("x")) (scene.say("settings-remove")) }
                        }
                    }
                }
            }
        }
    }
}

/// The button that tries whether our own mail door takes mail for an address; the set-up shows it
/// too.
pub(crate) fn trial(scene: &Scene, mailbox: &Mailbox, then: &str) -> Markup {
    html! {
        form method="post" action={ (PATH) "/" (mailbox.id) "/trial" } {
            (hidden_then(then))
            button.btn.small { (scene.say("settings-test")) }
        }
    }
}

/// The form that adds an address; the set-up shows it too.
pub(crate) fn form(scene: &Scene, tree: &[Branch], address: &str, then: &str) -> Markup {
    html! {
        form.form method="post" action=(PATH) {
            (hidden_then(then))
            div.ds-field {
                label.ds-label for="address" { (scene.say("settings-address")) }
                input.ds-input #address type="email" name="address" value=(address) required autocomplete="off" autofocus[then == setup::ADDRESSES] aria-describedby="address-help";
                p.subtle #address-help { (scene.say("settings-address-help")) }
            }
            div.ds-field {
                label.ds-label for="department" { (scene.say("settings-department")) }
                select.ds-input #department name="department" required {
                    @for one in tree { option value=(one.id) { @for _ in 0..one.level { "– " } (one.name) } }
                }
            }
            div { button.btn.primary { (icon("plus")) (scene.say("settings-add")) } }
        }
    }
}
