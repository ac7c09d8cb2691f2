//! Every reason for which something is held.
//!
//! The rule this suite protects: *nothing is refused without its reason, and what is held holds up nothing*: each reason is
//! brought about here by an upload of which the rest is good.

use lumbung_tests::pen::{edit, number_of};
use lumbung_tests::people::TUMPANG;
use lumbung_tests::{Pen, Pulled, Server, on_both};
use schema::{Element, Value};
use serde_json::{Value as Json, json};
use sync_core::record::birth;
use sync_core::{Context, Dot, Edit, RecordId, Refusal};

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

on_both! {
    fn every_reason_is_named_and_holds_up_nothing(server: Server) {
        let admin = server.admin();
        for reason in Refusal::ALL.iter().copied() {
            let mut pen = Pen::kader(&server, &admin, &format!("kader.{}", reason.number()), reason.number());
            let house = pen.create("household", &[("rt", text("001"))]);
            pen.push(&server);
            let bad = write_bad(&server, &admin, &mut pen, house, reason);
            assert!(!bad.is_empty(), "{reason}: no case");
            let held = pen.push(&server).held;
            let named: Vec<_> = held.iter().map(|held| (held.seq, held.reason)).collect();
            assert_eq!(named, bad.iter().map(|dot| (dot.seq, reason)).collect::<Vec<_>>(), "{reason}");
            let whole = bad_edits(reason).is_empty();
            assert!(held.iter().all(|held| held.field.is_none() == whole), "{reason}: {held:?}");
            let listed: Json = server.get("/v1/quarantine", Some(&admin)).ok();
            let rows = listed["held"].as_array().unwrap().iter();
            let mine: Vec<&Json> = rows.filter(|row| row["reason"] == reason.name()).collect();
            assert_eq!(json!(mine.iter().map(|row| &row["dot"]).collect::<Vec<_>>()), json!(bad), "{reason}");
            assert!(mine.iter().all(|row| row["whole"] == whole && row["message_en"] == reason.label_en()));
            if reason != Refusal::RevokedDevice {
                let next = pen.create("household", &[("rt", text("002"))]);
                assert_eq!(pen.push(&server).held, [], "{reason}");
                let records = Pulled::all(&server, &pen.token).proven();
                assert!(records.contains_key(&house) && records.contains_key(&next), "{reason}");
            }
        }
    }
}

/// Saves changes that must be held for this reason and for no other.
fn write_bad(server: &Server, admin: &str, pen: &mut Pen, house: RecordId, reason: Refusal) -> Vec<Dot> {
    let kind = number_of("household");
    let good = |field: &str| vec![edit("household", field, text("001"), &[])];
    match reason {
        Refusal::UnknownKind => vec![pen.save(9999, RecordId::of_dot(pen.next_dot()), vec![birth()])],
        Refusal::KeyMismatch => {
            let named = |name: u128| RecordId(uuid::Uuid::from_u128(name));
            let screening = edit("risk_screening", "household_id", Value::Ref(house.0), &[]);
            vec![
                pen.save(kind, named(7), good("rt")),
                pen.save(number_of("risk_screening"), RecordId::of_dot(pen.next_dot()), vec![screening]),
            ]
        }
        Refusal::WrongLevel => ["35.07.16", "35.07"].map(|area| elsewhere(pen, area)).to_vec(),
        Refusal::ForeignArea => {
            vec![elsewhere(pen, "35.08.01.2001"), to_a_house_of_others(server, admin, pen)]
        }
        Refusal::OutOfScope => vec![elsewhere(pen, TUMPANG)],
        Refusal::RevokedDevice => {
            let dot = pen.edit("household", house, "rw", text("001"), &[]);
            server.revoke(admin, pen.phone.enrolled.device);
            pen.token = pen.phone.token(server);
            vec![dot]
        }
        Refusal::UnknownForm => {
            let dot = pen.edit("household", house, "rw", text("001"), &[]);
            pen.unsent[0].origin.form_version = 0;
            vec![dot]
        }
        Refusal::BadChange => {
            let future = RecordId::of_dot(Dot::new(pen.actor(), 90));
            let member = number_of("member");
            vec![
                pen.save(kind, house, vec![]),
                pen.save(kind, future, good("rt")),
                pen.save(member, house, vec![edit("member", "birth_order", Value::Int(1), &[])]),
            ]
        }
        _ => {
            let member = pen.create("member", &[]);
            let record = |kind| if kind == "member" { member } else { house };
            let bad = bad_edits(reason);
            bad.into_iter().map(|(kind, edit)| pen.save(number_of(kind), record(kind), vec![edit])).collect()
        }
    }
}

