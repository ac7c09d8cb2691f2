//! The district's table.
//!
//! The rule this suite protects: *a table can be cut anywhere and names nobody unless somebody answers for it*: every
//! row carries its place, and identities come out only with a purpose that is written down first.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lumbung_tests::pen::{field_of, number_of, value_of};
use lumbung_tests::people::{DUWET, ELSEWHERE, TUMPANG};
use lumbung_tests::pulled::record_of;
use lumbung_tests::server::DISTRICT;
use lumbung_tests::{Pen, Server, on_both};
use schema::columns::columns;
use schema::{Element, Schema, Value};
use serde_json::{Value as Json, json};
use server::store::access;
use std::collections::{BTreeMap, BTreeSet};
use sync_core::record::deletion;
use sync_core::{ErrorCode, RecordId, SealKey};

fn sale(pen: &mut Pen, day: &str, product: &str) -> RecordId {
    let of = |field: &str, text: &str| value_of("uppka_sale", field, text);
    pen.create(
        "uppka_sale",
        &[
            ("sale_date", of("sale_date", day)),
            ("product", Value::Text(product.into())),
            ("quantity", of("quantity", "12.50")),
            ("unit_price_idr", Value::Int(7500)),
        ],
    )
}

fn household(pen: &mut Pen, rt: &str) -> RecordId {
    pen.create("household", &[("rt", Value::Text(rt.into()))])
}

/// A household whose head has a name, sealed; its key is sent when `with_key`.
fn named(server: &Server, pen: &mut Pen, name: &str, with_key: bool) {
    let (key, dot) = (SealKey([7; 32]), pen.next_dot());
    if with_key {
        let sent = json!([{ "owner": RecordId::of_dot(dot), "area": pen.area, "key": URL_SAFE_NO_PAD.encode(key.0) }]);
        server.post("/v1/keys", Some(&pen.token), &json!({ "actor": pen.actor(), "keys": sent })).done();
    }
    let place = (field_of("household", "head_name"), Element::Whole);
    pen.create("household", &[("head_name", key.seal(dot, place, &Value::Text(name.into())))]);
}

#[track_caller]
fn text(server: &Server, token: &str, table: &str) -> String {
    let reply = server.get(&format!("/v1/export/{table}"), Some(token));
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.text().to_owned()
}

