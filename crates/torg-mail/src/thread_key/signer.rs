//! Ids and address tags with a proof of origin: HMAC-SHA256 (RFC 2104), cut to 80 bits (§5 allows half and less than
//! half when the guesser cannot try offline, and every guess here costs a mail).

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Bytes of proof: sixteen letters in base 32.
const PROOF: usize = 10;
const PROOF_LETTERS: usize = 16;
/// An `i64` in base 32.
const NUMBER_LETTERS: usize = 13;

/// Makes and reads signed keys with one municipality's secret.
#[derive(Clone)]
pub struct Signer {
    key: Hmac<Sha256>,
}

impl Signer {
    /// A signer with `key`, which may have any length; 32 random bytes are right.
    pub fn new(key: &[u8]) -> Signer {
        // HMAC hashes longer keys and pads shorter ones, so that this never takes the second way.
        let key = Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&[0; 64].into()));
        Signer { key }
    }

    /// The Message-ID, without angle brackets, of message `message` in inquiry `inquiry`, sent from `host`.
    pub fn message_id(&self, inquiry: i64, message: i64, host: &str) -> String {
        let (inquiry, message) = (number(inquiry), number(message));
        let proof = self.proof("message-id", &[&inquiry, &message]);
        let host: String = host
            .chars()
            .filter(|&letter| letter.is_alphanumeric() || letter == '.' || letter == '-')
            .collect();
        format!("{inquiry}.{message}.{proof}@{}", if host.is_empty() { "localhost" } else { &host })
    }

    /// The inquiry and message of an id that we made, with or without angle brackets. `None` if it is not ours.
    /// The host does not count, for some servers rewrite it.
    pub fn read_message_id(&self, id: &str) -> Option<(i64, i64)> {
        let local = id.trim().trim_start_matches('<').split('@').next()?.to_ascii_lowercase();
        let mut fields = local.split('.');
        let (inquiry, message, proof) = (fields.next()?, fields.next()?, fields.next()?);
        let whole =
            fields.next().is_none() && self.proves("message-id", &[inquiry, message], proof);
        whole.then(|| Some((read_number(inquiry)?, read_number(message)?))).flatten()
    }

    /// The tag to put behind the plus of our address so that answers find inquiry `inquiry`.
    pub fn plus_tag(&self, inquiry: i64) -> String {
        let inquiry = number(inquiry);
        let proof = self.proof("plus-tag", &[&inquiry]);
        format!("{inquiry}{proof}")
    }

    /// The inquiry of a tag that we made, in whatever case a server turned it. `None` if it is not ours.
    pub fn read_plus_tag(&self, tag: &str) -> Option<i64> {
        let tag = tag.to_ascii_lowercase();
        let (inquiry, proof) = tag.split_at_checked(NUMBER_LETTERS)?;
        self.proves("plus-tag", &[inquiry], proof).then(|| read_number(inquiry)).flatten()
    }

    fn proof(&self, purpose: &str, fields: &[&str]) -> String {
        let code = self.mac(purpose, fields).finalize().into_bytes();
        BASE32_NOPAD.encode(code.get(..PROOF).unwrap_or_default()).to_ascii_lowercase()
    }

    /// Compares in constant time: the time taken must not tell how much of a guess was right.
    fn proves(&self, purpose: &str, fields: &[&str], proof: &str) -> bool {
        let claimed =
            BASE32_NOPAD.decode(proof.to_ascii_uppercase().as_bytes()).unwrap_or_default();
        proof.len() == PROOF_LETTERS
            && claimed.len() == PROOF
            && self.mac(purpose, fields).verify_truncated_left(&claimed).is_ok()
    }

    fn mac(&self, purpose: &str, fields: &[&str]) -> Hmac<Sha256> {
        let mut mac = self.key.clone();
        mac.update(purpose.as_bytes());
        for field in fields {
            mac.update(b"\0");
            mac.update(field.as_bytes());
        }
        mac
    }
}

fn number(value: i64) -> String {
    BASE32_NOPAD.encode(&value.to_be_bytes()).to_ascii_lowercase()
}

fn read_number(letters: &str) -> Option<i64> {
    let bytes = BASE32_NOPAD.decode(letters.to_ascii_uppercase().as_bytes()).ok()?;
    Some(i64::from_be_bytes(bytes.try_into().ok()?))
}

/// `post@town.example` and `tag` make `post+tag@town.example`. An address without `@` stays as it is.
pub fn with_plus_tag(address: &str, tag: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{local}+{tag}@{domain}"),
        None => address.to_owned(),
    }
}

/// The tag of `post+tag@town.example`. `None` without one.
pub fn plus_tag_of(address: &str) -> Option<&str> {
    address.rsplit_once('@').and_then(|(local, _)| local.split_once('+')).map(|(_, tag)| tag)
}
