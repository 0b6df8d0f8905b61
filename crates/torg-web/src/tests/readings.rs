//! Readings made by hand: the people and the inquiry every test knows.

use jiff::tz::TimeZone;
use torg_core::inquiry::InquiryNumber;
use torg_core::wall::open_wall;
use torg_core::{
    AttachmentId, DepartmentId, Direction, Id, Inquiry, InquiryId, JournalId, Kind, Language,
    MessageId, PersonId, Role, SendState, StaffId, State, Verb, Viewer,
};
use torg_store::delegation::Proposal;
use torg_store::departments::DepartmentName;
use torg_store::folders::{DepartmentCount, FolderCounts, ListPage, ListRow};
use torg_store::inquiries::{
    AttachmentRow, Entry, EventDetail, EventView, InquiryPage, LinkRow, MessageView, Recipient,
    Standing,
};
use torg_store::persons::{PersonCard, PersonInquiry};
use torg_store::staff::StaffName;

use crate::words::{Scene, Texts, Times};
use crate::workspace::Rows;

/// Sunday 22 November 2026, 10:51 in Fjordby.
pub(super) const NOW: i64 = 1_795_341_060_000_000;
const MINUTE: i64 = 60_000_000;

/// Dagny looks, in `language`.
pub(crate) fn scene(language: Language) -> Scene {
    let texts = Texts { language };
    let now = jiff::Timestamp::from_microsecond(NOW).unwrap();
    Scene {
        town: "Fjordby".into(),
        demo: false,
        texts,
        times: Times { now, zone: TimeZone::get("Europe/Oslo").unwrap(), texts },
        theme: "auto".into(),
        viewer: Some(Viewer {
            staff: StaffId::from_i64(3),
            name: "Dagny Moe".into(),
            role: Role::Staff,
        }),
        unseen: 0,
        sheet: None,
        logo: None,
        has_privacy_note: false,
        is_new: false,
    }
}

pub(super) fn roads() -> DepartmentName {
    DepartmentName { id: DepartmentId::from_i64(1), name: "Vei og park".into(), restricted: false }
}

pub(super) fn bo() -> StaffName {
    StaffName { id: StaffId::from_i64(2), name: "Bo Lindqvist".into() }
}

pub(super) fn counts() -> FolderCounts {
    FolderCounts {
        all: 1000,
        unowned: 6,
        mine: 7,
        waiting: 0,
        quarantine: 1,
        drafts: 2,
        departments: vec![
            DepartmentCount {
                id: DepartmentId::from_i64(1),
                name: "Vei og park".into(),
                restricted: false,
                member: true,
                level: 0,
                open: 18,
            },
            DepartmentCount {
                id: DepartmentId::from_i64(5),
                name: "Barnevern".into(),
                restricted: true,
                member: true,
                level: 0,
                open: 2,
            },
            DepartmentCount {
                id: DepartmentId::from_i64(6),
                name: "Kultur".into(),
                restricted: false,
                member: false,
                level: 0,
                open: 3,
            },
        ],
        ..FolderCounts::default()
    }
}

/// One row, owned by nobody and unread.
pub(super) fn row() -> ListRow {
    ListRow {
        id: InquiryId::from_i64(7),
        number: InquiryNumber::new(2026, 1187),
        state: State::Open,
        owner: None,
        department: roads(),
        sender: "Kari Nordvik".into(),
        subject: "Gatelykt ute".into(),
        snippet: "Hei, lykten er mørk".into(),
        urgent: true,
        messages: 3,
        last_at: NOW - 12 * MINUTE,
        unread: true,
        attachments: true,
        trouble: false,
        shown: false,
        language: Some(Language::Nb),
        at: NOW - 12 * MINUTE,
        hit: None,
        tags: vec![],
        wake_at: None,
        lent_by: None,
        due: None,
        suspect: false,
        automatic: false,
        category: None,
    }
}

pub(super) fn rows(rows: Vec<ListRow>) -> Rows {
    Rows { page: ListPage { rows, ..ListPage::default() }, ..Rows::default() }
}

pub(super) fn letter(position: i64, author: &str, text: &str) -> MessageView {
    MessageView {
        id: MessageId::from_i64(70 + position),
        inquiry: InquiryId::from_i64(7),
        position,
        direction: Direction::In,
        kind: Kind::Human,
        author: author.into(),
        address: Some("kari@post.example".into()),
        staff: None,
        at: NOW - 60 * MINUTE,
        text: text.into(),
        quoted: String::new(),
        has_html: false,
        attachments: vec![],
        send_state: SendState::None,
        send_error: None,
        unread: false,
        judged: None,
    }
}

/// The lamp: a letter with quoted text and a file, a referral, a note, and a suggestion.
pub(super) fn lamp() -> InquiryPage {
    let first = MessageView {
        quoted: "> Hei\n> Takk".into(),
        has_html: true,
        attachments: vec![AttachmentRow {
            id: AttachmentId::from_i64(5),
            name: "kart.pdf".into(),
            content_type: "application/pdf".into(),
            size: 240_000,
            inline: false,
        }],
        ..letter(1, "Kari Nordvik", "Hei, lykten er mørk.")
    };
    let note = MessageView {
        direction: Direction::Note,
        staff: Some(bo().id),
        address: None,
        ..letter(2, "Bo Lindqvist", "Elverket kommer tirsdag.")
    };
    let referral = EventView {
        id: JournalId::from_i64(1),
        may_undo: false,
        undone: false,
        of: None,
        verb: Verb::Referred,
        by: Some("Bo Lindqvist".into()),
        at: NOW - 50 * MINUTE,
        detail: EventDetail {
            to: Some("Vei og park".into()),
            from: Some("Servicetorg".into()),
            why: Some("gatelys".into()),
            ..EventDetail::default()
        },
    };
    InquiryPage {
        writing: Default::default(),
        inquiry: Inquiry {
            id: InquiryId::from_i64(7),
            number: InquiryNumber::new(2026, 1187),
            state: State::Open,
            owner: None,
            department: roads().id,
            wall: open_wall(),
            person: Some(PersonId::from_i64(9)),
            urgent: false,
            messages: 2,
            newest_word: 2,
        },
        subject: "Gatelykt ute".into(),
        created: NOW - 60 * MINUTE,
        department: roads(),
        owner: None,
        person: Some(person()),
        shown_to: vec![],
        entries: vec![Entry::Message(first), Entry::Event(referral), Entry::Message(note)],
        earlier: 0,
        links: vec![LinkRow {
            id: InquiryId::from_i64(8),
            number: InquiryNumber::new(2026, 1101),
            subject: "Mørkt ved skolen".into(),
            state: State::Open,
            suggested: true,
            why: "same-subject".into(),
        }],
        recipient: Some(Recipient {
            name: "Kari Nordvik".into(),
            address: "kari@post.example".into(),
            stranger: false,
        }),
        standing: Standing::default(),
        due: None,
        category: None,
        categories: Vec::new(),
        proposal: Proposal::default(),
    }
}

fn person() -> PersonCard {
    let earlier = PersonInquiry {
        id: InquiryId::from_i64(6),
        number: InquiryNumber::new(2025, 17),
        subject: "Sikring".into(),
        state: State::Closed,
        last_at: NOW - 400 * 24 * 60 * MINUTE,
        owner: Some("Bo Lindqvist".into()),
        department: "Vei og park".into(),
    };
    PersonCard {
        id: PersonId::from_i64(9),
        name: "Kari Nordvik".into(),
        addresses: vec!["kari@post.example".into()],
        since: 1_610_000_000_000_000,
        inquiries: vec![earlier],
        total: 6,
    }
}
