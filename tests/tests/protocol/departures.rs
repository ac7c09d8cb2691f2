//! Records that turn out to live elsewhere.
//!
//! The rule this suite protects: *a row that is gone is told* (counterexample 11): whoever held a record of her area
//! learns that it lives in another, and her sum agrees with the server's again.

use lumbung_tests::people::{DUWET, TUMPANG};
use lumbung_tests::{Pen, Pulled, Server, on_both};
use std::collections::BTreeMap;
use sync_core::{Digest, Record, RecordId, Value};

/// Takes a pull in as a client must, and looks that what it holds adds up.
#[track_caller]
fn take(held: &mut BTreeMap<RecordId, Record>, pulled: &Pulled, area: &str) {
    pulled.merge_into(held);
    let departed = pulled.pages.iter().flat_map(|page| &page.departed);
    for (area, id) in departed {
        if held.get(id).is_some_and(|record| record.home.area == *area) {
            held.remove(id);
        }
    }
    assert_eq!(pulled.standing(area).digest, Digest::of_all(held.values()));
}

on_both! {
    fn a_record_that_lives_elsewhere_leaves_word_where_it_was(server: Server) {
        let admin = server.admin();
        let mut here = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut maker = Pen::of(&server, &admin, "kader.dua", "kader", &[TUMPANG], 2);
        // Known from a printed code before its maker had signal.
        let house = maker.create("household", &[]);
        here.edit("household", house, "rt", Value::Text("001".into()), &[]);
        here.create("household", &[]);
        here.push(&server);
        let mut held = BTreeMap::new();
        let first = Pulled::all(&server, &here.token);
        take(&mut held, &first, DUWET);
        assert_eq!(held[&house].home.area, DUWET.parse().unwrap());
        maker.push(&server);
        let next = Pulled::since(&server, &here.token, &first.cursor);
        assert_eq!(next.pages[0].departed, [(DUWET.parse().unwrap(), house)]);
        take(&mut held, &next, DUWET);
        assert!(!held.contains_key(&house) && held.len() == 1);
        // It is told once; who begins anew never held it.
        let after = Pulled::since(&server, &here.token, &next.cursor);
        assert!(after.pages[0].departed.is_empty());
        assert_eq!(Pulled::all(&server, &here.token).records().len(), 1);
        // Where it lives it came with both writes.
        let there = Pulled::all(&server, &maker.token).records();
        assert_eq!(there[&house].home.area, TUMPANG.parse().unwrap());
        assert_eq!(there[&house].origins().len(), 2);
    }
}
