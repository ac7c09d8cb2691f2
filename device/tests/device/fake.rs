//! A server in a few lines: what the core decides, kept in maps.

mod pull;
mod push;
mod wire;

pub use wire::listen;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use device::transport::{Method, NoSignal, Request, Response, Transport};
use device::{ActorId, AreaCode, Change, Record, RecordId, SealKey};
use ed25519_dalek::{SigningKey, VerifyingKey};
use schema::Role;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use sync_core::{Dot, Epoch, ErrorBody, ErrorCode, Held, Mark, TokenRequest};
use uuid::Uuid;

pub const DUWET: AreaCode = AreaCode(3507162013);
pub const TUMPANG: AreaCode = AreaCode(3507162004);
/// 27 November 2026, 07:00 in Malang.
pub const NOW_S: i64 = 1_795_737_600;

/// A series as the server holds it.
#[derive(Clone)]
pub struct Series {
    pub owner: Uuid,
    pub mark: Mark,
    pub changes: Vec<Change>,
    pub held: Vec<Held>,
}

/// What the server holds. A clone is a backup.
#[derive(Clone)]
pub struct World {
    pub key: SigningKey,
    pub epoch: Epoch,
    /// Public key and code of each device, by its id.
    pub devices: BTreeMap<Uuid, (VerifyingKey, String)>,
    pub series: BTreeMap<ActorId, Series>,
    /// Version and record.
    pub records: BTreeMap<RecordId, (u64, Record)>,
    pub versions: BTreeMap<AreaCode, u64>,
    pub keys: BTreeMap<RecordId, SealKey>,
    pub scope: Vec<AreaCode>,
    pub backed_up: bool,
    pub losses: Vec<(ActorId, u64, u64)>,
    /// Records that devices offered because they did not add up.
    pub salvaged: Vec<Record>,
    pub takes_salvage: bool,
    pub revoked: bool,
    pub now_s: i64,
    pub page_records: usize,
    pub upload_changes_max: usize,
    /// Tokens given; only the newest holds.
    pub tokens: u64,
    /// Answered in place of the next request.
    pub refuse: Option<ErrorBody>,
    /// Paths asked for.
    pub asked: Vec<String>,
}

/// A server that many devices talk to.
#[derive(Clone)]
pub struct Server(pub Arc<Mutex<World>>);

pub type Answer = Result<Response, ErrorBody>;

pub fn refusal(code: ErrorCode) -> ErrorBody {
    ErrorBody { code, message: code.message_id().into(), retry_after_s: None, expected_seq: None }
}

pub fn json_of(value: &impl Serialize) -> Response {
    Response::new(200, serde_json::to_vec(value).unwrap())
}

