//! One mail on an open connection: MAIL, a RCPT for each recipient, DATA.
//!
//! Spoken command by command, since lettre's own sending ends at the first recipient refused.

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};

use super::settings::{NotSent, Refused};

/// Offers the mail to each recipient, and hands it over if one was taken. Gives those refused.
///
/// # Errors
/// When nobody has it, whoever was taken: the sender or the text was refused, or the line broke.
pub(super) async fn transaction(
    connection: &mut AsyncSmtpConnection,
    from: Option<Address>,
    recipients: &[String],
    raw: &[u8],
) -> Result<Refused, NotSent> {
    let failed = |error: Error| refused(&error);
    let parameters = parameters(connection, from.as_ref(), recipients, raw)?;
    connection.command(Mail::new(from, parameters)).await.map_err(failed)?;
    let mut not_taken = Refused::new();
    for recipient in recipients {
        if let Err(why) = offer(connection, recipient).await? {
            not_taken.push((recipient.clone(), why));
        }
    }
    if not_taken.len() < recipients.len() {
        connection.command(Data).await.map_err(failed)?;
        connection.message(raw).await.map_err(failed)?;
    }
    Ok(not_taken)
}

/// What the relay must be able to do for this mail (RFC 6152, RFC 6531).
fn parameters(
    connection: &AsyncSmtpConnection,
    from: Option<&Address>,
    recipients: &[String],
    raw: &[u8],
) -> Result<Vec<MailParameter>, NotSent> {
    let from = from.map(Address::to_string).unwrap_or_default();
    let outside_ascii = !from.is_ascii() || recipients.iter().any(|address| !address.is_ascii());
    let eight_bit = MailParameter::Body(MailBodyParameter::EightBitMime);
    let needed = [
        (outside_ascii, Extension::SmtpUtfEight, MailParameter::SmtpUtfEight),
        (!raw.is_ascii(), Extension::EightBitMime, eight_bit),
    ];
    let needed = needed.into_iter().filter(|(is_needed, ..)| *is_needed);
    needed
        .map(|(_, extension, parameter)| {
            match connection.server_info().supports_feature(extension) {
                true => Ok(parameter),
                false => Err(NotSent::permanent(&format!("The relay does not offer {extension}"))),
            }
        })
        .collect()
}

/// Offers one recipient. The inner error is its refusal, the outer one the end of the connection.
async fn offer(
    connection: &mut AsyncSmtpConnection,
    recipient: &str,
) -> Result<Result<(), NotSent>, NotSent> {
    let address = match address(recipient) {
        Ok(address) => address,
        Err(unusable) => return Ok(Err(unusable)),
    };
    match connection.command(Rcpt::new(address, Vec::new())).await {
        Ok(_) => Ok(Ok(())),
        Err(error) if error.status().is_some() => Ok(Err(refused(&error))),
        Err(error) => Err(refused(&error)),
    }
}

pub(super) fn address(text: &str) -> Result<Address, NotSent> {
    text.parse().map_err(|_| NotSent::permanent("An address cannot be used"))
}

pub(super) fn refused(error: &Error) -> NotSent {
    let (text, code) = (error.to_string(), error.status().map(u16::from));
    if error.is_permanent() {
        return NotSent::Permanent { text, code };
    }
    NotSent::Temporary { text, code }
}
