//! Work that arrives in another order than it was done.
//!
//! The rule this suite protects: *whoever comes first, everybody ends with the same*: a member before its household, an edit
//! before the change that makes its record (counterexample 11).

use lumbung_tests::pen::field_of;
use lumbung_tests::people::{DUWET, TUMPANG};
use lumbung_tests::{Pen, Pulled, Server, on_both};
use schema::{Element, Value};
use sync_core::{AreaCode, Record, RecordId};

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn values(record: &Record, field: &str) -> Vec<Value> {
    let register = record.register(field_of("household", field), Element::Whole);
    register.map_or(vec![], |register| register.siblings().iter().map(|w| w.value.clone()).collect())
}

/// The record that the pen's next change makes.
fn next_record(pen: &Pen) -> RecordId {
    RecordId::of_dot(pen.next_dot())
}

on_both! {
    fn a_member_may_come_before_its_household(server: Server) {
        let admin = server.admin();
        let mut first = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut second = Pen::kader(&server, &admin, "kader.dua", 2);
        let house = first.create("household", &[("rt", text("001"))]);
        let member = second.create("member", &[("household_id", Value::Ref(house.0))]);
        assert_eq!(second.push(&server).held, []);
        let before = Pulled::all(&server, &admin);
        assert_eq!(before.proven().keys().collect::<Vec<_>>(), [&member]);
        assert_eq!(first.push(&server).held, []);
        let records = Pulled::all(&server, &admin).proven();
        assert_eq!(records.len(), 2);
        assert_eq!(values(&records[&house], "rt"), [text("001")]);
        // Who had pulled the one gets the other, and holds the same.
        let mut pulled = Pulled::since(&server, &admin, &before.cursor);
        pulled.pages.splice(..0, before.pages);
        assert_eq!(pulled.proven(), records);
    }

    fn an_edit_may_come_before_the_create_of_its_record(server: Server) {
        let admin = server.admin();
        let mut maker = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut editor = Pen::kader(&server, &admin, "kader.dua", 2);
        let made = maker.next_dot();
        let house = maker.create("household", &[("rt", text("001")), ("rw", text("001"))]);
        // Handed over by cable, so to speak: this one has seen what the server has not.
        editor.edit("household", house, "rw", text("002"), &[]);
        assert_eq!(editor.push(&server).held, []);
        let early = &Pulled::all(&server, &editor.token).proven()[&house];
        assert_eq!((early.home.area, values(early, "rt")), (DUWET.parse().unwrap(), vec![]));
        assert_eq!(maker.push(&server).held, []);
        editor.edit("household", house, "rt", text("002"), &[made]);
        assert_eq!(editor.push(&server).held, []);
        let settled = &Pulled::all(&server, &admin).proven()[&house];
        assert_eq!(values(settled, "rt"), [text("002")]);
        // The two that did not see each other stand beside each other.
        assert_eq!(values(settled, "rw").len(), 2);
    }

    fn a_create_settles_where_a_record_lives_that_came_before_it(server: Server) {
        let admin = server.admin();
        let mut maker = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut editor = Pen::of(&server, &admin, "kader.dua", "kader", &[TUMPANG, DUWET], 2);
        let neighbour = Pen::of(&server, &admin, "kader.tiga", "kader", &[TUMPANG], 3);
        let house = next_record(&maker);
        maker.create("household", &[("rt", text("001"))]);
        editor.edit("household", house, "rw", text("002"), &[]);
        editor.create("household", &[]);
        assert_eq!(editor.push(&server).held, []);
        let home = |token: &str| Pulled::all(&server, token).proven().get(&house).map(|record| record.home.area);
        let (duwet, tumpang): (AreaCode, AreaCode) = (DUWET.parse().unwrap(), TUMPANG.parse().unwrap());
        assert_eq!(home(&neighbour.token), Some(tumpang));
        let seen = Pulled::all(&server, &editor.token);
        assert_eq!(maker.push(&server).held, []);
        assert_eq!(home(&admin), Some(duwet));
        assert_eq!(home(&maker.token), Some(duwet));
        assert_eq!(home(&neighbour.token), None);
        // Who reads both and goes on from where she was learns it too.
        let mut pulled = Pulled::since(&server, &editor.token, &seen.cursor);
        pulled.pages.splice(..0, seen.pages);
        let records = pulled.records();
        assert_eq!(records[&house].home.area, duwet);
        assert_eq!(records, Pulled::all(&server, &editor.token).proven());
    }

    fn the_series_of_two_phones_may_interleave_in_any_way(server: Server) {
        let admin = server.admin();
        let mut last: Option<Vec<Vec<Value>>> = None;
        for (nth, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].iter().enumerate() {
            let mut pens: Vec<Pen> = (0..3u8)
                .map(|pen| {
                    let seed = 3 * nth as u8 + pen + 1;
                    Pen::kader(&server, &admin, &format!("kader.{seed}"), seed)
                })
                .collect();
            let house = next_record(&pens[0]);
            pens[0].create("household", &[("rt", text("001")), ("rw", text("001"))]);
            pens[1].edit("household", house, "rt", text("002"), &[]);
            pens[2].edit("household", house, "hamlet", text("Krajan"), &[]);
            for pen in order {
                assert_eq!(pens[*pen].push(&server).held, []);
            }
            let record = &Pulled::all(&server, &admin).proven()[&house];
            let mut shown: Vec<_> = ["rt", "rw", "hamlet"].map(|field| values(record, field)).to_vec();
            shown[0].sort_by_key(|value| format!("{value:?}"));
            assert_eq!(*last.get_or_insert_with(|| shown.clone()), shown, "{order:?}");
        }
    }
}
