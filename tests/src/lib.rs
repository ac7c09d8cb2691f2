//! What black-box tests stand on: a fresh database of either kind, the real server on it, people and phones.
//!
//! The rule this crate protects: *a test runs on both databases or fails*. [`on_both!`] makes two tests of one body;
//! without a PostgreSQL they fail with the name of what is missing, they are never skipped.

pub mod binary;
pub mod cases;
pub mod client;
pub mod database;
pub mod fake;
pub mod pen;
pub mod people;
pub mod phone;
pub mod proxy;
pub mod pulled;
pub mod server;

pub use client::{Client, Reply};
pub use database::{Database, Kind};
pub use pen::Pen;
pub use phone::Phone;
pub use pulled::Pulled;
pub use server::Server;

/// Makes two tests of one function, `sqlite` and `postgres`, in a module of its name. The function takes what
/// `$start` makes of a [`Kind`].
#[macro_export]
macro_rules! on_both {
    ($($(#[$doc:meta])* fn $name:ident($argument:ident: $type:ty) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;

            fn run($argument: $type) $body

            #[test]
            fn sqlite() {
                run(<$type>::fresh($crate::Kind::Sqlite));
            }

            #[test]
            fn postgres() {
                run(<$type>::fresh($crate::Kind::Postgres));
            }
        }
    )*};
}
