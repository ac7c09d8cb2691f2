//! A server whose clock is wrong, and is set right.
//!
//! The rule this suite protects: *no clock stops the work*: marks only grow, nothing is refused or held for what the
//! server's clock says, and only tokens and challenges end by it.

use crate::device_faults::keys;
use crate::village::{DISTRICT, DUWET, TUMPANG, Village};
use lumbung_tests::on_both;
use lumbung_tests::pen::{Pen, number_of};
use schema::{Role, Schema, Value};
use server::service::claims::{Claims, Subject};
use server::service::day::day_field;
use server::service::{Caller, assignment, caller, history, life, seal_key};
use server::store::record::{Wanted, wanted_since};
use server::store::{self, upload};
use sync_core::{Dot, ErrorCode, Refusal};

const DAY_S: i64 = 86_400;

/// The clock is a day behind, right, a day ahead, and right again.
const STEPS_S: [i64; 5] = [0, -DAY_S, DAY_S, DAY_S, -DAY_S];

/// The first admin.
fn admin(village: &mut Village) -> Caller {
    let person = store::person::find_by_login(&mut village.conn, "admin").unwrap().unwrap();
    let epoch = life(&mut village.conn).unwrap().epoch;
    let claims = Claims::new(&village.world, Subject::Person(person.id), DISTRICT, person.role, epoch);
    caller::resolve(&mut village.conn, &claims).unwrap()
}

/// A token that holds now: the one at hand, or when it has ended a new one.
fn sign_in(village: &mut Village, pen: &mut Pen) {
    if let Err(ended) = Claims::from_token(&village.world, &pen.token) {
        assert_eq!(ended.code, ErrorCode::Unauthorized);
        pen.token = village.token(&pen.phone.key, &pen.phone.enrolled);
    }
}

on_both! {
    fn pushes_go_on_whatever_the_clock_says(village: Village) {
        let mut village = village;
        let mut pens = [DUWET, TUMPANG].map(|area| {
            village.pen(&format!("kader.{}", area.0), Role::Kader, &[area], (area.0 % 200) as u8)
        });
        let day = day_field(Schema::builtin().kind(number_of("meal_session")).unwrap()).unwrap();
        let field = &Schema::builtin().kind_named("meal_session").unwrap().field(day).unwrap().name;
        for (round, step_s) in (1..).zip(STEPS_S) {
            village.clock.advance_s(step_s);
            for pen in &mut pens {
                sign_in(&mut village, pen);
                pen.create("meal_session", &[(field, Value::Date(20_784))]);
                let receipt = village.bring(pen);
                assert_eq!((receipt.seq, receipt.held), (round, vec![]));
                assert_eq!(receipt.at_s, village.world.clock.now_s());
            }
            village.check();
            // A record is of the week in which it happened, not of the one in which it came.
            let wanted = Wanted { kind: None, days: Some((20_784, 20_784)) };
            let rows = wanted_since(&mut village.conn, 3507, DUWET, 0, wanted, 100).unwrap();
            assert_eq!(rows.len() as u64, round);
        }
    }

    fn who_began_while_the_clock_was_ahead_works_when_it_is_right(village: Village) {
        let mut village = village;
        village.clock.advance_s(DAY_S);
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
        village.clock.advance_s(-DAY_S);
        assert_eq!(village.caller(&pen.token).areas, [DUWET]);
        let owner = pen.create("household", &[]);
        let caller = village.caller(&pen.token);
        seal_key::keep(&village.world, &mut village.conn, &caller, &keys(&pen, &[(owner, DUWET)])).unwrap();
        assert_eq!(village.bring(&mut pen).held, []);
        // And so does her new phone, of which the server knows nothing from the time before.
        let mut other = village.pen("kader.tiga", Role::Kader, &[DUWET], 3);
        other.edit("household", owner, "rt", Value::Text("001".into()), &[Dot::new(pen.actor(), 1)]);
        assert_eq!(village.bring(&mut other).held, []);
        village.check();
    }

    fn what_was_ended_while_the_clock_was_ahead_is_over_and_can_begin_again(village: Village) {
        let mut village = village;
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
        let (admin, caller) = (admin(&mut village), village.caller(&pen.token));
        village.clock.advance_s(DAY_S);
        assignment::end(&village.world, &mut village.conn, &admin, caller.person, DUWET).unwrap();
        village.clock.advance_s(-DAY_S);
        assert_eq!(village.caller(&pen.token).areas, []);
        assignment::give(&village.world, &mut village.conn, &admin, caller.person, DUWET).unwrap();
        village.clock.advance_s(2 * DAY_S);
        sign_in(&mut village, &mut pen);
        assert_eq!(village.caller(&pen.token).areas, [DUWET]);
        pen.create("household", &[]);
        assert_eq!(village.bring(&mut pen).held, []);
    }

    fn work_after_an_assignment_is_held_whatever_the_clock_says(village: Village) {
        let mut village = village;
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
        let (admin, caller) = (admin(&mut village), village.caller(&pen.token));
        village.clock.advance_s(60);
        assignment::end(&village.world, &mut village.conn, &admin, caller.person, DUWET).unwrap();
        village.clock.advance_s(60);
        pen.create("household", &[]);
        assert_eq!(village.bring(&mut pen).held, [], "she may have saved it before");
        for step_s in [60, DAY_S] {
            village.clock.advance_s(step_s);
            sign_in(&mut village, &mut pen);
            pen.create("household", &[]);
            let held = village.bring(&mut pen).held;
            assert_eq!(held.iter().map(|held| held.reason).collect::<Vec<_>>(), [Refusal::OutOfScope]);
        }
    }

    fn a_token_ends_with_the_clock_and_a_receipt_never(village: Village) {
        let mut village = village;
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
        let first = pen.token.clone();
        village.clock.advance_s(-DAY_S);
        assert!(Claims::from_token(&village.world, &first).is_ok(), "made in what is now the future");
        let behind = village.token(&pen.phone.key, &pen.phone.enrolled);
        village.clock.advance_s(DAY_S);
        assert!(Claims::from_token(&village.world, &first).is_ok());
        let ended = Claims::from_token(&village.world, &behind).unwrap_err();
        assert_eq!(ended.code, ErrorCode::Unauthorized);
        // The same upload under three clocks: one mark, one hash, one row in the log.
        pen.create("household", &[]);
        let mut other = Pen::holding(pen.phone.clone(), pen.token.clone(), pen.area);
        other.unsent.clone_from(&pen.unsent);
        let receipt = village.bring(&mut pen);
        village.clock.advance_s(-DAY_S);
        let again = village.bring(&mut other);
        assert_eq!((again.mark(), again.at_s), (receipt.mark(), receipt.at_s - DAY_S));
        let logged = upload::with(&mut village.conn, 3507, Dot::new(pen.actor(), 1)).unwrap().unwrap();
        assert_eq!(logged.received_at_s, receipt.at_s);
        // Its time is not believed to lie behind its receipt.
        let (caller, id) = (village.caller(&pen.token), sync_core::RecordId::of_dot(Dot::new(pen.actor(), 1)));
        let told = history::of_record(&mut village.conn, &caller, id, Schema::builtin()).unwrap();
        assert!(told.iter().all(|entry| entry.believed_at_s <= entry.received_at_s));
        village.check();
    }
}
