//! The app's files, and the document of forms and rules.

use lumbung_tests::people::DUWET;
use lumbung_tests::{Database, Kind, Phone, Reply, Server, on_both};
use serde_json::Value as Json;
use std::fs;
use sync_core::ErrorCode;

fn site(kind: Kind) -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("assets")).unwrap();
    put("index.html", b"<!doctype html><title>Lumbung</title>");
    put("sw.js", b"self.addEventListener('fetch', () => {})");
    put("assets/core-1a2b.wasm", b"\0asm");
    put("assets/core-1a2b.wasm.br", b"packed with brotli");
    put("assets/core-1a2b.wasm.gz", b"packed with gzip");
    put("assets/notes.secret", b"no app needs it");
    let option = format!("--app={}", folder.path().display());
    let database = Database::fresh(kind);
    (Server::with(database, &[&option]), folder)
}

fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> Reply {
    server.get_with(path, headers.iter().copied())
}

#[test]
fn the_app_is_served_for_weeks_without_signal() {
    let (server, _folder) = site(Kind::Sqlite);
    for path in ["/", "/index.html"] {
        let page = get(&server, path, &[]);
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
        assert_eq!(page.header("cache-control"), Some("no-cache"));
        assert!(page.header("content-security-policy").unwrap().contains("'wasm-unsafe-eval'"));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    }
    let worker = get(&server, "/sw.js", &[]);
    assert_eq!(worker.header("cache-control"), Some("no-cache"));
    let tag = worker.header("etag").unwrap().to_owned();
    let again = get(&server, "/sw.js", &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let wasm = "/assets/core-1a2b.wasm";
    for (accepted, coding, body) in [
        ("gzip, deflate, br", Some("br"), &b"packed with brotli"[..]),
        ("gzip;q=0.8", Some("gzip"), b"packed with gzip"),
        ("identity", None, b"\0asm"),
    ] {
        // What is packed is no such format here, so it must come as it lies.
        let file = get(&server, wasm, &[("accept-encoding", accepted)]);
        assert_eq!(file.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(file.header("content-type"), Some("application/wasm"));
        if coding.is_none() {
            assert_eq!(file.body, body);
        }
        assert_eq!(file.header("vary"), Some("accept-encoding"));
    }
    let old =
        "Mozilla/5.0 (Linux; Android 8.1.0) AppleWebKit/537.36 Chrome/87.0.4280.141 Mobile Safari/537.36";
    let page = get(&server, "/", &[("user-agent", old)]);
    assert!(page.header("content-security-policy").unwrap().contains("'unsafe-eval'"));
    for path in
        ["/assets/notes.secret", "/../lumbung.secrets", "/%2e%2e/lumbung.secrets", "/assets", "/v1/none"]
    {
        get(&server, path, &[]).refused(ErrorCode::NotFound);
    }
}

#[test]
fn a_folder_without_an_app_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::fresh(Kind::Sqlite);
    let option = format!("--app={}", folder.path().display());
    let server = Server::with(database, &[]);
    let said = server.command(&["serve", "--listen=127.0.0.1:0", &option]);
    assert!(!said.status.success());
    assert!(String::from_utf8_lossy(&said.stderr).contains("cargo xtask app"));
}

on_both! {
    fn forms_and_rules_are_handed_out_with_their_version(server: Server) {
        let document: Json = server.get("/v1/schema", None).ok();
        let schema = schema::Document::of_json(document.to_string().as_bytes()).unwrap();
        assert_eq!(schema.to_json(), schema::Document::builtin().to_json());
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        let names: Vec<_> = phone.enrolled.places.iter().map(|place| place.name.as_str()).collect();
        assert_eq!(names, ["Kabupaten Malang", "Tumpang", "Duwet"]);
        let reply = phone.ask(&server);
        assert_eq!(reply.header("lumbung-schema"), Some(schema.schema.version.to_string().as_str()));
    }

    fn whoever_works_in_a_subdistrict_hears_the_name_of_her_district_too(server: Server) {
        let admin = server.admin();
        let korlap = server.add_person(&admin, "korlap.tumpang", "korlap", &["35.07.16"]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &korlap), 1);
        let names: Vec<_> = phone.enrolled.places.iter().map(|place| place.name.as_str()).collect();
        assert_eq!(names, ["Kabupaten Malang", "Tumpang"]);
    }
}
