//! The migrations are compiled in: a change to one of them must rebuild the crate.

fn main() {
    println!("cargo::rerun-if-changed=../schema/migrations");
}
