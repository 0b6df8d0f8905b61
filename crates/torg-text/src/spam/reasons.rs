//! Why: what weighed most, in words.

use super::gather::{Gathered, Item, Place};
use super::judge::Verdict;
use super::words;

/// So many reasons are named.
const MOST: usize = 6;
/// What moves the evidence less than this is no reason.
const LEAST: f32 = 0.02;

/// One thing that weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// How far it moved the evidence: above nought towards spam.
    pub weight: f32,
    /// Which kind of thing it is, a stable key: a sign's own, or the place a word stood.
    pub key: &'static str,
    /// What it was seen on: a word, a host, a file name. May be empty.
    pub seen: String,
    /// In English.
    pub words: String,
}

/// The strongest reasons, those for the verdict first. `shares` says what each feature added; what two of them added
/// together becomes half of each one's.
pub(crate) fn reasons(gathered: &Gathered, shares: &mut [f32], verdict: Verdict) -> Vec<Reason> {
    part_pairs(gathered, shares);
    let towards = if matches!(verdict, Verdict::Perhaps | Verdict::Spam) { 1.0 } else { -1.0 };
    let mut strongest: Vec<(f32, &Item)> = Vec::with_capacity(2 * MOST + 1);
    for (item, share) in gathered.items().iter().zip(&*shares) {
        let strength = share * towards;
        let weakest = strongest.last().filter(|_| strongest.len() == 2 * MOST);
        if share.abs() < LEAST
            || weakest.is_some_and(|weakest| weakest.0 >= strength)
            || says_nothing(gathered, item)
        {
            continue;
        }
        let at = strongest.partition_point(|stronger| stronger.0 >= strength);
        strongest.insert(at, (strength, item));
        strongest.truncate(2 * MOST);
    }
    let mut reasons: Vec<Reason> = Vec::with_capacity(MOST);
    for (strength, item) in strongest {
        let reason = reason(gathered, item, strength * towards);
        if reasons.len() < MOST && !reasons.iter().any(|named| named.words == reason.words) {
            reasons.push(reason);
        }
    }
    reasons
}

/// A word of subject or text that only binds others.
fn says_nothing(gathered: &Gathered, item: &Item) -> bool {
    matches!(item.place, Place::Subject | Place::Body | Place::Quoted)
        && words::is_binding(gathered.text_of(item))
}

fn part_pairs(gathered: &Gathered, shares: &mut [f32]) {
    for (at, item) in gathered.items().iter().enumerate() {
        let Some((one, other)) = item.pair() else { continue };
        let half = std::mem::take(&mut shares[at]) / 2.0;
        shares[one] += half;
        shares[other] += half;
    }
}

fn reason(gathered: &Gathered, item: &Item, weight: f32) -> Reason {
    let text = gathered.text_of(item);
    let (key, seen) = match item.place {
        Place::Sign | Place::Concept => text.split_once(' ').unwrap_or((text, "")),
        _ => ("", text),
    };
    let key = match item.place {
        Place::Sign => {
            SIGNS.iter().find(|(known, _)| *known == key).map_or("sign", |(known, _)| known)
        }
        place => place_key(place),
    };
    let words = match item.place {
        Place::Sign => sign_in_words(text),
        Place::Concept => format!("speaks of {} (\"{seen}\")", concept(text)),
        place => in_words(place, text),
    };
    Reason { weight, key, seen: seen.to_owned(), words }
}

fn concept(text: &str) -> String {
    text.split(' ').next().unwrap_or_default().replace('-', " ")
}

fn sign_in_words(text: &str) -> String {
    let (key, seen) = text.split_once(' ').unwrap_or((text, ""));
    let Some((_, words)) = SIGNS.iter().find(|(known, _)| *known == key) else {
        return key.replace('-', " ");
    };
    if seen.is_empty() { (*words).to_owned() } else { format!("{words}: {seen}") }
}

/// What a feature says of a mail that is no sign: many carry in front what they are, such as `charset:`.
fn in_words(place: Place, text: &str) -> String {
    let (kind, rest) = text.split_once(':').unwrap_or(("", text));
    let found = KINDS.iter().find(|(of, known, _)| *of == place && *known == kind);
    match (found, place) {
        (Some((_, _, words)), _) => format!("{words} \"{rest}\""),
        (None, Place::Field) => format!("the header's {kind} holds \"{rest}\""),
        (None, Place::Sender | Place::Name) => format!("{} \"{rest}\"", place_in_words(place)),
        _ => format!("{} \"{text}\"", place_in_words(place)),
    }
}

/// What stands in front of some features, and what it means.
const KINDS: [(Place, &str, &str); 13] = [
    (Place::Route, "hops", "number of servers it came by"),
    (Place::Route, "zone", "came through the time zone"),
    (Place::Route, "word", "servers on its way say"),
    (Place::Part, "type", "has a part of the kind"),
    (Place::Part, "charset", "is written in the character set"),
    (Place::Part, "transfer", "is encoded as"),
    (Place::Part, "ending", "has a file that ends in"),
    (Place::Part, "words", "number of words, in tens"),
    (Place::Tag, "images", "number of pictures"),
    (Place::Tag, "links", "number of links"),
    (Place::Link, "top", "a link leads to a domain of the kind"),
    (Place::Link, "path", "in a link, behind the domain,"),
    (Place::Field, "date", "its date is written as"),
];

