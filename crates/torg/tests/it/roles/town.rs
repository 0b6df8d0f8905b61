//! A town with an open and a restricted department, and addresses with ids that are there.

use torg_core::Role;
use torg_web::Route;

use crate::house::{House, POST, Serving};
use crate::http::{Browser, Page};
use crate::smtp::Smtp;

const PASSWORD: &str = "a long password";
/// Who is not signed in.
pub(super) const NOBODY: &str = "nobody";
/// The id of what somebody keeps for herself.
const OWN: &str = "7";
const CHILD_WELFARE: &str = "child@fjordby.example";

/// Letters in an open and in a restricted department, and those who work there.
pub(super) struct Town {
    pub(super) house: House,
    pub(super) serving: Serving,
    pub(super) open: Ids,
    pub(super) walled: Ids,
}

/// The ids of one letter and what belongs to it, as they stand in addresses.
#[derive(Debug)]
pub(super) struct Ids {
    inquiry: String,
    number: String,
    message: String,
    attachment: String,
    person: String,
    arrival: String,
    /// Another inquiry of the same department, which a link suggests.
    other: String,
    /// An inquiry of a person of its own.
    apart: String,
    /// A person who may be made one with the first, and the joining that did so.
    stranger: String,
    mailbox: String,
    staff: String,
    department: String,
}

impl Town {
    pub(super) fn open(house: House) -> Self {
        let house = house.with_town_hall();
        house.does(&["department", "add", "Child welfare", "--restricted"]);
        house.does(&["address", "add", CHILD_WELFARE, "--department", "Child welfare"]);
        for (name, role, department) in [
            ("staff", "staff", "Town hall"),
            ("lead", "lead", "Town hall"),
            ("administrator", "administrator", "Town hall"),
            ("member", "staff", "Child welfare"),
        ] {
            let email = email(name);
            let who = ["user", "add", &email, "--name", name, "--role", role];
            house.does(
                &[who.as_slice(), &["--department", department, "--password", PASSWORD]].concat(),
            );
        }
        let serving = house.serves();
        for (word, address) in [("open", POST), ("walled", CHILD_WELFARE)] {
            let mut smtp = Smtp::connect(serving.smtp).unwrap();
            for part in ["first", "other", "broken"] {
                let raw = rich_letter(word, part, address);
                assert_eq!(smtp.delivers(&[address], &raw).unwrap().code, 250);
            }
        }
        let exported = house.export_filed();
        // From here on nothing is filed, so that what is put in quarantine stays a letter.
        house.changes("update leases set holder = 'the test', until = 9000000000000000000");
        let ids = |word| Ids::of(&house, &serving, &exported, word);
        let (open, walled) = (ids("open"), ids("walled"));
        Self { house, serving, open, walled }
    }

    /// She is signed in on another device too, which she may sign out from here.
    pub(super) fn browser(&self, name: &str) -> Browser {
        Browser::of(self.serving.http, &email(name), PASSWORD);
        Browser::of(self.serving.http, &email(name), PASSWORD)
    }

    /// Asks as our own pages do.
    pub(super) fn asked(&self, name: &str, browser: &Browser, route: &Route, ids: &Ids) -> Page {
        self.keeps(name, route);
        self.answers(name, route, ids);
        self.uploads(name, route, ids);
        if route.path.starts_with("/quarantine/") {
            let state = if route.path.ends_with("/restoring") { 3 } else { 2 };
            let set = format!("update arrivals set state = {state}, discarded = 0, error = 'x'");
            self.house.changes(&format!("{set} where id = {}", ids.arrival));
            let walls = "insert into arrival_walls (arrival, wall) select a.id, i.wall
                from arrivals a join messages m on m.id = a.message
                join inquiries i on i.id = m.inquiry";
            self.house
                .changes(&format!("{walls} where a.id = {} on conflict do nothing", ids.arrival));
        }
        if route.path.contains("/joins") {
            self.parts(ids, route.path.ends_with("/undoing"));
        }
        if route.path.contains("/links/") {
            self.house.changes("update links set state = 0");
        }
        let ours = [("sec-fetch-site", "same-origin")];
        let mut path = self.path(name, route, ids);
        if path.contains("{session}") {
            path = path.replace("{session}", &other_session(browser));
        }
        browser.asks(route.method, &path, &ours, &self.form(route, ids))
    }

