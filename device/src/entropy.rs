//! Chance, for keys.

use crate::Error;

/// Fills bytes with chance.
pub trait Entropy {
    /// Fills all of `bytes`.
    ///
    /// # Errors
    /// [`Error::NoEntropy`] when the machine gives none: no key is made then.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Error>;
}

/// The operating system's.
#[cfg(feature = "native")]
pub struct SystemEntropy;

#[cfg(feature = "native")]
impl Entropy for SystemEntropy {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        getrandom::fill(bytes).map_err(|_| Error::NoEntropy)
    }
}

/// A closure, for tests and simulators.
impl<F: FnMut(&mut [u8])> Entropy for F {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self(bytes);
        Ok(())
    }
}
