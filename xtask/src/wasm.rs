//! wasm
use crate::shell::Outcome;
pub fn run() -> Outcome {
    crate::tools::for_wasm()
}
