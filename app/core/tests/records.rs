//! What `smoke.mjs` does with `records.json` in Node, here on the machine's own code; and that the file is what
//! `sync-core` makes.

use app_core::Records;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};
use sync_core::record::birth;
use sync_core::{
    ActorId, AreaCode, Change, Context, Digest, Dot, Edit, Element, Epoch, Origin, Page, Record, RecordId,
    Stamp, Value,
};

const AREA: AreaCode = AreaCode(3_507_162_013);

fn household(seq: u64) -> Record {
    let dot = Dot::new(ActorId(0x0123_4567_89ab_cdef), seq);
    let origin = Origin {
        dot,
        stamp: Stamp::of_second(1_793_581_200),
        author: RecordId::of_dot(Dot::new(ActorId(7), 1)),
        device_time_s: 1_793_581_200,
        area: AREA,
        form_version: 1,
        distrusted: false,
    };
    let rt = Edit {
        field: 6,
        element: Element::Whole,
        context: Context::default(),
        value: Value::Text(format!("00{seq}").into()),
    };
    Record::of_change(&Change { origin, record: RecordId::of_dot(dot), kind: 4, edits: vec![birth(), rt] })
}

fn file() -> Json {
    let records = vec![household(1), household(2)];
    let digest = Digest::of_all(&records);
    let page = Page::of_records(Epoch(1), records).into_bytes();
    let mut held = Records::new();
    held.take(&page);
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    json!({ "area": AREA, "digest": digest, "page": text(&page), "states": text(&held.states()) })
}

#[test]
fn the_file_is_what_the_core_makes_and_reads_back() {
    let kept: Json = serde_json::from_str(include_str!("records.json")).unwrap();
    assert_eq!(kept, file(), "{:#}", file());
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(kept[name].as_str().unwrap()).unwrap();
    let read = |answer: String| serde_json::from_str::<Json>(&answer).unwrap();
    let mut records = Records::new();
    assert_eq!(read(records.load(&bytes("states"))), json!({ "value": 2 }));
    assert_eq!(read(records.take(&bytes("page"))), json!({ "value": { "changed": 0, "more": false } }));
    assert_eq!(read(records.digest("35.07.16.2013")), json!({ "value": kept["digest"] }));
    assert!(read(records.take(&bytes("page")[1..]))["fault"].is_string());
    assert!(read(records.digest("nowhere"))["fault"].is_string());
}