/// A household of another area.
fn elsewhere(pen: &mut Pen, area: &str) -> Dot {
    let dot = pen.next_dot();
    let own = std::mem::replace(&mut pen.area, area.parse().unwrap());
    pen.create("household", &[("rt", text("001"))]);
    pen.area = own;
    dot
}

/// An edit that says to be of the own village, of a household of the next.
fn to_a_house_of_others(server: &Server, admin: &str, pen: &mut Pen) -> Dot {
    let mut neighbour = Pen::of(server, admin, "tetangga", "kader", &[TUMPANG], 200);
    let house = neighbour.create("household", &[("rt", text("001"))]);
    neighbour.push(server);
    pen.edit("household", house, "rw", text("001"), &[])
}

/// Edits of a record of a kind, each of which must be held for this reason; none when the whole change is held.
fn bad_edits(reason: Refusal) -> Vec<(&'static str, Edit)> {
    let house = |field, value| ("household", edit("household", field, value, &[]));
    let group = |parts: &[Value]| Value::Group(parts.into());
    let at = |element, field, value| ("household", Edit { element, ..edit("household", field, value, &[]) });
    match reason {
        Refusal::UnknownField => vec![("household", Edit { field: 999, ..house("rt", text("001")).1 })],
        Refusal::WrongElement => vec![
            at(Element::Code(1), "rt", text("001")),
            at(Element::Whole, "social_assistance", Value::Bool(true)),
            at(Element::Int(1), "social_assistance", Value::Bool(true)),
        ],
        Refusal::WrongType => vec![
            house("rt", Value::Int(1)),
            house("head_name", text("Ibu Contoh")),
            house("rt", Value::Sealed([7; 20].into())),
            at(Element::Code(1), "social_assistance", Value::Null),
        ],
        Refusal::OutOfRange => vec![
            house("rt", text("0001")),
            house("rt", text("")),
            house("registered_on", Value::Date(i32::MAX)),
            house("registered_on", Value::Date(i32::MIN)),
        ],
        Refusal::UnknownCode => vec![
            house("verval_status", Value::Code(999)),
            at(Element::Code(999), "social_assistance", Value::Bool(true)),
        ],
        Refusal::NotYours => vec![house("welfare_decile", Value::Int(1))],
        Refusal::NotFromDevices => vec![house("members_total", Value::Int(4))],
        Refusal::MissingPart => {
            let weight = edit("member", "birth_weight", group(&[Value::Null, Value::Code(1)]), &[]);
            vec![("member", weight)]
        }
        Refusal::NeverEmptied => vec![house("registered_on", Value::Null)],
        Refusal::UnsentSeen => {
            let context = Context::new([Dot::new(sync_core::ActorId(7), 1)]);
            vec![("household", Edit { context, ..house("rt", text("001")).1 })]
        }
        Refusal::UnknownKind
        | Refusal::KeyMismatch
        | Refusal::WrongLevel
        | Refusal::ForeignArea
        | Refusal::OutOfScope
        | Refusal::RevokedDevice
        | Refusal::UnknownForm
        | Refusal::BadChange => vec![],
    }
}
