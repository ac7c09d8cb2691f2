//! What a batch is to a server that already holds some of the series, and what the server's receipt then says.

mod world;

use ed25519_dalek::SigningKey;
use std::cell::Cell;
use sync_core::{ChainHash, Change, Continuation, Epoch, Mark, Receipt, RecordId, Value};
use world::{change, dot, edit};

const ACTOR: u64 = 7;

/// `count` changes from number `from` on; `branch` tells those of a twin.
fn run(from: u64, count: u64, branch: i64) -> Vec<Change> {
    let one = |seq| {
        let by = dot(ACTOR, seq);
        change(by, 9, RecordId::of_dot(by), vec![edit(1, Value::Int(branch), &[])])
    };
    (from..from + count).map(one).collect()
}

fn start() -> Mark {
    Mark::start(dot(ACTOR, 1).actor)
}

/// A server that holds `count` changes, asked about `changes` that follow `before`.
fn asked(count: u64, before: &Mark, changes: &[Change]) -> Continuation {
    let held = run(1, count, 0);
    let hash = |seq: u64| (seq <= count).then(|| start().after(&held[..seq as usize]).chain);
    start().after(&held).continued_by(before, changes, hash)
}

#[test]
fn the_next_number_is_new() {
    assert_eq!(asked(0, &start(), &run(1, 3, 0)), Continuation::New { skip: 0 });
    let before = start().after(&run(1, 5, 0));
    assert_eq!(asked(5, &before, &run(6, 3, 0)), Continuation::New { skip: 0 });
}

#[test]
fn what_overlaps_is_skipped() {
    assert_eq!(asked(5, &start(), &run(1, 8, 0)), Continuation::New { skip: 5 });
    let before = start().after(&run(1, 3, 0));
    assert_eq!(asked(5, &before, &run(4, 8, 0)), Continuation::New { skip: 2 });
}

#[test]
fn a_repetition_is_known() {
    let (whole, part) = (run(1, 5, 0), run(1, 2, 0));
    assert_eq!(asked(5, &start(), &whole), Continuation::Known);
    assert_eq!(asked(5, &start(), &part), Continuation::Known);
    let before = start().after(&part);
    assert_eq!(asked(5, &before, &run(3, 2, 0)), Continuation::Known);
    assert_eq!(asked(5, &before, &run(3, 3, 0)), Continuation::Known);
}

#[test]
fn a_gap_names_the_first_missing_number() {
    let before = start().after(&run(1, 5, 0));
    assert_eq!(asked(3, &before, &run(6, 1, 0)), Continuation::Gap { expected: 4 });
    assert_eq!(asked(0, &before, &run(6, 1, 0)), Continuation::Gap { expected: 1 });
}

#[test]
fn a_fork_names_the_first_number_that_differs() {
    let twin = |shared: u64, own: u64| [run(1, shared, 0), run(shared + 1, own, 1)].concat();
    // The twins went apart after 3; the server heard the other one to 5.
    assert_eq!(asked(5, &start(), &twin(3, 4)), Continuation::Fork { at: 4 });
    assert_eq!(asked(5, &start(), &twin(3, 1)), Continuation::Fork { at: 4 });
    assert_eq!(asked(5, &start(), &twin(0, 2)), Continuation::Fork { at: 1 });
    let before = start().after(&run(1, 3, 0));
    assert_eq!(asked(5, &before, &run(4, 4, 1)), Continuation::Fork { at: 4 });
    assert_eq!(asked(5, &before, &run(4, 2, 1)), Continuation::Fork { at: 4 });
    // Exactly at the mark: what comes before the batch is another history.
    let elsewhere = start().after(&twin(3, 2));
    assert_eq!(asked(5, &elsewhere, &run(6, 2, 1)), Continuation::Fork { at: 5 });
    // And inside: the first that can be told is the number before the batch.
    let elsewhere = start().after(&twin(1, 2));
    assert_eq!(asked(5, &elsewhere, &run(4, 3, 1)), Continuation::Fork { at: 3 });
}

#[test]
fn nothing_is_known_where_the_mark_is_and_a_gap_beyond() {
    assert_eq!(asked(5, &start().after(&run(1, 5, 0)), &[]), Continuation::Known);
    assert_eq!(asked(5, &start().after(&run(1, 2, 0)), &[]), Continuation::Known);
    assert_eq!(asked(5, &start().after(&run(1, 6, 0)), &[]), Continuation::Gap { expected: 6 });
}

