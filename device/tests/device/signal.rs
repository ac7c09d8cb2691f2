//! A signal that loses, cuts and repeats.

use crate::fake::{DUWET, NOW_S, Server};
use crate::hand::{RW, assert_same, bare, enrolled, invitation, register, rename, sync, text};
use device::transport::{Fate, Flaky};
use device::{Element, End, Error, Request};
use proptest::prelude::*;

#[test]
fn an_enrolment_whose_answer_was_lost_is_the_same_enrolment() {
    let server = Server::new();
    let mut device = bare(1);
    let mut lossy =
        Flaky::new(server.clone(), |_: &Request, nth| if nth == 1 { Fate::LoseReply } else { Fate::Through });
    assert_eq!(device.enrol(&mut lossy, &invitation(1), NOW_S).unwrap_err(), Error::NoSignal);
    let first = server.world().series.keys().copied().next().unwrap();
    assert_eq!(device.enrol(&mut lossy, &invitation(1), NOW_S).unwrap().actor, first);
    assert_eq!(device.enrol(&mut lossy, &invitation(1), NOW_S).unwrap_err(), Error::EnrolledAlready);
}

#[test]
fn an_upload_whose_answer_was_lost_is_sent_again_and_stored_once() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let family = register(&mut device, "Keluarga").record;
    let mut form = device.open(family).unwrap();
    form.set(RW, Element::Whole, text("terlalu panjang"));
    device.save(&form, crate::fake::worker(), NOW_S).unwrap();
    let lose =
        |request: &Request, _| if request.path == "/v1/push" { Fate::LoseReply } else { Fate::Through };
    let report = device.sync(&mut Flaky::new(server.clone(), lose), NOW_S).unwrap();
    assert_eq!((report.end, device.unsent().unwrap()), (End::NoSignal, 2));
    // Meanwhile the next is saved; what is held of the first ones is still learnt.
    rename(&mut device, family, "Baru");
    assert_eq!(sync(&mut device, &server).held.len(), 1);
    assert_same(&mut device, &server);
}

#[test]
fn a_snapshot_that_is_cut_goes_on_where_it_stopped() {
    let server = Server::new();
    let mut one = enrolled(&server, 1);
    for n in 0..200 {
        register(&mut one, &format!("Keluarga {n}"));
    }
    sync(&mut one, &server);
    let mut two = enrolled(&server, 2);
    let mut came = 0;
    let cut = |request: &Request, _| {
        if request.path.ends_with("snapshot") { Fate::CutReply(1000) } else { Fate::Through }
    };
    loop {
        let report = two.sync(&mut Flaky::new(server.clone(), cut), NOW_S).unwrap();
        if report.is_done() {
            break;
        }
        let body = two.store().download(DUWET).unwrap().expect("a part").body.len();
        assert_eq!(body, came + 1000, "nothing comes twice");
        came = body;
    }
    assert!(came > 2000);
    assert_same(&mut two, &server);
}

fn fates() -> impl Strategy<Value = Fate> {
    prop_oneof![
        3 => Just(Fate::Through),
        1 => Just(Fate::LoseRequest),
        2 => Just(Fate::LoseReply),
        1 => (0..400usize).prop_map(Fate::CutReply),
        1 => Just(Fate::Twice),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever the signal does, once it is good both sides hold the same, each change once.
    #[test]
    fn no_signal_is_bad_enough_to_lose_or_double_anything(
        script in proptest::collection::vec((0..4u8, proptest::collection::vec(fates(), 0..12)), 1..12),
    ) {
        let server = Server::new();
        server.world().page_records = 4;
        server.world().upload_changes_max = 3;
        let mut devices = [enrolled(&server, 1), enrolled(&server, 2)];
        let mut saved = 0;
        for (nth, (act, fates)) in script.into_iter().enumerate() {
            let device = &mut devices[nth % 2];
            for n in 0..act {
                register(device, &format!("Keluarga {nth} {n}"));
                saved += 1;
            }
            let known = device.records(None, None).unwrap();
            if let Some(family) = known.first() {
                rename(device, family.id, &format!("Dusun {nth}"));
                saved += 1;
            }
            let mut fates = fates.into_iter();
            let fate = |_: &Request, _| fates.next().unwrap_or(Fate::Through);
            device.sync(&mut Flaky::new(server.clone(), fate), NOW_S).unwrap();
        }
        for round in 0..2 {
            for device in &mut devices {
                sync(device, &server);
                prop_assert!(round == 0 || device.unsent().unwrap() == 0);
            }
        }
        for device in &mut devices {
            assert_same(device, &server);
        }
        let held: u64 = server.world().series.values().map(|series| series.mark.seq).sum();
        prop_assert_eq!(held, saved);
    }
}
