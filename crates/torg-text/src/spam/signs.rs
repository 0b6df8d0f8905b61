//! Signs: what in a mail's making gives a sender away, whatever language it is written in.
//!
//! Each has a key, which reasons are worded from; `reasons.rs` knows them all.

use super::extract::Met;
use super::gather::Gathered;
use super::links::{self, domain, host, mailbox};
use super::mail::{Circumstances, Mail};
use super::names::{BORROWED, EXECUTABLE, FREE, SHORTENERS, THROWN_AWAY};
use super::page::Page;
use super::words::{fold, is_invisible};

/// The sender's domain says that a mail is not its own. Of another domain it is another sign: whoever is taught that one
/// domain's letters are letters all the same learns nothing about others.
pub(crate) const DISOWNED: &str = "disowned";
/// Another filter finds a mail suspicious.
pub(crate) const SUSPECTED: &str = "suspected";

/// Text that is hidden beyond a preview line, in bytes.
const LONG_PREVIEW: usize = 400;

/// Signs of the mail as a whole.
pub(crate) fn signs(
    gathered: &mut Gathered,
    mail: &Mail<'_>,
    circumstances: &Circumstances<'_>,
    met: &Met,
) {
    let house = House { mail, circumstances };
    house.sender(gathered);
    house.envelope(gathered);
    house.files(gathered);
    if met.images > 0 && met.words < 12 {
        gathered.sign("image-only", "");
    }
    if met.words == 0 {
        gathered.sign("no-text", "");
    }
    // What is known of a mail from elsewhere counts by itself.
    gathered.pair_signs();
    house.acquaintance(gathered);
}

struct House<'a> {
    mail: &'a Mail<'a>,
    circumstances: &'a Circumstances<'a>,
}

