//! Finding people and families by what somebody types.
//!
//! The rule this module protects: *a few letters in any spelling are enough, and the surest match comes first.* Words are
//! compared as they are written, then as they sound, then with one slip of the finger; numbers are neighbourhood units.
//! A NIK is neither searched nor shown.

mod query;

pub(crate) use query::without_zeros;

use crate::book::Book;
use crate::names::Name;
use crate::numbers::kind;
use crate::shapes::{Group, Hit};
use query::Query;
use sync_core::RecordId;

const UNIT_SCORE: u32 = 90;
/// Somebody who died or moved out comes after the others.
const GONE_SCORE: u32 = 30;

impl Book {
    /// People and families that fit `text`, at most `limit`: the best first, then by name. `rt 3` and `03` find the
    /// families of a neighbourhood unit; with a name, only its people.
    pub fn search(&self, text: &str, day: i32, limit: usize) -> Vec<Hit> {
        let query = Query::new(text);
        if query.words.is_empty() && query.rt.is_none() {
            return Vec::new();
        }
        let mut found: Vec<(u32, bool, &Name, RecordId)> = Vec::new();
        for id in self.all(kind::HOUSEHOLD) {
            let Some(family) = self.household(id) else { continue };
            if !is_in(&query.rt, &family.rt) {
                continue;
            }
            let score = if query.words.is_empty() { UNIT_SCORE } else { query.score(&family.head) };
            if score > 0 {
                found.push((score, false, &family.head, id));
            }
        }
        for id in self.all(kind::MEMBER).filter(|_| !query.words.is_empty()) {
            let Some(member) = self.member(id) else { continue };
            let score = query.score(&member.name);
            let rt = || self.home(member).and_then(|id| self.household(id)).map_or("", |family| &family.rt);
            if score > 0 && is_in(&query.rt, rt()) {
                let score = if member.is_here() { score } else { score.min(GONE_SCORE) };
                found.push((score, true, &member.name, id));
            }
        }
        let order = |found: &(u32, bool, &Name, RecordId)| (std::cmp::Reverse(found.0), !found.1);
        crate::order::sort(&mut found, |one, other| {
            order(one).cmp(&order(other)).then_with(|| (&one.2.words, one.3).cmp(&(&other.2.words, other.3)))
        });
        found.truncate(limit);
        let hit = |(score, is_person, _, id): (u32, bool, &Name, RecordId)| {
            if is_person { self.hit_of_person(id, score, day) } else { self.hit_of_family(id, score, day) }
        };
        found.into_iter().filter_map(hit).collect()
    }

    /// A person as a hit; `score` of 0 to 100.
    pub(crate) fn hit_of_person(&self, id: RecordId, score: u32, day: i32) -> Option<Hit> {
        let member = self.member(id)?;
        let home = self.home(member);
        let family = home.and_then(|household| self.household(household));
        Some(Hit {
            is: "person",
            id,
            household: home.unwrap_or(id),
            name: member.name.text.clone(),
            head: family.map_or(String::new(), |family| family.head.text.clone()),
            rt: family.map_or(String::new(), |family| family.rt.clone()),
            age: member.age(day),
            groups: self.groups(id, member, day),
            score: score.min(100) as u8,
        })
    }

    /// A family as a hit; `score` of 0 to 100.
    pub(crate) fn hit_of_family(&self, id: RecordId, score: u32, day: i32) -> Option<Hit> {
        let family = self.household(id)?;
        Some(Hit {
            is: "family",
            id,
            household: id,
            name: family.head.text.clone(),
            head: family.head.text.clone(),
            rt: family.rt.clone(),
            age: None,
            groups: self.groups_of_family(id, day),
            score: score.min(100) as u8,
        })
    }

    /// The groups of the people of a family, each once, in the order of the enumeration.
    pub(crate) fn groups_of_family(&self, household: RecordId, day: i32) -> Vec<Group> {
        let members = self.members(household);
        let mut groups: Vec<Group> = members.flat_map(|(id, member)| self.groups(id, member, day)).collect();
        crate::order::sort(&mut groups, Group::cmp);
        groups.dedup();
        groups
    }
}

fn is_in(wanted: &Option<String>, rt: &str) -> bool {
    wanted.as_deref().is_none_or(|wanted| wanted == without_zeros(rt))
}
