//! What becomes of offline chains that arrive out of order.
//!
//! The rule this suite protects: *the order of arrival decides nothing*: whatever order the server hears a chain in, it
//! ends in the record that the core makes of the same changes, and lists exactly the cases that a person must look at.

use crate::backup::restored;
use fieldwork::catalogue::{CHAINS, Chain, Name};
use lumbung_tests::pen::{edit, field_of, number_of, value_of};
use lumbung_tests::people::DUWET;
use lumbung_tests::pulled::record_of;
use lumbung_tests::{Pen, Pulled, Server, cases, on_both};
use schema::{Schema, Value};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use sync_core::record::{birth, deletion};
use sync_core::{Change, Closed, Digest, Dot, Life, Record, RecordId, Stamp, TOMBSTONE};

/// A chain that arrives in one of its orders, under the numbers that its phones gave.
struct Play {
    chain: &'static Chain,
    /// In order of arrival.
    names: Vec<Name>,
    dots: BTreeMap<Name, Dot>,
}

/// Every order in which a server can hear a chain: that of each phone is kept.
fn arrivals(chain: &'static Chain) -> Vec<Vec<Name>> {
    fn grow(heard: &[Name], left: &BTreeSet<Name>, all: &mut Vec<Vec<Name>>) {
        if left.is_empty() {
            all.push(heard.to_vec());
        }
        for phone in left.iter().map(|name| name.phone).collect::<BTreeSet<u8>>() {
            let next = *left.iter().find(|name| name.phone == phone).unwrap();
            let mut rest = left.clone();
            rest.remove(&next);
            grow(&[heard, &[next]].concat(), &rest, all);
        }
    }
    let mut all = Vec::new();
    grow(&[], &chain.names().into_iter().collect(), &mut all);
    all
}

impl Play {
    /// Its changes in the order of the table: each number is an hour, ten days ago.
    fn changes(&self, pens: &BTreeMap<u8, Pen>) -> Vec<Change> {
        self.chain.changes(|name| {
            let pen = &pens[&name.phone];
            let at_s = pens[&b'A'].at_s - 864_000 + 3600 * name.nth as i64;
            let mut origin = pen.origin(self.dots[&name]);
            origin.stamp = Stamp::of_second(at_s);
            origin.device_time_s = at_s;
            origin
        })
    }

    /// What the core makes of it.
    fn record(&self, pens: &BTreeMap<u8, Pen>) -> Record {
        record_of(&self.changes(pens))
    }
}

/// Phones `A` to `E`, ascending by their numbers as those of the table are.
fn phones(server: &Server, admin: &str) -> BTreeMap<u8, Pen> {
    let pen = |nth: u8| Pen::kader(server, admin, &format!("kader.{nth}"), nth);
    let mut pens: Vec<Pen> = (1..=5).map(pen).collect();
    pens.sort_by_key(Pen::actor);
    (b'A'..).zip(pens).collect()
}

/// Every chain in every order, sent in steps: the first write of each, then the second of each, ...
fn play(server: &Server, pens: &mut BTreeMap<u8, Pen>) -> Vec<Play> {
    let mut plays: Vec<Play> = CHAINS
        .iter()
        .flat_map(|chain| {
            let play = |names| Play { chain, names, dots: BTreeMap::new() };
            arrivals(chain).into_iter().map(play)
        })
        .collect();
    let mut given: BTreeMap<u8, u64> = BTreeMap::new();
    let steps = plays.iter().map(|play| play.names.len()).max().unwrap();
    for step in 0..steps {
        for play in plays.iter_mut().filter(|play| step < play.names.len()) {
            let name = play.names[step];
            let seq = given.entry(name.phone).or_default();
            *seq += 1;
            play.dots.insert(name, Dot::new(pens[&name.phone].actor(), *seq));
        }
    }
    for step in 0..steps {
        for play in plays.iter().filter(|play| step < play.names.len()) {
            let dot = play.dots[&play.names[step]];
            let change = play.changes(pens).into_iter().find(|change| change.origin.dot == dot);
            pens.get_mut(&play.names[step].phone).unwrap().unsent.push(change.unwrap());
        }
        for pen in pens.values_mut().filter(|pen| !pen.unsent.is_empty()) {
            assert_eq!(pen.push(server).held, []);
        }
    }
    plays
}

