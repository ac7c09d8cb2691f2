//! Backups, and the new life after a restore.

use lumbung_tests::people::{DUWET, TUMPANG};
use lumbung_tests::phone::{Phone, enrolment, key};
use lumbung_tests::{Database, Kind, Pen, Server, on_both};
use serde_json::{Value, json};
use std::fs;
use std::process::Output;
use sync_core::{ErrorCode, Receipt};

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A backup of `server` restored into a fresh database of this kind, with a server on it.
pub fn restored(server: &Server, kind: Kind) -> Server {
    let file = server.database.folder().join("cadangan.lumbung");
    let file = file.to_str().unwrap();
    text(&server.command(&["backup", file]));
    let database = Database::fresh(kind);
    fs::copy(server.secrets(), database.folder().join("lumbung.secrets")).unwrap();
    text(&Server::try_command(&database, &["restore", file]));
    Server::on(database)
}

on_both! {
    fn a_backup_of_either_database_restores_into_either(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let unused = server.invite(&admin, &kader);
        let phone = Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        for kind in [Kind::Sqlite, Kind::Postgres] {
            let other = restored(&server, kind);
            fs::remove_file(server.database.folder().join("cadangan.lumbung")).unwrap();
            // Tokens of the old life are over, passwords and devices are not.
            other.get("/v1/people", Some(&admin)).refused(ErrorCode::Unauthorized);
            let people: Vec<Value> = other.get("/v1/people", Some(&other.login("admin"))).ok();
            assert_eq!(people.len(), 2);
            let session: Value = phone.ask(&other).ok();
            assert_ne!(session["epoch"], phone.enrolled.epoch.to_string());
            assert_eq!(session["server_key"], phone.enrolled.server_key);
            assert_eq!(session["heads"][0]["actor"], phone.enrolled.actor.to_string());
            // Codes that may have been used since the backup are over too.
            other.post("/v1/enrol", None, &enrolment(&unused, &key(2))).refused(ErrorCode::CodeInvalid);
            text(&other.command(&["admin", "access-log", "35.07"]));
        }
    }

    fn a_backup_never_overwrites_and_a_restore_never_mixes(server: Server) {
        let file = server.database.folder().join("cadangan.lumbung");
        let file = file.to_str().unwrap();
        text(&server.command(&["backup", file]));
        assert!(!server.command(&["backup", file]).status.success());
        assert!(!server.command(&["restore", file]).status.success());
        server.admin();
        let database = Database::fresh(server.database.kind);
        fs::copy(server.secrets(), database.folder().join("lumbung.secrets")).unwrap();
        let broken = database.folder().join("rusak.lumbung");
        fs::write(&broken, "bukan cadangan").unwrap();
        let refused = Server::try_command(&database, &["restore", broken.to_str().unwrap()]);
        assert!(!refused.status.success());
        text(&Server::try_command(&database, &["restore", file]));
    }

    fn keys_are_backed_up_apart(server: Server) {
        let folder = server.database.folder();
        let (data, keys) = (folder.join("data.lumbung"), folder.join("kunci.lumbung"));
        text(&server.command(&["backup", data.to_str().unwrap()]));
        text(&server.command(&["backup", "--keys", keys.to_str().unwrap()]));
        let database = Database::fresh(server.database.kind);
        fs::copy(server.secrets(), database.folder().join("lumbung.secrets")).unwrap();
        let arguments = ["restore", "--keys", keys.to_str().unwrap(), data.to_str().unwrap()];
        text(&Server::try_command(&database, &arguments));
    }

    fn phones_may_forget_what_a_trusted_backup_holds(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        pen.create("household", &[]);
        assert_eq!(pen.push(&server).backed_up_seq, 0);
        let file = server.database.folder().join("cadangan.lumbung");
        let file = file.to_str().unwrap();
        text(&server.command(&["backup", file]));
        pen.create("household", &[]);
        // A backup is trusted only when somebody says so.
        assert_eq!(pen.push(&server).backed_up_seq, 0);
        text(&server.command(&["trust-backup", file]));
        pen.create("household", &[]);
        assert_eq!(pen.push(&server).backed_up_seq, 1);
        // The backup of other data is not believed.
        let other = Server::fresh(Kind::Sqlite);
        let refused = other.command(&["trust-backup", file]);
        assert!(!refused.status.success(), "{refused:?}");
    }

    fn what_no_phone_can_bring_back_is_listed(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        pen.create("household", &[]);
        pen.push(&server);
        let other = restored(&server, server.database.kind);
        pen.create("household", &[]);
        pen.create("household", &[]);
        let admin = other.login("admin");
        let lost = || other.get("/v1/losses", Some(&admin)).ok::<Vec<Value>>();
        assert_eq!(lost(), Vec::<Value>::new());
        let receipt = pen.push(&server);
        pen.token = pen.phone.token(&other);
        let shown = json!({ "receipt": receipt, "oldest_held_seq": 4 });
        let told: Receipt = other.post("/v1/witness", Some(&pen.token), &shown).ok();
        assert_eq!(told.seq, 3);
        let lost = lost();
        assert_eq!((lost[0]["first_seq"].as_u64(), lost[0]["last_seq"].as_u64()), (Some(2), Some(3)));
        assert_eq!(lost[0]["actor"], pen.actor().to_string());
        let (_, plkb) = other.somebody(&admin, "plkb.lain", "plkb", &[TUMPANG]);
        assert_eq!(other.get("/v1/losses", Some(&plkb)).ok::<Vec<Value>>(), Vec::<Value>::new());
        let (_, plkb) = other.somebody(&admin, "plkb.duwet", "plkb", &[DUWET]);
        assert_eq!(other.get("/v1/losses", Some(&plkb)).ok::<Vec<Value>>(), lost);
    }
}
