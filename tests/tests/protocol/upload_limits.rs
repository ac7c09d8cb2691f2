//! How much one upload may hold.
//!
//! The rule this suite protects: *what `GET /v1/limits` says is what holds, to the byte*; what is over it costs the server
//! little, stores nothing, and the same phone goes on.

use crate::upload_json::gzip;
use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress};
use lumbung_tests::pulled::BOUNDS;
use lumbung_tests::{Pen, Reply, Server, on_both};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use schema::{Schema, Value};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::io::Read as _;
use sync_core::batch_json::BatchJson;
use sync_core::{ActorId, Batch, Bounds, Context, Dot, ErrorCode, RecordId};

/// Bytes of a batch from the start before its bundle, and of its checksum behind it.
const HEAD: usize = 3 + 8 + 1 + 32 + 32;
const CHECKSUM: usize = 8;
/// What a server that unpacked a gigabyte would need at least, and this one must not.
const MEMORY_MAX_KB: u64 = 500_000;

struct Fixture {
    server: Server,
    limits: Json,
    pen: Pen,
}

impl Fixture {
    fn of(server: Server) -> Fixture {
        let pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        Fixture { limits: server.get("/v1/limits", None).ok(), server, pen }
    }

    fn limit(&self, key: &str) -> usize {
        self.limits[key].as_u64().unwrap() as usize
    }

    /// Asserts that the answer is `too_large`, that nothing was stored, and that the phone goes on after it.
    #[track_caller]
    fn too_large(&mut self, reply: &Reply) {
        reply.refused(ErrorCode::TooLarge);
        let session: Json = self.pen.phone.ask(&self.server).ok();
        assert_eq!(session["heads"][0]["seq"], self.pen.mark().seq);
        self.pen.unsent.clear();
        self.pen.create("household", &[]);
        self.pen.push(&self.server);
    }
}

/// A batch with one sealed value of these bytes.
fn sealed(pen: &mut Pen, bytes: &[u8]) -> Batch {
    pen.unsent.clear();
    pen.create("household", &[("address", Value::Sealed(bytes.into()))]);
    pen.batch()
}

/// The least that must be allowed for a batch to be read.
fn numbers(batch: &Batch) -> usize {
    let bytes = batch.to_bytes();
    let (mut low, mut high) = (0, 1 << 20);
    while low < high {
        let middle = (low + high) / 2;
        let bounds = Bounds { numbers_max: middle, ..BOUNDS };
        if Batch::of_bytes(&bytes, &bounds).is_ok() { high = middle } else { low = middle + 1 }
    }
    low
}

/// To have seen so many dots.
fn seen(dots: u64) -> Context {
    Context::new((1..=dots).map(|actor| Dot::new(ActorId(actor), 1)))
}

/// Saves `count` edits of one house, each after having seen `dots` dots.
fn save_wide(pen: &mut Pen, house: RecordId, count: usize, dots: u64) {
    for _ in 0..count {
        pen.edit("household", house, "rt", Value::Text("001".into()), seen(dots).dots());
    }
}

/// A bundle, or the inside of a gzip, of a thousand megabytes in one.
fn bomb() -> Vec<u8> {
    let mut compress = Compress::new(Compression::best(), false);
    let mut megabyte = Vec::with_capacity(1 << 16);
    compress.compress_vec(&[0; 1 << 20], &mut megabyte, FlushCompress::Full).unwrap();
    let mut bytes = megabyte.repeat(1000);
    bytes.extend([1, 0, 0, 0xff, 0xff]);
    bytes
}

