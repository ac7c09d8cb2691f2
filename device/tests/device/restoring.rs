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

#[test]
fn what_others_had_pulled_is_handed_over_before_it_is_let_go() {
    let server = Server::new();
    let (mut lost, mut two) = (enrolled(&server, 1), enrolled(&server, 2));
    let kept = register(&mut two, "yang tinggal");
    sync(&mut two, &server);
    sync(&mut lost, &server);
    let backup = server.world().clone();
    let gone = register(&mut lost, "yang hilang");
    rename(&mut lost, kept.record, "yang hilang");
    sync(&mut lost, &server);
    sync(&mut two, &server);
    // The data goes back, and the phone that wrote is at the bottom of a river.
    *server.world() = backup;
    server.world().epoch = Epoch(5 << 64);
    sync(&mut two, &server);
    assert_same(&mut two, &server);
    let salvaged: Vec<_> = server.world().salvaged.iter().map(|record| record.id).collect();
    assert!(salvaged.contains(&gone.record) && salvaged.contains(&kept.record));
}

#[test]
fn a_server_that_takes_no_salvage_takes_nothing_away() {
    let server = Server::new();
    let (mut lost, mut two) = (enrolled(&server, 1), enrolled(&server, 2));
    let backup = server.world().clone();
    register(&mut lost, "yang hilang");
    sync(&mut lost, &server);
    sync(&mut two, &server);
    *server.world() = backup;
    server.world().epoch = Epoch(5 << 64);
    server.world().takes_salvage = false;
    register(&mut two, "yang tinggal");
    let report = two.sync(&mut server.clone(), NOW_S).unwrap();
    assert!(report.is_done() && !report.unequal.is_empty(), "{report}");
    assert_eq!(two.records(None, None).unwrap().len(), 2);
}

#[test]
fn an_area_that_the_server_lost_whole_is_handed_over_too() {
    let server = Server::new();
    let (mut lost, mut two) = (enrolled(&server, 1), enrolled(&server, 2));
    let backup = server.world().clone();
    let gone = register(&mut lost, "yang hilang");
    sync(&mut lost, &server);
    sync(&mut two, &server);
    *server.world() = backup;
    server.world().epoch = Epoch(5 << 64);
    sync(&mut two, &server);
    assert_same(&mut two, &server);
    assert_eq!(server.world().salvaged.iter().map(|record| record.id).collect::<Vec<_>>(), [gone.record]);
}
