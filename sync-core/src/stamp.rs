//! When something was written, as far as a device can know.
//!
//! The rule this module protects: *order comes from causality; a stamp only breaks ties, and a wrong clock can win
//! none.* A stamp is a hybrid logical clock (Kulkarni et al., 2014): seconds of the device's clock, and a counter that
//! keeps one device's stamps rising whatever its clock does.

use serde::{Deserialize, Serialize};

/// How far a stamp may lie ahead of the clock that judges it. Beyond that it advances no clock and sorts lowest.
pub const SKEW_MAX_S: i64 = 2 * 86_400;

/// Low bits of a stamp that count.
const COUNTER_BITS: u32 = 20;

/// Hybrid logical time: seconds since 1970 in the high 44 bits, a counter in the low 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stamp(pub u64);

impl Stamp {
    /// The first stamp of a second. Before 1970 counts as 1970.
    pub fn of_second(at_s: i64) -> Stamp {
        Stamp((at_s.max(0) as u64).min(u64::MAX >> COUNTER_BITS) << COUNTER_BITS)
    }

    /// A stamp from its two parts; `None` when one does not fit.
    pub fn new(at_s: i64, counter: u64) -> Option<Stamp> {
        let fits = (0..1 << (64 - COUNTER_BITS)).contains(&at_s) && counter < 1 << COUNTER_BITS;
        fits.then_some(Stamp((at_s as u64) << COUNTER_BITS | counter))
    }

    /// Which of the stamps of its second.
    pub fn counter(self) -> u64 {
        self.0 & ((1 << COUNTER_BITS) - 1)
    }

    /// Seconds since 1970.
    pub fn at_s(self) -> i64 {
        (self.0 >> COUNTER_BITS) as i64
    }

    /// Does it lie further ahead of `now_s` than a clock may be wrong?
    pub fn is_beyond(self, now_s: i64) -> bool {
        self.at_s() > now_s.saturating_add(SKEW_MAX_S)
    }
}

/// The clock that a device stamps its changes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HybridClock {
    last: Stamp,
}

impl HybridClock {
    /// A clock that has given or seen `last`.
    pub fn after(last: Stamp) -> HybridClock {
        HybridClock { last }
    }

    /// The newest stamp given or seen.
    pub fn last(&self) -> Stamp {
        self.last
    }

    /// A stamp above all given and seen before.
    pub fn tick(&mut self, now_s: i64) -> Stamp {
        self.last = Stamp::of_second(now_s).max(Stamp(self.last.0.saturating_add(1)));
        self.last
    }

    /// Takes note of a stamp of another device, unless it lies beyond the skew bound.
    pub fn observe(&mut self, stamp: Stamp, now_s: i64) {
        if !stamp.is_beyond(now_s) {
            self.last = self.last.max(stamp);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_S: i64 = 1_795_000_000;

    #[test]
    fn stamps_rise_when_the_clock_stands_or_runs_back() {
        let mut clock = HybridClock::default();
        let stamps: Vec<_> = [NOW_S, NOW_S, NOW_S - 86_400, 0].map(|now| clock.tick(now)).into();
        assert!(stamps.is_sorted_by(|a, b| a < b));
        assert_eq!(stamps[3].at_s(), NOW_S);
    }

    #[test]
    fn a_stamp_of_2099_drags_no_clock_along() {
        let mut clock = HybridClock::default();
        clock.observe(Stamp::of_second(4_070_908_800), NOW_S);
        assert_eq!(clock.tick(NOW_S).at_s(), NOW_S);
        clock.observe(Stamp::of_second(NOW_S + 3600), NOW_S);
        assert_eq!(clock.tick(NOW_S).at_s(), NOW_S + 3600);
    }

    #[test]
    fn a_phone_that_wakes_in_1970_still_counts_up() {
        let mut clock = HybridClock::default();
        assert!(clock.tick(-5) < clock.tick(-5));
    }
}
