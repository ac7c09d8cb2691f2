//! Finding people and families by what somebody types.
//!
//! The rule this module protects: *a few letters in any spelling are enough, and the surest match comes first.* Words are
//! compared as they are written, then as they sound, then with one slip of the finger; numbers are neighbourhood units.
//! A NIK is neither searched nor shown.

use crate::book::Book;
use crate::names::{Name, old_spelling, plain_words, sound, written_out};
use crate::numbers::kind;
use crate::shapes::{Group, Hit};
use sync_core::RecordId;

const SAME_SCORE: u32 = 100;
const BEGINNING_SCORE: u32 = 95;
const SOUND_SCORE: u32 = 85;
const SOUND_BEGINNING_SCORE: u32 = 78;
const OLD_SPELLING_SCORE: u32 = 65;
const SLIP_SCORE: u32 = 55;
const UNIT_SCORE: u32 = 90;
/// Fewer letters than this are never taken for a slip of the finger.
const SLIP_FROM_LETTERS: usize = 5;
/// Somebody who died or moved out comes after the others.
const GONE_SCORE: u32 = 30;

/// What was typed, taken apart once.
struct Query {
    words: Vec<Word>,
    /// Neighbourhood unit without zeros in front.
    rt: Option<String>,
}

/// A word of the query in each form that is compared.
struct Word {
    plain: String,
    sound: String,
    old: String,
    /// What the word is short for, and how that sounds.
    long: Option<(&'static str, String)>,
}

impl Query {
    fn new(text: &str) -> Query {
        let mut query = Query { words: Vec::new(), rt: None };
        let mut typed = plain_words(text).into_iter().peekable();
        while let Some(word) = typed.next() {
            let number = word.strip_prefix("rt").unwrap_or(&word);
            let is_number = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
            if is_number(number) {
                query.rt = Some(without_zeros(number).to_owned());
            } else if word == "rt" && typed.peek().is_some_and(|next| is_number(next)) {
                // The number that follows says it all.
            } else {
                let sound = sound(&word);
                let long = written_out(&word).map(|long| (long, crate::names::sound(long)));
                query.words.push(Word { old: old_spelling(&sound), sound, plain: word, long });
            }
        }
        query
    }

    /// 0 (no match) to 100: the mean over the words of the query, each matched by a word of the name of its own.
    fn score(&self, name: &Name) -> u32 {
        let mut taken = 0_u32;
        let mut sum = 0;
        for word in &self.words {
            let mut best = (0, 0);
            for (nth, (plain, sound)) in name.words.split(' ').zip(name.sounds.split(' ')).enumerate().take(32) {
                let score = if taken & (1 << nth) == 0 { word.score(plain, sound) } else { 0 };
                if score > best.0 {
                    best = (score, nth);
                }
            }
            if best.0 == 0 {
                return self.score_joined(name);
            }
            taken |= 1 << best.1;
            sum += best.0;
        }
        sum / self.words.len().max(1) as u32
    }

    /// Words that one person writes apart and another in one: Nur Aini, Nuraini.
    fn score_joined(&self, name: &Name) -> u32 {
        if self.words.len() < 2 && !name.sounds.contains(' ') {
            return 0;
        }
        let typed: String = self.words.iter().map(|word| word.sound.as_str()).collect();
        let joined = name.sounds.replace(' ', "");
        if joined.starts_with(&typed) && typed.len() >= SLIP_FROM_LETTERS { SOUND_BEGINNING_SCORE } else { 0 }
    }
}

impl Word {
    fn score(&self, plain: &str, sound: &str) -> u32 {
        if plain == self.plain || self.long.as_ref().is_some_and(|(long, _)| plain == *long) {
            return SAME_SCORE;
        }
        if plain.starts_with(&self.plain) {
            return BEGINNING_SCORE;
        }
        if sound == self.sound {
            return SOUND_SCORE;
        }
        let long_sounds = self.long.as_ref().is_some_and(|(_, long)| sound == long);
        if long_sounds || sound.starts_with(&self.sound) {
            return SOUND_BEGINNING_SCORE;
        }
        let has_j = self.sound.contains('j') || sound.contains('j');
        if has_j && old_spelling(sound).starts_with(&self.old) {
            return OLD_SPELLING_SCORE;
        }
        let lengths = self.sound.len().abs_diff(sound.len());
        let is_slip = self.sound.len() >= SLIP_FROM_LETTERS
            && lengths <= 1
            && strsim::osa_distance(&self.sound, sound) <= 1;
        if is_slip { SLIP_SCORE } else { 0 }
    }
}

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
            let rt = || member.household.and_then(|id| self.household(id)).map_or("", |family| &family.rt);
            if score > 0 && is_in(&query.rt, rt()) {
                let score = if member.is_here() { score } else { score.min(GONE_SCORE) };
                found.push((score, true, &member.name, id));
            }
        }
        let order = |found: &(u32, bool, &Name, RecordId)| (std::cmp::Reverse(found.0), !found.1);
        found.sort_by(|one, other| {
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
        let family = member.household.and_then(|household| self.household(household));
        Some(Hit {
            is: "person",
            id,
            household: member.household.unwrap_or(id),
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
        groups.sort_unstable();
        groups.dedup();
        groups
    }
}

/// A number as text without zeros in front: `03` is `3`.
pub(crate) fn without_zeros(number: &str) -> &str {
    number.trim().trim_start_matches('0')
}

fn is_in(wanted: &Option<String>, rt: &str) -> bool {
    wanted.as_deref().is_none_or(|wanted| wanted == without_zeros(rt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_in_any_spelling_find_a_name() {
        let cases = [
            ("sit", "Siti Aminah", BEGINNING_SCORE),
            ("siti", "Siti Aminah", SAME_SCORE),
            ("aminah siti", "Siti Aminah", SAME_SCORE),
            ("muh", "Moh. Yusuf", SAME_SCORE),
            ("muh", "Muhlis", BEGINNING_SCORE),
            ("m yusup", "Muhammad Yusuf", (SAME_SCORE + SOUND_SCORE) / 2),
            ("jusuf", "Yusuf", OLD_SPELLING_SCORE),
            ("yusuf", "Jusuf", OLD_SPELLING_SCORE),
            ("soe", "Sukarno", SOUND_BEGINNING_SCORE),
            ("nuraini", "Nur Aini", SOUND_BEGINNING_SCORE),
            ("nur aini", "Nur'aini", SOUND_BEGINNING_SCORE),
            ("suparmna", "Suparman", SLIP_SCORE),
            ("sari sari", "Sari", 0),
            ("siti", "Sri", 0),
            ("budi", "Rudi", 0),
        ];
        for (typed, name, wanted) in cases {
            assert_eq!(Query::new(typed).score(&Name::new(name)), wanted, "{typed} in {name}");
        }
    }

    #[test]
    fn numbers_are_neighbourhood_units() {
        for text in ["rt 3", "RT 03", "rt03", "03", "003"] {
            let query = Query::new(text);
            assert_eq!((query.rt.as_deref(), query.words.len()), (Some("3"), 0), "{text}");
        }
        let query = Query::new("siti rt 12");
        assert_eq!((query.rt.as_deref(), query.words.len()), (Some("12"), 1));
        assert_eq!(Query::new("rtn").rt, None);
        assert_eq!(Query::new("1234567890123456").rt, None, "a long number is no neighbourhood unit");
    }
}
