//! How often somebody may ask.
//!
//! The rule this module protects: *one caller cannot take the server from the others*. For each caller one number is
//! kept: the moment at which all its credit will be back.

use super::Fault;
use super::claims::Subject;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Whose requests are counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Everybody behind an address (IPv6: the /64) who has not said who she is.
    Address(IpAddr),
    /// One person or device.
    Caller(Subject),
    /// Guesses at one login from one address.
    Attempt(IpAddr, String),
}

/// `burst` at once, `per_minute` in the long run; 0 per minute is none after the burst.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// How many per minute in the long run.
    pub per_minute: u32,
}

/// Counts requests by [`Key`].
#[derive(Debug, Default)]
pub struct Limiter {
    /// When the credit of a key is whole again, in milliseconds.
    whole_at_ms: Mutex<BTreeMap<Key, i64>>,
}

/// Most keys kept: some megabytes. Beyond it strangers wait until others are forgotten.
const KEYS_MAX: usize = 50_000;

impl Key {
    /// The key of an address.
    pub fn address(address: IpAddr) -> Key {
        Key::Address(network(address))
    }

    /// The key of guesses at `login` from an address.
    pub fn attempt(address: IpAddr, login: &str) -> Key {
        Key::Attempt(network(address), login.chars().take(64).collect())
    }
}

/// One household or attacker gets a whole IPv6 /64.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
}

impl Limiter {
    /// Takes one request off the credit of `key`.
    ///
    /// # Errors
    ///
    /// [`sync_core::ErrorCode::RateLimited`] when there is none left.
    pub fn take(&self, now_ms: i64, key: Key, rate: Rate) -> Result<(), Fault> {
        let cost_ms = 60_000 / i64::from(rate.per_minute.max(1));
        let span_ms = cost_ms * i64::from(rate.burst.max(1));
        let mut keys = self.whole_at_ms.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= KEYS_MAX && !keys.contains_key(&key) {
            keys.retain(|_, whole_at_ms| *whole_at_ms > now_ms);
            if keys.len() >= KEYS_MAX {
                return Err(Fault::rate_limited(60));
            }
        }
        let whole_at_ms = keys.entry(key).or_insert(now_ms);
        // Nobody owes more than a burst: the clock was set back, and must not lock anybody out until it is there again.
        if *whole_at_ms - now_ms > span_ms {
            *whole_at_ms = now_ms;
        }
        let debt_ms = (*whole_at_ms - now_ms).max(0);
        if debt_ms + cost_ms > span_ms {
            let wait_ms = debt_ms + cost_ms - span_ms;
            return Err(Fault::rate_limited(u32::try_from((wait_ms + 999) / 1000).unwrap_or(60)));
        }
        *whole_at_ms = now_ms + debt_ms + cost_ms;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3, per_minute: 60 };

    fn key(last: u8) -> Key {
        Key::address(IpAddr::from([10, 0, 0, last]))
    }

    #[test]
    fn a_burst_passes_then_the_rate_holds() {
        let limiter = Limiter::default();
        for _ in 0..3 {
            assert_eq!(limiter.take(0, key(1), RATE), Ok(()));
        }
        assert_eq!(limiter.take(0, key(1), RATE).unwrap_err().retry_after_s, Some(1));
        assert_eq!(limiter.take(0, key(2), RATE), Ok(()));
        assert_eq!(limiter.take(1000, key(1), RATE), Ok(()));
        assert!(limiter.take(1000, key(1), RATE).is_err());
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out() {
        let limiter = Limiter::default();
        for back_ms in [86_400_000, 0] {
            for _ in 0..3 {
                assert_eq!(limiter.take(back_ms, key(1), RATE), Ok(()));
            }
            assert_eq!(limiter.take(back_ms, key(1), RATE).unwrap_err().retry_after_s, Some(1));
            assert_eq!(limiter.take(back_ms + 1000, key(1), RATE), Ok(()));
        }
    }

    #[test]
    fn strangers_beyond_the_memory_wait_until_others_are_forgotten() {
        let limiter = Limiter::default();
        for i in 0..KEYS_MAX as u32 {
            assert_eq!(limiter.take(0, Key::address(IpAddr::from(i.to_be_bytes())), RATE), Ok(()));
        }
        assert!(limiter.take(0, Key::address(IpAddr::from([255; 4])), RATE).is_err());
        assert_eq!(limiter.take(1001, Key::address(IpAddr::from([255; 4])), RATE), Ok(()));
    }

    #[test]
    fn neighbours_in_one_ipv6_network_share_a_key() {
        let address = |text: &str| Key::address(text.parse().expect("an address"));
        assert_eq!(address("2001:db8::1"), address("2001:db8::ffff"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
    }
}
