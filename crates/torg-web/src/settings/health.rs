//! `/settings/health`: whether letters flow, what went wrong lately, and how well we keep our word.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use torg_desk::{DnsState, Flow, RspamdState, SentenceModel};
use torg_store::service::{self, Day, Line};

use super::page;
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, size, word};

const PATH: &str = "/settings/health";
/// How many days the service lines look back.
const DAYS: i64 = 7;
/// A letter is visible within 5 s, and sent within 60 s.
const VISIBLE_WITHIN: i64 = 5;
const SENT_WITHIN: i64 = 60;

/// `GET /settings/health`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let (scene, now) = (signed.scene(&web), web.desk.now().as_microsecond());
    let (flow, relay) = (web.desk.flow().await?, web.desk.relay_state().await?);
    let lines = web.read(move |read| {
        let visible = service::days(read, Line::Visible, VISIBLE_WITHIN, now, DAYS)?;
        Ok((visible, service::days(read, Line::Sent, SENT_WITHIN, now, DAYS)?))
    });
    let (visible, sent) = lines.await?;
    let content = html! {
        (flowing(&scene, &flow, relay.is_set))
        section.panel aria-labelledby="promises" {
            h2 #promises { (scene.say("settings-promises")) }
            p.subtle { (scene.say("settings-promises-text")) }
            (promise(&scene, "settings-visible", &visible, 999))
            (promise(&scene, "settings-sent", &sent, 990))
        }
        (troubles(&web, &scene))
        (suggestions(&scene, &web.desk.sentence_model()))
        (asking(&scene, web.desk.asking_state()))
        (machine(&web, &scene, &flow))
    };
    Ok(page(&web, &scene, &untold, Some(PATH), &content))
}

fn flowing(scene: &Scene, flow: &Flow, mail_leaves: bool) -> Markup {
    let line = |key: &str, count: i64, oldest: i64, slow: i64, next: &str| {
        let is_slow = oldest > slow;
        html! {
            tr {
                th scope="row" { (scene.say(key)) }
                td { (count) }
                td { @if count > 0 { (scene.with("settings-seconds", [("seconds", word(oldest))])) } @else { "–" } }
                td { @if is_slow { span.tag.warning { (icon("triangle-alert")) (scene.say("settings-slow")) } " " (scene.say(next)) } @else { span.tag.success { (icon("check")) (scene.say("settings-fine")) } } }
            }
        }
    };
    html! {
        section.panel aria-labelledby="flow" {
            h2 #flow { (scene.say("settings-flow")) }
            div.scroll tabindex="0" role="region" aria-label=(scene.say("settings-queue")) { table.ds-table {
                thead { tr {
                    th scope="col" { (scene.say("settings-queue")) } th scope="col" { (scene.say("settings-waiting")) }
                    th scope="col" { (scene.say("settings-oldest")) } th scope="col" { (scene.say("settings-state")) }
                } }
                tbody {
                    (line("settings-unfiled", flow.unfiled, flow.unfiled_seconds, 60, "settings-unfiled-next"))
                    (line("settings-unsent", flow.unsent, flow.unsent_seconds, 900, "settings-unsent-next"))
                }
            } }
            @if !mail_leaves {
                (notice(Tone::Warning, html! { p { (scene.say("settings-relay-none")) " " a href="/settings/relay" { (scene.say("settings-relay")) } } }))
            }
            @if flow.quarantined > 0 {
                (notice(Tone::Warning, html! { p { (scene.with("settings-quarantined", [("count", word(flow.quarantined))])) " " a href="/quarantine" { (scene.say("folders-quarantine")) } } }))
            }
        }
    }
}

/// One service line over the last days. `target` is in thousandths.
fn promise(scene: &Scene, key: &str, days: &[Day], target: i64) -> Markup {
    let letters: i64 = days.iter().map(|day| day.letters).sum();
    let in_time: i64 = days.iter().map(|day| day.in_time).sum();
    let kept = letters == 0 || in_time * 1000 >= letters * target;
    html! {
        h3 { (scene.say(key)) }
        @if letters == 0 { p.subtle { (scene.say("settings-no-letters")) } } @else {
            p {
                span.medium { (scene.times.share(in_time, letters)) } " "
                (scene.with("settings-of-letters", [("letters", word(letters)), ("target", word(scene.times.share(target, 1000)))])) " "
                @if kept { span.tag.success { (icon("check")) (scene.say("settings-kept")) } } @else { span.tag.warning { (icon("triangle-alert")) (scene.say("settings-missed")) } }
            }
            div.scroll tabindex="0" role="region" aria-label=(scene.say(key)) { table.ds-table.days {
                thead { tr { @for day in days { th scope="col" { (scene.times.on(day.day * 86_400_000_000)) } } } }
                tbody { tr { @for day in days { td { (scene.times.share(day.in_time, day.letters)) } } } }
            } }
        }
    }
}

