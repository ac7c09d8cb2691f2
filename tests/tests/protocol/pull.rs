//! What comes down: pages, cursors, scope.
//!
//! The rule this suite protects: *a cursor never skips a row and scope fails closed*: whoever pages through has, in the
//! end, exactly what the server has in her areas, however much was written meanwhile.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lumbung_tests::people::{DUWET, ELSEWHERE, TUMPANG};
use lumbung_tests::{Pen, Phone, Pulled, Server, on_both};
use schema::Value;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use sync_core::{AreaCode, Digest, Element, ErrorCode, RecordId};

fn rt(number: usize) -> Value {
    Value::Text(format!("{:03}", number % 1000).into())
}

/// Saves households and sends them.
fn write(server: &Server, pen: &mut Pen, count: usize) -> Vec<RecordId> {
    let made = (0..count).map(|nth| pen.create("household", &[("rt", rt(nth))])).collect();
    assert_eq!(pen.push(server).held, []);
    made
}

fn in_area(pen: &mut Pen, area: &str) {
    pen.area = area.parse().unwrap();
}

fn ids(pulled: &Pulled) -> BTreeSet<RecordId> {
    pulled.records().into_keys().collect()
}

/// A key for a household, sent before it.
fn send_key(server: &Server, pen: &Pen, owner: RecordId, byte: u8) {
    let key = URL_SAFE_NO_PAD.encode([byte; 32]);
    let keys = json!([{ "owner": owner, "area": pen.area, "key": key }]);
    server.post("/v1/keys", Some(&pen.token), &json!({ "actor": pen.actor(), "keys": keys })).done();
}

