//! The list of what people saw differently.
//!
//! The rule this suite protects: *the list is complete for whoever asks, and for her alone*: page by page none is left
//! out, wherever a page ends.

use lumbung_tests::pen::{field_of, number_of, value_of};
use lumbung_tests::people::{DUWET, ELSEWHERE, TUMPANG};
use lumbung_tests::{Pen, Pulled, Server, cases, on_both};
use schema::{Element, Schema, Value};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use sync_core::record::birth;
use sync_core::{Closed, Context, Edit, ErrorCode, RecordId};

/// Education sessions that two phones counted differently in every group. How many cases is that?
fn dispute(one: &mut Pen, two: &mut Pen, sessions: usize) -> usize {
    let groups = &Schema::builtin().list(&"audience".to_owned().into()).unwrap().codes;
    let counts = |people: i64| {
        groups.iter().map(move |group| Edit {
            field: field_of("education_session", "participants_by_group"),
            element: Element::Code(group.number),
            context: Context::default(),
            value: Value::Int(people),
        })
    };
    for _ in 0..sessions {
        let record = RecordId::of_dot(one.next_dot());
        let made = std::iter::once(birth()).chain(counts(10)).collect();
        one.save(number_of("education_session"), record, made);
        two.save(number_of("education_session"), record, counts(20).collect());
    }
    sessions * groups.len()
}

fn disputed_household(server: &Server, one: &mut Pen, two: &mut Pen) -> RecordId {
    let status = |text| value_of("household", "verval_status", text);
    let household = one.create("household", &[("verval_status", status("found"))]);
    two.edit("household", household, "verval_status", status("moved"), &[]);
    one.push(server);
    two.push(server);
    household
}

fn records(cases: &[Json]) -> Vec<Json> {
    cases.iter().map(|case| case["record"].clone()).collect()
}

on_both! {
    fn no_case_is_left_out_where_a_page_ends(server: Server) {
        let admin = server.admin();
        let mut one = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut two = Pen::kader(&server, &admin, "kader.dua", 2);
        let wanted = dispute(&mut one, &mut two, 110);
        assert!(wanted > 1000 && 500 % (wanted / 110) != 0, "{wanted}: a page ends within a record");
        one.push(&server);
        two.push(&server);
        let listed = cases::all(&server, &admin, "");
        let ids: BTreeSet<&str> = listed.iter().map(|case| case["id"].as_str().unwrap()).collect();
        assert_eq!((listed.len(), ids.len()), (wanted, wanted));
        let records = Pulled::all(&server, &one.token).records();
        let own: BTreeSet<String> = records
            .values()
            .flat_map(|record| record.cases(Schema::builtin(), &Closed))
            .map(|case| case.id.to_string())
            .collect();
        assert_eq!(own, ids.into_iter().map(String::from).collect());
    }

    fn everyone_sees_the_cases_of_her_areas(server: Server) {
        let admin = server.admin();
        let plkb = |login, areas: &[&str], seed| Pen::of(&server, &admin, login, "plkb", areas, seed);
        let mut one = plkb("plkb.satu", &[DUWET, TUMPANG], 1);
        let mut two = plkb("plkb.dua", &[DUWET, TUMPANG], 2);
        let mut far = plkb("plkb.tiga", &[ELSEWHERE], 3);
        let mut afar = plkb("plkb.empat", &[ELSEWHERE], 4);
        let in_duwet = disputed_household(&server, &mut one, &mut two);
        for pen in [&mut one, &mut two] {
            pen.area = TUMPANG.parse().unwrap();
        }
        let in_tumpang = disputed_household(&server, &mut one, &mut two);
        let elsewhere = disputed_household(&server, &mut far, &mut afar);
        let all = |token: &str, query: &str| -> BTreeSet<String> {
            cases::all(&server, token, query).iter().map(|case| case["record"].as_str().unwrap().into()).collect()
        };
        let set = |ids: &[RecordId]| -> BTreeSet<String> { ids.iter().map(RecordId::to_string).collect() };
        assert_eq!(all(&one.token, ""), set(&[in_duwet, in_tumpang]));
        assert_eq!(all(&far.token, ""), set(&[elsewhere]));
        assert_eq!(all(&admin, ""), set(&[in_duwet, in_tumpang, elsewhere]));
        assert_eq!(all(&admin, "&area=35.07.16"), set(&[in_duwet, in_tumpang]));
        assert_eq!(all(&one.token, &format!("&area={TUMPANG}")), set(&[in_tumpang]));
        server.get(&format!("/v1/conflicts?area={ELSEWHERE}"), Some(&one.token)).refused(ErrorCode::Forbidden);
        server.get("/v1/conflicts?area=35.07", Some(&one.token)).refused(ErrorCode::Forbidden);
        server.get("/v1/conflicts?after=besok", Some(&admin)).refused(ErrorCode::BadRequest);
        let kader = Pen::kader(&server, &admin, "kader.satu", 5);
        server.get("/v1/conflicts", Some(&kader.token)).refused(ErrorCode::Forbidden);
    }

    fn a_case_follows_its_record_home(server: Server) {
        let admin = server.admin();
        let mut maker = Pen::kader(&server, &admin, "kader.satu", 1);
        let both = [DUWET, TUMPANG];
        let mut one = Pen::of(&server, &admin, "plkb.satu", "plkb", &both, 2);
        let mut two = Pen::of(&server, &admin, "plkb.dua", "plkb", &both, 3);
        let household = maker.create("household", &[("rt", Value::Text("001".into()))]);
        // Two officers saw it on the maker's phone and wrote elsewhere; its own village hears of it last.
        for (pen, status) in [(&mut one, "moved"), (&mut two, "duplicate")] {
            pen.area = TUMPANG.parse().unwrap();
            let status = value_of("household", "verval_status", status);
            pen.edit("household", household, "verval_status", status, &[]);
            pen.push(&server);
        }
        let listed = |area: &str| records(&cases::all(&server, &admin, &format!("&area={area}")));
        assert_eq!((listed(TUMPANG), listed(DUWET)), (vec![json!(household)], vec![]));
        maker.push(&server);
        assert_eq!((listed(TUMPANG), listed(DUWET)), (vec![], vec![json!(household)]));
    }
}