impl House<'_> {
    fn field(&self, name: &str) -> &str {
        let found = self.mail.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    fn acquaintance(&self, gathered: &mut Gathered) {
        if self.circumstances.known_conversation {
            gathered.sign("known-conversation", "");
        }
        if self.circumstances.answered_sender {
            gathered.sign("answered-sender", "");
        }
        for result in self.circumstances.authentication {
            gathered.sign(&format!("authentication-{result}"), result);
        }
        if let Some(domain) = self.circumstances.disowned_by {
            gathered.sign_of(DISOWNED, domain);
        }
        if let Some(why) = self.circumstances.suspected_for {
            gathered.sign(SUSPECTED, why);
        }
    }

    fn sender(&self, gathered: &mut Gathered) {
        let (name, address) = mailbox(self.field("From"));
        let sender = links::host_of_address(address).to_lowercase();
        let folded = fold(name);
        let is_ours = self.circumstances.own_domains.contains(&domain(&sender));
        for leader in self.circumstances.leaders {
            if !is_ours && folded == fold(leader) {
                gathered.sign("leader-from-outside", address);
            }
        }
        if let Some(named) = folded.split(' ').find(|word| word.contains('@')) {
            let named = links::host_of_address(named);
            if domain(named) != domain(&sender) {
                gathered.sign("name-shows-other-address", named);
            }
        }
        if let Some(brand) = borrowed_name(&folded, &sender) {
            gathered.sign("borrowed-name", &format!("{brand} {sender}"));
        }
        if let Some(brand) = look_alike(&sender) {
            gathered.sign("look-alike-sender", &format!("{sender} {brand}"));
        }
        if self.circumstances.own_domains.iter().any(|own| resembles(domain(&sender), own)) {
            gathered.sign("look-alike-of-ours", &sender);
        }
        for text in [name, self.field("Subject")] {
            odd_letters(gathered, text);
        }
        self.names_compared(gathered, &folded, address, &sender);
        if THROWN_AWAY.contains(&links::top_level(&sender)) {
            gathered.sign("throw-away-sender", &sender);
        }
        if FREE.contains(&sender.as_str()) {
            gathered.sign("free-mailbox", &sender);
        }
        self.answers_elsewhere(gathered, &sender);
    }

    /// Display name, address and the house's own name, each against the others.
    fn names_compared(&self, gathered: &mut Gathered, name: &str, address: &str, sender: &str) {
        let house = recipient(self.mail);
        if !house.is_empty() && domain(sender) == domain(&house) {
            return gathered.sign("from-own-house", sender);
        }
        let ours = plain_letters(house.split('.').next().unwrap_or_default());
        let theirs = plain_letters(address);
        let called = plain_letters(name);
        if ours.len() >= 4 && (theirs.contains(&ours) || called.contains(&ours)) {
            gathered.sign("bears-our-name", address);
        }
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 3);
        let beginning = |word: &str| plain_letters(word).chars().take(4).collect::<String>();
        let named: Vec<String> = words.map(beginning).collect();
        if !named.is_empty() && !named.iter().any(|word| theirs.contains(word.as_str())) {
            gathered.sign("name-not-in-address", name);
        }
        if domain(sender).contains('-') {
            gathered.sign("hyphen-in-sender", sender);
        }
    }

    fn answers_elsewhere(&self, gathered: &mut Gathered, sender: &str) {
        let of = |field: &str| links::host_of_address(mailbox(self.field(field)).1).to_lowercase();
        let (reply, bounce) = (of("Reply-To"), of("Return-Path"));
        if !reply.is_empty() && domain(&reply) != domain(sender) {
            let to_free = FREE.contains(&reply.as_str()) && !FREE.contains(&sender);
            let key = if to_free { "answers-to-free-mailbox" } else { "answers-elsewhere" };
            gathered.sign(key, &reply);
        }
        if !bounce.is_empty() && domain(&bounce) != domain(sender) {
            gathered.sign("bounces-elsewhere", &bounce);
        }
        let id = self.field("Message-ID");
        let made = links::host_of_address(id.trim_matches(['<', '>', ' '])).to_lowercase();
        if !made.is_empty() && domain(&made) != domain(sender) {
            gathered.sign("made-elsewhere", &made);
        }
    }

    fn envelope(&self, gathered: &mut Gathered) {
        let subject = self.field("Subject").to_lowercase();
        let answers =
            ["re:", "sv:", "vs:", "aw:", "svar:"].iter().any(|it| subject.starts_with(it));
        let threaded =
            !self.field("In-Reply-To").is_empty() || !self.field("References").is_empty();
        if answers && !threaded {
            gathered.sign("answer-to-nothing", "");
        }
        if threaded {
            gathered.sign("in-a-thread", "");
        }
        let to = self.field("To").to_lowercase();
        if to.is_empty() || to.contains("undisclosed") {
            gathered.sign("nobody-addressed", "");
        }
        if self.field("Message-ID").is_empty() {
            gathered.sign("no-message-id", "");
        }
        if self.field("Date").is_empty() {
            gathered.sign("no-date", "");
        }
        if !self.field("List-Unsubscribe").is_empty() {
            gathered.sign("can-be-unsubscribed", "");
        }
        let results = self.field("Authentication-Results").to_lowercase();
        for check in ["spf", "dkim", "dmarc"] {
            let said = |result: &str| results.contains(&format!("{check}={result}"));
            if said("fail") || said("softfail") {
                gathered.sign(&format!("authentication-{check}=fail"), check);
            } else if said("none") {
                gathered.sign(&format!("authentication-{check}=none"), check);
            }
        }
    }

    fn files(&self, gathered: &mut Gathered) {
        for name in self.mail.parts.iter().filter_map(|part| part.file_name) {
            let lower = name.trim().to_lowercase();
            let mut endings = lower.rsplit('.');
            let ending = endings.next().unwrap_or_default();
            if matches!(ending, "zip" | "rar" | "7z" | "ace" | "gz") {
                gathered.sign("archive", name);
            }
            if lower.contains('.') && EXECUTABLE.contains(&ending) {
                gathered.sign("executable-file", name);
            }
            if lower.contains('.') && matches!(ending, "html" | "htm" | "shtml" | "svg") {
                gathered.sign("page-attached", name);
            }
            let disguise = ["pdf", "doc", "docx", "xls", "xlsx", "jpg", "png", "txt"];
            if endings.next().is_some_and(|before| disguise.contains(&before)) && ending.len() <= 4
            {
                gathered.sign("two-endings", name);
            }
        }
    }
}

