//! What a phone writes, exactly as a test wants it, lawful or not.

use crate::client::bearer;
use crate::people::DUWET;
use crate::{Client, Phone, Reply, Server};
use schema::{Element, Schema, Value};
use server::service::token::DeviceSession;
use sync_core::record::birth;
use sync_core::{
    ActorId, AreaCode, Batch, Change, Context, Dot, Edit, Mark, Origin, Receipt, RecordId, Stamp,
};

/// A phone with a token, and what it saved and has not sent.
pub struct Pen {
    /// The phone.
    pub phone: Phone,
    /// Its token.
    pub token: String,
    /// Where its person works.
    pub area: AreaCode,
    /// Its clock, in seconds since 1970.
    pub at_s: i64,
    /// Saved, not sent; a test may alter it.
    pub unsent: Vec<Change>,
    mark: Mark,
}

impl Pen {
    /// The phone of a new kader in [`DUWET`].
    #[track_caller]
    pub fn kader(server: &Server, admin: &str, login: &str, seed: u8) -> Pen {
        Pen::of(server, admin, login, "kader", &[DUWET], seed)
    }

    /// The phone of somebody new, who works in the first of `areas` until a test says otherwise.
    #[track_caller]
    pub fn of(server: &Server, admin: &str, login: &str, role: &str, areas: &[&str], seed: u8) -> Pen {
        let person = server.add_person(admin, login, role, areas);
        Pen::new(server, Phone::enrol(server, &server.invite(admin, &person), seed), areas[0])
    }

    /// An enrolled phone that wrote nothing yet.
    #[track_caller]
    pub fn new(server: &Server, phone: Phone, area: &str) -> Pen {
        let token = phone.token(server);
        Pen::holding(phone, token, area.parse().expect("an area"))
    }

    /// The same with a token at hand, where there is no HTTP.
    pub fn holding(phone: Phone, token: String, area: AreaCode) -> Pen {
        let mark = Mark::start(phone.enrolled.actor);
        let at_s = phone.enrolled.server_time_s;
        Pen { phone, token, area, at_s, unsent: Vec::new(), mark }
    }

    /// Its number.
    pub fn actor(&self) -> ActorId {
        self.phone.enrolled.actor
    }

    /// How far it holds receipts.
    pub fn mark(&self) -> Mark {
        self.mark
    }

    /// The name of its next change.
    pub fn next_dot(&self) -> Dot {
        Dot::new(self.actor(), self.mark.seq + self.unsent.len() as u64 + 1)
    }

    /// Who, when and where of a change of this name, if it were saved now.
    pub fn origin(&self, dot: Dot) -> Origin {
        Origin {
            dot,
            stamp: Stamp::of_second(self.at_s),
            author: self.phone.enrolled.worker.unwrap_or(RecordId::of_dot(dot)),
            device_time_s: self.at_s,
            area: self.area,
            form_version: 1,
            distrusted: false,
        }
    }

    /// Saves a change with these edits.
    pub fn save(&mut self, kind: u16, record: RecordId, edits: Vec<Edit>) -> Dot {
        let dot = self.next_dot();
        let origin = self.origin(dot);
        self.unsent.push(Change { origin, record, kind, edits });
        dot
    }

    /// Makes a record of a dot-made kind with these fields.
    #[track_caller]
    pub fn create(&mut self, kind: &str, fields: &[(&str, Value)]) -> RecordId {
        let record = RecordId::of_dot(self.next_dot());
        let own = fields.iter().map(|(field, value)| edit(kind, field, value.clone(), &[]));
        let mut edits: Vec<Edit> = std::iter::once(birth()).chain(own).collect();
        edits.sort_by_key(|edit| edit.field);
        self.save(number_of(kind), record, edits);
        record
    }

    /// Writes a field of a record after having seen these dots in it.
    #[track_caller]
    pub fn edit(&mut self, kind: &str, record: RecordId, field: &str, value: Value, seen: &[Dot]) -> Dot {
        self.save(number_of(kind), record, vec![edit(kind, field, value, seen)])
    }