impl Server {
    pub fn new() -> Server {
        Server(Arc::new(Mutex::new(World {
            key: SigningKey::from_bytes(&[9; 32]),
            epoch: Epoch(1 << 64),
            devices: BTreeMap::new(),
            series: BTreeMap::new(),
            records: BTreeMap::new(),
            versions: BTreeMap::new(),
            keys: BTreeMap::new(),
            scope: vec![DUWET],
            backed_up: false,
            losses: Vec::new(),
            salvaged: Vec::new(),
            takes_salvage: true,
            revoked: false,
            now_s: NOW_S,
            page_records: 2000,
            upload_changes_max: 1000,
            tokens: 0,
            refuse: None,
            asked: Vec::new(),
        })))
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Server {
    fn send(&mut self, request: &Request) -> Result<Response, NoSignal> {
        Ok(self.world().answer(request))
    }
}

impl World {
    pub fn answer(&mut self, request: &Request) -> Response {
        self.asked.push(request.path.clone());
        let answer = match self.refuse.take() {
            Some(body) => Err(body),
            None => self.route(request),
        };
        answer.unwrap_or_else(|body| Response::new(body.code.status(), serde_json::to_vec(&body).unwrap()))
    }

    fn route(&mut self, request: &Request) -> Answer {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        match (request.method, path) {
            (Method::Get, "/v1/challenge") => Ok(json_of(&json!({ "challenge": "c", "expires_in_s": 300 }))),
            (Method::Get, "/v1/limits") => {
                let max = self.upload_changes_max;
                Ok(json_of(&json!({ "upload_bytes_max": 1 << 20, "upload_changes_max": max, "more": 1 })))
            }
            (Method::Post, "/v1/enrol") => self.enrol(&body(request)?),
            (Method::Post, "/v1/token") => self.token(request),
            _ => {
                let device = self.caller(request)?;
                match (request.method, path) {
                    (Method::Post, "/v1/push") => self.push(device, request),
                    _ if self.revoked => Err(refusal(ErrorCode::DeviceRevoked)),
                    (Method::Post, "/v1/actors") => self.actors(device, &body(request)?),
                    (Method::Post, "/v1/keys") => self.keep_keys(&body(request)?),
                    (Method::Post, "/v1/witness") => self.witness(&body(request)?),
                    (Method::Post, "/v1/salvage") if self.takes_salvage => self.salvage(request),
                    (Method::Get, "/v1/pull") => self.pull(query),
                    (Method::Get, snapshot) => self.snapshot(snapshot, request),
                    _ => Err(refusal(ErrorCode::NotFound)),
                }
            }
        }
    }

    fn enrol(&mut self, asked: &Json) -> Answer {
        let code = asked["code"].as_str().unwrap();
        let key = URL_SAFE_NO_PAD.decode(asked["public_key"].as_str().unwrap()).unwrap();
        let key = VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap();
        let known = self.devices.iter().find(|(_, (_, used))| used == code).map(|(id, (key, _))| (*id, *key));
        let id = match known {
            Some((id, owner)) if owner == key => id,
            Some(_) => return Err(refusal(ErrorCode::CodeInvalid)),
            None => Uuid::from_u128(self.devices.len() as u128 + 1),
        };
        self.devices.insert(id, (key, code.into()));
        let own = self.series.iter().find(|(_, series)| series.owner == id).map(|(actor, _)| *actor);
        let actor = own.unwrap_or_else(|| self.draw(id));
        Ok(json_of(&json!({
            "device": id, "actor": actor, "person": Uuid::from_u128(7), "worker": worker(),
            "role": Role::Kader, "district": AreaCode(3507), "areas": self.scope, "epoch": self.epoch,
            "server_key": URL_SAFE_NO_PAD.encode(self.key.verifying_key().as_bytes()), "server_time_s": self.now_s,
        })))
    }

    pub fn draw(&mut self, owner: Uuid) -> ActorId {
        let actor = ActorId(0xa000 + self.series.len() as u64);
        self.begin(owner, actor);
        actor
    }

    /// A number's series begins, unless it has.
    pub fn begin(&mut self, owner: Uuid, actor: ActorId) {
        let new = Series { owner, mark: Mark::start(actor), changes: Vec::new(), held: Vec::new() };
        self.series.entry(actor).or_insert(new);
    }

    fn token(&mut self, request: &Request) -> Answer {
        let asked: TokenRequest = body_as(request)?;
        let device = self.devices.get(&asked.device).ok_or(refusal(ErrorCode::BadCredentials))?;
        if !asked.is_signed_by(&device.0) {
            return Err(refusal(ErrorCode::BadCredentials));
        }
        for head in &asked.heads {
            let series = self.series.get(&head.actor).ok_or(refusal(ErrorCode::ActorTaken))?;
            let differs =
                head.seq <= series.mark.seq && self.chain_at(head.actor, head.seq) != Some(head.chain);
            if differs {
                return Err(ErrorBody { expected_seq: Some(head.seq), ..refusal(ErrorCode::Fork) });
            }
        }
        self.tokens += 1;
        let own = self.series.iter().filter(|(_, series)| series.owner == asked.device);
        let heads: Vec<_> = own.map(|(actor, series)| sync_core::Head::new(*actor, series.mark)).collect();
        let token = format!("{}.{}", asked.device, self.tokens);
        Ok(json_of(&json!({
            "token": token, "expires_in_s": 3600, "server_time_s": self.now_s, "revoked": self.revoked, "heads": heads,
        })))
    }

    fn caller(&self, request: &Request) -> Result<Uuid, ErrorBody> {
        let token = request.header("authorization").and_then(|text| text.strip_prefix("Bearer "));
        let device = token.and_then(|token| token.split_once('.')).and_then(|(id, _)| id.parse().ok());
        device.filter(|id| self.devices.contains_key(id)).ok_or(refusal(ErrorCode::Unauthorized))
    }

    fn keep_keys(&mut self, asked: &Json) -> Answer {
        for key in asked["keys"].as_array().unwrap() {
            let area: AreaCode = serde_json::from_value(key["area"].clone()).unwrap();
            if !self.scope.iter().any(|own| own.contains(area)) {
                return Err(refusal(ErrorCode::Forbidden));
            }
            let bytes = URL_SAFE_NO_PAD.decode(key["key"].as_str().unwrap()).unwrap();
            let owner = serde_json::from_value(key["owner"].clone()).unwrap();
            self.keys.entry(owner).or_insert(SealKey(bytes.try_into().unwrap()));
        }
        Ok(Response::new(204, Vec::new()))
    }

    pub fn owner_of(&self, actor: ActorId) -> Option<Uuid> {
        self.series.get(&actor).map(|series| series.owner)
    }
}

/// The worker record of whoever enrols.
pub fn worker() -> RecordId {
    RecordId::of_dot(Dot::new(ActorId(0xffff), 1))
}

fn body(request: &Request) -> Result<Json, ErrorBody> {
    body_as(request)
}

fn body_as<T: serde::de::DeserializeOwned>(request: &Request) -> Result<T, ErrorBody> {
    serde_json::from_slice(&request.body).map_err(|_| refusal(ErrorCode::BadBody))
}
