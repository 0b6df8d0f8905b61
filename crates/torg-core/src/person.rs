//! Persons and the contact points they write from.

use std::fmt;

/// What kind of contact point a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContactKind {
    Email,
}

impl ContactKind {
    /// The number kept in the store.
    pub fn code(self) -> i64 {
        match self {
            Self::Email => 1,
        }
    }
}

/// An e-mail address that has the shape of one, in the form two spellings are compared by
/// ([`alike`]), which is also the form any mail server takes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailAddress(String);

/// The text has not the shape of an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnAddress;

impl EmailAddress {
    /// Takes `local@domain` of at most 254 bytes (RFC 5321, 4.5.3.1.3) without spaces or controls.
    ///
    /// ```
    /// use torg_core::EmailAddress;
    /// assert_eq!(EmailAddress::parse(" Ane@Fjordby.Example ").unwrap().as_str(), "ane@fjordby.example");
    /// assert!(EmailAddress::parse("ane").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = alike(text);
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let odd = |c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '＠')
        };
        if local.is_empty()
            || domain.is_empty()
            || text.len() > 254
            || text.contains(odd)
            || domain.contains('@')
        {
            return Err(NotAnAddress);
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the last `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address without a `+tag`, and the tag.
    pub fn split_tag(&self) -> (Self, Option<String>) {
        let untagged = self.0.rsplit_once('@').and_then(|(local, domain)| {
            let (name, tag) = local.split_once('+')?;
            Some((Self(format!("{name}@{domain}")), tag.to_owned()))
        });
        match untagged {
            Some((address, tag)) => (address, Some(tag)),
            None => (self.clone(), None),
        }
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address, or a domain, in the form two spellings of it are compared by: without angle brackets,
/// in lower case, its domain as DNS knows it (IDNA). RFC 5321 leaves the local part to the receiver,
/// but no provider a citizen uses tells `Ane@` from `ane@`, and two persons for one citizen would be
/// worse. What is neither stays as it is, in lower case.
///
/// ```
/// use torg_core::person::alike;
/// assert_eq!(alike(" Post@BÆRUM.example "), "post@xn--brum-voa.example");
/// assert_eq!(alike("bærum.example"), "xn--brum-voa.example");
/// ```
pub fn alike(text: &str) -> String {
    let text = text.trim().trim_start_matches('<').trim_end_matches('>').to_lowercase();
    let (local, domain) = text.split_at(text.rfind('@').map_or(0, |at| at + 1));
    if domain.is_ascii() {
        return text;
    }
    match idna::domain_to_ascii(domain) {
        // A wide ＠ becomes one of ours, and the rest would read as an address of somebody else.
        Ok(domain) if !domain.contains('@') => format!("{local}{domain}"),
        _ => text,
    }
}

/// An address of ours as people write it, its domain in their own letters. Not for a stranger's, who
/// could choose letters that look like others.
///
/// ```
/// use torg_core::person::readable;
/// assert_eq!(readable("post@xn--brum-voa.example"), "post@bærum.example");
/// ```
pub fn readable(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", idna::domain_to_unicode(domain).0),
        None => address.to_owned(),
    }
}

/// The key names are sorted by: lower case with the Nordic letters after z in the order
/// æ/ä, ø/ö, å of Danish and Norwegian. Made here because the databases sort by bytes.
pub fn sort_key(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'æ' | 'ä' => '\u{7b}',
            'ø' | 'ö' => '\u{7c}',
            'å' => '\u{7d}',
            'é' | 'è' => 'e',
            'ü' => 'y',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nordic_names_sort_after_z() {
        let mut names = ["Åse", "Ørjan", "Ægir", "Zita", "Anna"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Anna", "Zita", "Ægir", "Ørjan", "Åse"]);
    }

    #[test]
    fn a_plus_tag_is_taken_off_an_address() {
        let tagged = EmailAddress::parse("post+abc@fjordby.example").unwrap();
        let (plain, tag) = tagged.split_tag();
        assert_eq!((plain.as_str(), tag.as_deref()), ("post@fjordby.example", Some("abc")));
    }

    #[test]
    fn a_domain_outside_ascii_is_the_same_in_every_spelling() {
        let known = EmailAddress::parse("post@bærum.example").unwrap();
        assert_eq!(known.as_str(), "post@xn--brum-voa.example");
        for same in
            ["Post@BÆRUM.Example", "<post@XN--brum-voa.example>", "post@b\u{e6}rum。example"]
        {
            assert_eq!(EmailAddress::parse(same).as_ref(), Ok(&known), "{same}");
        }
        let local = EmailAddress::parse("Åse+Lampe@bærum.example").unwrap();
        assert_eq!(local.split_tag().0.as_str(), "åse@xn--brum-voa.example");
    }

    #[test]
    fn what_could_break_a_header_is_no_address() {
        for odd in [
            "a b@c.example",
            "a@b\r\nBcc: x@y",
            "@b",
            "a@",
            "a,b@c.example",
            "a@bæ＜c.example",
            "a@b.example＠c.example",
        ] {
            assert_eq!(EmailAddress::parse(odd), Err(NotAnAddress), "{odd:?}");
        }
    }
}
