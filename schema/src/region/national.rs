//! The names of all subdistricts and villages, inflated once when first asked for.
//!
//! The rule this module protects: *who needs one district does not pay for the nation.* The list is 0.4 MB packed and
//! 1.1 MB unpacked; an index of the subdistricts is all that is built over it. The phone leaves the whole module out
//! (cargo feature `national-regions`) and gets the names in its scope from the server.
//!
//! `region/villages.txt.gz` (read it with `zcat`): `#350716 Tumpang` opens a subdistrict; `2001:Malangsuko` is a
//! village by its last four digits and name; a bare name has the number after the one above it.

use super::{VillageKind, village_kind};
use miniz_oxide::inflate::decompress_to_vec;
use std::sync::OnceLock;

static PACKED: &[u8] = include_bytes!("../../region/villages.txt.gz");
static SUBDISTRICTS: OnceLock<Vec<Subdistrict>> = OnceLock::new();

/// A desa or kelurahan of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Village {
    /// Ten digits.
    pub code: u64,
    /// Name without its kind: `Duwet`.
    pub name: &'static str,
    /// Kelurahan, desa or desa adat.
    pub kind: VillageKind,
}

/// One block of the unpacked list; blocks ascend by code.
struct Subdistrict {
    code: u64,
    name: &'static str,
    villages: &'static str,
}

/// Every village of an area (village, subdistrict, district or province), ascending by code.
pub fn villages(area: u64) -> impl Iterator<Item = Village> {
    within(area)
        .iter()
        .flat_map(|subdistrict| lines(subdistrict.code, subdistrict.villages))
        .filter(move |village| super::lies_in(village.code, area))
}

/// Every subdistrict of an area, ascending: code and name.
pub fn subdistricts(area: u64) -> impl Iterator<Item = (u64, &'static str)> {
    within(area).iter().map(|subdistrict| (subdistrict.code, subdistrict.name))
}

/// The village of this code, if the list has it.
pub fn village(code: u64) -> Option<Village> {
    villages(code).find(|village| village.code == code)
}

/// Name of a subdistrict: `Tumpang`.
pub fn subdistrict_name(code: u64) -> Option<&'static str> {
    subdistricts(code).find(|(subdistrict, _)| *subdistrict == code).map(|(_, name)| name)
}

/// The subdistricts that lie in an area or that hold it.
fn within(area: u64) -> &'static [Subdistrict] {
    let all = SUBDISTRICTS.get_or_init(unpack);
    let area = super::subdistrict_of(area).unwrap_or(area);
    let start = all.partition_point(|subdistrict| subdistrict.code < first_in(area));
    let length = all[start..].partition_point(|subdistrict| super::lies_in(subdistrict.code, area));
    &all[start..start + length]
}

/// The lowest six-digit code an area can hold.
fn first_in(area: u64) -> u64 {
    match area {
        0..100 => area * 10_000,
        100..10_000 => area * 100,
        _ => area,
    }
}

/// Splits the villages of one subdistrict; numbers run on where none is given.
fn lines(subdistrict: u64, text: &'static str) -> impl Iterator<Item = Village> {
    text.lines().scan(0, move |last, line| {
        let (number, name) = match line.split_once(':') {
            Some((number, name)) => (number.parse().ok()?, name),
            None => (*last + 1, line),
        };
        *last = number;
        let code = subdistrict * 10_000 + number;
        Some(Village { code, name, kind: village_kind(code)? })
    })
}

/// Inflates the list and finds its subdistricts. The file is part of the program and a test reads it whole, so it
/// can neither be missing nor broken.
fn unpack() -> Vec<Subdistrict> {
    let deflated = &PACKED[10..PACKED.len() - 8]; // between the header and the trailer of `gzip -n`
    let bytes = decompress_to_vec(deflated).expect("villages.txt.gz is part of the program");
    let text: &'static str = String::from_utf8(bytes).expect("villages.txt.gz is UTF-8").leak();
    let subdistricts = text.split('#').filter_map(|block| {
        let (head, villages) = block.split_once('\n')?;
        let (code, name) = head.split_once(' ')?;
        Some(Subdistrict { code: code.parse().ok()?, name, villages })
    });
    subdistricts.collect()
}
