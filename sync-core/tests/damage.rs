//! Damaged, cut, swollen and lying bytes: never a panic, never a wrong value, never more memory than allowed.

mod world;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use std::sync::OnceLock;
use sync_core::codec::{Damaged, Reader, put_u64};
use sync_core::{BadBatch, Batch, Bounds, Page, Record, RecordId, bundle};
use world::road::ROOMY;
use world::{dot, village};

fn batch() -> &'static (Batch, Vec<u8>) {
    static BATCH: OnceLock<(Batch, Vec<u8>)> = OnceLock::new();
    BATCH.get_or_init(|| {
        let batch = village::batch(8);
        let bytes = batch.to_bytes();
        (batch, bytes)
    })
}

/// Stored states of records with groups, sets, maps, sealed values and conflicts.
fn states() -> &'static [(RecordId, Vec<u8>)] {
    static STATES: OnceLock<Vec<(RecordId, Vec<u8>)>> = OnceLock::new();
    STATES.get_or_init(|| {
        let state = |change: &sync_core::Change| {
            let mut record = Record::of_change(change);
            for actor in [3, 4] {
                let mut other = change.clone();
                other.origin.dot = dot(actor, 7);
                other.edits.truncate(4);
                record.apply(&other);
            }
            let mut bytes = Vec::new();
            record.put_state(&mut bytes);
            (record.id, bytes)
        };
        batch().0.changes.iter().map(state).collect()
    })
}

/// The bytes with a true checksum at their end.
fn sealed_again(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - 8;
    let sum = Sha256::digest(&bytes[..end]);
    bytes[end..].copy_from_slice(&sum[..8]);
    bytes
}

fn flipped(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    })
}

#[test]
fn a_batch_reads_back() {
    let (batch, bytes) = batch();
    assert_eq!(Batch::of_bytes(bytes, &ROOMY).as_ref(), Ok(batch));
}

#[test]
fn a_batch_cut_anywhere_is_damaged() {
    let (_, bytes) = batch();
    for length in 0..bytes.len() {
        assert!(matches!(Batch::of_bytes(&bytes[..length], &ROOMY), Err(BadBatch::Damaged(_))), "{length}");
    }
}

#[test]
fn no_single_bit_of_a_batch_can_turn() {
    for flipped in flipped(&batch().1) {
        assert!(Batch::of_bytes(&flipped, &ROOMY).is_err());
    }
}

#[test]
fn a_turned_bit_under_a_true_checksum_is_found_by_the_chain() {
    let (batch, bytes) = batch();
    let body = bytes.len() - 8;
    for flipped in flipped(&bytes[..body]) {
        let mut flipped = flipped;
        flipped.extend_from_slice(&[0; 8]);
        // Some bits of a compressed stream mean nothing; then the batch is the same.
        if let Ok(read) = Batch::of_bytes(&sealed_again(flipped), &ROOMY) {
            assert_eq!(read, *batch);
        }
    }
}

#[test]
fn a_batch_of_another_version_says_so() {
    let mut bytes = batch().1.clone();
    bytes[2] = 2;
    assert_eq!(Batch::of_bytes(&bytes, &ROOMY), Err(BadBatch::Version(2)));
    bytes[0] = b'X';
    assert_eq!(Batch::of_bytes(&bytes, &ROOMY), Err(Damaged("not a batch").into()));
}

#[test]
fn nothing_may_follow() {
    let (batch, bytes) = batch();
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(Batch::of_bytes(&longer, &ROOMY).is_err());
    let mut longer = bytes.clone();
    longer.insert(bytes.len() - 8, 0);
    assert_eq!(Batch::of_bytes(&sealed_again(longer), &ROOMY), Err(Damaged("bytes after the end").into()));
    let mut raw = raw_of(&bundle::pack(&batch.changes));
    raw.push(0);
    assert_eq!(bundle::unpack(&compress_to_vec(&raw, 6), &ROOMY), Err(Damaged("bytes after the end")));
    for (id, bytes) in states() {
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_eq!(Record::of_state(*id, &longer), Err(Damaged("bytes after the end")));
    }
}

#[test]
fn a_batch_is_a_run_of_one_actor_and_never_empty() {
    let (batch, _) = batch();
    let broken: [fn(&mut Batch); 5] = [
        |batch| batch.changes.clear(),
        |batch| drop(batch.changes.remove(3)),
        |batch| batch.changes.swap(3, 4),
        |batch| batch.changes[3].origin.dot.actor.0 += 1,
        |batch| batch.changes[3].origin.distrusted = true,
    ];
    for break_it in broken {
        let mut broken = batch.clone();
        break_it(&mut broken);
        let read = Batch::of_bytes(&broken.to_bytes(), &ROOMY);
        assert_eq!(read, Err(Damaged("not a run of one actor's changes").into()));
    }
}

