//! Where a store's rows lie.
//!
//! The rule this module protects: *what a device does is written once, wherever its bytes are kept*. A shelf knows
//! rows by table and key and nothing else: a SQLite file on a laptop, memory with a browser's database behind it on a
//! phone. Keys ascend as bytes do.

use super::Fault;

/// What a row is. The numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Table {
    /// Who the device is: one row.
    Identity = 1,
    /// What is true for a while: one row.
    Session = 2,
    /// By actor: how far the device is under that number.
    Series = 3,
    /// By actor and sequence: an own change.
    Change = 4,
    /// By record, actor and sequence: which own changes wrote to a record. No row body.
    Touch = 5,
    /// By actor and sequence: a receipt.
    Receipt = 6,
    /// By id: a merged record.
    Record = 7,
    /// By area, kind and id: the digest of a record.
    Home = 8,
    /// By owner and key: a key and what became of it.
    Key = 9,
    /// By area, actor, owner and key: a key that is still to be sent. No row body.
    UnsentKey = 10,
    /// By area: how far it is known.
    Area = 11,
    /// By change and place: what the server holds in quarantine.
    Held = 12,
    /// By id: the name a record has now.
    Moved = 13,
    /// By area: what has come of its snapshot.
    Download = 14,
}

impl Table {
    /// Every table, ascending by number.
    pub const ALL: [Table; 14] = [
        Table::Identity,
        Table::Session,
        Table::Series,
        Table::Change,
        Table::Touch,
        Table::Receipt,
        Table::Record,
        Table::Home,
        Table::Key,
        Table::UnsentKey,
        Table::Area,
        Table::Held,
        Table::Moved,
        Table::Download,
    ];

    /// The table with this number.
    pub fn numbered(number: u8) -> Option<Table> {
        Table::ALL.into_iter().find(|table| *table as u8 == number)
    }
}

/// A key and its row.
pub type Row = (Vec<u8>, Vec<u8>);

/// Keeps rows. Transactions nest: an inner one that is rolled back leaves the outer one as it was before.
pub trait Shelf: Send {
    /// A row.
    ///
    /// # Errors
    /// [`Fault`].
    fn get(&mut self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault>;

    /// Puts a row in place of what is there.
    ///
    /// # Errors
    /// [`Fault`].
    fn put(&mut self, table: Table, key: &[u8], body: &[u8]) -> Result<(), Fault>;

    /// Takes a row away, if it is there.
    ///
    /// # Errors
    /// [`Fault`].
    fn delete(&mut self, table: Table, key: &[u8]) -> Result<(), Fault>;

    /// Rows with keys from `from` on and before `to` (`None`: to the end), ascending, at most `limit`.
    ///
    /// # Errors
    /// [`Fault`].
    fn range(
        &mut self,
        table: Table,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, Fault>;

    /// The last row with a key from `from` on and before `to`.
    ///
    /// # Errors
    /// [`Fault`].
    fn last(&mut self, table: Table, from: &[u8], to: &[u8]) -> Result<Option<Row>, Fault>;

    /// Begins a transaction, or one within it.
    ///
    /// # Errors
    /// [`Fault`].
    fn begin(&mut self, is_nested: bool) -> Result<(), Fault>;

    /// Keeps what the innermost transaction did. After the outermost: durably, as far as the shelf can.
    ///
    /// # Errors
    /// [`Fault`].
    fn commit(&mut self) -> Result<(), Fault>;

    /// Undoes what the innermost transaction did.
    ///
    /// # Errors
    /// [`Fault`].
    fn roll_back(&mut self) -> Result<(), Fault>;

    /// Is everything that is kept readable?
    ///
    /// # Errors
    /// [`Fault::Damaged`] when not.
    fn check(&mut self) -> Result<(), Fault>;
}

/// The key that follows all that begin with `prefix`; `None` when none does.
pub(super) fn after(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != u8::MAX)?;
    let mut next = prefix[..=last].to_vec();
    next[last] += 1;
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_prefix_lies_behind_everything_that_begins_with_it() {
        assert_eq!(after(&[1, 2]), Some(vec![1, 3]));
        assert_eq!(after(&[1, 255]), Some(vec![2]));
        assert_eq!(after(&[255, 255]), None);
        assert_eq!(after(&[]), None);
    }
}
