//! Prints what devices are told about data, as one JSON document: the phone's app carries it until the server sends a
//! newer one.

fn main() {
    println!("{}", schema::Document::builtin().to_json());
}
