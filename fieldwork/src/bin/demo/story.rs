//! What happens in each district beside the daily work: one child measured twice, a phone in 1970, a slip of the finger,
//! a PLKB's round.
//!
//! The rule this module protects: *the hard cases are played with the means that people have*: a form is opened, a value
//! typed, the phone saves it.

use crate::Trouble;
use crate::district::District;
use crate::handset::Handset;
use crate::office::Office;
use device::{AreaCode, Element, Record, RecordId, Value, system_now_s};
use fixtures::{Day, Local};
use schema::Schema;

/// The fifth of January 1970, as a phone says whose battery was empty.
const LONG_AGO_S: i64 = 4 * 86_400 + 3600;
/// Hundredths of a kilogram that no child weighs.
const IMPOSSIBLE: i64 = 40_000;

/// Those whom the stories are about.
pub struct Cast {
    /// The PLKB, signed in.
    pub plkb: Office,
    /// An enrolment code that nobody has used: for whoever wants to try a device.
    pub spare_code: String,
    helper: Handset,
    rounds: Handset,
}

impl Cast {
    /// Phones that the stories need.
    pub const PHONES: usize = 2;

    /// Enrols a second kader in the first village and a PLKB for it and its neighbours.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn enrol(district: &mut District) -> Result<Cast, Trouble> {
        let village = &district.villages[0].plan;
        let (code, served) = (village.code, village.workers[0].villages.clone());
        let helper = district.new_phone(&format!("kader-{code}-lain"), "kader", &[code])?;
        let login = format!("plkb-{}", district.code);
        let areas: Vec<AreaCode> = served.iter().copied().map(AreaCode).collect();
        let office = &mut district.office;
        let person = office.add_person(&login, "plkb", &areas)?;
        let invite = office.code(&person, "invite")?;
        let reset = office.code(&person, "reset")?;
        let guest = office.add_person(&format!("tamu-{}", district.code), "kader", &[AreaCode(code)])?;
        let spare_code = office.code(&guest, "invite")?;
        let plkb = Office::with_code(&office.base, &login, &reset)?;
        let rounds = Handset::enrol(&plkb.base, &mut district.wire, &invite, &login)?;
        Ok(Cast { plkb, spare_code, helper, rounds })
    }

    /// Their phones.
    pub fn handsets(&mut self) -> impl Iterator<Item = &mut Handset> {
        [&mut self.helper, &mut self.rounds].into_iter()
    }

    /// What they do on a day.
    ///
    /// # Errors
    /// When a device or the server does not do what it should.
    pub fn play(&mut self, district: &mut District, day: Day) -> Result<(), Trouble> {
        let noon_s = i64::from(district.villages[0].plan.today + day) * 86_400 + 5 * 3600;
        let told: String = match day {
            2 => self.measure_twice(district, noon_s)?.into(),
            3 => self.wake_in_1970(district)?.into(),
            4 => self.slip(district, noon_s)?.into(),
            5 => self.go_round(district)?,
            _ => return Ok(()),
        };
        district.told.push(told);
        Ok(())
    }

    /// Two kader weigh the same child, each without knowing of the other.
    fn measure_twice(&mut self, district: &mut District, noon_s: i64) -> Result<&'static str, Trouble> {
        let author = author(district)?;
        let District { villages, wire, tally, .. } = district;
        let own = &mut villages[0].teams[0];
        own.sync(wire, tally, None, system_now_s())?;
        self.helper.sync(wire, tally, None, system_now_s())?;
        let child = weighed(&mut self.helper, 0)?;
        weigh(own, &child, 30, author, noon_s)?;
        weigh(&mut self.helper, &child, 90, author, noon_s + 3600)?;
        own.sync(wire, tally, None, system_now_s())?;
        self.helper.sync(wire, tally, None, system_now_s())?;
        Ok("dua kader menimbang satu anak berbeda / two kader weighed one child differently")
    }

    /// A phone forgets what day it is, and loses nothing.
    fn wake_in_1970(&mut self, district: &mut District) -> Result<&'static str, Trouble> {
        let author = author(district)?;
        let child = weighed(&mut self.helper, 1)?;
        weigh(&mut self.helper, &child, 5, author, LONG_AGO_S)?;
        self.helper.sync(&mut district.wire, &mut district.tally, None, LONG_AGO_S + 60)?;
        if !self.helper.done {
            return Err("1970: belum terkirim / not sent".into());
        }
        Ok(
            "sebuah ponsel bangun di tahun 1970, datanya diterima / a phone woke in 1970, its data was received",
        )
    }

    /// Somebody types a weight that no child has.
    fn slip(&mut self, district: &mut District, noon_s: i64) -> Result<&'static str, Trouble> {
        let author = author(district)?;
        let child = weighed(&mut self.helper, 2)?;
        weigh(&mut self.helper, &child, IMPOSSIBLE, author, noon_s)?;
        self.helper.sync(&mut district.wire, &mut district.tally, None, system_now_s())?;
        Ok("berat 400 kg diketik: ditahan untuk ditinjau / 400 kg was typed: held for review")
    }

    /// The PLKB takes all that her villages have.
    fn go_round(&mut self, district: &mut District) -> Result<String, Trouble> {
        let report = self.rounds.sync(&mut district.wire, &mut district.tally, None, system_now_s())?;
        if !report.is_done() || !report.unequal.is_empty() {
            return Err(format!("PLKB: {report}").into());
        }
        let (villages, came) = (self.rounds.device.scope()?.len(), report.came);
        Ok(format!(
            "PLKB menarik {villages} desa, {came} catatan, sama dengan server / \
             the PLKB pulled {villages} villages, {came} records, equal to the server's"
        ))
    }
}

/// The kader who writes, as the office registered her.
fn author(district: &District) -> Result<RecordId, Trouble> {
    let village = &district.villages[0].plan;
    let worker = Local { kind: "worker", number: village.teams[0].kb };
    district.registry.get(AreaCode(village.code), worker).ok_or_else(|| "kader?".into())
}

fn field() -> Result<u16, Trouble> {
    let visit = Schema::builtin().kind_named("visit").ok_or("visit?")?;
    Ok(visit.field_named("child_weight").ok_or("child_weight?")?.number)
}

/// The nth visit on a phone at which a child was weighed.
fn weighed(handset: &mut Handset, nth: usize) -> Result<Record, Trouble> {
    let field = field()?;
    let visits = handset.device.records(Some("visit"), None)?;
    let mut weighed = visits.into_iter().filter(|visit| visit.register(field, Element::Whole).is_some());
    weighed.nth(nth).ok_or_else(|| "tidak ada anak yang ditimbang / no child was weighed".into())
}

/// Corrects the weight of a visit by some hundredths of a kilogram.
fn weigh(
    handset: &mut Handset,
    visit: &Record,
    more: i64,
    author: RecordId,
    at_s: i64,
) -> Result<(), Trouble> {
    let field = field()?;
    let before =
        visit.register(field, Element::Whole).and_then(|register| register.siblings().first().cloned());
    let Some(Value::Group(parts)) = before.map(|write| write.value) else {
        return Err("child_weight?".into());
    };
    let heavier = parts.iter().map(|part| match part {
        Value::Decimal(kg) => Value::Decimal(kg + more),
        other => other.clone(),
    });
    let mut form = handset.device.open(visit.id)?;
    form.set(field, Element::Whole, Value::Group(heavier.collect()));
    handset.device.save(&form, author, at_s)?;
    handset.done = false;
    Ok(())
}
