//! What somebody who works in some areas may read.
//!
//! The rule this module protects: *server and device draw the same line*: what the server sends is what the device
//! keeps, and what it stops sending is what the device lets go.

use crate::AreaCode;

/// May somebody who works in these areas read what lives in `area`? Everything within her own areas, and what lives in
/// the subdistrict and the district above them: shared recipes, workshops, meetings, whom to call. Not what lives in
/// other villages of those.
pub fn reads(own: &[AreaCode], area: AreaCode) -> bool {
    own.iter().any(|own| own.contains(area) || area.contains(*own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn her_villages_and_what_lives_above_them() {
        let own = [AreaCode(3_507_162_013), AreaCode(3_507_172_001)];
        for seen in [3_507_162_013, 350_716, 350_717, 3507] {
            assert!(reads(&own, AreaCode(seen)), "{seen}");
        }
        for unseen in [3_507_162_014, 350_718, 3508, 3_508_162_013] {
            assert!(!reads(&own, AreaCode(unseen)), "{unseen}");
        }
        assert!(reads(&[AreaCode(3507)], AreaCode(3_507_162_013)));
        assert!(!reads(&[], AreaCode(3507)));
    }
}
