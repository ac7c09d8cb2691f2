//! Damaged, cut and altered bytes: never a panic, never a wrong value.

mod world;

use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use std::sync::OnceLock;
use sync_core::codec::{Damaged, Reader};
use sync_core::{BadBatch, Batch, Page, Record, RecordId, bundle};
use world::road::ROOMY;
use world::village::raw_of;
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
fn a_record_without_writes_gives_its_key_to_nobody() {
    let made = |seq| {
        let by = dot(1, seq);
        world::change(by, 4, RecordId::of_dot(by), vec![world::edit(6, sync_core::Value::Bool(true), &[])])
    };
    let empty = world::change(dot(1, 2), 4, RecordId::of_dot(dot(1, 2)), Vec::new());
    let records: Vec<Record> = [made(1), empty, made(3)].iter().map(Record::of_change).collect();
    let key = |n| sync_core::SealKey([n; 32]);
    let page = Page {
        keys: vec![(0, key(0)), (1, key(1)), (2, key(2))],
        ..Page::of_records(sync_core::Epoch(1), records.clone())
    };
    let read = Page::of_bytes(&page.clone().into_bytes(), &ROOMY).expect("a page");
    assert_eq!(read.records, [records[0].clone(), records[2].clone()]);
    assert_eq!(read.keys, [(0, key(0)), (1, key(2))]);
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
