//! The whole map of addresses, and who may call what. The router is made from this table.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use torg_core::Role;
use torg_desk::Desk;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::guard::{fallen, limit, protect, same_origin, watch};
use crate::refusal::{Refusal, explain};
use crate::signed::admit;
use crate::web::{Web, WebSettings};
use crate::{
    account, answers, assets, automatic, bulk, colleagues, delegation, demo, drafts, guide, hours,
    house_style, inquiries, leads, live, messages, notices, operations, persons, privacy,
    quarantine, search, settings, setup, sign_in, tags, theme, views, welcome, workspace,
};

/// Who may call an address. What she then finds there, her walls decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Also who is not signed in.
    Everyone,
    /// Whoever is signed in.
    Staff,
    /// Leads, and whoever may more.
    Lead,
    /// Only administrators.
    Administrator,
    /// Everyone, but only in a demo; elsewhere there is no such page.
    Demo,
}

impl Access {
    /// The least role that is let in; `None` where no role is asked for.
    pub fn least_role(self) -> Option<Role> {
        match self {
            Self::Everyone | Self::Demo => None,
            Self::Staff => Some(Role::Staff),
            Self::Lead => Some(Role::Lead),
            Self::Administrator => Some(Role::Administrator),
        }
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The pattern, with its blanks in braces.
    pub path: &'static str,
    pub who: Access,
}

macro_rules! routes {
    ($($who:ident $method:ident $path:literal $handler:path;)+) => {
        static TABLE: &[Route] = &[$(Route { method: routes!(@name $method), path: $path, who: Access::$who }),+];

        fn pages(web: &Web) -> Router<Web> {
            Router::new()$(.route($path, admitted(web, Access::$who, $method($handler))))+
        }
    };
    (@name get) => { "GET" };
    (@name post) => { "POST" };
}

routes! {
    // for those who run the house
    Everyone get  "/health"                                   operations::health;
    Everyone get  "/metrics"                                  operations::metrics;
    Everyone get  "/assets/{file}"                            assets::show;

    Everyone get  "/theme/{sheet}"                            theme::sheet;
    Everyone get  "/logo/{name}"                              theme::logo;
    Everyone get  "/privacy"                                  privacy::read;

    // signing in and out
    Everyone get  "/sign-in"                                  sign_in::show;
    Everyone post "/sign-in"                                  sign_in::create;
    Staff    post "/sign-out"                                 sign_in::destroy;

    Everyone get  "/password"                                 welcome::forgotten;
    Everyone post "/password"                                 welcome::ask;
    Everyone get  "/welcome/{token}"                          welcome::show;
    Everyone post "/welcome/{token}"                          welcome::create;

    // the first start, while nobody works here
    Everyone get  "/setup"                                    setup::show;
    Everyone post "/setup"                                    setup::open;
    Everyone get  "/setup/municipality"                       setup::municipality;
    Everyone post "/setup/municipality"                       setup::set_municipality;
    Everyone get  "/setup/administrator"                      setup::administrator;
    Everyone post "/setup/administrator"                      setup::begin;
    Administrator get  "/setup/departments"                   setup::departments;
    Administrator get  "/setup/addresses"                     setup::addresses;
    Administrator get  "/setup/relay"                         setup::relay;
    Administrator get  "/setup/done"                          setup::done;

    // the workspace
    Staff    get  "/"                                         workspace::home;
    Staff    get  "/folders/{folder}"                         workspace::folder;
    Staff    get  "/folders/{folder}/list"                    workspace::list_fragment;
    Staff    get  "/folders/{folder}/inquiries/{id}"          workspace::inquiry;
    Staff    get  "/folders/{folder}/inquiries/{id}/thread"   workspace::thread_fragment;
    Staff    get  "/folders/{folder}/inquiries/{id}/assignment" workspace::assignment;
    Staff    get  "/folders/{folder}/inquiries/{id}/referral" workspace::referral;
    Staff    get  "/folders/{folder}/inquiries/{id}/snooze"   workspace::snooze;
    Staff    get  "/folders/{folder}/inquiries/{id}/tags"     workspace::tags;
    Staff    get  "/folders/{folder}/inquiries/{id}/join"     workspace::join;
    Staff    get  "/folders/{folder}/inquiries/{id}/split"    workspace::split;
    Staff    get  "/folders/{folder}/inquiries/{id}/takeover" workspace::takeover;
    Staff    get  "/inquiries/{id}"                           inquiries::show;
    Staff    get  "/number/{number}"                          inquiries::by_number;

    // finding one's way
    Staff    get  "/search"                                   search::show;
    Staff    get  "/search/suggestions"                       search::suggestions;
    Staff    get  "/search/filters"                           search::filters;
    Staff    get  "/views"                                    views::index;
    Staff    get  "/views/new"                                views::new;
    Staff    post "/views"                                    views::create;
    Staff    get  "/views/{id}"                               views::edit;
    Staff    post "/views/{id}"                               views::change;
    Staff    post "/views/{id}/look"                          views::look;
    Staff    post "/views/{id}/removal"                       views::remove;
    Staff    post "/views/{id}/return"                        views::bring_back;

    // verbs
    Staff    post "/inquiries/{id}/claim"                     inquiries::claim::create;
    Staff    post "/inquiries/{id}/release"                   inquiries::release::create;
    Staff    post "/inquiries/{id}/assignment"                inquiries::assignment::create;
    Staff    post "/inquiries/{id}/referral"                  inquiries::referral::create;
    Staff    post "/inquiries/{id}/reply"                     inquiries::reply::create;
    Staff    post "/inquiries/{id}/note"                      inquiries::note::create;
    Staff    get  "/inquiries/{id}/colleagues"                inquiries::note::colleagues;
    Staff    post "/inquiries/{id}/unread"                    inquiries::unread::create;
    Staff    post "/inquiries/{id}/reading"                   inquiries::unread::take_back;
    Staff    post "/inquiries/{id}/urgency"                   inquiries::urgency::create;
    Staff    post "/inquiries/{id}/category"                  inquiries::category::create;
    Staff    post "/inquiries/{id}/closing"                   inquiries::closing::create;
    Staff    post "/inquiries/{id}/reopening"                 inquiries::reopening::create;
    Staff    post "/inquiries/{id}/links/{other}"             inquiries::links::create;
    Staff    post "/inquiries/{id}/links/{other}/dismissal"   inquiries::links::dismiss;

    Staff    post "/inquiries/{id}/links"                     inquiries::links::by_number;
    Staff    post "/inquiries/{id}/links/{other}/removal"     inquiries::links::remove;
    Staff    post "/inquiries/{id}/merging"                   inquiries::merging::create;
    Staff    post "/inquiries/{id}/split"                     inquiries::splitting::create;
    Staff    post "/inquiries/{id}/snooze"                    inquiries::snoozing::create;
    Staff    post "/inquiries/{id}/spam"                      inquiries::spam::create;
    Staff    post "/inquiries/{id}/tags"                      inquiries::tags::create;
    Staff    post "/inquiries/{id}/following"                 inquiries::following::create;
    Staff    post "/inquiries/{id}/takeover"                  inquiries::takeover::create;
    Staff    post "/acts/{id}/undo"                           inquiries::undo::create;

    Staff    post "/folders/{folder}/bulk"                    bulk::create;
    Staff    get  "/bulk/{id}"                                bulk::show;
    Staff    get  "/bulk/{id}/progress"                       bulk::fragment;
    Staff    post "/bulk/{id}/stop"                           bulk::stop;
    Staff    post "/bulk/{id}/undo"                           bulk::undo;

    // colleagues, and who is away
    Staff    get  "/colleagues"                               colleagues::show;
    Staff    post "/colleagues/handback"                      colleagues::hand_back;
    Staff    post "/colleagues/{id}/absence"                  colleagues::go_away;
    Staff    post "/colleagues/{id}/return"                   colleagues::come_back;
    Staff    post "/colleagues/{id}/takeover"                 colleagues::take_over_all;

    // tags
    Staff    get  "/settings/tags"                            tags::show;
    Lead     post "/settings/tags"                            tags::create;
    Lead     post "/settings/tags/{id}"                       tags::update;

    // writing
    Staff    post "/inquiries/{id}/forwarding"                inquiries::forwarding::create;
    Staff    post "/inquiries/{id}/sending"                   inquiries::sending::create;
    Staff    post "/inquiries/{id}/withdrawal"                inquiries::withdrawal::create;
    Staff    post "/inquiries/{id}/drafts"                    drafts::create;
    Staff    get  "/inquiries/{id}/drafts/{kind}"             drafts::parts;
    Staff    post "/inquiries/{id}/drafts/files"              drafts::upload;
    Staff    post "/inquiries/{id}/drafts/uploads"            drafts::uploads::begin;
    Staff    post "/inquiries/{id}/drafts/uploads/{upload}"   drafts::uploads::append;
    Staff    post "/inquiries/{id}/drafts/uploads/{upload}/end" drafts::uploads::end;
    Staff    post "/inquiries/{id}/drafts/removal"            drafts::remove;
    Staff    post "/inquiries/{id}/drafts/restoration"        inquiries::restoring::create;
    Staff    post "/inquiries/{id}/drafts/choice"             drafts::choose;
    Staff    post "/inquiries/{id}/drafts/everybody"          drafts::everybody;
    Staff    post "/inquiries/{id}/presence"                  drafts::presence;
    Staff    get  "/inquiries/{id}/print"                     inquiries::print::show;

    // standard answers
    Staff    get  "/answers"                                  answers::index;
    Staff    post "/answers"                                  answers::create;
    Staff    get  "/answers/new"                              answers::new;
    Staff    get  "/answers/beside"                           answers::beside;
    Staff    get  "/answers/choices"                          answers::choices;
    Lead     get  "/answers/library"                          answers::library;
    Lead     post "/answers/library"                          answers::begin;
    Lead     get  "/answers/files"                            answers::files;
    Lead     post "/answers/files"                            answers::bring_in;
    Lead     get  "/answers/export/json"                      answers::export_json;
    Lead     get  "/answers/export/csv"                       answers::export_csv;
    Lead     get  "/answers/automatic"                        automatic::show;
    Lead     get  "/answers/automatic/log"                    automatic::log;
    Lead     post "/answers/automatic/mode"                   automatic::set_mode;
    Lead     post "/answers/automatic/pausing"                automatic::pause_all;
    Lead     post "/answers/automatic/closing"                automatic::close_quiet;
    Lead     post "/answers/automatic/{id}/audit"             automatic::audit;
    Staff    post "/answers/{id}/automatic"                   automatic::permit;
    Staff    post "/answers/{id}/automatic/pausing"           automatic::pause;
    Staff    get  "/answers/{id}"                             answers::show;
    Staff    post "/answers/{id}"                             answers::change;
    Staff    get  "/answers/{id}/edit"                        answers::edit;
    Staff    post "/answers/{id}/files"                       answers::add_files;
    Staff    post "/answers/{id}/files/removal"               answers::drop_file;
    Staff    get  "/answers/{id}/files/{hash}"                answers::file;
    Staff    get  "/answers/{id}/versions"                    answers::versions;
    Staff    post "/answers/{id}/stage"                       answers::set_stage;
    Staff    post "/answers/{id}/return"                      answers::set_back;
    Staff    get  "/inquiries/{id}/suggestions"               answers::suggestions;
    Staff    post "/inquiries/{id}/suggestions/none"          answers::none_fits;
    Staff    post "/inquiries/{id}/answers"                   answers::insert;
    Staff    post "/inquiries/{id}/drafts/answers"            answers::choose;
    Staff    post "/inquiries/{id}/drafts/keeping"            answers::keep_writing;
    Staff    post "/inquiries/{id}/drafts/greeting"           house_style::greet;
    Staff    post "/inquiries/{id}/drafts/hints"              house_style::check;
    Staff    get  "/messages/{id}/answer"                     answers::from_message;

    // what letters hold
    Staff    get  "/messages/{id}/html"                       messages::html;
    Staff    get  "/messages/{id}/raw"                        messages::raw;
    Staff    get  "/attachments/{id}"                         messages::attachment;

    // persons, and what could not be filed
    Staff    get  "/persons/{id}"                             persons::show;
    Staff    post "/persons/{id}/addresses"                   persons::add_address;
    Staff    post "/persons/{id}/joins"                       persons::join;
    Staff    post "/persons/{id}/joins/{other}/undoing"       persons::part;
    Staff    get  "/quarantine"                               quarantine::index;
    Staff    get  "/quarantine/{id}"                          quarantine::show;
    Staff    get  "/quarantine/{id}/raw"                      quarantine::raw;
    Staff    post "/quarantine/{id}/retry"                    quarantine::retry;
    Staff    post "/quarantine/{id}/address"                  quarantine::readdress;
    Staff    post "/quarantine/{id}/discarding"               quarantine::discard;
    Staff    post "/quarantine/{id}/restoring"                quarantine::restore;

    // one's own account
    Staff    get  "/account"                                  account::show;
    Staff    post "/account/preferences"                      account::preferences;
    Staff    post "/account/writing"                          account::writing;
    Staff    post "/account/density"                          workspace::set_density;
    Staff    post "/account/password"                         account::password;
    Staff    post "/account/sessions/{id}/end"                account::end_session;

    // what she is told
    Staff    get  "/notices"                                  notices::index;
    Staff    post "/notices/seen"                             notices::see_up_to;
    Staff    post "/notices/telling"                          notices::tell;
    Staff    post "/notices/{id}/seen"                        notices::see;
    Staff    get  "/account/notices"                          notices::wishes;
    Staff    post "/account/notices"                          notices::save;

    // the guide for new colleagues
    Staff    get  "/guide"                                    guide::show;
    Staff    post "/guide/dismissal"                          guide::dismiss;
    Staff    post "/guide/return"                             guide::bring_back;

    // what leads look at
    Lead     get  "/leads"                                    leads::show;
    Lead     get  "/leads/inquiries"                          leads::inquiries;

    // hours, targets and categories
    Administrator get  "/settings/hours"                      hours::calendars::show;
    Administrator get  "/settings/hours/new"                  hours::calendars::new;
    Administrator post "/settings/hours"                      hours::calendars::save;
    Administrator post "/settings/hours/removal"              hours::calendars::remove;
    Administrator get  "/settings/targets"                    hours::targets::show;
    Administrator post "/settings/targets"                    hours::targets::save;
    Administrator post "/settings/targets/removal"            hours::targets::remove;
    Administrator get  "/settings/delegation"                 delegation::show;
    Administrator post "/settings/delegation"                 delegation::update;
    Administrator post "/settings/delegation/rules"           delegation::save_rule;
    Administrator post "/settings/delegation/rules/raising"   delegation::raise_rule;
    Administrator post "/settings/delegation/rules/removal"   delegation::remove_rule;
    Administrator get  "/settings/categories"                 hours::categories::show;
    Administrator post "/settings/categories"                 hours::categories::save;

    // what administrators set
    Administrator get  "/settings"                            settings::index;
    Administrator get  "/settings/municipality"               settings::municipality::show;
    Administrator post "/settings/municipality"               settings::municipality::update;
    Administrator get  "/settings/theme"                      theme::show;
    Administrator post "/settings/theme"                      theme::update;
    Administrator post "/settings/theme/logo"                 theme::set_logo;
    Administrator post "/settings/theme/logo/removal"         theme::remove_logo;
    Administrator get  "/settings/privacy"                    privacy::show;
    Administrator post "/settings/privacy"                    privacy::update;
    Administrator get  "/settings/staff"                      settings::staff::index;
    Administrator post "/settings/staff"                      settings::staff::create;
    Administrator get  "/settings/staff/{id}"                 settings::colleague::show;
    Administrator post "/settings/staff/{id}"                 settings::colleague::update;
    Administrator post "/settings/staff/{id}/departments"     settings::colleague::departments;
    Administrator post "/settings/staff/{id}/link"            settings::colleague::link;
    Administrator post "/settings/staff/{id}/deactivation"    settings::colleague::deactivate;
    Administrator post "/settings/staff/{id}/activation"      settings::colleague::activate;
    Administrator get  "/settings/departments"                settings::departments::index;
    Administrator post "/settings/departments"                settings::departments::create;
    Administrator get  "/settings/departments/{id}"           settings::department::show;
    Administrator post "/settings/departments/{id}"           settings::department::update;
    Administrator post "/settings/departments/{id}/wall"      settings::department::wall;
    Administrator post "/settings/departments/{id}/signature" settings::department::signature;
    Administrator post "/settings/departments/{id}/telling"   settings::department::tell;
    Administrator post "/settings/departments/{id}/removal"   settings::department::remove;
    Administrator get  "/settings/addresses"                  settings::addresses::index;
    Administrator post "/settings/addresses"                  settings::addresses::create;
    Administrator post "/settings/addresses/{id}"             settings::addresses::update;
    Administrator post "/settings/addresses/{id}/trial"       settings::addresses::try_it;
    Administrator post "/settings/addresses/{id}/removal"     settings::addresses::remove;
    Administrator get  "/settings/spam"                       settings::spam::show;
    Administrator post "/settings/spam"                       settings::spam::update;
    Administrator post "/settings/spam/lessons/{place}/return" settings::spam::take_back;
    Administrator post "/settings/spam/forgetting"            settings::spam::forget;
    Administrator get  "/settings/receipts"                   settings::receipts::show;
    Administrator post "/settings/receipts"                   settings::receipts::update;
    Administrator get  "/settings/style"                      house_style::show;
    Administrator post "/settings/style"                      house_style::update;
    Administrator get  "/settings/relay"                      settings::relay::show;
    Administrator post "/settings/relay"                      settings::relay::update;
    Administrator post "/settings/relay/trial"                settings::relay::try_it;
    Administrator get  "/settings/health"                     settings::health::show;
    Administrator post "/settings/changes/{topic}/{line}/undo" settings::changes::undo;

    // what changed, as it changes
    Staff    get  "/live"                                     live::stream;

    // the demo's citizens
    Demo     get  "/demo"                                     demo::index;
    Demo     get  "/demo/mailbox"                             demo::mailbox;
    Demo     post "/demo/letters"                             demo::create;
}

/// Every address with who may call it, for the test that walks them all as everybody.
pub fn route_table() -> &'static [Route] {
    TABLE
}

