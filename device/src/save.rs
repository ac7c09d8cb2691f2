//! Saving what people typed.
//!
//! The rule this module protects: *what was said to be saved is on the disk*: the change, the record it makes and the
//! standing that counts it, in one transaction, before anybody is told.

use crate::store::key::UnsentKey;
use crate::store::{Fault, Series, Store};
use crate::{Device, Error};
use schema::{Kind, SealOwner};
use sync_core::device::{Form, Standing, finish, owner_of};
use sync_core::record::deletion;
use sync_core::{ActorId, AreaCode, Change, Dot, Epoch, HybridClock, Origin, Record, RecordId, SealKey};

/// Something that was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Name of the change.
    pub dot: Dot,
    /// The record.
    pub record: RecordId,
}

/// How a form is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// As the next value.
    Next,
    /// Beside a newer value that the person was shown.
    Beside,
}

impl Device {
    /// A form for a new record of a kind in an area.
    ///
    /// # Errors
    /// [`Error::UnknownKind`].
    pub fn blank(&self, kind: &str, area: AreaCode) -> Result<Form, Error> {
        let kind = self.schema.kind_named(kind).ok_or_else(|| Error::UnknownKind(kind.into()))?;
        Ok(Form::blank(kind.number, area, None))
    }

    /// A form for a record as it is now.
    ///
    /// # Errors
    /// [`Error::UnknownRecord`].
    pub fn open(&mut self, record: RecordId) -> Result<Form, Error> {
        Ok(Form::open(&self.record(record)?))
    }

    /// Saves a form as a change of `author`, under the number she has, or the device's first.
    ///
    /// # Errors
    /// [`Error::Stale`] when a typed value was written since the form was opened; [`Error::Unsealed`] when a key is missing.
    pub fn save(&mut self, form: &Form, author: RecordId, now_s: i64) -> Result<Saved, Error> {
        self.save_as(How::Next, form, author, now_s)
    }

    /// Saves a form beside newer values that the author was shown and does not take: under a second number of the device.
    ///
    /// # Errors
    /// [`Error::NoSecondNumber`]; [`Error::Stale`] when that number wrote a typed value too.
    pub fn save_beside(&mut self, form: &Form, author: RecordId, now_s: i64) -> Result<Saved, Error> {
        self.save_as(How::Beside, form, author, now_s)
    }

    /// Deletes a record as `author`, who sees all of it and these live children.
    ///
    /// # Errors
    /// [`Error::UnknownRecord`].
    pub fn delete(
        &mut self,
        record: RecordId,
        children: Vec<RecordId>,
        author: RecordId,
        now_s: i64,
    ) -> Result<Saved, Error> {
        let current = self.record(record)?;
        let kind = kind_of(self.schema, current.kind)?;
        let area = current.home.area;
        self.store.tx(|store| {
            let mut series = writer(store, author, How::Next)?;
            let origin = origin(store, &mut series, author, area, kind.form_version, now_s)?;
            let edits = vec![deletion(&current, series.actor(), children)];
            let change = Change { origin, record: current.id, kind: current.kind, edits };
            write(store, series, &change)
        })
    }

    /// Saves a change that was made elsewhere (a plan that is played): `make` gets who, when and where, and gives the
    /// change, values sealed, and the keys of those it registers.
    ///
    /// # Errors
    /// Those of `make`; [`Error::NotNext`] when the change has another name than it was given.
    pub fn save_made<E: From<Error>>(
        &mut self,
        author: RecordId,
        area: AreaCode,
        form_version: u16,
        now_s: i64,
        make: impl FnOnce(Origin) -> Result<(Change, Vec<(RecordId, SealKey)>), E>,
    ) -> Result<Saved, E> {
        self.store.begin().map_err(Error::from)?;
        let answer = (|| {
            let store = &mut self.store;
            let mut series = writer(store, author, How::Next)?;
            let origin = origin(store, &mut series, author, area, form_version, now_s)?;
            let (change, keys) = make(origin)?;
            if change.origin.dot != origin.dot || change.origin.stamp != origin.stamp {
                return Err(Error::NotNext.into());
            }
            let actor = series.actor();
            for (owner, key) in keys {
                store
                    .add_key(&UnsentKey { owner, key, area: change.origin.area, actor })
                    .map_err(Error::from)?;
            }
            Ok(write(store, series, &change)?)
        })();
        self.store.end(answer.map_err(Wrapped)).map_err(|wrapped| wrapped.0)
    }

