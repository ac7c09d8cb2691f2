//! The sums at the end, and whether they add up.
//!
//! The rule this module protects: *every figure has a second source*: phones and receipts on one side, the server's
//! lists, tables and counters on the other.

use crate::Trouble;
use crate::district::District;
use crate::oracle::{Expected, reckon};
use crate::server::Server;
use device::{HttpTransport, Request, Transport};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The columns of the table, Bahasa Indonesia first.
const COLUMNS: [(&str, &str, &str); 12] = [
    ("villages", "desa dengan catatan", "villages with records"),
    ("phones", "ponsel", "phones"),
    ("saved", "tersimpan di ponsel", "saved on phones"),
    ("sent", "terkirim, semua kali", "sent, every time"),
    ("sent_again", "terkirim ulang", "of these sent again"),
    ("received", "diterima (bukti terima)", "received (receipts)"),
    ("merged", "digabung", "merged"),
    ("held", "dikarantina", "quarantined"),
    ("records", "catatan di server", "records on the server"),
    ("conflicts", "konflik menunggu", "conflicts waiting"),
    ("requests_lost", "unggahan hilang", "uploads lost"),
    ("replies_lost", "jawaban hilang", "replies lost"),
];

/// Which of them is what the receipts say.
const RECEIVED: usize = 5;

/// One district's figures, in the order of [`COLUMNS`].
struct Row {
    name: String,
    figures: [u64; COLUMNS.len()],
}

/// Two figures that must be the same.
struct Check {
    what: String,
    here: u64,
    there: u64,
}

/// All of it.
pub struct Sums {
    rows: Vec<Row>,
    checks: Vec<Check>,
}

/// Asks phones and server.
///
/// # Errors
/// When a device or the server fails.
pub fn count(districts: &mut [District], server: &Server) -> Result<Sums, Trouble> {
    let mut sums = Sums { rows: Vec::new(), checks: Vec::new() };
    for district in districts.iter_mut() {
        sums.add(district)?;
    }
    let mut total = [0; COLUMNS.len()];
    for row in &sums.rows {
        total.iter_mut().zip(row.figures).for_each(|(sum, figure)| *sum += figure);
    }
    sums.rows.push(Row { name: "Semua/all".into(), figures: total });
    let answer = HttpTransport::new(&server.base).send(&Request::get("/metrics"))?;
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    let counter = text.lines().find_map(|line| line.strip_prefix("lumbung_changes_total "));
    let counted = counter.and_then(|number| number.parse::<f64>().ok()).unwrap_or_default() as u64;
    sums.check(
        "Semua / all",
        "diterima = penghitung server",
        "received = the server's counter",
        total[RECEIVED],
        counted,
    );
    Ok(sums)
}

impl Sums {
    fn add(&mut self, district: &mut District) -> Result<(), Trouble> {
        let Expected { saved, received, held, merged, records, conflicts } = reckon(district)?;
        let (held, merged) = (held as u64, merged as u64);
        let in_list = district.office.list("/v1/conflicts", "cases")?.len() as u64;
        let kept = district.office.list("/v1/quarantine", "held")?;
        let kept = kept.iter().map(|row| row["dot"].to_string()).collect::<BTreeSet<_>>().len() as u64;
        let tally = &district.tally;
        let figures = [
            district.tables.villages as u64,
            district.phones() as u64,
            saved,
            tally.delivered,
            tally.again,
            received,
            merged,
            kept,
            district.tables.records as u64,
            in_list,
            tally.requests_lost,
            tally.replies_lost,
        ];
        let (sent, again, tables) = (tally.delivered, tally.again, district.tables);
        let name = district.name;
        let villages = district.villages.len() as u64;
        let mut check = |id: &str, en: &str, here, there| self.check(name, id, en, here, there);
        check(
            "desa di tabel = desa resmi",
            "villages in the table = official ones",
            tables.villages as u64,
            villages,
        );
        check("tersimpan = diterima", "saved = received", saved, received);
        check("terkirim - ulang = diterima", "sent - again = received", sent - again, received);
        check("digabung + karantina = diterima", "merged + quarantined = received", merged + kept, received);
        check("karantina = kata bukti terima", "quarantined = what receipts say", kept, held);
        check(
            "catatan = yang dibuat di ponsel",
            "records = those made on phones",
            tables.records as u64,
            records as u64,
        );
        check("konflik = hitungan inti", "conflicts = reckoned by the core", in_list, conflicts as u64);
        check(
            "CSV = NDJSON (kunjungan)",
            "CSV = NDJSON (visits)",
            tables.visit_rows as u64,
            tables.visits as u64,
        );
        self.rows.push(Row { name: name.into(), figures });
        Ok(())
    }

    fn check(&mut self, name: &str, id: &str, en: &str, here: u64, there: u64) {
        self.checks.push(Check { what: format!("{name}: {id} / {en}"), here, there });
    }

    /// Prints the table and the checks. Do they all hold?
    pub fn print(&self) -> bool {
        print!("\n{:<50}", "");
        self.rows.iter().for_each(|row| print!("{:>12}", row.name));
        println!();
        for (nth, (_, id, en)) in COLUMNS.iter().enumerate() {
            print!("{:<50}", format!("{id} / {en}"));
            self.rows.iter().for_each(|row| print!("{:>12}", row.figures[nth]));
            println!();
        }
        println!();
        let wrong: Vec<&Check> = self.checks.iter().filter(|check| check.here != check.there).collect();
        for Check { what, here, there } in &wrong {
            println!("SALAH / WRONG: {what}: {here} <> {there}");
        }
        if wrong.is_empty() {
            println!("{0} jumlah diperiksa, semua cocok. / {0} sums checked, all add up.", self.checks.len());
        }
        wrong.is_empty()
    }

    /// The same for machines.
    pub fn to_json(&self, took_s: i64) -> Value {
        let row = |row: &Row| {
            let figures =
                COLUMNS.iter().zip(row.figures).map(|((key, ..), figure)| ((*key).into(), figure.into()));
            (row.name.clone(), Value::Object(figures.collect()))
        };
        let check = |check: &Check| json!({ "what": check.what, "here": check.here, "there": check.there, "holds": check.here == check.there });
        json!({
            "took_s": took_s,
            "sums": Value::Object(self.rows.iter().map(row).collect()),
            "checks": self.checks.iter().map(check).collect::<Vec<_>>(),
        })
    }
}
