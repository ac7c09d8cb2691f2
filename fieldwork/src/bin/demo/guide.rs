//! Where to look and how to log in.
//!
//! The rule this module protects: *what is printed can be pasted*.

use crate::Trouble;
use crate::district::District;
use crate::server::Server;
use std::path::Path;

/// Prints it.
///
/// # Errors
/// When a folder cannot be named.
pub fn print(districts: &mut [District], server: &Server, data: &Path, once: bool) -> Result<(), Trouble> {
    let base = &server.base;
    println!("\nTabel / tables: {}", data.display());
    for district in districts.iter() {
        println!("  {0}-all.ndjson, {0}-visit.csv   {1}", district.code, district.name);
    }
    if once {
        return Ok(());
    }
    println!("\nServer masih melayani; Ctrl-C menghentikannya. / The server goes on; Ctrl-C stops it.");
    println!("  {base}/openapi.json   {base}/v1/limits   {base}/metrics");
    println!("\nNama masuk dan kata sandi / logins and passwords:");
    for district in districts.iter() {
        println!("  {:<14} {}   admin {}", district.office.login, district.office.password, district.name);
        if let Some(cast) = &district.cast {
            println!("  {:<14} {}   PLKB", cast.plkb.login, cast.plkb.password);
        }
    }
    let Some(district) = districts.last() else { return Ok(()) };
    let office = &district.office;
    println!("\nMasuk, lalu tarik tabel / log in, then pull the table:");
    println!(
        "  TOKEN=$(curl -s {base}/v1/login -H 'content-type: application/json' \\\n    \
         -d '{{\"login\":\"{}\",\"password\":\"{}\"}}' | sed 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/')",
        office.login, office.password
    );
    for path in ["export/visit.csv", "export/all.ndjson", "conflicts", "quarantine"] {
        println!("  curl -s -H \"authorization: Bearer $TOKEN\" {base}/v1/{path} | head -c 600");
    }
    if let Some(cast) = &district.cast {
        // A browser trusts its own machine by this name.
        let port = base.rsplit_once(':').map_or("8080", |(_, port)| port);
        println!("\nCoba sebagai kader, di peramban / try it as a kader, in a browser:");
        println!("  http://localhost:{port}   kode / code {}", cast.spare_code);
        println!("\nAtau satu perangkat tanpa layar / or a device without a screen:");
        println!(
            "  cargo run --release -p device -- --store saya.sqlite enrol --server {base} --code {}",
            cast.spare_code
        );
        println!("  cargo run --release -p device -- --store saya.sqlite sync");
    }
    Ok(())
}