    /// Makes the stranger a person beside the first, or one who was joined with her.
    fn parts(&self, ids: &Ids, joined: bool) {
        let Ids { person, stranger, apart, staff, .. } = ids;
        self.house.changes(&format!("update inquiries set person = {person} where id = {apart}"));
        self.house.changes(&format!("delete from persons where id = {stranger}"));
        self.house.changes(&format!("delete from person_joins where id = {stranger}"));
        self.house.changes(&format!("delete from joined_inquiries where joining = {stranger}"));
        if joined {
            self.house.changes(&format!(
                "insert into person_joins (id, person, other, name, created, at, staff)
                   values ({stranger}, {person}, {stranger}, 'Einar', 0, 0, {staff})"
            ));
            self.house
                .changes(&format!("insert into joined_inquiries values ({stranger}, {apart})"));
        } else {
            self.house.changes(&format!("insert into persons values ({stranger}, 'Einar', 0)"));
            let hers = format!("update inquiries set person = {stranger} where id = {apart}");
            self.house.changes(&hers);
        }
    }

    /// The address of a route with real ids in its blanks.
    pub(super) fn path(&self, name: &str, route: &Route, ids: &Ids) -> String {
        let (line, hers) = (self.line(ids), self.staff(name));
        let id = match route.path.split('/').nth(1) {
            Some("messages") => &ids.message,
            Some("attachments") => &ids.attachment,
            Some("persons") => &ids.person,
            Some("quarantine") => &ids.arrival,
            Some("account") => "{session}",
            Some("acts") => &line,
            Some("views" | "bulk" | "answers") => OWN,
            Some("colleagues") => &hers,
            Some("settings") if route.path.contains("/tags/") => OWN,
            Some("settings") if route.path.contains("/staff/") => &ids.staff,
            Some("settings") if route.path.contains("/departments/") => &ids.department,
            Some("settings") if route.path.contains("/addresses/") => &ids.mailbox,
            _ => ids.inquiry.as_str(),
        };
        let start = Browser::of_nobody(self.serving.http).gets("/sign-in").text();
        let is_person = route.path.starts_with("/persons");
        let other = if is_person { &ids.stranger } else { &ids.other };
        let path = route.path.replace("{id}", id).replace("{other}", other);
        let path = path.replace("{kind}", "reply");
        let path = path.replace("/{upload}/", &format!("/{OWN}/"));
        let path = path.replace("/{upload}", &format!("/{OWN}?begins=0"));
        let path = path.replace("{folder}", "all").replace("{number}", &ids.number);
        let path = path.replace("{token}", "nothing").replace("{hash}", &self.hash(route, ids));
        let path = path.replace("{topic}", "municipality").replace("{line}", &self.change());
        let path = path.replace("/views/new", "/views/new?from=/folders/all");
        let path = path.replace("{sheet}", "005d88-1.css").replace("{name}", "arms.png");
        path.replace("{file}", &between(&start, "/assets/"))
    }

    /// The hash of the file of her standard answer, where the route is about one.
    fn hash(&self, route: &Route, ids: &Ids) -> String {
        if !route.path.contains("/files/") || !route.path.starts_with("/answers") {
            return String::new();
        }
        let name = if std::ptr::eq(ids, &self.walled) { "member" } else { "staff" };
        let page = self.browser(name).gets(&format!("/answers/{OWN}")).text();
        let before = format!("/answers/{OWN}/files/");
        if page.contains(&before) { between(&page, &before) } else { "none".to_owned() }
    }

    /// The newest line of the inquiry's journal.
    fn line(&self, ids: &Ids) -> String {
        let newest = format!("select max(id) from journal where inquiry = {}", ids.inquiry);
        self.house.counts(&newest).to_string()
    }

    /// The id of a colleague; any for nobody.
    fn staff(&self, name: &str) -> String {
        let hers =
            format!("select coalesce(max(id), 1) from staff where email = '{}'", email(name));
        self.house.counts(&hers).to_string()
    }