#[test]
fn another_actors_series_starts_with_another_hash() {
    let other = Mark::start(dot(ACTOR + 1, 1).actor);
    assert_ne!(other, start());
    assert_eq!(asked(5, &other, &run(1, 3, 0)), Continuation::Fork { at: 1 });
}

#[test]
fn the_log_is_asked_only_when_it_must_be() {
    let held = run(1, 5, 0);
    let asked = Cell::new(0);
    let hash = |seq: u64| {
        asked.set(asked.get() + 1);
        Some(start().after(&held[..seq as usize]).chain)
    };
    let mark = start().after(&held);
    assert_eq!(mark.continued_by(&mark, &run(6, 3, 0), hash), Continuation::New { skip: 0 });
    assert_eq!(mark.continued_by(&start(), &run(1, 9, 0), hash), Continuation::New { skip: 5 });
    assert_eq!(asked.get(), 0, "a continuation and an overlap are seen from the mark alone");
    assert_eq!(mark.continued_by(&start(), &run(1, 2, 0), hash), Continuation::Known);
    assert_eq!(asked.get(), 1, "a repetition takes one look");
    let held = run(1, 1000, 0);
    let looks = Cell::new(0);
    let hash = |seq: u64| {
        looks.set(looks.get() + 1);
        Some(start().after(&held[..seq as usize]).chain)
    };
    let twin = [run(1, 700, 0), run(701, 300, 1)].concat();
    let mark = start().after(&held);
    assert_eq!(mark.continued_by(&start(), &twin, hash), Continuation::Fork { at: 701 });
    assert!(looks.get() <= 11, "{} looks for a fork among a thousand", looks.get());
}

#[test]
fn what_the_log_cannot_tell_counts_as_different() {
    let mark = start().after(&run(1, 5, 0));
    let known = |_| None::<ChainHash>;
    assert_eq!(mark.continued_by(&start(), &run(1, 2, 0), known), Continuation::Fork { at: 1 });
}

#[test]
fn everything_in_a_change_is_in_the_chain() {
    let one = run(1, 1, 0).remove(0);
    let hash = |change: &Change| start().after(std::slice::from_ref(change)).chain;
    let altered: [fn(&mut Change); 12] = [
        |change| change.kind += 1,
        |change| change.record = RecordId::of_dot(dot(9, 9)),
        |change| change.origin.area.0 += 1,
        |change| change.origin.author = RecordId::of_dot(dot(9, 9)),
        |change| change.origin.stamp.0 += 1,
        |change| change.origin.device_time_s -= 1,
        |change| change.origin.form_version += 1,
        |change| change.edits.clear(),
        |change| change.edits[0].field += 1,
        |change| change.edits[0].element = sync_core::Element::Int(0),
        |change| change.edits[0].context = sync_core::Context::new([dot(1, 1)]),
        |change| change.edits[0].value = Value::Decimal(0),
    ];
    for alter in altered {
        let mut other = one.clone();
        alter(&mut other);
        assert_ne!(hash(&other), hash(&one), "{other:?}");
    }
    let mut marked = one.clone();
    marked.origin.distrusted = true;
    assert_eq!(hash(&marked), hash(&one), "the server's mark is no part of the change");
}

#[test]
fn a_receipt_says_how_far_the_series_is_held() {
    let key = SigningKey::from_bytes(&[3; 32]);
    let mark = start().after(&run(1, 5, 0));
    let receipt = Receipt::signed(&key, Epoch(1), dot(ACTOR, 1).actor, mark, world::NOW_S, 3, &[]);
    assert!(receipt.is_signed_by(&key.verifying_key()));
    assert_eq!(receipt.mark(), mark);
    let next = run(6, 2, 0);
    let known = |_| None;
    assert_eq!(receipt.mark().continued_by(&mark, &next, known), Continuation::New { skip: 0 });
    let twin = [run(1, 4, 0), run(5, 1, 1)].concat();
    assert_ne!(start().after(&twin), receipt.mark(), "a twin cannot show this receipt as its own");
}
