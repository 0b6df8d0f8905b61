//! Who writes to whom: what several signs look at, read once for all of them.

use crate::spam::links::{self, mailbox};
use crate::spam::mail::Mail;

/// The head of one mail.
pub(crate) struct Letterhead<'a> {
    mail: &'a Mail<'a>,
    /// What the sender calls itself.
    pub(super) name: &'a str,
    /// The sender's address.
    pub(super) address: &'a str,
    /// The sender's host, in lower case.
    pub(super) sender: String,
    /// The address the mail is directed to.
    pub(super) to: &'a str,
    /// The host of the first address that the mail was delivered or else directed to, in lower case.
    pub(super) house: String,
}

impl<'a> Letterhead<'a> {
    pub(crate) fn of(mail: &'a Mail<'a>) -> Letterhead<'a> {
        let (name, address) = mailbox(field(mail, "From").unwrap_or_default());
        let to = field(mail, "To").unwrap_or_default();
        let delivered = field(mail, "Delivered-To").unwrap_or(to);
        let first = delivered.split(',').next().unwrap_or_default();
        Letterhead {
            mail,
            name,
            address,
            sender: links::host_of_address(address).to_lowercase(),
            to: mailbox(to).1,
            house: links::host_of_address(mailbox(first).1).to_lowercase(),
        }
    }

    /// The first field of this name; empty if there is none.
    pub(super) fn field(&self, name: &str) -> &'a str {
        field(self.mail, name).unwrap_or_default()
    }

    /// The host, in lower case, of the first mailbox in the field.
    pub(super) fn host_in(&self, name: &str) -> String {
        links::host_of_address(mailbox(self.field(name)).1).to_lowercase()
    }
}

fn field<'a>(mail: &'a Mail<'a>, name: &str) -> Option<&'a str> {
    let found = mail.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| *value)
}
