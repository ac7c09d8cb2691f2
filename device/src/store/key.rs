//! Keys of persons, households and workers.

use super::{Fault, Store, Table};
use sync_core::codec::Reader;
use sync_core::{ActorId, AreaCode, RecordId, SealKey};

/// Whether the server has a key for the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Not yet.
    No = 0,
    /// It has, this one or another.
    Yes = 1,
    /// It would not take it: the area is not the device's. Asked again when the scope changes.
    Refused = 2,
}

/// A key that is still to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentKey {
    /// Whose.
    pub owner: RecordId,
    /// The key.
    pub key: SealKey,
    /// Where the owner was registered.
    pub area: AreaCode,
    /// Under which number it was made.
    pub actor: ActorId,
}

impl Store {
    /// Keys of an owner, the server's first. There is more than one only when two devices made a record of one natural
    /// key at once.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keys_of(&mut self, owner: RecordId) -> Result<Vec<SealKey>, Fault> {
        let mut all = self.kept_keys(owner)?;
        all.sort_by_key(|kept| kept.sent != Sent::Yes);
        Ok(all.into_iter().map(|kept| kept.new.key).collect())
    }

    /// Keeps a key made here.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn add_key(&mut self, new: &UnsentKey) -> Result<(), Fault> {
        if self.get(Table::Key, &name(new))?.is_some() {
            return Ok(());
        }
        self.keep_key(new, Sent::No)
    }

    /// Keeps a key that the server gave. One made here for the same owner need not be sent any more.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn take_key(&mut self, owner: RecordId, key: &SealKey, area: AreaCode) -> Result<(), Fault> {
        for other in self.kept_keys(owner)? {
            self.keep_key(&other.new, Sent::Refused)?;
        }
        let given = UnsentKey { owner, key: key.clone(), area, actor: ActorId(0) };
        self.keep_key(&given, Sent::Yes)
    }

    /// Keys still to be sent, of one area, at most `count`.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn unsent_keys(&mut self, count: usize) -> Result<Vec<UnsentKey>, Fault> {
        let rows = self.range(Table::UnsentKey, &[], None, count)?;
        let keys = rows.iter().map(|(place, _)| unsent(place)).collect::<Result<Vec<_>, Fault>>()?;
        let first = keys.first().map(|key| (key.area, key.actor));
        Ok(keys.into_iter().filter(|key| first == Some((key.area, key.actor))).collect())
    }

    /// Notes what became of keys that were sent.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn mark_keys(&mut self, keys: &[UnsentKey], sent: Sent) -> Result<(), Fault> {
        keys.iter().try_for_each(|key| self.keep_key(key, sent))
    }

    /// Lets keys be sent again that the server would not take: the scope changed.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn retry_refused_keys(&mut self) -> Result<(), Fault> {
        let rows = self.all(Table::Key, &[])?;
        let all = rows.iter().map(|(name, row)| read(name, row)).collect::<Result<Vec<_>, Fault>>()?;
        // What the server has for the owner already needs no second.
        let of_owner = all.chunk_by(|a, b| a.new.owner == b.new.owner);
        let unknown = of_owner.filter(|keys| keys.iter().all(|kept| kept.sent != Sent::Yes)).flatten();
        for kept in unknown.filter(|kept| kept.sent == Sent::Refused) {
            self.keep_key(&kept.new, Sent::No)?;
        }
        Ok(())
    }

    /// Takes the keys of an owner away: it has another name.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_key(&mut self, owner: RecordId) -> Result<(), Fault> {
        self.kept_keys(owner)?.iter().try_for_each(|kept| self.forget_key(&kept.new))
    }

    /// Takes the keys of an area's owners away, with what they open.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_keys_of(&mut self, area: AreaCode) -> Result<(), Fault> {
        for (name, row) in self.all(Table::Key, &[])? {
            let kept = read(&name, &row)?;
            if kept.new.area == area && kept.sent == Sent::Yes {
                self.forget_key(&kept.new)?;
            }
        }
        Ok(())
    }

    fn kept_keys(&mut self, owner: RecordId) -> Result<Vec<Kept>, Fault> {
        let rows = self.all(Table::Key, owner.0.as_bytes())?;
        rows.iter().map(|(name, row)| read(name, row)).collect()
    }

    fn keep_key(&mut self, key: &UnsentKey, sent: Sent) -> Result<(), Fault> {
        let mut row = [key.area.0.to_be_bytes(), key.actor.0.to_be_bytes()].concat();
        row.push(sent as u8);
        self.put(Table::Key, &name(key), &row)?;
        match sent {
            Sent::No => self.put(Table::UnsentKey, &place(key), &[]),
            Sent::Yes | Sent::Refused => self.delete(Table::UnsentKey, &place(key)),
        }
    }

    fn forget_key(&mut self, key: &UnsentKey) -> Result<(), Fault> {
        self.delete(Table::Key, &name(key))?;
        self.delete(Table::UnsentKey, &place(key))
    }
}

/// A key and what became of it.
struct Kept {
    new: UnsentKey,
    sent: Sent,
}

fn name(key: &UnsentKey) -> Vec<u8> {
    [key.owner.0.as_bytes().as_slice(), &key.key.0].concat()
}

fn place(key: &UnsentKey) -> Vec<u8> {
    [&key.area.0.to_be_bytes()[..], &key.actor.0.to_be_bytes(), &name(key)].concat()
}

fn read(name: &[u8], row: &[u8]) -> Result<Kept, Fault> {
    let (mut name, mut row) = (Reader::new(name), Reader::new(row));
    let (owner, key) = (RecordId(name.uuid()?), SealKey(name.array()?));
    let area = AreaCode(u64::from_be_bytes(row.array()?));
    let actor = ActorId(u64::from_be_bytes(row.array()?));
    let sent = match row.byte()? {
        0 => Sent::No,
        1 => Sent::Yes,
        2 => Sent::Refused,
        _ => return Err(Fault::Damaged("key".into())),
    };
    Ok(Kept { new: UnsentKey { owner, key, area, actor }, sent })
}

fn unsent(place: &[u8]) -> Result<UnsentKey, Fault> {
    let mut place = Reader::new(place);
    let area = AreaCode(u64::from_be_bytes(place.array()?));
    let actor = ActorId(u64::from_be_bytes(place.array()?));
    Ok(UnsentKey { owner: RecordId(place.uuid()?), key: SealKey(place.array()?), area, actor })
}
