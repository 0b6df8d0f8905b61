//! What is being written, as a form sends it and as the composer shows it.

use maud::Markup;
use serde::Deserialize;
use torg_core::answers::blanks;
use torg_core::{AttachmentId, MessageId};
use torg_desk::{Envelope, Signs};
use torg_store::drafts::{DraftKind, DraftView, Written};
use torg_store::inquiries::InquiryPage;

use crate::drafts::Fields;

/// What is being written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum What {
    #[default]
    Reply,
    Note,
    Forward,
}

impl What {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Forward => "forward",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Reply, Self::Note, Self::Forward].into_iter().find(|what| what.word() == word)
    }

    pub(crate) fn kind(self) -> DraftKind {
        match self {
            Self::Reply => DraftKind::Reply,
            Self::Note => DraftKind::Note,
            Self::Forward => DraftKind::Forward,
        }
    }

    pub(crate) fn of(kind: DraftKind) -> Self {
        match kind {
            DraftKind::Reply => Self::Reply,
            DraftKind::Note => Self::Note,
            DraftKind::Forward => Self::Forward,
        }
    }
}

/// The composer as a form sends it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writing {
    pub(crate) text: String,
    /// The position of the newest message the writer had before her.
    pub(crate) seen: i64,
    /// Made new for each composer, so that a repeated post sends once.
    pub(crate) key: String,
    pub(crate) what: What,
    /// Send although something newer is there, or it is a colleague's.
    pub(crate) anyway: bool,
    /// She knows that it leaves its wall.
    pub(crate) opens: bool,
    /// Close with the answer.
    pub(crate) close: bool,
    pub(crate) then: String,
    /// Whom it is for; `None` where the form has no such field.
    pub(crate) to: Option<String>,
    pub(crate) cc: String,
    pub(crate) bcc: String,
    pub(crate) signature: String,
    /// The version of the draft it began as, and the kind of letter that its fields are of.
    pub(crate) version: i64,
    pub(crate) moved: Option<What>,
    pub(crate) files: Vec<AttachmentId>,
    /// The letter that is sent on, and those of its files that stay.
    pub(crate) letter: Option<MessageId>,
    pub(crate) left_out: Vec<AttachmentId>,
    /// A file was chosen and not uploaded.
    pub(crate) forgotten: bool,
}

impl Writing {
    pub(crate) fn read(fields: &Fields) -> Self {
        let what = fields.get("what").and_then(What::from_word).unwrap_or_default();
        let to = if what == What::Forward { "forward_to" } else { "to" };
        let carried: Vec<AttachmentId> = fields.all("carry");
        let mut left_out: Vec<AttachmentId> = fields.all("carry_of");
        left_out.retain(|file| !carried.contains(file));
        Self {
            text: filled(fields),
            seen: fields.get("seen").and_then(|seen| seen.parse().ok()).unwrap_or_default(),
            key: fields.text("key"),
            what,
            anyway: fields.get("anyway").is_some(),
            opens: fields.get("opens").is_some(),
            close: fields.get("close").is_some(),
            then: fields.text("then"),
            to: fields.get(to).map(str::to_owned),
            cc: fields.text("cc"),
            bcc: fields.text("bcc"),
            signature: fields.text("signature"),
            version: fields.get("version").and_then(|text| text.parse().ok()).unwrap_or_default(),
            moved: fields.get("moved").and_then(What::from_word),
            files: fields.all("file"),
            letter: fields.get("letter").and_then(|letter| letter.parse().ok()),
            left_out,
            forgotten: fields.get("upload").is_some_and(|name| !name.is_empty()),
        }
    }

    /// What the fields of a letter are of: beside a note they are those of the letter she has begun.
    pub(super) fn mail(&self) -> What {
        match self.what {
            What::Note => self.moved.filter(|what| *what != What::Note).unwrap_or_default(),
            what => what,
        }
    }

