//! Devices: installations, each known by its key.

use super::columns::{AreaColumn, Bytes};
use super::tables::device;
use super::{Conn, Error};
use crate::ids::{DeviceId, PersonId};
use crate::{on, on_locked};
use diesel::prelude::*;
use sync_core::AreaCode;

/// A device.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = device, treat_none_as_default_value = false)]
pub struct Device {
    /// The district of its person.
    #[diesel(serialize_as = AreaColumn, deserialize_as = AreaColumn)]
    pub district: AreaCode,
    /// Its id.
    pub id: DeviceId,
    /// Who carries it.
    pub person: PersonId,
    /// Ed25519.
    pub public_key: Bytes<32>,
    /// What people call it.
    pub label: String,
    /// The app it last spoke with.
    pub app_version: String,
    /// Since when it is known.
    pub enrolled_at_s: i64,
    /// Since when it may only bring in what it has not sent.
    pub revoked_at_s: Option<i64>,
    /// When it last proved itself.
    pub last_seen_s: Option<i64>,
    /// How many changes it said it had not sent.
    pub unsent: Option<i64>,
    /// How far its clock was ahead, in seconds.
    pub clock_offset_s: Option<i64>,
}

/// What a device says of itself when it proves itself.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = device)]
pub struct Sighting {
    /// The app it runs.
    pub app_version: String,
    /// Now.
    pub last_seen_s: i64,
    /// How many changes it has not sent.
    pub unsent: i64,
    /// How far its clock is ahead, in seconds.
    pub clock_offset_s: i64,
}

/// Adds a device; [`Error::Duplicate`] when the key is taken.
pub fn add(conn: &mut Conn, row: &Device) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(device::table).values(row.clone()).execute(c)).map(drop)
}

/// The device with this id, in whichever district.
pub fn find(conn: &mut Conn, id: DeviceId) -> Result<Option<Device>, Error> {
    on!(conn, |c| device::table
        .filter(device::id.eq(id))
        .select(Device::as_select())
        .get_result(c)
        .optional())
}

/// A device, locked until the transaction ends.
pub fn lock(conn: &mut Conn, district: AreaCode, id: DeviceId) -> Result<Option<Device>, Error> {
    let key = (AreaColumn::from(district), id);
    on_locked!(conn, |c| device::table.find(key).select(Device::as_select()), get_result)
}

/// The device with this key.
pub fn find_by_key(conn: &mut Conn, key: Bytes<32>) -> Result<Option<Device>, Error> {
    on!(conn, |c| {
        device::table.filter(device::public_key.eq(key)).select(Device::as_select()).get_result(c).optional()
    })
}

/// All devices of a district, by id.
pub fn list(conn: &mut Conn, district: AreaCode) -> Result<Vec<Device>, Error> {
    on!(conn, |c| {
        device::table
            .filter(device::district.eq(AreaColumn::from(district)))
            .order(device::id)
            .select(Device::as_select())
            .load(c)
    })
}

/// Notes what a device said of itself.
pub fn see(conn: &mut Conn, district: AreaCode, id: DeviceId, sighting: &Sighting) -> Result<(), Error> {
    let key = (AreaColumn::from(district), id);
    on!(conn, |c| diesel::update(device::table.find(key)).set(sighting).execute(c)).map(drop)
}

/// Revokes a device; one that was revoked earlier stays so since then.
pub fn revoke(conn: &mut Conn, district: AreaCode, id: DeviceId, now_s: i64) -> Result<(), Error> {
    on!(conn, |c| {
        diesel::update(device::table.find((AreaColumn::from(district), id)))
            .filter(device::revoked_at_s.is_null())
            .set(device::revoked_at_s.eq(now_s))
            .execute(c)
    })
    .map(drop)
}
