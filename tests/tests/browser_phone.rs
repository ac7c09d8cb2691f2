//! The device as a browser runs it, against the real server: what it keeps lies in somebody else's store.
//!
//! The rule this suite protects: *what was stored row by row is the whole device*: closed at any moment and opened from
//! its rows, it goes on where it was.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use app_core::{Phone, Rows};
use lumbung_tests::people::DUWET;
use lumbung_tests::{Pulled, Reply, Server, on_both};
use serde_json::{Value as Json, json};

/// The day on which screens are looked at.
const TODAY: &str = "2026-11-27";

/// A browser: rows on its disk, and a way to the server.
struct Browser<'s> {
    server: &'s Server,
    /// What was stored, in order.
    log: Vec<Vec<u8>>,
    phone: Phone,
    now_s: f64,
    chance: u8,
    /// Paths that were asked for.
    asked: Vec<String>,
}

impl<'s> Browser<'s> {
    fn new(server: &'s Server, now_s: i64, chance: u8) -> Browser<'s> {
        Browser {
            server,
            log: Vec::new(),
            phone: opened(Rows::new()),
            now_s: now_s as f64,
            chance,
            asked: Vec::new(),
        }
    }

    /// Stores what changed. Whatever is believed or sent comes after this.
    fn store(&mut self) {
        let changed = self.phone.changed();
        if !changed.is_empty() {
            self.log.push(changed);
        }
    }

    /// A minute ago there was no token yet; the server's clock is known all the same.
    fn forget_token(&mut self) {
        self.now_s -= 60.0;
        self.asked.clear();
    }

    /// The tab is closed, or killed; another one opens on the same disk.
    fn reopen(&mut self) {
        let mut rows = Rows::new();
        assert!(self.log.iter().all(|stored| rows.load(stored)));
        self.phone = opened(rows);
        // What stands for all that was stored before is the same phone.
        self.log = vec![self.phone.everything()];
    }

    fn stir(&mut self) {
        self.chance = self.chance.wrapping_add(1);
        self.phone.stir(&[self.chance; 64]);
    }

    /// Fetches what is wanted and brings the answer.
    fn fetch(&mut self, wanted: &Json) {
        let headers: Vec<(String, String)> = serde_json::from_value(wanted["headers"].clone()).unwrap();
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let path = wanted["path"].as_str().unwrap();
        self.asked.push(path.split('?').next().unwrap_or_default().to_owned());
        let reply: Reply = match wanted["method"].as_str() {
            Some("POST") => self.server.post_bytes(path, headers, &self.phone.wanted_body()),
            _ => self.server.get_with(path, headers),
        };
        let headers: Vec<_> = reply
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()))
            .collect();
        self.phone.came(reply.status, &json!(headers).to_string(), &reply.body, false);
    }

    /// Calls until nothing is wanted any more; `between` happens while an answer is on its way.
    fn until_done(
        &mut self,
        call: impl Fn(&mut Phone, f64) -> String,
        mut between: impl FnMut(&mut Self),
    ) -> Json {
        for _ in 0..200 {
            let said = value(&call(&mut self.phone, self.now_s));
            self.store();
            if said["wanted"].is_null() {
                return said;
            }
            between(self);
            self.fetch(&said["wanted"]);
        }
        panic!("never came to an end");
    }

    fn enrol(&mut self, code: &str) {
        self.stir();
        let base = self.server.base().to_owned();
        let code = code.to_owned();
        let said = self.until_done(|phone, now_s| phone.enrol(&base, &code, "ponsel", now_s), |_| {});
        assert!(said["enrolled"]["actor"].is_string(), "{said}");
    }

    fn sync(&mut self) -> Json {
        let said = self.until_done(Phone::sync, |_| {});
        assert_eq!(said["report"]["done"], true, "{said}");
        said["report"].clone()
    }

    /// Fills a form in and saves it; gives the record.
    fn save(&mut self, form: &str, typed: &[(&str, Json)]) -> String {
        self.stir();
        let form = u32::try_from(value(form).as_u64().unwrap()).unwrap();
        for (name, json) in typed {
            value(&self.phone.type_in(form, name, &json.to_string()));
        }
        let author = value(&self.phone.who())["author"].as_str().unwrap().to_owned();
        let saved = value(&self.phone.save(form, &author, self.now_s));
        self.store();
        saved["record"].as_str().unwrap().into()
    }

    fn register(&mut self, name: &str) -> String {
        let form = self.phone.blank("household", DUWET, "{}");
        self.save(&form, &[("head_name", json!(name)), ("rt", json!("001"))])
    }
}

/// A phone with these rows, and the forms of this version.
fn opened(rows: Rows) -> Phone {
    Phone::new(rows, schema::Document::builtin().to_json().as_bytes()).unwrap()
}

/// The value of an answer.
#[track_caller]
fn value(answer: &str) -> Json {
    let answer: Json = serde_json::from_str(answer).unwrap();
    assert!(answer["fault"].is_null(), "{answer}");
    answer["value"].clone()
}

