//! What a district's admin does at her desk, over HTTP.
//!
//! The rule this module protects: *the demo has no door of its own*: people, codes, lists and tables come through the
//! routes that everybody uses.

use crate::Trouble;
use crate::server::{Server, admin_login};
use device::{Entropy, HttpTransport, Request, SystemEntropy, Transport};
use serde_json::{Value, json};
use sync_core::AreaCode;

/// Somebody signed in.
pub struct Office {
    /// Base URL of the server.
    pub base: String,
    /// Her login.
    pub login: String,
    /// Her password, made by chance.
    pub password: String,
    token: String,
    wire: HttpTransport,
}

impl Office {
    /// A district's admin sets her password with her first code and signs in.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn open(server: &Server, district: u64) -> Result<Office, Trouble> {
        let login = admin_login(district);
        let code = server.first_codes.get(&login).cloned().unwrap_or_default();
        Office::with_code(&server.base, &login, &code)
    }

    /// Somebody sets her password with a code and signs in.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn with_code(base: &str, login: &str, code: &str) -> Result<Office, Trouble> {
        let mut office = Office {
            base: base.into(),
            login: login.into(),
            password: password()?,
            token: String::new(),
            wire: HttpTransport::new(base),
        };
        let own = json!({ "login": login, "code": code, "password": office.password });
        office.post("/v1/password", &own)?;
        let session = office.post("/v1/login", &json!({ "login": login, "password": office.password }))?;
        office.token = text(&session, "token")?;
        Ok(office)
    }

    /// Adds somebody and gives her id.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn add_person(&mut self, login: &str, role: &str, areas: &[AreaCode]) -> Result<String, Trouble> {
        let areas: Vec<String> = areas.iter().map(AreaCode::to_string).collect();
        let new = json!({ "login": login, "label": login, "role": role, "areas": areas });
        text(&self.post("/v1/people", &new)?, "id")
    }

    /// A one-time code for somebody: `invite` for a phone, `reset` for a password.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn code(&mut self, person: &str, purpose: &str) -> Result<String, Trouble> {
        text(&self.post(&format!("/v1/people/{person}/{purpose}"), &json!({}))?, "code")
    }

    /// Every page of a list, `conflicts` or `quarantine`.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn list(&mut self, path: &str, rows: &str) -> Result<Vec<Value>, Trouble> {
        let mut all = Vec::new();
        let mut query = String::new();
        loop {
            let page: Value = serde_json::from_slice(&self.get(&format!("{path}{query}"))?)?;
            all.extend(page[rows].as_array().cloned().unwrap_or_default());
            match &page["next"] {
                Value::String(next) => query = format!("?after={next}"),
                Value::Null => return Ok(all),
                other => return Err(format!("{path}: {other}").into()),
            }
        }
    }

    /// The body of an answer.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn get(&mut self, path: &str) -> Result<Vec<u8>, Trouble> {
        self.ask(Request::get(path))
    }

    fn post(&mut self, path: &str, body: &Value) -> Result<Value, Trouble> {
        let answer = self.ask(Request::post(path, "application/json", serde_json::to_vec(body)?))?;
        if answer.is_empty() { Ok(Value::Null) } else { Ok(serde_json::from_slice(&answer)?) }
    }

    fn ask(&mut self, request: Request) -> Result<Vec<u8>, Trouble> {
        let path = request.path.clone();
        let request = if self.token.is_empty() {
            request
        } else {
            request.with("authorization", format!("Bearer {}", self.token))
        };
        let answer = self.wire.send(&request)?;
        if (200..300).contains(&answer.status) && !answer.cut {
            return Ok(answer.body);
        }
        let said = String::from_utf8_lossy(&answer.body).into_owned();
        Err(format!("{path}: {} {said}", answer.status).into())
    }
}

fn text(answer: &Value, name: &str) -> Result<String, Trouble> {
    Ok(answer[name].as_str().ok_or_else(|| format!("{name}: {answer}"))?.to_owned())
}

/// Sixteen hexadecimal digits of chance.
fn password() -> Result<String, Trouble> {
    let mut bytes = [0; 8];
    SystemEntropy.fill(&mut bytes)?;
    Ok(format!("{:016x}", u64::from_be_bytes(bytes)))
}
