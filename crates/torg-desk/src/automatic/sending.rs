//! Answering a letter as Torg itself: by the outbox, as every answer, and the inquiry stays open.

use torg_core::{Direction, Inquiry, Kind, Language, MessageId, SendState, Verb};
use torg_store::automatic::{self, NewAutomatic, PermitRow};
use torg_store::blobs::{self, Blob};
use torg_store::journal::Details;
use torg_store::messages::{self, NewMessage};
use torg_store::{StoreError, Tx};

use crate::answers::files_to_send;
use crate::inquiry::{attached, keep_message};
use crate::pen::{Pen, announce};
use crate::sending::{AutomaticAnswer, Letterhead, Mail, automatic_answer, enqueue};

/// Puts the answer in the outbox and keeps it as a message; `None` if there is no address of ours
/// to write from, or one of its files cannot be read. Whose turn it is does not change.
pub(super) fn send(
    tx: &mut Tx<'_>,
    pen: &Pen,
    letterhead: &Letterhead,
    inquiry: &Inquiry,
    permitted: &PermitRow,
    new: &NewAutomatic,
) -> Result<Option<MessageId>, StoreError> {
    let language = new.language.parse().unwrap_or(letterhead.language);
    let body = labelled(language, &new.body);
    let files = files_to_send(tx, permitted.id, &permitted.answer)?;
    let Some(files) = files else { return Ok(None) };
    let (id, at) = (pen.id(), pen.now);
    let answer = AutomaticAnswer { id, inquiry, text: &body, language, files: &files, at };
    let Some(mail) = automatic_answer(tx, letterhead, &answer)? else { return Ok(None) };
    let raw = Blob::prepare(&mail.raw);
    // One reference for the message, one for the outbox.
    blobs::put(tx, &raw)?;
    blobs::put(tx, &raw)?;
    let message = message(pen, letterhead, inquiry, &mail, body, language, &raw);
    keep_message(tx, &message, inquiry, !files.is_empty())?;
    for attachment in attached(pen, &mail.raw, &files) {
        messages::insert_attachment(tx, mail.id, &attachment)?;
    }
    // The null sender: whatever comes back must not be answered (RFC 3834, 3.3).
    enqueue(tx, pen, Some(mail.id), None, mail.everybody(), raw.hash())?;
    automatic::mark(tx, inquiry.id)?;
    let details =
        Details { message: Some(mail.id), why: Some(told(permitted, new)), ..Details::default() };
    pen.write(tx, None, inquiry.id, Verb::AnsweredAutomatically, details)?;
    announce(tx, inquiry);
    Ok(Some(mail.id))
}

fn message(
    pen: &Pen,
    letterhead: &Letterhead,
    inquiry: &Inquiry,
    mail: &Mail,
    body: String,
    language: Language,
    raw: &Blob,
) -> NewMessage {
    NewMessage {
        id: mail.id,
        inquiry: inquiry.id,
        position: inquiry.messages + 1,
        direction: Direction::Out,
        kind: Kind::Automatic,
        staff: None,
        contact_point: None,
        author: letterhead.town.clone(),
        address: mail.recipients.all().next().map(|one| one.address.to_string()),
        subject: mail.subject.clone(),
        body,
        quoted: String::new(),
        language: Some(language),
        has_html: false,
        raw: Some(raw.hash()),
        mail_id: Some(mail.mail_id.clone()),
        composer_key: None,
        at: pen.at(),
        send_state: SendState::Waiting,
    }
}

/// What the history says of it: title, version, how sure it was, and how sure it had to be.
fn told(permitted: &PermitRow, new: &NewAutomatic) -> String {
    let language = new.language.parse().ok();
    let text = language.and_then(|language| permitted.answer.text_for(language));
    let title = text.map_or(permitted.handle.as_str(), |text| text.title.as_str());
    let share = |thousandths: i64| format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    let (sure, least) = (share(new.sureness), share(new.threshold));
    format!("{title} (v{}), {sure} ≥ {least}", new.version)
}

/// The answer below what every citizen must know of it.
fn labelled(language: Language, body: &str) -> String {
    let label = match language {
        Language::Da => {
            "Dette er et automatisk svar, som en computer har valgt blandt kommunens standardsvar. \
             Ingen har læst dit brev endnu. Hjælper svaret ikke, så svar på denne mail. Så læser et \
             menneske, hvad du har skrevet."
        }
        Language::Nb => {
            "Dette er et automatisk svar som en datamaskin har valgt blant kommunens standardsvar. \
             Ingen har lest brevet ditt ennå. Hjelper ikke svaret, så svar på denne e-posten. Da \
             leser et menneske det du har skrevet."
        }
        Language::Nn => {
            "Dette er eit automatisk svar som ei datamaskin har valt blant standardsvara til \
             kommunen. Ingen har lese brevet ditt enno. Hjelper ikkje svaret, så svar på denne \
             e-posten. Då les eit menneske det du har skrive."
        }
        Language::Sv => {
            "Detta är ett automatiskt svar som en dator har valt bland kommunens standardsvar. \
             Ingen har läst ditt brev ännu. Hjälper svaret inte, så svara på det här mejlet. Då \
             läser en människa det du har skrivit."
        }
        Language::En => {
            "This is an automatic answer chosen by a computer from the municipality’s standard \
             answers. Nobody has read your letter yet. If it does not help, reply to this mail. A \
             person then reads what you have written."
        }
    };
    format!("{label}\n\n{}", body.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_is_and_that_a_person_is_there_stands_on_the_first_line_in_every_language() {
        let person = ["menneske", "människa", "person"];
        let reply = ["svar på denne", "svara på det här", "reply to this"];
        for language in Language::ALL {
            let text = labelled(language, "\nBins are emptied weekly.\n");
            let first = text.lines().next().unwrap();
            assert!(first.contains("automati") && first.len() > 100, "{first}");
            assert!(person.iter().any(|word| first.contains(word)), "{first}");
            assert!(reply.iter().any(|words| first.contains(words)), "{first}");
            assert_eq!(text.lines().nth(1), Some(""));
            assert!(text.ends_with("\n\nBins are emptied weekly."));
        }
    }
}
