//! Why an edit goes to quarantine.
//!
//! The rule this module protects: *nothing is refused without a reason that people can act on, and a number never
//! changes its meaning.* Numbers are stored with uploads and travel in receipts; names are for JSON and logs; labels
//! are for people. What is refused is kept: a person looks at it, and the series behind it flows on.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $word:literal, $id:literal, $en:literal;)*) => {
        /// Why an edit (or a whole change) is held back.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Refusal { $($(#[$doc])* #[serde(rename = $word)] $name = $number,)* }

        impl Refusal {
            /// Every refusal in ascending order of number, for the documentation and the API description.
            pub const ALL: &'static [Refusal] = &[$(Refusal::$name,)*];
            /// The stable name, `snake_case`.
            pub fn name(self) -> &'static str { match self { $(Refusal::$name => $word,)* } }
            /// What happened, in Bahasa Indonesia.
            pub fn label_id(self) -> &'static str { match self { $(Refusal::$name => $id,)* } }
            /// What happened, in English.
            pub fn label_en(self) -> &'static str { match self { $(Refusal::$name => $en,)* } }
        }
    };
}

refusals! {
    /// No kind of this number.
    UnknownKind = 1, "unknown_kind",
        "Jenis catatan tidak dikenal.",
        "The kind of record is not known.";
    /// The kind has no field of this number, and the form is not newer than the schema.
    UnknownField = 2, "unknown_field",
        "Isian tidak dikenal pada jenis catatan ini.",
        "This kind of record has no such field.";
    /// The field has no such register: an element where there is one register, a key of another type, ...
    WrongElement = 3, "wrong_element",
        "Kunci isian tidak sesuai dengan bentuknya.",
        "The key does not fit the shape of the field.";
    /// The value has another type than the field; a plain value where it must be sealed, or the other way round.
    WrongType = 4, "wrong_type",
        "Jenis nilai tidak sesuai.",
        "The value has the wrong type.";
    /// Outside the hard range, or no date that a calendar can show.
    OutOfRange = 5, "out_of_range",
        "Nilai di luar batas yang mungkin.",
        "The value is outside what is possible.";
    /// Not in the closed list, and the form is not newer than the schema.
    UnknownCode = 6, "unknown_code",
        "Pilihan tidak ada dalam daftar.",
        "The choice is not in the list.";
    /// The author's role may not write this field.
    NotYours = 7, "not_yours",
        "Peran Anda tidak boleh mengisi ini.",
        "Your role may not write this.";
    /// Computed by everyone or kept by the server: no device writes it.
    NotFromDevices = 8, "not_from_devices",
        "Isian ini dihitung sistem, tidak diisi di perangkat.",
        "This is computed by the system and never written on a device.";
    /// A required part of a group is empty.
    MissingPart = 9, "missing_part",
        "Bagian wajib dari isian ini kosong.",
        "A required part of this value is empty.";
    /// The field is set once and cannot be emptied.
    NeverEmptied = 10, "never_emptied",
        "Isian ini tidak dapat dikosongkan.",
        "This value cannot be taken away.";
    /// The record's id is not the one that its natural key gives.
    KeyMismatch = 11, "key_mismatch",
        "ID catatan tidak cocok dengan isian kuncinya.",
        "The id of the record does not match its key fields.";
    /// Records of this kind do not live in an area of this level, or the code is no area.
    WrongLevel = 12, "wrong_level",
        "Jenis catatan ini tidak disimpan pada tingkat wilayah itu.",
        "Records of this kind do not live at that level of area.";
    /// The record lives in another area than the change says.
    ForeignArea = 13, "foreign_area",
        "Catatan ini milik wilayah lain.",
        "The record belongs to another area.";
    /// Nobody assigned the author to the area at the believed time.
    OutOfScope = 14, "out_of_scope",
        "Wilayah ini di luar penugasan pada saat itu.",
        "The area was outside the assignment at that time.";
    /// The device was revoked before it sent this.
    RevokedDevice = 15, "revoked_device",
        "Perangkat sudah dicabut sebelum data ini dikirim.",
        "The device was revoked before it sent this.";
    /// No form of this version was ever published for the kind, and the schema here is not behind.
    UnknownForm = 16, "unknown_form",
        "Versi formulir tidak dikenal.",
        "The version of the form is not known.";
    /// The change contradicts itself: a field edited twice, no edits at all, a record of another kind, ...
    BadChange = 17, "bad_change",
        "Perubahan ini tidak utuh.",
        "The change contradicts itself.";
    /// The edit claims to have seen changes that nobody has sent: applied, it would hide them when they come.
    UnsentSeen = 18, "unsent_seen",
        "Perubahan ini mengaku telah melihat isian yang belum pernah dikirim siapa pun.",
        "The edit claims to have seen what nobody has sent.";
}

impl Refusal {
    /// The stored number.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The refusal with this number.
    pub fn numbered(number: u8) -> Option<Refusal> {
        Refusal::ALL.iter().copied().find(|refusal| refusal.number() == number)
    }

    /// The refusal of this name.
    pub fn named(name: &str) -> Option<Refusal> {
        Refusal::ALL.iter().copied().find(|refusal| refusal.name() == name)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_and_names_are_unique_and_read_back() {
        let names: BTreeSet<_> = Refusal::ALL.iter().map(|refusal| refusal.name()).collect();
        assert_eq!(names.len(), Refusal::ALL.len());
        assert!(Refusal::ALL.is_sorted_by(|a, b| a.number() < b.number()));
        for refusal in Refusal::ALL.iter().copied() {
            assert_eq!(Refusal::numbered(refusal.number()), Some(refusal));
            assert_eq!(Refusal::named(refusal.name()), Some(refusal));
            let json = serde_json::to_value(refusal).expect("json");
            assert_eq!(json, refusal.name());
            assert!(refusal.label_id().ends_with('.') && refusal.label_en().ends_with('.'));
        }
        assert_eq!(Refusal::numbered(0), None);
    }

    /// What is stored under a number must keep its meaning for ever; a new refusal gets a new line here.
    #[test]
    fn a_number_never_changes_its_meaning() {
        let stored = [
            (1, Refusal::UnknownKind),
            (2, Refusal::UnknownField),
            (3, Refusal::WrongElement),
            (4, Refusal::WrongType),
            (5, Refusal::OutOfRange),
            (6, Refusal::UnknownCode),
            (7, Refusal::NotYours),
            (8, Refusal::NotFromDevices),
            (9, Refusal::MissingPart),
            (10, Refusal::NeverEmptied),
            (11, Refusal::KeyMismatch),
            (12, Refusal::WrongLevel),
            (13, Refusal::ForeignArea),
            (14, Refusal::OutOfScope),
            (15, Refusal::RevokedDevice),
            (16, Refusal::UnknownForm),
            (17, Refusal::BadChange),
            (18, Refusal::UnsentSeen),
        ];
        assert_eq!(stored.len(), Refusal::ALL.len());
        for (number, refusal) in stored {
            assert_eq!(refusal.number(), number);
        }
    }
}
