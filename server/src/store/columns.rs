//! How the house's types lie in columns.
//!
//! The rule this module protects: *a row is made of domain types, and a stored value that is none of them is an error*,
//! never a default.

use crate::ids::{DeviceId, PersonId};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{BigInt, Binary, SmallInt};
use schema::Role;
use sync_core::{ActorId, AreaCode, ChainHash, Epoch};
use uuid::Uuid;

/// A fixed number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct Bytes<const N: usize>(pub [u8; N]);

impl<DB: Backend, const N: usize> ToSql<Binary, DB> for Bytes<N>
where
    [u8]: ToSql<Binary, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.as_slice().to_sql(out)
    }
}

impl<DB: Backend, const N: usize> FromSql<Binary, DB> for Bytes<N>
where
    Vec<u8>: FromSql<Binary, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = Vec::<u8>::from_sql(value)?;
        <[u8; N]>::try_from(bytes).map(Bytes).map_err(|bytes| format!("{} bytes for {N}", bytes.len()).into())
    }
}

macro_rules! id_column {
    ($name:ident) => {
        impl<DB: Backend> ToSql<Binary, DB> for $name
        where
            [u8]: ToSql<Binary, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.as_bytes().as_slice().to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<Binary, DB> for $name
        where
            Vec<u8>: FromSql<Binary, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Bytes::<16>::from_sql(value).map(|bytes| $name(Uuid::from_bytes(bytes.0)))
            }
        }
    };
}
id_column!(PersonId);
id_column!(DeviceId);

/// A value of another crate, kept as `raw`: `Column::from(value)` and `Value::try_from(column)`.
macro_rules! column {
    ($column:ident, $sql:ident, $raw:ty, $value:ty, |$v:ident| $to:expr, |$r:ident| $from:expr) => {
        #[doc = concat!("[`", stringify!($value), "`] in a column.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
        #[diesel(sql_type = $sql)]
        pub struct $column(pub $raw);

        impl From<$value> for $column {
            fn from($v: $value) -> $column {
                $column($to)
            }
        }

        impl TryFrom<$column> for $value {
            type Error = Box<dyn std::error::Error + Send + Sync>;
            fn try_from(column: $column) -> Result<$value, Self::Error> {
                let $r = column.0;
                $from
            }
        }

        impl<DB: Backend> ToSql<$sql, DB> for $column
        where
            $raw: ToSql<$sql, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<$sql, DB> for $column
        where
            $raw: FromSql<$sql, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                <$raw>::from_sql(value).map($column)
            }
        }
    };
}
column!(AreaColumn, BigInt, i64, AreaCode, |v| v.0.cast_signed(), |r| Ok(AreaCode(r.cast_unsigned())));
column!(ActorColumn, BigInt, i64, ActorId, |v| v.0.cast_signed(), |r| Ok(ActorId(r.cast_unsigned())));
column!(SeqColumn, BigInt, i64, u64, |v| v.cast_signed(), |r| Ok(r.cast_unsigned()));
column!(RoleColumn, SmallInt, i16, Role, |v| v as i16, |r| {
    let role = usize::try_from(r).ok().and_then(|r| Role::ALL.get(r).copied());
    role.ok_or_else(|| format!("no role has number {r}").into())
});
column!(EpochColumn, Binary, Bytes<16>, Epoch, |v| Bytes(v.0.to_be_bytes()), |r| {
    Ok(Epoch(u128::from_be_bytes(r.0)))
});
column!(ChainColumn, Binary, Bytes<32>, ChainHash, |v| Bytes(v.0), |r| Ok(ChainHash(r.0)));
