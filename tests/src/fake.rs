//! A world in which nothing happens by itself.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use server::service::{Clock, Entropy, Limits, Secrets, World};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A clock that stands still until it is moved.
pub struct FakeClock(AtomicI64);

impl FakeClock {
    /// Moves it by so many seconds, forward or back.
    pub fn advance_s(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Dice that fall the same way for the same seed.
pub struct FakeEntropy(Mutex<ChaCha8Rng>);

impl FakeEntropy {
    /// The dice of this seed.
    pub fn new(seed: u64) -> FakeEntropy {
        FakeEntropy(Mutex::new(ChaCha8Rng::seed_from_u64(seed)))
    }
}

impl Entropy for FakeEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}

/// 27 November 2026, 07:00 in Malang.
pub const START_S: i64 = 1_795_737_600;

/// A world with a clock and dice of its own.
pub fn world(seed: u64) -> (World, Arc<FakeClock>) {
    let clock = Arc::new(FakeClock(AtomicI64::new(START_S * 1000)));
    let entropy = Arc::new(FakeEntropy::new(seed));
    let secrets = Arc::new(Secrets::made(entropy.as_ref()));
    (World { clock: clock.clone(), entropy, secrets, limits: Limits::default() }, clock)
}
