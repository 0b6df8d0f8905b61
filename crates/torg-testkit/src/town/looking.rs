//! What can be seen in a town: folders, pages, the journal, the mail that left.

use torg_core::{DepartmentId, Id, InquiryId, MessageId, StaffId, State};
use torg_store::folders::{self, Folder, FolderCounts, ListRow};
use torg_store::inquiries::{self, Entry, Extent, InquiryPage};
use torg_store::journal::Details;
use torg_store::messages::{self, MessageView};
use torg_store::{Place, Read, StoreError, params, sql};

use super::people::{Citizen, Colleague};
use super::{Became, Town};
use crate::relay::Taken;

impl Town {
    /// Asks the database.
    ///
    /// # Panics
    /// If it does not answer.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&Read<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        let answer = self.desk.reader().read(work).await;
        answer.expect("the database answers")
    }

    /// The rows of a colleague's folder, newest first, at most 500.
    pub async fn rows_of(&self, colleague: Colleague, folder: Folder) -> Vec<ListRow> {
        let viewer = self.viewer(colleague);
        self.read(move |read| Ok(folders::list(read, &viewer, &folder, None, 500)?.rows)).await
    }

    /// What lies in a colleague's folder, newest first.
    pub async fn folder_of(&self, colleague: Colleague, folder: Folder) -> Vec<InquiryId> {
        let rows = self.rows_of(colleague, folder).await;
        rows.into_iter().map(|row| row.id).collect()
    }

    pub async fn counts_of(&self, colleague: Colleague) -> FolderCounts {
        let (viewer, now) = (self.viewer(colleague), self.now().as_microsecond());
        self.read(move |read| folders::counts(read, &viewer, now)).await
    }

    /// The inquiry's page; `None` if there is none for her.
    pub async fn page_of(&self, colleague: Colleague, id: InquiryId) -> Option<InquiryPage> {
        let viewer = self.viewer(colleague);
        self.read(move |read| inquiries::page(read, &viewer, id, Extent::Whole)).await
    }

    /// The messages on the inquiry's page.
    ///
    /// # Panics
    /// If there is none for her.
    pub async fn messages_of(&self, colleague: Colleague, id: InquiryId) -> Vec<MessageView> {
        let page = self.page_of(colleague, id).await;
        let page = page.expect("she sees this inquiry");
        let messages = page.entries.into_iter().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message),
            Entry::Event(_) => None,
        });
        messages.collect()
    }

    /// The letter an answer would go to.
    ///
    /// # Panics
    /// If there is none.
    pub async fn newest_letter(&self, id: InquiryId) -> MessageId {
        let found = self.read(move |read| messages::addressee(read, id)).await;
        found.expect("a letter that can be answered").letter
    }

    /// State and owner.
    ///
    /// # Panics
    /// If there is no such inquiry.
    pub async fn state_of(&self, id: InquiryId) -> (State, Option<String>) {
        let found = self.read(move |read| {
            read.one(
                sql!(
                    "select i.state, s.name from inquiries i left join staff s on s.id = i.owner
                       where i.id = $1"
                ),
                &params![id],
                |row| Ok((row.get::<i64>(0)?, row.get::<Option<String>>(1)?)),
            )
        });
        let (state, owner) = found.await.expect("an inquiry of this town");
        (State::from_code(state).expect("a state"), owner)
    }

    pub(super) async fn newest_position(&self, id: InquiryId) -> i64 {
        let found = self.read(move |read| {
            let text = sql!("select messages from inquiries where id = $1");
            read.one(text, &params![id], |row| row.get::<i64>(0))
        });
        found.await.unwrap_or(0)
    }

    /// How many messages lie in an inquiry.
    pub async fn length_of(&self, id: InquiryId) -> i64 {
        self.newest_position(id).await
    }

    /// Every inquiry there is, oldest first.
    pub async fn inquiries(&self) -> Vec<InquiryId> {
        self.read(|read| {
            let all = sql!("select id from inquiries order by id");
            read.all(all, &[], |row| row.get(0))
        })
        .await
    }

    pub(super) async fn newest_arrival(&self) -> Became {
        let found = self.read(|read| {
            read.one(
                sql!(
                    "select a.id, m.inquiry, m.id from arrivals a
                        left join messages m on m.id = a.message order by a.id desc limit 1"
                ),
                &[],
                |row| {
                    let (inquiry, message): (Option<InquiryId>, Option<MessageId>) =
                        (row.get(1)?, row.get(2)?);
                    let filed = inquiry.zip(message);
                    let arrival = row.get(0)?;
                    Ok(filed.map_or(Became::Quarantined(arrival), |(inquiry, message)| {
                        Became::Message(inquiry, message)
                    }))
                },
            )
        });
        found.await.expect("something arrived")
    }

    /// An inquiry's journal, a sentence a line.
    pub async fn journal_of(&self, id: InquiryId) -> Vec<String> {
        let lines = self.read(move |read| {
            read.all(
                sql!("select verb, staff, payload from journal where chain = $1 order by step"),
                &params![id],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
        });
        let lines: Vec<(String, Option<StaffId>, Option<String>)> = lines.await;
        lines
            .into_iter()
            .map(|(verb, by, payload)| self.sentence(&verb, by, payload.as_deref()))
            .collect()
    }

    /// The verbs of the journal of no inquiry: sign-ins, rights, settings.
    pub async fn journal_of_days(&self) -> Vec<String> {
        self.read(|read| {
            let all = sql!("select verb from journal where inquiry is null order by chain, step");
            read.all(all, &[], |row| row.get(0))
        })
        .await
    }

    fn sentence(&self, verb: &str, by: Option<StaffId>, payload: Option<&str>) -> String {
        let details: Details = serde_json::from_str(payload.unwrap_or("{}")).unwrap_or_default();
        let mut sentence = match verb {
            "received" => "received by e-mail".to_owned(),
            other => other.to_owned(),
        };
        if let Some(by) = by {
            sentence.push_str(&format!(" by {}", self.name_of(by)));
        }
        if let Some(to) = details.staff {
            sentence.push_str(&format!(" to {}", self.name_of(to)));
        }
        if let Some(to) = details.department {
            sentence.push_str(&format!(" to {}", self.department_name(to)));
        }
        if let Some(why) = details.why {
            sentence.push_str(&format!(": {why}"));
        }
        sentence
    }

    fn name_of(&self, staff: StaffId) -> String {
        let found = self.people.values().find(|viewer| viewer.staff == staff);
        found.map_or_else(|| staff.to_string(), |viewer| viewer.name.clone())
    }

    fn department_name(&self, id: DepartmentId) -> String {
        let found = self.departments.iter().find(|(_, known)| **known == id);
        found.map_or_else(|| id.to_string(), |(name, _)| (*name).to_owned())
    }

    /// The answers of colleagues the relay took for a citizen, oldest first.
    pub fn answers_to(&self, citizen: Citizen) -> Vec<Taken> {
        self.taken_for(citizen, false)
    }

    /// The automatic receipts the relay took for a citizen, oldest first.
    pub fn receipts_to(&self, citizen: Citizen) -> Vec<Taken> {
        self.taken_for(citizen, true)
    }

    fn taken_for(&self, citizen: Citizen, automatic: bool) -> Vec<Taken> {
        let hers = |taken: &Taken| taken.recipients.iter().any(|to| to == citizen.address);
        let taken = self.relay.taken().into_iter();
        taken.filter(|taken| hers(taken) && taken.is_automatic() == automatic).collect()
    }

    /// Changes rows behind everybody's back, as nothing in Torg would.
    ///
    /// # Panics
    /// If the database does not take it.
    pub async fn tampers(&self, text: &str) {
        let (place, text) = (self.place.clone(), text.to_owned());
        let done = tokio::task::spawn_blocking(move || match place {
            Place::Sqlite(file) => {
                let connection = rusqlite::Connection::open(file).expect("the file opens");
                let patience = std::time::Duration::from_secs(10);
                connection.busy_timeout(patience).expect("a patience");
                connection.execute_batch(&text).expect("SQLite takes it");
            }
            Place::Postgres(place) => {
                let mut client =
                    postgres::Client::connect(&place, postgres::NoTls).expect("PostgreSQL");
                client.batch_execute(&text).expect("PostgreSQL takes it");
            }
        });
        done.await.expect("the change is made");
    }

    /// How many messages the search index finds for a word behind the wall of `department`'s
    /// inquiries, or behind the open one.
    pub async fn finds(&self, word: &str, behind: Option<DepartmentId>) -> i64 {
        let wall = behind.map_or(1, Id::as_i64);
        let (lite, pg) = (format!("\"~~{wall}\" AND \"{word}\""), format!("'~~{wall}' & '{word}'"));
        self.read(move |read| {
            let query = match read.engine() {
                torg_store::EngineKind::Sqlite => lite.clone(),
                torg_store::EngineKind::Postgres => pg.clone(),
            };
            let count = read.one(
                sql!(
                    lite "select count(*) from search where search match $1",
                    pg "select count(*) from search
                          where words @@ cast(cast($1 as text) as tsquery)"
                ),
                &params![query],
                |row| row.get(0),
            )?;
            Ok(count.unwrap_or(0))
        })
        .await
    }
}
