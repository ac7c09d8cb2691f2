//! What is derived, made again.
//!
//! The rule this suite protects: *rebuilding changes nothing, and mends what something else changed.*

use diesel::connection::SimpleConnection;
use lumbung_tests::{Pen, Pulled, Server, on_both};
use serde_json::Value as Json;
use server::on;
use sync_core::Value;

on_both! {
    fn what_is_derived_is_made_again_from_records(server: Server) {
        let admin = server.admin();
        let mut first = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut second = Pen::kader(&server, &admin, "kader.dua", 2);
        let house = first.create("household", &[]);
        first.push(&server);
        for (pen, decile) in [(&mut first, 1), (&mut second, 2)] {
            pen.edit("household", house, "residence_status", Value::Code(decile), &[]);
            pen.push(&server);
        }
        let standing = || {
            let pulled = Pulled::all(&server, &admin);
            let cases: Json = server.get("/v1/conflicts", Some(&admin)).ok();
            (pulled.pages.into_iter().flat_map(|page| page.standings).collect::<Vec<_>>(), cases)
        };
        let before = standing();
        assert_eq!(before.1["cases"].as_array().map(Vec::len), Some(1));
        rebuild(&server, "1 records, 1 open cases, 0 areas mended.");
        assert_eq!(standing(), before);
        let mut conn = server.database.conn();
        let harm = "UPDATE conflict SET field = 3; UPDATE area SET records = 7, digest = district_digest";
        let harm = harm.replace("district_digest", "(SELECT id FROM record)");
        on!(&mut conn, |c| c.batch_execute(&harm)).unwrap();
        rebuild(&server, "1 records, 1 open cases, 1 areas mended.");
        assert_eq!(standing(), before);
    }
}

#[track_caller]
fn rebuild(server: &Server, says: &str) {
    let done = server.command(&["admin", "rebuild", "35.07"]);
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains(says), "{done:?}");
}
