//! Whom a letter goes to, as people write it in a field.

use std::fmt;

use crate::person::EmailAddress;

/// The most recipients of one letter, over all three fields.
pub const MOST_RECIPIENTS: usize = 50;

/// One recipient: a name that may be empty, and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub name: String,
    pub address: EmailAddress,
}

/// The three fields of a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    pub to: Vec<Recipient>,
    pub cc: Vec<Recipient>,
    /// Who gets it without the others knowing.
    pub bcc: Vec<Recipient>,
}

/// Why a letter cannot go to whom was named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecipientsRefused {
    /// This stands in a field and is no address.
    #[error("{0:?} is not an e-mail address")]
    NotAnAddress(String),
    /// An address of ours: the letter would only come back.
    #[error("{0} is an address of ours")]
    OneOfOurs(String),
    #[error("more than {most} recipients")]
    TooMany { most: usize },
    #[error("nobody")]
    Nobody,
}

impl Recipients {
    /// Reads the three fields. Who stands in two of them gets the letter by the first.
    ///
    /// # Errors
    /// Naming the first thing that is no address, or when there is nobody or are too many.
    ///
    /// ```
    /// use torg_core::recipients::Recipients;
    /// let read = Recipients::parse("Aino Berg <aino@citizen.example>, bo@citizen.example", "", "").unwrap();
    /// assert_eq!((read.to.len(), read.to[0].name.as_str()), (2, "Aino Berg"));
    /// assert!(Recipients::parse("aino", "", "").is_err());
    /// ```
    pub fn parse(to: &str, cc: &str, bcc: &str) -> Result<Self, RecipientsRefused> {
        let mut seen: Vec<EmailAddress> = Vec::new();
        let mut field = |text: &str| -> Result<Vec<Recipient>, RecipientsRefused> {
            let mut found = parse(text)?;
            found.retain(|one| {
                let is_new = !seen.contains(&one.address);
                if is_new {
                    seen.push(one.address.clone());
                }
                is_new
            });
            Ok(found)
        };
        let read = Self { to: field(to)?, cc: field(cc)?, bcc: field(bcc)? };
        match read.all().count() {
            0 => Err(RecipientsRefused::Nobody),
            count if count > MOST_RECIPIENTS => {
                Err(RecipientsRefused::TooMany { most: MOST_RECIPIENTS })
            }
            _ => Ok(read),
        }
    }

    /// Everybody who gets the letter.
    pub fn all(&self) -> impl Iterator<Item = &Recipient> {
        self.to.iter().chain(&self.cc).chain(&self.bcc)
    }
}

/// Reads one field: recipients between commas, semicolons or line ends, each an address or
/// `Name <address>`. A name in double quotes may hold what would end it.
///
/// # Errors
/// Naming the first that is no address.
pub fn parse(text: &str) -> Result<Vec<Recipient>, RecipientsRefused> {
    let written = split(text);
    let written = written.iter().map(|one| one.trim()).filter(|one| !one.is_empty());
    written.map(recipient).collect()
}

fn split(text: &str) -> Vec<String> {
    let (mut parts, mut part, mut is_quoted) = (Vec::new(), String::new(), false);
    for letter in text.chars() {
        is_quoted ^= letter == '"';
        match letter {
            ',' | ';' | '\n' | '\r' if !is_quoted => parts.push(std::mem::take(&mut part)),
            other => part.push(other),
        }
    }
    parts.push(part);
    parts
}

fn recipient(written: &str) -> Result<Recipient, RecipientsRefused> {
    let refused = || RecipientsRefused::NotAnAddress(written.chars().take(100).collect());
    let (name, address) = match written.rsplit_once('<') {
        Some((name, address)) => (name, address.strip_suffix('>').ok_or_else(refused)?),
        None => ("", written),
    };
    let address = EmailAddress::parse(address).map_err(|_| refused())?;
    // A recipient's host has a dot, or somebody mistyped.
    if !address.domain().contains('.') || address.domain().starts_with('.') {
        return Err(refused());
    }
    let name = name.trim().trim_matches('"').replace("\\\"", "\"");
    Ok(Recipient { name: name.trim().chars().take(200).collect(), address })
}

/// Written so that [`parse`] reads the same again.
impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name: String =
            self.name.chars().filter(|letter| !matches!(letter, '"' | '<' | '>')).collect();
        match name.trim() {
            "" => write!(f, "{}", self.address),
            name if name.contains([',', ';']) => write!(f, "\"{name}\" <{}>", self.address),
            name => write!(f, "{name} <{}>", self.address),
        }
    }
}

/// Several as one field.
pub fn written(all: &[Recipient]) -> String {
    all.iter().map(Recipient::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_as_people_write_it() {
        let read = parse(" \"Berg, Aino\" <Aino@Citizen.example>; bo@citizen.example\n, ").unwrap();
        assert_eq!((read[0].name.as_str(), read.len()), ("Berg, Aino", 2));
        assert_eq!(read[0].address.as_str(), "aino@citizen.example");
        assert_eq!(parse(&written(&read)).unwrap(), read);
    }

    #[test]
    fn what_is_no_address_is_named() {
        let refused = |text: &str| Err(RecipientsRefused::NotAnAddress(text.into()));
        for odd in ["bo@localhost", "bo", "Bo <bo@c.example", "bo@c.example bo@d.example", "@"] {
            assert_eq!(parse(&format!("a@b.example, {odd}")), refused(odd), "{odd}");
        }
    }

    #[test]
    fn nobody_gets_a_letter_twice() {
        let read = Recipients::parse("a@x.example, A@x.example", "a@x.example", "b@x.example");
        let read = read.unwrap();
        assert_eq!((read.to.len(), read.cc.len(), read.bcc.len()), (1, 0, 1));
        assert_eq!(Recipients::parse(" ", ",;", ""), Err(RecipientsRefused::Nobody));
        let many: Vec<String> = (0..51).map(|n| format!("p{n}@x.example")).collect();
        let refused = Recipients::parse(&many.join(","), "", "");
        assert_eq!(refused, Err(RecipientsRefused::TooMany { most: 50 }));
    }
}
