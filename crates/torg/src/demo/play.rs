//! Plays a plan: sets the clock to each event and has the desk do it.

use std::collections::HashMap;

use anyhow::{Context, anyhow};
use torg_core::{Fact, InquiryId, Language, Role, Viewer};
use torg_demo::{Event, Letter, Plan, What};
use torg_desk::{Clock, Desk, NewColleague, Refused, Reply};
use torg_web::Opening;

use super::letters::{Thread, raw};
use super::spam::SpamToCome;

/// The demo while it is being played.
struct Stage<'a> {
    desk: &'a Desk,
    plan: &'a Plan,
    staff: Vec<Viewer>,
    departments: Vec<torg_core::DepartmentId>,
    threads: HashMap<usize, Thread>,
    /// Of a thread, the inquiries that letters opened which did not say what they answer.
    strays: HashMap<usize, Vec<InquiryId>>,
}

/// Sets up the municipality and plays its year, with everything filed and sent at its time.
pub(super) async fn year(
    desk: &Desk,
    clock: &Clock,
    plan: &Plan,
    password: &str,
    opening: &Opening,
) -> anyhow::Result<()> {
    let mut stage = set_up(desk, plan, password).await?;
    let progress = super::begin_progress(plan.events.len());
    let end = plan.events.last().map_or_else(|| desk.now(), |event| event.at);
    let mut spam = SpamToCome::until(end, &plan.municipality.general_address);
    for event in &plan.events {
        if let Some(reader) = stage.staff.first() {
            spam.play_until(desk, clock, reader, event.at).await?;
        }
        clock.set(event.at);
        stage.play(event).await.with_context(|| format!("at {}", event.at))?;
        progress.inc(1);
        opening.step();
    }
    while desk.delegate_waiting().await? > 0 {}
    progress.finish_and_clear();
    Ok(())
}

async fn set_up<'a>(desk: &'a Desk, plan: &'a Plan, password: &str) -> anyhow::Result<Stage<'a>> {
    let mut departments = Vec::new();
    for department in &plan.departments {
        let (name, signature) = (&department.name, &department.signature);
        departments.push(desk.add_department(name, department.restricted, signature).await?);
    }
    // The general address comes first: the first one is everybody's.
    let first = plan.departments.first().context("a municipality without departments")?;
    desk.add_address(&plan.municipality.general_address, &first.name).await?;
    for department in &plan.departments {
        if department.address != plan.municipality.general_address {
            desk.add_address(&department.address, &department.name).await?;
        }
    }
    let staff = colleagues(desk, plan, password).await?;
    super::hours::set(desk, &staff).await?;
    super::answers::set(desk, &staff).await?;
    super::delegation::set(desk, &staff).await?;
    Ok(Stage { desk, plan, staff, departments, threads: HashMap::new(), strays: HashMap::new() })
}

async fn colleagues(desk: &Desk, plan: &Plan, password: &str) -> anyhow::Result<Vec<Viewer>> {
    let hash = desk.hash_password(password).await?;
    let mut staff = Vec::new();
    for colleague in &plan.staff {
        let role = match colleague.role {
            torg_demo::Role::Staff => Role::Staff,
            torg_demo::Role::Lead => Role::Lead,
            torg_demo::Role::Administrator => Role::Administrator,
        };
        let places = colleague.departments.iter().filter_map(|key| plan.department(key));
        let departments = places.filter_map(|place| plan.departments.get(place));
        let new = NewColleague {
            name: colleague.name.clone(),
            email: colleague.address.clone(),
            role,
            language: Language::Nb,
            departments: departments.map(|department| department.name.clone()).collect(),
            password: String::new(),
        };
        let id = desk.add_colleague_hashed(new, hash.clone()).await?;
        let viewer = Viewer { staff: id, name: colleague.name.clone(), role };
        // They have worked here for a year.
        desk.put_guide_away(&viewer).await?;
        staff.push(viewer);
    }
    Ok(staff)
}

