//! Keys of persons, households and workers.

use super::record::{bytes, id};
use super::tables::key::dsl;
use super::{Fault, Store};
use diesel::prelude::*;
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

type Row = (Vec<u8>, Vec<u8>, i64, i64);

impl Store {
    /// Keys of an owner, the server's first. There is more than one only when two devices made a record of one natural
    /// key at once.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keys_of(&mut self, owner: RecordId) -> Result<Vec<SealKey>, Fault> {
        let query =
            dsl::key.filter(dsl::owner.eq(bytes(owner))).order(dsl::sent.eq(1).desc()).select(dsl::key_);
        let rows: Vec<Vec<u8>> = self.run(|c| query.load(c))?;
        rows.into_iter().map(seal_key).collect()
    }

    /// Keeps a key made here.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn add_key(&mut self, new: &UnsentKey) -> Result<(), Fault> {
        let row = (
            dsl::owner.eq(bytes(new.owner)),
            dsl::key_.eq(new.key.0.to_vec()),
            dsl::area.eq(new.area.0.cast_signed()),
            dsl::actor.eq(new.actor.0.cast_signed()),
            dsl::sent.eq(Sent::No as i64),
        );
        self.run(|c| diesel::insert_or_ignore_into(dsl::key).values(row).execute(c))?;
        Ok(())
    }

    /// Keeps a key that the server gave. One made here for the same owner need not be sent any more.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn take_key(&mut self, owner: RecordId, key: &SealKey, area: AreaCode) -> Result<(), Fault> {
        let others = dsl::key.filter(dsl::owner.eq(bytes(owner)));
        let refused = dsl::sent.eq(Sent::Refused as i64);
        self.run(|c| diesel::update(others).set(refused).execute(c))?;
        let row = (
            dsl::owner.eq(bytes(owner)),
            dsl::key_.eq(key.0.to_vec()),
            dsl::area.eq(area.0.cast_signed()),
            dsl::actor.eq(0),
            dsl::sent.eq(Sent::Yes as i64),
        );
        self.run(|c| diesel::replace_into(dsl::key).values(row).execute(c))?;
        Ok(())
    }

    /// Keys still to be sent, of one area, at most `count`.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn unsent_keys(&mut self, count: i64) -> Result<Vec<UnsentKey>, Fault> {
        let columns = (dsl::owner, dsl::key_, dsl::area, dsl::actor);
        let query = dsl::key
            .filter(dsl::sent.eq(Sent::No as i64))
            .order((dsl::area, dsl::actor))
            .limit(count)
            .select(columns);
        let rows: Vec<Row> = self.run(|c| query.load(c))?;
        let first = rows.first().map(|row| (row.2, row.3));
        let of_first = rows.into_iter().filter(|row| first == Some((row.2, row.3)));
        of_first
            .map(|(owner, key, area, actor)| {
                let (area, actor) = (AreaCode(area.cast_unsigned()), ActorId(actor.cast_unsigned()));
                Ok(UnsentKey { owner: id(&owner)?, key: seal_key(key)?, area, actor })
            })
            .collect()
    }

    /// Notes what became of keys that were sent.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn mark_keys(&mut self, keys: &[UnsentKey], sent: Sent) -> Result<(), Fault> {
        for key in keys {
            let row = dsl::key.find((bytes(key.owner), key.key.0.to_vec()));
            self.run(|c| diesel::update(row).set(dsl::sent.eq(sent as i64)).execute(c))?;
        }
        Ok(())
    }

    /// Lets keys be sent again that the server would not take: the scope changed.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn retry_refused_keys(&mut self) -> Result<(), Fault> {
        // What the server has for the owner already needs no second.
        let known = dsl::key.filter(dsl::sent.eq(Sent::Yes as i64)).select(dsl::owner);
        let owners: Vec<Vec<u8>> = self.run(|c| known.load(c))?;
        let refused = dsl::key.filter(dsl::sent.eq(Sent::Refused as i64));
        let rows: Vec<(Vec<u8>, Vec<u8>)> = self.run(|c| refused.select((dsl::owner, dsl::key_)).load(c))?;
        for row in rows.into_iter().filter(|(owner, _)| !owners.contains(owner)) {
            let again = dsl::sent.eq(Sent::No as i64);
            self.run(|c| diesel::update(dsl::key.find(row)).set(again).execute(c))?;
        }
        Ok(())
    }

    /// Takes the keys of an area's owners away, with what they open.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_keys_of(&mut self, area: AreaCode) -> Result<(), Fault> {
        let gone = dsl::key.filter(dsl::area.eq(area.0.cast_signed())).filter(dsl::sent.eq(Sent::Yes as i64));
        self.run(|c| diesel::delete(gone).execute(c))?;
        Ok(())
    }
}

fn seal_key(bytes: Vec<u8>) -> Result<SealKey, Fault> {
    bytes.try_into().map(SealKey).map_err(|_| Fault::Damaged("key".into()))
}
