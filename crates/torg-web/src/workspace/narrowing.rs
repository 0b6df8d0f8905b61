//! The head of a list: in which order, and narrowed to what. All of it are links and one form, so
//! that every state has an address.

use maud::{Markup, html};
use torg_core::Language;
use torg_store::categories::Category;
use torg_store::density::Density;
use torg_store::folders::{Folder, FolderCounts, Sort, Whose};

use super::folders::Spot;
use super::shown::{Shown, Since, sort_word};
use crate::page::icon;
use crate::words::{Scene, word};

/// Order and filter, beside the heading.
pub(super) fn tools(scene: &Scene, counts: &FolderCounts, spot: &Spot) -> Markup {
    let order = |sort: Sort| {
        let is_here = spot.shown.sort == sort;
        html! { a href=(spot.with(|shown| shown.sort = sort)) aria-current=[is_here.then_some("true")] { (icon(if is_here { "check" } else { "arrow-down-up" })) (scene.say(order_words(sort))) } }
    };
    html! {
        span.end.row.look {
            details #order .menu {
                summary.btn.quiet.small { (icon("arrow-down-up")) span.hidden { (scene.say("look-order")) ": " } (scene.say(order_words(spot.shown.sort))) }
                div {
                    (order(Sort::Newest)) (order(Sort::Oldest))
                    @if spot.folder.is_due_by_row() { (order(Sort::Due)) }
                    @if spot.folder == Folder::Search { (order(Sort::Best)) }
                    hr;
                    form method="post" action="/account/density" {
                        input type="hidden" name="then" value=(spot.path());
                        @for density in Density::ALL {
                            @let is_here = counts.density == density;
                            button name="density" value=(density.word()) aria-pressed=(is_here) { (icon(if is_here { "check" } else { "rows-3" })) (scene.say(density_words(density))) }
                        }
                    }
                }
            }
            details #narrow .menu {
                summary.btn.quiet.small.square aria-label=(scene.say("look-narrow")) title=(scene.say("look-narrow")) { (icon("list-filter")) }
                (form(scene, counts, spot))
            }
        }
    }
}

fn density_words(density: Density) -> &'static str {
    match density {
        Density::Comfortable => "look-comfortable",
        Density::Compact => "look-compact",
        Density::Line => "look-line",
    }
}

fn order_words(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "look-newest",
        Sort::Oldest => "look-oldest",
        Sort::Due => "look-due",
        Sort::Best => "search-best",
    }
}

/// What one often narrows by, and what else the list is narrowed by now; each goes by a click.
pub(super) fn chips(scene: &Scene, counts: &FolderCounts, spot: &Spot) -> Markup {
    let shown = &spot.shown;
    let chip = |words: &str, is_on: bool, change: &dyn Fn(&mut Shown)| {
        html! { a.chip href=(spot.with(change)) aria-current=[is_on.then_some("true")] { @if is_on { (icon("check")) } (scene.say(words)) } }
    };
    let other = |words: String, change: &dyn Fn(&mut Shown)| {
        html! { a.chip href=(spot.with(change)) aria-current="true" { (words) (icon("x")) span.hidden { (scene.say("look-without")) } } }
    };
    let whose = |whose: Whose| (shown.whose != Some(whose)).then_some(whose);
    html! {
        nav.chips aria-label=(scene.say("look-chips")) {
            (chip("look-unread", shown.unread, &|shown| shown.unread = !shown.unread))
            (chip("look-urgent", shown.urgent, &|shown| shown.urgent = !shown.urgent))
            @if !matches!(spot.folder, Folder::Unowned | Folder::Mine | Folder::Waiting | Folder::Colleague(_)) {
                (chip("look-unowned", shown.whose == Some(Whose::Nobodys), &|shown| shown.whose = whose(Whose::Nobodys)))
                (chip("look-mine", shown.whose == Some(Whose::Mine), &|shown| shown.whose = whose(Whose::Mine)))
            }
            @if let Folder::Department(id) = spot.folder {
                a.chip href={ "/folders/" (Folder::SnoozedIn(id).to_slug()) } { (icon("alarm-clock")) (scene.say("folders-snoozed")) }
            }
            @if shown.files { (other(scene.say("look-files"), &|shown| shown.files = false)) }
            @if let Some(id) = shown.department {
                (other(counts.department_name(id).unwrap_or_else(|| scene.say("folders-department")), &|shown| shown.department = None))
            }
            @if let Some(language) = shown.language { (other(language.own_name().to_owned(), &|shown| shown.language = None)) }
            @if let Some(id) = shown.tag {
                (other(counts.tag_name(id).unwrap_or_else(|| scene.say("tags-title")), &|shown| shown.tag = None))
            }
            @if let Some(id) = shown.category {
                (other(counts.category_name(id).unwrap_or_else(|| scene.say("inquiries-category")), &|shown| shown.category = None))
            }
            @if let Some(since) = shown.since { (other(scene.say(since_words(since)), &|shown| shown.since = None)) }
            @if shown.is_narrowed() || shown.sort != Sort::default() {
                a.chip.save data-key="save-view" href={ "/views/new?from=" (crate::signed::encode(&spot.list_path())) } { (icon("bookmark")) (scene.say("look-save")) }
            }
        }
    }
}