impl Stage<'_> {
    async fn play(&mut self, event: &Event) -> anyhow::Result<()> {
        if let Some(staff) = event.what.staff() {
            self.gather(event.what.thread(), staff).await?;
        }
        match &event.what {
            What::Letter(letter) => self.letter(letter).await,
            What::Reply { thread, staff, text } => self.reply(*thread, *staff, text, event).await,
            other => self.act(other, event).await,
        }
    }

    async fn letter(&mut self, letter: &Letter) -> anyhow::Result<()> {
        let mut facts = self.desk.bus().subscribe();
        let thread = self.threads.get(&letter.thread);
        let mail = raw(self.desk, letter, thread)?;
        self.desk.demo_mail(mail.envelope_from, mail.recipients, mail.raw).await?;
        let report = self.desk.file_waiting().await?;
        if report.quarantined > 0 {
            return Err(anyhow!("a letter was not filed: {}", letter.subject));
        }
        self.desk.send_due().await?;
        let filed = std::iter::from_fn(|| facts.try_recv().ok()).find_map(|fact| match fact {
            Fact::Inquiry { inquiry, .. } => Some(inquiry),
            _ => None,
        });
        let inquiry = filed.context("a letter without an inquiry")?;
        let known = self.threads.entry(letter.thread).or_insert_with(|| Thread::of(inquiry));
        known.heard(mail.mail_id);
        if known.inquiry != inquiry {
            self.strays.entry(letter.thread).or_default().push(inquiry);
        }
        Ok(())
    }

    /// Whoever goes on with a thread first merges what came beside it.
    async fn gather(&mut self, thread: usize, staff: usize) -> anyhow::Result<()> {
        for stray in self.strays.remove(&thread).unwrap_or_default() {
            let (into, viewer) = (self.inquiry(thread)?, self.viewer(staff)?);
            match self.desk.merge(&viewer, into, stray, true).await {
                // What she cannot see is for others.
                Ok(()) | Err(Refused::NotFound) => {}
                // It came in behind another wall: it is answered there, with the matter itself.
                Err(Refused::Merge(_)) => self.desk.close(&viewer, stray).await?,
                Err(other) => return Err(other.into()),
            }
        }
        Ok(())
    }

    async fn reply(
        &mut self,
        thread: usize,
        staff: usize,
        text: &str,
        event: &Event,
    ) -> anyhow::Result<()> {
        let (inquiry, viewer) = (self.inquiry(thread)?, self.viewer(staff)?);
        let reply = Reply {
            text: text.to_owned(),
            seen: i64::MAX,
            anyway: true,
            key: format!("demo-{thread}-{}", event.at),
            ..Reply::default()
        };
        let message = self.desk.reply(&viewer, inquiry, reply).await?;
        self.desk.send_due().await?;
        let raw =
            self.desk.raw_message(&viewer, message).await?.context("an answer without text")?;
        let known = self.threads.get_mut(&thread).context("an unknown thread")?;
        known.answered(&raw)
    }

    async fn act(&mut self, what: &What, event: &Event) -> anyhow::Result<()> {
        let desk = self.desk;
        let inquiry = self.inquiry(what.thread())?;
        match what {
            What::Claim { thread, staff } => {
                let (viewer, read) = (self.viewer(*staff)?, self.threads.get(thread));
                // Nobody takes what she has not read.
                desk.look(&viewer, inquiry, read.map_or(0, |thread| thread.messages)).await?;
                desk.claim(&viewer, inquiry).await?;
            }
            What::Note { thread, staff, text } => {
                let key = format!("demo-{thread}-{}", event.at);
                desk.note(&self.viewer(*staff)?, inquiry, text.clone(), key, 0).await?;
                self.threads.entry(*thread).and_modify(|known| known.messages += 1);
            }
            What::Refer { staff, department, why, .. } => {
                let to = *self.departments.get(*department).context("an unknown department")?;
                desk.refer(&self.viewer(*staff)?, inquiry, to, why.clone(), true).await?;
            }
            What::Assign { staff, to, .. } => {
                let to = self.viewer(*to)?.staff;
                desk.assign(&self.viewer(*staff)?, inquiry, to).await?;
            }
            What::Urgent { staff, .. } => {
                desk.mark_urgent(&self.viewer(*staff)?, inquiry, true).await?;
            }
            What::Close { staff, .. } => desk.close(&self.viewer(*staff)?, inquiry).await?,
            What::Letter(_) | What::Reply { .. } => {}
        }
        Ok(())
    }

    fn inquiry(&self, thread: usize) -> anyhow::Result<InquiryId> {
        let known = self.threads.get(&thread).map(|known| known.inquiry);
        known.with_context(|| format!("thread {thread} of {}", self.plan.threads.len()))
    }

    fn viewer(&self, staff: usize) -> anyhow::Result<Viewer> {
        self.staff.get(staff).cloned().with_context(|| format!("colleague {staff}"))
    }
}
