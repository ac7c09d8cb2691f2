//! Merging, loading, bytes: the core alone.

use crate::fleet::{DAY_S, TODAY, villages};
use crate::machine::median_s;
use crate::report::Report;
use fieldwork::workload::Workplace;
use fieldwork::{Writer, keys_of_seed};
use schema::columns::columns;
use schema::{Register, Registers, Schema};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::io::Write;
use std::process::{Command, Stdio};
use sync_core::{ActorId, Batch, Change, Mark, Record, bundle};

/// One phone's month: 200 visits and 20 sessions.
pub fn month() -> Vec<Change> {
    let key = keys_of_seed(7);
    let writer = Writer { schema: Schema::builtin(), key_of: &key };
    let population = fixtures::Population::new(7);
    let area = villages(1)[0];
    let mut place = Workplace::new(&population, area, TODAY, 400, &writer).unwrap().expect("a village");
    place.records(&writer, ActorId(0x1f2e_3d4c_5b6a_7988), 0, 200, 20, i64::from(TODAY) * DAY_S).unwrap()
}

/// Measures `up_bytes`, `edit_bytes`, `merge` and `load`.
pub fn measure(report: &mut Report) {
    let changes = month();
    let count = changes.len() as f64;
    let actor = changes[0].origin.dot.actor;
    let batch = Batch { actor, before: Mark::start(actor), changes };
    let bytes = batch.to_bytes().len() as f64 / count;
    let csv = xz(&csv(&batch.changes)) as f64 / count;
    report.add_with_floor("up_bytes", bytes, "B/record", Some(csv), "ratio at most 0.6 of xz -9e of the CSV");

    let others = fieldwork::workload::contest(&batch.changes[..200], 4, 10, 221, ActorId(2), 1);
    let edits = others.others.len() as f64;
    let packed = bundle::pack(&others.others).len() as f64 / edits;
    report.add("edit_bytes", packed, "B/edit", "at most 20");

    let runs = 15;
    let rounds = 20;
    let merge_s = median_s(runs, || {
        for _ in 0..rounds {
            for change in &batch.changes {
                black_box(Record::of_change(black_box(change)));
            }
        }
    });
    report.add("merge", count * f64::from(rounds) / merge_s, "records/s", "at least 200000");
    let states: Vec<(sync_core::RecordId, Vec<u8>)> = batch
        .changes
        .iter()
        .map(|change| {
            let mut state = Vec::new();
            Record::of_change(change).put_state(&mut state);
            (change.record, state)
        })
        .collect();
    let load_s = median_s(runs, || {
        for _ in 0..rounds {
            for (id, state) in &states {
                black_box(Record::of_state(*id, black_box(state)).expect("a state"));
            }
        }
    });
    report.add("load", count * f64::from(rounds) / load_s, "records/s", "at least 500000");
}

/// The same information as a table: who, when, where, and every filled column, ids as text.
fn csv(changes: &[Change]) -> Vec<u8> {
    let schema = Schema::builtin();
    let mut out = Vec::new();
    let kinds: BTreeSet<u16> = changes.iter().map(|change| change.kind).collect();
    for number in kinds {
        let kind = schema.kind(number).expect("a kind");
        let filled: BTreeSet<u16> = changes
            .iter()
            .filter(|change| change.kind == number)
            .flat_map(|change| change.edits.iter().map(|edit| edit.field))
            .collect();
        let columns: Vec<_> =
            columns(kind, true).into_iter().filter(|column| filled.contains(&column.field.number)).collect();
        out.extend_from_slice(b"id,area,author,device_time_s,form_version");
        columns.iter().for_each(|column| out.extend_from_slice(format!(",{}", column.name).as_bytes()));
        out.push(b'\n');
        for change in changes.iter().filter(|change| change.kind == number) {
            let origin = &change.origin;
            let head = format!(
                "{},{},{},{},{}",
                change.record, origin.area, origin.author, origin.device_time_s, origin.form_version
            );
            out.extend_from_slice(head.as_bytes());
            let registers: Vec<Register> = change
                .edits
                .iter()
                .map(|edit| Register { field: edit.field, element: edit.element, value: &edit.value })
                .collect();
            for column in &columns {
                out.push(b',');
                column.write_csv(&mut out, Registers::new(&registers), schema);
            }
            out.push(b'\n');
        }
    }
    out
}

/// Bytes that `xz -9e` makes of this.
fn xz(bytes: &[u8]) -> usize {
    let mut child = Command::new("xz")
        .args(["-9e", "--stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("xz is installed");
    let mut stdin = child.stdin.take().expect("stdin");
    stdin.write_all(bytes).expect("xz reads");
    drop(stdin);
    child.wait_with_output().expect("xz").stdout.len()
}
