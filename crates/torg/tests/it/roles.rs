//! Every address of the map, called by everybody: who may not come in is told so, and who stands
//! outside a wall finds nothing behind it.

mod town;

use torg_web::{Access, Route, route_table};

use self::town::{NOBODY, Town, role_of};
use crate::house::{House, on_both_databases};
use crate::http::Browser;

#[test]
fn everybody_is_let_in_where_she_may_and_nowhere_else() {
    on_both_databases(|house| {
        let town = Town::open(house);
        for route in route_table() {
            let page =
                town.asked(NOBODY, &Browser::of_nobody(town.serving.http), route, &town.open);
            let expected: &[u16] = match (route.who, route.path) {
                (Access::Demo, _) => &[404],
                (Access::Everyone, "/sign-in") => &[200, 401],
                (Access::Everyone, "/welcome/{token}") => &[410],
                // Somebody works here, so there is nothing to set up.
                (Access::Everyone, path) if path.starts_with("/setup") => &[303],
                (Access::Everyone, _) => &[200],
                (Access::Staff | Access::Lead | Access::Administrator, _) => &[303, 401],
            };
            assert!(expected.contains(&page.status), "nobody at {}: {}", route.path, page.status);
            let to = page.header("location").unwrap_or("/sign-in");
            let is_led = to.starts_with("/sign-in") || route.path.starts_with("/setup");
            assert!(is_led, "nobody at {} is led to {to}", route.path);
        }
        for name in ["staff", "lead", "member", "administrator"] {
            // Signing out comes last, or nothing after it would be tried.
            let routes = route_table().iter().filter(|route| route.path != "/sign-out");
            let last = route_table().iter().filter(|route| route.path == "/sign-out");
            let browser = town.browser(name);
            for route in routes.chain(last) {
                let page = town.asked(name, &browser, route, &town.open);
                let is_in = match route.who {
                    Access::Demo => page.status == 404,
                    who if who.least_role() > Some(role_of(name)) => page.status == 403,
                    _ => !matches!(page.status, 403 | 404 | 500..),
                };
                assert!(is_in, "{name} at {} {}: {}", route.method, route.path, page.status);
            }
        }
    });
}

#[test]
fn behind_a_wall_is_nothing_for_whoever_stands_outside() {
    on_both_databases(|house| {
        let town = Town::open(house);
        let behind = |route: &&Route| is_behind_the_wall(route.path);
        for route in route_table().iter().filter(behind) {
            let may_ask = |name: &&str| route.who.least_role() <= Some(role_of(name));
            for name in ["staff", "lead", "administrator"].into_iter().filter(may_ask) {
                let browser = town.browser(name);
                let mut page = town.asked(name, &browser, route, &town.walled);
                if route.path == "/inquiries/{id}" {
                    // Leads every id to the same place, there or not.
                    page = browser.gets(page.header("location").unwrap_or_default());
                }
                assert_eq!(page.status, 404, "{name} at {} {}", route.method, route.path);
            }
        }
        let listed = town.browser("administrator").gets("/folders/all").text();
        assert!(listed.contains("Secret-open"), "an open letter is listed");
        assert!(!listed.contains("Secret-walled"), "a walled letter is listed");
        let may_ask = |route: &&Route| route.who.least_role() <= Some(role_of("member"));
        for route in route_table().iter().filter(behind).filter(may_ask) {
            let member = town.browser("member");
            let status = town.asked("member", &member, route, &town.walled).status;
            assert!(!matches!(status, 403 | 404 | 500..), "a member at {}: {status}", route.path);
        }
    });
}

/// Addresses that name something that lies behind a wall. What is one's own does not.
fn is_behind_the_wall(path: &str) -> bool {
    let named = path.contains("{id}") || path.contains("{number}");
    let own = ["/settings", "/welcome", "/account", "/views", "/bulk", "/colleagues", "/notices"];
    named && !own.iter().any(|start| path.starts_with(start))
}

#[test]
fn a_form_on_another_site_changes_nothing() {
    let town = Town::open(House::embedded());
    let browser = town.browser("administrator");
    for route in route_table().iter().filter(|route| route.method != "GET") {
        let path = town.path("administrator", route, &town.open);
        let form = town.form(route, &town.open);
        for header in [("sec-fetch-site", "cross-site"), ("origin", "http://evil.example")] {
            let page = browser.asks(route.method, &path, &[header], &form);
            assert_eq!(page.status, 403, "{path} from {header:?}");
        }
    }
    assert_eq!(browser.gets("/account").status, 200, "she is still signed in");
    assert_eq!(town.house.counts("select count(*) from messages where staff is not null"), 0);
    assert_eq!(town.house.counts("select count(*) from inquiries where owner is not null"), 0);
}

#[test]
fn every_answer_forbids_what_a_letter_might_smuggle_in() {
    let town = Town::open(House::embedded());
    let nobody = Browser::of_nobody(town.serving.http);
    for (name, browser) in [("member", town.browser("member")), (NOBODY, nobody)] {
        for route in route_table().iter().filter(|route| route.path != "/sign-out") {
            let page = town.asked(name, &browser, route, &town.walled);
            let policy = page.header("content-security-policy").unwrap_or_default();
            assert!(policy.contains("default-src 'none'"), "{}: {policy:?}", route.path);
            let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src"));
            let strict = scripts.is_none_or(|scripts| scripts.trim() == "script-src 'self'");
            assert!(strict, "{}: {policy:?}", route.path);
            assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{}", route.path);
        }
    }
}
