//! Today's code reads what was ever written, and writes it again to the byte: the golden vectors of `schema/wire`.

mod world;

use ed25519_dalek::{SigningKey, VerifyingKey};
use miniz_oxide::inflate::decompress_to_vec;
use schema::Schema;
use schema::json::{element_from_text, element_text, from_tagged, to_tagged};
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs::{read_dir, read_to_string};
use std::path::PathBuf;
use sync_core::batch_json::{BatchJson, read};
use sync_core::codec::{Reader, put_element, put_value};
use sync_core::natural_key::natural_id;
use sync_core::relabel::Relabelling;
use sync_core::view::Closed;
use sync_core::{
    ActorId, AreaCode, Batch, ChainHash, Digest, Dot, Receipt, Record, RecordId, SealKey, Value,
};
use world::road::ROOMY;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../schema/wire/v1")
}

fn text(file: &str) -> String {
    read_to_string(folder().join(file)).expect("a golden file")
}

fn json<T: for<'a> Deserialize<'a>>(file: &str) -> T {
    serde_json::from_str(&text(file)).expect("golden JSON")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

/// Names of the batches, and the batches.
fn batches() -> BTreeMap<String, Batch> {
    let files =
        read_dir(folder().join("batches")).expect("a folder").map(|file| file.expect("a file").path());
    let batches: BTreeMap<String, Batch> = files
        .filter(|file| file.extension().is_some_and(|extension| extension == "hex"))
        .map(|file| {
            let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
            let batch = Batch::of_bytes(&bytes(&text(&format!("batches/{name}.hex"))), &ROOMY);
            (name, batch.expect("a batch of version 1"))
        })
        .collect();
    assert_eq!(batches.len(), 6);
    batches
}

/// What all batches make together.
fn records() -> BTreeMap<RecordId, Record> {
    let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
    for batch in batches().values() {
        for change in &batch.changes {
            records.entry(change.record).or_insert_with(|| Record::of_change(change)).apply(change);
        }
    }
    records
}

#[test]
fn batches_are_written_as_they_were() {
    for (name, batch) in batches() {
        let golden = bytes(&text(&format!("batches/{name}.hex")));
        let today = batch.to_bytes();
        // Two letters, version, actor, number, two hashes: then the compressed part, then eight bytes of checksum.
        let mut number = Vec::new();
        sync_core::codec::put_u64(&mut number, batch.before.seq);
        let head = 2 + 1 + 8 + number.len() + 32 + 32;
        assert_eq!(hex(&today[..head]), hex(&golden[..head]), "{name}");
        let raw = |bytes: &[u8]| decompress_to_vec(&bytes[head..bytes.len() - 8]).expect("a bundle");
        assert_eq!(hex(&raw(&today)), hex(&raw(&golden)), "{name}");
    }
}

#[test]
fn batches_have_the_same_json_twins() {
    let schema = Schema::builtin();
    for (name, batch) in batches() {
        let golden = text(&format!("batches/{name}.json"));
        assert_eq!(read(golden.as_bytes(), schema, &ROOMY).as_ref(), Ok(&batch), "{name}");
        let today = serde_json::to_string_pretty(&BatchJson::of(&batch, schema)).expect("JSON");
        assert_eq!(today.trim_end(), golden.trim_end(), "{name}");
    }
}

#[test]
fn changes_have_the_same_canonical_bytes_and_hashes() {
    for (name, batch) in batches() {
        let golden = text(&format!("batches/{name}.canonical"));
        let (mut chain, mut scratch) = (batch.before.chain, Vec::new());
        let line = |change: &sync_core::Change| {
            let mut canonical = Vec::new();
            change.put_canonical(&mut canonical);
            chain = chain.after(change, &mut scratch);
            format!("{} {chain} {}\n", change.origin.dot.seq, hex(&canonical))
        };
        assert_eq!(batch.changes.iter().map(line).collect::<String>(), golden, "{name}");
    }
}

#[derive(Deserialize)]
struct States {
    records: Vec<State>,
    sum: Digest,
}

#[derive(Deserialize)]
struct State {
    record: RecordId,
    state: String,
    digest: Digest,
}

#[test]
fn states_and_digests_are_the_same() {
    let golden: States = json("states.json");
    let records = records();
    assert_eq!(golden.records.len(), records.len());
    let mut sum = Digest::default();
    for State { record, state, digest } in golden.records {
        let today = &records[&record];
        let mut stored = Vec::new();
        today.put_state(&mut stored);
        assert_eq!(hex(&stored), state);
        assert_eq!(Record::of_state(record, &bytes(&state)).as_ref(), Ok(today));
        assert_eq!(Digest::of(today), digest);
        sum = sum.with(digest);
    }
    assert_eq!(sum, golden.sum);
}

#[test]
fn cases_have_the_same_names() {
    let schema = Schema::builtin();
    let case = |record: RecordId, case: sync_core::Case| {
        let (field, element) = case.place;
        serde_json::json!({
            "record": record, "field": field, "element": element_text(&element, None, schema),
            "cause": case.cause, "dots": case.dots, "id": case.id,
        })
    };
    let records = records();
    let of =
        |record: &Record| record.cases(schema, &Closed).into_iter().map(|one| case(record.id, one)).collect();
    let today: Vec<Json> = records.values().flat_map(|record| -> Vec<Json> { of(record) }).collect();
    assert_eq!(Json::from(today), json::<Json>("cases.json"));
}

#[derive(Deserialize)]
struct Names {
    dots: Vec<DotName>,
    natural_keys: Vec<NaturalKey>,
    series: Vec<Start>,
    forks: Vec<ForkName>,
}

#[derive(Deserialize)]
struct DotName {
    dot: Dot,
    record: RecordId,
}

#[derive(Deserialize)]
struct NaturalKey {
    kind: String,
    area: AreaCode,
    key: BTreeMap<String, Json>,
    record: RecordId,
}

#[derive(Deserialize)]
struct Start {
    actor: ActorId,
    chain: ChainHash,
}

#[derive(Deserialize)]
struct ForkName {
    batch: String,
    actor: ActorId,
}

#[test]
fn names_are_the_same() {
    let schema = Schema::builtin();
    let names: Names = json("names.json");
    for DotName { dot, record } in names.dots {
        assert_eq!((RecordId::of_dot(dot), record.dot()), (record, Some(dot)));
    }
    for NaturalKey { kind, area, key, record } in names.natural_keys {
        let kind = schema.kind_named(&kind).expect("a kind");
        let number = |name: &String| kind.field_named(name).expect("a field").number;
        let value = |json: &Json| from_tagged(json).expect("a value");
        let key: BTreeMap<u16, Value> = key.iter().map(|(name, json)| (number(name), value(json))).collect();
        assert_eq!(natural_id(kind, area, |field| key.get(&field)), Some(record));
    }
    for Start { actor, chain } in names.series {
        assert_eq!(ChainHash::start(actor), chain);
    }
    let batches = batches();
    for ForkName { batch, actor } in names.forks {
        let batch = &batches[&batch];
        let twin = Relabelling::new(&batch.before, &batch.changes, schema).expect("a branch");
        assert_eq!(twin.actor(), actor);
    }
}

#[derive(Deserialize)]
struct Values {
    values: Vec<ValueBytes>,
    elements: Vec<ElementBytes>,
}

#[derive(Deserialize)]
struct ValueBytes {
    value: Json,
    bytes: String,
}

#[derive(Deserialize)]
struct ElementBytes {
    element: String,
    bytes: String,
}

#[test]
fn values_have_the_same_bytes() {
    let schema = Schema::builtin();
    let golden: Values = json("values.json");
    for ValueBytes { value, bytes: written } in golden.values {
        let today = from_tagged(&value).expect("a value");
        let mut out = Vec::new();
        put_value(&mut out, &today);
        assert_eq!(hex(&out), written);
        assert_eq!(Reader::new(&out).value().as_ref(), Ok(&today));
        assert_eq!(to_tagged(&today), value);
    }
    for ElementBytes { element, bytes: written } in golden.elements {
        let today = element_from_text(&element, None, schema).expect("an element");
        let mut out = Vec::new();
        put_element(&mut out, &today);
        assert_eq!(hex(&out), written);
        assert_eq!(Reader::new(&bytes(&written)).element(), Ok(today));
    }
}

#[derive(Deserialize)]
struct Sealed {
    key: String,
    dot: Dot,
    field: u16,
    element: String,
    value: Json,
    sealed: Json,
}

#[test]
fn values_are_sealed_to_the_same_bytes() {
    for golden in json::<Vec<Sealed>>("sealed.json") {
        let key = SealKey(bytes(&golden.key).try_into().expect("32 bytes"));
        let element = element_from_text(&golden.element, None, Schema::builtin()).expect("an element");
        let (place, value) = ((golden.field, element), from_tagged(&golden.value).expect("a value"));
        let sealed = key.seal(golden.dot, place, &value);
        assert_eq!(to_tagged(&sealed), golden.sealed);
        assert_eq!(key.open(golden.dot, place, &sealed), Some(value));
    }
}

#[derive(Deserialize)]
struct Receipts {
    signing_key: String,
    verifying_key: String,
    receipts: Vec<Signed>,
}

#[derive(Deserialize)]
struct Signed {
    receipt: Receipt,
    signed_bytes: String,
}

#[test]
fn receipts_are_signed_over_the_same_bytes() {
    let golden: Receipts = json("receipts.json");
    let key = SigningKey::from_bytes(&bytes(&golden.signing_key).try_into().expect("32 bytes"));
    let public = VerifyingKey::from_bytes(&bytes(&golden.verifying_key).try_into().expect("32 bytes"));
    let public = public.expect("a key");
    assert_eq!(public, key.verifying_key());
    for Signed { receipt, signed_bytes } in golden.receipts {
        assert!(receipt.is_signed_by(&public));
        assert_eq!(hex(&receipt.signed_bytes()), signed_bytes);
        let again = Receipt::signed(
            &key,
            receipt.epoch,
            receipt.actor,
            receipt.mark(),
            receipt.at_s,
            receipt.backed_up_seq,
            &[],
        );
        assert_eq!(
            Receipt { held: receipt.held.clone(), signature: receipt.signature.clone(), ..again },
            receipt
        );
    }
}
