//! `/settings/staff/{id}`: one colleague, her role and departments, her link, and letting her go.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::{DepartmentId, Id, Role, StaffId};
use torg_store::changes::Change;
use torg_store::departments::{self, Branch};
use torg_store::staff::{self, Managed};

use super::fields::Fields;
use super::staff::{PATH, department_choices, role_name, role_select, sentence, show_link};
use super::{history, page, recent};
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

/// The most that is counted of what she owns.
const COUNTED: i64 = 1000;

/// `GET /settings/staff/{id}`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<StaffId>,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, id, None).await
}

/// `POST /settings/staff/{id}`: name and role.
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<StaffId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let role = fields.value::<Role>("role");
    if role.is_some_and(|role| steps_down(&signed, id, role))
        && !fields.has("sure")
        && has_other_administrators(&web, id).await?
    {
        return Ok(are_you_sure(&web, &signed, &format!("{PATH}/{id}"), &fields));
    }
    let mut done = web.desk.rename_colleague(&signed.viewer, id, fields.text("name")).await;
    if let (Ok(()), Some(role)) = (&done, role) {
        done = web.desk.set_role(&signed.viewer, id, role).await;
        if done.is_ok() && steps_down(&signed, id, role) {
            // What she was on is none of hers any more.
            return Ok(Told::of(Deed::Saved).at(&web, "/"));
        }
    }
    answered(&web, &signed, id, Deed::Saved, done).await
}

/// Whether an administrator takes away her own right to set anything.
fn steps_down(signed: &Signed, id: StaffId, role: Role) -> bool {
    let is_hers = id == signed.viewer.staff && signed.viewer.role == Role::Administrator;
    is_hers && role != Role::Administrator
}

/// Without another one she is refused, and not asked.
async fn has_other_administrators(web: &Web, id: StaffId) -> Result<bool, Refusal> {
    let all = web.read(staff::managed).await?;
    let may = |one: &Managed| one.active && one.has_password && one.role == Role::Administrator;
    Ok(all.iter().any(|one| one.id != id && may(one)))
}

/// Asks an administrator who would be none any more.
fn are_you_sure(web: &Web, signed: &Signed, here: &str, fields: &Fields) -> Response {
    let scene = signed.scene(web);
    let role =
        fields.value::<Role>("role").map_or_else(String::new, |role| role_name(&scene, role));
    let content = html! {
        section.panel aria-labelledby="sure" {
            h2 #sure { (scene.say("settings-step-down")) }
            p { (scene.with("settings-step-down-text", [("role", word(role))])) }
            form.form method="post" action=(here) {
                input type="hidden" name="name" value=(fields.text("name"));
                input type="hidden" name="role" value=(fields.text("role"));
                input type="hidden" name="sure" value="1";
                div.row {
                    button.btn.danger { (scene.say("settings-step-down-sure")) }
                    a.btn.quiet href=(here) { (icon("x")) (scene.say("inquiries-cancel")) }
                }
            }
        }
    };
    page(web, &scene, &Untold::default(), Some(PATH), &content)
}

/// `POST /settings/staff/{id}/departments`: memberships, and walls she may look behind.
pub(crate) async fn departments(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<StaffId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let (member, inside) = (fields.all("department"), fields.all("inside"));
    let done = web.desk.set_departments(&signed.viewer, id, member, inside).await;
    answered(&web, &signed, id, Deed::Saved, done).await
}

/// `POST /settings/staff/{id}/link`: a new link to choose a password with.
pub(crate) async fn link(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<StaffId>,
) -> Result<Response, Refusal> {
    match web.desk.send_link(&signed.viewer, id).await {
        Ok(link) if !web.desk.relay_state().await?.is_set => {
            Ok(show_link(&web, &signed.scene(&web), &format!("{PATH}/{id}"), &link))
        }
        done => answered(&web, &signed, id, Deed::Invited, done.map(drop)).await,
    }
}

