//! The page that other clients are written from says what the code does: every code, reason and worked example.

use ed25519_dalek::{SigningKey, VerifyingKey};
use schema::{Element, Refusal, Schema, Value};
use std::collections::BTreeSet;
use sync_core::change::Context;
use sync_core::codec::{put_element, put_value};
use sync_core::{
    ActorId, AreaCode, Batch, Bounds, ChainHash, Change, Digest, Dot, Edit, Epoch, ErrorCode, Head, Held,
    Mark, Origin, Receipt, Record, RecordId, SealKey, Stamp, TokenRequest, batch_json, bundle,
};
use uuid::Uuid;

const PAGE: &str = include_str!("../../docs/PROTOCOL.md");

const ACTOR: ActorId = ActorId(0x0123_4567_89ab_cdef);
const OTHER: ActorId = ActorId(0x0fed_cba9_8765_4321);
const AREA: AreaCode = AreaCode(3507162013);

/// Collects what the page does not say, so that one run shows all of it.
#[derive(Default)]
struct Missing(Vec<String>);

impl Missing {
    fn unless_said(&mut self, what: &str, text: &str) {
        // Long hexadecimal texts are broken into lines; white space within them does not count.
        let folded = |text: &str| text.split_whitespace().collect::<String>();
        if !folded(PAGE).contains(&folded(text)) {
            self.0.push(format!("{what}: {text}"));
        }
    }

