//! Whole areas for a first sync.
//!
//! The rule this suite protects: *a snapshot can be cut anywhere and resumed*, and with the tail behind it a phone holds
//! the same as one that paged through everything.

use lumbung_tests::client::bearer;
use lumbung_tests::people::{DUWET, ELSEWHERE, TUMPANG};
use lumbung_tests::{Pen, Pulled, Reply, Server, on_both};
use schema::Value;
use sync_core::{Digest, ErrorCode, RecordId};

fn ask(server: &Server, token: &str, area: &str, headers: &[(&str, &str)]) -> Reply {
    let token = bearer(token);
    let all = headers.iter().copied().chain([("authorization", token.as_str())]);
    server.get_with(&format!("/v1/areas/{area}/snapshot"), all)
}

fn write(server: &Server, pen: &mut Pen, count: usize) -> Vec<RecordId> {
    let rt = |nth: usize| Value::Text(format!("{:03}", nth % 1000).into());
    let made = (0..count).map(|nth| pen.create("household", &[("rt", rt(nth))])).collect();
    pen.push(server);
    made
}

/// Area and version of a snapshot, as `have` names them.
fn have(area: &str, snapshot: &Reply) -> String {
    format!("{area}:{}", snapshot.header("lumbung-version").unwrap())
}

on_both! {
    fn a_snapshot_is_cut_anywhere_and_resumed(server: Server) {
        let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        write(&server, &mut pen, 700);
        let whole = ask(&server, &pen.token, DUWET, &[]);
        assert_eq!((whole.status, whole.header("accept-ranges")), (200, Some("bytes")));
        let etag = whole.header("etag").unwrap();
        let length = whole.body.len();
        for at in [1, 3, 4, 5, length / 3, length / 2, length - 1] {
            let range = format!("bytes={at}-");
            let rest = ask(&server, &pen.token, DUWET, &[("range", &range), ("if-range", etag)]);
            assert_eq!((rest.status, rest.header("etag")), (206, Some(etag)));
            let content = format!("bytes {at}-{}/{length}", length - 1);
            assert_eq!(rest.header("content-range"), Some(&*content));
            assert_eq!([&whole.body[..at], &rest.body].concat(), whole.body, "{at}");
        }
        // Other ranges, and those of another snapshot, are answered with the whole.
        let beyond = format!("bytes={length}-");
        for range in ["bytes=0-9", "bytes=-9", "bytes=0-1,4-5", "bytes=x-", "baris=1-", &beyond] {
            let reply = ask(&server, &pen.token, DUWET, &[("range", range), ("if-range", etag)]);
            assert_eq!((reply.status, reply.body.len()), (200, length), "{range}");
        }
        let stale = ask(&server, &pen.token, DUWET, &[("range", "bytes=9-"), ("if-range", "\"lain\"")]);
        assert_eq!((stale.status, &stale.body), (200, &whole.body));
        let same = ask(&server, &pen.token, DUWET, &[("if-none-match", etag)]);
        assert_eq!((same.status, same.body.len(), same.header("etag")), (304, 0, Some(etag)));
        assert_eq!(ask(&server, &pen.token, DUWET, &[("if-none-match", "\"lain\"")]).status, 200);
    }

    fn a_snapshot_and_its_tail_are_what_pages_are(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::of(&server, &admin, "plkb.satu", "plkb", &[DUWET, TUMPANG], 1);
        let made = write(&server, &mut pen, 620);
        pen.area = TUMPANG.parse().unwrap();
        write(&server, &mut pen, 30);
        let snapshots = [DUWET, TUMPANG].map(|area| (area, ask(&server, &pen.token, area, &[])));
        // Written between the snapshots and their tail: edits of what came, and something new.
        for record in made.iter().step_by(50) {
            pen.edit("household", *record, "hamlet", Value::Text("Krajan".into()), &[]);
        }
        write(&server, &mut pen, 5);
        let mut held = Default::default();
        for (_, snapshot) in &snapshots {
            let pulled = Pulled::of_snapshot(&snapshot.body);
            assert!(pulled.pages.iter().rev().skip(1).all(|page| page.more));
            pulled.merge_into(&mut held);
        }
        assert_eq!(held.len(), 650);
        let had = snapshots.each_ref().map(|(area, snapshot)| have(area, snapshot)).join(",");
        let first = Pulled::page(&server, &pen.token, &format!("?have={had}"));
        assert!(!first.more && first.records.len() < 30 && first.scope.is_some());
        let cursor = first.cursor.clone();
        let tail = Pulled { pages: vec![first], ..Pulled::default() };
        tail.merge_into(&mut held);
        let paged = Pulled::all(&server, &pen.token);
        assert_eq!(held, paged.records());
        assert_eq!(cursor, paged.cursor);
        for area in [DUWET, TUMPANG] {
            assert_eq!(tail.standing(area), paged.standing(area));
            let code = area.parse().unwrap();
            let own = Digest::of_all(held.values().filter(|record| record.home.area == code));
            assert_eq!(paged.standing(area).digest, own);
        }
        // One snapshot only: the other area comes whole.
        let one = Pulled::page(&server, &pen.token, &format!("?have={}", have(DUWET, &snapshots[0].1)));
        assert!(one.records.len() > 35);
    }

    fn a_snapshot_stays_as_it_is_until_it_is_old(server: Server) {
        let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        write(&server, &mut pen, 10);
        let first = ask(&server, &pen.token, DUWET, &[]);
        write(&server, &mut pen, 10);
        let second = ask(&server, &pen.token, DUWET, &[]);
        assert_eq!((second.header("etag"), &second.body), (first.header("etag"), &first.body));
        write(&server, &mut pen, 400);
        let third = ask(&server, &pen.token, DUWET, &[]);
        assert_ne!(third.header("etag"), first.header("etag"));
        assert_eq!(Pulled::of_snapshot(&third.body).records().len(), 420);
    }

    fn a_snapshot_is_for_those_who_work_there(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let other = Pen::of(&server, &admin, "kader.dua", "kader", &[TUMPANG], 2);
        ask(&server, &pen.token, DUWET, &[]).refused(ErrorCode::NotFound);
        write(&server, &mut pen, 1);
        assert_eq!(ask(&server, &pen.token, DUWET, &[]).status, 200);
        assert_eq!(ask(&server, &pen.token, "3507162013", &[]).status, 200);
        assert_eq!(ask(&server, &admin, DUWET, &[]).status, 200);
        ask(&server, &other.token, DUWET, &[]).refused(ErrorCode::Forbidden);
        ask(&server, &pen.token, ELSEWHERE, &[]).refused(ErrorCode::Forbidden);
        ask(&server, &pen.token, "35.07", &[]).refused(ErrorCode::NotFound);
        ask(&server, &pen.token, "35.07.17", &[]).refused(ErrorCode::Forbidden);
        ask(&server, &admin, "35.08.01.2001", &[]).refused(ErrorCode::Forbidden);
        ask(&server, &admin, TUMPANG, &[]).refused(ErrorCode::NotFound);
        server.get(&format!("/v1/areas/{DUWET}/snapshot"), None).refused(ErrorCode::Unauthorized);
    }
}