    /// Asks for a new token, in whatever life the server's data is now, and gives how far the server holds its series.
    #[track_caller]
    pub fn renew(&mut self, server: &Server) -> Mark {
        let session: DeviceSession = self.phone.ask(server).ok();
        self.token = session.session.token;
        self.phone.enrolled.epoch = session.session.epoch;
        let own = session.heads.iter().find(|head| head.actor == self.actor()).expect("its own head");
        Mark { seq: own.seq, chain: own.chain }
    }

    /// Sends from here next, first of all these: the server held less than it once said.
    pub fn go_back(&mut self, mark: Mark, again: &[Change]) {
        self.mark = mark;
        self.unsent.splice(..0, again.iter().cloned());
    }

    /// What it would send: everything unsent.
    pub fn batch(&self) -> Batch {
        Batch { actor: self.actor(), before: self.mark, changes: self.unsent.clone() }
    }

    /// Sends bytes as a batch.
    pub fn send(&self, server: &Server, body: &[u8]) -> Reply {
        self.send_as(server, "application/vnd.lumbung.batch", body)
    }

    /// Sends bytes of some content type.
    pub fn send_as(&self, server: &Server, content_type: &str, body: &[u8]) -> Reply {
        self.try_send(server, content_type, body).expect("an answer")
    }

    /// Sends a gzipped JSON batch.
    pub fn send_gzip(&self, server: &Client, body: &[u8]) -> Reply {
        let (token, time) = (bearer(&self.token), self.at_s.to_string());
        let headers = [
            ("authorization", token.as_str()),
            ("content-type", "application/json"),
            ("content-encoding", "gzip"),
            ("lumbung-device-time", &time),
        ];
        server.post_bytes("/v1/push", headers, body)
    }

    /// The same to any server.
    ///
    /// # Errors
    /// When it went away.
    pub fn try_send(&self, server: &Client, content_type: &str, body: &[u8]) -> Result<Reply, ureq::Error> {
        let (token, time) = (bearer(&self.token), self.at_s.to_string());
        let headers = [
            ("authorization", token.as_str()),
            ("content-type", content_type),
            ("lumbung-device-time", &time),
        ];
        server.try_post_bytes("/v1/push", headers, body)
    }

    /// Sends everything unsent and checks the receipt: the server's signature, and that it covers exactly this.
    #[track_caller]
    pub fn push(&mut self, server: &Server) -> Receipt {
        let batch = self.batch();
        let receipt = self.receipted(&self.send(server, &batch.to_bytes()), batch.after());
        self.settle();
        receipt
    }

    /// Everything unsent has its receipt.
    pub fn settle(&mut self) {
        self.mark = self.batch().after();
        self.unsent.clear();
    }

    /// The receipt in an answer: signed by the server, and up to this mark.
    #[track_caller]
    pub fn receipted(&self, reply: &Reply, mark: Mark) -> Receipt {
        let receipt: Receipt = reply.ok();
        let key = self.phone.enrolled.receipt_key().expect("a key");
        assert!(receipt.is_signed_by(&key));
        assert_eq!((receipt.actor, receipt.epoch), (self.actor(), self.phone.enrolled.epoch));
        assert_eq!(receipt.mark(), mark);
        receipt
    }
}

/// Number of a kind.
#[track_caller]
pub fn number_of(kind: &str) -> u16 {
    Schema::builtin().kind_named(kind).expect("a kind").number
}

/// Number of a field.
#[track_caller]
pub fn field_of(kind: &str, field: &str) -> u16 {
    let kind = Schema::builtin().kind_named(kind).expect("a kind");
    kind.field_named(field).unwrap_or_else(|| panic!("a field {field}")).number
}

/// The value of a field that a text means, as tables of examples write it.
#[track_caller]
pub fn value_of(kind: &str, field: &str, text: &str) -> Value {
    let (_, field, _) = fieldwork::text::place(&format!("{kind}.{field}"));
    fieldwork::text::value_of(&field.value, text)
}

/// An edit of a whole field after having seen these dots in it.
#[track_caller]
pub fn edit(kind: &str, field: &str, value: Value, seen: &[Dot]) -> Edit {
    let context = Context::new(seen.iter().copied());
    Edit { field: field_of(kind, field), element: Element::Whole, context, value }
}
