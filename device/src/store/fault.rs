//! What the store answers when it does not answer.

use std::path::PathBuf;

/// Why a store cannot be used, or a call of it failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is none.
    #[error("Belum ada data di sini: jalankan enrol dahulu. / Nothing is here yet: run enrol first.")]
    Missing,
    /// The file is something else; it was left alone.
    #[error("Berkas ini bukan data perangkat Lumbung. / This file is not a Lumbung device's store.")]
    Foreign,
    /// The file cannot be read by this program; it was set aside under another name, whole.
    #[error(
        "Data tidak terbaca oleh program ini ({why}) dan disimpan utuh sebagai {}. Perbarui program, lalu kembalikan \
         namanya. / The store cannot be read by this program and was set aside, whole, under that name. Update the \
         program and give the file its old name again.",
        .aside.display()
    )]
    SetAside {
        /// Where it is now.
        aside: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Busy, full, read-only: the same call may work later. Nothing of the act was stored.
    #[error("Penyimpanan tidak menjawab: {0} / The storage does not answer.")]
    Unavailable(String),
    /// A stored value that cannot be.
    #[error("Data tersimpan rusak: {0} / Stored data is damaged.")]
    Damaged(String),
}

impl From<sync_core::Damaged> for Fault {
    fn from(error: sync_core::Damaged) -> Fault {
        Fault::Damaged(error.to_string())
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Fault {
        Fault::Damaged(error.to_string())
    }
}

/// Counts store calls and fails one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Faults {
    /// Store calls since the counter was made.
    pub calls: u64,
    /// The call, counted from 1, that fails; `None` outside tests.
    pub fail_at: Option<u64>,
}

impl Faults {
    pub(super) fn count(&mut self) -> Result<(), Fault> {
        self.calls += 1;
        match self.fail_at {
            Some(call) if call == self.calls => Err(Fault::Unavailable(format!("made to fail: call {call}"))),
            _ => Ok(()),
        }
    }
}