fn troubles(web: &Web, scene: &Scene) -> Markup {
    let latest = web.settings.troubles.latest();
    html! {
        section.panel aria-labelledby="troubles" {
            h2 #troubles { (scene.say("settings-troubles")) }
            @if latest.is_empty() { p.subtle { (scene.say("settings-no-troubles")) } } @else {
                p.subtle { (scene.say("settings-troubles-text")) }
                ul.lines {
                    @for trouble in &latest {
                        li { span.grow {
                            span.cut-words { (trouble.text) } br;
                            span.subtle.meta { (scene.stamp(trouble.at)) @if let Some(reference) = &trouble.reference { " · " (reference) } " · " (scene.say(advice(&trouble.text))) }
                        } }
                    }
                }
            }
        }
    }
}

/// What to do about a line of the log, as far as its words tell.
fn advice(text: &str) -> &'static str {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["full"]) {
        "settings-advice-disk"
    } else if has(&["filing", "filed", "quarantine"]) {
        "settings-advice-filing"
    } else if has(&["sending", "sent", "relay", "mail"]) {
        "settings-advice-relay"
    } else if has(&["database", "unavailable", "connection"]) {
        "settings-advice-database"
    } else {
        "settings-advice-report"
    }
}

/// Whether letters are understood by the sentence model, and what to do if they are not.
fn suggestions(scene: &Scene, model: &SentenceModel) -> Markup {
    let (key, next) = match model {
        SentenceModel::NotInstalled => {
            ("settings-model-missing", Some("settings-model-missing-next"))
        }
        SentenceModel::Waiting => ("settings-model-waiting", None),
        SentenceModel::Ready => ("settings-model-ready", None),
        SentenceModel::Slow => ("settings-model-slow", Some("settings-model-slow-next")),
        SentenceModel::Refused(_) => {
            ("settings-model-refused", Some("settings-model-refused-next"))
        }
    };
    html! {
        section.panel aria-labelledby="suggesting" {
            h2 #suggesting { (scene.say("settings-suggestions")) }
            p {
                @match model {
                    SentenceModel::Slow | SentenceModel::Refused(_) => { span.tag.warning { (icon("triangle-alert")) (scene.say(key)) } }
                    SentenceModel::NotInstalled => { span.tag.line { (scene.say(key)) } }
                    _ => { span.tag.success { (icon("check")) (scene.say(key)) } }
                }
                @if let Some(next) = next { " " (scene.say(next)) }
            }
            @if let SentenceModel::Refused(why) = model { p.subtle.meta.cut-words { (why) } }
        }
    }
}

/// Whether those who are asked where letters come from answer; letters never wait for them.
fn asking(scene: &Scene, (dns, rspamd): (DnsState, RspamdState)) -> Markup {
    let on = |key: &str| html! { span.tag.success { (icon("check")) (scene.say(key)) } };
    let off = |key: &str| html! { span.tag.line { (scene.say(key)) } };
    let silent = |since: i64| {
        let told =
            scene.with("settings-asking-silent", [("since", word(scene.times.stamp(since)))]);
        html! { span.tag.warning { (icon("triangle-alert")) (told) } " " (scene.say("settings-asking-silent-next")) }
    };
    html! {
        section.panel aria-labelledby="asking" {
            h2 #asking { (scene.say("settings-asking")) }
            p.subtle { (scene.say("settings-asking-text")) }
            dl.facts {
                dt { "SPF, DKIM, DMARC" }
                dd {
                    @match dns {
                        DnsState::On => (on("settings-asking-on")),
                        DnsState::Off => (off("settings-asking-off")),
                        DnsState::SilentSince(since) => (silent(since)),
                        DnsState::NoServer(why) => { (off("settings-asking-no-server")) " " span.subtle.meta.cut-words { (why) } }
                    }
                }
                dt { "Rspamd" }
                dd {
                    @match rspamd {
                        RspamdState::On => (on("settings-asking-on")),
                        RspamdState::Off => (off("settings-asking-off")),
                        RspamdState::SilentSince(since) => (silent(since)),
                    }
                }
            }
        }
    }
}

fn machine(web: &Web, scene: &Scene, flow: &Flow) -> Markup {
    let room = web.settings.room.as_ref().and_then(|room| room());
    let bytes = |bytes: u64| size(scene.texts, i64::try_from(bytes).unwrap_or(i64::MAX));
    html! {
        section.panel aria-labelledby="machine" {
            h2 #machine { (scene.say("settings-machine")) }
            dl.facts {
                @if let Some((free, whole)) = room {
                    dt { (scene.say("settings-disk")) }
                    dd { (scene.with("settings-disk-free", [("free", word(bytes(free))), ("whole", word(bytes(whole)))]))
                        @if free < whole / 10 { " " span.tag.warning { (icon("triangle-alert")) (scene.say("settings-disk-low")) } } }
                }
                dt { "Torg" } dd { (web.desk.about().version) }
                dt { (scene.say("settings-database")) } dd { (flow.database) }
            }
        }
    }
}
