//! Servers that come back from a backup, announced or not.

use crate::fake::{NOW_S, Server};
use crate::hand::{assert_same, enrolled, register, rename, sync};
use sync_core::Epoch;

#[test]
fn a_restored_server_gets_back_what_it_lost() {
    let server = Server::new();
    let (mut one, mut two) = (enrolled(&server, 1), enrolled(&server, 2));
    let first = register(&mut one, "sebelum");
    sync(&mut one, &server);
    let backup = server.world().clone();
    rename(&mut one, first.record, "sesudah");
    register(&mut one, "sesudah");
    sync(&mut one, &server);
    sync(&mut two, &server);
    // An admin copies the file back and tells nobody: the same epoch.
    *server.world() = backup;
    register(&mut one, "lalu");
    let epoch = server.world().epoch;
    sync(&mut one, &server);
    assert_ne!(server.world().epoch, epoch, "the receipt proved the rollback");
    sync(&mut two, &server);
    assert_same(&mut one, &server);
    assert_same(&mut two, &server);
}

#[test]
fn a_device_with_nothing_to_send_still_tells_a_server_what_it_forgot() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    register(&mut device, "satu");
    sync(&mut device, &server);
    let backup = server.world().clone();
    register(&mut device, "dua");
    sync(&mut device, &server);
    *server.world() = backup;
    // With its next token.
    let report = device.sync(&mut server.clone(), NOW_S + 7200).unwrap();
    assert!(report.is_done(), "{report}");
    assert_same(&mut device, &server);
}

#[test]
fn what_nobody_holds_any_more_is_listed_as_a_loss_and_the_series_goes_on() {
    let server = Server::new();
    server.world().backed_up = true;
    let mut device = enrolled(&server, 1);
    let start = server.world().clone();
    for n in 0..3 {
        register(&mut device, &format!("Keluarga {n}"));
        sync(&mut device, &server);
    }
    let actor = device.enrolled().unwrap().actor;
    let oldest = device.store().oldest_held(actor).unwrap();
    assert_eq!(oldest, None, "the server said that its backups hold them");
    *server.world() = start;
    register(&mut device, "yang baru");
    let report = device.sync(&mut server.clone(), NOW_S).unwrap();
    assert!(report.is_done(), "{report}");
    assert_eq!(server.world().losses, [(actor, 1, 3)]);
    assert_eq!(device.unsent().unwrap(), 0);
    assert_eq!(server.world().series[&actor].mark.seq, 4);
}

#[test]
fn after_an_announced_restore_everything_is_compared_and_nothing_removed() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    register(&mut device, "satu");
    sync(&mut device, &server);
    server.world().epoch = Epoch(5 << 64);
    sync(&mut device, &server);
    assert_same(&mut device, &server);
}
