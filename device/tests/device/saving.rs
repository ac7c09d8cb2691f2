//! Compare-and-set, several people on one device, natural keys.

use crate::fake::{DUWET, NOW_S, Server, worker};
use crate::hand::{HAMLET, HEAD_NAME, assert_same, enrolled, register, rename, sync, text};
use device::{ActorId, Dot, Element, Error, RecordId, Stale, Value, new_line};
use sync_core::{Change, Edit};

fn midwife() -> RecordId {
    RecordId::of_dot(Dot::new(ActorId(0xfffe), 1))
}

#[test]
fn nobody_replaces_what_she_has_not_seen_on_one_phone() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let family = register(&mut device, "Keluarga").record;
    let mut kader = device.open(family).unwrap();
    kader.set(HAMLET, Element::Whole, text("dari kader"));
    rename(&mut device, family, "dari bidan");
    let place = (HAMLET, Element::Whole);
    assert_eq!(device.save(&kader, worker(), NOW_S).unwrap_err(), Error::Stale(Stale(vec![place])));
    assert_eq!(device.save_beside(&kader, worker(), NOW_S).unwrap_err(), Error::NoSecondNumber);
    let second = device.take_number(&mut server.clone(), None, NOW_S).unwrap();
    assert_eq!(device.save_beside(&kader, worker(), NOW_S).unwrap().dot, Dot::new(second, 1));
    let siblings = device.record(family).unwrap().register(HAMLET, Element::Whole).unwrap().siblings().len();
    assert_eq!(siblings, 2, "both values are kept");
    sync(&mut device, &server);
    assert_same(&mut device, &server);
}

#[test]
fn each_author_may_have_a_number_of_her_own() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let own = device.take_number(&mut server.clone(), Some(midwife()), NOW_S).unwrap();
    let family = register(&mut device, "Keluarga").record;
    let mut form = device.open(family).unwrap();
    form.set(HAMLET, Element::Whole, text("dari bidan"));
    let saved = device.save(&form, midwife(), NOW_S).unwrap();
    assert_eq!(saved.dot, Dot::new(own, 1));
    assert_eq!(rename(&mut device, family, "dari kader").dot.seq, 2);
    let shown = device.view(family).unwrap();
    assert_eq!(shown["hamlet"], "dari kader", "the later one had seen the earlier one");
    sync(&mut device, &server);
    assert_same(&mut device, &server);
}

#[test]
fn the_same_report_from_two_phones_is_one_record() {
    let server = Server::new();
    let (mut one, mut two) = (enrolled(&server, 1), enrolled(&server, 2));
    let kampung = Value::Ref(RecordId::of_dot(Dot::new(ActorId(5), 5)).0);
    let mut record = None;
    for (device, users) in [(&mut one, 10), (&mut two, 12)] {
        let mut form = device.blank("kampung_kb_monthly", DUWET).unwrap();
        form.set(1, Element::Whole, kampung.clone());
        assert_eq!(device.save(&form, worker(), NOW_S).unwrap_err(), Error::IncompleteKey);
        form.set(2, Element::Whole, Value::Month(682)).set(6, Element::Whole, Value::Int(users));
        record = Some(device.save(&form, worker(), NOW_S).unwrap().record);
        let again = device.save(&form, worker(), NOW_S).unwrap_err();
        assert!(matches!(again, Error::Stale(_)), "the report that is there is shown first");
    }
    sync(&mut one, &server);
    sync(&mut two, &server);
    sync(&mut one, &server);
    assert_eq!(one.records(Some("kampung_kb_monthly"), None).unwrap().len(), 1);
    let users = one.record(record.unwrap()).unwrap();
    assert_eq!(users.register(6, Element::Whole).unwrap().siblings().len(), 2);
    assert_same(&mut one, &server);
}

#[test]
fn a_deleted_record_is_deleted_for_everyone() {
    let server = Server::new();
    let (mut one, mut two) = (enrolled(&server, 1), enrolled(&server, 2));
    let family = register(&mut one, "Keluarga").record;
    one.delete(family, Vec::new(), worker(), NOW_S).unwrap();
    sync(&mut one, &server);
    sync(&mut two, &server);
    assert_eq!(two.record(family).unwrap().life(), sync_core::Life::Deleted);
}

#[test]
fn new_lines_are_named_by_the_change_that_makes_them() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let kind = device.schema().kind_named("menu_recipe").unwrap();
    let list = kind.fields.iter().find(|field| field.shape == schema::Shape::List).unwrap();
    let mut form = device.blank("menu_recipe", DUWET).unwrap();
    form.set(list.number, new_line(0), Value::Null).set(list.number, new_line(1), Value::Null);
    let saved = device.save(&form, worker(), NOW_S).unwrap();
    let record = device.record(saved.record).unwrap();
    let Dot { actor, seq } = saved.dot;
    let lines: Vec<_> = record.field(list.number).iter().map(|(place, _)| place.1).collect();
    assert_eq!(lines, [0, 1].map(|nth| Element::Line { actor: actor.0, seq, nth }));
}

#[test]
fn a_key_that_is_not_here_is_missed_before_anything_is_saved() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let mut form = device.blank("pregnancy", DUWET).unwrap();
    let sealed = device.schema().kind_named("pregnancy").unwrap().fields.iter().find(|field| field.sealed);
    let stranger = RecordId::of_dot(Dot::new(ActorId(8), 8));
    form.set(1, Element::Whole, Value::Ref(stranger.0));
    form.set(sealed.unwrap().number, Element::Whole, text("catatan"));
    assert!(matches!(device.save(&form, worker(), NOW_S).unwrap_err(), Error::Unsealed(_)));
    assert_eq!(device.counts().unwrap().saved, 0);
}

#[test]
fn a_plan_is_played_under_the_devices_own_name() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let kind = device.schema().kind_named("household").unwrap();
    let made = device.save_made(worker(), DUWET, kind.form_version, NOW_S, |origin| {
        let value = device::SealKey([5; 32]).seal(origin.dot, (HEAD_NAME, Element::Whole), &text("rencana"));
        let edit = Edit { field: HEAD_NAME, element: Element::Whole, context: Default::default(), value };
        let record = RecordId::of_dot(origin.dot);
        let change =
            Change { origin, record, kind: kind.number, edits: vec![sync_core::record::birth(), edit] };
        Ok::<_, Error>((change, vec![(record, device::SealKey([5; 32]))]))
    });
    let made = made.unwrap();
    assert_eq!(device.view(made.record).unwrap()["head_name"], "rencana");
    sync(&mut device, &server);
    assert_same(&mut device, &server);
}

#[test]
fn several_acts_together_are_all_there_or_none() {
    let server = Server::new();
    let mut device = enrolled(&server, 1);
    let answer = device.together(|device| {
        register(device, "satu");
        register(device, "dua");
        Err::<(), _>(Error::IncompleteKey)
    });
    assert_eq!(answer, Err(Error::IncompleteKey));
    assert_eq!((device.counts().unwrap().saved, device.records(None, None).unwrap().len()), (0, 0));
    device.together(|device| Ok::<_, Error>(register(device, "satu"))).unwrap();
    assert_eq!(device.counts().unwrap().saved, 1);
}
