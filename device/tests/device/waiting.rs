//! A sync that never waits gets as far as one that does.

use crate::fake::{NOW_S, Server};
use crate::hand::{assert_same, bare, enrolled, invitation, register, rename};
use device::transport::Waiting;
use device::{Device, Error, NoSignal, SyncReport, Transport};

/// Runs until nothing is wanted any more; `between` happens while an answer is on its way.
fn sync_in_steps(device: &mut Device, server: &Server, mut between: impl FnMut(&mut Device)) -> SyncReport {
    let mut waiting = Waiting::default();
    for _ in 0..200 {
        let report = device.sync(&mut waiting, NOW_S).unwrap();
        let Some(request) = waiting.wanted().cloned() else { return report };
        between(device);
        waiting.came(server.clone().send(&request));
    }
    panic!("never came to an end");
}

#[test]
fn enrolling_sending_and_receiving_in_steps() {
    let server = Server::new();
    let mut other = enrolled(&server, 2);
    for n in 0..7 {
        register(&mut other, &format!("Keluarga {n}"));
    }
    let report = sync_in_steps(&mut other, &server, |_| {});
    assert!(report.is_done(), "{report}");
    let mut device = bare(1);
    let mut waiting = Waiting::default();
    assert_eq!(device.enrol(&mut waiting, &invitation(1), NOW_S), Err(Error::NoSignal));
    let request = waiting.wanted().cloned().unwrap();
    waiting.came(server.clone().send(&request));
    device.enrol(&mut waiting, &invitation(1), NOW_S).unwrap();
    server.world().page_records = 2;
    let family = register(&mut device, "sendiri").record;
    // People go on while answers are on their way.
    let mut saved = 0;
    let report = sync_in_steps(&mut device, &server, |device| {
        if saved < 5 {
            rename(device, family, &format!("Krajan {saved}"));
            saved += 1;
        }
    });
    assert!(report.is_done(), "{report}");
    sync_in_steps(&mut device, &server, |_| {});
    assert_same(&mut device, &server);
    assert_eq!(device.counts().unwrap().received, 6);
}

#[test]
fn a_signal_that_is_lost_on_the_way_is_no_different() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    register(&mut device, "sendiri");
    let mut waiting = Waiting::default();
    device.sync(&mut waiting, NOW_S).unwrap();
    waiting.came(Err(NoSignal("gone".into())));
    let report = device.sync(&mut waiting, NOW_S).unwrap();
    assert!(!report.is_done() && waiting.wanted().is_none());
    assert_eq!(device.unsent().unwrap(), 1);
    waiting.forget();
    sync_in_steps(&mut device, &server, |_| {});
    assert_same(&mut device, &server);
}