fn place_key(place: Place) -> &'static str {
    match place {
        Place::Sign => "sign",
        Place::Subject => "subject",
        Place::Body => "text",
        Place::Shouted => "shouted",
        Place::Stem => "stem",
        Place::Concept => "concept",
        Place::Field => "header",
        Place::FieldName => "header-name",
        Place::Route => "route",
        Place::Link => "link",
        Place::Tag => "page",
        Place::Part => "part",
        Place::Sender => "sender",
        Place::Name => "name",
        Place::Quoted => "quoted",
        Place::SignPair | Place::SignConcept => "sign",
    }
}

fn place_in_words(place: Place) -> &'static str {
    match place {
        Place::Subject => "in the subject",
        Place::Body => "in the text",
        Place::Shouted => "in capitals",
        Place::Stem => "words that begin with",
        Place::Field => "in the header",
        Place::FieldName => "header field",
        Place::Route => "came by way of",
        Place::Link => "in a link",
        Place::Tag => "in the page's markup",
        Place::Part => "among the parts",
        Place::Sender => "the sender",
        Place::Name => "in the sender's name",
        Place::Quoted => "in what is quoted",
        Place::Sign | Place::Concept | Place::SignPair | Place::SignConcept => "seen",
    }
}

/// Every key a [`Reason`] can have.
pub fn reason_keys() -> impl Iterator<Item = &'static str> {
    let places = [
        "sign",
        "subject",
        "text",
        "shouted",
        "stem",
        "concept",
        "header",
        "header-name",
        "route",
        "link",
        "page",
        "part",
        "sender",
        "name",
        "quoted",
    ];
    SIGNS.iter().map(|(key, _)| *key).chain(places)
}

/// Every sign and what it means.
pub(crate) const SIGNS: [(&str, &str); 59] = [
    ("known-conversation", "answers a letter of ours"),
    ("answered-sender", "we have answered this sender before"),
    ("from-own-house", "comes from the municipality's own domain"),
    ("leader-from-outside", "bears the name of one of our leaders, from a foreign address"),
    ("bears-our-name", "bears the municipality's name, from a foreign address"),
    ("name-not-in-address", "the sender's name has nothing to do with the address"),
    ("name-shows-other-address", "the sender's name shows another address"),
    ("borrowed-name", "bears a well-known name (then the true sender)"),
    ("look-alike-sender", "the sender's domain resembles a well-known one"),
    ("look-alike-of-ours", "the sender's domain resembles ours"),
    ("look-alike-link", "a link's domain resembles a well-known one"),
    ("hyphen-in-sender", "the sender's domain is put together of several words"),
    ("throw-away-sender", "the sender's domain costs next to nothing"),
    ("throw-away-link", "a link leads to a domain that costs next to nothing"),
    ("free-mailbox", "sent from a free mailbox"),
    ("answers-to-free-mailbox", "answers would go to a free mailbox"),
    ("answers-elsewhere", "answers would go to another domain"),
    ("bounces-elsewhere", "failures would be reported to another domain"),
    ("made-elsewhere", "was made under another domain"),
    ("answer-to-nothing", "calls itself an answer and answers nothing"),
    ("in-a-thread", "refers to earlier mail"),
    ("nobody-addressed", "is addressed to nobody"),
    ("no-message-id", "has no Message-ID"),
    ("no-date", "has no date"),
    ("can-be-unsubscribed", "offers to be unsubscribed"),
    ("link-to-number", "a link leads to a number in place of a name"),
    ("link-with-user", "a link hides its target behind another name"),
    ("shortened-link", "a link's target is kept out of sight"),
    ("link-in-foreign-letters", "a link's domain is written in foreign letters"),
    ("link-leads-elsewhere", "a link shows one address and leads to another"),
    ("own-link-leads-elsewhere", "a link shows the sender's domain and leads to another"),
    ("link-names-recipient", "a link carries our own address"),
    ("link-home", "a link leads to the sender's domain"),
    ("link-to-senders-page", "names the sender's own page"),
    ("link-to-own-house", "a link leads to our own domain"),
    ("link-away", "a link leads to another domain than the sender's"),
    ("signed-by-sender", "is signed with the sender's name"),
    ("text-names-recipient", "the text names our own address"),
    ("phone-number", "gives a telephone number"),
    ("numbered-matter", "gives a number of a matter or a date"),
    ("emoji", "holds small pictures between words"),
    ("short-with-link", "is short and holds a link"),
    ("hidden-text", "holds text that nobody sees"),
    ("asks-for-password", "asks for a password"),
    ("form", "holds a form"),
    ("two-alphabets", "mixes two alphabets in one word"),
    ("invisible-letters", "holds words parted by invisible letters"),
    ("image-only", "holds next to nothing but pictures"),
    ("no-text", "holds no text"),
    ("executable-file", "a file that runs is attached"),
    ("page-attached", "a page of HTML is attached"),
    ("two-endings", "a file has two endings"),
    ("archive", "an archive is attached"),
    ("authentication-spf=fail", "the sender's server may not send for this domain (SPF)"),
    ("authentication-dkim=fail", "the signature is not valid (DKIM)"),
    ("authentication-dmarc=fail", "the sender's domain disowns it (DMARC)"),
    ("authentication-dmarc=pass", "the sender's domain vouches for it (DMARC)"),
    ("disowned", "the sender's domain says this server may not write for it"),
    ("suspected", "Rspamd finds it suspicious"),
];
