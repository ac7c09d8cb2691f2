//! Phones push while the server is killed again and again.
//!
//! The rule this suite protects: *a receipt outlives the process that gave it*: whatever a phone was ever promised, the
//! next server has, and whatever it was not promised it can send again.

use lumbung_tests::fake::FakeEntropy;
use lumbung_tests::people::{DUWET, TUMPANG};
use lumbung_tests::{Client, Pen, Pulled, Server, on_both};
use schema::Value;
use server::service::Entropy;
use server::service::token::DeviceSession;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use sync_core::{Dot, Mark, RecordId};

const PHONES: u8 = 4;
const KILLS: usize = 8;
const UNSENT_MAX: usize = 500;
const SEED: u64 = 20_261_127;

/// What phones and their killer share.
struct Town {
    /// Where the server is now.
    server: Mutex<Client>,
    /// By phone: the newest receipt.
    promised: Mutex<Vec<Mark>>,
    over: Mutex<bool>,
}

impl Town {
    fn get<T: Clone>(part: &Mutex<T>) -> T {
        part.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn below(dice: &FakeEntropy, bound: u64) -> u64 {
    let mut bytes = [0; 8];
    dice.fill(&mut bytes);
    u64::from_be_bytes(bytes) % bound
}

/// Every change makes a household, or edits the one that the same phone made first.
fn save(pen: &mut Pen, dice: &FakeEntropy) {
    pen.area = [DUWET, TUMPANG][below(dice, 2) as usize].parse().unwrap();
    let rt = Value::Text(below(dice, 999).to_string().into());
    if pen.next_dot().seq.is_multiple_of(5) {
        let first = RecordId::of_dot(Dot::new(pen.actor(), 1));
        pen.edit("household", first, "rt", rt, &[]);
    } else {
        pen.create("household", &[("rt", rt)]);
    }
}

/// Saves and sends until the killing is over, and then until all is sent.
fn carry_on(town: &Town, pen: &mut Pen, number: usize) {
    let dice = FakeEntropy::new(SEED + number as u64);
    loop {
        let over = Town::get(&town.over);
        // Never more than fits in one upload, however long the server is away.
        if !over && pen.unsent.len() < UNSENT_MAX {
            (0..=below(&dice, 20)).for_each(|_| save(pen, &dice));
        }
        if pen.unsent.is_empty() {
            return;
        }
        let batch = pen.batch();
        let answer =
            pen.try_send(&Town::get(&town.server), "application/vnd.lumbung.batch", &batch.to_bytes());
        match answer {
            Ok(reply) if reply.status == 200 => {
                pen.receipted(&reply, batch.after());
                pen.settle();
                town.promised.lock().unwrap()[number] = pen.mark();
            }
            Ok(reply) => assert_eq!(reply.status, 503, "{}", reply.text()),
            // Killed, or not yet there again: what was saved is sent with what comes after it.
            Err(_) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// Does the server hold what was promised up to these marks?
fn keeps_its_word(server: &Server, admin: &str, phones: &[lumbung_tests::Phone], promised: &[Mark]) {
    let records = Pulled::all(server, admin).proven();
    for (phone, mark) in phones.iter().zip(promised) {
        let head = phone.ask(server).ok::<DeviceSession>().heads.remove(0);
        assert!(head.seq >= mark.seq, "promised {}, held {}", mark.seq, head.seq);
        assert!(head.seq > mark.seq || head.chain == mark.chain);
        for seq in (1..=mark.seq).filter(|seq| !seq.is_multiple_of(5)) {
            let id = RecordId::of_dot(Dot::new(phone.enrolled.actor, seq));
            assert!(records.contains_key(&id), "seed {SEED}: change {seq} is gone");
        }
    }
}

on_both! {
    fn a_receipt_outlives_a_killed_server(server: Server) {
        let mut server = server;
        let admin = server.admin();
        let pen = |n: u8| Pen::of(&server, &admin, &format!("kader.{n}"), "kader", &[DUWET, TUMPANG], n);
        let mut pens: Vec<Pen> = (1..=PHONES).map(pen).collect();
        let phones: Vec<_> = pens.iter().map(|pen| pen.phone.clone()).collect();
        let town = Town {
            server: Mutex::new(server.clone()),
            promised: Mutex::new(pens.iter().map(Pen::mark).collect()),
            over: Mutex::new(false),
        };
        let dice = FakeEntropy::new(SEED);
        std::thread::scope(|scope| {
            for (number, pen) in pens.iter_mut().enumerate() {
                let town = &town;
                scope.spawn(move || carry_on(town, pen, number));
            }
            for round in 0..KILLS {
                std::thread::sleep(Duration::from_millis(20 + below(&dice, 300)));
                if round == KILLS / 2 {
                    // Once it is asked to go, and finishes what it began.
                    assert_eq!(server.stop(), Some(0));
                    server.restart();
                } else {
                    server.crash_and_restart();
                }
                let promised = Town::get(&town.promised);
                *town.server.lock().unwrap() = server.clone();
                keeps_its_word(&server, &admin, &phones, &promised);
            }
            *town.over.lock().unwrap() = true;
        });
        let promised: Vec<Mark> = pens.iter().map(Pen::mark).collect();
        assert!(promised.iter().all(|mark| mark.seq > KILLS as u64), "{promised:?}");
        keeps_its_word(&server, &admin, &phones, &promised);
        let all = Pulled::all(&server, &admin).proven();
        let made: u64 = promised.iter().map(|mark| mark.seq - mark.seq / 5).sum();
        assert_eq!(all.len() as u64, made);
        for pen in &pens {
            assert_eq!(Pulled::all(&server, &pen.phone.token(&server)).proven(), all);
        }
    }
}