fn since_words(since: Since) -> &'static str {
    match since {
        Since::Day => "look-since-day",
        Since::Week => "look-since-week",
        Since::Month => "look-since-month",
    }
}

/// Everything one may narrow by, in one form.
fn form(scene: &Scene, counts: &FolderCounts, spot: &Spot) -> Markup {
    let shown = &spot.shown;
    let flag = |name: &str, words: &str, is_on: bool| {
        html! { label.choice { input.ds-input type="checkbox" name=(name) value="1" checked[is_on]; (scene.say(words)) } }
    };
    let choice = |name: &str, words: &str, options: Vec<(String, String, bool)>| {
        html! {
            div.ds-field {
                label.ds-label for={ "look-" (name) } { (scene.say(words)) }
                select.ds-input #{ "look-" (name) } name=(name) {
                    option value="" { (scene.say("look-any")) }
                    @for (value, label, is_on) in options { option value=(value) selected[is_on] { (label) } }
                }
            }
        }
    };
    let departments = counts.departments.iter().map(|department| {
        (
            department.id.to_string(),
            department.name.clone(),
            shown.department == Some(department.id),
        )
    });
    let languages = Language::ALL.into_iter().map(|language| {
        let is_on = shown.language == Some(language);
        (language.tag().to_owned(), language.own_name().to_owned(), is_on)
    });
    let tags = counts
        .tags
        .iter()
        .map(|tag| (tag.id.to_string(), tag.name.clone(), shown.tag == Some(tag.id)));
    let categories = categories(counts, spot);
    let ages = Since::ALL.into_iter().map(|since| {
        (since.word().to_owned(), scene.say(since_words(since)), shown.since == Some(since))
    });
    html! {
        form.form.narrow-form method="get" action=(spot.folder_path()) {
            @if !shown.q.is_empty() { input type="hidden" name="q" value=(shown.q); }
            @if shown.sort != Sort::default() { input type="hidden" name="sort" value=(sort_word(shown.sort)); }
            @if let Some(whose) = shown.whose { input type="hidden" name="whose" value=(match whose { Whose::Mine => "mine", Whose::Nobodys => "nobody" }); }
            div.pair { (flag("unread", "look-unread", shown.unread)) (flag("urgent", "look-urgent", shown.urgent)) }
            (flag("files", "look-files", shown.files))
            @if !matches!(spot.folder, Folder::Department(_)) { (choice("department", "look-department", departments.collect())) }
            @if !counts.tags.is_empty() { (choice("tag", "look-tag", tags.collect())) }
            @if !categories.is_empty() { (choice("category", "inquiries-category", categories)) }
            (choice("language", "look-language", languages.collect()))
            (choice("since", "look-since", ages.collect()))
            div.row { button.btn.primary { (scene.say("look-apply")) } a.btn.quiet href=(spot.folder_path()) { (scene.say("look-all")) } }
        }
    }
}

/// The categories in use, and the one that is chosen. In a department's folder only those it may
/// give; elsewhere each with the department it is of.
fn categories(counts: &FolderCounts, spot: &Spot) -> Vec<(String, String, bool)> {
    let is_chosen = |category: &Category| spot.shown.category == Some(category.id);
    let is_here = |category: &Category| match (spot.folder, category.department) {
        (Folder::Department(here), Some(of)) => here == of,
        _ => true,
    };
    let offered =
        counts.categories.iter().filter(|one| one.active && is_here(one) || is_chosen(one));
    let label = |category: &Category| match category.department {
        Some(of) if spot.folder != Folder::Department(of) => match counts.department_name(of) {
            Some(department) => format!("{} ({department})", category.name),
            None => category.name.clone(),
        },
        _ => category.name.clone(),
    };
    offered.map(|one| (one.id.to_string(), label(one), is_chosen(one))).collect()
}

/// Said where a page is not full because it did not look further.
pub(super) fn looked(scene: &Scene) -> Markup {
    let most = i64::try_from(torg_store::folders::LOOKED_AT_MOST).unwrap_or(i64::MAX);
    html! { p.subtle.meta { (scene.with("look-cut", [("most", word(most))])) } }
}

/// Said above what was ordered by how well it fits, where there is more than is ordered.
pub(super) fn ranked(scene: &Scene) -> Markup {
    let most = i64::try_from(torg_store::search::RANKED).unwrap_or(i64::MAX);
    html! { p.subtle.meta.ranked { (scene.with("search-ranked", [("most", word(most))])) } }
}
