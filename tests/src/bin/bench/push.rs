//! Uploads, against the floor; then edits, pulls and what they cost.

use crate::fleet::{Fleet, batches};
use crate::floor;
use crate::machine::{cpu_s, peak_mb, timed};
use crate::pull;
use crate::report::Report;
use fieldwork::workload::contest;
use lumbung_tests::client::bearer;
use lumbung_tests::{Database, Kind};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use sync_core::{Mark, Record};
use ureq::Agent;

/// Media type of a binary batch.
const BATCH: &str = "application/vnd.lumbung.batch";
/// Phones that send at the same time.
const SENDERS: usize = 4;
/// Ten villages, five phones each, 200 visits and 20 sessions on each phone.
const WORK: (usize, usize, usize, usize) = (10, 5, 200, 20);
/// Visits that two phones edit.
const CONTESTED: usize = 1000;

/// Measures what a server on this kind of database does.
pub fn measure(report: &mut Report, kind: Kind) {
    let (villages, phones, visits, sessions) = WORK;
    eprintln!("{kind:?}: enrolling {} phones", villages * phones);
    let fleet = Fleet::new(kind, villages, phones, visits, sessions);
    let records = fleet.records() as f64;
    let bare = floor_rate(&fleet, kind);
    let requests = requests_of(&fleet);
    let before_s = cpu_s(fleet.server.pid());
    let ((), took) = timed(|| send(requests, BATCH));
    let used_s = cpu_s(fleet.server.pid()) - before_s;
    let rate = records / took.as_secs_f64();
    match kind {
        Kind::Sqlite => {
            let wanted = "at least 20000, ratio at least 0.55 of the bare floor";
            report.add_with_floor("push_sqlite", rate, "records/s", Some(bare), wanted);
            report.add("rss_push", peak_mb(fleet.server.pid()), "MB", "under 40");
            report.add("push_cpu", records / used_s, "records/server CPU-s", "at least 30000");
            pull::measure(report, &fleet);
            contested(report, &fleet);
            report.add("rss", peak_mb(fleet.server.pid()), "MB", "under 40");
        }
        Kind::Postgres => {
            report.add_with_floor("push_postgres", rate, "records/s", Some(bare), "at least 12000");
        }
    }
}

/// Records per second of the bare handler on a database of its own.
fn floor_rate(fleet: &Fleet, kind: Kind) -> f64 {
    let database = Database::fresh(kind);
    drop(database.migrated());
    let (mut child, address) = start_floor(&database);
    let requests = fleet
        .workers
        .iter()
        .map(|worker| {
            let bodies = worker.changes.chunks(crate::fleet::BATCH_CHANGES).map(|changes| {
                let states: Vec<([u8; 16], Vec<u8>)> = changes
                    .iter()
                    .map(|change| {
                        let mut state = Vec::new();
                        Record::of_change(change).put_state(&mut state);
                        (*change.record.0.as_bytes(), state)
                    })
                    .collect();
                floor::body(states.iter().map(|(id, state)| (id, &state[..])))
            });
            (format!("http://{address}/push"), None, bodies.collect())
        })
        .collect();
    let ((), took) = timed(|| send(requests, "application/octet-stream"));
    child.kill().expect("kill");
    child.wait().expect("wait");
    fleet.records() as f64 / took.as_secs_f64()
}

fn start_floor(database: &Database) -> (Child, String) {
    let bench = std::env::current_exe().expect("path of the benchmark");
    let mut child = Command::new(bench)
        .args(["--floor", &database.url])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the floor starts");
    let mut address = String::new();
    BufReader::new(child.stdout.take().expect("stdout")).read_line(&mut address).expect("an address");
    (child, address.trim().to_owned())
}

/// What one phone sends: where to, its token, its bodies in order.
type Requests = (String, Option<String>, Vec<Vec<u8>>);

fn requests_of(fleet: &Fleet) -> Vec<Requests> {
    let url = format!("{}/v1/push", fleet.server.base());
    fleet.workers.iter().map(|worker| (url.clone(), Some(worker.token.clone()), worker.batches())).collect()
}

/// Sends everything that the phones of a fleet saved.
pub fn send_all(fleet: &Fleet) {
    send(requests_of(fleet), BATCH);
}

/// Sends the bodies of all phones, four phones at a time.
fn send(requests: Vec<Requests>, media: &str) {
    let queue = Mutex::new(requests);
    std::thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| {
                let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
                loop {
                    let next = queue.lock().expect("no panic before").pop();
                    let Some((url, token, bodies)) = next else { return };
                    for body in bodies {
                        let mut request = agent.post(&url).header("content-type", media);
                        if let Some(token) = &token {
                            request = request.header("authorization", bearer(token));
                        }
                        let mut answer = request.send(&body[..]).expect("an answer");
                        let status = answer.status().as_u16();
                        let text = answer.body_mut().read_to_string().unwrap_or_default();
                        assert!(status < 300, "{status} {text}");
                    }
                }
            });
        }
    });
}

/// Two phones edit each of a thousand records from the same base, half of the pairs in the same field.
fn contested(report: &mut Report, fleet: &Fleet) {
    let schema = schema::Schema::builtin();
    let visit = schema.kind_named("visit").expect("visit");
    let number = |name: &str| visit.field_named(name).expect(name).number;
    let (date, other_field) = (number("visit_date"), number("met_in_person"));
    let mut requests = Vec::new();
    let villages = fleet.workers.chunk_by(|a, b| a.area == b.area);
    let pairs: Vec<_> = villages.flat_map(|phones| phones.chunks_exact(2)).collect();
    let per_pair = CONTESTED / pairs.len();
    for pair in &pairs {
        let visits: Vec<_> =
            pair[0].changes.iter().filter(|change| change.kind == visit.number).cloned().collect();
        let count = per_pair.min(visits.len());
        let (own, other) = (&pair[0], &pair[1]);
        let next = |worker: &crate::fleet::Worker| worker.changes.len() as u64 + 1;
        let edits =
            contest(&visits[..count], date, other_field, next(own), other.phone.enrolled.actor, next(other));
        for (worker, changes) in [(own, edits.own), (other, edits.others)] {
            let mark = Mark::start(worker.phone.enrolled.actor).after(&worker.changes);
            let url = format!("{}/v1/push", fleet.server.base());
            requests.push((url, Some(worker.token.clone()), batches(&changes, mark)));
        }
    }
    let records = pairs.len() * per_pair;
    send(requests, BATCH);
    let (listed, kept) = pull::contested(fleet, date, other_field);
    report.add_with_floor("contested_kept", kept as f64, "records", Some(records as f64), "all");
    report.add_with_floor("contested_listed", listed as f64, "cases", Some(records as f64 / 2.0), "half");
}
