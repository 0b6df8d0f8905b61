//! Names and hosts that are made to be taken for others.

use std::sync::LazyLock;

use crate::spam::links::domain;
use crate::spam::names::BORROWED;

/// A well-known name in the display name of a stranger.
pub(super) fn borrowed_name(name: &str, sender: &str) -> Option<&'static str> {
    let padded = format!(" {} ", name.replace(|c: char| !c.is_alphanumeric() && c != '.', " "));
    let latin = skeleton(&padded);
    let mut claimed = BORROWED.iter().zip(&*AS_WORDS).filter(|(_, words)| latin.contains(*words));
    let (brand, owners) = claimed.next()?.0;
    (!owns(owners, sender)).then_some(*brand)
}

/// Well-known names as words among others.
static AS_WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| BORROWED.iter().map(|(brand, _)| format!(" {brand} ")).collect());

/// A well-known name inside a host that is not its owner's: as a label, a piece of one, or nearly so.
pub(super) fn look_alike(host: &str) -> Option<&'static str> {
    let owner = domain(host).split('.').next().unwrap_or_default();
    if host.is_empty() || BORROWED.iter().any(|(_, owners)| owners.contains(&owner)) {
        return None;
    }
    let plain = skeleton(host);
    let labels: Vec<&str> =
        plain.split(['.', '-', '_']).filter(|label| !COMMON.contains(label)).collect();
    let poses = |known: &&InHosts| {
        labels.iter().any(|label| {
            *label == known.name
                || is_long(label, &known.name)
                    && (*label == known.skeleton || is_nearly(label, &known.name))
        })
    };
    IN_HOSTS.iter().find(poses).map(|known| known.brand)
}

/// Words of honest hosts that are nearly a name.
const COMMON: [&str; 1] = ["cloud"];

/// A name as it stands in hosts.
struct InHosts {
    name: String,
    skeleton: String,
    /// As it is written.
    brand: &'static str,
}

/// Names that are no common word beside it.
static IN_HOSTS: LazyLock<Vec<InHosts>> = LazyLock::new(|| {
    let brands = BORROWED.iter().map(|(brand, _)| *brand);
    let telling = brands.filter(|brand| brand.len() >= 4 && !["apple", "posten"].contains(brand));
    let in_hosts = |brand: &'static str| {
        let name = brand.replace(' ', "");
        InHosts { skeleton: skeleton(&name), name, brand }
    };
    telling.map(in_hosts).collect()
});

fn owns(owners: &[&str], host: &str) -> bool {
    let first = domain(host).split('.').next().unwrap_or_default();
    owners.contains(&first)
}

/// One letter more, less or other, in names long enough for that to be no accident.
pub(super) fn resembles(name: &str, known: &str) -> bool {
    name != known
        && is_long(name, known)
        && (is_nearly(name, known) || skeleton(name) == skeleton(known))
}

fn is_long(name: &str, known: &str) -> bool {
    known.len() >= 6 && name.len().abs_diff(known.len()) <= 1
}

fn is_nearly(name: &str, known: &str) -> bool {
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

/// Small letters only, those of the North as they are written in addresses.
pub(super) fn plain_letters(text: &str) -> String {
    let lower = text.to_lowercase();
    let plain = lower
        .replace(['å', 'ä', 'æ', 'á'], "a")
        .replace(['ø', 'ö', 'ó'], "o")
        .replace(['é', 'è'], "e");
    let plain = plain.replace("oe", "o").replace("ae", "a").replace("aa", "a");
    plain.chars().filter(char::is_ascii_alphabetic).collect()
}

/// Whether Latin letters stand beside Greek or Cyrillic ones.
pub(super) fn mixes(word: &str) -> bool {
    let latin = word.chars().any(|letter| letter.is_ascii_alphabetic());
    latin
        && word
            .chars()
            .any(|letter| matches!(letter, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}'))
}
