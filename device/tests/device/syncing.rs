//! Devices and a server that agree, whatever happened to either.

use crate::fake::{DUWET, NOW_S, Server, TUMPANG, refusal, worker};
use crate::hand::{HAMLET, HEAD_NAME, RW, assert_same, enrolled, register, rename, sync, text};
use device::{Element, End, Error, Value};
use sync_core::{ErrorBody, ErrorCode};

#[test]
fn what_one_device_saves_another_sees_and_can_open() {
    let server = Server::new();
    let (mut one, mut two) = (enrolled(&server, 1), enrolled(&server, 2));
    let saved: Vec<_> = (0..5).map(|n| register(&mut one, &format!("Keluarga {n}"))).collect();
    assert_eq!(one.counts().unwrap().to_string(), "5 tersimpan, 0 diterima server / 5 saved, 0 received");
    assert_eq!(sync(&mut one, &server).sent, 5);
    assert_eq!(one.counts().unwrap().to_string(), "5 tersimpan, 5 diterima server / 5 saved, 5 received");
    assert_eq!(sync(&mut two, &server).came, 5);
    let view = two.view(saved[3].record).unwrap();
    assert_eq!((view["head_name"].as_str(), view["hamlet"].as_str()), (Some("Keluarga 3"), Some("Krajan")));
    let sealed = server.world().records[&saved[3].record].1.field(HEAD_NAME)[0].1.siblings()[0].value.clone();
    assert!(matches!(sealed, Value::Sealed(_)), "the server stores no name in the open");
    rename(&mut two, saved[3].record, "Sumberejo");
    sync(&mut two, &server);
    sync(&mut one, &server);
    assert_same(&mut one, &server);
    assert_same(&mut two, &server);
}

#[test]
fn an_idle_sync_is_one_small_request() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    for n in 0..50 {
        register(&mut device, &format!("Keluarga {n}"));
    }
    sync(&mut device, &server);
    let mut counted = device::transport::Counted::new(server.clone(), "lumbung.example");
    let report = device.sync(&mut counted, NOW_S + 60).unwrap();
    assert!(report.is_done());
    assert_eq!(counted.counts.requests, 1);
    assert!(counted.counts.up < 300 && counted.counts.down < 200, "{:?}", counted.counts);
}

#[test]
fn many_changes_go_in_batches_and_come_in_pages() {
    let server = Server::new();
    server.world().page_records = 70;
    server.world().upload_changes_max = 100;
    let mut one = enrolled(&server, 1);
    for n in 0..333 {
        register(&mut one, &format!("Keluarga {n}"));
    }
    sync(&mut one, &server);
    let pushes = server.world().asked.iter().filter(|path| *path == "/v1/push").count();
    assert_eq!(pushes, 4);
    let mut two = enrolled(&server, 2);
    sync(&mut two, &server);
    assert_same(&mut two, &server);
}

#[test]
fn a_limit_that_shrank_is_met_with_smaller_batches() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    register(&mut device, "pertama");
    sync(&mut device, &server);
    server.world().upload_changes_max = 10;
    for n in 0..100 {
        register(&mut device, &format!("Keluarga {n}"));
    }
    sync(&mut device, &server);
    assert_same(&mut device, &server);
}

#[test]
fn what_is_held_is_named_and_leaves_the_record_here_too() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let first = register(&mut device, "Keluarga");
    let mut form = device.open(first.record).unwrap();
    form.set(RW, Element::Whole, text("terlalu panjang")).set(HAMLET, Element::Whole, text("Baru"));
    let bad = device.save(&form, worker(), NOW_S).unwrap();
    rename(&mut device, first.record, "Lebih baru");
    let report = sync(&mut device, &server);
    assert_eq!(report.held.len(), 1);
    assert_eq!((report.held[0].dot, report.held[0].record), (bad.dot, Some(first.record)));
    assert_eq!(report.held[0].held.place, Some((RW, Element::Whole)));
    assert_eq!(device.counts().unwrap().held, 1);
    assert_eq!(device.view(first.record).unwrap()["rw"], serde_json::Value::Null);
    assert_same(&mut device, &server);
}

#[test]
fn a_held_edit_gives_back_what_it_had_replaced() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let first = register(&mut device, "Keluarga");
    for rw in ["002", "terlalu panjang"] {
        let mut form = device.open(first.record).unwrap();
        form.set(RW, Element::Whole, text(rw));
        device.save(&form, worker(), NOW_S).unwrap();
    }
    assert_eq!(sync(&mut device, &server).held.len(), 1);
    assert_eq!(device.view(first.record).unwrap()["rw"], "002");
    assert_same(&mut device, &server);
}