    fn save_as(&mut self, how: How, form: &Form, author: RecordId, now_s: i64) -> Result<Saved, Error> {
        let kind = kind_of(self.schema, form.kind())?;
        let mut form = form.clone();
        if !form.settle_name(kind) {
            return Err(Error::IncompleteKey);
        }
        let mut fresh = [0; 32];
        self.entropy.fill(&mut fresh)?;
        self.store.tx(|store| {
            let mut series = writer(store, author, how)?;
            let origin = origin(store, &mut series, author, AreaCode(0), kind.form_version, now_s)?;
            let current = match form.record() {
                Some(id) => store.record(id)?,
                None => None,
            };
            let mut change = match how {
                How::Next => form.save(current.as_ref(), origin)?,
                How::Beside => form.save_beside(current.as_ref(), origin)?,
            };
            seal(store, kind, current.as_ref(), &mut change, SealKey(fresh))?;
            write(store, series, &change)
        })
    }
}

/// An error of a caller's own, which may also be the store's.
struct Wrapped<E>(E);

impl<E: From<Error>> From<Fault> for Wrapped<E> {
    fn from(fault: Fault) -> Wrapped<E> {
        Wrapped(Error::from(fault).into())
    }
}

pub(crate) fn kind_of(schema: &'static schema::Schema, number: u16) -> Result<&'static Kind, Error> {
    schema.kind(number).ok_or_else(|| Error::UnknownKind(number.to_string()))
}

/// The series under which `author` writes.
fn writer(store: &mut Store, author: RecordId, how: How) -> Result<Series, Error> {
    let mut all = store.all_series()?;
    all.retain(|series| !series.retired);
    let own = all.iter().position(|series| series.author == Some(author));
    let first = own.or_else(|| all.iter().position(|series| series.author.is_none()));
    let at = match how {
        How::Next => first.ok_or(Error::NotEnrolled)?,
        How::Beside => {
            let second = (0..all.len()).find(|at| Some(*at) != first && all[*at].author.is_none());
            second.ok_or(Error::NoSecondNumber)?
        }
    };
    Ok(all.swap_remove(at))
}

/// Who, when and where of the next change of a series. The device has one clock, whatever number it writes under.
fn origin(
    store: &mut Store,
    series: &mut Series,
    author: RecordId,
    area: AreaCode,
    form_version: u16,
    now_s: i64,
) -> Result<Origin, Error> {
    let newest = store.all_series()?.iter().map(|series| series.standing.clock.last()).max();
    let mut clock = HybridClock::after(newest.unwrap_or_default());
    let stamp = clock.tick(now_s);
    series.standing.clock = clock;
    let dot = series.standing.next_dot();
    Ok(Origin { dot, stamp, author, device_time_s: now_s, area, form_version, distrusted: false })
}

/// Seals what must be sealed, with `fresh` for somebody who is registered by this very change.
fn seal(
    store: &mut Store,
    kind: &Kind,
    current: Option<&Record>,
    change: &mut Change,
    fresh: SealKey,
) -> Result<(), Error> {
    let (record, area) = (change.record, change.origin.area);
    let registers = kind.seal_owner == Some(SealOwner::Itself) && current.is_none();
    if registers && store.keys_of(record)?.is_empty() {
        let actor = change.origin.dot.actor;
        store.add_key(&UnsentKey { owner: record, key: fresh, area, actor })?;
    }
    let keys = match owner_of(change, kind, current) {
        Some(owner) => store.keys_of(owner)?,
        None => Vec::new(),
    };
    let key_of = |_| keys.first().cloned();
    finish(change, kind, current, key_of).map_err(Error::from)
}

/// Adds a change to its series and to its record.
fn write(store: &mut Store, mut series: Series, change: &Change) -> Result<Saved, Error> {
    let dot = change.origin.dot;
    if dot != series.standing.next_dot() || !change.is_well_formed() {
        return Err(Error::NotNext);
    }
    series.standing.head = series.standing.head.after(std::slice::from_ref(change));
    store.add_change(change, series.standing.head.chain)?;
    apply(store, change)?;
    store.keep_series(&series)?;
    Ok(Saved { dot, record: change.record })
}

/// Merges an own change into its record.
pub(crate) fn apply(store: &mut Store, change: &Change) -> Result<(), Fault> {
    let record = match store.record(change.record)? {
        Some(mut record) => {
            record.apply(change);
            record
        }
        None => Record::of_change(change),
    };
    store.keep_record(&record)
}

/// Keeps a number that the server gave: `author`'s own, or a second one for whoever has none.
pub(crate) fn keep_number(store: &mut Store, actor: ActorId, author: Option<RecordId>) -> Result<(), Error> {
    let all = store.all_series()?;
    let first = &all.first().ok_or(Error::NotEnrolled)?.standing;
    let place = all.iter().map(|series| series.place).max().unwrap_or_default() + 1;
    let standing = Standing { epoch: first.epoch, ..Standing::new(actor, Epoch(0), Vec::new()) };
    store.keep_series(&Series { place, author, retired: false, standing })?;
    Ok(())
}
