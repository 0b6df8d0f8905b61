//! Making a standard answer of a letter: what is one citizen's becomes placeholders.

use torg_core::answers::blanks::{self, Blank};
use torg_core::answers::{LONGEST_BODY, LONGEST_TITLE, StandardAnswer, Text};
use torg_core::{AttachmentId, Direction, InquiryId, MessageId, Viewer};
use torg_mail::thread_key::bare_subject;
use torg_store::drafts::{self, DraftKind};
use torg_store::{Read, departments, inquiries, messages, staff};
use torg_text::kept::{title_for_all, with_blanks, with_closing};

use super::values::first_name;
use crate::filing::language_of;
use crate::house_style;
use crate::{Desk, Refused};

/// An answer made of a letter, to be looked at before it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub answer: StandardAnswer,
    /// Files of the letter that may go along with it.
    pub files: Vec<OfferedFile>,
}

/// A file that may be copied to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedFile {
    pub id: AttachmentId,
    pub name: String,
    /// Bytes.
    pub size: i64,
}

impl Desk {
    /// A letter of ours as a proposal; of a citizen's letter only what it asks.
    pub async fn answer_from_message(
        &self,
        viewer: &Viewer,
        message: MessageId,
    ) -> Result<Proposal, Refused> {
        let (who, home) = (viewer.clone(), self.about().language);
        let read = move |read: &Read<'_>| {
            let found = messages::written(read, &who, message)?.ok_or(Refused::NotFound)?;
            let (inquiry, direction, text) = found;
            // What a citizen wrote is no answer: it only says what is asked.
            let (text, files) = match direction {
                Direction::Out => (text, messages::attachments_of_message(read, message).get()?),
                Direction::In | Direction::Note => (String::new(), Vec::new()),
            };
            let files = files.into_iter().filter(|file| !file.inline);
            let files = files.map(|file| offered(file.id, file.name, file.size)).collect();
            let answer = proposal(read, &who, inquiry, &text, home)?;
            Ok::<_, Refused>((inquiry, Proposal { answer, files }))
        };
        let (inquiry, proposal) = self.0.reader.read(read).await?;
        self.log_reading(viewer, inquiry).await?;
        Ok(proposal)
    }

    /// What she is writing as a proposal.
    pub async fn answer_from_text(
        &self,
        viewer: &Viewer,
        inquiry: InquiryId,
        text: &str,
        kind: DraftKind,
    ) -> Result<Proposal, Refused> {
        let (viewer, home) = (viewer.clone(), self.about().language);
        let text: String = text.chars().take(LONGEST_BODY).collect();
        let read = move |read: &Read<'_>| {
            let answer = proposal(read, &viewer, inquiry, &text, home)?;
            let files = match drafts::one(read, viewer.staff, inquiry, kind)? {
                Some(draft) => drafts::files_of(read, draft.id)?,
                None => Vec::new(),
            };
            let files = files.into_iter().filter(|file| !file.inline);
            let files = files.map(|file| offered(file.id, file.name, file.size)).collect();
            Ok(Proposal { answer, files })
        };
        self.0.reader.read(read).await
    }
}

fn offered(id: AttachmentId, name: String, size: i64) -> OfferedFile {
    OfferedFile { id, name, size }
}

fn proposal(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
    text: &str,
    home: torg_core::Language,
) -> Result<StandardAnswer, Refused> {
    let inquiry = inquiries::seen_for(read, viewer, id)?.ok_or(Refused::NotFound)?;
    let name = messages::addressee(read, id)?.map(|letter| letter.name).unwrap_or_default();
    let (first, number) = (first_name(&name), inquiry.number.to_string());
    let department = departments::one(read, inquiry.department)?;
    let own = staff::signature(read, viewer.staff)?;
    let phone = blanks::phone_in(&own).unwrap_or_default();
    let known = [
        (name.as_str(), Blank::Name.word()),
        (first.as_str(), Blank::FirstName.word()),
        (number.as_str(), Blank::Number.word()),
        (viewer.name.as_str(), Blank::Staff.word()),
        (phone.as_str(), Blank::Phone.word()),
    ];
    let language = language_of(text).unwrap_or(home);
    let text = match house_style::of(read, language)?.closing.is_empty() {
        true => text.trim().to_owned(),
        false => {
            let (closing, staff) = (Blank::Closing.to_string(), Blank::Staff.to_string());
            with_closing(text.trim(), &closing, &staff)
        }
    };
    let body = with_blanks(&text, &known);
    let subject = inquiries::subject(read, id)?.unwrap_or_default();
    let title = title_for_all(&bare_subject(&subject), &[&name, &viewer.name]);
    let title: String = title.chars().take(LONGEST_TITLE).collect();
    let question = if title.is_empty() { Vec::new() } else { vec![title.clone()] };
    let is_member = match &department {
        Some(of) => staff::is_member(read, viewer.staff, of.id)?,
        None => false,
    };
    // Behind a wall it stays behind it, unless she says otherwise.
    let keeps = |of: &torg_core::Department| is_member || of.is_restricted();
    Ok(StandardAnswer {
        department: department.filter(keeps).map(|of| of.id),
        owner: Some(viewer.staff),
        texts: vec![Text { language, title, body, questions: question }],
        ..StandardAnswer::default()
    })
}
