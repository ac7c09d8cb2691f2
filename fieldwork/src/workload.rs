//! The work that the benchmark measures.
//!
//! The rule this module protects: *a record is a visit with 18 filled fields or a meal session with 30 recipients*, of
//! people who could live, so that ratios speak of real content.

use crate::{Phone, Phones, Registry, Unwritten, Writer};
use fixtures::{Day, Population, Recipient, Record, Session, Village};
use std::collections::BTreeSet;
use sync_core::{ActorId, AreaCode, Change, Context, Dot, Edit, Element, RecordId, TOMBSTONE, Value};

/// Filled fields of a visit.
pub const VISIT_FIELDS: usize = 18;
/// Recipients of a meal session.
pub const SESSION_RECIPIENTS: usize = 30;
/// Seconds between two entries of one phone, on average.
const BETWEEN_S: i64 = 900;

/// A village whose phones are at work.
pub struct Workplace {
    /// The village.
    pub area: AreaCode,
    village: Village,
    registry: Registry,
    authors: Vec<RecordId>,
    visits: Vec<fixtures::Visit>,
    sessions: Vec<Session>,
}

impl Workplace {
    /// A village with its people registered, and enough weeks of visits for `phones` phones of `visits` each.
    ///
    /// # Errors
    /// [`Unwritten`] when plan and schema do not agree.
    pub fn new(
        population: &Population,
        area: AreaCode,
        today: Day,
        visits: usize,
        writer: &Writer,
    ) -> Result<Option<Workplace>, Unwritten> {
        let Some(village) = population.village(area.0, today) else { return Ok(None) };
        let mut phones = Phones::new(1, &village);
        phones.register(writer, &village)?;
        let mut work = Workplace {
            area,
            authors: phones
                .teams
                .iter()
                .filter_map(|team| Some(team.series.first()?.origin.author))
                .collect(),
            registry: phones.registry,
            village,
            visits: Vec::new(),
            sessions: Vec::new(),
        };
        let mut day = today;
        while work.visits.len() < visits && day < today + 7 * 200 {
            let week = work.village.week(day);
            work.visits.extend(week.visits.into_iter().filter(|visit| visit.fields().len() >= VISIT_FIELDS));
            work.sessions.extend(week.sessions);
            day += 7;
        }
        Ok(Some(work))
    }

    /// What phone number `nth` of the village saves under the number `actor`: visits and sessions, in turn.
    ///
    /// # Errors
    /// [`Unwritten`] when plan and schema do not agree.
    pub fn records(
        &mut self,
        writer: &Writer,
        actor: ActorId,
        nth: usize,
        visits: usize,
        sessions: usize,
        start_s: i64,
    ) -> Result<Vec<Change>, Unwritten> {
        let mut phone = Phone::new(actor);
        let author = self.authors[nth % self.authors.len()];
        let every = visits.checked_div(sessions).unwrap_or(usize::MAX).max(1);
        let mut at_s = start_s;
        for turn in 0..visits {
            at_s += BETWEEN_S / 2 + (turn as i64 * 7919) % BETWEEN_S;
            let visit = &self.visits[(nth * visits + turn) % self.visits.len()];
            let origin = phone.origin(author, self.area, 1, at_s);
            let mut change = writer.create(&mut self.registry, self.area, origin, visit)?;
            keep_fields(&mut change, VISIT_FIELDS);
            phone.series.push(change);
            if turn % every == every - 1 && turn / every < sessions {
                let session = self.session(nth + turn / every);
                let origin = phone.origin(author, self.area, 1, at_s + 60);
                let change = writer.create(&mut self.registry, self.area, origin, &session)?;
                phone.series.push(change);
            }
        }
        Ok(phone.series)
    }

    /// A session of the village with as many guests as the benchmark wants.
    fn session(&self, nth: usize) -> Session {
        let mut session = match self.sessions.get(nth % self.sessions.len().max(1)) {
            Some(session) => session.clone(),
            None => Session {
                number: 1 << 40 | nth as u64,
                kitchen: 0,
                made: fixtures::Made { by: 0, team: 0, on: 20_000, entered_on: 20_000, minute: 600 },
                menu: 0,
                recipients: Vec::new(),
                sold: 0,
                discarded: 0,
                funding: "village",
                cost_idr: 0,
                sales_idr: 0,
                double_of: None,
            },
        };
        let known: BTreeSet<usize> = session.recipients.iter().map(|recipient| recipient.member).collect();
        let others = (0..self.village.members.len()).filter(|member| !known.contains(member));
        session.recipients.extend(others.map(|member| Recipient { member, group: "balita", eaten: "all" }));
        session.recipients.truncate(SESSION_RECIPIENTS);
        session
    }
}

/// Takes the last fields away until `count` are left, beside the tombstone.
fn keep_fields(change: &mut Change, count: usize) {
    let fields: BTreeSet<u16> = change.edits.iter().map(|edit| edit.field).collect();
    let kept: BTreeSet<u16> = fields.into_iter().filter(|field| *field != TOMBSTONE).take(count).collect();
    change.edits.retain(|edit| edit.field == TOMBSTONE || kept.contains(&edit.field));
}

/// Two phones edit each of these records from the same base: the maker of the record and another one. In the first half
/// of the records both write the same field, in the second half two different ones.
pub struct Contest {
    /// What the makers write, in order of their records.
    pub own: Vec<Change>,
    /// What the others write.
    pub others: Vec<Change>,
}

/// The contested edits of `records`, made by one actor; `own_next` and `other_next` are the next numbers of the series.
pub fn contest(
    records: &[Change],
    date_field: u16,
    other_field: u16,
    own_next: u64,
    other: ActorId,
    other_next: u64,
) -> Contest {
    let mut contest = Contest { own: Vec::new(), others: Vec::new() };
    for (nth, record) in records.iter().enumerate() {
        let edit = |actor: ActorId, seq: u64, field: u16, step: i32| {
            let whole =
                record.edits.iter().find(|edit| edit.field == field && edit.element == Element::Whole);
            let value = match whole.map(|edit| &edit.value) {
                Some(Value::Date(day)) => Value::Date(day + step),
                Some(Value::Bool(before)) => Value::Bool(!before),
                _ => Value::Null,
            };
            let seen = if actor == record.origin.dot.actor { Vec::new() } else { vec![record.origin.dot] };
            let context = Context::new(seen);
            let mut origin = record.origin;
            origin.dot = Dot::new(actor, seq);
            origin.stamp.0 += 3600 << 20;
            origin.device_time_s += 3600;
            let edits = vec![Edit { field, element: Element::Whole, context, value }];
            Change { origin, record: record.record, kind: record.kind, edits }
        };
        let own = record.origin.dot.actor;
        let same = nth < records.len() / 2;
        contest.own.push(edit(own, own_next + nth as u64, date_field, 1));
        let field = if same { date_field } else { other_field };
        contest.others.push(edit(other, other_next + nth as u64, field, 2));
    }
    contest
}