#[track_caller]
fn lines(server: &Server, token: &str, table: &str) -> Vec<Json> {
    text(server, token, table).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A CSV as a reader of CSV sees it, a row by its columns.
#[track_caller]
fn rows(server: &Server, token: &str, table: &str) -> Vec<BTreeMap<String, String>> {
    let text = text(server, token, table);
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().unwrap()
}

fn ids(lines: &[Json]) -> BTreeSet<String> {
    lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

fn set(ids: &[RecordId]) -> BTreeSet<String> {
    ids.iter().map(RecordId::to_string).collect()
}

/// Why identities were asked for, as the access log says.
fn purposes(server: &Server) -> Vec<String> {
    let district = DISTRICT.parse().unwrap();
    let log = access::list(&mut server.database.conn(), district, 0, 1000).unwrap();
    log.into_iter().filter(|row| row.action == "export_identified").map(|row| row.detail).collect()
}

on_both! {
    fn a_csv_has_the_promised_columns_and_reads_back(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let hard = "Keripik \"tempe\", pedas\nisi 2";
        let sold = sale(&mut pen, "2026-11-24", hard);
        sale(&mut pen, "2026-11-24", "=1+1");
        pen.push(&server);
        let csv = text(&server, &admin, "uppka_sale.csv");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let kind = Schema::builtin().kind_named("uppka_sale").unwrap();
        let own = columns(kind, false).into_iter().map(|column| column.name);
        let promised = ["id", "area", "version", "updated_at_s", "deleted", "in_review"].map(String::from);
        let promised: Vec<String> = promised.into_iter().chain(own).collect();
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), promised);
        let rows = rows(&server, &admin, "uppka_sale.csv");
        let row = rows.iter().find(|row| row["id"] == sold.to_string()).unwrap();
        for (column, cell) in [
            ("area", DUWET),
            ("deleted", "false"),
            ("in_review", ""),
            ("sale_date", "2026-11-24"),
            ("product", hard),
            ("quantity", "12.50"),
            ("unit_price_idr", "7500"),
            ("unit", ""),
            ("updated_at_s", &pen.at_s.to_string()),
        ] {
            assert_eq!(row[column], cell, "{column}");
        }
        assert!(rows.iter().any(|row| row["product"] == "'=1+1"), "no cell is a formula");
        let json = lines(&server, &admin, "uppka_sale.ndjson");
        let line = json.iter().find(|line| line["id"] == json!(sold)).unwrap();
        assert_eq!((&line["kind"], &line["area"]), (&json!("uppka_sale"), &json!(DUWET)));
        assert_eq!(line["fields"]["product"], hard);
        assert_eq!(line["fields"]["sale_date"], "2026-11-24");
        assert_eq!(line["fields"]["unit_price_idr"], 7500);
        assert!(line.get("deleted").is_none() && line.get("in_review").is_none());
    }

    fn rows_are_filtered_by_area_week_and_kind(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::of(&server, &admin, "plkb.satu", "plkb", &[DUWET, TUMPANG], 1);
        let family = household(&mut pen, "001");
        let [monday, sunday, before] = ["2026-11-23", "2026-11-29", "2026-11-22"].map(|day| sale(&mut pen, day, "a"));
        pen.push(&server);
        pen.area = TUMPANG.parse().unwrap();
        let there = sale(&mut pen, "2026-11-25", "b");
        pen.push(&server);
        let asked = |query: &str| ids(&lines(&server, &admin, query));
        assert_eq!(asked("all.ndjson"), set(&[family, monday, sunday, before, there]));
        assert_eq!(asked("household.ndjson"), set(&[family]));
        assert_eq!(asked("all.ndjson?week=2026-W48"), set(&[monday, sunday, there]));
        assert_eq!(asked("uppka_sale.ndjson?week=2026-W47"), set(&[before]));
        assert_eq!(asked("uppka_sale.ndjson?week=2026-W48&area=35.07.16.2004"), set(&[there]));
        assert_eq!(asked("all.ndjson?area=35.07.16"), asked("all.ndjson"));
        assert_eq!(asked("visit.ndjson"), set(&[]));
        assert_eq!(rows(&server, &admin, "visit.csv").len(), 0);
        // What is corrected to another week moves there.
        let day = value_of("uppka_sale", "sale_date", "2026-11-17");
        pen.edit("uppka_sale", there, "sale_date", day, &[]);
        pen.push(&server);
        assert_eq!(asked("all.ndjson?week=2026-W48"), set(&[monday, sunday]));
        assert_eq!(asked("all.ndjson?week=2026-W47"), set(&[before, there]));
        // A caller gets what is hers.
        let other = Pen::of(&server, &admin, "plkb.dua", "plkb", &[ELSEWHERE], 2);
        assert_eq!(lines(&server, &other.token, "all.ndjson").len(), 0);
        let one = Pen::of(&server, &admin, "plkb.tiga", "plkb", &[TUMPANG], 3);
        assert_eq!(ids(&lines(&server, &one.token, "all.ndjson")), set(&[there]));
    }

    fn a_table_cut_at_any_row_goes_on_behind_it(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::of(&server, &admin, "plkb.satu", "plkb", &[DUWET, TUMPANG], 1);
        for _ in 0..1004 {
            household(&mut pen, "001");
            if pen.unsent.len() == 502 {
                pen.push(&server);
            }
        }
        pen.area = TUMPANG.parse().unwrap();
        for _ in 0..6 {
            household(&mut pen, "002");
        }
        pen.push(&server);
        let whole = lines(&server, &admin, "all.ndjson");
        assert_eq!((whole.len(), ids(&whole).len()), (1010, 1010));
        for cut in [1, 5, 6, 7, 500, 999, 1000, 1001, 1005, 1006, 1009, 1010] {
            let last = &whole[cut - 1];
            let after = format!("after={}:{}", last["area"].as_str().unwrap(), last["version"]);
            assert_eq!(lines(&server, &admin, &format!("all.ndjson?{after}")), whole[cut..], "{cut}");
            let some = lines(&server, &admin, &format!("household.ndjson?{after}&limit=3"));
            assert_eq!(some, whole[cut..whole.len().min(cut + 3)], "{cut}");
            let csv = rows(&server, &admin, &format!("household.csv?{after}"));
            let ids: Vec<&str> = csv.iter().map(|row| row["id"].as_str()).collect();
            assert_eq!(ids, whole[cut..].iter().map(|line| line["id"].as_str().unwrap()).collect::<Vec<_>>());
        }
    }

    fn who_somebody_is_comes_out_with_a_purpose_only(server: Server) {
        let admin = server.admin();
        let mut kader = Pen::kader(&server, &admin, "kader.satu", 1);
        let of = |role: &str, seed| Pen::of(&server, &admin, &format!("{role}.satu"), role, &["35.07.16"], seed);
        let (plkb, korlap, viewer) = (of("plkb", 2), of("korlap", 3), of("district_viewer", 4));
        named(&server, &mut kader, "Nama Karangan", true);
        named(&server, &mut kader, "Nama Tertutup", false);
        kader.push(&server);
        for token in [&admin, &plkb.token, &korlap.token, &viewer.token] {
            for table in ["household.csv", "household.ndjson", "all.ndjson"] {
                let text = text(&server, token, table);
                assert!(text.contains(DUWET) && !text.contains("Nama") && !text.contains("head_name"), "{text}");
            }
        }
        assert_eq!(purposes(&server), [""; 0]);
        for (token, why) in [(&admin, "audit%20pertama"), (&plkb.token, "kunjungan%20ulang")] {
            for table in ["household.csv", "household.ndjson"] {
                let text = text(&server, token, &format!("{table}?purpose={why}"));
                assert!(text.contains("Nama Karangan") && !text.contains("Tertutup"), "{text}");
            }
        }
        let logged = ["audit pertama", "audit pertama", "kunjungan ulang", "kunjungan ulang"];
        assert_eq!(purposes(&server), logged);
        let ask = |token: &str, query: &str| server.get(&format!("/v1/export/household.csv{query}"), Some(token));
        for token in [&korlap.token, &viewer.token] {
            ask(token, "?purpose=ingin%20tahu").refused(ErrorCode::Forbidden);
        }
        for blank in ["?purpose=", "?purpose=%20", &format!("?purpose={}", "x".repeat(201))] {
            ask(&admin, blank).refused(ErrorCode::BadRequest);
        }
        ask(&kader.token, "").refused(ErrorCode::Forbidden);
        ask(&kader.token, "?purpose=ingin%20tahu").refused(ErrorCode::Forbidden);
        assert_eq!(purposes(&server), logged);
        assert!(server.command(&["admin", "access-log", DISTRICT]).status.success(), "the chain is whole");
    }

    fn deleted_and_contested_rows_are_marked(server: Server) {
        let admin = server.admin();
        let mut one = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut two = Pen::kader(&server, &admin, "kader.dua", 2);
        let made = [household(&mut one, "001"), household(&mut one, "002"), household(&mut one, "003")];
        let [gone, contested, disputed] = made;
        let seen = one.unsent.clone();
        one.push(&server);
        for change in &seen[..2] {
            let stone = deletion(&record_of(std::slice::from_ref(change)), two.actor(), Vec::new());
            two.save(number_of("household"), change.record, vec![stone]);
        }
        one.edit("household", contested, "rt", Value::Text("004".into()), &[]);
        for (pen, status) in [(&mut one, "moved"), (&mut two, "found")] {
            pen.edit("household", disputed, "verval_status", value_of("household", "verval_status", status), &[]);
            pen.push(&server);
        }
        let json = lines(&server, &admin, "household.ndjson");
        let csv = rows(&server, &admin, "household.csv");
        for (record, deleted, in_review, rt) in
            [(gone, true, "", ""), (contested, false, "tombstone", "004"), (disputed, false, "verval_status", "003")]
        {
            let line = json.iter().find(|line| line["id"] == json!(record)).unwrap();
            let row = csv.iter().find(|row| row["id"] == record.to_string()).unwrap();
            assert_eq!(line["deleted"].as_bool().unwrap_or(false), deleted);
            assert_eq!(line.get("in_review"), (!in_review.is_empty()).then(|| json!([in_review])).as_ref());
            assert_eq!(line["fields"]["rt"].as_str().unwrap_or(""), rt);
            let cells = (row["deleted"].as_str(), row["in_review"].as_str(), row["rt"].as_str());
            assert_eq!(cells, (if deleted { "true" } else { "false" }, in_review, rt));
        }
    }

    fn what_is_not_there_is_refused_by_name(server: Server) {
        let admin = server.admin();
        let plkb = Pen::of(&server, &admin, "plkb.satu", "plkb", &[DUWET], 1);
        let ask = |path: &str| server.get(&format!("/v1/export/{path}"), Some(&plkb.token));
        for table in ["bukan.csv", "household.xlsx", "household", ".csv", "Household.csv"] {
            ask(table).refused(ErrorCode::NotFound);
        }
        for query in ["all.csv", "visit.csv?week=2026-W99", "visit.csv?week=kemarin", "visit.csv?week=2026-48",
            "visit.csv?area=x", "visit.csv?after=x", "visit.csv?after=35.07.16.2013:x", "visit.csv?limit=banyak"] {
            ask(query).refused(ErrorCode::BadRequest);
        }
        for area in [TUMPANG, "35.07", "35.08.01.2001"] {
            ask(&format!("visit.csv?area={area}")).refused(ErrorCode::Forbidden);
        }
        server.get("/v1/export/visit.csv", None).refused(ErrorCode::Unauthorized);
    }
}
