//! The histories that break an easy reading of the design, as far as the core alone can tell them. Each test is named by
//! its number in the list.

mod world;

use ed25519_dalek::SigningKey;
use schema::{Kind, Schema};
use sync_core::device::{Form, Stale};
use sync_core::natural_key::{is_rightly_named, natural_id};
use sync_core::record::{birth, deletion};
use sync_core::relabel::relabel;
use sync_core::view::{Cause, Closed};
use sync_core::{
    ActorId, Change, Digest, Dot, Edit, Element, Epoch, HybridClock, Life, Mark, Origin, Receipt, Record,
    RecordId, Stamp, Value,
};
use world::values::{KEY, Key};
use world::{DUWET, NOW_S, WRINGINSONGO, change, dot, edit};

fn kind(name: &str) -> &'static Kind {
    Schema::builtin().kind_named(name).expect("a kind")
}

fn number(kind: &Kind, field: &str) -> u16 {
    kind.field_named(field).expect("a field").number
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn record_of(changes: &[&Change]) -> Record {
    let mut record = Record::of_change(changes[0]);
    for change in &changes[1..] {
        record.apply(change);
    }
    record
}

/// What every order of two changes makes.
fn both(one: &Change, other: &Change) -> Record {
    let record = record_of(&[one, other]);
    assert_eq!(record, record_of(&[other, one]));
    record
}

fn values(record: &Record, field: u16) -> Vec<Value> {
    let siblings = record.field(field).iter().flat_map(|(_, register)| register.siblings());
    siblings.map(|write| write.value.clone()).collect()
}

#[test]
fn counterexample_01_each_epoch_writes_under_a_name_of_its_own() {
    let (household, rt) = (kind("household").number, number(kind("household"), "rt"));
    let id = RecordId::of_dot(dot(1, 1));
    // Before the restore the server's number was 90, afterwards it is 91: the same count names two changes.
    let before = change(dot(90, 501), household, id, vec![edit(rt, text("001"), &[])]);
    let after = change(dot(91, 501), household, id, vec![edit(rt, text("002"), &[])]);
    assert_eq!(values(&both(&before, &after), rt), [text("001"), text("002")]);
    let key = SigningKey::from_bytes(&[1; 32]);
    let mut receipt = Receipt::signed(&key, Epoch(1), ActorId(1), Mark::start(ActorId(1)), NOW_S, 0, &[]);
    receipt.epoch = Epoch(2);
    assert!(!receipt.is_signed_by(&key.verifying_key()), "a receipt belongs to one life of the server");
}

#[test]
fn counterexample_03_delete_against_edit_is_seen() {
    let household = kind("household");
    let rt = number(household, "rt");
    let id = RecordId::of_dot(dot(1, 1));
    let made = change(dot(1, 1), household.number, id, vec![birth(), edit(rt, text("001"), &[])]);
    let seen = Record::of_change(&made);
    assert_eq!(seen.life(), Life::Alive, "every create says that it is there");
    let known_child = RecordId::of_dot(dot(1, 2));
    let stone = deletion(&seen, ActorId(2), vec![known_child]);
    let deleted = change(dot(2, 1), household.number, id, vec![stone.clone()]);
    assert_eq!(record_of(&[&made, &deleted]).life(), Life::Deleted);
    let renamed = change(dot(3, 1), household.number, id, vec![edit(rt, text("002"), &[dot(1, 1)])]);
    for order in world::orders(&[made, deleted, renamed]) {
        let record = record_of(&order);
        assert_eq!(record.life(), Life::Contested);
        let cases = record.cases(Schema::builtin(), &Closed);
        assert_eq!((cases.len(), cases[0].cause), (1, Cause::DeletedUnseen));
    }
    // A child that the deleter had not seen is not in the list: whoever holds both opens a case.
    let late_child = RecordId::of_dot(dot(3, 2));
    let children = sync_core::Tombstone::of_value(&stone.value).expect("a tombstone").children;
    assert!(children.contains(&known_child) && !children.contains(&late_child));
}

#[test]
fn counterexample_04_one_phone_two_people() {
    let visit = kind("visit");
    let length = number(visit, "child_length");
    let id = RecordId::of_dot(dot(1, 1));
    let taken = |cm| Value::Group(Box::new([Value::Decimal(cm), Value::Code(1), Value::Code(1)]));
    let made = change(dot(1, 1), visit.number, id, vec![birth()]);
    let mut record = Record::of_change(&made);
    // The kader opens the form; the midwife saves first.
    let mut kader = Form::open(&record);
    kader.set(length, Element::Whole, taken(701));
    let mut midwife = Form::open(&record);
    midwife.set(length, Element::Whole, taken(712));
    let origin = |by: Dot| change(by, 0, id, Vec::new()).origin;
    record.apply(&midwife.save(Some(&record), origin(dot(1, 5))).expect("nothing newer"));
    let refused = kader.save(Some(&record), origin(dot(1, 9)));
    assert_eq!(refused, Err(Stale(vec![(length, Element::Whole)])), "the newer value is shown first");
    // Both are kept: the second value is written under the second number of the installation.
    let beside = kader.save_beside(Some(&record), origin(dot(2, 1))).expect("nothing of this number");
    record.apply(&Change { kind: visit.number, ..beside });
    assert_eq!(values(&record, length), [taken(712), taken(701)]);
    assert_eq!(record.cases(Schema::builtin(), &Closed).len(), 1);
}

#[test]
fn counterexample_05_fork_relabelling() {
    let household = kind("household");
    let rt = number(household, "rt");
    let shared = RecordId::of_dot(dot(9, 9));
    let theirs = change(dot(1, 6), household.number, shared, vec![edit(rt, text("001"), &[dot(9, 9)])]);
    // The twin saved its own A:6 and A:7; A:7 saw A:6, which is another change on the server.
    let made = RecordId::of_dot(dot(1, 6));
    let born = change(dot(1, 6), household.number, made, vec![birth()]);
    let edited = change(dot(1, 7), household.number, shared, vec![edit(rt, text("002"), &[dot(9, 9)])]);
    let hidden = both(&theirs, &edited);
    assert_eq!(values(&hidden, rt), [text("002")], "left as it is, the twin would hide what it never saw");
    let before = Mark { seq: 5, ..Mark::start(ActorId(1)) };
    let new =
        relabel(&before, &[born, edited], Schema::builtin(), &|_| None).expect("open").expect("a branch");
    assert_eq!(values(&both(&theirs, &new.changes[1]), rt).len(), 2);
    assert_ne!(new.records[&made], made);
}

#[test]
fn counterexample_06_what_a_dot_wrote_is_immutable() {
    let household = kind("household");
    let rt = number(household, "rt");
    let id = RecordId::of_dot(dot(1, 1));
    let original = change(dot(1, 1), household.number, id, vec![birth(), edit(rt, text("99999"), &[])]);
    let mut record = Record::of_change(&original);
    let digest = Digest::of(&record);
    let mut repaired_in_place = original.clone();
    repaired_in_place.edits[1].value = text("009");
    assert!(!record.apply(&repaired_in_place), "nobody rewrites a dot");
    // The server's mark lies beside the change: neither chain nor digest knows of it.
    let marked = Change { origin: Origin { distrusted: true, ..original.origin }, ..original.clone() };
    assert!(record.apply(&marked));
    assert_eq!(Digest::of(&record), digest);
    let start = Mark::start(ActorId(1));
    assert_eq!(start.after(&[marked]), start.after(std::slice::from_ref(&original)));
    // A repair is a change of the repairer, who had seen what is repaired.
    record.apply(&change(dot(2, 1), household.number, id, vec![edit(rt, text("009"), &[dot(1, 1)])]));
    assert_eq!(values(&record, rt), [text("009")]);
}

#[test]
fn counterexample_07_what_means_something_together_stays_together() {
    let visit = kind("visit");
    let length = number(visit, "child_length");
    let id = RecordId::of_dot(dot(1, 1));
    let taken =
        |cm, position| Value::Group(Box::new([Value::Decimal(cm), Value::Code(position), Value::Code(1)]));
    let lying = change(dot(1, 1), visit.number, id, vec![edit(length, taken(712, 1), &[])]);
    let standing = change(dot(2, 1), visit.number, id, vec![edit(length, taken(705, 2), &[])]);
    let record = both(&lying, &standing);
    let view = record.view(Schema::builtin(), &Closed);
    assert!(
        [taken(712, 1), taken(705, 2)].contains(&view[0].value),
        "no length with somebody else's position"
    );
    // An event is a line with a register of its own: two notes at once are two notes.
    let commitment = kind("lokmin_commitment");
    let notes = number(commitment, "progress_notes");
    let note = |by: Dot| {
        let element = Element::Line { actor: by.actor.0, seq: by.seq, nth: 0 };
        change(by, commitment.number, id, vec![Edit { element, ..edit(notes, text("sudah"), &[]) }])
    };
    assert_eq!(values(&both(&note(dot(1, 1)), &note(dot(2, 1))), notes).len(), 2);
    // What is set once shows the lowest dot, and asks.
    let group = number(visit, "target_group");
    let wrote = |by: Dot, code| change(by, visit.number, id, vec![edit(group, Value::Code(code), &[])]);
    let record = both(&wrote(dot(1, 1), 4), &wrote(dot(2, 1), 5));
    let view = record.view(Schema::builtin(), &Closed);
    assert_eq!((view[0].value.as_ref(), view[0].review), (&Value::Code(4), true));
}

#[test]
fn counterexample_08_quarantine_takes_the_edit_and_not_the_change() {
    let member = kind("member");
    let (weight, household, sex) =
        (number(member, "birth_weight"), number(member, "household_id"), number(member, "sex"));
    let id = RecordId::of_dot(dot(1, 5));
    let heavy = Value::Group(Box::new([Value::Int(99_999), Value::Code(1)]));
    let family = Value::Ref(RecordId::of_dot(dot(1, 1)).0);
    let edits = vec![birth(), edit(household, family.clone(), &[]), edit(weight, heavy, &[])];
    let judged = |edit: &Edit| {
        let role = schema::Role::Kader;
        schema::judge::judge(member, edit.field, &edit.element, &edit.value, role, 1, Schema::builtin())
    };
    let verdicts: Vec<bool> = edits.iter().map(|edit| judged(edit).is_ok()).collect();
    assert_eq!(verdicts, [true, true, false], "only the number is out of range, whatever the phone's year");
    let mut record = Record::of_change(&change(dot(1, 5), member.number, id, edits));
    let hides_something = record.withdraw((weight, Element::Whole), dot(1, 5));
    assert!(!hides_something && record.register(weight, Element::Whole).is_none());
    assert_eq!(values(&record, household), [family], "the child still has a household");
    record.apply(&change(dot(1, 6), member.number, id, vec![edit(sex, Value::Code(1), &[])]));
    assert_eq!(values(&record, sex), [Value::Code(1)], "and what follows is applied");
}

#[test]
fn counterexample_09_a_natural_key_is_whole_and_never_guessed() {
    for guess in ["meal_session", "member", "weekly_signoff", "visit", "household"] {
        let value_of = |_| None;
        assert_eq!(natural_id(kind(guess), DUWET, value_of), None, "{guess} is named by its dot");
    }
    let report = kind("kampung_kb_monthly");
    let (place, month) = (number(report, "kampung_kb_id"), number(report, "month"));
    let kampung = Value::Ref(RecordId::of_dot(dot(1, 1)).0);
    let id = |area, when: &Value| {
        natural_id(report, area, |field| if field == month { Some(when) } else { Some(&kampung) })
    };
    let october = Value::Month(681);
    let named = id(DUWET, &october).expect("a whole key");
    assert_eq!(id(DUWET, &october), Some(named), "two phones that report the same month meet");
    assert_ne!(id(DUWET, &Value::Month(682)), Some(named));
    assert_ne!(id(WRINGINSONGO, &october), Some(named));
    assert_eq!(id(DUWET, &Value::Null), None, "an empty part is no key");
    let written = |when: Value| {
        let edits = vec![birth(), edit(place, kampung.clone(), &[]), edit(month, when, &[])];
        change(dot(1, 9), report.number, named, edits)
    };
    assert!(is_rightly_named(report, &written(october)));
    assert!(!is_rightly_named(report, &written(Value::Month(682))), "a corrected key is another record");
}

#[test]
fn counterexample_10_two_people_say_the_same_of_two_doubles() {
    let edge = kind("same_person");
    let (smaller, larger, verdict) =
        (number(edge, "smaller_id"), number(edge, "larger_id"), number(edge, "verdict"));
    let said = |by: Dot, one: RecordId, other: RecordId, code| {
        let (low, high) = (Value::Ref(one.min(other).0), Value::Ref(one.max(other).0));
        let value_of = |field| if field == smaller { Some(&low) } else { Some(&high) };
        let id = natural_id(edge, DUWET, value_of).expect("a key");
        let edits = vec![
            birth(),
            edit(smaller, low.clone(), &[]),
            edit(larger, high.clone(), &[]),
            edit(verdict, Value::Code(code), &[]),
        ];
        change(by, edge.number, id, edits)
    };
    let (x, y) = (RecordId::of_dot(dot(1, 1)), RecordId::of_dot(dot(2, 2)));
    let (one, other) = (said(dot(3, 1), x, y, 1), said(dot(4, 1), y, x, 1));
    let record = both(&one, &other);
    assert!(record.cases(Schema::builtin(), &Closed).is_empty(), "one edge, no cycle, nothing to decide");
    let denied = said(dot(4, 1), y, x, 2);
    assert_eq!(both(&one, &denied).cases(Schema::builtin(), &Closed).len(), 1);
}

#[test]
fn counterexample_11_an_edit_before_its_create_has_an_area() {
    let household = kind("household");
    let rt = number(household, "rt");
    let id = RecordId::of_dot(dot(5, 1));
    let made = change(dot(5, 1), household.number, id, vec![birth()]);
    let in_area = |by: Dot, area| {
        let change = change(by, household.number, id, vec![edit(rt, text("001"), &[])]);
        Change { origin: Origin { area, ..change.origin }, ..change }
    };
    let (early, late) = (in_area(dot(2, 1), WRINGINSONGO), in_area(dot(3, 1), DUWET));
    let orphan = both(&early, &late);
    assert_eq!(orphan.home.area, WRINGINSONGO, "the smallest dot, until somebody knows better");
    for order in world::orders(&[made, early, late]) {
        let home = record_of(&order).home;
        assert_eq!((home.area, home.by), (DUWET, dot(5, 1)), "who made it says where it lives");
    }
}

#[test]
fn counterexample_14_the_proof_stays_when_the_key_goes() {
    let household = kind("household");
    let head = number(household, "head_name");
    let id = RecordId::of_dot(dot(1, 1));
    let sealed = KEY.seal(dot(1, 1), (head, Element::Whole), &text("Nama karangan"));
    let made = change(dot(1, 1), household.number, id, vec![birth(), edit(head, sealed.clone(), &[])]);
    let record = Record::of_change(&made);
    let shown =
        |opener: &dyn sync_core::Opener| record.view(Schema::builtin(), opener)[1].value.clone().into_owned();
    assert_eq!(shown(&Key), text("Nama karangan"));
    assert_eq!(
        shown(&Closed),
        sealed,
        "without the key there is only what chain, digest and backup hold anyway"
    );
    let mut bytes = Vec::new();
    made.put_canonical(&mut bytes);
    record.put_state(&mut bytes);
    assert!(!bytes.windows(8).any(|window| window == b"karangan"));
}

#[test]
fn counterexample_15_same_siblings_same_answer() {
    let visit = kind("visit");
    let weight = number(visit, "child_weight");
    let id = RecordId::of_dot(dot(1, 1));
    let taken = |by: Dot, units| {
        let value = Value::Group(Box::new([Value::Decimal(units), Value::Code(4)]));
        change(by, visit.number, id, vec![edit(weight, value, &[])])
    };
    let three = [taken(dot(1, 1), 800), taken(dot(2, 1), 809), taken(dot(3, 1), 818)];
    for order in world::orders(&three) {
        let record = record_of(&order);
        assert_eq!(record.cases(Schema::builtin(), &Closed).len(), 1, "8.00, 8.09, 8.18: 0.18 apart");
    }
    // A phone in 2099 wins nothing and drags no clock along.
    let mut clock = HybridClock::default();
    let wild = Stamp::of_second(4_070_908_800);
    clock.observe(wild, NOW_S);
    assert_eq!(clock.tick(NOW_S).at_s(), NOW_S);
    let place = number(visit, "visit_place");
    let at = |by: Dot, code, stamp: Stamp| {
        let change = change(by, visit.number, id, vec![edit(place, Value::Code(code), &[])]);
        let origin = Origin { stamp, distrusted: stamp.is_beyond(NOW_S), ..change.origin };
        Change { origin, ..change }
    };
    let record = both(&at(dot(1, 1), 1, wild), &at(dot(2, 1), 2, Stamp::of_second(NOW_S)));
    assert_eq!(record.view(Schema::builtin(), &Closed)[0].value.as_ref(), &Value::Code(2));
    // A field of a newer form is kept and passed on by who does not know it.
    let unknown = change(dot(1, 1), visit.number, id, vec![edit(60_000, Value::Int(7), &[])]);
    let record = Record::of_change(&unknown);
    let view = record.view(Schema::builtin(), &Closed);
    assert!(view[0].field.is_none() && view[0].value.as_ref() == &Value::Int(7));
    assert_eq!(record.changes(), [unknown]);
}