    pub(crate) fn written(&self) -> Written {
        Written {
            body: self.text.clone(),
            to: self.to.clone().unwrap_or_default(),
            cc: self.cc.clone(),
            bcc: self.bcc.clone(),
            signature: self.signature.clone(),
            letter: self.letter.filter(|_| self.what == What::Forward),
            left_out: self.left_out.clone(),
        }
    }

    pub(crate) fn envelope(&self, hold_seconds: i64) -> Envelope {
        Envelope {
            to: self.to.clone(),
            cc: self.cc.clone(),
            bcc: self.bcc.clone(),
            signs: Signs::from_word(&self.signature).unwrap_or_default(),
            files: self.files.clone(),
            version: self.version,
            hold_seconds,
        }
    }
}

/// The text, with what was given for its placeholders.
fn filled(fields: &Fields) -> String {
    let text = fields.text("text").replace("\r\n", "\n");
    blanks::fill(&text, |word| fields.get(&format!("blank.{word}")).map(str::to_owned))
}

/// What a composer opens with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// What a form held that was not sent, or what was chosen by the address.
    pub(crate) writing: Writing,
    /// Whether `writing` is only a wish for a kind, and her draft of it shall be shown.
    pub(crate) is_wish: bool,
    /// The key of the composer it came from; a new one is made without.
    pub(crate) key: Option<String>,
    /// Why it was not sent, said above the text.
    pub(crate) notice: Option<Markup>,
}

impl Draft {
    /// The composer on `what`, with her draft if she has one.
    pub(crate) fn wish(what: What, letter: Option<MessageId>) -> Self {
        let writing = Writing { what, letter, ..Writing::default() };
        Self { writing, is_wish: true, ..Self::default() }
    }

    /// What the composer shows: the form that was not sent, else her draft, else nothing yet.
    pub(super) fn shown(&self, page: &InquiryPage) -> Writing {
        let shown = self.text_shown(page);
        match letter_begun(page).filter(|_| shown.what == What::Note) {
            Some(letter) => beside_letter(shown, letter),
            None => shown,
        }
    }

    fn text_shown(&self, page: &InquiryPage) -> Writing {
        let asked = &self.writing;
        if self.notice.is_some() || !asked.text.is_empty() {
            return asked.clone();
        }
        let kind = asked.what.kind();
        let mut drafts = page.writing.drafts.iter();
        let found = match self.is_wish {
            true => drafts.find(|view| view.draft.kind == kind),
            false => drafts.next(),
        };
        let Some(view) = found else { return asked.clone() };
        let (draft, what) = (&view.draft, What::of(view.draft.kind));
        let begun = Writing {
            text: draft.written.body.clone(),
            what,
            version: draft.version,
            letter: asked.letter,
            ..Writing::default()
        };
        beside_letter(begun, view)
    }
}

/// The letter she has begun, last saved first.
pub(super) fn letter_begun(page: &InquiryPage) -> Option<&DraftView> {
    page.writing.drafts.iter().find(|view| view.draft.kind != DraftKind::Note)
}

/// The text she is not shown: a note beside a letter, and a letter beside a note.
pub(super) fn text_beside(page: &InquiryPage, shown: What) -> Option<&DraftView> {
    match shown {
        What::Note => letter_begun(page),
        _ => page.writing.drafts.iter().find(|view| view.draft.kind == DraftKind::Note),
    }
}

/// `text` with the fields of a letter as they are in its draft.
fn beside_letter(text: Writing, letter: &DraftView) -> Writing {
    let written = letter.draft.written.clone();
    Writing {
        to: Some(written.to).filter(|to| !to.is_empty()),
        cc: written.cc,
        bcc: written.bcc,
        signature: written.signature,
        moved: Some(What::of(letter.draft.kind)),
        files: letter.files.iter().map(|file| file.id).collect(),
        letter: text.letter.or(written.letter),
        left_out: written.left_out,
        ..text
    }
}