/// What a case of the table is called in the list.
fn names_of(cases: &[Json]) -> Vec<&str> {
    cases.iter().map(|case| case["field"].as_str().unwrap()).collect()
}

/// The one case of a record.
#[track_caller]
fn only_case(server: &Server, token: &str, record: RecordId) -> Json {
    let mut listed = cases::of_record(server, token, record);
    assert_eq!(listed.len(), 1, "{listed:?}");
    listed.remove(0)
}

fn status(text: &str) -> Value {
    value_of("household", "verval_status", text)
}

on_both! {
    fn every_chain_of_the_catalogue_ends_as_the_core_says_in_every_order(server: Server) {
        server.admin();
        // What had been seen can arrive after what saw it only where data went back: elsewhere it is `unsent_seen`.
        let server = restored(&server, server.database.kind);
        let admin = server.login("admin");
        let mut pens = phones(&server, &admin);
        let plays = play(&server, &mut pens);
        assert!(plays.len() > 300, "{}", plays.len());
        let pulled = Pulled::all(&server, &pens[&b'A'].token);
        let records = pulled.records();
        assert_eq!(records.len(), plays.len());
        let listed = cases::all(&server, &admin, "");
        for play in &plays {
            let (chain, wanted) = (play.chain, play.record(&pens));
            let record = &records[&wanted.id];
            assert_eq!(record, &wanted, "{}: {:?}", chain.story, play.names);
            assert_eq!(record.life(), chain.life, "{}", chain.story);
            let view = record.view(Schema::builtin(), &Closed);
            let fields = view.iter().filter(|shown| shown.place.0 != TOMBSTONE);
            let fields: Vec<_> = fields.map(|shown| (shown.place, shown.value.clone().into_owned())).collect();
            assert_eq!(fields, chain.shown(), "{}", chain.story);
            let open: Vec<Json> =
                listed.iter().filter(|case| case["record"] == json!(wanted.id)).cloned().collect();
            assert_eq!(names_of(&open), chain.cases, "{}: {:?}", chain.story, play.names);
            let ids: Vec<Json> =
                wanted.cases(Schema::builtin(), &Closed).iter().map(|case| json!(case.id)).collect();
            assert_eq!(open.iter().map(|case| case["id"].clone()).collect::<Vec<_>>(), ids);
        }
        assert_eq!(pulled.standing(DUWET).digest, Digest::of_all(records.values()));
    }

    fn a_case_says_who_wrote_what_having_seen_what(server: Server) {
        let admin = server.admin();
        let mut one = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut two = Pen::kader(&server, &admin, "kader.dua", 2);
        let made = one.next_dot();
        let household = one.create("household", &[("verval_status", status("found"))]);
        one.push(&server);
        two.at_s += 60;
        let first = one.edit("household", household, "verval_status", status("moved"), &[]);
        let second = two.edit("household", household, "verval_status", status("duplicate"), &[made]);
        let authors = [one.unsent[0].origin.author, two.unsent[0].origin.author];
        one.push(&server);
        assert_eq!(cases::of_record(&server, &admin, household), Vec::<Json>::new());
        two.push(&server);
        let case = only_case(&server, &admin, household);
        assert_eq!(case["cause"], "field");
        assert_eq!((&case["kind"], &case["area"]), (&json!("household"), &json!(DUWET)));
        let mut candidates = case["candidates"].as_array().unwrap().clone();
        candidates.sort_by_key(|candidate| candidate["dot"] != json!(first));
        let wanted = [(first, authors[0], "moved", false), (second, authors[1], "duplicate", true)];
        assert_eq!(candidates.len(), 2);
        for (candidate, (dot, author, value, shown)) in candidates.iter().zip(wanted) {
            assert_eq!(candidate["dot"], json!(dot));
            assert_eq!(candidate["author"], json!(author));
            assert_eq!((&candidate["value"], &candidate["shown"]), (&json!(value), &json!(shown)));
            assert_eq!(candidate["seen"], if dot.actor == made.actor { json!([]) } else { json!([made]) });
        }
    }

    fn a_decision_closes_the_case_and_what_had_not_seen_it_opens_another(server: Server) {
        let admin = server.admin();
        let mut kader = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut other = Pen::kader(&server, &admin, "kader.dua", 2);
        let mut lost = Pen::kader(&server, &admin, "kader.tiga", 3);
        let mut plkb = Pen::of(&server, &admin, "plkb.satu", "plkb", &[DUWET], 4);
        let made = kader.next_dot();
        let household = kader.create("household", &[("verval_status", status("found"))]);
        kader.push(&server);
        let first = kader.edit("household", household, "verval_status", status("moved"), &[]);
        let second = other.edit("household", household, "verval_status", status("duplicate"), &[made]);
        kader.push(&server);
        other.push(&server);
        let case = only_case(&server, &plkb.token, household);
        let id = case["id"].as_str().unwrap().parse().unwrap();
        plkb.edit("household", household, "verval_status", status("moved"), &[first, second]);
        plkb.create("conflict_decision", &[
            ("case_id", Value::Ref(id)),
            ("record_id", Value::Ref(household.0)),
            ("resolution", value_of("conflict_decision", "resolution", "keep_a")),
        ]);
        assert_eq!(plkb.push(&server).held, []);
        assert_eq!(cases::of_record(&server, &plkb.token, household), Vec::<Json>::new());
        // Away for weeks, with what it held before all this.
        lost.at_s -= 20 * 86_400;
        lost.edit("household", household, "verval_status", status("not_found"), &[made]);
        lost.push(&server);
        let again = only_case(&server, &plkb.token, household);
        assert_ne!(again["id"], case["id"]);
        assert_eq!(again["candidates"].as_array().unwrap().len(), 2);
    }

    fn a_deletion_that_had_not_seen_all_is_listed_and_the_record_stays_shown(server: Server) {
        let admin = server.admin();
        let mut one = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut two = Pen::kader(&server, &admin, "kader.dua", 2);
        for deletion_first in [true, false] {
            let household = one.create("household", &[("rt", Value::Text("001".into()))]);
            let seen = record_of(&one.unsent);
            one.push(&server);
            two.save(number_of("household"), household, vec![deletion(&seen, two.actor(), Vec::new())]);
            let made = seen.origins()[0].dot;
            one.edit("household", household, "rt", Value::Text("002".into()), &[]);
            assert_eq!(seen.id.dot(), Some(made));
            let pens = if deletion_first { [&mut two, &mut one] } else { [&mut one, &mut two] };
            for pen in pens {
                pen.push(&server);
            }
            let case = only_case(&server, &admin, household);
            assert_eq!((&case["cause"], &case["field"]), (&json!("deleted_unseen"), &json!("tombstone")));
            let record = Pulled::all(&server, &one.token).records().remove(&household).unwrap();
            assert_eq!(record.life(), Life::Contested);
        }
    }

    fn what_two_phones_name_alike_meets_in_one_record(server: Server) {
        let admin = server.admin();
        let mut one = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut two = Pen::kader(&server, &admin, "kader.dua", 2);
        let household = one.create("household", &[]);
        let kind = Schema::builtin().kind_named("risk_screening").unwrap();
        let key = [("household_id", Value::Ref(household.0)), ("round", value_of("risk_screening", "round", "2026-07"))];
        let of_key = |field: u16| {
            key.iter().find(|(name, _)| field_of(&kind.name, name) == field).map(|(_, value)| value)
        };
        let id = sync_core::natural_key::natural_id(kind, one.area, of_key).unwrap();
        for pen in [&mut one, &mut two] {
            let mut edits = vec![birth()];
            edits.extend(key.iter().map(|(field, value)| edit(&kind.name, field, value.clone(), &[])));
            edits.sort_by_key(|edit| edit.field);
            pen.save(kind.number, id, edits);
            assert_eq!(pen.push(&server).held, []);
        }
        let records = Pulled::all(&server, &two.token).records();
        assert_eq!(records[&id].origins().len(), 2);
        assert_eq!(cases::all(&server, &admin, ""), Vec::<Json>::new());
    }
}
