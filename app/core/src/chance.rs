//! Chance that the browser gave and nobody used yet.

use device::{Entropy, Error};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// A pool of random bytes; a clone is the same pool.
#[derive(Clone, Default)]
pub(crate) struct Dice(Arc<Mutex<VecDeque<u8>>>);

impl Dice {
    /// Takes chance in.
    pub(crate) fn stir(&self, chance: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(chance);
    }
}

impl Entropy for Dice {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        let mut pool = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.len() < bytes.len() {
            return Err(Error::NoEntropy);
        }
        let count = bytes.len();
        bytes.iter_mut().zip(pool.drain(..count)).for_each(|(byte, chance)| *byte = chance);
        Ok(())
    }
}
