//! `/settings/staff`: everybody who works here, and inviting somebody.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::{Language, Role};
use torg_desk::{Invitation, StaffingRefused};
use torg_store::departments::{self, Branch};
use torg_store::staff::{self, Managed};

use super::fields::Fields;
use super::page;
use crate::page::{Tone, avatar, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

pub(super) const PATH: &str = "/settings/staff";

/// `GET /settings/staff`
pub(crate) async fn index(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, &Fields::default(), None).await
}

/// `POST /settings/staff`: invites somebody.
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let invitation = Invitation {
        name: fields.text("name").to_owned(),
        email: fields.text("email").to_owned(),
        role: fields.value("role").unwrap_or(Role::Staff),
        language: fields.value("language").unwrap_or(web.desk.about().language),
        departments: fields.all("department"),
    };
    let scene = signed.scene(&web);
    match web.desk.invite(&signed.viewer, invitation).await {
        Ok((id, _)) if web.desk.relay_state().await?.is_set => {
            Ok(Told::of(Deed::Invited).at(&web, &format!("{PATH}/{id}")))
        }
        Ok((id, link)) => Ok(show_link(&web, &scene, &format!("{PATH}/{id}"), &link)),
        Err(refused) => {
            let sentence = sentence(&scene, refused)?;
            let page = with(&web, &signed, &Untold::default(), &fields, Some(&sentence)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// The link itself, where no mail can carry it. It is shown this once.
pub(super) fn show_link(web: &Web, scene: &Scene, next: &str, link: &str) -> Response {
    let content = html! {
        section.panel {
            h2 { (scene.say("settings-link")) }
            p { (scene.say("settings-link-text")) }
            div.ds-field {
                label.ds-label for="link" { (scene.say("settings-link-label")) }
                input.ds-input #link readonly value=(link);
            }
            p { a.btn.primary href=(next) { (scene.say("settings-link-done")) } }
        }
    };
    page(web, scene, &Untold::default(), Some(PATH), &content)
}

/// The sentence of a refusal, on the page it belongs to.
pub(super) fn sentence(scene: &Scene, refused: StaffingRefused) -> Result<String, Refusal> {
    Ok(scene.say(match refused {
        StaffingRefused::NotAllowed => return Err(Refusal::ForAdministrators),
        StaffingRefused::NotFound => return Err(Refusal::NotFound),
        StaffingRefused::Store(error) => return Err(error.into()),
        StaffingRefused::NotAnAddress => "settings-not-an-address",
        StaffingRefused::AlreadyThere => "settings-colleague-there",
        StaffingRefused::NoName => "settings-bad-name",
        StaffingRefused::LastAdministrator => "settings-last-administrator",
        StaffingRefused::NoHeir => "settings-no-heir",
    }))
}

pub(super) const ROLES: [(Role, &str); 3] = [
    (Role::Staff, "settings-role-staff"),
    (Role::Lead, "settings-role-lead"),
    (Role::Administrator, "settings-role-administrator"),
];

pub(super) fn role_name(scene: &Scene, role: Role) -> String {
    let named = ROLES.iter().find(|(known, _)| *known == role);
    named.map_or_else(String::new, |(_, key)| scene.say(key))
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    fields: &Fields,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let (all, tree) =
        web.read(|read| Ok((staff::managed(read)?, departments::tree(read)?))).await?;
    let language = web.desk.about().language;
    let content = html! {
        section.panel aria-labelledby="people" {
            h2 #people { (scene.with("settings-staff-count", [("count", word(i64::try_from(all.len()).unwrap_or(0)))])) }
            ul.lines { @for one in &all { (line(&scene, one)) } }
        }
        section.panel aria-labelledby="invite" {
            h2 #invite { (scene.say("settings-invite")) }
            form.form method="post" action=(PATH) {
                @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
                div.ds-field {
                    label.ds-label for="name" { (scene.say("settings-name")) }
                    input.ds-input #name name="name" value=(fields.text("name")) required maxlength="80" autocomplete="off";
                }
                div.ds-field {
                    label.ds-label for="email" { (scene.say("sign-in-email")) }
                    input.ds-input #email type="email" name="email" value=(fields.text("email")) required autocomplete="off";
                }
                (role_select(&scene, fields.value("role").unwrap_or(Role::Staff)))
                (language_select(&scene, fields.value("language").unwrap_or(language)))
                (department_choices(&scene, &tree, "department", &fields.all("department")))
                div { button.btn.primary { (icon("user-plus")) (scene.say("settings-invite-send")) } }
            }
        }
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn line(scene: &Scene, one: &Managed) -> Markup {
    html! {
        li { a.whole href={ (PATH) "/" (one.id) } {
            (avatar(&one.name, true, false))
            span.grow { span.medium { (one.name) } br; span.subtle.meta { (one.email) } }
            @if !one.active { span.tag { (scene.say("settings-inactive")) } }
            @else if !one.has_password { span.tag.warning { (scene.say("settings-invited")) } }
            @if one.role != Role::Staff { span.tag.accent { (role_name(scene, one.role)) } }
        } }
    }
}

pub(super) fn role_select(scene: &Scene, chosen: Role) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for="role" { (scene.say("settings-role")) }
            select.ds-input #role name="role" aria-describedby="role-help" {
                @for (role, key) in ROLES { option value=(role.word()) selected[role == chosen] { (scene.say(key)) } }
            }
            p.subtle #role-help { (scene.say("settings-role-help")) }
        }
    }
}

pub(crate) fn language_select(scene: &Scene, chosen: Language) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for="language" { (scene.say("account-language")) }
            select.ds-input #language name="language" {
                @for language in Language::ALL {
                    option value=(language.tag()) lang=(language.tag()) selected[language == chosen] { (language.own_name()) }
                }
            }
        }
    }
}

/// A box to tick for each department.
pub(super) fn department_choices(
    scene: &Scene,
    tree: &[Branch],
    name: &str,
    chosen: &[torg_core::DepartmentId],
) -> Markup {
    html! {
        fieldset {
            legend.ds-label { (scene.say("settings-member-of")) }
            @for one in tree {
                label class={ "choice level-" (one.level) } {
                    input.ds-input type="checkbox" name=(name) value=(one.id) checked[chosen.contains(&one.id)];
                    (one.name) @if one.restricted { " " (icon("lock")) span.hidden { (scene.say("folders-restricted")) } }
                }
            }
        }
    }
}
