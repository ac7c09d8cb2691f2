//! Two districts on one server.
//!
//! The rule this suite protects: *a district never sees another's data*, not by a page, a table, a history or a name
//! that somebody guessed.

use lumbung_tests::people::DUWET;
use lumbung_tests::{Pen, Phone, Pulled, Server, on_both};
use schema::Value;
use sync_core::{ErrorCode, Refusal};

/// A village of Kabupaten Lumajang.
const NEIGHBOUR: &str = "35.08.01.2001";

/// The phone of somebody in the neighbouring district, added from the console.
fn neighbour(server: &Server, login: &str, role: &str, area: &str, seed: u8) -> Pen {
    let add = ["admin", "add-person", login, "--role", role, "--area", area];
    assert!(server.command(&add).status.success());
    let invited = String::from_utf8(server.command(&["admin", "invite", login]).stdout).unwrap();
    let code = invited.lines().last().unwrap();
    Pen::new(server, Phone::enrol(server, code, seed), NEIGHBOUR)
}

on_both! {
    fn a_district_never_sees_anothers_data(server: Server) {
        let admin = server.admin();
        let mut here = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut there = neighbour(&server, "kader.lumajang", "kader", NEIGHBOUR, 2);
        let chief = neighbour(&server, "admin.lumajang", "district_admin", "35.08", 3);
        let ours = here.create("household", &[("rt", Value::Text("001".into()))]);
        let theirs = there.create("household", &[("rt", Value::Text("002".into()))]);
        here.push(&server);
        there.push(&server);
        for (token, own, other) in [(&admin, ours, theirs), (&chief.token, theirs, ours)] {
            let pulled = Pulled::all(&server, token);
            assert_eq!(pulled.records().into_keys().collect::<Vec<_>>(), [own]);
            assert_eq!(pulled.pages.iter().flat_map(|page| &page.standings).count(), 1);
            let table = server.get("/v1/export/all.ndjson", Some(token));
            assert!(table.text().contains(&own.to_string()) && table.text().lines().count() == 1);
            let history = |id| server.get(&format!("/v1/records/{id}/history"), Some(token));
            assert_eq!(history(own).status, 200);
            history(other).refused(ErrorCode::NotFound);
        }
        for path in [format!("areas/{DUWET}/snapshot"), format!("conflicts?area={DUWET}"), format!("export/all.ndjson?area={DUWET}")] {
            server.get(&format!("/v1/{path}"), Some(&chief.token)).refused(ErrorCode::Forbidden);
        }
        // Neither by writing: into their village it is held, and under their record's name it stays at home.
        there.edit("household", ours, "rt", Value::Text("009".into()), &[]);
        there.area = DUWET.parse().unwrap();
        there.edit("household", ours, "rt", Value::Text("010".into()), &[]);
        let held = there.push(&server).held;
        let reasons: Vec<Refusal> = held.iter().map(|held| held.reason).collect();
        assert!(reasons.iter().all(|reason| matches!(reason, Refusal::OutOfScope | Refusal::ForeignArea)));
        assert!(held.iter().any(|held| held.seq == 3));
        let record = Pulled::all(&server, &here.token).records().remove(&ours).unwrap();
        assert_eq!(record.origins().len(), 1);
    }
}
