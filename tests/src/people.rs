//! People of a test district, made over HTTP.

use crate::Server;
use crate::server::DISTRICT;
use serde_json::{Value, json};
use std::fmt::Display;

/// Two villages of one subdistrict and one of another.
pub const DUWET: &str = "35.07.16.2013";
/// A neighbour of [`DUWET`].
pub const TUMPANG: &str = "35.07.16.2004";
/// In another subdistrict.
pub const ELSEWHERE: &str = "35.07.17.2001";

/// A password nobody uses.
pub const PASSWORD: &str = "sandi-uji-coba-7";

impl Server {
    /// Sets the first admin's password and gives her token.
    pub fn admin(&self) -> String {
        self.set_password("admin", &self.first_code);
        self.login("admin")
    }

    /// Sets [`PASSWORD`] with a code.
    #[track_caller]
    pub fn set_password(&self, login: &str, code: &str) {
        self.post("/v1/password", None, &json!({ "login": login, "code": code, "password": PASSWORD }))
            .done();
    }

    /// A token for somebody with [`PASSWORD`].
    #[track_caller]
    pub fn login(&self, login: &str) -> String {
        let session: Value =
            self.post("/v1/login", None, &json!({ "login": login, "password": PASSWORD })).ok();
        assert_eq!(session["district"], DISTRICT);
        session["token"].as_str().expect("a token").into()
    }

    /// Adds somebody and gives her id.
    #[track_caller]
    pub fn add_person(&self, token: &str, login: &str, role: &str, areas: &[&str]) -> String {
        let new = json!({ "login": login, "label": login, "role": role, "areas": areas });
        let person: Value = self.post("/v1/people", Some(token), &new).ok();
        person["id"].as_str().expect("an id").into()
    }

    /// An enrolment code for somebody.
    #[track_caller]
    pub fn invite(&self, token: &str, person: &str) -> String {
        self.code(token, &format!("/v1/people/{person}/invite"))
    }

    /// A code for a new password for somebody.
    #[track_caller]
    pub fn reset(&self, token: &str, person: &str) -> String {
        self.code(token, &format!("/v1/people/{person}/reset"))
    }

    /// A code for somebody who forgot her PIN.
    #[track_caller]
    pub fn pin(&self, token: &str, person: &str) -> String {
        self.code(token, &format!("/v1/people/{person}/pin"))
    }

    /// Withdraws a device.
    #[track_caller]
    pub fn revoke(&self, token: &str, device: impl Display) {
        self.post(&format!("/v1/devices/{device}/revoke"), Some(token), &json!({})).done();
    }

    /// Somebody with a password, and her token.
    #[track_caller]
    pub fn somebody(&self, token: &str, login: &str, role: &str, areas: &[&str]) -> (String, String) {
        let id = self.add_person(token, login, role, areas);
        self.set_password(login, &self.reset(token, &id));
        let token = self.login(login);
        (id, token)
    }

    #[track_caller]
    fn code(&self, token: &str, path: &str) -> String {
        let issued: Value = self.post(path, Some(token), &json!({})).ok();
        issued["code"].as_str().expect("a code").into()
    }
}
