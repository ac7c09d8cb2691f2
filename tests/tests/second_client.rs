//! Another client, written from docs/PROTOCOL.md alone, in another language, against the real server.
//!
//! The rule this test protects: *the page is enough.* When the client breaks, either the page or the server is wrong;
//! whoever mends the client looks at the page only.

use lumbung_tests::people::DUWET;
use lumbung_tests::{Server, on_both};
use std::path::Path;
use std::process::Command;

on_both! {
    fn a_client_written_from_the_page_alone_works(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let code = server.invite(&admin, &kader);
        let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("second_client/client.mjs");
        let ran = Command::new("node").arg(client).args([server.base(), &code, DUWET]).output();
        let ran = ran.expect("Node, which `cargo xtask test` installs");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }
}