    /// Gives her a saved view, a piece of bulk work and a tag, as the route needs them.
    fn keeps(&self, name: &str, route: &Route) {
        let gone = i32::from(route.path.ends_with("/return"));
        let hers = format!("from staff where email = '{}'", email(name));
        match route.path.split('/').nth(1) {
            Some("views") => {
                self.house.changes(&format!("delete from views where id = {OWN}"));
                self.house.changes(&format!(
                    "insert into views (id, name, folder, query, owner, everybody, gone, created)
                       select {OWN}, 'Lamps', 'all', '', id, 0, {gone}, 0 {hers}"
                ));
            }
            Some("bulk") => {
                self.house.changes(&format!("delete from bulks where id = {OWN}"));
                self.house.changes(&format!(
                    "insert into bulks (id, staff, act, total, done, refused, state, created)
                       select {OWN}, id, 'claim', 0, 0, 0, 1, 0 {hers}"
                ));
            }
            Some("logo") => self.house.changes(
                "insert into logos (name, bytes)
                   select 'arms.png', token from sessions where true limit 1 on conflict do nothing",
            ),
            _ if route.path.contains("/tags") => {
                self.house.changes(&format!("delete from inquiry_tags where tag = {OWN}"));
                self.house.changes(&format!("delete from tags where id = {OWN}"));
                self.house.changes(&format!(
                    "insert into tags values ({OWN}, 'Lamps', 'lamps', 'grey', 0, 1)"
                ));
            }
            _ => {}
        }
    }

    /// Gives the department of `ids` a standard answer of hers with one version, and one letter it
    /// could have answered by itself.
    fn answers(&self, name: &str, route: &Route, ids: &Ids) {
        if !route.path.starts_with("/answers") {
            return;
        }
        let content = format!(
            r#"{{"department":"{}","owner":"{}","stage":"in-use","texts":[{{"language":"en","title":"Lamps","body":"We mend it."}}],"files":[{{"name":"Fjordby","content_type":"text/plain","size":9,"hash":"HASH"}}]}}"#,
            ids.department,
            self.staff(name)
        );
        for table in ["automatic_answers", "answer_permits"] {
            self.house.changes(&format!("delete from {table} where answer = {OWN}"));
        }
        self.house.changes(&format!("delete from answer_uses where answer = {OWN}"));
        self.house.changes(&format!("delete from answer_versions where answer = {OWN}"));
        self.house.changes(&format!("delete from answer_files where answer = {OWN}"));
        self.house.changes(&format!("delete from answers where id = {OWN}"));
        self.house.changes(&format!(
            "insert into answers (id, handle, department, stage, review, sort_key, titles, look,
                tags, content, version, changed)
              values ({OWN}, 'lamps', {}, 1, '', 'lamps', 'lamps', 'lamps', '', '{content}', 1, 0)",
            ids.department
        ));
        // Its file is the letter itself.
        let hex = self.house.sql("lower(hex(m.raw))", "encode(m.raw, 'hex')");
        self.house.changes(&format!(
            "update answers set content = replace(content, 'HASH',
               (select {hex} from messages m where m.id = {})) where id = {OWN}",
            ids.message
        ));
        self.house.changes(&format!(
            "insert into answer_files (answer, hash)
               select {OWN}, raw from messages where id = {}",
            ids.message
        ));
        self.house.changes(&format!(
            "insert into answer_versions (answer, version, at, content)
              values ({OWN}, 1, 0, '{content}')"
        ));
        self.house.changes(&format!(
            "insert into automatic_answers (id, letter, sent, answer, version, language, body, address,
                sureness, threshold, model, sampled, at)
              values ({OWN}, {0}, {0}, {OWN}, 1, 'en', 'We mend it.', 'a@b.example', 990, 910, 'm', 1, 0)",
            ids.message
        ));
    }

    /// Gives her a file that has come to the inquiry of `ids` and is not yet put into her draft.
    fn uploads(&self, name: &str, route: &Route, ids: &Ids) {
        if !route.path.contains("/uploads/") {
            return;
        }
        self.house.changes(&format!("delete from upload_pieces where upload = {OWN}"));
        self.house.changes(&format!("delete from uploads where id = {OWN}"));
        let bytes = "select token from sessions order by id limit 1";
        self.house.changes(&format!(
            "insert into uploads (id, staff, inquiry, page_key, name, content_type, size, received, at)
               select {OWN}, id, {}, 'k', 'Fjordby', 'text/plain', length(({bytes})), length(({bytes})), 0
                 from staff where email = '{}'",
            ids.inquiry,
            email(name)
        ));
        self.house.changes(&format!(
            "insert into upload_pieces (upload, begins, data)
               select id, 0, ({bytes}) from uploads where id = {OWN}"
        ));
    }

    /// A change of settings that can be undone; any id before there is one.
    fn change(&self) -> String {
        let newest = "select coalesce(max(line), 1) from changes where topic = 'municipality'";
        self.house.counts(newest).to_string()
    }

    /// A form with every field that any of our forms has.
    pub(super) fn form(&self, route: &Route, ids: &Ids) -> String {
        let to = match route.path.rsplit('/').next() {
            Some("assignment") => &ids.staff,
            Some("address") => &ids.mailbox,
            _ => &ids.department,
        };
        let stranger = &ids.stranger;
        // For a snooze a word, for an automatic answer a day.
        let until = if route.path.ends_with("/automatic") { "2026-12-31" } else { "tomorrow" };
        let hash = self.hash(route, ids);
        format!(
            "hash={hash}&size=9&type=text%2Fplain&to={to}&other={stranger}&urgent=true&why=Yours&text=Hello&seen=99&upto=1&key={}&language=en&theme=light&email=x&password=x&address=a%40b.example&name=Fjordby&time_zone=Europe%2FOslo&from=%2Ffolders%2Fall&number={}&message={}&tag={OWN}&on=true&until={until}&answer={OWN}&spam=false&stage=in-use&version=1&department={}&title-en=Lamps&body-en=Mended",
            ids.inquiry, ids.number, ids.message, ids.department
        )
    }
}

