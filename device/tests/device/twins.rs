//! A cloned phone: both branches are kept, the clone writes on under a number of its own.

use crate::fake::{DUWET, NOW_S, Server, worker};
use crate::hand::{HAMLET, assert_same, invitation, register, rename, sync, text, with_store};
use device::transport::{Fate, Flaky};
use device::{Device, Element, Form, Request, Store, Value};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A phone with one family and its copy, byte for byte.
struct Twins {
    server: Server,
    _folder: TempDir,
    clone: PathBuf,
    first: Device,
    second: Device,
}

impl Twins {
    fn new() -> Twins {
        Twins::copied_after(|_| {})
    }

    /// Copied when the first has done this without a signal.
    fn copied_after(work: impl FnOnce(&mut Device)) -> Twins {
        let folder = tempfile::tempdir().unwrap();
        let (path, clone) = (folder.path().join("one.sqlite"), folder.path().join("two.sqlite"));
        let server = Server::new();
        let mut first = with_store(Store::create(&path).unwrap(), 1);
        first.enrol(&mut server.clone(), &invitation(1), NOW_S).unwrap();
        register(&mut first, "bersama");
        sync(&mut first, &server);
        work(&mut first);
        drop(first);
        fs::copy(&path, &clone).unwrap();
        let first = with_store(Store::open(&path).unwrap(), 2);
        let second = with_store(Store::open(&clone).unwrap(), 3);
        Twins { server, _folder: folder, clone, first, second }
    }
}

fn shared(device: &mut Device) -> device::RecordId {
    device.records(Some("household"), None).unwrap()[0].id
}

fn pregnancy_of(device: &mut Device, mother: device::RecordId) -> device::RecordId {
    let mut form: Form = device.blank("pregnancy", DUWET).unwrap();
    form.set(1, Element::Whole, Value::Ref(mother.0));
    device.save(&form, worker(), NOW_S).unwrap().record
}

#[test]
fn both_branches_are_kept_and_references_follow() {
    let Twins { server, mut first, mut second, .. } = Twins::new();
    let common = shared(&mut first);
    let theirs = register(&mut first, "keluarga kembar pertama").record;
    rename(&mut first, common, "dari pertama");
    sync(&mut first, &server);
    let ours = register(&mut second, "keluarga kembar kedua").record;
    rename(&mut second, common, "dari kedua");
    let visit = pregnancy_of(&mut second, ours);
    assert_eq!(ours, theirs, "one name, two families");
    let report = sync(&mut second, &server);
    let (old, new) = report.relabelled[0];
    assert_ne!(old, new);
    let (ours, visit) = (second.name_now(ours).unwrap(), second.name_now(visit).unwrap());
    assert_eq!(second.view(ours).unwrap()["head_name"], "keluarga kembar kedua");
    assert_eq!(second.view(theirs).unwrap()["head_name"], "keluarga kembar pertama");
    assert_eq!(second.view(visit).unwrap()["mother_id"], ours.to_string());
    let siblings = second.record(common).unwrap().register(HAMLET, Element::Whole).unwrap().siblings().len();
    assert_eq!(siblings, 2, "neither branch hides the other");
    assert_eq!(second.counts().unwrap().saved, 4);
    sync(&mut first, &server);
    assert_eq!(first.view(ours).unwrap()["head_name"], "keluarga kembar kedua");
    register(&mut second, "sesudahnya");
    sync(&mut second, &server);
    sync(&mut first, &server);
    for device in [&mut first, &mut second] {
        let records = device.records(None, None).unwrap();
        assert_eq!(records.len(), server.world().records.len());
        assert!(records.iter().all(|record| server.world().records[&record.id].1 == *record));
    }
}

