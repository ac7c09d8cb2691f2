//! Every store call fails once: nothing is half done, nothing that was said to be saved is lost.

use crate::fake::{NOW_S, Server, worker};
use crate::hand::{HAMLET, assert_same, enrolled, register, rename, sync, text};
use device::{Device, Element, Error};

/// Runs `act` on a device that `make` makes, once for every store call it takes, and lets that call fail. `judge` looks
/// at the device afterwards and is told whether the act went through.
fn fail_every_call(
    make: impl Fn() -> (Server, Device),
    act: impl Fn(&Server, &mut Device) -> Result<(), Error>,
    judge: impl Fn(&Server, &mut Device, bool),
) -> u64 {
    for nth in 1.. {
        let (server, mut device) = make();
        device.store().faults.calls = 0;
        device.store().faults.fail_at = Some(nth);
        let done = act(&server, &mut device).is_ok();
        let calls = device.store().faults.calls;
        device.store().faults.fail_at = None;
        judge(&server, &mut device, done);
        if calls < nth {
            assert!(done, "without a failing call all goes well");
            return nth - 1;
        }
    }
    unreachable!()
}

#[test]
fn a_save_happens_whole_or_not_at_all() {
    let make = || {
        let server = Server::new();
        let mut device = enrolled(&server, 1);
        register(&mut device, "Keluarga");
        (server, device)
    };
    let act = |_: &Server, device: &mut Device| {
        let family = device.records(None, None)?.first().map(|record| record.id).unwrap();
        let mut form = device.open(family)?;
        form.set(HAMLET, Element::Whole, text("Baru"));
        device.save(&form, worker(), NOW_S).map(|_| ())
    };
    let calls = fail_every_call(make, act, |server, device, done| {
        let saved = device.counts().unwrap().saved;
        let hamlet = device.records(None, None).unwrap()[0].clone();
        let hamlet = hamlet.register(HAMLET, Element::Whole).unwrap().siblings()[0].value.clone();
        assert_eq!(saved == 2, hamlet == text("Baru"), "change and record are stored together");
        assert!(saved == 2 || !done, "what was said to be saved is");
        let family = device.records(None, None).unwrap()[0].id;
        rename(device, family, "Lalu");
        sync(device, server);
        assert_same(device, server);
    });
    assert!(calls > 8, "{calls} calls");
}

#[test]
fn a_sync_that_fails_anywhere_goes_on_where_it_was() {
    let make = || {
        let server = Server::new();
        let mut other = enrolled(&server, 2);
        register(&mut other, "dari yang lain");
        sync(&mut other, &server);
        let mut device = enrolled(&server, 1);
        let family = register(&mut device, "Keluarga").record;
        let mut form = device.open(family).unwrap();
        form.set(crate::hand::RW, Element::Whole, text("terlalu panjang"));
        device.save(&form, worker(), NOW_S).unwrap();
        (server, device)
    };
    let act = |server: &Server, device: &mut Device| {
        device.sync(&mut server.clone(), NOW_S).map(|report| assert!(report.is_done(), "{report}"))
    };
    let calls = fail_every_call(make, act, |server, device, _| {
        sync(device, server);
        assert_same(device, server);
        assert_eq!(device.held().unwrap().len(), 1, "what is held is known");
        assert_eq!(server.world().keys.len(), 2);
    });
    assert!(calls > 40, "{calls} calls");
}
