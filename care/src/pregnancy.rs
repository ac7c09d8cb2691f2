//! Weeks, trimester and contacts of a pregnancy.
//!
//! The rule this module protects: *everything counts from the first day of the last period.* Delivery is expected 280
//! days after it, which is where the plan of visits ends; the second trimester begins with week 14, the third with week
//! 28. The weeks of contact are those of the list `preg_contact` (forms of the ELSIMIL server, G1).

use crate::book::Book;
use crate::fact::{Pregnancy, Visit};
use sync_core::RecordId;

/// From the last period to the expected day of delivery.
const DAYS: i32 = 280;
/// A visit so many days before or after a week of contact is that contact.
const CONTACT_NEAR_DAYS: i32 = 14;

impl Pregnancy {
    /// Completed weeks on a day; `None` when no last period is known or it lies later.
    pub(crate) fn weeks(&self, day: i32) -> Option<i32> {
        let days = day.checked_sub(self.lmp?)?;
        (days >= 0).then_some(days / 7)
    }

    /// Expected day of delivery.
    pub(crate) fn expected(&self) -> Option<i32> {
        self.lmp?.checked_add(DAYS)
    }
}

/// 1, 2 or 3, of completed weeks.
pub(crate) fn trimester(weeks: i32) -> u8 {
    match weeks {
        ..14 => 1,
        14..28 => 2,
        _ => 3,
    }
}

impl Book {
    /// The weeks of contact and their codes in `preg_contact`, ascending.
    pub(crate) fn contact_weeks(&self) -> impl Iterator<Item = (i32, u16)> {
        let codes = self.schema.enumeration("preg_contact").map_or(&[][..], |list| &list.codes);
        codes.iter().filter_map(|code| Some((code.name.strip_prefix('w')?.parse().ok()?, code.number)))
    }

    /// The contact that a visit in pregnancy is, as code of `preg_contact`; 0 when the last period is not known.
    /// `earlier`: there was a visit in this pregnancy before.
    pub(crate) fn contact_period(&self, pregnancy: &Pregnancy, day: i32, earlier: bool) -> u16 {
        let list = self.schema.enumeration("preg_contact");
        let named = |name| list.and_then(|list| list.code_named(name)).map_or(0, |code| code.number);
        let Some(lmp) = pregnancy.lmp else { return 0 };
        if !earlier {
            return named("first");
        }
        if day - lmp >= DAYS - CONTACT_NEAR_DAYS {
            return named("delivery");
        }
        let nearest = self.contact_weeks().min_by_key(|(week, _)| (lmp + week * 7 - day).abs());
        nearest.map_or(0, |(_, code)| code)
    }

    /// The day of the next contact after the last visit, or the first one.
    pub(crate) fn next_contact(&self, pregnancy: &Pregnancy, last: Option<i32>, known: i32) -> Option<i32> {
        let lmp = pregnancy.lmp?;
        let Some(last) = last else { return Some(known) };
        let weeks = self.contact_weeks().map(|(week, _)| lmp + week * 7);
        let next = weeks.chain([lmp + DAYS]).find(|day| *day > last + CONTACT_NEAR_DAYS);
        Some(next.unwrap_or(last + CONTACT_NEAR_DAYS))
    }

    /// Was there a visit of this pregnancy, on or after its beginning, before a day?
    pub(crate) fn had_contact(&self, pregnancy: &Pregnancy, visits: &[(RecordId, &Visit)], day: i32) -> bool {
        let from = pregnancy.lmp.unwrap_or(i32::MIN);
        let days = visits.iter().filter(|(_, visit)| visit.counts()).filter_map(|(_, visit)| visit.day);
        days.into_iter().any(|visited| visited >= from && visited < day)
    }
}