#[test]
fn a_copy_made_while_something_was_unsent_sends_on_too() {
    let Twins { server, mut first, mut second, .. } = Twins::copied_after(|first| {
        register(first, "belum terkirim saat disalin");
    });
    for _ in 0..3 {
        register(&mut first, "yang asli");
    }
    sync(&mut first, &server);
    for _ in 0..2 {
        register(&mut second, "salinan");
    }
    // What both share is known there, and signed for up to where the copy has it; the rest gets a number of its own.
    let report = second.sync(&mut server.clone(), NOW_S).unwrap();
    assert!(report.is_done(), "{report}");
    assert_eq!(second.unsent().unwrap(), 0);
    sync(&mut first, &server);
    assert_eq!(server.world().records.len(), 1 + 1 + 3 + 2);
    for device in [&mut first, &mut second] {
        assert_eq!(device.records(None, None).unwrap().len(), 7);
    }
}

#[test]
fn a_relabelling_that_is_cut_off_anywhere_ends_the_same() {
    let mut numbers = Vec::new();
    for lost in 1..14 {
        for fate in [Fate::LoseRequest, Fate::LoseReply] {
            let Twins { server, mut first, mut second, .. } = Twins::new();
            register(&mut first, "pertama");
            sync(&mut first, &server);
            let ours = register(&mut second, "kedua").record;
            let fates = |_: &Request, nth| if nth == lost { fate } else { Fate::Through };
            second.sync(&mut Flaky::new(server.clone(), fates), NOW_S).unwrap();
            // The phone dies, and something more is saved before there is a signal.
            register(&mut second, "ketiga");
            sync(&mut second, &server);
            let ours = second.name_now(ours).unwrap();
            assert_eq!(second.view(ours).unwrap()["head_name"], "kedua");
            numbers.push(ours);
            assert_eq!(server.world().records.len(), 4, "nothing is there twice");
        }
    }
    numbers.dedup();
    assert_eq!(numbers.len(), 1, "asking twice gives it twice");
}

#[test]
fn a_relabelling_that_fails_in_the_store_is_not_half_done() {
    let Twins { server, mut first, mut second, clone, _folder } = Twins::new();
    register(&mut first, "pertama");
    sync(&mut first, &server);
    let old = register(&mut second, "kedua").record;
    let common = shared(&mut second);
    rename(&mut second, common, "dari kedua");
    drop(second);
    let before = (server.world().clone(), fs::read(&clone).unwrap());
    for nth in 1.. {
        *server.world() = before.0.clone();
        fs::write(&clone, &before.1).unwrap();
        let mut second = with_store(Store::open(&clone).unwrap(), 3);
        second.store().faults.fail_at = Some(nth);
        let done = second.sync(&mut server.clone(), NOW_S).is_ok();
        drop(second);
        let mut second = with_store(Store::open(&clone).unwrap(), 4);
        sync(&mut second, &server);
        let ours = second.name_now(old).unwrap();
        assert_eq!(second.view(ours).unwrap()["head_name"], "kedua");
        assert_eq!(second.counts().unwrap().saved, 3);
        assert_eq!(server.world().records.len(), 3);
        if done {
            assert!(nth > 60, "{nth} calls");
            break;
        }
    }
}

#[test]
fn what_a_second_number_wrote_about_the_branch_follows_it() {
    let Twins { server, mut first, mut second, .. } = Twins::new();
    let midwife = device::RecordId::of_dot(device::Dot::new(device::ActorId(0xfffe), 1));
    second.take_number(&mut server.clone(), Some(midwife), NOW_S).unwrap();
    register(&mut first, "pertama");
    sync(&mut first, &server);
    let ours = register(&mut second, "kedua").record;
    let mut form = second.open(ours).unwrap();
    form.set(HAMLET, Element::Whole, text("dari bidan"));
    second.save(&form, midwife, NOW_S).unwrap();
    sync(&mut second, &server);
    let ours = second.name_now(ours).unwrap();
    let view = second.view(ours).unwrap();
    assert_eq!((view["hamlet"].as_str(), view["head_name"].as_str()), (Some("dari bidan"), Some("kedua")));
    assert_eq!(second.record(ours).unwrap().register(HAMLET, Element::Whole).unwrap().siblings().len(), 1);
    assert_eq!(server.world().records.len(), 3);
    let mut third = with_store(Store::in_memory(), 9);
    third.enrol(&mut server.clone(), &invitation(9), NOW_S).unwrap();
    sync(&mut third, &server);
    assert_same(&mut third, &server);
}
