//! One district: its villages, its phones, its desk.
//!
//! The rule this module protects: *every village works*: each has phones of its own, whoever else has a story.

use crate::air::Tally;
use crate::handset::Handset;
use crate::office::Office;
use crate::story::Cast;
use crate::{SEED, Trouble};
use device::{AreaCode, HttpTransport, system_now_s};
use fieldwork::{Phone, Phones, Registry, Writer, keys_of_seed};
use fixtures::{Day, Dice, Made, Population, Week};
use schema::{AreaLevel, Schema, region};
use std::collections::BTreeSet;
use std::fs;
use std::mem::swap;
use std::path::Path;

/// Families at risk in a village of middling size.
const WHOLE: usize = 104;
/// Phones in a thousand that meet signal on a day.
const SIGNAL_PER_MILLE: usize = 350;
/// Tries of a phone that has signal at last.
const TRIES: usize = 5;

/// A village at work.
pub struct Village {
    /// Its people.
    pub plan: fixtures::Village,
    /// Its teams' phones.
    pub teams: Vec<Handset>,
    week: Week,
    phones: Phones,
}

/// What the district pulled.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tables {
    /// Lines of `all.ndjson`.
    pub records: usize,
    /// Lines of it that are visits.
    pub visits: usize,
    /// Rows of `visit.csv`, the heading left out.
    pub visit_rows: usize,
    /// Villages of which there are records.
    pub villages: usize,
}

/// A district.
pub struct District {
    /// Its code.
    pub code: u64,
    /// Its name.
    pub name: &'static str,
    /// Its admin.
    pub office: Office,
    /// Its villages.
    pub villages: Vec<Village>,
    /// Those whom the stories are about.
    pub cast: Option<Cast>,
    /// What went through its air.
    pub tally: Tally,
    /// What there is to tell of the day.
    pub told: Vec<String>,
    /// What it pulled at the end.
    pub tables: Tables,
    /// Who is who.
    pub registry: Registry,
    /// The wire of all its phones, one after the other.
    pub wire: HttpTransport,
    desk: Option<(Handset, Phone)>,
    dice: Dice,
}

impl District {
    /// A district before anybody is enrolled.
    pub fn new(code: u64, office: Office, seed: u64) -> District {
        District {
            code,
            name: region::district_name(code).unwrap_or_default().trim_start_matches("Kabupaten "),
            villages: Vec::new(),
            cast: None,
            tally: Tally::default(),
            told: Vec::new(),
            tables: Tables::default(),
            registry: Registry::default(),
            wire: HttpTransport::new(&office.base),
            office,
            desk: None,
            dice: Dice::new(seed, code, 99),
        }
    }

