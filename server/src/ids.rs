//! Names the server gives: people and devices.
//!
//! The rule this module protects: *nothing that leaves the server is named by a counter that a restore can wind back*
//! (docs/decisions/0004): both are 122 random bits.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Binary;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[derive(AsExpression, FromSqlRow)]
        #[diesel(sql_type = Binary)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Before all others; nobody's.
            pub const NONE: $name = $name(Uuid::nil());

            /// The id made of these random bytes.
            pub fn from_random(bytes: [u8; 16]) -> $name {
                $name(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// Somebody who signs in or carries a phone; not the worker's record, which holds her name.
    PersonId
}
id! {
    /// One installation, whatever numbers it writes under.
    DeviceId
}
