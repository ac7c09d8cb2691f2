//! What a sync did.

use crate::read::Counts;
use crate::store::held::HeldEdit;
use std::fmt;
use sync_core::device::Doubt;
use sync_core::{ActorId, AreaCode, ErrorBody};

/// How a sync ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum End {
    /// Everything went out and came in.
    #[default]
    Done,
    /// The signal was lost. Try again whenever there is one.
    NoSignal,
    /// The server asks to come back later.
    Wait {
        /// Seconds.
        seconds: u32,
    },
    /// The server refused, and a person must act: the message says how.
    Refused(ErrorBody),
    /// A receipt is not believed.
    Doubt(Doubt),
    /// An answer cannot be read.
    BadAnswer,
}

/// What a sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncReport {
    /// How it ended.
    pub end: End,
    /// What is saved and received now.
    pub counts: Counts,
    /// Changes that went out and were signed for.
    pub sent: u64,
    /// Records that came in, new or changed.
    pub came: u64,
    /// Requests.
    pub requests: u32,
    /// What the server put into quarantine.
    pub held: Vec<HeldEdit>,
    /// Areas that are no longer the device's: their records went.
    pub left: Vec<AreaCode>,
    /// Areas that do not hold the same here and there, even after they were asked for again.
    pub unequal: Vec<AreaCode>,
    /// Numbers that a twin wrote under, and the new ones.
    pub relabelled: Vec<(ActorId, ActorId)>,
    /// The device was revoked.
    pub revoked: bool,
}

impl SyncReport {
    /// Did everything go out and come in?
    pub fn is_done(&self) -> bool {
        self.end == End::Done
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { saved, received, held } = self;
        write!(f, "{saved} tersimpan, {received} diterima server")?;
        if *held > 0 {
            write!(f, ", {held} ditahan untuk ditinjau")?;
        }
        write!(f, " / {saved} saved, {received} received")?;
        if *held > 0 {
            write!(f, ", {held} held for review")?;
        }
        Ok(())
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Done => f.write_str("Selesai. / Done."),
            End::NoSignal => f.write_str(
                "Tidak ada sinyal; data aman di perangkat. / No signal; the data is safe on the device.",
            ),
            End::Wait { seconds } => {
                write!(f, "Server sibuk: coba lagi dalam {seconds} detik. / Busy: try again in {seconds} s.")
            }
            End::Refused(body) => f.write_str(&body.message),
            End::Doubt(doubt) => write!(f, "Bukti terima tidak sah: {doubt}. / The receipt is not valid."),
            End::BadAnswer => {
                f.write_str("Jawaban server tidak terbaca. / The server's answer cannot be read.")
            }
        }
    }
}

impl fmt::Display for SyncReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.counts)?;
        let SyncReport { sent, came, .. } = self;
        writeln!(f, "{sent} dikirim, {came} catatan datang / {sent} sent, {came} records came")?;
        for edit in &self.held {
            let reason = edit.held.reason;
            let (seq, id, en) = (edit.held.seq, reason.label_id(), reason.label_en());
            writeln!(f, "Ditahan / held: no. {seq}: {id} / {en}")?;
        }
        for area in &self.left {
            writeln!(f, "Bukan wilayah kerja lagi / no longer your area: {area}")?;
        }
        for area in &self.unequal {
            writeln!(f, "Belum sama dengan server / not yet the same as the server: {area}")?;
        }
        for (old, new) in &self.relabelled {
            writeln!(f, "Nomor baru karena perangkat kembar / new number because of a twin: {old} > {new}")?;
        }
        if self.revoked {
            writeln!(f, "Perangkat ini sudah dicabut. / This device was revoked.")?;
        }
        write!(f, "{}", self.end)
    }
}
