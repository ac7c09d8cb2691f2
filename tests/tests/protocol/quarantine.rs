//! What is held, who is told, and what flows on behind it.
//!
//! The rule this suite protects: *quarantine takes the edit and not the change, names it to whoever sent it and to whoever
//! answers for the area, and nothing behind it waits* (counterexample 8).

use lumbung_tests::pen::{edit, field_of, number_of};
use lumbung_tests::people::{DUWET, TUMPANG};
use lumbung_tests::{Pen, Pulled, Server, on_both};
use schema::{Element, Schema, Value};
use serde_json::{Value as Json, json};
use sync_core::receipt::HeldName;
use sync_core::{Dot, Edit, ErrorCode, Record, Refusal};

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// What is listed as held, with this query.
#[track_caller]
fn listed(server: &Server, token: &str, query: &str) -> Vec<Json> {
    let page: Json = server.get(&format!("/v1/quarantine{query}"), Some(token)).ok();
    page["held"].as_array().unwrap().clone()
}

/// The values of a field that survive in a record.
fn values(record: &Record, field: u16) -> Vec<Value> {
    let register = record.register(field, Element::Whole);
    register.map_or(vec![], |register| register.siblings().iter().map(|w| w.value.clone()).collect())
}

/// An edit of a household that is out of range, by its length.
fn too_long(field: &str) -> Edit {
    edit("household", field, text("00012"), &[])
}

