//! Fifty phones in ten villages, enrolled with a real server.

use fieldwork::workload::Workplace;
use fieldwork::{Writer, keys_of_seed};
use fixtures::{Day, Population};
use lumbung_tests::{Kind, Phone, Server};
use schema::{Schema, region};
use sync_core::{AreaCode, Batch, Change, Mark};

/// Monday of the week that is played: 26 October 2026, a month back, so that no stamp lies in the future.
pub const TODAY: Day = 20_752;
/// Seconds of a day.
pub const DAY_S: i64 = 86_400;
/// Changes of one batch.
pub const BATCH_CHANGES: usize = 220;

/// An enrolled phone and what is saved on it.
pub struct Worker {
    /// The phone.
    pub phone: Phone,
    /// Its token.
    pub token: String,
    /// Its village.
    pub area: AreaCode,
    /// Everything it saved, from its first change on.
    pub changes: Vec<Change>,
}

/// A server and its phones.
pub struct Fleet {
    /// The server.
    pub server: Server,
    /// Token of the admin.
    pub admin: String,
    /// The phones, those of one village together.
    pub workers: Vec<Worker>,
}

/// The first villages of Kabupaten Malang.
pub fn villages(count: usize) -> Vec<AreaCode> {
    region::villages(3507).take(count).map(|village| AreaCode(village.code)).collect()
}

impl Fleet {
    /// `per_village` phones in each of `villages`, each with so many visits and sessions saved and none sent.
    pub fn new(
        kind: Kind,
        village_count: usize,
        per_village: usize,
        visits: usize,
        sessions: usize,
    ) -> Fleet {
        let server = Server::fresh(kind);
        let admin = server.admin();
        let key = keys_of_seed(7);
        let writer = Writer { schema: Schema::builtin(), key_of: &key };
        let population = Population::new(7);
        let mut workers = Vec::new();
        for (place_nth, area) in villages(village_count).into_iter().enumerate() {
            let wanted = per_village * visits;
            let mut place =
                Workplace::new(&population, area, TODAY, wanted, &writer).unwrap().expect("a village");
            for nth in 0..per_village {
                let login = format!("kader-{place_nth}-{nth}");
                let person = server.add_person(&admin, &login, "kader", &[&area.to_string()]);
                let code = server.invite(&admin, &person);
                let phone = Phone::enrol_with_key(&server, &code, (place_nth * per_village + nth) as u64);
                let token = phone.token(&server);
                let actor = phone.enrolled.actor;
                let start_s = i64::from(TODAY) * DAY_S;
                let changes = place.records(&writer, actor, nth, visits, sessions, start_s).unwrap();
                workers.push(Worker { phone, token, area, changes });
            }
        }
        Fleet { server, admin, workers }
    }

    /// Changes of all phones together.
    pub fn records(&self) -> usize {
        self.workers.iter().map(|worker| worker.changes.len()).sum()
    }
}

impl Worker {
    /// What it sends: batches as bytes.
    pub fn batches(&self) -> Vec<Vec<u8>> {
        batches(&self.changes, Mark::start(self.phone.enrolled.actor))
    }
}

/// Batches of changes that follow a mark.
pub fn batches(changes: &[Change], mark: Mark) -> Vec<Vec<u8>> {
    let mut before = mark;
    let batch = |changes: &[Change]| {
        let batch = Batch { actor: changes[0].origin.dot.actor, before, changes: changes.to_vec() };
        before = batch.after();
        batch.to_bytes()
    };
    changes.chunks(BATCH_CHANGES).map(batch).collect()
}