/// What a bundle is before it is compressed.
fn raw_of(bundle: &[u8]) -> Vec<u8> {
    decompress_to_vec(bundle).expect("a bundle")
}

#[test]
fn bounds_hold_to_the_last_one() {
    let (batch, bytes) = batch();
    let changes = batch.changes.len();
    let raw = raw_of(&bundle::pack(&batch.changes)).len();
    let takes = |bounds| Batch::of_bytes(bytes, &bounds).is_ok();
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
    assert_eq!(bundle::unpack(&two_columns, &bounds), Err(Damaged("more than a bundle may hold")));
    for lie in
        [&[13, 0xff, 0xff, 3][..], &[5, 200, 1, 65], &[14, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]]
    {
        assert_eq!(Reader::new(lie).value(), Err(Damaged("count beyond the end")));
    }
}

#[test]
fn one_long_group_among_many_costs_only_its_length() {
    let many = 150_000;
    let long = sync_core::Value::Group(vec![sync_core::Value::Null; many].into());
    let short = sync_core::Value::Group(Box::new([]));
    let element = |n| sync_core::Element::Int(n as i64);
    let edit = |n, value| sync_core::Edit { element: element(n), ..world::edit(1, value, &[]) };
    let mut edits: Vec<_> = (0..many).map(|n| edit(n, short.clone())).collect();
    edits.push(edit(many, long));
    let change = world::change(dot(1, 1), 9, RecordId::of_dot(dot(1, 1)), edits);
    let bytes = bundle::pack(std::slice::from_ref(&change));
    assert_eq!(bundle::unpack(&bytes, &ROOMY), Ok(vec![change]));
}

#[test]
fn a_state_cut_anywhere_is_damaged_and_a_turned_bit_is_seen_or_means_something_else() {
    for (id, bytes) in states() {
        for length in 0..bytes.len() {
            assert!(Record::of_state(*id, &bytes[..length]).is_err());
        }
        for flipped in flipped(bytes) {
            one_form_or_damage(*id, &flipped);
        }
    }
}

/// Bytes are the one form of some state, or damage.
fn one_form_or_damage(id: RecordId, bytes: &[u8]) {
    if let Ok(record) = Record::of_state(id, bytes) {
        let mut again = Vec::new();
        record.put_state(&mut again);
        assert_eq!(again, bytes);
    }
}

#[test]
fn ids_that_no_dot_makes_travel_as_they_are() {
    let strange = RecordId::of_dot(sync_core::Dot { actor: sync_core::ActorId(7), seq: 0 });
    let edit = world::edit(1, sync_core::Value::Ref(strange.0), &[]);
    let change = world::change(dot(1, 1), 9, strange, vec![edit]);
    let bytes = bundle::pack(std::slice::from_ref(&change));
    assert_eq!(bundle::unpack(&bytes, &ROOMY), Ok(vec![change]));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Batch::of_bytes(&bytes, &ROOMY);
        let _ = Page::of_bytes(&bytes, &ROOMY);
        let _ = bundle::unpack(&bytes, &ROOMY);
        let _ = bundle::unpack(&compress_to_vec(&bytes, 1), &ROOMY);
        let _ = Reader::new(&bytes).value();
        let _ = Reader::new(&bytes).element();
        one_form_or_damage(RecordId::of_dot(dot(1, 1)), &bytes);
    }

    #[test]
    fn a_bundle_with_some_bytes_changed_is_read_or_refused(
        changed in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut raw = raw_of(&bundle::pack(&batch().0.changes));
        for (at, byte) in changed {
            let at = at.index(raw.len());
            raw[at] = byte;
        }
        if let Ok(changes) = bundle::unpack(&compress_to_vec(&raw, 1), &ROOMY) {
            prop_assert!(changes.iter().all(sync_core::Change::is_well_formed));
            prop_assert_eq!(bundle::unpack(&bundle::pack(&changes), &ROOMY), Ok(changes));
        }
    }

    #[test]
    fn a_state_with_some_bytes_changed_is_one_form_or_damage(
        which in any::<proptest::sample::Index>(),
        changed in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4)
    ) {
        let (id, bytes) = which.get(states());
        let mut bytes = bytes.clone();
        for (at, byte) in changed {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        one_form_or_damage(*id, &bytes);
    }
}
