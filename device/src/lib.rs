//! A Lumbung device without a screen.
//!
//! The rule this crate protects: *the core decides, the device carries it out*. It stores, sends and receives; what to write,
//! what to send next and what to believe is `sync-core`'s. It can be killed at any moment: whatever it said was saved is
//! there when it is opened again.
//!
//! ```no_run
//! use device::{Device, HttpTransport, Invitation, Store, SystemEntropy};
//! # fn main() -> Result<(), device::Error> {
//! # let now_s = 1_795_737_600;
//! let store = Store::create("duwet.sqlite".as_ref())?;
//! let mut device = Device::new(store, Box::new(SystemEntropy));
//! let mut server = HttpTransport::new("http://localhost:8080");
//! let invitation = Invitation::new("http://localhost:8080", "ABCD-EFGH-JKLM", "Laptop PLKB");
//! let me = device.enrol(&mut server, &invitation, now_s)?;
//! let mut form = device.blank("household", me.areas[0])?;
//! form.set(1, device::Element::Whole, device::Value::Text("001".into()));
//! let author = me.worker.expect("a kader has a worker record");
//! device.save(&form, author, now_s)?;
//! let report = device.sync(&mut server, now_s)?;
//! println!("{report}");
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "native")]
mod clock;
mod courier;
mod enrol;
mod entropy;
mod error;
mod look;
mod practice;
mod read;
mod save;
pub mod store;
mod sync;
mod take;
pub mod transport;
mod twin;
mod typed;

#[cfg(feature = "native")]
pub use clock::system_now_s;
pub use enrol::Invitation;
pub use entropy::Entropy;
#[cfg(feature = "native")]
pub use entropy::SystemEntropy;
pub use error::Error;
pub use look::{FieldLook, Look, NewerValue, OtherValue, Reason};
pub use read::{Counts, KeyRing};
pub use save::Saved;
pub use store::{Fault, Store};
pub use sync::{End, SyncReport};
pub use sync_core::device::{Form, Stale, new_line};
pub use sync_core::{ActorId, AreaCode, Change, Dot, Element, Enrolled, Record, RecordId, SealKey, Value};
#[cfg(feature = "native")]
pub use transport::HttpTransport;
pub use transport::{NoSignal, Request, Response, Transport};

use schema::Schema;

/// A device: a store, and what it is read and written with.
pub struct Device {
    pub(crate) store: Store,
    pub(crate) schema: &'static Schema,
    pub(crate) entropy: Box<dyn Entropy + Send>,
}

impl Device {
    /// The device whose store this is. `entropy` makes its keys.
    pub fn new(store: Store, entropy: Box<dyn Entropy + Send>) -> Device {
        Device::with_schema(store, Schema::builtin(), entropy)
    }

    /// The same, reading and writing by a schema that came from elsewhere: a phone is given one by the server.
    pub fn with_schema(store: Store, schema: &'static Schema, entropy: Box<dyn Entropy + Send>) -> Device {
        Device { store, schema, entropy }
    }

    /// Its store.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The schema it reads and writes by.
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Stores several acts in one transaction: all of them, or none.
    ///
    /// # Errors
    /// What `work` answers, or [`Error::Store`].
    pub fn together<T, E: From<Fault>>(
        &mut self,
        work: impl FnOnce(&mut Device) -> Result<T, E>,
    ) -> Result<T, E> {
        self.store.begin()?;
        let answer = work(self);
        self.store.end(answer)
    }
}