/// The most memory the server ever had.
fn peak_kb(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

on_both! {
    fn the_most_changes_and_one_over(server: Server) {
        let mut all = Fixture::of(server);
        for over in [0, 1] {
            for _ in 0..all.limit("upload_changes_max") + over {
                all.pen.create("household", &[]);
            }
            let batch = all.pen.batch();
            if over == 0 {
                all.pen.push(&all.server);
            } else {
                let json = serde_json::to_vec(&BatchJson::of(&batch, Schema::builtin())).unwrap();
                let reply = all.pen.send(&all.server, &batch.to_bytes());
                all.too_large(&reply);
                // Its number was used by now, but the size is looked at before the series.
                let reply = all.pen.send_as(&all.server, "application/json", &json);
                all.too_large(&reply);
            }
        }
    }

    fn the_most_bytes_as_sent_and_one_over(server: Server) {
        let mut all = Fixture::of(server);
        let most = all.limit("upload_bytes_max");
        let mut noise = vec![0; most];
        ChaCha8Rng::seed_from_u64(1).fill_bytes(&mut noise);
        let mut length = most;
        let fitting = loop {
            let batch = sealed(&mut all.pen, &noise[..length]);
            match batch.to_bytes().len() {
                size if size == most => break batch,
                size => length = length + most - size,
            }
        };
        let mut over = fitting.to_bytes();
        over.push(0);
        let reply = all.pen.send(&all.server, &over);
        reply.refused(ErrorCode::TooLarge);
        assert_eq!(all.pen.push(&all.server).held, []);
        all.pen.create("household", &[]);
        let mut json = serde_json::to_vec(&BatchJson::of(&all.pen.batch(), Schema::builtin())).unwrap();
        json.resize(most + 1, b' ');
        let reply = all.pen.send_as(&all.server, "application/json", &json);
        all.too_large(&reply);
        all.pen.create("household", &[]);
        let mut json = serde_json::to_vec(&BatchJson::of(&all.pen.batch(), Schema::builtin())).unwrap();
        json.resize(most, b' ');
        all.pen.receipted(&all.pen.send_as(&all.server, "application/json", &json), all.pen.batch().after());
    }

    fn the_most_bytes_unpacked_and_one_over(server: Server) {
        let mut all = Fixture::of(server);
        let most = all.limit("upload_unpacked_bytes_max");
        let length = most - 1000;
        let bytes = sealed(&mut all.pen, &vec![0; length]).to_bytes();
        let mut unpacked = Vec::new();
        DeflateDecoder::new(&bytes[HEAD..bytes.len() - CHECKSUM]).read_to_end(&mut unpacked).unwrap();
        let fitting = length + most - unpacked.len();
        let over = sealed(&mut all.pen, &vec![0; fitting + 1]).to_bytes();
        all.pen.send(&all.server, &over).refused(ErrorCode::TooLarge);
        sealed(&mut all.pen, &vec![0; fitting]);
        all.pen.push(&all.server);
        // The same as gzipped text.
        all.pen.create("household", &[]);
        let mut json = serde_json::to_vec(&BatchJson::of(&all.pen.batch(), Schema::builtin())).unwrap();
        json.resize(most + 1, b' ');
        let reply = all.pen.send_gzip(&all.server, &gzip(&json));
        all.too_large(&reply);
        all.pen.create("household", &[]);
        let mut json = serde_json::to_vec(&BatchJson::of(&all.pen.batch(), Schema::builtin())).unwrap();
        json.resize(most, b' ');
        let reply = all.pen.send_gzip(&all.server, &gzip(&json));
        all.pen.receipted(&reply, all.pen.batch().after());
    }

    fn the_most_numbers_and_one_over(server: Server) {
        const DOTS: u64 = 1000;
        let mut all = Fixture::of(server);
        let most = all.limit("upload_numbers_max");
        let house = all.pen.create("household", &[]);
        all.pen.push(&all.server);
        let of = |pen: &mut Pen, count| {
            pen.unsent.clear();
            save_wide(pen, house, count, DOTS);
            numbers(&pen.batch())
        };
        let two = of(&mut all.pen, 2);
        let each = of(&mut all.pen, 3) - two;
        let count = (most - two) / each + 2;
        all.pen.unsent.clear();
        save_wide(&mut all.pen, house, count, DOTS);
        let missing = most - (two + each * (count - 2));
        // A dot is three numbers more; a value without text is one less.
        let dots = missing.div_ceil(3);
        all.pen.unsent[count - 1].edits[0].context = seen(DOTS + dots as u64);
        for change in &mut all.pen.unsent[..dots * 3 - missing] {
            change.edits[0].value = Value::Null;
        }
        assert_eq!(numbers(&all.pen.batch()), most);
        let fitting = all.pen.unsent.clone();
        all.pen.unsent[0].edits[0].context = seen(DOTS + 1);
        all.pen.send(&all.server, &all.pen.batch().to_bytes()).refused(ErrorCode::TooLarge);
        all.pen.unsent = fitting;
        assert_eq!(all.pen.push(&all.server).held.len(), count);
    }

    fn what_unpacks_to_a_gigabyte_is_refused_before_it_is_there(server: Server) {
        let mut all = Fixture::of(server);
        let mut binary = all.pen.batch().to_bytes()[..HEAD].to_vec();
        binary.extend(bomb());
        let sum = Sha256::digest(&binary);
        binary.extend(&sum[..CHECKSUM]);
        assert!(binary.len() <= all.limit("upload_bytes_max"), "{}", binary.len());
        let reply = all.pen.send(&all.server, &binary);
        all.too_large(&reply);
        let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
        gzip.extend(bomb());
        let reply = all.pen.send_gzip(&all.server, &gzip);
        all.too_large(&reply);
        assert!(peak_kb(&all.server) < MEMORY_MAX_KB, "{} kB", peak_kb(&all.server));
    }
}
