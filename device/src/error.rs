//! Why the device did not do what was asked. Nothing was stored then.

use crate::store::Fault;
use sync_core::device::{Stale, Unsealed};
use sync_core::{ErrorBody, RecordId};

/// Why the device did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The store.
    #[error(transparent)]
    Store(#[from] Fault),
    /// The device has no number yet.
    #[error("Perangkat belum terdaftar: jalankan enrol. / The device is not enrolled yet.")]
    NotEnrolled,
    /// It has one already.
    #[error("Perangkat sudah terdaftar. / The device is enrolled already.")]
    EnrolledAlready,
    /// Somebody saved under the open form: show the newer values first.
    #[error("{} isian berubah selama formulir terbuka: lihat dulu. / Changed while the form was open.", .0.0.len())]
    Stale(#[from] Stale),
    /// A key is missing.
    #[error("Nilai tidak dapat disegel: {0}. / The value cannot be sealed.")]
    Unsealed(#[from] Unsealed),
    /// The schema has no such kind.
    #[error("Jenis catatan `{0}` tidak dikenal. / No such kind.")]
    UnknownKind(String),
    /// What was typed is no value of its field: what was expected.
    #[error("{0}")]
    NotAValue(String),
    /// The record is not here.
    #[error("Catatan {0} tidak ada di perangkat ini. / The record is not on this device.")]
    UnknownRecord(RecordId),
    /// Relabelling needs a key that is not here.
    #[error(
        "Kunci untuk menulis ulang tidak ada di perangkat ini. / A key that is needed is not on this device."
    )]
    Locked,
    /// A field of the natural key is empty.
    #[error("Isian kunci belum lengkap. / A field of the key is missing.")]
    IncompleteKey,
    /// A change that was made elsewhere does not continue the series.
    #[error("Perubahan tidak melanjutkan deret perangkat. / The change does not continue the series.")]
    NotNext,
    /// The device has no second number to keep a value beside another.
    #[error("Perangkat belum punya nomor kedua: minta saat ada sinyal. / Ask for a second number first.")]
    NoSecondNumber,
    /// The server refused.
    #[error("{}", .0.message)]
    Refused(ErrorBody),
    /// The server answered something that is no answer.
    #[error("Jawaban server tidak terbaca. / The server's answer cannot be read.")]
    BadAnswer,
    /// No answer.
    #[error("Tidak ada sinyal. / No signal.")]
    NoSignal,
    /// The machine gives no chance to make keys of.
    #[error("Sistem tidak memberi bilangan acak. / The system gives no random numbers.")]
    NoEntropy,
}