/// Signs of what the writer wrote himself.
pub(crate) fn own_text(gathered: &mut Gathered, mail: &Mail<'_>, text: &str) {
    let field = |name: &str| mail.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let name = field("From").map_or("", |(_, value)| mailbox(value).0);
    let first = name.split(|c: char| !c.is_alphanumeric()).find(|word| word.chars().count() >= 3);
    if first.is_some_and(|first| text.contains(first)) {
        gathered.sign("signed-by-sender", first.unwrap_or_default());
    }
    let to = field("To").map_or("", |(_, value)| mailbox(value).1);
    if to.contains('@') && text.contains(to) {
        gathered.sign("text-names-recipient", to);
    }
    let (mut digits, mut longest, mut numbered) = (0, 0, false);
    let mut before = b' ';
    for byte in text.bytes().take(5_000) {
        match byte {
            b'0'..=b'9' => digits += 1,
            b' ' | b'.' if before.is_ascii_digit() => {}
            b'/' | b'-' if (2..=4).contains(&digits) => numbered = true,
            _ => {
                longest = longest.max(digits);
                digits = 0;
            }
        }
        before = byte;
    }
    if (8..=10).contains(&longest.max(digits)) {
        gathered.sign("phone-number", "");
    }
    if numbered {
        gathered.sign("numbered-matter", "");
    }
    // In UTF-8, all letters beyond the first plane begin with this byte, and in mail those are pictures.
    if text.bytes().take(5_000).any(|byte| byte == 0xf0) {
        gathered.sign("emoji", "");
    }
    if text.split_whitespace().take(41).count() <= 40 && text.contains("://") {
        gathered.sign("short-with-link", "");
    }
}

/// The host of the first address the mail is directed to, in lower case.
fn recipient(mail: &Mail<'_>) -> String {
    let field = |name: &str| mail.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let to = field("Delivered-To").or_else(|| field("To"));
    let first = to.map_or("", |(_, value)| value.split(',').next().unwrap_or_default());
    links::host_of_address(mailbox(first).1).to_lowercase()
}

/// Small letters only, those of the North as they are written in addresses.
fn plain_letters(text: &str) -> String {
    let lower = text.to_lowercase();
    let plain = lower
        .replace(['å', 'ä', 'æ', 'á'], "a")
        .replace(['ø', 'ö', 'ó'], "o")
        .replace(['é', 'è'], "e");
    let plain = plain.replace("oe", "o").replace("ae", "a").replace("aa", "a");
    plain.chars().filter(char::is_ascii_alphabetic).collect()
}

/// Signs of one link.
pub(crate) fn link(gathered: &mut Gathered, mail: &Mail<'_>, target: &str) {
    let host = host(target);
    if host.is_empty() {
        return;
    }
    let lower = host.to_lowercase();
    let from = mail.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("From"));
    let sender =
        from.map_or("", |(_, value)| links::host_of_address(mailbox(value).1)).to_lowercase();
    let house = recipient(mail);
    if domain(&sender) == domain(&lower) {
        let root = links::path(target).is_empty();
        gathered.sign(if root { "link-to-senders-page" } else { "link-home" }, host);
    } else if !house.is_empty() && domain(&house) == domain(&lower) {
        gathered.sign("link-to-own-house", host);
    } else {
        gathered.sign("link-away", host);
    }
    if !house.is_empty()
        && domain(&house) != domain(&lower)
        && target.to_lowercase().contains(&house)
    {
        gathered.sign("link-names-recipient", host);
    }
    if THROWN_AWAY.contains(&links::top_level(&lower)) {
        gathered.sign("throw-away-link", host);
    }
    if links::is_number(&lower) {
        gathered.sign("link-to-number", host);
    }
    if links::has_user(target) {
        gathered.sign("link-with-user", target);
    }
    if SHORTENERS.contains(&lower.as_str()) {
        gathered.sign("shortened-link", host);
    }
    if lower.split('.').any(|label| label.starts_with("xn--")) || !lower.is_ascii() && mixes(&lower)
    {
        gathered.sign("link-in-foreign-letters", host);
    }
    if let Some(brand) = look_alike(&lower) {
        gathered.sign("look-alike-link", &format!("{lower} {brand}"));
    }
}

/// A link whose text shows one address while it leads to another.
pub(crate) fn shown_link(gathered: &mut Gathered, mail: &Mail<'_>, target: &str, shown: &str) {
    let (shown, leads) = (links::shown_host(shown).to_lowercase(), host(target).to_lowercase());
    if shown.is_empty() || leads.is_empty() || domain(&shown) == domain(&leads) {
        return;
    }
    let from = mail.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("From"));
    let sender = from.map_or("", |(_, value)| links::host_of_address(mailbox(value).1));
    // Newsletters lead readers through a counter of their own.
    let own = domain(&sender.to_lowercase()) == domain(&shown);
    let key = if own { "own-link-leads-elsewhere" } else { "link-leads-elsewhere" };
    gathered.sign(key, &format!("{shown} {leads}"));
}

