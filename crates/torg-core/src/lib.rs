//! The words and the rules of a municipality's correspondence.
//!
//! Core knows what an inquiry is, who may do what to it, and how the journal's chain is made.
//! It knows no database, no network, no HTML, no language of people and no time of day: whoever
//! needs a rule brings the facts along, so every rule can be tested in microseconds.

pub mod answers;
pub mod automatic;
pub mod delegation;
pub mod department;
pub mod due;
pub mod fact;
pub mod hours;
pub mod house_style;
pub mod ids;
pub mod inquiry;
pub mod journal;
pub mod language;
pub mod mention;
pub mod message;
pub mod notice;
pub mod person;
pub mod recipients;
pub mod spam;
pub mod staff;
pub mod threading;
pub mod undo;
pub mod wall;

pub use department::Department;
pub use fact::Fact;
pub use ids::{
    AbsenceId, AnswerId, ArrivalId, AttachmentId, AutomaticId, BulkId, CalendarId, CategoryId,
    ContactPointId, DepartmentId, DraftId, Id, IdMaker, InquiryId, JobId, JoinId, JournalId,
    LessonId, MailboxId, MessageId, NoticeId, OutboxId, PersonId, RuleId, SessionId, StaffId,
    TagId, TargetId, UploadId, UseId, ViewId, WallId,
};
pub use inquiry::{Inquiry, InquiryNumber, State};
pub use journal::Verb;
pub use language::Language;
pub use message::{Direction, Kind, Position, SendState};
pub use notice::NoticeKind;
pub use person::{ContactKind, EmailAddress};
pub use staff::{Role, Viewer};
pub use threading::{Threading, thread};
pub use undo::Was;
