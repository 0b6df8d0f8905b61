//! The verbs, the background work and the bus.
//!
//! Desk decides what happens by core's rules and writes it through store, in one transaction with
//! a line in the journal; the bus says what changed once that is committed. It takes mail in, files
//! it and sends what leaves. It knows no HTML and no HTTP, and asks the clock it was given.

mod about;
mod absences;
mod accounts;
mod answers;
mod automatic;
mod beginning;
mod bulk;
mod bus;
mod changes;
mod clock;
mod delegation;
mod demo;
mod density;
mod departments;
mod drafts;
mod due;
mod files;
mod filing;
mod flow;
mod guide;
mod hours;
mod house_mail;
mod house_style;
mod inquiry;
mod intake;
mod jobs;
mod letters;
mod moving;
mod municipal;
mod municipality;
mod notices;
mod pen;
mod persons;
mod presence;
mod privacy;
mod quarantine;
mod receipts;
mod refused;
mod relay;
mod roots;
mod search;
mod sending;
pub mod spam;
mod tags;
mod tail;
mod theme;
mod undo;
mod views;
mod work;

pub use about::{About, UNNAMED};
pub use absences::{Away, AwayRefused};
pub use accounts::{
    HashStrength, Invitation, LEAST_PASSWORD, LinkRefused, NewColleague, PasswordRefused, SignIn,
    SignInRefused, SignedIn, StaffingRefused, UserRefused,
};
pub use answers::{
    AnswerFormat, AnswerNotKept, BroughtIn, Fault, FileNotTaken, Inserted, JsonFault, LibraryTopic,
    OfferedFile, Proposal, SentenceModel, Suggested, SuggestedAnswer, Wrong,
};
pub use automatic::{Automatic, AutomaticRefused, Considered, Fall, Judged};
pub use beginning::{BeginRefused, First};
pub use bulk::{Act, Begun, MOST_MERGED, MOST_OF_A_BULK};
pub use bus::Bus;
pub use changes::ChangeRefused;
pub use clock::Clock;
pub use delegation::{Delegating, RuleFault, RuleNotKept, Tried};
pub use demo::{DemoLetter, DemoMail, DemoRefused};
pub use departments::{DepartmentRefused, SetupRefused};
pub use drafts::{Announced, Choice, FileLimits, FileRefused, Saved, Saving, Upload};
pub use files::PdfReader;
pub use filing::FilingReport;
pub use flow::Flow;
pub use hours::{HoursChange, NewCategory, RuleRefused, Trial};
pub use house_style::Hints;
pub use inquiry::{Envelope, Forward, MergeRefused, Nameable, Reply, SplitRefused, Then, nameable};
pub use intake::{ImportRefused, Imported, Intake};
pub use letters::{AttachmentFile, LetterHtml};
pub use municipal::Municipal;
pub use municipality::{Desk, DeskSettings, OpenRefused};
pub use notices::{Telling, Which};
pub use persons::Addressed;
pub use presence::LAPSES;
pub use privacy::PrivacyNote;
pub use quarantine::KEPT_DISCARDED;
pub use receipts::ReceiptText;
pub use refused::Refused;
pub use relay::{RelayChoice, RelayState};
pub use search::{
    Completion, Shown as ShownHit, completions, excerpts, instead, numbered, searched, whole_number,
};
pub use sending::{Carrier, NO_RELAY, Sent, Signs};
pub use spam::{Asking, Budget, Dns, DnsState, RspamdState, SpamState};
pub use tags::{TagChange, TagRefused, tag_history};
pub use theme::{Colour, LARGEST_LOGO, Meeting, NotAColour, Pair, Theme};
pub use torg_mail::html::{Remote as Images, markup_to_html, markup_to_text};
pub use torg_store::blobs::Pour;
pub use torg_store::demo::DemoMailbox;
pub use torg_store::sessions::Session;
pub use torg_text::answers::{DepartmentSuggestion, Suggestion, Suggestions, Veto};
pub use torg_text::style::Hint;
pub use torg_text::{FilterOf, Misread, Piece, beginnings, name_words};
pub use undo::UndoRefused;
pub use views::{NewView, ViewRefused};
pub use work::Workers;
