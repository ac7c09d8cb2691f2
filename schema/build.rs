//! Packs the seven WHO tables of `growth/` into one small file, so that the phone carries 60 kB (20 kB compressed), not 590 kB.
//!
//! The CSV files are the truth; nobody edits or commits the packed form. Within a sex the keys have no gaps, so
//! only the first one is written. L, M and S are whole numbers of their last published digit, and each column is
//! written as the change of its change, which nearly always fits one byte. `src/growth/tables.rs` reads it back.

use std::path::Path;
use std::{env, error::Error, fs};

/// File stem, and how many table steps one unit of the key column has (0.1 cm is one step, a day is one step).
const TABLES: [(&str, f64); 7] = [
    ("lhfa", 1.0),
    ("wfa", 1.0),
    ("bmi_fa", 1.0),
    ("hcfa", 1.0),
    ("muac_fa", 1.0),
    ("wfl", 10.0),
    ("wfh", 10.0),
];

/// Units per 1 of L, M and S: the digits WHO published.
const SCALES: [f64; 3] = [10_000.0, 10_000.0, 100_000.0];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=growth");
    println!("cargo:rerun-if-changed=build.rs");
    let mut packed = Vec::new();
    for (stem, steps) in TABLES {
        let text = fs::read_to_string(format!("growth/who_lms_{stem}.csv"))?;
        for sex in ["M", "F"] {
            pack(&text, sex, steps, &mut packed)
                .map_err(|why| format!("who_lms_{stem}.csv, {sex}: {why}"))?;
        }
    }
    // Cargo sets OUT_DIR for build scripts; it is not a setting of Lumbung.
    #[expect(clippy::disallowed_methods)]
    let out_dir = env::var("OUT_DIR")?;
    Ok(fs::write(Path::new(&out_dir).join("who_lms.bin"), packed)?)
}

/// Appends one sex of one table: first key, number of rows, then the columns L, M and S.
fn pack(text: &str, sex: &str, steps: f64, packed: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
    let mut keys = Vec::new();
    let mut columns = [const { Vec::new() }; 3];
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[0] != sex {
            continue;
        }
        keys.push(whole(cells[1], steps)?);
        for (column, (cell, scale)) in columns.iter_mut().zip(cells[2..5].iter().zip(SCALES)) {
            column.push(whole(cell, scale)?);
        }
    }
    let first = *keys.first().ok_or("no rows")?;
    if keys.iter().zip(first..).any(|(key, expected)| *key != expected) {
        return Err("keys have a gap".into());
    }
    put(first, packed);
    put(keys.len() as i64, packed);
    for column in columns {
        let (mut last, mut change) = (0, 0);
        for value in column {
            put(value - last - change, packed);
            (change, last) = (value - last, value);
        }
    }
    Ok(())
}

/// The decimal as a whole number of `1/scale`; an error if it has more digits than that.
fn whole(cell: &str, scale: f64) -> Result<i64, Box<dyn Error>> {
    let scaled = cell.parse::<f64>()? * scale;
    let rounded = scaled.round();
    if (scaled - rounded).abs() > 1e-4 {
        return Err(format!("{cell} has more digits than the packed form keeps").into());
    }
    Ok(rounded as i64)
}

/// Signed LEB128 by zigzag: small numbers of either sign take one byte.
fn put(value: i64, packed: &mut Vec<u8>) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    while rest >= 0x80 {
        packed.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    packed.push(rest as u8);
}
