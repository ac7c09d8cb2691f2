//! What lives above a village is read there.
//!
//! The rule this suite protects: *reading reaches upwards, writing does not*, and neither reaches sideways.

use lumbung_tests::people::{DUWET, ELSEWHERE, TUMPANG};
use lumbung_tests::{Pen, Pulled, Server, on_both};
use std::collections::BTreeSet;
use sync_core::{ErrorCode, RecordId, Refusal, Value};

on_both! {
    fn a_village_reads_its_district_and_no_other_village(server: Server) {
        let admin = server.admin();
        let mut office = Pen::of(&server, &admin, "kantor", "district_admin", &["35.07"], 1);
        let mut kader = Pen::kader(&server, &admin, "kader.satu", 2);
        let recipe = make(&mut office, "35.07", "menu_recipe");
        let meeting = make(&mut office, "35.07.16", "lokmin_meeting");
        let colleague = make(&mut office, DUWET, "worker");
        let foreign = [("35.07.17", "lokmin_meeting"), (TUMPANG, "worker"), (ELSEWHERE, "household")]
            .map(|(area, kind)| make(&mut office, area, kind));
        office.push(&server);
        let mut pulled = Pulled::all(&server, &kader.token);
        let read: BTreeSet<_> = pulled.records().into_keys().collect();
        assert_eq!(read, BTreeSet::from([recipe, meeting, colleague]));
        let history = |id| server.get(&format!("/v1/records/{id}/history"), Some(&kader.token));
        assert_eq!(history(recipe).status, 200);
        foreign.iter().for_each(|id| history(*id).refused(ErrorCode::NotFound));
        // What is new above comes by the cursor, as what is new in the village does.
        make(&mut office, "35.07", "menu_recipe");
        office.push(&server);
        pulled = Pulled::since(&server, &kader.token, &pulled.cursor);
        assert_eq!(pulled.records().len(), 1);
        // She reads it and may not write there.
        kader.area = "35.07".parse().unwrap();
        kader.edit("menu_recipe", recipe, "name", Value::Text("Bubur Manado".into()), &[]);
        let held = kader.push(&server).held;
        assert_eq!(held.iter().map(|held| held.reason).collect::<Vec<_>>(), [Refusal::OutOfScope]);
    }
}

fn make(office: &mut Pen, area: &str, kind: &str) -> RecordId {
    office.area = area.parse().unwrap();
    office.create(kind, &[])
}
