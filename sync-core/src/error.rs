//! One table of everything that can go wrong between a client and the server. The rule: *a code is never reused and
//! never changes its meaning; its text tells the reader what to do next.*

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $id:literal, $en:literal;)*) => {
        /// What went wrong, by a stable name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ErrorCode { $($(#[$doc])* #[serde(rename = $code)] $name,)* }

        impl ErrorCode {
            /// Every code, for the documentation and the API description.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$name,)*];
            /// The stable name, `snake_case`.
            pub fn name(self) -> &'static str { match self { $(ErrorCode::$name => $code,)* } }
            /// HTTP status.
            pub fn status(self) -> u16 { match self { $(ErrorCode::$name => $status,)* } }
            /// What to do, in Bahasa Indonesia.
            pub fn message_id(self) -> &'static str { match self { $(ErrorCode::$name => $id,)* } }
            /// What to do, in English.
            pub fn message_en(self) -> &'static str { match self { $(ErrorCode::$name => $en,)* } }
        }
    };
}

codes! {
    /// The body is not what its content type says, is cut short, or fails its checksum.
    BadBody = "bad_body", 400,
        "Isi kiriman rusak atau terpotong. Kirim ulang dari awal.",
        "The body is damaged or cut short. Send it again from the start.";
    /// A parameter is missing or malformed.
    BadRequest = "bad_request", 400,
        "Permintaan tidak lengkap atau salah bentuk. Periksa parameternya.",
        "The request is incomplete or malformed. Check its parameters.";
    /// The wire version is newer than this server or older than any it still reads.
    UnknownVersion = "unknown_version", 400,
        "Versi format tidak dikenal server ini. Perbarui server atau aplikasi.",
        "This server does not know that format version. Update the server or the app.";
    /// No token, or one that is expired, altered or foreign.
    Unauthorized = "unauthorized", 401,
        "Tanda masuk tidak berlaku. Minta token baru dengan kunci perangkat atau kata sandi.",
        "The token is not valid. Ask for a new one with the device key or the password.";
    /// Wrong login or password, or a device proof that does not verify.
    BadCredentials = "bad_credentials", 401,
        "Nama masuk, kata sandi atau bukti perangkat salah.",
        "The login, password or device proof is wrong.";
    /// The role or scope does not allow this.
    Forbidden = "forbidden", 403,
        "Peran atau wilayah kerja Anda tidak mengizinkan ini. Hubungi PLKB atau admin kabupaten.",
        "Your role or area does not allow this. Ask your PLKB or the district admin.";
    /// The device was revoked. Its unsent work still has one door: push, which quarantines it.
    DeviceRevoked = "device_revoked", 403,
        "Perangkat ini sudah dicabut. Kiriman yang tersisa tetap diterima untuk ditinjau PLKB.",
        "This device was revoked. What it has not sent is still accepted, for a PLKB to review.";
    /// No such thing, or not for you.
    NotFound = "not_found", 404,
        "Tidak ditemukan di wilayah kerja Anda.",
        "Not found in your area.";
    /// A code for enrolment or reset that is unknown, used or expired.
    CodeInvalid = "code_invalid", 404,
        "Kode tidak dikenal, sudah dipakai, atau kedaluwarsa. Minta kode baru.",
        "The code is unknown, used or expired. Ask for a new one.";
    /// The upload does not continue where the server is: `expected_seq` says where to start again.
    SeqGap = "seq_gap", 409,
        "Ada nomor yang terlewat. Kirim ulang mulai dari nomor yang diminta server.",
        "Numbers are missing. Send again from the number the server asks for.";
    /// Same number, other content: a cloned phone or a restored backup. The device relabels what was not received.
    Fork = "fork", 409,
        "Perangkat ini punya kembaran. Minta nomor aktor baru, lalu kirim ulang yang belum diterima.",
        "This device has a twin. Ask for a new actor number and send again what was not received.";
    /// The actor number is bound to another key.
    ActorTaken = "actor_taken", 409,
        "Nomor aktor ini milik perangkat lain. Daftarkan ulang perangkat.",
        "That actor number belongs to another device. Enrol again.";
    /// The server's data started a new life; cursors of the old one no longer hold.
    EpochChanged = "epoch_changed", 409,
        "Data server dipulihkan dari cadangan. Cocokkan ulang: tidak ada yang dihapus dari perangkat.",
        "The server was restored. Compare digests again: nothing is removed from the device.";
    /// Something of that name exists.
    Conflict = "conflict", 409,
        "Nama itu sudah dipakai. Pilih yang lain.",
        "That name is taken. Choose another.";
    /// Larger than the limits endpoint allows; nothing was stored.
    TooLarge = "too_large", 413,
        "Kiriman melebihi batas. Bagi menjadi bagian yang lebih kecil.",
        "The upload is over the limit. Split it into smaller parts.";
    /// A content type or encoding this resource does not read.
    UnsupportedMedia = "unsupported_media", 415,
        "Jenis isi tidak didukung. Lihat dokumen API.",
        "That content type is not supported. See the API document.";
    /// Too many requests from one caller.
    RateLimited = "rate_limited", 429,
        "Terlalu sering. Coba lagi setelah waktu yang disebut.",
        "Too many requests. Try again after the time given.";
    /// A fault of ours; the log has an incident number.
    Internal = "internal", 500,
        "Kesalahan di server. Data di perangkat aman; coba lagi nanti.",
        "A fault in the server. Data on the device is safe; try again later.";
    /// Database unreachable, disk full or lanes full. Try again after `retry_after`.
    Unavailable = "unavailable", 503,
        "Server sedang tidak bisa menyimpan. Data di perangkat aman; coba lagi nanti.",
        "The server cannot store anything now. Data on the device is safe; try again later.";
}

/// What a client gets instead of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// Stable name.
    pub code: ErrorCode,
    /// What to do, in the language asked for (Indonesian unless `Accept-Language` prefers English).
    pub message: String,
    /// Seconds to wait before trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
    /// For `seq_gap`: the first sequence number the server lacks. For `fork`: the first that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_seq: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_every_text_is_there() {
        let names: BTreeSet<_> = ErrorCode::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), ErrorCode::ALL.len());
        for code in ErrorCode::ALL {
            assert!((400..=599).contains(&code.status()));
            assert!(code.message_id().ends_with('.') && code.message_en().ends_with('.'));
        }
    }
}
