//! A shelf in memory, with a list of what changed for whoever keeps it elsewhere.
//!
//! The rule this module protects: *what was committed is named*: [`Memory::changed`] gives each row that differs since
//! it was last asked, so that a browser can store exactly that, in one transaction of its own.

use super::Fault;
use super::shelf::{Row, Shelf, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Place = (Table, Vec<u8>);

/// A row that changed: `None` when it went.
pub type Changed = (Table, Vec<u8>, Option<Vec<u8>>);

#[derive(Default)]
struct Rows {
    rows: BTreeMap<Place, Vec<u8>>,
    /// What stood in the place of what the open transactions wrote, newest last.
    undo: Vec<(Place, Option<Vec<u8>>)>,
    /// Where in `undo` each open transaction began.
    begun: Vec<usize>,
    /// Committed, and not asked for yet.
    changed: BTreeSet<Place>,
}

/// Rows in memory. A clone is the same shelf.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Rows>>);

impl Memory {
    /// A shelf with rows that were stored elsewhere.
    pub fn filled(rows: impl IntoIterator<Item = (Table, Vec<u8>, Vec<u8>)>) -> Memory {
        let memory = Memory::default();
        memory.rows().rows.extend(rows.into_iter().map(|(table, key, body)| ((table, key), body)));
        memory
    }

    /// Takes rows in that were stored elsewhere, in the order in which they were: `None` for one that went.
    pub fn load(&self, stored: impl IntoIterator<Item = Changed>) {
        let mut rows = self.rows();
        for (table, key, body) in stored {
            match body {
                Some(body) => drop(rows.rows.insert((table, key), body)),
                None => drop(rows.rows.remove(&(table, key))),
            }
        }
    }

    /// Every row, ascending.
    pub fn each(&self, mut see: impl FnMut(Table, &[u8], &[u8])) {
        self.rows().rows.iter().for_each(|((table, key), body)| see(*table, key, body));
    }

    /// How many rows a table has.
    pub fn count(&self, table: Table) -> usize {
        let rows = self.rows();
        rows.rows.range((table, Vec::new())..).take_while(|(place, _)| place.0 == table).count()
    }

    /// What was committed and is not the same as when this was last asked.
    pub fn changed(&self) -> Vec<Changed> {
        let mut rows = self.rows();
        let changed = std::mem::take(&mut rows.changed);
        let row = |place: Place| {
            let body = rows.rows.get(&place).cloned();
            (place.0, place.1, body)
        };
        changed.into_iter().map(row).collect()
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, table: Table, key: &[u8], body: Option<&[u8]>) {
        let mut rows = self.rows();
        let place = (table, key.to_vec());
        let before = match body {
            Some(body) => rows.rows.insert(place.clone(), body.to_vec()),
            None => rows.rows.remove(&place),
        };
        if rows.begun.is_empty() {
            rows.changed.insert(place);
        } else {
            rows.undo.push((place, before));
        }
    }
}

impl Shelf for Memory {
    fn get(&mut self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.rows().rows.get(&(table, key.to_vec())).cloned())
    }

    fn put(&mut self, table: Table, key: &[u8], body: &[u8]) -> Result<(), Fault> {
        self.set(table, key, Some(body));
        Ok(())
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<(), Fault> {
        self.set(table, key, None);
        Ok(())
    }

    fn range(
        &mut self,
        table: Table,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, Fault> {
        let rows = self.rows();
        let from = Bound::Included((table, from.to_vec()));
        let within =
            |(place, _): &(&Place, &Vec<u8>)| place.0 == table && to.is_none_or(|to| place.1.as_slice() < to);
        let found = rows.rows.range((from, Bound::Unbounded)).take_while(within).take(limit);
        Ok(found.map(|(place, body)| (place.1.clone(), body.clone())).collect())
    }

    fn last(&mut self, table: Table, from: &[u8], to: &[u8]) -> Result<Option<Row>, Fault> {
        let rows = self.rows();
        if from >= to {
            return Ok(None);
        }
        let found = rows.rows.range((table, from.to_vec())..(table, to.to_vec())).next_back();
        Ok(found.map(|(place, body)| (place.1.clone(), body.clone())))
    }

    fn begin(&mut self, _: bool) -> Result<(), Fault> {
        let mut rows = self.rows();
        let at = rows.undo.len();
        rows.begun.push(at);
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Fault> {
        let mut rows = self.rows();
        rows.begun.pop();
        if rows.begun.is_empty() {
            let undo = std::mem::take(&mut rows.undo);
            rows.changed.extend(undo.into_iter().map(|(place, _)| place));
        }
        Ok(())
    }

    fn roll_back(&mut self) -> Result<(), Fault> {
        let mut rows = self.rows();
        let from = rows.begun.pop().unwrap_or_default();
        while rows.undo.len() > from {
            match rows.undo.pop() {
                Some((place, Some(body))) => drop(rows.rows.insert(place, body)),
                Some((place, None)) => drop(rows.rows.remove(&place)),
                None => break,
            }
        }
        Ok(())
    }

    fn check(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_rolled_back_is_not_named_and_what_was_committed_is() {
        let mut shelf = Memory::filled([(Table::Area, vec![1], vec![1])]);
        assert_eq!(shelf.changed(), []);
        shelf.begin(false).unwrap();
        shelf.put(Table::Area, &[2], &[2]).unwrap();
        shelf.begin(true).unwrap();
        shelf.delete(Table::Area, &[1]).unwrap();
        shelf.put(Table::Area, &[2], &[9]).unwrap();
        shelf.roll_back().unwrap();
        assert_eq!(shelf.changed(), [], "nothing is committed yet");
        assert_eq!(shelf.get(Table::Area, &[1]), Ok(Some(vec![1])));
        shelf.commit().unwrap();
        assert_eq!(shelf.changed(), [(Table::Area, vec![2], Some(vec![2]))]);
        shelf.delete(Table::Area, &[2]).unwrap();
        assert_eq!(shelf.changed(), [(Table::Area, vec![2], None)]);
    }

    #[test]
    fn ranges_stay_within_their_table() {
        let rows = [(Table::Area, 1), (Table::Area, 2), (Table::Held, 3)];
        let mut shelf = Memory::filled(rows.map(|(table, n)| (table, vec![n], vec![n])));
        assert_eq!(shelf.range(Table::Area, &[], None, 9).unwrap().len(), 2);
        assert_eq!(shelf.range(Table::Area, &[2], None, 9).unwrap(), [(vec![2], vec![2])]);
        assert_eq!(shelf.last(Table::Area, &[], &[2]).unwrap(), Some((vec![1], vec![1])));
        assert_eq!(shelf.last(Table::Area, &[2], &[2]).unwrap(), None);
    }
}
