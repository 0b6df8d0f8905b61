//! The frame of a setting page: the pages at its side, on a phone above it.

use axum::response::Response;
use maud::{Markup, html};

use crate::page::{Frame, Place, frame, icon};
use crate::told::Untold;
use crate::web::Web;
use crate::words::Scene;

/// One page of settings, as the navigation names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SettingsPage {
    pub(crate) path: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) title: &'static str,
    /// One sentence on what it is for; it also leads the page.
    pub(crate) about: &'static str,
}

/// All pages, in the order of the navigation. A new page has a line here.
pub(crate) const PAGES: &[SettingsPage] = &[
    SettingsPage {
        path: "/settings/municipality",
        icon: "building-2",
        title: "settings-municipality",
        about: "settings-municipality-text",
    },
    SettingsPage {
        path: "/settings/theme",
        icon: "palette",
        title: "theme-title",
        about: "theme-about",
    },
    SettingsPage {
        path: "/settings/hours",
        icon: "clock",
        title: "hours-title",
        about: "hours-title-text",
    },
    SettingsPage {
        path: "/settings/targets",
        icon: "clock-alert",
        title: "hours-targets",
        about: "hours-targets-text",
    },
    SettingsPage {
        path: "/settings/categories",
        icon: "folder",
        title: "hours-categories",
        about: "hours-categories-text",
    },
    SettingsPage { path: "/settings/tags", icon: "tags", title: "tags-title", about: "tags-text" },
    SettingsPage {
        path: "/settings/staff",
        icon: "users",
        title: "settings-staff",
        about: "settings-staff-text",
    },
    SettingsPage {
        path: "/settings/departments",
        icon: "folder-tree",
        title: "settings-departments",
        about: "settings-departments-text",
    },
    SettingsPage {
        path: "/settings/addresses",
        icon: "mail",
        title: "settings-addresses",
        about: "settings-addresses-text",
    },
    SettingsPage {
        path: "/settings/delegation",
        icon: "split",
        title: "delegation-title",
        about: "delegation-text",
    },
    SettingsPage {
        path: "/settings/receipts",
        icon: "reply",
        title: "settings-receipt-title",
        about: "settings-receipt-about",
    },
    SettingsPage {
        path: "/settings/style",
        icon: "spell-check",
        title: "style-title",
        about: "style-about",
    },
    SettingsPage {
        path: "/settings/spam",
        icon: "shield-x",
        title: "spam-page",
        about: "spam-page-text",
    },
    SettingsPage {
        path: "/settings/privacy",
        icon: "archive",
        title: "privacy-page",
        about: "privacy-about",
    },
    SettingsPage {
        path: "/settings/relay",
        icon: "send",
        title: "settings-relay",
        about: "settings-relay-text",
    },
    SettingsPage {
        path: "/settings/health",
        icon: "heart-pulse",
        title: "settings-health",
        about: "settings-health-text",
    },
];

/// A page of settings. `path` is the page's own in [`PAGES`], or `None` for the overview.
pub(crate) fn page(
    web: &Web,
    scene: &Scene,
    untold: &Untold,
    path: Option<&str>,
    content: &Markup,
) -> Response {
    let here = path.and_then(|path| PAGES.iter().find(|page| page.path == path));
    let title = scene.say(here.map_or("settings-title", |page| page.title));
    let main = html! {
        main #main .page.settings tabindex="-1" {
            header { div {
                h1 { (title) }
                p.lead { (scene.say(here.map_or("settings-text", |page| page.about))) }
            } }
            div.beside {
                @if here.is_some() { (navigation(scene, path)) }
                div.content { (content) }
            }
        }
    };
    let whole =
        frame(scene, &Frame { title, place: Place::Settings, main, told: untold.0.clone() });
    untold.once(web, whole)
}

fn navigation(scene: &Scene, path: Option<&str>) -> Markup {
    html! {
        nav.sidelinks aria-label=(scene.say("settings-pages")) {
            ul {
                @for page in PAGES {
                    li { a href=(page.path) aria-current=[(path == Some(page.path)).then_some("page")] { (icon(page.icon)) (scene.say(page.title)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PAGES;
    use crate::routes::route_table;

    #[test]
    fn every_page_of_settings_can_be_reached_from_the_navigation() {
        let pages = route_table().iter().filter(|route| route.method == "GET");
        let own = pages.map(|route| route.path).filter(|path| {
            path.starts_with("/settings/") && path.matches('/').count() == 2 && !path.contains('{')
        });
        for path in own {
            assert!(PAGES.iter().any(|page| page.path == path), "{path} is in no navigation");
        }
    }
}