    fn end(self) {
        assert!(self.0.is_empty(), "PROTOCOL.md does not say\n{}", self.0.join("\n"));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What stands between two marks.
fn block(mark: &str) -> &'static str {
    PAGE.split(mark).nth(1).expect("something between two marks")
}

/// The bytes of the hexadecimal digits in a text; what stands behind `#` is for people.
fn bytes_of(text: &str) -> Vec<u8> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let digits: Vec<u32> = lines.flat_map(str::chars).filter_map(|c| c.to_digit(16)).collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

fn worker() -> RecordId {
    RecordId(Uuid::from_u128(0xa000_0000_0000_8000_8000_0000_0000_0001))
}

fn origin(seq: u64, at_s: i64) -> Origin {
    Origin {
        dot: Dot::new(ACTOR, seq),
        stamp: Stamp::of_second(at_s),
        author: worker(),
        device_time_s: at_s,
        area: AREA,
        form_version: 1,
        distrusted: false,
    }
}

fn edit(field: u16, seen: &[Dot], value: Value) -> Edit {
    Edit { field, element: Element::Whole, context: Context::new(seen.iter().copied()), value }
}

/// A kitchen is registered; a minute later its name is changed by somebody who had seen another phone's name for it.
fn changes() -> Vec<Change> {
    let record = RecordId::of_dot(Dot::new(ACTOR, 1));
    let name = |name: &str| Value::Text(name.into());
    let made = Change {
        origin: origin(1, 1_793_581_200),
        record,
        kind: 10,
        edits: vec![
            edit(0, &[], Value::Bool(false)),
            edit(1, &[], name("Dapur Mawar")),
            edit(3, &[], Value::Code(1)),
            edit(4, &[], Value::Date(20_759)),
        ],
    };
    let renamed = Change {
        origin: origin(2, 1_793_581_260),
        record,
        kind: 10,
        edits: vec![edit(1, &[Dot::new(OTHER, 9)], name("Dapur Melati"))],
    };
    vec![made, renamed]
}

#[test]
fn every_error_code_is_there_with_its_status() {
    let mut missing = Missing::default();
    for code in ErrorCode::ALL {
        missing.unless_said("error", &format!("| `{}` | {} |", code.name(), code.status()));
    }
    missing.end();
}

#[test]
fn every_reason_for_quarantine_is_there_with_its_number() {
    let mut missing = Missing::default();
    for refusal in Refusal::ALL {
        missing.unless_said("reason", &format!("| {} | `{}` |", refusal.number(), refusal.name()));
    }
    missing.end();
}

#[test]
fn names_and_values_are_as_the_page_says() {
    let mut missing = Missing::default();
    let dot = Dot::new(ACTOR, 17);
    missing.unless_said("record id", &RecordId::of_dot(dot).to_string());
    let kampung_kb = Value::Ref(RecordId::of_dot(dot).0);
    let mut key = Vec::new();
    put_value(&mut key, &kampung_kb);
    put_value(&mut key, &Value::Month(682));
    missing.unless_said("natural key", &hex(&key));
    missing.unless_said("natural id", &RecordId::of_natural_key(18, AREA, &key).to_string());
    missing.unless_said("stamp", &format!("{}", Stamp::new(1_793_581_200, 3).expect("a stamp").0));
    let values = [
        Value::Null,
        Value::Bool(false),
        Value::Bool(true),
        Value::Int(-3),
        Value::Decimal(805),
        Value::Text("Nasi".into()),
        Value::Date(20_759),
        Value::Month(682),
        Value::DateTime { at_s: 1_793_581_200, offset_min: 420 },
        Value::Code(3),
        kampung_kb,
        Value::Area(AREA),
        Value::Group(Box::new([Value::Decimal(805), Value::Null, Value::Code(2)])),
    ];
    for value in &values {
        let mut bytes = Vec::new();
        put_value(&mut bytes, value);
        missing.unless_said(&format!("{value:?}"), &format!("`{}`", hex(&bytes)));
    }
    let elements = [
        Element::Whole,
        Element::Code(3),
        Element::Ref(RecordId::of_dot(dot).0),
        Element::Area(AREA),
        Element::Int(-3),
        Element::Line { actor: ACTOR.0, seq: 17, nth: 2 },
    ];
    for element in &elements {
        let mut bytes = Vec::new();
        put_element(&mut bytes, element);
        missing.unless_said(&format!("{element:?}"), &format!("`{}`", hex(&bytes)));
    }
    missing.end();
}

#[test]
fn the_batch_is_as_the_page_says() {
    let mut missing = Missing::default();
    let changes = changes();
    let start = ChainHash::start(ACTOR);
    missing.unless_said("start", &start.to_string());
    let mut mark = Mark::start(ACTOR);
    for change in &changes {
        let mut canonical = Vec::new();
        change.put_canonical(&mut canonical);
        missing.unless_said("canonical", &hex(&canonical));
        mark = mark.after(std::slice::from_ref(change));
        missing.unless_said("chain", &mark.chain.to_string());
    }
    let batch = Batch { actor: ACTOR, before: Mark::start(ACTOR), changes };
    let raw = miniz_oxide::inflate::decompress_to_vec(&bundle::pack(&batch.changes)).expect("deflate");
    assert_eq!(bytes_of(block("<!-- bundle -->")), raw);
    let mut record = Record::of_change(&batch.changes[0]);
    record.apply(&batch.changes[1]);
    missing.unless_said("digest", &Digest::of(&record).to_string());
    missing.end();
    let bytes = bytes_of(block("<!-- batch -->"));
    let bounds = Bounds { changes_max: 10, bytes_max: 10_000, numbers_max: 10_000 };
    assert_eq!(Batch::of_bytes(&bytes, &bounds), Ok(batch.clone()));
    let json = block("<!-- json batch -->").trim().trim_start_matches("```json").trim_end_matches("```");
    assert_eq!(batch_json::read(json.as_bytes(), Schema::builtin(), &bounds), Ok(batch));
}

#[test]
fn what_is_signed_and_sealed_is_as_the_page_says() {
    let mut missing = Missing::default();
    let key = SigningKey::from_bytes(&[7; 32]);
    missing.unless_said("public key", &hex(VerifyingKey::from(&key).as_bytes()));
    let mark = Mark::start(ACTOR).after(&changes());
    let reason = Refusal::OutOfRange;
    let held = [Held { seq: 2, place: Some((1, Element::Whole)), reason }];
    let receipt = Receipt::signed(&key, Epoch(1), ACTOR, mark, 1_793_581_300, 0, &held);
    missing.unless_said("receipt bytes", &hex(&receipt.signed_bytes()));
    missing.unless_said("receipt signature", &receipt.signature);
    let request = TokenRequest {
        device: Uuid::from_u128(1),
        challenge: "abc".into(),
        epoch: Epoch(1),
        heads: vec![Head::new(ACTOR, mark)],
        unsent: 2,
        app_version: "1.0".into(),
        device_time_s: 1_793_581_300,
        signature: String::new(),
    }
    .signed(&key);
    missing.unless_said("token bytes", &hex(&request.signed_bytes()));
    missing.unless_said("token signature", &request.signature);
    let dot = Dot::new(ACTOR, 17);
    let sealed = SealKey([3; 32]).seal(dot, (3, Element::Whole), &Value::Text("Nama karangan".into()));
    let Value::Sealed(bytes) = sealed else { panic!("sealed") };
    missing.unless_said("sealed", &hex(&bytes));
    missing.end();
}

#[test]
fn the_page_names_no_code_that_is_not_there() {
    let known: BTreeSet<&str> = ErrorCode::ALL.iter().map(|code| code.name()).collect();
    for line in block("<!-- errors -->").lines().filter(|line| line.starts_with("| `")) {
        let name = line.split('`').nth(1).expect("a name");
        assert!(known.contains(name), "{name}");
    }
}
