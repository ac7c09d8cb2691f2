//! The dice.
//!
//! The rule this module protects: *randomness is an argument, and the real one is the operating system's*: every
//! secret, number and name is made from it.

/// Something that throws dice.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with random ones.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Entropy + '_ {
    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// The operating system's dice.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(why) = getrandom::fill(bytes) {
            // To go on would be to give out names and secrets that can be guessed.
            panic!("the operating system has no randomness: {why}");
        }
    }
}