on_both! {
    fn counterexample_08_quarantine_takes_the_edit_and_not_the_change_on_the_server(server: Server) {
        let admin = server.admin();
        let (_, plkb) = server.somebody(&admin, "plkb.tumpang", "plkb", &[DUWET]);
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut houses = Vec::new();
        for nth in 1..=100 {
            let rw = if nth == 57 { "00012" } else { "002" };
            houses.push(pen.create("household", &[("rt", text("001")), ("rw", text(rw))]));
        }
        let (batch, bad) = (pen.batch(), Dot::new(pen.actor(), 57));
        let place = Some(field_of("household", "rw"));
        let held = [HeldName { seq: 57, field: place, element: None, reason: Refusal::OutOfRange }];
        assert_eq!(pen.push(&server).held, held);
        // The receipt was lost: the same is said again.
        let again = pen.receipted(&pen.send(&server, &batch.to_bytes()), batch.after());
        assert_eq!(again.held, held);

        let records = Pulled::all(&server, &pen.token).proven();
        assert_eq!(records.len(), 100);
        for house in &houses {
            assert_eq!(values(&records[house], field_of("household", "rt")), [text("001")]);
            let rw = if *house == houses[56] { vec![] } else { vec![text("002")] };
            assert_eq!(values(&records[house], field_of("household", "rw")), rw);
        }
        for token in [&admin, &plkb] {
            let [row] = &listed(&server, token, "")[..] else { panic!("one is held") };
            assert_eq!(row["dot"], bad.to_string());
            assert_eq!((&row["reason"], &row["whole"]), (&json!("out_of_range"), &json!(false)));
            assert_eq!((&row["kind"], &row["record"]), (&json!("household"), &json!(houses[56])));
            assert_eq!(row["values"], json!([{ "field": "rw", "value": "00012" }]));
            assert_eq!(row["message_id"], Refusal::OutOfRange.label_id());
        }

        // Later work on the same record goes on as if nothing had been.
        pen.edit("household", houses[56], "rw", text("003"), &[]);
        pen.edit("household", houses[56], "hamlet", text("Krajan"), &[]);
        assert_eq!(pen.push(&server).held, []);
        let record = &Pulled::all(&server, &pen.token).proven()[&houses[56]];
        assert_eq!(values(record, field_of("household", "rw")), [text("003")]);
        assert_eq!(values(record, field_of("household", "hamlet")), [text("Krajan")]);
        assert_eq!(listed(&server, &admin, "").len(), 1);
    }

    fn what_a_newer_form_knows_is_kept_and_passed_on(server: Server) {
        let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        let kind = Schema::builtin().kind_named("household").unwrap();
        let newer = Edit { field: 999, ..edit("household", "rt", text("apa saja"), &[]) };
        let status = edit("household", "verval_status", Value::Code(999), &[]);
        let house = pen.create("household", &[]);
        pen.save(kind.number, house, vec![status.clone(), newer.clone()]);
        pen.unsent.last_mut().unwrap().origin.form_version = kind.form_version + 1;
        assert_eq!(pen.push(&server).held, []);
        let record = &Pulled::all(&server, &pen.token).proven()[&house];
        assert_eq!(values(record, 999), [newer.value]);
        assert_eq!(values(record, status.field), [status.value]);
    }

    fn a_page_of_what_is_held_ends_with_the_end_of_a_change(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let house = pen.create("household", &[]);
        let mut dots = Vec::new();
        for nth in 1..=502 {
            // The 499th holds five: the page of 500 ends within it.
            let fields: &[_] = if nth == 499 { &["hamlet", "rw", "rt", "registered_on", "verval_status"] } else { &["rw"] };
            let bad = |field: &&str| Edit { element: Element::Code(1), ..edit("household", field, text("1"), &[]) };
            let dot = pen.save(number_of("household"), house, fields.iter().map(bad).collect());
            pen.unsent.last_mut().unwrap().edits.sort_by_key(|edit| edit.field);
            dots.extend(fields.iter().map(|_| dot.to_string()));
        }
        pen.push(&server);
        let (mut after, mut pages) = (String::new(), Vec::new());
        loop {
            let page: Json = server.get(&format!("/v1/quarantine{after}"), Some(&admin)).ok();
            pages.push(page["held"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { break };
            after = format!("?after={next}");
        }
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [503, 3]);
        let seen: Vec<_> = pages.concat().iter().map(|row| row["dot"].as_str().unwrap().to_string()).collect();
        assert_eq!(seen, dots);
    }

    fn who_answers_for_an_area_sees_what_is_held_there_and_nobody_else(server: Server) {
        let admin = server.admin();
        let (_, here) = server.somebody(&admin, "plkb.duwet", "plkb", &[DUWET]);
        let (_, there) = server.somebody(&admin, "plkb.tumpang", "plkb", &[TUMPANG]);
        let (_, viewer) = server.somebody(&admin, "dinas", "district_viewer", &["35.07"]);
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let house = pen.create("household", &[]);
        let held = pen.save(number_of("household"), house, vec![too_long("rw")]);
        // Names no area of the district: only who works in all of it sees this.
        pen.area = "35.08.01.2001".parse().unwrap();
        let abroad = pen.save(number_of("household"), house, vec![too_long("rt")]);
        pen.push(&server);
        let dots = |token, query: &str| -> Vec<String> {
            listed(&server, token, query).iter().map(|row| row["dot"].as_str().unwrap().into()).collect()
        };
        let both = [held.to_string(), abroad.to_string()];
        assert_eq!(dots(&admin, ""), both);
        for query in ["?area=35.07", "?area=35.07.16", "?area=3507162013"] {
            assert_eq!(dots(&admin, query), both[..1]);
        }
        assert_eq!(dots(&admin, &format!("?after={held}")), both[1..]);
        assert!(dots(&admin, &format!("?area={TUMPANG}")).is_empty());
        assert_eq!(dots(&here, ""), both[..1]);
        assert!(dots(&there, "").is_empty());
        let asked = format!("/v1/quarantine?area={DUWET}");
        server.get(&asked, Some(&there)).refused(ErrorCode::Forbidden);
        for token in [&pen.token, &viewer] {
            server.get("/v1/quarantine", Some(token)).refused(ErrorCode::Forbidden);
        }
        server.get("/v1/quarantine", None).refused(ErrorCode::Unauthorized);
        for query in ["?area=bukan", "?after=bukan", "?after=0123456789abcdef"] {
            server.get(&format!("/v1/quarantine{query}"), Some(&admin)).refused(ErrorCode::BadRequest);
        }
    }
}