on_both! {
    fn a_cursor_goes_on_where_the_page_ended(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let nothing = Pulled::all(&server, &pen.token);
        assert_eq!((nothing.pages.len(), nothing.records().len()), (1, 0));
        let first = write(&server, &mut pen, 1000);
        let second = write(&server, &mut pen, 203);
        let all = Pulled::since(&server, &pen.token, &nothing.cursor);
        assert!(all.pages.len() > 2 && all.pages.iter().all(|page| page.records.len() <= 500));
        assert_eq!(ids(&all), first.iter().chain(&second).copied().collect());
        assert_eq!(all.standing(DUWET).digest, Digest::of_all(all.records().values()));
        assert_eq!(all.pages.iter().filter(|page| !page.standings.is_empty()).count(), 1);
        // Up to date: no records, no standings, no scope.
        let idle = Pulled::page(&server, &pen.token, &format!("?cursor={}", all.cursor));
        assert!(idle.records.is_empty() && idle.standings.is_empty() && idle.scope.is_none() && !idle.more);
        assert_eq!(idle.cursor, all.cursor);
        // What was edited comes again, and nothing else.
        pen.edit("household", first[3], "rt", rt(999), &[]);
        pen.push(&server);
        let news = Pulled::since(&server, &pen.token, &idle.cursor);
        assert_eq!(ids(&news), BTreeSet::from([first[3]]));
        let mut held = all.records();
        news.merge_into(&mut held);
        assert_eq!(news.standing(DUWET).digest, Digest::of_all(held.values()));
    }

    fn a_reader_among_writers_skips_nothing(server: Server) {
        let admin = server.admin();
        let plkb = Pen::of(&server, &admin, "plkb.satu", "plkb", &[DUWET, TUMPANG], 9);
        let pen = |nth: u8, area: &str| Pen::of(&server, &admin, &format!("kader.{nth}"), "kader", &[area], nth);
        let mut pens = [pen(1, DUWET), pen(2, DUWET), pen(3, TUMPANG), pen(4, TUMPANG)];
        let shared = write(&server, &mut pens[0], 600);
        let mut held = BTreeMap::new();
        let mut cursor = String::new();
        std::thread::scope(|scope| {
            let writers: Vec<_> = pens
                .iter_mut()
                .map(|pen| {
                    let (server, shared) = (&server, &shared);
                    scope.spawn(move || {
                        for round in 0..8 {
                            if pen.area == DUWET.parse().unwrap() {
                                for record in shared.iter().skip(round).step_by(40) {
                                    pen.edit("household", *record, "rt", rt(round), &[]);
                                }
                            }
                            write(server, pen, 20);
                        }
                    })
                })
                .collect();
            while !writers.iter().all(|writer| writer.is_finished()) {
                let query = if cursor.is_empty() { String::new() } else { format!("?cursor={cursor}") };
                let page = Pulled::page(&server, &plkb.token, &query);
                cursor.clone_from(&page.cursor);
                Pulled { pages: vec![page], ..Pulled::default() }.merge_into(&mut held);
            }
        });
        Pulled::since(&server, &plkb.token, &cursor).merge_into(&mut held);
        let whole = Pulled::all(&server, &plkb.token);
        assert_eq!(held.len(), 600 + 4 * 8 * 20);
        assert_eq!(held, whole.records());
        for area in [DUWET, TUMPANG] {
            let code: AreaCode = area.parse().unwrap();
            let own: Digest = Digest::of_all(held.values().filter(|record| record.home.area == code));
            assert_eq!(whole.standing(area).digest, own, "{area}");
        }
    }

    fn cursors_are_refused_by_name(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        write(&server, &mut pen, 3);
        let cursor = Pulled::all(&server, &pen.token).cursor;
        let ask = |query: &str| server.get(&format!("/v1/pull?{query}"), Some(&pen.token));
        let mut bytes = URL_SAFE_NO_PAD.decode(&cursor).unwrap();
        for end in 0..bytes.len() {
            let cut = ask(&format!("cursor={}", URL_SAFE_NO_PAD.encode(&bytes[..end])));
            // Cut after the scope it is the cursor of somebody who has nothing yet.
            if end == 12 { assert_eq!(cut.status, 200) } else { cut.refused(ErrorCode::BadRequest) }
        }
        for text in ["cursor=", "cursor=!", "cursor=besok", "have=x", "have=35.07.16.2013", "have=1:2:3", "have=:"] {
            ask(text).refused(ErrorCode::BadRequest);
        }
        bytes[0] ^= 1;
        ask(&format!("cursor={}", URL_SAFE_NO_PAD.encode(&bytes))).refused(ErrorCode::EpochChanged);
        let other = Server::fresh(server.database.kind);
        let elsewhere = Pen::kader(&other, &other.admin(), "kader.satu", 1);
        let foreign = Pulled::all(&other, &elsewhere.token).cursor;
        ask(&format!("cursor={foreign}")).refused(ErrorCode::EpochChanged);
        server.get("/v1/pull", None).refused(ErrorCode::Unauthorized);
    }

    fn everyone_sees_her_areas_and_no_others(server: Server) {
        let admin = server.admin();
        let mut writer = Pen::of(&server, &admin, "plkb.satu", "plkb", &[DUWET, TUMPANG, ELSEWHERE], 1);
        let mut made = Vec::new();
        for area in [DUWET, TUMPANG, ELSEWHERE] {
            in_area(&mut writer, area);
            made.push(write(&server, &mut writer, 2));
        }
        let of = |areas: &[usize]| areas.iter().flat_map(|nth| made[*nth].clone()).collect::<BTreeSet<_>>();
        let kader = Pen::kader(&server, &admin, "kader.satu", 2);
        let korlap = Pen::of(&server, &admin, "korlap.satu", "korlap", &["35.07.16"], 3);
        let lonely = server.add_person(&admin, "kader.dua", "kader", &[TUMPANG]);
        let lonely_phone = Phone::enrol(&server, &server.invite(&admin, &lonely), 4);
        let lonely_token = lonely_phone.token(&server);
        let end = format!("/v1/people/{lonely}/assignments/{TUMPANG}/end");
        server.post(&end, Some(&admin), &json!({})).done();
        for (token, areas) in [
            (&writer.token, &[0, 1, 2][..]),
            (&kader.token, &[0]),
            (&korlap.token, &[0, 1]),
            (&admin, &[0, 1, 2]),
            (&lonely_token, &[]),
        ] {
            let pulled = Pulled::all(&server, token);
            assert_eq!(ids(&pulled), of(areas));
            let standings = pulled.pages.iter().flat_map(|page| &page.standings).count();
            assert_eq!(standings, areas.len());
        }
        // A cursor gives nothing that its holder may not see, whoever it was made for.
        let cursor = Pulled::page(&server, &lonely_token, "").cursor;
        assert_eq!(ids(&Pulled::since(&server, &kader.token, &cursor)), of(&[0]));
        let have = format!("?have={TUMPANG}:0,{ELSEWHERE}:0");
        let page = Pulled::page(&server, &kader.token, &have);
        assert!(page.records.iter().all(|record| record.home.area == DUWET.parse().unwrap()));
        assert_eq!(page.scope, Some(vec![DUWET.parse().unwrap()]));
    }

    fn a_new_village_comes_with_its_past_and_a_lost_one_stays_away(server: Server) {
        let admin = server.admin();
        let mut writer = Pen::of(&server, &admin, "plkb.satu", "plkb", &[DUWET, TUMPANG], 1);
        let duwet = write(&server, &mut writer, 2);
        in_area(&mut writer, TUMPANG);
        let tumpang = write(&server, &mut writer, 3);
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &kader), 2);
        let token = phone.token(&server);
        let first = Pulled::all(&server, &token);
        assert_eq!(ids(&first), duwet.iter().copied().collect());
        let assignments = format!("/v1/people/{kader}/assignments");
        let assign = |area: &str| server.post(&assignments, Some(&admin), &json!({ "area": area })).done();
        assign(TUMPANG);
        let both = Pulled::since(&server, &token, &first.cursor);
        assert_eq!(ids(&both), tumpang.iter().copied().collect());
        assert_eq!(both.pages[0].scope.as_ref().map(Vec::len), Some(2));
        server.post(&format!("{assignments}/{DUWET}/end"), Some(&admin), &json!({})).done();
        in_area(&mut writer, DUWET);
        let later = write(&server, &mut writer, 1);
        in_area(&mut writer, TUMPANG);
        let seen = write(&server, &mut writer, 1);
        let left = Pulled::since(&server, &token, &both.cursor);
        assert_eq!(ids(&left), seen.iter().copied().collect());
        assert_eq!(left.pages[0].scope, Some(vec![TUMPANG.parse().unwrap()]));
        // And back: everything of the village comes again, since it was dropped.
        assign(DUWET);
        let back = Pulled::since(&server, &token, &left.cursor);
        assert_eq!(ids(&back), duwet.iter().chain(&later).copied().collect());
    }

    fn keys_travel_with_records_of_the_scope_only(server: Server) {
        let admin = server.admin();
        let mut writer = Pen::of(&server, &admin, "plkb.satu", "plkb", &[DUWET, TUMPANG], 1);
        let kader = Pen::kader(&server, &admin, "kader.satu", 2);
        let here = RecordId::of_dot(writer.next_dot());
        send_key(&server, &writer, here, 7);
        write(&server, &mut writer, 1);
        in_area(&mut writer, TUMPANG);
        let there = RecordId::of_dot(writer.next_dot());
        send_key(&server, &writer, there, 8);
        write(&server, &mut writer, 1);
        let keys = |token: &str| -> Vec<(RecordId, [u8; 32])> {
            let pulled = Pulled::all(&server, token);
            let of_page = |page: &sync_core::Page| {
                page.keys.iter().map(|(at, key)| (page.records[*at].id, key.0)).collect::<Vec<_>>()
            };
            pulled.pages.iter().flat_map(of_page).collect()
        };
        assert_eq!(keys(&kader.token), [(here, [7; 32])]);
        assert_eq!(keys(&writer.token).len(), 2);
        // A key that comes after its owner reaches those who have the owner; another one changes nothing.
        in_area(&mut writer, DUWET);
        let late = write(&server, &mut writer, 1)[0];
        let cursor = Pulled::all(&server, &kader.token).cursor;
        send_key(&server, &writer, late, 9);
        send_key(&server, &writer, late, 10);
        send_key(&server, &writer, here, 11);
        let news = Pulled::since(&server, &kader.token, &cursor);
        let came: Vec<_> = news.pages.iter().flat_map(|page| &page.keys).map(|(_, key)| key.0).collect();
        assert_eq!((ids(&news), came), (BTreeSet::from([late]), vec![[9; 32]]));
        let record = &news.records()[&late];
        assert!(record.register(6, Element::Whole).is_some());
    }
}