/// `POST /settings/staff/{id}/deactivation`
pub(crate) async fn deactivate(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<StaffId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    if !fields.has("sure") {
        let trouble = signed.scene(&web).say("settings-say-sure");
        let page = with(&web, &signed, &Untold::default(), id, Some(&trouble)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let done = web.desk.deactivate(&signed.viewer, id, fields.value("heir")).await;
    answered(&web, &signed, id, Deed::Saved, done).await
}

/// `POST /settings/staff/{id}/activation`
pub(crate) async fn activate(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<StaffId>,
) -> Result<Response, Refusal> {
    let done = web.desk.activate(&signed.viewer, id).await;
    answered(&web, &signed, id, Deed::Saved, done).await
}

async fn answered(
    web: &Web,
    signed: &Signed,
    id: StaffId,
    deed: Deed,
    done: Result<(), torg_desk::StaffingRefused>,
) -> Result<Response, Refusal> {
    let refused = match done {
        Ok(()) => return Ok(Told::of(deed).at(web, &format!("{PATH}/{id}"))),
        Err(refused) => refused,
    };
    let trouble = sentence(&signed.scene(web), refused)?;
    let page = with(web, signed, &Untold::default(), id, Some(&trouble)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Everything the page shows.
struct Reading {
    her: Managed,
    tree: Vec<Branch>,
    member: Vec<DepartmentId>,
    /// Restricted departments she looks into without being a member.
    inside: Vec<DepartmentId>,
    owned: i64,
    colleagues: Vec<Managed>,
    changes: Vec<Change>,
}

async fn read(web: &Web, id: StaffId) -> Result<Option<Reading>, Refusal> {
    let found = web.read(move |read| {
        let Some(her) = staff::managed_one(read, id)? else {
            return Ok(None);
        };
        let (member, inside) = (staff::departments_of(read, id)?, staff::looks_into(read, id)?);
        let tree = departments::tree(read)?;
        let owned = i64::try_from(staff::owned(read, id, COUNTED)?.len()).unwrap_or(COUNTED);
        let colleagues = staff::managed(read)?;
        let changes = recent(read, &format!("staff:{id}"))?;
        Ok(Some(Reading { her, tree, member, inside, owned, colleagues, changes }))
    });
    Ok(found.await?)
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    id: StaffId,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let found = read(web, id).await?.ok_or(Refusal::NotFound)?;
    let moving = web.desk.is_moving(id.as_i64()).await?;
    let here = format!("{PATH}/{id}");
    let content = html! {
        p { a href=(PATH) { (icon("chevron-left")) (scene.say("settings-staff")) } }
        @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
        @if moving && found.owned > 0 { (notice(Tone::Plain, html! { p { (scene.with("settings-moving", [("count", word(found.owned))])) } })) }
        (about_her(&scene, &here, &found.her))
        (her_departments(&scene, &here, &found))
        (her_access(&scene, &here, &found))
        (history(&scene, &here, &found.changes, |change| changed(&scene, change), |change, value| read_out(&scene, change, value)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn about_her(scene: &Scene, here: &str, her: &Managed) -> Markup {
    html! {
        section.panel aria-labelledby="her" {
            h2 #her { (her.name) }
            p.subtle {
                (her.email)
                @if let Some(seen) = her.last_seen { " · " (scene.with("settings-seen", [("seen", word(scene.times.stamp(seen)))])) }
            }
            form.form method="post" action=(here) {
                div.ds-field {
                    label.ds-label for="name" { (scene.say("settings-name")) }
                    input.ds-input #name name="name" value=(her.name) required maxlength="80" autocomplete="off";
                }
                (role_select(scene, her.role))
                div { button.btn.primary { (scene.say("settings-save")) } }
            }
        }
    }
}

fn her_departments(scene: &Scene, here: &str, found: &Reading) -> Markup {
    let walled: Vec<&Branch> = found.tree.iter().filter(|one| one.restricted).collect();
    html! {
        section.panel aria-labelledby="places" {
            h2 #places { (scene.say("settings-departments")) }
            form.form method="post" action={ (here) "/departments" } {
                (department_choices(scene, &found.tree, "department", &found.member))
                @if !walled.is_empty() {
                    fieldset {
                        legend.ds-label { (scene.say("settings-inside")) }
                        p.subtle { (scene.say("settings-inside-help")) }
                        @for one in walled {
                            label.choice { input.ds-input type="checkbox" name="inside" value=(one.id) checked[found.inside.contains(&one.id)]; (one.name) }
                        }
                    }
                }
                div { button.btn.primary { (scene.say("settings-save")) } }
            }
        }
    }
}

fn her_access(scene: &Scene, here: &str, found: &Reading) -> Markup {
    let others = || found.colleagues.iter().filter(|one| one.active && one.id != found.her.id);
    html! {
        section.panel aria-labelledby="access" {
            h2 #access { (scene.say("settings-access")) }
            @if found.her.active {
                form method="post" action={ (here) "/link" } {
                    p.subtle { (scene.say(if found.her.has_password { "settings-reset-text" } else { "settings-invited-text" })) }
                    button.btn { (icon("mail")) (scene.say(if found.her.has_password { "settings-reset" } else { "settings-invite-again" })) }
                }
                details {
                    summary { (scene.say("settings-deactivate")) }
                    form.form method="post" action={ (here) "/deactivation" } {
                        p { (scene.with("settings-deactivate-text", [("count", word(found.owned))])) }
                        div.ds-field {
                            label.ds-label for="heir" { (scene.say("settings-heir")) }
                            select.ds-input #heir name="heir" {
                                option value="" { (scene.say("settings-heir-everybody")) }
                                @for one in others() { option value=(one.id) { (one.name) } }
                            }
                        }
                        label.choice { input.ds-input type="checkbox" name="sure" required; (scene.say("settings-deactivate-sure")) }
                        div { button.btn.danger { (scene.say("settings-deactivate")) } }
                    }
                }
            } @else {
                p { (scene.say("settings-inactive-text")) }
                form method="post" action={ (here) "/activation" } { button.btn { (scene.say("settings-activate")) } }
            }
        }
    }
}

fn changed(scene: &Scene, change: &Change) -> String {
    scene.say(match change.what.as_str() {
        "name" => "settings-name",
        "role" => "settings-role",
        "member" => "settings-member-of",
        "inside" => "settings-inside",
        "active" => "settings-may-sign-in",
        "invited" | "invitation" => "settings-invitation",
        "added" => "settings-added",
        "joined" => "settings-joined",
        _ => "settings-new-password",
    })
}

fn read_out(scene: &Scene, change: &Change, value: &str) -> String {
    match (change.what.as_str(), value) {
        ("role" | "invited" | "added", role) => {
            role.parse().map_or_else(|_| role.to_owned(), |role| role_name(scene, role))
        }
        ("active" | "joined" | "password", "1") => scene.say("settings-yes"),
        ("active", _) => scene.say("settings-no"),
        (_, value) => value.to_owned(),
    }
}
