//! The life of one inquiry, from the first letter to the last word.

use crate::calendar::working;
use crate::dice::Dice;
use crate::fates::Fate;
use crate::files::DemoFile;
use crate::letters;
use crate::plan::{Event, Kind, Letter, Plan, Role, Thread, What};
use crate::slots::Slots;
use crate::texts::{Line, Phrases, TEXTS, Texts, Topic, Voice};
use jiff::{SignedDuration, Timestamp};

/// Tells one inquiry's life as events.
pub(crate) struct Story<'a> {
    dice: &'a mut Dice,
    plan: &'a Plan,
    texts: &'static Texts,
    phrases: &'static Phrases,
    thread: usize,
    subject: String,
    /// Which of the topic's openings the citizen chose.
    opening: usize,
    slots: Slots,
    /// The department that has it now.
    department: usize,
    owner: usize,
    /// The time of the newest event.
    now: Timestamp,
    until: Timestamp,
    events: Vec<Event>,
}

impl<'a> Story<'a> {
    /// Prepares the story of `thread`, whose first letter comes `at` and which is told to `until`.
    pub(crate) fn new(
        dice: &'a mut Dice,
        plan: &'a Plan,
        thread: usize,
        at: Timestamp,
        until: Timestamp,
    ) -> Story<'a> {
        let texts: &'static Texts = &TEXTS;
        let about = &plan.threads[thread];
        let slots = Slots::draw(dice, texts, &about.citizen, at);
        Story {
            dice,
            plan,
            texts,
            phrases: texts.phrases(about.citizen.language),
            thread,
            subject: String::new(),
            opening: 0,
            slots,
            department: plan.department(&about.department).unwrap_or(0),
            owner: 0,
            now: at,
            until,
            events: Vec::new(),
        }
    }

    /// Tells it to the end that `fate` sets.
    pub(crate) fn tell(mut self, fate: Fate) -> Vec<Event> {
        let Some((topic, voice)) = self.matter() else {
            return self.events;
        };
        let addressed_to = self.first_letter(topic, voice);
        let soon = fate != Fate::Done;
        if addressed_to != self.department && (fate != Fate::Unowned || self.dice.chance(0.5)) {
            self.refer_from(addressed_to, soon);
        }
        if self.dice.chance(topic.urgent) {
            let staff = self.someone(self.department);
            self.act(25.0, What::Urgent { thread: self.thread, staff });
        }
        if fate != Fate::Unowned {
            self.claim(soon);
        }
        match fate {
            Fate::Unowned => {}
            Fate::Claimed => self.maybe_note(0.35),
            Fate::Waiting => {
                self.maybe_note(0.15);
                self.answer(voice, soon);
            }
            Fate::DoneSoon => {
                self.maybe_note(0.15);
                self.answer(voice, true);
                self.close(2.0);
            }
            Fate::Done => self.run_its_course(topic, voice),
        }
        self.events
    }

    fn run_its_course(&mut self, topic: &Topic, voice: &Voice) {
        self.maybe_note(0.2);
        let reminded = self.dice.chance(0.06);
        if reminded {
            let reminder = self.dice.pick(&self.phrases.reminders).clone();
            self.write_after_days(3, 6, &reminder);
        }
        let late = reminded || self.dice.chance(0.08);
        self.answer_with(voice, false, late);
        self.machine_answers();
        match self.dice.between(0, 99) {
            0..=15 => self.follow_up(),
            16..=26 => self.thanks(),
            27..=29 if !topic.calm => self.complaint(),
            30..=37 => self.close(60.0 * 8.0 * 6.0),
            _ => self.close(3.0),
        }
    }

    /// The citizen asks on, gets an answer, and that is that.
    fn follow_up(&mut self) {
        let follow_up = self.dice.pick(&self.phrases.follow_ups);
        let ask = self.slots.fill(&follow_up.ask);
        self.write_after_days(0, 3, &ask);
        let body = self.slots.fill(&follow_up.answer);
        self.reply(180.0, &body, false);
        self.close(3.0);
    }

    /// A word of thanks opens what was closed; a glance closes it again.
    fn thanks(&mut self) {
        self.close(3.0);
        let thanks = self.dice.pick(&self.phrases.thanks).clone();
        self.write_after_days(0, 2, &thanks);
        self.close(40.0);
    }

    fn complaint(&mut self) {
        self.close(3.0);
        let complaint = self.slots.fill(self.dice.pick(&self.phrases.complaints));
        self.write_after_days(1, 4, &complaint);
        self.maybe_note(0.8);
        let body = self.slots.fill(self.dice.pick(&self.phrases.complaint_answers));
        self.reply(240.0, &body, false);
        self.close(5.0);
    }

    /// Writes the first letter and says which department's address it was sent to.
    fn first_letter(&mut self, topic: &Topic, voice: &Voice) -> usize {
        let opening = letters::opening(
            self.dice,
            self.texts,
            topic,
            voice,
            &self.about().citizen,
            &self.slots,
        );
        self.opening = opening.opening;
        self.subject = opening.subject;
        let own = self.plan.departments[self.department].address.clone();
        let general = self.plan.municipality.general_address.clone();
        let (to, addressed_to) = match self.dice.between(0, 99) {
            0..=17 => (vec![general], 0),
            18..=19 => (vec![own, general], self.department),
            20..=21 if !self.plan.departments[self.department].restricted => {
                let wrong = self.open_department();
                (vec![self.plan.departments[wrong].address.clone()], wrong)
            }
            _ => (vec![own], self.department),
        };
        let subject = self.subject.clone();
        self.letter(subject, opening.text, to, opening.files, Kind::Human, false);
        addressed_to
    }

    /// Out of office: a machine answers our answer, or a mail server sends it back.
    fn machine_answers(&mut self) {
        let citizen = &self.about().citizen;
        let chance = self.dice.between(0, 999);
        if chance < 18 {
            let text = self.slots.fill(self.dice.pick(&self.phrases.vacations));
            let text = format!("{text}\n\n{}", citizen.name);
            let subject = format!("{}: {}", self.phrases.vacation_subject, self.subject);
            self.machine_letter(subject, text, Kind::Vacation);
        } else if chance < 21 {
            let text = self.phrases.bounce.replace("{address}", &citizen.address);
            let subject = "Undelivered Mail Returned to Sender".to_owned();
            self.machine_letter(subject, text, Kind::Bounce);
        }
    }

    fn machine_letter(&mut self, subject: String, text: String, kind: Kind) {
        self.now += SignedDuration::from_secs(self.dice.between(4, 50));
        let to = vec![self.plan.departments[self.department].address.clone()];
        self.letter(subject, text, to, Vec::new(), kind, true);
    }

    /// The citizen writes again, some days on, in answer to the newest message.
    fn write_after_days(&mut self, least: i64, most: i64, body: &str) {
        let minutes = self.dice.between(least * 1_440 + 35, most * 1_440 + 300);
        self.now += SignedDuration::from_mins(minutes);
        let text = letters::later(self.dice, self.texts, &self.about().citizen, body);
        let subject = format!("{}: {}", self.phrases.reply_prefix, self.subject);
        let to = vec![self.plan.departments[self.department].address.clone()];
        self.letter(subject, text, to, Vec::new(), Kind::Human, true);
    }

    fn letter(
        &mut self,
        subject: String,
        text: String,
        to: Vec<String>,
        attachments: Vec<DemoFile>,
        kind: Kind,
        in_reply_to_previous: bool,
    ) {
        let citizen = self.about().citizen.clone();
        let (from_name, from_address) = match kind {
            Kind::Bounce => {
                let domain = citizen.address.split('@').nth(1).unwrap_or("post.example");
                ("Mail Delivery System".to_owned(), format!("mailer-daemon@{domain}"))
            }
            _ => (citizen.name, citizen.address),
        };
        let html = kind == Kind::Human && self.dice.chance(0.35);
        let what = What::Letter(Letter {
            thread: self.thread,
            from_name,
            from_address,
            to,
            subject,
            text,
            html,
            attachments,
            language: citizen.language,
            kind,
            in_reply_to_previous,
        });
        self.events.push(Event { at: self.now, what });
    }

    fn refer_from(&mut self, from: usize, soon: bool) {
        let staff = self.someone(from);
        let talk = &self.texts.talk[&self.about().department];
        let why = self.dice.pick(&talk.why).clone();
        let department = self.department;
        let mean = if soon { 12.0 } else { 70.0 };
        self.act(mean, What::Refer { thread: self.thread, staff, department, why });
    }

    fn claim(&mut self, soon: bool) {
        self.owner = self.someone(self.department);
        let wait = self.dice.wait(if soon { 25.0 } else { 150.0 });
        let (thread, owner) = (self.thread, self.owner);
        match self.lead().filter(|&lead| lead != owner && self.dice.chance(0.06)) {
            Some(staff) => self.act_after(wait, What::Assign { thread, staff, to: owner }),
            None => self.act_after(wait, What::Claim { thread, staff: owner }),
        }
    }

    fn maybe_note(&mut self, chance: f64) {
        if self.dice.chance(chance) {
            let talk = &self.texts.talk[&self.about().department];
            let text = self.slots.fill(self.dice.pick(&talk.notes));
            let staff =
                if self.dice.chance(0.6) { self.owner } else { self.someone(self.department) };
            self.act(30.0, What::Note { thread: self.thread, staff, text });
        }
    }

    fn answer(&mut self, voice: &Voice, soon: bool) {
        self.answer_with(voice, soon, false);
    }

    fn answer_with(&mut self, voice: &Voice, soon: bool, late: bool) {
        let body = self.slots.fill(self.dice.pick(&Line::fitting(&voice.answers, self.opening)));
        let mean = match (soon, late) {
            (true, _) => 35.0,
            (false, false) => 300.0,
            (false, true) => 1_500.0,
        };
        self.reply(mean, &body, late);
    }

    fn reply(&mut self, mean: f64, body: &str, late: bool) {
        let name = &self.plan.staff[self.owner].name;
        let citizen = &self.about().citizen;
        let text = letters::answer(self.dice, self.phrases, citizen, name, body, late);
        // Whoever apologises for being late has been late.
        let wait = self.dice.wait(mean) + if late { 900.0 } else { 0.0 };
        self.act_after(wait, What::Reply { thread: self.thread, staff: self.owner, text });
    }

    fn close(&mut self, mean: f64) {
        self.act(mean, What::Close { thread: self.thread, staff: self.owner });
    }

    /// Somebody does something, after working time with this mean in minutes.
    fn act(&mut self, mean: f64, what: What) {
        let wait = self.dice.wait(mean);
        self.act_after(wait, what);
    }

    fn act_after(&mut self, minutes: f64, what: What) {
        let due = working(self.now, minutes.max(1.0));
        // What must be done before the end is done a little faster than usual.
        let hurried = working(self.now, minutes.clamp(1.0, 25.0));
        let fresh = self.until.duration_since(self.now) < SignedDuration::from_hours(24 * 60);
        self.now = if fresh && due > self.until { hurried } else { due };
        self.events.push(Event { at: self.now, what });
    }

    fn about(&self) -> &'a Thread {
        &self.plan.threads[self.thread]
    }

    fn matter(&self) -> Option<(&'static Topic, &'static Voice)> {
        let topic = self.texts.topic(&self.about().topic)?;
        Some((topic, topic.voice(self.about().citizen.language)?))
    }

    /// A member of the department; those whose own department it is more often, and leads less.
    fn someone(&mut self, department: usize) -> usize {
        let key = &self.plan.departments[department].key;
        let weights: Vec<f64> = self
            .plan
            .staff
            .iter()
            .map(|staff| match staff.departments.iter().position(|own| own == key) {
                None => 0.0,
                Some(0) if staff.role == Role::Staff => {
                    if staff.is_demo_login {
                        6.0
                    } else {
                        4.0
                    }
                }
                Some(0) if staff.role == Role::Lead => 1.5,
                Some(_) => 0.6,
            })
            .collect();
        self.dice.weighted(&weights)
    }

    fn lead(&self) -> Option<usize> {
        let key = &self.plan.departments[self.department].key;
        self.plan
            .staff
            .iter()
            .position(|staff| staff.role == Role::Lead && staff.departments.contains(key))
    }

    /// A department that is neither restricted nor the one concerned.
    fn open_department(&mut self) -> usize {
        let others: Vec<usize> = (0..self.plan.departments.len())
            .filter(|&at| at != self.department && !self.plan.departments[at].restricted)
            .collect();
        *self.dice.pick(&others)
    }
}