on_both! {
    fn a_browser_is_a_device_whose_rows_lie_elsewhere(server: Server) {
        let admin = server.admin();
        let code = |login: &str| server.invite(&admin, &server.add_person(&admin, login, "kader", &[DUWET]));
        let now_s = lumbung_tests::Phone::enrol(&server, &code("kader.nol"), 1).enrolled.server_time_s;
        let mut one = Browser::new(&server, now_s, 1);
        one.enrol(&code("kader.satu"));
        let family = one.register("Siti Karangan");
        // Killed before it ever had signal again.
        one.reopen();
        assert_eq!(value(&one.phone.counts())["saved"], 1);
        assert_eq!(value(&one.phone.counts())["received"], 0);
        let report = one.sync();
        assert_eq!(report["counts"]["received"], 1, "{report}");
        one.reopen();
        let listed = value(&one.phone.families("{}", TODAY));
        assert_eq!(listed[0]["head"], "Siti Karangan");
        assert_eq!(listed[0]["id"], family.as_str());
        // Another phone opens the name with the key that came along, and edits.
        let mut two = Browser::new(&server, now_s, 101);
        two.enrol(&code("kader.dua"));
        two.sync();
        assert_eq!(value(&two.phone.family(&family, TODAY))["head"], "Siti Karangan");
        let form = two.phone.open(&family);
        two.save(&form, &[("rt", json!("002"))]);
        two.sync();
        one.sync();
        assert_eq!(value(&one.phone.family(&family, TODAY))["rt"], "002");
        assert_eq!(Pulled::all(&server, &admin).records().len(), 1);
    }

    fn a_week_goes_out_and_comes_in_by_one_question(server: Server) {
        let admin = server.admin();
        let code = |login: &str| server.invite(&admin, &server.add_person(&admin, login, "kader", &[DUWET]));
        let now_s = lumbung_tests::Phone::enrol(&server, &code("kader.nol"), 1).enrolled.server_time_s;
        let mut one = Browser::new(&server, now_s, 1);
        let mut two = Browser::new(&server, now_s, 101);
        for (phone, login) in [(&mut one, "kader.satu"), (&mut two, "kader.dua")] {
            phone.enrol(&code(login));
            phone.sync();
            phone.forget_token();
            // Nothing was sent before: all that the question needs came with the first sync.
            phone.asked.clear();
            phone.register("Keluarga Karangan");
            phone.sync();
            assert_eq!(phone.asked, ["/v1/exchange"]);
        }
        one.forget_token();
        (0..17).for_each(|_| drop(one.register("Keluarga Baru")));
        let report = one.sync();
        assert_eq!((report["counts"]["received"].clone(), report["sent"].clone()), (json!(18), json!(17)));
        assert_eq!(one.asked, ["/v1/exchange"]);
        // A clock that was set by hand: the short cut is refused, and costs one question.
        one.now_s += 7200.0;
        one.asked.clear();
        one.register("Keluarga Terakhir");
        one.sync();
        assert_eq!(one.asked, ["/v1/exchange", "/v1/challenge", "/v1/token", "/v1/keys", "/v1/push", "/v1/pull"]);
        two.forget_token();
        two.sync();
        assert_eq!(two.asked, ["/v1/exchange"]);
        assert_eq!(value(&two.phone.families("{}", TODAY)).as_array().unwrap().len(), 20);
        assert_eq!(value(&two.phone.counts())["received"], 1);
        // Names came with their keys.
        let named = value(&two.phone.families("{}", TODAY));
        assert!(named.as_array().unwrap().iter().all(|family| family["head"].as_str().unwrap().starts_with("Keluarga")));
        // A withdrawn phone learns it by the same question.
        two.register("Keluarga Tertahan");
        let devices: Json = server.get("/v1/devices", Some(&admin)).ok();
        let mine = value(&two.phone.who())["enrolled"]["device"].clone();
        assert!(devices.as_array().unwrap().iter().any(|device| device["id"] == mine));
        server.revoke(&admin, mine.as_str().unwrap());
        two.forget_token();
        assert_eq!(two.sync()["revoked"], true);
        assert_eq!(value(&two.phone.counts())["held"], 1);
    }

    fn a_value_is_kept_beside_another_under_a_second_number(server: Server) {
        let admin = server.admin();
        let code = |login: &str| server.invite(&admin, &server.add_person(&admin, login, "kader", &[DUWET]));
        let mut one = Browser::new(&server, 1_795_737_600, 1);
        one.enrol(&code("kader.satu"));
        let family = one.register("Siti Karangan");
        one.sync();
        let said = one.until_done(Phone::second_number, |_| {});
        assert!(said["number"].is_string(), "{said}");
        assert!(one.until_done(Phone::second_number, |_| {})["number"].is_null(), "one is enough");
        // Two forms on one record: the second is shown what the first one saved.
        let open = |one: &mut Browser| u32::try_from(value(&one.phone.open(&family)).as_u64().unwrap()).unwrap();
        let (first, second) = (open(&mut one), open(&mut one));
        value(&one.phone.type_in(first, "rt", "\"002\""));
        value(&one.phone.type_in(second, "rt", "\"003\""));
        let author = value(&one.phone.who())["author"].as_str().unwrap().to_owned();
        one.stir();
        value(&one.phone.save(first, &author, one.now_s));
        one.stir();
        let stale = value(&one.phone.save(second, &author, one.now_s));
        assert_eq!((&stale["stale"][0]["field"], &stale["stale"][0]["value"]), (&json!("rt"), &json!("002")));
        one.stir();
        assert!(value(&one.phone.save_beside(second, &author, one.now_s))["dot"].is_string());
        one.store();
        one.sync();
        assert_eq!(value(&one.phone.counts())["received"], 3);
        assert_eq!(value(&one.phone.counts())["held"], 0);
    }

    fn people_save_while_answers_are_on_their_way(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let code = server.invite(&admin, &kader);
        let mut one = Browser::new(&server, 1_795_737_600, 1);
        one.enrol(&code);
        let mut saved = 0;
        one.until_done(Phone::sync, |one| {
            if saved < 4 {
                one.register("Keluarga Karangan");
                saved += 1;
            }
        });
        one.sync();
        assert_eq!(value(&one.phone.counts()), json!({ "saved": saved, "received": saved, "held": 0, "records": saved }));
        // Nothing may be opened whose rows a newer app wrote.
        assert!(!Rows::new().load(&[99, 0, 0]));
    }
}