/// All pages.
pub fn router(desk: Desk, settings: WebSettings) -> Router {
    let web = Web::new(desk, settings);
    let pages = pages(&web).fallback(async || Refusal::NotFound);
    limit(pages)
        .layer(from_fn(same_origin))
        .layer(CatchPanicLayer::custom(fallen))
        .layer(from_fn_with_state(web.clone(), setup::lead_there))
        .layer(from_fn_with_state(web.clone(), explain))
        .layer(from_fn_with_state(web.clone(), protect))
        .layer(from_fn(watch))
        .layer(CompressionLayer::new())
        .with_state(web)
}

fn admitted(web: &Web, who: Access, handler: MethodRouter<Web>) -> MethodRouter<Web> {
    handler.route_layer(from_fn_with_state((web.clone(), who), admit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_address_stands_twice_in_the_table() {
        let lines: HashSet<_> = TABLE.iter().map(|route| (route.method, route.path)).collect();
        assert_eq!(lines.len(), TABLE.len());
    }

    #[test]
    fn nothing_is_changed_by_following_a_link() {
        let open = |route: &&Route| route.who == Access::Everyone && route.method == "POST";
        let paths: Vec<_> = TABLE.iter().filter(open).map(|route| route.path).collect();
        let a_stranger_may = [
            "/sign-in",
            "/password",
            "/welcome/{token}",
            "/setup",
            "/setup/municipality",
            "/setup/administrator",
        ];
        assert_eq!(paths, a_stranger_may, "what lets in, by a password, a link or a code");
    }
}
