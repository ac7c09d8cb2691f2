//! Swollen and lying bytes: never more memory, and never more time, than the reader allows.

mod world;

use miniz_oxide::deflate::compress_to_vec;
use sync_core::codec::{Damaged, Reader, put_u64};
use sync_core::{Batch, Bounds, Element, RecordId, Value, bundle};
use world::road::ROOMY;
use world::village::{self, raw_of};
use world::{change, dot, edit};

#[test]
fn bounds_hold_to_the_last_one() {
    let batch = village::batch(8);
    let bytes = batch.to_bytes();
    let changes = batch.changes.len();
    let raw = raw_of(&bundle::pack(&batch.changes)).len();
    let takes = |bounds| Batch::of_bytes(&bytes, &bounds).is_ok();
    let mut numbers = (0, ROOMY.numbers_max);
    while numbers.1 - numbers.0 > 1 {
        let middle = (numbers.0 + numbers.1) / 2;
        let enough = takes(Bounds { numbers_max: middle, ..ROOMY });
        if enough { numbers.1 = middle } else { numbers.0 = middle }
    }
    let exact = Bounds { changes_max: changes, bytes_max: raw, numbers_max: numbers.1 };
    assert!(takes(exact));
    assert!(!takes(Bounds { changes_max: changes - 1, ..exact }));
    assert!(!takes(Bounds { bytes_max: raw - 1, ..exact }));
    assert!(!takes(Bounds { numbers_max: numbers.1 - 1, ..exact }));
    let edits: usize = batch.changes.iter().map(|change| change.edits.len()).sum();
    assert!(numbers.1 < 10 * edits + 20 * changes, "{} numbers for {edits} edits", numbers.1);
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = compress_to_vec(&vec![0; 64 << 20], 9);
    assert!(bomb.len() < 100_000);
    let bounds = Bounds { bytes_max: 1 << 20, ..ROOMY };
    assert_eq!(bundle::unpack(&bomb, &bounds), Err(Damaged("more bytes than allowed")));
}

/// A bundle that names nobody and goes on with these numbers.
fn lying(numbers: &[u64]) -> Vec<u8> {
    let mut raw = vec![0, 0, 0];
    numbers.iter().for_each(|number| put_u64(&mut raw, *number));
    compress_to_vec(&raw, 6)
}

#[test]
fn a_lie_about_a_count_gets_no_memory() {
    let bounds = Bounds { changes_max: 1_000_000, bytes_max: 1 << 20, numbers_max: 1_000_000 };
    assert_eq!(bundle::unpack(&lying(&[1_000_001]), &bounds), Err(Damaged("more changes than allowed")));
    assert_eq!(bundle::unpack(&lying(&[u64::MAX]), &bounds), Err(Damaged("more changes than allowed")));
    // Two columns that say "all the same" in two bytes each.
    let two_columns = lying(&[1_000_000, 0, 9, 0, 0]);
    assert_eq!(bundle::unpack(&two_columns, &bounds), Err(Damaged("more numbers than allowed")));
    for lie in
        [&[13, 0xff, 0xff, 3][..], &[5, 200, 1, 65], &[14, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]]
    {
        assert_eq!(Reader::new(lie).value(), Err(Damaged("count beyond the end")));
    }
}

#[test]
fn one_long_group_among_many_costs_only_its_length() {
    let many = 150_000;
    let long = Value::Group(vec![Value::Null; many].into());
    let short = Value::Group(Box::new([]));
    let element = |n| Element::Int(n as i64);
    let line = |n, value| sync_core::Edit { element: element(n), ..edit(1, value, &[]) };
    let mut edits: Vec<_> = (0..many).map(|n| line(n, short.clone())).collect();
    edits.push(line(many, long));
    let change = change(dot(1, 1), 9, RecordId::of_dot(dot(1, 1)), edits);
    let bytes = bundle::pack(std::slice::from_ref(&change));
    assert_eq!(bundle::unpack(&bytes, &ROOMY), Ok(vec![change]));
}

#[test]
fn ids_that_no_dot_makes_travel_as_they_are() {
    let strange = RecordId::of_dot(sync_core::Dot { actor: sync_core::ActorId(7), seq: 0 });
    let edit = edit(1, Value::Ref(strange.0), &[]);
    let change = change(dot(1, 1), 9, strange, vec![edit]);
    let bytes = bundle::pack(std::slice::from_ref(&change));
    assert_eq!(bundle::unpack(&bytes, &ROOMY), Ok(vec![change]));
}
