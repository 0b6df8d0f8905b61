//! What somebody wants to be told, by which ways and when.

use std::collections::HashMap;

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::NoticeKind;
use torg_core::notice::{Digest, Quiet, Ways};
use torg_store::notices::{self, Wishes};

use super::words;
use crate::page::{Frame, Place, Tone, frame, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

/// When a digest is sent that says no time, and when quiet hours begin and end.
const MORNING: u16 = 7 * 60 + 30;
const EVENING: u16 = 17 * 60;

/// `GET /account/notices`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let staff = signed.viewer.staff;
    let wishes = web.read(move |read| notices::wishes(read, staff)).await?;
    let scene = signed.scene(&web);
    Ok(untold.once(&web, page(&scene, &wishes, &untold, None)))
}

/// `POST /account/notices`
pub(crate) async fn save(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, Refusal> {
    let (wishes, is_whole) = read(&form);
    if !is_whole {
        let scene = signed.scene(&web);
        let trouble = scene.say("notices-no-time");
        let page = page(&scene, &wishes, &Untold::default(), Some(&trouble));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    web.desk.set_wishes(&signed.viewer, wishes).await?;
    Ok(Told::of(Deed::Saved).at(&web, "/account/notices"))
}

/// What the form says, and whether every time it needs is one.
fn read(form: &HashMap<String, String>) -> (Wishes, bool) {
    let has = |name: String| form.contains_key(&name);
    let of = |kind: NoticeKind| {
        let way = |way: &str| has(format!("{}-{way}", kind.word()));
        let page = way("page");
        Ways { page, sound: page && way("sound"), mail: way("mail") }
    };
    let time = |name: &str| form.get(name).and_then(|text| minute(text));
    let days = std::array::from_fn(|day| has(format!("quiet-{day}")));
    let wants_quiet = days.contains(&true);
    let (from, to) = (time("quiet-from"), time("quiet-to"));
    let quiet = Quiet { days, from: from.unwrap_or(EVENING), to: to.unwrap_or(MORNING) };
    let daily = time("digest-at");
    let digest = match form.get("digest").map(String::as_str) {
        Some("hourly") => Digest::Hourly,
        Some("daily") => Digest::Daily(daily.unwrap_or(MORNING)),
        _ => Digest::Never,
    };
    let is_whole = (!wants_quiet || (from.is_some() && to.is_some()))
        && (!matches!(digest, Digest::Daily(_)) || daily.is_some());
    let ways = NoticeKind::ALL.iter().map(|kind| (*kind, of(*kind))).collect();
    (Wishes { ways, quiet: wants_quiet.then_some(quiet), digest }, is_whole)
}

/// `07:30` as minutes of the day; some browsers add seconds.
fn minute(text: &str) -> Option<u16> {
    let mut parts = text.split(':').map(|part| part.parse::<u16>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn page(scene: &Scene, wishes: &Wishes, untold: &Untold, trouble: Option<&str>) -> Markup {
    let main = html! {
        main #main .page.wishes tabindex="-1" {
            header { div {
                p { a href="/account" { (icon("chevron-left")) (scene.say("account-title")) } }
                h1 { (scene.say("notices-settings")) }
                p.lead { (scene.say("notices-settings-lead")) }
            } }
            @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            form.form method="post" action="/account/notices" {
                (ways(scene, &wishes.ways))
                (quiet(scene, wishes.quiet))
                (digest(scene, wishes.digest))
                div.row { button.btn.primary { (scene.say("account-save")) } a.btn.quiet href="/notices" { (scene.say("notices-to")) } }
            }
            (device(scene))
        }
    };
    let (title, told) = (scene.say("notices-settings"), untold.0.clone());
    frame(scene, &Frame { title, place: Place::Account, main, told })
}

const WAYS: [(&str, &str, &str); 3] = [
    ("page", "notices-way-page", "bell"),
    ("sound", "notices-way-sound", "volume-2"),
    ("mail", "notices-way-mail", "mail"),
];

fn ways(scene: &Scene, ways: &[(NoticeKind, Ways)]) -> Markup {
    let is_on = |ways: &Ways, way: &str| match way {
        "page" => ways.page,
        "sound" => ways.sound,
        _ => ways.mail,
    };
    html! {
        section.panel aria-labelledby="ways" {
            h2 #ways { (scene.say("notices-ways")) }
            table.ways aria-labelledby="ways" {
                thead { tr {
                    td {}
                    @for (way, words, name) in WAYS { th #{ "way-" (way) } scope="col" { (icon(name)) span { (scene.say(words)) } } }
                } }
                tbody {
                    @for (kind, chosen) in ways {
                        @let (name, text) = words::kind(*kind);
                        tr {
                            th scope="row" {
                                span #{ "kind-" (kind.word()) } { (scene.say(name)) }
                                span.subtle.meta { (scene.say(text)) }
                            }
                            @for (way, _, _) in WAYS {
                                td { label { input.ds-input type="checkbox" name={ (kind.word()) "-" (way) } checked[is_on(chosen, way)]
                                    aria-labelledby={ "kind-" (kind.word()) " way-" (way) }; } }
                            }
                        }
                    }
                }
            }
            p.subtle.meta { (scene.say("notices-ways-help")) }
        }
    }
}

fn quiet(scene: &Scene, quiet: Option<Quiet>) -> Markup {
    let shown = quiet.unwrap_or(Quiet { days: [false; 7], from: EVENING, to: MORNING });
    html! {
        section.panel aria-labelledby="quiet" {
            h2 #quiet { (scene.say("notices-quiet")) }
            p.subtle #quiet-help { (scene.say("notices-quiet-help")) }
            fieldset.days aria-describedby="quiet-help" {
                legend.ds-label { (scene.say("notices-quiet-days")) }
                div.row.wrap {
                    @for (day, is_on) in shown.days.iter().enumerate() {
                        label.choice { input.ds-input type="checkbox" name={ "quiet-" (day) } checked[*is_on]; (scene.times.weekday(day)) }
                    }
                }
            }
            div.row.wrap.times {
                (time_field(scene, "quiet-from", "notices-quiet-from", shown.from))
                (time_field(scene, "quiet-to", "notices-quiet-to", shown.to))
            }
            p.subtle.meta { (scene.with("notices-quiet-zone", [("zone", word(scene.times.zone.iana_name().unwrap_or("UTC")))])) }
        }
    }
}

fn digest(scene: &Scene, chosen: Digest) -> Markup {
    let daily = match chosen {
        Digest::Daily(minute) => Some(minute),
        Digest::Never | Digest::Hourly => None,
    };
    let choice = |value: &str, words: &str, is_on: bool| {
        html! { label.choice { input.ds-input type="radio" name="digest" value=(value) checked[is_on]; (scene.say(words)) } }
    };
    html! {
        section.panel aria-labelledby="digest" {
            h2 #digest { (scene.say("notices-digest")) }
            p.subtle { (scene.say("notices-digest-help")) }
            fieldset {
                legend.ds-label { (scene.say("notices-digest-how-often")) }
                (choice("never", "notices-digest-never", chosen == Digest::Never))
                (choice("hourly", "notices-digest-hourly", chosen == Digest::Hourly))
                div.row.wrap {
                    (choice("daily", "notices-digest-daily", daily.is_some()))
                    input.ds-input type="time" name="digest-at" value=(clock(daily.unwrap_or(MORNING))) aria-label=(scene.say("notices-digest-at"));
                }
            }
        }
    }
}

fn time_field(scene: &Scene, name: &str, words: &str, minute: u16) -> Markup {
    html! {
        div.ds-field { label.ds-label for=(name) { (scene.say(words)) } input.ds-input #(name) type="time" name=(name) value=(clock(minute)); }
    }
}

/// What this browser does; only a script can try it, so without one there is nothing to see.
fn device(scene: &Scene) -> Markup {
    html! {
        section #device .panel aria-labelledby="device-title" hidden
            data-on=(scene.say("notices-desktop-on")) data-off=(scene.say("notices-desktop-off")) data-denied=(scene.say("notices-desktop-denied")) data-trial=(scene.say("notices-desktop-trial")) {
            h2 #device-title { (scene.say("notices-device")) }
            p.subtle { (scene.say("notices-device-help")) }
            div.row.wrap {
                button.btn type="button" data-try-sound { (icon("volume-2")) (scene.say("notices-try-sound")) }
                button.btn type="button" data-desktop hidden { (icon("bell")) span { (scene.say("notices-desktop-on")) } }
            }
            p.subtle.meta role="status" data-desktop-said {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_is_not_ticked_is_not_wanted_and_sound_needs_the_page() {
        let (wishes, is_whole) = read(&form(&[
            ("mentioned-sound", "on"),
            ("letter-page", "on"),
            ("letter-sound", "on"),
            ("overdue-mail", "on"),
        ]));
        let of = |kind| wishes.ways.iter().find(|(one, _)| *one == kind).unwrap().1;
        assert!(is_whole && wishes.quiet.is_none() && wishes.digest == Digest::Never);
        assert_eq!(of(NoticeKind::Mentioned), Ways { page: false, sound: false, mail: false });
        assert_eq!(of(NoticeKind::Letter), Ways { page: true, sound: true, mail: false });
        assert_eq!(of(NoticeKind::Overdue), Ways { page: false, sound: false, mail: true });
    }

    #[test]
    fn a_time_that_is_needed_and_is_none_is_asked_for_again() {
        let times = [("quiet-0", "on"), ("quiet-from", "22:00"), ("quiet-to", "07:00:00")];
        let (wishes, is_whole) = read(&form(&times));
        let quiet = wishes.quiet.unwrap();
        assert!(is_whole && quiet.days[0] && (quiet.from, quiet.to) == (1320, 420));
        assert!(!read(&form(&[("quiet-0", "on"), ("quiet-from", "25:00")])).1);
        assert!(!read(&form(&[("digest", "daily"), ("digest-at", "")])).1);
        let (wishes, is_whole) = read(&form(&[("digest", "daily"), ("digest-at", "6:05")]));
        assert!(is_whole && wishes.digest == Digest::Daily(365));
    }
}