/// Signs of a page.
pub(crate) fn page(gathered: &mut Gathered, page: &Page) {
    let hidden = page.hidden.trim();
    if hidden.len() > LONG_PREVIEW {
        gathered.sign("hidden-text", hidden);
    }
    if page.password_fields > 0 {
        gathered.sign("asks-for-password", "");
    } else if page.forms > 0 {
        gathered.sign("form", "");
    }
    odd_letters(gathered, &page.shown);
}

/// Letters of two alphabets in one word, and letters that do not show inside one.
fn odd_letters(gathered: &mut Gathered, text: &str) {
    if text.is_ascii() {
        return;
    }
    for word in text.split_whitespace().filter(|word| !word.is_ascii()) {
        if mixes(word) {
            gathered.sign("two-alphabets", word);
        }
        let inner = word.trim_matches(is_invisible);
        let parted = inner.chars().any(|letter| is_invisible(letter) && letter != '\u{ad}');
        if parted && inner.chars().filter(|letter| letter.is_alphabetic()).count() > 3 {
            gathered.sign("invisible-letters", &fold(word));
        }
    }
}

/// Whether Latin letters stand beside Greek or Cyrillic ones.
fn mixes(word: &str) -> bool {
    let latin = word.chars().any(|letter| letter.is_ascii_alphabetic());
    latin
        && word
            .chars()
            .any(|letter| matches!(letter, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}'))
}

/// A well-known name in the display name of a stranger.
fn borrowed_name(name: &str, sender: &str) -> Option<&'static str> {
    let padded = format!(" {} ", name.replace(|c: char| !c.is_alphanumeric() && c != '.', " "));
    let latin = skeleton(&padded);
    let claimed = BORROWED.iter().find(|(brand, _)| latin.contains(&format!(" {brand} ")));
    claimed.filter(|(_, owners)| !owns(owners, sender)).map(|(brand, _)| *brand)
}

/// A well-known name inside a host that is not its owner's: as a label, a piece of one, or nearly so.
fn look_alike(host: &str) -> Option<&'static str> {
    if host.is_empty() || BORROWED.iter().any(|(_, owners)| owns(owners, host)) {
        return None;
    }
    let plain = skeleton(host);
    BORROWED
        .iter()
        .filter(|(brand, _)| brand.len() >= 4 && *brand != "apple" && *brand != "posten")
        .find(|(brand, _)| {
            let brand = brand.replace(' ', "");
            plain.split(['.', '-', '_']).any(|label| label == brand || resembles(label, &brand))
        })
        .map(|(brand, _)| *brand)
}

fn owns(owners: &[&str], host: &str) -> bool {
    let first = domain(host).split('.').next().unwrap_or_default();
    owners.contains(&first)
}

/// One letter more, less or other, in names long enough for that to be no accident.
fn resembles(name: &str, known: &str) -> bool {
    if name == known || known.len() < 6 || name.len().abs_diff(known.len()) > 1 {
        return false;
    }
    if skeleton(name) == skeleton(known) {
        return true;
    }
    let (name, known) = (name.as_bytes(), known.as_bytes());
    let same = name.iter().zip(known).take_while(|(a, b)| a == b).count();
    let (name, known) = (&name[same..], &known[same..]);
    let end = name.iter().rev().zip(known.iter().rev()).take_while(|(a, b)| a == b).count();
    name.len().max(known.len()) - end.min(name.len()).min(known.len()) <= 1
}

/// Letters and digits that look like others become those.
fn skeleton(text: &str) -> String {
    let plain = text.chars().map(|letter| match letter {
        '0' | 'о' | 'ο' => 'o',
        '1' | 'і' | 'ı' | 'ӏ' => 'l',
        '3' | 'е' => 'e',
        '5' | 'ѕ' => 's',
        'а' | 'α' => 'a',
        'с' => 'c',
        'р' => 'p',
        'х' => 'x',
        'у' => 'y',
        'ո' => 'n',
        other => other,
    });
    plain.collect::<String>().replace("rn", "m").replace("vv", "w")
}