impl Ids {
    fn of(
        house: &House,
        serving: &Serving,
        exported: &crate::export::Exported,
        word: &str,
    ) -> Self {
        let text = |part: &str, name: &str| {
            let message = exported.message(&format!("{part}-{word}@citizen.example"));
            message[name].as_str().unwrap().to_owned()
        };
        let (inquiry, other) = (text("first", "inquiry"), text("other", "inquiry"));
        let name = if word == "walled" { "member" } else { "staff" };
        let browser = Browser::of(serving.http, &email(name), PASSWORD);
        let page = browser.gets(&format!("/folders/all/inquiries/{inquiry}")).text();
        let department = if word == "walled" { "Child welfare" } else { "Town hall" };
        let count = |statement: &str| house.counts(statement).to_string();
        Self {
            attachment: between(&page, "/attachments/"),
            person: between(&page, "/persons/"),
            arrival: count(&format!(
                "select id from arrivals where message = {}",
                text("broken", "message")
            )),
            staff: count(&format!("select id from staff where email = '{}'", email(name))),
            department: count(&format!("select id from departments where name = '{department}'")),
            apart: text("broken", "inquiry"),
            stranger: if word == "walled" { "71".into() } else { "72".into() },
            mailbox: count(&format!(
                "select m.id from mailboxes m join departments d on d.id = m.department
                   where d.name = '{department}'"
            )),
            number: text("first", "number"),
            message: text("first", "message"),
            inquiry,
            other,
        }
    }
}

/// The session of her other device; of somebody who has none, any id.
fn other_session(browser: &Browser) -> String {
    let page = browser.gets("/account");
    if page.status == 200 { between(&page.text(), "/account/sessions/") } else { "1".to_owned() }
}

pub(super) fn role_of(name: &str) -> Role {
    name.parse().unwrap_or(Role::Staff)
}

fn email(name: &str) -> String {
    format!("{name}@fjordby.example")
}

/// What follows `before` in a page, up to where an address or a part of it ends.
#[track_caller]
fn between(page: &str, before: &str) -> String {
    let after = page.split_once(before).unwrap_or_else(|| panic!("no {before} in {page}")).1;
    after.split(['"', '/', '?']).next().unwrap_or_default().to_owned()
}

/// A letter with HTML and a file. The other one seems to answer the first.
fn rich_letter(word: &str, part: &str, to: &str) -> Vec<u8> {
    let (subject, from) = match part {
        "other" => (format!("Re: Secret-{word} first"), format!("aino-{word}-first")),
        _ => (format!("Secret-{word} {part}"), format!("aino-{word}-{part}")),
    };
    format!(
        "From: Aino <{from}@citizen.example>\r\nTo: {to}\r\nSubject: {subject}\r\n\
         Message-ID: <{part}-{word}@citizen.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Only for <b>you</b>.</p>\r\n\
         --b\r\nContent-Type: application/pdf; name=map.pdf\r\n\
         Content-Disposition: attachment; filename=map.pdf\r\n\r\n%PDF {part}\r\n--b--\r\n"
    )
    .into_bytes()
}