#[test]
fn a_lost_village_goes_and_a_new_one_comes() {
    let server = Server::new();
    server.world().scope = vec![DUWET, TUMPANG];
    let (mut here, mut there) = (enrolled(&server, 1), enrolled(&server, 2));
    register(&mut here, "Duwet");
    let mut form = there.blank("household", TUMPANG).unwrap();
    form.set(HEAD_NAME, Element::Whole, text("Tumpang"));
    let moved = there.save(&form, worker(), NOW_S).unwrap();
    sync(&mut here, &server);
    sync(&mut there, &server);
    sync(&mut here, &server);
    assert_eq!(here.records(None, None).unwrap().len(), 2);
    server.world().scope = vec![TUMPANG];
    let unsent = register(&mut here, "belum terkirim");
    let report = sync(&mut here, &server);
    assert_eq!((report.left.as_slice(), report.sent), (&[DUWET][..], 1));
    assert_eq!(here.records(None, None).unwrap().len(), 1);
    assert!(here.view(moved.record).is_ok());
    assert!(server.world().records.contains_key(&unsent.record), "what was unsent was sent first");
    server.world().scope = vec![DUWET, TUMPANG];
    sync(&mut here, &server);
    assert_same(&mut here, &server);
    assert_eq!(here.view(unsent.record).unwrap()["head_name"], "belum terkirim");
}

#[test]
fn damage_that_nobody_noticed_is_found_by_the_digest_and_mended() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let lost = register(&mut device, "hilang");
    sync(&mut device, &server);
    device.store().drop_record(lost.record).unwrap();
    let mut other = enrolled(&server, 2);
    register(&mut other, "dari yang lain");
    sync(&mut other, &server);
    sync(&mut device, &server);
    assert_same(&mut device, &server);
}

#[test]
fn a_busy_server_is_asked_later_and_a_refusal_is_told() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    sync(&mut device, &server);
    let mut refused = |code, seconds| {
        let body = ErrorBody { retry_after_s: seconds, ..refusal(code) };
        server.world().refuse = Some(body);
        device.sync(&mut server.clone(), NOW_S).unwrap().end
    };
    assert_eq!(refused(ErrorCode::Unavailable, Some(9)), End::Wait { seconds: 9 });
    assert_eq!(refused(ErrorCode::Unauthorized, None), End::Done, "a new token was asked for");
    assert!(matches!(refused(ErrorCode::Forbidden, None), End::Refused(_)));
}

#[test]
fn a_revoked_device_still_sends() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    sync(&mut device, &server);
    register(&mut device, "yang terakhir");
    server.world().revoked = true;
    let report = device.sync(&mut server.clone(), NOW_S).unwrap();
    assert!(report.is_done() && report.revoked, "{report}");
    assert_eq!(device.unsent().unwrap(), 0);
}

#[test]
fn a_clock_of_1970_or_2099_loses_nothing() {
    let server = Server::new();
    let (mut past, mut future) = (enrolled(&server, 1), enrolled(&server, 2));
    for (device, now_s) in [(&mut past, 3), (&mut future, 4_070_908_800)] {
        let mut form = device.blank("household", DUWET).unwrap();
        form.set(HAMLET, Element::Whole, text("Krajan"));
        device.save(&form, worker(), now_s).unwrap();
        assert!(device.sync(&mut server.clone(), now_s).unwrap().is_done());
        let offset_s = device.store().session().unwrap().clock_offset_s;
        assert_eq!(offset_s, Some(NOW_S - now_s), "noted, not used");
    }
    let mut one = enrolled(&server, 3);
    sync(&mut one, &server);
    assert_same(&mut one, &server);
    let saved = register(&mut one, "sekarang");
    let stamp = one.record(saved.record).unwrap().origins()[0].stamp;
    assert_eq!(stamp.at_s(), NOW_S, "2099 drags no clock along");
}

#[test]
fn a_device_that_is_not_enrolled_says_so() {
    let server = Server::new();
    let mut device = crate::hand::bare(1);
    assert_eq!(device.sync(&mut server.clone(), NOW_S).unwrap_err(), Error::NotEnrolled);
}
