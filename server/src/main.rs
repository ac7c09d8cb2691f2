//! The binary `lumbung`.

fn main() {}