    /// Adds the people of every village, and enrols their phones.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn enrol(&mut self, population: &Population, monday: Day, families: usize) -> Result<(), Trouble> {
        let desk = self.new_phone(&format!("kantor-{}", self.code), "district_admin", &[self.code])?;
        let series = Phone::new(desk.actor);
        self.desk = Some((desk, series));
        for (nth, place) in region::villages(self.code).enumerate() {
            let population = population.families_per_village(if nth == 0 { WHOLE } else { families });
            let plan =
                population.village(place.code, monday).ok_or("desa tidak dikenal / unknown village")?;
            let mut phones = Phones::new(SEED, &plan);
            let mut teams = Vec::new();
            for (team, planned) in phones.teams.iter_mut().enumerate() {
                let login = format!("kader-{}-{}", place.code, team + 1);
                let handset = self.new_phone(&login, "kader", &[place.code])?;
                *planned = Phone::new(handset.actor);
                teams.push(handset);
            }
            let week = plan.week(monday);
            self.villages.push(Village { plan, teams, week, phones });
        }
        let cast = Cast::enrol(self)?;
        self.cast = Some(cast);
        Ok(())
    }

    /// Adds somebody and enrols a phone of hers.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn new_phone(&mut self, login: &str, role: &str, areas: &[u64]) -> Result<Handset, Trouble> {
        let areas: Vec<AreaCode> = areas.iter().copied().map(AreaCode).collect();
        let person = self.office.add_person(login, role, &areas)?;
        let code = self.office.code(&person, "invite")?;
        Handset::enrol(&self.office.base, &mut self.wire, &code, login)
    }

    /// Phones that are enrolled.
    pub fn phones(&self) -> usize {
        let teams: usize = self.villages.iter().map(|village| village.teams.len()).sum();
        teams + usize::from(self.desk.is_some()) + self.cast.as_ref().map_or(0, |_| Cast::PHONES)
    }

    /// Every phone.
    pub fn handsets(&mut self) -> impl Iterator<Item = &mut Handset> {
        let desk = self.desk.iter_mut().map(|(handset, _)| handset);
        let teams = self.villages.iter_mut().flat_map(|village| &mut village.teams);
        desk.chain(teams).chain(self.cast.iter_mut().flat_map(Cast::handsets))
    }

    /// Changes saved on all phones.
    ///
    /// # Errors
    /// When a device fails.
    pub fn saved(&mut self) -> Result<u64, Trouble> {
        self.handsets().map(|handset| Ok(handset.device.counts()?.saved)).sum()
    }

    /// The office registers who works where and sends it; the kader register their families, without signal.
    ///
    /// # Errors
    /// When plan, schema or server do not agree.
    pub fn register(&mut self) -> Result<(), Trouble> {
        for nth in 0..self.villages.len() {
            self.at_work(nth, |phones, writer, village| phones.register(writer, village))?;
        }
        let Some((handset, series)) = &mut self.desk else { return Ok(()) };
        handset.save(&series.series, Schema::builtin(), &keys_of_seed(SEED))?;
        handset.sync(&mut self.wire, &mut self.tally, None, system_now_s())?;
        Ok(())
    }

    /// A day: people type; some phones meet signal for a moment.
    ///
    /// # Errors
    /// When plan, schema or server do not agree.
    pub fn play(&mut self, day: Day) -> Result<(), Trouble> {
        for nth in 0..self.villages.len() {
            let today = of_day(&self.villages[nth].week, day);
            self.at_work(nth, |phones, writer, _| phones.week(writer, &today))?;
            for handset in &mut self.villages[nth].teams {
                if self.dice.chance(SIGNAL_PER_MILLE) {
                    handset.sync(&mut self.wire, &mut self.tally, Some(&mut self.dice), system_now_s())?;
                }
            }
        }
        let Some(mut cast) = self.cast.take() else { return Ok(()) };
        let played = cast.play(self, day);
        self.cast = Some(cast);
        played
    }

    /// Every phone has signal until nothing is left to send.
    ///
    /// # Errors
    /// When a phone cannot end its work, with the reason it says.
    pub fn come_home(&mut self) -> Result<(), Trouble> {
        let desk = self.desk.iter_mut().map(|(handset, _)| handset);
        let teams = self.villages.iter_mut().flat_map(|village| &mut village.teams);
        for handset in desk.chain(teams).chain(self.cast.iter_mut().flat_map(Cast::handsets)) {
            let mut report = Default::default();
            for _ in 0..TRIES {
                report = handset.sync(&mut self.wire, &mut self.tally, None, system_now_s())?;
                if handset.done {
                    break;
                }
            }
            if !handset.done {
                return Err(format!("{}: {report}", self.name).into());
            }
        }
        Ok(())
    }

    /// The admin pulls her merged tables.
    ///
    /// # Errors
    /// When the server refuses or the disk is full.
    pub fn pull_tables(&mut self, data: &Path) -> Result<(), Trouble> {
        let all = self.office.get("/v1/export/all.ndjson")?;
        let visits = self.office.get("/v1/export/visit.csv")?;
        fs::write(data.join(format!("{}-all.ndjson", self.code)), &all)?;
        fs::write(data.join(format!("{}-visit.csv", self.code)), &visits)?;
        let mut villages = BTreeSet::new();
        for line in all.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let record: serde_json::Value = serde_json::from_slice(line)?;
            self.tables.records += 1;
            self.tables.visits += usize::from(record["kind"] == "visit");
            let area: AreaCode = record["area"].as_str().unwrap_or_default().parse()?;
            if area.level() == Some(AreaLevel::Village) {
                villages.insert(area);
            }
        }
        self.tables.villages = villages.len();
        self.tables.visit_rows =
            visits.split(|byte| *byte == b'\n').skip(1).filter(|row| !row.is_empty()).count();
        Ok(())
    }

    /// Lets the people of a village work with what the district knows, and saves it on their phones.
    fn at_work(
        &mut self,
        nth: usize,
        work: impl FnOnce(&mut Phones, &Writer, &fixtures::Village) -> Result<(), fieldwork::Unwritten>,
    ) -> Result<(), Trouble> {
        let Some((_, desk)) = &mut self.desk else { return Ok(()) };
        let (schema, key_of) = (Schema::builtin(), keys_of_seed(SEED));
        let village = &mut self.villages[nth];
        swap(&mut village.phones.office, desk);
        swap(&mut village.phones.registry, &mut self.registry);
        let worked = work(&mut village.phones, &Writer { schema, key_of: &key_of }, &village.plan);
        swap(&mut village.phones.office, desk);
        swap(&mut village.phones.registry, &mut self.registry);
        worked?;
        for (handset, planned) in village.teams.iter_mut().zip(&village.phones.teams) {
            handset.save(&planned.series, schema, &key_of)?;
        }
        Ok(())
    }
}

/// What of a week is typed on one of its days.
fn of_day(week: &Week, day: Day) -> Week {
    let mut today = week.clone();
    let typed = |made: &Made| made.entered_on == week.monday + day;
    today.visits.retain(|visit| typed(&visit.made));
    today.sessions.retain(|session| typed(&session.made));
    today.sales.retain(|sale| typed(&sale.made));
    today.registered_again.retain(|again| typed(&again.made));
    today
}
